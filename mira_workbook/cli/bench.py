"""The commands that measure: a join, a live room, exports, how cost grows, and that who leaves leaves nothing."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from mira_workbook.bench import export as exporting
from mira_workbook.bench import growth as growing
from mira_workbook.bench import join as joining
from mira_workbook.bench import live as room
from mira_workbook.bench import rows, stages, told, told_export
from mira_workbook.bench import soak as soaking
from mira_workbook.cli import say
from mira_workbook.cli.sessions import Json


def live(
    people: Annotated[int, typer.Option(min=2, max=200, help="People, shared out over the teams.")] = 60,
    teams: Annotated[int, typer.Option(min=2, max=12, help="Teams in the room.")] = 10,
    json: Json = False,
) -> None:
    """Let a room meet at a server of its own for some minutes, and measure how long people wait for each other."""
    plan = room.Plan(people, teams, tell=_teller(json))
    with TemporaryDirectory() as folder:
        found = room.run(Path(folder), plan)
    if json:
        say.as_json(told.as_json(found))
        return
    for row in told.rows(found):
        typer.echo(row)


def export(
    responses: Annotated[int, typer.Option(min=1, help="Answers in the store, at least.")] = exporting.RESPONSES,
    json: Json = False,
) -> None:
    """Fill a store, export all of it, and set time and memory beside the barest programs that write the same.

    Exit code 1 where an export takes more than it may.
    """
    with TemporaryDirectory() as folder:
        found = exporting.run(Path(folder), responses, _teller(json))
    if json:
        say.as_json(told_export.as_json(found))
    else:
        for row in told_export.rows(found):
            typer.echo(row)
    if not found.is_well:
        raise typer.Exit(1)


def join(
    burst: Annotated[int, typer.Option(min=2, max=200, help="People who come in the same second.")] = 30,
    joins: Annotated[int, typer.Option(min=1, max=30, help="People who come one after the other.")] = 8,
    json: Json = False,
) -> None:
    """Measure what a member who comes in costs, under Voila as it comes and under our server, in one run."""
    with TemporaryDirectory() as folder:
        found = joining.run(Path(folder), joining.Plan(burst, joins, tell=_teller(json)))
    if json:
        say.as_json(rows.as_json(found))
        return
    for row in rows.table(found):
        typer.echo(row)


def profile(json: Json = False) -> None:
    """Measure where the time of a join goes, stage by stage."""
    with TemporaryDirectory() as folder:
        found = stages.run(Path(folder))
    if json:
        say.as_json(found)
        return
    for row in stages.table(found):
        typer.echo(row)


def growth(
    plot: Annotated[Path | None, typer.Option(help="Draw it into this SVG file.")] = None,
    json: Json = False,
) -> None:
    """Measure how the cost of coming in grows with the room, and with the sessions in the store."""
    with TemporaryDirectory() as folder:
        found = growing.run(Path(folder), growing.Plan(tell=_teller(json)))
    if plot is not None:
        growing.plot(found, plot)
    if json:
        say.as_json(asdict(found))
        return
    for row in growing.table(found):
        typer.echo(row)


def soak(
    joins: Annotated[int, typer.Option(min=10, max=5000, help="People who come and go.")] = 300,
    json: Json = False,
) -> None:
    """Let people come and go, and look whether memory, descriptors and processes are then as they were."""
    with TemporaryDirectory() as folder:
        found = soaking.run(Path(folder), joins, _teller(json))
    if json:
        say.as_json(asdict(found))
        return
    for row in soaking.table(found):
        typer.echo(row)


def _teller(json: bool) -> Callable[[str], None]:  # noqa: FBT001 - the option's value
    return (lambda _line: None) if json else typer.echo
