"""The command line: what it prints, and one sentence on stderr with exit code 2 where it cannot."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mira_workbook.cli import app, main


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIRA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MIRA_DATABASE_URL", raising=False)
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def run(*words: str) -> str:
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one sentence on stderr."""
    monkeypatch.setattr(sys, "argv", ["mira-workbook", *words])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    assert len(told.err.strip().splitlines()) == 1
    return told.err.strip()


def opened(*more: str) -> str:
    made: dict[str, str] = json.loads(
        run("session", "new", "--workbook", "priority_setting", "--team", "Tupelo", "--json", *more)
    )
    assert set(made) >= {"code", "member_link", "facilitator_link", "coach_link"}
    return made["code"]


def test_a_team_goes_on_and_its_cycle_is_closed(home: Path) -> None:
    code = opened()
    again = json.loads(run("session", "new", "--workbook", "priority_setting", "--team-id", "tupelo", "--json"))["code"]
    assert [row["team"] for row in json.loads(run("session", "list", "--json"))] == ["tupelo", "tupelo"]
    (home / "people.csv").write_text("name,role\nIda Hill,Principal\n", "utf-8")
    for _ in range(2):
        new = ("session", "new", "--workbook", "priority_setting", "--team-id", "tupelo")
        run(*new, "--roster", str(home / "people.csv"))
    assert [row["people"] for row in json.loads(run("session", "list", "--json"))] == [1, 1, 0, 0]
    told = run("session", "close", code, "--cycle")
    assert told.endswith("The cycle of Tupelo is closed; its next is number 2. Go on with: --team-id tupelo\n")
    assert run("session", "close", again, "--cycle").endswith("its next is number 2. Go on with: --team-id tupelo\n")


def test_a_team_that_is_not_there_and_none_at_all_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new = ("session", "new", "--workbook", "priority_setting")
    assert refused(monkeypatch, capsys, *new, "--team-id", "oak") == (
        "No team is called oak. See mira-workbook session list."
    )
    assert refused(monkeypatch, capsys, *new) == "Name a team with --team, or go on with one with --team-id."


def test_a_meeting_is_opened_listed_and_closed() -> None:
    code = opened()
    (row,) = json.loads(run("session", "list", "--json"))
    assert (row["code"], row["workbook"], row["team"], row["ended"]) == (code, "priority_setting", "tupelo", "")
    assert run("session", "close", code) == "The meeting has ended. Its answers can be read and exported.\n"
    assert json.loads(run("session", "list", "--json"))[0]["ended"]


def test_a_roster_is_read(tmp_path: Path) -> None:
    roster = tmp_path / "team.csv"
    roster.write_text('name,role,role_group,contract_min_week\nLena Marsh,Grade 1,teacher_k2,"2,325"\nTom Ash,,,\n')
    opened("--roster", str(roster))
    assert json.loads(run("session", "list", "--json"))[0]["people"] == 2


def test_measures_of_a_fresh_meeting_are_none() -> None:
    code = opened()
    assert run("measures", code) == "Nothing to measure yet: no step of this meeting has been opened.\n"


def test_shipped_workbooks_are_well() -> None:
    assert "priority_setting.toml: 13 steps, " in run("check")


def test_an_unknown_code_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert "ZZZ" in refused(monkeypatch, capsys, "measures", "ZZZ-ZZZ")


def test_a_missing_file_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(monkeypatch, capsys, "import", "/nowhere/at-all.json") == (
        "No such file or directory (/nowhere/at-all.json)."
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,role_group\n,coach\n", "team.csv, line 2: the name is blank. Fill it in, or take the line out."),
        ("name,contract_min_week\nAna,lots\n", "team.csv, line 2: 'lots' is not a number of minutes, such as 2325."),
        (
            "who\nAna\n",
            (
                "team.csv needs a first line with these headings: name, role, role_group, contract_min_week. "
                "Only name is required."
            ),
        ),
    ],
)
def test_an_odd_roster_line_is_told(
    text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = tmp_path / "team.csv"
    roster.write_text(text)
    words = ("session", "new", "--workbook", "priority_setting", "--team", "T", "--roster", str(roster))
    assert refused(monkeypatch, capsys, *words) == told


def test_an_unknown_workbook_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    told = refused(monkeypatch, capsys, "session", "new", "--workbook", "nine", "--team", "T")
    assert told.startswith("There is no workbook called 'nine'. Take one of: ")


def test_a_closed_meeting_is_not_rehearsed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code = opened()
    run("session", "close", code)
    assert refused(monkeypatch, capsys, "rehearse", code, "--people", "2") == (
        "This meeting has ended, so nothing more is taken. What was saved is kept."
    )


def test_it_runs_as_a_program(home: Path) -> None:
    command = [sys.executable, "-c", "from mira_workbook.cli import main; main()", "session", "keys", "QQQ-QQQ"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"MIRA_HOME": str(home)})
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_packet_is_written_for_a_workbook_and_for_a_meeting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, plain, ours = opened(), tmp_path / "paper" / "plain.html", tmp_path / "ours.html"
    assert run("packet", "priority_setting", "-o", str(plain)) == (
        f"Wrote {plain}. Open it in a browser and print it.\n"
    )
    run("packet", code, "--out", str(ours))
    assert code not in plain.read_text("utf-8")
    assert f"{code} · 13" in ours.read_text("utf-8")
    assert refused(monkeypatch, capsys, "packet", "nothing").startswith("No meeting has the code NOTHING.")
