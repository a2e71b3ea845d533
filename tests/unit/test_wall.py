"""Numbers as they may be told: to people from outside, and without what belongs to one person."""

from dataclasses import replace
from typing import Any

import pytest
from export_cases import START, demo

from mira_workbook.measures.table import measures
from mira_workbook.measures.wall import wall_measures
from mira_workbook.records import Act, Measure, Role, Snapshot
from mira_workbook.rules.sight import Viewer, of_measure
from mira_workbook.rules.stage import fold
from mira_workbook.rules.wall import quotes

WALL = Viewer("viewer")


def signed(step: str, how: str) -> Snapshot:
    """The demo team, one step of it signed in another way."""
    book = demo().workbook
    steps = tuple(
        one.model_copy(
            update={"attribution": how, "fields": tuple(f.model_copy(update={"attribution": None}) for f in one.fields)}
        )
        if one.key == step
        else one
        for one in book.steps
    )
    return replace(demo(), workbook=book.model_copy(update={"steps": steps}))


def told(now: Snapshot) -> dict[tuple[str, str, str, int], Measure]:
    return {(m.step, m.id, m.of, m.round): m for m in wall_measures(now, fold(now.acts, now.workbook), WALL)}


def kept(now: Snapshot, step: str, people: int) -> Snapshot:
    """Only the first people have answered a step."""
    keys = {f"M{n}" for n in range(1, people + 1)}
    answers = tuple(r for r in now.responses if r.step != step or r.author_kind != "member" or r.author in keys)
    return replace(now, responses=answers)


def test_people_from_outside_get_numbers_and_no_sentence_that_repeats_words_or_names() -> None:
    found = told(demo())
    assert {key[0] for key in found} == {
        "role_priority",
        "colleague_view",
        "role_reveal",
        "candidates",
        "sort",
        "talk",
        "rank",
        "consent",
        "contribute_release",
    }
    said = {key: m.sentence for key, m in found.items() if m.sentence}
    assert said[("consent", "M09", "", 2)] == "Everyone is at 3 or above."
    assert ("rank", "M05", "", 1) not in said
    names = {part for m in demo().members for part in m.name.split()}
    assert not any(name in sentence for name in names for sentence in said.values())


def test_nothing_is_told_before_it_is_shown_nor_while_it_is_hidden() -> None:
    now = demo()
    unshown = replace(now, acts=tuple(a for a in now.acts if (a.kind, a.step) != ("reveal", "rank")))
    hidden = replace(now, acts=(*now.acts, Act(900, START, "hide", "rank")))
    for one in (unshown, hidden):
        assert {key[0] for key in told(one)} == {key[0] for key in told(now)} - {"rank"}


@pytest.mark.parametrize(
    ("how", "people", "is_told"),
    [("named", 2, False), ("named", 3, True), ("anonymous", 4, False), ("anonymous", 5, True)],
)
def test_a_number_leaves_the_room_only_if_enough_people_stand_behind_it(
    how: str, people: int, *, is_told: bool
) -> None:
    found = told(kept(signed("rank", how), "rank", people))
    assert (("rank", "M04", "", 1) in found) == is_told


@pytest.mark.parametrize(
    ("sentence", "is_quote"),
    [
        ("Dana leads.", True),
        ("Know my group plan early", False),
        ("Half of us agree.", False),
    ],
)
def test_a_sentence_that_names_somebody_is_a_quote(sentence: str, *, is_quote: bool) -> None:
    now = demo()
    assert quotes(now, fold(now.acts, now.workbook), sentence) == is_quote


def test_a_sentence_that_holds_what_somebody_wrote_is_a_quote() -> None:
    now = demo()
    text = next(str(r.value) for r in now.responses if (r.step, r.field, r.author) == ("role_priority", "text", "M3"))
    assert quotes(now, fold(now.acts, now.workbook), f"Some say: {text.upper()}!")


def measure(step: str, name: str, of: str = "") -> Measure:
    now = demo()
    return next(m for m in measures(now, fold(now.acts, now.workbook)) if (m.step, m.id, m.of) == (step, name, of))


ROLES: tuple[Role, ...] = ("member", "facilitator", "coach", "viewer")


@pytest.mark.parametrize("role", ROLES)
def test_who_changed_their_mind_without_a_name_is_told_to_nobody(role: Role) -> None:
    assert of_measure(measure("rank", "M11", "first pick"), Viewer(role), demo()).value == 2


@pytest.mark.parametrize(
    ("role", "whole"), [("member", False), ("facilitator", True), ("coach", True), ("viewer", False)]
)
def test_minutes_by_person_are_told_to_those_who_see_the_names(role: Role, *, whole: bool) -> None:
    found = of_measure(measure("contribute_release", "M13"), Viewer(role), demo()).value
    assert found["released"] == 1155
    assert ("by_member" in found) == whole


@pytest.mark.parametrize(("how", "roles"), [("facilitator_only", {"facilitator"}), ("role", set()), ("none", set())])
def test_values_by_person_follow_what_the_session_promised(how: str, roles: set[str]) -> None:
    now = signed("contribute_release", how)
    told_to = {
        r for r in ROLES if "by_member" in of_measure(measure("contribute_release", "M13"), Viewer(r), now).value
    }
    assert told_to == roles


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ({"M1": 3, "M2": 4}, None),
        ({"mean": 3.5, "by": {"M1": 3}}, {"mean": 3.5}),
        ({"by": {"a" * 64: 3}, "sum": 3}, {"sum": 3}),
        ({"C1": {"C2": 4}}, {"C1": {"C2": 4}}),
        (0.5, 0.5),
        (None, None),
    ],
)
def test_without_a_session_whatever_looks_like_a_person_is_left_out(value: Any, left: Any) -> None:
    assert of_measure(Measure("M99", "Any", value, 3), Viewer("coach")).value == left
