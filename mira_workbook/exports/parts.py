"""An answer taken apart into the smallest things that can be counted: cells, items, chosen options."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Asked, Option
from mira_workbook.content.answers.conditions import shown
from mira_workbook.content.lists import SHARED
from mira_workbook.records import Response, Snapshot
from mira_workbook.rules import sight
from mira_workbook.rules.reading import split
from mira_workbook.rules.stage import Stage


@dataclass(frozen=True, slots=True)
class Part:
    """One countable part of an answer.

    Attributes:
        field: `field`, or `field.column` in a table.
        status: submitted, blank, skipped, dk, withdrawn or draft.
        row_id: row of a table.
        item_id: what it is about: item of a fixed row, an order or a share.
        value_id: id of a chosen option.
        value_text: words, a day or a label.
        value_num: a number, rating, place (1 is first) or share.
        unit: of the number; for a rating its scale.
    """

    field: str
    status: str
    row_id: str = ""
    item_id: str = ""
    value_id: str = ""
    value_text: str = ""
    value_num: int | float | None = None
    unit: str = ""


class Labels:
    """Options by list, with labels only where the answers they come from are on show."""

    def __init__(self, snapshot: Snapshot, stage: Stage) -> None:
        self._snapshot, self._stage = snapshot, stage
        self._open: dict[str, bool] = {}

    def options(self, asked: Any, author: str) -> tuple[Option, ...]:
        """The options of a choice, order or share for an author; labels that may not be told are left blank."""
        if getattr(asked, "options", ()):
            return tuple(asked.options)
        return self.listed(getattr(asked, "list", None), author)

    def listed(self, name: str | None, author: str) -> tuple[Option, ...]:
        """A list as pinned when the step opened, or a shared one; the roster stands in for `team`."""
        if not name:
            return ()
        pinned = self._stage.options(name, author) or SHARED.get(name, ())
        if name == "team" and not pinned:
            pinned = tuple(Option(m.key, m.name) for m in self._snapshot.members)
        return pinned if self.may_tell(name) else tuple(Option(o.id, "") for o in pinned)

    def may_tell(self, name: str) -> bool:
        """Whether every field that a list is made from is on show."""
        if name not in self._open:
            use = self._snapshot.workbook.lists.get(name)
            self._open[name] = use is None or all(self._source_is_open(value) for value in _names(use.arguments))
        return self._open[name]

    def _source_is_open(self, value: str) -> bool:
        if value in self._snapshot.workbook.lists:
            return self.may_tell(value)
        if "." not in value:
            return True
        step, field, _ = split(value)
        given = [r for r in self._snapshot.responses if (r.step, r.field) == (step, field)]
        return all(sight.is_on_show(self._snapshot, self._stage, r) for r in given)


def _names(arguments: Mapping[str, Any]) -> Iterator[str]:
    """Every name among a list's arguments, also those that stand several together."""
    for value in arguments.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | tuple):
            yield from (one for one in value if isinstance(one, str))


def parts(asked: Any, response: Response, status: str, labels: Labels) -> tuple[Part, ...]:
    """Take an answer apart.

    Args:
        asked: the field's definition.
        response: the answer; its value is not looked at unless `status` is submitted.
        status: how the answer as a whole stands.
        labels: where labels come from.

    Shape: at least one part; for a table one for each row and column, for an order or share one for each item, for
        several options one for each chosen.
    """
    value = response.value if status == "submitted" else None
    empty = "blank" if status == "submitted" else status
    if asked.type == "table":
        return tuple(_table(asked, value, empty, labels, response.author))
    return tuple(_one_field(asked, value, empty, labels.options(asked, response.author)))


def _table(asked: Any, value: Any, empty: str, labels: Labels, author: str) -> Iterator[Part]:
    cells_of = {row["row_id"]: row["cells"] for row in value or ()}
    fixed = [o.id for o in labels.listed(asked.rows_from, author)] if asked.rows_from else []
    ids = [*fixed, *(row for row in cells_of if row not in fixed)] or [""]
    for row_id in ids:
        cells = cells_of.get(row_id, {})
        visible = shown(asked.columns, cells)
        for column in asked.columns:
            none = "skipped" if cells and column.key not in visible else empty
            for part in _one_field(column, cells.get(column.key), none, labels.options(column, author)):
                item = row_id if asked.rows_from else part.item_id
                yield replace(part, field=f"{asked.key}.{column.key}", row_id=row_id, item_id=item)


def _one_field(asked: Any, value: Any, empty: str, options: Sequence[Option]) -> Iterator[Part]:
    blank = Part(asked.key, empty, unit=unit_of(asked))
    if value is None or value in ([], ""):
        # An order or share that is missing is missing for each of its items.
        items = options if asked.type in {"rank", "alloc"} else ()
        yield from [replace(blank, item_id=o.id) for o in items] or [blank]
        return
    if isinstance(value, Mapping) and value.get("dk") is True:
        yield replace(blank, status="dk")
        return
    label = {o.id: o.label for o in options}
    for part in _READ[asked.type](asked, value, label):
        yield replace(part, field=asked.key, status="submitted", unit=blank.unit)


def unit_of(asked: Any) -> str:
    """The unit of a number, or the ends of a rating's scale; an en dash, since spreadsheets read 1-5 as a day."""
    if asked.type == "rate":
        return f"{asked.low}–{asked.high}"
    return str(asked.unit)


_LINE = Part("", "submitted")
Reader = Callable[[Any, Any, Mapping[str, str]], Iterator[Part]]


def _words(_asked: Asked, value: Any, _label: Mapping[str, str]) -> Iterator[Part]:
    yield replace(_LINE, value_text=str(value))


def _number(_asked: Asked, value: Any, _label: Mapping[str, str]) -> Iterator[Part]:
    yield replace(_LINE, value_num=value)


def _rating(asked: Any, value: Any, _label: Mapping[str, str]) -> Iterator[Part]:
    named = len(asked.ends) == asked.high - asked.low + 1
    yield replace(_LINE, value_num=value, value_text=asked.ends[value - asked.low] if named else "")


def _tick(_asked: Asked, value: Any, _label: Mapping[str, str]) -> Iterator[Part]:
    yield replace(_LINE, value_num=int(value), value_text=say("show_yes" if value else "show_no"))


def _choice(_asked: Asked, value: Any, label: Mapping[str, str]) -> Iterator[Part]:
    if isinstance(value, Mapping):
        yield replace(_LINE, value_id=str(value["id"]), value_text=str(value.get("other_text", "")))
    else:
        yield replace(_LINE, value_id=value, value_text=label.get(value, ""))


def _choices(asked: Asked, value: Any, label: Mapping[str, str]) -> Iterator[Part]:
    for one in value:
        yield from _choice(asked, one, label)


def _order(_asked: Asked, value: Any, label: Mapping[str, str]) -> Iterator[Part]:
    for place, item in enumerate(value, start=1):
        yield replace(_LINE, item_id=item, value_text=label.get(item, ""), value_num=place)


def _shares(_asked: Asked, value: Any, label: Mapping[str, str]) -> Iterator[Part]:
    for item, share in value.items():
        yield replace(_LINE, item_id=item, value_text=label.get(item, ""), value_num=share)


_READ: Mapping[str, Reader] = {
    "text": _words,
    "long": _words,
    "date": _words,
    "num": _number,
    "rate": _rating,
    "yes": _tick,
    "one": _choice,
    "many": _choices,
    "rank": _order,
    "alloc": _shares,
}
"""Answer type to the function that takes its value apart; a table's cells go through the same."""
