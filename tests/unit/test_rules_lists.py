"""Lists that steps refer to, worked out from the answers so far."""

from dataclasses import replace
from typing import Any

import pytest
from export_cases import START, answer, demo, session, small, table
from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.content.answers.base import Option, Use
from mira_workbook.records import Member, Snapshot
from mira_workbook.rules.lists import LISTS, Listed, names_used, pin, resolve


def listed(snapshot: Snapshot, use: str, **arguments: Any) -> Listed:
    return LISTS[use](snapshot, arguments)


def ids(found: Listed) -> list[str]:
    assert isinstance(found, tuple)
    return [o.id for o in found]


def team_of(*members: Member) -> Snapshot:
    return session(small(), (), (), members=members)


def numbered(count: int) -> Snapshot:
    return team_of(*(Member(i, f"M{i}", f"N{i}", joined_at=START) for i in range(1, count + 1)))


def places(author: str, **tiers: str) -> Any:
    rows = [{"": item, "tier": {"p": "priority", "f": "focus", "w": "watch"}[tier]} for item, tier in tiers.items()]
    return answer("sort", "places", author, table(*rows))


def test_a_team_is_those_present_in_roster_order() -> None:
    ana, ben, cyd = (Member(i, f"M{i}", name) for i, name in enumerate(("Ana", "Ben", "Cyd"), 1))
    gone = replace(ben, excused_at=START)
    assert resolve(team_of(ana, gone, cyd), "team") == (Option("M1", "Ana"), Option("M3", "Cyd"))


def test_two_people_of_one_name_are_told_apart_by_what_they_do() -> None:
    team = team_of(Member(1, "M1", "Ana", "Nurse"), Member(2, "M2", "Ana"), Member(3, "M3", "Ben", "Coach"))
    assert resolve(team, "team") == (Option("M1", "Ana · Nurse"), Option("M2", "Ana"), Option("M3", "Ben"))


@given(people=st.integers(1, 12), count=st.integers(1, 4))
def test_in_the_ring_everybody_expects_of_as_many_as_expect_of_them(people: int, count: int) -> None:
    found = listed(numbered(people), "next_in_ring", n=count)
    assert isinstance(found, dict)
    asked = [o.id for options in found.values() for o in options]
    for key, options in found.items():
        assert key not in {o.id for o in options}
        assert len(options) == len(set(options)) == asked.count(key) == min(count, people - 1)


def test_the_ring_leaves_out_who_has_not_come_yet() -> None:
    ana, ben, cyd = (Member(i, f"M{i}", name, joined_at=START) for i, name in enumerate(("Ana", "Ben", "Cyd"), 1))
    found = listed(team_of(ana, replace(ben, joined_at=None), cyd), "next_in_ring", n=2)
    assert found == {"M1": (Option("M3", "Cyd"),), "M3": (Option("M1", "Ana"),)}


def test_where_nobody_has_come_the_ring_is_the_roster() -> None:
    team = team_of(Member(1, "M1", "Ana", "Nurse"), Member(2, "M2", "Ben", "Coach"))
    found = listed(team, "next_in_ring", n=2)
    assert found == {"M1": (Option("M2", "Ben", "Coach"),), "M2": (Option("M1", "Ana", "Nurse"),)}


def test_what_was_written_about_me_bears_its_writers_name() -> None:
    found = resolve(demo(steps=3), "about_me")
    assert isinstance(found, dict)
    assert found["M1"] == (
        Option("M7", "Keep the building running", "Lena Marsh"),
        Option("M8", "Protect teaching time", "Grace Yoon"),
    )
    assert list(found) == [f"M{i}" for i in range(1, 9)]


def test_what_is_written_about_a_person_who_is_gone_is_nobodys() -> None:
    now = demo(steps=3)
    left = replace(now, members=tuple(m for m in now.members if m.key != "M1"))
    found = resolve(left, "about_me")
    assert isinstance(found, dict)
    assert "M1" not in found
    assert found["M2"] == (
        Option("M8", "Reduce referrals", "Grace Yoon"),
        Option("M1", "Get buses and morning arrival calm"),
    )


