"""Looking at the store: what an idle page asks, what wakes it, and when it stops."""

import asyncio
from collections.abc import Iterator
from threading import RLock

import pytest
from desks import Sitting, sit_down, to_candidates
from guides import asked, guide_of
from tiny import Ticking

from mira_workbook.errors import StoreBusy
from mira_workbook.notebook import guide as guides
from mira_workbook.notebook import looking
from mira_workbook.notebook.guide import CALM_S, Guide
from mira_workbook.notebook.looking import Looking
from mira_workbook.store import NewMember, Store

ANSWER = {"proposals": [{"cells": {"label": "Plan the groups together", "sign": "We see it every day"}}]}


@pytest.fixture
def sitting(sqlite_store: Store, clock: Ticking) -> Sitting:
    return sit_down(sqlite_store, clock, 4)


@pytest.fixture
def guide(sitting: Sitting) -> Iterator[Guide]:
    with guide_of(sitting, "priority_setting") as made:
        yield made


def test_a_page_that_lies_idle_asks_only_whether_anybody_wrote(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    statements = asked(guide._store)
    for _ in range(5):
        guide._looking._once()
    assert statements == []
    monkeypatch.setattr(guides, "REDRAW_S", -1)
    drawn = guide._drawn
    guide._looking._once()
    assert guide._drawn > drawn
    assert statements == []


def test_colleagues_who_are_there_wake_nobody(guide: Guide, sitting: Sitting) -> None:
    statements = asked(guide._store)
    sitting.send(1, "$here", "typing")
    guide._looking._once()
    assert statements == []


def test_a_page_that_is_hidden_says_so_and_is_there_again_when_it_is_seen(guide: Guide, sitting: Sitting) -> None:
    session, member = sitting.session.id, sitting.snapshot.members[0].id
    for sign, state in (("away", "away"), ("quiet", "quiet"), ("typing", "typing"), ("anything else", "idle")):
        sitting.wait(5)
        guide._take({"field": "$here", "value": sign, "save_key": "k"})
        assert sitting.store.presence(session)[member] == (state, sitting.clock.at)


def test_what_another_team_writes_costs_one_short_question(guide: Guide, sitting: Sitting) -> None:
    statements = asked(guide._store)
    sitting.store.put_note(sitting.session.id, "coach", "somewhere else")
    guide._looking._once()
    assert [words.split(" ")[0] for words in statements] == ["SELECT"]


def test_an_act_of_a_colleague_is_on_the_page_at_the_next_look(guide: Guide, sitting: Sitting) -> None:
    assert guide._form.view["key"] == "lobby"
    sitting.go()
    guide._looking._once()
    assert guide._form.view["key"] == sitting.look(1)["key"] == "open:1:together"


def test_who_waits_sees_the_count_move_at_the_next_look(guide: Guide, sitting: Sitting) -> None:
    to_candidates(sitting)
    sitting.submit(0, ANSWER)
    guide._fill()
    assert guide._form.view["title"] == "1 of 4 in"
    sitting.submit(1, ANSWER)
    guide._looking._once()
    assert guide._form.view["title"] == "2 of 4 in"


def test_who_waits_in_a_full_room_sees_the_count_move_a_little_later(
    guide: Guide, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guides, "CROWD", 3)
    to_candidates(sitting)
    sitting.submit(0, ANSWER)
    guide._fill()
    sitting.submit(1, ANSWER)
    guide._looking._once()
    assert guide._form.view["title"] == "1 of 4 in"
    monkeypatch.setattr(guides, "WAITING_S", 0)
    guide._looking._once()
    assert guide._form.view["title"] == "2 of 4 in"


def test_who_still_writes_is_shown_colleagues_answers_every_two_seconds(
    guide: Guide, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_candidates(sitting)
    guide._fill()
    sitting.submit(1, ANSWER)
    drawn = guide._drawn
    guide._looking._once()
    guide._looking._once()
    assert guide._drawn == drawn
    monkeypatch.setattr(guides, "CALM_S", -1)
    guide._looking._once()
    assert guide._drawn > drawn


def test_who_still_writes_in_a_full_room_is_shown_them_later_but_for_a_partners_words(
    guide: Guide, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guides, "CROWD", 3)
    monkeypatch.setattr(guides, "WRITING_S", 3)
    to_candidates(sitting)
    guide._fill()
    sitting.submit(1, ANSWER)
    drawn = guide._drawn = guide._drawn - 11
    guide._looking._once()
    assert guide._drawn == drawn
    drawn = guide._drawn = guide._drawn - 2
    guide._looking._once()
    assert guide._drawn > drawn
    assert guide._desk is not None
    guide._desk.watch.known = []
    sitting.submit(2, ANSWER)
    drawn = guide._drawn = guide._drawn - CALM_S
    guide._looking._once()
    assert guide._drawn > drawn


def test_a_latecomer_and_a_knock_are_on_the_page_at_the_next_look(guide: Guide, sitting: Sitting) -> None:
    late = sitting.store.add_member(sitting.session.id, NewMember("Ira"))
    guide._looking._once()
    sitting.store.take_seat("phone", sitting.session.id, "member", late.id)
    sitting.store.knock("laptop", sitting.session.id, late.id)
    guide._looking._once()
    assert "Ira" in str(guide._form.view["lines"])


def test_a_store_that_did_not_answer_is_asked_again() -> None:
    told: list[bool] = []
    writes = iter([True, False, False])

    def look(written: bool) -> None:  # noqa: FBT001 - what a look is told
        told.append(written)
        if len(told) == 1:
            raise StoreBusy("busy")

    one = Looking(look, lambda: next(writes), RLock())
    with pytest.raises(StoreBusy):
        one._once()
    one._once()
    one._once()
    assert told == [True, True, False]


def test_looking_stops_when_nothing_is_heard_and_begins_again_with_a_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "POLL_S", 0.005)
    monkeypatch.setattr(looking, "QUIET_S", 0.05)

    async def room() -> None:
        looks: list[bool] = []
        one = Looking(looks.append, lambda: False, RLock())
        one.heard()
        await asyncio.sleep(0.01)
        assert one.is_on
        await asyncio.sleep(0.2)
        assert not one.is_on
        stopped = len(looks)
        assert stopped > 0
        await asyncio.sleep(0.05)
        assert len(looks) == stopped
        one.heard()
        await asyncio.sleep(0.03)
        assert one.is_on
        assert len(looks) > stopped

    asyncio.run(room())
