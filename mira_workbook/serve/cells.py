"""A page's cells, run in its kernel in one go: one request in place of one for each cell.

Voila asks a kernel for cell after cell and waits each time until all channels have fallen silent. Here the server sends
what the visit is told and all cells at once, in a message of our own, and everything that they show comes back in the
one reply. Cells of plain Python are run as such: what IPython does around each of them costs a page a twentieth of its
memory.
"""

import ast
import linecache
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from types import CodeType
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

REQUEST, REPLY = "cells_request", "cells_reply"
"""The messages: `told` and `sources` there, as `run` takes them, and back what it returns."""
Doc = dict[str, Any]


async def run(told: Mapping[str, str], sources: Sequence[str]) -> Doc:
    """Run a page's cells one after the other, up to the first that does not go through.

    Args:
        told: what the kernel's environment says from now on.
        sources: the cells' code.

    Returns:
        `cells`, the outputs of each, and `fault`, the traceback of what the last of them raised, "" if nothing.
    """
    os.environ.update(told)
    cells: list[list[Doc]] = []
    for number, source in enumerate(sources, 1):
        outputs, fault = await _cell(source, f"<cell {number}>")
        cells.append(outputs)
        if fault:
            return {"cells": cells, "fault": fault}
    return {"cells": cells, "fault": ""}


async def _cell(source: str, name: str) -> tuple[list[Doc], str]:
    """Run one cell. Returns what it shows, and the traceback of what it raised, if anything."""
    shell, code = InteractiveShell.instance(), _plain(source, name)
    # Within a trap that is set already IPython sets none of its own, which would take values past what captures them.
    with shell.display_trap, capture_output() as caught:
        raised = await _run_in_ipython(shell, source) if code is None else _run_plain(shell, code)
    printed = [{"output_type": "stream", "name": "stdout", "text": caught.stdout}] if caught.stdout else []
    shown = [{"output_type": "display_data", "data": one["data"]} for one in caught._outputs]  # noqa: SLF001 - `outputs` wraps them for display
    if raised is None:
        return [*printed, *shown], ""
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    return [*printed, *shown, {"output_type": "error"}], "".join(traceback.format_exception(raised))


def _plain(source: str, name: str) -> list[CodeType] | None:
    """A cell of plain Python, its last expression apart, which shows its value; None if IPython has to run the cell.

    That is one with signs of IPython's own or an `await`, and one that nobody can read: IPython says what is wrong.
    """
    try:
        tree = ast.parse(source, name)
        last = [tree.body.pop()] if tree.body and isinstance(tree.body[-1], ast.Expr) else []
        return [
            compile(tree, name, "exec", dont_inherit=True),
            *(compile(ast.Interactive([one]), name, "single", dont_inherit=True) for one in last),
        ]
    except (SyntaxError, ValueError):
        return None


def _run_plain(shell: InteractiveShell, code: Sequence[CodeType]) -> BaseException | None:
    """Run it among the names that all cells share. Returns what it raised, if anything."""
    shell.events.trigger("pre_execute")
    try:
        for part in code:
            exec(part, shell.user_ns)  # noqa: S102 - a cell of a notebook that the server was given to run
    except BaseException as error:  # noqa: BLE001 - as in IPython, no cell ends its kernel
        return error
    finally:
        shell.events.trigger("post_execute")
    return None


async def _run_in_ipython(shell: InteractiveShell, source: str) -> BaseException | None:
    wrong: Any = None
    try:
        plain = shell.transform_cell(source)  # type: ignore[no-untyped-call]
    except Exception:  # noqa: BLE001 - IPython shows it as the cell's own
        plain, wrong = source, sys.exc_info()
    result = await shell.run_cell_async(source, transformed_cell=plain, preprocessing_exc_tuple=wrong)
    return result.error_before_exec or result.error_in_exec
