"""Rows of a CSV file or a pasted sheet whose first line names the columns."""

from functools import partial

from hypothesis import given
from hypothesis import strategies as st
from tables_workbook import tables

from mira_workbook.content.answers.base import Context
from mira_workbook.content.answers.table import TableField
from mira_workbook.content.csv_rows import Unread, read_csv_rows
from mira_workbook.content.load import load, workbooks
from mira_workbook.content.tailoring import tailored

TABLE: TableField = tables().step("list").field("rows")


def read(words: str) -> tuple[list[dict[str, object]], list[tuple[int, str]]]:
    rows, problems = read_csv_rows(TABLE, words, {})
    return [row["cells"] for row in rows], [(one.line, one.text) for one in problems]


def test_columns_are_named_by_key_or_label_in_any_order() -> None:
    words = 'Money a year,name,KIND\r\n"$1,200",Reading block,Program\r\n,Monday meeting,meeting\r\n'
    assert read(words) == (
        [
            {"name": "Reading block", "kind": "program", "usd": 1200},
            {"name": "Monday meeting", "kind": "meeting"},
        ],
        [],
    )


def test_semicolons_and_tabs_stand_between_cells_as_well() -> None:
    wanted = [{"name": "Bus", "purpose": "Two, or three rounds", "usd": 50}]
    assert read("name;purpose;usd\nBus;Two, or three rounds;50") == (wanted, [])
    assert read("\ufeffname\tpurpose\tusd\nBus\tTwo, or three rounds\t50\n\n") == (wanted, [])


def test_a_quoted_cell_may_hold_line_breaks_and_lines_are_counted_as_they_stand() -> None:
    rows, problems = read('name,purpose,usd\n"Bus","Two\nrounds",50\n\nHall,Watch,12k\n')
    assert rows == [{"name": "Bus", "purpose": "Two rounds", "usd": 50}]
    assert problems == [(5, "Line 5: usd ‘12k’ is not a number.")]


def test_good_rows_are_taken_and_bad_ones_are_named_with_their_line_and_words() -> None:
    words = (
        "name,kind,usd,ends\n"
        "Bus,Program,100,2025-05-30\n"
        "Hall,Meetings or routine,1,\n"
        "Gym,Zoo,1,\n"
        "Art,Program,-5,\n"
        "Lab,Program,5,May 30\n"
        ",Program,5,\n"
        "bus,Program,5,\n"
        "No,Program,5,\n"
        "Choir,Program,1,200,\n"
        "Choir,Program,1,200,2025-05-30\n"
    )
    rows, problems = read_csv_rows(TABLE, words, {})
    assert [row["cells"]["name"] for row in rows] == ["Bus"]
    assert [one.text for one in problems] == [
        "Line 3: kind ‘Meetings or routine’ is not one of the choices. Did you mean ‘Meeting or routine’?",
        "Line 4: kind ‘Zoo’ is not one of the choices.",
        "Line 5: usd: This should be between 0 and 1,000,000. You typed -5.",
        "Line 6: ends ‘May 30’ is not a day such as 2025-05-30.",
        "Line 7: Name is missing.",
        "Line 8: ‘bus’ stands in line 2 already.",
        "Line 9: name: A little more, please: at least 3 characters (you have 2).",
        "Line 10: ends ‘200’ is not a day such as 2025-05-30.",
        "Line 11 has more cells than the first line has names.",
    ]
    assert problems[1].raw == "Gym,Zoo,1,"


def test_a_first_line_that_names_other_things_is_told_with_what_is_near() -> None:
    assert read("nmae,Purpos,colour,usd,usd\nBus,x,red,1,2") == (
        [],
        [
            (1, "‘nmae’ is not a column here. Did you mean ‘name’?"),
            (1, "‘Purpos’ is not a column here. Did you mean ‘purpose’?"),
            (1, "‘colour’ is not a column here."),
            (1, "‘usd’ stands twice in the first line."),
            (1, "The first line needs ‘Name’."),
        ],
    )


def test_without_a_first_line_the_columns_are_named() -> None:
    said = "The first line should name the columns: Name, What it is for, Kind, Money a year, The money ends on."
    assert read("Bus,Two rounds\nHall,Watch") == ([], [(1, said)])
    assert read(" \n \n") == ([], [(0, said)])
    assert read("name,usd\n") == ([], [(0, "There is no row below the first line.")])


def test_formulas_are_words_and_long_words_and_nul_are_told_or_left_out() -> None:
    rows, problems = read(f'name,purpose\n"=HYPERLINK(""x"")",+1\nBus\0stop,{"a" * 2000}\nH\0all,ok\n')
    assert rows == [{"name": '=HYPERLINK("x")', "purpose": "+1"}, {"name": "Hall", "purpose": "ok"}]
    assert problems == [(3, "Line 3: purpose: Please shorten to 140 characters (you have 2000).")]


def test_ten_thousand_lines_and_a_stray_quote_come_to_an_end() -> None:
    rows, problems = read("name\n" + "".join(f"Row {n}\n" for n in range(10_000)))
    assert (len(rows), problems) == (10_000, [])
    assert read("name\n" + "Row\n" * 200_000) == ([], [(0, "This is too long to read at once. 5 rows fit here.")])
    rows, problems = read('name\nBus\n"' + "a\n" * 80_000)
    assert rows == [{"name": "Bus"}]
    assert problems[0] == (3, "Line 3 cannot be read.")


def test_cells_are_judged_on_the_session_s_day() -> None:
    rows, problems = read_csv_rows(TABLE, "name,ends\nBus,2025-02-30", {}, Context())
    assert (rows, [one.line for one in problems]) == ([], [2])


@given(st.text(st.sampled_from('name,usd;purpose\t\n\r"\x00=') | st.characters(), max_size=120))
def test_no_sheet_raises_and_no_line_is_both_taken_and_told(words: str) -> None:
    rows, problems = read_csv_rows(TABLE, "name,usd\n" + words, {})
    assert all(set(row["cells"]) <= {"name", "usd"} for row in rows)
    assert all(one.text for one in problems)


def told_of_cost(answer: str, _step: str, field: str) -> str | None:
    return answer if field == "cost_known" else None


def test_a_column_that_this_session_does_not_ask_is_left_out_and_that_is_said() -> None:
    book = load(workbooks()["resource_mapping"])
    asked = {True: "exact", False: "people_minutes"}
    sheet = "name,purpose,Money a year\nTutoring,After school,41300\nHall,Watching the hall,0\n"
    found = {}
    for money, answer in asked.items():
        session = tailored(book, partial(told_of_cost, answer))
        found[money] = read_csv_rows(session.step("inventory").field("rows"), sheet, {})
    assert [row["cells"] for row in found[True][0]] == [
        {"name": "Tutoring", "purpose": "After school", "usd_year": 41300},
        {"name": "Hall", "purpose": "Watching the hall", "usd_year": 0},
    ]
    assert found[True][1] == []
    assert [row["cells"] for row in found[False][0]] == [
        {"name": "Tutoring", "purpose": "After school"},
        {"name": "Hall", "purpose": "Watching the hall"},
    ]
    told = "We do not ask for ‘Money a year’ here, so that column was left out."
    assert found[False][1] == [Unread(0, told)]
