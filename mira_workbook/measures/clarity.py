"""How well people know what each other's roles must put first (M12)."""

from collections.abc import Mapping, Sequence

from mira_workbook.measures.bands import LEAST

SAME = 2
"""The match of an expectation that is the same; 1 is partly, 0 is different."""


def role_clarity(matches: Sequence[int]) -> float | None:
    """Tell how much of the way people read each other's priorities right (M12).

    Formula: sum of matches / (2 * number of ratings), each match 0, 1 or 2.
    Least n: 3 ratings.
    Units: a share, 0 (all different) to 1 (all the same).
    Raises: `ValueError` for a match other than 0, 1 or 2.
    """
    share = _share(matches)
    return share if len(matches) >= LEAST["M12"] else None


def clarity_received(matches: Mapping[str, Sequence[int]]) -> dict[str, float | None]:
    """Give each person's own share, for that person and the facilitator only.

    Args:
        matches: member key to the matches this person gave to what others expected of them.

    Shape: member key to share, 0 to 1; `None` where nobody wrote what they expected.
    Raises: `ValueError` for a match other than 0, 1 or 2.
    """
    return {member: _share(given) for member, given in matches.items()}


def furthest_apart(matches: Mapping[tuple[str, str], int]) -> list[tuple[str, str]]:
    """List the pairs whose expectation was different altogether, in the order given.

    Args:
        matches: (who expected, whom it is about) to match, 0 to 2.
    """
    return [pair for pair, match in matches.items() if match == 0]


def _share(matches: Sequence[int]) -> float | None:
    odd = [match for match in matches if match not in range(SAME + 1)]
    if odd:
        raise ValueError(f"A match is 0, 1 or 2. Got {odd}.")
    return sum(matches) / (SAME * len(matches)) if matches else None
