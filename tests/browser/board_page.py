"""A board's page in the harness: its views, and what a test reads from it and does there."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

SOURCES = Path(__file__).parents[2] / "mira_workbook/boards/js"
HEIGHTS = {320: 640, 390: 844, 1280: 720, 1920: 1080}
BOARDS = ["lobby", "nobody", "run", "few", "shown", "entries", "ended", "grid", "nowhere", "remote", "table"]
WALLS = ["present", "turn", "wall_shown", "wall_table", "wall_lobby", "wall_end", "wall_words", "viewer"]


def pressed(page: Page) -> list[tuple[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("kernel.pressed")
    return [(one["press"], one["value"]) for one in found]


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def shown(page: Page, text: Any) -> Locator:
    """Words on the board, not those in the live regions."""
    return page.locator("main").get_by_text(text)


def run(page: Page, script: str, value: Any = None) -> Any:
    return page.evaluate(script, value)


def top(locator: Locator) -> float:
    box = locator.bounding_box()
    assert box is not None
    return box["y"]
