"""`mira-workbook session …`: open, list, key, close and forget meetings."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from mira_workbook import settings
from mira_workbook.cli import say
from mira_workbook.content.lists import REPORT_OF
from mira_workbook.content.load import load
from mira_workbook.errors import MiraError
from mira_workbook.opening import open_store
from mira_workbook.records import Meeting, Role, Session, Team
from mira_workbook.serve import links
from mira_workbook.serve.again import going_on
from mira_workbook.store import NewMember, NewTeam, Store, shown_code
from mira_workbook.text import clean

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Code = Annotated[str, typer.Argument(help="The meeting's code, such as K7M-4QX.")]
DEFAULT_ROOT = "http://127.0.0.1:8866/"
ROSTER = ("name", "role", "role_group", "contract_min_week")


def new(  # noqa: PLR0913, PLR0917 - the options of one command
    workbook: Annotated[str, typer.Option(help="The workbook's name, such as priority_setting.")],
    team: Annotated[list[str] | None, typer.Option(help="A new team's name; once for each team.")] = None,
    team_id: Annotated[
        list[str] | None, typer.Option(help="Go on with this team, by its slug; once for each. See session list.")
    ] = None,
    roster: Annotated[Path | None, typer.Option(help="CSV with name, role, role_group, contract_min_week.")] = None,
    pace: Annotated[Literal["own", "led"], typer.Option(help="Who moves the session on.")] = "own",
    timezone: Annotated[str, typer.Option(help="The room's time zone, such as America/New_York.")] = "UTC",
    json: Json = False,
) -> None:
    """Open a meeting and print its code and links."""
    store = ready()
    people = read_roster(roster) if roster else ()
    if not team and not team_id:
        raise MiraError("Name a team with --team, or go on with one with --team-id.")
    if people and len([*(team or ()), *(team_id or ())]) > 1:
        raise MiraError("A roster goes with one team. Open the meeting for one, or let people type their names.")
    path = settings.shipped("workbooks") / f"{workbook}.toml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in settings.shipped("workbooks").glob("*.toml")))
        raise MiraError(f"There is no workbook called {workbook!r}. Take one of: {known}.")
    again = [going_on(one, store.members(one.id), people) for one in known_teams(store, team_id or ())]
    teams = [*again, *(NewTeam(clean(name), members=people) for name in team or ())]
    opened = store.open_meeting(load(path), teams, pace=pace, timezone=timezone)
    root = (settings.settings().public_url or DEFAULT_ROOT).rstrip("/") + "/"
    made = {
        "code": shown_code(opened.meeting.code),
        "member_link": links.join(root, opened.meeting.code),
        "facilitator_link": links.keyed(root, "facilitator", opened.keys["facilitator"]),
        "coach_link": links.keyed(root, "coach", opened.keys["coach"]),
    }
    if json:
        say.as_json(made)
        return
    for name, value in made.items():
        typer.echo(f"{name.replace('_', ' ')}: {value}")
    typer.echo("Keep the facilitator and coach links: they are shown this once.")


def known_teams(store: Store, slugs: Sequence[str]) -> list[Team]:
    """The teams with these slugs.

    Raises:
        MiraError: no team has one of them.
    """
    known = {team.slug: team for team in store.teams()}
    missing = [slug for slug in slugs if slug not in known]
    if missing:
        raise MiraError(f"No team is called {missing[0]}. See mira-workbook session list.")
    return [known[slug] for slug in slugs]


def list_(json: Json = False) -> None:
    """List meetings, newest first."""
    store = ready()
    rows = [_row(store, meeting, session) for meeting in store.meetings() for session in store.sessions(meeting.id)]
    if json:
        say.as_json(rows)
    else:
        say.table(
            rows, "No meeting yet. Open one with: mira-workbook session new --workbook priority_setting --team NAME"
        )


def _row(store: Store, meeting: Meeting, session: Session) -> dict[str, Any]:
    return {
        "code": shown_code(meeting.code),
        "workbook": store.workbook(meeting).slug,
        "team": store.team(session.team_id).slug,
        "people": len(store.roster(session.id)),
        "opened": f"{meeting.opened_at:%Y-%m-%d}",
        "ended": f"{meeting.ended_at:%Y-%m-%d}" if meeting.ended_at else "",
    }


def keys(
    code: Code,
    new: Annotated[
        Literal["facilitator", "coach", "viewer"] | None, typer.Option(help="Make a new key for a role.")
    ] = None,
    revoke: Annotated[Literal["facilitator", "coach", "viewer"] | None, typer.Option(help="End a role's keys.")] = None,
    json: Json = False,
) -> None:
    """Replace lost keys. A key is shown once, when it is made; revoking ends the pages that were opened with it."""
    store = ready()
    root = (settings.settings().public_url or DEFAULT_ROOT).rstrip("/") + "/"
    made: dict[str, Any] = {"code": shown_code(store.meeting(code).code)}
    if revoke:
        store.revoke_keys(code, revoke)
        made["revoked"] = revoke
    if new:
        role: Role = new
        made[f"{new}_link"] = links.keyed(root, role, store.new_key(code, role))
    if json:
        say.as_json(made)
        return
    if not new and not revoke:
        typer.echo("Keys are stored hashed, so a lost one cannot be shown. Make a new one with --new facilitator.")
    for name, value in made.items():
        typer.echo(f"{name.replace('_', ' ')}: {value}")


def close(
    code: Code,
    *,
    cycle: Annotated[
        bool, typer.Option("--cycle", help="Close the priority's cycle of its teams too, and begin their next.")
    ] = False,
) -> None:
    """End a meeting: it can still be read and exported."""
    store = ready()
    store.close_meeting(code)
    typer.echo("The meeting has ended. Its answers can be read and exported.")
    for session in store.sessions(store.meeting(code).id) if cycle else ():
        n = store.turn_cycle(session.id)
        team = store.team(session.team_id)
        typer.echo(f"The cycle of {team.name} is closed; its next is number {n}. Go on with: --team-id {team.slug}")


def ready() -> Store:
    """The store, brought up to date."""
    store = open_store()
    store.migrate()
    return store


def read_roster(path: Path) -> tuple[NewMember, ...]:
    """Read a roster CSV with a heading line.

    Raises:
        MiraError: a column is missing or a line does not fit; the text says which line and what to do.
    """
    text = path.read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    heads = set(rows[0]) if rows else set(text.splitlines()[0].split(",") if text else ())
    if "name" not in heads:
        raise MiraError(
            f"{path.name} needs a first line with these headings: {', '.join(ROSTER)}. Only name is required."
        )
    return tuple(
        _person(path.name, n, row)
        for n, row in enumerate(rows, 2)
        if any((v or "").strip() for v in row.values() if isinstance(v, str))
    )


def _person(source: str, line: int, row: dict[str, str | None]) -> NewMember:
    name, role, group, minutes = (clean(row.get(key) or "") for key in ROSTER)
    if not name:
        raise MiraError(f"{source}, line {line}: the name is blank. Fill it in, or take the line out.")
    if group and group not in REPORT_OF:
        raise MiraError(f"{source}, line {line}: {group!r} is not a role group. Take one of: {', '.join(REPORT_OF)}.")
    digits = minutes.replace(",", "")
    if digits and not digits.isdigit():
        raise MiraError(f"{source}, line {line}: {minutes!r} is not a number of minutes, such as 2325.")
    return NewMember(name, role, group or "other", int(digits) if digits else None)
