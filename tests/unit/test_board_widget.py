"""The board's widget: what it sends to the page, and that no press falls silent."""

from collections.abc import Mapping
from typing import Any

import pytest

from mira_workbook.boards.board import Board


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What widgets send to their pages."""
    found: list[dict[str, Any]] = []
    monkeypatch.setattr(Board, "send", lambda _board, content: found.append(content))
    return found


def test_a_view_goes_out_once_and_not_again_for_the_time_alone() -> None:
    board = Board(lambda _message: [])
    seen: list[object] = []
    board.observe(lambda change: seen.append(change["new"]["now"]), "view")
    board.draw({"key": "run", "now": "15:30:00"})
    board.draw({"key": "run", "now": "15:30:01"})
    board.draw({"key": "lobby", "now": "15:30:02"})
    assert seen == ["15:30:00", "15:30:02"]


def test_a_message_of_the_page_is_taken_and_answered(sent: list[dict[str, Any]]) -> None:
    taken: list[Mapping[str, Any]] = []

    def take(message: Mapping[str, Any]) -> list[dict[str, Any]]:
        taken.append(message)
        return [{"save_key": message["save_key"], "ok": True}]

    Board(take)._on_page(None, {"press": "show", "value": True, "save_key": "a"}, None)
    assert (taken[0]["press"], sent) == ("show", [{"save_key": "a", "ok": True}])


def test_a_press_that_goes_wrong_is_said_not_to_have_gone(
    sent: list[dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    def take(_message: Mapping[str, Any]) -> list[dict[str, Any]]:
        raise ZeroDivisionError

    Board(take)._on_page(None, {"press": "show", "save_key": "a"}, None)
    assert sent == [{"save_key": "a", "error": "That did not go. Press it again."}]
    assert "A message of the page was not taken." in caplog.text


def test_what_is_no_message_is_left_alone(sent: list[dict[str, Any]]) -> None:
    Board(lambda _message: [{"ok": True}])._on_page(None, "hello", None)
    assert sent == []
