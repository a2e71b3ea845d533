"""The store and the rules together: a meeting played through the same doors as in the room."""

import pytest
from tiny import Ticking, ideas, sit

from mira_workbook.errors import StepLocked
from mira_workbook.records import Entry, NewAct
from mira_workbook.rules.guards import may_record
from mira_workbook.rules.moves import go_on, tick
from mira_workbook.rules.progress import progress
from mira_workbook.rules.stage import fold
from mira_workbook.store import Opened, Store


def test_everyone_in_an_anonymous_step_is_counted_by_name_but_never_shown(store: Store, opened: Opened) -> None:
    session = opened.sessions[0].id
    store.act(None, lambda *_: [NewAct("open", "whisper")], session)
    for n in range(5):
        store.record(sit(store, opened, n), Entry("whisper", 1, f"k{n}", {"worry": f"worry {n}"}), may_record)
        snapshot = store.snapshot(session)
        now = progress(snapshot, fold(snapshot.acts, snapshot.workbook), snapshot.workbook.step("whisper"))
        assert (len(now.arrived), now.all_in, now.can_show) == (n + 1, n == 4, n == 4)


def test_a_room_goes_from_step_to_step(store: Store, opened: Opened, clock: Ticking) -> None:
    seats = [sit(store, opened, n) for n in range(5)]
    session = seats[0].session_id

    def on() -> None:
        for seat in seats:
            store.act(seat, go_on(seat.member_key), session)
        clock.forward(seconds=11)
        store.act(None, tick(), session)

    def open_now() -> str:
        snapshot = store.snapshot(session)
        return fold(snapshot.acts, snapshot.workbook).current

    with pytest.raises(StepLocked):
        store.record(seats[0], Entry("think", 1, "early", {"seen": "x"}), may_record)
    on()
    assert open_now() == "think"
    for seat in seats:
        store.record(seat, Entry("think", 1, seat.member_key, {"seen": "a gap"}), may_record)
    on()
    with pytest.raises(StepLocked):
        store.record(seats[0], Entry("think", 1, "after", {"seen": "x"}), may_record)
    on()
    assert open_now() == "whisper"
    store.act(None, lambda *_: [NewAct("open", "collect")], session)
    for seat in seats:
        entry = Entry("collect", 1, f"row {seat.member_key}", {"ideas": ideas(seat.member_key)}, "team")
        store.record(seat, entry, may_record)
    assert len(store.snapshot(session).team_answer("collect", "ideas")) == 5
