"""Drawing a workbook's page: the notebook read once, the template compiled once, and the cells run in one go."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader
from nbconvert.filters import markdown2html, strip_ansi, strip_files_prefix, text_base64

from mira_workbook.serve import small
from mira_workbook.serve.cells import Doc
from mira_workbook.serve.notebooks import Cell, Notebook

log = logging.getLogger(__name__)
HERE = Path(__file__).resolve().parent / "template" / "voila" / "templates" / "mira"
HEARTBEAT_S = 10.0
"""Seconds of silence after which the page is told that it is still being made."""
HEARTBEAT = "<script>window.voila_heartbeat()</script>\n"


@cache
def _templates() -> Environment:
    made = Environment(loader=FileSystemLoader(HERE), enable_async=True, autoescape=False)  # noqa: S701 - it escapes what it must, as under Voila, and cells may show HTML
    made.filters |= {
        "markdown2html": markdown2html,
        "strip_ansi": strip_ansi,
        "strip_files_prefix": strip_files_prefix,
        "text_base64": text_base64,
    }
    return made


BOARDS = frozenset({"facilitate", "coach"})
"""Notebooks whose widget is the board; that of all others is the form."""
Runs = Callable[[Sequence[str]], Awaitable[Sequence[Sequence[Doc]]]]
"""Runs the code of cells, and says what each has shown."""


async def draw(found: Notebook, base_url: str, kernel: Callable[[], Awaitable[str]], runs: Runs) -> AsyncIterator[str]:
    """Draw the page piece by piece: its head at once, so that the browser loads what it needs while the kernel works.

    Args:
        found: the notebook.
        base_url: path before all addresses.
        kernel: gives the id of the page's kernel.
        runs: runs the cells in it.
    """

    async def kernel_start(_nb: Notebook) -> str:
        return await kernel()

    async def cell_generator(nb: Notebook, _kernel_id: str) -> AsyncIterator[Cell]:
        for cell in nb.with_outputs(await runs(nb.sources)):
            yield cell

    told = SimpleNamespace(
        base_url=base_url,
        include_url=lambda name: small.versioned(base_url, name),
        metadata=SimpleNamespace(name=found.name),
        widget="board" if found.name in BOARDS else "form",
    )
    template = _templates().get_template("index.html.j2")
    pieces = template.generate_async(nb=found, resources=told, kernel_start=kernel_start, cell_generator=cell_generator)
    async for piece in with_heartbeat(pieces):
        yield piece


async def with_heartbeat(pieces: AsyncIterator[str], every: float = HEARTBEAT_S) -> AsyncIterator[str]:
    """Join pieces that come at once, and put a sign of life wherever nothing comes for long."""
    ready: list[str] = []
    coming = asyncio.ensure_future(_next(pieces))
    try:
        while True:
            done, _ = await asyncio.wait({coming}, timeout=0 if ready else every)
            if done:
                piece = coming.result()
                if piece is None:
                    break
                ready.append(piece)
                coming = asyncio.ensure_future(_next(pieces))
                await asyncio.sleep(0)
                continue
            yield "".join(ready) or HEARTBEAT
            ready.clear()
        if ready:
            yield "".join(ready)
    finally:
        coming.cancel()


async def _next(pieces: AsyncIterator[str]) -> str | None:
    return await anext(pieces, None)
