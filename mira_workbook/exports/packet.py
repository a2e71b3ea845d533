"""A workbook on paper: one step a block, with room for handwriting, for a room without a network."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Mode, Option
from mira_workbook.content.definition import Step, Workbook
from mira_workbook.content.lists import SHARED
from mira_workbook.exports.templates import PAGES
from mira_workbook.records import Snapshot
from mira_workbook.rules.progress import AFTER_ROUND_2
from mira_workbook.text import join_words, say_date

_CHARS_A_LINE = 60
"""Letters that a hand puts on one line of a page's width."""
_MOST_LINES = 6
_MOST_BESIDE = 4
"""Columns that stand beside each other; more become a card for each row."""
_ROWS_OF_UNKNOWN = 7
"""Rows for items that the room has yet to name, such as its candidates."""
_ROWS_OF_OWN = 5
_ROWS_IN_A_GROUP = 3
_LINES_IN_A_GROUP = 2
_MOST_IN_HALF = 2
"""Columns of a table that is half a page wide."""
_ALONE: tuple[Mode, ...] = ("individual", "pair")


@dataclass(frozen=True, slots=True)
class Box:
    """Where one thing is written: `kind` is lines, ticks, scale, short, day, tick, numbers, rows or groups.

    Attributes:
        kind: how it is drawn.
        label: what is asked; `hint` what helps, `after` stands behind the box.
        seen: who will see it, above the box.
        lines: of eight millimetres.
        options: to be ticked, ringed or numbered.
        columns: the boxes of a row; `rows` what each row is about, "" where that is yet to be written.
        items: whether rows are about something, so that its name stands first.
        numbered: whether the order of rows counts, so that their number stands first.
        one_each: a card for each row, even where its cells could stand beside each other.
        groups: headings under which rows stand, each with what it means.
        more: what to do where the rows do not suffice.
        value: what was given before the day, in words.
    """

    kind: str
    label: str
    hint: str = ""
    after: str = ""
    seen: str = ""
    lines: int = 1
    options: tuple[str, ...] = ()
    columns: tuple["Box", ...] = ()
    rows: tuple[str, ...] = ()
    items: bool = False
    numbered: bool = False
    one_each: bool = False
    groups: tuple[tuple[str, str], ...] = ()
    more: str = ""
    value: str = ""

    @property
    def beside(self) -> bool:
        """Whether a row's cells stand beside each other, or below each other on a card."""
        return not self.one_each and len(self.columns) + self.items <= _MOST_BESIDE

    @property
    def side_by_side(self) -> bool:
        """Whether two groups have room beside each other."""
        return len(self.columns) <= _MOST_IN_HALF


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a block: done alone, in pairs or together, once for each or once for the team."""

    how: str
    do: str
    name: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One step on paper; `code` tells whoever types it in afterwards where it belongs."""

    code: str
    part: str
    title: str
    minutes: str
    quote: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a meeting before it begins; nothing where only the workbook is.

    Attributes:
        code: the meeting's code, as people read it.
        team, day: for the head of the packet.
        people: names on the list, in order.
        values: set-up fields that were filled in, by `step.field`.
    """

    code: str = ""
    team: str = ""
    day: str = ""
    people: tuple[Option, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


def known(snapshot: Snapshot, code: str) -> Known:
    """What a packet of this session bears: names, the day, and what was asked beforehand. No answer of the room's."""
    setup = {
        f"{step.key}.{asked.key}": value
        for step in snapshot.workbook.steps
        for asked in step.fields
        if asked.setup and (value := snapshot.team_answer(step.key, asked.key)) is not None
    }
    people = tuple(Option(member.key, member.name) for member in snapshot.present())
    return Known(code, snapshot.team.name, _day(snapshot), people, setup)


def _day(snapshot: Snapshot) -> str:
    try:
        return say_date(date.fromisoformat(str(snapshot.team.facts.get("day", ""))))
    except ValueError:
        return ""


def write(workbook: Workbook, about: Known) -> bytes:
    """Draw the packet as one page of HTML that asks for nothing else and prints on A4 and Letter."""
    page = PAGES.get_template("packet.html.j2").render(
        say=say, workbook=workbook, about=about, blocks=[_block(workbook, step, about) for step in workbook.steps]
    )
    return page.encode("utf-8", errors="replace")


