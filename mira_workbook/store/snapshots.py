"""Reading everything known of a session at one moment, in a handful of indexed queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, func, or_, select

from mira_workbook.content.definition import Workbook
from mira_workbook.content.privacy import tightened
from mira_workbook.content.tailoring import tailored
from mira_workbook.records import Act, Meeting, Member, Note, Pair, Response, Session, Sitting, Snapshot, Stay, Team
from mira_workbook.store import schema as t
from mira_workbook.store.anonymous import Secrets, by_member, find_secrets
from mira_workbook.store.building import find_built
from mira_workbook.store.door import (
    ACTS,
    RESPONSES,
    SESSIONS,
    TEAMS,
    Door,
    choose,
    cycle_is_closed,
    find_acts,
    find_meeting,
    find_roster,
    find_session,
    find_team,
    find_workbook,
)
from mira_workbook.store.meetings import by_code
from mira_workbook.store.tightening import KIND as PRIVATE
from mira_workbook.store.tightening import effective

_N, _R, _D, _P = t.notes.c, t.responses.c, t.drafts.c, t.pairs.c
# Made once, as the door's are.
_NOTES = choose(Note, t.notes).where(_N.session_id == bindparam("session")).order_by(_N.id)
_SHARED = _NOTES.where(_N.shared.is_(True))
_OR_BY = _NOTES.where(or_(_N.shared.is_(True), _N.author == bindparam("author")))
_LATEST = (
    select(func.max(_R.seq).label("seq"))
    .where(_R.session_id == bindparam("session"))
    .group_by(_R.step, _R.round, _R.item, _R.field, _R.author_kind, _R.author)
)
_RESPONSES = RESPONSES.where(_R.session_id == bindparam("session"), _R.seq.in_(_LATEST))
_DRAFTING = select(_D.author, _D.step, _D.round).where(_D.session_id == bindparam("session")).distinct()
_PAIRS = (
    select(_P.n, _P.member_id, _P.joined_at, _P.left_at)
    .where(_P.session_id == bindparam("session"))
    .order_by(_P.n, _P.joined_at, _P.member_id)
)


class Snapshots(Door):
    """Doors for reading."""

    def snapshot(self, session_id: int) -> Snapshot:
        """Read everything known of a session, as of one moment.

        Raises:
            SessionNotFound: it is not here, or no longer.
        """
        with self._db.read() as connection:
            return read_snapshot(connection, find_session(connection, session_id))

    def sittings(self, code: str | None = None, team: str | None = None) -> tuple[Sitting, ...]:
        """List sessions: meetings by the day they were opened, in each the teams by their short names.

        Args:
            code: only those of this meeting.
            team: only those of the team with this short name.

        Raises:
            SessionNotFound: no meeting has the code.
        """
        with self._db.read() as connection:
            meeting = by_code(connection, code) if code is not None else None
            return find_sittings(connection, meeting, team)

    def revisions(self, session_id: int) -> tuple[int, int]:
        """The session's `rev` (moves with every save and act) and `stage_rev` (acts and roster only).

        Raises:
            SessionNotFound: it is not here, or no longer.
        """
        with self._db.read() as connection:
            session = find_session(connection, session_id)
        return session.rev, session.stage_rev

    def standing(self) -> Mapping[int, tuple[int, int]]:
        """The two revisions of every session whose meeting has not ended, by the session's number."""
        s, m = t.sessions.c, t.meetings.c
        query = select(s.id, s.rev, s.stage_rev).join_from(t.meetings, t.sessions, s.meeting_id == m.id)
        with self._db.read() as connection:
            rows = connection.execute(query.where(m.ended_at.is_(None)))
            return {session_id: (rev, stage_rev) for session_id, rev, stage_rev in rows}

    def changed(self) -> bool:
        """Whether anybody has written to the store since the last call; cheap, to be asked before `revisions`."""
        return self._db.changed()


def find_sittings(connection: Connection, meeting: Meeting | None, team: str | None) -> tuple[Sitting, ...]:
    """List sessions, of all meetings or one, of all teams or one."""
    s, m, x, a = t.sessions.c, t.meetings.c, t.teams.c, t.acts.c
    both = select(*SESSIONS.selected_columns, *TEAMS.selected_columns)
    places = both.join_from(t.sessions, t.meetings, s.meeting_id == m.id).join(t.teams, x.id == s.team_id)
    places = places.order_by(m.opened_at, m.id, x.slug, s.occasion, s.id)
    if meeting is not None:
        places = places.where(m.id == meeting.id)
    if team is not None:
        places = places.where(x.slug == team)
    private = select(a.session_id, *ACTS.selected_columns).where(a.kind == PRIVATE).order_by(a.session_id, a.seq)
    changes: dict[int, list[Act]] = defaultdict(list)
    for id_, *act in connection.execute(private):
        changes[id_].append(Act(*act))
    meetings: dict[int, Meeting] = {}
    found = []
    for row in connection.execute(places).all():
        session, of = Session(*row[:_OF_SESSION]), Team(*row[_OF_SESSION:])
        here = meetings.get(session.meeting_id) or find_meeting(connection, session.meeting_id)
        meetings[here.id] = here
        workbook = effective(find_workbook(connection, here.definition_hash), changes.get(session.id, ()))
        found.append(Sitting(session, here, of, workbook))
    return tuple(found)


