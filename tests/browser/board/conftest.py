"""A browser for the board's tests, and views of its harness; a page that throws makes its test fail."""

from collections.abc import Iterator

import pytest
from board_page import HEIGHTS
from harness import Opener, Stand, opening, served
from meeting import chromium
from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served("board_harness") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Opener]:
    """Opens a view of the harness."""
    with opening(browser, address, Stand(width=1280, height=HEIGHTS.__getitem__, starts_at=10)) as go:
        yield go
