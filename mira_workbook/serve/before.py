"""What was asked when the session was made, to be added to or changed until its step opens."""

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Option
from mira_workbook.records import Entry, Meeting, Seat, Snapshot
from mira_workbook.rules.context import today
from mira_workbook.rules.guards import may_record
from mira_workbook.rules.stage import fold
from mira_workbook.serve.desk import Led
from mira_workbook.serve.replies import Answer, Reply
from mira_workbook.serve.setup_form import Given, Typed, asked_before, groups, read, spelled
from mira_workbook.store import Store

_LONGEST = 4000


class Before(Led):
    """`/setup/<key>/before`: the set-up fields once more; what is saved holds for every team of the meeting."""

    def show(self, secret: str) -> Answer:
        """The fields as they were filled in."""
        seen = self._seen(self.led(secret))
        stood = spelled(seen.workbook, given_before(seen), people_here(seen))
        return self._form(secret, seen, lambda name: stood.get(name, ""), Given({}))

    def take(self, secret: str) -> Answer:
        """Save, or say beside each field what is odd."""
        store, meeting = self.house.store, self.led(secret)
        seen = self._seen(meeting)
        over = begun(seen)
        now = today(meeting, store.clock())
        given = read(seen.workbook, self.typed, people_here(seen), now, over)
        if given.problems:
            return self._form(secret, seen, lambda name: self.typed(name)[:_LONGEST], given)
        for seat in store.enter(self.browser, secret):
            note_later(store, seat, given)
        return self.back(secret)

    def _seen(self, meeting: Meeting) -> Snapshot:
        """The first team: what is asked beforehand is the same for all."""
        return self.house.store.snapshot(self.house.store.sessions(meeting.id)[0].id)

    def _form(self, secret: str, seen: Snapshot, typed: Typed, given: Given) -> Reply:
        now = today(seen.meeting, self.house.store.clock())
        data = {
            "groups": groups(seen.workbook, typed, given, now, begun(seen)) if seen.meeting.ended_at is None else [],
            "problem": say("setup_look_again") if given.problems else "",
            "back": self.back(secret).to,
        }
        return Reply("before.html", data, HTTPStatus.UNPROCESSABLE_ENTITY if given.problems else HTTPStatus.OK)


def begun(snapshot: Snapshot) -> frozenset[str]:
    """The steps that have opened: what they ask is answered in the room."""
    return frozenset(fold(snapshot.acts, snapshot.workbook).opened)


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
    stands, over = given_before(snapshot), begun(snapshot)
    versions = {(r.step, r.field): r.version for r in snapshot.responses if r.author_kind == "facilitator"}
    for step in {step.key for step, _ in asked_before(snapshot.workbook)} - over:
        before, after = stands.get(step, {}), given.values.get(step, {})
        changed = {key: after.get(key) for key in {*before, *after} if before.get(key) != after.get(key)}
        if changed:
            base = {key: versions.get((step, key), 0) for key in changed}
            save_key = f"before-{secrets.token_hex(8)}"
            store.record(seat, Entry(step, 1, save_key, changed, "facilitator", "FACIL", base=base), may_record)
