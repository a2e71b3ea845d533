"""Which answers each measure is computed from, and which of its sentences is said."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from export_cases import answer, demo, table

from mira_workbook.measures.found import At, Found
from mira_workbook.measures.table import MEASURES, measures, of_step
from mira_workbook.records import Act, Measure, Response, Snapshot
from mira_workbook.rules.stage import Stage, fold

PICK = {"pick": "sort.places.tier", "value": "priority"}
ORDER = {"order": "rank.order"}
TURN = {"before": "sort.places.tier", "value": "priority", "after": "rank.order"}
LOW_TWO = "2 hands are at 2 or below. Let us hear the worries, then change the wording."
APART = "We moved further apart: from about half of the time to about 1 time in 6. Hear why."
HANDS = {"rating": "consent.fist", "rule": "open.support_needed"}


def stage_of(now: Snapshot) -> Stage:
    return fold(now.acts, now.workbook)


def before(step: str) -> Snapshot:
    """The demo team with this step open and nobody's answer in."""
    now = demo(steps=[s.key for s in demo().workbook.steps].index(step) + 1)
    acts = tuple(act for act in now.acts if act.step != step or act.kind == "open")
    return replace(now, acts=acts, responses=tuple(r for r in now.responses if r.step != step))


def given(now: Snapshot, *responses: Response) -> Snapshot:
    return replace(now, responses=(*now.responses, *responses))


def places(*picks: str) -> list[Response]:
    """One pick a person, by number of the candidate."""
    rows = [table({"": f"C{pick}", "tier": "priority"}) for pick in picks]
    return [answer("sort", "places", f"M{i}", row) for i, row in enumerate(rows, 1)]


def orders(*told: str) -> list[Response]:
    return [answer("rank", "order", f"M{i}", [f"C{n}" for n in order]) for i, order in enumerate(told, 1)]


def hands(*fists: int, round_: int = 1) -> list[Response]:
    return [answer("consent", "fist", f"M{i}", fist, round=round_) for i, fist in enumerate(fists, 1)]


def found(now: Snapshot, measure: str, step: str, args: Mapping[str, Any], round_: int = 1) -> Found:
    return MEASURES[measure](At(now, stage_of(now), now.workbook.step(step), round_), args)


def sort_of(*picks: str) -> Snapshot:
    return given(before("sort"), *places(*picks))


def rank_of(*told: str) -> Snapshot:
    return given(before("rank"), *orders(*told))


def consent_of(*fists: int, rule: str = "all") -> Snapshot:
    now = before("consent")
    kept = tuple(
        replace(r, value=rule) if (r.step, r.field) == ("open", "support_needed") else r for r in now.responses
    )
    return given(replace(now, responses=kept, members=now.members[:5]), *hands(*fists))


def shown(now: Snapshot, step: str, *more: tuple[str, int]) -> dict[str, str]:
    """What is said of a step once it is shown: measure and `of` to its sentence."""
    for kind, round_ in (("reveal", 1), *more):
        now = replace(now, acts=(*now.acts, Act(900 + len(now.acts), now.acts[-1].at, kind, step, round_)))
    stage = stage_of(now)
    return {f"{m.id} {m.of}".strip(): m.sentence for m in of_step(now, stage, now.workbook.step(step))}


@pytest.mark.parametrize(
    ("picks", "case", "value", "sentence"),
    [
        ("1234", "none", 0, "4 different first picks. No two of us chose the same."),
        ("1123", "some", 1 / 6, "3 different first picks. Pick any two of us: about 1 time in 6 they chose the same."),
        ("1111", "all", 1, "All of us chose the same: Early reading, grades 1-3."),
        ("1", "any", None, ""),
    ],
)
def test_first_picks_are_told_as_all_none_or_some(picks: str, case: str, value: float | None, sentence: str) -> None:
    now = sort_of(*picks)
    first = found(now, "M02", "sort", PICK)
    assert (first.case, first.value, first.n, first.unit) == (case, pytest.approx(value), len(picks), "share")
    assert shown(now, "sort")["M02 first pick"] == sentence


def test_a_late_pick_is_left_out() -> None:
    now = sort_of("1", "1")
    late = [replace(r, author="M3", late=True) for r in places("2")]
    assert found(given(now, *late), "M02", "sort", PICK).n == 2
    assert found(given(now, *late), "M03", "sort", PICK).value == 1


