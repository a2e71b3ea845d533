"""K1: a coach's teams, one line a visit."""

from collections.abc import Sequence
from datetime import date

from mira_workbook.boards.coaching import CoachDoors, Looked, Visit
from mira_workbook.boards.parts import button
from mira_workbook.catalogue import say
from mira_workbook.text import say_date
from mira_workbook.widgets.controls import Doc

SHORT = 90
"""Letters of a priority that a line shows."""


def teams(visits: Sequence[Visit], doors: CoachDoors, _where: Looked) -> Doc:
    """The list with what it can be filtered by; the page filters by itself."""
    today = doors.now().date()
    last = {visit.snapshot.team.id: visit.id for visit in sorted(visits, key=_order)}
    rows = [_row(visit, today, is_last=last[visit.snapshot.team.id] == visit.id) for visit in newest_first(visits)]
    books = {visit.snapshot.workbook.slug: visit.snapshot.workbook.title for visit in visits}
    return {
        "title": say("my_teams"),
        "search": say("teams_search"),
        "picks": [
            _pick("workbook", say("teams_workbook"), [("", say("teams_all")), *sorted(books.items())]),
            _pick("visit", say("teams_visit"), [("last", say("teams_last")), ("", say("teams_all"))]),
        ],
        "head": [say(f"teams_{name}") for name in ("team", "day", "book", "answered", "found", "next")],
        "rows": rows,
        "empty": say("teams_empty"),
        "none": say("teams_none"),
        "clear": say("teams_clear"),
        # The page counts by itself, so the slots go with the words.
        "count": [say(name, n="{n}", of="{of}") for name in ("teams_one", "teams_many")],
    }


def newest_first(visits: Sequence[Visit]) -> list[Visit]:
    """The latest visit first."""
    return sorted(visits, key=_order, reverse=True)


def _order(visit: Visit) -> tuple[object, ...]:
    return visit.snapshot.meeting.opened_at, visit.id


def _pick(key: str, label: str, options: Sequence[tuple[str, str]]) -> Doc:
    return {"id": key, "label": label, "options": [{"id": one, "label": words} for one, words in options]}


def _row(visit: Visit, today: date, *, is_last: bool) -> Doc:
    snapshot, (n, of), (ahead, late) = visit.snapshot, visit.answered, visit.next_day(today)
    found = visit.found if len(visit.found) <= SHORT else visit.found[: SHORT - 1].rstrip() + "…"
    return {
        "id": str(visit.id),
        "open": button(f"open:{visit.id}", snapshot.team.name, kind="quiet", name=visit.name),
        "cells": [
            visit.short,
            snapshot.workbook.title,
            say("coach_count", n=n, of=of) if of else "",
            found or (say("coach_lobby") if not visit.stage.opened else ""),
            ahead,
        ],
        "late": late,
        "late_words": say("over_time") if late else "",
        "workbook": snapshot.workbook.slug,
        "last": is_last,
        "words": " ".join((snapshot.team.name, snapshot.workbook.title, say_date(visit.day), visit.found)).casefold(),
    }
