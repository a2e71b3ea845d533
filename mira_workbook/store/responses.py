"""The one write door for answers, and the drafts that come before them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from mira_workbook.catalogue import say
from mira_workbook.errors import RightError, SessionClosed, StepLocked, StoreError, VersionClash
from mira_workbook.records import AuthorKind, Draft, Entry, Guard, Ledger, Saved, Seat, Session, Verdict
from mira_workbook.store import schema as t
from mira_workbook.store.anonymous import find_secrets, is_anonymous, secret_for
from mira_workbook.store.codes import anonymous_author
from mira_workbook.store.door import (
    Door,
    find_acts,
    find_meeting,
    find_roster,
    find_session,
    find_team,
    find_workbook,
    sure_of,
)
from mira_workbook.store.meetings import still_open
from mira_workbook.store.merge import Clash, merge, number_rows
from mira_workbook.store.rows import upsert
from mira_workbook.text import say_time

TEAM, FACILITATOR = "TEAM", "FACIL"
SHARED: frozenset[AuthorKind] = frozenset({"pair", "team", "facilitator"})
"""Author kinds whose records several people write: these merge, an individual's answers follow each other."""


@dataclass(frozen=True, slots=True)
class _Author:
    """For whom one field is saved, and by whom it was typed."""

    kind: AuthorKind
    name: str
    entered_by: str


@dataclass(frozen=True, slots=True)
class _Save:
    """One save on its way through the door."""

    ledger: Ledger
    seat: Seat
    entry: Entry
    late: bool = False


class Responses(Door):
    """Doors for answers and drafts."""

    def record(self, seat: Seat, entry: Entry, guard: Guard) -> Saved:
        """Save all fields of an entry, or none, in one transaction.

        The same save key again inserts nothing and gets the first acknowledgement. A record of several people that
        was built on an older version is merged with the newest.

        Args:
            seat: who saves; read again inside the transaction.
            entry: what is saved.
            guard: judges the save by the state of the session inside the transaction; raises, or marks it late.

        Raises:
            SeatError: the seat was given up.
            RightError: the seat may not save for this author.
            SessionClosed: the meeting has ended or the cycle is closed.
            StepLocked: the step does not take it now.
            VersionClash: one cell was changed in two ways.
            StoreBusy: other writers took too long.
        """
        with self._db.write() as connection:
            sure = sure_of(connection, seat)
            session = find_session(connection, sure.session_id, lock=True)
            replayed = _replay(connection, session, entry, sure)
            if replayed is not None:
                return replayed
            save = _judged(
                connection, _Save(_ledger(connection, session, entry, sure, self._clock()), sure, entry), guard
            )
            return _write(connection, save)

    def draft(
        self, seat: Seat, step: str, round_: int, field: str, value: Any, *, item: str = "", author: str = ""
    ) -> datetime:
        """Keep what is typed so far, for any device of its author; None lets it go.

        Args:
            seat: who types.
            step: the step's key.
            round_: 1 or 2.
            field: the field's key.
            value: raw, as typed.
            item: a repeated record.
            author: "" for oneself, else TEAM, FACIL or the pair.

        Raises:
            SeatError: the seat was given up.
            RightError: the seat may not write for this author.
            SessionClosed: the meeting has ended.
        """
        now = self._clock()
        with self._db.write() as connection:
            sure = sure_of(connection, seat)
            session = find_session(connection, sure.session_id)
            meeting = find_meeting(connection, session.meeting_id)
            still_open(meeting)
            name = _draft_author(connection, sure, author)
            place = {"session_id": session.id, "step": step, "round": round_, "item": item, "field": field}
            hidden = name == sure.member_key and _asked_anonymously(connection, meeting.definition_hash, step, field)
            if hidden:
                name = anonymous_author(secret_for(connection, session.id, step, round_), name)
            row = {**place, "author": name, "value": value, "at": now, "seat_id": None if hidden else sure.id}
            if value is None:
                here = [t.drafts.c[key] == row[key] for key in (*place, "author")]
                connection.execute(delete(t.drafts).where(*here))
            else:
                upsert(connection, t.drafts, row)
        return now

    def drafts(self, session_id: int, author: str) -> tuple[Draft, ...]:
        """What an author has typed and not sent: a member's own (anonymous ones too), TEAM's, FACIL's or a pair's."""
        with self._db.read() as connection:
            names = {author, *(anonymous_author(s, author) for s in find_secrets(connection, session_id).values())}
            here = (t.drafts.c.session_id == session_id, t.drafts.c.author.in_(names))
            query = select(t.drafts.c["step", "round", "item", "field", "value", "at"]).where(*here)
            return tuple(Draft(*row) for row in connection.execute(query.order_by(t.drafts.c.at)))

    def own_author(self, session_id: int, step: str, round_: int, member_key: str) -> str:
        """The author under which a member's anonymous answers of a step stand in a snapshot, "" once sealed."""
        with self._db.read() as connection:
            secret = find_secrets(connection, session_id).get((step, round_))
        return anonymous_author(secret, member_key) if secret else ""


