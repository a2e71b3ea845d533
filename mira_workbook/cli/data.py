"""Commands on what teams have said: demo, measures, export, import, backup, restore, check."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from mira_workbook import demo as plays
from mira_workbook import exports, settings
from mira_workbook.cli import say
from mira_workbook.cli.sessions import Code, Json, ready
from mira_workbook.cli.waiting import bar
from mira_workbook.content.load import load
from mira_workbook.errors import DefinitionError, MiraError, SessionNotFound
from mira_workbook.exports import json as json_export
from mira_workbook.exports.pace import seldom_collected
from mira_workbook.exports.source import Source
from mira_workbook.exports.staging import staging
from mira_workbook.measures import words
from mira_workbook.measures.table import measures as compute
from mira_workbook.opening import open_store
from mira_workbook.records import Measure, Snapshot
from mira_workbook.rules.sight import of_measure
from mira_workbook.rules.stage import fold
from mira_workbook.store import Store, plain_code, shown_code
from mira_workbook.text import join_words

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


FORMATS = f"What to write: {', '.join(exports.EXPORTS)}."


def _known(name: str) -> str:
    if name not in exports.EXPORTS:
        raise typer.BadParameter(f"{name!r} is none of these: {', '.join(exports.EXPORTS)}.")
    return name


def export(  # noqa: PLR0913, PLR0917 - one for each thing that can be asked
    code: Annotated[str | None, typer.Argument(help="The meeting's code, such as K7M-4QX.")] = None,
    format: Annotated[str, typer.Option(help=FORMATS, callback=_known)] = "csv",  # noqa: A002 - the option's name
    out: Annotated[Path, typer.Option(help="Folder to write into.")] = Path(),
    team: TeamOption = None,
    every: Annotated[bool, typer.Option("--all", help="Every meeting of the store.")] = False,
    json: Json = False,
) -> None:
    """Write a meeting's files, or those of every meeting, as a coach may have them."""
    if (code is None) != every:
        raise MiraError("Give a meeting's code, or --all for every meeting.")
    store = ready()
    with bar("Writing the files", "Packing the files", shown=not json) as told, seldom_collected():
        taken = _taken(store, (code, team, format), out, told)
    store.log_access("command line", "all meetings" if code is None else plain_code(code), format, taken.lines)
    if json:
        say.as_json([str(path) for path in taken.paths])
        return
    for path in taken.paths:
        typer.echo(str(path))


def _taken(
    store: Store, wanted: tuple[str | None, str | None, str], out: Path, told: Callable[[float], None]
) -> exports.Taken:
    code, team, format_ = wanted
    try:
        sittings = store.sittings(code, team)
    except SessionNotFound:
        return _again(store, str(code), format_, out)
    if team is not None and not sittings:
        known = ", ".join(dict.fromkeys(sitting.team.slug for sitting in store.sittings(code)))
        raise MiraError(f"No team called {team!r} is in this meeting. Take one of: {known}.")
    return exports.export(format_, Source(sittings, store.coachs_snapshot, told), exports.COACH, out)


def _again(store: Store, code: str, format_: str, out: Path) -> exports.Taken:
    """The files of an imported archive."""
    archive = json_export.read(store.archive(code))
    if format_ not in exports.OF_ARCHIVES:
        raise MiraError(f"An imported archive gives {join_words(list(exports.OF_ARCHIVES))}.")
    files = exports.again(archive, format_)
    with staging(out) as folder:
        for name, body in files.items():
            (folder / name).write_bytes(body)
    lines = sum(body.count(b"\n") for body in files.values())
    return exports.Taken(tuple(out / name for name in sorted(files)), lines)


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
