// anywidget's package is an AMD module: `define(["@jupyter-widgets/base"], factory)`. Its factory runs once,
// because each run makes a runtime of its own that does not know the models of the other.
import * as base from "@jupyter-widgets/base";

let factory;
const before = globalThis.define;
globalThis.define = (_names, made) => (factory = made);
require("anywidget");
globalThis.define = before;

export default factory(base);