def _judged(connection: Connection, save: _Save, guard: Guard) -> _Save:
    """Ask the guard, after what holds whatever the rules say.

    Raises:
        SessionClosed: the meeting has ended or the cycle is closed.
        StepLocked: no such step or field.
    """
    still_open(save.ledger.meeting)
    if save.ledger.cycle_closed:
        raise SessionClosed("This team's cycle is closed, so its answers stay as they are. Open a new cycle to go on.")
    for field in save.entry.values:
        _definition(save.ledger, save.entry.step, field)
    verdict: Verdict = guard(save.ledger, save.seat, save.entry)
    _check_pair(connection, save)
    return _Save(save.ledger, save.seat, save.entry, verdict.late)


def _definition(ledger: Ledger, step: str, field: str) -> Any:
    try:
        return ledger.workbook.step(step).field(field)
    except KeyError as error:
        raise StepLocked(f"This workbook has no place called {step}.{field}. Reload the page.") from error


def _ledger(connection: Connection, session: Session, entry: Entry, seat: Seat, now: datetime) -> Ledger:
    meeting = find_meeting(connection, session.meeting_id)
    closed = select(t.cycles.c.closed_at).where(t.cycles.c.team_id == session.team_id, t.cycles.c.n == session.cycle)
    return Ledger(
        meeting=meeting,
        session=session,
        team=find_team(connection, session.team_id),
        members=find_roster(connection, session.id),
        acts=find_acts(connection, session.id),
        workbook=find_workbook(connection, meeting.definition_hash),
        now=now,
        cycle_closed=connection.execute(closed).scalar() is not None,
        stands=_stands(connection, session, entry, seat),
    )


def _stands(connection: Connection, session: Session, entry: Entry, seat: Seat) -> frozenset[str]:
    """Fields of the entry's step and round that its author has submitted and not taken back."""
    name = _named(entry, seat).name
    secret = find_secrets(connection, session.id).get((entry.step, entry.round))
    names = {name} | ({anonymous_author(secret, name)} if secret else set())
    r = t.responses.c
    here = (r.session_id == session.id, r.step == entry.step, r.round == entry.round, r.author.in_(names))
    latest = select(func.max(r.seq)).where(*here).group_by(r.item, r.field, r.author_kind, r.author)
    query = select(r.field).where(r.session_id == session.id, r.seq.in_(latest), r.state == "submitted")
    return frozenset(connection.execute(query).scalars())


def _named(entry: Entry, seat: Seat) -> _Author:
    """For whom an entry is: derived from the seat, never believed. A scribe's word stands only if the guard lets it.

    Raises:
        RightError: the seat has no person to save for.
    """
    typed_by = seat.member_key or FACILITATOR
    if entry.author_kind == "member":
        if entry.entered_by:
            return _Author("member", entry.author, typed_by)
        if not seat.member_key:
            raise RightError("Only a member of the team can answer here.")
        return _Author("member", seat.member_key, "")
    if entry.author_kind == "team":
        return _Author("team", TEAM, typed_by)
    if entry.author_kind == "facilitator":
        return _Author("facilitator", FACILITATOR, typed_by)
    if entry.author_kind == "pair":
        return _Author("pair", entry.author, typed_by)
    raise RightError("Anonymous answers are saved by their member.")


def _check_pair(connection: Connection, save: _Save) -> None:
    """Refuse a pair's record from outside the pair; a facilitator may write for any."""
    if save.entry.author_kind == "pair" and not in_pair(connection, save.seat, save.entry.author):
        raise RightError("Only this pair can save here.")
    known = {member.key for member in save.ledger.members}
    if save.entry.author_kind == "member" and _named(save.entry, save.seat).name not in known:
        raise RightError(say("E16", team=save.ledger.team.name))


