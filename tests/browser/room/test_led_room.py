"""One facilitator and five members in browsers: a led session of Priority Setting, with all that may happen to it."""

import json
import re
from pathlib import Path

import pytest
from led import TEAM, Behind, lead
from meeting import HOST, LAPTOP, PATIENCE_MS, PHONE, Person, join, looked_over
from playwright.sync_api import Browser, expect
from servers import Server, command

pytestmark = [pytest.mark.browser, pytest.mark.long]

FIRST = "Keep classroom time clear of interruptions"


def test_a_room_is_led_through_pause_undo_reveal_and_a_lost_laptop(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    new = ("session", "new", "--workbook", "priority_setting", "--team", "Tupelo", "--pace", "led", "--json")
    made = json.loads(command(tmp_path, *new))
    root = f"http://{HOST}:{server.url.rsplit(':', 1)[1]}"
    key_link = root + "setup/" + made["facilitator_link"].rsplit("/", 1)[1]
    board = lead(browser, key_link, LAPTOP)
    board.sees("0 here")
    board.sees("Nobody here yet. Point a phone at the code.")
    team = [join(browser, root, made["code"], who, PHONE) for who in TEAM]
    board.sees("5 of 5 here")
    assert looked_over(board) == []
    _writes_while_the_room_moves(board, team)
    _hides_and_shows(board, team)
    behind = Behind(tmp_path, made["code"])
    board = _loses_the_laptop(browser, board, team, key_link)
    _votes_twice(board, team, behind)
    for person in (board, *team):
        assert person.faults == []
    _kept(behind)


def _writes_while_the_room_moves(board: Person, team: list[Person]) -> None:
    ana, ben, *_ = team
    board.press("Start: Opening")
    for person in team:
        person.sees("One thing first, for now")
    board.press("Next: Your role")
    ana.sees("What comes first in your role?")
    ana.fill("In my role, the one thing", FIRST)
    board.press("Pause all")
    ana.sees("Paused. Look up.")
    assert ana.page.get_by_label("In my role, the one thing").first.input_value() == FIRST
    board.press("Go on, all")
    ana.sees_no("Paused. Look up.")
    board.sees("0 of 5 in")
    board.sees_no("Ana Ortiz")
    board.press("Show names for 10 seconds")
    board.sees(re.compile("Ana Ortiz"))
    board.sees_no(re.compile("Ana Ortiz"))
    _goes_on_by_mistake(board, ana, ben)


def _goes_on_by_mistake(board: Person, ana: Person, ben: Person) -> None:
    """A slip of the finger while people type: ten seconds, one asks for more, and the step comes back."""
    board.press(re.compile("^Next: "))
    ben.sees(re.compile("^Finishing in "))
    board.sees("still typing")
    ben.press("Wait, please")
    board.press("Do it now")
    ben.sees("Two colleagues")
    board.press("Undo")
    ben.sees("We went back one step.")
    ana.sees("What comes first in your role?")
    assert ana.page.get_by_label("In my role, the one thing").first.input_value() == FIRST


def _hides_and_shows(board: Person, team: list[Person]) -> None:
    for person in team:
        person.fill("In my role, the one thing", FIRST)
        person.fill("Because", "Every call I let through breaks a lesson")
        person.submit()
        person.sees("What do two colleagues need to put first?")
        for left in (True, False):
            person.fill("Their role most needs to put first", "Lead the small groups every day")
            person.choose("fairly sure")
            if left:
                person.press(re.compile("^Next: "))
        person.submit()
    board.sees("5 of 5 in")
    board.press("Next: What they expected")
    for person in team:
        person.sees("What did they expect of you?")
        for left in (True, False):
            person.choose("partly")
            if left:
                person.press(re.compile("^Next: "))
        person.submit()
    board.sees("All 5 are in.")
    board.press("Reveal")
    told = "We read each other's priorities right about half of the way"
    for person in (board, *team):
        person.sees(told)
    assert looked_over(board) == []
    board.press("Hide again")
    team[0].sees("The facilitator has put the results away for now. Your answer is still in.")
    team[0].sees_no(told)
    board.press("Show again")
    team[0].sees(told)
    _brings_all_here(board, team[1])


def _brings_all_here(board: Person, away: Person) -> None:
    """Somebody looks elsewhere; whoever leads calls everybody to the open step."""
    away.press("Menu")
    away.press("Today: what comes when")
    away.page.get_by_role("heading", name="Today", exact=True).wait_for()
    board.press("More…")
    board.page.get_by_role("menuitem", name="Bring all here").or_(
        board.page.get_by_role("button", name="Bring all here")
    ).first.click()
    away.sees("We are all in “What they expected” now.")
    away.sees("We read each other's priorities right about half of the way")


def _loses_the_laptop(browser: Browser, board: Person, team: list[Person], key_link: str) -> Person:
    """The laptop dies in a countdown: that runs out by itself, and another device with the link leads on."""
    board.press("Next: Add and merge")
    for person in team[:3]:
        person.fill("What might come first", f"Idea of {person.name}")
        person.fill("What tells you?", "We see it every single day")
        person.submit()
    team[3].fill("What might come first", "Small groups that start on time")
    team[3].sees(re.compile("^Saved"))
    board.press("Reveal")
    team[3].sees(re.compile("^Finishing in "))
    board.context.close()
    team[0].sees("Merge twins")
    other = lead(browser, key_link, LAPTOP, "Rosa, who leads too")
    other.sees("Results are shown.")
    other.press("Undo")
    team[0].sees("We went back one step. Your answer is still here.")
    team[0].sees_no("Merge twins")
    return other


def _votes_twice(board: Person, team: list[Person], behind: Behind) -> None:
    behind.sit_down()
    behind.until(lambda stage: stage.current == "consent")
    # Nothing moved under the thumb of the one who was typing.
    assert team[3].page.get_by_label("What might come first").first.input_value() == "Small groups that start on time"
    for n, person in enumerate(team):
        _comes_along(person, "How far|Once more")
        person.sees("How far can you stand behind it?")
        person.choose(re.compile("I have worries" if n == 4 else "I am for it"))
        if n == 4:
            person.fill(re.compile("What one change"), "Teacher load goes down and not up")
        person.submit()
    board.press("Reveal")
    for person in team:
        person.sees("One hand is at 2.")
    board.sees_no("Eli Fox")
    behind.until(lambda stage: stage.round_of("consent") == 2)
    for n, person in enumerate(team):
        _comes_along(person, "How far|Once more")
        person.press("Change it" if n == 4 else "Keep my 4")
        if n == 4:
            person.choose(re.compile("I am for it"))
            person.submit()
    board.press("Reveal")
    for person in team:
        person.sees("Everyone is at 3 or above.")
    behind.until(lambda stage: stage.state == "ended")
    board.sees("The session has ended.")
    for person in team:
        _comes_along(person, "Our one priority")
        person.sees("Our one priority")


def _comes_along(person: Person, heading: str) -> None:
    """Whoever has a hand on the page is asked first."""
    go, there = person.button("Go there"), person.page.get_by_role("heading", name=re.compile(heading))
    expect(go.or_(there).first).to_be_visible(timeout=PATIENCE_MS)
    if go.is_visible():
        go.click()


def _kept(behind: Behind) -> None:
    snapshot = behind.snapshot
    assert set(snapshot.answers("role_priority", "text").values()) == {FIRST}
    assert sorted(snapshot.answers("consent", "fist").values()) == [2, 4, 4, 4, 4]
    assert sorted(snapshot.answers("consent", "fist", 2).values()) == [4, 4, 4, 4, 4]
    assert [a.kind for a in snapshot.acts if a.kind in {"pause", "resume", "hide"}] == ["pause", "resume", "hide"]
