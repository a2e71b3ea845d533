"""The simple page: a member's page over plain requests, for networks that let nothing through that stays open."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from tornado.web import HTTPError

from mira_workbook.errors import MiraError, SeatError
from mira_workbook.records import Meeting, Seat
from mira_workbook.serve import links
from mira_workbook.serve.home import CodeDoor
from mira_workbook.serve.replies import Answer, Content, Redirect, Refused, Reply
from mira_workbook.serve.simple_desks import SimpleDesk
from mira_workbook.serve.small import Machine
from mira_workbook.serve.visits import place_of, places, seats_in
from mira_workbook.widgets.form import Form

LEFT = "$left"
"""What a page says last."""
_PAGE = re.compile(r"[a-z0-9]{8,40}")


class Simple(CodeDoor):
    """`/simple/<code>?team=`: the page of whoever has a member's seat; everybody else is shown the right door."""

    async def get(self, *args: str) -> None:
        """Show it, and let the browser keep its token, as the live page does."""
        if self.browser:
            self.keep_browser()
        await super().get(*args)

    def show(self, code: str) -> Answer:
        """The page without its step, which its script asks for."""
        meeting = self.meeting(code)
        self.seat(meeting)
        workbook, base = self.house.store.workbook(meeting), self.house.base_url
        team = self.asked("team")
        live = links.page(base, workbook.slug, meeting.code) + (f"&{urlencode({'team': team})}" if team else "")
        # `team` tells a browser that sits in several teams apart; it opens nothing.
        told = {"baseUrl": base, "address": f"{base}simple/{meeting.code}", "team": team, "texts": Form.its_texts()}
        return Reply("simple.html", {"workbook": workbook, "live": live, "told": told})

    def seat(self, meeting: Meeting) -> Seat:
        """This browser's seat as a member: in the team that is named, else its first, as on the live page.

        Raises:
            Refused: it has none.
        """
        store = self.house.store
        held = seats_in(store, self.browser, meeting, "member")
        if not held:
            raise Refused(self.no_seat(meeting))
        place = place_of(places(store, meeting), self.said("team"))
        return next((one for one in held if place and one.session_id == place.session.id), held[0])

    def said(self, name: str) -> str:
        """What the page said beside its message."""
        return self.asked(name)

    def no_seat(self, meeting: Meeting) -> Answer:
        """Where to go without a seat."""
        return Redirect(links.join(self.house.base_url, meeting.code))


class Asked(Machine, Simple):
    """What the script of a simple page asks; it looks at the status alone where it gets no answer."""

    async def get(self, *args: str) -> None:
        """Show; a reading of the page makes no cookie last longer."""
        await CodeDoor.get(self, *args)

    def no_seat(self, meeting: Meeting) -> Answer:  # noqa: ARG002 - refused alike in every meeting
        """Refused: the page then loads itself anew and is shown the right door."""
        return Content(b"{}", "application/json", status=403)

    def told(self, code: str, work: Callable[[SimpleDesk], dict[str, Any]]) -> Answer:
        """What the desk of this page answers, as JSON."""
        if not _PAGE.fullmatch(self.said("page")):
            raise HTTPError(400)
        seat = self.seat(self.meeting(code))
        site = urlsplit(self.root)
        try:
            desk = self.house.simple.at(seat, self.said("page"), f"{site.scheme}://{site.netloc}")
            found = work(desk)
        except SeatError:
            return Content(b"{}", "application/json", status=403)
        except MiraError:
            # The page says that there is no connection, keeps the words and tries again.
            return Content(b"{}", "application/json", status=503)
        return Content(json.dumps(found, ensure_ascii=False).encode(), "application/json; charset=utf-8")


class Look(Asked):
    """`/simple/<code>/look?page=&since=&here=`: what has changed since the page with this mark."""

    def show(self, code: str) -> Answer:
        """Note the sign of life that came along, and tell."""
        return self.told(code, lambda desk: desk.look(self.asked("here"), self.asked("since")))


class Say(Asked):
    """`/simple/<code>/say`: one message of the page, the same that a live page sends to its kernel."""

    def said(self, name: str) -> str:
        """What the page said beside its message."""
        return self.typed(name)

    def show(self, *_args: str) -> Answer:
        """Nothing is said by looking."""
        raise HTTPError(405)

    def take(self, code: str) -> Answer:
        """Hand the message to the desk."""
        try:
            message = json.loads(self.typed("message"))
        except ValueError:
            message = None
        if not isinstance(message, dict):
            raise HTTPError(400)
        if message.get("field") == LEFT:
            return self._left(code)
        return self.told(code, lambda desk: desk.take(message, self.typed("since")))

    def _left(self, code: str) -> Answer:
        """The page is gone, and so is its person, unless another of theirs is open."""
        seat, house = self.seat(self.meeting(code)), self.house
        if house.simple.leave(seat, self.typed("page")) and not house.kernels.is_seen(seat):
            house.gone.note(seat, "lost")
        return Content(b"{}", "application/json")
