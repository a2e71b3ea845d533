"""What was asked when the session was made, to be added to or changed until its step opens.

What is needed and still blank can be filled in after that too: later steps build on it.
"""

import secrets
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Option
from mira_workbook.records import Entry, Meeting, Seat, Snapshot
from mira_workbook.rules.context import today
from mira_workbook.rules.guards import may_record
from mira_workbook.rules.progress import blank_set_up
from mira_workbook.rules.stage import fold
from mira_workbook.serve import links
from mira_workbook.serve.coach import SeatedDoor
from mira_workbook.serve.desk import Led
from mira_workbook.serve.replies import Answer, Redirect, Reply
from mira_workbook.serve.setup_form import Given, Typed, asked_before, groups, read, spelled
from mira_workbook.store import Store

_LONGEST = 4000


class Before(Led):
    """`/setup/<key>/before`: the set-up fields once more; what is saved holds for every team where they are open."""

    leads_to = "phone_back"

    def show(self, secret: str) -> Answer:
        """The fields as they were filled in."""
        teams = self._teams(self.led(secret))
        stood = spelled(teams[0].workbook, still_open(teams), people_here(teams[0]))
        return self._form(secret, teams, lambda name: stood.get(name, ""), Given({}))

    def take(self, secret: str) -> Answer:
        """Save, or say beside each field what is odd."""
        store, meeting = self.house.store, self.led(secret)
        teams = self._teams(meeting)
        over, now = closed_to_all(teams), today(meeting, store.clock())
        given = read(teams[0].workbook, self.typed, people_here(teams[0]), now, over)
        if given.problems:
            return self._form(secret, teams, lambda name: self.typed(name)[:_LONGEST], given)
        for seat in self._leading(secret):
            note_later(store, seat, given)
        return self.back(secret)

    def _leading(self, secret: str) -> Sequence[Seat]:
        """The seats that fill it in, one for each team."""
        return self.house.store.enter(self.browser, secret)

    def _teams(self, meeting: Meeting) -> list[Snapshot]:
        return [self.house.store.snapshot(session.id) for session in self.house.store.sessions(meeting.id)]

    def _form(self, secret: str, teams: Sequence[Snapshot], typed: Typed, given: Given) -> Reply:
        book, meeting = teams[0].workbook, teams[0].meeting
        now, over = today(meeting, self.house.store.clock()), closed_to_all(teams)
        data = {
            "groups": groups(book, typed, given, now, over) if meeting.ended_at is None else [],
            "problem": say("setup_look_again") if given.problems else "",
            "back": self.back(secret).to,
            "to": say(self.leads_to),
        }
        return Reply("before.html", data, HTTPStatus.UNPROCESSABLE_ENTITY if given.problems else HTTPStatus.OK)


class FromBoard(SeatedDoor, Before):
    """`/before/<code>`: the same for a facilitator's seat, since a board knows no key."""

    leads_to = "back_to_board"

    def led(self, code: str) -> Meeting:
        """The meeting, where this browser leads it."""
        meeting = self.meeting(code)
        self.seats(meeting, ("facilitator",))
        return meeting

    def back(self, code: str, part: str = "") -> Redirect:
        """To the board again."""
        return Redirect(links.board(self.house.base_url, "facilitator", self.meeting(code).code) + part)

    def _leading(self, code: str) -> Sequence[Seat]:
        return self.seats(self.meeting(code), ("facilitator",))


def closed(snapshot: Snapshot) -> frozenset[str]:
    """Fields of steps that have opened, `step.field`: the room answers them, but for what is needed and still blank."""
    opened = fold(snapshot.acts, snapshot.workbook).opened
    return frozenset(
        f"{step.key}.{asked.key}"
        for step, asked in asked_before(snapshot.workbook)
        if step.key in opened and asked not in blank_set_up(snapshot, step)
    )


def closed_to_all(teams: Sequence[Snapshot]) -> frozenset[str]:
    """Fields that no team of the meeting leaves to be filled in here any more."""
    return frozenset.intersection(*map(closed, teams))


def still_open(teams: Sequence[Snapshot]) -> Mapping[str, Mapping[str, Any]]:
    """What stands in the fields that can be filled in: of each, as the first team has it for which it is open."""
    found: dict[str, dict[str, Any]] = {}
    for snapshot in reversed(teams):
        over = closed(snapshot)
        for step, values in given_before(snapshot).items():
            found.setdefault(step, {}).update({k: v for k, v in values.items() if f"{step}.{k}" not in over})
    return found


def people_here(snapshot: Snapshot) -> tuple[Option, ...]:
    """Who may be named."""
    return tuple(Option(member.key, member.name) for member in snapshot.members)


def given_before(snapshot: Snapshot) -> Mapping[str, Mapping[str, Any]]:
    """What stands in the set-up fields, by step and field."""
    found: dict[str, dict[str, Any]] = {}
    for step, asked in asked_before(snapshot.workbook):
        value = snapshot.team_answer(step.key, asked.key)
        if value is not None:
            found.setdefault(step.key, {})[asked.key] = value
    return found


def note_later(store: Store, seat: Seat, given: Given) -> None:
    """Record in one session what differs from what stands there, as the facilitator's; a blank takes back."""
    snapshot = store.snapshot(seat.session_id)
    stands, over = given_before(snapshot), closed(snapshot)
    versions = {(r.step, r.field): r.version for r in snapshot.responses if r.author_kind == "facilitator"}
    for step in {step.key for step, _ in asked_before(snapshot.workbook)}:
        before, after = stands.get(step, {}), given.values.get(step, {})
        keys = {key for key in {*before, *after} if f"{step}.{key}" not in over}
        changed = {key: after.get(key) for key in keys if before.get(key) != after.get(key)}
        if changed:
            base = {key: versions.get((step, key), 0) for key in changed}
            save_key = f"before-{secrets.token_hex(8)}"
            store.record(seat, Entry(step, 1, save_key, changed, "facilitator", "FACIL", base=base), may_record)
