"""From the answers on show to the pictures of the workbook on resources."""

from collections.abc import Callable, Mapping
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Named
from mira_workbook.charts.bubble import Bubble, BubbleRow
from mira_workbook.charts.loop import Loop, LoopRow
from mira_workbook.charts.now_after import Moment, NowAfter, NowAfterRow
from mira_workbook.charts.source import Source
from mira_workbook.charts.strip import Strip
from mira_workbook.charts.strip_lines import StripRow
from mira_workbook.charts.treemap import Part, Treemap
from mira_workbook.charts.waterfall import Waterfall
from mira_workbook.content.answers.choices import pick_id
from mira_workbook.content.lists import SHARED
from mira_workbook.measures import ledger, words
from mira_workbook.measures.alignment import alignment
from mira_workbook.measures.found import At, floors_of
from mira_workbook.measures.initiatives import Initiative
from mira_workbook.rules.initiatives import day_of, initiatives
from mira_workbook.rules.money import currency
from mira_workbook.rules.reading import Ratings, field_of, ratings_by_row, split, team_rows
from mira_workbook.rules.wall import OUTSIDE_FLOOR
from mira_workbook.text import say_date

NUMBERS = frozenset({"strip", "now_after", "waterfall"})
"""Those without words that anybody wrote: people from outside get ids instead of names."""


def _treemap(source: Source, args: Mapping[str, Any]) -> Treemap:
    columns = {key: split(args[key])[2] for key in ("label", "by", "amount", "minutes")}
    funds = {option.id: option.label for option in SHARED["fund"]}
    parts = []
    for row in team_rows(source.on_show, args["amount"]):
        told = {key: row["cells"].get(column) for key, column in columns.items()}
        name = Named(str(told["label"] or row["row_id"]))
        fund = funds.get(pick_id(told["by"]), "")
        parts.append(Part(name, fund, _amount(told["amount"]), _amount(told["minutes"])))
    return Treemap(source.sentence("M21"), tuple(parts), currency(source.on_show))


def _amount(cell: object) -> float:
    """A cell's number; 0 for a blank, and for what a draft may hold."""
    return float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else 0.0


def _strip(source: Source, args: Mapping[str, Any]) -> Strip:
    told = ratings_by_row(source.on_show, args["ratings"])
    names = _names(source, source.listed(args["ratings"]))
    only = [option.id for option in source.stage.options(args["only"])] if args.get("only") else list(names)
    least = OUTSIDE_FLOOR if source.outside else 1
    rows = [
        _strip_row(names.get(row, Named(row)), told[row])
        for row in only
        if row in told and len(told[row].values) + told[row].dk >= least
    ]
    ends = tuple(field_of(source.on_show.workbook, args["ratings"]).ends)
    four = (ends[0], ends[1], ends[2], ends[3]) if len(ends) == 4 else ("", "", "", "")  # noqa: PLR2004 - 0 to 3
    return Strip(source.sentence("M18"), tuple(rows), _floors(source), four)


def _strip_row(name: Named, told: Ratings) -> StripRow:
    counts = [told.values.count(rating) for rating in range(4)]
    mean = alignment(told.values, told.dk).mean
    return StripRow(name, (counts[0], counts[1], counts[2], counts[3]), mean, told.dk)


def _names(source: Source, listed: str) -> dict[str, Named]:
    """Rows of the team's list that a list is drawn from, as the list stands; ids for people from outside."""
    lists = source.on_show.workbook.lists
    while "among" in lists[listed].arguments:
        listed = str(lists[listed].arguments["among"])
    told = lists[listed].arguments
    return {
        row["row_id"]: _called(source, row["row_id"], row["cells"].get(told["label"]))
        for row in team_rows(source.on_show, str(told["field"]))
    }


def _called(source: Source, row: str, name: object) -> Named:
    return Named(row if source.outside or not name else str(name))


def _floors(source: Source) -> tuple[float, float]:
    partly, aligned = floors_of(At(source.on_show, source.stage, source.step), "M18")
    return partly, aligned


def _loop(source: Source, args: Mapping[str, Any]) -> Loop:
    stages, traps = (field_of(source.on_show.workbook, args[key]).options for key in ("stage", "trap"))
    traps = [option for option in traps if option.id != _FREE]
    told = {row["row_id"]: row["cells"] for row in team_rows(source.on_show, args["stage"])}
    rows = []
    for row, name in _names(source, source.listed(args["stage"])).items():
        given = [pick_id(told.get(row, {}).get(split(args[key])[2])) for key in ("stage", "trap")]
        rows.append(LoopRow(name, _place(given[0], stages), _place(given[1], traps)))
    first, second, third, last = (option.label for option in stages)
    starved, stuck = (option.label for option in traps)
    return Loop("", tuple(rows), (first, second, third, last), (starved, stuck))


