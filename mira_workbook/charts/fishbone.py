"""Every cause on its bone, the main symptom at the head; a list by bone where they do not fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.fit import shorten, wrap
from mira_workbook.charts.groups import LINE, Entry, Group, Laid, Limits, draw, in_columns, tall
from mira_workbook.charts.layout import EDGE, Slot, colored, empty, new_sheet
from mira_workbook.charts.peak import peak_of
from mira_workbook.charts.shapes import Box, Paint, Shape, Sheet, Text
from mira_workbook.charts.style import palette, shade_of

_BEAK, _SLANT = 7.4, 1.2
"""Width of the head and lean of the bones, in heights of the letters."""
_MOST, _LONGEST = 24, 7
"""Causes that fit around the spine, in all and on one bone."""
_COLUMNS = {"phone": 1, "board": 2, "wall": 3}
_IN_LISTS = {"phone": Limits(lines=3), "board": Limits(lines=3), "wall": Limits(lines=2)}
_ON_BONES = {"board": Limits(lines=3, entries=7), "wall": Limits(lines=2, entries=4)}


@dataclass(frozen=True, slots=True)
class Bone:
    """One kind of cause and the causes of that kind."""

    name: str
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fishbone:
    """Input of the picture: the main symptom, all bones, and causes that stand on none yet."""

    sentence: str
    head: str
    bones: tuple[Bone, ...]
    loose: tuple[str, ...] = ()

    def count(self) -> int:
        """All causes, also those on no bone."""
        return sum(len(bone.causes) for bone in self.bones) + len(self.loose)

    def fits(self) -> bool:
        """Whether the causes can stand around a spine."""
        longest = max((len(bone.causes) for bone in self.bones), default=0)
        return self.count() <= _MOST and longest <= _LONGEST and len(self.bones) % 2 == 0


def words(data: Fishbone) -> Words:
    """Say what is at the head, which bone has most and which are bare; one row a cause, one a bare bone."""
    said = [say("chart_fishbone_head", head=data.head.rstrip("."))] if data.head and data.count() else []
    said.append(
        peak_of(("chart_fishbone_peak", "chart_fishbone_tie"), [(bone.name, len(bone.causes)) for bone in _all(data)])
    )
    bare = [bone.name for bone in data.bones if not bone.causes] if data.count() else []
    said += [say("chart_bone_empty", x=name) for name in bare]
    rows = tuple((bone.name, cause) for bone in _all(data) for cause in bone.causes)
    rows += tuple((name, say("chart_bone_empty", x=name)) for name in bare)
    alt = say("chart_alt", sentence=data.sentence, peak=" ".join(said)).strip()
    return Words(alt, (say("chart_bone"), say("chart_cause")), rows)


def _all(data: Fishbone) -> list[Bone]:
    return [*data.bones, *([Bone(say("chart_no_bone"), data.loose)] if data.loose else [])]


def sheet(data: Fishbone, look: Look) -> Sheet:
    """Put the picture together: bones along a spine, or a list by bone on a phone and where many causes stand."""
    if not data.count():
        return empty(look)
    return _list(data, look) if look.phone or not data.fits() else _fish(data, look)


def _groups(bones: Sequence[Bone]) -> list[Group]:
    names = colored([Named(bone.name) for bone in bones])
    return [
        Group(
            name,
            say("chart_causes", n=len(bone.causes)) if bone.causes else "",
            tuple(map(Entry, bone.causes)),
            say("chart_bone_empty", x=bone.name),
        )
        for name, bone in zip(names, bones, strict=True)
    ]


def _list(data: Fishbone, look: Look) -> Sheet:
    page, _ = new_sheet(look)
    page.height = EDGE
    if data.head:
        place = Slot(EDGE, EDGE, look.width - 2 * EDGE, 0)
        page.height = _head(page, data.head, place, look, 4) + look.small
    in_columns(page, _groups(_all(data)), look, _IN_LISTS[look.size], _COLUMNS[look.size])
    return page


def _head(page: Sheet, words: str, place: Slot, look: Look, most: int) -> float:
    """Write the main symptom in a block; in the middle of the place's height where it has one."""
    shades, size, pad = palette(look), look.font if look.phone else look.small, look.small * 0.6
    lines = wrap(words, size, place.w - 2 * pad, most, bold=True)
    high = len(lines) * size * LINE + pad * 1.4
    top = place.middle - high / 2 if place.h else place.y
    page.add(Box(place.x, top, place.w, high, Paint(shades.accent), 8))
    for i, line in enumerate(lines):
        page.add(Text(place.x + pad, top + pad * 0.5 + size * (1 + i * LINE), line, size, shades.on_accent, bold=True))
    return top + high


