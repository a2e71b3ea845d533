"""Pasted lists, role groups, and how often something may go wrong."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.content.groups import CHOICES, role_group
from mira_workbook.content.lists import SHARED
from mira_workbook.serve.limits import Bucket
from mira_workbook.serve.roster import group_of, take_turns, teams_from_text
from mira_workbook.store import NewMember

GROUPS = {option.id for option in SHARED["role_group"]}


def test_people_are_read_with_tabs_or_commas_and_without_the_head_line() -> None:
    rows = [
        "Name\tRole\tGroup\tMinutes",
        "Rosa Delgado\tprincipal\tadministrator\t2,400",
        "",
        'Tom Ash, "art, music", related_arts',
    ]
    pasted = "\n".join(rows)
    (team,) = teams_from_text(pasted, "Cedar")
    assert team.name == "Cedar"
    assert team.members == (
        NewMember("Rosa Delgado", "principal", "administrator", 2400),
        NewMember("Tom Ash", "art, music", "related_arts"),
    )


def test_headings_begin_further_teams() -> None:
    teams = teams_from_text("Ida\n# Oak\nJon\n#\nEva", "Cedar")
    assert [(t.name, [m.name for m in t.members]) for t in teams] == [
        ("Cedar", ["Ida"]),
        ("Oak", ["Jon"]),
        ("Team 3", ["Eva"]),
    ]
    assert [t.name for t in teams_from_text("# Oak\nJon", "")] == ["Oak"]


@pytest.mark.parametrize(
    ("said", "role", "group"),
    [
        ("", "Assistant principal", "administrator"),
        ("", "Kindergarten teacher", "teacher_k2"),
        ("", "4th grade teacher", "teacher_35"),
        ("", "High school chemistry teacher", "teacher_secondary"),
        ("Teaches special education", "", "special_education"),
        ("", "Reading interventionist", "coach"),
        ("", "School nurse", "student_support"),
        ("", "Classroom aide", "assistant"),
        ("", "Parent of two", "family"),
        ("", "Student council", "student"),
        ("", "", "other"),
    ],
)
def test_a_role_group_follows_from_the_words(said: str, role: str, group: str) -> None:
    assert group_of(said, role) == group


@given(st.sampled_from([*CHOICES, "", "made up"]), st.text(max_size=60), st.text(max_size=20))
def test_every_choice_gives_a_known_group(choice: str, role: str, fourteen: str) -> None:
    assert role_group(choice, role, fourteen) in GROUPS


@given(st.text(max_size=500), st.text(max_size=20))
def test_any_paste_gives_teams_whose_people_have_names_and_groups(pasted: str, team: str) -> None:
    people = [member for found in teams_from_text(pasted, team) for member in found.members]
    assert all(member.name and member.role_group in GROUPS for member in people)


def test_a_bucket_empties_with_wrong_tries_and_fills_with_time() -> None:
    now = [0.0]
    bucket = Bucket(3, 30, clock=lambda: now[0])
    for _ in range(5):
        bucket.spend()
    assert bucket.empty
    now[0] = 9.9
    assert bucket.empty
    now[0] = 10.1
    assert not bucket.empty


A_TEAM = st.lists(st.sampled_from("abcd"), max_size=14).map(
    lambda groups: [NewMember(f"{n}", role_group=group) for n, group in enumerate(groups)]
)


def side_by_side(people: Sequence[NewMember]) -> int:
    return sum(one.role_group == two.role_group for one, two in pairwise(people))


@given(A_TEAM)
def test_groups_that_take_turns_lose_nobody_and_keep_their_own_order(people: list[NewMember]) -> None:
    turned = take_turns(people)
    for group in "abcd":
        assert [p for p in turned if p.role_group == group] == [p for p in people if p.role_group == group]
    assert len(turned) == len(people)


@given(A_TEAM)
def test_neighbours_are_of_one_group_only_where_it_has_more_than_half(people: list[NewMember]) -> None:
    most = max(Counter(p.role_group for p in people).values(), default=0)
    assert side_by_side(take_turns(people)) == max(0, 2 * most - len(people) - 1)


@given(A_TEAM)
def test_a_list_that_takes_turns_already_stays_as_it_is(people: list[NewMember]) -> None:
    turned = take_turns(people)
    assert take_turns(turned) == turned
    assert side_by_side(people) or list(turned) == people
