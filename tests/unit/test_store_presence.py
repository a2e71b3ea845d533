"""Who is there: what pages last did, kept beside the answers."""

from pathlib import Path

from tiny import Ticking, sit

from mira_workbook.records import Presence
from mira_workbook.store import Opened, Store


def test_presence_is_the_last_thing_a_page_did(store: Store, opened: Opened, clock: Ticking) -> None:
    session = opened.sessions[1].id
    ida, jon = (m.id for m in store.roster(session))
    store.beat(session, ida, "typing")
    first = clock.at
    later = clock.forward(seconds=10)
    store.beats({(session, ida): "idle", (session, jon): "typing"})
    assert later > first
    assert store.presence(session) == {ida: ("idle", later), jon: ("typing", later)}
    assert store.revisions(session) == (0, 0)


def test_who_asks_for_help_keeps_asking_until_it_came(store: Store, opened: Opened, clock: Ticking) -> None:
    session = opened.sessions[1].id
    ida, _ = (m.id for m in store.roster(session))
    store.beat(session, ida, "help")
    later = clock.forward(seconds=5)
    store.beat(session, ida, "typing")
    store.beat(session, ida, "lost")
    assert store.presence(session) == {ida: ("help", later)}
    store.helped(session, ida)
    assert store.presence(session) == {ida: ("idle", later)}
    store.beat(session, ida, "away")
    assert store.presence(session) == {ida: ("away", later)}


def test_a_page_noted_as_lost_was_last_seen_when_it_last_spoke(store: Store, opened: Opened, clock: Ticking) -> None:
    session = opened.sessions[1].id
    ida, jon = (m.id for m in store.roster(session))
    store.beat(session, ida, "idle")
    seen = clock.at
    clock.forward(seconds=3)
    store.beats({(session, ida): "lost", (session, jon): "lost"})
    assert store.presence(session) == {ida: ("lost", seen)}


def test_a_board_sees_all_teams_people_at_once(store: Store, opened: Opened, clock: Ticking) -> None:
    one, two = (session.id for session in opened.sessions)
    seat = sit(store, opened, 0)
    assert seat.member_id is not None
    store.beat(one, seat.member_id, "typing")
    found = store.presences(opened.meeting.id)
    assert [p.session_id for p in found] == [one] * 5 + [two] * 2
    assert found[0] == Presence(one, seat.member_id, clock.at, "typing", clock.at)
    assert {(p.joined_at, p.state, p.seen_at) for p in found[1:]} == {(None, "", None)}


def test_forgetting_takes_presence_along(store: Store, opened: Opened) -> None:
    one, two = (session.id for session in opened.sessions)
    lena, tom, *_ = store.roster(one)
    store.beats({(one, lena.id): "idle", (one, tom.id): "idle", (two, store.roster(two)[0].id): "idle"})
    store.forget_member(opened.meeting.code, "M1", "tupelo-branch")
    assert list(store.presence(one)) == [tom.id]
    store.forget_team("cedar")
    assert store.presence(two) == {}
    store.forget_meeting(opened.meeting.code)
    assert store.presence(one) == {}


def test_beats_wake_nobody_who_looks_for_answers(sqlite_store: Store, tmp_path: Path) -> None:
    other = Store(sqlite_store.url)
    assert other.changed()
    sqlite_store.beat(1, 1, "idle")
    assert not other.changed()
    assert other.presence(1)[1][0] == "idle"
    other.close()
    assert sorted(path.suffix for path in tmp_path.glob("mira-here*")) == [".sqlite", ".sqlite-shm", ".sqlite-wal"]