def test_a_team_table_gives_its_rows_in_order() -> None:
    now = session(small(), (), [answer("list", "ideas", "TEAM", table({"": "C2", "label": "Two"}, {"": "C1"}))])
    assert resolve(now, "ideas") == (Option("C2", "Two"), Option("C1", ""))


def test_a_team_table_that_is_not_there_gives_none() -> None:
    assert resolve(session(small(), (), ()), "ideas") == ()


def test_everyones_rows_stand_in_an_order_that_tells_nothing_of_their_writers() -> None:
    one = answer("own", "notes", "M1", table({"": "AAAA", "note": "a"}, {"": "BBBB", "note": "b"}))
    two = answer("own", "notes", "M2", table({"": "CCCC", "note": "c"}))
    swapped = [replace(one, author="M2"), replace(two, author="M1")]
    found = resolve(session(small(), (), [one, two]), "notes")
    assert found == (Option("BBBB", "b"), Option("AAAA", "a"), Option("CCCC", "c"))
    assert resolve(session(small(), (), swapped), "notes") == found


def test_an_answer_taken_back_gives_no_rows() -> None:
    one = answer("own", "notes", "M1", table({"": "AAAA", "note": "a"}), state="withdrawn")
    assert resolve(session(small(), (), [one]), "notes") == ()


def test_first_picks_begin_with_the_fewest_voices_and_equal_ones_keep_the_lists_order() -> None:
    assert ids(resolve(demo(steps=6), "first_picks")) == ["C2", "C3", "C7", "C4", "C1"]


def test_a_late_pick_has_no_voice() -> None:
    now = demo(steps=5)
    given = [places("M1", C1="p"), replace(places("M2", C2="p"), late=True)]
    assert ids(resolve(replace(now, responses=(*now.responses, *given)), "first_picks")) == ["C1"]


def hands(*fists: tuple[str, int, str]) -> Snapshot:
    now = demo(steps=9)
    given = [answer("consent", "fist", who, fist) for who, fist, _ in fists]
    given += [answer("consent", "raise", who, text) for who, _, text in fists if text]
    return replace(now, responses=(*now.responses, *given))


def test_worries_are_the_words_of_low_hands_alone_numbered_and_unsigned() -> None:
    now = hands(("M1", 2, "Too much at once"), ("M2", 3, "Not a worry"), ("M3", 0, "No time"), ("M4", 1, ""))
    assert resolve(now, "worries") == (Option("w1", "No time"), Option("w2", "Too much at once"))


def test_worries_keep_their_numbers_whoever_wrote_them() -> None:
    one, other = hands(("M1", 2, "A"), ("M2", 2, "B")), hands(("M1", 2, "B"), ("M2", 2, "A"))
    assert resolve(one, "worries") == resolve(other, "worries")


def test_others_leave_out_what_was_chosen() -> None:
    assert ids(resolve(demo(), "not_chosen")) == ["C2", "C3", "C4", "C5", "C6", "C7"]


def test_where_nothing_was_chosen_all_are_others() -> None:
    assert ids(resolve(demo(steps=8), "not_chosen")) == ["C1", "C2", "C3", "C4", "C5", "C6", "C7"]


def test_a_list_that_nobody_declared_is_not_resolved() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        resolve(demo(), "nowhere")


def test_a_step_names_the_lists_of_its_fields_and_columns_once() -> None:
    book = demo().workbook
    candidates = book.step("candidates")
    assert names_used(book, candidates) == ("proposals",)
    assert names_used(book, candidates, after_reveal=False) == ()
    assert names_used(book, candidates, after_reveal=True) == ("proposals",)
    assert names_used(book, book.step("talk")) == ("first_picks", "candidates")
    assert names_used(book, book.step("open")) == ("team",)


def test_lists_are_pinned_apart_as_shared_and_personal() -> None:
    now = team_of(Member(1, "M1", "Ana", "Nurse"), Member(2, "M2", "Ben"))
    near = now.workbook.model_copy(update={"lists": {"near": Use.model_validate({"use": "next_in_ring", "n": 1})}})
    assert pin(replace(now, workbook=near), ("team", "near")) == {
        "lists": {"team": [["M1", "Ana"], ["M2", "Ben"]]},
        "own_lists": {"near": {"M1": [["M2", "Ben"]], "M2": [["M1", "Ana", "Nurse"]]}},
    }
