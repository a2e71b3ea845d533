"""Who is in, and what a session may do next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mira_workbook.content.definition import Step
from mira_workbook.records import Member, Snapshot
from mira_workbook.rules import pairs
from mira_workbook.rules.predicates import holds
from mira_workbook.rules.reading import standing
from mira_workbook.rules.stage import Stage, Target

REVEAL_FLOOR = 3
ANONYMOUS_FLOOR = 5
AFTER_ROUND_2 = "after_round_2"
"""Control of fields that come up when a second round has not brought agreement."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step's round is: who is in, of how many, and whether its answers may be shown.

    Attributes:
        arrived: keys of members whose answer is in, roster order; in a step that pairs answer, names of pairs.
        expected: keys of members who count, or names of the pairs of which somebody is here.
        needed: how many must be in before a reveal.
        all_in: everyone who counts is in.
        can_show: a reveal is allowed now.
        count: how many answers are in; once anonymous ones are sealed nobody is known to have arrived.
    """

    arrived: tuple[str, ...]
    expected: tuple[str, ...]
    needed: int
    all_in: bool
    can_show: bool
    count: int = 0


def is_anonymous(step: Step) -> bool:
    """Whether any individual field of the step is anonymous."""
    return any(step.attribution_of(f) == "anonymous" for f in step.asks("individual"))


def own_fields(step: Step) -> tuple[Any, ...]:
    """The fields that a person answers alone or with a partner, before they are shown."""
    return (*step.asks("individual"), *step.asks("pair"))


def must_answer(step: Step) -> bool:
    """Whether everybody, or every pair, has to answer something before it is shown."""
    return any(f.required for f in own_fields(step))


def in_pairs(step: Step) -> bool:
    """Whether pairs are the units of a step: nobody answers it alone."""
    return bool(step.asks("pair")) and not step.asks("individual")


def expected(snapshot: Snapshot, stage: Stage, step: Step) -> tuple[Member, ...]:
    """The members who count in a step: present, and not without rows where its rows are personal."""
    personal = [
        stage.own_lists[name]
        for name in (getattr(f, "rows_from", None) for f in step.asks("individual"))
        if name and name in stage.own_lists
    ]
    must = any(f.required for f in step.asks("individual"))
    return tuple(m for m in snapshot.present() if not personal or not must or any(p.get(m.key) for p in personal))


def progress(snapshot: Snapshot, stage: Stage, step: Step, round_: int | None = None) -> Progress:
    """Count who is in for the step's round."""
    now = round_ or stage.round_of(step.key)
    have = _answered(snapshot, step, now)
    out = _out(snapshot, stage, step, now)
    units = pairs.here(snapshot) if in_pairs(step) else [m.key for m in expected(snapshot, stage, step)]
    who = [key for key in units if key in have or key not in out]
    arrived = tuple(key for key in who if key in have)
    all_in = len(arrived) == len(who)
    floor = max(min(REVEAL_FLOOR, len(who)), (len(who) + 1) // 2)
    count = len(arrived)
    enough = count >= floor
    if is_anonymous(step):
        count = max(count, min(_voices(snapshot, step, now), len(who)))
        again = stage.was_put_back(step.key, now)
        judge = _once_more if again else _anonymous
        floor, enough = judge(snapshot, stage, step, (count, who, all_in))
    return Progress(arrived, tuple(who), floor, all_in, enough and bool(who), count)


def _answered(snapshot: Snapshot, step: Step, round_: int) -> set[str]:
    """Names of those whose answer is in; who stands behind an anonymous one is known until it is sealed."""
    have = {r.author for f in own_fields(step) for r in standing(snapshot, step.key, f.key, round_)}
    return have | {key for key, of, in_round in snapshot.arrived if (of, in_round) == (step.key, round_)}


def _out(snapshot: Snapshot, stage: Stage, step: Step, round_: int) -> set[str]:
    """Who does not count unless they answer: people who passed, or came after the answers were shown."""
    out = {who for of, in_round, who in stage.passed if (of, in_round) == (step.key, round_)}
    if in_pairs(step):
        return {pair for pair in pairs.here(snapshot) if set(pairs.present_in(snapshot, pair)) <= out}
    if is_anonymous(step) and stage.was_put_back(step.key, round_):
        # Nobody can add to what the room has seen.
        return {m.key for m in snapshot.present()}
    shown_at = stage.revealed.get((step.key, round_))
    return out | {m.key for m in snapshot.present() if shown_at and m.joined_at and m.joined_at > shown_at}


def writing(snapshot: Snapshot, stage: Stage) -> tuple[str, ...]:
    """Who has words on the way in an open step: units not in yet whose draft lies there, in roster order."""
    found: dict[str, None] = {}
    leaving = snapshot.workbook.leaving if stage.state == "ended" else None
    for key in (*stage.now_open, *([leaving.key] if leaving else [])):
        step, round_ = snapshot.workbook.step(key), stage.round_of(key)
        if (key, round_) in stage.revealed or key in stage.skipped:
            continue
        now = progress(snapshot, stage, step)
        missing = [who for who in now.expected if who not in now.arrived and (who, key) in snapshot.drafting]
        found |= dict.fromkeys(missing)
    return tuple(found)


def own_place(snapshot: Snapshot, stage: Stage, member: str) -> tuple[str, int]:
    """The open step, and its round, that waits for a member: the first without an answer of theirs, else the last."""
    for key in stage.now_open:
        round_ = stage.round_of(key)
        unit = pairs.pair_of(snapshot, member) if in_pairs(snapshot.workbook.step(key)) else member
        waits = unit not in _answered(snapshot, snapshot.workbook.step(key), round_)
        if waits and (key, round_, member) not in stage.passed:
            return key, round_
    return stage.current, stage.round_of(stage.current)


def is_warming_up(snapshot: Snapshot, stage: Stage) -> bool:
    """Whether only warm-up steps have been open so far: the people work ahead, and the meeting has not begun."""
    return stage.state == "open" and all(snapshot.workbook.step(key).warm_up for key in stage.opened)


def _voices(snapshot: Snapshot, step: Step, round_: int) -> int:
    """How many people stand behind the anonymous answers of a round; their names tell nothing."""
    asked = [f for f in step.asks("individual") if step.attribution_of(f) == "anonymous"]
    return max(len({r.author for r in standing(snapshot, step.key, f.key, round_)}) for f in asked)


def _anonymous(snapshot: Snapshot, stage: Stage, step: Step, found: tuple[int, list[str], bool]) -> tuple[int, bool]:
    """Anonymous answers need five, or what was set before the step opened.

    Teams smaller than five need everybody's word that they may be guessed, and every answer, whatever was set.
    """
    count, who, all_in = found
    if len(who) >= ANONYMOUS_FLOOR:
        floor = stage.thresholds.get(step.key, ANONYMOUS_FLOOR)
        return floor, count >= floor
    return len(who), all_in and all(m.guess_ok_at is not None for m in snapshot.present())


def _once_more(snapshot: Snapshot, stage: Stage, step: Step, found: tuple[int, list[str], bool]) -> tuple[int, bool]:
    """What was on show once may be shown again, whoever has come since; in small teams not without their word."""
    count, who, _ = found
    many = len(snapshot.present()) >= ANONYMOUS_FLOOR and count >= stage.thresholds.get(step.key, ANONYMOUS_FLOOR)
    return count, many or all(m.guess_ok_at is not None for m in snapshot.present() if m.key in who)


def shows_itself(step: Step) -> bool:
    """Whether the step has individual or pair answers that are shown with the step itself."""
    return any(step.reveal_of(f) == step.key and f.required and not is_private(step, f) for f in own_fields(step))


def is_private(step: Step, asked: Any) -> bool:
    """Whether an answer is between a person and the coach: the room never sees it."""
    return step.attribution_of(asked) == "coach"


def team_fields(snapshot: Snapshot, stage: Stage, step: Step) -> tuple[Any, ...]:
    """The fields the whole team fills in the room now.

    Those that wait for the reveal come with it; set-up fields come up only where nobody set them before; in a second
    round there are none.
    """
    if stage.round_of(step.key) != 1:
        return ()
    unlocked = not shows_itself(step) or (step.key, 1) in stage.revealed
    given = is_set_up(snapshot, step)
    return tuple(
        f
        for f in (*step.asks("facilitator"), *step.asks("team"))
        if (unlocked or not f.after_reveal) and not (f.setup and given) and f.control != AFTER_ROUND_2
    )


def is_set_up(snapshot: Snapshot, step: Step) -> bool:
    """Whether a facilitator gave all that a step's set-up needs, before the room met."""
    need = [f for f in step.fields if f.setup and f.required]
    given = [r for f in need for r in standing(snapshot, step.key, f.key) if r.author_kind == "facilitator"]
    return len(given) == len(need)


def blank_set_up(snapshot: Snapshot, step: Step) -> tuple[Any, ...]:
    """What a step's set-up needs and nobody has given yet, beforehand or in the room."""
    return tuple(f for f in step.fields if f.setup and f.required and snapshot.team_answer(step.key, f.key) is None)


def next_move(snapshot: Snapshot, stage: Stage) -> Target | None:
    """What comes next: show the answers, a second round, the next step, or the end; after it the words of the end."""
    if stage.state == "ended":
        return "words" if words_to_show(snapshot, stage) else None
    if stage.state == "lobby":
        return "go"
    step = snapshot.workbook.step(stage.current)
    round_ = stage.round_of(step.key)
    waits = (step.key, round_) not in stage.revealed and step.key not in stage.skipped
    waits = waits and not is_ahead(snapshot, stage, step)
    # Where rows come from others and nobody wrote any, nobody is asked, and there is nothing to show.
    if waits and shows_itself(step) and progress(snapshot, stage, step).expected:
        return "show"
    if _goes_back(snapshot, stage, step):
        return "again"
    return "go" if stage.interrupted or any(to_come(snapshot, stage)) else "end"


def words_to_show(snapshot: Snapshot, stage: Stage) -> Step | None:
    """The step whose words of the end may be shown now: enough are in, and they are not shown yet; None for none."""
    step = snapshot.workbook.leaving
    if step is None or stage.state != "ended" or snapshot.meeting.ended_at is not None:
        return None
    if (step.key, 1) in stage.revealed or (step.key, 1) in stage.sealed:
        return None
    return step if progress(snapshot, stage, step).can_show else None


def has_every_word(snapshot: Snapshot, stage: Stage) -> bool:
    """Whether the words of the end show themselves: nobody is left to send one, and they were never shown."""
    step = words_to_show(snapshot, stage)
    return step is not None and (step.key, 1) not in stage.first_shown and progress(snapshot, stage, step).all_in


def _goes_back(snapshot: Snapshot, stage: Stage, step: Step) -> bool:
    """Whether a step leads to the second round of an earlier one."""
    if not step.again or stage.round_of(step.again) != 1 or step.key in stage.skipped:
        return False
    return step.again_when is None or holds(snapshot, stage, step.again_when)


def following(snapshot: Snapshot, stage: Stage) -> Step | None:
    """The step that would open next; None at the end.

    It is still to come and not to be skipped as things stand; or the one that was interrupted when an earlier one was
    opened again.
    """
    if stage.interrupted:
        return snapshot.workbook.step(stage.interrupted[-1])
    for step in to_come(snapshot, stage):
        if not (step.skip_when and holds(snapshot, stage, step.skip_when)):
            return step
    return None


def ahead(snapshot: Snapshot, stage: Stage) -> tuple[Step, ...]:
    """The steps that are still to come, as things stand."""
    left = (s for s in to_come(snapshot, stage) if not (s.skip_when and holds(snapshot, stage, s.skip_when)))
    return (*(snapshot.workbook.step(key) for key in stage.interrupted), *left)


def to_come(snapshot: Snapshot, stage: Stage) -> Iterator[Step]:
    """The steps that are neither opened nor skipped, and warm-up steps that the room looks at together once more.

    What is optional opens only where somebody asks for it.
    """
    for step in snapshot.workbook.sitting:
        if step.optional or step.key in stage.skipped:
            continue
        if step.key not in stage.opened or (step.key not in stage.now_open and is_ahead(snapshot, stage, step)):
            yield step


def on_request(snapshot: Snapshot, stage: Stage) -> Step | None:
    """The optional step that may open now: at the end, and once; None before that."""
    if stage.state != "open" or next_move(snapshot, stage) != "end":
        return None
    return next((s for s in snapshot.workbook.steps if s.optional and s.key not in stage.opened), None)


def began(snapshot: Snapshot, stage: Stage) -> datetime | None:
    """When the meeting began: with the first step that is no warm-up."""
    steps = {step.key: step for step in snapshot.workbook.sitting}
    return next((at for key, at in stage.opened.items() if key in steps and not steps[key].warm_up), None)


def is_ahead(snapshot: Snapshot, stage: Stage, step: Step) -> bool:
    """Whether a warm-up step was only worked on ahead, and the room has something to do together in it."""
    if not (step.warm_up and step.minutes.together and snapshot.meeting.pace == "led"):
        return False
    met = began(snapshot, stage)
    if step.key not in stage.opened or (step.key, 1) in stage.revealed:
        return False
    return met is None or all(one.since < met for one in stage.path if step.key in one.steps)


def ready_to_move(snapshot: Snapshot, stage: Stage) -> bool:
    """Whether everybody's part of the open steps is done, so that one tap starts the countdown."""
    if stage.state == "lobby":
        return True
    for key in stage.now_open:
        step, round_ = snapshot.workbook.step(key), stage.round_of(key)
        waits = (key, round_) not in stage.revealed and must_answer(step) and not step.optional
        if waits and not progress(snapshot, stage, step).all_in:
            return False
        if (key, 1) not in stage.done and team_fields(snapshot, stage, step):
            return False
    return True


def pen_page(step: Step, asked: Any) -> str:
    """The page whose pen writes a team field: its title where the team writes on two pages or more, else ""."""
    pages = {f.page for f in step.fields if step.mode_of(f) == "team"}
    return str(asked.page) if len(pages) > 1 else ""
