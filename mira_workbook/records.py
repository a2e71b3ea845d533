"""What happened: frozen records that every room above the store reads. Equality is equality of all fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from mira_workbook.content.definition import Workbook

AuthorKind = Literal["member", "pair", "team", "facilitator", "anon"]
Role = Literal["member", "facilitator", "coach", "viewer"]
LEADING = "is_of_who_leads"
"""Attribute of a judge that only a facilitator's seat may bring to the store."""


@dataclass(frozen=True, slots=True)
class Team:
    """The people, lasting. `facts`: students, school weeks, currency … as the set-up gave them."""

    id: int
    slug: str
    name: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a team. `key` (M1…) is public; `contract_min` is minutes a week."""

    id: int
    key: str
    name: str
    role: str = ""
    role_group: str = "other"
    contract_min: int | None = None
    position: int = 0
    joined_at: datetime | None = None
    excused_at: datetime | None = None
    guess_ok_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A member's time in a pair; `left_at` is None as long as it lasts."""

    member: int
    joined_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two or three members who share the records of pair steps; `n` from 1. `stays` also tells who was in it before."""

    n: int
    members: tuple[int, ...]
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """One sitting of one workbook by one or many teams; owns code, keys, pinned definition, pace and time zone."""

    id: int
    code: str
    definition_hash: str
    pace: Literal["own", "led"]
    timezone: str
    opened_at: datetime
    ended_at: datetime | None = None

    @property
    def content_version(self) -> str:
        """The first twelve characters of the definition's hash."""
        return self.definition_hash[:12]


@dataclass(frozen=True, slots=True)
class Session:
    """One team in one meeting; owns stage, answers and the two revisions."""

    id: int
    meeting_id: int
    team_id: int
    cycle: int = 1
    occasion: str = ""
    rev: int = 0
    stage_rev: int = 0


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done to a session's stage; the stage is the fold of all of them."""

    seq: int
    at: datetime
    kind: str
    step: str = ""
    round: int = 1
    payload: Mapping[str, Any] = field(default_factory=dict)
    seat_id: int | None = None
    reason: str = ""
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class NewAct:
    """An act to be written: what a judge gives."""

    kind: str
    step: str = ""
    round: int = 1
    payload: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """An answer, who gave it, and when. `item` is "" or a repeated record; latest version per key in a snapshot."""

    seq: int
    step: str
    round: int
    item: str
    field: str
    author_kind: AuthorKind
    author: str
    version: int
    state: Literal["submitted", "withdrawn"]
    value: Any
    late: bool = False
    entered_by: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """One browser bound to one role, and to a member, in one session."""

    id: int
    session_id: int
    meeting_id: int
    role: Role
    member_id: int | None = None
    member_key: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """One person of a session: whether they have come, and what their page last did, and when."""

    session_id: int
    member_id: int
    joined_at: datetime | None = None
    state: str = ""
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What one save brings: all fields of a step under one key, so that a retry inserts nothing.

    Attributes:
        step: the step's key.
        round: 1 or 2.
        save_key: made by the page; the same key again gets the first acknowledgement.
        values: field key to checked value; None withdraws the field's answer.
        author_kind: for whom it is saved.
        state: `submitted`, or `withdrawn` to take an answer back before it is shown.
        base: field key to the version a team record was built on.
        entered_by: who typed it for somebody: a member's key, or FACIL.
    """

    step: str
    round: int
    save_key: str
    values: Mapping[str, Any]
    author_kind: AuthorKind = "member"
    author: str = ""
    state: Literal["submitted", "withdrawn"] = "submitted"
    base: Mapping[str, int] = field(default_factory=dict)
    entered_by: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """The store's acknowledgement. `merged` holds team values that differ from what was sent."""

    saved_at: datetime
    seq: int
    versions: Mapping[str, int] = field(default_factory=dict)
    merged: Mapping[str, Any] = field(default_factory=dict)
    late: bool = False
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """Text on its way, restored on any device of its author; never exported."""

    step: str
    round: int
    item: str
    field: str
    value: Any
    at: datetime


