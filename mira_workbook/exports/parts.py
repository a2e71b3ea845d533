"""An answer taken apart into the smallest things that can be counted: cells, items, chosen options."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Asked, Option
from mira_workbook.content.answers.conditions import shown
from mira_workbook.content.lists import SHARED
from mira_workbook.records import Snapshot
from mira_workbook.rules import sight
from mira_workbook.rules.reading import split
from mira_workbook.rules.stage import Stage


class Part(NamedTuple):
    """One countable part of an answer. A tuple, because a large export makes millions of them.

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


_part = partial(tuple.__new__, Part)
"""A part from its eight values, in half the time."""


class Labels:
    """Options by list, with labels only where the answers they come from are on show."""

    def __init__(self, snapshot: Snapshot, stage: Stage) -> None:
        self._snapshot, self._stage = snapshot, stage
        self._open: dict[str, bool] = {}
        self._spelled: dict[tuple[str, str], Mapping[str, str]] = {}

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

    def spelled(self, name: str, author: str) -> Mapping[str, str]:
        """The same list as id to label, in its order."""
        place = (name, author if name in self._stage.own_lists else "")
        if place not in self._spelled:
            self._spelled[place] = {option.id: option.label for option in self.listed(name, author)}
        return self._spelled[place]

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
        given = (r for r in self._snapshot.responses if r.step == step and r.field == field)
        # Sight looks at the round and the kind of author, so one answer of each stands for all.
        kinds = {(r.round, r.author_kind): r for r in given}
        return all(sight.is_on_show(self._snapshot, self._stage, r) for r in kinds.values())


def _names(arguments: Mapping[str, Any]) -> Iterator[str]:
    """Every name among a list's arguments, also those that stand several together."""
    for value in arguments.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | tuple):
            yield from (one for one in value if isinstance(one, str))


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A field without columns, or a column of a table: what is the same for all its answers."""

    asked: Any
    key: str
    name: str
    unit: str
    read: "Reader"
    options: Mapping[str, str] | None
    listed: str
    is_spread: bool
    """Whether an answer that is missing is missing for each item."""


class Taker:
    """Takes the answers of one field apart. Made once for all of them.

    Args:
        asked: the field's definition.
        labels: where labels come from.
    """

    def __init__(self, asked: Any, labels: Labels) -> None:
        self._labels = labels
        self._is_table = asked.type == "table"
        self._rows_from = (asked.rows_from or "") if self._is_table else ""
        self._columns: Sequence[Any] = asked.columns if self._is_table else ()
        self._asks_by_answer = any(column.show_when for column in self._columns)
        names = [(column, f"{asked.key}.{column.key}") for column in self._columns] or [(asked, asked.key)]
        self._leaves = [_leaf(one, name) for one, name in names]

    def parts(self, given: Any, status: str, author: str) -> tuple[Part, ...]:
        """Take an answer apart.

        Args:
            given: the answer's value; not looked at unless `status` is submitted.
            status: how the answer as a whole stands.
            author: whose; lists may be personal.

        Shape: at least one part; for a table one for each row and column, for an order or share one for each item,
            for several options one for each chosen.
        """
        value = given if status == "submitted" else None
        empty = "blank" if status == "submitted" else status
        found: list[Part] = []
        if self._is_table:
            self._table(value, empty, author, found)
        else:
            leaf = self._leaves[0]
            _add(leaf, (value, empty, "", ""), self._options(leaf, author), found)
        return tuple(found)

    def _table(self, value: Any, empty: str, author: str, found: list[Part]) -> None:
        cells_of = {row["row_id"]: row["cells"] for row in value or ()}
        fixed = self._labels.spelled(self._rows_from, author) if self._rows_from else {}
        options = [self._options(leaf, author) for leaf in self._leaves]
        for row_id in {**fixed, **cells_of} or ("",):
            cells = cells_of.get(row_id, {})
            visible = shown(self._columns, cells) if cells and self._asks_by_answer else None
            for leaf, known in zip(self._leaves, options, strict=True):
                none = empty if visible is None or leaf.key in visible else "skipped"
                item = row_id if self._rows_from else ""
                _add(leaf, (cells.get(leaf.key), none, row_id, item), known, found)

    def _options(self, leaf: _Leaf, author: str) -> Mapping[str, str]:
        if leaf.options is not None:
            return leaf.options
        return self._labels.spelled(leaf.listed, author) if leaf.listed else {}


def _reader(asked: Any) -> "Reader":
    """What takes a value of this field apart."""
    if asked.type == "rate" and len(asked.ends) == asked.high - asked.low + 1:
        # Looked up once: ratings are the most frequent answers of all.
        words = dict(zip(range(asked.low, asked.high + 1), asked.ends, strict=True))
        return lambda _asked, value, _label: (("", "", words[value], value),)
    return _READ[asked.type]


def _leaf(asked: Any, name: str) -> _Leaf:
    options = {o.id: o.label for o in getattr(asked, "options", ())} or None
    listed = getattr(asked, "list", None) or ""
    return _Leaf(asked, asked.key, name, unit_of(asked), _reader(asked), options, listed, asked.type in _SPREAD)


def _add(leaf: _Leaf, cell: tuple[Any, str, str, str], options: Mapping[str, str], found: list[Part]) -> None:
    """Add the parts of one field or cell: its value, what it is called without one, its row, what the row is about."""
    value, empty, row_id, item = cell
    name, unit = leaf.name, leaf.unit
    if not value and (value is None or value == "" or value == []):  # noqa: PLR1714 - a list would cost more
        # An order or share that is missing is missing for each of its items.
        items = (leaf.is_spread and options) or ("",)
        found.extend(_part((name, empty, row_id, item or of, "", "", None, unit)) for of in items)
    elif value.__class__ is dict and value.get("dk") is True:
        found.append(_part((name, "dk", row_id, item, "", "", None, unit)))
    else:
        for of, id_, text, number in leaf.read(leaf.asked, value, options):
            found.append(_part((name, "submitted", row_id, item or of, id_, text, number, unit)))


def unit_of(asked: Any) -> str:
    """The unit of a number, or the ends of a rating's scale; an en dash, since spreadsheets read 1-5 as a day."""
    if asked.type == "rate":
        return f"{asked.low}–{asked.high}"
    return str(asked.unit)


