"""SPSS and Stata files as pyreadstat reads them."""

import math
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from export_cases import demo
from format_cases import BROKEN, HOSTILE, everything, into, same_as_golden, table, texts

from mira_workbook.errors import MissingExtra
from mira_workbook.exports import dta, extras, sav, stats
from mira_workbook.exports.rows import STATES
from mira_workbook.exports.table import Column, Table
from mira_workbook.exports.variables import MISSING, cut, variables

FORMATS = {"sav": (sav, pyreadstat.read_sav), "dta": (dta, pyreadstat.read_dta)}
each = pytest.mark.parametrize("suffix", FORMATS)


def states() -> Table:
    """A rating in every state, and one that was not asked of its author."""
    ends = (("1", "low"), ("2", "middle"), ("3", "high"))
    columns = [
        Column("mood", "How is it?", "number", "1–3", whole=True, options=ends, state="mood_status", floor=1),
        Column("mood_status", "How it was answered.", options=STATES),
    ]
    gone = ((None, state) for state in ("dk", "skipped", "withdrawn", "draft", "blank", None))
    return table(columns, (2, "submitted"), *gone)


def read(folder: Path, suffix: str, name: str = "t") -> tuple[Any, Any]:
    return FORMATS[suffix][1](str(folder / f"{name}.{suffix}"), user_missing=True)


def write(folder: Path, suffix: str, *tables: Table) -> None:
    into(folder, FORMATS[suffix][0].open_, tables)


@each
def test_every_table_comes_back_with_its_labels_and_rows(suffix: str, tmp_path: Path) -> None:
    made = everything(demo())
    write(tmp_path, suffix, *made)

    for one in made:
        found, told = read(tmp_path, suffix, one.name)
        assert found.shape == (len(one.rows), len(one.columns))
        for place, (column, name) in enumerate(zip(one.columns, told.column_names, strict=True)):
            assert told.column_names_to_labels[name].startswith(column.about[:30])
            if column.kind == "text" and not column.options:
                assert found[name].tolist() == ["" if row[place] is None else str(row[place]) for row in one.rows]


@each
def test_choices_ratings_and_ticks_are_numbers_with_labels(suffix: str, tmp_path: Path) -> None:
    columns = [
        Column("pick", "What", options=(("grow", "Grow"), ("keep", "Keep"))),
        Column("rate", "How much", "number", "1–4", whole=True, options=(("1", "low"), ("4", "high"))),
        Column("ok", "Fine", "flag"),
    ]
    write(tmp_path, suffix, table(columns, ("keep", 4, True), ("grow", 1, False), (None, None, None)))
    found, told = read(tmp_path, suffix)

    assert [[None if math.isnan(cell) else cell for cell in found[name]] for name in found] == [
        [2, 1, None],
        [4, 1, None],
        [1, 0, None],
    ]
    assert told.variable_value_labels == {
        "pick": {1: "Grow", 2: "Keep"},
        "rate": {1: "low", 4: "high"},
        "ok": {0: "No", 1: "Yes"},
    }
    assert told.column_names_to_labels["rate"] == "How much (1–4)"


@each
def test_days_and_moments_are_such(suffix: str, tmp_path: Path) -> None:
    columns = [Column("day", "Day", "day"), Column("at", "At", "moment")]
    write(tmp_path, suffix, table(columns, ("2025-05-30", "2024-05-14T19:03:00Z"), (None, ""), ("soon", None)))
    found, _ = read(tmp_path, suffix)

    assert found.day[0] == date(2025, 5, 30)
    assert found["at"][0] == datetime(2024, 5, 14, 19, 3)  # noqa: DTZ001 - both formats have no zones
    assert found.isna().sum().tolist() == [2, 2]


def test_what_is_missing_says_why_in_codes_that_spss_leaves_out(tmp_path: Path) -> None:
    write(tmp_path, "sav", states())
    found, told = read(tmp_path, "sav")

    assert found.mood.tolist()[:6] == [2.0, -91.0, -92.0, -93.0, -94.0, -95.0]
    assert math.isnan(found.mood[6])
    assert told.missing_ranges["mood"] == [{"lo": -95.0, "hi": -91.0}]
    assert told.variable_value_labels["mood"] == {
        1: "low",
        2: "middle",
        3: "high",
        -91: "I don't know yet",
        -92: "not asked",
        -93: "taken back",
        -94: "begun and not sent",
        -95: "left blank",
    }
    left = pyreadstat.read_sav(str(tmp_path / "t.sav"))[0]
    assert left.mood.isna().tolist() == [False, True, True, True, True, True, True]


