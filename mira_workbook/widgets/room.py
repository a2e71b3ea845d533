"""One member's view of a session at one moment, from which every screen is made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Context
from mira_workbook.content.definition import Step
from mira_workbook.records import Measure, Member, Response, Snapshot, Typing
from mira_workbook.rules.context import context_for, local, today
from mira_workbook.rules.entries import veiled
from mira_workbook.rules.hints import hints
from mira_workbook.rules.pairs import came, left, pair_for, pair_of, partners
from mira_workbook.rules.progress import (
    Progress,
    expected,
    in_pairs,
    is_anonymous,
    must_answer,
    own_fields,
    progress,
    team_fields,
)
from mira_workbook.rules.reading import standing
from mira_workbook.rules.sight import Viewer, shown, view
from mira_workbook.rules.stage import FACILITATOR, Stage, fold
from mira_workbook.rules.staying import midnight_after, open_until, takes_words
from mira_workbook.text import say_date, say_time
from mira_workbook.widgets.choices import Choices, Knocking, Shown

Phase = Literal["answer", "waiting", "together", "results"]


@dataclass(frozen=True)
class Room:
    """A session as one member sees it now.

    Attributes:
        snapshot: the whole session; only `seen` may reach a widget.
        me: the member; the one who leads at a table screen.
        entered_by: who writes here for `me`, "" where they write themselves.
        now: the moment, aware.
        drafts: (step, round, field) to text on its way, own, the pair's and the team's.
        before: the same of pairs that this member has left, as it was then.
        own_authors: (step, round) to the author under which this member's anonymous answers stand.
        choices: what this person looks at.
        pictures: the charts of a step as places on the page; none where nothing is on show.
        numbers: the measures of a step on show.
        knocking: people at the door.
        pages: address below which our server answers, "" where there is none.
        row_numbers: (step, round, field) to what this page called new rows, and the ids they have since.
    """

    snapshot: Snapshot
    me: Member
    now: datetime
    drafts: Mapping[tuple[str, int, str], Any] = field(default_factory=dict)
    before: Mapping[tuple[str, int, str], Any] = field(default_factory=dict)
    own_authors: Mapping[tuple[str, int], str] = field(default_factory=dict)
    choices: Choices = field(default_factory=Choices)
    pictures: Callable[[str], Sequence[Shown]] = lambda _step: ()
    numbers: Callable[[str], Sequence[Measure]] = lambda _step: ()
    knocking: Sequence[Knocking] = ()
    entered_by: str = ""
    pages: str = ""
    typing: Callable[[], Sequence[Typing]] = tuple
    row_numbers: Mapping[tuple[str, int, str], Mapping[str, str]] = field(default_factory=dict)

    @property
    def led(self) -> bool:
        """Whether somebody leads the session."""
        return self.snapshot.meeting.pace == "led"

    @property
    def leads(self) -> bool:
        """Whether this is a table screen of the one who leads."""
        return self.me.key == FACILITATOR

    @property
    def scribed(self) -> bool:
        """Whether somebody writes here for a person without a device."""
        return bool(self.entered_by) and not self.leads

    @cached_property
    def stage(self) -> Stage:
        """Where the session stands; words that are put aside stand in no list."""
        return veiled(self.snapshot, fold(self.snapshot.acts, self.snapshot.workbook))

    @cached_property
    def seen(self) -> Snapshot:
        """What this member may see."""
        return view(self.snapshot, self.stage, Viewer("member", self.me.key))

    @cached_property
    def shown(self) -> Snapshot:
        """The answers on show, with their authors: for numbers and starts, never for a screen."""
        return shown(self.snapshot, self.stage)

    @cached_property
    def context(self) -> Context:
        """What this member's answers are checked against."""
        return context_for(self.snapshot, self.stage, self.me.key, today(self.snapshot.meeting, self.now))

    @property
    def draft_context(self) -> Context:
        """The same for text on its way."""
        return replace(self.context, draft=True)

    def hints(self, name: str) -> dict[str, str]:
        """What is hinted at for each option of a list; nothing for other lists."""
        use = self.snapshot.workbook.lists.get(name)
        return hints(self.shown, use.arguments) if use is not None and use.use == "hinted" else {}

    @property
    def saving_context(self) -> Context:
        """The same for what is saved while it is written: a table need not be whole yet."""
        return replace(self.context, partial=True)

    @property
    def alone(self) -> bool:
        """Whether this is a team of one."""
        return len(self.snapshot.present()) <= 1

    def came_after(self, step: Step) -> bool:
        """Whether this member came when the step was open already, so that nobody could write in its rows for them."""
        names = (getattr(f, "rows_from", None) for f in step.asks("individual"))
        listed = [self.stage.own_lists[name] for name in names if name in self.stage.own_lists]
        joined, opened = self.me.joined_at, self.stage.opened.get(step.key)
        after = joined is not None and opened is not None and joined > opened
        return after or any(self.me.key not in members for members in listed)

    @property
    def came_late(self) -> bool:
        """Whether this member came after the first step had begun, and has not sent anything yet."""
        began = min(self.stage.opened.values(), default=None)
        late = began is not None and self.me.joined_at is not None and self.me.joined_at > began
        return late and self.stage.state == "open" and all(r.author != self.me.key for r in self.snapshot.responses)

    def round_of(self, step: Step) -> int:
        """The round a step is in."""
        return self.stage.round_of(step.key)

    def progress(self, step: Step) -> Progress:
        """Who is in."""
        return progress(self.snapshot, self.stage, step)

    def day(self, moment: datetime) -> str:
        """A moment's day in the meeting's time zone: “May 14, 2024”."""
        return say_date(local(self.snapshot.meeting, moment).date())

    def clock(self, moment: datetime) -> str:
        """A moment as the room's clock says it."""
        return say_time(local(self.snapshot.meeting, moment))

    def name(self, key: str) -> str:
        """A member's name by key."""
        if key == FACILITATOR:
            return say("the_facilitator")
        return next((m.name for m in self.snapshot.members if m.key == key), key)

    @cached_property
    def pair(self) -> str:
        """The name of my pair, "" before there are pairs."""
        return pair_of(self.snapshot, self.me.key)

    def _works_on(self, step: Step) -> bool:
        return step.key in self.stage.now_open and not self.revealed(step)

    @cached_property
    def has_moved(self) -> bool:
        """Whether I have come to this pair from another one while the open step was at work."""
        at = came(self.snapshot, self.me.key)
        return bool(left(self.snapshot, self.me.key)) and at is not None and at > self._since

    @property
    def newcomers(self) -> tuple[str, ...]:
        """Keys of those who came to my pair after me while the open step was at work."""
        mine = came(self.snapshot, self.me.key)
        since = max(self._since, mine) if mine else self._since
        found = {key: came(self.snapshot, key) for key in partners(self.snapshot, self.me.key)}
        return tuple(key for key, at in found.items() if at is not None and at > since)

    @property
    def _since(self) -> datetime:
        """When the steps that are open now were opened last."""
        return self.stage.path[-1].since if self.stage.path else self.now

    def mine(self, step: Step, round_: int) -> dict[str, Any]:
        """My submitted values of a step's round by field, and my pair's; for a scribe only what the scribe entered."""
        given = self._given(step, round_)
        return {key: r.value for key, r in given.items() if not self.scribed or r.entered_by == self.entered_by}

    def _given(self, step: Step, round_: int) -> dict[str, Response]:
        return {
            f.key: r
            for f in own_fields(step)
            for r in standing(self.snapshot, step.key, f.key, round_)
            if r.author == self._author(step, f, round_)
        }

    def sent(self, step: Step) -> bool:
        """Whether an answer of this person stands in the step's round, whoever entered it."""
        return self._is_in(step, self.round_of(step))

    def has_draft(self, step: Step) -> bool:
        """Whether text of this person is on its way in the step's round."""
        return any((step.key, self.round_of(step), f.key) in self.drafts for f in own_fields(step))

    def passed(self, step: Step) -> bool:
        """Whether this person has left the step out, and has not changed their mind on this page."""
        place = (step.key, self.round_of(step))
        return (*place, self.me.key) in self.stage.passed and place not in self.choices.answering

    def can_still_send(self, step: Step) -> bool:
        """Whether the step has gone on, but still takes this person's answer."""
        mine = self.asked_of_me(step) or (step.key, self.round_of(step), self.me.key) in self.stage.passed
        asked = mine and self.required_alone(step) and not in_pairs(step) and not is_anonymous(step)
        gone = step.key not in self.stage.now_open or self.revealed(step)
        left_out = step.key in self.stage.skipped
        return asked and gone and not left_out and step.key in self.stage.opened and not self.sent(step)

    def takes_the_rest(self, step: Step) -> bool:
        """Whether the whole step still takes this person's answer: of a led session until midnight after its end."""
        ended = self.stage.ended_at
        over = self.led and ended is not None and self.now >= midnight_after(self.snapshot.meeting, ended)
        return self.can_still_send(step) and not over

    def _author(self, step: Step, asked: Any, round_: int) -> str:
        """The author under which my answer to a field stands."""
        if step.mode_of(asked) == "pair":
            return self.pair if self._works_on(step) else pair_for(self.snapshot, self.me.key, step.key, round_)
        if step.attribution_of(asked) == "anonymous":
            return self.own_authors.get((step.key, round_), "")
        return self.me.key

    def _is_in(self, step: Step, round_: int) -> bool:
        """Whether I have answered: what a partner sent for both of us is not yet what I am asked alone."""
        mine = self._given(step, round_)
        return bool(mine) if in_pairs(step) else any(f.key in mine for f in step.asks("individual"))

    def asked_of_me(self, step: Step) -> bool:
        """Whether the step asks this member anything: not where its rows are personal and there are none."""
        if (step.key, self.round_of(step)) in self.choices.answering:
            return True
        if in_pairs(step):
            return bool(self.pair)
        return any(m.key == self.me.key for m in expected(self.snapshot, self.stage, step))

    def revealed(self, step: Step) -> bool:
        """Whether the answers of the step's round have been shown."""
        return (step.key, self.round_of(step)) in self.stage.revealed

    def put_away(self, step: Step) -> bool:
        """Whether answers that were shown are put away for now."""
        return (step.key, self.round_of(step)) in self.stage.hidden

    def is_closed(self, step: Step, asked: Any) -> bool:
        """Whether an anonymous field takes nothing more: its answers were on show once."""
        anonymous = step.attribution_of(asked) == "anonymous"
        return anonymous and (step.key, self.round_of(step)) in self.stage.first_shown

    def is_put_back(self, step: Step) -> bool:
        """Whether anonymous answers of the step were on show once, and showing them was undone."""
        return is_anonymous(step) and self.stage.was_put_back(step.key, self.round_of(step))

    def to_add(self, step: Step) -> tuple[Any, ...]:
        """The fields of a step that this person may still fill, for days after the end; of a table the rows left."""
        mine = self.mine(step, self.round_of(step))
        still = [f for f in step.asks("individual") if self.now < (self.open_until(step, f) or self.now)]
        found = [_left_to_fill(f, mine.get(f.key)) for f in still]
        return tuple(f for f in found if f is not None)

    def open_until(self, step: Step, asked: Any) -> datetime | None:
        """When a field closes that stays open for days after the end."""
        return open_until(self.snapshot.meeting, self.stage, step, asked)

    @property
    def leaving(self) -> Step | None:
        """What the end page asks of everybody; None before the end, and where nothing is asked."""
        return self.snapshot.workbook.leaving if self.stage.state == "ended" else None

    def _leaves_a_word(self, step: Step) -> bool:
        """Whether this page asks for a word of the end: of who counts."""
        return self.asked_of_me(step) and takes_words(self.snapshot.meeting, self.stage, step, self.now)

    @property
    def added(self) -> Step | None:
        """The step on this page in which something is filled days after the end."""
        step = next((s for s in self.snapshot.workbook.steps if s.key == self.choices.adding), None)
        return step if step is not None and self.to_add(step) else None

    def asked_alone(self, step: Step) -> tuple[Any, ...]:
        """What this page asks of one person, or of a pair: days after the end only what stays open."""
        return self.to_add(step) if self.added == step else own_fields(step)

    def writes(self, step: Step) -> tuple[Any, ...]:
        """The team fields that this page may fill now: where somebody leads, theirs are only shown to the others."""
        fields = team_fields(self.snapshot, self.stage, step)
        if not self.led or self.leads:
            return fields
        return tuple(f for f in fields if step.mode_of(f) != "facilitator")

    def required_alone(self, step: Step) -> bool:
        """Whether everybody has to answer something before the answers are shown, alone or with a partner."""
        return must_answer(step)

    def takes_late(self, step: Step) -> bool:
        """Whether who has not answered may still do so after the answers are shown."""
        return self.required_alone(step) and not in_pairs(step) and not is_anonymous(step)

    def phase(self, step: Step) -> Phase:
        """What this member does in a step now."""
        if self.added == step or (step.closing and not self.sent(step) and self._leaves_a_word(step)):
            return "answer"
        key = (step.key, self.round_of(step))
        is_in = self._is_in(step, key[1]) and key not in self.choices.changing
        owes = self.required_alone(step) and self.asked_of_me(step) and not is_in and not self.passed(step)
        owes = owes and not self.is_put_back(step)
        if owes and (not self.revealed(step) or key in self.choices.sending_late):
            return "answer"
        if self.required_alone(step) and not self.revealed(step):
            return "waiting"
        if self.writes(step) and key not in self.stage.done:
            return "together"
        return "results"

    def screen_key(self, step: Step) -> str:
        """What names the screen of a step: another one opens exactly where this changes."""
        return self._screen_key(step, self.phase(step))

    def _screen_key(self, step: Step, phase: Phase) -> str:
        key = f"{step.key}:{self.round_of(step)}:{phase}"
        if step.asks("pair") and left(self.snapshot, self.me.key):
            # Who has come to another pair gets another screen: words typed in the first one are not the second one's.
            key += f":{self.pair}"
        return f"{key}:{self.me.key}" if self.scribed else key

    def still_takes(self, screen: str) -> Step | None:
        """The step that asked for an answer on this screen, as long as it takes one."""
        step = next((s for s in self.snapshot.workbook.steps if self._screen_key(s, "answer") == screen), None)
        if step is None:
            return None
        is_open = step.key in self.stage.now_open and self.phase(step) == "answer"
        return step if is_open or self.can_still_send(step) else None

    def my_step(self) -> Step | None:
        """The step on my page.

        That is an earlier one that I send after all; where everybody was called, that one; in a warm-up stretch the
        first that still waits for me; else the one open last.
        """
        if self.visited is not None or self.added is not None:
            return self.visited or self.added
        steps = [self.snapshot.workbook.step(key) for key in self.stage.now_open]
        called = next((step for step in steps if step.key == self.stage.called), None)
        if called is not None:
            return called
        for step in steps:
            if self.phase(step) == "answer":
                return step
        return steps[-1] if steps else None

    @property
    def visited(self) -> Step | None:
        """The step that this person went to from another page, as long as it takes an answer."""
        step = next((s for s in self.snapshot.workbook.steps if s.key == self.choices.visit), None)
        if step is None or self.phase(step) not in {"answer", "together"}:
            return None
        return step if step.key in self.stage.now_open or self.can_still_send(step) else None


def _left_to_fill(asked: Any, stood: Any) -> Any:
    """A field as it may be filled beside what stands in it; None where nothing more goes in."""
    if stood is None:
        return asked
    room = getattr(asked, "max_rows", 0) - len(stood) if isinstance(stood, list) else 0
    return asked.model_copy(update={"max_rows": room, "min_rows": 1}) if room > 0 else None
