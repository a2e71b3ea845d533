"""Whether a team can stand behind a sentence: fist to five (M09)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

LOW, HIGH = 0, 5
"""The ends of the scale: 0 blocks it, 5 helps lead it."""

SUPPORT = 3
"""The lowest fist that can live with it and will help."""


class Rule(StrEnum):
    """How much support a team asked for before it began."""

    ALL = "all"
    ALL_BUT_ONE = "all_but_one"
    SHARE80 = "share80"


@dataclass(frozen=True, slots=True)
class Consent:
    """The hands of a team. `n` counts fists shown, `missing` the members still to show one, in the order expected."""

    mean: float
    min: int
    below3: int
    passed: bool
    n: int
    missing: tuple[str, ...]

    @property
    def band(self) -> str:
        """Give "pass" or "talk again"."""
        return "pass" if self.passed else "talk again"


def consent(
    fists: Mapping[str, int],
    expected: Collection[str],
    rule: Rule | str = Rule.ALL,
    excused: Collection[str] = (),
) -> Consent | None:
    """Read the hands of a team (M09).

    Args:
        fists: member key to fist, 0 to 5.
        expected: the members of the session.
        rule: support needed: `all` at 3 or more; `all_but_one`; `share80`, at least 80 of 100 at 3 or more.
        excused: members who left; neither they nor their fists count.

    Formula: mean, least, number below 3; passed when every expected member has shown a fist and the rule holds.
    Least n: 1 fist; a pass needs all.
    Units: fists, 0 to 5.
    Raises: `ValueError` for a fist off the scale or a rule that is not known.
    Source: fist to five, pdmethods.com/fists-to-five-voting.
    """
    rule = Rule(rule)
    here = [member for member in expected if member not in excused]
    shown = [fists[member] for member in here if member in fists]
    if any(not LOW <= fist <= HIGH for fist in shown):
        raise ValueError(f"A fist must be between {LOW} and {HIGH}. Got {shown}.")
    if not shown:
        return None
    below = sum(fist < SUPPORT for fist in shown)
    missing = tuple(member for member in here if member not in fists)
    return Consent(
        mean=fmean(shown),
        min=min(shown),
        below3=below,
        passed=not missing and _holds(rule, below, len(shown)),
        n=len(shown),
        missing=missing,
    )


def _holds(rule: Rule, below: int, n: int) -> bool:
    if rule is Rule.ALL:
        return below == 0
    if rule is Rule.ALL_BUT_ONE:
        # One person alone is not "all but one".
        return below <= 1 and below < n
    # Whole numbers, so that 4 of 5 is 80 of 100 exactly.
    return 100 * (n - below) >= 80 * n


def hands(fists: Collection[int]) -> dict[int, int]:
    """Count the hands at each fist from 0 to 5, zeros included."""
    shown = list(fists)
    return {fist: shown.count(fist) for fist in range(LOW, HIGH + 1)}
