"""What a step shows once its answers are on show: sentences, one's own answer, a table, pictures, cards."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Asked, Use
from mira_workbook.content.answers.choices import Rate, Yes
from mira_workbook.content.answers.rank import Rank
from mira_workbook.content.answers.table import TableField
from mira_workbook.content.cards import Card, cards
from mira_workbook.content.definition import Step
from mira_workbook.measures.bands import LEAST
from mira_workbook.records import Measure
from mira_workbook.rules import pairs
from mira_workbook.rules.clock import turn_seconds
from mira_workbook.rules.lineage import lineage
from mira_workbook.rules.lists import resolve
from mira_workbook.rules.reading import split, standing
from mira_workbook.text import join_words
from mira_workbook.widgets.choices import Shown
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.room import Room

WIDEST = 6
"""Columns beyond which only those that have to be filled are told in a line."""


def results(room: Room, step: Step) -> list[Doc]:
    """Everything a member sees of a step's answers on show."""
    return [*sentences(room, step), *own(room, step), *pictures(room.pictures(step.key))]


def sentences(room: Room, step: Step) -> list[Doc]:
    """The sentences of the step's measures in this round; or that there is too little to compare."""
    numbers = [m for m in room.numbers(step.key) if m.round == room.round_of(step) and m.id != "M01"]
    said = [m.sentence for m in numbers if m.sentence]
    if said:
        lead, *rest = said
        return [{"kind": "sentence", "text": lead}, *([{"kind": "text", "text": " ".join(rest)}] if rest else [])]
    lacking = [m for m in numbers if m.value is None]
    return [{"kind": "text", "text": _too_few(lacking[0])}] if lacking else []


def _too_few(measure: Measure) -> str:
    return say("not_enough", n=measure.n, needed=LEAST.get(measure.id, 2))


def own(room: Room, step: Step) -> list[Doc]:
    """This member's own answer, in words."""
    lines = spell(room, step, room.mine(step, room.round_of(step)))
    return [{"kind": "own", "label": say("your_answer"), "lines": lines}] if lines else []


def spell(room: Room, step: Step, values: Mapping[str, Any]) -> list[str]:
    """Answers of a step as lines to read."""
    lines: list[str] = []
    for key, value in values.items():
        asked = step.field(key)
        if isinstance(asked, TableField):
            lines += _rows(room, asked, value)
        elif isinstance(asked, Rank):
            labels = {o.id: o.label for o in room.context.lists.get(asked.list or "", ())}
            lines += [f"{i}. {labels.get(item, item)}" for i, item in enumerate(value or (), 1)]
        else:
            lines.append(_named(asked, _words(asked, value, room)))
    return [line for line in lines if line]


def _words(asked: Asked, value: Any, room: Room) -> str:
    """A value in words; a rating whose every value has a word is that word alone, but hands keep their number."""
    if isinstance(asked, Rate) and isinstance(value, int) and asked.control != "hands":
        place = value - asked.low
        if len(asked.ends) == asked.high - asked.low + 1 and 0 <= place < len(asked.ends):
            return asked.ends[place]
    return asked.show(value, room.context.lists)


def _named(asked: Asked, words: str) -> str:
    """A bare number needs its label to be understood; a box is told only where it is ticked, by its label."""
    if isinstance(asked, Yes):
        return asked.label if words == say("show_yes") else ""
    return f"{asked.label} {words}" if words and isinstance(asked, Rate) and words.isdigit() else words


