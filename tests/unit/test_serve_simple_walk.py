"""Three people go through the later workbooks on the simple page alone: every step is answered, nothing is refused."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import Made, Server, running
from simple_phones import SimplePage, seated

from mira_workbook.content.load import load
from mira_workbook.records import Snapshot
from mira_workbook.rehearse.leader import set_up
from mira_workbook.rehearse.people import HABITS, Person
from mira_workbook.rehearse.told import Journal
from mira_workbook.rules import led
from mira_workbook.rules.progress import next_move
from mira_workbook.rules.stage import fold
from mira_workbook.settings import shipped
from mira_workbook.store import NewMember, NewTeam, Store

MOST_ROUNDS = 60
GROUPS = {"Ana": "administrator", "Ben": "teacher_k2", "Cyd": "coach"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("home")) as made:
        yield made


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    opened = Store(f"sqlite:///{server.home / 'mira.sqlite'}")
    yield opened
    opened.close()


@pytest.mark.parametrize("slug", ["root_cause_coaching", "resource_mapping"])
def test_a_whole_workbook_is_answered_on_simple_pages(
    slug: str, server: Server, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for habit in ("badly", "waits", "asks"):
        monkeypatch.setitem(HABITS, habit, 0)
    book = load(shipped("workbooks") / f"{slug}.toml")
    members = tuple(NewMember(name, "", group) for name, group in GROUPS.items())
    opened = store.open_meeting(book, [NewTeam("Cedar", members=members)], pace="led")
    session = opened.sessions[0].id
    leader = store.take_seat("leads", session, "facilitator")
    set_up(store, leader, dice(1), Journal(tmp_path / "leader.jsonl"))
    meeting = Made(opened.meeting.code, None, "", "")  # type: ignore[arg-type]  # only its code is needed
    pages = [SimplePage(seated(server, meeting, f"M{n}")) for n in (1, 2, 3)]
    people = [Person(page, lambda page=page: page, dice(n)) for n, page in enumerate(pages)]  # type: ignore[misc]
    for _ in range(MOST_ROUNDS):
        if go_on(store, session, people):
            break
    snapshot = store.snapshot(session)
    assert fold(snapshot.acts, snapshot.workbook).state == "ended"
    assert [page.refused for page in pages] == [[], [], []]
    assert [person.odd for person in people] == [[], [], []]
    assert unanswered(snapshot) == []


def go_on(store: Store, session: int, people: list[Person]) -> bool:
    """Answer all that is asked, then show it or go on; True once the session has ended and words are left."""
    for _ in range(MOST_ROUNDS):
        busy = [person.turn() for person in people]
        if not any(busy):
            break
    snapshot = store.snapshot(session)
    to = next_move(snapshot, fold(snapshot.acts, snapshot.workbook))
    if to is None:
        return True
    judges = {"show": led.show(), "again": led.again(), "end": led.end(), "words": led.words()}
    leader = store.take_seat("leads", session, "facilitator")
    store.act(leader, judges.get(to, led.next_step()), session)
    store.act(leader, led.now(), session)
    return False


def unanswered(snapshot: Snapshot) -> list[str]:
    """Steps that opened and ask everybody for something, and have no answer."""
    stage = fold(snapshot.acts, snapshot.workbook)
    answered = {r.step for r in snapshot.responses}
    asked = [s for s in snapshot.workbook.steps if s.key in stage.opened and s.key not in stage.skipped]
    return [s.key for s in asked if s.key not in answered and any(f.required for f in s.fields)]


def dice(seed: int) -> random.Random:
    """Somebody's chance."""
    return random.Random(seed)  # noqa: S311 - a script, no secret
