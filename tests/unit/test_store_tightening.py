"""A step made more private in the middle of a session: what is refused, and that no name is left behind."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tiny import Ticking, people, sit, yes

from mira_workbook.content.definition import Workbook
from mira_workbook.errors import RightError, StepLocked
from mira_workbook.records import Act, Entry, NewAct, Snapshot
from mira_workbook.store import NewTeam, Opened, Store


def wish(store: Store, session: int, step: str, to: str, field: str = "") -> tuple[Act, ...]:
    """What a facilitator's tap comes to at the store."""
    return acted(store, session, NewAct("private", step, payload={"field": field, "to": to}))


def acted(store: Store, session: int, act: NewAct) -> tuple[Act, ...]:
    def judge(_snapshot: Snapshot, _now: datetime) -> Sequence[NewAct]:
        return (act,)

    return store.act(None, judge, session)


def how(snapshot: Snapshot, step: str, field: str) -> str:
    return snapshot.workbook.step(step).attribution_of(snapshot.workbook.step(step).field(field))


def test_a_session_has_its_own_definition_and_the_others_of_its_meeting_keep_theirs(
    store: Store, opened: Opened
) -> None:
    here, there = (store.snapshot(session.id) for session in opened.sessions)
    wish(store, here.session.id, "think", "none")
    now = store.snapshot(here.session.id)
    assert (how(now, "think", "seen"), set(now.tightened)) == ("none", {"think"})
    assert store.snapshot(there.session.id).tightened == frozenset()
    assert how(store.snapshot(there.session.id), "think", "seen") == "named"


def test_before_any_answer_a_step_may_become_less_private_again(store: Store, opened: Opened) -> None:
    session = opened.sessions[0].id
    wish(store, session, "think", "anonymous")
    wish(store, session, "think", "named")
    assert (how(store.snapshot(session), "think", "seen"), store.snapshot(session).tightened) == ("named", frozenset())


@pytest.mark.parametrize("sent", [True, False])
def test_once_there_is_an_answer_or_a_draft_a_step_only_becomes_more_private(
    store: Store, opened: Opened, *, sent: bool
) -> None:
    seat = sit(store, opened, 0)
    wish(store, seat.session_id, "think", "role")
    if sent:
        store.record(seat, Entry("think", 1, "k", {"fit": 3}), yes)
    else:
        store.draft(seat, "think", 1, "seen", "hal")
    before = store.revisions(seat.session_id)
    with pytest.raises(StepLocked, match="There are answers already, so this step can only become more private"):
        wish(store, seat.session_id, "think", "named")
    assert store.revisions(seat.session_id) == before
    wish(store, seat.session_id, "think", "none")
    assert how(store.snapshot(seat.session_id), "think", "seen") == "none"


