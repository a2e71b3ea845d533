"""Where things stand in a notebook: a box for each step, one at the top and one at the end."""

from collections.abc import Mapping

import ipywidgets
from IPython.display import display

from mira_workbook.widgets.form import Form


class Places:
    """The boxes of a notebook, and the form in one of them.

    A step stands below its own cell. Without one it stands at the end, and while no cell has shown the end, at the top:
    whoever runs cells one by one always sees the form.
    """

    def __init__(self, form: Form) -> None:
        self._form = form
        self._top, self._bottom = ipywidgets.VBox(), ipywidgets.VBox()
        self._boxes: dict[str, ipywidgets.VBox] = {}
        self._drawn: dict[str, str] = {}
        self._folds: Mapping[str, str] = {}
        self._here: str | None = None
        self._ended = False

    def top(self) -> None:
        """Show the top, below the cell that calls this."""
        _show(self._top)

    def step(self, key: str) -> None:
        """Show the place of a step."""
        _show(self._boxes.setdefault(key, ipywidgets.VBox()))
        self._draw()

    def end(self) -> None:
        """Show the place of steps that have no cell."""
        _show(self._bottom)
        self._ended = True
        self._draw()

    def alone(self) -> None:
        """Put the form at the top, and nothing else anywhere."""
        for box in self._boxes.values():
            box.children = ()
        self._drawn.clear()
        self._here, self._folds = None, {}
        self._top.children = (self._form,)

    def put(self, here: str, folds: Mapping[str, str]) -> None:
        """Put the form into a step's box, and a folded line into those of others.

        Args:
            here: the open step, "" for none.
            folds: every step of the workbook in order, with its line as HTML, "" for none.
        """
        self._here, self._folds = here, folds
        self._draw()

    def _draw(self) -> None:
        if self._here is None:
            return
        for key, html in self._folds.items():
            box = self._box(key)
            if box is not None and key != self._here and self._drawn.get(key, "") != html:
                self._drawn[key] = html
                box.children = (ipywidgets.HTML(html),) if html else ()
        self._drawn.pop(self._here, None)
        self._move(self._box(self._here) or self._top)

    def _move(self, home: ipywidgets.VBox) -> None:
        for box in (self._top, *self._boxes.values()):
            if box is not home and self._form in box.children:
                box.children = ()
        if home.children != (self._form,):
            home.children = (self._form,)

    def _box(self, key: str) -> ipywidgets.VBox | None:
        if key and self._ended and key not in self._boxes:
            self._boxes[key] = ipywidgets.VBox()
            self._bottom.children = (*self._bottom.children, self._boxes[key])
        return self._boxes.get(key)


def _show(box: ipywidgets.VBox) -> None:
    display(box)  # type: ignore[no-untyped-call]
