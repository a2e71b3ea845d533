"""Commands for the room: rehearse, serve."""

import sys
from typing import Annotated, Literal

import typer

from mira_workbook import demo as plays
from mira_workbook import rehearse as rehearsal
from mira_workbook import settings
from mira_workbook.catalogue import say as sentence
from mira_workbook.cli import say
from mira_workbook.cli.sessions import Code, Json, ready
from mira_workbook.content.load import load
from mira_workbook.serve import links
from mira_workbook.store import NewTeam, shown_code

PACES: tuple[tuple[Literal["own", "led"], str], ...] = (
    ("own", "at the team's own pace"),
    ("led", "led by a facilitator"),
)
"""The two ways a session goes, as the links to try them are headed."""

WORKERS = 2
"""Processes that scripted people sit in: enough to meet each other in the middle of a save."""


def rehearse(  # noqa: PLR0913, PLR0917 - the options of one command
    code: Code,
    people: Annotated[int, typer.Option(min=1, max=400, help="Scripted people, shared out over the teams.")] = 8,
    faults: Annotated[
        bool, typer.Option("--faults", help="Let phones, people and processes break on the way.")
    ] = False,
    copy: Annotated[bool, typer.Option("--copy", help="Play on a copy that is forgotten afterwards.")] = False,
    url: Annotated[str, typer.Option(help="A running server on this store: people come to its pages.")] = "",
    seed: Annotated[int, typer.Option(help="The same seed draws the same people.")] = 1,
    json: Json = False,
) -> None:
    """Let scripted people go through a whole meeting, led or at their own pace, and count what arrived."""
    show = (lambda _line: None) if json else typer.echo
    play = rehearsal.rehearse_copied if copy else rehearsal.rehearse_as_planned
    found = play(ready(), code, rehearsal.Plan(people, seed, faults, WORKERS, show, url))
    if json:
        say.as_json(found.as_json())
    else:
        _show(found, all_of_it=faults)
    if not found.is_well:
        raise typer.Exit(1)


def _show(found: rehearsal.Rehearsed, *, all_of_it: bool) -> None:
    """What happened, what must not happen, and how it went in one sentence."""
    lines = [found.along_the_way()] if all_of_it else []
    lines += [sentence("rehearse_odd"), *found.odd] if found.odd else []
    for line in (*lines, found.sentence()):
        typer.echo(line)


def serve(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8866,
    room: Annotated[bool, typer.Option("--room", help="Let phones in this network reach it.")] = False,
    demo: Annotated[
        bool, typer.Option("--demo", help="Load the fictional team and open two fresh sessions first.")
    ] = False,
) -> None:
    """Serve the workbooks to browsers."""
    from mira_workbook.serve.app import Listen, lan_address, run  # noqa: PLC0415 - brings Voila, which others do not need

    host = "127.0.0.1"
    if room:
        host = "0.0.0.0"  # noqa: S104 - asked for, and confirmed
        typer.echo(f"Phones in this network will reach http://{lan_address()}:{port}/")
        if sys.stdin.isatty() and not typer.confirm("Is that the network of the room?", default=True):
            raise typer.Exit(1)
    root = settings.settings().public_url or f"http://{lan_address() if room else host}:{port}"
    if demo:
        _show_links(root.rstrip("/") + "/")
    typer.echo(f"Open {root}  (Ctrl-C ends it)")
    run(Listen(port, host))


def _show_links(root: str) -> None:
    """Load the demo team, open a fresh session of each pace, and print their links."""
    store = ready()
    for played in plays.demo():
        typer.echo(f"\nDemo team, {played.workbook}: code {shown_code(played.code)}, finished, to look at")
        typer.echo(f"  coach        {links.keyed(root, 'coach', store.new_key(played.code, 'coach'))}")
    book = load(settings.shipped("workbooks") / "priority_setting.toml")
    for pace, how in PACES:
        opened = store.open_meeting(book, [NewTeam("My team")], pace=pace)
        typer.echo(f"\nFresh session, {book.title}, {how}: code {shown_code(opened.meeting.code)}")
        typer.echo(f"  members      {links.join(root, opened.meeting.code)}")
        typer.echo(f"  facilitator  {links.keyed(root, 'facilitator', opened.keys['facilitator'])}")
        typer.echo(f"  coach        {links.keyed(root, 'coach', opened.keys['coach'])}")
    typer.echo()
