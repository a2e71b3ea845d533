"""What keeps its place: the priority in the middle, a ring of what stays in focus, a ring of what is watched."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.layout import EDGE, Slot, colored, lay_centered, lay_list, new_sheet
from mira_workbook.charts.shapes import Disc, Paint, Sheet, Text
from mira_workbook.charts.style import mark, palette
from mira_workbook.text import join_words
from mira_workbook.tokens import Colours


@dataclass(frozen=True, slots=True)
class Rings:
    """Input of the picture: the sentence in the middle and what stands on each ring."""

    sentence: str
    centre: str
    focus: tuple[Named, ...] = ()
    watch: tuple[Named, ...] = ()


def words(data: Rings) -> Words:
    """Say what is where; one row each, the priority first."""
    places = (
        (say("chart_priority"), (Named(data.centre),)),
        (say("chart_focus"), data.focus),
        (say("chart_watch"), data.watch),
    )
    focus, watch = (join_words([n.label for n in ring]) or say("chart_rings_none") for ring in (data.focus, data.watch))
    where = say("chart_rings", centre=data.centre.rstrip("."), focus=focus, watch=watch)
    rows = tuple((place, name.label) for place, names in places for name in names)
    alt = say("chart_alt", sentence=data.sentence, peak=where).strip()
    return Words(alt, (say("chart_place"), say("chart_candidate")), rows)


def sheet(data: Rings, look: Look) -> Sheet:
    """Put the picture together: signs on the rings, their names in a list, under the rings on a phone."""
    page, shades = new_sheet(look)
    both = colored((*data.focus, *data.watch))
    focus, watch = both[: len(data.focus)], both[len(data.focus) :]
    r = {"phone": 166.0, "board": 205.0, "wall": 250.0}[look.size]
    x = look.width / 2 if look.phone else r + EDGE
    y = r + EDGE
    _discs(page, Slot(x, y, r, r), shades)
    lay_centered(page, data.centre, Slot(x - r * 0.42, y - r * 0.33, r * 0.84, r * 0.66), look, shades.on_accent)
    for names, share, word in ((focus, 0.66, "chart_focus"), (watch, 0.9, "chart_watch")):
        page.add(Text(x, y - r * share + look.small * 0.36, say(word), look.small, shades.ink, "middle"))
        _on_ring(page, names, Slot(x, y, r * share, r), look, shades)
    left = EDGE if look.phone else 2 * r + look.font * 2
    top = 2 * r + look.font if look.phone else EDGE
    end = _lists(page, focus, watch, Slot(left, top, look.width - left - EDGE, 0), look)
    page.height = max(2 * r + 2 * EDGE, end)
    return page


def _discs(page: Sheet, place: Slot, shades: Colours) -> None:
    for share, fill in ((1.0, shades.tiers[2]), (0.78, shades.tiers[1])):
        page.add(Disc(place.x, place.y, place.w * share, Paint(fill, shades.edge, 1)))
    page.add(Disc(place.x, place.y, place.w * 0.54, Paint(shades.accent)))


def _on_ring(page: Sheet, names: Sequence[Named], place: Slot, look: Look, shades: Colours) -> None:
    """Put signs around a ring; its word stands at the top."""
    for i, name in enumerate(names):
        turn = -pi / 2 + 2 * pi * (i + 1) / (len(names) + 1)
        at = place.x + place.w * cos(turn), place.y + place.w * sin(turn)
        page.add(*mark(*at, look.font * 0.5, name.color, shades))


def _lists(page: Sheet, focus: Sequence[Named], watch: Sequence[Named], place: Slot, look: Look) -> float:
    y, font = place.y, look.font
    shades = palette(look)
    for word, names in (("chart_focus", focus), ("chart_watch", watch)):
        if not names:
            continue
        page.add(Text(place.x, y + font * 1.1, say(word), font, shades.ink, bold=True))
        y = lay_list(page, names, Slot(place.x, y + font * 1.6, place.w, 0), look) + font * 0.5
    return y