def test_places_are_compared_candidate_by_candidate() -> None:
    told = table({"": "C1", "tier": "priority"}, {"": "C2", "tier": "watch"})
    other = table({"": "C1", "tier": "priority"}, {"": "C2", "tier": "focus"})
    now = given(before("sort"), answer("sort", "places", "M1", told), answer("sort", "places", "M2", other))
    compared = found(now, "M02", "sort", {"column": "sort.places.tier"})
    assert (compared.value, compared.n) == ({"C1": 1, "C2": 0}, 2)
    assert found(before("sort"), "M02", "sort", {"column": "sort.places.tier"}).value is None


def test_the_largest_share_names_the_pick_or_those_that_share_it() -> None:
    alone = found(sort_of("1", "1", "2"), "M03", "sort", PICK)
    assert (alone.case, alone.value) == ("any", pytest.approx(2 / 3))
    label = "Early reading, grades 1-3"
    assert alone.slots == {"label": label, "labels": label, "count": 2, "n": 3, "percent": "67%"}
    tie = found(sort_of("2", "4", "2", "4"), "M03", "sort", PICK)
    assert tie.case == "tie"
    assert tie.slots["labels"] == "Student attendance and Behavior and belonging"
    assert found(sort_of(), "M03", "sort", PICK).value is None


def test_first_places_of_an_order_are_picks_too() -> None:
    now = rank_of("1234567", "1324567", "2134567")
    assert found(now, "M02", "rank", ORDER).value == pytest.approx(1 / 3)


@pytest.mark.parametrize("measure", ["M04", "M05", "M06", "M07"])
def test_two_orders_are_too_few(measure: str) -> None:
    few = found(rank_of("1234567", "1234567"), measure, "rank", ORDER)
    assert (few.value, few.n) == (None, 2)
    assert "Our orders" not in "".join(shown(rank_of("1234567", "1234567"), "rank").values())


def test_one_order_of_all_is_very_alike_and_leads_clearly() -> None:
    said = shown(rank_of(*["1234567"] * 3), "rank")
    assert said["M04"] == "Our orders are very alike."
    assert said["M05"] == "Early reading, grades 1-3 leads with 18 points."
    assert said["M06"] == "It beats every other candidate head to head."
    assert said["M07"] == "The lead is clear."


def test_a_tie_that_nothing_settles_is_told_of_both() -> None:
    now = rank_of("1234567", "2134567", "1234567", "2134567")
    points = found(now, "M05", "rank", ORDER)
    assert (points.case, points.slots["label"], points.slots["n"]) == ("tie", "", 4)
    said = shown(now, "rank")
    assert said["M05"] == "Early reading, grades 1-3 and Student attendance lead together with 22 points."
    assert said["M06"] == "No candidate beats every other head to head."
    assert said["M07"] == "It is close. Talk before you choose."


def test_who_wins_each_pair_may_be_another_than_who_leads() -> None:
    now = rank_of("1234567", "1234567", "1234567", "2345671", "2345671")
    pairs = found(now, "M06", "rank", ORDER)
    assert (pairs.case, pairs.band) == ("other", "C1")
    assert pairs.slots == {"label": "Early reading, grades 1-3", "leader": "Student attendance", "n": 5}
    assert shown(now, "rank")["M06"] == "Head to head Early reading, grades 1-3 beats every other candidate."
    lead = found(now, "M07", "rank", ORDER)
    assert (lead.case, lead.slots["label"]) == ("close", "Student attendance")


def test_the_lead_is_named_with_who_comes_second() -> None:
    lead = found(demo(), "M07", "rank", ORDER)
    assert (lead.case, lead.band, lead.value) == ("clear", "wide", pytest.approx(10 / 48))
    teachers = "Keeping and supporting our teachers"
    assert lead.slots == {"label": "Early reading, grades 1-3", "second": teachers, "band": "far ahead"}


def test_a_shared_view_counts_the_two_highest_values() -> None:
    now = given(before("rank"), *(answer("rank", "confidence", f"M{i}", v) for i, v in enumerate((5, 4, 3), 1)))
    view = found(now, "M08", "rank", {"rating": "rank.confidence"})
    assert view.slots == {"band": "mixed", "n": 3, "high": 2}
    assert shown(now, "rank")["M08"] == "2 of 3 are sure or very sure."


