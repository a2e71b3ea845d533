// Requests that end, and requests that wait until the server is there again.
const UNREACHED = new Set([424, 429, 502, 503, 504]);

/** The wait before try number `attempt`, in milliseconds: 0.6 s growing to 15 s, spread so that a room does not knock at once. */
export const backOff = (attempt) => Math.min(15000, 600 * 1.7 ** attempt) * (0.7 + 0.6 * Math.random());

/** `fetch` that gives up after `limit` milliseconds. */
export async function quickFetch(input, init = {}, limit = 3000) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), limit);
  try {
    return await fetch(input, { cache: "no-store", credentials: "same-origin", ...init, signal: abort.signal });
  } finally {
    clearTimeout(timer);
  }
}

/** Knocks until the server answers with anything but "not reached"; `wake` cuts the present wait short. */
export class Patience {
  #wake = null;

  get waiting() {
    return this.#wake !== null;
  }

  wake() {
    this.#wake?.();
  }

  async #pause(ms) {
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async fetch(input, init) {
    this.#wake = () => {};
    try {
      for (let attempt = 0; ; attempt += 1) {
        const response = await quickFetch(input.clone?.() ?? input, init).catch(() => null);
        if (response && !UNREACHED.has(response.status)) return response;
        await this.#pause(backOff(attempt));
      }
    } finally {
      this.#wake = null;
    }
  }
}
