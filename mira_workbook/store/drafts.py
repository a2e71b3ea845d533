"""Text on its way: kept until it is sent, restored on any device of its author."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from mira_workbook.errors import RightError, StepLocked
from mira_workbook.records import Draft, Meeting, Seat, Typing
from mira_workbook.store import schema as t
from mira_workbook.store.anonymous import find_secrets, is_anonymous, secret_for
from mira_workbook.store.authors import FACILITATOR, SHARED, TEAM, in_pair
from mira_workbook.store.codes import anonymous_author
from mira_workbook.store.door import Door, find_acts, find_meeting, find_session, sure_of, writable
from mira_workbook.store.rows import upsert
from mira_workbook.store.scribes import enters_for
from mira_workbook.store.tightening import find_effective

_D = t.drafts.c
_DRAFTS = (
    select(_D.author, _D.step, _D.round, _D.item, _D.field, _D.value, _D.at)
    .where(_D.session_id == bindparam("session"), _D.author.in_(bindparam("names", expanding=True)))
    .order_by(_D.at)
)
_TYPING = (
    select(t.members.c.key, _D.step, _D.round, _D.field, _D.at)
    .join_from(t.drafts, t.seats, t.seats.c.id == _D.seat_id)
    .join(t.members, t.members.c.id == t.seats.c.member_id)
    .where(_D.session_id == bindparam("session"), _D.author == bindparam("name"), _D.at > bindparam("since"))
    .order_by(_D.at)
)

_LET_GO = delete(t.drafts).where(
    *(_D[name] == bindparam(name) for name in ("step", "round", "field")),
    _D.session_id == bindparam("session"),
    _D.author.in_(bindparam("names", expanding=True)),
)


class Drafts(Door):
    """Doors for drafts."""

    def draft(  # noqa: PLR0913 - a page's message has as many parts
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
            author: "" for oneself, else TEAM, FACIL, the pair, or the member one enters for.

        Returns:
            When it was kept.

        Raises:
            SeatError: the seat was given up.
            RightError: the seat may not write for this author.
            SessionClosed: the meeting has ended or the cycle is closed.
            StepLocked: the workbook has no such field, or its anonymous answers are sealed.
        """
        now = self._clock()
        place = {"step": step, "round": round_, "item": item, "field": field}
        with self._db.write() as connection:
            sure = sure_of(connection, seat)
            session = find_session(connection, sure.session_id, lock=True)
            meeting = find_meeting(connection, session.meeting_id)
            writable(connection, session, meeting)
            kept = {
                "session_id": session.id,
                **place,
                **_author(connection, sure, meeting, (author, step, field, round_)),
            }
            if value is None:
                here = [t.drafts.c[name] == held for name, held in kept.items() if name != "seat_id"]
                connection.execute(delete(t.drafts).where(*here))
            else:
                upsert(connection, t.drafts, {**kept, "value": value, "at": now})
        return now

    def drafts(self, session_id: int, *authors: str) -> tuple[Draft, ...]:
        """What these authors have typed and not sent: a member (anonymous texts too), TEAM, FACIL or a pair.

        Shape: the authors in the order they are named, each one's texts oldest first.
        """
        with self._db.read() as connection:
            secrets = find_secrets(connection, session_id).values()
            place = {anonymous_author(s, author): n for n, author in enumerate(authors) for s in secrets}
            place |= {author: n for n, author in enumerate(authors)}
            rows = connection.execute(_DRAFTS, {"session": session_id, "names": list(place)}).all()
        return tuple(Draft(*row[1:]) for row in sorted(rows, key=lambda row: place[row.author]))

    def typing(self, session_id: int, author: str, since: datetime) -> tuple[Typing, ...]:
        """Who has typed in a shared record since a moment, and where; the latest last. Never what."""
        with self._db.read() as connection:
            return tuple(
                Typing(*row)
                for row in connection.execute(_TYPING, {"session": session_id, "name": author, "since": since})
            )


def let_go(connection: Connection, seat: Seat, rows: Sequence[Mapping[str, Any]]) -> None:
    """Delete the drafts of what was just sent: the author's, and for a shared record those of who typed it."""
    for row in rows:
        names = {row["author"], seat.member_key} if row["author_kind"] in SHARED else {row["author"]}
        place = {"session": row["session_id"], **{name: row[name] for name in ("step", "round", "field")}}
        connection.execute(_LET_GO, {**place, "names": list(names)})


def _is_theirs(connection: Connection, seat: Seat, name: str) -> bool:
    """Whether a seat may write what is kept under a name: its own, the room's, its pair's, or one it enters for.

    What somebody typed in the moment in which they came to another pair still goes to where it was typed.
    """
    if name in {seat.member_key, TEAM, FACILITATOR} or in_pair(connection, seat, name, ever=True):
        return True
    return enters_for(find_acts(connection, seat.session_id), seat, name)


def _author(
    connection: Connection, seat: Seat, meeting: Meeting, what: tuple[str, str, str, int]
) -> dict[str, str | int | None]:
    """Under which name a draft is kept; one that is anonymous does not say from which seat it came.

    Raises:
        RightError: it is not the seat's own, the team's, the facilitator's or its pair's.
        StepLocked: the workbook has no such field, or its anonymous answers are sealed.
    """
    author, step, field, round_ = what
    name = author or seat.member_key or FACILITATOR
    may = seat.role in {"member", "facilitator"}
    if not may or not _is_theirs(connection, seat, name):
        raise RightError("This text belongs to somebody else.")
    try:
        hidden = is_anonymous(find_effective(connection, seat.session_id, meeting.definition_hash), step, field)
    except KeyError as error:
        raise StepLocked(f"This workbook has no place called {step}.{field}. Reload the page.") from error
    if not hidden or name in {TEAM, FACILITATOR} or in_pair(connection, seat, name, ever=True):
        return {"author": name, "seat_id": seat.id}
    secret = secret_for(connection, seat.session_id, step, round_)
    return {"author": anonymous_author(secret, name), "seat_id": None}
