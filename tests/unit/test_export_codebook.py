from export_cases import demo, small

from mira_workbook.content.measure_args import MEASURES
from mira_workbook.exports import COACH
from mira_workbook.exports.codebook import codebook
from mira_workbook.exports.formulas import FORMULAS
from mira_workbook.exports.table import Cell
from mira_workbook.exports.tables import tables


def entries() -> dict[Cell, dict[str, Cell]]:
    return {row["name"]: row for row in codebook(small(), ()).records()}


def test_every_field_and_column_has_an_entry_in_order() -> None:
    assert list(entries()) == [
        "own.words",
        "own.mood",
        "own.why",
        "own.notes",
        "own.notes.note",
        "own.notes.cost",
        "own.notes.kinds",
        "list.ideas",
        "list.ideas.label",
        "list.ideas.sources",
        "list.by",
        "rank.order",
        "rank.ok",
        "bye.word",
        "ideas",
        "notes",
        "m02_part",
    ]


def test_an_entry_says_what_is_taken_in_words() -> None:
    found = entries()

    assert {key: value for key, value in found["own.mood"].items() if value} == {
        "kind": "field",
        "name": "own.mood",
        "label": "How is it?",
        "type": "rate",
        "limits": "1 to 3, or “I don't know yet”",
        "options": "1 = low; 2 = middle; 3 = high",
        "unit": "1–3",
        "mode": "individual",
        "attribution": "named",
        "shown_with": "own",
    }
    assert found["own.why"]["limits"] == "0 to 200 characters; asked when mood is 1"
    assert found["own.notes"]["limits"] == "0 to 3 rows"
    assert found["own.notes.cost"]["limits"] == "0 to 100, steps of 0.1"
    assert found["own.notes.kinds"]["options"] == "a = Alpha; b = Beta; other = own words"
    assert found["rank.order"]["options"] == "list: ideas"
    assert found["rank.ok"]["options"] == "1 = Yes; 0 = No"
    assert found["ideas"]["help"] == "rows_of: field = list.ideas, label = label"
    assert found["m02_part"]["limits"] == "0.3"


def test_every_measure_has_a_formula_and_its_bands() -> None:
    named = {row["name"]: row["formula"] for row in tables([demo()], COACH)[-1].records() if row["kind"] == "measure"}

    assert set(MEASURES) <= set(FORMULAS)
    assert all(named.values())
    assert (
        named["rank.M07"]
        == "(highest points - next) / (m (k - 1)); from 3 answers; close, lead from 0.05, wide from 0.15"
    )


def test_every_column_of_every_file_has_an_entry() -> None:
    found = tables([demo()], COACH)
    described = {row["name"] for row in found[-1].records()}

    assert {f"{table.name}.{name}" for table in found[:-1] for name in table.head} <= described
    assert all(column.about for table in found for column in table.columns)
