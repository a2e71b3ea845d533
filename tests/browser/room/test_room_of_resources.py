"""A team of three maps what it has to its priority, led; afterwards the priority is changed."""

import re
from pathlib import Path
from typing import Any

import pytest
from led import Behind, lead
from meeting import HOST, LAPTOP, Person, looked_over
from one_team import (
    CAUSE,
    NOW,
    PRIORITY,
    Room,
    change_priority,
    comes_along,
    enter,
    exported,
    finishes,
    kept_once,
    measured,
    picks,
    steady_hands,
    types,
    with_cause,
    with_priority,
)
from playwright.sync_api import Browser, Locator
from servers import Server

from mira_workbook.widgets.controls import Doc

pytestmark = [pytest.mark.browser, pytest.mark.long]

LATER = "Every child reads on level by the end of grade 3"
TUTORS, LAW, MEETING, SOFTWARE, HALL = (
    "Reading tutors",
    "Special education",
    "Data meeting",
    "Phonics software",
    "Hall assemblies",
)
NOON = str(NOW["response"])
SHEET = """name,purpose,kind,lead,served_n,fund,usd_year,fte,staff_min_week,mandate,start_year
Special education,Lessons that the law asks for,position,Ana,40,idea,80000,2,4800,law,2004
Field trips,One trip a class each year,event,Cyd,300,general,some,0,60,choice,2011
Data meeting,All teachers look at numbers,meeting,Ana,0,general,0,0,450,choice,2018
Phonics software,Practice on tablets,software,Ben,150,title_i,9000,0,60,choice,2020
"""
NEAR = {TUTORS: 3, LAW: 1, MEETING: 0, SOFTWARE: 2, NOON: 1, HALL: 0}
NEAR_WORDS = ("not", "a little", "clearly", "centrally")
LEDGER = "$900 comes free, $900 of it may move. $42,500 is needed: $41,600 is open."
CHANGED = "This was built on an earlier version of One Priority. Look again?"


