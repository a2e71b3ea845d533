"""The command that measures a live room."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from mira_workbook.bench import live as room
from mira_workbook.bench import told
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
