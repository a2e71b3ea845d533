"""How the cost of coming in grows: with people in the room, and with sessions that are over in the store."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mira_workbook.bench.joining import together
from mira_workbook.bench.live import at
from mira_workbook.bench.past import fill
from mira_workbook.bench.places import Side, ours
from mira_workbook.bench.trees import Used, used

SIZES = (10, 30, 60, 120, 200)
PASTS = (1, 10, 1_000, 100_000)
FEW = 10
"""People who come in where the past is what grows."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which sizes are tried; `tell` is told what happens."""

    sizes: Sequence[int] = SIZES
    pasts: Sequence[int] = PASTS
    tell: Callable[[str], None] = lambda _line: None


@dataclass(frozen=True, slots=True)
class Came:
    """What it cost when so many came in the same second.

    Attributes:
        size: people, or sessions in the store.
        half, most: seconds within which half, and 95 of 100, had their widgets.
        cpu: seconds of the server's processor time for each, kernels included.
        memory: megabytes for each (PSS).
    """

    size: int
    half: float
    most: float
    cpu: float
    memory: float


@dataclass(slots=True)
class Measured:
    """What was measured, by people and by sessions that are over."""

    people: list[Came] = field(default_factory=list)
    past: list[Came] = field(default_factory=list)


def run(folder: Path, plan: Plan) -> Measured:
    """Run the bench in an empty folder; each size has a server of its own.

    Raises:
        StoreError: a server did not come up, or gave no page.
    """
    found = Measured()
    for size in plan.sizes:
        found.people.append(_come(_made(folder / f"people-{size}"), size, size, 0))
        plan.tell(f"{size} people: 95 of 100 within {found.people[-1].most:.2f} s")
    for past in plan.pasts:
        found.past.append(_come(_made(folder / f"past-{past}"), past, FEW, past))
        plan.tell(f"{past} sessions in the store: 95 of 100 within {found.past[-1].most:.2f} s")
    return found


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _come(folder: Path, size: int, people: int, past: int) -> Came:
    with ours(folder, people, max(1, people // 6)) as (side, place):
        if past:
            fill(place.folder / "mira.sqlite", past)
        side.settle(1)
        before = used(side.pid)
        took, after = asyncio.run(_all(side, people))
    return Came(
        size, at(took, 0.5), at(took, 0.95), (after.cpu - before.cpu) / people, (after.memory - before.memory) / people
    )


async def _all(side: Side, people: int) -> tuple[list[float], Used]:
    """Seconds of each, and what the server uses while all are there."""
    async with together(side.url, side.cookies, people) as visitors:
        await asyncio.to_thread(side.settle)
        return [visitor.came["widgets"] for visitor in visitors], used(side.pid)


def table(found: Measured) -> list[str]:
    """The lines of both tables."""
    lines = []
    for what, each in (("people in the same second", found.people), ("sessions in the store, 10 people", found.past)):
        lines += [f"| {what} | half of them | 95 of 100 | CPU a join | memory a member |", "|---|---|---|---|---|"]
        lines += [
            f"| {one.size:,} | {one.half:.2f} s | {one.most:.2f} s | {one.cpu:.2f} s | {one.memory:.0f} MB |"
            for one in each
        ]
        lines.append("")
    return lines


def plot(found: Measured, path: Path) -> None:
    """Draw both as one picture."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415 - only where it is drawn
    from matplotlib.figure import Figure  # noqa: PLC0415 - the same

    figure = Figure(figsize=(8, 3), layout="constrained")
    FigureCanvasSVG(figure)
    for place, each, words in zip(
        figure.subplots(1, 2),
        (found.people, found.past),
        ("people who come in the same second", "past sessions in the store (10 people come)"),
        strict=True,
    ):
        sizes = [one.size for one in each]
        place.plot(sizes, [one.most for one in each], marker="o", color="#1f5a7a", label="95 of 100")
        place.plot(sizes, [one.half for one in each], marker="o", color="#8a8a8a", label="half of them")
        if each is found.past:
            place.set_xscale("log")
        place.set(xlabel=words, ylim=(0, 1.15 * max(one.most for one in each)))
        place.set_ylabel("seconds until the kernel answers")
        place.spines[["top", "right"]].set_visible(False)
        place.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})
