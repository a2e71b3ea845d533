"""The one write door for answers."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from mira_workbook.content.definition import Workbook
from mira_workbook.errors import StepLocked, StoreError
from mira_workbook.judging import Guard, Ledger
from mira_workbook.records import Entry, Saved, Seat, Session
from mira_workbook.store import schema as t
from mira_workbook.store.anonymous import find_secrets
from mira_workbook.store.authors import SHARED, check_author, kept_under, named, names_of
from mira_workbook.store.codes import anonymous_author
from mira_workbook.store.door import (
    Door,
    cycle_is_closed,
    find_acts,
    find_meeting,
    find_roster,
    find_session,
    find_team,
    find_workbook,
    sure_of,
    writable,
)
from mira_workbook.store.drafts import let_go
from mira_workbook.store.handing import concerned_by, hand_on
from mira_workbook.store.numbering import numbered, numbers_of, under_numbers
from mira_workbook.store.shared import based_on, merged, newest, which
from mira_workbook.store.tightening import effective

_R = t.responses.c
# Made once: every save asks them while all others wait.
_REPLAY = (
    select(t.responses).where(_R.session_id == bindparam("session"), _R.save_key == bindparam("key")).order_by(_R.seq)
)
_LATEST = (
    select(func.max(_R.seq))
    .where(
        _R.session_id == bindparam("session"),
        _R.step == bindparam("step"),
        _R.round == bindparam("round"),
        _R.author.in_(bindparam("names", expanding=True)),
    )
    .group_by(_R.item, _R.field, _R.author_kind, _R.author)
)
_STANDING = select(_R.field).where(_R.session_id == bindparam("session"), _R.seq.in_(_LATEST), _R.state == "submitted")
_MOVE = update(t.sessions).where(t.sessions.c.id == bindparam("session")).values(rev=bindparam("to"))


@dataclass(frozen=True, slots=True)
class _Save:
    """One save on its way through the door."""

    ledger: Ledger
    seat: Seat
    entry: Entry
    late: bool = False


class Responses(Door):
    """Doors for answers."""

    def record(self, seat: Seat, entry: Entry, guard: Guard) -> Saved:
        """Save all fields of an entry, or none, in one transaction.

        The same save key again inserts nothing and gets the first acknowledgement. A record of several people that
        was built on an older version is merged with the newest.

        Args:
            seat: who saves; read again inside the transaction.
            entry: what is saved.
            guard: judges the save by the state of the session inside the transaction; raises, or marks it late.

        Raises:
            SeatError: the seat was given up, or is not as it says.
            RightError: the seat may not save for this author.
            SessionClosed: the meeting has ended or the cycle is closed.
            StepLocked: the step does not take it now.
            VersionClash: one cell was changed in two ways.
            StoreBusy: other writers took too long.
        """
        with self._db.write() as connection:
            sure = sure_of(connection, seat)
            session = find_session(connection, sure.session_id, lock=True)
            first = _replay(connection, session, entry, sure)
            if first is not None:
                return first
            now = self._clock()
            save = _Save(replace(_ledger(connection, session, entry, sure), now=now), sure, entry)
            judged = _judged(connection, save, guard)
            saved = _write(connection, judged)
            if concerned_by(judged.ledger, entry):
                hand_on(connection, session, self._hands_on, (saved.seq, now))
            return saved

    def own_author(self, session_id: int, step: str, round_: int, member_key: str) -> str:
        """The author under which a member's anonymous answers of a step stand in a snapshot, "" once sealed."""
        with self._db.read() as connection:
            secret = find_secrets(connection, session_id).get((step, round_))
        return anonymous_author(secret, member_key) if secret else ""


def _replay(connection: Connection, session: Session, entry: Entry, seat: Seat) -> Saved | None:
    """The first acknowledgement of a save that came through already, None for a new one.

    Raises:
        StoreError: the key was used for something else.
    """
    rows = connection.execute(_REPLAY, {"session": session.id, "key": entry.save_key}).all()
    if not rows:
        return None
    first, names = rows[0], names_of(connection, session.id, entry, seat)
    if (first.step, first.round) != (entry.step, entry.round) or any(row.author not in names for row in rows):
        raise StoreError("This save was numbered like another one. Reload the page and save again.")
    shared = [row for row in rows if row.author_kind in SHARED and row.field in entry.values]
    return Saved(
        saved_at=first.saved_at,
        seq=rows[-1].seq,
        versions={row.field: row.version for row in rows},
        merged={row.field: row.value for row in shared if row.value != entry.values[row.field]},
        late=first.late,
        replayed=True,
        numbers=numbers_of(connection, session.id, entry),
    )


def _ledger(connection: Connection, session: Session, entry: Entry, seat: Seat) -> Ledger:
    meeting = find_meeting(connection, session.meeting_id)
    acts = find_acts(connection, session.id)
    workbook = effective(find_workbook(connection, meeting.definition_hash), acts)
    return Ledger(
        meeting=meeting,
        session=session,
        team=find_team(connection, session.team_id),
        members=find_roster(connection, session.id),
        acts=acts,
        workbook=workbook,
        now=meeting.opened_at,
        cycle_closed=cycle_is_closed(connection, session),
        stands=_stands(connection, session, entry, seat),
        stood=_stood(connection, session, workbook, entry, seat),
        shared=_shared(connection, session, workbook, entry),
    )


