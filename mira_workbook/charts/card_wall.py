"""What people wrote, side by side: cards for boards. On a phone the table is the picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Words
from mira_workbook.charts.fit import wrap
from mira_workbook.charts.layout import EDGE, empty, new_sheet
from mira_workbook.charts.shapes import Box, Paint, Sheet, Text
from mira_workbook.charts.style import palette


@dataclass(frozen=True, slots=True)
class Card:
    """One card: who it belongs to, the text, and the reason under it, "" for none."""

    who: str
    text: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class CardWall:
    """Input of the picture; cards in the order they are read.

    Attributes:
        asked: what was asked for the text, and for the reason; heads of the table.
    """

    sentence: str
    cards: tuple[Card, ...]
    asked: tuple[str, str] = ("", "")


def words(data: CardWall) -> Words:
    """Say how many there are; one row a card."""
    text, because = data.asked
    head: tuple[str, ...] = (say("chart_card_who"), text or say("chart_card_text"))
    rows: tuple[tuple[str, ...], ...] = tuple((card.who, card.text) for card in data.cards)
    if any(card.because for card in data.cards):
        head = (*head, because or say("chart_card_because"))
        rows = tuple((card.who, card.text, card.because) for card in data.cards)
    peak = say("chart_cards", n=len(data.cards)) if data.cards else say("chart_empty")
    return Words(say("chart_alt", sentence=data.sentence, peak=peak).strip(), head, rows)


def sheet(data: CardWall, look: Look) -> Sheet | None:
    """Put the picture together; None on a phone."""
    if look.phone:
        return None
    if not data.cards:
        return empty(look)
    page, _ = new_sheet(look)
    columns, y = 3 if look.size == "wall" else 2, EDGE
    gap = look.font * 0.7
    wide = (look.width - 2 * EDGE - gap * (columns - 1)) / columns
    for first in range(0, len(data.cards), columns):
        lines = [_lines(card, wide - 2 * look.font * 0.8, look) for card in data.cards[first : first + columns]]
        tall = max(map(_height, lines)) + look.font * 1.3
        for place, card in enumerate(lines):
            _card(page, card, (EDGE + place * (wide + gap), y, wide, tall), look)
        y += tall + gap
    page.height = y - gap + EDGE
    return page


_Line = tuple[str, float, bool]


def _lines(card: Card, room: float, look: Look) -> list[_Line]:
    """A card's lines, each with its size and whether it is the card's own text."""
    own = look.small if look.size == "wall" else look.font
    return [
        *((line, look.small, False) for line in wrap(card.who, look.small, room, 1)),
        *((line, own, True) for line in wrap(card.text, own, room, 5, bold=True)),
        *((line, look.small, False) for line in wrap(card.because, look.small, room, 4) if card.because),
    ]


def _height(lines: Sequence[_Line]) -> float:
    return sum(size * 1.3 for _, size, _ in lines)


def _card(page: Sheet, lines: Sequence[_Line], at: tuple[float, float, float, float], look: Look) -> None:
    shades, (x, y, wide, tall) = palette(look), at
    page.add(Box(x, y, wide, tall, Paint(shades.card, shades.edge, 1), 8))
    y += look.font * 0.55
    for line, size, own in lines:
        color = shades.ink if own else shades.ink_2
        page.add(Text(x + look.font * 0.8, y + size, line, size, color, bold=own))
        y += size * 1.3
