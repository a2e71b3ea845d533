"""Commands on what teams have said: demo, measures, export, import, backup, restore, check."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from mira_workbook import demo as plays
from mira_workbook import exports, settings
from mira_workbook.cli import say
from mira_workbook.cli.sessions import Code, Json, ready
from mira_workbook.content.load import load
from mira_workbook.errors import DefinitionError, MiraError, SessionNotFound
from mira_workbook.exports import json as json_export
from mira_workbook.measures import words
from mira_workbook.measures.table import measures as compute
from mira_workbook.opening import open_store
from mira_workbook.records import Measure, Snapshot
from mira_workbook.rules.sight import of_measure
from mira_workbook.rules.stage import fold
from mira_workbook.store import Store, shown_code

TeamOption = Annotated[str | None, typer.Option(help="Only this team, by its slug.")]


def demo(json: Json = False) -> None:
    """Load the fictional team with its answers; a second call gives the same sessions."""
    made = [{"workbook": p.workbook, "code": shown_code(p.code), "team": p.team} for p in plays.demo()]
    if json:
        say.as_json(made)
    else:
        say.table(made, "No workbook has demo answers.")


def measures(code: Code, team: TeamOption = None, json: Json = False) -> None:
    """Print every measure of a meeting, as its coach may read it."""
    every = [(s, m) for s in snapshots(ready(), code, team) for m in compute(s, fold(s.acts, s.workbook))]
    found = [of_measure(m, exports.COACH, s) for s, m in every]
    if json:
        say.as_json([asdict(m) for m in found])
        return
    rows = [
        {
            "step": m.step,
            "round": m.round,
            "measure": f"{m.id} {m.name}",
            "of": m.of,
            "value": _spell(m),
            "n": m.n,
            "band": m.band,
        }
        for m in found
    ]
    say.table(rows, "Nothing to measure yet: no step of this meeting has been opened.")


def _spell(measure: Measure) -> str:
    if measure.value is None:
        return "not enough answers"
    if isinstance(measure.value, dict):
        return ", ".join(f"{key} {_short(value)}" for key, value in measure.value.items())
    return _short(measure.value)


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "(" + ", ".join(f"{key} {_short(one)}" for key, one in value.items()) + ")"
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "–"}[value]
    return words.two_places(value) if isinstance(value, float) else str(value)


def snapshots(store: Store, code: str, team: str | None) -> list[Snapshot]:
    """Every session of a meeting, or one team's, with the notes of its coaches.

    Raises:
        SessionNotFound: no meeting has the code.
        MiraError: no such team in it; the text lists those that are.
    """
    meeting = store.meeting(code)
    found = [store.coachs_snapshot(session.id) for session in store.sessions(meeting.id)]
    chosen = [s for s in found if team is None or s.team.slug == team]
    if not chosen:
        known = ", ".join(s.team.slug for s in found)
        raise MiraError(f"No team called {team!r} is in this meeting. Take one of: {known}.")
    return chosen


def export(
    code: Code,
    format: Annotated[Literal["csv", "json", "handout"], typer.Option(help="What to write.")] = "csv",  # noqa: A002 - the option's name
    out: Annotated[Path, typer.Option(help="Folder to write into.")] = Path(),
    team: TeamOption = None,
) -> None:
    """Write a meeting's files as its coach may have them."""
    store = ready()
    files = _files(store, code, format, team)
    out.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        # Written beside and moved into place: an export that is cut short leaves no half file.
        part = out / f".{name}.part"
        part.write_bytes(body)
        part.replace(out / name)
        typer.echo(str(out / name))
    store.log_access("command line", code, format, exports.lines(files))


def _files(store: Store, code: str, format_: str, team: str | None) -> exports.Files:
    try:
        found = snapshots(store, code, team)
    except SessionNotFound:
        archive = store.archive(code)
        if format_ == "handout":
            raise MiraError("An imported archive gives csv and json.") from None
        return exports.again(json_export.read(archive), format_)
    return exports.EXPORTS[format_].write(found, exports.COACH)


def import_(file: Annotated[Path, typer.Argument(help="A .json file that export wrote.")]) -> None:
    """Keep an exported meeting as a read-only archive under its own code."""
    text = file.read_text("utf-8")
    found = json_export.read(text)
    ready().put_archive(found.meeting.code, text)
    typer.echo(f"Kept as {shown_code(found.meeting.code)}, read-only. Export it again with the same code.")


def backup(file: Annotated[Path, typer.Argument(help="File to write.")]) -> None:
    """Write everything, with identities, into one file; consistent while people write."""
    ready().backup(file)
    typer.echo(f"Everything is in {file}. It holds names: keep it where only you can read it.")


def restore(file: Annotated[Path, typer.Argument(help="A file that backup wrote.")]) -> None:
    """Bring a backup back into an empty store."""
    open_store().restore(file)
    typer.echo("The backup is back.")


def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Workbook files; all that are shipped if none is given.")
    ] = None,
) -> None:
    """Say everything that is odd about workbook files; exit code 1 if there is anything."""
    paths = files or sorted(settings.shipped("workbooks").glob("*.toml"))
    wrong = 0
    for path in paths:
        try:
            book = load(path)
        except DefinitionError as error:
            wrong += 1
            typer.echo(str(error))
        else:
            typer.echo(f"{path.name}: {len(book.steps)} steps, {book.length()} minutes. All is well.")
    if wrong:
        raise typer.Exit(1)
