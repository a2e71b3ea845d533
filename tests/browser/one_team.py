"""One team of three whose sessions follow one another: a board, a laptop and two phones, each with somebody at it."""

import contextlib
import csv
import io
import json
import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from led import Behind, lead
from meeting import HOST, LAPTOP, PATIENCE_MS, PHONE, Person, faults_of
from playwright.sync_api import Browser, Error, expect
from servers import Server, command

from mira_workbook.rehearse.people import HABITS
from mira_workbook.rehearse.people import Person as Scripted
from mira_workbook.rules import led
from mira_workbook.widgets.controls import Doc

ROSTER = """name,role,role_group
Ana Ortiz,Principal,administrator
Ben Hale,Grade 2 teacher,teacher_k2
Cyd Moe,Counselor,student_support
"""
SENTENCES = (("statement", "text"), ("adjust", "sentence"))
"""Where the priority is written, and where it is mended if somebody cannot stand behind it."""
TEAM = "cedar"
SOON_MS = 2000
NOW = {"response": "Catch up in the lunch break", "treats": "symptom", "min_week": 120, "usd_year": 900}
CAUSE = "Small groups start late because assemblies run into the first lesson"
PRIORITY = "Every child reads on level by the end of grade 2"


def new_session(home: Path, workbook: str, *of: str) -> dict[str, str]:
    """Open a led session by the command line; `of` says for which team."""
    made: dict[str, str] = json.loads(
        command(home, "session", "new", "--workbook", workbook, "--pace", "led", "--json", *of)
    )
    return made


@contextlib.contextmanager
def steady_hands() -> Iterator[None]:
    """Let nobody scripted write badly, stop a countdown, or ask for a pen: somebody in a browser is at work."""
    with pytest.MonkeyPatch.context() as patch:
        for habit in ("badly", "waits", "asks"):
            patch.setitem(HABITS, habit, 0)
        yield


def with_priority(home: Path) -> Behind:
    """A new team that has chosen its priority, played from behind to its end."""
    (home / "roster.csv").write_text(ROSTER)
    of = ("--team", "Cedar", "--roster", str(home / "roster.csv"))
    behind = Behind(home, new_session(home, "priority_setting", *of)["code"])
    behind.seat_all()
    for step, field in SENTENCES:
        behind.until(lambda stage, step=step: step == stage.current or stage.state == "ended")  # type: ignore[misc]  # the loop's own step
        if behind.stage.current == step:
            write(behind.people[0], field, PRIORITY)
    behind.until(lambda stage: stage.state == "ended")
    return behind


def with_cause(home: Path) -> tuple[Behind, dict[str, str]]:
    """The cause of the same team, and one thing it does now, played from behind; and the links of that session."""
    made = new_session(home, "root_cause_coaching", "--team-id", TEAM)
    behind = Behind(home, made["code"])
    behind.seat_all()
    behind.until(lambda stage: stage.current == "aspirin")
    write(behind.people[0], "responses", [{"row_id": "now", "cells": NOW}])
    behind.act(led.next_step())
    behind.until(lambda stage: stage.current == "statement")
    write(behind.people[0], "statement", CAUSE)
    behind.until(lambda stage: stage.state == "ended")
    return behind, made


def change_priority(behind: Behind, words: str) -> None:
    """Open the step with the priority once more and write it anew."""
    step, field = next(one for one in reversed(SENTENCES) if behind.snapshot.team_answer(*one))
    behind.act(led.reopen(step))
    write(behind.people[0], field, words)


def write(person: Scripted, field: str, value: Any) -> None:
    """Write one field of what the team writes together, with the pen of its page."""
    page = person.page
    page.refresh()
    (own,) = [p for p in page.view["pages"] if any(f["field"] == field for f in p["fields"])]
    pen = own.get("pen") or page.view["pen"]
    if not pen["mine"]:
        page.take({"field": "$press", "value": {"id": pen["buttons"][0]["id"]}, "save_key": secrets.token_hex(6)})
    key = f"{page.view['key']}/{secrets.token_hex(6)}"
    version = next(f["version"] for p in page.view["pages"] for f in p["fields"] if f["field"] == field)
    (reply,) = page.take({"field": field, "value": value, "save_key": key, "base": version})
    assert reply.get("version"), reply