@dataclass(frozen=True, slots=True)
class Carry:
    """One version of what a workbook hands on to those that come after it.

    Attributes:
        key: its name.
        version: 1, 2, …; the newest counts.
        value: as the source gave it; None if that was taken back.
        at: when it was written.
        source_session_id: where it comes from; None if typed in.
        used: the newest version this session has built on, None if none.
        slug, title, code: of the workbook and the meeting it comes from, "" if typed in.
    """

    key: str
    version: int
    value: Any
    at: datetime
    source_session_id: int | None = None
    used: int | None = None
    slug: str = ""
    title: str = ""
    code: str = ""

    @property
    def is_typed(self) -> bool:
        """Whether it was typed in, not carried."""
        return self.source_session_id is None


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a session: seen by those of its author's kind, and by whoever sees the team's files if it is shared."""

    id: int
    session_id: int
    author: str
    shared: bool
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything known of a session at one moment, read-only.

    `responses` holds the latest version per (step, round, item, field, author); `drafting` who has unsent text where.
    `carries` has the values that this session builds on by key, `built_on` the same with where they are from, and
    `newer` what was handed on since and says something else (message W04).
    """

    workbook: Workbook
    meeting: Meeting
    session: Session
    team: Team
    members: tuple[Member, ...]
    acts: tuple[Act, ...]
    responses: tuple[Response, ...]
    pairs: tuple[Pair, ...] = ()
    drafting: frozenset[tuple[str, str]] = frozenset()
    carries: Mapping[str, Any] = field(default_factory=dict)
    built_on: Mapping[str, Carry] = field(default_factory=dict)
    newer: Mapping[str, Carry] = field(default_factory=dict)
    cycle_closed: bool = False
    arrived: frozenset[tuple[str, str, int]] = frozenset()
    """(member key, step, round) of anonymous answers that are in, until they are sealed: who, never what."""
    tightened: frozenset[str] = frozenset()
    """Steps that this session signs more privately than the pinned definition; `workbook` has them so already."""
    notes: tuple[Note, ...] = ()
    """Notes that are shared, oldest first; where a coach asked for them, the coach's own too."""
    whole: Workbook | None = None
    """The definition with the columns, too, that earlier answers made needless; None where `workbook` has them all."""

    def present(self) -> tuple[Member, ...]:
        """The members who count: not excused, in roster order."""
        return tuple(m for m in self.members if m.excused_at is None)

    def member(self, key: str) -> Member:
        """Find a member by public key.

        Raises:
            KeyError: nobody here has it.
        """
        for member in self.members:
            if member.key == key:
                return member
        raise KeyError(key)

    def answers(self, step: str, field_key: str, round_: int = 1) -> dict[str, Any]:
        """Submitted values of one field by author, roster order; one entry keyed "TEAM" for a team field."""
        return {
            r.author: r.value
            for r in self.responses
            if r.field == field_key and r.step == step and r.round == round_ and r.state == "submitted" and r.item == ""
        }

    def team_answer(self, step: str, field_key: str, round_: int = 1) -> Any:
        """The team's (or facilitator's) value of a field, None if there is none."""
        found = [
            r
            for r in self.responses
            if r.field == field_key
            and r.step == step
            and r.round == round_
            and r.author_kind in {"team", "facilitator"}
            and r.state == "submitted"
        ]
        return max(found, key=lambda r: r.seq).value if found else None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session as a list of many names it, without its answers; `workbook` is its definition with every column."""

    session: Session
    meeting: Meeting
    team: Team
    workbook: Workbook


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a guard sees inside the write transaction: enough to judge one save, light enough to read for each."""

    meeting: Meeting
    session: Session
    team: Team
    members: tuple[Member, ...]
    acts: tuple[Act, ...]
    workbook: Workbook
    now: datetime
    cycle_closed: bool = False
    stands: frozenset[str] = frozenset()
    """Fields of this step and round that the author has submitted and not taken back."""
    shared: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    """Of a table whose rows people take: field to what the save was built on, and what stands."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A guard's yes; `late` marks an answer that came after the reveal."""

    late: bool = False


Guard = Callable[[Ledger, Seat, Entry], Verdict]
HandsOn = Callable[[Snapshot], Mapping[str, Any]]
"""What a session hands on as it stands: key to a value that JSON has. A key that is not there hands on nothing."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number computed from answers.

    `value` is a number, None (not enough answers), or a mapping keyed by item id, member key or part name.
    """

    id: str
    name: str
    value: Any
    n: int
    unit: str = ""
    band: str = ""
    sentence: str = ""
    step: str = ""
    of: str = ""
    round: int = 1
    team: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart ready to show: SVG bytes, its words for those who do not see it, and the same as a table."""

    svg: bytes
    alt: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Clock(Protocol):
    """Gives the time now, aware, in UTC."""

    def __call__(self) -> datetime:
        """The time now."""
        ...
