"""Excel files as openpyxl reads them."""

import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from export_cases import demo
from format_cases import BROKEN, HOSTILE, everything, into, same_as_golden, table, texts
from openpyxl.utils.escape import unescape
from played_cases import played

from mira_workbook.exports import COACH, sheet, xlsx
from mira_workbook.exports.table import Column, Table
from mira_workbook.exports.tables import tables
from mira_workbook.records import Snapshot, Team
from mira_workbook.text import formula_safe

NAME = "priority_setting-K7M4QX.xlsx"


def read(folder: Path, *, values: bool = True, name: str = NAME) -> Any:
    return openpyxl.load_workbook(folder / name, data_only=values)


def column(folder: Path, title: str = "t") -> list[Any]:
    return [row[0] for row in read(folder)[title].iter_rows(min_row=2, values_only=True)]


def test_every_table_is_a_sheet_with_a_frozen_head_a_filter_and_its_rows(tmp_path: Path) -> None:
    made = everything(demo())
    book = read(into(tmp_path, xlsx.open_, made))

    names = [one.name[:31] for one in made if one.name != "codebook"]
    assert book.sheetnames == ["contents", *names, "dictionary"]
    for one, page in zip(made, book.worksheets[1:], strict=True):
        assert page.freeze_panes == "A2"
        assert tuple(cell.value for cell in page[1]) == one.head
        assert page.max_row == max(1, len(one.rows) + 1 if one.rows else 1)
        assert page.auto_filter.ref.startswith("A1:")


def test_the_first_sheet_lists_the_others_with_links_and_rows(tmp_path: Path) -> None:
    page = read(into(tmp_path, xlsx.open_, everything(demo())))["contents"]

    assert [page.cell(row, 1).value for row in (1, 2, 3)] == [
        "One Priority · Tupelo Branch Elementary",
        "Session of May 14, 2024",
        "What every name means stands on the sheet “dictionary”.",
    ]
    assert (page["A6"].value, page["B6"].value) == ("responses_long", 523)
    assert page["A6"].hyperlink.location == "'responses_long'!A1"


def test_numbers_ticks_and_days_are_real_and_nothing_stands_where_nothing_is_known(tmp_path: Path) -> None:
    kinds = [
        Column("n", "", "number"),
        Column("yes", "", "flag"),
        Column("day", "", "day"),
        Column("at", "", "moment"),
        Column("text", ""),
    ]
    rows = table(
        kinds,
        (46.2, True, "2025-05-30", "2024-05-14T19:03:00Z", "007"),
        (None, None, None, "", ""),
        (-3, False, "soon", None, "TRUE"),
        (0, True, "1849-01-02", None, "=1"),
    )
    page = read(into(tmp_path, xlsx.open_, [rows]))["t"]

    assert [[cell.value for cell in row] for row in page.iter_rows(min_row=2)] == [
        [46.2, True, datetime(2025, 5, 30), datetime(2024, 5, 14, 19, 3), "007"],  # noqa: DTZ001 - Excel has no zones
        [None, None, None, None, None],
        [-3, False, "soon", None, "TRUE"],
        [0, True, "1849-01-02", None, "'=1"],
    ]
    assert page["C2"].number_format == "yyyy-mm-dd"
    assert page["D2"].number_format == "yyyy-mm-dd hh:mm"


def test_what_people_type_comes_back_and_runs_nothing(tmp_path: Path) -> None:
    found = column(into(tmp_path, xlsx.open_, [texts(HOSTILE.values())]))

    guarded = ["'" + text if name == "rich" else formula_safe(text) for name, text in HOSTILE.items()]
    assert [unescape(one) for one in found] == [one[: sheet.MOST_CHARS] for one in guarded]
    assert "<f>" not in zipfile.ZipFile(tmp_path / NAME).read("xl/worksheets/sheet2.xml").decode()


def test_what_no_answer_holds_costs_its_own_cell_only(tmp_path: Path) -> None:
    found = column(into(tmp_path, xlsx.open_, [texts([*BROKEN.values(), "after"])]))

    assert [unescape(one) for one in found] == ["be\x00fore", "a\x07b", "half ? emoji", "a\ufffeb", "after"]


def test_a_cell_holds_as_many_characters_as_excel_takes_and_no_half_emoji() -> None:
    assert len(sheet.plain("x" * 40_000)) == 32_767
    assert sheet.plain("x" + "😀" * 20_000) == "x" + "😀" * 16_383
    assert sheet.plain("short") == "short"


