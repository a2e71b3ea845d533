"""The one widget that draws a facilitator's board: it carries the view out and what was pressed in."""

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


def _unclocked(view: Mapping[str, Any]) -> dict[str, Any]:
    """A view without the server's time, which alone is no reason to draw."""
    return {name: part for name, part in view.items() if name != "now"}


class Board(anywidget.AnyWidget):
    """Draws `view` and hands each message of the page to `take`.

    A message is `{press, value, save_key, key}`, where `key` names the screen on which somebody pressed, or
    `{here: true}`. `view` goes out only: what a browser writes into it is never read.
    """

    _esm = (HERE / "board.js").read_text("utf-8") if (HERE / "board.js").is_file() else "export default {render() {}}"
    _css = (HERE / "board.css").read_text("utf-8") if (HERE / "board.css").is_file() else ""
    view = traitlets.Dict().tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)

    def __init__(self, take: Take) -> None:
        super().__init__(texts={k[6:]: v for k, v in SENTENCES.items() if k.startswith("board_")})
        self._take = take
        self._drawn: Mapping[str, Any] = {}
        self.on_msg(self._on_page)

    def draw(self, view: Mapping[str, Any]) -> None:
        """Show a board; nothing is sent where nothing but the time changed."""
        drawn = _unclocked(view)
        if drawn != self._drawn:
            self._drawn = drawn
            self.view = dict(view)

    def _on_page(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, dict):
            return
        try:
            replies = self._take(content)
        except Exception:
            # A press must never fall silent: who leads is told that nothing happened.
            log.exception("A message of the board was not taken.")
            replies = [{"save_key": content.get("save_key"), "error": "That did not go. Press it again."}]
        for reply in replies:
            self.send(reply)
