"""The look as numbers: CSS and Python agree, contrasts are as promised, categories stay apart for every kind of eye."""

import math
import re
from itertools import combinations
from pathlib import Path

import pytest

from mira_workbook.tokens import DARK, FONTS, LIGHT, SIGNS, THEMES, Colours, Theme, css_values

STATIC = Path(__file__).parents[2] / "mira_workbook/serve/template/voila/templates/mira/static"
THEMES_OF = pytest.mark.parametrize("theme", ["light", "dark"])

# Machado, Oliveira and Fernandes 2009, table 1, full severity, on linear RGB.
VISION = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
SMALLEST = {
    "light": {"normal": 19.4, "protan": 15.6, "deutan": 13.7, "tritan": 14.4},
    "dark": {"normal": 16.8, "protan": 12.3, "deutan": 12.0, "tritan": 12.5},
}
FLOOR = {"light": 12.0, "dark": 11.0}

# Contrast on paper, card and sunk; (text, background, figure) for pairs of their own.
ON_GROUNDS = {
    "light": {
        "ink": (14.0, 14.6, 12.8),
        "ink-2": (7.4, 7.8, 6.8),
        "ink-3": (5.1, 5.4, 4.7),
        "edge": (3.6, 3.7, 3.3),
        "accent": (7.2, 7.5, 6.6),
        "focus": (6.8, 7.1, 6.2),
    },
    "dark": {
        "ink": (15.4, 13.7, 14.7),
        "ink-2": (10.1, 9.0, 9.6),
        "ink-3": (7.2, 6.4, 6.8),
        "edge": (5.0, 4.4, 4.7),
        "accent": (8.9, 8.0, 8.5),
        "focus": (10.0, 8.9, 9.6),
    },
}
PAIRS = {
    "light": [
        ("line", "card", 1.4),
        ("on-accent", "accent-hover", 10.2),
        ("on-accent", "accent", 7.5),
        ("ink", "accent-soft", 12.3),
        ("good", "good-soft", 5.9),
        ("good", "card", 6.9),
        ("ink", "good-soft", 12.6),
        ("warn", "warn-soft", 6.2),
        ("warn", "card", 7.0),
        ("ink", "warn-soft", 12.9),
        ("bad", "bad-soft", 6.2),
        ("bad", "card", 7.3),
        ("ink", "bad-soft", 12.4),
        ("note", "note-soft", 6.5),
        ("note", "card", 7.7),
        ("ink", "note-soft", 12.4),
    ],
    "dark": [
        ("line", "card", 1.4),
        ("on-accent", "accent-hover", 9.5),
        ("on-accent", "accent", 7.9),
        ("ink", "accent-soft", 11.1),
        ("good", "good-soft", 7.4),
        ("good", "card", 8.6),
        ("ink", "good-soft", 11.7),
        ("warn", "warn-soft", 8.0),
        ("warn", "card", 9.1),
        ("ink", "warn-soft", 12.0),
        ("bad", "bad-soft", 7.2),
        ("bad", "card", 7.8),
        ("ink", "bad-soft", 12.7),
        ("note", "note-soft", 7.4),
        ("note", "card", 8.4),
        ("ink", "note-soft", 12.0),
    ],
}
SERIES_ON_CARD = {
    "light": (7.5, 3.3, 5.7, 3.3, 9.7, 3.9, 13.4),
    "dark": (8.2, 7.3, 3.8, 5.2, 3.8, 6.4, 13.7),
}


