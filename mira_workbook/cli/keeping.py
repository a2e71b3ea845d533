"""Commands on what is kept: forget, expire, and the log of what was taken out."""

from dataclasses import asdict
from typing import Annotated

import typer

from mira_workbook import settings
from mira_workbook.cli import say
from mira_workbook.cli.sessions import Code, Json, ready
from mira_workbook.errors import MiraError, SessionNotFound
from mira_workbook.serve import retention
from mira_workbook.store import Store, plain_code, shown_code

STAYS = (
    "Stays: lines in the log of exports, which hold no answers; backups and files that were made before. "
    "Delete those yourself."
)


def forget(
    code: Annotated[str | None, typer.Argument(help="A meeting's code, or an imported archive's.")] = None,
    member: Annotated[str | None, typer.Option(help="Only this member of the meeting, such as M3.")] = None,
    team: Annotated[
        str | None, typer.Option(help="A team with everything of it, by its slug; with --member, the member's team.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Forget a meeting, one member of it, or a team, with everything derived. It cannot be undone."""
    store = ready()
    if member and not code:
        raise MiraError("Say in which meeting the member is: its code, then --member.")
    if not team and not code:
        raise MiraError("Say what to forget: a meeting's code, a code with --member, or --team.")
    if code and team and not member:
        raise MiraError("A team is forgotten in all its meetings: give --team without a code, or a code with --member.")
    what = f"{member} of {code}" if member else f"team {team}" if team else f"meeting {code}"
    for line in _told(store, code, member, team):
        typer.echo(line)
    if not yes and not typer.confirm(f"Forget {what}? This cannot be undone."):
        raise typer.Exit(1)
    _forget(store, code, member, team)
    typer.echo(f"Forgotten: {what}. Older backups may still hold it.")


def _told(store: Store, code: str | None, member: str | None, team: str | None) -> list[str]:
    """What goes and what stays, before anything goes."""
    if member:
        notes = sum(len(store.notes(session.id, "coach")) for session in store.sessions(store.meeting(str(code)).id))
        told = [
            "Goes: the member's name, answers, drafts and seats in all meetings of the team, and what was handed on.",
            "Stays: what the team wrote together, and anonymous answers, which nobody can find any more.",
        ]
        read = f"Coaches wrote {notes} {'note' if notes == 1 else 'notes'} here: read them, they may name the person."
        return [*told, *([read] if notes else []), STAYS]
    if team:
        names = [known.name for known in store.teams() if known.slug == team]
        archives = [shown_code(one) for name in names for one in store.still_told_of(name)]
        more = [f"Imported archives that hold this team, each forgotten by its own code: {', '.join(archives)}."]
        return ["Goes: the team, its people, all its sessions, notes and answers.", *(more if archives else []), STAYS]
    return ["Goes: the meeting's answers, notes, drafts and seats, and teams that have no other meeting.", STAYS]


def _forget(store: Store, code: str | None, member: str | None, team: str | None) -> None:
    files = _meetings_of(store, team, code) if member or team else [plain_code(str(code))]
    if member:
        store.forget_member(str(code), member, team or "")
    elif team:
        store.forget_team(team)
    else:
        store.forget_meeting(str(code))
    for meeting in files:
        # Whole folders, since they hold what is gone and can be written again.
        retention.forget_files(meeting)


def _meetings_of(store: Store, slug: str | None, code: str | None) -> list[str]:
    """Codes of all meetings of a team; without its name, of the teams of one meeting."""
    here = {s.team_id for s in store.sessions(store.meeting(code).id)} if code else None
    ids = {t.id for t in store.teams() if slug in {None, t.slug} and (here is None or t.id in here)}
    return [m.code for m in store.meetings() if ids & {s.team_id for s in store.sessions(m.id)}]


def expire(
    days: Annotated[
        int | None, typer.Option(min=1, help="Days a meeting is kept after its end; MIRA_KEEP_DAYS if not given.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is due.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Forget the meetings that have rested for longer than they are kept, and say which before."""
    keep = days or settings.settings().keep_days
    if not keep:
        raise MiraError("Everything is kept. Set MIRA_KEEP_DAYS, or say after how many days with --days.")
    store = ready()
    found = retention.due_now(store, keep)
    rows = [
        {
            "code": shown_code(one.code),
            "what": "archive" if one.is_archive else "meeting",
            "teams": ", ".join(one.teams),
            "at rest since": f"{one.since:%Y-%m-%d}",
        }
        for one in found
    ]
    say.table(rows, f"Nothing is due: no meeting has rested for {keep} days.")
    if not found or dry_run:
        return
    typer.echo("Goes: their answers, notes, drafts and seats, and teams that have no other meeting.")
    typer.echo(STAYS)
    if not yes and not typer.confirm(f"Forget {len(found)}? This cannot be undone."):
        raise typer.Exit(1)
    gone = retention.forget(store, found)
    typer.echo(f"Forgotten: {', '.join(shown_code(code) for code in gone)}. Older backups may still hold them.")


def log(code: Code, json: Json = False) -> None:
    """Print who took what out of a meeting: files, tables of a comparison, frames of a notebook."""
    store = ready()
    found = store.accesses(code)
    if not found:
        _know(store, code)
    if json:
        say.as_json([{**asdict(one), "at": one.at.isoformat()} for one in found])
        return
    rows = [
        {"when (UTC)": f"{one.at:%Y-%m-%d %H:%M}", "who": one.key, "what": one.format, "lines": one.rows}
        for one in found
    ]
    say.table(rows, "Nothing was taken out of this meeting yet.")


def _know(store: Store, code: str) -> None:
    """Make sure that a code is one.

    Raises:
        SessionNotFound: neither a meeting nor an archive has it.
    """
    try:
        store.meeting(code)
    except SessionNotFound:
        store.archive(code)
