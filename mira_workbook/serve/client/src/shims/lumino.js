// The four of Lumino's widgets that the controls build on; its index brings docks, menus and a command palette along.
export { Widget } from "@lumino/widgets/src/widget.ts";
export { Panel } from "@lumino/widgets/src/panel.ts";
export { PanelLayout } from "@lumino/widgets/src/panellayout.ts";
export { TabBar } from "@lumino/widgets/src/tabbar.ts";