_FREE = "none"


def _place(given: str, options: Any) -> int | None:
    return next((i for i, option in enumerate(options) if option.id == given), None)


def _bubble(source: Source, args: Mapping[str, Any]) -> Bubble:
    rows = tuple(
        BubbleRow(
            _called(source, one.id, one.name),
            one.mean,
            one.evidence,
            one.usd,
            one.minutes,
            one.ends,
            _place(one.decision, SHARED["decision"]),
        )
        for one in initiatives(source.on_show, args)
    )
    grow, keep, reshape, release, need = (option.label for option in SHARED["decision"])
    return Bubble(
        source.sentence("M21"),
        rows,
        _day(source, args),
        _floors(source),
        _evidence_words(source, args),
        (grow, keep, reshape, release, need),
        currency(source.on_show),
    )


def _evidence_words(source: Source, args: Mapping[str, Any]) -> tuple[str, str, str, str]:
    asked = field_of(source.on_show.workbook, args["evidence"])
    ends = next((tuple(c.ends) for c in asked.columns if c.key == "evidence"), ())
    return (ends[0], ends[1], ends[2], ends[3]) if len(ends) == 4 else ("", "", "", "")  # noqa: PLR2004 - 0 to 3


def _day(source: Source, args: Mapping[str, Any]) -> str:
    day = day_of(source.on_show, str(args["ends_by"]))
    return say_date(day) if day else ""


def _now_after(source: Source, args: Mapping[str, Any]) -> NowAfter:
    rows, floor = initiatives(source.on_show, args), _floors(source)[1]
    sides = [(ledger.aligned_share(rows, floor, after=then), ledger.totals(rows, after=then)) for then in (False, True)]
    code = currency(source.on_show)
    usd = [_moment(share.usd, whole.usd, lambda n: words.money(n, code)) for share, whole in sides]
    fte = [_moment(share.fte, whole.fte, words.posts, say("chart_posts")) for share, whole in sides]
    least = [_moment(share.min, whole.staff_min_week, words.whole, say("chart_min")) for share, whole in sides]
    found = zip(("chart_money", "chart_staff", "chart_staff_minutes"), (usd, fte, least), strict=True)
    return NowAfter(source.sentence("M19"), tuple(NowAfterRow(say(key), *moments) for key, moments in found))


def _moment(share: float | None, whole: float, write: Callable[[float], str], unit: str = "") -> Moment:
    if share is None:
        return Moment()
    said = say("chart_of_all", part=write(share * whole), whole=write(whole))
    return Moment(share, f"{said} {unit}".strip())


def _waterfall(source: Source, args: Mapping[str, Any]) -> Waterfall | None:
    """Read what ends and what holds it; None where nobody knows the money: "none ends" would be wrong."""
    rows = initiatives(source.on_show, args)
    if not any(one.usd or one.after_usd for one in rows) and any(one.ends for one in rows):
        return None
    ends = ledger.ending(rows, _floors(source)[1])
    found, asked = _held(source, rows, args["holds"])
    today = {one.id: one.usd if one.ends else 0 for one in rows}
    return Waterfall(
        source.sentence("M20", "M21"),
        ends.total if ends else 0,
        (ends.aligned or 0) if ends else 0,
        sum(max(0, today[one.id] - one.need_usd) for one in rows),
        sum(max(0, one.need_usd - today[one.id]) for one in rows),
        found,
        asked,
        _day(source, args),
        currency(source.on_show),
    )


def _held(source: Source, rows: tuple[Initiative, ...], holds: str) -> tuple[float, float]:
    """Money found, and money that others are asked for; no more for a row than it needs.

    Where a row names both, money that may move and is not spoken for counts as found, and the rest as asked for.
    """
    needs, sums = {one.id: one.need_usd for one in rows}, {"own": 0.0, "ask": 0.0, "both": 0.0}
    for row in team_rows(source.on_show, holds):
        ways = {pick_id(way) for way in row["cells"].get("hold_from") or ()}
        key = "own" if "ask" not in ways else "both" if ways & {"freed", "staff"} else "ask"
        sums[key] += min(_amount(row["cells"].get("amount_usd")), needs.get(row["row_id"], 0))
    ours = min(sums["both"], max(0, ledger.ledger(rows).flexible - sums["own"]))
    return sums["own"] + ours, sums["ask"] + sums["both"] - ours


RESOURCES: Mapping[str, Callable[[Source, Mapping[str, Any]], Any]] = {
    "treemap": _treemap,
    "strip": _strip,
    "loop": _loop,
    "bubble": _bubble,
    "now_after": _now_after,
    "waterfall": _waterfall,
}
