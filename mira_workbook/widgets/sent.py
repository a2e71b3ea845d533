"""What a page sent: its key, whether it was written alone, and what of it is kept."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from mira_workbook.content.definition import Step
from mira_workbook.rules.progress import pen_page
from mira_workbook.widgets.answering import may_write
from mira_workbook.widgets.room import Room


def save_key_of(message: Mapping[str, Any]) -> str:
    """The page's key; without one that can be kept a new one, since two saves under one key are one save."""
    key = str(message.get("save_key", ""))[:80]
    return key if key.isascii() and key.isprintable() and key else secrets.token_hex(12)


def sends_alone(room: Room, save_key: str) -> bool:
    """Whether a submit is made on the page's own screen, of a step in which this person writes alone."""
    step = room.my_step()
    if step is None or step.asks("pair") or room.phase(step) != "answer":
        return False
    return save_key.rpartition("/")[0] == room.screen_key(step)


def listed(value: Any) -> Sequence[Any]:
    """What should be a list, or nothing."""
    return value if isinstance(value, list) else ()


def stands(room: Room, step: Step, key: str, *, team: bool) -> bool:
    """Whether something stands in a field of the step's round: the team's, or this person's."""
    if team:
        return room.snapshot.team_answer(step.key, key, room.round_of(step)) is not None
    return key in room.mine(step, room.round_of(step))


def to_keep(room: Room, step: Step, sent: Mapping[str, Any], *, team: bool) -> dict[str, Any]:
    """What is saved of a page: blanks where something stood, of the team's pages those that this person may write.

    Days after the end, what was filled goes behind the rows that stand.
    """
    if room.added == step:
        mine = room.mine(step, room.round_of(step))
        filled = {key: value for key, value in sent.items() if value is not None}
        return {key: [*mine[key], *value] if key in mine else value for key, value in filled.items()}
    kept = {k: v for k, v in sent.items() if v is not None or stands(room, step, k, team=team)}
    if not team or step.pen != "one":
        return kept
    own = {k: v for k, v in kept.items() if may_write(room, step, pen_page(step, step.field(k)))}
    # Where others write every page, the rule that refuses the save says so.
    return own or kept
