"""Laws of sight: whatever people and who leads do, nobody gets what their role must not have."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sight_world import STEPS, World, check, do, moves, play, steps_played, world

from mira_workbook.content.privacy import may_become
from mira_workbook.rules import led
from mira_workbook.rules.breakdown import breakdown
from mira_workbook.rules.sight import Viewer, is_on_show, view
from mira_workbook.rules.stage import fold


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(played=steps_played, script=st.lists(moves, min_size=4, max_size=14))
def test_no_view_ever_holds_what_its_role_must_not_have(
    sqlite_template: Path, played: int, script: list[tuple[str, int, int]]
) -> None:
    with world(sqlite_template) as here:
        for _ in range(played):
            play(here, 6)
        for n, move in enumerate(script):
            do(here, move)
            check(here, n)
        for turn in range(4):
            check(here, turn)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=st.lists(moves, min_size=6, max_size=24))
def test_what_was_promised_above_an_answer_never_becomes_less_private(
    sqlite_template: Path, script: list[tuple[str, int, int]]
) -> None:
    with world(sqlite_template) as here:
        here.act(led.next_step())
        promised: dict[tuple[str, str], str] = {}
        for move in script:
            do(here, move)
            now = here.snapshot
            written = {r.step for r in now.responses} | {key for _, key in now.drafting}
            for one, asked in ((s, f) for s in now.workbook.steps for f in s.asks("individual")):
                how = one.attribution_of(asked)
                before = promised.get((one.key, asked.key), how)
                assert how == before or may_become(before, how)  # type: ignore[arg-type]
                if one.key in written:
                    promised[one.key, asked.key] = how


def test_a_walk_through_every_step_shows_everything_in_the_end(sqlite_template: Path) -> None:
    """So that the laws above are not kept by showing nothing."""
    with world(sqlite_template) as here:
        for _ in range(6):
            play(here, 6)
            for turn in range(4):
                check(here, turn)
        here.act(led.end())
        here.pass_time(90)
        for turn in range(4):
            check(here, turn)
        now = here.snapshot
        coach = str(view(now, fold(now.acts, now.workbook), Viewer("coach")).responses)
        assert len(here.written) == 72
        assert all(token in coach for token in here.written)


anonymous_moves = st.one_of(
    st.tuples(st.just("say"), st.integers(0, 5), st.just(0)),
    st.tuples(st.just("take back"), st.integers(0, 5), st.just(0)),
    st.just(("show and undo", 0, 0)),
    st.tuples(st.just("lead"), st.sampled_from([0, 1, 3, 4, 5, 6, 9, 11, 12, 13]), st.just(5)),
    st.tuples(st.just("wait"), st.sampled_from([2, 11, 61]), st.just(0)),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.integers(4, 6), script=st.lists(anonymous_moves, min_size=3, max_size=12))
def test_no_two_showings_of_one_anonymous_round_differ(
    sqlite_template: Path, people: int, script: list[tuple[str, int, int]]
) -> None:
    with world(sqlite_template) as here:
        for key in STEPS[:5]:
            here.act(led.skip(key))
        here.act(led.next_step())
        here.pass_time(11)
        for who in range(people):
            here.say(who, 0, draft=False)
        first: dict[tuple[str, int], list[str]] = {}
        for move in (*script, ("show and undo", 0, 0)):
            if move[0] == "show and undo":
                here.act(led.show())
                here.pass_time(11)
                compare(first, here)
                here.act(led.undo())
            else:
                do(here, move)
            compare(first, here)


def compare(first: dict[tuple[str, int], list[str]], here: World) -> None:
    """What is on show of an anonymous step's rounds is what was on show of each at first."""
    now = here.snapshot
    for round_ in (1, 2):
        given = [r for r in now.responses if (r.step, r.round) == ("whisper", round_)]
        stage = fold(now.acts, now.workbook)
        # What was withdrawn before has no words; its trace goes with the seal.
        seen = sorted(str(r.value) for r in given if r.value is not None and is_on_show(now, stage, r))
        if seen:
            assert seen == first.setdefault(("whisper", round_), seen)


groups = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9), max_size=6)


@given(groups)
def test_no_group_that_is_left_out_of_a_breakdown_can_be_computed(sizes: dict[str, int]) -> None:
    shown = breakdown(sizes)
    if shown is None:
        return
    hidden = {group: n for group, n in sizes.items() if group not in shown and n}
    assert all(n >= 3 for n in shown.values())
    rest = sum(sizes.values()) - sum(shown.values())
    # Whoever knows the whole knows the rest; it must fit more than one way to share it out among those left out.
    ways = [one for one in product(range(1, 3), repeat=len(hidden)) if sum(one) == rest]
    assert not hidden or len(hidden) >= 2
    assert not hidden or rest >= 3
    assert not hidden or len(ways) >= 1


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.dictionaries(st.sampled_from("xyz"), st.integers(0, 4)), max_size=6)
)
def test_a_breakdown_of_answers_keeps_to_the_same_rule(answers: dict[str, dict[str, int]]) -> None:
    shown = breakdown(answers)
    sizes = {group: sum(found.values()) for group, found in answers.items()}
    by_size = breakdown(sizes)
    assert (shown is None) == (by_size is None)
    assert shown is None or by_size is None or set(shown) == set(by_size)
    assert shown is None or all(shown[group] == answers[group] for group in shown)


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"lead": 2, "teach": 3, "support": 3}, None),
        ({"teach": 3, "support": 3}, {"teach": 3, "support": 3}),
        ({"lead": 1, "family": 2, "teach": 4}, {"teach": 4}),
        ({"lead": 1, "family": 1, "teach": 4}, None),
        ({"lead": 0, "family": 2, "teach": 4}, None),
        ({"lead": 2, "family": 2}, None),
        ({}, None),
    ],
)
def test_groups_of_three_are_shown_where_nobody_follows_from_the_rest(
    sizes: dict[str, int], shown: dict[str, int] | None
) -> None:
    assert breakdown(sizes) == shown
