"""Measures of causes: their scores, what responses treat, and where chains of whys end: M15, M16 and M17."""

from collections.abc import Mapping
from typing import Any

from mira_workbook.content.answers.choices import pick_id
from mira_workbook.measures import agreement, causes, words
from mira_workbook.measures.causes import CauseScore, Treated
from mira_workbook.measures.found import At, Compute, Found, band_of
from mira_workbook.rules.causes import PARTS, rated_by, watched
from mira_workbook.rules.reading import by_author, split, team_rows
from mira_workbook.text import inside_sentence, join_words


def _m15(at: At, args: Mapping[str, Any]) -> Found:
    name = str(args["removes"])
    found = rated_by(at.snapshot, {part: str(args[part]) for part in PARTS}, at.round)
    order = at.items(name)
    rated = dict(sorted(found.items(), key=lambda one: order.index(one[0]) if one[0] in order else len(order)))
    scores = {cause: one.score for cause, one in rated.items() if one.score is not None}
    n = max((one.n for one in rated.values()), default=0)
    if not scores:
        return Found(None, n, "0–100")
    best = causes.top(scores)
    watch = [at.label(name, cause) for cause, one in rated.items() if watched(one, at.snapshot.workbook.settings)]
    slots = {
        "label": at.label(name, best[0]),
        "labels": join_words([at.label(name, cause) for cause in best]),
        "score": words.whole(scores[best[0]]),
        "n": n,
        "watch": join_words(watch),
    }
    case = "tie" if len(best) > 1 else "watch" if watch else "any"
    value = {cause: _of_cause(one) for cause, one in rated.items()}
    return Found(value, n, "0–100", band_of(at, "M15", scores[best[0]])[0], case, slots)


def _of_cause(one: CauseScore) -> dict[str, float | None]:
    parts = {part: getattr(one, part) for part in PARTS}
    means = {part: told.mean for part, told in parts.items()}
    return {
        "score": one.score,
        **means,
        **{f"cns_{part}": told.cns for part, told in parts.items()},
        "dk": one.dk,
    }


def _m16(at: At, args: Mapping[str, Any]) -> Found:
    rows = _responses(at, args)
    minutes = causes.aspirin_share(Treated(treats, amount) for treats, amount, _ in rows)
    money = causes.aspirin_share(Treated(treats, amount) for treats, _, amount in rows)
    value = {"min": minutes.share, "usd": money.share, "unsure_min": minutes.unsure, "unsure_usd": money.unsure}
    if minutes.share is None and money.share is None:
        return Found(None, len(rows), "share", case="none")
    slots = {"percent": words.percent(minutes.share or 0), "money_percent": words.percent(money.share or 0)}
    return Found(value, len(rows), "share", case="any" if money.share is None else "money", slots=slots)


def _responses(at: At, args: Mapping[str, Any]) -> list[tuple[str, float, float]]:
    """What each response that is sorted treats, its minutes and its money; what is not known yet counts as 0."""
    names = [split(str(args.get(key) or ".."))[2] for key in ("treats", "minutes", "money")]
    step, field, _ = split(str(args["treats"]))
    rows = [row["cells"] for row in team_rows(at.snapshot, f"{step}.{field}")]
    told = [tuple(cells.get(name) for name in names) for cells in rows]
    return [(pick_id(treats), minutes or 0, money or 0) for treats, minutes, money in told if treats]


def _m17(at: At, args: Mapping[str, Any]) -> Found:
    name = str(args["ends"])
    ends = [pick_id(end) for end in by_author(at.snapshot, name, at.round).values()]
    value = causes.chain_agreement(ends)
    if value is None:
        return Found(None, len(ends), "share")
    labels, counts = at.choices(name), agreement.counts(ends)
    most = [inside_sentence(labels.get(end, end)) for end in causes.top(counts)]
    slots = {
        "n": len(ends),
        "different": len(counts),
        "label": join_words(most),
        "chance": words.chance(value),
        "percent": words.percent(value),
    }
    case = "all" if len(counts) == 1 else "some" if value else "none"
    return Found(value, len(ends), "share", band_of(at, "M02", value)[0], case, slots)


CAUSES: Mapping[str, Compute] = {"M15": _m15, "M16": _m16, "M17": _m17}
