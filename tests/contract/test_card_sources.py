"""The cards of the workbooks: which sources each workbook shows, and that a label never says more than is known."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from mira_workbook.content.cards import Card, cards
from mira_workbook.content.load import workbooks

SOURCES: Mapping[str, set[int]] = {
    "priority_setting": {1, 2, 3, 4, 5, 6, 7, 19, 20, 26, 51},
    "root_cause_coaching": {*range(35, 45), *range(46, 54), 55, 57, 128},
    "resource_mapping": {30, 63, 64, 65, 67, 77, 80, 81, 82, 85, 120, 121},
}
STATED = "as stated by Mira Education"
IN_MAY = "as stated in May 2024"
REPORTED = "as reported by Mira Education; reference not listed"
CAUTIONS: Mapping[int, str] = {
    49: "cites Spradlin as 2019; the address listed is dated 2012/09",
    **dict.fromkeys((63, 64, 65), IN_MAY),
    **dict.fromkeys((82, 83, 84), REPORTED),
}
"""Entries of the inventory that ask for more care than “as stated”, and what stands under their words."""
FIGURES = re.compile(r"\d|percent|\bfive\b|quarterly|billion|September", re.IGNORECASE)
PLAIN_FIGURES = {80, 86}
"""Figures that claim nothing about results or dates to keep: the length of a sitting, the year of an award."""


def named(raw: Mapping[str, Any]) -> Iterator[str]:
    yield from raw.get("cards", ())
    for step in raw["steps"]:
        yield from step.get("cards", ())


def numbered() -> Mapping[int, Card]:
    return {card.number: card for card in cards().values() if card.number}


@pytest.mark.parametrize("slug", workbooks())
def test_the_cards_of_a_workbook_are_its_sources(slug: str) -> None:
    raw = tomllib.loads(workbooks()[slug].read_text(encoding="utf-8"))
    assert {cards()[name].number for name in named(raw)} == SOURCES[slug]


@pytest.mark.parametrize("slug", SOURCES)
def test_every_source_of_a_workbook_has_its_card(slug: str) -> None:
    assert SOURCES[slug] <= set(numbered())


def test_the_cards_on_walker_gamble_are_whole() -> None:
    told = {number: card for number, card in numbered().items() if card.who == "Walker-Gamble"}
    assert set(told) == {81, 82, 83, 84, 85, 86}
    assert {card.kind for card in told.values()} == {"case"}


@pytest.mark.parametrize("name", cards())
def test_a_label_says_what_is_known_and_no_more(name: str) -> None:
    card = cards()[name]
    assert card.label == CAUTIONS.get(card.number or 0, STATED)


@pytest.mark.parametrize("name", cards())
def test_a_figure_never_stands_without_its_caution(name: str) -> None:
    card = cards()[name]
    if FIGURES.search(card.text) and card.number not in PLAIN_FIGURES:
        assert card.number in CAUTIONS


def test_the_dates_of_esser_are_signed_with_the_month_they_were_stated_in() -> None:
    told = [card for name, card in cards().items() if name.startswith("esser_")]
    assert [card.by for card in told] == ["Mira Education, as stated in May 2024"] * 3


def test_a_case_is_signed_with_its_school_and_with_who_reported_it() -> None:
    assert cards()["walker_gamble_time"].by == ("Walker-Gamble, as reported by Mira Education; reference not listed")
    assert cards()["small_shifts"].by == "Walker-Gamble, as stated by Mira Education"
