"""Exports of many sessions: one is held at a time, and teams and meetings that differ stand in one set of tables."""

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from weakref import ref

import pytest
from export_cases import MEMBERS, acts, answer, demo, session, small

from mira_workbook import demo as plays
from mira_workbook.errors import MiraError, SessionNotFound
from mira_workbook.exports import COACH, EXPORTS, export, json, json_writing
from mira_workbook.exports.source import Source
from mira_workbook.exports.tables import Tables, tables
from mira_workbook.opening import open_store
from mira_workbook.records import Sitting, Snapshot, Team
from mira_workbook.store import Store

OPENED = acts(("open", "own"), ("reveal", "own"))


class Watched(Snapshot):
    """A snapshot that tells when nobody holds it any more."""

    __slots__ = ("__weakref__",)


def team(n: int) -> Snapshot:
    given = (answer("own", "words", "M1", f"Words of {n}"), answer("own", "mood", "M2", 2))
    one = session(small(), OPENED, given, members=MEMBERS)
    return replace(one, team=Team(n, f"team-{n}", f"Team {n}"), session=replace(one.session, id=n, team_id=n))


def sitting(one: Snapshot) -> Sitting:
    return Sitting(one.session, one.meeting, one.team, one.whole or one.workbook)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The demo's three sessions, and a Resource Map of a team that counts no money."""
    url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'mira.sqlite'}"
    plays.demo(url)
    (odd,) = (one for one in plays.tell("odd_teams")["teams"] if one["team"]["slug"] == "dk-team")
    plays.play(odd, url)
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", sorted(set(EXPORTS) - {"zip", "handout"}))
def test_one_session_is_held_at_a_time(name: str, tmp_path: Path) -> None:
    made_so_far: list[ref[Watched]] = []
    held = []

    def read(number: int) -> Snapshot:
        held.append(sum(one() is not None for one in made_so_far))
        plain = team(number)
        made = Watched(**{one.name: getattr(plain, one.name) for one in fields(Snapshot)})
        made_so_far.append(ref(made))
        return made

    EXPORTS[name].write_into(Source(tuple(sitting(team(n)) for n in range(1, 6)), read), COACH, tmp_path)

    assert held == [0, 0, 0, 0, 0]


def test_a_meetings_json_is_the_same_whether_it_is_written_whole_or_session_by_session(tmp_path: Path) -> None:
    ours = demo()
    other = replace(ours, team=Team(2, "alder", 'Alder "Street"\n'), session=replace(ours.session, id=2, team_id=2))
    source = Source.of([ours, other])
    writer = json_writing.Writer(tmp_path / "all.json", source, COACH)
    for snapshot in source:
        writer.add(snapshot)
    writer.close()

    assert [path.name for path in tmp_path.iterdir()] == ["all.json"]
    assert (tmp_path / "all.json").read_text("utf-8") == json.write(json.bundle([ours, other], COACH))


def test_what_is_told_grows_to_the_whole(tmp_path: Path) -> None:
    told: list[float] = []
    EXPORTS["csv"].write_into(replace(Source.of([team(n) for n in (1, 2, 3)]), told=told.append), COACH, tmp_path)

    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)


def test_a_session_that_was_forgotten_meanwhile_is_left_out(tmp_path: Path) -> None:
    known = {n: team(n) for n in (1, 2, 3)}

    def read(number: int) -> Snapshot:
        if number == 2:
            raise SessionNotFound("This session is not here, or no longer.")
        return known[number]

    EXPORTS["csv"].write_into(Source(tuple(map(sitting, known.values())), read), COACH, tmp_path)
    page = (tmp_path / "responses_long.csv").read_text("utf-8")

    assert ("Words of 1" in page, "Words of 2" in page, "Words of 3" in page) == (True, False, True)


def test_teams_that_were_asked_different_columns_stand_under_the_definitions_columns(store: Store) -> None:
    maps = [one for one in store.sittings() if one.workbook.slug == "resource_mapping"]
    told = [store.snapshot(one.session.id) for one in maps]
    together = [replace(one, meeting=told[0].meeting) for one in told]
    found = {table.name: table for table in tables(together, COACH)}
    table = found["resource_mapping_initiatives"]
    money = table.head.index("usd_year")
    without = {row[money] for row in table.rows if row[0] == "dk-team"}

    assert without == {None}
    assert {row[0] for row in table.rows} == {one.team.slug for one in maps}
    assert any(row[money] is not None for row in table.rows)


def test_every_meeting_of_a_store_goes_into_one_set_of_tables(store: Store, tmp_path: Path) -> None:
    sittings = store.sittings()
    taken = export("csv", Source(sittings, store.snapshot), COACH, tmp_path / "all")
    names = {path.stem for path in taken.paths}
    long = (tmp_path / "all" / "responses_long.csv").read_text("utf-8-sig").splitlines()
    book = (tmp_path / "all" / "codebook.csv").read_text("utf-8-sig").splitlines()

    assert {f"{one.workbook.slug}_priority" for one in sittings if one.workbook.slug == "priority_setting"} <= names
    assert {"resource_mapping_initiatives", "root_cause_coaching_causes", "measures", "members"} <= names
    for one in sittings:
        assert any(line.startswith(f"{one.team.slug},") and f",{one.meeting.code}," in line for line in long)
    assert book[0].startswith("workbook,content_version,kind,name,")
    assert {line.split(",")[0] for line in book[1:] if "," in line} >= {"priority_setting", "resource_mapping", ""}


def test_every_meeting_gets_a_json_file_of_its_own(store: Store, tmp_path: Path) -> None:
    taken = export("json", Source(store.sittings(), store.snapshot), COACH, tmp_path)

    assert {path.stem.rpartition("-")[2] for path in taken.paths} == {one.meeting.code for one in store.sittings()}
    for path in taken.paths:
        assert json.write(json.read(path.read_text("utf-8"))) == path.read_text("utf-8")


def test_two_definitions_that_give_a_table_other_columns_give_two_tables() -> None:
    one, two = team(1), team(2)
    relabelled = [
        step.model_copy(update={"fields": tuple(f.model_copy(update={"label": "New"}) for f in step.fields)})
        for step in two.workbook.steps
    ]
    other = two.workbook.model_copy(update={"steps": tuple(relabelled)})
    meeting = replace(two.meeting, id=2, code="OTHER2", definition_hash=other.hash())
    made = Tables(COACH, with_wide=True, several=True)
    for snapshot in (one, replace(two, workbook=other, meeting=meeting)):
        names = [table.name for table in made.of(snapshot)]

    assert "responses_long" in names
    assert f"wide_own_{meeting.content_version}" in names


def test_a_hand_out_is_made_for_one_meeting(store: Store, tmp_path: Path) -> None:
    with pytest.raises(MiraError, match="handout is made for one meeting"):
        export("handout", Source(store.sittings(), store.snapshot), COACH, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_store_has_nothing_to_write(tmp_path: Path) -> None:
    with pytest.raises(MiraError, match="nothing to write yet"):
        export("csv", Source((), dict[int, Snapshot]().__getitem__), COACH, tmp_path)
