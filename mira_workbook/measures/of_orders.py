"""Measures of orders, and of dots shared out: M04 to M07."""

from collections.abc import Mapping
from typing import Any

from mira_workbook.measures import ranking, words
from mira_workbook.measures.bands import LEAST
from mira_workbook.measures.causes import top
from mira_workbook.measures.found import At, Compute, Found, band_of
from mira_workbook.rules.causes import dots_by_item, rated_by
from mira_workbook.rules.reading import by_author
from mira_workbook.text import join_labels, join_words


def _orders(at: At, args: Mapping[str, Any]) -> tuple[list[list[str]], list[str]]:
    rankings = [list(order) for order in by_author(at.snapshot, str(args["order"]), at.round).values()]
    return rankings, at.items(str(args["order"]))


def _recommended(at: At, rankings: list[list[str]], items: list[str]) -> ranking.Recommendation | None:
    """Where the orders point, by the workbook's own mark of a clear lead."""
    return ranking.recommend(
        rankings, items, float(at.snapshot.workbook.settings.get("clear_lead", ranking.CLEAR_LEAD))
    )


def _m04(at: At, args: Mapping[str, Any]) -> Found:
    rankings, items = _orders(at, args)
    value = ranking.kendall_w(rankings, items)
    name, phrase = band_of(at, "M04", value)
    return Found(value, len(rankings), "0–1", name, slots={"band": phrase, "n": len(rankings)})


def _m05(at: At, args: Mapping[str, Any]) -> Found:
    if args.get("dots"):
        return _dots(at, str(args["dots"]), share=bool(args.get("share")))
    rankings, items = _orders(at, args)
    value = ranking.points(rankings, items)
    best = _recommended(at, rankings, items)
    if best is None:
        return Found(value, len(rankings), "points")
    name = str(args["order"])
    slots = {
        "label": at.label(name, best.leader),
        "labels": join_words([at.label(name, item) for item in best.tied]),
        "points": words.number(best.points),
        "n": len(rankings),
    }
    return Found(value, len(rankings), "points", case="tie" if best.leader is None else "lead", slots=slots)


def _dots(at: At, name: str, *, share: bool) -> Found:
    """Dots by item, or with `share` as shares of all dots; who placed them is not known and not asked."""
    n, unit = len(by_author(at.snapshot, name, at.round)), "share" if share else "dots"
    placed = dots_by_item(at.snapshot, name, at.round)
    every = sum(placed.values())
    if n < LEAST["M05"] or not every:
        return Found(None, n, unit)
    value = {item: placed.get(item, 0) for item in at.items(name)}
    most = top(value)
    slots = {
        "label": at.label(name, most[0]),
        "labels": join_words([at.label(name, item) for item in most]),
        "points": words.number(value[most[0]]),
        "n": words.number(every),
    }
    shares = {item: dots / every for item, dots in value.items()}
    return Found(shares if share else value, n, unit, case="tie" if len(most) > 1 else "lead", slots=slots)


def _m06(at: At, args: Mapping[str, Any]) -> Found:
    rankings, items = _orders(at, args)
    table = ranking.head_to_head(rankings, items)
    if table is None:
        return Found(None, len(rankings), "people")
    winner = ranking.winner_of_all_pairs(rankings, items)
    best = _recommended(at, rankings, items)
    leader = best.leader if best else None
    case = "none" if winner is None else "winner" if winner == leader else "other"
    name = str(args["order"])
    slots = {"label": at.label(name, winner), "leader": at.label(name, leader), "n": len(rankings)}
    return Found(table, len(rankings), "people", winner or "", case, slots)


def _m07(at: At, args: Mapping[str, Any]) -> Found:
    if args.get("dots"):
        return _same_leader(at, args)
    rankings, items = _orders(at, args)
    value = ranking.lead(rankings, items)
    best, totals = _recommended(at, rankings, items), ranking.points(rankings, items)
    if value is None or best is None or totals is None:
        return Found(None, len(rankings), "share of points")
    band, phrase = band_of(at, "M07", value)
    order = sorted(items, key=lambda item: -totals[item])
    name = str(args["order"])
    slots = {"label": at.label(name, best.leader or order[0]), "second": at.label(name, order[1]), "band": phrase}
    return Found(value, len(rankings), "share of points", band, best.strength.value, slots)


def _same_leader(at: At, args: Mapping[str, Any]) -> Found:
    """Whether dots and ratings have the same one first; what shares the first place is told together."""
    name = str(args["dots"])
    n = len(by_author(at.snapshot, name, at.round))
    placed = dots_by_item(at.snapshot, name, at.round)
    rated = rated_by(at.snapshot, {part: str(args[part]) for part in ("removes", "evidence", "influence")})
    scores = {cause: one.score for cause, one in rated.items() if one.score is not None}
    if n < LEAST["M07"] or not sum(placed.values()) or not scores:
        return Found(None, n)
    # Both in the order of the list, so that the same ones are the same.
    first = {"dots": top(placed), "ratings": top(scores)}
    told = {key: [item for item in at.items(name) if item in most] for key, most in first.items()}
    value = {key: join_labels(items) for key, items in told.items()}
    slots = {key: join_words([at.label(name, item) for item in items]) for key, items in told.items()}
    same = told["dots"] == told["ratings"]
    return Found(value, n, case="same" if same else "differs", slots={**slots, "label": slots["dots"]})


ORDERS: Mapping[str, Compute] = {
    "M04": _m04,
    "M05": _m05,
    "M06": _m06,
    "M07": _m07,
}
