"""What stands above an input: who will see the answer and how it is signed, as this session has it now."""

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations_with_replacement

import pytest
from desks import Sitting, sit_down
from export_cases import session, small
from tiny import TINY, Ticking

from mira_workbook.content.definition import Workbook
from mira_workbook.content.privacy import LEVEL
from mira_workbook.records import Member, NewAct, Snapshot
from mira_workbook.rules.sight import Viewer, role_labels, view
from mira_workbook.store import Store


@pytest.fixture
def team(sqlite_store: Store, clock: Ticking) -> Sitting:
    """Eight people before the first step of the tiny workbook."""
    return sit_down(sqlite_store, clock, 8, Workbook.model_validate(TINY))


def acted(room: Sitting, *acts: NewAct) -> None:
    def judge(_snapshot: Snapshot, _now: datetime) -> Sequence[NewAct]:
        return acts

    room.store.act(None, judge, room.session.id)


def lines(room: Sitting, who: int = 0) -> list[str]:
    """The lines above the fields of somebody's page."""
    fields = [f for page in room.look(who)["pages"] for f in page["fields"]]
    return [f["attribution"]["text"] for f in fields if f["attribution"]]


def notices(room: Sitting, who: int = 0) -> list[str]:
    return [one["text"] for one in room.look(who)["lines"] if one["id"] == "private"]


def private(step: str, to: str, field: str = "") -> NewAct:
    return NewAct("private", step, payload={"to": to, "field": field})


EXACT = {
    "named": "Shown with your name.",
    "facilitator_only": "Your facilitator can see your name. The wall shows numbers only.",
    "role": "Shown as “support staff”. Four of you carry that label.",
    "none": "Shown without name or label.",
    "anonymous": (
        "Anonymous. Shown once 5 have answered, in mixed order. Not stored with your name after results are shown."
    ),
}


@pytest.mark.parametrize("how", [how for how in LEVEL if how != "coach"])
def test_the_line_follows_what_the_session_wants_and_a_notice_says_so(team: Sitting, how: str) -> None:
    acted(team, NewAct("open", "think"))
    assert (lines(team, 2), notices(team, 2)) == ([EXACT["named"]], [])
    acted(team, private("think", how))
    more = ["The facilitator has made this step more private."] if how != "named" else []
    assert (lines(team, 2), notices(team, 2)) == ([EXACT[how]], more)
    team.submit(2, {"seen": "The light is dim", "fit": 2})
    assert notices(team, 2) == more


def test_one_field_that_is_more_private_has_a_line_of_its_own(team: Sitting) -> None:
    acted(team, NewAct("open", "think"), private("think", "none", "fit"))
    assert lines(team) == [EXACT["named"], EXACT["none"]]


def test_the_line_of_an_anonymous_step_names_its_threshold(team: Sitting) -> None:
    acted(team, NewAct("threshold", "whisper", payload={"n": 3}), NewAct("open", "whisper"))
    assert lines(team) == [EXACT["anonymous"].replace("5", "3")]


def test_who_is_the_only_one_of_a_role_is_told_so_and_the_smallest_group_keeps_company(
    sqlite_store: Store, clock: Ticking
) -> None:
    room = sit_down(sqlite_store, clock, 6, Workbook.model_validate(TINY))
    acted(room, private("think", "role"), NewAct("open", "think"))
    told = [lines(room, who)[0] for who in range(6)]
    assert told[0] == "Shown as “team member”, because you are the only school leader."
    few = "Shown as “team member”, so that nobody stands out."
    three = "Shown as “support staff”. Three of you carry that label."
    assert [told[1], told[2], told[3], told[4], told[5]] == [few, three, few, three, three]


def test_labels_are_told_where_two_who_answered_carry_them(team: Sitting) -> None:
    acted(team, private("think", "role"), NewAct("open", "think"))
    # The teachers keep the only leader company; of the four support staff one has answered so far.
    for who in (1, 3, 2):
        team.submit(who, {"seen": f"What {who} sees", "fit": 2})
    acted(team, NewAct("reveal", "think"))
    seen = view(team.snapshot, team.stage, Viewer("coach"))
    assert {r.author.rstrip(" 123") for r in seen.responses} == {"team member"}
    team.submit(5, {"seen": "What 5 sees", "fit": 2})
    seen = view(team.snapshot, team.stage, Viewer("coach"))
    assert {r.author.rstrip(" 1234") for r in seen.responses} == {"team member", "support staff"}


def test_no_label_is_carried_by_one_person_in_any_team() -> None:
    groups = ("administrator", "teacher_35", "assistant", "family")
    for size in range(1, 6):
        for chosen in combinations_with_replacement(groups, size):
            members = tuple(Member(n, f"M{n}", f"P{n}", "", group) for n, group in enumerate(chosen, 1))
            labels = list(role_labels(session(small(), (), (), members=members)).values())
            assert size == 1 or min(labels.count(label) for label in labels) > 1


def test_unsigned_answers_bear_no_order_no_moment_and_no_count_of_changes(team: Sitting) -> None:
    acted(team, private("think", "role", "seen"), private("think", "none", "fit"), NewAct("open", "think"))
    for who in range(8):
        team.submit(who, {"seen": f"What {who} sees", "fit": 1 + who % 4})
        team.clock.forward(seconds=7)
    acted(team, NewAct("reveal", "think"))
    seen = view(team.snapshot, team.stage, Viewer("coach"))
    assert {(r.seq, r.saved_at, r.version, r.entered_by) for r in seen.responses} == {(0, None, 1, "")}
    assert len({r.author for r in seen.responses if r.field == "seen"}) == 8
    assert {r.author for r in seen.responses if r.field == "fit"} == {f"p{n:02d}" for n in range(1, 9)}
