"""Who is working here: the seat our server granted, or a small start card for a team of one on this computer."""

import json
import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from mira_workbook import settings
from mira_workbook.catalogue import say
from mira_workbook.content.groups import CHOICES, role_group
from mira_workbook.content.load import load
from mira_workbook.content.pathways import pathways
from mira_workbook.errors import MiraError
from mira_workbook.notebook.doors import StoreDoors
from mira_workbook.records import Team
from mira_workbook.store import NewMember, NewTeam, Store
from mira_workbook.text import clean
from mira_workbook.widgets.controls import Doc

AGAIN, NEW = "with", "$new"
"""The card's field for the team to go on with, and what it holds for a new one. No slug begins so."""
MOST_TEAMS = 5


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


def _known() -> dict[str, str]:
    """Workbook to the browser that had the seat last, in the order they were remembered."""
    try:
        known: dict[str, str] = json.loads(_memory().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known


def _remember(slug: str, browser: str) -> None:
    known = {key: value for key, value in _known().items() if key != slug}
    _memory().write_text(json.dumps({**known, slug: browser}), "utf-8")


def known_teams(store: Store) -> tuple[Team, ...]:
    """The teams of this computer's store, the latest first; none where there is no store yet."""
    try:
        store.check_schema()
        found = sorted(store.teams(), key=lambda team: -team.id)
    except MiraError:
        return ()
    return tuple(found[:MOST_TEAMS])


def start(store: Store, slug: str, given: Mapping[str, Any]) -> StoreDoors:
    """Open a meeting for a team on this computer, new or going on, and take a seat in it.

    Raises:
        MiraError: the store cannot be written; the text says why.
    """
    store.migrate()
    workbook = load(settings.shipped("workbooks") / f"{slug}.toml")
    known = next((team for team in known_teams(store) if team.slug == _chosen(given)), None)
    opened = store.open_meeting(workbook, [_new_team(given) if known is None else _again(known)])
    session = opened.sessions[0]
    people = store.roster(session.id)
    before = _before(store, known) if known else None
    member = next((one for one in people if one.id == before), people[0] if people else None)
    if member is None:
        name = clean(str(given.get("name", ""))) or say("you")
        member = store.add_member(session.id, NewMember(name))
    browser = secrets.token_urlsafe(24)
    seat = store.take_seat(browser, session.id, "member", member.id)
    _remember(slug, browser)
    return StoreDoors(store, seat, member.key)


def _new_team(given: Mapping[str, Any]) -> NewTeam:
    role = clean(str(given.get("role", "")))
    person = NewMember(clean(str(given.get("name", ""))), role, role_group(str(given.get("group") or "other"), role))
    return NewTeam(clean(str(given.get("team", ""))), members=(person,))


def _again(team: Team) -> NewTeam:
    return NewTeam(team.name, team_id=team.id)


def _before(store: Store, team: Team) -> int | None:
    """Who sat here last in a team, by the seats this computer remembers."""
    for browser in reversed(list(_known().values())):
        for seat in store.seats_of(browser) if browser else ():
            if seat.role == "member" and store.session(seat.session_id).team_id == team.id:
                return seat.member_id
    return None


def _chosen(given: Mapping[str, Any]) -> str:
    """The slug of the team to go on with, "" for a new one."""
    chosen = str(given.get(AGAIN) or "")
    return "" if chosen == NEW else chosen


def problems(given: Mapping[str, Any]) -> list[Doc]:
    """What is missing on the start card."""
    if _chosen(given):
        return []
    blank = [key for key in ("team", "name") if not clean(str(given.get(key) or ""))]
    return [
        {"field": key, "row": "", "column": "", "code": "E01", "text": say("E01"), "level": "stop"} for key in blank
    ]


def card(teams: Sequence[Team] = ()) -> Doc:
    """The start card; with teams that can go on, these first."""
    groups = [{"id": key, "label": say(f"mostly_{key}"), "help": ""} for key in CHOICES]
    fields = [
        _entry("team", "team_name", required=True),
        _entry("name", "your_name", required=True),
        _entry("role", "what_you_do", required=False),
        _common("group", "you_mostly", required=False) | _one_of(groups),
    ]
    if teams:
        fields = [_which(teams), *(field | {"show_when": {AGAIN: NEW}} for field in fields)]
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
        "after": _ways(),
        "buttons": [],
        "saved_at": "",
        "foot": None,
        "announce": "",
    }


def _ways() -> list[Doc]:
    """The ways through the workbooks that are here, under the card."""
    found = []
    for way in pathways():
        stops = " → ".join(say("pathway_step", title=stop.title, n=stop.minutes) for stop in way.stops)
        whole = f"{say('pathway_for', who=way.who)} · {say('pathway_minutes', n=way.minutes)}"
        found.append(f"{way.title}: {stops}\n{whole}")
    return [{"kind": "heading", "text": say("pathways")}, {"kind": "list", "items": found}] if found else []


def _which(teams: Sequence[Team]) -> Doc:
    known = [{"id": team.slug, "label": say("team_go_on", team=team.name), "help": ""} for team in teams]
    options = [*known, {"id": NEW, "label": say("team_new"), "help": ""}]
    return _common(AGAIN, "team_again", required=True) | _one_of(options) | {"value": teams[0].slug}


def _one_of(options: list[Doc]) -> Doc:
    choice = {"control": "choice", "kind": "one", "layout": "stack", "options": options, "other": False}
    return choice | {"low": 0, "high": 1}


def _common(key: str, words: str, *, required: bool) -> Doc:
    shared: Doc = {"field": key, "label": say(words), "hint": "", "required": required, "unit": "", "show_when": None}
    return shared | {"special": "", "value": None, "locked": False, "prefilled": "", "attribution": None, "error": ""}


def _entry(key: str, words: str, *, required: bool) -> Doc:
    line = {"control": "entry", "kind": "text", "min": 0, "max": 120, "max_words": None, "starters": []}
    return _common(key, words, required=required) | line