def _rows(room: Room, asked: TableField, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    labels = _labels(room, asked.rows_from or "")
    lines, columns = [], _told(asked)
    for row in rows or ():
        shown = [_cell(c, row["cells"].get(c.key), room) for c in columns]
        words = " · ".join(part for part in shown if part)
        lead = labels.get(row["row_id"], "") if asked.rows_from else ""
        lines.append(f"{lead}: {words}" if lead and words else words)
    return lines


def _labels(room: Room, listed: str) -> dict[str, str]:
    """What rows of a list are called; of what was dealt out also what others were dealt."""
    use = room.snapshot.workbook.lists.get(listed)
    if use is not None and use.use == "written_about_me":
        return {o.id: o.help for o in room.context.lists.get(listed, ())}
    dealt = room.stage.own_lists.get(listed, {}) if use is not None and use.use == "dealt_to_pairs" else {}
    known = [*room.context.lists.get(listed, ()), *(o for options in dealt.values() for o in options)]
    return {o.id: o.label for o in known}


def _told(asked: TableField) -> list[Any]:
    """The columns that a row is told by: of wide rows what a phone asks, of merged ones wording, group and marks."""
    if asked.control == "merge":
        ticks = [c for c in asked.columns if c.type == "yes"]
        return [c for c in (asked.columns[0], *ticks) if c.key != asked.group]
    if asked.brief:
        return [c for c in asked.columns if c.key in asked.brief]
    wide = len(asked.columns) > WIDEST
    return [c for c in asked.columns if not wide or c.required or c.require_when or c.key == "reason"]


def _cell(asked: Any, value: Any, room: Room) -> str:
    """A cell in words; a box is told only where it is ticked, by its label."""
    if isinstance(asked, Yes):
        return asked.label if value is True else ""
    return _words(asked, value, room)


def quoted(keys: Sequence[str]) -> list[Doc]:
    """Cards of the workbook: somebody's words with who said them and how sure one may be of it."""
    known = cards()
    shown = [known[key] for key in keys if key in known]
    made = [{"title": "", "text": c.text, "by": _signed(c)} for c in shown]
    return [{"kind": "cards", "cards": made}] if made else []


def _signed(card: Card) -> str:
    """Who said it, once: a label that names the same source stands alone."""
    if card.who in card.label:
        return card.label
    return f"{card.who}, {card.label}" if card.label else card.who


def team_said(room: Room, step: Step) -> list[Doc]:
    """What the team wrote in a step, field by field."""
    fields = (*step.asks("facilitator"), *step.asks("team"))
    blocks: list[Doc] = []
    for asked in fields:
        value = room.snapshot.team_answer(step.key, asked.key)
        lines = spell(room, step, {asked.key: value}) if value is not None else []
        if lines:
            blocks.append({"kind": "own", "label": asked.label, "lines": lines})
    return blocks


def pictures(shown: Iterable[Shown]) -> list[Doc]:
    """The step's pictures; the first at once, the others on request, and as a table what is not drawn."""
    blocks: list[Doc] = []
    drawn = 0
    for one in shown:
        if not one.rows:
            continue
        table: Doc = {"head": list(one.head), "rows": [list(row) for row in one.rows]}
        if one.src:
            place = {"src": one.src, "title": one.title, "alt": one.alt, "on_request": drawn > 0}
            blocks.append({"kind": "picture", **place, **table})
            drawn += 1
        else:
            blocks.append({"kind": "table", "caption": one.title, **table})
    return blocks


def shows(room: Room, step: Step) -> list[Doc]:
    """Earlier answers that the step shows again above its fields."""
    blocks: list[Doc] = []
    for name in step.shows:
        if name == "pinned":
            blocks += kept_in_sight(room)
            continue
        if name in room.snapshot.workbook.lists:
            blocks += listed(room, name)
            continue
        key, field, _ = split(name)
        earlier = room.snapshot.workbook.step(key)
        asked = earlier.field(field)
        team = earlier.mode_of(asked) in {"team", "facilitator"}
        value = revised(room, name) if team else room.mine(earlier, 1).get(field)
        if value is None or value == []:
            continue
        lines = spell(room, earlier, {field: value})
        big = asked.type in {"text", "long"} and name in room.snapshot.workbook.revises
        blocks.append(
            {"kind": "big", "text": lines[0]}
            if big and lines
            else {"kind": "own", "label": asked.label, "lines": lines}
        )
    return blocks


def listed(room: Room, name: str) -> list[Doc]:
    """What a list holds as things stand: one thing large, several under each other."""
    found = resolve(room.shown, name)
    labels = [o.label for o in found] if isinstance(found, tuple) else []
    if len(labels) == 1:
        return [{"kind": "big", "text": labels[0]}]
    return [{"kind": "list", "items": labels}] if labels else []


def kept_in_sight(room: Room) -> list[Doc]:
    """The lines that the room keeps in sight, without those that were covered since."""
    lines = [text for entry, text in room.stage.pinned.items() if entry not in room.stage.covered]
    return [{"kind": "own", "label": say("kept_lines"), "lines": lines}] if lines else []


def revised(room: Room, name: str) -> Any:
    """A team answer, or the later one that stands for it once it is filled."""
    later = room.snapshot.workbook.revises.get(name)
    for one in (later, name):
        if one:
            key, field, _ = split(one)
            value = room.snapshot.team_answer(key, field)
            if value is not None:
                return value
    return None


def expectations(room: Room, step: Step) -> list[Doc]:
    """Whom to meet after the results, in a ring: once as the one described, once as the one who guessed."""
    if step.meet != "ring" or room.alone:
        return []
    ring = [m.key for m in room.snapshot.present()]
    if room.me.key not in ring:
        return []
    first, second = talks(ring, room.me.key)
    blocks: list[Doc] = []
    for heading, partners in (("first_talk", first), ("second_talk", second)):
        if partners:
            names = [room.name(key) for key in partners]
            blocks.append({"kind": "heading", "text": say(heading, minutes="2½")})
            blocks.append({"kind": "big", "text": _find(names)})
    return blocks


def partner(room: Room, step: Step) -> list[Doc]:
    """Whom to work with in a step that pairs answer; nobody where everyone else of the pair is away."""
    names = [room.name(key) for key in pairs.partners(room.snapshot, room.me.key)] if step.asks("pair") else []
    if not names or not room.has_moved:
        return [{"kind": "heading", "text": _find(names)}] if names else []
    told = {"kind": "heading", "text": say("with_now", names=join_words(names))}
    return [told, {"kind": "text", "text": say("nothing_lost")}, *written_before(room, step)]


def written_before(room: Room, step: Step) -> list[Doc]:
    """What this member wrote in this step with those they left, sent or not, to read and to take up again."""
    round_, left = room.round_of(step), pairs.left(room.snapshot, room.me.key)
    lines: list[str] = []
    for asked in step.asks("pair"):
        given = [r.value for r in standing(room.seen, step.key, asked.key, round_) if r.author in left]
        value = room.before.get((step.key, round_, asked.key), given[0] if given else None)
        known = asked.check(value, room.draft_context).value
        raw = [value] if isinstance(value, str) else []
        lines += raw if known is None else spell(room, step, {asked.key: known})
    return [{"kind": "own", "label": say("written_before"), "lines": lines}] if lines else []


def _find(names: list[str]) -> str:
    if len(names) == 1:
        return say("find", name=names[0])
    return say("find_two", name=", ".join(names[:-1]), other=names[-1])


def talks(ring: list[str], me: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Partners in the two talks: neighbours (1,2)(3,4)… then (2,3)(4,5)…(n,1); an odd team has one three.

    Law: who is in my group has me in theirs.
    """
    rounds = []
    for shift in (0, 1):
        turned = ring[shift:] + ring[:shift]
        rounds.append(tuple(key for group in pairs.in_twos(turned) if me in group for key in group if key != me))
    return rounds[0], rounds[1]


def turns(room: Room, step: Step) -> list[Doc]:
    """How long each voice has, and in which order."""
    if not step.turns:
        return []
    voices = room.context.lists.get(step.turns.list, ())
    if len(voices) == 1:
        return [{"kind": "sentence", "text": step.turns.alone_ask}]
    if not voices:
        return []
    seconds = turn_seconds(room.stage, step, len(voices))
    each = f"{seconds // 60}:{seconds % 60:02d} min"
    return [
        {"kind": "text", "text": say("turn_line", minutes=each)},
        {"kind": "list", "items": [o.label for o in voices]},
    ]


def idea_in(room: Room) -> list[Doc]:
    """“Your idea is in it”: this member's own wordings in the chosen candidate, and the count of people."""
    use = room.snapshot.workbook.outputs.get("lineage")
    if use is None:
        return []
    found = _lineage(room, use)
    mine = found.mine.get(room.me.key, ())
    blocks: list[Doc] = [{"kind": "text", "text": say("idea_in", label=label), "mark": "✓"} for label in mine]
    if found.people:
        blocks.append({"kind": "text", "text": say("people_in", n=found.in_chosen, of=found.people)})
    return blocks


def _lineage(room: Room, use: Use) -> Any:
    args = use.arguments
    column = room.snapshot.workbook.step(split(args["proposals"])[0]).field(split(args["proposals"])[1]).columns[0].key
    return lineage(room.shown, f"{args['proposals']}.{column}", args["merged"], args["chosen"])