def test_what_is_missing_says_why_in_statas_own_missing_values(tmp_path: Path) -> None:
    write(tmp_path, "dta", states())
    found, told = read(tmp_path, "dta")

    assert found.mood.tolist()[:6] == [2.0, "d", "s", "w", "u", "b"]
    assert math.isnan(found.mood[6])
    assert {key: told.variable_value_labels["mood"][key] for key in "dswub"} == {
        "d": "I don't know yet",
        "s": "not asked",
        "w": "taken back",
        "u": "begun and not sent",
        "b": "left blank",
    }


def test_codes_for_missing_lie_below_all_numbers_of_the_column() -> None:
    columns = [
        Column("plain", "", "number", state="s"),
        Column("deep", "", "number", state="s", floor=-500),
        Column("s", ""),
    ]
    plain, deep, _ = variables(columns, sav.DIALECT)

    assert plain.base == 0
    assert max(MISSING.values()) + deep.base < -500


@each
def test_names_are_such_as_the_program_takes(suffix: str, tmp_path: Path) -> None:
    wanted = ["all", "byte", "1st", "a b", "A_B", "x" * 70, "x" * 71, "ünder", "_n", "with"]
    write(tmp_path, suffix, table([Column(name, "About it") for name in wanted], tuple("v" for _ in wanted)))
    found, _ = read(tmp_path, suffix)

    most = FORMATS[suffix][0].DIALECT.name_bytes
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) and len(name) <= most for name in found)
    assert len({name.lower() for name in found}) == len(wanted)
    assert not {name.lower() for name in found} & FORMATS[suffix][0].DIALECT.reserved


@each
def test_what_people_type_comes_back_and_nothing_costs_more_than_its_cell(suffix: str, tmp_path: Path) -> None:
    write(tmp_path, suffix, texts([*HOSTILE.values(), *BROKEN.values(), "after"]))
    found = read(tmp_path, suffix)[0]["text"].tolist()

    most = FORMATS[suffix][0].DIALECT.text_bytes
    # SPSS fills texts up with spaces, and no program tells those at the end.
    given = [cut(text, most) for text in (*HOSTILE.values(), *BROKEN.values(), "after")]
    assert [one.rstrip(" ") for one in found] == [one.rstrip(" ") for one in given]
    assert given[-5:] == ["be\ufffdfore", "a\x07b", "half ? emoji", "a\ufffeb", "after"]


@each
def test_a_long_table_goes_on_in_a_further_file(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stats, "MOST_ROWS", 3)
    write(tmp_path, suffix, texts("ab"), texts("cdefg"))

    found = {path.stem: read(tmp_path, suffix, path.stem)[0]["text"].tolist() for path in tmp_path.iterdir()}
    assert found == {"t": ["a", "b", "c"], "t_2": ["d", "e", "f"], "t_3": ["g"]}


@each
def test_the_same_answers_give_the_same_bytes_whenever_they_are_written(suffix: str, tmp_path: Path) -> None:
    write(tmp_path, suffix, states())
    body = (tmp_path / f"t.{suffix}").read_bytes()

    stamp = {"sav": b"14 May 2419:00:05", "dta": b"14 May 2024 19:00"}[suffix]
    assert stamp in body


def test_variables_of_the_demo_are_these() -> None:
    made = {one.name: one for one in everything(demo())}
    lines = [
        f"{name}\t{one.name}\t{one.shape or 'text'}\t{one.label}\t"
        f"{'; '.join(f'{number:g} {label}' for number, label in one.labels.items())}\n"
        for name in ("wide_open", "wide_consent", "wide_contribute_release_release")
        for one in variables(made[name].columns, sav.DIALECT)
    ]
    same_as_golden("variables.txt", "".join(lines))


def test_without_the_library_the_pip_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(module: str) -> None:
        raise ImportError(module)

    monkeypatch.setattr(extras, "import_module", missing)
    with pytest.raises(MissingExtra) as caught:
        write(tmp_path, "sav")

    assert str(caught.value) == "Files for SPSS and Stata need one more part: pip install 'mira-workbook[stats]'"
