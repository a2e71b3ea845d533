"""What a coach's board needs of the world, and one session as it stands on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol

from mira_workbook.boards.doors import Drawn
from mira_workbook.catalogue import say
from mira_workbook.exports.block import Block
from mira_workbook.exports.blocks import blocks
from mira_workbook.exports.sighted import Sighted, sighted
from mira_workbook.records import Measure, Note, Session, Snapshot
from mira_workbook.rules.carry import carried
from mira_workbook.rules.context import local
from mira_workbook.rules.progress import expected, in_pairs, must_answer, progress
from mira_workbook.rules.retention import goes_at
from mira_workbook.rules.sight import Viewer
from mira_workbook.rules.stage import Stage
from mira_workbook.text import say_date, say_short_date

COACH = Viewer("coach")
PRIORITY = "priority.current"


@dataclass(frozen=True, slots=True)
class Taken:
    """One line of the log: when, by whom, in which format, how many lines."""

    at: datetime
    who: str
    format: str
    rows: int


class CoachDoors(Protocol):
    """The store's doors for a coach: the sessions whose coach's key this browser holds."""

    @property
    def pages(self) -> str:
        """Address below which our server answers, "" where there is none."""
        ...

    @property
    def keep_days(self) -> int:
        """Days a meeting is kept after its end; 0 keeps everything."""
        ...

    def now(self) -> datetime:
        """The time, aware."""
        ...

    def sessions(self) -> Sequence[Session]:
        """The sessions with their revisions, the oldest first."""
        ...

    def snapshot(self, session: Session) -> Snapshot:
        """A session as it stands, with its coaches' notes."""
        ...

    def numbers(self, snapshot: Snapshot) -> Sequence[Measure]:
        """Its measures on show, without what belongs to one person."""
        ...

    def pictures(self, snapshot: Snapshot, step: str) -> Sequence[Drawn]:
        """The pictures of a step on show."""
        ...

    def notes(self, session_id: int) -> Sequence[Note]:
        """The coaches' notes on a session, oldest first."""
        ...

    def note(self, session_id: int, text: str, *, shared: bool) -> None:
        """Keep a note."""
        ...

    def share(self, session_id: int, note_id: int, *, shared: bool) -> None:
        """Share a note with the team, or keep it to coaches again."""
        ...

    def drop(self, session_id: int, note_id: int) -> None:
        """Delete a note."""
        ...

    def file(self, snapshot: Snapshot, name: str, team: str) -> str:
        """The address of a meeting's file in a format, of one team or of all; "" where pages have no address."""
        ...

    def write(self, snapshots: Sequence[Snapshot], name: str) -> str:
        """Write files into a folder of this computer; where that is."""
        ...

    def log(self, snapshot: Snapshot) -> Sequence[Taken]:
        """Who took what out of a meeting, the latest first."""
        ...

    def note_taken(self, snapshots: Sequence[Snapshot], name: str, rows: int) -> None:
        """Note in the log of each meeting that something was taken from this page."""
        ...


@dataclass(frozen=True)
class Visit:
    """One session on a coach's board.

    Attributes:
        snapshot: the whole session; what people wrote is read through sight only.
        stage: where it stands, without what is hidden from the room.
        numbers: its measures, as a coach may see them.
    """

    snapshot: Snapshot
    stage: Stage
    numbers: Callable[[], Sequence[Measure]] = tuple

    @property
    def id(self) -> int:
        """The session's number."""
        return self.snapshot.session.id

    @property
    def day(self) -> date:
        """The day it was opened, in the room's time zone."""
        return local(self.snapshot.meeting, self.snapshot.meeting.opened_at).date()

    @property
    def name(self) -> str:
        """Whose visit it is, and when."""
        return say(
            "visit_name", team=self.snapshot.team.name, workbook=self.snapshot.workbook.title, day=say_date(self.day)
        )

    @property
    def when(self) -> str:
        """Which visit it is: its day, with what it was called."""
        return self._when(say_date(self.day))

    @property
    def short(self) -> str:
        """The same for a narrow column."""
        return self._when(say_short_date(self.day.isoformat()))

    def _when(self, day: str) -> str:
        occasion = self.snapshot.session.occasion
        return say("visit_when", day=day, occasion=occasion) if occasion else day

    @cached_property
    def measures(self) -> Sequence[Measure]:
        """Its measures on show."""
        return self.numbers()

    @cached_property
    def seen(self) -> Sighted:
        """The session as its files may hold it."""
        return sighted(self.snapshot, COACH)

    @cached_property
    def blocks(self) -> Sequence[Block]:
        """What the team has agreed on, as its hand-out says it."""
        return blocks(self.seen)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What items of the session's lists are called, where a coach may read it."""
        options = [option for name in self.stage.lists for option in self.seen.labels.listed(name, "")]
        return {option.id: option.label for option in options if option.label}

    @property
    def found(self) -> str:
        """What the team has found, "" until that stands."""
        return next((block.text for block in self.blocks if block.kind == "sentence"), "")

    @cached_property
    def answered(self) -> tuple[int, int]:
        """How many people have answered anything that they were asked alone, and how many were asked."""
        arrived: set[str] = set()
        asked: set[str] = set()
        for step in self.snapshot.workbook.steps:
            if step.key in self.stage.opened and step.key not in self.stage.skipped and must_answer(step):
                if in_pairs(step):
                    continue
                asked |= {member.key for member in expected(self.snapshot, self.stage, step)}
                arrived |= set(progress(self.snapshot, self.stage, step, 1).arrived)
        return len(asked & arrived), len(asked)

    @cached_property
    def priority(self) -> Mapping[str, Any]:
        """The priority as this session hands it on, or as it was handed to it."""
        value = carried(self.snapshot).get(PRIORITY) or self.snapshot.carries.get(PRIORITY)
        return value if isinstance(value, Mapping) else {}

    def next_day(self, today: date) -> tuple[str, bool]:
        """What comes next, and whether it is over time: a figure that somebody brings, or the day to look again."""
        figure, review = _day(self.priority.get("found_on")), _day(self.priority.get("review_date"))
        if figure is not None and "baseline" not in self.priority:
            return say("figure_due", day=say_short_date(figure.isoformat())), figure < today
        return (say_short_date(review.isoformat()), review < today) if review is not None else ("", False)


def kept_until(snapshot: Snapshot, keep_days: int) -> str:
    """Until when an ended meeting is kept, "" where that is not set, or not known yet."""
    ended = snapshot.meeting.ended_at
    at = goes_at(ended, keep_days) if ended else None
    return say("kept_until", day=say_date(local(snapshot.meeting, at).date())) if at else ""


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Looked:
    """What this page looks at; lives with the page, not in the store.

    Attributes:
        screen: teams, reading, compare or take.
        session: the session that is read or taken from, 0 for none.
        step: the step that is read, "" for what stands.
        picture: which of its pictures, counted from 0.
        as_table: whether that stands as a table.
        words: whether what was written stands there too.
        by: compare visits of one team, or teams in one workbook.
        team: the team whose visits are compared, by its number.
        slug: the workbook.
        whole: whether files hold all teams of the meeting.
        file: whether a file of the comparison was made.
        note: a sentence for whoever pressed last.
    """

    screen: str = "teams"
    session: int = 0
    step: str = ""
    picture: int = 0
    as_table: bool = False
    words: bool = False
    by: str = "visits"
    team: int = 0
    slug: str = ""
    whole: bool = False
    file: bool = False
    note: str = ""
