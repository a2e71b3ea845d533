"""Measures of what people picked and rated, and of minutes they let go: M02, M03 and M08 to M13."""

from collections.abc import Mapping
from typing import Any

from mira_workbook.content.answers.choices import pick_id
from mira_workbook.measures import agreement, bands, clarity, consent, release, words
from mira_workbook.measures.found import At, Compute, Found, band_of
from mira_workbook.rules.predicates import rule_of
from mira_workbook.rules.reading import by_author, cells, counted, field_of, picks, split
from mira_workbook.text import join_words


def _m02(at: At, args: Mapping[str, Any]) -> Found:
    if "column" in args:
        return _places(at, str(args["column"]))
    found = list(at.picks(args).values())
    value = agreement.pair_agreement(found)
    if value is None:
        return Found(None, len(found), "share")
    different = len(set(found))
    case = "all" if different == 1 else "none" if value == 0 else "some"
    slots = {
        "different": different,
        "n": len(found),
        "chance": words.chance(value),
        "percent": words.percent(value),
        "label": at.label(_name(args), found[0]),
    }
    return Found(value, len(found), "share", band_of(at, "M02", value)[0], case, slots)


def _name(args: Mapping[str, Any]) -> str:
    return str(args.get("pick") or args.get("order"))


def _places(at: At, column: str) -> Found:
    people: dict[str, dict[str, str]] = {}
    for author, row, place in cells(at.snapshot, column, at.round):
        people.setdefault(author, {})[row] = str(place)
    return Found(agreement.agreement_by_item(people.values()) or None, len(people), "share")


def _m03(at: At, args: Mapping[str, Any]) -> Found:
    if args.get("picks"):
        return _several(at, str(args["picks"]))
    found = agreement.counts(at.picks(args).values())
    n = sum(found.values())
    value = agreement.largest_share(list(at.picks(args).values()))
    if value is None:
        return Found(None, n, "share")
    most = [at.label(_name(args), item) for item, count in found.items() if count == max(found.values())]
    slots = {
        "label": most[0],
        "labels": join_words(most),
        "count": max(found.values()),
        "n": n,
        "percent": words.percent(value),
    }
    return Found(value, n, "share", case="tie" if len(most) > 1 else "any", slots=slots)


def _several(at: At, name: str) -> Found:
    """How many people picked each option, where each may pick several."""
    given = list(by_author(at.snapshot, name, at.round).values())
    labels = at.choices(name)
    value = agreement.counts(pick_id(one) for picked in given for one in picked)
    if not value:
        return Found(None, len(given), "people")
    most = [labels.get(option, option) for option, count in value.items() if count == max(value.values())]
    slots = {
        "label": most[0],
        "labels": join_words(most),
        "count": max(value.values()),
        "n": len(given),
        "percent": words.percent(max(value.values()) / len(given)),
    }
    return Found(value, len(given), "people", case="tie" if len(most) > 1 else "any", slots=slots)


def _ratings(at: At, name: str, round_: int) -> dict[str, int]:
    step, key, _ = split(name)
    return {r.author: r.value for r in counted(at.snapshot, step, key, round_) if isinstance(r.value, int)}


def _m08(at: At, args: Mapping[str, Any]) -> Found:
    ratings = list(_ratings(at, str(args["rating"]), at.round).values())
    asked = field_of(at.snapshot.workbook, str(args["rating"]))
    value = agreement.consensus(ratings, asked.low, asked.high) if ratings else None
    name, phrase = band_of(at, "M08", value)
    high = sum(rating >= asked.high - 1 for rating in ratings)
    return Found(value, len(ratings), "0–1", name, slots={"band": phrase, "n": len(ratings), "high": high})


def _m09(at: At, args: Mapping[str, Any]) -> Found:
    fists = _ratings(at, str(args["rating"]), at.round)
    present = [m.key for m in at.snapshot.present()]
    rule = rule_of(at.snapshot, str(args.get("rule", "all")))
    found = consent.consent({k: v for k, v in fists.items() if k in present}, present, rule)
    if found is None:
        return Found(None, 0, "0–5")
    value = {"mean": found.mean, "min": found.min, "below3": found.below3, "pass": found.passed}
    slots = {"n": found.n, "below": found.below3, "missing": len(found.missing), "fist": found.min}
    return Found(value, found.n, "0–5", found.band, _hands_case(found), slots)


