// Stands in for a widget that cannot be made or drawn; the reason is for the console.
import { DOMWidgetModel, DOMWidgetView } from "@jupyter-widgets/base/lib/widget.js";
import { JUPYTER_WIDGETS_VERSION } from "@jupyter-widgets/base/lib/version.js";
import { TEXTS } from "../texts.js";

export function createErrorWidgetModel(error, msg) {
  return class ErrorWidget extends DOMWidgetModel {
    constructor(attributes, options) {
      super(
        {
          ...attributes,
          _view_name: "ErrorWidgetView",
          _view_module: "@jupyter-widgets/base",
          _model_module_version: JUPYTER_WIDGETS_VERSION,
          _view_module_version: JUPYTER_WIDGETS_VERSION,
          msg,
          error,
        },
        options,
      );
      this.comm_live = true;
    }
  };
}

export class ErrorWidgetView extends DOMWidgetView {
  render() {
    console.warn(this.model.get("msg"), this.model.get("error"));
    const line = document.createElement("p");
    line.className = "mira-banner";
    line.textContent = TEXTS.partMissing;
    this.el.append(line);
  }
}

export function createErrorWidgetView(error, msg) {
  return class extends ErrorWidgetView {
    render() {
      this.model.set({ error, msg });
      super.render();
    }
  };
}
