"""The workbooks that are shipped, their notebooks and the answers of the demo teams, held together."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import nbformat
import pytest

from mira_workbook.content import names
from mira_workbook.content.answers.base import Context, Option
from mira_workbook.content.answers.conditions import shown
from mira_workbook.content.cards import cards
from mira_workbook.content.checking import check_step
from mira_workbook.content.definition import Step, Workbook
from mira_workbook.content.lists import SHARED
from mira_workbook.content.load import load, workbooks
from mira_workbook.content.schema import schema, spelled
from mira_workbook.measures.agreement import pair_agreement
from mira_workbook.measures.ranking import kendall_w, recommend
from mira_workbook.records import AuthorKind, Meeting, Member, Pair, Response, Session, Snapshot, Team
from mira_workbook.rules.context import limits
from mira_workbook.rules.items import items_of
from mira_workbook.rules.lineage import lineage
from mira_workbook.rules.lists import resolve
from mira_workbook.rules.pairs import in_twos
from mira_workbook.rules.reading import cells, picks
from mira_workbook.settings import shipped

SLUGS = tuple(workbooks())
SAYS = {"invalid", "failed", "error", "user", "participant"}
Played = Mapping[str, Any]


def odd_teams() -> list[Played]:
    told: list[Played] = json.loads((shipped("data") / "demo" / "odd_teams.json").read_text(encoding="utf-8"))["teams"]
    return told


def demo_teams() -> Iterator[Played]:
    for slug in SLUGS:
        yield json.loads((shipped("data") / "demo" / f"{slug}.json").read_text(encoding="utf-8"))
    yield from (played for played in odd_teams() if played["workbook"] in SLUGS)


PLAYED = {(played["workbook"], played["team"]["slug"]): played for played in demo_teams()}


@cache
def workbook(slug: str) -> Workbook:
    return load(workbooks()[slug])


def kind_of(author: str) -> AuthorKind:
    if author.startswith("PAIR"):
        return "pair"
    return {"TEAM": "team", "FACIL": "facilitator"}.get(author, "member")  # type: ignore[return-value]


def pairs_of(played: Played, members: Sequence[Member]) -> tuple[Pair, ...]:
    keys = {m.key: m.id for m in members}
    groups = played.get("pairs") or in_twos(list(keys))
    return tuple(Pair(n, tuple(keys[key] for key in group)) for n, group in enumerate(groups, 1))


def snapshot_of(played: Played) -> Snapshot:
    """The demo's answers as if they had all been given on its day."""
    at = datetime(2024, 5, 14, 19, 30, tzinfo=UTC)
    gone = played.get("absent", ())
    members = tuple(
        Member(i, m["key"], m["name"], m["role"], m["role_group"], position=i, joined_at=at)
        for i, m in enumerate(played["team"]["members"], 1)
        if m["key"] not in gone
    )
    responses = tuple(
        Response(0, step, int(round_), "", field, kind_of(author), author, 1, "submitted", value)
        for step, rounds in played["steps"].items()
        for round_, authors in rounds.items()
        for author, fields in authors.items()
        for field, value in fields.items()
    )
    book = workbook(played["workbook"])
    team = Team(1, "team", "Team", played["team"].get("facts", {}))
    meeting = Meeting(1, "K7M4QX", book.hash(), "led", "UTC", at)
    return Snapshot(book, meeting, Session(1, 1, 1), team, members, (), responses, pairs_of(played, members))


def context_of(snapshot: Snapshot, author: str, day: str) -> Context:
    lists: dict[str, tuple[Option, ...]] = dict(SHARED)
    for name in ("team", *snapshot.workbook.lists):
        listed = resolve(snapshot, name)
        lists[name] = listed.get(author, ()) if isinstance(listed, dict) else listed
    orders = [r.value for r in snapshot.responses if r.field == "order"]
    leader = recommend(orders, orders[0]) if orders else None
    facts = {"leader:rank.order": leader.leader if leader else None}
    names = [m.name for m in snapshot.members]
    return Context(
        lists,
        date.fromisoformat(day),
        limits(snapshot, author),
        names,
        facts=facts,
        items=items_of(snapshot),
    )


