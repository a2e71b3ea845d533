"""Laws of the stage: whatever people tap in whatever order, answers are shown only when the rule allows it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import TINY

from mira_workbook.content.definition import Workbook
from mira_workbook.errors import MiraError
from mira_workbook.records import Act, Meeting, Member, NewAct, Response, Session, Snapshot, Team
from mira_workbook.rules import moves
from mira_workbook.rules.progress import expected, is_anonymous
from mira_workbook.rules.stage import Stage, fold, in_force

BOOK = Workbook.model_validate(TINY)
START = datetime(2025, 5, 2, 15, tzinfo=UTC)


@dataclass
class Simulated:
    """A session without a store: the same judges, acts and answers, in memory."""

    people: int
    now: datetime = START
    acts: list[Act] = field(default_factory=list)
    answers: dict[tuple[str, int, str], Response] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)

    @property
    def keys(self) -> list[str]:
        return [f"M{i}" for i in range(1, self.people + 1)]

    @property
    def snapshot(self) -> Snapshot:
        members = tuple(
            Member(i, key, key, joined_at=START, excused_at=START if key in self.away else None)
            for i, key in enumerate(self.keys, 1)
        )
        meeting = Meeting(1, "ABCDEF", "0" * 64, "own", "UTC", START)
        session = Session(1, 1, 1, rev=len(self.acts) + len(self.answers))
        return Snapshot(
            BOOK, meeting, session, Team(1, "t", "T"), members, tuple(self.acts), tuple(self.answers.values())
        )

    @property
    def stage(self) -> Stage:
        return fold(self.acts, BOOK)

    def act(self, judge: moves.Judge) -> None:
        try:
            made = judge(self.snapshot, self.now)
        except MiraError:
            return
        for act in made:
            self.add(act)

    def add(self, act: NewAct) -> None:
        seq = len(self.acts) + 1
        self.acts.append(
            Act(seq, self.now, act.kind, act.step, act.round, dict(act.payload), None, act.reason, act.undoes)
        )
        if act.kind == "excuse":
            self.away.add(act.payload["member"])

    def answer(self, member: str, *, back: bool = False) -> None:
        stage = self.stage
        if not stage.current or stage.is_shown(stage.current, stage.round_of(stage.current)):
            return
        asked = BOOK.step(stage.current).asks("individual")
        if asked:
            place = (stage.current, stage.round_of(stage.current), member)
            state: Any = "withdrawn" if back else "submitted"
            self.answers[place] = Response(
                1, place[0], place[1], "", asked[0].key, "member", member, 1, state, None if back else "words"
            )


TAPS = st.tuples(
    st.sampled_from(["go", "go", "go", "wait", "undo", "answer", "answer", "answer", "back", "excuse", "tick", "tick"]),
    st.integers(0, 6),
    st.sampled_from([0, 1, 11, 11, 70]),
)


def play(room: Simulated, what: str, who: int, seconds: int) -> None:
    member = room.keys[who % room.people]
    room.now += timedelta(seconds=seconds)
    doing = {
        "go": lambda: room.act(moves.go_on(member)),
        "wait": lambda: room.act(moves.wait(member)),
        "undo": lambda: room.act(moves.undo(member)),
        "answer": lambda: room.answer(member),
        "back": lambda: room.answer(member, back=True),
        "excuse": lambda: room.act(moves.excuse(member)) if len(room.away) < room.people - 1 else None,
        "tick": lambda: room.act(moves.tick()),
    }
    doing[what]()


@settings(max_examples=150, deadline=None)
@given(people=st.integers(1, 7), taps=st.lists(TAPS, min_size=10, max_size=60))
def test_answers_are_shown_only_when_enough_are_in(people: int, taps: list[tuple[str, int, int]]) -> None:
    room = Simulated(people)
    for tap in taps:
        before = room.stage.revealed.keys()
        play(room, *tap)
        stage, snapshot = room.stage, room.snapshot
        if tap[0] == "undo":
            assert stage.revealed.keys() <= before
        for step_key, round_ in stage.revealed.keys() - before:
            step = BOOK.step(step_key)
            units = {m.key for m in expected(snapshot, stage, step)}
            arrived = {
                m
                for (s, r, m), one in room.answers.items()
                if (s, r) == (step_key, round_) and one.state == "submitted" and m in units
            }
            assert len(arrived) >= min(3, len(units))
            assert 2 * len(arrived) >= len(units)
            assert not is_anonymous(step) or len(arrived) >= 5


@settings(max_examples=150, deadline=None)
@given(people=st.integers(1, 7), taps=st.lists(TAPS, min_size=5, max_size=40))
def test_an_undo_that_is_undone_changes_nothing(people: int, taps: list[tuple[str, int, int]]) -> None:
    room = Simulated(people)
    for tap in taps:
        play(room, *tap)
    before = replace(room.stage, ready=set(), closing=None)
    room.now += timedelta(seconds=1)
    count = len(room.acts)
    room.act(moves.undo("M1"))
    if len(room.acts) > count:
        room.add(NewAct("undo", undoes=room.acts[-1].seq))
        assert room.stage == before


@settings(max_examples=100, deadline=None)
@given(people=st.integers(1, 7), taps=st.lists(TAPS, min_size=5, max_size=40))
def test_the_stage_is_the_same_in_whatever_order_the_acts_are_read(
    people: int, taps: list[tuple[str, int, int]]
) -> None:
    room = Simulated(people)
    for tap in taps:
        play(room, *tap)
    assert fold(reversed(room.acts), BOOK) == room.stage
    assert [a.seq for a in in_force(room.acts)] == sorted(a.seq for a in in_force(room.acts))


def test_steps_that_the_pinned_workbook_does_not_have_draw_nothing() -> None:
    assert fold([Act(1, START, "open", "elsewhere")], BOOK).now_open == ()


def test_hiding_what_was_never_shown_does_nothing_and_showing_again_brings_it_back() -> None:
    acts = [Act(1, START, "open", "think"), Act(2, START, "hide", "think")]
    assert fold(acts, BOOK).hidden == set()
    acts = [acts[0], Act(2, START, "reveal", "think"), Act(3, START, "hide", "think")]
    assert not fold(acts, BOOK).is_shown("think", 1)
    assert fold([*acts, Act(4, START, "reveal", "think")], BOOK).is_shown("think", 1)
