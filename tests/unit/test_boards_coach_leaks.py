"""What no byte of a coach's board may hold: words before they are shown, authors where a step signs nobody."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from boards import Hall, hall
from coach_room import Coaching
from export_cases import demo
from leaks import forbidden, found
from tiny import TINY, Ticking

from mira_workbook.boards.coach import CoachDesk
from mira_workbook.boards.coaching import Looked, Taken
from mira_workbook.boards.doors import Drawn
from mira_workbook.charts.read import charts
from mira_workbook.content.definition import Workbook
from mira_workbook.measures.table import measures
from mira_workbook.notebook.coach_doors import StoreCoachDoors
from mira_workbook.records import Act, Measure, Note, Session, Snapshot
from mira_workbook.rules.sight import Viewer, of_measure
from mira_workbook.rules.stage import fold
from mira_workbook.store import Store

COACH = Viewer("coach")


def every_page(board: Coaching, steps: Sequence[str], session: int) -> Iterator[str]:
    """All that a coach's board can show of a session, as it goes to the page."""
    board.look()
    yield json.dumps(board.desk.view)
    for step in ("", *steps):
        board.press(f"open:{session}")
        board.press(f"step:{step}")
        if any(block["kind"] == "buttons" for block in board.look()["after"]):
            board.press("words")
        yield json.dumps(board.desk.view)
    for press in ("screen:compare", "file", "by:teams", "file", "screen:take"):
        board.press(press)
        yield json.dumps(board.desk.view)


# ------------------------------------------------------------------------------------------- a room that is at work


@pytest.fixture
def room(sqlite_store: Store, clock: Ticking) -> Hall:
    """Eight people, seven of whom write, one a draft only."""
    made = hall(sqlite_store, clock, workbook=Workbook.model_validate(TINY))
    made.here()
    return made


def beside(room: Hall) -> Coaching:
    """A coach's board beside the room."""
    seat = room.store.take_seat("coach-laptop", room.teams[0].session.id, "coach")
    return Coaching(CoachDesk(StoreCoachDoors(room.store, seat, "/")))


def write(room: Hall, step: str) -> None:
    while room.teams[0].stage.current != step:
        room.press("next")
        room.wait(11)
        room.look()
    room.wait(37)
    key = {"think": "seen", "whisper": "worry"}[step]
    for who in range(6):
        room.teams[0].look(who)
        assert "saved_at" in room.teams[0].submit(who, {key: f"zebra{who} crosses"})
    room.teams[0].send(6, key, "zebra6 crosses")


@pytest.mark.parametrize("step", ["think", "whisper"])
def test_nothing_that_is_not_shown_stands_on_the_board(room: Hall, step: str) -> None:
    write(room, step)
    pages = "".join(every_page(beside(room), [s["key"] for s in TINY["steps"]], room.teams[0].session.id))
    assert "zebra" not in pages
    snapshot = room.teams[0].snapshot
    assert found(pages, forbidden(snapshot, room.teams[0].stage, COACH)) == []


def test_anonymous_words_come_without_authors_moments_or_order(room: Hall) -> None:
    write(room, "whisper")
    board = beside(room)
    board.press(f"open:{room.teams[0].session.id}")
    board.press("step:whisper")
    room.press("show")
    room.wait(11)
    room.look()
    board.press("words")
    page = json.dumps(board.desk.view)
    assert all(f"zebra{who} crosses" in page for who in range(6))
    assert "zebra6" not in page
    assert found(page, forbidden(room.teams[0].snapshot, room.teams[0].stage, COACH)) == []
    (table,) = [block for block in board.look()["after"] if block.get("caption") == "What was written"]
    authors = [row[0] for row in table["rows"]]
    assert all(re.fullmatch(r"anon_\d\d", author) for author in authors)
    assert authors == sorted(authors)


def test_a_coach_of_one_meeting_sees_nothing_of_another(sqlite_store: Store, clock: Ticking) -> None:
    mine, other = (hall(sqlite_store, clock, (3,), workbook=Workbook.model_validate(TINY)) for _ in range(2))
    board = beside(mine)
    assert [row["id"] for row in board.look()["rows"]] == [str(mine.teams[0].session.id)]
    assert board.tap(f"open:{other.teams[0].session.id}") == {"save_key": "c1", "ok": True}
    assert board.look()["screen"] == "teams"
    assert sqlite_store.coachs_snapshot(other.teams[0].session.id).notes == ()


# ------------------------------------------------------------------------------------- the whole of a real workbook


class Played:
    """The doors of a coach to one session that is given: sight and numbers are the product's own."""

    pages, keep_days = "/", 0

    def __init__(self, snapshot: Snapshot) -> None:
        self.one = snapshot

    def now(self) -> datetime:
        return self.one.meeting.opened_at

    def sessions(self) -> list[Session]:
        return [self.one.session]

    def snapshot(self, session: Session) -> Snapshot:  # noqa: ARG002 - there is one
        return self.one

    def numbers(self, snapshot: Snapshot) -> list[Measure]:
        return [of_measure(m, COACH, snapshot) for m in measures(snapshot, fold(snapshot.acts, snapshot.workbook))]

    def pictures(self, snapshot: Snapshot, step: str) -> list[Drawn]:
        read = charts(snapshot, fold(snapshot.acts, snapshot.workbook), COACH, step)
        return [Drawn("/p.svg", "/d.svg", one.title, one.words.alt, one.words.head, one.words.rows) for one in read]

    def notes(self, session_id: int) -> list[Note]:  # noqa: ARG002
        return list(self.one.notes)

    def file(self, snapshot: Snapshot, name: str, team: str) -> str:  # noqa: ARG002
        return f"/export/{name}"

    def log(self, snapshot: Snapshot) -> list[Taken]:  # noqa: ARG002
        return []

    def note_taken(self, snapshots: Sequence[Snapshot], name: str, rows: int) -> None:
        pass

    def write(self, snapshots: Sequence[Snapshot], name: str) -> str:  # noqa: ARG002
        return ""

    def note(self, session_id: int, text: str, *, shared: bool) -> None:
        pass

    def share(self, session_id: int, note_id: int, *, shared: bool) -> None:
        pass

    def drop(self, session_id: int, note_id: int) -> None:
        pass


STEPS = [step.key for step in demo().workbook.steps]
ASKED = [n for n, step in enumerate(demo().workbook.steps, 1) if step.asks("individual")]


@pytest.mark.parametrize("number", ASKED)
def test_in_a_real_workbook_answers_of_a_step_that_is_not_revealed_stand_nowhere(number: int) -> None:
    played = demo(steps=number)
    step = played.workbook.steps[number - 1].key
    held_back = replace(played, acts=tuple(a for a in played.acts if (a.kind, a.step) != ("reveal", step)))
    stage = fold(held_back.acts, held_back.workbook)
    board = Coaching(CoachDesk(Played(held_back), Looked()))
    page = "".join(every_page(board, STEPS, held_back.session.id))
    assert found(page, forbidden(held_back, stage, COACH)) == []


def test_what_is_hidden_again_stands_nowhere() -> None:
    ended = demo()
    hides = tuple(Act(len(ended.acts) + n, ended.meeting.opened_at, "hide", "rank", n) for n in (1, 2))
    hidden = replace(ended, acts=(*ended.acts, *hides))
    page = "".join(every_page(Coaching(CoachDesk(Played(hidden), Looked())), STEPS, hidden.session.id))
    assert found(page, forbidden(hidden, fold(hidden.acts, hidden.workbook), COACH)) == []
