// A table with one thing asked of each row: a row is a field, and all stand open.
import { h, isBlank } from "./dom.js";

/** Rows with one thing asked of each: all of them at once, one under the other. */
export function makeInline(spec, env) {
  const [column] = spec.columns;
  const cells = new Map();
  const fields = spec.fixed.map(({ id, label, help }) =>
    env.field(
      { ...column, field: id, label, hint: help, locked: column.locked || spec.locked, attribution: null },
      {
        ...env.form,
        id: (row) => `${env.id}-${row}`,
        changed(row, value, now) {
          if (isBlank(value)) cells.delete(row);
          else cells.set(row, value);
          env.changed(now);
        },
        took: (row) => env.form.changed(spec.field, rows(cells), true),
        left: () => env.form.left(spec.field),
        waits: () => false,
      },
    ),
  );
  const rows = () => spec.fixed.filter(({ id }) => cells.has(id)).map(({ id }) => ({ row_id: id, cells: { [column.field]: cells.get(id) } }));
  const read = (value) => new Map((value ?? []).map((row) => [row.row_id, row.cells?.[column.field]]).filter(([, cell]) => !isBlank(cell)));
  const hint = h("p", { class: "mira-hint", id: `${env.id}-hint`, hidden: !(spec.hint || column.label) }, spec.hint || column.label);
  const label = spec.label ? h("h2", { class: "mira-head-2", id: `${env.id}-label` }, spec.label) : null;
  return {
    el: h("div", { class: "mira-rows", id: env.id, role: "group", "aria-labelledby": label?.id, "aria-describedby": env.describe(hint.id) }, label, hint, fields.map((field) => field.el)),
    value: rows,
    set(value) {
      cells.clear();
      for (const [row, cell] of read(value)) cells.set(row, cell);
      for (const field of fields) field.restore({ [field.name]: cells.get(field.name) });
    },
    merge(value) {
      const incoming = read(value);
      for (const field of fields) {
        field.update({ ...field.spec, value: incoming.get(field.name) });
        if (isBlank(field.value)) cells.delete(field.name);
        else cells.set(field.name, field.value);
      }
    },
    problem(problem) {
      return fields.find((field) => field.name === problem.row)?.problem({ ...problem, row: problem.row }) ?? null;
    },
    mended: () => fields.forEach((field) => field.mended()),
    focus: () => fields[0]?.focus(),
  };
}
