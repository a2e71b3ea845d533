// Deep equality of widget state: JSON values, dates and binary buffers.
const bytes = (value) =>
  value instanceof ArrayBuffer
    ? new Uint8Array(value)
    : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
const binary = (value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer;

export default function isEqual(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Date) return a.getTime() === b.getTime();
  if (binary(a)) {
    const left = bytes(a);
    const right = bytes(b);
    return left.length === right.length && left.every((byte, i) => byte === right[i]);
  }
  const keys = Object.keys(a);
  // Models and views are class instances that point at each other: they are equal only when they are the same.
  if (!Array.isArray(a) && Object.getPrototypeOf(a) !== Object.prototype) return false;
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && isEqual(a[key], b[key]));
}
