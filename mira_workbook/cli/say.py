"""What commands print: for people, or as JSON where a program reads it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import typer
from rich.console import Console
from rich.table import Table


def as_json(value: Any) -> None:
    """Print JSON, the only thing on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def table(rows: Sequence[Mapping[str, Any]], empty: str) -> None:
    """Print rows as a table, or a sentence where there are none."""
    if not rows:
        typer.echo(empty)
        return
    shown = Table(box=None, header_style="bold", pad_edge=False)
    for name in rows[0]:
        shown.add_column(name, overflow="fold")
    for row in rows:
        shown.add_row(*(str(cell) for cell in row.values()))
    Console(soft_wrap=False).print(shown)
