"""One team of three whose sessions follow one another: a board, a laptop and two phones, each with somebody at it."""

import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from led import Behind, lead
from meeting import HOST, LAPTOP, PATIENCE_MS, PHONE, Person
from playwright.sync_api import Browser, Error, expect
from servers import Server, command

from mira_workbook.rehearse.people import HABITS
from mira_workbook.rehearse.people import Person as Scripted

ROSTER = """name,role,role_group
Ana Ortiz,Principal,administrator
Ben Hale,Grade 2 teacher,teacher_k2
Cyd Moe,Counselor,student_support
"""
SENTENCES = (("statement", "text"), ("adjust", "sentence"))
"""Where the priority is written, and where it is mended if somebody cannot stand behind it."""
TEAM = "cedar"
SOON_MS = 2000
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
    """The cause of the same team, played from behind to its end; and the links of that session."""
    made = new_session(home, "root_cause_coaching", "--team-id", TEAM)
    behind = Behind(home, made["code"])
    behind.seat_all()
    behind.until(lambda stage: stage.current == "statement")
    write(behind.people[0], "statement", CAUSE)
    behind.until(lambda stage: stage.state == "ended")
    return behind, made


def write(person: Scripted, field: str, words: str) -> None:
    """Write one line of what the team writes together, with the pen of its page."""
    page = person.page
    page.refresh()
    (own,) = [p for p in page.view["pages"] if any(f["field"] == field for f in p["fields"])]
    pen = own.get("pen") or page.view["pen"]
    if not pen["mine"]:
        page.take({"field": "$press", "value": {"id": pen["buttons"][0]["id"]}, "save_key": f"pen-{field}"})
    version = next(f["version"] for p in page.view["pages"] for f in p["fields"] if f["field"] == field)
    page.take({"field": field, "value": words, "save_key": f"{page.view['key']}/{field}-{version}", "base": version})


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
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
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
