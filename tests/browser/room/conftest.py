"""A browser and a real server for each test of a room; both end with the test, so that no loop outlives its file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from meeting import chromium
from playwright.sync_api import Browser
from servers import Server, running


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(tmp_path) as made:
        yield made
