"""How a session's own wish makes a step more private than its workbook says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import TINY

from mira_workbook import settings
from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import load
from mira_workbook.content.privacy import (
    LEVEL,
    Change,
    change_of,
    cut_off,
    handed_on,
    loosened,
    may_become,
    more_private,
    tightened,
)

WAYS = [how for how in sorted(LEVEL, key=lambda how: LEVEL[how]) if how != "coach"]
BOOK = Workbook.model_validate(TINY)


def how(book: Workbook, name: str) -> str:
    step, field = name.split(".")
    return book.step(step).attribution_of(book.step(step).field(field))


def test_the_ladder_goes_from_names_to_nobody_knows() -> None:
    assert WAYS == ["named", "facilitator_only", "role", "none", "anonymous"]


@pytest.mark.parametrize("old", WAYS)
def test_answers_only_ever_become_more_private(old: str) -> None:
    higher = {new for new in WAYS if LEVEL[new] > LEVEL[old]}  # type: ignore[index]
    assert {new for new in WAYS if may_become(old, new)} == higher - ({"role"} if old == "facilitator_only" else set())  # type: ignore[arg-type]


@pytest.mark.parametrize("how", WAYS)
def test_what_is_for_the_room_and_what_is_for_the_coach_never_change_places(how: str) -> None:
    assert not may_become(how, "coach")  # type: ignore[arg-type]
    assert not may_become("coach", how)  # type: ignore[arg-type]
    assert change_of("think", {"to": "coach"}) is None


def test_a_step_is_signed_anew_and_the_pinned_definition_stays_as_it_is() -> None:
    changed = more_private(BOOK, (Change("think", "none"),))
    assert (how(changed, "think.seen"), how(changed, "think.fit"), how(changed, "whisper.worry")) == (
        "none",
        "none",
        "anonymous",
    )
    assert how(BOOK, "think.seen") == "named"
    assert tightened(BOOK, changed) == {"think"}


def test_one_field_is_signed_anew() -> None:
    changed = more_private(BOOK, (Change("think", "anonymous", "fit"),))
    assert (how(changed, "think.seen"), how(changed, "think.fit")) == ("named", "anonymous")


def test_a_field_with_a_way_of_its_own_follows_its_step_upwards_only() -> None:
    first = Change("think", "facilitator_only", "fit")
    assert how(more_private(BOOK, (first, Change("think", "none"))), "think.fit") == "none"
    assert how(more_private(BOOK, (first, Change("think", "named"))), "think.fit") == "facilitator_only"
    # A role would tell the room what it was promised not to see.
    assert how(more_private(BOOK, (first, Change("think", "role"))), "think.fit") == "none"


def test_no_change_gives_the_same_workbook_and_the_same_changes_the_same_copy() -> None:
    changes = (Change("think", "none"),)
    assert more_private(BOOK, ()) is BOOK
    assert more_private(BOOK, changes) is more_private(BOOK, changes)
    assert tightened(BOOK, BOOK) == frozenset()


def test_steps_and_fields_that_are_not_there_change_nothing() -> None:
    changed = more_private(BOOK, (Change("gone", "none"), Change("think", "none", "gone")))
    assert tightened(BOOK, changed) == frozenset()


def test_an_act_that_names_no_way_of_signing_is_no_change() -> None:
    assert change_of("think", {"to": "none"}) == Change("think", "none")
    assert change_of("think", {"to": "anonymous", "field": "fit"}) == Change("think", "anonymous", "fit")
    assert change_of("think", {"to": "secret"}) is None
    assert change_of("think", {}) is None


def test_what_becomes_less_private_and_what_becomes_anonymous_is_told_by_field() -> None:
    before = BOOK.step("roles")
    for to, loose, cut in [("named", ("wish",), ()), ("anonymous", (), ("wish",)), ("none", (), ()), ("role", (), ())]:
        after = more_private(BOOK, (Change("roles", to),)).step("roles")  # type: ignore[arg-type]
        assert (loosened(before, after), cut_off(before, after)) == (loose, cut)


def test_lists_that_hand_answers_on_with_names_are_known(priority_setting: Workbook) -> None:
    assert handed_on(priority_setting, "colleague_view", ["expectations"]) == {"about_me"}
    assert handed_on(priority_setting, "candidates", ["proposals"]) == frozenset()


@pytest.fixture
def priority_setting() -> Workbook:
    return load(settings.shipped("workbooks") / "priority_setting.toml")


changes = st.builds(Change, st.sampled_from(["think", "roles", "whisper"]), st.sampled_from(WAYS), st.just(""))


@given(st.lists(changes, max_size=6))
def test_no_sequence_of_accepted_changes_makes_an_answer_less_private(wanted: list[Change]) -> None:
    accepted: tuple[Change, ...] = ()
    for change in wanted:
        before, after = (more_private(BOOK, one).step(change.step) for one in (accepted, (*accepted, change)))
        if loosened(before, after):
            continue
        accepted = (*accepted, change)
        for asked in before.asks("individual"):
            old, new = before.attribution_of(asked), after.attribution_of(after.field(asked.key))
            assert LEVEL[new] >= LEVEL[old]
            assert old == new or may_become(old, new)