def _block(workbook: Workbook, step: Step, about: Known) -> Block:
    place = workbook.steps.index(step) + 1
    alone, together = round(step.minutes.alone), round(step.minutes.together)
    minutes = (
        [say("packet_optional")] * step.optional
        + [say("packet_alone", n=alone)] * bool(alone)
        + [say("packet_together", n=together)] * bool(together)
    )
    quote = f"“{step.quote.text}” {step.quote.by}" if step.quote else ""
    return Block(
        f"{about.code or workbook.title} · {place}",
        say("part", n=step.part, of=len(workbook.parts), title=workbook.parts[step.part - 1]),
        step.heading or step.title,
        " · ".join(minutes),
        quote,
        tuple(_parts(workbook, step, about)),
    )


def _parts(workbook: Workbook, step: Step, about: Known) -> list[Part]:
    """What each does alone, and after it what the team does; the other way round in a step of the team's.

    The instruction stands over the first of them.
    """
    own = [asked for asked in step.fields if step.mode_of(asked) in _ALONE]
    shared = [asked for asked in step.fields if step.mode_of(asked) not in _ALONE]
    boxes = tuple(_asked(workbook, step, asked, about) for asked in shared)
    alone = _alone(workbook, step, own, about)
    if own and shared and step.mode not in _ALONE:
        return [Part(say("packet_team"), step.do, "", boxes), replace(alone, do="")]
    together = Part(say("packet_team"), step.together if own else step.do, "", boxes)
    return [*([alone] if own else []), *([together] if shared or together.do or not own else [])]


def _alone(workbook: Workbook, step: Step, own: Sequence[Any], about: Known) -> Part:
    """What each person or pair fills in, with a line for names where answers bear them."""
    paired = bool(own) and step.mode_of(own[0]) == "pair"
    named = bool(own) and step.attribution_of(own[0]) not in {"anonymous", "none"}
    name = say("packet_names") if paired else say("packet_name") if named else ""
    how = say("packet_in_pairs" if paired else "packet_each")
    return Part(how, step.do, name, tuple(_asked(workbook, step, asked, about) for asked in own))


def _asked(workbook: Workbook, step: Step, asked: Any, about: Known) -> Box:
    value = about.values.get(f"{step.key}.{asked.key}")
    box = _box(workbook, asked, about)
    second = say("packet_second") if asked.control == AFTER_ROUND_2 else ""
    hint = " ".join(filter(None, (asked.help, second, _only_if(asked, step.fields))))
    told = "" if value is None or asked.type == "table" else asked.show(value, {"team": about.people})
    label = asked.label if asked.required else say("packet_may", label=asked.label)
    return replace(box, label=label, hint=hint, seen=_seen(step, asked), value=told)


def _only_if(asked: Any, beside: Sequence[Any]) -> str:
    """When something is asked at all, in the words of what it depends on; "" for always."""
    known = {one.key: one for one in beside}
    conditions = [
        say("packet_is", label=known[key].label, values=_values(known[key], wanted))
        for key, wanted in (asked.show_when or {}).items()
        if key in known
    ]
    return say("packet_only_if", conditions=join_words(conditions)) if conditions else ""


def _values(asked: Any, wanted: Any) -> str:
    every = wanted if isinstance(wanted, list | tuple) else [wanted]
    return _either([f"“{word}”" if (word := asked.show(one, {})) != str(one) else word for one in every])


