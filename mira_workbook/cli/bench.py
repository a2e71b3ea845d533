"""The commands that measure: a live room, and exports of a large store."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from mira_workbook.bench import export as exporting
from mira_workbook.bench import live as room
from mira_workbook.bench import told, told_export
from mira_workbook.cli import say
from mira_workbook.cli.sessions import Json


def live(
    people: Annotated[int, typer.Option(min=2, max=200, help="People, shared out over the teams.")] = 60,
    teams: Annotated[int, typer.Option(min=2, max=12, help="Teams in the room.")] = 10,
    json: Json = False,
) -> None:
    """Let a room meet at a server of its own for some minutes, and measure how long people wait for each other."""
    plan = room.Plan(people, teams, tell=(lambda _line: None) if json else typer.echo)
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
    tell: Callable[[str], None] = (lambda _line: None) if json else lambda line: typer.echo(line, err=True)
    with TemporaryDirectory() as folder:
        found = exporting.run(Path(folder), responses, tell)
    if json:
        say.as_json(told_export.as_json(found))
    else:
        for row in told_export.rows(found):
            typer.echo(row)
    if not found.is_well:
        raise typer.Exit(1)
