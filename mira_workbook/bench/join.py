"""The join bench: what a member who comes in costs, under our server and under Voila as it comes, in one run."""

import asyncio
import compileall
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from mira_workbook.bench import browsing, saving
from mira_workbook.bench.joining import together
from mira_workbook.bench.live import at
from mira_workbook.bench.places import Side, ours, stock
from mira_workbook.bench.trees import Used, tree, used
from mira_workbook.bench.trees import cpu as cpu_of
from mira_workbook.errors import StoreError

TRIES = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """How big and how long.

    Attributes:
        burst: people who come in the same second.
        joins: people who come one after the other.
        typing: people who type at once.
        idle_s: seconds over which pages are watched that nobody touches.
        tell: told what happens.
    """

    burst: int = 30
    joins: int = 8
    typing: int = 60
    idle_s: float = 20.0
    tell: Callable[[str], None] = lambda _line: None


@dataclass(slots=True)
class Cost:
    """What joins cost under one of the servers; a figure that could not be measured is None.

    Attributes:
        burst, burst_each: seconds, 95 of 100, until a kernel has answered with its widgets, when all come in the same
            second: with one and the same seat, and each with a seat of their own.
        cpu: seconds of processor time a join.
        memory: megabytes a member (PSS).
        kilobytes, requests, again: of a first load, and of a second.
        first_field: seconds until the first field is there.
        idle: share of a core of a kernel whose page is open and lies idle.
        elsewhere: other machines that the page asked.
    """

    burst: float | None = None
    burst_each: float | None = None
    cpu: float | None = None
    memory: float | None = None
    kilobytes: float | None = None
    requests: float | None = None
    again: float | None = None
    first_field: float | None = None
    idle: float | None = None
    elsewhere: tuple[str, ...] | None = None


@dataclass(slots=True)
class Measured:
    """What was measured.

    Attributes:
        stock, ours: the two servers.
        saves: seconds of each acknowledgement while a room types.
        bare_rate, store_rate: commits a second, of SQLite alone and through the store.
        no_browser: why the rows that need one are empty, "" if they are not.
    """

    stock: Cost = field(default_factory=Cost)
    ours: Cost = field(default_factory=Cost)
    saves: list[float] = field(default_factory=list)
    bare_rate: float = 0.0
    store_rate: float = 0.0
    no_browser: str = ""


def run(folder: Path, plan: Plan) -> Measured:
    """Run the bench in an empty folder.

    Raises:
        StoreError: a server did not come up, or gave no page.
    """
    # Each of stock's kernels imports our package; without bytecode they would be slower than they need be.
    compileall.compile_dir(Path(__file__).parents[1], quiet=2)
    found = Measured(no_browser=browsing.why_not())
    for name in ("stock", "come", "ours", "typing"):
        (folder / name).mkdir()
    people = max(plan.burst, plan.joins + 2)
    with stock(folder / "stock") as side:
        _join(side, plan, found.stock, found.no_browser)
    found.stock.burst = found.stock.burst_each = again(lambda: _at_stock(folder / "stock", plan), plan.tell)
    plan.tell(f"stock: {plan.burst} at once, 95 of 100 within {found.stock.burst:.2f} s")
    with ours(folder / "come", people) as (side, _):
        _join(side, plan, found.ours, found.no_browser)
    with ours(folder / "ours", people) as (side, _):
        found.ours.burst_each = _burst(side, plan, plan.burst)
    with ours(folder / "typing", people) as (side, _):
        found.ours.burst = _burst(side, plan, 1)
        plan.tell(f"ours: {plan.burst} at once, 95 of 100 within {found.ours.burst_each:.2f} s")
    _save(folder, plan, found)
    return found


def again(once: Callable[[], float], tell: Callable[[str], None]) -> float:
    """Measure stock once more where a page of it never came.

    Its kernels choose ports before they take them, so that of thirty that start in the same second one may find its
    port taken and end, while its page waits for good.

    Raises:
        StoreError: that happened time and again.
    """
    for _ in range(TRIES - 1):
        try:
            return once()
        except StoreError as error:
            tell(f"stock: {error} Once more.")
    return once()


def _at_stock(folder: Path, plan: Plan) -> float:
    with stock(folder) as side:
        return _burst(side, plan, 1)


def _burst(side: Side, plan: Plan, seats: int) -> float:
    """Seconds within which 95 of 100 have their widgets when all come at once."""
    side.settle()

    async def come() -> list[float]:
        async with together(side.url, side.cookies[:seats], plan.burst) as visitors:
            return [visitor.came["widgets"] for visitor in visitors]

    return at(asyncio.run(come()), 0.95)


def _join(side: Side, plan: Plan, cost: Cost, no_browser: str) -> None:
    """Let people come one after the other, and see what each of them costs."""
    if no_browser:
        _join_unseen(side, plan, cost)
        return
    with browsing.visits(side.url, side.cookies, plan.joins) as come:
        side.settle()
        before = used(side.pid)
        seen = come()
        side.settle()
        _share(before, used(side.pid), plan, cost)
        cost.idle = _idle(side.pid, plan)
    cost.first_field, cost.elsewhere = seen.middle("first_field"), tuple(sorted(seen.elsewhere))
    cost.kilobytes, cost.requests = seen.middle("kilobytes"), seen.middle("requests")
    cost.again = browsing.again(side.url, side.cookies[-1] if side.cookies else "")
    plan.tell(f"{'ours' if side.cookies else 'stock'}: {cost.cpu:.2f} s of processor and {cost.memory:.0f} MB a join")


def _join_unseen(side: Side, plan: Plan, cost: Cost) -> None:
    """The same without a browser: what a page loads beside itself is left out."""

    async def come() -> None:
        async with together(side.url, side.cookies[:1], 1), AsyncExitStack() as here:
            await asyncio.to_thread(side.settle)
            before = used(side.pid)
            for n in range(1, plan.joins + 1):
                await here.enter_async_context(together(side.url, side.cookies[n:], 1))
            await asyncio.to_thread(side.settle)
            _share(before, used(side.pid), plan, cost)

    asyncio.run(come())


def _share(before: Used, after: Used, plan: Plan, cost: Cost) -> None:
    cost.cpu = (after.cpu - before.cpu) / plan.joins
    cost.memory = (after.memory - before.memory) / plan.joins


def _idle(pid: int, plan: Plan) -> float:
    """Share of a core that a kernel spends while its page is open and nothing happens: the busiest of them."""
    kernels = tree(pid)[1:]
    before = [cpu_of(one) for one in kernels]
    begun = time.perf_counter()
    time.sleep(plan.idle_s)
    spent = sorted(cpu_of(one) - was for one, was in zip(kernels, before, strict=True))[-plan.joins :]
    return sum(spent) / len(spent) / (time.perf_counter() - begun)


def _save(folder: Path, plan: Plan, found: Measured) -> None:
    found.bare_rate, found.store_rate = saving.rates(folder)
    (folder / "room").mkdir()
    with ours(folder / "room", plan.typing, 10) as (_, place):
        found.saves = asyncio.run(saving.typing(place))
    plan.tell(f"{plan.typing} type: 95 of 100 saves acknowledged within {1000 * at(found.saves, 0.95):.0f} ms")
