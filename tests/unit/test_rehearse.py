import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from mira_workbook import settings
from mira_workbook.content.load import load
from mira_workbook.errors import MiraError
from mira_workbook.rehearse import Plan, Rehearsed, rehearse, rehearse_as_planned
from mira_workbook.rehearse.answers import answer_to
from mira_workbook.rehearse.clock import Ahead, Alone
from mira_workbook.rules.moves import go_on
from mira_workbook.store import NewTeam, Store


@pytest.fixture
def real_store(tmp_path: Path) -> Store:
    made = Store(f"sqlite:///{tmp_path / 'mira.sqlite'}")
    made.migrate()
    return made


@pytest.fixture
def opened(real_store: Store) -> Callable[..., str]:
    book = load(settings.shipped("workbooks") / "priority_setting.toml")

    def code(*teams: str) -> str:
        return real_store.open_meeting(book, [NewTeam(name) for name in teams]).meeting.code

    return code


def test_twelve_scripted_people_in_two_teams_lose_nothing_and_double_nothing(
    real_store: Store, opened: Callable[..., str]
) -> None:
    told: list[str] = []
    found = rehearse(real_store, opened("Tupelo", "Cedar"), 12, 2, tell=told.append)
    assert found.odd == []
    assert (found.lost, found.duplicated) == (0, 0)
    assert found.acknowledged == found.found > 180
    assert (found.people, found.teams, found.steps) == (12, 2, 13)
    assert told[0] == "Step 1: Opening"
    assert told[-1] == "2 of 2 teams have reached the end."


def test_at_own_pace_killed_processes_and_odd_devices_lose_nothing(
    real_store: Store, opened: Callable[..., str]
) -> None:
    found = rehearse_as_planned(real_store, opened("Tupelo", "Cedar"), Plan(12, seed=1, faults=True, workers=2))
    assert found.odd == []
    assert (found.lost, found.duplicated) == (0, 0)
    assert found.acknowledged == found.found > 150
    assert {name for name, n in found.did.items() if n} >= {
        "processes killed",
        "came back",
        "sent from two tabs",
        "sent nonsense",
    }


def test_a_meeting_that_has_begun_is_not_rehearsed(real_store: Store, opened: Callable[..., str]) -> None:
    code = opened("Tupelo")
    (session,) = real_store.sessions(real_store.meeting(code).id)
    real_store.act(None, go_on("M1"), session.id)
    with pytest.raises(MiraError, match=r"^This meeting has begun\. Rehearse a fresh one, or add --copy"):
        rehearse(real_store, code, 3)


def test_what_was_promised_is_counted_in_four_numbers() -> None:
    assert Rehearsed(3, 2, 1, 0).counts() == {"acknowledged": 3, "found": 2, "lost": 1, "duplicated": 0}


def test_a_scripted_person_writes_only_those_lines_of_a_row_anew_that_cannot_stand() -> None:
    line = {"control": "entry", "kind": "text", "min": 3, "max": 20, "max_words": 3}
    columns = [
        line | {"field": "why"},
        line | {"field": "how"},
        line | {"field": "what"},
        {"field": "n", "kind": "num"},
    ]
    stands = {"why": "a line that is far too long", "how": "it stands", "what": "one word too many", "n": 7}
    control = {
        "control": "rows",
        "columns": columns,
        "fixed": [{"id": "C1", "label": "Reading"}],
        "value": [{"row_id": "C1", "cells": stands}],
        "required": True,
        "ordered": False,
        "min": 0,
        "taken": {},
        "pen_rows": False,
    }
    (row,) = answer_to(control, random.Random(1))  # noqa: S311 - a script, no secret
    assert row["row_id"] == "C1"
    assert {name for name in stands if row["cells"][name] != stands[name]} == {"why", "what"}
    assert all(3 <= len(row["cells"][name]) <= 20 for name in ("why", "what"))
    assert all(len(row["cells"][name].split()) <= 3 for name in ("why", "what"))


def test_one_clock_moves_the_store_and_everybody(real_store: Store) -> None:
    clock = Ahead.of(real_store.clock, Alone())
    twin = real_store.under(clock)
    clock.pass_by(timedelta(hours=3).total_seconds())
    assert (twin.clock() - real_store.clock()).total_seconds() == pytest.approx(3 * 3600, abs=5)
