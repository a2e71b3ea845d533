"""Who may save what, when: given to the store's write door, called inside its transaction."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.errors import RightError, SessionClosed, StepLocked
from mira_workbook.judging import Ledger, Verdict
from mira_workbook.records import Entry, Seat
from mira_workbook.rules import pairs
from mira_workbook.rules.pens import holder_name
from mira_workbook.rules.progress import AFTER_ROUND_2, pen_page
from mira_workbook.rules.stage import FACILITATOR, Stage, fold
from mira_workbook.rules.staying import midnight_after, only_adds, open_until, takes_words

Cells = Mapping[str, Any]
Rows = dict[str, dict[str, Any]]
"""Row id to its cells."""


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
        if entry.entered_by:
            _scribe(ledger, stage, seat, entry)
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


def _scribe(ledger: Ledger, stage: Stage, seat: Seat, entry: Entry) -> None:
    """Entering for somebody: only who was asked to, and only for a person without a device of their own."""
    author = next((m for m in ledger.members if m.key == entry.author), None)
    if author is None:
        raise RightError(say("E16", team=ledger.team.name))
    if author.joined_at is not None:
        raise StepLocked(say("answers_alone", name=author.name))
    if stage.scribes.get(author.key) != _writer(seat):
        raise RightError(say("no_scribe", name=author.name))


def _writer(seat: Seat) -> str:
    """Who types, as pens and scribes name people."""
    return seat.member_key or FACILITATOR


def _member(stage: Stage, step: Step, entry: Entry, ledger: Ledger) -> Verdict:
    """An individual answer: taken while open; once shown only from those who had not sent one, and marked late."""
    own = {f.key for f in step.asks("individual")}
    if not set(entry.values) <= own:
        raise RightError(say("not_yours_to_write"))
    if step.closing:
        _at_the_end(stage, step, entry, ledger)
        return Verdict()
    if _stays_open(stage, step, entry, ledger):
        # A row added to what came in time leaves that in time.
        return Verdict(late=all(late for _, late in ledger.stood.values()))
    _is_reached(stage, entry)
    unsigned = _is_unsigned(step, entry)
    if not _after_the_end(stage, entry, ledger) and not _is_shown(stage, step, entry):
        if unsigned:
            _never_shown(stage, step, entry, ledger)
        return Verdict()
    if entry.state == "withdrawn" or ledger.stands:
        raise StepLocked(say("already_shown"))
    if unsigned:
        raise StepLocked(say("closed_anonymous"))
    return Verdict(late=True)


def _at_the_end(stage: Stage, step: Step, entry: Entry, ledger: Ledger) -> None:
    """Whether what is asked at the end takes this now: once the session has ended, until its words were shown.

    Raises:
        StepLocked: it does not.
    """
    if stage.ended_at is None:
        raise StepLocked(say("not_open_yet"))
    _never_shown(stage, step, entry, ledger)
    if not takes_words(ledger.meeting, stage, step, ledger.now):
        raise StepLocked(say("too_late_today"))


def _is_shown(stage: Stage, step: Step, entry: Entry) -> bool:
    """Whether these answers were shown; a step that waits for a later one is itself shown as soon as that one opens."""
    keys = {entry.step, *(step.reveal_of(step.field(key)) for key in entry.values)}
    return any((key, entry.round) in stage.revealed for key in keys)


def _is_reached(stage: Stage, entry: Entry) -> None:
    """Whether the entry's step and round have come, and were not left out.

    Raises:
        StepLocked: they were not.
    """
    if entry.step not in stage.opened or entry.round > stage.round_of(entry.step):
        raise StepLocked(say("not_open_yet"))
    if entry.step in stage.skipped:
        raise StepLocked(say("left_this_out"))


def _is_unsigned(step: Step, entry: Entry) -> bool:
    """Whether something in the entry is answered without a name."""
    return any(step.attribution_of(step.field(key)) == "anonymous" for key in entry.values)


def _never_shown(stage: Stage, step: Step, entry: Entry, ledger: Ledger) -> None:
    """Anonymous answers that were on show once stay as they were, also where showing them was undone.

    Whoever remembers what was on show would see by the difference whose the new words are.

    Raises:
        StepLocked: they were on show.
    """
    keys = {entry.step, *(step.reveal_of(step.field(key)) for key in entry.values)}
    if any((key, entry.round) in stage.first_shown for key in keys):
        raise StepLocked(say("shown_once_stays" if ledger.stands else "shown_once"))


def _after_the_end(stage: Stage, entry: Entry, ledger: Ledger) -> bool:
    """Whether an answer comes after the end of a led session: it is taken until midnight, and late.

    Raises:
        StepLocked: nothing is taken back after the end, and nothing more is taken after midnight.
    """
    if stage.ended_at is None:
        return False
    if entry.state == "withdrawn":
        raise StepLocked(say("already_shown"))
    if ledger.meeting.pace != "led":
        return False
    if ledger.now >= midnight_after(ledger.meeting, stage.ended_at):
        raise StepLocked(say("too_late_today"))
    return True


def _stays_open(stage: Stage, step: Step, entry: Entry, ledger: Ledger) -> bool:
    """Whether all of this stays open for days after the end, and changes nothing that its author has sent."""
    if entry.state == "withdrawn" or entry.round != stage.round_of(step.key):
        return False
    sent = ledger.stands & entry.values.keys()
    if not all(key in ledger.stood and only_adds(ledger.stood[key][0], entry.values[key]) for key in sent):
        return False
    until = [open_until(ledger.meeting, stage, step, step.field(key)) for key in entry.values]
    return bool(until) and all(moment is not None and ledger.now < moment for moment in until)


def _pair(stage: Stage, step: Step, seat: Seat, entry: Entry, ledger: Ledger) -> None:
    """A pair's answer: whoever of the pair is here saves it, while the step is open and nothing is shown."""
    if not set(entry.values) <= {f.key for f in step.asks("pair")}:
        raise RightError(say("not_yours_to_write"))
    if seat.role == "member" and not pairs.is_in(ledger.acts, seat.member_key, entry.author):
        raise RightError(say("E16", team=say("this_pair")))
    if entry.step not in stage.now_open:
        raise _closed(ledger, stage, entry)
    keys = {entry.step, *(step.reveal_of(step.field(key)) for key in entry.values)}
    if any((key, entry.round) in stage.revealed for key in keys):
        raise StepLocked(say("already_shown"))


