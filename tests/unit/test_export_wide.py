"""Wide tables: a row for each author, a column for each field, and beside it why it is empty."""

from dataclasses import replace
from typing import Any

from export_cases import MEMBERS, acts, answer, demo, session, small
from export_cases import table as rows_of
from format_cases import everything
from played_cases import played

from mira_workbook.exports import COACH
from mira_workbook.exports.sighted import sighted
from mira_workbook.exports.table import Cell, Table
from mira_workbook.exports.wide import wide
from mira_workbook.records import Snapshot

Records = list[dict[str, Cell]]


def made(snapshot: Snapshot) -> dict[str, Table]:
    return {table.name: table for table in wide(sighted(snapshot, COACH))}


def records(snapshot: Snapshot, name: str) -> Records:
    """Rows of a wide table without what stands in front of all: whose, when and how late."""
    table = made(snapshot)[name]
    return [{key: row[key] for key in table.head[4:] if key not in {"submitted_at", "late"}} for row in table.records()]


def said(*responses: Any, **other: Any) -> Snapshot:
    done = acts(("open", "own"), ("reveal", "own"))
    return session(small(), done, responses, **other)


def test_each_state_of_an_answer_stands_beside_its_empty_cell() -> None:
    others = tuple(replace(MEMBERS[0], id=n, key=f"M{n}", position=n, name=f"Person {n}") for n in range(4, 6))
    now = said(
        answer("own", "mood", "M1", 2),
        answer("own", "words", "M1", "Fine\nby me"),
        answer("own", "mood", "M2", {"dk": True}),
        answer("own", "mood", "M3", None, state="withdrawn"),
        members=(*MEMBERS, *others),
        drafting=frozenset({("M4", "own")}),
    )

    assert records(now, "wide_own") == [
        {
            "round": 1,
            "author": key,
            "author_role_group": group,
            "words": words,
            "mood": mood,
            "why": None,
            "words_status": words_status,
            "mood_status": mood_status,
            "why_status": why_status,
        }
        for key, group, words, mood, words_status, mood_status, why_status in (
            ("M1", "administrator", "Fine\nby me", 2, "submitted", "submitted", "skipped"),
            ("M2", "assistant", None, None, "blank", "dk", "skipped"),
            ("M3", "student_support", None, None, "blank", "withdrawn", "blank"),
            ("M4", "administrator", None, None, "draft", "draft", "draft"),
            ("M5", "administrator", None, None, "blank", "blank", "blank"),
        )
    ]


def test_rows_of_a_table_stand_under_each_other_and_options_beside_each_other() -> None:
    kinds = ["a", {"id": "other", "other_text": "Gamma"}]
    given = rows_of({"": "R1", "note": "Glue", "cost": 2.5, "kinds": kinds}, {"": "R2", "note": "Tape"})
    found = records(said(answer("own", "notes", "M1", given)), "wide_own_notes")

    assert [tuple(row.values())[1:] for row in found] == [
        ("M1", "administrator", "R1", "Glue", 2.5, True, False, True, "Gamma", "submitted", "submitted", "submitted"),
        ("M1", "administrator", "R2", "Tape", None, None, None, None, None, "submitted", "blank", "blank"),
        ("M2", "assistant", "", None, None, None, None, None, None, "blank", "blank", "blank"),
        ("M3", "student_support", "", None, None, None, None, None, None, "blank", "blank", "blank"),
    ]
    assert tuple(found[0])[4:] == (
        *("note", "cost", "kinds_a", "kinds_b", "kinds_other", "kinds_other_words"),
        *("note_status", "cost_status", "kinds_status"),
    )


def test_columns_come_from_the_definition_whoever_answered() -> None:
    nothing, ended = session(small(), (), ()), said(answer("own", "mood", "M1", 2))

    assert {name: table.columns for name, table in made(nothing).items()} == {
        name: table.columns for name, table in made(ended).items()
    }
    assert list(made(nothing)) == [
        *("wide_own", "wide_own_notes", "wide_list", "wide_list_ideas", "wide_rank", "wide_rank_order", "wide_bye"),
    ]
    assert {name: len(table.rows) for name, table in made(nothing).items()} == dict.fromkeys(made(nothing), 0)


def test_an_order_has_a_row_for_each_item_of_an_author() -> None:
    found = records(demo(), "wide_rank_order")
    first = [row for row in found if row["author"] == found[0]["author"]]

    assert [row["place"] for row in first] == [1, 2, 3, 4, 5, 6, 7]
    assert {row["item_id"] for row in first} == {f"C{n}" for n in range(1, 8)}
    assert all(row["item"] for row in first)


def test_rows_of_unnamed_authors_bear_no_more_than_the_long_table() -> None:
    for snapshot in (demo(), played("root_cause_coaching"), played("resource_mapping")):
        seen = sighted(snapshot, COACH)
        known = {(row.step, row.round, row.author) for row in seen.rows}
        for table in wide(seen):
            step = max((s.key for s in snapshot.workbook.steps if table.name.startswith(f"wide_{s.key}")), key=len)
            for row in table.records():
                assert (step, row["round"], row["author"]) in known


def test_fields_that_are_signed_in_two_ways_stand_in_two_rows() -> None:
    book = small()
    step = book.step("bye")
    (word,) = step.fields
    by_role = word.model_copy(update={"key": "again", "attribution": "role"})
    two = book.model_copy(
        update={"steps": (*book.steps[:-1], step.model_copy(update={"attribution": "none", "fields": (word, by_role)}))}
    )
    given = [answer("bye", field, m.key, f"{field} {m.key}") for m in MEMBERS for field in ("word", "again")]
    found = records(session(two, acts(("open", "bye"), ("reveal", "bye")), given), "wide_bye")

    assert len(found) == 6
    assert all((row["word"] is None) != (row["again"] is None) for row in found)


def test_every_wide_table_of_a_session_has_a_name_of_its_own() -> None:
    names = [table.name for table in everything(demo())]

    assert len(names) == len(set(names))
    assert "wide_contribute_release_release" in names
