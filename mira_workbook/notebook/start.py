"""Who is working here: the seat our server granted, or a small start card for a team of one on this computer."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from mira_workbook import settings
from mira_workbook.catalogue import say
from mira_workbook.content.groups import CHOICES, role_group
from mira_workbook.content.load import load
from mira_workbook.errors import MiraError
from mira_workbook.notebook.doors import StoreDoors
from mira_workbook.store import NewMember, NewTeam, Store
from mira_workbook.text import clean
from mira_workbook.widgets.controls import Doc


def granted(store: Store) -> StoreDoors | None:
    """The seat that our server granted to this page; None where a page was opened without it.

    Raises:
        SeatError: the grant was used before or is too old: the page was opened a second time.
    """
    grant = parse_qs(os.environ.get("QUERY_STRING", "")).get("grant", [""])[0]
    if not grant:
        return None
    seat = store.redeem(grant, "grant")
    return StoreDoors(store, seat, seat.member_key)


def remembered(store: Store, slug: str) -> StoreDoors | None:
    """The seat this computer had in the workbook last, in JupyterLab; None for a first time or a store made anew."""
    try:
        browser = json.loads(_memory().read_text("utf-8")).get(slug, "")
        store.check_schema()
        seats = [s for s in store.seats_of(browser) if s.role == "member"] if browser else []
    except (OSError, ValueError, MiraError):
        return None
    return StoreDoors(store, seats[-1], seats[-1].member_key) if seats else None


def forget(slug: str) -> None:
    """Let the next start ask who is here."""
    _remember(slug, "")


def _memory() -> Path:
    return settings.home() / "lab.json"


def _remember(slug: str, browser: str) -> None:
    try:
        known = json.loads(_memory().read_text("utf-8"))
    except (OSError, ValueError):
        known = {}
    _memory().write_text(json.dumps({**known, slug: browser}), "utf-8")


def start(store: Store, slug: str, given: Mapping[str, Any]) -> StoreDoors:
    """Open a meeting for a team on this computer and take the first seat in it.

    Raises:
        MiraError: the store cannot be written; the text says why.
    """
    store.migrate()
    name = clean(str(given.get("name", "")))
    role = clean(str(given.get("role", "")))
    person = NewMember(name, role, role_group(str(given.get("group") or "other"), role))
    workbook = load(settings.shipped("workbooks") / f"{slug}.toml")
    opened = store.open_meeting(workbook, [NewTeam(clean(str(given.get("team", ""))), members=(person,))])
    session = opened.sessions[0]
    member = store.roster(session.id)[0]
    browser = secrets.token_urlsafe(24)
    seat = store.take_seat(browser, session.id, "member", member.id)
    _remember(slug, browser)
    return StoreDoors(store, seat, member.key)


def problems(given: Mapping[str, Any]) -> list[Doc]:
    """What is missing on the start card."""
    blank = [key for key in ("team", "name") if not clean(str(given.get(key) or ""))]
    return [
        {"field": key, "row": "", "column": "", "code": "E01", "text": say("E01"), "level": "stop"} for key in blank
    ]


def card() -> Doc:
    """The start card."""
    groups = [{"id": key, "label": say(f"mostly_{key}"), "help": ""} for key in CHOICES]
    choice = {"control": "choice", "kind": "one", "layout": "stack", "options": groups, "other": False}
    fields = [
        _entry("team", "team_name", required=True),
        _entry("name", "your_name", required=True),
        _entry("role", "what_you_do", required=False),
        _common("group", "you_mostly", required=False) | choice | {"low": 0, "high": 1},
    ]
    return {
        "key": "start",
        "store_key": "start",
        "bar": None,
        "lines": [],
        "title": say("start_title"),
        "do": say("start_do"),
        "quote": None,
        "pen": None,
        "blocks": [],
        "pages": [{"title": "", "do": "", "fields": fields, "next": ""}],
        "submit": {"label": say("start_button"), "busy": False},
        "after": [],
        "buttons": [],
        "saved_at": "",
        "foot": None,
        "announce": "",
    }


def _common(key: str, words: str, *, required: bool) -> Doc:
    shared: Doc = {"field": key, "label": say(words), "hint": "", "required": required, "unit": "", "show_when": None}
    return shared | {"special": "", "value": None, "locked": False, "prefilled": "", "attribution": None, "error": ""}


def _entry(key: str, words: str, *, required: bool) -> Doc:
    line = {"control": "entry", "kind": "text", "min": 0, "max": 120, "max_words": None, "starters": []}
    return _common(key, words, required=required) | line