def _either(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else say("packet_either", first=", ".join(words[:-1]), last=words[-1])


def _seen(step: Step, asked: Any) -> str:
    """The line above a field that says who will see what is written."""
    mode = step.mode_of(asked)
    if mode in {"team", "facilitator"}:
        return say("seen_team")
    if mode == "pair":
        return say("seen_pair")
    by_hand = any(one.control == "hands" for one in step.fields)
    lines = {
        "named": "seen_named",
        "role": "packet_role",
        "anonymous": "packet_anonymous",
        "facilitator_only": "seen_named_wall" if by_hand else "seen_named_numbers",
        "none": "seen_none",
        "coach": "packet_coach",
    }
    return say(lines[step.attribution_of(asked)])


def _box(workbook: Workbook, asked: Any, about: Known) -> Box:
    """How an answer of this type is written by hand."""
    kind = asked.type
    if kind in {"text", "long"}:
        wanted = math.ceil(asked.max_chars / _CHARS_A_LINE)
        return Box("lines", asked.label, lines=min(_MOST_LINES, max(wanted, 2 if kind == "long" else 1)))
    if kind in {"one", "many", "rank", "alloc"}:
        return _choice(asked, about)
    if kind == "rate":
        values = [str(n) for n in range(asked.low, asked.high + 1)]
        known = (*_with_ends(values, asked.ends), *([say("packet_dk")] if asked.dk else []))
        return Box("scale", asked.label, options=known)
    if kind == "table":
        return _table(workbook, asked, about)
    simple = {"num": "short", "date": "day", "yes": "tick"}
    return Box(simple[kind], asked.label, after=asked.unit)


def _table(workbook: Workbook, asked: Any, about: Known) -> Box:
    """Rows to fill in: under headings where they stand in groups, as cards where a row is looked at alone."""
    group = _group(asked)
    made_from = asked.rows_prefill.arguments if asked.control == "merge" and asked.rows_prefill else {}
    # Where a row came from is known on the screen; a pen has the cards on the table.
    left_out = {group.key if group else "", made_from.get("merged"), made_from.get("origin")}
    columns = tuple(_cell(workbook, asked, column, about) for column in asked.columns if column.key not in left_out)
    box = Box("rows", asked.label, columns=columns, numbered=asked.ordered, more=_more(asked, about))
    if group:
        headings = tuple((option.label, option.help) for option in _options(group, about))
        rows = ("",) * max(1, min(_ROWS_IN_A_GROUP, int(asked.max_rows) // max(1, len(headings))))
        short = tuple(replace(column, lines=min(column.lines, _LINES_IN_A_GROUP)) for column in columns)
        return replace(box, kind="groups", groups=headings, rows=rows, columns=short)
    one_each = asked.control == "one_by_one" and sum(column.type == "rate" for column in asked.columns) > 1
    rows = _rows(workbook, asked, about)
    return replace(box, rows=rows, items=asked.rows_from is not None, one_each=one_each)


def _group(asked: Any) -> Any:
    """The column whose options are the headings of a table; None where it stands in no groups."""
    key = asked.columns[0].key if asked.control == "boxes" else asked.group
    return next((column for column in asked.columns if column.key == key), None)


def _more(asked: Any, about: Known) -> str:
    """What to do where a table may have more rows than a sheet has room for."""
    if asked.rows_from is None:
        room = max(int(asked.min_rows), _ROWS_OF_OWN)
        return say("packet_more") if asked.max_rows > room else ""
    return "" if asked.rows_from == "team" and about.people else say("packet_more")


def _cell(workbook: Workbook, asked: Any, column: Any, about: Known) -> Box:
    return replace(_box(workbook, column, about), hint=_only_if(column, asked.columns))


def _with_ends(values: Sequence[str], ends: Sequence[str]) -> list[str]:
    """A scale's values, with a word for each or for the two ends."""
    if len(ends) == len(values):
        return [f"{value} {word}" for value, word in zip(values, ends, strict=True)]
    if len(ends) != 2:  # noqa: PLR2004 - both ends
        return list(values)
    return [f"{values[0]} {ends[0]}", *values[1:-1], f"{values[-1]} {ends[1]}"]


def _choice(asked: Any, about: Known) -> Box:
    """Options to tick or to number; lines to write on where the room has yet to name them."""
    options = [option.label for option in _options(asked, about)]
    numbered = asked.type in {"rank", "alloc"}
    if not options:
        return Box("numbers", asked.label, options=("",) * _ROWS_OF_UNKNOWN) if numbered else Box("lines", asked.label)
    other = [say("packet_other")] if getattr(asked, "other", False) else []
    return Box("numbers" if numbered else "ticks", asked.label, options=(*options, *other))


def _options(asked: Any, about: Known) -> Sequence[Option]:
    name = asked.list
    if name is None:
        return tuple(asked.options)
    return about.people if name == "team" else SHARED.get(name, ())


def _rows(workbook: Workbook, asked: Any, about: Known) -> tuple[str, ...]:
    """What each row is about: a name where it is known."""
    if asked.rows_from is None:
        return ("",) * min(int(asked.max_rows), max(int(asked.min_rows), _ROWS_OF_OWN))
    if asked.rows_from == "team" and about.people:
        return tuple(person.label for person in about.people)
    use = workbook.lists.get(asked.rows_from)
    n = use.arguments.get("n") if use else None
    return ("",) * int(n or _ROWS_OF_UNKNOWN)