Said = tuple[str, str, str, int | float | None]
"""Item, chosen id, words and number of one part."""
Reader = Callable[[Any, Any, Mapping[str, str]], Iterable[Said]]


def _words(_asked: Asked, value: Any, _label: Mapping[str, str]) -> Iterable[Said]:
    return (("", "", str(value), None),)


def _number(_asked: Asked, value: Any, _label: Mapping[str, str]) -> Iterable[Said]:
    return (("", "", "", value),)


def _tick(_asked: Asked, value: Any, _label: Mapping[str, str]) -> Iterable[Said]:
    return (("", "", say("show_yes" if value else "show_no"), int(value)),)


def _choice(_asked: Asked, value: Any, label: Mapping[str, str]) -> Iterable[Said]:
    if value.__class__ is dict:
        return (("", str(value["id"]), str(value.get("other_text", "")), None),)
    return (("", value, label.get(value, ""), None),)


def _choices(asked: Asked, value: Any, label: Mapping[str, str]) -> Iterable[Said]:
    return [said for one in value for said in _choice(asked, one, label)]


def _order(_asked: Asked, value: Any, label: Mapping[str, str]) -> Iterable[Said]:
    return [(item, "", label.get(item, ""), place) for place, item in enumerate(value, start=1)]


def _shares(_asked: Asked, value: Any, label: Mapping[str, str]) -> Iterable[Said]:
    return [(item, "", label.get(item, ""), share) for item, share in value.items()]


_SPREAD = frozenset({"rank", "alloc"})
_READ: Mapping[str, Reader] = {
    "text": _words,
    "long": _words,
    "date": _words,
    "num": _number,
    "rate": _number,
    "yes": _tick,
    "one": _choice,
    "many": _choices,
    "rank": _order,
    "alloc": _shares,
}
"""Answer type to the function that takes its value apart; a table's cells go through the same."""
