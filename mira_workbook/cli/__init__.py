"""The command line: `mira-workbook`."""

import sys
from typing import Annotated

import typer

from mira_workbook import __version__
from mira_workbook.cli import bench, data, keeping, lab, paper, room, sessions
from mira_workbook.errors import MiraError

app = typer.Typer(
    name="mira-workbook",
    help="Guided workbooks for school teams: set up, run, measure, take home.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
session = typer.Typer(help="Meetings and their sessions.", no_args_is_help=True)
app.add_typer(session, name="session")
measuring = typer.Typer(help="Measure this machine.", no_args_is_help=True)
app.add_typer(measuring, name="bench")

session.command("new")(sessions.new)
session.command("list")(sessions.list_)
session.command("keys")(sessions.keys)
session.command("close")(sessions.close)
session.command("forget")(keeping.forget)
session.command("expire")(keeping.expire)
session.command("log")(keeping.log)
app.command("demo")(data.demo)
app.command("measures")(data.measures)
app.command("export")(data.export)
app.command("import")(data.import_)
app.command("packet")(paper.packet)
app.command("backup")(data.backup)
app.command("restore")(data.restore)
app.command("check")(data.check)
app.command("rehearse")(room.rehearse)
app.command("serve")(room.serve)
app.command("lab")(lab.lab)
measuring.command("live")(bench.live)
measuring.command("export")(bench.export)


def _version(wanted: bool) -> None:  # noqa: FBT001 - called by Typer with the option's value
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _main(
    *,
    _version: Annotated[  # looked at by its callback, before a missing command is
        bool, typer.Option("--version", help="Show the version.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; what goes wrong is one sentence on stderr and exit code 2."""
    try:
        app()
    except MiraError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except OSError as error:
        named = f" ({error.filename})" if error.filename else ""
        typer.echo(f"{(error.strerror or str(error)).rstrip('.')}{named}.", err=True)
        sys.exit(2)