def test_a_team_decides_what_grows_and_what_goes_and_hears_of_a_changed_priority(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    with steady_hands():
        chosen = with_priority(tmp_path)
        causes, links = with_cause(tmp_path)
        room = enter(browser, server, tmp_path, "resource_mapping")
        for part in (_opens, _lists, _rates, _knows, _decides, _makes_it_real):
            part(room)
    _agrees(room, tmp_path)
    change_priority(chosen, LATER)
    root = f"http://{HOST}:{server.url.rsplit(':', 1)[1]}"
    earlier = lead(browser, f"{root}setup/{links['facilitator_link'].rsplit('/', 1)[1]}", LAPTOP)
    for board, behind in ((room.board, room.behind), (earlier, causes)):
        _looks_again(board, behind)
    for person in (*room.everybody, earlier):
        assert person.faults == []


def _opens(room: Room) -> None:
    """Who leads fills in at the table what the set-up page did not ask."""
    for person in room.team:
        for words in (PRIORITY, CAUSE):
            person.sees(words)
        person.sees(re.compile(r"^from One Priority, \w+ \d+, \d{4}$"))
        person.sees(re.compile(r"^from Root-cause Coaching, \w+ \d+, \d{4}$"))
    board = room.board
    board.press("Start: Opening")
    for person in room.team:
        comes_along(person, "Programs, never people's worth")
    board.press("More…")
    board.page.get_by_role("link", name="Write for the team").click()
    board.sees("The day by which money ends")
    assert looked_over(board) == []
    types(board, "School year", "2026-27")
    board.page.get_by_label("The day by which money ends").fill("2027-06-30")
    board.press("We are done with this")
    room.ana.sees("June 30, 2027")
    board.page.get_by_role("link", name="Back to the board").click()
    board.sees("Say to the room")
    room.goes_on("Next: The list", "Is the list whole?")


def _lists(room: Room) -> None:
    ben, cyd = room.ben, room.cyd
    _types_a_row(ben)
    _brings_a_sheet(ben)
    ben.press(f"Add “{NOON}”")
    cyd.press("Add another line")
    types(cyd, re.compile("^Name"), HALL)
    types(cyd, "What it is for", "All classes in the hall")
    assert looked_over(cyd) == []
    cyd.press("Done")
    ben.sees(HALL)
    ben.press("The list is whole")
    ben.sees("Row 5: fill in what it is for, and what it takes, kind, who leads it and 6 more, or clear the row.")
    _completes(ben, 5, ("Program", "General fund", "We chose it", "2019"), purpose="It fills the gaps at noon", fte="0")
    _completes(ben, 6, ("Event", "General fund", "The district", "2010"), usd="0", fte="0", minutes="300")
    assert looked_over(ben) == []
    finishes(ben, "The list is whole")
    cyd.sees("6 rows: $131,900 a year, 3 FTE, 8,130 minutes a week.")
    room.goes_on("Next: How near", "How directly does it serve our priority?")


def _types_a_row(ben: Person) -> None:
    types(ben, re.compile("^Name"), TUTORS)
    types(ben, "What it is for", "Small groups in grades 1 to 3")
    ben.page.get_by_role("radio", name="Program").check()
    types(ben, "Who leads it", "Ben")
    types(ben, "Students served", "120")
    picks(ben, "Fund", "Grant")
    for label, figure in (("Money a year", "42000"), ("Staff, in full posts", "1"), ("Staff minutes a week", "2400")):
        types(ben, label, figure)
    ben.page.get_by_role("radio", name="We chose it").check()
    types(ben, "Since", "2022")
    ben.page.get_by_label("The money ends on").first.fill("2027-06-30")


def _brings_a_sheet(ben: Person) -> None:
    """Good lines come in; the one that does not fit stays to be mended."""
    ben.page.get_by_text("Paste rows, or choose a CSV file").click()
    types(ben, "Rows from a spreadsheet", SHEET)
    ben.press("Bring these rows in")
    ben.sees("3 rows came in.")
    ben.sees("Line 3: usd_year ‘some’ is not a number.")
    left = ben.page.get_by_role("textbox", name="Rows from a spreadsheet").input_value()
    assert "Field trips" in left
    assert MEETING not in left


def _completes(ben: Person, row: int, choices: tuple[str, str, str, str], **given: str) -> None:
    """Open a row by its number and fill in what is missing."""
    change = ben.page.get_by_role("button", name=re.compile(f"^Change row {row}"))
    if change.count():
        change.click()
    kind, fund, asks, since = choices
    labels = {"purpose": "What it is for", "usd": "Money a year", "fte": "Staff, in", "minutes": "Staff minutes a week"}
    for key, words in given.items():
        types(ben, labels[key], words)
    ben.page.get_by_role("radio", name=kind).check()
    types(ben, "Who leads it", "Ana")
    types(ben, "Students served", "300")
    picks(ben, "Fund", fund)
    ben.page.get_by_role("radio", name=asks).check()
    types(ben, "Since", since)


def _rates(room: Room) -> None:
    """One row after the other on a phone, a tap each; with nothing to talk about the talk is left out."""
    cyd = room.cyd
    for place in range(1, len(NEAR) + 1):
        cyd.sees(re.compile(f"^{place} of 6$"))
        label = next(name for name in NEAR if cyd.page.get_by_role("heading", name=name).count())
        cyd.page.get_by_role("radio", name=NEAR_WORDS[NEAR[label]], exact=True).check()
    cyd.sees("Your answers")
    assert looked_over(cyd) == []
    cyd.submit()
    for name in ("Ana Ortiz", "Ben Hale"):
        room.sends(name, _near)
    room.goes_on("Reveal", "2 of 6 serve our priority, 2 in part, 2 not.")
    room.goes_on("Next: What we know", "What do we really know about these?")
    for person in room.team:
        person.sees("We left out “Talk first” this time: there is nothing to talk about in it.")


def _near(fields: list[Doc]) -> dict[str, Any]:
    (rows,) = fields
    rated = [{"row_id": o["id"], "cells": {"align": NEAR[o["label"]]}} for o in rows["fixed"]]
    return {str(rows["field"]): rated}


def _knows(room: Room) -> None:
    ana, cyd = room.ana, room.cyd
    for name, known, minutes in (
        (TUTORS, "solid numbers here", "Yes"),
        (LAW, "solid numbers here", "Yes"),
        (MEETING, "nothing", "Too low"),
        (SOFTWARE, "stories", "Yes"),
        (NOON, "stories", "Yes"),
        (HALL, "stories", "Yes"),
    ):
        card = _opened(ana, name)
        card.get_by_role("radio", name=known).check()
        # The words of short choices lie over the round sign, as people tap them.
        card.get_by_role("radio", name=minutes, exact=True).check(force=True)
    assert looked_over(ana) == []
    ana.press("Submit my answer")
    ana.sees("Give your better figure.")
    types(ana, "Your better figure", "600")
    ana.submit()
    cyd.sees("Your answer is in.")
    room.goes_on("Reveal", "Which figure surprised you?")
    room.board.sees("Ana Ortiz, Ben Hale and Cyd Moe")
    room.board.sees(f"{MEETING}: nothing · Too low · 600 min/week")
    room.goes_on("Next: Where in its life", "Where in its life is each one?")
    _stages(room)


def _stages(room: Room) -> None:
    cyd = room.cyd
    cyd.press("Take the pen")
    cyd.sees("You hold the pen.")
    stages = ("Growing", "Steady", "Ready to end", "Steady", "Steady", "Ready to end")
    for place, stage in enumerate(stages, 1):
        cyd.sees(re.compile(f"^{place} of 6$"))
        cyd.page.get_by_role("radio", name=stage, exact=True).check()
        if place == 1:
            cyd.page.get_by_role("radio", name="Starved: too little to live").check()
            assert looked_over(cyd) == []
        cyd.press("Look over" if place == len(stages) else re.compile("^Next: "))
    cyd.press("We are done")
    comes_along(room.ana, f"{TUTORS}: Growing · Starved: too little to live")
    room.goes_on("Next: Decide", "What grows, what goes?")


def _opened(person: Person, name: str) -> Locator:
    """The card of a row, opened if it is not."""
    card = person.page.get_by_role("group", name=name, exact=True)
    opener = card.get_by_role("button", name=re.compile("^(Fill in|Change row)"))
    if opener.count():
        opener.click()
    return card


def _decides(room: Room) -> None:
    """On the laptop, before everybody's eyes: the law forbids one release, and what is decided counts at once."""
    ben = room.ben
    ben.press("Take the pen")
    ben.sees("You hold the pen.")
    ben.sees("Today $42,000 a year, 1 FTE, 2,400 minutes a week.")
    ben.sees("One pair says 600 minutes. Hint: could be released.")
    ben.press("Keep these 2 as they are")
    ben.sees("2 rows filled.")
    _proposes(ben, LAW, "Release", "We can do it in class instead", "We do")
    ben.press("We propose this")
    ben.sees("This is required by law. Choose keep or reshape, and note what can be leaner.")
    ben.sees(f"‘{MEETING}’: please answer this before you submit.")
    _opened(ben, LAW).get_by_role("radio", name="Keep", exact=True).check()
    _proposes(ben, MEETING, "Release", "It repeats what tutors tell us", "We do")
    _proposes(ben, NOON, "Release", "It eases the ache and no more", "We do")
    for person in (room.ana, room.board):
        person.sees(re.compile(r"^\$900 comes free, \$900 of it may move. \$42,000 is needed"))
    _opened(ben, HALL).get_by_role("radio", name="Keep", exact=True).check()
    _proposes(ben, SOFTWARE, "Grow", "It helps our readers", "The principal")
    ben.press("We propose this")
    ben.sees("What grows? Raise money, staff or minutes.")
    types(ben, "Money next year", "9500")
    for person in (room.ana, room.board):
        person.sees(LEDGER)
        assert looked_over(person) == []
    assert looked_over(ben) == []
    finishes(ben, "We propose this")
    room.goes_on("Next: What ends", "What ends, and how could we hold it?")


def _proposes(ben: Person, name: str, what: str, why: str, who: str) -> None:
    card = _opened(ben, name)
    card.get_by_role("radio", name=what, exact=True).check()
    types(ben, "Why", why)
    card.get_by_role("radio", name=who, exact=True).check()
    if what == "Release":
        card.get_by_role("radio", name="The people stay").check()


def _makes_it_real(room: Room) -> None:
    _holds(room)
    _ends_well(room)
    for person in room.team:
        person.choose(re.compile("I am for it"))
        person.submit()
    room.goes_on("Reveal", "Everyone is at 3 or above.")
    room.ends()
    for person in room.team:
        comes_along(person, "That is all for today. Thank you.")
        person.sees("What we propose")
        person.sees(LEDGER)
        assert looked_over(person) == []


def _holds(room: Room) -> None:
    ana = room.ana
    ana.press("Take the pen")
    ana.sees("You hold the pen.")
    ana.page.get_by_role("checkbox", name="Another fund to ask").check()
    types(ana, "Money covered a year", "50000")
    ana.press("We are done")
    ana.sees("This row costs 42,000 a year. You covered 50,000.")
    types(ana, "Money covered a year", "900")
    room.ben.sees("We can cover $900. $41,600 is open.")
    assert looked_over(ana) == []
    finishes(ana, "We are done")
    room.goes_on("Next: Ending well", "How do we end it well?")


def _ends_well(room: Room) -> None:
    """Two take a row each and write in the same seconds."""
    rows = ((room.ben, MEETING, "Tell the grade leads on Monday"), (room.cyd, NOON, "Talk to those who come at noon"))
    for person, row, _ in rows:
        person.press(f"I will: {row}")
    for person, _, step in rows:
        person.page.get_by_label("Last day").first.fill("2027-01-29")
        types(person, "First step", step)
    room.ben.sees("January 29, 2027 · Talk to those who come at noon")
    room.cyd.sees("January 29, 2027 · Tell the grade leads on Monday")
    for words in ("Talk to those who come at noon", "Tell the grade leads on Monday", "Ben Hale keeps it"):
        room.ana.sees(re.compile(f"{words}$"))
    assert looked_over(room.cyd) == []
    finishes(room.ana, "We are done")
    room.goes_on("Next: All hands", "How far can you stand behind it?")


def _agrees(room: Room, home: Path) -> None:
    """What was typed is what is counted and what leaves in files."""
    kept_once(room.behind)
    values = measured(home, room.code)
    assert values["inventory", "M21", "totals now"] == {"usd": 131900, "fte": 3, "staff_min_week": 8130, "n": 6}
    ledger = {"freed": 900, "flexible": 900, "need": 42500, "gap": 41600, "freed_fte": 0}
    assert values["decide", "M21", ""] == ledger
    decided = {"grow": 1, "keep": 3, "reshape": 0, "release": 2, "need_info": 0}
    assert values["decide", "M21", "decisions"] == decided
    assert values["cliff", "M21", "cover"] == {"covered": 900, "gap": 41600}
    assert values["consent", "M09", ""]["pass"] is True
    rows = {row["name"]: row for row in exported(home, room.code, "resource_mapping_initiatives.csv")}
    assert {name: row["decision"] for name, row in rows.items()} == {
        TUTORS: "keep",
        LAW: "keep",
        MEETING: "release",
        SOFTWARE: "grow",
        NOON: "release",
        HALL: "keep",
    }
    assert [rows[NOON][key] for key in ("usd_year", "staff_min_week", "flexible", "after_usd")] == [
        "900",
        "120",
        "yes",
        "0",
    ]
    endings = exported(home, room.code, "resource_mapping_letting_go.csv")
    assert {(row["about"], row["who_tells"]) for row in endings} == {(MEETING, "M2"), (NOON, "M3")}
    built = {row["key"]: row["text"] for row in exported(home, room.code, "built_on.csv")}
    assert (built["priority.current"], built["root.current"]) == (PRIORITY, CAUSE)


def _looks_again(board: Person, behind: Behind) -> None:
    """The page says that its ground has changed, shows both, and no answer changes."""
    before = behind.snapshot.responses
    board.sees(CHANGED)
    board.press("Look again")
    told = f"We built on: {PRIORITY}. It says now: {LATER}. Our answers stay as they are."
    board.sees(told)
    assert looked_over(board) == []
    board.page.get_by_role("dialog").get_by_role("button", name="Go on with the newer words").click()
    board.sees_no(CHANGED)
    board.sees(re.compile(re.escape(LATER)))
    assert behind.snapshot.responses == before
