"""Text as people type it: cleaned, compared, read as numbers, spelled for people."""

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mira_workbook import text


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  two   spaces ", "two spaces"),
        ("one\ttab", "one tab"),
        ("line\r\nbreak", "line break"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("hidden\u202e turn", "hidden turn"),
        ("e\u0301", "é"),
        ("e\x00\u0301", "é"),
        ("\ud800 alone", "alone"),
        ("👩‍🏫 teaches", "👩‍🏫 teaches"),
        ("non\u00a0breaking", "non breaking"),
    ],
)
def test_one_line_of_text_is_brought_to_its_kept_form(raw: str, kept: str) -> None:
    assert text.clean(raw) == kept


def test_several_lines_keep_their_breaks_in_one_spelling() -> None:
    assert text.clean(" a \r\nb\rc\u2028d ", lines=True) == "a \nb\nc\nd"


@given(st.text(st.characters()), st.booleans())
def test_cleaning_twice_changes_nothing_and_gives_nfc(raw: str, lines: bool) -> None:  # noqa: FBT001 - drawn
    once = text.clean(raw, lines=lines)
    assert text.clean(once, lines=lines) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize("raw", ["", " ", "\u200b", "\u200b \ufeff\n"])
def test_text_that_nobody_can_see_is_invisible(raw: str) -> None:
    assert text.is_invisible(raw)


def test_one_visible_letter_is_enough() -> None:
    assert not text.is_invisible("\u200ba")


def test_wordings_are_compared_without_case_punctuation_and_spare_spaces() -> None:
    assert text.fold(" Early  Reading, Grades 1-3! ") == text.fold("early reading grades 1 3")
    assert text.fold("STRASSE") == text.fold("straße")


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("45", "45"),
        ("1,250", "1250"),
        ("$1,250", "1250"),
        ("$ 1,250.50", "1250.50"),
        ("-$20", "-20"),
        ("1250 €", "1250"),
        ("46.2", "46.2"),
        (".5", "0.5"),
        ("7.", "7"),
        (" 1\u00a0250 ", "1250"),
        ("1 250 000", "1250000"),
        ("1’250", "1250"),
        ("\uff11\uff12\uff15\uff10", "1250"),
        ("\uff11\uff0c\uff12\uff15\uff10", "1250"),
        ("٤٥", "45"),
        ("\u22123", "-3"),
        ("+3", "3"),
    ],
)
def test_numbers_are_read_as_people_type_them(raw: str, number: str) -> None:
    assert text.parse_number(raw) == Decimal(number)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "abc",
        "45 min",
        "46.2%",
        "46,2",
        "1,25",
        "12,50",
        "1e3",
        "nan",
        "inf",
        "-",
        "$",
        ".",
        "1.2.3",
        "1,250,00",
        "½",
        "0x10",
        "--3",
        "1_000",
        "9" * 41,
    ],
)
def test_what_is_not_surely_a_number_is_not_read(raw: str) -> None:
    assert text.parse_number(raw) is None


@given(st.text(max_size=60))
def test_reading_a_number_never_raises(raw: str) -> None:
    number = text.parse_number(raw)
    assert number is None or number.is_finite()


@given(st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=2))
def test_a_spelled_number_reads_back_as_itself(number: Decimal) -> None:
    assert text.parse_number(text.say_number(number)) == number


@pytest.mark.parametrize(
    ("value", "spelled"),
    [(1250, "1,250"), (46.2, "46.2"), (5.0, "5"), (1e8, "100,000,000"), (-3, "-3"), (0, "0"), (100, "100")],
)
def test_numbers_are_spelled_as_people_read_them(value: float, spelled: str) -> None:
    assert text.say_number(value) == spelled


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Minutes a week now", "minutes a week now"),
        ("How long does it take?", "how long does it take"),
        ("Because…", "because"),
        ("FTE", "FTE"),
        ("I will add…", "I will add"),
    ],
)
def test_a_label_can_stand_inside_a_sentence(label: str, inside: str) -> None:
    assert text.inside_sentence(label) == inside


def test_labels_with_commas_are_listed_with_semicolons() -> None:
    assert text.join_labels(["Attendance", "Behavior"]) == "Attendance, Behavior"
    assert text.join_labels(["Early reading, grades 1-3", "Behavior"]) == "Early reading, grades 1-3; Behavior"


def test_words_are_joined_for_a_sentence() -> None:
    assert [text.join_words(["A", "B", "C"][:n]) for n in range(4)] == ["", "A", "A and B", "A, B and C"]


def test_dates_and_times_are_spelled_for_people() -> None:
    assert text.say_date(date(2025, 5, 30)) == "May 30, 2025"
    assert text.say_time(datetime(2025, 5, 30, 15, 42, tzinfo=UTC)) == "3:42"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_spreadsheet_never_reads_text_as_a_formula(cell: str) -> None:
    assert text.formula_safe(cell) == "'" + cell


def test_slugs_are_plain_ascii() -> None:
    assert text.slug("Tupelo Branch – École") == "tupelo-branch-ecole"
    assert text.slug("数学") == "team"
