"""The projector: large, one thing at a time, light, and no name of anybody who is still writing."""

from collections.abc import Mapping, Sequence

from mira_workbook.boards import showing
from mira_workbook.boards.doors import Links
from mira_workbook.boards.grid import ALL
from mira_workbook.boards.page import Page
from mira_workbook.boards.parts import CENTRE, EMPTY
from mira_workbook.boards.remote import counted
from mira_workbook.boards.run import ticking
from mira_workbook.boards.watched import Watched
from mira_workbook.boards.wording import at, attendance
from mira_workbook.catalogue import say
from mira_workbook.rules import clock
from mira_workbook.widgets import endings
from mira_workbook.widgets.carried import carried
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.results import shows, team_said

MOVES: Mapping[str, str] = {"show": "show", "again": "again", "go": "next", "end": "end", "words": "words"}
"""What comes next to the press that does it."""


def present(page: Page) -> Doc:
    """The wall of one team, or of a whole room."""
    every = page.where.team == "" and len(page.teams) > 1
    teams = page.teams if every else (page.team,)
    leading = _where_most_are(teams)
    body = _lobby(teams, page) if leading.has_not_begun else _body(leading, teams, page.links)
    return {
        **EMPTY,
        "wall": True,
        "now": leading.now.isoformat(),
        "key": f"wall:{leading.slug}:{leading.stage.state}:{leading.stage.current}:{leading.round}:{leading.is_shown}",
        "head": _head(leading),
        "lines": _lines(leading),
        "keys": keys(leading, ALL if every else ""),
        **body,
    }


def _where_most_are(teams: Sequence[Watched]) -> Watched:
    """A team that stands where most stand."""
    places = [team.stage.current for team in teams]
    return max(teams, key=lambda team: places.count(team.stage.current))


def _head(team: Watched) -> Doc:
    head: Doc = {"title": team.snapshot.workbook.title, "sub": "", "ends": "", "over": False, "code": ""}
    head |= {"buttons": [], "teams": []}
    if team.step is None:
        return head
    parts = team.snapshot.workbook.parts
    head["title"] = say("part", n=team.step.part, of=len(parts), title=parts[team.step.part - 1])
    return head


def _count(team: Watched, teams: Sequence[Watched]) -> Doc | None:
    """At the right of the wall's top: which voice it is, or how many are in."""
    voices, n = showing.voices(team), team.stage.turn
    if voices and n:
        return {"text": say("voice_of", n=n, of=len(voices)), "marks": []}
    return {"text": counted(teams), "marks": []} if team.is_collecting else None


def _lines(team: Watched) -> list[Doc]:
    """A pause and a countdown, in the words that phones say."""
    if team.stage.paused_at is not None:
        return [{"id": "paused", "mark": "‖", "text": say("paused_for_all"), "buttons": []}]
    if team.stage.closing:
        return [{"id": "closing", "mark": "~", "text": say("closing"), "buttons": []}]
    return []


def _lobby(teams: Sequence[Watched], page: Page) -> Doc:
    """Join by the picture or the code, how many are here, when it ends."""
    ending = clock.ending(teams[0].snapshot, teams[0].stage, teams[0].now)
    lobby: Doc = {
        "join_link": page.links.join,
        "qr": page.links.qr,
        "code": page.links.code,
        "count": attendance(teams),
        "here": [],
        "missing": [],
        "missing_text": "",
        "knocks": [],
        "warm": None,
        "ends": say("we_end_at", time=at(teams[0], ending.promised or ending.expected)) + ".",
        "empty": "" if any(t.arrived() for t in teams) else say("nobody_here"),
        "buttons": [],
    }
    return {"lobby": lobby}


def _body(team: Watched, teams: Sequence[Watched], links: Links) -> Doc:
    step, alone = team.step, len(teams) == 1
    if step is None:
        blocks = [*showing.outcome(team), *showing.leaving(team)] if alone else []
        return {"centre": {**CENTRE, "title": endings.title(team.room), "blocks": blocks, "picture": _to_take(links)}}
    doc: Doc = {**CENTRE, "clock": wall_clock(team), "count": _count(team, teams)}
    if team.is_collecting:
        doc |= {"title": step.heading or step.title, "do": step.do}
    elif not alone:
        doc |= {"title": step.title, "do": step.together or step.do, "blocks": [_text(say("look_at_your_table"))]}
    elif team.is_revealed and not team.is_shown:
        doc |= {"title": step.title, "blocks": [_text(say("hidden_wall"))]}
    else:
        doc |= {"title": step.title, "do": "" if team.is_shown else step.together or step.do}
        doc["blocks"] = _shown(team)
        drawn = showing.picture(team, "wall")
        # Under its sentence a picture needs no other title, and gets the room of one.
        doc["picture"] = {**drawn, "title": ""} if drawn and doc["blocks"] else drawn
        doc["entries"] = [] if doc["blocks"] or doc["picture"] else showing.read_out(team)
    down = step.heads == "down" and team.is_collecting
    return {"centre": doc, "foot": {"left": say("heads_down" if down else "heads_up"), "right": ""}}


def _to_take(links: Links) -> Doc | None:
    """The code once more, so that everybody can take the end page along."""
    if not links.qr:
        return None
    words = say("take_with_you")
    kept: Doc = {"src": links.qr, "dark_src": "", "alt": words, "title": words, "head": [], "rows": []}
    return {**kept, "table": False, "buttons": []}


def _shown(team: Watched) -> list[Doc]:
    """What stands on the wall once it may: a voice, the sentences, or what the team writes."""
    step = team.step
    if step is None:
        return []
    spoken = [*showing.turns(team), *showing.sentences(team)]
    written = [*carried(team.room, step.carried), *shows(team.room, step), *team_said(team.room, step)]
    return spoken or [*written, *showing.pairs_said(team)]


def _text(words: str) -> Doc:
    return {"kind": "text", "text": words}


def wall_clock(team: Watched) -> Doc | None:
    """Time in words; seconds only while a voice speaks."""
    ticks = ticking(team)
    return {**ticks, "text": ""} if ticks and not ticks["seconds"] else ticks


def keys(team: Watched, to: str) -> dict[str, str]:
    """What the keys of the projector's window do; nothing at the team's own pace, and never the end by a slip."""
    if not team.is_led:
        return {}
    turn = showing.next_turn(team)
    ahead = turn[0]["id"] if turn else MOVES.get(team.next or "", "")
    found = {"ArrowRight": ahead if ahead != "end" else "", "ArrowLeft": "undo"}
    if team.stage.state == "open":
        seen = "hide" if team.is_shown else "show" if team.next == "show" or team.is_revealed else ""
        found |= {" ": seen, "+": "extend:1", "-": "extend:-1"}
        found["p"] = "pause" if team.stage.paused_at is None else "resume"
        n, table = team.stage.picture.get(team.stage.current, (0, False))
        found["t"] = f"picture:{n}:{'' if table else 'table'}" if team.is_shown else ""
    return {key: f"{press}{to}" for key, press in found.items() if press}
