"""Boards over a real store: teams at their desks, a facilitator at hers, and a clock that is moved by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from desks import NAMES, ROLES, Sitting, priority_setting
from tiny import Ticking

from mira_workbook.boards.desk import BoardDesk
from mira_workbook.boards.watched import Where
from mira_workbook.content.definition import Workbook
from mira_workbook.notebook.board_doors import StoreBoardDoors
from mira_workbook.records import Role
from mira_workbook.store import NewMember, NewTeam, Store
from mira_workbook.widgets.controls import Doc

WHEN = {"day": "2025-05-02", "starts": "15:00", "ends": "15:20"}
TEAMS = ("Tupelo Branch", "Lincoln", "North Fork", "Cedar", "Elm", "Oak", "Ash", "Fir", "Pine", "Birch", "Maple", "Yew")


@dataclass(slots=True)
class Hall:
    """A meeting of some teams with a board."""

    store: Store
    clock: Ticking
    code: str
    teams: list[Sitting] = field(default_factory=list)
    keys: Any = field(default_factory=lambda: count(1))
    board: BoardDesk = field(init=False)

    def seat(self, view: str = "", team: str = "", role: Role = "facilitator") -> BoardDesk:
        """One more board."""
        first = self.teams[0].session
        browser = f"board-{next(self.keys)}"
        seats = [self.store.take_seat(browser, t.session.id, role) for t in self.teams]
        assert seats[0].session_id == first.id
        return BoardDesk(StoreBoardDoors(self.store, seats[0], self.code, pages="/"), Where(view, team))

    def look(self) -> Doc:
        """The board as it is now."""
        return self.board.refresh()

    def press(self, key: str, value: Any = None) -> Doc:
        """Press a button; the press has to be taken."""
        reply = self.tap(key, value)
        assert reply.get("ok"), reply
        return self.board.view

    def tap(self, key: str, value: Any = None) -> dict[str, Any]:
        """Press a button, and see what comes back."""
        (reply,) = self.board.take({"press": key, "value": value, "save_key": f"p{next(self.keys)}"})
        return reply

    def here(self, *states: str) -> None:
        """Every page says that it is there; the first ones what they do."""
        for team in self.teams:
            for i, member in enumerate(self.store.roster(team.session.id)):
                self.store.beat(team.session.id, member.id, states[i] if i < len(states) else "idle")

    def wait(self, seconds: float) -> None:
        """Time passes."""
        self.clock.forward(seconds=seconds)


def hall(
    store: Store,
    clock: Ticking,
    sizes: Sequence[int] = (8,),
    *,
    pace: Any = "led",
    workbook: Workbook | None = None,
) -> Hall:
    """A meeting with teams of these sizes, everybody at a desk."""
    teams = [
        NewTeam(TEAMS[n], members=tuple(NewMember(NAMES[i], "", ROLES[i]) for i in range(size)), facts=WHEN)
        for n, size in enumerate(sizes)
    ]
    opened = store.open_meeting(workbook or priority_setting(), teams, pace=pace)
    made = Hall(store, clock, opened.meeting.code)
    for session in opened.sessions:
        sitting = Sitting(store, clock, session)
        for member in store.roster(session.id):
            sitting._sit(member.id, member.key)
        made.teams.append(sitting)
    made.board = made.seat()
    return made


def buttons(view: Doc) -> list[str]:
    """Ids of the buttons in a board's middle."""
    return [one["id"] for one in view["centre"]["buttons"]]


def main(view: Doc) -> str:
    """Label of the one main button."""
    (found,) = [one["label"] for one in view["centre"]["buttons"] if one["main"]]
    return str(found)
