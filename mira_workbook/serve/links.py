"""Addresses that leave the server: on walls, in codes, in mails."""

import io
from urllib.parse import urlsplit

import segno
from tornado.httputil import HTTPServerRequest

from mira_workbook.settings import settings
from mira_workbook.store import shown_code

BOARDS = {"facilitator": "facilitate", "coach": "coach", "viewer": "facilitate"}
"""Role to the notebook that is its page; who only looks on sees the facilitator's wall."""


def scheme(request: HTTPServerRequest) -> str:
    """The scheme, http or https, as the browser sees it: a proxy in front says so, since we serve http only."""
    if settings().public_url:
        return settings().public_url.partition(":")[0]
    told = request.headers.get("X-Forwarded-Proto", "").split(",")[0].strip()
    return told if told in {"http", "https"} else str(request.protocol)


def root(request: HTTPServerRequest, base_url: str) -> str:
    """The address that phones reach, with a slash at its end: the setting, else what this request called us."""
    chosen = settings().public_url
    return chosen.rstrip("/") + "/" if chosen else f"{scheme(request)}://{request.host}{base_url}"


def is_loopback(root_url: str) -> bool:
    """Whether only this machine's own browsers can follow a link that begins like this."""
    host = urlsplit(root_url).hostname or ""
    return host in {"localhost", "::1"} or host.startswith("127.")


def join(root_url: str, code: str) -> str:
    """The link for members, as the wall and the code of squares carry it."""
    return f"{root_url}join/{shown_code(code)}"


def keyed(root_url: str, role: str, secret: str) -> str:
    """The link for a facilitator, a coach or somebody who looks on."""
    return f"{root_url}{'setup' if role == 'facilitator' else 'key'}/{secret}"


def hand(root_url: str, secret: str) -> str:
    """The link that makes one more device a facilitator's, once."""
    return f"{root_url}hand/{secret}"


def square(link: str) -> bytes:
    """A link as a code of squares, SVG: dark on white, whatever the theme, since cameras want the contrast."""
    out = io.BytesIO()
    made = segno.make(link, error="m", micro=False)
    made.save(out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True, title="")
    return out.getvalue()


def personal(root_url: str, token: str) -> str:
    """A member's own link back."""
    return f"{root_url}me/{token}"


def coach(base_url: str, code: str) -> str:
    """Where a coach's seat leads."""
    return f"{base_url}coach/{shown_code(code)}"


def export(base_url: str, code: str, name: str) -> str:
    """A meeting's file in a format."""
    return f"{base_url}export/{shown_code(code)}/{name}"


def board(base_url: str, role: str, code: str) -> str:
    """Where a facilitator's or coach's seat leads."""
    wall = "&view=wall" if role == "viewer" else ""
    return f"{base_url}voila/render/{BOARDS[role]}.ipynb?m={code}{wall}"


def page(base_url: str, slug: str, code: str) -> str:
    """Where a member's seat leads."""
    return f"{base_url}voila/render/{slug}.ipynb?m={code}"
