// Which control draws a field. A control is {el, value(), set(value), focus()} and may have
// update(spec), merge(value), mended(), pending(), values(), wrong(flag),
// problem(problem): `again` where it was told before, which opens nothing,
// demand(flag): an answer is asked for because of another one,
// stands() and stand(where): where one is in it, such as the open row, so that a control built anew opens there.
import { makeBoxes } from "./boxes.js";
import { makeChoice } from "./choice.js";
import { makeEntry } from "./entry.js";
import { makeFirst } from "./first.js";
import { makeMerge } from "./merge.js";
import { makeOneByOne } from "./onebyone.js";
import { makeOrder } from "./order.js";
import { makePerWeek } from "./perweek.js";
import { makePlain } from "./plain.js";
import { makeRows } from "./rows.js";
import { makeShare } from "./share.js";

const MAKERS = { entry: makeEntry, choice: makeChoice, order: makeOrder, share: makeShare, rows: makeRows, merge: makeMerge, first: makeFirst, boxes: makeBoxes, one_by_one: makeOneByOne };
/** Controls that draw a locked value by themselves. */
const OWN_PLAIN = ["rows", "merge", "first", "boxes", "one_by_one"];

export function makeControl(spec, env) {
  if (spec.locked && env.plain && !OWN_PLAIN.includes(spec.control)) return makePlain(spec, env);
  if (spec.control === "per_week") return makePerWeek(spec, env);
  return (MAKERS[spec.control] ?? makeEntry)(spec, env);
}