def linear(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.x contrast, cut to one decimal."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return math.floor(10 * (high + 0.05) / (low + 0.05)) / 10


def lab(colour: str, vision: str) -> tuple[float, float, float]:
    rgb = linear(colour)
    seen = [min(1.0, max(0.0, sum(m * c for m, c in zip(row, rgb, strict=True)))) for row in VISION[vision]]
    to_xyz = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
    xyz = [sum(m * c for m, c in zip(row, seen, strict=True)) for row in to_xyz]
    x, y, z = (
        value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116
        for value in (c / white for c, white in zip(xyz, (0.95047, 1.0, 1.08883), strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def ciede2000(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The colour difference of Sharma, Wu and Dalal 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    chroma = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(chroma**7 / (chroma**7 + 25**7)))
    (c1, h1), (c2, h2) = (
        (math.hypot(a * (1 + g), b), math.degrees(math.atan2(b, a * (1 + g))) % 360) for a, b in ((a1, b1), (a2, b2))
    )
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    light, colour, hue = l2 - l1, c2 - c1, 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    t = (
        1
        - 0.17 * math.cos(math.radians(mean_h - 30))
        + 0.24 * math.cos(math.radians(2 * mean_h))
        + 0.32 * math.cos(math.radians(3 * mean_h + 6))
        - 0.20 * math.cos(math.radians(4 * mean_h - 63))
    )
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / math.sqrt(20 + (mean_l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    twist = 60 * math.exp(-(((mean_h - 275) / 25) ** 2))
    r = -math.sin(math.radians(twist)) * 2 * math.sqrt(mean_c**7 / (mean_c**7 + 25**7))
    return math.sqrt((light / s_l) ** 2 + (colour / s_c) ** 2 + (hue / s_h) ** 2 + r * colour / s_c * hue / s_h)


def blocks(css: str) -> list[tuple[str, dict[str, str]]]:
    """Each rule of a sheet with the colours it sets."""
    found = []
    for selector, body in re.findall(r"([^{};/*]+)\{([^{}]*)\}", css):
        colours = dict(re.findall(r"--mira-([a-z0-9-]+):\s*(#[0-9A-F]{6})\b", body))
        if colours:
            found.append((selector.strip(), colours))
    return found


def test_the_difference_is_that_of_the_published_examples() -> None:
    assert ciede2000((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485)) == pytest.approx(2.0425, abs=5e-5)
    assert ciede2000((50.0, 2.5, 0.0), (73.0, 25.0, -18.0)) == pytest.approx(27.1492, abs=5e-5)
    assert ciede2000((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619)) == pytest.approx(2.0373, abs=5e-5)
    assert ciede2000((50.0, -1.0, 2.0), (50.0, 0.0, 0.0)) == pytest.approx(2.3669, abs=5e-5)


def test_the_sheet_and_the_table_hold_the_same_colours() -> None:
    light, dark = css_values(LIGHT), css_values(DARK)
    assert blocks((STATIC / "tokens.css").read_text()) == [
        (":root", light),
        (':root:not([data-theme="light"])', dark),
        (':root[data-theme="dark"]', dark),
        (":root:root", light),
    ]


def test_no_other_sheet_holds_a_colour_value() -> None:
    for name in ("mira.css", "ipywidgets.css"):
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(", (STATIC / name).read_text()) == [], name


def test_every_token_a_sheet_uses_exists() -> None:
    defined = set(re.findall(r"(--mira-[a-z0-9-]+)\s*:", (STATIC / "tokens.css").read_text()))
    for name in ("mira.css", "ipywidgets.css"):
        used = set(re.findall(r"var\((--mira-[a-z0-9-]+)", (STATIC / name).read_text()))
        assert used - defined == set(), name


def test_charts_use_the_fonts_of_the_pages() -> None:
    found = re.search(r"--mira-font:\s*([^;]+);", (STATIC / "tokens.css").read_text())
    assert found is not None
    assert tuple(name.strip().strip('"') for name in found[1].split(",")) == FONTS


@THEMES_OF
def test_contrast_on_paper_card_and_sunk_is_as_promised(theme: Theme) -> None:
    colours = css_values(THEMES[theme])
    found = {
        name: tuple(contrast(colours[name], colours[ground]) for ground in ("paper", "card", "sunk"))
        for name in ON_GROUNDS[theme]
    }
    assert found == ON_GROUNDS[theme]


@THEMES_OF
def test_contrast_of_every_other_pair_is_as_promised(theme: Theme) -> None:
    colours = css_values(THEMES[theme])
    found = [(text, ground, contrast(colours[text], colours[ground])) for text, ground, _ in PAIRS[theme]]
    assert found == PAIRS[theme]


@THEMES_OF
def test_text_reaches_4_5_ink_7_and_borders_and_rings_3(theme: Theme) -> None:
    colours = css_values(THEMES[theme])
    for ground in ("paper", "card", "sunk"):
        assert contrast(colours["ink"], colours[ground]) >= 7
        assert min(contrast(colours[name], colours[ground]) for name in ("ink-2", "ink-3", "accent")) >= 4.5
        assert min(contrast(colours[name], colours[ground]) for name in ("edge", "focus")) >= 3
    for name in ("good", "warn", "bad", "note"):
        assert contrast(colours[name], colours[f"{name}-soft"]) >= 4.5


@THEMES_OF
def test_categories_stand_out_from_the_card(theme: Theme) -> None:
    colours = THEMES[theme]
    assert tuple(contrast(colour, colours.card) for colour in colours.series) == SERIES_ON_CARD[theme]
    assert min(SERIES_ON_CARD[theme]) >= 3


@THEMES_OF
@pytest.mark.parametrize("vision", list(VISION))
def test_categories_stay_apart_in_every_kind_of_vision(theme: Theme, vision: str) -> None:
    seen = [lab(colour, vision) for colour in THEMES[theme].series]
    smallest = min(ciede2000(one, other) for one, other in combinations(seen, 2))
    assert smallest >= FLOOR[theme]
    assert round(smallest, 1) == SMALLEST[theme][vision]


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_a_number_can_be_read_on_every_colour_of_the_ramp(colours: Colours) -> None:
    assert min(contrast(colours.on_ramp(i), colour) for i, colour in enumerate(colours.ramp)) >= 4.7


def test_every_category_has_its_own_marker_line_and_hatch() -> None:
    assert len({sign.marker for sign in SIGNS}) == len({sign.hatch for sign in SIGNS}) == len(LIGHT.series) == 7
    assert len({(sign.line, sign.width) for sign in SIGNS}) == 7
