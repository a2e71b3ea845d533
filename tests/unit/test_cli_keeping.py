"""Commands on what is kept: what they say before they forget, what goes, and the log of exports."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tiny import TINY, people
from typer.testing import CliRunner

from mira_workbook import settings
from mira_workbook.cli import app, main
from mira_workbook.cli.keeping import STAYS
from mira_workbook.content.definition import Workbook
from mira_workbook.opening import open_store
from mira_workbook.store import NewTeam, Opened, Store

LONG_AGO = datetime(2020, 5, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIRA_HOME", str(tmp_path))
    monkeypatch.delenv("MIRA_KEEP_DAYS", raising=False)
    return tmp_path


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    made = open_store(f"sqlite:///{home / 'mira.sqlite'}")
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def opened(store: Store) -> Opened:
    """A meeting of two teams that ended long ago."""
    teams = [NewTeam("Tupelo", members=people("Lena Marsh", "Tom Ash")), NewTeam("Cedar", members=people("Ida Hill"))]
    return store.under(lambda: LONG_AGO).open_meeting(Workbook.model_validate(TINY), teams)


def run(*words: str, answer: str = "") -> str:
    done = CliRunner().invoke(app, words, input=answer, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one sentence on stderr."""
    monkeypatch.setattr(sys, "argv", ["mira-workbook", *words])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    return capsys.readouterr().err.strip()


def test_a_member_of_one_of_several_teams_is_forgotten_and_the_team_stays(
    store: Store, opened: Opened, home: Path
) -> None:
    session = opened.sessions[0].id
    (home / "files" / opened.meeting.code).mkdir(parents=True)
    store.write_note(None, session, "Lena spoke second.")
    told = run("session", "forget", opened.meeting.code, "--member", "M1", "--team", "tupelo", answer="y\n")
    assert [member.name for member in store.roster(session)] == ["Tom Ash"]
    assert list((home / "files").iterdir()) == []
    assert [team.slug for team in store.teams()] == ["cedar", "tupelo"]
    assert told.splitlines()[:4] == [
        "Goes: the member's name, answers, drafts and seats in all meetings of the team, and what was handed on.",
        "Stays: what the team wrote together, and anonymous answers, which nobody can find any more.",
        "Coaches wrote 1 note here: read them, they may name the person.",
        STAYS,
    ]


def test_nothing_goes_without_a_yes(store: Store, opened: Opened) -> None:
    done = CliRunner().invoke(app, ["session", "forget", opened.meeting.code], input="n\n")
    assert done.exit_code == 1
    assert len(store.meetings()) == 1


def test_a_team_is_forgotten_with_what_was_written_of_it_beside_the_store(
    store: Store, opened: Opened, home: Path
) -> None:
    files = home / "files" / opened.meeting.code
    files.mkdir(parents=True)
    (files / "handout-tupelo.html").write_text("Lena")
    store.put_archive("ABCDEF", '{"sessions": [{"team": {"name": "Tupelo"}}]}')
    told = run("session", "forget", "--team", "tupelo", "--yes")
    assert "Imported archives that hold this team, each forgotten by its own code: ABC-DEF." in told
    assert not files.exists()
    assert [team.slug for team in store.teams()] == ["cedar"]
    run("session", "forget", "ABC-DEF", "--yes")
    assert store.archives() == ()


def test_what_is_meant_must_be_clear(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], opened: Opened
) -> None:
    code = opened.meeting.code
    assert refused(monkeypatch, capsys, "session", "forget", code, "--team", "tupelo") == (
        "A team is forgotten in all its meetings: give --team without a code, or a code with --member."
    )
    assert refused(monkeypatch, capsys, "session", "forget", "--member", "M1") == (
        "Say in which meeting the member is: its code, then --member."
    )
    assert refused(monkeypatch, capsys, "session", "forget") == (
        "Say what to forget: a meeting's code, a code with --member, or --team."
    )


def test_what_has_rested_for_too_long_is_named_then_forgotten_and_noted(store: Store, opened: Opened) -> None:
    code = f"{opened.meeting.code[:3]}-{opened.meeting.code[3:]}"
    named = run("session", "expire", "--days", "365", "--dry-run")
    assert (code in named, "Tupelo, Cedar" in named, "2020-05-02" in named) == (True, True, True)
    assert len(store.meetings()) == 1
    told = run("session", "expire", "--days", "365", answer="y\n")
    assert f"Forgotten: {code}. Older backups may still hold them." in told
    assert (store.meetings(), store.teams()) == ((), ())
    (noted,) = store.accesses(code)
    assert (noted.key, noted.format, noted.rows) == ("retention rule", "forgotten", 0)
    assert "Nothing is due: no meeting has rested for 365 days." in run("session", "expire", "--days", "365")


def test_without_a_rule_everything_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], store: Store, opened: Opened
) -> None:
    assert refused(monkeypatch, capsys, "session", "expire") == (
        "Everything is kept. Set MIRA_KEEP_DAYS, or say after how many days with --days."
    )
    monkeypatch.setenv("MIRA_KEEP_DAYS", "30")
    run("session", "expire", "--yes")
    assert opened.meeting not in store.meetings()


def test_the_log_says_who_took_what_also_of_a_meeting_that_is_gone(store: Store, opened: Opened) -> None:
    code = opened.meeting.code
    assert run("session", "log", code).strip() == "Nothing was taken out of this meeting yet."
    run("export", code, "--format", "json", "--out", str(settings.home() / "out"))
    store.forget_meeting(code)
    (line,) = json.loads(run("session", "log", code, "--json"))
    assert (line["key"], line["format"], line["what"]) == ("command line", "json", code)
    assert "command line" in run("session", "log", code)


def test_the_log_of_a_code_that_nobody_has_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], store: Store
) -> None:
    assert store.meetings() == ()
    assert refused(monkeypatch, capsys, "session", "log", "ABCDEF") == "No imported meeting has the code ABC-DEF."
