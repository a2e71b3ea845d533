"""The facilitator's desk: code, links, who has arrived, and the ways to the board."""

import base64
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.errors import SeatError
from mira_workbook.exports import EXPORTS
from mira_workbook.records import Meeting, Role
from mira_workbook.rules.needs import type_in
from mira_workbook.serve import links, needed
from mira_workbook.serve.keys import KeyDoor
from mira_workbook.serve.planning import say_minutes, say_when
from mira_workbook.serve.replies import Answer, Redirect, Refused, Reply
from mira_workbook.serve.roster import group_of
from mira_workbook.serve.setup_form import asked_before
from mira_workbook.serve.visits import Place, place_of, places
from mira_workbook.serve.warming import Warming, open_warm_up, warming
from mira_workbook.store import NewMember
from mira_workbook.text import clean

PHONE_LASTS = 600.0
"""Seconds in which a phone has to follow the square that makes it a remote."""
_LONGEST = 80
_HANDED: tuple[Role, ...] = ("facilitator", "coach", "viewer")
"""Roles for which the desk makes links."""


class Led(KeyDoor):
    """A door behind a facilitator's key."""

    def led(self, secret: str) -> Meeting:
        """The key's meeting, or breaks off and goes where another role's key leads."""
        meeting, role = self.opened(secret)
        if role != "facilitator":
            raise Refused(Redirect(links.keyed(self.house.base_url, role, secret)))
        return meeting

    def back(self, secret: str, part: str = "") -> Redirect:
        """To the desk again, or to a part of it."""
        return Redirect(links.keyed(self.house.base_url, "facilitator", secret) + part)


