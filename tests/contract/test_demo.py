"""The demo team gives the numbers that were worked out by hand; the odd teams do what they are there for."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mira_workbook import demo, exports, settings
from mira_workbook.cli import app
from mira_workbook.content.load import load
from mira_workbook.measures.table import measures
from mira_workbook.records import Measure, Snapshot
from mira_workbook.rules.prefills import leader_of
from mira_workbook.rules.stage import Stage, fold
from mira_workbook.store import NewTeam, Store

SHARE = 0.001
MEAN = 0.01


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the demo in it, loaded once for all tests here."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("demo")
        patch.setenv("MIRA_HOME", str(folder))
        patch.delenv("MIRA_DATABASE_URL", raising=False)
        yield folder


def run(*words: str) -> str:
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def code(home: Path) -> str:
    assert home.is_dir()
    made: list[dict[str, str]] = json.loads(run("demo", "--json"))
    return next(m["code"] for m in made if m["workbook"] == "priority_setting")


@pytest.fixture(scope="module")
def numbers(code: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("measures", code, "--json"))
    return found


def pick(numbers: list[dict[str, Any]], step: str, name: str, of: str = "", round_: int = 1) -> Any:
    (found,) = [m for m in numbers if (m["step"], m["id"], m["of"], m["round"]) == (step, name, of, round_)]
    return found["value"]


@pytest.mark.parametrize(
    ("step", "name", "of", "value"),
    [
        ("sort", "M02", "first pick", 0.143),
        ("sort", "M03", "first pick", 0.375),
        ("rank", "M04", "", 0.619),
        ("rank", "M07", "", 0.208),
        ("rank", "M02", "first place", 0.357),
        ("rank", "M10", "first pick", 0.214),
        ("role_reveal", "M12", "", 0.531),
        ("consent", "M08", "", 0.706),
    ],
)
def test_the_shares_are_those_worked_out_by_hand(
    numbers: list[dict[str, Any]], step: str, name: str, of: str, value: float
) -> None:
    assert pick(numbers, step, name, of) == pytest.approx(value, abs=SHARE)


def test_the_points_name_early_reading(numbers: list[dict[str, Any]]) -> None:
    assert list(pick(numbers, "rank", "M05").values()) == [45, 25, 35, 29, 11, 7, 16]


def test_early_reading_beats_every_other_head_to_head(numbers: list[dict[str, Any]]) -> None:
    table = pick(numbers, "rank", "M06")
    assert table["C1"] == {"C2": 7, "C3": 7, "C4": 7, "C5": 8, "C6": 8, "C7": 8}
    (band,) = [m["band"] for m in numbers if (m["step"], m["id"]) == ("rank", "M06")]
    assert band == "C1"


def test_two_people_changed_their_first(numbers: list[dict[str, Any]]) -> None:
    assert pick(numbers, "rank", "M11", "first pick") == 2


def test_the_first_hands_do_not_pass_and_the_second_do(numbers: list[dict[str, Any]]) -> None:
    first, second = pick(numbers, "consent", "M09"), pick(numbers, "consent", "M09", round_=2)
    assert first == {"mean": pytest.approx(4.125, abs=MEAN), "min": 2, "below3": 1, "pass": False}
    assert second == {"mean": pytest.approx(4.5, abs=MEAN), "min": 3, "below3": 0, "pass": True}
    assert pick(numbers, "consent", "M08", round_=2) == pytest.approx(0.803, abs=SHARE)


def test_the_team_lets_go_1155_minutes_a_week(numbers: list[dict[str, Any]]) -> None:
    assert pick(numbers, "contribute_release", "M13")["released"] == 1155


def test_a_second_call_gives_the_same_sessions(home: Path, code: str) -> None:
    assert home.is_dir()
    again: list[list[dict[str, str]]] = [json.loads(run("demo", "--json")) for _ in range(2)]
    assert again[0] == again[1]
    assert {m["workbook"]: m["code"] for m in again[0]}["priority_setting"] == code
    assert [m["workbook"] for m in again[0]] == ["priority_setting", "root_cause_coaching", "resource_mapping"]


def test_a_real_team_of_the_same_name_is_not_taken_for_the_demo(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'mira.sqlite'}"
    store = Store(url)
    store.migrate()
    real = store.open_meeting(
        load(settings.shipped("workbooks") / "priority_setting.toml"),
        [NewTeam("Tupelo Branch Elementary", slug="tupelo-branch")],
    )
    first, second = demo.demo(url), demo.demo(url)
    assert first == second
    assert first[0].code != real.meeting.code
    assert store.meeting(real.meeting.code).ended_at is None
    store.close()


def test_a_session_that_is_over_is_listed_with_its_end(code: str) -> None:
    (listed,) = [m for m in json.loads(run("session", "list", "--json")) if m["code"] == code]
    assert listed["ended"] == listed["opened"] == "2024-05-14"


def test_the_candidates_table_counts_first_picks_after_ranking(home: Path, code: str, tmp_path: Path) -> None:
    assert home.is_dir()
    run("export", code, "--format", "csv", "--out", str(tmp_path))
    (table,) = tmp_path.glob("*candidates.csv")
    rows = list(csv.DictReader(table.read_text("utf-8-sig").splitlines()))
    assert [int(row["first_n"]) for row in rows] == [5, 1, 1, 1, 0, 0, 0]


# ------------------------------------------------------------------------------------------------ the odd teams


@pytest.fixture(scope="module")
def odd(home: Path) -> dict[str, Snapshot]:
    """Every odd team's session, by the team's slug."""
    assert home.is_dir()
    store, found = Store(), {}
    for played in demo.odd_teams():
        (session,) = store.sessions(store.meeting(played.code).id)
        found[played.team] = store.snapshot(session.id)
    store.close()
    return found


def stage_of(snapshot: Snapshot) -> Stage:
    return fold(snapshot.acts, snapshot.workbook)


def value_of(snapshot: Snapshot, step: str, name: str) -> Measure:
    return next(m for m in measures(snapshot, stage_of(snapshot)) if (m.step, m.id) == (step, name))


def test_one_person_has_no_agreement_and_leaves_out_steps_for_more(odd: dict[str, Snapshot]) -> None:
    solo = odd["solo-lead"]
    assert set(stage_of(solo).skipped) == {"colleague_view", "role_reveal", "adjust"}
    assert [value_of(solo, step, m).value for step, m in (("sort", "M02"), ("rank", "M04"), ("rank", "M10"))] == [
        None,
        None,
        None,
    ]
    assert solo.team_answer("statement", "text") == "Every new teacher stays for a second year"


def test_three_people_compare(odd: dict[str, Snapshot]) -> None:
    trio = odd["trio"]
    assert value_of(trio, "role_reveal", "M12").value == pytest.approx(0.5)
    assert value_of(trio, "rank", "M05").value == {"C1": 6, "C2": 1, "C3": 2}
    assert value_of(trio, "consent", "M09").value["pass"] is True


def test_a_latin_square_has_no_agreement_no_winner_and_no_leader(odd: dict[str, Snapshot]) -> None:
    tie = odd["tie-team"]
    assert value_of(tie, "rank", "M04").value == 0
    assert value_of(tie, "rank", "M06").band == ""
    assert value_of(tie, "rank", "M07").value == 0
    assert value_of(tie, "rank", "M05").sentence == (
        "Time to plan together, Writing in every grade, A calm lunch and Books at home lead together with 6 points."
    )
    assert leader_of(tie, stage_of(tie), "rank.order") is None


def test_who_is_absent_does_not_count(odd: dict[str, Snapshot]) -> None:
    late = odd["late-team"]
    assert [m.key for m in late.present()] == ["M1", "M2", "M3", "M4", "M5", "M6"]
    assert value_of(late, "candidates", "M01").value == 1


def test_a_late_answer_is_marked_and_left_out_of_measures(odd: dict[str, Snapshot]) -> None:
    late = odd["late-team"]
    assert [(r.author, r.late) for r in late.responses if r.step == "sort" and r.late] == [("M6", True)]
    assert value_of(late, "sort", "M02").n == 5


def test_a_draft_counts_nowhere(odd: dict[str, Snapshot]) -> None:
    late = odd["late-team"]
    assert ("M5", "rank") in late.drafting
    assert "M5" not in late.answers("rank", "order")
    assert value_of(late, "rank", "M01").n == 4
    files = exports.EXPORTS["json"].write([late], exports.COACH)
    held = json.loads(next(iter(files.values())))["sessions"][0]["responses"]
    assert not [r for r in held if r["step"] == "rank" and r["value"] == ["C2", "C1"]]


def test_text_of_every_script_survives_byte_for_byte(odd: dict[str, Snapshot]) -> None:
    accents = odd["accents"]
    told = next(t for t in demo.tell("odd_teams")["teams"] if t["team"]["slug"] == "accents")
    assert accents.team.name == told["team"]["name"]
    assert [m.name for m in accents.members] == [m["name"] for m in told["team"]["members"]]
    for author, values in told["steps"]["role_priority"]["1"].items():
        for key, value in values.items():
            assert accents.answers("role_priority", key)[author].encode() == value.encode()
