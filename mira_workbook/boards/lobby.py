"""Before the first step: who has come, who is missing, and the way in."""

from datetime import datetime

from mira_workbook.boards import dialogs, showing
from mira_workbook.boards.agenda import agenda
from mira_workbook.boards.head import blank, head, lines
from mira_workbook.boards.page import Page
from mira_workbook.boards.parts import EMPTY, button, quiet
from mira_workbook.boards.watched import Watched
from mira_workbook.boards.wording import at, attendance
from mira_workbook.catalogue import say
from mira_workbook.rules import clock
from mira_workbook.rules.progress import following, is_warming_up, progress
from mira_workbook.widgets.controls import Doc


def lobby(page: Page) -> Doc:
    """The facilitator's lobby: people by name on one side, what the wall shows on the other."""
    team = page.team
    here = team.arrived()
    missing = [m.name for m in team.present() if m not in here]
    return {
        **EMPTY,
        "key": f"lobby:{team.slug}",
        "now": team.now.isoformat(),
        "head": head(team, page.links, page.teams, page.where) | {"sub": starts(team)},
        "lines": [*blank(team, page.links), *lines(team, page.where)],
        "agenda": agenda(team, leads=True),
        "lobby": {
            "join_link": page.links.join,
            "qr": page.links.qr,
            "code": page.links.code,
            "count": attendance([team]),
            "here": [m.name for m in here],
            "missing": missing,
            "missing_text": say("not_yet_here", names=", ".join(missing)) if missing else "",
            "knocks": [],
            "warm": warm_up(team),
            "ends": say("we_end_at", time=at(team, _promised(team))) + ".",
            "empty": "" if here else say("nobody_here"),
            "buttons": _buttons(page),
        },
        "foot": {"left": showing.banner(team) if team.snapshot.workbook.needs else "", "right": ""},
    }


def _promised(team: Watched) -> datetime:
    ending = clock.ending(team.snapshot, team.stage, team.now)
    return ending.promised or ending.expected


def starts(team: Watched) -> str:
    """When it was said to start."""
    told = str(team.snapshot.team.facts.get("starts", ""))
    hour, _, minute = told.partition(":")
    return say("starts_at", time=f"{int(hour) % 12 or 12}:{minute}") if hour.isdigit() and minute.isdigit() else ""


def warm_up(team: Watched) -> Doc | None:
    """How many have done what may be done before the day, and time for it now; None without such steps or people."""
    steps = [s for s in team.snapshot.workbook.steps if s.warm_up]
    if not (steps and team.present()):
        return None
    done = [set(progress(team.snapshot, team.stage, step).arrived) for step in steps]
    n, of = len(set.intersection(*done)), len(team.present())
    minutes = round(sum(step.minutes.total for step in steps))
    offers = team.is_led and n < of and not is_warming_up(team.snapshot, team.stage)
    give = [quiet("warm_up", say("give_warm_up", n=minutes))] if offers else []
    return {"text": say("warm_up_done", n=n, of=of), "buttons": give}


def _buttons(page: Page) -> list[Doc]:
    team, links = page.team, page.links
    found: list[Doc] = []
    if links.join:
        found.append(quiet("copy", say("copy_link")))
    if links.packet:
        found.append(quiet("packet", say("print_packet"), href=links.packet))
    first = following(team.snapshot, team.stage)
    if team.is_led and first:
        found.append(button("next", say("start", title=first.title), main=True))
    found.append(dialogs.menu_of(team, links))
    return found