def in_pair(connection: Connection, seat: Seat, author: str) -> bool:
    """Whether a seat's person is in the pair PAIR1, PAIR2 …; a facilitator counts as in every pair."""
    number = author.removeprefix("PAIR")
    here = (t.pairs.c.session_id == seat.session_id, t.pairs.c.left_at.is_(None))
    if not number.isdecimal():
        return False
    pair = (*here, t.pairs.c.n == int(number))
    if seat.role != "facilitator":
        pair = (*pair, t.pairs.c.member_id == seat.member_id)
    return connection.execute(select(t.pairs.c.n).where(*pair)).first() is not None


def _author_of(connection: Connection, save: _Save, field: str) -> _Author:
    """Under which name one field is kept."""
    entry, named = save.entry, _named(save.entry, save.seat)
    if named.kind != "member" or not is_anonymous(save.ledger.workbook, entry.step, field):
        return named
    secret = secret_for(connection, save.ledger.session.id, entry.step, entry.round)
    return _Author("anon", anonymous_author(secret, named.name), "")


def _replay(connection: Connection, session: Session, entry: Entry, seat: Seat) -> Saved | None:
    """The first acknowledgement of a save that came through already, None for a new one.

    Raises:
        StoreError: the key was used for something else.
    """
    r = t.responses.c
    query = select(t.responses).where(r.session_id == session.id, r.save_key == entry.save_key).order_by(r.seq)
    rows = connection.execute(query).all()
    if not rows:
        return None
    first = rows[0]
    named = _named(entry, seat)
    secret = find_secrets(connection, session.id).get((entry.step, entry.round))
    names = {named.name} | ({anonymous_author(secret, named.name)} if secret else set())
    if (first.step, first.round) != (entry.step, entry.round) or any(row.author not in names for row in rows):
        raise StoreError("This save was numbered like another one. Reload the page and save again.")
    merged = {
        row.field: row.value for row in rows if row.field in entry.values and row.value != entry.values[row.field]
    }
    return Saved(
        saved_at=first.saved_at,
        seq=rows[-1].seq,
        versions={row.field: row.version for row in rows},
        merged=merged if named.kind in SHARED else {},
        late=first.late,
        replayed=True,
    )


def _write(connection: Connection, save: _Save) -> Saved:
    """Insert a version of every field, hand on what is carried, and let the drafts go."""
    entry, session, now = save.entry, save.ledger.session, save.ledger.now
    versions, merged, rows = {}, {}, []
    for seq, (field, sent) in enumerate(entry.values.items(), start=session.rev + 1):
        row = _row(connection, save, field, None if entry.state == "withdrawn" else sent)
        rows.append({**row, "seq": seq})
        versions[field] = row["version"]
        if row["author_kind"] in SHARED and row["value"] != sent:
            merged[field] = row["value"]
    if rows:
        connection.execute(insert(t.responses), rows)
    rev = session.rev + len(rows)
    connection.execute(update(t.sessions).where(t.sessions.c.id == session.id).values(rev=rev))
    _hand_on(connection, save, rows)
    _let_drafts_go(connection, save, rows)
    return Saved(saved_at=now, seq=rev, versions=versions, merged=merged, late=save.late)


def _row(connection: Connection, save: _Save, field: str, value: Any) -> dict[str, Any]:
    """The next version of one field, merged with the newest where several people write it."""
    entry, author = save.entry, _author_of(connection, save, field)
    head = _head(connection, save, field, author)
    if author.kind in SHARED:
        value = _numbered(connection, save, field, value)
        value = _merged(connection, save, field, (head, value))
    return {
        "session_id": save.ledger.session.id,
        "save_key": entry.save_key,
        "step": entry.step,
        "round": entry.round,
        "item": "",
        "field": field,
        "author_kind": author.kind,
        "author": author.name,
        "version": head.version + 1 if head else 1,
        "state": "submitted" if value is not None else "withdrawn",
        "value": value,
        "base_version": entry.base.get(field, 0),
        "late": save.late,
        "entered_by": author.entered_by,
        "saved_at": save.ledger.now,
    }


def _versions(save: _Save, field: str, author: _Author) -> Any:
    r = t.responses.c
    entry = save.entry
    return select(r["version", "value", "entered_by", "saved_at"]).where(
        r.session_id == save.ledger.session.id,
        r.step == entry.step,
        r.round == entry.round,
        r.item == "",
        r.field == field,
        r.author_kind == author.kind,
        r.author == author.name,
    )


