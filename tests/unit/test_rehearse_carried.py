"""Scripted people in a workbook that builds on another one: they fill in what is missing, and lose nothing."""

from chain import SECOND, book
from teams import SENTENCE, first_done, open_for

from mira_workbook.rehearse import rehearse
from mira_workbook.rehearse.copies import copied
from mira_workbook.store import NewTeam, Store


def test_people_fill_in_what_nobody_handed_on_and_go_through(sqlite_store: Store) -> None:
    opened = sqlite_store.open_meeting(book(SECOND), [NewTeam("Tupelo")])
    found = rehearse(sqlite_store, opened.meeting.code, 3, 2)
    assert (found.odd, found.lost, found.duplicated, found.steps) == ([], 0, 0, 3)
    carry = sqlite_store.snapshot(opened.sessions[0].id).built_on["priority.current"]
    assert carry.is_typed


def test_a_copy_builds_on_the_same_words(sqlite_store: Store) -> None:
    at = open_for(sqlite_store, SECOND, first_done(sqlite_store))
    made = copied(sqlite_store, at.code, 3)
    assert made.sessions[0].team_id != at.session.team_id
    assert sqlite_store.snapshot(made.sessions[0].id).carries["priority.current"]["text"] == SENTENCE
