"""The demo's team in one workbook after the other: the same people, and what was decided comes along."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from chain import CAUSES

from mira_workbook import settings
from mira_workbook.content.load import load
from mira_workbook.demo import play, tell
from mira_workbook.opening import open_store
from mira_workbook.store import NewTeam

SENTENCE = "More of our grade 1-3 students can decode on level by spring"
PAIRS = [["M1", "M4"], ["M2", "M7"], ["M3", "M6"], ["M5", "M8"]]


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A shelf with the first workbook and a small second one, and a store."""
    folder = tmp_path / "workbooks"
    folder.mkdir()
    shutil.copy(settings.shipped("workbooks") / "priority_setting.toml", folder)
    (folder / "root_cause_coaching.toml").write_text(CAUSES, "utf-8")
    monkeypatch.setenv("MIRA_WORKBOOKS", str(folder))
    settings.settings.cache_clear()
    url = f"sqlite:///{tmp_path / 'mira.sqlite'}"
    store = open_store(url)
    store.migrate()
    store.close()
    return url


def causes() -> dict[str, Any]:
    first = tell("priority_setting")
    steps = {
        "hunch": {"1": {m["key"]: {"hunch": "Groups start late"} for m in first["team"]["members"]}},
        "why": {"1": {f"PAIR{n}": {"because": f"because of {n}"} for n in range(1, 5)}},
    }
    meeting = {**first["meeting"], "day": "2024-05-21"}
    return {
        "workbook": "root_cause_coaching",
        "team": first["team"],
        "meeting": meeting,
        "pairs": PAIRS,
        "steps": steps,
    }


def test_the_same_team_goes_on_and_builds_on_what_it_decided(shelf: str) -> None:
    first, second = play(tell("priority_setting"), shelf), play(causes(), shelf)
    assert (first.team, second.team) == ("tupelo-branch", "tupelo-branch")
    store = open_store(shelf)
    session = store.sessions(store.meeting(second.code).id)[0]
    snapshot = store.snapshot(session.id)
    carry = snapshot.built_on["priority.current"]
    assert (carry.value["text"], carry.code, f"{carry.at:%Y-%m-%d}") == (SENTENCE, first.code, "2024-05-14")
    assert carry.used == carry.version
    keys = {m.id: m.key for m in snapshot.members}
    assert [[keys[i] for i in pair.members] for pair in snapshot.pairs] == PAIRS
    said = [(r.author, r.value) for r in snapshot.responses if r.step == "why"]
    assert said == [(f"PAIR{n}", f"because of {n}") for n in range(1, 5)]
    assert len(store.teams()) == 1
    store.close()


def test_a_second_play_of_both_changes_nothing(shelf: str) -> None:
    played = [play(one, shelf) for one in (tell("priority_setting"), causes())]
    assert [play(one, shelf) for one in (tell("priority_setting"), causes())] == played
    store = open_store(shelf)
    assert len(store.meetings()) == 2
    store.close()


def test_a_real_team_of_the_same_name_is_left_alone(shelf: str) -> None:
    store = open_store(shelf)
    book = load(settings.shipped("workbooks") / "priority_setting.toml")
    real = store.open_meeting(book, [NewTeam("Tupelo Branch Elementary", slug="tupelo-branch")]).sessions[0].team_id
    played = play(causes(), shelf)
    assert played.team == "tupelo-branch-2"
    assert store.session(store.sessions(store.meeting(played.code).id)[0].id).team_id != real
    store.close()
