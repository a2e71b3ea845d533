"""Charts for whoever has a seat: drawn once off the loop, shown by all, never before they are revealed."""

import hashlib
from http import HTTPStatus
from threading import Lock

from tornado.web import HTTPError

from mira_workbook.records import Seat
from mira_workbook.rules.sight import Viewer
from mira_workbook.rules.stage import fold
from mira_workbook.serve.doors import Answer, Content
from mira_workbook.serve.small import Machine
from mira_workbook.serve.visits import place_of, places, seats_in

SIZES, THEMES = ("phone", "board"), ("light", "dark")
_drawing = Lock()
"""One picture at a time: drawing is all work and no waiting, and a room asks for the same one in the same second."""


class Drawn(Machine):
    """`/picture/<code>/<step>/<index>.svg?size=phone&theme=light`."""

    def show(self, code: str, step: str, index: str) -> Answer:
        """The picture as this seat may see it."""
        seat = self._seat(code)
        svg = self._draw(seat, step, int(index))
        mark = f'"{hashlib.sha256(svg).hexdigest()[:16]}"'
        headers = {"Cache-Control": "private, max-age=5", "ETag": mark}
        if self.request.headers.get("If-None-Match") == mark:
            return Content(b"", "image/svg+xml", headers, HTTPStatus.NOT_MODIFIED)
        return Content(
            svg, "image/svg+xml", headers | {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
        )

    def _seat(self, code: str) -> Seat:
        """This browser's seat in the meeting; a facilitator of several teams says which."""
        store = self.house.store
        held = seats_in(store, self.browser, store.meeting(code)) if self.browser else []
        if self.asked("team"):
            place = place_of(places(store, store.meeting(code)), self.asked("team"))
            held = [s for s in held if place and s.session_id == place.session.id]
        if not held:
            raise HTTPError(403)
        return held[-1]

    def _draw(self, seat: Seat, step: str, index: int) -> bytes:
        try:
            from mira_workbook.charts.read import picture  # noqa: PLC0415 - matplotlib is heavy, and only this needs it
        except ImportError:
            raise HTTPError(404) from None
        size, theme = self.asked("size") or SIZES[0], self.asked("theme") or THEMES[0]
        if size not in SIZES or theme not in THEMES:
            raise HTTPError(404)
        snapshot = self.house.store.snapshot(seat.session_id)
        stage = fold(snapshot.acts, snapshot.workbook)
        with _drawing:
            drawn = picture(snapshot, stage, Viewer(seat.role, seat.member_key), step, index, f"{size}-{theme}")
        if drawn is None:
            raise HTTPError(404)
        svg: bytes = drawn.svg
        return svg
