"""The files of a meeting: handed over at once where they are small, else made aside while a page waits."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError

from mira_workbook.catalogue import say
from mira_workbook.exports import COACH, EXPORTS, Download, download
from mira_workbook.records import Meeting, Role, Seat
from mira_workbook.serve import links
from mira_workbook.serve.coach import SeatedDoor
from mira_workbook.serve.making import Making, is_heavy
from mira_workbook.serve.replies import Answer, Content, Reply, Sent
from mira_workbook.serve.worker import Order

MAY_TAKE: tuple[Role, ...] = ("coach", "facilitator")
WAIT_S = 2.0
"""Seconds after which a page says that the file takes a while."""
_PIECE = 1 << 18
_LARGE = 1 << 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that somebody asks for and may have."""

    meeting: Meeting
    seats: tuple[Seat, ...]
    order: Order

    @property
    def key(self) -> str:
        """Under which it is made: the same for two taps of one person."""
        seats = "-".join(str(seat.id) for seat in self.seats)
        return f"{seats}/{self.meeting.code}/{self.order.name}/{self.order.sessions}"


class FilesDoor(SeatedDoor):
    """A door for who may take a meeting's files."""

    def wanted(self, code: str, name: str) -> Wanted:
        """What is asked for: the whole meeting's file, or with `team` one team's.

        Who is not the coach gets it without what was written for the coach only.
        """
        if name not in EXPORTS:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        meeting, team = self.meeting(code), self.asked("team")
        seats = self.seats(meeting, MAY_TAKE)
        held = {seat.session_id for seat in seats}
        sittings = self.house.store.sittings(meeting.code, team or None)
        sessions = tuple(one.session.id for one in sittings if one.session.id in held)
        if not sessions:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        of_coach = all(seat.role == "coach" for seat in seats)
        return Wanted(meeting, tuple(seats), Order(name, meeting.code, sessions, of_coach, ""))


class Files(FilesDoor):
    """`/export/<code>/<format>`: the file, or the page that waits for it."""

    async def get(self, *args: str) -> None:
        """Hand the file over; if it takes more than two seconds, say so, and how far it is."""
        self.know_browser()
        begun = await self._do(self._begin, *args)
        if isinstance(begun, tuple):
            wanted, making = begun
            await making.wait(WAIT_S)
            begun = await self._do(self._ready, wanted, making)
        if isinstance(begun, Sent):
            await self._hand_over(begun)
        else:
            self.send(begun)

    async def _do(self, work: Callable[..., Any], *args: Any) -> Any:
        return await self._try(work, *args)

    def _begin(self, code: str, name: str) -> "Content | Sent | tuple[Wanted, Making]":
        wanted, store = self.wanted(code, name), self.house.store
        if self.request.method == "HEAD":
            return Content(b"", EXPORTS[name].media_type, _HEADERS)
        source = wanted.order.source(store)
        if is_heavy(name, source):
            return wanted, self.house.makings.begin(wanted.key, wanted.order)
        folder = TemporaryDirectory(prefix="mira-file-")
        try:
            made = download(name, source, COACH, Path(folder.name))
            return self._sent(wanted, made, folder.cleanup)
        except BaseException:
            folder.cleanup()
            raise

    def _ready(self, wanted: Wanted, making: Making) -> "Reply | Sent":
        """The file, if it is ready; else how far it is."""
        if not making.ended.is_set():
            return self._waiting(wanted, making)
        if self.house.makings.take(wanted.key) is not making:
            # Handed over already, to a second tap.
            return self._waiting(wanted, making)
        if making.made is None:
            making.stop()
            told = {"title_text": say("told_title"), "text": making.problem}
            return Reply("told.html", told, HTTPStatus.INTERNAL_SERVER_ERROR)
        return self._sent(wanted, making.made, making.stop)

    def _waiting(self, wanted: Wanted, making: Making) -> Reply:
        base, code = self.house.base_url, wanted.meeting.code
        back = links.coach(base, code) if wanted.order.of_coach else ""
        return Reply("making.html", {"share": round(100 * making.share), "back": back}, HTTPStatus.ACCEPTED)

    def _sent(self, wanted: Wanted, made: Download, after: Callable[[], None]) -> Sent:
        """The file, noted in the log of what was taken out."""
        seat = wanted.seats[0]
        self.house.store.log_access(f"{seat.role}, seat {seat.id}", wanted.meeting.code, wanted.order.name, made.lines)
        headers = {**_HEADERS, "Content-Disposition": f'attachment; filename="{made.path.name}"'}
        return Sent(made.path, made.media_type, headers, after)

    async def _hand_over(self, sent: Sent) -> None:
        """Send a file piece by piece, as fast as its receiver takes it; other pages go on between the pieces."""
        size = (await self.off_loop(sent.path.stat)).st_size
        for name, value in {"Content-Type": sent.kind, **sent.headers}.items():
            self.set_header(name, value)
        if size > _LARGE:
            # Packing a large file while it is sent would hold up every page of the server.
            self.set_header("Content-Encoding", "identity")
            self.set_header("Content-Length", size)
        try:
            with await self.off_loop(sent.path.open, "rb") as body:
                while piece := await self.off_loop(body.read, _PIECE):
                    self.write(piece)
                    await self.flush()
            self.finish()
        except StreamClosedError:
            # Whoever wanted it is gone.
            pass
        finally:
            await self.off_loop(sent.after)


class Far(FilesDoor):
    """`/export/<code>/<format>/far`: how far a file is, for the page that waits for it."""

    def show(self, code: str, name: str) -> Answer:
        """Per cent, or `ready`, or `none` where nothing is being made."""
        making = self.house.makings.get(self.wanted(code, name).key)
        if making is None:
            return Content(b"none", "text/plain")
        return Content(b"ready" if making.ended.is_set() else str(round(100 * making.share)).encode(), "text/plain")


_HEADERS = {"Cache-Control": "private, no-store"}
