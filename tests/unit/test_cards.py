from pathlib import Path

import pytest

from mira_workbook.content.cards import cards, load_cards
from mira_workbook.errors import DefinitionError

CARD = """
[first]
kind = "quote"
text = "{text}"
who = "Ann"
title = "A talk"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "cards.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_card_is_short_and_says_whose_words_they_are() -> None:
    for name, card in cards().items():
        assert len(card.text.split()) <= 20, name
        assert all((card.who, card.title, card.file, card.label, card.number)), name


def test_no_two_cards_hold_the_same_entry_of_the_inventory() -> None:
    numbers = [card.number for card in cards().values()]
    assert len(numbers) == len(set(numbers))


def test_the_words_of_the_definition_stand_as_they_were_written() -> None:
    card = cards()["priority_definition"]
    assert card.text == "something that comes before all other things"
    assert card.by == "as stated by Mira Education"


def test_twenty_words_are_taken_and_one_more_is_not(tmp_path: Path) -> None:
    assert load_cards(written(tmp_path, CARD.format(text=" ".join(["word"] * 20))))["first"].by == "Ann"
    with pytest.raises(DefinitionError, match=r"first\.text: The text has 21 words\. Shorten it to 20\."):
        load_cards(written(tmp_path, CARD.format(text=" ".join(["word"] * 21))))


def test_a_card_without_its_source_is_told(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        load_cards(written(tmp_path, CARD.format(text="Short.").replace('who = "Ann"\n', "")))
    assert [str(problem) for problem in caught.value.problems] == ["first.who: ‘who’ is missing. Add it."]
