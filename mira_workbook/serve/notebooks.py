"""Notebooks as they lie in their files, read once."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Doc = dict[str, Any]


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