@dataclass
class Room:
    """A led session: who leads at a board, three people in browsers, and the same session from behind."""

    board: Person
    ana: Person
    ben: Person
    cyd: Person
    behind: Behind
    code: str
    coach_link: str

    @property
    def team(self) -> tuple[Person, Person, Person]:
        """The three."""
        return self.ana, self.ben, self.cyd

    @property
    def everybody(self) -> tuple[Person, ...]:
        """The three, and who leads."""
        return (self.board, *self.team)

    def goes_on(self, label: str, then: str | re.Pattern[str]) -> None:
        """Who leads presses a button and waits for no countdown; the three see what comes next."""
        self.board.press(label)
        expect(self.board.page.get_by_role("button", name=label, exact=True)).to_have_count(0, timeout=PATIENCE_MS)
        if self.board.button("Do it now").is_visible():
            self.board.press("Do it now")
        for person in self.team:
            comes_along(person, then)

    def sends(self, name: str, answer: Callable[[list[Doc]], dict[str, Any]]) -> None:
        """Let somebody send at a second device what `answer` makes of the fields on the page."""
        key = next(m.key for m in self.behind.store.roster(self.behind.session) if m.name == name)
        page = self.behind.person(key).page
        page.refresh()
        values = answer([f for p in page.view["pages"] for f in p["fields"]])
        told = {"values": values, "passed": []}
        (reply,) = page.take(
            {"field": "$submit", "value": told, "save_key": f"{page.view['key']}/{secrets.token_hex(6)}"}
        )
        assert "saved_at" in reply, reply

    def ends(self) -> None:
        """Who leads ends the session; the board asks once more."""
        self.board.press("End the session")
        self.board.page.get_by_role("dialog").get_by_role("button", name="End the session").click()
        self.board.sees("The session has ended.")

    def others_answer(self, *but: Person) -> None:
        """All but these do at a second device what their pages ask."""
        names = {person.name for person in but}
        members = {member.name: member.key for member in self.behind.store.roster(self.behind.session)}
        self.behind.answer(without={members[name] for name in names})


def enter(browser: Browser, server: Server, home: Path, workbook: str) -> Room:
    """Open a workbook for the same team; the board is opened, and the three come in and tap their names."""
    made = new_session(home, workbook, "--team-id", TEAM)
    root = f"http://{HOST}:{server.url.rsplit(':', 1)[1]}"
    board = lead(browser, f"{root}setup/{made['facilitator_link'].rsplit('/', 1)[1]}", LAPTOP)
    sizes = {"Ana Ortiz": PHONE, "Ben Hale": LAPTOP, "Cyd Moe": PHONE}
    ana, ben, cyd = (taps_in(browser, root, made["code"], name, size) for name, size in sizes.items())
    board.sees("3 of 3 here")
    behind = Behind(home, made["code"])
    behind.sit_down()
    return Room(board, ana, ben, cyd, behind, made["code"], root + "key/" + made["coach_link"].rsplit("/", 1)[1])


def taps_in(browser: Browser, root: str, code: str, name: str, size: dict[str, int]) -> Person:
    """Come in by code and tap one's own name on the list."""
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]  # the width and height it asks for
    page = context.new_page()
    faults = faults_of(page)
    page.goto(root)
    page.get_by_label("Code from the wall").fill(code.lower())
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name=name).click()
    person = Person(name, context, page, faults)
    person.sees("You are in")
    return person


def comes_along(person: Person, text: str | re.Pattern[str]) -> None:
    """Go where everybody is: whoever has a hand on the page is asked first."""
    go, there = person.button("Go there"), person.page.get_by_text(text).locator("visible=true").first
    while not there.is_visible():
        expect(go.or_(there).first).to_be_visible(timeout=PATIENCE_MS)
        with contextlib.suppress(Error):
            # A page that goes by itself takes the button along.
            if not there.is_visible():
                go.click(timeout=SOON_MS)


def types(person: Person, label: str | re.Pattern[str], words: str) -> None:
    """Type into the line of this name; a table may be called the same."""
    person.page.get_by_role("textbox", name=label).first.fill(words)


def picks(person: Person, label: str | re.Pattern[str], option: str) -> None:
    """Choose from the list of this name."""
    person.page.get_by_role("combobox", name=label).first.select_option(label=option)


def fetched(person: Person, path: str) -> str:
    """What stands at an address of the same server, as this browser gets it."""
    found: str = person.page.evaluate("path => fetch(path).then(answer => answer.text())", path)
    return found


def kept_once(behind: Behind) -> None:
    """Assert that the store holds each answer once."""
    held = Counter((r.step, r.round, r.field, r.author) for r in behind.snapshot.responses)
    assert max(held.values()) == 1


def measured(home: Path, code: str) -> dict[tuple[str, str, str], Any]:
    """The values of a session's measures, by step, id and what they are of."""
    found = json.loads(command(home, "measures", code, "--json"))
    return {(m["step"], m["id"], m["of"]): m["value"] for m in found}


def exported(home: Path, code: str, name: str) -> list[dict[str, str]]:
    """The rows of one file of a session, as its coach may have it."""
    command(home, "export", code, "--format", "csv", "--out", str(home / "out"))
    return list(csv.DictReader(io.StringIO((home / "out" / name).read_text("utf-8-sig"))))


def finishes(person: Person, label: str) -> None:
    """Say with this button that the team is done, and wait until it is gone."""
    person.press(label)
    try:
        expect(person.page.get_by_role("button", name=label, exact=True)).to_have_count(0, timeout=PATIENCE_MS)
    except AssertionError as error:
        raise AssertionError(f"{person.name} could not finish: {person.page.inner_text('main')}") from error
