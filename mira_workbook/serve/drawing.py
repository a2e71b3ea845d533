"""Drawing a workbook's page: the notebook read once, the template compiled once, and the cells run in one go."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader
from nbconvert.filters import markdown2html, strip_ansi, strip_files_prefix, text_base64

from mira_workbook.serve import small
from mira_workbook.serve.cells import Doc

log = logging.getLogger(__name__)
HERE = Path(__file__).resolve().parent / "template" / "voila" / "templates" / "mira"
HEARTBEAT_S = 10.0
"""Seconds of silence after which the page is told that it is still being made."""
HEARTBEAT = "<script>window.voila_heartbeat()</script>\n"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a notebook, as the template asks for it."""

    cell_type: str
    metadata: Doc
    source: str
    outputs: Sequence[Doc] = ()


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook as it lies in its file; what it showed there is left out."""

    name: str
    metadata: Doc
    cells: tuple[Cell, ...]

    @property
    def sources(self) -> list[str]:
        """The code of its cells."""
        return [cell.source for cell in self.cells if cell.cell_type == "code"]

    def with_outputs(self, shown: Sequence[Sequence[Doc]]) -> Iterator[Cell]:
        """Its cells with what they have shown now, up to the last that ran."""
        outputs = iter(shown)
        for cell in self.cells:
            if cell.cell_type != "code":
                yield cell
                continue
            mine = next(outputs, None)
            if mine is None:
                return
            yield Cell(cell.cell_type, cell.metadata, cell.source, mine)


def notebook(path: Path) -> Notebook:
    """Read a notebook; one that lies there unchanged is read once."""
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _changed: int) -> Notebook:
    raw = json.loads(path.read_text("utf-8"))
    cells = (Cell(cell["cell_type"], cell.get("metadata", {}), "".join(cell["source"])) for cell in raw["cells"])
    return Notebook(path.stem, raw.get("metadata", {}), tuple(cells))


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
    )
    template = _templates().get_template("index.html.j2")
    pieces = template.generate_async(
        nb=found, resources=told, kernel_start=kernel_start, cell_generator=cell_generator
    )
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
