"""The start card in JupyterLab: a team of one on this computer, found again by the next notebook."""

from pathlib import Path

import pytest

from mira_workbook.notebook import start
from mira_workbook.opening import open_store
from mira_workbook.store import NewMember, NewTeam, Store

GIVEN = {"team": " Tupelo ", "name": "Ana", "role": "Principal", "group": "lead"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("MIRA_HOME", str(tmp_path))
    monkeypatch.delenv("MIRA_DATABASE_URL", raising=False)
    monkeypatch.delenv("QUERY_STRING", raising=False)
    return open_store()


def test_a_first_start_opens_a_meeting_and_the_next_finds_the_seat(here: Store) -> None:
    assert start.remembered(here, "priority_setting") is None
    doors = start.start(here, "priority_setting", GIVEN)
    (member,) = here.roster(doors.seat.session_id)
    assert (member.name, member.role, member.role_group) == ("Ana", "Principal", "administrator")
    again = start.remembered(here, "priority_setting")
    assert again is not None
    assert again.seat == doors.seat
    start.forget("priority_setting")
    assert start.remembered(here, "priority_setting") is None


def test_the_words_of_a_role_choose_the_group_as_at_the_doors(here: Store) -> None:
    given = {**GIVEN, "role": "Grade 1 teacher", "group": "teach"}
    doors = start.start(here, "priority_setting", given)
    assert [m.role_group for m in here.roster(doors.seat.session_id)] == ["teacher_k2"]
    offered = next(f for f in start.card()["pages"][0]["fields"] if f["field"] == "group")["options"]
    assert [(o["id"], o["label"]) for o in offered] == [
        ("lead", "lead the school"),
        ("teach", "teach"),
        ("support", "support students or staff"),
        ("family", "are family or a student"),
        ("other", "other"),
    ]


def test_team_and_name_are_needed() -> None:
    assert [p["field"] for p in start.problems({"name": " ", "role": "Coach"})] == ["team", "name"]
    assert start.problems(GIVEN) == []


def test_a_grant_opens_one_page_once(here: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    doors = start.start(here, "priority_setting", GIVEN)
    assert start.granted(here) is None
    monkeypatch.setenv("QUERY_STRING", f"grant={here.make_token(doors.seat, 'grant')}")
    granted = start.granted(here)
    assert granted is not None
    assert granted.member == "M1"


def test_pages_and_store_read_one_clock(here: Store) -> None:
    doors = start.start(here, "priority_setting", GIVEN)
    assert abs((doors.now() - here.clock()).total_seconds()) < 5


def test_a_team_goes_on_and_whoever_sat_here_last_sits_here_again(here: Store) -> None:
    assert start.known_teams(here) == ()
    first = start.start(here, "priority_setting", GIVEN)
    here.add_member(first.seat.session_id, NewMember("Ben"))
    here.open_meeting(here.workbook(here.meetings()[0]), [NewTeam("Cedar", members=(NewMember("Ida"),))])
    assert [team.name for team in start.known_teams(here)] == ["Cedar", "Tupelo"]
    again = start.start(here, "priority_setting", {"with": "tupelo"})
    session = here.session(again.seat.session_id)
    assert session.team_id == here.session(first.seat.session_id).team_id
    assert (again.member, [m.name for m in here.roster(session.id)]) == ("M1", ["Ana", "Ben"])
    assert session.id != first.seat.session_id
    other = start.start(here, "priority_setting", {"with": "cedar"})
    assert here.roster(other.seat.session_id)[0].name == "Ida"


def test_a_team_that_is_not_there_is_a_new_one_and_nothing_more_is_needed_to_go_on(here: Store) -> None:
    assert start.problems({"with": "tupelo"}) == []
    assert [p["field"] for p in start.problems({"with": "$new"})] == ["team", "name"]
    doors = start.start(here, "priority_setting", {**GIVEN, "with": "$new"})
    assert here.roster(doors.seat.session_id)[0].name == "Ana"


def test_the_card_offers_the_teams_of_this_computer_first(here: Store) -> None:
    start.start(here, "priority_setting", GIVEN)
    card = start.card(start.known_teams(here))
    which, *rest = card["pages"][0]["fields"]
    assert [(o["id"], o["label"]) for o in which["options"]] == [
        ("tupelo", "Go on with Tupelo"),
        ("$new", "A new team"),
    ]
    assert which["value"] == "tupelo"
    assert {str(field["show_when"]) for field in rest} == {"{'with': '$new'}"}
    assert card["after"][1]["items"][0].startswith("Start here: One Priority (100 min)")