def test_one_rating_is_no_shared_view() -> None:
    now = given(before("rank"), answer("rank", "confidence", "M1", 5))
    assert found(now, "M08", "rank", {"rating": "rank.confidence"}).value is None
    assert shown(now, "rank")["M08"] == ""


@pytest.mark.parametrize(
    ("fists", "rule", "case", "sentence"),
    [
        ((3, 4, 5, 3, 5), "all", "pass", "Everyone is at 3 or above."),
        ((2, 4, 5, 3, 5), "all_but_one", "pass_rule", "Enough of us are at 3 or above."),
        ((2, 4, 5, 3, 5), "share80", "pass_rule", "Enough of us are at 3 or above."),
        ((1, 4, 5, 3, 5), "all", "one", "One hand is at 1. Let us hear the worry, then change the wording."),
        (
            (0, 2, 5, 3, 5),
            "all",
            "below",
            LOW_TWO,
        ),
        (
            (0, 2, 5),
            "all_but_one",
            "below",
            LOW_TWO,
        ),
        ((3, 4), "all", "missing", "3 of us have not shown a hand yet."),
    ],
)
def test_hands_are_told_by_the_support_the_team_set_out_for(
    fists: tuple[int, ...], rule: str, case: str, sentence: str
) -> None:
    now = consent_of(*fists, rule=rule)
    told = found(now, "M09", "consent", HANDS)
    assert (told.case, told.n, told.value["min"]) == (case, len(fists), min(fists))
    assert shown(now, "consent")["M09"] == sentence


def test_the_hand_of_one_who_has_left_does_not_count() -> None:
    now = consent_of(3, 4, 5, 3, 0)
    gone = replace(now, members=(*now.members[:4], replace(now.members[4], excused_at=now.acts[0].at)))
    assert found(gone, "M09", "consent", HANDS).case == "pass"


def test_no_hands_are_no_number() -> None:
    assert found(consent_of(), "M09", "consent", HANDS).value is None
    assert shown(consent_of(), "consent")["M09"] == ""


@pytest.mark.parametrize(
    ("first", "then", "band", "sentence"),
    [
        ("1123", "1112", "closer", "We came closer: from about 1 time in 6 to about half of the time."),
        (
            "1112",
            "1123",
            "further",
            APART,
        ),
        ("1122", "3344", "the same", "We stand as close as before."),
    ],
)
def test_coming_closer_is_told_apart_from_moving_apart(first: str, then: str, band: str, sentence: str) -> None:
    now = given(before("rank"), *orders(*(f"{n}{'1234567'.replace(n, '')}" for n in then)))
    picked = {f"M{i}": row for i, row in enumerate(first, 1)}
    kept = [r for r in now.responses if r.step != "sort"]
    now = replace(now, responses=(*kept, *places(*picked.values())))
    turn = found(now, "M10", "rank", TURN)
    assert (turn.band, turn.n) == (band, 4)
    assert shown(now, "rank")["M10 first pick"] == sentence


def test_one_pick_after_is_not_enough_to_tell_a_turn() -> None:
    now = rank_of("1234567")
    assert found(now, "M10", "rank", TURN).value is None
    assert found(now, "M11", "rank", TURN).value is None


@pytest.mark.parametrize(
    ("then", "case", "sentence"),
    [
        ("7431", "none", "Nobody changed their first."),
        ("7432", "one", "One of us changed their first."),
        ("1111", "some", "3 of us changed their first."),
    ],
)
def test_those_who_changed_their_first_are_counted(then: str, case: str, sentence: str) -> None:
    now = rank_of(*(f"{n}{'1234567'.replace(n, '')}" for n in then))
    moved = found(now, "M11", "rank", TURN)
    assert (moved.case, moved.slots["of"]) == (case, 4)
    assert shown(now, "rank")["M11 first pick"] == sentence


def test_a_second_round_of_hands_is_counted_for_itself() -> None:
    now = given(consent_of(0, 5, 5, 5, 5), *hands(4, 4, 4, 4, 4, round_=2))
    assert found(now, "M09", "consent", HANDS).value["min"] == 0
    assert found(now, "M09", "consent", HANDS, round_=2).value == {"mean": 4, "min": 4, "below3": 0, "pass": True}


