"""The store's doors for somebody who leads a meeting, or who only looks on."""

import base64
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

import segno

from mira_workbook.boards.doors import Drawn, Handed, Links, Waiting
from mira_workbook.charts.base import Look, Size
from mira_workbook.charts.read import Read, charts
from mira_workbook.measures.table import measures
from mira_workbook.measures.wall import wall_measures
from mira_workbook.records import Act, Clock, Measure, Meeting, Presence, Seat, Session, Snapshot
from mira_workbook.rules import needs
from mira_workbook.rules.moves import Judge
from mira_workbook.rules.sight import Viewer, of_measure
from mira_workbook.rules.stage import fold
from mira_workbook.store import Store, shown_code

AUTHOR = "facilitator"
"""Under whom the notes of those who lead are kept: they share them, and nobody else sees them."""
HAND_LASTS = 600.0
"""Seconds in which a phone can be made the remote."""
SEEN = Viewer("member")
"""What a room sees: no member, so nobody's own answers."""


@dataclass(slots=True)
class StoreBoardDoors:
    """One seat of somebody who leads or looks on.

    Attributes:
        store: the store.
        seat: the seat; every right is checked again by the store.
        code: the meeting's code.
        pages: address below which our server answers, "" where there is none.
        clock: gives the time; the store's own unless another is given.
    """

    store: Store
    seat: Seat
    code: str
    pages: str = field(default_factory=lambda: os.environ.get("MIRA_PAGES", ""))
    clock: Clock | None = None
    _meeting: Meeting | None = None
    _read: dict[int, tuple[tuple[int, int], dict[str, Any]]] = field(default_factory=dict)

    @property
    def leads(self) -> bool:
        """Whether this seat leads; the others only look on."""
        return self.seat.role == "facilitator"

    def now(self) -> datetime:
        """The time, aware."""
        return (self.clock or self.store.clock)()

    def meeting(self) -> Meeting:
        """The meeting as it stood when the page opened: code, pace and time zone never change."""
        if self._meeting is None:
            self._meeting = self.store.meeting(self.code)
        return self._meeting

    def sessions(self) -> Sequence[Session]:
        """The meeting's sessions with their revisions."""
        return self.store.sessions(self.seat.meeting_id)

    def snapshot(self, session: Session) -> Snapshot:
        """A session as it stands."""
        return self.store.snapshot(session.id)

    def presences(self) -> Sequence[Presence]:
        """Who is there."""
        return self.store.presences(self.seat.meeting_id)

    def waiting(self) -> Sequence[Waiting]:
        """Who waits at a door."""
        return [Waiting(k.id, k.session_id, k.name) for k in self.store.knocks_of(self.seat.meeting_id)]

    def act(self, judge: Judge, session_id: int) -> Sequence[Act]:
        """Move one session's stage."""
        return self.store.act(self.seat, judge, session_id)

    def act_everywhere(self, judge: Judge) -> int:
        """Move all of them in one transaction; in how many of them anything moved."""
        return sum(bool(acts) for acts in self.store.act_everywhere(self.seat, judge, self.seat.meeting_id))

    def look_again(self, key: str, version: int, session_id: int) -> None:
        """Let a session build on a newer version from now on."""
        self.store.use_carries(self.seat, needs.look_again(key, version, leads=True), session_id)

    def admit(self, waiting: Waiting) -> None:
        """Let somebody in."""
        self.store.admit(self.seat, waiting.id)

    def helped(self, session_id: int, member_id: int) -> None:
        """Note that somebody who asked for help has got it."""
        self.store.helped(session_id, member_id)

    def numbers(self, snapshot: Snapshot, step: str) -> Sequence[Measure]:
        """The measures of a step on show, computed once for each revision."""
        kept = self._kept(snapshot)
        if "numbers" not in kept:
            kept["numbers"] = self._measured(snapshot)
        return [m for m in kept["numbers"] if m.step == step]

    def _measured(self, snapshot: Snapshot) -> list[Measure]:
        stage = fold(snapshot.acts, snapshot.workbook)
        if not self.leads:
            return wall_measures(snapshot, stage, Viewer("viewer"))
        return [of_measure(m, SEEN, snapshot) for m in measures(snapshot, stage)]

    def pictures(self, snapshot: Snapshot, step: str, size: Size) -> Sequence[Drawn]:
        """The pictures of a step on show: by address where our server draws them, else drawn here on first need."""
        kept, name = self._kept(snapshot), f"{step}/{size}"
        if name not in kept:
            stage = fold(snapshot.acts, snapshot.workbook)
            read = charts(snapshot, stage, Viewer(self.seat.role), step)
            kept[name] = [self._drawn(snapshot, f"{step}/{i}", one, size) for i, one in enumerate(read)]
        found: Sequence[Drawn] = kept[name]
        return found

    def _drawn(self, snapshot: Snapshot, place: str, one: Read, size: Size) -> Drawn:
        light, dark = (self._place(snapshot, place, one, Look(size, theme)) for theme in ("light", "dark"))
        return Drawn(light, dark, one.title, one.words.alt, one.words.head, one.words.rows)

    def _place(self, snapshot: Snapshot, place: str, one: Read, look: Look) -> str:
        """Where a picture is; "" where its table is the picture."""
        if not one.is_drawn(look):
            return ""
        if not self.pages:
            return "data:image/svg+xml;base64," + base64.b64encode(one.draw(look)).decode()
        asked = f"size={look.size}&theme={look.theme}&team={quote(snapshot.team.slug)}&v={one.key(look)[:12]}"
        return f"{self.pages}picture/{self.code}/{place}.svg?{asked}"

    def _kept(self, snapshot: Snapshot) -> dict[str, Any]:
        """What was worked out for a session at its present revision."""
        now = (snapshot.session.rev, snapshot.session.stage_rev)
        known = self._read.get(snapshot.session.id)
        if known is None or known[0] != now:
            known = self._read[snapshot.session.id] = (now, {})
        return known[1]

    def noted(self, session_id: int) -> str:
        """The notes of those who lead, as they were written last."""
        own = [note.body for note in self.store.notes(session_id, AUTHOR) if note.author == AUTHOR]
        return own[-1] if own else ""

    def note(self, session_id: int, text: str) -> None:
        """Keep them."""
        if text != self.noted(session_id):
            self.store.put_note(session_id, AUTHOR, text)

    def hand(self) -> Handed:
        """Make a link that lets one more device lead, once."""
        if not self.pages:
            return Handed()
        link = f"{self._root()}hand/{self.store.make_token(self.seat, 'hand', seconds=HAND_LASTS)}"
        return Handed(link, segno.make(link, error="m", micro=False).svg_data_uri(border=4, light="#fff"))

    def links(self) -> Links:
        """The meeting's addresses."""
        code = shown_code(self.code)
        if not self.pages:
            return Links(code=code)
        return Links(
            join=f"{self._root()}join/{code}",
            qr=f"{self.pages}qr/{code}.svg",
            code=code,
            board=f"{self.pages}voila/render/facilitate.ipynb?m={self.code}",
            packet=f"{self.pages}packet/{code}" if self.leads else "",
            before=f"{self.pages}before/{code}" if self.leads else "",
            pages=self.pages,
        )

    def _root(self) -> str:
        return os.environ.get("MIRA_PUBLIC", "") + self.pages