def _fish(data: Fishbone, look: Look) -> Sheet:
    page, shades = new_sheet(look)
    half = len(data.bones) // 2
    beak = look.small * _BEAK if data.head else 0.0
    pitch = (look.width - 2 * EDGE - beak - look.small * _SLANT) / half
    laid = [_beside(bone, i, pitch - look.small * 0.8, look) for i, bone in enumerate(data.bones, 1)]
    above, below = (max(map(tall, side)) + look.small * 0.9 for side in (laid[:half], laid[half:]))
    spine, end = EDGE + above, look.width - EDGE - beak
    for i, lines in enumerate(laid):
        place = Slot(EDGE + i % half * pitch, spine, pitch, above if i < half else -below)
        _bone(page, lines, 0 if not data.bones[i].causes else i + 1, place, look)
    page.add(Shape(((EDGE, spine), (end, spine)), Paint(edge=shades.ink, weight=4)))
    page.height = spine + below + EDGE
    if data.head:
        reach = min(above, below)
        most = int(2 * reach / (look.small * LINE)) - 1
        _head(page, data.head, Slot(end, spine - reach, beak, 2 * reach), look, most)
    if data.loose:
        said = f"{say('chart_no_bone')}: {len(data.loose)}"
        page.add(Text(EDGE, page.height + look.small, said, look.small, shades.ink_2))
        page.height += look.small * 1.4
    return page


def _beside(bone: Bone, color: int, room: float, look: Look) -> list[Laid]:
    """What stands beside a bone: its sign and count, its name, its causes; in the bare case a question."""
    shades, size, limits = palette(look), look.small, _ON_BONES[look.size]
    count = say("chart_causes", n=len(bone.causes))
    laid = [Laid(shorten(count, size, room - size * 1.25), size, shades.ink_2, indent=size * 1.25, sign=color)]
    laid += [Laid(line, size, shades.ink, bold=True) for line in wrap(bone.name, size, room, 3, bold=True)]
    more = len(bone.causes) - limits.entries
    texts = [(cause, shades.ink, limits.lines) for cause in bone.causes[: limits.entries]]
    if more > 0:
        texts.append((say("chart_more", n=more), shades.ink_2, 1))
    if not bone.causes:
        texts.append((say("chart_bone_empty", x=bone.name), shades.ink_2, 8))
    return laid + [
        Laid(line, size, ink, gap=0 if i else size * 0.5)
        for text, ink, most in texts
        for i, line in enumerate(wrap(text, size, room, most))
    ]


def _bone(page: Sheet, laid: Sequence[Laid], color: int, place: Slot, look: Look) -> None:
    """Draw a bone from the spine up, or down where the place's height is negative, and what it bears beside it.

    A bare bone, of colour 0, is thin and broken.
    """
    shades, lean, up = palette(look), look.small * _SLANT, place.h > 0
    paint = (
        Paint(edge=shade_of(color, shades), weight=look.small / 5)
        if color
        else Paint(edge=shades.edge, weight=2, dash=(0, (3, 3)))
    )
    tip = (place.x + 2, place.y - place.h)
    page.add(Shape((tip, (place.x + 2 + lean, place.y)), paint))
    y = tip[1] if up else place.y + look.small * 0.7
    for line in laid:
        # Words follow the bone, so that each line has the same room up to the next bone.
        along = 1 - abs(y + line.tall - place.y) / abs(place.h)
        y = draw(page, [line], (place.x + lean * along + look.small * 0.5, y), 0, look)
