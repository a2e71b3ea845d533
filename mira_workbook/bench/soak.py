"""The soak: an hour's worth of people who come and go, and whether the server is then as it was before."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mira_workbook.bench.joining import together
from mira_workbook.bench.places import Side, ours
from mira_workbook.bench.trees import Used, used

AT_ONCE = 10
FORGOTTEN_S = 65.0
"""Seconds after which the server has forgotten a page: Jupyter's last timer for it, whether its kernel answers, is a
minute long."""


@dataclass(frozen=True, slots=True)
class Soaked:
    """How the server stood after a first round of joins, and after all of them; and how long they took."""

    before: Used
    after: Used
    joins: int
    seconds: float


def run(folder: Path, joins: int = 300, tell: Callable[[str], None] = lambda _line: None) -> Soaked:
    """Let people come and go in an empty folder's server, ten at once.

    The first hundred are not counted: after them all has been used once, and pages were forgotten while others came.

    Raises:
        StoreError: the server did not come up, or gave no page.
    """
    with ours(folder, AT_ONCE, 2) as (side, _):
        _come_and_go(side, 10 * AT_ONCE)
        before = used(side.pid)
        tell(f"before: {before.memory:.0f} MB, {before.descriptors} descriptors, {before.processes} processes")
        begun = time.perf_counter()
        _come_and_go(side, joins)
        took = time.perf_counter() - begun
        side.settle(FORGOTTEN_S)
        return Soaked(before, used(side.pid), joins, took)


def _come_and_go(side: Side, joins: int) -> None:
    async def rounds() -> None:
        for _ in range(joins // AT_ONCE):
            async with together(side.url, side.cookies, AT_ONCE) as visitors:
                await asyncio.gather(*(visitor.end() for visitor in visitors))

    asyncio.run(rounds())
    side.settle()


def table(found: Soaked) -> Iterator[str]:
    """The lines of the table."""
    yield f"| after {found.joins} joins and leaves in {found.seconds:.0f} s | before | after |"
    yield "|---|---|---|"
    yield f"| processes | {found.before.processes} | {found.after.processes} |"
    yield f"| open descriptors, all processes | {found.before.descriptors} | {found.after.descriptors} |"
    yield f"| open descriptors, server | {found.before.descriptors_of_server} | {found.after.descriptors_of_server} |"
    yield f"| memory, all processes (PSS) | {found.before.memory:.0f} MB | {found.after.memory:.0f} MB |"
    yield f"| memory, server | {found.before.memory_of_server:.0f} MB | {found.after.memory_of_server:.0f} MB |"