def _head(connection: Connection, save: _Save, field: str, author: _Author) -> Row[Any] | None:
    return connection.execute(_versions(save, field, author).order_by(t.responses.c.version.desc()).limit(1)).first()


def _numbered(connection: Connection, save: _Save, field: str, value: Any) -> Any:
    """Give new rows of a team list their ids; a number is never used twice, also after its row is gone."""
    prefix = getattr(_definition(save.ledger, save.entry.step, field), "prefix", "")
    if not prefix or not isinstance(value, list):
        return value
    place = {"session_id": save.ledger.session.id, "step": save.entry.step, "field": field}
    here = [t.row_numbers.c[name] == key for name, key in place.items()]
    last = connection.execute(select(t.row_numbers.c.last).where(*here)).scalar() or 0
    rows, now_last = number_rows(value, prefix, last)
    if now_last != last:
        upsert(connection, t.row_numbers, {**place, "last": now_last})
    return rows


def _merged(connection: Connection, save: _Save, field: str, ends: tuple[Row[Any] | None, Any]) -> Any:
    """Merge a shared record with what stands.

    Raises:
        VersionClash: one cell was changed in two ways.
    """
    head, mine = ends
    base_version = save.entry.base.get(field, 0)
    if head is None or base_version == head.version:
        return mine
    author = _named(save.entry, save.seat)
    base = connection.execute(_versions(save, field, author).where(t.responses.c.version == base_version)).first()
    try:
        return merge(base.value if base else None, head.value, mine)
    except Clash as clash:
        name, at = _who(save.ledger, head.entered_by), local_time(head.saved_at, save.ledger.meeting.timezone)
        text = say("E15", name=name, time=at)
        raise VersionClash(text, head=head.value, version=head.version, name=name, at=at) from clash


def _who(ledger: Ledger, entered_by: str) -> str:
    names = {member.key: member.name for member in ledger.members}
    return names.get(entered_by, "The facilitator" if entered_by == FACILITATOR else "A teammate")


def local_time(moment: datetime, timezone: str) -> str:
    """Spell a moment by the room's clock: “3:42”."""
    try:
        return say_time(moment.astimezone(ZoneInfo(timezone)))
    except (ZoneInfoNotFoundError, ValueError):
        return say_time(moment)


def _hand_on(connection: Connection, save: _Save, rows: list[Mapping[str, Any]]) -> None:
    """Write a new version of every carry whose source field the team just saved."""
    session, c = save.ledger.session, t.carries.c
    sources = {name: key for key, name in save.ledger.workbook.carries.items()}
    for row in rows:
        key = sources.get(f"{row['step']}.{row['field']}")
        if key is None or row["author_kind"] not in SHARED:
            continue
        place = {"team_id": session.team_id, "cycle": session.cycle, "key": key}
        here = [c[name] == value for name, value in place.items()]
        last = connection.execute(select(func.max(c.version)).where(*here)).scalar() or 0
        source = {"source_session_id": session.id, "source_seq": row["seq"], "at": save.ledger.now}
        connection.execute(insert(t.carries).values(version=last + 1, value=row["value"], **place, **source))


def _let_drafts_go(connection: Connection, save: _Save, rows: list[Mapping[str, Any]]) -> None:
    """Delete the drafts of what was just sent: the author's, and for a shared record those of who typed it."""
    d = t.drafts.c
    for row in rows:
        names = {row["author"], save.seat.member_key} if row["author_kind"] in SHARED else {row["author"]}
        here = (d.session_id == row["session_id"], d.step == row["step"], d.round == row["round"])
        connection.execute(delete(t.drafts).where(*here, d.field == row["field"], d.author.in_(names)))


def _draft_author(connection: Connection, seat: Seat, author: str) -> str:
    """Whose draft this is.

    Raises:
        RightError: not the seat's own, the team's, its pair's, or (for a facilitator's seat) the facilitator's.
    """
    may = seat.role in {"member", "facilitator"}
    own = author or seat.member_key or FACILITATOR
    if may and (own in {seat.member_key, TEAM, FACILITATOR} or in_pair(connection, seat, own)):
        return own
    raise RightError("This text belongs to somebody else.")


def _asked_anonymously(connection: Connection, definition_hash: str, step: str, field: str) -> bool:
    try:
        return is_anonymous(find_workbook(connection, definition_hash), step, field)
    except KeyError as error:
        raise StepLocked(f"This workbook has no place called {step}.{field}. Reload the page.") from error
