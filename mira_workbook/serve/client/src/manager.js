// The widget manager: standard Jupyter widgets and anywidgets over the page's kernel connection.
import * as base from "@jupyter-widgets/base";
import * as controls from "@jupyter-widgets/controls";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import { Widget } from "@lumino/widgets";
import anywidget from "./anywidget.js";

const MODULES = { "@jupyter-widgets/base": base, "@jupyter-widgets/controls": controls, anywidget };

const OURS = "mira:";

/** Our widgets name their script and sheet by their place on this server; anywidget loads what is a whole address. */
function placed(state, baseUrl) {
  const whole = { ...state };
  for (const name of ["_esm", "_css"]) {
    if (!String(whole[name]).startsWith(OURS)) continue;
    whole[name] = new URL(`${baseUrl}voila/templates/mira/static/${whole[name].slice(OURS.length)}`, location.href).href;
  }
  return whole;
}

export class Manager extends ManagerBase {
  constructor(kernel, baseUrl) {
    super();
    this.kernel = kernel;
    this.baseUrl = baseUrl;
    kernel.registerCommTarget(this.comm_target_name, (comm, message) =>
      this.handle_comm_open(new base.shims.services.Comm(comm), message),
    );
  }

  new_model(options, state = {}) {
    return super.new_model(options, placed(state, this.baseUrl));
  }

  async loadClass(name, module) {
    const found = MODULES[module]?.[name];
    if (!found) throw new Error(`This page has no ${module} ${name}`);
    return found;
  }

  async _create_comm(target, id, data, metadata, buffers) {
    const comm = this.kernel.createComm(target, id);
    if (data || metadata) comm.open(data, metadata, buffers);
    return new base.shims.services.Comm(comm);
  }

  async _get_comm_info() {
    const reply = await this.kernel.requestCommInfo({ target_name: this.comm_target_name });
    return reply.content.status === "ok" ? reply.content.comms : {};
  }

  /** Makes the models of all widgets that the kernel has. */
  load() {
    return this._loadFromKernel();
  }

  /** Draws the view of a model into `element`. */
  async show(modelId, element) {
    const model = await this.get_model(modelId);
    const view = await this.create_view(model);
    Widget.attach(view.luminoWidget, element);
  }

  /**
   * Sends again what went down with a broken connection.
   *
   * A model waits for word of its last message before it sends the next. When that message was lost on the way, it would
   * wait for ever; the echo it still expects names the values that never arrived.
   */
  async resend() {
    for (const model of await Promise.all(Object.values(this._models))) {
      if (!(model._pending_msgs > 0) || !model.comm) continue;
      const names = new Set([...model._expectedEchoMsgIds.keys(), ...Object.keys(model._msg_buffer ?? {})]);
      model._pending_msgs = 0;
      model._msg_buffer = model._msg_buffer_callbacks = null;
      if (names.size) {
        const attrs = Object.fromEntries([...names].map((name) => [name, model.get(name)]));
        model.sync("patch", model, { attrs });
      }
    }
  }
}
