import json as plain
from dataclasses import replace

import pytest
from export_cases import acts, answer, demo, session, small
from hypothesis import given, settings
from hypothesis import strategies as st

from mira_workbook.errors import MiraError
from mira_workbook.exports import COACH, EXPORTS, again, json
from mira_workbook.records import Snapshot, Team

HOSTILE = (
    '=HYPERLINK("http://x","y")',
    'a,"b"\r\n;\t|',
    "\u202eright to left\u2066",
    "👩‍👩‍👧‍👦 é e\u0301 \u200b",
    "</script><img src=x onerror=alert(1)>",
    '{"a": [1]} \\ \\u0000 \x00',
    "x" * 2000,
)


def written(*words: str) -> Snapshot:
    """A session in which every text is somebody's name and answer."""
    members = [replace(member, name=text) for member, text in zip(demo().members, words, strict=False)]
    given = [answer("own", "words", member.key, member.name) for member in members]
    return session(small(), acts(("open", "own"), ("reveal", "own")), given, members=tuple(members))


def text_of(*snapshots: Snapshot) -> str:
    (data,) = EXPORTS["json"].write(snapshots, COACH).values()
    return data.decode()


def test_a_bundle_read_again_gives_the_same_bytes_in_every_format() -> None:
    archive = json.read(text_of(demo()))

    assert again(archive, "json") == EXPORTS["json"].write([demo()], COACH)
    assert again(archive, "csv") == EXPORTS["csv"].write([demo()], COACH)


def test_the_same_session_gives_the_same_bytes() -> None:
    assert text_of(demo()) == text_of(demo())


def test_a_bundle_says_what_was_asked_and_where_the_session_stands() -> None:
    archive = json.read(text_of(demo()))
    (one,) = archive.sessions

    assert archive.meeting.content_version == demo().meeting.content_version
    assert archive.definition == plain.loads(demo().workbook.pinned())
    assert one.stage.state == "ended"
    assert ("consent", 2) in one.stage.shown
    assert [member.key for member in one.members] == ["M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8"]
    assert next(r for r in one.responses if r.field == "target").value == 60.3


def test_teams_of_one_meeting_stand_in_one_file_by_name() -> None:
    ours = demo()
    other = replace(ours, team=Team(2, "alder", "Alder Street"), session=replace(ours.session, id=2, team_id=2))
    archive = json.read(text_of(ours, other))
    long = next(table for table in archive.tables if table.name == "responses_long")

    assert [one.team.slug for one in archive.sessions] == ["alder", "tupelo-branch"]
    assert len({table.name for table in archive.tables}) == len(archive.tables)
    assert {row[0] for row in long.rows} == {"alder", "tupelo-branch"}


def test_sessions_of_two_meetings_do_not_go_into_one_file() -> None:
    ours = demo()
    other = replace(ours, meeting=replace(ours.meeting, code="OTHER2"))

    with pytest.raises(ValueError, match="one meeting"):
        text_of(ours, other)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "This file is not an export of ours, or not all of it. Choose the .json file that was exported."),
        ("[]", "This file is not an export of ours, or not all of it. Choose the .json file that was exported."),
        (
            '{"format": "mira-workbook-9"}',
            "This export was changed at format, so it cannot be read. Choose the file as it was exported.",
        ),
    ],
)
def test_a_file_that_is_no_export_is_named_in_a_plain_sentence(text: str, said: str) -> None:
    with pytest.raises(MiraError) as caught:
        json.read(text)

    assert str(caught.value) == said


def test_a_changed_export_is_refused_with_the_place() -> None:
    body = plain.loads(text_of(written("Hello")))
    body["sessions"][0]["responses"][0]["autor"] = "M1"
    with pytest.raises(MiraError, match=r"changed at sessions\.0\.responses\.0\.autor"):
        json.read(plain.dumps(body))

    body = plain.loads(text_of(written("Hello")))
    body["tables"][0]["rows"][0].pop()
    with pytest.raises(MiraError, match="changed at tables"):
        json.read(plain.dumps(body))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_survives_the_round_trip(text: str) -> None:
    first = text_of(written(text))

    assert json.write(json.read(first)) == first
    assert json.read(first).sessions[0].responses[0].value == text


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_export_import_export_is_the_same_whatever_was_written(words: list[str]) -> None:
    snapshot = written(*words)
    archive = json.read(text_of(snapshot))

    assert json.write(archive) == text_of(snapshot)
    assert again(archive, "csv") == EXPORTS["csv"].write([snapshot], COACH)
