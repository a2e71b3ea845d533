"""Every initiative of a session: the team's list joined to what people and pairs said of it and what was decided."""

from collections.abc import Mapping
from datetime import date
from statistics import fmean
from typing import Any

from mira_workbook.content.answers.choices import pick_id
from mira_workbook.measures.initiatives import Initiative
from mira_workbook.records import Snapshot
from mira_workbook.rules.reading import Ratings, latest_cells, ratings_by_row, split, team_rows
from mira_workbook.rules.refusing import allowed_rows

Cells = Mapping[str, Any]


def initiatives(
    snapshot: Snapshot, args: Mapping[str, Any], *, day: date | None = None, last: int | None = None
) -> tuple[Initiative, ...]:
    """Read all initiatives, in the order of the list.

    Team tables are saved while they are filled in, so any cell may be missing: a text is then "", a number of today 0,
    a level after as today. A decision that cannot stay, such as the release of what the law asks for, is missing too.

    Args:
        snapshot: the answers on show, with their authors (see `sight.shown`).
        args: what measures, pictures and tables name: `inventory`, and where they have them `align` (a column),
            `evidence` (its table or its column), `stage`, `decide` and `ends_by`; others are not looked at.
        day: the day by which money ends, instead of `ends_by`.
        last: the last round of ratings to look at; each person's latest if not given.
    """
    ends_by = day or day_of(snapshot, str(args.get("ends_by") or ""))
    ratings = ratings_by_row(snapshot, str(args["align"]), last) if args.get("align") else {}
    evidence = _evidence(snapshot, str(args.get("evidence") or ""))
    stage, decide = (_by_row(snapshot, str(args.get(key) or "")) for key in ("stage", "decide"))
    return tuple(
        _initiative(
            row["row_id"],
            (row["cells"], stage.get(row["row_id"], {}), decide.get(row["row_id"], {})),
            ratings.get(row["row_id"], Ratings()),
            evidence.get(row["row_id"]),
            ends_by,
        )
        for row in team_rows(snapshot, str(args["inventory"]))
    )


def day_of(snapshot: Snapshot, name: str) -> date | None:
    """The day that a team or set-up field `step.field` holds; None where nobody has set it, or no field is named."""
    if not name:
        return None
    step, field, _ = split(name)
    return _day(snapshot.team_answer(step, field))


def _initiative(
    row_id: str, told: tuple[Cells, Cells, Cells], ratings: Ratings, evidence: float | None, ends_by: date | None
) -> Initiative:
    listed, stage, decided = told
    fund_end, start_year = _day(listed.get("fund_end")), _number(listed.get("start_year"))
    return Initiative(
        id=row_id,
        **{key: pick_id(listed.get(key)) for key in _LISTED},
        **{key: pick_id(stage.get(key)) for key in ("stage", "trap")},
        **{key: pick_id(decided.get(key)) for key in _DECIDED},
        served_n=_number(listed.get("served_n")) or 0,
        usd=_number(listed.get("usd_year")) or 0,
        fte=_number(listed.get("fte")) or 0,
        minutes=_number(listed.get("staff_min_week")) or 0,
        start_year=None if start_year is None else int(start_year),
        fund_end=fund_end,
        ends=fund_end is not None and ends_by is not None and fund_end <= ends_by,
        ratings=ratings.values,
        dk=ratings.dk,
        evidence=evidence,
        planned_usd=_number(decided.get("after_usd")),
        planned_fte=_number(decided.get("after_fte")),
        planned_min=_number(decided.get("after_min_week")),
    )


_LISTED = ("name", "purpose", "kind", "lead", "served_who", "fund", "flexible", "mandate")
_DECIDED = ("decision", "reason", "minutes_stay", "merge_into", "approval")


def _by_row(snapshot: Snapshot, table: str) -> dict[str, Cells]:
    return {row["row_id"]: row["cells"] for row in allowed_rows(snapshot, table)} if table else {}


def _evidence(snapshot: Snapshot, name: str) -> dict[str, float]:
    """What pairs rated; each row belongs to one pair, and where more have rated it their mean counts."""
    if not name:
        return {}
    column = name if split(name)[2] else f"{name}.evidence"
    found: dict[str, list[float]] = {}
    for _, row, value in latest_cells(snapshot, column):
        if (number := _number(value)) is not None:
            found.setdefault(row, []).append(number)
    return {row: fmean(given) for row, given in found.items()}


def _number(cell: object) -> float | None:
    """A cell's number; None for a blank, and for what a draft may hold."""
    return cell if isinstance(cell, int | float) and not isinstance(cell, bool) else None


def _day(cell: object) -> date | None:
    try:
        return date.fromisoformat(cell) if isinstance(cell, str) else None
    except ValueError:
        return None
