"""A coach's board over a real store, for tests: one more browser, with a coach's seats in a meeting or in several."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from mira_workbook.boards.coach import CoachDesk
from mira_workbook.boards.coaching import Looked
from mira_workbook.notebook.coach_doors import StoreCoachDoors
from mira_workbook.store import Opened, Store
from mira_workbook.widgets.controls import Doc

BROWSER = "coach-laptop"


@dataclass(slots=True)
class Coaching:
    """A coach's board."""

    desk: CoachDesk
    keys: Any = field(default_factory=lambda: count(1))

    def look(self) -> Doc:
        """The coach's part of the page now."""
        made: Doc = self.desk.refresh()["coach"]
        return made

    def tap(self, key: str, value: Any = None) -> dict[str, Any]:
        """Press a button, and see what comes back."""
        (reply,) = self.desk.take({"press": key, "value": value, "save_key": f"c{next(self.keys)}"})
        return reply

    def press(self, key: str, value: Any = None) -> Doc:
        """Press a button; the press has to be taken."""
        reply = self.tap(key, value)
        assert reply.get("ok"), reply
        made: Doc = self.desk.view["coach"]
        return made


def coach(store: Store, *opened: Opened, where: Looked | None = None, pages: str = "/") -> Coaching:
    """The board of a browser that has opened the coach's links of these meetings."""
    seats = [seat for one in opened for seat in store.enter(BROWSER, one.keys["coach"])]
    return Coaching(CoachDesk(StoreCoachDoors(store, seats[0], pages), where or Looked()))


def texts(blocks: list[Doc]) -> list[str]:
    """What blocks say in words."""
    return [block["text"] for block in blocks if block.get("text")]