def test_rows_beyond_a_sheet_go_on_to_the_next_under_the_same_head(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "MOST_ROWS", 4)
    book = read(into(tmp_path, xlsx.open_, [texts("abcd"), texts("efgh")]))

    pages = {name: [row[0] for row in book[name].iter_rows(values_only=True)] for name in book.sheetnames[1:]}
    assert pages == {"t": ["text", "a", "b", "c"], "t_2": ["text", "d", "e", "f"], "t_3": ["text", "g", "h"]}


def test_sheet_names_are_short_and_unlike_each_other(tmp_path: Path) -> None:
    long = "priority_setting_" + "name" * 6
    names = [long, "a" * 40, "A" * 41, "history", "what/if?"]
    book = read(into(tmp_path, xlsx.open_, [Table(name, (Column("x", ""),)) for name in names]))

    assert book.sheetnames[1:] == ["name" * 6, "a" * 31, "A" * 29 + "_2", "history_2", "what_if_"]


def test_the_same_answers_give_the_same_bytes(tmp_path: Path) -> None:
    made = everything(demo())
    bodies = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        bodies.append((into(tmp_path / name, xlsx.open_, made) / NAME).read_bytes())

    assert bodies[0] == bodies[1]


def resources(*sessions: Snapshot) -> list[Table]:
    """The tables that count on each other."""
    names = {f"resource_mapping_{name}" for name in ("initiatives", "funds", "totals")}
    return [one for one in tables(sessions, COACH) if one.name in names]


def ledger(folder: Path, *, values: bool) -> dict[str, tuple[Any, Any]]:
    page = read(folder, values=values, name="resource_mapping-K7M4QX.xlsx")["resource_mapping_totals"]
    return {row[4]: (row[5], row[6]) for row in page.iter_rows(min_row=2, values_only=True)}


def test_the_ledger_counts_by_itself_and_shows_our_numbers_until_then(tmp_path: Path) -> None:
    session = played("resource_mapping")
    into(tmp_path, xlsx.open_, resources(session), session)
    values, formulas = ledger(tmp_path, values=True), ledger(tmp_path, values=False)

    totals = next(one for one in resources(session) if one.name == "resource_mapping_totals")
    assert values == {row[4]: (row[5], row[6]) for row in totals.rows}
    for name, shown in values.items():
        for cell, formula in zip(shown, formulas[name], strict=True):
            assert (formula is None) if cell is None else formula.startswith("=")
    lines = [f"{name}\t{now or ''}\t{after or ''}\n" for name, (now, after) in formulas.items()]
    same_as_golden("ledger_formulas.txt", "".join(lines).replace("'resource_mapping_initiatives'!", ""))


def test_what_follows_for_one_initiative_is_counted_from_its_own_row(tmp_path: Path) -> None:
    session = played("resource_mapping")
    into(tmp_path, xlsx.open_, resources(session), session)
    page = read(tmp_path, values=False, name="resource_mapping-K7M4QX.xlsx")["resource_mapping_initiatives"]
    head = [cell.value for cell in page[1]]

    assert page.cell(3, head.index("freed_usd") + 1).value == "=MAX(0,$N3-$AH3)"
    assert page.cell(3, head.index("need_usd") + 1).value == "=IF($T3,$AH3,MAX(0,$AH3-$N3))"


def test_a_ledger_of_two_teams_counts_each_teams_rows_only(tmp_path: Path) -> None:
    ours = played("resource_mapping")
    other = replace(ours, team=Team(2, "alder", "Alder Street"), session=replace(ours.session, id=2, team_id=2))
    into(tmp_path, xlsx.open_, resources(ours, other), ours, other)
    page = read(tmp_path, values=False, name="resource_mapping-K7M4QX.xlsx")["resource_mapping_totals"]

    listed = "'resource_mapping_initiatives'!"
    first, last = page.cell(2, 6).value, page.cell(page.max_row, 7).value
    own = f"({listed}$A$2:$A$29=$A2)*({listed}$D$2:$D$29=$D2)"
    assert first == f"=SUMPRODUCT({own},{listed}$N$2:$N$29)"
    assert last.startswith(f"=SUMPRODUCT({own.replace('$A2)', '$A57)').replace('$D2)', '$D57)')}*(")


def test_a_ledger_whose_list_lacks_a_column_keeps_its_numbers(tmp_path: Path) -> None:
    session = played("resource_mapping")
    short = [
        replace(one, columns=one.columns[:13], rows=tuple(row[:13] for row in one.rows))
        if one.name == "resource_mapping_initiatives"
        else one
        for one in resources(session)
    ]
    into(tmp_path, xlsx.open_, short, session)

    assert ledger(tmp_path, values=False)["usd"] == (389050, 237540)
