"""Names for ranges of a measure, and how many answers each measure needs.

The floors are heuristics: places where a talk tends to change, not limits that a study has set.
They are data, so that a workbook can carry its own floors and a codebook can list them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from types import MappingProxyType

LEAST: Mapping[str, int] = MappingProxyType(
    {
        "M01": 0,
        "M02": 2,
        "M03": 1,
        "M04": 3,
        "M05": 3,
        "M06": 3,
        "M07": 3,
        "M08": 2,
        "M09": 1,
        "M10": 2,
        "M11": 2,
        "M12": 3,
        "M13": 1,
        "M15": 3,
        "M16": 1,
        "M17": 2,
        "M18": 3,
        "M19": 1,
        "M20": 1,
        "M21": 1,
        "M36": 0,
    }
)
"""The fewest answers each measure is computed from; below them it is `None`. M09 also needs everyone to pass.

M15 needs them for each of its parts, M17 counts pairs, M18 counts ratings of one item, M19 to M21 count initiatives.
"""

# Sums of shares can end a hair under the floor they reach on paper.
_HAIR = 1e-9


@dataclass(frozen=True, slots=True)
class Band:
    """A named range of a measure, from `at_least` up to the next band.

    `name` is for boards and files; `phrase` finishes a spoken sentence ("Our orders are ...").
    """

    name: str
    at_least: float
    phrase: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The bands of one measure, lowest first.

    Raises: `ValueError` when there is no band, the lowest has a floor, or the floors do not rise.
    """

    measure: str
    bands: tuple[Band, ...]
    heuristic: bool = True

    def __post_init__(self) -> None:
        floors = [band.at_least for band in self.bands]
        if not floors or floors[0] != -inf or any(low >= high for low, high in pairwise(floors)):
            raise ValueError(f"Bands of {self.measure} must start without a floor and rise. Got floors {floors}.")

    @property
    def floors(self) -> tuple[float, ...]:
        """Give the floors of all bands but the lowest, rising."""
        return tuple(band.at_least for band in self.bands[1:])

    def with_floors(self, floors: Sequence[float]) -> "Scale":
        """Keep the names and move the floors.

        Shape: one floor for each band but the lowest, rising.
        Raises: `ValueError` when the number of floors differs or they do not rise.
        """
        moved = zip(self.bands, (-inf, *floors), strict=True)
        return replace(self, bands=tuple(replace(band, at_least=floor) for band, floor in moved))


def _scale(measure: str, *bands: tuple[str, float, str]) -> tuple[str, Scale]:
    return measure, Scale(measure, tuple(Band(*band) for band in bands))


SCALES: Mapping[str, Scale] = MappingProxyType(
    dict(
        (
            _scale(
                "M02",
                ("split", -inf, "split"),
                ("part", 0.30, "partly together"),
                ("strong", 0.60, "strongly together"),
            ),
            _scale(
                "M04",
                ("apart", -inf, "far apart"),
                ("some", 0.30, "somewhat alike"),
                ("mostly alike", 0.50, "mostly alike"),
                ("very alike", 0.70, "very alike"),
            ),
            _scale("M07", ("close", -inf, "close"), ("lead", 0.05, "ahead"), ("wide", 0.15, "far ahead")),
            _scale("M08", ("contested", -inf, "contested"), ("mixed", 0.60, "mixed"), ("shared", 0.80, "shared")),
            _scale("M15", ("weak", -inf, "weak"), ("check", 60, "to be checked"), ("strong", 75, "strong")),
            _scale("M18", ("not", -inf, "not aligned"), ("partly", 1.0, "partly aligned"), ("aligned", 2.0, "aligned")),
        )
    )
)
"""The bands of each measure that has some, by measure id."""


def reaches(value: float, floor: float) -> bool:
    """Whether a value is at a floor or above it, leaving out the noise of adding parts up."""
    return value >= floor - _HAIR


def band(value: float | None, scale: Scale) -> Band | None:
    """Name the range a value lies in; a value on a floor belongs to the band above it.

    Returns `None` for a value that is not there.
    """
    if value is None:
        return None
    return next(step for step in reversed(scale.bands) if reaches(value, step.at_least))


def direction(change: float | None) -> str | None:
    """Say whether a change of agreement (M10) brought people closer.

    Returns "closer", "further" or "the same"; `None` for a change that is not there.
    """
    if change is None:
        return None
    if abs(change) < _HAIR:
        return "the same"
    return "closer" if change > 0 else "further"


def not_enough(answered: int, needed: int) -> str:
    """Say that a measure waits for more answers, and for how many."""
    return f"Not enough answers to compare yet ({answered}; it takes {needed})."
