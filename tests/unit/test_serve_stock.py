"""Kernels kept ready: handed out once, replaced, and not when they have died."""

import asyncio
import itertools
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from servers import Browser, Made, Server, kernel_of, set_up, start, telling_workbooks
from test_serve_forks import nurseries, wait_until

from mira_workbook.serve.stock import GENTLE, Ready, Stock, Wire

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are kept ready where the system can fork")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = str(telling_workbooks(tmp_path / "workbooks"))
    running = start(tmp_path, MIRA_WORKBOOKS=folder, MIRA_READY_KERNELS="2")
    wait_until(lambda: counts(running) == (0, 2), 60)
    yield running
    running.stop()


@pytest.fixture
def made(server: Server) -> Made:
    return set_up(Browser(server), "Lena Marsh\nTom Ash")


def counts(server: Server) -> tuple[int, int]:
    """Kernels that serve, and those that are ready."""
    found = re.search(r'"kernels": (\d+), "starting": \d+, "ready": (\d+)', Browser(server).get("healthz").text)
    assert found
    return int(found[1]), int(found[2])


def kernels(server: Server) -> set[int]:
    return {process.pid for process in nurseries(server)[0].children()}


def test_a_ready_kernel_is_handed_out_and_another_takes_its_place(server: Server, made: Made) -> None:
    ready = kernels(server)
    phone = Browser(server)
    kernel = kernel_of(phone.post(f"join/{made.code}", member="M1"))
    assert counts(server)[0] == 1
    wait_until(lambda: counts(server) == (1, 2))
    assert ready < kernels(server)
    phone.post(f"voila/api/shutdown/{kernel}")
    assert counts(server) == (0, 2)
    wait_until(lambda: len(ready & kernels(server)) == 1)


def test_a_ready_kernel_that_has_died_is_not_handed_out(server: Server, made: Made) -> None:
    for pid in kernels(server):
        psutil.Process(pid).kill()
    phone = Browser(server)
    kernel = kernel_of(phone.post(f"join/{made.code}", member="M1"))
    assert phone.get(f"api/kernels/{kernel}").status == 200
    wait_until(lambda: counts(server) == (1, 2))


def test_kernels_are_not_started_ahead_while_somebody_waits_or_there_is_no_room() -> None:
    may, calm = [False], [False]
    began: list[int] = []

    async def begin() -> Ready:
        began.append(len(began))
        return Ready(str(len(began)), Silent())

    async def watch() -> None:
        stock = Stock(2, begin, may_start=lambda: may[0], is_calm=lambda: calm[0])
        stock.open()
        await asyncio.sleep(0.3)
        assert began == []
        may[0] = calm[0] = True
        async with asyncio.timeout(60):
            while len(stock) < stock.size:  # noqa: ASYNC110 - as long as that takes
                await asyncio.sleep(0.01)
        assert began == [0, 1]
        calm[0] = False
        first = stock.take()
        assert first is not None
        assert first.kernel_id not in stock
        await asyncio.sleep(0.3)
        assert len(began) == 2
        stock.forget("2")
        assert stock.take() is None
        stock.close()

    asyncio.run(watch())


def test_kernels_are_started_with_pauses_between_them_while_pages_are_open() -> None:
    async def gaps(*, used: bool) -> list[float]:
        began: list[float] = []

        async def begin() -> Ready:
            began.append(time.monotonic())
            await asyncio.sleep(0.05)
            return Ready(str(len(began)), Silent())

        stock = Stock(4, begin, is_used=lambda: used)
        stock.open()
        while len(stock) < stock.size:  # noqa: ASYNC110 - as long as that takes
            await asyncio.sleep(0.01)
        stock.close()
        return [after - before for before, after in itertools.pairwise(began)]

    assert min(asyncio.run(gaps(used=True))) >= 0.05 * (1 + GENTLE)
    assert min(asyncio.run(gaps(used=False))) < 0.05 * GENTLE


class Silent(Wire):
    """A wire to nobody."""

    def __init__(self) -> None:
        """Connect to nothing."""

    def close(self) -> None:
        """Close nothing."""
