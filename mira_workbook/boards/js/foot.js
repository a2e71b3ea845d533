// The foot: what the team has found so far, and how the saving stands; text size and colours unfold.
import { h } from "../../widgets/js/dom.js";
import { drawSettings } from "../../widgets/js/settings.js";
import { t } from "../../widgets/js/texts.js";
import { make } from "./make.js";
import { island } from "./patch.js";

export function drawFoot(foot) {
  const settings = island(make("details", { class: "mira-b-look", key: "look" }), "settings", () => [h("summary", null, t("look")), h("div", { class: "mira-b-settings" }, drawSettings())]);
  return make("div", { class: "mira-b-foot", key: "foot" }, h("p", { class: "mira-b-found" }, foot?.left ?? ""), h("p", null, foot?.right ?? ""), settings);
}
