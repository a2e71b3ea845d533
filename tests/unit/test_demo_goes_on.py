"""The demo's team in one workbook after the other: the same people, and what was decided comes along."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mira_workbook import settings
from mira_workbook.content.load import load
from mira_workbook.demo import Played, demo, play, tell
from mira_workbook.opening import open_store
from mira_workbook.records import Snapshot
from mira_workbook.store import NewTeam, Store

SENTENCE = "More of our grade 1-3 students can decode on level by spring"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('demo') / 'mira.sqlite'}"


@pytest.fixture(scope="module")
def played(url: str) -> dict[str, Played]:
    return {one.workbook: one for one in demo(url)}


@pytest.fixture(scope="module")
def store(url: str, played: dict[str, Played]) -> Iterator[Store]:
    assert played
    made = open_store(url)
    yield made
    made.close()


def at(store: Store, played: dict[str, Played], slug: str) -> Snapshot:
    return store.snapshot(store.sessions(store.meeting(played[slug].code).id)[0].id)


def test_one_team_goes_through_all_workbooks_in_the_order_of_their_days(played: dict[str, Played]) -> None:
    assert list(played) == ["priority_setting", "root_cause_coaching", "resource_mapping"]
    assert {one.team for one in played.values()} == {"tupelo-branch"}


def test_the_causes_build_on_the_priority_of_the_week_before(store: Store, played: dict[str, Played]) -> None:
    carry = at(store, played, "root_cause_coaching").built_on["priority.current"]
    told = (carry.value["text"], carry.code, carry.title, f"{carry.at:%Y-%m-%d}")
    assert told == (SENTENCE, played["priority_setting"].code, "One Priority", "2024-05-14")
    assert carry.used == carry.version


def test_the_resource_map_builds_on_the_priority_the_cause_and_the_responses(
    store: Store, played: dict[str, Played]
) -> None:
    now = at(store, played, "resource_mapping")
    assert now.carries["priority.current"]["text"] == SENTENCE
    root = now.built_on["root.current"]
    assert (root.title, f"{root.at:%Y-%m-%d}", root.used) == ("Root-cause Coaching", "2024-05-21", root.version)
    assert root.value.keys() == {"statement", "category", "cause", "score", "evidence", "influence"}
    assert now.carries["responses_now"][0].keys() <= {"name", "min_week", "usd_year", "treats"}
    assert now.newer == {}


def test_the_map_hands_on_every_initiative_with_what_follows(store: Store, played: dict[str, Played]) -> None:
    found = store.carries(at(store, played, "resource_mapping").session.id)["initiatives"].value
    assert len(found) == len(at(store, played, "resource_mapping").team_answer("inventory", "rows"))
    assert all(
        {"initiative_id", "name", "decision", "freed_usd", "need_usd", "usable_min"} <= row.keys() for row in found
    )


def test_a_second_demo_gives_the_same_sessions(url: str, store: Store, played: dict[str, Played]) -> None:
    assert {one.workbook: one for one in demo(url)} == played
    assert len(store.meetings()) == len(played)


def test_a_real_team_of_the_same_name_is_left_alone(tmp_path: Path) -> None:
    own = f"sqlite:///{tmp_path / 'mira.sqlite'}"
    store = open_store(own)
    store.migrate()
    book = load(settings.shipped("workbooks") / "priority_setting.toml")
    real = store.open_meeting(book, [NewTeam("Tupelo Branch Elementary", slug="tupelo-branch")]).sessions[0].team_id
    played = play(tell("priority_setting"), own)
    assert played.team == "tupelo-branch-2"
    assert store.session(store.sessions(store.meeting(played.code).id)[0].id).team_id != real
    store.close()
