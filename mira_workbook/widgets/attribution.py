"""Who will see an answer and how it is signed, in the words above the field; as this session has it now."""

from collections.abc import Mapping
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.content.lists import REPORT_OF, SHARED
from mira_workbook.rules.pairs import partners
from mira_workbook.rules.progress import ANONYMOUS_FLOOR, is_anonymous
from mira_workbook.rules.signing import ANYBODY, role_labels
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.lines import line
from mira_workbook.widgets.room import Room

_COUNTS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}


def attribution_line(room: Room, step: Step, asked: Any) -> str:
    """Who will see this answer and how it is signed, in the words above the field."""
    mode = step.mode_of(asked)
    if mode in {"team", "facilitator"}:
        return "" if room.alone else say("seen_team")
    if mode == "pair":
        return _pair_line(room)
    how = step.attribution_of(asked)
    if how == "role":
        return _role_line(room)
    if how == "anonymous" and may_be_guessed(room, step):
        return ""
    lines: Mapping[str, str] = {
        "named": "seen_named",
        "facilitator_only": "seen_named_wall" if _by_hand(step) else "seen_named_numbers",
        "none": "seen_none",
        "anonymous": "seen_anonymous",
        "coach": "seen_coach",
    }
    return say(lines[how], n=room.progress(step).needed)


def _by_hand(step: Step) -> bool:
    return any(f.control == "hands" for f in step.fields)


def may_be_guessed(room: Room, step: Step) -> bool:
    """Whether a step without names is asked of so few that people may guess: then everybody has to agree to that."""
    return is_anonymous(step) and len(room.progress(step).expected) < ANONYMOUS_FLOOR


def guess_tick(room: Room, step: Step) -> list[Doc]:
    """The line and the tick of a small team, above the first field; none elsewhere."""
    if not may_be_guessed(room, step):
        return []
    if room.scribed or room.leads:
        return [{"kind": "text", "text": say("seen_small")}]
    tick = {"kind": "check", "id": "guess", "label": say("guess_ok"), "value": room.me.guess_ok_at is not None}
    return [{"kind": "text", "text": say("seen_small")}, tick]


def made_private(room: Room, step: Step | None) -> list[Doc]:
    """A line while a step takes answers that this session signs more privately than its workbook says."""
    if step is None or step.key not in room.snapshot.tightened or room.phase(step) not in {"answer", "waiting"}:
        return []
    return [line("private", "i", say("made_private"))]


def _pair_line(room: Room) -> str:
    others = len(partners(room.snapshot, room.me.key))
    return say("seen_pair" if others == 1 else "seen_three" if others > 1 else "seen_pair_of_one")


def _role_line(room: Room) -> str:
    labels = role_labels(room.snapshot)
    label = labels.get(room.me.key, ANYBODY)
    if label != ANYBODY:
        count = sum(labels[m.key] == label for m in room.snapshot.present())
        return say("seen_role", label=label, count=_COUNTS.get(count, str(count)))
    report = REPORT_OF.get(room.me.role_group)
    alone = sum(REPORT_OF.get(m.role_group) == report for m in room.snapshot.present()) == 1
    return say("seen_role_only", label=own_label(room)) if alone else say("seen_role_few")


def own_label(room: Room) -> str:
    """The report group of this member in words, shown only to that member."""
    groups = {o.id: o.label for o in SHARED["report_group"]}
    return groups[REPORT_OF.get(room.me.role_group, "partners")]
