"""What became of each cause: its ratings and dots, and the place it ends up in with what put it there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mira_workbook.catalogue import say
from mira_workbook.measures import words
from mira_workbook.measures.bands import SCALES, reaches
from mira_workbook.measures.causes import CauseScore, Part, Weights, cause_score
from mira_workbook.records import Snapshot
from mira_workbook.rules.reading import Ratings, by_author, latest_round, ratings_by_row, split, team_rows

Place = Literal["root", "contributing", "symptom", "set_aside"]
Reason = Literal["chosen", "strong_enough", "hardly_removes", "watch", "check_first", "weak", "not_rated", "not_tested"]
PLACES: tuple[Place, ...] = ("root", "contributing", "symptom", "set_aside")
"""Where causes end, in the order they are told."""
PARTS = ("removes", "evidence", "influence")
"""Columns of the table of ratings."""
_CHECK = SCALES["M15"].floors[0]
_FLOORS: Mapping[str, float] = {"symptom_below": 1.0, "watch_below": 1.0, "check_below": 1.5}
"""Means below which a part counts as low, unless a workbook's settings say otherwise. Heuristics."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where one cause ends, and why.

    Attributes:
        id: row id of the cause.
        cause: its wording; `category`: its bone.
        place: where it ends.
        reason: what put it there.
        score: its ratings; None where nobody rated it.
        dots: dots placed on it; None where none are on show, or it was not among those to choose from.
        dots_share: the same of all dots, 0 to 1.
    """

    id: str
    cause: str
    category: str
    place: Place
    reason: Reason
    score: CauseScore | None
    dots: int | None
    dots_share: float | None


def weights_of(settings: Mapping[str, Any]) -> Weights:
    """What each part of the score counts, by a workbook's settings."""
    own = Weights()
    return Weights(*(float(settings.get(f"m15_{part}", getattr(own, part))) for part in PARTS))


def rated(snapshot: Snapshot, tests: str, last: int | None = None) -> dict[str, CauseScore]:
    """Cause id to what its ratings say (M15), in the order causes are first met.

    Args:
        snapshot: the answers on show, with their authors (see `sight.shown`).
        tests: the table of ratings, `step.field`, with the columns removes, evidence and influence.
        last: the last round to look at; each person's latest if not given.
    """
    return rated_by(snapshot, {part: f"{tests}.{part}" for part in PARTS}, last)


def rated_by(snapshot: Snapshot, columns: Mapping[str, str], last: int | None = None) -> dict[str, CauseScore]:
    """The same, for columns of other names: part to `step.field.column`."""
    removes, evidence, influence = (ratings_by_row(snapshot, columns[part], last) for part in PARTS)
    weights = weights_of(snapshot.workbook.settings)

    def part(told: Mapping[str, Ratings], row: str) -> Part:
        return Part(*told.get(row, ()))

    return {
        row: cause_score(part(removes, row), part(evidence, row), part(influence, row), weights)
        for row in dict.fromkeys([*removes, *evidence, *influence])
    }


def dots_by_item(snapshot: Snapshot, name: str, round_: int = 1) -> dict[str, int]:
    """Item id to the dots that people placed on it, in the order items are first met; {} where none are on show."""
    found: dict[str, int] = {}
    for placed in by_author(snapshot, name, round_).values():
        for item, dots in placed.items():
            found[item] = found.get(item, 0) + int(dots or 0)
    return found


def verdicts(snapshot: Snapshot, rows: str, tests: str, dots: str = "", chosen: str = "") -> tuple[Verdict, ...]:
    """Every cause on the fishbone, each in one place: the root first, then by place, then the highest score first.

    Floors and weights are the workbook's settings.

    Args:
        snapshot: the answers on show, with their authors (see `sight.shown`).
        rows: the team's table of causes, with the columns cause, category and test.
        tests: the table of ratings.
        dots: the dots shared out, if there are some.
        chosen: the field with the cause that was chosen, if there is one.
    """
    scores = rated(snapshot, tests)
    placed = dots_by_item(snapshot, dots, latest_round(snapshot, *split(dots)[:2])) if dots else {}
    root = str(snapshot.team_answer(*split(chosen)[:2]) or "") if chosen else ""
    every = sum(placed.values())
    found = [
        _verdict(row, scores.get(row["row_id"]), (placed.get(row["row_id"]), every), root, snapshot.workbook.settings)
        for row in team_rows(snapshot, rows)
    ]
    return tuple(sorted(found, key=lambda one: (PLACES.index(one.place), -_points(one))))


def _points(one: Verdict) -> float:
    return one.score.score if one.score and one.score.score is not None else -1


def _verdict(
    row: Mapping[str, Any],
    score: CauseScore | None,
    dots: tuple[int | None, int],
    root: str,
    settings: Mapping[str, Any],
) -> Verdict:
    cells, (mine, every) = row["cells"], dots
    if row["row_id"] == root:
        place, reason = _CHOSEN
    elif cells.get("test") is not True:
        place, reason = _NOT_TESTED
    else:
        place, reason = _placed(score, settings)
    return Verdict(
        id=row["row_id"],
        cause=str(cells.get("cause") or ""),
        category=str(cells.get("category") or ""),
        place=place,
        reason=reason,
        score=score,
        dots=mine,
        dots_share=mine / every if mine is not None and every else None,
    )


_CHOSEN: tuple[Place, Reason] = ("root", "chosen")
_NOT_TESTED: tuple[Place, Reason] = ("set_aside", "not_tested")


def _placed(score: CauseScore | None, settings: Mapping[str, Any]) -> tuple[Place, Reason]:
    """Where the ratings put a cause that was tested and not chosen."""
    if score is None or score.score is None:
        return "set_aside", "not_rated"
    if _below(score.removes, "symptom_below", settings):
        return "symptom", "hardly_removes"
    if watched(score, settings):
        return "set_aside", "watch"
    if reaches(score.score, float(settings.get("m15_check", _CHECK))):
        return "contributing", "strong_enough"
    return "set_aside", "check_first" if _below(score.evidence, "check_below", settings) else "weak"


def watched(score: CauseScore, settings: Mapping[str, Any]) -> bool:
    """Whether a cause is for watching, not for work: too little of it is in our hands."""
    return _below(score.influence, "watch_below", settings)


def unshown(score: CauseScore, settings: Mapping[str, Any]) -> bool:
    """Whether a cause is to be checked first: there is too little to show for it."""
    return _below(score.evidence, "check_below", settings)


def _below(part: Part, floor: str, settings: Mapping[str, Any]) -> bool:
    return part.mean is not None and not reaches(part.mean, float(settings.get(floor, _FLOORS[floor])))


def because(verdict: Verdict) -> str:
    """Say what put a cause where it is, such as “Chosen: score 88, dots 18.” for the root."""
    score = verdict.score
    slots = {
        "score": "" if score is None or score.score is None else words.whole(score.score),
        "dots": verdict.dots,
        **{part: _mean(score, part) for part in PARTS},
    }
    return say(f"verdict_{verdict.reason}{_known(verdict)}", **slots)


def _mean(score: CauseScore | None, part: str) -> str:
    mean = getattr(score, part).mean if score else None
    return "" if mean is None else words.one_place(mean)


def _known(verdict: Verdict) -> str:
    """The form of the sentence of a chosen cause: not all of its numbers need to be there."""
    if verdict.reason != "chosen":
        return ""
    if verdict.score is None or verdict.score.score is None:
        return "_alone"
    return "" if verdict.dots is not None else "_score"
