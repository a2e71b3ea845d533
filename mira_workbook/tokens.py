"""The look as numbers: colours of both themes, the chart palette, ramp and tiers, for charts and print.

`tokens.css` holds the same values for screens; a test keeps the two equal and recomputes every contrast.
"""

from dataclasses import dataclass, fields
from typing import Literal

Theme = Literal["light", "dark"]
Dash = str | tuple[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme, `#RRGGBB`; what each is for stands beside it in `tokens.css`."""

    paper: str
    card: str
    sunk: str
    ink: str
    ink_2: str
    ink_3: str
    line: str
    edge: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    focus: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    note: str
    note_soft: str
    series: tuple[str, str, str, str, str, str, str]
    tiers: tuple[str, str, str]
    ramp: tuple[str, str, str, str, str, str]
    ink_on_ramp: int
    gain: str
    cost: str

    def on_ramp(self, place: int) -> str:
        """The colour of a number on the ramp's colour `place` (0 = lightest step of the light theme)."""
        return self.ink if place < self.ink_on_ramp else self.card


@dataclass(frozen=True, slots=True)
class Sign:
    """What tells a category apart without colour: marker, line and hatch as matplotlib spells them."""

    name: str
    marker: str
    line: Dash
    width: float
    hatch: str


LIGHT = Colours(
    paper="#FBFAF7",
    card="#FFFFFF",
    sunk="#F2F0EA",
    ink="#1F2A30",
    ink_2="#46545C",
    ink_3="#5F6C74",
    line="#DDD9CF",
    edge="#7A858B",
    accent="#0F5C6E",
    accent_hover="#0A4756",
    on_accent="#FFFFFF",
    accent_soft="#E2EEF0",
    focus="#7A2BBF",
    good="#22663A",
    good_soft="#E5F1E8",
    warn="#7D4E00",
    warn_soft="#FCF0D9",
    bad="#A02A1E",
    bad_soft="#FBE8E4",
    note="#3D4F8F",
    note_soft="#E9ECF7",
    series=("#0F5C6E", "#C87A15", "#6358BA", "#5590CC", "#7B2813", "#868070", "#2B2F33"),
    tiers=("#0F5C6E", "#8FBAC3", "#E9EEEE"),
    ramp=("#EEF3F3", "#CBDFE2", "#9CC3CA", "#64A0AC", "#337D8D", "#0F5C6E"),
    ink_on_ramp=4,
    gain="#0F5C6E",
    cost="#C87A15",
)
DARK = Colours(
    paper="#13181B",
    card="#1C2327",
    sunk="#171D20",
    ink="#ECEFEE",
    ink_2="#BAC5C9",
    ink_3="#9AA7AD",
    line="#333D42",
    edge="#7D8A90",
    accent="#6CC5D3",
    accent_hover="#8AD5E0",
    on_accent="#08262D",
    accent_soft="#17363E",
    focus="#D9B3FF",
    good="#86CF9C",
    good_soft="#183325",
    warn="#E9BE6A",
    warn_soft="#372A12",
    bad="#F2A196",
    bad_soft="#3D201C",
    note="#AEBBF0",
    note_soft="#232B47",
    series=("#5DCBD1", "#E0A546", "#6F6FE2", "#5C9AC4", "#C1604A", "#A9A497", "#ECEFEE"),
    tiers=("#6CC5D3", "#2F6470", "#232C31"),
    ramp=("#1F2A2E", "#24434B", "#2C5A66", "#5099AA", "#5FB0BF", "#7FD2DE"),
    ink_on_ramp=3,
    gain="#6CC5D3",
    cost="#E0A546",
)
THEMES: dict[Theme, Colours] = {"light": LIGHT, "dark": DARK}

SIGNS = (
    Sign("teal", "o", "-", 2.5, ""),
    Sign("amber", "s", "--", 2.5, "//"),
    Sign("violet", "^", "-.", 2.5, "\\\\"),
    Sign("sky", "D", ":", 2.5, ".."),
    Sign("russet", "v", (0, (10, 4)), 2.5, "xx"),
    Sign("stone", "P", (0, (6, 2, 1, 2, 1, 2)), 2.5, "--"),
    Sign("ink", "X", "-", 4, "++"),
)
TIERS = ("priority", "focus", "watch")
TIER_HATCHES = ("", "//", "..")

FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "Arial", "sans-serif")
CHART_POINTS = {"phone": 12, "board": 15, "wall": 24}


def css_values(colours: Colours) -> dict[str, str]:
    """Name every colour of a theme as `tokens.css` does.

    Returns:
        Custom property without `--mira-` (`ink-2`, `series-1`, `tier-focus`, `ramp-6`) to `#RRGGBB`.
    """
    held = {field.name: getattr(colours, field.name) for field in fields(colours)}
    plain = {name.replace("_", "-"): value for name, value in held.items() if isinstance(value, str)}
    series = {f"series-{n}": value for n, value in enumerate(colours.series, 1)}
    tiers = {f"tier-{name}": value for name, value in zip(TIERS, colours.tiers, strict=True)}
    ramp = {f"ramp-{n}": value for n, value in enumerate(colours.ramp, 1)}
    return plain | series | tiers | ramp
