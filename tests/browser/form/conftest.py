"""A browser for the form's tests, and frames of its harness; a page that throws makes its test fail."""

from collections.abc import Iterator

import pytest
from harness import PHONE, Opener, Stand, opening, served
from meeting import chromium
from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served("form_harness") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Opener]:
    """Opens a frame of the harness."""
    with opening(browser, address, Stand(width=390, height=lambda _width: PHONE["height"], starts_at=5000)) as go:
        yield go
