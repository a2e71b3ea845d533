"""The one widget that draws a step: it carries the page's document out and the page's messages in."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from mira_workbook.catalogue import SENTENCES

HERE = Path(__file__).parent
log = logging.getLogger(__name__)

Take = Callable[[Mapping[str, Any]], list[dict[str, Any]]]


class Form(anywidget.AnyWidget):
    """Draws `view` and hands each message `{field, value, save_key}` of the page to `take`.

    `view` goes out only: what a browser writes into it is never read.
    """

    _esm = (HERE / "form.js").read_text("utf-8") if (HERE / "form.js").is_file() else "export default {render() {}}"
    _css = (HERE / "form.css").read_text("utf-8") if (HERE / "form.css").is_file() else ""
    view = traitlets.Dict().tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)

    def __init__(self, take: Take) -> None:
        super().__init__(texts={k[5:]: v for k, v in SENTENCES.items() if k.startswith("form_")})
        self._take = take
        self._drawn: Mapping[str, Any] = {}
        self.on_msg(self._on_page)

    def draw(self, view: Mapping[str, Any]) -> None:
        """Show a page; nothing is sent where nothing changed."""
        if view != self._drawn:
            self._drawn = view
            self.view = dict(view)

    def _on_page(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, dict):
            return
        try:
            replies = self._take(content)
        except Exception:
            # A page must never fall silent: it keeps the words and tries again.
            log.exception("A message of the page was not taken.")
            replies = [{"field": content.get("field"), "save_key": content.get("save_key"), "error": "Not saved."}]
        for reply in replies:
            self.send(reply)
