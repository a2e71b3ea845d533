"""What somebody sees who only looks on, such as a district: measures, after they are shown; no name, no words."""

from collections.abc import Sequence

from mira_workbook.boards.page import Page
from mira_workbook.boards.parts import CENTRE, EMPTY
from mira_workbook.boards.showing import spoken
from mira_workbook.boards.watched import Watched
from mira_workbook.boards.wording import count_of
from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.widgets.controls import Doc


def wall(page: Page) -> Doc:
    """The measures of all teams, one under the other; of one if it was chosen."""
    teams = [page.team] if page.where.team or len(page.teams) == 1 else list(page.teams)
    first = teams[0]
    return {
        **EMPTY,
        "key": f"viewer:{page.where.team}",
        "wall": True,
        "viewer": True,
        "now": first.now.isoformat(),
        "head": {
            "title": first.snapshot.workbook.title,
            "sub": say("viewer_sees"),
            "ends": "",
            "over": False,
            "code": "",
            "buttons": [],
            "teams": [],
        },
        "centre": {**CENTRE, "title": _title(teams), "blocks": [b for team in teams for b in _team(team)]},
    }


def _title(teams: Sequence[Watched]) -> str:
    return teams[0].snapshot.team.name if len(teams) == 1 else say("teams_count", n=len(teams))


def _team(team: Watched) -> list[Doc]:
    """Where a team stands, and what its numbers say, step by step."""
    where = say("row_lobby") if team.has_not_begun else team.step.title if team.step else say("row_ended")
    now = team.progress if team.is_collecting and not team.has_not_begun else None
    told = f"{where} · {count_of(team, now)}" if now else where
    blocks: list[Doc] = [{"kind": "heading", "text": team.snapshot.team.name}, {"kind": "text", "text": told}]
    for step in team.snapshot.workbook.steps:
        blocks += _step(team, step)
    return blocks


def _step(team: Watched, step: Step) -> list[Doc]:
    numbers = [m for m in team.numbers(step.key) if m.round == team.stage.round_of(step.key)]
    said = spoken([m for m in numbers if m.sentence])
    return [{"kind": "heading", "text": step.title}, *said] if said else []
