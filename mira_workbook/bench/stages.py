"""Where the time of a join goes: one visitor after the other at an idle server, and when each part of the page came."""

import asyncio
import statistics
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from mira_workbook.bench.joining import STAGES, Visitor, together
from mira_workbook.bench.places import Side, ours

VISITS = 12
WORDS = {
    "head": "the seat is found and the page’s head is on its way",
    "kernel": "a ready kernel is handed out",
    "page": "the cells have run in it and the page is drawn",
    "socket": "the page’s socket is open and its channels answer",
    "widgets": "the kernel answers with its widgets",
}


def run(folder: Path, visits: int = VISITS) -> dict[str, float]:
    """Measure in an empty folder. Returns the median seconds of each stage.

    Raises:
        StoreError: the server did not come up, or gave no page.
    """
    with ours(folder, visits + 1) as (side, _):

        async def come() -> list[Visitor]:
            async with together(side.url, side.cookies[:1], 1), AsyncExitStack() as here:
                await asyncio.to_thread(side.settle)
                return [await _one(here, side, n) for n in range(1, visits + 1)]

        return _between(asyncio.run(come()))


async def _one(here: AsyncExitStack, side: Side, n: int) -> Visitor:
    (visitor,) = await here.enter_async_context(together(side.url, side.cookies[n:], 1))
    return visitor


def _between(visitors: Sequence[Visitor]) -> dict[str, float]:
    took: dict[str, float] = {}
    for before, stage in zip(("", *STAGES), STAGES, strict=False):
        took[stage] = statistics.median(one.came[stage] - one.came.get(before, 0.0) for one in visitors)
    return took


def table(found: dict[str, float]) -> Iterator[str]:
    """The lines of the table."""
    whole = sum(found.values())
    yield "| Stage of a join, one member, idle server | time | share |"
    yield "|---|---|---|"
    for stage, seconds in found.items():
        yield f"| {WORDS[stage]} | {1000 * seconds:.0f} ms | {100 * seconds / whole:.0f} % |"
    yield f"| all | {1000 * whole:.0f} ms | 100 % |"