class Desk(Led):
    """`/setup/<key>`: GET shows the desk, POST does one thing on it."""

    def show(self, secret: str) -> Answer:
        """The desk."""
        return self._page(secret)

    def _page(self, secret: str, odd: Mapping[str, str] | None = None) -> Reply:
        """The desk, with what is odd about typed words by the input's name."""
        meeting = self.led(secret)
        store = self.house.store
        found = places(store, meeting)
        facts = found[0].team.facts
        data: dict[str, Any] = {
            "place": found[0],
            "teams": [place.team for place in found],
            "arrivals": [self._arrivals(place.session.id, place.team.name) for place in found],
            "when": say_when(facts),
            "minutes": say_minutes(found[0].workbook, facts),
            "warming": self._warming(found),
            "needed": self._needed(found, odd or {}),
            "asked_before": bool(asked_before(found[0].workbook)),
            "alone": links.is_loopback(self.root),
            "board": self.house.has_board("facilitator"),
            "screen": facts.get("screen") != "no",
            "ended": meeting.ended_at is not None,
            "closed": store.cycle_is_over(found[0].session.id),
            "links": self._links(meeting, secret),
            "others": store.later_keys(secret),
            "secret": secret,
        }
        return Reply("desk.html", data, HTTPStatus.UNPROCESSABLE_ENTITY if odd else HTTPStatus.OK)

    def take(self, secret: str) -> Answer:
        """Do what was pressed: open a board, take a file, let somebody in, make or withdraw a link."""
        meeting, act = self.led(secret), self.typed("act")
        self.house.store.enter(self.browser, secret)
        doing: dict[str, Callable[[Meeting, str], Answer | None]] = {
            "board": self._board,
            "phone": self._phone,
            "file": self._file,
            "link": self._link,
            "withdraw": self._withdraw,
            "admit": self._admit,
            "person": self._person,
            "warm_up": self._warm_up,
            "need": self._need,
        }
        answer = doing[act](meeting, secret) if act in doing else None
        return answer or self.back(secret)

    def _board(self, meeting: Meeting, _secret: str) -> Answer | None:
        if not self.house.has_board("facilitator"):
            return None
        wall = "&view=present" if self.typed("view") == "present" else ""
        return Redirect(links.board(self.house.base_url, "facilitator", meeting.code) + wall)

    def _phone(self, meeting: Meeting, secret: str) -> Answer | None:
        """A square that makes one phone the remote, once."""
        store = self.house.store
        seat = store.seat(self.browser, store.sessions(meeting.id)[0].id, "facilitator")
        if seat is None or not self.house.has_board("facilitator"):
            return None
        link = links.hand(self.root, store.make_token(seat, "hand", seconds=PHONE_LASTS))
        data = {"place": places(store, meeting)[0], "link": link, "alone": links.is_loopback(self.root)}
        return Reply(
            "phone.html", data | {"square": base64.b64encode(links.square(link)).decode(), "back": self.back(secret).to}
        )

    def _file(self, meeting: Meeting, _secret: str) -> Answer | None:
        name = self.typed("format")
        return Redirect(links.export(self.house.base_url, meeting.code, name)) if name in EXPORTS else None

    def _link(self, meeting: Meeting, secret: str) -> Answer | None:
        """One more link for a role; kept until the server ends, so that this page can show it."""
        role = next((role for role in _HANDED if role == self.typed("role")), None)
        if role is None:
            return None
        kept = self.house.kept.setdefault(f"links/{secret}", {})
        kept[role] = self.house.store.new_key(meeting.code, role)
        return self.back(secret, "#links")

    def _withdraw(self, _meeting: Meeting, secret: str) -> Answer:
        self.house.store.withdraw_later(secret)
        self.house.kept.get(f"links/{secret}", {}).pop("facilitator", None)
        return self.back(secret, "#links")

    def _admit(self, meeting: Meeting, _secret: str) -> None:
        store, knock_id = self.house.store, self.typed("knock")
        for session in store.sessions(meeting.id):
            seat = store.seat(self.browser, session.id, "facilitator")
            if seat and any(str(knock.id) == knock_id for knock in store.knocks(session.id)):
                store.admit(seat, int(knock_id))

    def _person(self, meeting: Meeting, _secret: str) -> None:
        """One more name on a team's list."""
        name, role = (clean(self.typed(field))[:_LONGEST] for field in ("name", "role"))
        place = place_of(places(self.house.store, meeting), self.typed("team"))
        if name and place:
            self.house.store.add_member(place.session.id, NewMember(name, role, group_of("", role)))

    def _need(self, meeting: Meeting, secret: str) -> Answer | None:
        """What one team builds on, typed by hand; in the room or before."""
        store = self.house.store
        place = place_of(places(store, meeting), self.typed("team"))
        if place is None:
            return None
        typed, odd = needed.read(place.workbook, self.typed)
        seat = store.seat(self.browser, place.session.id, "facilitator")
        if odd or seat is None:
            return self._page(secret, {f"{name}@{place.team.slug}": text for name, text in odd.items()})
        store.type_carries(seat, type_in(typed, leads=True), place.session.id)
        return self.back(secret, "#needed")

    def _needed(self, found: list[Place], odd: Mapping[str, str]) -> list[needed.Needed]:
        """What each team builds on; nothing where the workbook stands alone."""
        if not found[0].workbook.needs:
            return []
        store = self.house.store
        of = [(place, {name.partition("@")[0]: text for name, text in odd.items()}) for place in found]
        return [
            needed.needed(store.snapshot(place.session.id), told if _is_of(place, odd) else {}) for place, told in of
        ]

    def _warm_up(self, meeting: Meeting, secret: str) -> Answer:
        open_warm_up(self.house.store, self.browser, meeting)
        return self.back(secret, "#warm-up")

    def _warming(self, found: list[Place]) -> Warming | None:
        """How far the steps are that people can do beforehand; nothing where nobody leads."""
        if found[0].meeting.pace != "led":
            return None
        return warming([self.house.store.snapshot(place.session.id) for place in found])

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
        """The links as they are handed out; those of others only while this server knows them."""
        kept = self.house.kept.get(f"links/{secret}", {})
        made = {role: links.keyed(self.root, role, kept[role]) if role in kept else "" for role in _HANDED}
        return {
            "join": links.join(self.root, meeting.code),
            "own": links.keyed(self.root, "facilitator", secret),
            "lead": made["facilitator"],
            "coach": made["coach"],
            "viewer": made["viewer"] if self.house.has_board("viewer") else "",
        }


def _is_of(place: Place, odd: Mapping[str, str]) -> bool:
    return any(name.endswith(f"@{place.team.slug}") for name in odd)


class Hand(KeyDoor):
    """`/hand/<secret>`: a phone becomes the remote. GET tells, so that previews use nothing up; POST takes, once."""

    def show(self, secret: str) -> Answer:
        """What the link is for."""
        store = self.house.store
        try:
            seat = store.peek(secret, "hand")
        except SeatError:
            return Reply("told.html", {"title_text": say("hand_gone_title"), "text": say("hand_gone")}, HTTPStatus.GONE)
        meeting = store.meeting_by_id(seat.meeting_id)
        return Reply("hand.html", {"place": places(store, meeting)[0]})

    def take(self, secret: str) -> Answer:
        """Sit down and go on to the remote."""
        house = self.house
        try:
            seats = house.store.take_over(self.browser, secret)
        except SeatError:
            return self.show(secret)
        meeting = house.store.meeting_by_id(seats[0].meeting_id)
        return Redirect(links.board(house.base_url, "facilitator", meeting.code) + "&view=remote")
