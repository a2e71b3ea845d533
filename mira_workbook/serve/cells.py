"""A page's cells, run in its kernel in one go: one request in place of one for each cell.

Voila asks a kernel for cell after cell and waits each time until all channels have fallen silent. Here the server sends
what the visit is told and all cells at once, and everything that they show comes back in the one reply.
"""

import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output


KIND = "application/vnd.mira.cells+json"
ASKED = "shown"
_NAME = "_mira_shown"
Doc = dict[str, Any]


class Shown:
    """What the cells have shown; Jupyter's reply carries it as data of a kind of its own."""

    def __init__(self, cells: Sequence[Sequence[Doc]], fault: str) -> None:
        self.cells, self.fault = cells, fault

    def _repr_mimebundle_(self, **_asked: Any) -> Doc:
        InteractiveShell.instance().user_ns.pop(_NAME, None)
        return {KIND: {"cells": self.cells, "fault": self.fault}}


def request(told: Mapping[str, str], sources: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The code that runs cells, and the expression that says what they showed: for the server to send."""
    code = (
        f"from mira_workbook.serve.cells import run as {_NAME}\n{_NAME} = await {_NAME}({dict(told)!r}, {[*sources]!r})"
    )
    return code, {ASKED: _NAME}


async def run(told: Mapping[str, str], sources: Sequence[str]) -> Shown:
    """Run a page's cells one after the other, up to the first that does not go through.

    Args:
        told: what the kernel's environment says from now on.
        sources: the cells' code.
    """
    os.environ.update(told)
    cells: list[list[Doc]] = []
    for source in sources:
        outputs, fault = await _cell(source)
        cells.append(outputs)
        if fault:
            return Shown(cells, fault)
    return Shown(cells, "")


async def _cell(source: str) -> tuple[list[Doc], str]:
    """Run one cell. Returns what it shows, and the traceback of what it raised, if anything."""
    shell = InteractiveShell.instance()
    plain, wrong = _plain(source)
    with capture_output() as caught:
        result = await shell.run_cell_async(source, transformed_cell=plain, preprocessing_exc_tuple=wrong)
    printed = [{"output_type": "stream", "name": "stdout", "text": caught.stdout}] if caught.stdout else []
    shown = [{"output_type": "display_data", "data": one["data"]} for one in caught._outputs]  # noqa: SLF001 - `outputs` wraps them for display
    raised = result.error_before_exec or result.error_in_exec
    if raised is None:
        return [*printed, *shown], ""
    return [*printed, *shown, {"output_type": "error"}], "".join(traceback.format_exception(raised))


def _plain(source: str) -> tuple[str, Any]:
    """A cell as plain Python, IPython's own signs put into words; or what speaks against it."""
    try:
        return InteractiveShell.instance().transform_cell(source), None  # type: ignore[no-untyped-call]
    except Exception:  # noqa: BLE001 - IPython shows it as the cell's own
        return source, sys.exc_info()
