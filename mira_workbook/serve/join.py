"""Coming in with a code: which team, which name, and what to do when a name is taken."""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from mira_workbook.catalogue import say
from mira_workbook.content.groups import role_group
from mira_workbook.content.lists import SHARED
from mira_workbook.errors import SeatError
from mira_workbook.records import Meeting, Member
from mira_workbook.serve import links
from mira_workbook.serve.home import CodeDoor
from mira_workbook.serve.planning import say_early
from mira_workbook.serve.replies import Answer, Redirect, Refused, Reply
from mira_workbook.serve.visits import Place, person, place_of, places, seats_in
from mira_workbook.store import NewMember
from mira_workbook.text import clean, fold

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Name:
    """A line of the list of names; `many` people may bear it."""

    text: str
    key: str
    here: bool


class JoinDoor(CodeDoor):
    """What all doors of `/join/<code>` share."""

    def place(self, code: str) -> Place:
        """The team that is meant, or breaks off to ask which."""
        meeting = self.meeting(code)
        found = places(self.house.store, meeting)
        place = place_of(found, self.asked("team") or self.typed("team"))
        if place is None:
            raise Refused(Reply("which_team.html", {"places": found, "here": self.here(meeting.code)}))
        return place

    def here(self, code: str, slug: str = "") -> str:
        """The address of a meeting's join page."""
        return f"{links.join(self.house.base_url, code)}" + (f"?team={quote(slug)}" if slug else "")

    def to_page(self, place: Place) -> Redirect:
        """On to the workbook."""
        return Redirect(links.page(self.house.base_url, place.workbook.slug, place.meeting.code))

    def reply(self, template: str, place: Place, status: int = HTTPStatus.OK, **data: object) -> Reply:
        """A page about one team's meeting."""
        here = self.here(place.meeting.code, place.team.slug)
        return Reply(template, {"place": place, "here": here, **data}, status)


class Join(JoinDoor):
    """`/join/<code>`: GET shows the names and takes nothing; POST takes a seat."""

    def show(self, code: str) -> Answer:
        """Names to tap, a form for a new name, or “Are you Ana?”."""
        meeting = self.meeting(code)
        known = self._known(meeting)
        if known:
            return known
        if meeting.ended_at is not None:
            return self.home("code_ended", status=HTTPStatus.GONE)
        place = self.place(code)
        if self.house.store.cycle_is_over(place.session.id):
            told = {"title_text": say("cycle_over_title"), "text": say("cycle_closed")}
            return Reply("told.html", told, HTTPStatus.GONE)
        return self._name_form(place) if self.asked("new") or not place_people(self, place) else self._names(place)

    def take(self, code: str) -> Answer:
        """Take the seat of the name that was tapped or typed."""
        place = self.place(code)
        if place.meeting.ended_at is not None:
            return self.home("code_ended", status=HTTPStatus.GONE)
        if self.typed("leave"):
            return self._let_go(place)
        key = self.typed("member")
        return self._tapped(place, key) if key else self._typed_name(place)

    def _known(self, meeting: Meeting) -> Reply | None:
        """The page for a browser that sits in this meeting already."""
        store = self.house.store
        for seat in reversed(seats_in(store, self.browser, meeting, "member")):
            who, session = person(store, seat), store.session(seat.session_id)
            place = Place(meeting, session, store.team(session.team_id), store.workbook(meeting))
            if who:
                to = links.page(self.house.base_url, place.workbook.slug, meeting.code)
                return self.reply("are_you.html", place, who=who, to=to)
        return None

    def _let_go(self, place: Place) -> Answer:
        """“No, I am somebody else”."""
        for seat in seats_in(self.house.store, self.browser, place.meeting, "member"):
            self.house.store.release_seat(seat)
        return Redirect(self.here(place.meeting.code))

    def _names(self, place: Place) -> Reply:
        names: dict[str, Name] = {}
        for member in sorted(place_people(self, place), key=lambda m: fold(m.name)):
            here = self.house.store.member_is_seated(member.id, place.session.id)
            first = names.get(fold(member.name))
            names[fold(member.name)] = Name(
                member.name, first.key if first else member.key, here and (not first or first.here)
            )
        return self.reply("names.html", place, names=list(names.values()), early=self._early(place))

    def _name_form(self, place: Place, problem: str = "") -> Reply:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
        typed = {name: self.get_body_argument(name, "")[:_LONGEST] for name in ("name", "role", "group", "fourteen")}
        people = bool(place_people(self, place))
        groups = SHARED["role_group"]
        return self.reply(
            "name_form.html",
            place,
            status,
            problem=say(problem) if problem else "",
            typed=typed,
            people=people,
            groups=groups,
            early=self._early(place),
        )

    def _early(self, place: Place) -> str:
        """When it begins, for those who come before somebody who leads does; "" once it has begun."""
        if place.meeting.pace != "led" or place.session.stage_rev:
            return ""
        return say_early(place.meeting, place.team.facts, self.house.store.clock())

    def _tapped(self, place: Place, key: str) -> Answer:
        """A name on the list was tapped: sit down, or ask which of two, or knock."""
        people = place_people(self, place)
        member = next((m for m in people if m.key == key), None)
        if member is None:
            return self._names(place)
        same = [m for m in people if fold(m.name) == fold(member.name)]
        if len(same) > 1 and not self.typed("sure"):
            return self._which_of(place, same, member.name)
        return self._sit(place, member)

    def _which_of(self, place: Place, same: list[Member], name: str) -> Reply:
        typed = {field: self.typed(field)[:_LONGEST] for field in ("role", "group", "fourteen")}
        return self.reply("which_of.html", place, same=same, name=name, typed=typed)

    def _sit(self, place: Place, member: Member) -> Answer:
        store = self.house.store
        try:
            store.take_seat(self.browser, place.session.id, "member", member.id)
        except SeatError:
            if self._known(place.meeting):
                return Redirect(self.here(place.meeting.code))
            if not self.typed("knock"):
                return self.reply("in_use.html", place, who=member)
            store.knock(self.browser, place.session.id, member.id)
            return Redirect(f"{links.join(self.house.base_url, place.meeting.code)}/wait?team={quote(place.team.slug)}")
        return self.to_page(place)

    def _typed_name(self, place: Place) -> Answer:
        """A new name: somebody on the list under the same name is asked about first."""
        name = clean(self.typed("name"))[:_LONGEST]
        if not name:
            return self._name_form(place, "join_name_missing")
        if not self.typed("group"):
            return self._name_form(place, "join_group_missing")
        same = [m for m in place_people(self, place) if fold(m.name) == fold(name)]
        if same and not self.typed("sure"):
            return self._which_of(place, same, name)
        known = self._known(place.meeting)
        if known:
            return known
        role = clean(self.typed("role"))[:_LONGEST]
        group = role_group(self.typed("group"), role, self.typed("fourteen"))
        return self._sit(place, self.house.store.add_member(place.session.id, NewMember(name, role, group)))


class Wait(JoinDoor):
    """`/join/<code>/wait`: until somebody lets this browser in."""

    def show(self, code: str) -> Answer:
        """Waiting, or on to the workbook."""
        place = self.place(code)
        if self.house.store.seat(self.browser, place.session.id, "member"):
            return self.to_page(place)
        return self.reply("wait.html", place, led=place.meeting.pace == "led")


def place_people(door: JoinDoor, place: Place) -> list[Member]:
    """Who is on the team's list."""
    return list(door.house.store.roster(place.session.id))
