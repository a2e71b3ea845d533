"""Who may save what, when: given to the store's write door, called inside its transaction."""

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.errors import RightError, SessionClosed, StepLocked
from mira_workbook.records import Entry, Ledger, Seat, Verdict
from mira_workbook.rules import pairs
from mira_workbook.rules.progress import AFTER_ROUND_2
from mira_workbook.rules.stage import Stage, fold


def may_record(ledger: Ledger, seat: Seat, entry: Entry) -> Verdict:
    """Judge one save.

    Raises:
        SessionClosed: the meeting has ended or the cycle is closed.
        RightError: the seat may not save here (message E16, or a facilitator's field).
        StepLocked: the step does not take this answer now; the text says why.
    """
    if ledger.cycle_closed:
        raise SessionClosed(say("cycle_closed"))
    stage = fold(ledger.acts, ledger.workbook)
    step = _step(ledger, entry)
    _same_team(ledger, seat)
    if entry.author_kind == "member":
        return _member(stage, step, entry, ledger)
    if entry.author_kind == "pair":
        _pair(stage, step, seat, entry, ledger)
        return Verdict()
    _shared(ledger, stage, step, seat, entry)
    return Verdict()


def _step(ledger: Ledger, entry: Entry) -> Step:
    try:
        step = ledger.workbook.step(entry.step)
        for key in entry.values:
            step.field(key)
    except KeyError as error:
        raise StepLocked(say("no_such_field")) from error
    return step


def _same_team(ledger: Ledger, seat: Seat) -> None:
    """E16: only members of this team, this meeting's facilitators and scribes."""
    if seat.role == "facilitator" and seat.meeting_id == ledger.meeting.id:
        return
    known = any(m.id == seat.member_id for m in ledger.members)
    if seat.role != "member" or seat.session_id != ledger.session.id or not known:
        raise RightError(say("E16", team=ledger.team.name))


def _member(stage: Stage, step: Step, entry: Entry, ledger: Ledger) -> Verdict:
    """An individual answer: taken while open; once shown only from those who had not sent one, and marked late."""
    own = {f.key for f in step.asks("individual")}
    if not set(entry.values) <= own:
        raise RightError(say("not_yours_to_write"))
    if entry.step not in stage.opened or entry.round > stage.round_of(entry.step):
        raise StepLocked(say("not_open_yet"))
    if stage.state == "ended" and entry.state == "withdrawn":
        raise StepLocked(say("already_shown"))
    # A step that waits for a later one is itself revealed as soon as that one opens.
    keys = {entry.step, *(step.reveal_of(step.field(key)) for key in entry.values)}
    shown = any((key, entry.round) in stage.revealed for key in keys)
    if not shown:
        return Verdict()
    if entry.state == "withdrawn" or ledger.stands:
        raise StepLocked(say("already_shown"))
    if any(step.attribution_of(step.field(key)) == "anonymous" for key in entry.values):
        raise StepLocked(say("closed_anonymous"))
    return Verdict(late=True)


def _pair(stage: Stage, step: Step, seat: Seat, entry: Entry, ledger: Ledger) -> None:
    """A pair's answer: whoever of the pair is here saves it, while the step is open and nothing is shown."""
    if not set(entry.values) <= {f.key for f in step.asks("pair")}:
        raise RightError(say("not_yours_to_write"))
    if seat.role == "member" and not pairs.is_in(ledger.acts, seat.member_key, entry.author):
        raise RightError(say("E16", team=say("this_pair")))
    if entry.step not in stage.now_open:
        raise StepLocked(say("closed_step" if entry.step in stage.opened else "not_open_yet"))
    keys = {entry.step, *(step.reveal_of(step.field(key)) for key in entry.values)}
    if any((key, entry.round) in stage.revealed for key in keys):
        raise StepLocked(say("already_shown"))


def _shared(ledger: Ledger, stage: Stage, step: Step, seat: Seat, entry: Entry) -> None:
    """A team's or facilitator's field: while its step is open; set-up fields also before."""
    led = ledger.meeting.pace == "led"
    for key in entry.values:
        asked = step.field(key)
        mode = step.mode_of(asked)
        if mode in {"individual", "pair"}:
            raise RightError(say("not_yours_to_write"))
        if mode == "facilitator" and led and seat.role != "facilitator":
            raise RightError(say("facilitator_writes"))
        if asked.setup and (seat.role == "facilitator" or entry.step not in stage.opened):
            continue
        if asked.control == AFTER_ROUND_2 and step.again and (step.again, 2) in stage.revealed:
            continue
        if entry.step not in stage.now_open:
            raise StepLocked(say("closed_step" if entry.step in stage.opened else "not_open_yet"))
        if asked.after_reveal and (step.reveal_of(asked), 1) not in stage.revealed:
            raise StepLocked(say("after_the_reveal"))