def _shared(connection: Connection, session: Session, workbook: Workbook, entry: Entry) -> dict[str, tuple[Any, Any]]:
    """Of tables whose rows people take: what each field of the entry was built on, and what stands."""
    taken = any(step.key == entry.step and step.pen == "rows" for step in workbook.steps)
    if entry.author_kind not in SHARED or not taken:
        return {}
    r = t.responses.c
    here = (r.session_id == session.id, r.step == entry.step, r.round == entry.round)
    query = select(r.field, r.version, r.value).where(*here, r.author_kind == entry.author_kind).order_by(r.version)
    found: dict[str, tuple[Any, Any]] = {}
    for field, version, value in connection.execute(query.where(r.field.in_(list(entry.values)))):
        base = value if version == entry.base.get(field, 0) else found.get(field, ((), ()))[0]
        found[field] = (base, value)
    return found


def _stands(connection: Connection, session: Session, entry: Entry, seat: Seat) -> frozenset[str]:
    """Fields of the entry's step and round that its author has submitted and not taken back."""
    names = list(names_of(connection, session.id, entry, seat))
    told = {"session": session.id, "step": entry.step, "round": entry.round, "names": names}
    return frozenset(connection.execute(_STANDING, told).scalars())


def _stood(
    connection: Connection, session: Session, workbook: Workbook, entry: Entry, seat: Seat
) -> dict[str, tuple[Any, bool]]:
    """Of the entry's fields that stay open for days: what its author has submitted, and whether that is late."""
    open_ = [f.key for s in workbook.steps if s.key == entry.step for f in s.fields if f.stays_open]
    fields = [key for key in entry.values if key in open_]
    if not fields:
        return {}
    r = t.responses.c
    names = names_of(connection, session.id, entry, seat)
    here = (r.session_id == session.id, r.step == entry.step, r.round == entry.round, r.author.in_(names))
    query = select(r.field, r.state, r.value, r.late).where(*here, r.field.in_(fields)).order_by(r.seq)
    latest = {field: (state, value, late) for field, state, value, late in connection.execute(query)}
    return {field: (value, late) for field, (state, value, late) in latest.items() if state == "submitted"}


def _judged(connection: Connection, save: _Save, guard: Guard) -> _Save:
    """Ask the guard, then check what holds whatever the rules say.

    Raises:
        SessionClosed: the meeting has ended or the cycle is closed.
        StepLocked: the workbook has no such field.
        RightError: the seat may not save for this author.
    """
    ledger, entry = save.ledger, save.entry
    # Rows that people take are judged by the ids that they have by now.
    judged = under_numbers(entry, numbers_of(connection, ledger.session.id, entry)) if ledger.shared else entry
    verdict = guard(ledger, save.seat, judged)
    writable(connection, ledger.session, ledger.meeting)
    for field in entry.values:
        try:
            ledger.workbook.step(entry.step).field(field)
        except KeyError as error:
            raise StepLocked(f"This workbook has no place called {entry.step}.{field}. Reload the page.") from error
    check_author(connection, ledger, save.seat, entry)
    return replace(save, late=verdict.late)


def _write(connection: Connection, save: _Save) -> Saved:
    """Insert a version of every field, and let the drafts go."""
    ledger, entry = save.ledger, save.entry
    made = {field: _row(connection, save, field) for field in entry.values}
    rows = [{**row, "seq": seq} for seq, (row, _) in enumerate(made.values(), start=ledger.session.rev + 1)]
    rev = ledger.session.rev + len(rows)
    if rows:
        connection.execute(insert(t.responses), rows)
        connection.execute(_MOVE, {"session": ledger.session.id, "to": rev})
    let_go(connection, save.seat, rows)
    return Saved(
        saved_at=ledger.now,
        seq=rev,
        versions={row["field"]: row["version"] for row in rows},
        merged={
            row["field"]: row["value"]
            for row in rows
            if row["author_kind"] in SHARED and row["value"] != entry.values[row["field"]]
        },
        late=save.late,
        numbers={field: numbers for field, (_, numbers) in made.items() if numbers},
    )


def _row(connection: Connection, save: _Save, field: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The next version of one field, merged with the newest where several people write it; and ids given in it."""
    ledger, entry = save.ledger, save.entry
    author = kept_under(connection, ledger, entry, field, named(entry, save.seat))
    answer = which(ledger, entry, field, author)
    last = newest(connection, answer)
    value = None if entry.state == "withdrawn" else entry.values[field]
    numbers: dict[str, str] = {}
    if author.kind in SHARED:
        base = entry.base.get(field, 0)
        if value is not None:
            standing = (last.value if last else None, based_on(connection, answer, base))
            value, numbers = numbered(connection, ledger, entry, field, standing)
        value = merged(connection, ledger, answer, base, value)
    row = {
        "session_id": ledger.session.id,
        "save_key": entry.save_key,
        "step": entry.step,
        "round": entry.round,
        "item": "",
        "field": field,
        "author_kind": author.kind,
        "author": author.name,
        "version": last.version + 1 if last else 1,
        "state": "submitted" if value is not None else "withdrawn",
        "value": value,
        "base_version": entry.base.get(field, 0),
        "late": save.late,
        "entered_by": author.entered_by,
        "saved_at": ledger.now,
    }
    return row, numbers
