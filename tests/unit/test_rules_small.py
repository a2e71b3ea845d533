"""Small rules: conditions, whose idea it was, what an answer is checked against, reading, and who is in."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from export_cases import MEMBERS, START, acts, answer, demo, session, small, table
from rooms import acted, here, upto

from mira_workbook.content.answers.base import Option, Use
from mira_workbook.content.lists import SHARED
from mira_workbook.records import Pair, Snapshot
from mira_workbook.rules.context import context_for, facts, fields_for, lists_for, local, today
from mira_workbook.rules.lineage import Lineage, lineage
from mira_workbook.rules.predicates import holds, rule_of
from mira_workbook.rules.progress import (
    Progress,
    following,
    is_set_up,
    next_move,
    progress,
    ready_to_move,
    team_fields,
)
from mira_workbook.rules.reading import (
    by_author,
    cells,
    counted,
    field_of,
    latest_round,
    picks,
    split,
    standing,
    team_rows,
)
from mira_workbook.rules.stage import Stage, fold


def stage_of(now: Snapshot) -> Stage:
    return fold(now.acts, now.workbook)


def opened(*steps: str, responses: Any = (), **other: Any) -> Snapshot:
    return here(session(small(), acts(*(("open", step) for step in steps)), responses, **other))


def words(*who: str, **other: Any) -> list[Any]:
    return [answer("own", "words", key, f"words of {key}", **other) for key in who]


# ---------------------------------------------------------------- reading


def test_names_are_split_into_step_field_and_column() -> None:
    assert split("sort.places") == ("sort", "places", "")
    assert split("sort.places.tier") == ("sort", "places", "tier")


def test_answers_stand_in_roster_order_and_without_those_taken_back() -> None:
    now = opened(responses=[*words("M3", "M1"), *words("M2", state="withdrawn")])
    assert [r.author for r in standing(now, "own", "words")] == ["M1", "M3"]
    assert by_author(now, "own.words") == {"M1": "words of M1", "M3": "words of M3"}


def test_late_answers_stand_but_do_not_count() -> None:
    now = opened(responses=[*words("M1"), *words("M2", late=True)])
    assert [r.author for r in standing(now, "own", "words")] == ["M1", "M2"]
    assert [r.author for r in counted(now, "own", "words")] == ["M1"]


def test_rounds_are_read_apart() -> None:
    now = opened(responses=[*words("M1"), *words("M2", round=2)])
    assert [r.author for r in standing(now, "own", "words", 2)] == ["M2"]
    assert (latest_round(now, "own", "words"), latest_round(now, "bye", "word")) == (2, 1)


def test_blank_cells_are_left_out() -> None:
    rows = table({"": "R1", "cost": 0}, {"": "R2"}, {"": "R3", "cost": None})
    now = opened(responses=[answer("own", "notes", "M1", rows), answer("own", "notes", "M2", None)])
    assert list(cells(now, "own.notes.cost")) == [("M1", "R1", 0)]


def test_a_first_pick_is_the_row_with_the_value_or_the_first_of_an_order() -> None:
    assert picks(demo(), "sort.places.tier", "priority") == {
        "M1": "C7",
        "M2": "C4",
        "M3": "C3",
        "M4": "C1",
        "M5": "C1",
        "M6": "C1",
        "M7": "C4",
        "M8": "C2",
    }
    now = opened(responses=[answer("rank", "order", "M1", ["C2", "C1"]), answer("rank", "order", "M2", [])])
    assert picks(now, "rank.order") == {"M1": "C2"}


def test_a_teams_rows_are_those_of_its_latest_round() -> None:
    one, two = table({"": "C1", "label": "One"}), table({"": "C1", "label": "Two"})
    now = opened(responses=[answer("list", "ideas", "TEAM", one), answer("list", "ideas", "TEAM", two, round=2)])
    assert team_rows(now, "list.ideas") == two
    assert team_rows(opened(), "list.ideas") == []


def test_a_name_finds_its_field_or_column() -> None:
    assert field_of(small(), "own.mood").label == "How is it?"
    assert field_of(small(), "own.notes.cost").unit == "USD"


# ---------------------------------------------------------------- conditions


@pytest.mark.parametrize(("people", "small_team"), [(1, True), (2, True), (3, False)])
def test_a_team_is_smaller_by_those_present(people: int, *, small_team: bool) -> None:
    now = opened()
    members = tuple(m if i < people else replace(m, excused_at=START) for i, m in enumerate(now.members))
    use = Use.model_validate({"use": "team_smaller_than", "n": 3})
    assert holds(replace(now, members=members), Stage(), use) is small_team


def hands(*fists: int, rule: str | None = "all", late: int = 9) -> Snapshot:
    now = upto("consent")
    kept = [r for r in now.responses if r.step != "consent" and (r.step, r.field) != ("open", "support_needed")]
    given = [answer("consent", "fist", f"M{i}", fist, late=i == late) for i, fist in enumerate(fists, 1)]
    rules = [answer("open", "support_needed", "FACIL", rule)] if rule else []
    first_round = tuple(a for a in now.acts if a.round == 1)
    return replace(now, responses=(*kept, *rules, *given), members=now.members[:5], acts=first_round)


@pytest.mark.parametrize(
    ("now", "agreed"),
    [
        (hands(3, 4, 5, 5, 3), True),
        (hands(2, 4, 5, 5, 3), False),
        (hands(2, 4, 5, 5, 3, rule=None), False),
        (hands(2, 4, 5, 5, 3, rule="all_but_one"), True),
        (hands(2, 2, 5, 5, 3, rule="all_but_one"), False),
        (hands(2, 4, 5, 5, 3, rule="share80"), True),
        (hands(3, 4, 5, 5), False),
        (hands(3, 4, 5, 5, 3, late=5), False),
        (hands(), False),
    ],
    ids=["all", "one low", "all if not said", "but one", "two low", "share", "one missing", "one late", "no hands"],
)
def test_a_team_has_agreed_by_the_support_it_set_out_for(now: Snapshot, *, agreed: bool) -> None:
    use = Use.model_validate({"use": "agreed", "of": "consent"})
    assert holds(now, stage_of(now), use) is agreed


def test_in_a_second_round_its_own_hands_decide() -> None:
    now = hands(0, 4, 5, 5, 3)
    again = [answer("consent", "fist", f"M{i}", 4, round=2) for i in range(1, 6)]
    now = acted(replace(now, responses=(*now.responses, *again)), "round", "consent", 2)
    assert holds(now, stage_of(now), Use.model_validate({"use": "agreed", "of": "consent"}))


def test_a_rule_is_a_word_of_its_own_or_the_teams_answer() -> None:
    assert rule_of(demo(), "share80") == "share80"
    assert rule_of(hands(rule="all_but_one"), "open.support_needed") == "all_but_one"
    assert rule_of(hands(rule=None), "open.support_needed") == "all"


# ---------------------------------------------------------------- whose idea it was

WAY = ("candidates.proposals.label", "candidates.candidates.merged_from", "statement.candidate_id")


def test_the_demo_teams_ideas_are_followed_into_the_sentence() -> None:
    found = lineage(demo(), *WAY)
    assert replace(found, mine={}) == Lineage(16, 7, 8, 7, 7, {})
    assert found.mine["M8"] == ("Reading groups missed on Mondays",)
    assert "M1" not in found.mine


def test_before_a_choice_nobodys_idea_is_in_it() -> None:
    assert lineage(demo(steps=5), *WAY) == Lineage(16, 7, 8, 7, 0, {})
    assert lineage(demo(steps=3), *WAY) == Lineage(0, 0, 0, 0, 0, {})


def test_a_source_that_was_taken_back_is_nobodys() -> None:
    kept = tuple(r for r in demo().responses if (r.step, r.field, r.author) != ("candidates", "proposals", "M8"))
    found = lineage(replace(demo(), responses=kept), *WAY)
    assert (found.proposals, found.people, found.in_list, found.in_chosen) == (14, 7, 6, 6)


# ---------------------------------------------------------------- what answers are checked against


def test_a_day_begins_at_midnight_of_the_meetings_place() -> None:
    meeting = opened().meeting
    assert today(meeting, datetime(2024, 5, 15, 3, 59, tzinfo=UTC)) == date(2024, 5, 14)
    assert today(meeting, datetime(2024, 5, 15, 4, 0, tzinfo=UTC)) == date(2024, 5, 15)


@pytest.mark.parametrize("zone", ["Nowhere/Land", "", "../etc/passwd"])
def test_a_place_that_is_not_known_keeps_to_utc(zone: str) -> None:
    moment = datetime(2024, 5, 15, 3, 59, tzinfo=UTC)
    assert local(replace(opened().meeting, timezone=zone), moment) == moment


def test_lists_are_the_shared_the_team_and_what_was_pinned_for_this_member() -> None:
    now = demo(steps=5)
    lists = lists_for(now, stage_of(now), "M1")
    assert lists["decision"] == SHARED["decision"]
    assert [o.id for o in lists["team"]] == [f"M{i}" for i in range(1, 9)]
    assert [o.id for o in lists["my_colleagues"]] == ["M2", "M3"]
    assert lists_for(now, stage_of(now))["my_colleagues"] == ()


def test_a_list_as_it_was_pinned_wins_over_the_team_of_now() -> None:
    now = opened()
    pinned = acted(now, "open", "own", lists={"team": [["M1", "Dana Whitfield"]]})
    assert lists_for(pinned, stage_of(pinned))["team"] == (Option("M1", "Dana Whitfield"),)


def test_a_context_knows_the_day_the_names_and_who_leads() -> None:
    context = context_for(demo(), stage_of(demo()), "M1", date(2024, 5, 14), draft=True)
    assert (context.today, context.draft, context.names[0]) == (date(2024, 5, 14), True, "Dana Whitfield")
    assert context.facts == {"leader:rank.order": "C1"}
    assert facts(demo(steps=6), stage_of(demo(steps=6))) == {"leader:rank.order": None}


def test_team_fields_open_with_the_step_or_with_the_reveal() -> None:
    step = demo().workbook.step("candidates")
    assert [f.key for f in fields_for(step, after_reveal=True)] == ["candidates", "set_aside"]  # type: ignore[attr-defined]
    assert fields_for(step, after_reveal=False) == ()


# ---------------------------------------------------------------- who is in


def in_own(now: Snapshot) -> Progress:
    return progress(now, stage_of(now), now.workbook.step("own"))


def test_who_is_in_is_counted_among_those_present() -> None:
    now = opened("own", responses=words("M1"))
    assert in_own(now) == Progress(("M1",), ("M1", "M2", "M3"), 3, all_in=False, can_show=False, count=1)
    away = replace(now, members=(now.members[0], *(replace(m, excused_at=START) for m in now.members[1:])))
    assert in_own(away) == Progress(("M1",), ("M1",), 1, all_in=True, can_show=True, count=1)


def test_an_answer_of_one_who_left_does_not_count() -> None:
    now = opened("own", responses=words("M1", "M2", "M3"))
    away = replace(now, members=(*now.members[:2], replace(now.members[2], excused_at=START)))
    assert in_own(away) == Progress(("M1", "M2"), ("M1", "M2"), 2, all_in=True, can_show=True, count=2)


@pytest.mark.parametrize(("people", "needed"), [(1, 1), (2, 2), (3, 3), (4, 3), (6, 3), (7, 4), (12, 6)])
def test_results_need_three_and_half_of_the_team(people: int, needed: int) -> None:
    members = tuple(replace(MEMBERS[0], id=i, key=f"M{i}") for i in range(1, people + 1))
    assert in_own(opened("own", members=members)).needed == needed


def test_nobody_can_show_results_of_nobody() -> None:
    gone = tuple(replace(m, excused_at=START) for m in MEMBERS)
    assert in_own(opened("own", members=gone)) == Progress((), (), 0, all_in=True, can_show=False, count=0)


def test_one_without_rows_of_their_own_is_not_waited_for() -> None:
    now = upto("role_reveal", shown_too=False)
    lists = dict(next(a.payload["own_lists"]["about_me"] for a in now.acts if a.step == "role_reveal"))
    bare = acted(now, "open", "role_reveal", own_lists={"about_me": {**lists, "M8": []}})
    step = bare.workbook.step("role_reveal")
    assert progress(bare, stage_of(bare), step).expected == tuple(f"M{i}" for i in range(1, 8))


# ---------------------------------------------------------------- what comes next


def test_what_comes_next_is_told_from_the_stage() -> None:
    lobby = opened()
    assert (next_move(lobby, stage_of(lobby)), ready_to_move(lobby, stage_of(lobby))) == ("go", True)
    asked = opened("own", responses=words("M1"))
    assert (next_move(asked, stage_of(asked)), ready_to_move(asked, stage_of(asked))) == ("show", False)
    answered = opened("own", responses=words("M1", "M2", "M3"))
    assert ready_to_move(answered, stage_of(answered))
    shown = acted(answered, "reveal", "own")
    assert next_move(shown, stage_of(shown)) == "go"
    last = opened("own", "list", "rank", "bye")
    assert (next_move(last, stage_of(last)), following(last, stage_of(last))) == ("end", None)
    over = acted(last, "end")
    assert next_move(over, stage_of(over)) is None


def test_a_step_left_out_is_passed_over() -> None:
    now = acted(opened("own"), "skip", "list")
    found = following(now, stage_of(now))
    assert found is not None
    assert found.key == "rank"


def test_a_second_round_comes_before_the_next_step_and_only_once() -> None:
    now = acted(upto("adjust"), "done", "adjust")
    first = replace(now, acts=tuple(a for a in now.acts if a.round == 1))
    assert next_move(first, stage_of(first)) == "again"
    assert next_move(now, stage_of(now)) == "go"


def test_a_team_is_ready_when_it_says_it_is_done() -> None:
    now = opened("own", "list")
    assert not ready_to_move(now, stage_of(now))
    done = acted(now, "done", "list")
    assert ready_to_move(done, stage_of(done))


def keys(now: Snapshot, step: str) -> list[str]:
    return [f.key for f in team_fields(now, stage_of(now), now.workbook.step(step))]


def test_team_fields_that_wait_for_the_reveal_come_with_it() -> None:
    assert keys(upto("candidates", shown_too=False), "candidates") == []
    assert keys(upto("candidates"), "candidates") == ["candidates", "set_aside"]


def test_what_a_facilitator_set_up_is_not_asked_again() -> None:
    told = upto("open")
    bare = replace(told, responses=())
    step = told.workbook.step("open")
    assert (is_set_up(told, step), is_set_up(bare, step)) == (True, False)
    assert keys(told, "open") == []
    assert keys(bare, "open") == ["support_needed", "fallback_decider", "review_date", "figures"]


def test_in_a_second_round_the_team_writes_nothing() -> None:
    assert keys(acted(opened("list"), "round", "list", 2), "list") == []


def test_pairs_count_as_one_where_pairs_answer() -> None:
    book = small()
    steps = tuple(s.model_copy(update={"mode": "pair"}) if s.key == "own" else s for s in book.steps)
    given = answer("own", "words", "PAIR1", "ours", author_kind="pair")
    now = opened("own", responses=[given], pairs=(Pair(1, (1, 2)), Pair(2, (3,))))
    counted_ = in_own(replace(now, workbook=book.model_copy(update={"steps": steps})))
    assert counted_ == Progress(("PAIR1",), ("PAIR1", "PAIR2"), 2, all_in=False, can_show=False, count=1)
