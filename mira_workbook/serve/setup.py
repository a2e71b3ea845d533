"""Leading a session: making the meeting."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, available_timezones

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Option
from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import load, workbooks
from mira_workbook.records import Entry, Seat, Team
from mira_workbook.rules.guards import may_record
from mira_workbook.rules.needs import type_in
from mira_workbook.serve import again, links, needed
from mira_workbook.serve.keys import KeyDoor
from mira_workbook.serve.planning import planned
from mira_workbook.serve.replies import Answer, Content, Redirect, Refused, Reply
from mira_workbook.serve.roster import take_turns, teams_from_text
from mira_workbook.serve.setup_form import Given, groups, people_of, read
from mira_workbook.store import NewTeam, Store
from mira_workbook.text import clean

_LONGEST = 80
_MOST_TYPED = 4000
_NOT_KEPT = frozenset({"token", "once", "workbook", "zone"})
"""Inputs that a page makes anew."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the form asks for, read."""

    workbook: Workbook
    teams: tuple[NewTeam, ...]
    pace: Literal["own", "led"]
    zone: str
    given: Given
    typed: Mapping[str, str]
    """What the workbook builds on, typed by hand."""


class SetUp(KeyDoor):
    """`/setup`: one page, and then the desk."""

    def show(self) -> Answer:
        """The form; with several workbooks, first the choice of one."""
        there = workbooks()
        slug = self.asked("workbook") or (next(iter(there)) if len(there) == 1 else "")
        if slug not in there:
            return Reply("which_workbook.html", {"workbooks": [load(path) for path in there.values()]})
        return self._form(load(there[slug]), Given({}), kept=self.house.forms.read(self.browser, slug))

    def take(self) -> Answer:
        """Make the meeting; the same form sent twice makes one."""
        house, once = self.house, f"once/{self.typed('once')}"
        if once in house.kept:
            return Redirect(links.keyed(house.base_url, "facilitator", house.kept[once]))
        plan = self._plan()
        if house.new_meetings.empty:
            return self._form(plan.workbook, plan.given, "setup_too_many")
        house.new_meetings.spend()
        opened = house.store.open_meeting(plan.workbook, plan.teams, pace=plan.pace, timezone=plan.zone)
        house.store.enter(self.browser, opened.keys["facilitator"])
        for session in opened.sessions:
            seat = house.store.seat(self.browser, session.id, "facilitator")
            if seat is not None:
                note_set_up(house.store, seat, plan.given)
                house.store.type_carries(seat, type_in(plan.typed, leads=True), session.id)
        key = opened.keys["facilitator"]
        house.forms.drop(self.browser, plan.workbook.slug)
        house.kept |= {once: key, f"links/{key}": {role: opened.keys[role] for role in ("coach", "viewer")}}
        return Redirect(links.keyed(house.base_url, "facilitator", key))

    def _plan(self) -> Plan:
        """Read the form, or break off and show it again with what is missing."""
        path = workbooks().get(self.typed("workbook"))
        if path is None:
            raise Refused(Redirect(f"{self.house.base_url}setup"))
        workbook, zone = load(path), self.typed("zone")
        zone = zone if zone in available_timezones() else "UTC"
        teams, people = self._teams()
        given = read(workbook, self.typed, people, datetime.now(ZoneInfo(zone)).date())
        typed, odd = needed.read(workbook, self.typed)
        if not teams[0].name:
            raise Refused(self._form(workbook, given, "setup_team_missing"))
        if given.problems or odd:
            raise Refused(self._form(workbook, given, "setup_look_again", odd=odd))
        # What was planned for an earlier day of a team that goes on is taken away.
        when = {name: self.typed(name)[:20] or None for name in ("day", "starts", "ends", "screen")}
        new = {name: value for name, value in when.items() if value}
        teams = [replace(team, facts=new if team.team_id is None else when) for team in teams]
        led = self.typed("pace") == "led" and self.house.has_board("facilitator")
        return Plan(workbook, tuple(teams), "led" if led else "own", zone, given, typed)

    def _teams(self) -> tuple[list[NewTeam], tuple[Option, ...]]:
        """The teams that are meant, new or one that goes on, and who may be named in the first of them."""
        store, known = self.house.store, self._again(self.typed("go_on"))
        teams = teams_from_text(self.typed("people"), clean(self.typed("team"))[:_LONGEST] if known is None else "-")
        if self.typed("turns"):
            # Before anything is read that names people by their place on the list.
            teams = [replace(team, members=take_turns(team.members)) for team in teams]
        if known is None:
            return teams, people_of(teams[0])
        people = store.members(known.id)
        first = again.going_on(known, people, teams[0].members)
        return [first, *teams[1:]], again.people_of(people, first.members)

    def _again(self, slug: str) -> Team | None:
        """The team to go on with, None for a new one; another browser's team breaks off."""
        if not slug:
            return None
        found = next((team for team in again.led_teams(self.house.store, self.browser) if team.slug == slug), None)
        if found is None:
            told = {"title_text": say("told_title"), "text": say("team_not_yours")}
            raise Refused(Reply("told.html", told, HTTPStatus.FORBIDDEN))
        return found

    def _form(
        self,
        workbook: Workbook,
        given: Given,
        problem: str = "",
        kept: Mapping[str, str] | None = None,
        odd: Mapping[str, str] | None = None,
    ) -> Reply:
        """The page; `kept` is what was typed on it before, by name of its inputs."""

        def typed(name: str) -> str:
            return kept.get(name, "") if kept else self.get_body_argument(name, "")[:_MOST_TYPED]

        today = date.today() if not self.typed("zone") else datetime.now(UTC).date()  # noqa: DTZ011 - a proposal only
        data: dict[str, Any] = {
            "workbook": workbook,
            "groups": groups(workbook, typed, given, today),
            "typed": {n: typed(n) for n in ("team", "pace", "day", "starts", "ends", "screen")}
            | {"people": (kept or {}).get("people", "") or self.get_body_argument("people", "")}
            | {"go_on": typed("go_on") or self.asked("team")},
            "known": again.led_teams(self.house.store, self.browser),
            "needed": needed.inputs(workbook, typed, odd or {}),
            "led": self.house.has_board("facilitator"),
            "turns": bool(typed("turns")) or not (kept or self.request.method == "POST"),
            "once": self.typed("once") or secrets.token_urlsafe(12),
            "plan": planned(workbook),
            "again": bool(kept),
            "problem": say(problem) if problem else "",
            "problem_at": problem,
        }
        return Reply("setup.html", data, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK)


class Typing(SetUp):
    """`/setup/typed`: what stands on the set-up page while it is typed; with `anew` it is forgotten."""

    def show(self) -> Answer:
        """There is nothing to see here."""
        return Redirect(f"{self.house.base_url}setup")

    def take(self) -> Answer:
        """Keep the form, or forget it and begin anew."""
        forms, slug = self.house.forms, self.typed("workbook")
        if slug not in workbooks():
            return self.show()
        if self.typed("anew"):
            forms.drop(self.browser, slug)
            return Redirect(f"{self.house.base_url}setup?{urlencode({'workbook': slug})}")
        names = set(self.request.body_arguments) - _NOT_KEPT
        kept = forms.keep(self.browser, slug, {name: self.typed(name) for name in names})
        return Content(b"", "text/plain", status=HTTPStatus.NO_CONTENT if kept else HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def note_set_up(store: Store, seat: Seat, given: Given) -> None:
    """Record the set-up fields as the facilitator's."""
    for step, values in given.values.items():
        entry = Entry(step, 1, f"setup-{seat.session_id}-{step}", values, "facilitator", "FACIL")
        store.record(seat, entry, may_record)
