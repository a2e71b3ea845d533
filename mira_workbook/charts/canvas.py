"""The one place where matplotlib draws. It is imported when the first picture is drawn, not before."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from typing import Any

from mira_workbook.charts.base import Look
from mira_workbook.charts.fit import plain
from mira_workbook.charts.shapes import Box, Curve, Disc, Drawn, Paint, Shape, Sheet, Text
from mira_workbook.charts.style import style
from mira_workbook.charts.tidy import tidy

_ONE_AT_A_TIME = Lock()  # matplotlib's settings belong to the whole process
_POINTS = 72  # of an inch; one of them is one CSS pixel of the picture


def svg(sheet: Sheet, look: Look, name: str) -> bytes:
    """Draw a sheet as SVG, safe to stand in a page: no scripts, no style sheets, nothing fetched.

    Args:
        sheet: the shapes.
        look: for which eyes; decides on live text or outlines.
        name: what a screen reader says for the picture.
    """
    with _figure(sheet, look) as figure:
        out = BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return tidy(out.getvalue(), sheet, name)


def png(sheet: Sheet, look: Look, dpi: int = 200) -> bytes:
    """Draw a sheet as PNG on white, for files that hold no SVG.

    Args:
        sheet: the shapes.
        look: a light one; paper is white.
        dpi: dots an inch of paper, where 96 pixels of the sheet are an inch.
    """
    with _figure(sheet, look) as figure:
        out = BytesIO()
        figure.savefig(out, format="png", dpi=dpi * _POINTS / 96, facecolor="white", metadata={"Software": None})
    return out.getvalue()


@contextmanager
def _figure(sheet: Sheet, look: Look) -> Iterator[Any]:
    import matplotlib as mpl  # noqa: PLC0415 - 0.4 s that a member's page never needs
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.transforms import Affine2D  # noqa: PLC0415

    settings: Any = style(look)  # matplotlib's own stubs list the keys, and differ by version
    with _ONE_AT_A_TIME, mpl.rc_context(settings), warnings.catch_warnings():
        # Emoji and other scripts come from the reader's own fonts; DejaVu is only asked where they stand.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure = Figure(figsize=(sheet.width / _POINTS, sheet.height / _POINTS), dpi=_POINTS)
        figure.patch.set_visible(False)
        inches = Affine2D().scale(1, -1).translate(0, sheet.height).scale(1 / _POINTS)
        for shape in sheet.shapes:
            _add(figure, shape, inches + figure.dpi_scale_trans)
        yield figure


def _add(figure: Any, shape: Drawn, to_screen: Any) -> None:
    if not isinstance(shape, Text):
        figure.add_artist(_patch(shape, to_screen))
        return
    figure.text(
        *(shape.x, shape.y, plain(shape.words)),
        transform=to_screen,
        ha={"start": "left", "middle": "center", "end": "right"}[shape.anchor],
        va="baseline",
        fontsize=shape.size,
        fontweight="bold" if shape.bold else "normal",
        color=shape.color,
        parse_math=False,
    )


def _patch(shape: Box | Disc | Shape | Curve, to_screen: Any) -> Any:
    from matplotlib import patches  # noqa: PLC0415
    from matplotlib.path import Path  # noqa: PLC0415

    look = {**_look(shape.paint), "transform": to_screen}
    match shape:
        case Box(x, y, w, h, _, 0):
            return patches.Rectangle((x, y), w, h, **look)
        case Box(x, y, w, h, _, radius):
            return patches.FancyBboxPatch((x, y), w, h, boxstyle=patches.BoxStyle.Round(0, radius), **look)
        case Disc(x, y, r):
            return patches.Circle((x, y), r, **look)
        case Shape(points, _, True):
            return patches.Polygon(points, closed=True, joinstyle="round", **look)
        case Shape(points):
            return patches.PathPatch(Path(points), capstyle="round", joinstyle="round", **look)
        case Curve(start, bend, end):
            bent = Path([start, bend, end], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
            return patches.PathPatch(bent, capstyle="round", **look)


def _look(paint: Paint) -> dict[str, Any]:
    return {
        "facecolor": paint.fill or "none",
        "edgecolor": paint.edge or "none",
        "linewidth": paint.weight if paint.edge else 0,
        "linestyle": paint.dash,
        "hatch": paint.hatch or None,
        "hatchcolor": paint.hatch_color or paint.edge or "none",
    }