def _hands_case(found: consent.Consent) -> str:
    if found.passed:
        return "pass_rule" if found.below3 else "pass"
    if found.missing and not found.below3:
        return "missing"
    return "one" if found.below3 == 1 else "below"


def _m10(at: At, args: Mapping[str, Any]) -> Found:
    if "rating" in args:
        return _support_change(at, str(args["rating"]))
    before, after = (list(picked.values()) for picked in _before_after(at, args))
    value = agreement.convergence(before, after)
    if value is None:
        return Found(None, min(len(before), len(after)), "share")
    slots = {
        "before": words.chance(agreement.pair_agreement(before) or 0),
        "after": words.chance(agreement.pair_agreement(after) or 0),
    }
    turn = bands.direction(value) or ""
    return Found(value, min(len(before), len(after)), "share", turn, _turn_case(turn), slots)


def _support_change(at: At, rating: str) -> Found:
    asked = field_of(at.snapshot.workbook, rating)
    first, second = (list(_ratings(at, rating, round_).values()) for round_ in (1, 2))
    both = [agreement.consensus(r, asked.low, asked.high) if r else None for r in (first, second)]
    value = agreement.difference(both[0], both[1])
    turn = bands.direction(value) or ""
    slots = {"before": _two(both[0]), "after": _two(both[1])}
    return Found(value, min(len(first), len(second)), "0–1", turn, _turn_case(turn), slots)


def _turn_case(turn: str) -> str:
    return turn if turn in {"closer", "further"} else "same"


def _two(value: float | None) -> str:
    return "" if value is None else words.two_places(value)


def _before_after(at: At, args: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    before = picks(at.snapshot, str(args["before"]), str(args.get("value", "")))
    return before, picks(at.snapshot, str(args["after"]), str(args.get("value", "")), at.round)


def _m11(at: At, args: Mapping[str, Any]) -> Found:
    if args.get("changed"):
        return _said_moved(at, str(args["changed"]), str(args["value"]))
    found = agreement.moved(*_before_after(at, args))
    if found is None:
        return Found(None, 0, "people")
    case, slots = _how_many(len(found.who), found.both)
    return Found(dict.fromkeys(found.who, 1), found.both, "people", case=case, slots=slots)


def _said_moved(at: At, name: str, value: str) -> Found:
    """The share of those who answered who say that they moved."""
    said = [pick_id(given) for given in by_author(at.snapshot, name, at.round).values()]
    if len(said) < bands.LEAST["M11"]:
        return Found(None, len(said), "share")
    case, slots = _how_many(said.count(value), len(said))
    return Found(said.count(value) / len(said), len(said), "share", case=case, slots=slots)


def _how_many(n: int, of: int) -> tuple[str, dict[str, int]]:
    return ("none", "one")[n] if n < 2 else "some", {"n": n, "of": of}  # noqa: PLR2004 - none, one, more


def _m12(at: At, args: Mapping[str, Any]) -> Found:
    matches = [int(value) for _, _, value in cells(at.snapshot, str(args["match"]), at.round)]
    value = clarity.role_clarity(matches)
    slots = {"way": "" if value is None else words.of_the_way(value), "n": len(matches)}
    return Found(value, len(matches), "share", slots=slots)


def _m13(at: At, args: Mapping[str, Any]) -> Found:
    minutes = [(author, int(value)) for author, _, value in cells(at.snapshot, str(args["released"]), at.round)]
    done = release.release([release.Task(member, value) for member, value in minutes])
    if done is None:
        return Found(None, 0, "min/week", case="none")
    by_member: dict[str, int] = {}
    for member, task in minutes:
        by_member[member] = by_member.get(member, 0) + task
    value = {"released": done.released, "absorbed": done.absorbed, "net": done.net, "by_member": by_member}
    slots = {
        "minutes": words.number(done.released),
        "hours": words.number(done.released / 60),
        "people": len(by_member),
        "tasks": len(minutes),
    }
    return Found(value, len(by_member), "min/week", case="any" if done.released else "none", slots=slots)


PEOPLE: Mapping[str, Compute] = {
    "M02": _m02,
    "M03": _m03,
    "M08": _m08,
    "M09": _m09,
    "M10": _m10,
    "M11": _m11,
    "M12": _m12,
    "M13": _m13,
}
