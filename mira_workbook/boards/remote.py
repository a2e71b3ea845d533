"""The run view in one column: four big buttons in reach of a thumb. Same key, same rights."""

from collections.abc import Sequence

from mira_workbook.boards.grid import ALL, main_for_all
from mira_workbook.boards.head import ends, lines
from mira_workbook.boards.page import Page
from mira_workbook.boards.parts import CENTRE, EMPTY, guarded, quiet
from mira_workbook.boards.run import main, ticking
from mira_workbook.boards.side import side
from mira_workbook.boards.watched import Watched
from mira_workbook.boards.wording import attendance, count_of
from mira_workbook.catalogue import say
from mira_workbook.rules import clock
from mira_workbook.widgets.controls import Doc

GUARDED = frozenset({"next", "end", "again"})
"""What needs a second tap in a pocket."""


def remote(page: Page) -> Doc:
    """The facilitator's phone, for one team or for all."""
    team, every = page.team, page.where.team == "" and len(page.teams) > 1
    ending = clock.ending(team.snapshot, team.stage, team.now)
    title = say("teams_count", n=len(page.teams)) if every else team.snapshot.team.name
    head = {"title": title, "sub": "", "ends": ends(team, ending, over=False), "over": False, "code": page.links.code}
    told = side(team, "")
    return {
        **EMPTY,
        "key": f"remote:{'' if every else team.slug}:{team.stage.current}:{team.round}",
        "now": team.now.isoformat(),
        "head": {**head, "buttons": [], "teams": []},
        "lines": [one for one in lines(team, page.where) if one["id"] != "undo"],
        "centre": _centre(page.teams if every else (team,), team, ALL if every else ""),
        "side": {**told, "watch": "", "cards": [], "pins": [], "notes": None},
    }


def _centre(teams: Sequence[Watched], team: Watched, to: str) -> Doc:
    asking = sum(len(one.needing_help()) for one in teams)
    told = [counted(teams), *([say("some_help", n=asking)] if asking else [])]
    title = say("our_lobby") if team.has_not_begun else team.step.title if team.step else say("session_over")
    doc: Doc = {**CENTRE, "title": title, "clock": ticking(team)}
    doc["count"] = {"text": " · ".join(part for part in told if part), "marks": []}
    return doc | {"buttons": _buttons(teams, team, to) if team.is_led else []}


def counted(teams: Sequence[Watched]) -> str:
    """How many are in, in one team or in all."""
    if len(teams) == 1:
        team = teams[0]
        return count_of(team, team.progress) if team.progress else attendance(teams)
    now = [team.progress for team in teams if team.progress]
    if not now:
        return attendance(teams)
    return say("in_of", n=sum(p.count for p in now), of=sum(len(p.expected) for p in now))


def _buttons(teams: Sequence[Watched], team: Watched, to: str) -> list[Doc]:
    first = main_for_all(teams) if to else main(team)
    call = [_careful(one) for one in first]
    if team.stage.state != "open":
        return call
    paused = team.stage.paused_at is not None
    pause = quiet(f"resume{to}", say("resume_all")) if paused else quiet(f"pause{to}", say("pause_all"))
    undo = quiet(f"undo{to}", say("undo"), off=not (team.stage.last_move and team.stage.can_undo(team.now)))
    minutes = [quiet(f"extend:-1{to}", say("minute_less")), quiet(f"extend:1{to}", say("minute_more"))]
    return [*call, *minutes, pause, undo]


def _careful(one: Doc) -> Doc:
    """A second tap for what moves the whole room on; a dialog asks by itself."""
    if one["id"].partition("@")[0] not in GUARDED or one.get("dialog"):
        return one
    again = say("tap_again_end" if one["id"].startswith("end") else "tap_again_go")
    return guarded(one["id"], one["label"], again, main=one["main"])
