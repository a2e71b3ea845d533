"""A led meeting in miniature: everything a facilitator can do, everything that breaks, and not one answer less."""

from pathlib import Path
from typing import Any

import pytest

from mira_workbook import settings
from mira_workbook.content.load import load
from mira_workbook.records import Entry
from mira_workbook.rehearse import Plan, rehearse_as_planned, rehearse_copy
from mira_workbook.rehearse.copies import copied
from mira_workbook.rehearse.tricks import TRICKS
from mira_workbook.rules.guards import may_record
from mira_workbook.store import NewMember, NewTeam, Opened, Store

DONE = {
    *("opened a step", "showed answers", "opened round 2", "ended", "excused somebody absent"),
    *("paused", "went on after a pause", "gave a minute", "took a minute", "planned a step anew"),
    *("put answers away", "showed them again", "took a move back", "took that back too"),
    *("left a step out", "opened a step again", "brought all teams to a step", "gave somebody the word"),
    *("processes killed", "sent nonsense", "sent from two tabs", "sent twice"),
}


@pytest.fixture
def real_store(tmp_path: Path) -> Store:
    made = Store(f"sqlite:///{tmp_path / 'mira.sqlite'}")
    made.migrate()
    return made


def led(store: Store, *teams: NewTeam) -> Opened:
    book = load(settings.shipped("workbooks") / "priority_setting.toml")
    return store.open_meeting(book, teams, pace="led", timezone="America/New_York")


def test_twelve_people_in_two_teams_are_led_through_everything_and_no_answer_is_lost(real_store: Store) -> None:
    told: list[str] = []
    code = led(real_store, NewTeam("Tupelo"), NewTeam("Cedar")).meeting.code
    found = rehearse_as_planned(real_store, code, Plan(12, 1, faults=True, workers=2, tell=told.append))
    assert found.odd == []
    assert (found.lost, found.duplicated) == (0, 0)
    assert found.acknowledged == found.found > 150
    assert {name for name, n in found.did.items() if n} >= DONE
    assert told[-1] == "2 of 2 teams have reached the end."
    said = f"12 people in 2 teams went through 13 steps. {found.found} answers, none lost. Slowest answer "
    assert found.sentence().startswith(said)


def test_every_trick_has_its_moment_in_a_meeting_of_one_team(real_store: Store) -> None:
    code = led(real_store, NewTeam("Tupelo")).meeting.code
    found = rehearse_as_planned(real_store, code, Plan(4, 1))
    assert (found.odd, found.is_well) == ([], True)
    assert len(TRICKS) == 14
    assert found.did["kept a line"] == found.did["brought all teams to a step"] == 1


SET_UP: dict[str, Any] = {"support_needed": "share80", "fallback_decider": "M2", "review_date": "2027-06-01"}


def test_a_copy_has_the_set_up_and_no_real_name(real_store: Store) -> None:
    people = (NewMember("Dana Whitfield", "principal", "administrator"), NewMember("Lena Marsh", "", "teacher_k2"))
    opened = led(real_store, NewTeam("Tupelo", facts={"ends": "17:00"}, members=people))
    seat = real_store.take_seat("browser", opened.sessions[0].id, "facilitator")
    real_store.record(seat, Entry("open", 1, "one", SET_UP, "facilitator", "FACIL"), may_record)
    copy = copied(real_store, opened.meeting.code, 8)
    snapshot = real_store.snapshot(copy.sessions[0].id)
    assert (copy.meeting.pace, copy.meeting.timezone) == ("led", "America/New_York")
    assert copy.meeting.definition_hash == opened.meeting.definition_hash
    assert (snapshot.team.name, snapshot.team.facts) == ("Rehearsal of Tupelo", {"ends": "17:00"})
    assert [(m.key, m.name, m.role_group) for m in snapshot.members] == [
        ("M1", "Ana", "administrator"),
        ("M2", "Ben", "teacher_k2"),
    ]
    assert {r.field: r.value for r in snapshot.responses} == SET_UP


def test_a_copy_is_played_and_forgotten_and_the_meeting_stays_fresh(real_store: Store) -> None:
    code = led(real_store, NewTeam("Tupelo")).meeting.code
    found = rehearse_copy(real_store, code, people=3)
    assert found.is_well
    assert found.people == 3
    (meeting,) = real_store.meetings()
    assert meeting.code == code
    assert [team.name for team in real_store.teams()] == ["Tupelo"]
    assert real_store.snapshot(real_store.sessions(meeting.id)[0].id).acts == ()