_OF_SESSION = len(SESSIONS.selected_columns)


def read_snapshot(connection: Connection, session: Session, *, notes_of: str = "") -> Snapshot:
    """Read a snapshot inside an open transaction; of the notes only the shared ones, and those of one author."""
    meeting = find_meeting(connection, session.meeting_id)
    members = find_roster(connection, session.id)
    secrets = find_secrets(connection, session.id)
    responses = find_responses(connection, session.id, members)
    acts = find_acts(connection, session.id)
    pinned = find_workbook(connection, meeting.definition_hash)
    workbook = effective(pinned, acts)
    built = find_built(connection, session)
    own = _own(workbook, responses)
    return Snapshot(
        workbook=own,
        meeting=meeting,
        session=session,
        team=find_team(connection, session.team_id),
        members=members,
        acts=acts,
        responses=responses,
        pairs=find_pairs(connection, session.id),
        drafting=_drafting(connection, session.id, members, secrets),
        carries=built.values,
        built_on=built.on,
        newer=built.newer,
        cycle_closed=cycle_is_closed(connection, session),
        arrived=_arrived(responses, members, secrets),
        tightened=tightened(pinned, workbook),
        whole=None if own is workbook else workbook,
        notes=find_notes(connection, session.id, notes_of),
    )


def find_notes(connection: Connection, session_id: int, author: str) -> tuple[Note, ...]:
    """The shared notes of a session and those of one author, "" for nobody's, oldest first."""
    told = {"session": session_id, **({"author": author} if author else {})}
    return tuple(Note(*row) for row in connection.execute(_OR_BY if author else _SHARED, told))


def _own(workbook: Workbook, responses: Iterable[Response]) -> Workbook:
    """The definition without the columns that this session's earlier answers make needless."""
    kinds = {"team", "facilitator"}
    told = {(r.step, r.field): r.value for r in responses if r.author_kind in kinds and r.state == "submitted"}
    return tailored(workbook, lambda step, field: told.get((step, field)))


def find_responses(connection: Connection, session_id: int, members: Iterable[Member]) -> tuple[Response, ...]:
    """The latest version of every answer, by author in roster order.

    Anonymous authors stand in the order of their hashes, which says nothing of who saved first.
    """
    place = {member.key: n for n, member in enumerate(members)}
    # All at once, because one by one costs a third more.
    found = (Response(*row) for row in connection.execute(_RESPONSES, {"session": session_id}).all())
    return tuple(sorted(found, key=lambda r: (place.get(r.author, len(place)), *_rest(r, place))))


def _rest(response: Response, place: Mapping[str, int]) -> tuple[str, int]:
    if response.author in place:
        return "", response.seq
    return (response.author, 0) if response.author_kind in {"member", "anon"} else ("", response.seq)


def find_pairs(connection: Connection, session_id: int) -> tuple[Pair, ...]:
    """The pairs of a session, by number; who left one is in its stays only."""
    stays: dict[int, list[Stay]] = defaultdict(list)
    for n, *stay in connection.execute(_PAIRS, {"session": session_id}):
        stays[n].append(Stay(*stay))
    return tuple(Pair(n, tuple(s.member for s in all_ if s.left_at is None), tuple(all_)) for n, all_ in stays.items())


def _drafting(
    connection: Connection, session_id: int, members: Iterable[Member], secrets: Secrets
) -> frozenset[tuple[str, str]]:
    """(author, step) where unsent text lies; members by key also in anonymous steps: that they write is no secret."""
    rows = connection.execute(_DRAFTING, {"session": session_id}).all()
    hidden = by_member([(r.author, r.step, r.round) for r in rows], [member.key for member in members], secrets)
    return frozenset((hidden.get((r.author, r.step, r.round), r.author), r.step) for r in rows)


def _arrived(
    responses: Iterable[Response], members: Iterable[Member], secrets: Secrets
) -> frozenset[tuple[str, str, int]]:
    """(member key, step, round) of the anonymous answers that stand."""
    standing = [(r.author, r.step, r.round) for r in responses if r.state == "submitted"]
    found = by_member(standing, [member.key for member in members], secrets)
    return frozenset((key, step, round_) for (_, step, round_), key in found.items())
