"""The store's doors for one seat, as a desk needs them."""

import base64
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from mira_workbook.charts.base import Look
from mira_workbook.charts.read import Read, charts
from mira_workbook.errors import StoreError
from mira_workbook.measures.table import measures
from mira_workbook.records import Act, Clock, Entry, Measure, Saved, Seat, Snapshot, Typing
from mira_workbook.rules import needs
from mira_workbook.rules.guards import may_record
from mira_workbook.rules.moves import Judge
from mira_workbook.rules.pairs import left, pair_of
from mira_workbook.rules.progress import is_anonymous
from mira_workbook.rules.sight import Viewer, of_measure
from mira_workbook.rules.stage import FACILITATOR, fold
from mira_workbook.store import Store
from mira_workbook.widgets.choices import Knocking, Shown
from mira_workbook.widgets.typed import TYPES_FOR

TEAM = "TEAM"
ON_THE_WAY = timedelta(seconds=30)
"""How long what somebody typed before they came to another pair may take to come in."""


@dataclass(slots=True)
class StoreDoors:
    """One member's seat at the store.

    Attributes:
        store: the store.
        seat: the seat; every right is checked again by the store and the rules it calls.
        member: the seat's member key, FACIL at a table screen, or the person the seat writes for.
        entered_by: who writes for that person, "" where the seat's own person does.
        public: what stands before these addresses where they leave the page.
        clock: gives the time; the store's own unless another is given, so that pages and store agree.
        pages: address below which our server gives pictures, "" where there is none and pictures travel in the page.
        resting: whether nobody has written since the last reading, so that a page can be made of it without asking.
    """

    store: Store
    seat: Seat
    member: str
    pages: str = field(default_factory=lambda: os.environ.get("MIRA_PAGES", ""))
    clock: Clock | None = None
    entered_by: str = ""
    resting: bool = False
    public: str = field(default_factory=lambda: os.environ.get("MIRA_PUBLIC", ""))
    _snapshot: Snapshot | None = field(default=None, repr=False)
    _read: dict[tuple[int, str], Any] = field(default_factory=dict, repr=False)
    _drafts: Mapping[tuple[str, int, str], Any] | None = field(default=None, repr=False)
    _knocking: tuple[Knocking, ...] | None = None

    def for_member(self, key: str) -> "StoreDoors":
        """The same seat's doors to write for a person without a device."""
        by = self.seat.member_key or FACILITATOR
        return StoreDoors(self.store, self.seat, key, self.pages, self.clock, entered_by=by, public=self.public)

    def now(self) -> datetime:
        """The time, aware."""
        return (self.clock or self.store.clock)()

    def snapshot(self) -> Snapshot:
        """The session as it stands; read anew only when a revision moved."""
        if self._snapshot is None or (not self.resting and self._has_moved(self._snapshot)):
            self._snapshot = self.store.snapshot(self.seat.session_id)
            self._read.clear()
        return self._snapshot

    @contextmanager
    def as_read(self) -> Iterator[None]:
        """Let what was read last stand in here, unless the session's stage or roster has moved since."""
        before, known = self.resting, self._snapshot
        if known is not None:
            self.resting |= self.store.revisions(self.seat.session_id)[1] == known.session.stage_rev
        try:
            yield
        finally:
            self.resting = before

    def _has_moved(self, known: Snapshot) -> bool:
        return self.store.revisions(self.seat.session_id) != (known.session.rev, known.session.stage_rev)

    @property
    def _known(self) -> Snapshot:
        """The session as it was read last: a page is made of one moment."""
        return self._snapshot or self.snapshot()

    def drafts(self) -> Mapping[tuple[str, int, str], Any]:
        """Text on its way: the team's, the pair's and one's own."""
        if self._drafts is None or not self.resting:
            authors = [name for name in (TEAM, pair_of(self._known, self.member), self.member) if name]
            found = self.store.drafts(self.seat.session_id, *authors)
            self._drafts = {(d.step, d.round, d.field): d.value for d in found if not d.item}
        return self._drafts

    def typing(self) -> Sequence[Typing]:
        """Who else of this person's pair types in its records just now; one look at the pair's texts on their way."""
        pair = pair_of(self._known, self.member)
        since = self.now() - TYPES_FOR
        found = self.store.typing(self.seat.session_id, pair, since) if pair else ()
        return [one for one in found if one.member != self.member]

    def before(self) -> Mapping[tuple[str, int, str], Any]:
        """Text on its way in pairs that this person has left, as it was then."""
        until = {pair: at + ON_THE_WAY for pair, at in left(self._known, self.member).items()}
        typed = [(d, at) for pair, at in until.items() for d in self.store.drafts(self.seat.session_id, pair)]
        found = [d for d, at in typed if d.at <= at]
        return {(d.step, d.round, d.field): d.value for d in found if not d.item}

    def own_authors(self) -> Mapping[tuple[str, int], str]:
        """Where this member's anonymous answers stand until they are sealed, looked up once for each revision."""
        snapshot = self._known
        key = (snapshot.session.rev, "$own_authors")
        if key not in self._read:
            places = {(r.step, r.round) for r in snapshot.responses if is_anonymous(snapshot.workbook.step(r.step))}
            session = self.seat.session_id
            self._read[key] = {place: self.store.own_author(session, *place, self.member) for place in places}
        found: Mapping[tuple[str, int], str] = self._read[key]
        return found

    def record(self, entry: Entry) -> Saved:
        """Save checked answers under the rules of the meeting."""
        self._snapshot = None
        return self.store.record(self.seat, entry, may_record)

    def draft(self, place: tuple[str, int, str], value: Any, *, author: str = "") -> datetime:
        """Keep text on its way."""
        self._drafts = None
        step, round_, key = place
        theirs = self.member if self.entered_by else ""
        return self.store.draft(self.seat, step, round_, key, value, author=author or theirs)

    def guess_ok(self, *, ok: bool) -> None:
        """Note whether this member knows that an answer may be guessed."""
        self._snapshot = None
        self.store.guess_ok(self.seat, ok=ok)

    def seal(self, step: str, round_: int) -> None:
        """Cut anonymous answers off from their authors; whoever comes second changes nothing."""
        self._snapshot = None
        self.store.seal(self.seat.session_id, step, round_)

    def act(self, judge: Judge) -> Sequence[Act]:
        """Move the stage."""
        self._snapshot = None
        return self.store.act(self.seat, judge, self.seat.session_id)

    def type_in(self, typed: Mapping[str, str]) -> None:
        """Give by hand what the session builds on and no workbook has handed on."""
        self._snapshot = None
        self.store.type_carries(self.seat, needs.type_in(typed, leads=self._leads), self.seat.session_id)

    def look_again(self, key: str, version: int) -> None:
        """Let the session build on a newer version from now on."""
        self._snapshot = None
        self.store.use_carries(self.seat, needs.look_again(key, version, leads=self._leads), self.seat.session_id)

    @property
    def _leads(self) -> bool:
        return self.seat.role == "facilitator"

    def beat(self, state: str) -> None:
        """Say that this person is here."""
        if self.seat.member_id is not None:
            self.store.beat(self.seat.session_id, self.seat.member_id, state)

    def numbers(self, snapshot: Snapshot, step: str) -> Sequence[Measure]:
        """The measures of a step on show, computed once for each revision."""
        key = (snapshot.session.rev, "$numbers")
        if key not in self._read:
            viewer = Viewer("member", self.member)
            found = measures(snapshot, fold(snapshot.acts, snapshot.workbook))
            self._read[key] = [of_measure(m, viewer, snapshot) for m in found]
        return [m for m in self._read[key] if m.step == step]

    def pictures(self, snapshot: Snapshot, step: str) -> Sequence[Shown]:
        """The pictures of a step on show: by address where our server draws them, else drawn here on first need."""
        key = (snapshot.session.rev, step)
        if key not in self._read:
            stage = fold(snapshot.acts, snapshot.workbook)
            read = charts(snapshot, stage, Viewer("member", self.member), step)
            self._read[key] = [self._place(snapshot, step, i, one) for i, one in enumerate(read)]
        return list(self._read[key])

    def _place(self, snapshot: Snapshot, step: str, index: int, one: Read) -> Shown:
        look = Look("phone")
        if not one.is_drawn(look):
            src = ""
        elif self.pages:
            code, version = snapshot.meeting.code, one.key(look)[:12]
            src = f"{self.pages}picture/{code}/{step}/{index}.svg?v={version}"
        else:
            src = "data:image/svg+xml;base64," + base64.b64encode(one.draw(look)).decode()
        return Shown(src, one.title, one.words.alt, one.words.head, one.words.rows)

    def knocking(self) -> Sequence[Knocking]:
        """People of this session who want in on a second device."""
        if self._knocking is None or not self.resting:
            self._knocking = tuple(Knocking(k.id, k.name) for k in self.store.knocks(self.seat.session_id))
        return self._knocking

    def admit(self, knock: int) -> None:
        """Let somebody in."""
        self.store.admit(self.seat, knock)

    def answers_page(self) -> str:
        """The page with one's own answers to keep, "" where pages have no address."""
        return f"{self._root()}answers/{self._known.meeting.code}" if self.pages else ""

    def _root(self) -> str:
        return self.public + self.pages

    def way_out(self) -> str:
        """The page on which this browser gives its seat up, "" where pages have no address."""
        return f"{self.pages}leave?m={self._known.meeting.code}" if self.pages else ""

    def own_link(self) -> str:
        """A personal return link, "" where pages have no address."""
        if not self.pages:
            return ""
        try:
            return f"{self._root()}me/{self.store.make_token(self.seat, 'return')}"
        except StoreError:
            return ""
