"""Charts for whoever has a seat: drawn once off the loop, shown by all, never before they are revealed."""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus

from tornado.web import HTTPError

from mira_workbook.charts import Look
from mira_workbook.charts.read import Read, charts
from mira_workbook.errors import MiraError
from mira_workbook.records import Role, Seat
from mira_workbook.rules.sight import Viewer
from mira_workbook.rules.stage import fold
from mira_workbook.serve.house import Pictures
from mira_workbook.serve.replies import Answer, Content
from mira_workbook.serve.small import Machine
from mira_workbook.serve.visits import place_of, places, seats_in

_LOOKS = {(size, theme): Look(size, theme) for size in ("phone", "board", "wall") for theme in ("light", "dark")}
_FOR_PHONES: tuple[Role, ...] = ("member", "viewer", "coach", "facilitator")
"""Which of several seats of a browser a phone's picture is for; boards ask the other way round."""
_SAFE = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture to be sent: what it is read from, how it is looked at, and its name."""

    read: Read
    look: Look
    name: str


class Drawn(Machine):
    """`/picture/<code>/<step>/<index>.svg?size=phone&theme=light&team=`; sizes are phone, board and wall."""

    async def get(self, *args: str) -> None:
        """Send the picture; a room asks for the same one in the same second, so one thread draws and the rest wait."""
        try:
            wanted = await self.off_loop(self._wanted, *args)
        except MiraError:
            raise HTTPError(HTTPStatus.NOT_FOUND) from None
        kept = self.house.pictures.get(wanted.name)
        if kept is None:
            loop = asyncio.get_running_loop()
            kept = await loop.run_in_executor(self.house.drawing, draw, wanted, self.house.pictures)
        self.send(self._picture(wanted, kept))

    def _picture(self, wanted: Wanted, svg: bytes) -> Answer:
        if not svg:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        mark = f'"{wanted.name[:24]}"'
        # An address that names all the picture is made from may be kept; any other is asked about again.
        # A phone's page does not know its theme: its address names the picture in light.
        names = (wanted.name, wanted.read.key(Look()))
        known = bool(self.asked("v")) and any(name.startswith(self.asked("v")) for name in names)
        headers = {"Cache-Control": f"private, {'max-age=86400' if known else 'no-cache'}", "ETag": mark, **_SAFE}
        if self.request.headers.get("If-None-Match") == mark:
            return Content(b"", "image/svg+xml", headers, HTTPStatus.NOT_MODIFIED)
        return Content(svg, "image/svg+xml", headers)

    def _wanted(self, code: str, step: str, index: str) -> Wanted:
        """The picture as this seat may see it."""
        seat = self._seat(code)
        look = _LOOKS.get((self.asked("size") or "phone", self.asked("theme") or "light"))
        snapshot = self.house.store.snapshot(seat.session_id)
        stage = fold(snapshot.acts, snapshot.workbook)
        if look is None or all(known.key != step for known in snapshot.workbook.steps):
            raise HTTPError(HTTPStatus.NOT_FOUND)
        found = charts(snapshot, stage, Viewer(seat.role, seat.member_key), step)
        if int(index) >= len(found):
            raise HTTPError(HTTPStatus.NOT_FOUND)
        return Wanted(found[int(index)], look, found[int(index)].key(look))

    def _seat(self, code: str) -> Seat:
        """This browser's seat in the meeting: a member's for a phone's picture, a board's for a board's and the wall's.

        Whoever has a board of several teams says which.
        """
        store = self.house.store
        meeting = store.meeting(code) if self.browser else None
        held = seats_in(store, self.browser, meeting) if meeting else []
        if meeting and self.asked("team"):
            place = place_of(places(store, meeting), self.asked("team"))
            held = [s for s in held if place and s.session_id == place.session.id]
        if not held:
            raise HTTPError(HTTPStatus.FORBIDDEN)
        # What a browser sits in for the page that asks: somebody may lead in one window and answer in another.
        order = _FOR_PHONES if (self.asked("size") or "phone") == "phone" else _FOR_PHONES[::-1]
        return max(held, key=lambda seat: (-order.index(seat.role), seat.id))


def draw(wanted: Wanted, kept: Pictures) -> bytes:
    """Draw, unless somebody asked for the same just before."""
    return kept.get(wanted.name) or kept.keep(wanted.name, wanted.read.draw(wanted.look))
