"""The form in a real browser: pages of the harness, and what a scripted model in the kernel's place was told."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

ROOT = Path(__file__).parents[2]
FORM = ROOT / "mira_workbook/widgets/js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# A name that is not localhost: schools' phones come over plain http, where several browser functions are missing.
HOST = "mira.test"
PHONE = {"width": 390, "height": 664}
FRAMES = [
    *("text", "starters", "first", "order", "rows", "closed", "fixed", "inline", "taken", "merge", "share", "kinds"),
    *("hands", "again", "pen", "readers", "waiting", "look_up", "results", "folded", "lines", "end"),
    *("talk", "led", "two_pens", "calendar"),
]

Opener = Callable[..., Page]


def said(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("kernel.said")
    return found


def last(page: Page, field: str) -> Any:
    return [message["value"] for message in said(page) if message["field"] == field][-1]


def kept(page: Page) -> dict[str, Any]:
    """Drafts in the browser's own storage, by field."""
    found: dict[str, Any] = page.evaluate(
        "Object.fromEntries(Object.entries(localStorage).filter(([k]) => k.startsWith('mira:'))"
        ".map(([, v]) => JSON.parse(v)).map(({field, value}) => [field, value]))"
    )
    return found


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def problem(field: str, text: str, **more: Any) -> dict[str, Any]:
    return {"field": field, "row": "", "column": "", "code": "E01", "text": text, "level": "stop", **more}


def shown(page: Page, text: Any) -> Locator:
    """Words on the page, not those in the live regions."""
    return page.locator("body > :not(.mira-live)").get_by_text(text)


def focused_text(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.textContent")
    return found
