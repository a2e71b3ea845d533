"""A rehearsal on a copy: the same workbook, teams and set-up, played and forgotten, so that the meeting stays fresh."""

from collections.abc import Callable

from mira_workbook.catalogue import say
from mira_workbook.records import Entry, Member, Seat, Session, Snapshot
from mira_workbook.rehearse.live import rehearse_at
from mira_workbook.rehearse.play import NAMES, Plan, rehearse_with
from mira_workbook.rehearse.recount import Rehearsed
from mira_workbook.rules.guards import may_record
from mira_workbook.store import NewMember, NewTeam, Opened, Store


def rehearse_copy(
    store: Store, code: str, people: int = 8, tell: Callable[[str], None] = lambda _text: None
) -> Rehearsed:
    """Play a throw-away copy of a meeting with scripted people, in a process beside this one, and forget it.

    It waits until the end, some twenty seconds for eight people: call it where nobody waits for this thread.

    Args:
        store: where the meeting is.
        code: the code of the meeting to copy; nothing of it changes.
        people: how many in all, shared out over its teams.
        tell: given a line as each step opens.

    Raises:
        SessionNotFound: no meeting has this code.
        MiraError: the rehearsal stood still.
    """
    return rehearse_copied(store, code, Plan(people, workers=1, tell=tell))


def rehearse_as_planned(store: Store, code: str, plan: Plan) -> Rehearsed:
    """Play a meeting at the store's doors, or over real sockets where the plan names a server.

    Raises:
        MiraError: the meeting has ended or has begun, or stood still on the way.
    """
    return rehearse_at(store, code, plan) if plan.url else rehearse_with(store, code, plan)


def rehearse_copied(store: Store, code: str, plan: Plan) -> Rehearsed:
    """Play a copy of a meeting as planned, and forget it, however it ends."""
    opened = copied(store, code, plan.people)
    try:
        return rehearse_as_planned(store, opened.meeting.code, plan)
    finally:
        store.forget_meeting(opened.meeting.code)


def copied(store: Store, code: str, people: int) -> Opened:
    """Open a meeting like another one: its pinned workbook, pace, time zone, teams and set-up, with scripted names."""
    meeting = store.meeting(code)
    originals = [store.snapshot(session.id) for session in store.sessions(meeting.id)]
    share = -(-people // len(originals))
    teams = [_team(one, share) for one in originals]
    opened = store.open_meeting(store.workbook(meeting), teams, pace=meeting.pace, timezone=meeting.timezone)
    for original, session in zip(originals, opened.sessions, strict=True):
        _set_up_alike(store, original, session)
    return opened


def _team(original: Snapshot, share: int) -> NewTeam:
    members = [_scripted(member, n) for n, member in enumerate(original.members[:share])]
    return NewTeam(say("rehearse_copy_name", team=original.team.name), facts=original.team.facts, members=members)


def _scripted(member: Member, n: int) -> NewMember:
    """The same place in the team, so that what the set-up says of people holds, under a scripted name."""
    return NewMember(NAMES[n % len(NAMES)], member.role, member.role_group, member.contract_min, member.key)


def _set_up_alike(store: Store, original: Snapshot, session: Session) -> None:
    """Record what the facilitator filled at the set-up, and what the session builds on."""
    built_on = {key: original.carries[key] for key in original.workbook.needs if key in original.carries}
    store.type_carries(None, lambda _snapshot: built_on, session.id)
    given: dict[str, dict[str, object]] = {}
    for r in original.responses:
        asked = original.workbook.step(r.step).field(r.field)
        if r.author_kind == "facilitator" and r.state == "submitted" and asked.setup:
            given.setdefault(r.step, {})[r.field] = r.value
    seat: Seat | None = None
    for step, values in given.items():
        seat = seat or store.take_seat(f"rehearsal-{session.id}", session.id, "facilitator")
        store.record(seat, Entry(step, 1, f"set-up-{session.id}-{step}", values, "facilitator", "FACIL"), may_record)
