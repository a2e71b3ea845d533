"""One team's session as a board sees it at one moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from mira_workbook.boards.doors import Drawn, Waiting
from mira_workbook.boards.people import Here, State, states
from mira_workbook.charts.base import Size
from mira_workbook.content.definition import Step
from mira_workbook.records import Measure, Member, Session, Snapshot
from mira_workbook.rules.progress import Progress, is_warming_up, must_answer, next_move, progress, team_fields
from mira_workbook.rules.stage import Stage, Target
from mira_workbook.widgets.room import Room

NOBODY = Member(0, "", "")
"""Who looks from a wall: no member, so nothing on it is anybody's own."""


@dataclass(frozen=True)
class Watched:
    """One team's session now.

    Attributes:
        snapshot: the whole session; what people wrote is read from `room.seen` only.
        stage: where it stands.
        here: what is known of people's pages.
        waiting: people at its door.
        pictures: a step and a size to its pictures on show.
        numbers: a step to its measures on show.
    """

    snapshot: Snapshot
    stage: Stage
    here: Here
    waiting: Sequence[Waiting] = ()
    pictures: Callable[[str, Size], Sequence[Drawn]] = lambda _step, _size: ()
    numbers: Callable[[str], Sequence[Measure]] = lambda _step: ()

    @property
    def session(self) -> Session:
        """The session."""
        return self.snapshot.session

    @property
    def slug(self) -> str:
        """The team's name in addresses and in buttons."""
        return self.snapshot.team.slug

    @property
    def now(self) -> datetime:
        """The moment."""
        return self.here.now

    @property
    def is_led(self) -> bool:
        """Whether a facilitator moves this session."""
        return self.snapshot.meeting.pace == "led"

    @cached_property
    def room(self) -> Room:
        """The session as everybody in the room may see it: nobody's own page."""
        return Room(self.snapshot, NOBODY, self.now, numbers=self.numbers)

    @cached_property
    def step(self) -> Step | None:
        """The step opened last; None in the lobby and after the end."""
        return self.snapshot.workbook.step(self.stage.current) if self.stage.current else None

    @property
    def round(self) -> int:
        """The round of that step."""
        return self.stage.round_of(self.stage.current)

    @cached_property
    def progress(self) -> Progress | None:
        """Who is in; None where nobody is asked to answer alone."""
        found = progress(self.snapshot, self.stage, self.step) if self.step and must_answer(self.step) else None
        return found if found and found.expected else None

    @cached_property
    def states(self) -> dict[str, State]:
        """Member key to how far they are."""
        return states(self.snapshot, self.stage, self.here)

    @cached_property
    def next(self) -> Target | None:
        """What comes next by itself: show, again, go, end; None once it has ended."""
        return next_move(self.snapshot, self.stage)

    @property
    def is_revealed(self) -> bool:
        """Whether the present answers have been shown, hidden again or not."""
        return (self.stage.current, self.round) in self.stage.revealed

    @property
    def is_shown(self) -> bool:
        """Whether they are on show now."""
        return self.stage.is_shown(self.stage.current, self.round)

    @cached_property
    def has_not_begun(self) -> bool:
        """Whether people still arrive: nothing is open, or only what may be done before the meeting."""
        return self.stage.state == "lobby" or is_warming_up(self.snapshot, self.stage)

    @property
    def is_collecting(self) -> bool:
        """Whether people answer alone now and nothing is shown."""
        return self.progress is not None and not self.is_revealed and not self.is_left_out

    @property
    def is_left_out(self) -> bool:
        """Whether the open step is being left out: the next move goes on from it."""
        return self.stage.current in self.stage.skipped

    @property
    def writes_together(self) -> bool:
        """Whether the team writes something in the room now."""
        done = (self.stage.current, self.round) in self.stage.done
        return self.step is not None and not done and bool(team_fields(self.snapshot, self.stage, self.step))

    def present(self) -> tuple[Member, ...]:
        """Everybody who counts."""
        return self.snapshot.present()

    def arrived(self) -> list[Member]:
        """Those who count and have come."""
        return [m for m in self.present() if self.here.joined(m)]

    def needing_help(self) -> list[Member]:
        """Who asked for help and has not got it."""
        return [m for m in self.snapshot.members if self.states[m.key] == "help"]


@dataclass(frozen=True)
class Where:
    """What this page looks at; lives with the page, not in the store.

    Attributes:
        view: run, grid, remote, present, wall or table.
        team: the team's slug, "" for all.
        filter: all, not_ready or help.
        names_until: when names are hidden again; `named` the one person meant, "" for all.
        note: a sentence for whoever pressed last.
    """

    view: str = ""
    team: str = ""
    filter: str = "all"
    names_until: datetime | None = None
    named: str = ""
    note: str = ""

    def shows_names(self, now: datetime, member: str = "") -> bool:
        """Whether names may be on the screen now."""
        open_now = self.names_until is not None and now < self.names_until
        return open_now and self.named in {"", member}
