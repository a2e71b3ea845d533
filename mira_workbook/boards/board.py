"""The one widget that draws a facilitator's board: it carries the view out and what was pressed in."""

from pathlib import Path

from mira_workbook.widgets.drawn import Drawn

HERE = Path(__file__).parent


class Board(Drawn):
    """Draws a board.

    A message is `{press, value, save_key, key}`, where `key` names the screen on which somebody pressed, or
    `{here: true}`. The server's time alone is no reason to draw.
    """

    files = (HERE, "board.js", "board.css")
    said = "board_"
    not_taken = "That did not go. Press it again."
    silent = frozenset({"now"})