def _shared(ledger: Ledger, stage: Stage, step: Step, seat: Seat, entry: Entry) -> None:
    """A team's or facilitator's fields: while their step is open, and from whoever holds the pen."""
    for key in entry.values:
        mode = step.mode_of(step.field(key))
        if mode in {"individual", "pair"}:
            raise RightError(say("not_yours_to_write"))
        if mode == "facilitator" and ledger.meeting.pace == "led" and seat.role != "facilitator":
            raise RightError(say("facilitator_writes"))
        if not _always_open(stage, step, seat, key):
            _is_open(ledger, stage, step, (entry, key))
        if mode == "team":
            _holds_the_pen(ledger, stage, step, seat, (entry, key))


def _always_open(stage: Stage, step: Step, seat: Seat, key: str) -> bool:
    """Set-up fields before their step, or whenever a facilitator fills them; and how it was decided after round 2."""
    asked = step.field(key)
    if asked.setup and (seat.role == "facilitator" or step.key not in stage.opened):
        return True
    return asked.control == AFTER_ROUND_2 and bool(step.again) and (step.again, 2) in stage.revealed


def _is_open(ledger: Ledger, stage: Stage, step: Step, what: tuple[Entry, str]) -> None:
    entry, key = what
    asked = step.field(key)
    if step.key not in stage.now_open:
        raise _closed(ledger, stage, entry)
    if asked.after_reveal and (step.reveal_of(asked), 1) not in stage.revealed:
        raise StepLocked(say("after_the_reveal"))


def _closed(ledger: Ledger, stage: Stage, entry: Entry) -> StepLocked:
    """What is said of a step that is not open: not yet, or no more, and who can change that."""
    if entry.step not in stage.opened:
        return StepLocked(say("not_open_yet"))
    return StepLocked(say("closed_led" if ledger.meeting.pace == "led" else "closed_step"))


def _holds_the_pen(ledger: Ledger, stage: Stage, step: Step, seat: Seat, what: tuple[Entry, str]) -> None:
    """One pen: while somebody holds it, others' words wait; a row that somebody took is theirs."""
    entry, key = what
    me = _writer(seat)
    if step.pen == "one":
        pen = stage.pens.get((step.key, pen_page(step, step.field(key))))
        if pen and pen.holder not in {"", me}:
            raise StepLocked(say("holds_pen", name=holder_name(ledger.members, pen.holder)))
    if step.pen == "rows":
        theirs = {row: by for (of, row), by in stage.rows.items() if of == step.key and by != me}
        base, head = ledger.shared.get(key, ((), ()))
        # Who took a row is put into it with anybody's save, by the server: that alone changes nobody's words.
        takers = {column.key for column in getattr(step.field(key), "columns", ()) if column.control == "taker"}
        was, stands, now = (_by_id(rows, takers) for rows in (base, head, entry.values[key]))
        # The first save brings every row as it was prefilled: until a row stands, there are no words of somebody's.
        for row in _changed(was, stands, now) & theirs.keys() & stands.keys():
            raise StepLocked(say("row_is_taken", name=holder_name(ledger.members, theirs[row])))


def _changed(was: Rows, stands: Rows, now: Rows) -> set[str]:
    """Ids of the rows that a save would change: other than what it was built on, and than what stands."""
    return {row for row in was | stands | now if _touched(was.get(row), stands.get(row), now.get(row))}


def _touched(was: Cells | None, stands: Cells | None, now: Cells | None) -> bool:
    """Whether a save changes a cell of a row: a cell it does not know yet is as it was."""
    if now is None:
        return was is not None and stands is not None
    before, head = was or {}, stands or {}
    return any(now.get(key) not in (before.get(key), head.get(key)) for key in {*before, *head, *now})


def _by_id(rows: Any, without: AbstractSet[str] = frozenset()) -> Rows:
    """Row id to its cells, leaving some columns out."""
    found: Sequence[Any] = rows if isinstance(rows, list) else ()
    return {
        str(row["row_id"]): {key: value for key, value in row.get("cells", {}).items() if key not in without}
        for row in found
        if isinstance(row, dict) and row.get("row_id")
    }