def test_hands_that_stand_as_before_say_so() -> None:
    now = given(consent_of(3, 4, 5, 3, 4), *hands(3, 4, 5, 3, 4, round_=2))
    turn = found(now, "M10", "consent", {"rating": "consent.fist"}, round_=2)
    assert (turn.value, turn.band, turn.case) == (0, "the same", "same")
    assert shown(now, "consent", ("round", 2), ("reveal", 2))["M10 support"] == "Our hands stand as close as before."


def test_a_change_of_support_needs_both_rounds() -> None:
    assert found(consent_of(3, 4), "M10", "consent", {"rating": "consent.fist"}, round_=2).value is None
    rounds = [m.round for m in measures(demo(), stage_of(demo())) if m.of == "support"]
    assert rounds == [2]


def matches(*told: int) -> Snapshot:
    rows = table(*({"": f"M{i}", "match": n} for i, n in enumerate(told, 2)))
    return given(before("role_reveal"), answer("role_reveal", "match", "M1", rows))


def test_how_near_expectations_were_is_told_from_three_on() -> None:
    near = {"match": "role_reveal.match.match"}
    assert found(matches(2, 2), "M12", "role_reveal", near).value is None
    three = found(matches(2, 1, 0), "M12", "role_reveal", near)
    assert (three.value, three.n, three.slots["way"]) == (0.5, 3, "about half of the way")


def released(*minutes: int) -> Snapshot:
    rows = [table({"": f"R{i}", "released_min": n}) for i, n in enumerate(minutes)]
    given_ = [answer("contribute_release", "release", f"M{i}", row) for i, row in enumerate(rows, 1)]
    return given(before("contribute_release"), *given_)


def test_minutes_let_go_are_added_up() -> None:
    now = released(60, 30)
    total = found(now, "M13", "contribute_release", {"released": "contribute_release.release.released_min"})
    assert total.slots == {"minutes": "90", "hours": "1.5", "people": 2, "tasks": 2}
    assert shown(now, "contribute_release")["M13"] == "Together we let go 90 minutes a week."


@pytest.mark.parametrize("minutes", [(), (0, 0)], ids=["no task", "all later"])
def test_where_no_minutes_come_free_it_says_so(minutes: tuple[int, ...]) -> None:
    assert shown(released(*minutes), "contribute_release")["M13"] == "No minutes come free yet."


def of(now: Snapshot, step: str) -> list[Measure]:
    return [m for m in measures(now, stage_of(now)) if m.step == step]


def test_before_anything_is_shown_only_the_count_is_told() -> None:
    told = of(sort_of("1", "2"), "sort")
    assert [(m.id, m.value, m.n) for m in told] == [("M01", 0.25, 2)]


def test_a_hidden_step_gives_nothing_and_neither_does_what_is_built_on_it() -> None:
    hidden = replace(demo(steps=8), acts=(*demo(steps=8).acts, Act(900, demo().acts[-1].at, "hide", "sort")))
    assert [m.id for m in of(hidden, "sort")] == ["M01"]
    turns = {m.id: (m.value, m.sentence) for m in of(hidden, "rank") if m.id in {"M10", "M11"}}
    assert turns == {"M10": (None, ""), "M11": (None, "")}


def test_a_measure_says_where_it_belongs() -> None:
    first = of(demo(), "sort")[1]
    assert (first.id, first.name, first.of, first.round, first.team) == (
        "M02",
        "First-pick agreement",
        "first pick",
        1,
        "tupelo-branch",
    )


def test_every_opened_step_is_counted_first() -> None:
    firsts: dict[str, str] = {}
    for one in measures(demo(), stage_of(demo())):
        firsts.setdefault(one.step, one.id)
    assert set(firsts.values()) == {"M01"}


def test_a_workbooks_own_floors_name_the_bands() -> None:
    now = demo()
    stricter = now.workbook.model_copy(update={"settings": {**now.workbook.settings, "m04_mostly_alike": 0.65}})
    changed = measures(replace(now, workbook=stricter), stage_of(now))
    assert next(m.band for m in changed if m.id == "M04") == "some"
    assert next(m.band for m in measures(now, stage_of(now)) if m.id == "M04") == "mostly alike"


def test_a_workbooks_own_mark_makes_a_lead_close() -> None:
    now = demo()
    wider = now.workbook.model_copy(update={"settings": {**now.workbook.settings, "clear_lead": 0.3}})
    said = next(m.sentence for m in measures(replace(now, workbook=wider), stage_of(now)) if m.id == "M07")
    assert said == "It is close. Talk before you choose."
