"""Workbook pages and boards: who may open which, one grant for one kernel, and whose kernel it is."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.ioloop import IOLoop
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from mira_workbook.catalogue import say
from mira_workbook.errors import MiraError
from mira_workbook.records import Role, Seat
from mira_workbook.serve import cells, links
from mira_workbook.serve.doors import HEADERS, Visitor
from mira_workbook.serve.drawing import draw
from mira_workbook.serve.kernels import Visit
from mira_workbook.serve.notebooks import notebook
from mira_workbook.serve.replies import Answer, Redirect, Reply
from mira_workbook.serve.stock import Ready
from mira_workbook.store import plain_code

log = logging.getLogger(__name__)
PATIENCE = 90.0
"""Seconds a page may take until all of it is there."""
ROLES: dict[str, tuple[Role, ...]] = {"facilitate": ("facilitator", "viewer"), "coach": ("coach",)}
"""Notebook to the roles its page is for; every other one is for members."""
_ASKED = {"view": re.compile("[a-z]{1,20}"), "team": re.compile("[a-z0-9-]{1,200}")}
"""What an address may say beside the code, and how it is spelled."""
_TOO_LONG = '<p class="mira-banner" role="group" aria-label="Not open">{} <a href="">{}</a></p></main></body></html>'


class Render(Visitor):
    """`/voila/render/<slug>.ipynb`: the page of whoever has a seat; everybody else is shown the right door."""

    def set_default_headers(self) -> None:
        """The headers of every answer."""
        for name, value in HEADERS.items():
            self.set_header(name, value)

    async def head(self, _slug: str) -> None:
        """Say that the server is there; no kernel starts."""
        self.finish()

    async def get(self, slug: str) -> None:
        """Draw the page with a kernel of its own, or say where to go, or that the room is full."""
        code = plain_code(self.get_query_argument("m", ""))[:12]
        try:
            found = await self.off_loop(self._seat, slug, code, self.get_query_argument("team", ""))
        except MiraError:
            found = Redirect(self.house.base_url)
        if not isinstance(found, Seat):
            self.send(found)
            return
        query = {"m": code} | self._where(found)
        kernels, page = self.house.kernels, f"{slug}?{urlencode(query)}"
        await kernels.end_left(self.browser, page)
        place = kernels.line.place(self.browser, kernels.cap - kernels.taken)
        if place:
            self.set_header("Retry-After", "5")
            self.send(Reply("503.html", {"place": place}, 503))
            return
        self.keep_browser()
        await self._draw(slug, query, Visit(self.browser, page, found, self._addresses()))

    def _seat(self, slug: str, code: str, team: str) -> Seat | Answer:
        """The seat that opens this page, or where to go without one."""
        house, roles = self.house, ROLES.get(slug, ("member",))
        if not (house.root / f"{slug}.ipynb").is_file():
            raise HTTPError(404)
        held = [s for s in house.store.seats_of(self.browser) if s.role in roles] if self.browser and code else []
        if not held:
            return self._right_door(roles[0], code)
        meeting = house.store.meeting(code)
        seats = [s for s in held if s.meeting_id == meeting.id]
        if not seats:
            return self._right_door(roles[0], code)
        due = house.store.workbook(meeting).slug
        if slug not in ROLES and due != slug:
            return Redirect(links.page(house.base_url, due, meeting.code))
        if self.get_query_argument("view", "") == "wall":
            roles = roles[::-1]  # who leads and looks on in one browser gets the wall that was asked for
        mine = sorted(seats, key=lambda s: roles.index(s.role))
        return next((s for s in mine if team and self._team(s) == team), mine[0])

    def _where(self, seat: Seat) -> dict[str, str]:
        """What else of the address a board's kernel is told: how it looks, and at which team."""
        if seat.role == "viewer":
            return {"view": "wall"}
        asked = {name: self.get_query_argument(name, "") for name in _ASKED}
        return {name: word for name, word in asked.items() if _ASKED[name].fullmatch(word)}

    def _right_door(self, role: Role, code: str) -> Answer:
        if role != "member":
            return Reply("wrong_door.html", {"role": role, "problem": ""}, 403)
        base = self.house.base_url
        return Redirect(links.join(base, code) if code else base)

    def _team(self, seat: Seat) -> str:
        store = self.house.store
        return store.team(store.session(seat.session_id).team_id).slug

    def _addresses(self) -> dict[str, str]:
        """What a kernel needs to spell addresses: our path, and what stands before it."""
        site = urlsplit(self.root)
        return {"MIRA_PAGES": self.house.base_url, "MIRA_PUBLIC": f"{site.scheme}://{site.netloc}"}

    async def _draw(self, slug: str, query: dict[str, str], mine: Visit) -> None:
        """Draw the page, its kernel knowing a grant and the meeting's code and nothing else of this request."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.house.kernels.coming.add(mine)
        opening = Opening(self, mine, query)
        try:
            async with asyncio.timeout(PATIENCE):
                drawn = draw(
                    notebook(self.house.root / f"{slug}.ipynb"), self.house.base_url, opening.kernel, opening.run
                )
                async for html in drawn:
                    self.write(html)
                    await self.flush()
        except StreamClosedError:
            log.info("A visitor left before the page was there.")
        except Exception:
            # The page's head is on its way already, so that no other page can be sent in its place.
            log.exception("A page was not drawn to its end.")
            self.write(_TOO_LONG.format(say("part_missing"), say("try_again")))
        finally:
            self.house.kernels.coming.discard(mine)
            opening.close()
        self.finish()


@dataclass(slots=True)
class Opening:
    """A page on its way to a visitor, and its kernel."""

    handler: Render
    visit: Visit
    query: dict[str, str]
    _ready: Ready | None = None

    async def kernel(self) -> str:
        """Find it a kernel of its own."""
        self._ready = await self.handler.house.kernels.open(self.visit)
        return self._ready.kernel_id

    async def run(self, sources: Sequence[str]) -> Sequence[Sequence[cells.Doc]]:
        """Run the cells in it, and say what they have shown."""
        if self._ready is None:
            raise RuntimeError("The page has no kernel yet.")
        grant = await self.handler.off_loop(self.handler.house.store.make_token, self.visit.seat, "grant")
        told = {"QUERY_STRING": urlencode({"grant": grant, **self.query}), **self.visit.told}
        found = await self._ready.wire.ask(cells.REQUEST, told=told, sources=[*sources])
        if found["fault"]:
            log.error("A cell did not go through:\n%s", found["fault"])
        shown: Sequence[Sequence[cells.Doc]] = found["cells"]
        return shown

    def close(self) -> None:
        """The page is drawn."""
        if self._ready is not None:
            self._ready.wire.close()


class OwnKernel(Visitor):
    """For handlers of one kernel: only the browser it was started for may reach it."""

    def prepare(self) -> Awaitable[None] | None:
        """Let the owner pass, before anything else is looked at.

        Raises:
            HTTPError: 404, there is no such kernel; 403, it is another browser's.
        """
        kernel_id = self.path_kwargs["kernel_id"]
        if kernel_id not in self.house.kernels:
            raise HTTPError(404)
        if not self.house.kernels.is_owner(kernel_id, self.browser):
            raise HTTPError(403)
        return super().prepare()


class Kernel(OwnKernel, KernelHandler):  # type: ignore[misc]
    """`/api/kernels/<id>`: how it is, or end it."""


class Channels(OwnKernel, VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """`/api/kernels/<id>/channels`: the websocket. That it closes is the first sign that somebody lost the page."""

    _seat: Seat | None = None

    async def open(self, kernel_id: str) -> None:
        """Connect, and note whose page is there."""
        # An answer comes as several small frames, and each would wait until the one before it is acknowledged.
        self.set_nodelay(True)
        owner = self.house.kernels.owners.get(kernel_id)
        self._seat = owner.seat if owner else None
        await super().open(kernel_id)
        self.house.gone.note(self._seat, "idle")

    def on_message(self, ws_message: str | bytes) -> None:
        """Take a message: a sign of life as good as the answer to a ping, which waits its turn in a busy room."""
        # The clock that Jupyter measures silence with, which is not that of asyncio.
        self.last_pong = IOLoop.current().time()
        super().on_message(ws_message)

    def on_close(self) -> None:
        """Disconnect, and note that the page is gone, unless its person has another one open."""
        super().on_close()
        if self._seat is not None and not self.house.kernels.is_seen(self._seat):
            self.house.gone.note(self._seat, "lost")


class Shutdown(OwnKernel, VoilaShutdownKernelHandler):  # type: ignore[misc]
    """`/voila/api/shutdown/<id>`: a page that is left ends its kernel."""
