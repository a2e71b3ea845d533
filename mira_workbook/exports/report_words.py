"""What the fields of a step hold, for a report: the team's words in full, people's own words without their names."""

from collections.abc import Iterator, Mapping
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step, Workbook
from mira_workbook.content.privacy import PERSONAL_LISTS
from mira_workbook.exports.blocks_answers import SHORT, Column, columns
from mira_workbook.exports.pieces import Facts, Grid, Heading, Lines, Piece
from mira_workbook.exports.rows import Row
from mira_workbook.exports.sighted import Sighted
from mira_workbook.rules.reading import split
from mira_workbook.text import say_number

MOST_BESIDE = 6
"""Columns that stand beside each other on a page; of wider tables each row tells its cells in one."""
_TOGETHER = ("team", "facilitator")
_WORDS = frozenset({"text", "long"})


def team_said(seen: Sighted, step: Step) -> Iterator[Piece]:
    """What the team wrote in a step: its texts, then its tables."""
    fields = [asked for asked in step.fields if step.mode_of(asked) in _TOGETHER]
    facts = [(asked.label, seen.team_text(f"{step.key}.{asked.key}")) for asked in fields if asked.type != "table"]
    told = tuple((label, text) for label, text in facts if text)
    if told:
        yield Facts(told)
    for asked in fields:
        if asked.type == "table":
            yield from _titled(asked.label, [one for one in columns(seen, f"{step.key}.{asked.key}") if any(one.cells)])


def _titled(title: str, shown: list[Column]) -> Iterator[Piece]:
    rows = [row for row in zip(*(one.cells for one in shown), strict=True) if any(row[1:] or row)]
    if rows:
        yield Heading(title, 4)
        yield grid(title, shown, rows)


def grid(title: str, shown: list[Column], rows: list[tuple[str, ...]]) -> Grid:
    """A table; where it has more columns than a page, what each row is about and all the rest beside it."""
    head = tuple(one.label for one in shown)
    if len(shown) > MOST_BESIDE:
        return Grid(tuple((row[0], _rest(head[1:], row[1:])) for row in rows), caption=title)
    numbers, whole = (tuple(n for n, one in enumerate(shown) if one.kind in kinds) for kinds in ({"num"}, SHORT))
    return Grid(tuple(rows), head, numbers=numbers, whole=whole, caption=title)


def _rest(head: tuple[str, ...], cells: tuple[str, ...]) -> str:
    told = [say("report_cell", label=label.rstrip("…?:. "), text=text) for label, text in zip(head, cells, strict=True)]
    return " · ".join(one for one, text in zip(told, cells, strict=True) if text)


# ------------------------------------------------------------------------------------------ said alone or in pairs


def said(seen: Sighted, step: Step) -> Iterator[Piece]:
    """What people said alone or in pairs, where no picture, list, number or hand-out holds it.

    Nobody's name stands beside it, and the order tells nothing. Ratings and guesses about others are left to pictures.
    """
    told = _told_elsewhere(seen.snapshot.workbook)
    for asked in step.asks("individual"):
        name = f"{step.key}.{asked.key}"
        if asked.type in _WORDS and name not in told and step.attribution_of(asked) != "coach":
            texts = sorted({row.value_text for row in _latest(seen, name) if row.value_text}, key=str.casefold)
            if texts:
                yield Heading(asked.label, 4)
                yield Lines(tuple(texts))
    for asked in step.asks("pair"):
        if asked.type == "table" and not _is_drawn(step, asked.key) and not _is_personal(seen, asked):
            yield from _titled(asked.label, list(_pairs(seen, f"{step.key}.{asked.key}", asked)))


def _told_elsewhere(workbook: Workbook) -> frozenset[str]:
    """Fields that come back in a picture, a list, a start value or the hand-out."""
    uses: list[Any] = [*workbook.lists.values(), *workbook.handout]
    for step in workbook.steps:
        uses += [*step.charts, *step.measures]
        uses += [getattr(asked, key, None) for asked in step.fields for key in ("prefill", "rows_prefill")]
    given = (value for use in uses if hasattr(use, "arguments") for value in _texts(use.arguments))
    return frozenset(".".join(name.split(".")[:2]) for name in given if "." in name)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _is_drawn(step: Step, key: str) -> bool:
    """Whether a picture of the step itself shows a field."""
    given = [text for use in step.charts for text in _texts(use.arguments) if "." in text]
    return any(split(name)[:2] == (step.key, key) for name in given)


def _is_personal(seen: Sighted, asked: Any) -> bool:
    use = seen.snapshot.workbook.lists.get(asked.rows_from or "")
    return use is not None and use.use in PERSONAL_LISTS


def _latest(seen: Sighted, name: str) -> list[Row]:
    """The rows of a field's last round."""
    found = list(seen.of(name))
    last = max((row.round for row in found), default=1)
    return [row for row in found if row.round == last]


def _pairs(seen: Sighted, name: str, asked: Any) -> Iterator[Column]:
    """The rows of all pairs under each other, in the order of the list they were dealt from, without who wrote them."""
    cells: dict[tuple[str, str], dict[str, list[str]]] = {}
    about: dict[tuple[str, str], str] = {}
    labels = _dealt(seen, asked.rows_from or "")
    for row in _latest(seen, name):
        key = row.row_id, row.author
        about[key] = labels.get(row.row_id, "")
        cells.setdefault(key, {}).setdefault(row.field.rpartition(".")[2], []).append(_spelled(asked, row))
    order = list(labels)
    keys = sorted(cells, key=lambda key: (order.index(key[0]) if key[0] in order else len(order), key))
    if asked.rows_from:
        yield Column(say("handout_about"), "text", [about[key] for key in keys])
    for column in asked.columns:
        told = [", ".join(cells[key].get(column.key, ())) for key in keys]
        if any(told):
            yield Column(column.label, column.type, told)


def _dealt(seen: Sighted, listed: str) -> dict[str, str]:
    """Every row that was dealt out to somebody."""
    use = seen.snapshot.workbook.lists.get(listed)
    among = str(use.arguments.get("among", "")) if use else ""
    return {option.id: option.label for option in seen.labels.listed(among or listed, "")}


def _spelled(asked: Any, row: Row) -> str:
    column = next(c for c in asked.columns if c.key == row.field.rpartition(".")[2])
    if column.type == "rate" and row.value_num is not None:
        return str(column.show(int(row.value_num), {}))
    return row.value_text or ("" if row.value_num is None else say_number(row.value_num))
