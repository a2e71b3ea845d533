"""Leading a session: making the meeting, and the desk where its links, code and arrivals are."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import load, workbooks
from mira_workbook.exports import EXPORTS
from mira_workbook.records import Entry, Meeting, Seat
from mira_workbook.rules.guards import may_record
from mira_workbook.serve import links
from mira_workbook.serve.keys import KeyDoor
from mira_workbook.serve.replies import Answer, Redirect, Refused, Reply
from mira_workbook.serve.roster import take_turns, teams_from_text
from mira_workbook.serve.setup_form import Given, groups, read
from mira_workbook.serve.visits import places
from mira_workbook.store import NewTeam, Store
from mira_workbook.text import clean, say_date, say_time

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Plan:
    """What the form asks for, read."""

    workbook: Workbook
    teams: tuple[NewTeam, ...]
    pace: Literal["own", "led"]
    zone: str
    given: Given


class SetUp(KeyDoor):
    """`/setup`: one page, and then the desk."""

    def show(self) -> Answer:
        """The form; with several workbooks, first the choice of one."""
        there = workbooks()
        slug = self.asked("workbook") or (next(iter(there)) if len(there) == 1 else "")
        if slug not in there:
            return Reply("which_workbook.html", {"workbooks": [load(path) for path in there.values()]})
        return self._form(load(there[slug]), Given({}))

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
        self.sit(opened.meeting, "facilitator")
        for session in opened.sessions:
            seat = house.store.seat(self.browser, session.id, "facilitator")
            if seat is not None:
                note_set_up(house.store, seat, plan.given)
        key = opened.keys["facilitator"]
        house.kept |= {once: key, f"links/{key}": {"coach": opened.keys["coach"]}}
        return Redirect(links.keyed(house.base_url, "facilitator", key))

    def _plan(self) -> Plan:
        """Read the form, or break off and show it again with what is missing."""
        path = workbooks().get(self.typed("workbook"))
        if path is None:
            raise Refused(Redirect(f"{self.house.base_url}setup"))
        workbook, zone = load(path), self.typed("zone")
        zone = zone if zone in available_timezones() else "UTC"
        teams = teams_from_text(self.typed("people"), clean(self.typed("team"))[:_LONGEST])
        if self.typed("turns"):
            # Before anything is read that names people by their place on the list.
            teams = [replace(team, members=take_turns(team.members)) for team in teams]
        given = read(workbook, self.typed, teams[0], datetime.now(ZoneInfo(zone)).date())
        if not teams[0].name:
            raise Refused(self._form(workbook, given, "setup_team_missing"))
        if given.problems:
            raise Refused(self._form(workbook, given, "setup_look_again"))
        when = {name: self.typed(name)[:20] for name in ("day", "starts", "ends") if self.typed(name)}
        teams = [replace(team, facts=when) for team in teams]
        led = self.typed("pace") == "led" and self.house.has_board("facilitator")
        return Plan(workbook, tuple(teams), "led" if led else "own", zone, given)

    def _form(self, workbook: Workbook, given: Given, problem: str = "") -> Reply:
        def typed(name: str) -> str:
            return self.get_body_argument(name, "")[:4000]

        today = date.today() if not self.typed("zone") else datetime.now(UTC).date()  # noqa: DTZ011 - a proposal only
        data: dict[str, Any] = {
            "workbook": workbook,
            "groups": groups(workbook, typed, given, today),
            "typed": {n: typed(n) for n in ("team", "pace", "day", "starts", "ends")}
            | {"people": self.get_body_argument("people", "")},
            "led": self.house.has_board("facilitator"),
            "turns": bool(typed("turns")) or self.request.method != "POST",
            "once": self.typed("once") or secrets.token_urlsafe(12),
            "problem": say(problem) if problem else "",
            "problem_at": problem,
        }
        return Reply("setup.html", data, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK)


class Desk(KeyDoor):
    """`/setup/<key>`: code, links, who has arrived, and who wants in."""

    def show(self, secret: str) -> Answer:
        """The desk."""
        meeting = self._led(secret)
        store = self.house.store
        found = places(store, meeting)
        data: dict[str, Any] = {
            "place": found[0],
            "arrivals": [self._arrivals(place.session.id, place.team.name) for place in found],
            "when": say_when(found[0].team.facts),
            "alone": links.is_loopback(self.root),
            "board": self.house.has_board("facilitator"),
            "ended": meeting.ended_at is not None,
            "links": self._links(meeting, secret),
        }
        return Reply("desk.html", data)

    def take(self, secret: str) -> Answer:
        """Open the board, take a file, let somebody in, or make a new coach's link."""
        meeting = self._led(secret)
        self.sit(meeting, "facilitator")
        house, act = self.house, self.typed("act")
        if act == "board" and house.has_board("facilitator"):
            return Redirect(links.board(house.base_url, "facilitator", meeting.code))
        if act == "file" and self.typed("format") in EXPORTS:
            return Redirect(links.export(house.base_url, meeting.code, self.typed("format")))
        if act == "coach":
            house.kept[f"links/{secret}"] = {"coach": house.store.new_key(meeting.code, "coach")}
        if act == "admit" and self.typed("knock").isdecimal():
            self._admit(meeting, int(self.typed("knock")))
        return Redirect(links.keyed(house.base_url, "facilitator", secret))

    def _led(self, secret: str) -> Meeting:
        meeting, role = self.opened(secret)
        if role != "facilitator":
            raise Refused(Redirect(links.keyed(self.house.base_url, role, secret)))
        return meeting

    def _admit(self, meeting: Meeting, knock_id: int) -> None:
        store = self.house.store
        for session in store.sessions(meeting.id):
            seat = store.seat(self.browser, session.id, "facilitator")
            if seat and any(knock.id == knock_id for knock in store.knocks(session.id)):
                store.admit(seat, knock_id)

    def _arrivals(self, session_id: int, team: str) -> dict[str, Any]:
        store = self.house.store
        people = [(m.name, store.member_is_seated(m.id, session_id)) for m in store.roster(session_id)]
        return {
            "team": team,
            "people": people,
            "here": sum(here for _, here in people),
            "knocks": store.knocks(session_id),
        }

    def _links(self, meeting: Meeting, secret: str) -> dict[str, str]:
        """The links as they are handed out; the coach's only while this server knows it."""
        coach = self.house.kept.get(f"links/{secret}", {}).get("coach", "")
        return {
            "join": links.join(self.root, meeting.code),
            "facilitator": links.keyed(self.root, "facilitator", secret),
            "coach": links.keyed(self.root, "coach", coach) if coach else "",
        }


def say_when(facts: Mapping[str, Any]) -> str:
    """Spell the planned day: “December 1, 2026, 3:30 to 5:00”; "" if none was given."""
    try:
        day = say_date(date.fromisoformat(facts["day"]))
        hours = [
            say_time(datetime.fromisoformat(f"{facts['day']}T{facts[name]}"))
            for name in ("starts", "ends")
            if name in facts
        ]
    except (KeyError, ValueError):
        return ""
    if not hours or "starts" not in facts:
        return day
    return say("desk_from_to" if len(hours) > 1 else "desk_from", day=day, starts=hours[0], ends=hours[-1])


def note_set_up(store: Store, seat: Seat, given: Given) -> None:
    """Record the set-up fields as the facilitator's."""
    for step, values in given.values.items():
        entry = Entry(step, 1, f"setup-{seat.session_id}-{step}", values, "facilitator", "FACIL")
        store.record(seat, entry, may_record)
