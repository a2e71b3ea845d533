"""Words made to fit a width."""

from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.charts.fit import plain, shorten, width, wrap

WORDS = st.text(max_size=90)
ROOMS = st.floats(60, 400)


def test_words_that_fit_are_left_alone() -> None:
    assert shorten("Family partnership", 16, 358) == "Family partnership"


def test_words_that_do_not_fit_end_in_dots() -> None:
    assert shorten("Keeping and supporting our teachers", 16, 200) == "Keeping and supportin…"


def test_characters_that_belong_together_are_not_cut() -> None:
    teacher = "\U0001f469\U0001f3fd\u200d\U0001f3eb"
    assert shorten(teacher * 3, 16, 60) == f"{teacher}…"


def test_lines_break_between_words_and_the_last_one_is_shortened() -> None:
    assert wrap("Keeping and supporting our teachers", 16, 150, 2) == ["Keeping and", "supporting our…"]


def test_a_word_wider_than_a_line_goes_on_in_the_next() -> None:
    assert wrap("W" * 12, 10, 60, 3) == ["WWWWWW", "WWWWWW"]


def test_nothing_makes_no_line() -> None:
    assert wrap("", 16, 100, 2) == []


def test_what_xml_cannot_hold_is_taken_out() -> None:
    assert plain("a\x00b\x0b\nc\ufffe\ud800d") == "ab cd"


@given(WORDS, ROOMS, st.booleans())
def test_shortened_words_fit(words: str, room: float, bold: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert width(shorten(words, 16, room, bold=bold), 16, bold=bold) <= room


@given(WORDS, ROOMS, st.integers(1, 4))
def test_lines_fit_and_are_no_more_than_asked_for(words: str, room: float, lines: int) -> None:
    found = wrap(words, 16, room, lines)
    assert len(found) <= lines
    assert all(width(line, 16) <= room for line in found)


@given(WORDS)
def test_lines_lose_nothing_when_there_are_enough(words: str) -> None:
    assert "".join(wrap(words, 16, 200, 200)).replace(" ", "") == "".join(plain(words).split())