def test_an_answer_that_was_taken_back_still_binds(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    store.record(seat, Entry("roles", 1, "k", {"wish": "time"}), yes)
    store.record(seat, Entry("roles", 1, "k2", {"wish": None}, state="withdrawn"), yes)
    with pytest.raises(StepLocked):
        wish(store, seat.session_id, "roles", "named")


def test_an_undo_takes_no_promise_back(store: Store, opened: Opened) -> None:
    session = opened.sessions[0].id
    (act,) = wish(store, session, "think", "none")
    acted(store, session, NewAct("undo", undoes=act.seq))
    assert how(store.snapshot(session), "think", "seen") == "none"


@pytest.mark.parametrize("payload", [{"to": "secret"}, {}, {"to": None}])
def test_a_wish_that_says_nothing_is_refused(store: Store, opened: Opened, payload: dict[str, Any]) -> None:
    with pytest.raises(StepLocked):
        acted(store, opened.sessions[0].id, NewAct("private", "think", payload=payload))
    with pytest.raises(StepLocked):
        wish(store, opened.sessions[0].id, "gone", "none")


def test_answers_that_become_anonymous_are_cut_off_from_their_authors(store: Store, opened: Opened) -> None:
    one, two = sit(store, opened, 0), sit(store, opened, 1)
    session = one.session_id
    store.record(one, Entry("think", 1, "k0", {"seen": "a", "fit": 1}), yes)
    store.record(one, Entry("think", 1, "k1", {"seen": "b", "fit": 1}), yes)
    store.draft(two, "think", 1, "seen", "half")
    store.record(one, Entry("think", 2, "k2", {"seen": "c"}), yes)
    wish(store, session, "think", "anonymous")
    now = store.snapshot(session)
    mine = {round_: store.own_author(session, "think", round_, "M1") for round_ in (1, 2)}
    assert {(r.round, r.field, r.author, r.version) for r in now.responses} == {
        (1, "seen", mine[1], 2),
        (1, "fit", mine[1], 2),
        (2, "seen", mine[2], 1),
    }
    assert mine[1] != mine[2]
    assert now.arrived == {("M1", "think", 1), ("M1", "think", 2)}
    assert now.drafting == {("M2", "think")}
    assert [d.value for d in store.drafts(session, "M2")] == ["half"]
    # Who answered goes on as before: changed, taken back, and sent by who had only begun.
    store.record(one, Entry("think", 1, "k3", {"seen": "d"}), yes)
    store.record(two, Entry("think", 1, "k4", {"seen": "whole"}), yes)
    assert {r.value for r in store.snapshot(session).responses if r.field == "seen"} == {"c", "d", "whole"}
    assert store.drafts(session, "M2") == ()
    store.seal(session, "think", 1)
    sealed = [r for r in store.snapshot(session).responses if r.round == 1]
    assert {(r.author_kind, r.author[:5], r.saved_at, r.version) for r in sealed} == {("anon", "anon_", None, 1)}


def test_one_field_becomes_anonymous_and_the_others_keep_their_names(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    store.record(seat, Entry("think", 1, "k0", {"seen": "a", "fit": 1}), yes)
    wish(store, seat.session_id, "think", "anonymous", "seen")
    found = {r.field: r.author for r in store.snapshot(seat.session_id).responses}
    assert found == {"fit": "M1", "seen": store.own_author(seat.session_id, "think", 1, "M1")}


def test_after_the_wish_and_the_seal_no_byte_of_the_files_joins_answer_and_person(
    sqlite_store: Store, tiny_workbook: Workbook, clock: Ticking
) -> None:
    opened = sqlite_store.open_meeting(tiny_workbook, [NewTeam("All", members=people(*map(str, range(9))))])
    session = opened.sessions[0].id
    seats = [sit(sqlite_store, opened, n) for n in range(9)]
    times = []
    for n, seat in enumerate(seats):
        times.append(clock.forward(seconds=61, microseconds=n + 1))
        sqlite_store.record(seat, Entry("think", 1, f"savekey-{n}-x", {"seen": f"sight {n}"}), yes)
    clock.forward(hours=1)
    wish(sqlite_store, session, "think", "anonymous")
    hashes = [sqlite_store.own_author(session, "think", 1, f"M{n + 1}") for n in range(9)]
    clock.forward(hours=1)
    sqlite_store.seal(session, "think", 1)
    traces = [*hashes, *(f"savekey-{n}-x" for n in range(9)), *(str(at)[:26] for at in times)]
    sqlite_store.close()
    path = sqlite_store._db.path
    after = b"".join(file.read_bytes() for file in Path(path.parent).glob(f"{path.name}*"))
    assert [trace for trace in traces if trace.encode() in after] == []
    assert b"sight 8" in after


def test_a_scribe_enters_for_somebody_and_leaves_no_trace_in_an_anonymous_step(store: Store, opened: Opened) -> None:
    scribe, session = sit(store, opened, 0), opened.sessions[0].id
    entry = Entry("whisper", 1, "k", {"worry": "the noise"}, author="M2", entered_by="M1")
    with pytest.raises(RightError):
        store.record(scribe, entry, yes)
    with pytest.raises(RightError):
        store.draft(scribe, "whisper", 1, "worry", "the", author="M2")
    acted(store, session, NewAct("scribe", payload={"by": "M1", "for": "M2"}))
    store.draft(scribe, "whisper", 1, "worry", "the", author="M2")
    assert [d.value for d in store.drafts(session, "M2")] == ["the"]
    store.record(scribe, entry, yes)
    store.record(scribe, Entry("think", 1, "k2", {"seen": "rain"}, author="M2", entered_by="M1"), yes)
    assert store.drafts(session, "M2") == ()
    found = {r.field: (r.author, r.entered_by) for r in store.snapshot(session).responses}
    assert found == {"worry": (store.own_author(session, "whisper", 1, "M2"), ""), "seen": ("M2", "M1")}
    wish(store, session, "think", "anonymous")
    assert {r.entered_by for r in store.snapshot(session).responses} == {""}
    acted(store, session, NewAct("scribe", payload={"by": "M1", "for": "M2", "off": True}))
    with pytest.raises(RightError):
        store.record(scribe, Entry("think", 1, "k3", {"seen": "sun"}, author="M2", entered_by="M1"), yes)


def test_rows_about_people_bear_no_key_once_they_are_sealed(store: Store, ring_workbook: Workbook) -> None:
    opened = store.open_meeting(ring_workbook, [NewTeam("All", members=people("A", "B", "C"))])
    seat = sit(store, opened, 0)
    rows = [{"row_id": key, "cells": {"word": f"of {key}"}} for key in ("M2", "M3")]
    store.record(seat, Entry("about", 1, "k", {"them": rows}), yes)
    store.seal(seat.session_id, "about", 1)
    (kept,) = store.snapshot(seat.session_id).responses
    assert kept.value == [{"row_id": "r1", "cells": {"word": "of M2"}}, {"row_id": "r2", "cells": {"word": "of M3"}}]


@pytest.fixture
def ring_workbook() -> Workbook:
    them = {"key": "them", "type": "table", "label": "Them", "rows_from": "next_two"}
    return Workbook.model_validate(
        {
            "slug": "ring",
            "title": "A ring",
            "minutes": 5,
            "purpose": "Say a word of two others.",
            "who": "Anybody.",
            "bring": "Nothing.",
            "parts": ["All of it"],
            "lists": {"next_two": {"use": "next_in_ring", "n": 2}},
            "steps": [
                {
                    "key": "about",
                    "title": "About",
                    "part": 1,
                    "minutes": {"alone": 1},
                    "mode": "individual",
                    "attribution": "anonymous",
                    "do": "Say a word.",
                    "fields": [them | {"columns": [{"key": "word", "type": "text", "label": "Word"}]}],
                }
            ],
        }
    )
