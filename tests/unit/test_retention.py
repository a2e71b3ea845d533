"""How long meetings are kept: the rule, and the server's turn at it."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import Ticking

from mira_workbook.content.definition import Workbook
from mira_workbook.rules.retention import due, goes_at
from mira_workbook.serve.clockwork import Clockwork
from mira_workbook.serve.retention import GRACE, Retention
from mira_workbook.store import NewTeam, Store

NOW = datetime(2026, 5, 2, tzinfo=UTC)


@dataclass(frozen=True)
class One:
    since: datetime


def test_zero_days_keep_everything() -> None:
    assert due([One(NOW - timedelta(days=9999))], NOW, 0) == []
    assert goes_at(NOW, 0) is None


@given(st.lists(st.integers(0, 900)), st.integers(1, 800))
def test_what_is_due_is_what_has_reached_its_day_and_nothing_else(ages: list[int], keep: int) -> None:
    found = [One(NOW - timedelta(days=age)) for age in ages]
    assert due(found, NOW, keep) == [one for age, one in zip(ages, found, strict=True) if age >= keep]


def test_a_server_says_what_is_due_waits_and_forgets_it(
    sqlite_store: Store, tiny_workbook: Workbook, clock: Ticking, caplog: pytest.LogCaptureFixture
) -> None:
    old = sqlite_store.open_meeting(tiny_workbook, [NewTeam("Tupelo")])
    sqlite_store.close_meeting(old.meeting.code)
    clock.forward(days=31)
    new = sqlite_store.open_meeting(tiny_workbook, [NewTeam("Elm")])
    rule = Retention(sqlite_store, 30)
    with caplog.at_level(logging.WARNING):
        assert rule.turn() == []
        clock.forward(seconds=GRACE.total_seconds() - 1)
        assert rule.turn() == []
        clock.forward(seconds=1)
        assert rule.turn() == [old.meeting.code]
    assert caplog.messages == [
        "Meetings are kept for 30 days after their end. Due now: 1, to be forgotten in 10 minutes.",
        f"Forgotten by the retention rule: {old.meeting.code}.",
    ]
    assert sqlite_store.meetings() == (new.meeting,)
    clock.forward(days=30)
    assert rule.turn() == [new.meeting.code]
    clock.forward(minutes=59)
    assert rule.turn() == []


def test_a_server_without_a_rule_forgets_nothing(sqlite_store: Store, tiny_workbook: Workbook, clock: Ticking) -> None:
    sqlite_store.open_meeting(tiny_workbook, [NewTeam("Tupelo")])
    clock.forward(days=9999)
    assert Retention(sqlite_store, 0).turn() == []


def test_the_clock_lets_pictures_go_when_sessions_are_forgotten_by_anybody(
    sqlite_store: Store, tiny_workbook: Workbook
) -> None:
    opened = sqlite_store.open_meeting(tiny_workbook, [NewTeam("Tupelo"), NewTeam("Elm")])
    told: list[str] = []
    server = Clockwork(Store(sqlite_store.url), forgotten=lambda: told.append("gone"))
    server.turn()
    sqlite_store.write_note(None, opened.sessions[0].id, "Still here")
    server.turn()
    assert told == []
    sqlite_store.forget_team("elm")
    server.turn()
    assert told == ["gone"]
    server.stop()
