"""Links of facilitators, coaches and those who look on."""

import re
from http import HTTPStatus

from mira_workbook.catalogue import say
from mira_workbook.errors import SeatError
from mira_workbook.records import Meeting, Role
from mira_workbook.serve import links
from mira_workbook.serve.doors import Door
from mira_workbook.serve.replies import Answer, Redirect, Refused, Reply
from mira_workbook.serve.visits import places

_SECRET = re.compile(r"[A-Za-z0-9_-]{16,64}$")


class KeyDoor(Door):
    """A door that is opened with a key."""

    def opened(self, secret: str) -> tuple[Meeting, Role]:
        """The meeting and role of a key, or breaks off to say that it is not good."""
        try:
            return self.house.store.key_role(secret)
        except SeatError:
            data = {"role": "facilitator", "problem": say("key_unknown")}
            raise Refused(Reply("wrong_door.html", data, HTTPStatus.FORBIDDEN)) from None


class Key(KeyDoor):
    """`/key/<secret>`: GET says what it opens, POST opens it."""

    def show(self, secret: str) -> Answer:
        """What the link is for."""
        meeting, role = self.opened(secret)
        if role == "facilitator":
            return Redirect(links.keyed(self.house.base_url, role, secret))
        found = places(self.house.store, meeting)
        return Reply("key.html", {"role": role, "places": found, "place": found[0]})

    def take(self, secret: str) -> Answer:
        """Sit down and go on to the role's page."""
        house, (meeting, role) = self.house, self.opened(secret)
        if role == "facilitator":
            return Redirect(links.keyed(house.base_url, role, secret))
        if role == "viewer" and not house.has_board(role):
            return Reply("told.html", {"title_text": say("key_viewer_none"), "text": say("key_viewer_later")})
        house.store.enter(self.browser, secret)
        base, code = house.base_url, meeting.code
        return Redirect(links.coach(base, code) if role == "coach" else links.board(base, role, code))


class Paste(KeyDoor):
    """`/key`: a pasted link."""

    def take(self) -> Answer:
        """Go where the link leads."""
        found = _SECRET.search(self.typed("link").strip().rstrip("/"))
        secret = found[0] if found else ""
        _meeting, role = self.opened(secret)
        return Redirect(links.keyed(self.house.base_url, role, secret))
