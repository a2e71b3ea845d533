"""Keys: who may come in by them, and what ends when they are withdrawn."""

import pytest
from tiny import Ticking

from mira_workbook.errors import RightError, SeatError
from mira_workbook.store import Opened, Store


def test_a_key_seats_a_browser_in_every_team_and_a_second_time_changes_nothing(store: Store, opened: Opened) -> None:
    first = store.enter("laptop", opened.keys["facilitator"])
    assert [(seat.session_id, seat.role) for seat in first] == [(s.id, "facilitator") for s in opened.sessions]
    assert store.enter("laptop", opened.keys["facilitator"]) == first == store.seats_of("laptop")


def test_a_key_withdraws_the_keys_made_after_it_with_their_seats(store: Store, opened: Opened) -> None:
    mine, code = opened.keys["facilitator"], opened.meeting.code
    second, third = store.new_key(code, "facilitator"), store.new_key(code, "facilitator")
    store.enter("laptop", mine)
    ended = [seat.id for seat in (*store.enter("second", second), *store.enter("third", third))]
    assert [store.later_keys(key) for key in (mine, second, third)] == [2, 1, 0]
    assert store.withdraw_later(third) == ()
    assert sorted(store.withdraw_later(mine)) == sorted(ended)
    assert [len(store.seats_of(browser)) for browser in ("laptop", "second", "third")] == [2, 0, 0]
    for gone in (second, third):
        with pytest.raises(SeatError, match="Whoever set up the session can make a new one"):
            store.enter("second", gone)
    assert store.later_keys(mine) == 0


def test_only_a_facilitators_key_withdraws(store: Store, opened: Opened) -> None:
    store.new_key(opened.meeting.code, "coach")
    with pytest.raises(RightError, match="Only a facilitator can withdraw links"):
        store.withdraw_later(opened.keys["coach"])


def test_a_role_whose_keys_are_all_revoked_sits_nowhere_and_other_roles_stay(store: Store, opened: Opened) -> None:
    store.enter("laptop", opened.keys["facilitator"])
    store.take_seat("older", opened.sessions[0].id, "facilitator")
    coach = store.enter("coach", opened.keys["coach"])
    store.revoke_keys(opened.meeting.code, "facilitator")
    assert (store.seats_of("laptop"), store.seats_of("older"), store.seats_of("coach")) == ((), (), coach)


def test_a_link_handed_to_a_phone_works_once_and_ends_with_the_key(
    store: Store, opened: Opened, clock: Ticking
) -> None:
    second = store.new_key(opened.meeting.code, "facilitator")
    giver = store.enter("laptop", second)[0]
    link = store.make_token(giver, "hand", seconds=600)
    assert store.peek(link, "hand") == giver
    assert [seat.role for seat in store.take_over("phone", link)] == ["facilitator", "facilitator"]
    with pytest.raises(SeatError, match="used already or is too old"):
        store.take_over("thief", link)
    late = store.make_token(giver, "hand", seconds=600)
    clock.forward(seconds=601)
    with pytest.raises(SeatError, match="used already or is too old"):
        store.take_over("thief", late)
    store.withdraw_later(opened.keys["facilitator"])
    assert store.seats_of("phone") == () == store.seats_of("thief")


def test_only_sessions_of_meetings_that_go_on_are_watched(store: Store, opened: Opened) -> None:
    assert store.standing() == {session.id: (0, 0) for session in opened.sessions}
    store.close_meeting(opened.meeting.code)
    assert store.standing() == {}