def answered(played: Played) -> Iterator[tuple[Step, str, str, Mapping[str, Any]]]:
    for key, rounds in played["steps"].items():
        for round_, authors in rounds.items():
            for author, values in authors.items():
                yield workbook(played["workbook"]).step(key), round_, author, values


# The definitions


@pytest.mark.parametrize("slug", SLUGS)
def test_every_workbook_loads_under_its_own_name(slug: str) -> None:
    assert workbook(slug).slug == slug


@pytest.mark.parametrize("slug", SLUGS)
def test_every_workbook_names_its_schema_and_fits_it(slug: str) -> None:
    text = workbooks()[slug].read_text(encoding="utf-8")
    assert text.startswith("#:schema ../data/workbook.schema.json\n")
    jsonschema.Draft202012Validator(schema()).validate(tomllib.loads(text))


def test_the_schema_in_the_file_is_the_one_the_models_give() -> None:
    assert (shipped("data") / "workbook.schema.json").read_text(encoding="utf-8") == spelled()


def test_the_schema_knows_every_registered_name() -> None:
    defs = schema()["$defs"]
    assert {use["properties"]["use"]["const"] for use in defs["CheckUse"]["oneOf"]} == set(names.CHECKS)
    assert {use["properties"]["use"]["const"] for use in defs["StartUse"]["oneOf"]} == set(names.PREFILLS)
    assert {use["properties"]["id"]["const"] for use in defs["MeasureUse"]["oneOf"]} == set(names.MEASURES) - {"M01"}


@pytest.mark.parametrize("slug", SLUGS)
def test_what_people_read_is_plain_and_never_shouts(slug: str) -> None:
    for text in said(workbook(slug)):
        words = {word.strip(".,?:;‘’“”()").casefold() for word in text.split()}
        assert "!" not in text, text
        assert not SAYS & words, text


def said(book: Workbook) -> Iterator[str]:
    yield from (book.title, book.purpose, book.who, book.bring, *book.parts)
    for step in book.steps:
        yield from (step.title, step.heading, step.do, step.together, step.submit, step.ask, step.note)
        yield from (sentence for measure in step.measures for sentence in measure.say.values())
        yield from (str(check.arguments.get("say", "")) for check in step.checks)
        for asked in step.fields:
            for one in (asked, *getattr(asked, "columns", ())):
                yield from (one.label, one.help, *(o.label for o in getattr(one, "options", ())))


@pytest.mark.parametrize("slug", SLUGS)
def test_instructions_are_sentences_a_tired_person_can_say_aloud(slug: str) -> None:
    for step in workbook(slug).steps:
        for sentence in f"{step.together} {step.note} {step.ask}".replace("?", ".").replace(":", ".").split(". "):
            assert len(sentence.split()) <= 16, (step.key, sentence)


def test_priority_setting_takes_94_minutes_in_the_room_and_86_with_the_warm_up_done() -> None:
    book = workbook("priority_setting")
    assert len(book.sitting) == 13
    assert (book.planned(), book.planned(warmed_up=True)) == (94, 86)
    assert (book.length(), book.length(warmed_up=True)) == (100, 90)


def test_the_cards_of_priority_setting_are_its_sources() -> None:
    book = workbook("priority_setting")
    used = {*book.cards, *(name for step in book.steps for name in step.cards)}
    assert {cards()[name].number for name in used} == {1, 2, 3, 4, 5, 6, 7, 19, 20, 26, 51}


# The notebooks

