"""Sessions to look at screens of, and what stands on a screen."""

from dataclasses import replace
from typing import Any

from export_cases import answer, session, small
from rooms import acted, here

from mira_workbook.records import Snapshot
from mira_workbook.widgets.room import Room

BACK = {"id": "menu:back", "label": "Back to the open step", "main": True, "hint": ""}


def own_pace(now: Snapshot) -> Snapshot:
    return replace(now, meeting=replace(now.meeting, pace="own"))


def opened(*steps: str, responses: Any = (), come: bool = True) -> Snapshot:
    """Three people in a small workbook, with these steps opened one after the other."""
    now = own_pace(session(small(), (), responses))
    for step in steps:
        now = acted(now, "open", step)
    return here(now) if come else now


def words(*who: str) -> list[Any]:
    return [answer("own", "words", key, f"words of {key}") for key in who]


def texts(doc: Any) -> list[str]:
    return [block["text"] for block in doc["blocks"]]


def labels(buttons: list[Any]) -> list[tuple[str, str, bool]]:
    return [(b["id"], b["label"], b["main"]) for b in buttons]


def step_of(at: Room, key: str) -> Any:
    return at.snapshot.workbook.step(key)


# ---------------------------------------------------------------- arriving
