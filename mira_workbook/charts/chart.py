"""One kind of picture: its input, its words, and its drawing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mira_workbook.charts import canvas
from mira_workbook.charts.base import Look, Words
from mira_workbook.charts.shapes import Sheet
from mira_workbook.records import Picture


@dataclass(frozen=True, slots=True)
class Chart:
    """One kind of picture.

    Attributes:
        data: the class of its input: plain words and numbers.
        words: from input to sentence and table, at once.
        sheet: from input and look to shapes; None where the table is the picture.
    """

    data: type[Any]
    words: Callable[[Any], Words]
    sheet: Callable[[Any, Look], Sheet | None]

    def draw(self, data: Any, look: Look) -> bytes:
        """Draw as SVG; nothing where the table is the picture. The first call loads matplotlib, about 0.4 s."""
        sheet = self.sheet(data, look)
        return b"" if sheet is None else canvas.svg(sheet, look, self.words(data).alt)

    def png(self, data: Any, look: Look, dpi: int = 200) -> bytes:
        """Draw as PNG on white, for files that hold no SVG; `dpi` dots an inch of paper."""
        sheet = self.sheet(data, look)
        return b"" if sheet is None else canvas.png(sheet, look, dpi)

    def picture(self, data: Any, look: Look) -> Picture:
        """Draw, and put the words beside the drawing."""
        said = self.words(data)
        return Picture(svg=self.draw(data, look), alt=said.alt, head=said.head, rows=said.rows)
