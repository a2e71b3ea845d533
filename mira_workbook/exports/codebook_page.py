"""The codebook for people: one page that says what was asked, what every name means and why a cell may be empty."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mira_workbook.catalogue import SENTENCES, say
from mira_workbook.exports import wide
from mira_workbook.exports.about import About
from mira_workbook.exports.dta import LETTERS
from mira_workbook.exports.handout import TOKENS
from mira_workbook.exports.rows import STATES
from mira_workbook.exports.table import Table
from mira_workbook.exports.templates import PAGES
from mira_workbook.exports.variables import MISSING
from mira_workbook.text import say_date

NAME = "codebook.html"
MEDIA_TYPE = "text/html; charset=utf-8"
Entry = Mapping[str, Any]
_BETWEEN = re.compile(r"; (?=\S+ = )")


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked, as the page tells it; `of` is the table it is a column of, "" for a field.

    Attributes:
        name: as the files spell it.
        label, help: as people read them.
        about: kind of answer, limits and unit.
        options: (what stands in a cell, what it means).
        whose: who answers, and how it is signed.
    """

    name: str
    of: str
    label: str
    help: str
    about: str
    options: tuple[tuple[str, str], ...]
    whose: str


@dataclass(frozen=True, slots=True)
class Part:
    """One step, with what it asks."""

    key: str
    title: str
    asked: tuple[Asked, ...]


def write(about: About, book: Table, rows: Mapping[str, int], left_out: Mapping[str, str]) -> bytes:
    """Draw the page: it asks for nothing else, prints, and fits a phone.

    Args:
        about: whose files these are.
        book: the codebook as a table.
        rows: name of each table to its rows.
        left_out: format that is not in the pack to the extra that would bring it.
    """
    entries = book.records()
    page = PAGES.get_template("codebook.html.j2").render(
        say=say,
        about=about,
        day=say_date(about.at.date()),
        tokens=TOKENS.read_text(encoding="utf-8") if TOKENS.exists() else "",
        states=[(name, words, MISSING.get(name, ""), LETTERS.get(name, "")) for name, words in STATES],
        steps=_steps(about, entries),
        measures=_of("measure", entries),
        settings=_of("setting", entries),
        tables=[(name, count, _columns(name, entries)) for name, count in rows.items()],
        left_out=left_out,
    )
    return page.encode("utf-8", errors="replace")


def _of(kind: str, entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry["kind"] == kind]


def _steps(about: About, entries: Iterable[Entry]) -> list[Part]:
    """What each step asks, in the order of the codebook; of several workbooks one after another."""
    found: dict[tuple[str, str], list[Asked]] = {}
    for entry in entries:
        if entry["kind"] in {"field", "column"}:
            place = str(entry.get("workbook") or about.workbook.slug), str(entry["name"]).split(".")[0]
            found.setdefault(place, []).append(_asked(entry))
    titles = {(about.workbook.slug, step.key): step.title for step in about.workbook.steps}
    return [Part(place[1], titles.get(place, place[0]), tuple(asked)) for place, asked in found.items()]


def _asked(entry: Entry) -> Asked:
    _, field, *column = str(entry["name"]).split(".")
    # The limits of a rating are its unit.
    unit = "" if entry["type"] == "rate" else entry["unit"]
    told = [
        _word(f"type_{entry['type']}", entry["type"]),
        entry["limits"],
        unit,
        say("type_required") * bool(entry["required"]),
    ]
    alone = entry["mode"] in {"individual", "pair"}
    signed = _word(f"signed_{entry['attribution']}", entry["attribution"]) if alone else ""
    whose = [] if column else [_word(f"mode_{entry['mode']}", ""), signed]
    return Asked(
        name=column[0] if column else field,
        of=field if column else "",
        label=str(entry["label"]),
        help=str(entry["help"] or ""),
        about=" · ".join(filter(None, map(str, filter(None, told)))),
        options=_options(str(entry["options"] or "")),
        whose=" · ".join(filter(None, whose)),
    )


def _options(spelled: str) -> tuple[tuple[str, str], ...]:
    """Ids and labels apart; a list that the room makes stands as one."""
    if " = " not in spelled:
        return (("", spelled),) if spelled else ()
    # A label may hold a semicolon itself; what follows it then is no id.
    return tuple((first, rest) for first, _, rest in (one.partition(" = ") for one in _BETWEEN.split(spelled)))


def _word(key: str, name: Any) -> str:
    """A name of ours in words; what has none stands as it is."""
    return say(key) if key in SENTENCES else str(name or "")


def _columns(table: str, entries: Iterable[Entry]) -> list[Entry]:
    """Columns of a table; those of a wide one are the fields above it, so that they need not be told twice."""
    if table.startswith(f"{wide.NAME}_"):
        return []
    return [
        {**entry, "column": str(entry["name"]).removeprefix(f"{table}.")}
        for entry in entries
        if entry["kind"] == "file" and str(entry["name"]).startswith(f"{table}.")
    ]
