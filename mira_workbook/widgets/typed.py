"""What a partner types just now: who, and in which field; what they type comes with the pair's text on its way."""

from dataclasses import dataclass, field
from datetime import timedelta

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.records import Typing
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.doors import Doors
from mira_workbook.widgets.lines import line
from mira_workbook.widgets.room import Room

TYPES_FOR = timedelta(seconds=10)
"""How long somebody counts as typing after a word came in."""


def is_written_in_pairs(room: Room, step: Step) -> bool:
    """Whether this page shows fields that a partner may type in at this moment."""
    return bool(step.asks("pair")) and step.key in room.stage.now_open and room.phase(step) == "answer"


def typed(room: Room, step: Step) -> list[Doc]:
    """That a partner writes, and where; nothing outside the pair's own fields."""
    if not is_written_in_pairs(room, step):
        return []
    place = (step.key, room.round_of(step))
    asked = {f.key: f for f in step.asks("pair")}
    found = [one for one in room.typing() if (one.step, one.round) == place and one.field in asked]
    if not found:
        return []
    words = say("is_writing", name=room.name(found[-1].member), field=asked[found[-1].field].label)
    return [line("writing", "i", words)]


@dataclass(slots=True)
class Watch:
    """What a page knew of its partner's typing when it was made last; None where it shows no pair's fields."""

    doors: Doors
    known: list[Typing] | None = field(default=None)

    @property
    def is_on(self) -> bool:
        """Whether the page made last shows fields in which a partner may type."""
        return self.known is not None

    def look(self) -> list[Typing]:
        """Look now, for a page that is being made."""
        self.known = list(self.doors.typing())
        return self.known

    def has_moved(self, *, written: bool) -> bool:
        """Whether the page tells of typing that is over, or not of what has begun; asks only on a pair's fields.

        Args:
            written: whether anybody has written to the store since.
        """
        if self.known is None:
            return False
        before = _told(self.known)
        if written:
            self.look()
        self.known = [one for one in self.known if self.doors.now() - one.at < TYPES_FOR]
        return _told(self.known) != before


def _told(known: list[Typing]) -> list[tuple[str, str]]:
    """What a line says of it."""
    return [(one.member, one.field) for one in known[-1:]]
