"""Measures of what a team has: what serves the priority, what ends, what comes free and what is needed: M18 to M21."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.lists import SHARED
from mira_workbook.measures import ledger, words
from mira_workbook.measures.alignment import alignment, place
from mira_workbook.measures.found import At, Compute, Found, floors_of
from mira_workbook.measures.initiatives import FLEXIBLE, Initiative
from mira_workbook.rules.initiatives import day_of, initiatives
from mira_workbook.rules.money import currency
from mira_workbook.rules.reading import latest_cells, ratings_by_row
from mira_workbook.text import say_date

Rows = tuple[Initiative, ...]


def _m18(at: At, args: Mapping[str, Any]) -> Found:
    name = str(args["ratings"])
    told = ratings_by_row(at.snapshot, name, at.round)
    found = {row: alignment(*told[row]) for row in sorted(told)}
    n = len({author for author, _, _ in latest_cells(at.snapshot, name, at.round)})
    if not any(one.mean is not None for one in found.values()):
        return Found(None, n, "0–3")
    partly, aligned = floors_of(at, "M18")
    places = [place(one.mean, partly, aligned) for one in found.values()]
    slots = {
        **{word: places.count(word) for word in ("aligned", "partly", "not")},
        "unknown": places.count(""),
        "rows": len(places),
    }
    value = {row: {"mean": one.mean, "cns": one.cns, "dk": one.dk} for row, one in found.items()}
    return Found(value, n, "0–3", case="dk" if slots["unknown"] else "any", slots=slots)


def _m19(at: At, args: Mapping[str, Any]) -> Found:
    rows = initiatives(at.snapshot, args)
    found = ledger.aligned_share(
        rows, floors_of(at, "M18")[1], after=bool(args.get("after")), weighted=bool(args.get("weighted"))
    )
    value = asdict(found)
    n = sum(one.mean is not None for one in rows)
    slots = {"usd": words.part(found.usd), "fte": words.part(found.fte), "minutes": words.part(found.min)}
    case = "unpriced" if found.usd is None else "any"
    known = any(share is not None for share in value.values())
    return Found(value if known else None, n, "share", case=case, slots=slots)


def _m20(at: At, args: Mapping[str, Any]) -> Found:
    rows, day = initiatives(at.snapshot, args), day_of(at.snapshot, str(args["ends_by"]))
    unit = _a_year(at)
    found = ledger.ending(rows, floors_of(at, "M18")[1])
    if found is None or day is None:
        return Found(None, len(rows), unit)
    # Where something ends and nobody knows its money, "no money ends" would be wrong.
    none = "" if any(one.ends for one in rows) else "none"
    case = none if not found.total else "" if found.aligned is None else "any"
    slots = {
        "ending": _money(at, found.total),
        "date": say_date(day),
        "percent": words.part(found.share),
        "aligned": _money(at, found.aligned or 0),
    }
    return Found(asdict(found), len(rows), unit, case=case, slots=slots)


def _m21(at: At, args: Mapping[str, Any]) -> Found:
    rows = initiatives(at.snapshot, args)
    what = str(args.get("what") or "ledger")
    if not rows:
        return Found(None, 0, _UNITS.get(what) or _a_year(at), case="none")
    return _READINGS[what](at, args, rows)


def _ledger(at: At, args: Mapping[str, Any], rows: Rows) -> Found:
    found = ledger.ledger(rows, tuple(args.get("flexible") or FLEXIBLE))
    value = {
        "freed": found.freed,
        "flexible": found.flexible,
        "need": found.need,
        "gap": found.gap,
        "freed_fte": found.freed_fte,
    }
    slots = {
        **{name: _money(at, amount) for name, amount in value.items() if name != "freed_fte"},
        "left": _money(at, -found.gap),
        "covered": _money(at, min(found.flexible, found.need)),
        **_minutes_slots(ledger.minutes(rows)),
    }
    return Found(value, len(rows), _a_year(at), case=_ledger_case(rows, found), slots=slots)


def _ledger_case(rows: Rows, found: ledger.Ledger) -> str:
    if not any(one.decision for one in rows) or not (found.freed or found.need or ledger.minutes(rows).reduced):
        return "none"
    if not any(one.usd or one.after_usd for one in rows):
        # Where nobody knows the money, people and minutes are what there is to tell.
        return "minutes"
    return "gap" if found.gap > 0 else "covered"


def _minutes(_at: At, _args: Mapping[str, Any], rows: Rows) -> Found:
    found = ledger.minutes(rows)
    return Found(asdict(found), len(rows), _UNITS["minutes"], slots=_minutes_slots(found))


def _minutes_slots(found: ledger.Minutes) -> dict[str, str]:
    return {
        "reduced": words.number(found.reduced),
        "usable": words.number(found.usable),
        "need_min": words.number(found.needed),
    }


def _totals_now(at: At, _args: Mapping[str, Any], rows: Rows) -> Found:
    return _totals(at, rows, ledger.totals(rows))


def _totals_after(at: At, _args: Mapping[str, Any], rows: Rows) -> Found:
    return _totals(at, rows, ledger.totals(rows, after=True))


def _totals(at: At, rows: Rows, found: ledger.Totals) -> Found:
    slots = {
        "n": found.n,
        "rows": say("rows_counted", n=found.n),
        "usd": _money(at, found.usd),
        "fte": words.posts(found.fte),
        "minutes": words.number(found.staff_min_week),
        **_minutes_slots(ledger.minutes(rows)),
    }
    return Found(asdict(found), len(rows), case="any" if found.usd else "unpriced", slots=slots)


def _by_fund(at: At, _args: Mapping[str, Any], rows: Rows) -> Found:
    found = ledger.by_fund(rows)
    order = [option.id for option in SHARED["fund"]]
    value = dict(sorted(found.items(), key=lambda one: order.index(one[0]) if one[0] in order else len(order)))
    return Found(value or None, len(rows), _a_year(at))


def _decisions(_at: At, _args: Mapping[str, Any], rows: Rows) -> Found:
    value = ledger.decisions(rows, [option.id for option in SHARED["decision"]])
    return Found(value, sum(value.values()), _UNITS["decisions"])


def _cover(at: At, args: Mapping[str, Any], rows: Rows) -> Found:
    name = str(args.get("covered") or "")
    amounts = latest_cells(at.snapshot, name) if name else ()
    found = ledger.cover(rows, {row: float(usd) for _, row, usd in amounts})
    slots = {"covered": _money(at, found.covered), "gap": _money(at, found.gap)}
    return Found(asdict(found), len(rows), _a_year(at), case="gap" if found.gap > 0 else "covered", slots=slots)


def _money(at: At, amount: float) -> str:
    return words.money(amount, currency(at.snapshot))


def _a_year(at: At) -> str:
    return f"{currency(at.snapshot)}/year"


_UNITS = {"minutes": "min/week", "decisions": "rows", "totals_now": "", "totals_after": ""}
_READINGS = {
    "ledger": _ledger,
    "minutes": _minutes,
    "totals_now": _totals_now,
    "totals_after": _totals_after,
    "by_fund": _by_fund,
    "decisions": _decisions,
    "cover": _cover,
}

RESOURCES: Mapping[str, Compute] = {"M18": _m18, "M19": _m19, "M20": _m20, "M21": _m21}