NOTEBOOKS = tuple(path for path in sorted(shipped("workbooks").glob("*.ipynb")) if path.stem in SLUGS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_every_step_once_in_order_and_nothing_else(path: Path) -> None:
    book = workbook(path.stem)
    found = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    code = [cell.source for cell in found.cells if cell.cell_type == "code"]
    assert code == [
        f'from mira_workbook.notebook import open_workbook\n\nworkbook = open_workbook("{path.stem}")',
        *(f'workbook.step("{step.key}")' for step in book.steps),
        "workbook.rest()",
    ]
    assert found.metadata.title == book.title


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_valid_short_and_without_outputs(path: Path) -> None:
    found = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(found)
    assert (found.nbformat, found.nbformat_minor, found.metadata.kernelspec.name) == (4, 5, "python3")
    for cell in found.cells:
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 3
            assert not cell.outputs
            assert cell.execution_count is None
            assert cell.metadata.jupyter.source_hidden
            assert "hide-input" in cell.metadata.tags
        else:
            assert not cell.metadata.editable
            assert not cell.metadata.deletable
            assert "!" not in cell.source


# The demo's answers


def in_any_order(values: Mapping[str, Any]) -> dict[str, Any]:
    """Rows of a list that each person has in an order of their own."""
    return {
        key: sorted(value, key=lambda row: str(row["row_id"]))
        if isinstance(value, list) and value and isinstance(value[0], dict) and "row_id" in value[0]
        else value
        for key, value in values.items()
    }


@pytest.mark.parametrize("team", PLAYED, ids="/".join)
def test_every_answer_of_the_demo_teams_is_taken_as_it_stands(team: tuple[str, str]) -> None:
    played = PLAYED[team]
    snapshot = snapshot_of(played)
    for step, _, author, values in answered(played):
        mode = {"TEAM": "team", "FACIL": "facilitator"}.get(author, "individual")
        mode = "pair" if author.startswith("PAIR") else mode
        fields = step.asks(mode)  # type: ignore[arg-type]
        taken, problems = check_step(step, values, context_of(snapshot, author, played["meeting"]["day"]), fields)
        assert [p for p in problems if p.level == "stop"] == [], (step.key, author)
        assert in_any_order(taken) == in_any_order(values), (step.key, author)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_demo_answers_every_required_field_of_every_step(slug: str) -> None:
    played = PLAYED[slug, "tupelo-branch"]
    by_step = {(step.key, round_, author): values for step, round_, author, values in answered(played)}
    members = [m["key"] for m in played["team"]["members"]]
    pairs = [f"PAIR{n}" for n in range(1, len(members) // 2 + 1)]
    authors_of = {"team": ["TEAM"], "facilitator": ["FACIL"], "pair": pairs}
    for step in workbook(slug).steps:
        for asked in () if step.optional else step.fields:
            authors = authors_of.get(step.mode_of(asked), members)
            for author in authors:
                values = by_step.get((step.key, "1", author), {})
                if asked.required and asked.key in shown(step.fields, values):
                    assert asked.key in values, (step.key, asked.key, author)


def test_the_demo_gives_the_numbers_it_was_written_for() -> None:
    snapshot = snapshot_of(PLAYED["priority_setting", "tupelo-branch"])
    first = picks(snapshot, "sort.places.tier", "priority")
    orders = [r.value for r in snapshot.responses if r.field == "order"]
    matches = [value for _, _, value in cells(snapshot, "role_reveal.match.match")]
    released = [value for _, _, value in cells(snapshot, "contribute_release.release.released_min")]
    assert round(pair_agreement(list(first.values())) or 0, 3) == 0.143
    assert round(kendall_w(orders, [f"C{i}" for i in range(1, 8)]) or 0, 3) == 0.619
    assert round(sum(matches) / (2 * len(matches)), 3) == 0.531
    assert (len(released), sum(released)) == (15, 1155)


def test_seven_of_eight_people_find_an_idea_of_theirs_in_the_list_and_in_the_sentence() -> None:
    found = lineage(
        snapshot_of(PLAYED["priority_setting", "tupelo-branch"]),
        "candidates.proposals.label",
        "candidates.candidates.merged_from",
        "statement.candidate_id",
    )
    assert (found.proposals, found.candidates, found.people) == (16, 7, 8)
    assert (found.in_list, found.in_chosen) == (7, 7)
    assert found.mine["M7"] == ("Small groups start late",)


def test_the_odd_teams_are_there() -> None:
    assert [(played["workbook"], played["team"]["slug"]) for played in odd_teams()] == [
        ("priority_setting", "solo-lead"),
        ("priority_setting", "trio"),
        ("priority_setting", "tie-team"),
        ("priority_setting", "late-team"),
        ("priority_setting", "accents"),
        ("root_cause_coaching", "tie-causes"),
        ("resource_mapping", "dk-team"),
        ("resource_mapping", "accents-map"),
    ]
