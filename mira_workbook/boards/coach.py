"""The desk of a coach: reads what moved, makes the page that is looked at, and takes what it sends."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import Any

from mira_workbook.boards.coach_compare import chosen, compare, workbook_of
from mira_workbook.boards.coach_files import take
from mira_workbook.boards.coach_reading import TEAM, reading
from mira_workbook.boards.coach_teams import teams
from mira_workbook.boards.coaching import CoachDoors, Looked, Visit
from mira_workbook.boards.parts import EMPTY, line, quiet
from mira_workbook.boards.presses import Press, read
from mira_workbook.boards.replies import Replies, Reply
from mira_workbook.catalogue import say
from mira_workbook.errors import MiraError
from mira_workbook.exports import EXPORTS
from mira_workbook.records import Session, Snapshot
from mira_workbook.rules.entries import veiled
from mira_workbook.rules.patterns import latest
from mira_workbook.rules.stage import fold
from mira_workbook.widgets.controls import Doc

MOST_DIGITS = 9
LONGEST = 4000
"""Letters of a note that are taken."""
SCREENS: Mapping[str, Callable[[Sequence[Visit], CoachDoors, Looked], Doc]] = {
    "teams": teams,
    "compare": compare,
    "take": take,
}


@dataclass(slots=True)
class CoachDesk:
    """One coach's board in one page.

    Attributes:
        doors: the world.
        where: what this page looks at.
        view: the page as it was made last.
    """

    doors: CoachDoors
    where: Looked = field(default_factory=Looked)
    view: Doc = field(default_factory=dict)
    _known: dict[int, tuple[Session, Visit]] = field(default_factory=dict)
    _replies: Replies = field(default_factory=Replies)
    _lock: Any = field(default_factory=RLock)

    def refresh(self, *, written: bool = True) -> Doc:
        """Make the page anew; only sessions whose revision moved are read, and nothing where nobody has written."""
        with self._lock:
            if written or not self.view:
                self._read()
                self.view = self._view()
            return self.view

    def take(self, message: Mapping[str, Any]) -> list[Reply]:
        """Take one message `{press, value, save_key}` of the page and give the answers to it.

        Raises:
            nothing: what goes wrong is an answer with a sentence.
        """
        if "press" not in message:
            return []

        def press() -> Reply:
            self._press(str(message["press"])[:200], message.get("value"))
            return {}

        with self._lock:
            reply, is_done = self._replies.once(message, press)
            if is_done:
                with suppress(MiraError):
                    # It is done; what the page cannot read now, it reads at its next look.
                    self.refresh()
            return [reply]

    # ------------------------------------------------------------------------------------------------------- looking

    def _read(self) -> None:
        sessions = self.doors.sessions()
        known = {}
        for session in sessions:
            before = self._known.get(session.id)
            known[session.id] = before if before and before[0] == session else (session, self._visit(session))
        self._known = known
        if self.where.screen == "reading" and self.where.session in known:
            self._read_notes(*known[self.where.session])

    def _read_notes(self, session: Session, visit: Visit) -> None:
        """Take in what another coach noted: a note moves no revision."""
        found = tuple(self.doors.notes(session.id))
        if found != visit.snapshot.notes:
            self._known[session.id] = (session, replace(visit, snapshot=replace(visit.snapshot, notes=found)))

    def _visit(self, session: Session) -> Visit:
        snapshot = self.doors.snapshot(session)
        stage = veiled(snapshot, fold(snapshot.acts, snapshot.workbook))
        return Visit(snapshot, stage, lambda: self.doors.numbers(snapshot))

    @property
    def visits(self) -> list[Visit]:
        """Every session on this board."""
        return [visit for _, visit in self._known.values()]

    def _here(self) -> Visit:
        """The session that is read.

        Raises:
            MiraError: there is none, or none any more.
        """
        found = self._known.get(self.where.session)
        if found is None:
            raise MiraError(say("press_unknown"))
        return found[1]

    def _view(self) -> Doc:
        where = self.where
        if where.screen == "reading" and where.session not in self._known:
            where = self.where = Looked()
        key = f"coach:{where.screen}:{where.session}:{where.step}:{where.by if where.screen == 'compare' else ''}"
        if where.screen == "reading":
            made = reading(self._here(), self.doors, where)
        else:
            made = SCREENS.get(where.screen, teams)(self.visits, self.doors, where)
        lines = [line("note", "i", where.note)] if where.note else []
        return {**EMPTY, "key": key, "head": self._head(), "lines": lines, "coach": {"screen": where.screen, **made}}

    def _head(self) -> Doc:
        """Whose session this is, and the ways to the other screens."""
        here = self.where.screen
        title, sub = say("coach_board_title"), ""
        if here == "reading":
            visit = self._here()
            title, sub = visit.name, _stands(visit)
        ways = [("teams", "my_teams"), ("compare", "compare"), ("take", "take")]
        buttons = [{**quiet(f"screen:{name}", say(words)), "pressed": here == name} for name, words in ways]
        return {"title": title, "sub": sub, "teams": [], "ends": "", "over": False, "code": "", "buttons": buttons}

    # -------------------------------------------------------------------------------------------------------- taking

    def _press(self, key: str, value: Any) -> None:
        press = read(key, value)
        doing = _PRESSES.get(press.verb)
        if doing is None:
            raise MiraError(say("press_unknown"))
        self.where = replace(self.where, note="")
        doing(self, press)


def _stands(visit: Visit) -> str:
    """Where a session stands just now, for whoever reads it while it runs."""
    step = visit.snapshot.workbook.step(visit.stage.current) if visit.stage.current else None
    if visit.stage.state == "ended":
        return say("session_over")
    return say("coach_live", n=step.part, step=step.title) if step else say("coach_lobby")


def _number(text: str) -> int:
    """A whole number of a button's id.

    Raises:
        MiraError: it is none.
    """
    if not (text.isascii() and text.isdigit()):
        raise MiraError(say("press_unknown"))
    return int(text[:MOST_DIGITS])


def _screen(desk: CoachDesk, press: Press) -> None:
    if press.arg in {*SCREENS, "reading"}:
        desk.where = replace(desk.where, screen=press.arg, as_table=False, file=False)


def _open(desk: CoachDesk, press: Press) -> None:
    desk.where = Looked("reading", _number(press.arg), whole=desk.where.whole)


def _step(desk: CoachDesk, press: Press) -> None:
    desk.where = replace(desk.where, step=press.arg, picture=0, as_table=False, words=False)


def _table(desk: CoachDesk, _press: Press) -> None:
    desk.where = replace(desk.where, as_table=not desk.where.as_table)


def _picture(desk: CoachDesk, press: Press) -> None:
    desk.where = replace(desk.where, picture=_number(press.arg), as_table=False)


def _words(desk: CoachDesk, _press: Press) -> None:
    desk.where = replace(desk.where, words=not desk.where.words)


def _by(desk: CoachDesk, press: Press) -> None:
    desk.where = replace(desk.where, by=press.arg, file=False)


def _team(desk: CoachDesk, press: Press) -> None:
    desk.where = replace(desk.where, team=_number(press.arg), file=False)


def _book(desk: CoachDesk, press: Press) -> None:
    desk.where = replace(desk.where, slug=press.arg, file=False)


def _from(desk: CoachDesk, press: Press) -> None:
    desk.where = replace(desk.where, session=_number(press.arg))


def _whole(desk: CoachDesk, press: Press) -> None:
    desk.where = replace(desk.where, whole=press.arg == "all")


def _write(desk: CoachDesk, press: Press) -> None:
    text = str(press.value.get("text") or "")[:LONGEST]
    visit = desk._here()  # noqa: SLF001 - one room
    desk.doors.note(visit.id, text, shared=press.given("for") == TEAM)


def _share(desk: CoachDesk, press: Press) -> None:
    number, _, to = press.arg.partition(":")
    visit = desk._here()  # noqa: SLF001
    desk.doors.share(visit.id, _number(number), shared=to == TEAM)


def _drop(desk: CoachDesk, press: Press) -> None:
    visit = desk._here()  # noqa: SLF001
    desk.doors.drop(visit.id, _number(press.arg))


def _file(desk: CoachDesk, _press: Press) -> None:
    """Make a file of the comparison: noted in the log of every meeting that it is made from."""
    where, visits = desk.where, desk.visits
    if where.by == "teams":
        from_: Sequence[Snapshot] = latest([visit.snapshot for visit in visits], workbook_of(visits, where))
    else:
        from_ = [visit.snapshot for visit in chosen(visits, where)]
    desk.doors.note_taken(from_, "compared", len(from_))
    desk.where = replace(where, file=True)


def _make(desk: CoachDesk, press: Press) -> None:
    """Write files beside the store, where no server gives them out."""
    if press.arg not in EXPORTS:
        raise MiraError(say("press_unknown"))
    known = {visit.id: visit for visit in desk.visits}
    visit = known.get(desk.where.session) or max(known.values(), key=lambda one: one.id)
    code = visit.snapshot.meeting.code
    every = [one.snapshot for one in known.values() if one.snapshot.meeting.code == code]
    found = every if desk.where.whole else [visit.snapshot]
    place = desk.doors.write(found, press.arg)
    desk.where = replace(desk.where, note=say("files_written", place=place))


_PRESSES: Mapping[str, Callable[[CoachDesk, Press], None]] = {
    "screen": _screen,
    "open": _open,
    "step": _step,
    "table": _table,
    "picture": _picture,
    "words": _words,
    "by": _by,
    "team": _team,
    "book": _book,
    "from": _from,
    "whole": _whole,
    "write": _write,
    "share": _share,
    "drop": _drop,
    "file": _file,
    "make": _make,
}
