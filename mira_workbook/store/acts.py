"""The door for acts, through which a session's stage moves."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from mira_workbook.catalogue import say
from mira_workbook.errors import RightError
from mira_workbook.records import LEADING, Act, NewAct, Seat, Session, Snapshot
from mira_workbook.store import schema as t
from mira_workbook.store.building import use_newest
from mira_workbook.store.door import Door, find_meeting, find_session, sure_of, writable
from mira_workbook.store.handing import concerns, hand_on
from mira_workbook.store.meetings import sessions_of
from mira_workbook.store.rows import insert_new
from mira_workbook.store.snapshots import read_snapshot
from mira_workbook.store.tightening import KIND as PRIVATE
from mira_workbook.store.tightening import tighten

Judge = Callable[[Snapshot, datetime], Sequence[NewAct]]


class Acts(Door):
    """Doors for acts."""

    def act(self, seat: Seat | None, judge: Judge, session_id: int) -> tuple[Act, ...]:
        """Let a judge turn a tap into acts, inside one write transaction: two taps at once move the room once.

        Three kinds also change the roster or the pairs: `excuse` and `back` (payload `member`), and `pairs`
        (payload `pairs`, a list of lists of member keys).

        Args:
            seat: whose tap it is; None for the server itself.
            judge: given the whole snapshot and the time; raises, or gives the acts; none writes nothing.
            session_id: the session; for a facilitator, any of the seat's meeting.

        Raises:
            SeatError: the seat was given up.
            RightError: the seat is of another session, or does what only a facilitator may.
            SessionClosed: the meeting has ended or the cycle is closed.
        """
        with self._db.write() as connection:
            session = find_session(connection, session_id, lock=True)
            may_act(connection, seat, session, judge)
            acts = self._acted(connection, seat, judge, session, self._clock())
        self._clear(acts)
        return acts

    def act_everywhere(self, seat: Seat | None, judge: Judge, meeting_id: int) -> tuple[tuple[Act, ...], ...]:
        """Let a judge act in every session of a meeting, in one transaction: all of them or none.

        Raises:
            SeatError: the seat was given up.
            RightError: the seat is no facilitator's of this meeting.
            SessionClosed: the meeting has ended or the cycle is closed.
        """
        now = self._clock()
        with self._db.write() as connection:
            done = []
            for known in sessions_of(connection, meeting_id):
                session = find_session(connection, known.id, lock=True)
                may_act(connection, seat, session, judge)
                done.append(self._acted(connection, seat, judge, session, now))
        self._clear([act for acts in done for act in acts])
        return tuple(done)

    def _acted(
        self, connection: Connection, seat: Seat | None, judge: Judge, session: Session, now: datetime
    ) -> tuple[Act, ...]:
        """Write what the judge gives, what the session builds on from now on, and what it hands on otherwise."""
        snapshot = read_snapshot(connection, session)
        acts = write_acts(connection, session, judge(snapshot, now), (seat.id if seat else None, now))
        if any(act.kind == "open" for act in acts):
            use_newest(connection, session, snapshot.workbook, now)
        if concerns(snapshot.workbook, acts):
            hand_on(connection, session, self._hands_on, (acts[-1].seq, now))
        return acts

    def _clear(self, acts: Iterable[Act]) -> None:
        """Leave no name that was just cut off in the file's free pages and log."""
        if any(act.kind == PRIVATE for act in acts):
            self._db.scrub()


def may_act(connection: Connection, seat: Seat | None, session: Session, judge: Callable[..., Any]) -> None:
    """Refuse a seat of elsewhere, and one that does what only a facilitator may.

    Raises:
        RightError: it is not of this session, nor a facilitator's of this meeting; or it does not lead.
    """
    writable(connection, session, find_meeting(connection, session.meeting_id))
    if seat is None:
        return
    sure = sure_of(connection, seat)
    everywhere = sure.role == "facilitator" and sure.meeting_id == session.meeting_id
    if not everywhere and (sure.role != "member" or sure.session_id != session.id):
        raise RightError("This seat belongs to another team's session.")
    if getattr(judge, LEADING, False) and not everywhere:
        raise RightError(say("facilitator_leads"))


def write_acts(
    connection: Connection, session: Session, wanted: Sequence[NewAct], by: tuple[int | None, datetime]
) -> tuple[Act, ...]:
    """Write acts and what follows from them; `by` is the seat's number and the time."""
    seat_id, now = by
    acts = tuple(
        Act(session.rev + n, now, a.kind, a.step, a.round, dict(a.payload), seat_id, a.reason, a.undoes)
        for n, a in enumerate(wanted, start=1)
    )
    if not acts:
        return ()
    names = [c.name for c in t.acts.c if c.name != "session_id"]
    rows = [{"session_id": session.id, **{name: getattr(act, name) for name in names}} for act in acts]
    connection.execute(insert(t.acts), rows)
    revisions = {"rev": acts[-1].seq, "stage_rev": session.stage_rev + len(acts)}
    connection.execute(update(t.sessions).where(t.sessions.c.id == session.id).values(revisions))
    for act in acts:
        _follow(connection, session, act)
    return acts


def _follow(connection: Connection, session: Session, act: Act) -> None:
    """Change what an act says beside the stage: who is excused, who is paired, whose answers lose their names."""
    if act.kind in {"excuse", "back"}:
        _excuse(connection, session, act.payload, act.at if act.kind == "excuse" else None)
    elif act.kind == "pairs":
        _pair(connection, session, act)
    elif act.kind == PRIVATE:
        tighten(connection, session, act)
    elif act.kind == "undo":
        undone = (act.undoes, *act.payload.get("also", ()))
        a = t.acts.c
        query = select(a.kind, a.payload, a.at).where(a.session_id == session.id, a.seq.in_(undone))
        for kind, payload, at in connection.execute(query.order_by(a.seq)).all():
            if kind in {"excuse", "back"}:
                _excuse(connection, session, payload, at if kind == "back" else None)


def _excuse(connection: Connection, session: Session, payload: Mapping[str, Any], at: datetime | None) -> None:
    here = (t.attendance.c.session_id == session.id, t.attendance.c.member_id.in_(_ids(session, [payload["member"]])))
    connection.execute(update(t.attendance).where(*here).values(excused_at=at))


def _ids(session: Session, keys: Sequence[str]) -> Any:
    return select(t.members.c.id).where(t.members.c.team_id == session.team_id, t.members.c.key.in_(keys))


def _pair(connection: Connection, session: Session, act: Act) -> None:
    """Write pairs as the act lists them: whoever it lists elsewhere has left a pair, and may come back to it."""
    p = t.pairs.c
    for n, keys in enumerate(act.payload["pairs"], start=1):
        ids = connection.execute(_ids(session, keys)).scalars().all()
        pair = (p.session_id == session.id, p.n == n)
        leaving = (*pair, p.member_id.not_in(ids), p.left_at.is_(None))
        connection.execute(update(t.pairs).where(*leaving).values(left_at=act.at))
        connection.execute(update(t.pairs).where(*pair, p.member_id.in_(ids)).values(left_at=None))
        for member_id in ids:
            insert_new(
                connection, t.pairs, {"session_id": session.id, "n": n, "member_id": member_id, "joined_at": act.at}
            )
