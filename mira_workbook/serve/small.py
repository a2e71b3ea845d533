"""Small things for machines: the square code, whether we are well, and our sheets and scripts."""

import gzip
import hashlib
import json
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tornado.web import HTTPError

from mira_workbook import __version__
from mira_workbook.boards.board import Board
from mira_workbook.errors import MiraError
from mira_workbook.serve import links
from mira_workbook.serve.doors import Door
from mira_workbook.serve.replies import Answer, Content
from mira_workbook.widgets.form import Form

STATIC = Path(__file__).resolve().parent / "template" / "voila" / "templates" / "mira" / "static"
ELSEWHERE = {
    name: folder / name for folder, *names in (Form.files, Board.files) for name in names if isinstance(name, str)
}
"""What pages load by themselves and does not lie with the template, by the name they ask for."""
_A_YEAR = 31_536_000


class Machine(Door):
    """A door that no person looks at: the browser gets no token of its own."""

    def know_browser(self) -> str:
        """Leave the browser as it is."""
        return self.browser


class Square(Machine):
    """`/qr/<code>.svg`: the join link as a code of squares. Looks nothing up, so it tells nothing about codes."""

    def show(self, code: str) -> Answer:
        """Draw it."""
        drawn = links.square(links.join(self.root, code))
        return Content(drawn, "image/svg+xml", {"Cache-Control": "private, max-age=3600"})


class Robots(Machine):
    """`/robots.txt`: nothing here is for search engines."""

    def show(self) -> Answer:
        """Ask them to stay away."""
        return Content(b"User-agent: *\nDisallow: /\n", "text/plain; charset=utf-8")


class Health(Machine):
    """`/healthz`: for whoever watches the server."""

    def show(self) -> Answer:
        """Ok with 200, or 503 and what is not."""
        house = self.house
        try:
            house.store.check_schema()
            store = "ok"
        except MiraError as error:
            store = str(error)
        kernels = house.kernels
        counts = {"kernels": kernels.serving, "starting": len(kernels.coming)}
        counts |= {"ready": len(kernels.stock), "keeps": kernels.stock.size}
        told = {"ok": store == "ok", "store": store, **counts, "cap": kernels.cap, "version": __version__}
        return Content(json.dumps(told).encode(), "application/json", status=200 if store == "ok" else 503)


@dataclass(frozen=True, slots=True)
class Asset:
    """A sheet or script, and the same compressed; `mark` is its sha512, as Voila's templates put it into addresses."""

    body: bytes
    small: bytes
    mark: str
    kind: str


def asset(name: str) -> Asset | None:
    """Find a file of the page's own; None if there is none of this name."""
    path = ELSEWHERE.get(name, STATIC / name)
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return None
    return _read(path, changed) if path.is_file() else None


@cache
def _read(path: Path, _changed: int) -> Asset:
    body = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset(body, gzip.compress(body, 9, mtime=0), hashlib.sha512(body).hexdigest(), kind)


def versioned(base_url: str, name: str) -> str:
    """The address of a file of ours, which changes when the file does, so that browsers may keep it for good."""
    found = asset(name.removeprefix("static/"))
    return f"{base_url}voila/templates/mira/{name}" + (f"?v={found.mark}" if found else "")


class Static(Machine):
    """`/voila/templates/mira/static/…`: compressed once, kept by browsers."""

    def show(self, name: str) -> Answer:
        """The file, or only that it has not changed."""
        found = asset(name)
        if found is None:
            raise HTTPError(404)
        forever = self.asked("v") == found.mark
        packed = "gzip" in self.request.headers.get("Accept-Encoding", "")
        mark = f'"{found.mark[:24]}{"-gz" if packed else ""}"'
        headers = {
            "Cache-Control": f"public, max-age={_A_YEAR}, immutable" if forever else "no-cache",
            "ETag": mark,
            "Vary": "Accept-Encoding",
        }
        if self.request.headers.get("If-None-Match") == mark:
            return Content(b"", found.kind, headers, 304)
        return Content(
            found.small if packed else found.body,
            found.kind,
            headers | ({"Content-Encoding": "gzip"} if packed else {}),
        )
