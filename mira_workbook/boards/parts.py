"""The small pieces that every board is made of: buttons, lines, dialogs."""

from collections.abc import Mapping, Sequence
from typing import Any

from mira_workbook.boards.doors import Drawn
from mira_workbook.widgets.controls import Doc

EMPTY: Mapping[str, Any] = {
    "key": "",
    "wall": False,
    "viewer": False,
    "now": "",
    "head": None,
    "lines": [],
    "agenda": [],
    "centre": None,
    "side": None,
    "grid": None,
    "lobby": None,
    "dialog": None,
    "keys": {},
    "foot": {"left": "", "right": ""},
    "announce": "",
}
"""What every board has; a view fills in what it shows."""

CENTRE: Mapping[str, Any] = {
    "title": "",
    "do": "",
    "clock": None,
    "count": None,
    "names": None,
    "blocks": [],
    "picture": None,
    "entries": [],
    "buttons": [],
    "hint": "",
}


def button(key: str, label: str, *, main: bool = False, kind: str = "", **more: Any) -> Doc:
    """A button: `more` may hold hint, again, items, dialog, off, why and href; what is empty is left out."""
    return {"id": key, "label": label, "main": main, "kind": kind, **{name: one for name, one in more.items() if one}}


def quiet(key: str, label: str, **more: Any) -> Doc:
    """A button that does not call."""
    return button(key, label, kind="quiet", **more)


def guarded(key: str, label: str, again: str, *, main: bool = False) -> Doc:
    """A button that needs a second tap; `again` is what it says in between."""
    return button(key, label, main=main, kind="guard", again=again)


def menu(key: str, label: str, items: Sequence[Doc]) -> Doc:
    """A button that opens more buttons."""
    return button(key, label, kind="menu", items=list(items))


def line(key: str, mark: str, text: str, *buttons: Doc) -> Doc:
    """A line under the head."""
    return {"id": key, "mark": mark, "text": text, "buttons": list(buttons)}


def dialog(key: str, title: str, text: str, *buttons: Doc, **more: Any) -> Doc:
    """A dialog that the page opens by itself; its buttons press with what its fields hold."""
    return {"id": key, "title": title, "text": text, "fields": [], "options": [], "buttons": list(buttons), **more}


def entry(key: str, label: str, *, value: str = "") -> Doc:
    """A line to type in a dialog."""
    return {"id": key, "kind": "text", "label": label, "value": value, "options": []}


def pick(key: str, label: str, options: Sequence[tuple[str, str]], *, value: str = "", person: bool = False) -> Doc:
    """One of several in a dialog."""
    spelled = [{"id": one, "label": words} for one, words in options]
    return {"id": key, "kind": "person" if person else "pick", "label": label, "value": value, "options": spelled}


def option(key: str, label: str, text: str = "") -> Doc:
    """A way to choose in a dialog, with what it leads to."""
    return {"id": key, "label": label, "help": text}


def drawn_doc(one: Drawn, buttons: Sequence[Doc], *, table: bool) -> Doc:
    """A picture with its buttons; `table` where its table stands in its place."""
    return {
        "src": one.src,
        "dark_src": one.dark_src,
        "alt": one.alt,
        "title": one.title,
        "head": list(one.head),
        "rows": [list(row) for row in one.rows],
        "table": table,
        "buttons": [*buttons],
    }
