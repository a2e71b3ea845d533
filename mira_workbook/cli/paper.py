"""`mira-workbook packet`: a workbook on paper."""

from pathlib import Path
from typing import Annotated

import typer

from mira_workbook import settings
from mira_workbook.cli.data import TeamOption, snapshots
from mira_workbook.cli.sessions import ready
from mira_workbook.content.load import load
from mira_workbook.exports import packet as paper
from mira_workbook.store import shown_code


def packet(
    of: Annotated[str, typer.Argument(help="A workbook's name, such as priority_setting, or a meeting's code.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write.")] = Path("packet.html"),
    team: TeamOption = None,
) -> None:
    """Write a workbook as sheets to print, for a room without a network."""
    path = settings.shipped("workbooks") / f"{of}.toml"
    if path.is_file():
        body = paper.write(load(path), paper.Known())
    else:
        found = snapshots(ready(), of, team)
        code = shown_code(found[0].meeting.code)
        # With several teams and none named, a packet that any of them can use.
        body = paper.write(found[0].workbook, paper.known(found[0], code) if len(found) == 1 else paper.Known(code))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(body)
    typer.echo(f"Wrote {out}. Open it in a browser and print it.")
