"""The measures of a workbook: which answers each number is computed from, and what is said about it.

Every function takes the answers on show and the measure's arguments and gives what it found. Late answers are left out.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mira_workbook.content.definition import MeasureUse, Step
from mira_workbook.content.measure_args import MEASURES as NAMES
from mira_workbook.measures import agreement, bands, clarity, consent, ranking, release, words
from mira_workbook.measures.coverage import answered
from mira_workbook.records import Measure, Snapshot
from mira_workbook.rules.entries import veiled
from mira_workbook.rules.predicates import rule_of
from mira_workbook.rules.progress import own_fields, progress
from mira_workbook.rules.reading import by_author, cells, counted, field_of, picks, split
from mira_workbook.rules.sight import shown
from mira_workbook.rules.stage import Stage
from mira_workbook.text import join_words


@dataclass(frozen=True, slots=True)
class At:
    """Where a measure is computed: the answers, the stage, the step and its round."""

    snapshot: Snapshot
    stage: Stage
    step: Step
    round: int = 1

    def items(self, name: str) -> list[str]:
        """Ids of the pinned list behind `step.field` (an order or a table of rows)."""
        step, key, _ = split(name)
        asked = self.snapshot.workbook.step(step).field(key)
        listed = getattr(asked, "list", None) or getattr(asked, "rows_from", None)
        return [o.id for o in self.stage.options(str(listed))]

    def label(self, name: str, item: str | None) -> str:
        """The label of an item of the list behind `step.field`."""
        step, key, _ = split(name)
        asked = self.snapshot.workbook.step(step).field(key)
        listed = str(getattr(asked, "list", None) or getattr(asked, "rows_from", None))
        return next((o.label for o in self.stage.options(listed) if o.id == item), "")

    def picks(self, args: Mapping[str, Any], key: str = "pick") -> dict[str, str]:
        """First picks as arguments name them: a tier column with a value, or an order."""
        name = str(args.get(key) or args["order"])
        return picks(self.snapshot, name, str(args.get("value", "")), self.round)


@dataclass(frozen=True, slots=True)
class Found:
    """One number with what its sentence needs: the case chosen from `say`, and the slots it may fill."""

    value: Any
    n: int
    unit: str = ""
    band: str = ""
    case: str = "any"
    slots: Mapping[str, object] = field(default_factory=dict)


def _band(at: At, measure: str, value: float | None) -> tuple[str, str]:
    """Name and phrase of a value's band; a workbook's own floors, such as `m02_part`, win over ours."""
    scale, own = bands.SCALES[measure], at.snapshot.workbook.settings
    keys = [f"{measure.lower()}_{band.name.replace(' ', '_')}" for band in scale.bands[1:]]
    floors = [float(own.get(key, floor)) for key, floor in zip(keys, scale.floors, strict=True)]
    found = bands.band(value, scale.with_floors(floors))
    return (found.name, found.phrase) if found else ("", "")


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
    return Found(value, len(found), "share", _band(at, "M02", value)[0], case, slots)


def _name(args: Mapping[str, Any]) -> str:
    return str(args.get("pick") or args.get("order"))


def _places(at: At, column: str) -> Found:
    people: dict[str, dict[str, str]] = {}
    for author, row, place in cells(at.snapshot, column, at.round):
        people.setdefault(author, {})[row] = str(place)
    return Found(agreement.agreement_by_item(people.values()) or None, len(people), "share")


def _m03(at: At, args: Mapping[str, Any]) -> Found:
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
    name, phrase = _band(at, "M04", value)
    return Found(value, len(rankings), "0–1", name, slots={"band": phrase, "n": len(rankings)})


def _m05(at: At, args: Mapping[str, Any]) -> Found:
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
    rankings, items = _orders(at, args)
    value = ranking.lead(rankings, items)
    best, totals = _recommended(at, rankings, items), ranking.points(rankings, items)
    if value is None or best is None or totals is None:
        return Found(None, len(rankings), "share of points")
    band, phrase = _band(at, "M07", value)
    order = sorted(items, key=lambda item: -totals[item])
    name = str(args["order"])
    slots = {"label": at.label(name, best.leader or order[0]), "second": at.label(name, order[1]), "band": phrase}
    return Found(value, len(rankings), "share of points", band, best.strength.value, slots)


def _ratings(at: At, name: str, round_: int) -> dict[str, int]:
    step, key, _ = split(name)
    return {r.author: r.value for r in counted(at.snapshot, step, key, round_) if isinstance(r.value, int)}


def _m08(at: At, args: Mapping[str, Any]) -> Found:
    ratings = list(_ratings(at, str(args["rating"]), at.round).values())
    asked = field_of(at.snapshot.workbook, str(args["rating"]))
    value = agreement.consensus(ratings, asked.low, asked.high) if ratings else None
    name, phrase = _band(at, "M08", value)
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
    found = agreement.moved(*_before_after(at, args))
    if found is None:
        return Found(None, 0, "people")
    case = ("none", "one")[len(found.who)] if len(found.who) < 2 else "some"  # noqa: PLR2004 - none, one, more
    slots = {"n": len(found.who), "of": found.both}
    return Found(dict.fromkeys(found.who, 1), found.both, "people", case=case, slots=slots)


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
    by_member = {member: sum(v for m, v in minutes if m == member) for member, _ in minutes}
    value = {"released": done.released, "absorbed": done.absorbed, "net": done.net, "by_member": by_member}
    slots = {
        "minutes": words.number(done.released),
        "hours": words.number(done.released / 60),
        "people": len(by_member),
        "tasks": len(minutes),
    }
    return Found(value, len(by_member), "min/week", case="any" if done.released else "none", slots=slots)


MEASURES: dict[str, Callable[[At, Mapping[str, Any]], Found]] = {
    "M02": _m02,
    "M03": _m03,
    "M04": _m04,
    "M05": _m05,
    "M06": _m06,
    "M07": _m07,
    "M08": _m08,
    "M09": _m09,
    "M10": _m10,
    "M11": _m11,
    "M12": _m12,
    "M13": _m13,
}
"""Every measure by its number. M01 is counted for each step with individual fields, without being named."""


def measures(snapshot: Snapshot, stage: Stage) -> list[Measure]:
    """Compute all measures of a session whose answers are on show.

    Shape: one per opened step, measure and round, workbook order; M01 first in each step.
    Raises: nothing; too few answers give `value` None.
    """
    stage = veiled(snapshot, stage)
    on_show = shown(snapshot, stage)
    found: list[Measure] = []
    for step in snapshot.workbook.steps:
        if step.key in stage.opened:
            found += _answered(snapshot, stage, step)
            found += of_step(on_show, stage, step)
    return found


def of_step(on_show: Snapshot, stage: Stage, step: Step) -> list[Measure]:
    """The measures of one step, each round for itself. Rounds whose answers are not on show give nothing."""
    return [
        _measure(At(on_show, stage, step, round_), use)
        for round_ in range(1, stage.round_of(step.key) + 1)
        for use in step.measures
        if _has_answers(on_show, stage, step, round_) and not (use.of == "support" and round_ == 1)
    ]


def _has_answers(on_show: Snapshot, stage: Stage, step: Step, round_: int) -> bool:
    if (step.key, round_) in stage.revealed:
        return (step.key, round_) not in stage.hidden
    return any(r.step == step.key and r.round == round_ for r in on_show.responses)


def _measure(at: At, use: MeasureUse) -> Measure:
    found = MEASURES[use.id](at, use.arguments)
    template = use.say.get(found.case, "") if found.value is not None or found.case == "none" else ""
    return Measure(
        id=use.id,
        name=NAMES[use.id].title,
        value=found.value,
        n=found.n,
        unit=found.unit,
        band=found.band,
        sentence=template.format(**found.slots) if template else "",
        step=at.step.key,
        of=use.of,
        round=at.round,
        team=at.snapshot.team.slug,
    )


def _answered(snapshot: Snapshot, stage: Stage, step: Step) -> Iterable[Measure]:
    """M01 for a step that people or pairs answer, in each of its rounds; counts need no reveal."""
    if not own_fields(step):
        return
    for round_ in range(1, stage.round_of(step.key) + 1):
        now = progress(snapshot, stage, step, round_)
        share = answered(now.count, len(now.expected))
        yield Measure(
            "M01",
            NAMES["M01"].title,
            share,
            now.count,
            "share",
            step=step.key,
            round=round_,
            team=snapshot.team.slug,
        )
