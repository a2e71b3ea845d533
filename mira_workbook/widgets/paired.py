"""What pairs wrote, pair by pair, where no picture of it stands."""

from mira_workbook.content.definition import Step
from mira_workbook.records import Snapshot
from mira_workbook.rules import pairs
from mira_workbook.text import join_words
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.results import spell
from mira_workbook.widgets.room import Room

NAMED = "named"
"""The attribution under which pairs may be told apart by the names of their people."""


def said_by_pairs(room: Room, step: Step, seen: Snapshot) -> list[Doc]:
    """Each pair's rows under its names, but one's own; nothing where a step signs pairs otherwise.

    Args:
        room: the page.
        step: a step on show.
        seen: the answers as whoever looks may see them.
    """
    fields = [asked.key for asked in step.asks("pair") if step.attribution_of(asked) == NAMED]
    if not fields or not room.revealed(step) or room.pictures(step.key):
        return []
    round_ = room.round_of(step)
    blocks: list[Doc] = []
    for pair in room.snapshot.pairs:
        author = pairs.name(pair)
        values = {key: seen.answers(step.key, key, round_).get(author) for key in fields}
        lines = spell(room, step, {key: value for key, value in values.items() if value is not None})
        if lines and author != room.pair:
            blocks.append({"kind": "own", "label": _names(room.snapshot, pair.members), "lines": lines})
    return blocks


def _names(snapshot: Snapshot, ids: tuple[int, ...]) -> str:
    return join_words([member.name for member in snapshot.members if member.id in ids])
