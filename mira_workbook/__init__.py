"""Guided workbooks for school teams: one priority, its cause, and the time, people and money to move it."""

from importlib import import_module
from typing import Any

__version__ = "0.4.0"


def frames(code: str, team: str = "") -> dict[str, Any]:
    """Give a meeting's tables as pandas frames: `mira_workbook.frames("K7M-4QX")["responses_long"]`.

    Nothing heavy is loaded before this is called. What is in them is what a coach may see: answers that were shown,
    signed as each step promises. That they were taken is noted in the log of exports.

    Args:
        code: the meeting's code.
        team: the slug of one team; all teams if not given.

    Shape: name of a table to its frame, as in the README's “For an analyst”. Texts are `string`, numbers `Float64`,
        flags `boolean`, days `datetime64[ns]`, moments `datetime64[ns, UTC]`; a cell that is not known is missing.
        Units of numbers stand in a column `unit` beside them, or in `frame.attrs["units"]`; what a column means, in
        `frame.attrs["about"]` and in the table `codebook`.

    Raises:
        SessionNotFound: no meeting has the code.
        MiraError: no such team in it.
    """
    found: dict[str, Any] = import_module("mira_workbook.notebook.frames").frames(code, team)
    return found
