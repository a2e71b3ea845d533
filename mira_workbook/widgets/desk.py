"""A member's desk: takes what the page sends, checks it, hands it to the store's doors, answers, and keeps the page.

Nothing here knows a browser or a database: both are given. Every right is checked again where the store is called.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from threading import RLock
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.checking import check_step
from mira_workbook.content.definition import Step
from mira_workbook.errors import MiraError, StoreBusy, VersionClash
from mira_workbook.records import Member, Saved, Snapshot
from mira_workbook.rules import led, moves, needs
from mira_workbook.rules.sealing import to_seal
from mira_workbook.rules.stage import FACILITATOR
from mira_workbook.widgets import carried
from mira_workbook.widgets.answering import refusals, version_of
from mira_workbook.widgets.choices import Choices
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.doors import Doors
from mira_workbook.widgets.importing import ROWS, bring_rows
from mira_workbook.widgets.presses import PRESSES, SCRIBES
from mira_workbook.widgets.room import Room
from mira_workbook.widgets.saving import Saver, is_nobodys, writers
from mira_workbook.widgets.sent import listed, save_key_of, sends_alone, stands, to_keep
from mira_workbook.widgets.signs import HERE, SIGNS
from mira_workbook.widgets.starts import start_value
from mira_workbook.widgets.typed import Watch
from mira_workbook.widgets.view import page

Reply = dict[str, Any]
LEAVING = frozenset({"menu:not_me", "menu:leave"})
"""Buttons with which somebody gives the seat up."""


MOST_VERSIONS = 2**31


@dataclass(slots=True)
class Desk:
    """One member at work in one page.

    Attributes:
        doors: the world.
        choices: what this person looks at.
        view: the page as it was made last.
        due: when a countdown on it is over.
        saver: saves what the page sends, built on what the page showed.
        watch: whether a partner types.
        other: the desk of the person this one writes for at the moment.
    """

    doors: Doors
    choices: Choices = field(default_factory=Choices)
    view: Doc = field(default_factory=dict, repr=False)
    due: datetime | None = None
    other: "Desk | None" = None
    saver: Saver = field(init=False, repr=False)
    watch: Watch = field(init=False, repr=False)
    _acknowledged: dict[str, Reply] = field(default_factory=dict)
    _lock: Any = field(default_factory=RLock)

    def __post_init__(self) -> None:
        self.saver = Saver(self.doors, self.choices)
        self.watch = Watch(self.doors)

    def room(self) -> Room:
        """Look at the session now."""
        snapshot = self.doors.snapshot()
        return Room(
            snapshot=snapshot,
            me=_person(snapshot, self.doors.member),
            now=self.doors.now(),
            drafts=self.doors.drafts(),
            before=self.doors.before(),
            own_authors=self.doors.own_authors(),
            choices=self.choices,
            pictures=lambda step: self.doors.pictures(snapshot, step),
            numbers=lambda step: self.doors.numbers(snapshot, step),
            knocking=self.doors.knocking(),
            entered_by=self.doors.entered_by,
            pages=self.doors.pages,
            typing=self.watch.look,
            row_numbers=self.saver.numbers,
        )

    def _as_read(self) -> Room:
        """The session as the page was made from it, unless its stage or roster has moved since.

        Colleagues' answers come all the time, and whoever writes alone builds on none that the page does not show.
        """
        with self.doors.as_read():
            return self.room()

    def refresh(self) -> Room:
        """Make the page anew, after what is due has been carried out: a countdown that is over, a pair, a seal."""
        with self._lock:
            room = self._up_to_date()
            self.due = room.stage.closing.due if room.stage.closing else None
            self._follow(room)
            if self.other is not None and not _may_write_for(room, self.other.doors.member):
                self.choices.note = say("has_a_device", name=room.name(self.other.doors.member))
                self.other = None
            if self.other is not None:
                theirs = self.other.refresh()
                self.view = self.other.view
                return theirs
            self.watch.known = None
            self.view = page(room)
            self.saver.note(room)
            return room

    def _up_to_date(self) -> Room:
        room = self.room()
        if moves.is_due(room.snapshot, room.stage, room.now) and self.doors.act(moves.tick()):
            room = self.room()
        for place in to_seal(room.snapshot, room.stage, room.now):
            self.doors.seal(*place)
            room = self.room()
        return room

    def _follow(self, room: Room) -> None:
        """Where everybody is called to one step, leave the screens beside the steps, once for each call."""
        if room.stage.called_at not in {None, self.choices.followed}:
            self.choices.followed = room.stage.called_at
            self.choices.screen, self.choices.visit, self.choices.welcomed = "", "", True

    def write_for(self, member: str) -> None:
        """Begin to write for somebody without a device; "" goes back to one's own page."""
        if self.other is not None:
            self._end_writing(self.other.doors.member)
        self.other, self.choices.screen = None, ""
        room = self.room()
        if not any(m.key == member and m.joined_at is None for m in room.snapshot.present()):
            return
        if room.leads and room.led:
            self.doors.act(led.scribe(FACILITATOR, member))
        elif not room.led:
            self.doors.act(moves.enter_for(self.doors.member, member))
        if _may_write_for(self.room(), member):
            self.other = Desk(self.doors.for_member(member))

    def _end_writing(self, member: str) -> None:
        room = self.room()
        if room.leads and room.led:
            self.doors.act(led.scribe(FACILITATOR, member, off=True))
        elif not room.led:
            self.doors.act(moves.enter_for(self.doors.member, member, off=True))

    def closing_is_due(self) -> bool:
        """Whether a countdown of the page made last is over and somebody has to carry it out."""
        return self.due is not None and self.doors.now() >= self.due

    def take(self, message: Mapping[str, Any]) -> list[Reply]:
        """Take one message `{field, value, save_key}` of the page and give the answers to it.

        Raises:
            nothing: what goes wrong is an answer with a sentence, and the page keeps the words.
        """
        name = str(message.get("field", ""))
        head = {"field": name, "save_key": save_key_of(message)}
        with self._lock:
            if self.other is not None and not _is_mine(name, message):
                replies = self.other.take(message)
                self.refresh()
                return replies
            try:
                return [head | reply for reply in self._answers(name, message)]
            except VersionClash as clash:
                return [head | {"error": str(clash), "final": True, "head": clash.head}]
            except StoreBusy as error:
                return [head | {"error": say("not_saved", why=str(error))}]
            except MiraError as error:
                return [head | {"error": str(error), "final": True}]

    def _answers(self, name: str, message: Mapping[str, Any]) -> list[Reply]:
        value = message.get("value")
        told = value if isinstance(value, dict) else {}
        if name == HERE:
            self.doors.beat(value if isinstance(value, str) and value in SIGNS else "idle")
        elif name == "$press":
            return self._press(told)
        elif name == "$submit":
            return [self._submit(told, save_key_of(message))]
        elif name.startswith(carried.FIELD):
            return [{"saved_at": "", "draft": True}]
        elif name == ROWS:
            return [self._bring(told, message)]
        elif not name.startswith("$"):
            return [self._draft(name, value, message)]
        return []

    def _here(self, room: Room, name: str) -> tuple[Step, str]:
        """The step and field a name of the page means: fields of another step are written in full."""
        if "." in name:
            key, field_key = name.split(".", 1)
            return room.snapshot.workbook.step(key), field_key
        step = room.my_step() or room.leaving
        if step is None:
            raise MiraError(say("not_open_yet"))
        return step, name

    def _asked(self, room: Room, name: str) -> tuple[Step, Any]:
        """The step and the field that a name of the page means.

        Raises:
            MiraError: there is none.
        """
        try:
            step, key = self._here(room, name)
            return step, step.field(key)
        except KeyError:
            raise MiraError(say("no_such_field")) from None

    def _draft(self, name: str, value: Any, message: Mapping[str, Any]) -> Reply:
        """Text on its way: one's own is kept as a draft; a team's is live as soon as it can stand."""
        room = self._as_read()
        step, asked = self._asked(room, name)
        if step.mode_of(asked) != "individual":
            room = self.room()
            step, asked = self._asked(room, name)
        key = asked.key
        team = step.mode_of(asked) in {"team", "facilitator"}
        tapped = not team and not room.required_alone(step) and not step.closing
        checked = asked.check(value, room.draft_context)
        if (team or tapped) and not asked.check(value, room.saving_context).stops:
            self._built_on(room, step, {key: message.get("base")})
            saved = self.saver.save(room, step, {key: checked.value}, save_key_of(message), team=team)
            merged = {"value": saved.merged[key]} if key in saved.merged else {}
            version = {"version": saved.versions[key]} if key in saved.versions else {}
            numbers = {"numbers": dict(saved.numbers[key])} if key in saved.numbers else {}
            refused = {"refused": refusals(room, step, asked, merged.get("value", checked.value))} if team else {}
            return self._saved(room, saved, draft=False) | merged | version | numbers | refused
        place = (step.key, room.round_of(step), key)
        overtaken = key in room.mine(step, place[1]) and place[:2] not in self.choices.changing
        if not team and overtaken and room.added != step:
            # The submit overtook this draft, as threads of JupyterLab may let it: what was sent stands.
            return {"saved_at": room.clock(room.now), "draft": True}
        kept = value if checked.value is None else checked.value
        at = self.doors.draft(place, kept, author=writers(room, step, asked, save_key_of(message).rpartition("/")[0]))
        return {"saved_at": room.clock(at), "draft": True}

    def _bring(self, told: Mapping[str, Any], message: Mapping[str, Any]) -> Reply:
        """Rows of a pasted sheet or a file, saved through the same door as rows that were typed."""
        room = self.room()
        name = str(told.get("field", ""))
        step, asked = self._asked(room, name)
        brought = bring_rows(room, step, asked, told.get("text"))
        if not brought.added and not brought.updated:
            return brought.told()
        base = {"base": version_of(room, step, asked), "save_key": save_key_of(message)}
        return self._draft(name, brought.rows, base) | brought.told()

    def _built_on(self, room: Room, step: Step, bases: Any) -> None:
        """Believe the page on which versions of shared records it stands: it may be older than what was drawn last."""
        for key, base in (bases if isinstance(bases, dict) else {}).items():
            if isinstance(base, int) and 0 <= base < MOST_VERSIONS:
                self.saver.drawn[step.key, room.round_of(step), str(key)] = base

    def _saved(self, room: Room, saved: Saved, *, draft: bool) -> Reply:
        return {"saved_at": room.clock(saved.saved_at), "draft": draft}

    def _submit(self, sent: Mapping[str, Any], save_key: str) -> Reply:
        if save_key in self._acknowledged:
            return self._acknowledged[save_key]
        room = self._as_read()
        if not sends_alone(room, save_key):
            room = self.room()
        if carried.is_asked(room):
            return self._submit_needs(room, sent.get("values"), save_key)
        step, gone = self._meant(room, save_key)
        if step is None:
            return {"error": say("moved_since" if room.stage.opened else "not_open_yet"), "final": True, "moved": True}
        team = room.phase(step) == "together"
        fields = list(room.writes(step) if team else room.asked_alone(step))
        values = self._complete(room, step, fields, sent.get("values"), team=team)
        self._built_on(room, step, sent.get("bases"))
        # Nobody has to leave a word; whoever sends one has to have written it.
        asked = [f.model_copy(update={"required": True}) for f in fields] if step.closing else fields
        answers, problems = check_step(step, values, room.context, asked)
        passed = {str(one) for one in listed(sent.get("passed"))}
        hold = [p for p in problems if not (team and is_nobodys(room, step, p))]
        left = [p for p in hold if p.level == "stop" or f"{p.field}|{p.row}|{p.code}" not in passed]
        if left:
            return {"problems": [asdict(p) for p in left]}
        kept = to_keep(room, step, {f.key: answers.get(f.key) for f in fields}, team=team)
        saved = self.saver.save(room, step, kept, save_key, team=team) if kept else None
        theirs = [f for f in fields if team and f.required and f.key not in kept and answers.get(f.key) is not None]
        waits = any(not stands(room, step, f.key, team=True) for f in theirs)
        if team and not waits:
            self.doors.act(moves.call_done(self.doors.member, step.key))
        for marked in (self.choices.changing, self.choices.sending_late, self.choices.answering):
            marked.discard((step.key, room.round_of(step)))
        self.choices.visit = self.choices.adding = ""
        sent_late = say("late_in") if saved and saved.late else say("answer_in") if gone else ""
        self.choices.note = say("other_card") if waits else sent_late
        self.refresh()
        self._acknowledged[save_key] = {"saved_at": room.clock(saved.saved_at if saved else room.now), "draft": False}
        return self._acknowledged[save_key]

    def _submit_needs(self, room: Room, sent: Any, save_key: str) -> Reply:
        """Take what the session builds on, typed by hand."""
        typed = carried.typed(room, sent if isinstance(sent, Mapping) else {})
        problems = needs.check(room.snapshot.workbook, typed)
        if problems:
            return {"problems": [asdict(p) for p in problems]}
        self.doors.type_in(typed)
        self.choices.screen = ""
        self.refresh()
        self._acknowledged[save_key] = {"saved_at": room.clock(room.now), "draft": False}
        return self._acknowledged[save_key]

    def _meant(self, room: Room, save_key: str) -> tuple[Step | None, bool]:
        """The step on whose screen a submit was made, and whether the page has moved on from it since.

        None where that step takes no answer any more: its words are kept as drafts. Never another step, since a late
        retry must not send the next one's prefilled fields. A step that takes an answer comes back onto the page, until
        nothing in it is missing.
        """
        step, screen = room.my_step() or room.leaving, save_key.rpartition("/")[0]
        if step is not None and screen in {"", room.screen_key(step)}:
            return step, False
        earlier = room.still_takes(screen)
        if earlier is not None:
            # A call to another step counts as followed: this was sent before its page could show it.
            self._follow(room)
            self.choices.bring_back(earlier.key, room.round_of(earlier))
        return earlier, True

    def _complete(self, room: Room, step: Step, fields: Sequence[Any], sent: Any, *, team: bool) -> dict[str, Any]:
        """The values to check: what the page sent, else what the field stands at."""
        given = sent if isinstance(sent, Mapping) else {}
        return {f.key: given[f.key] if f.key in given else start_value(room, step, f, team=team).value for f in fields}

    def _press(self, value: Mapping[str, Any]) -> list[Reply]:
        key, _, rest = str(value.get("id", "")).partition(":")
        handler = PRESSES.get(key)
        if handler is None or (key not in SCRIBES and self.doors.entered_by and self.doors.member != FACILITATOR):
            return []
        self.choices.note = ""
        handler(self, rest, value.get("value"))
        self.refresh()
        out = self.doors.way_out() if f"{key}:{rest}" in LEAVING else carried.way_to(self.room(), key, rest)
        taken: Reply = {"saved_at": self.room().clock(self.doors.now()), "draft": False}
        return [taken, *([{"field": "$goto", "url": out}] if out else [])]


def _person(snapshot: Snapshot, key: str) -> Member:
    """Who sits here: a member, or the one who leads at a table screen."""
    return Member(0, key, say("the_facilitator")) if key == FACILITATOR else snapshot.member(key)


def _may_write_for(room: Room, member: str) -> bool:
    """Whether this person still writes for that one, who has no device of their own."""
    without = any(m.key == member and m.joined_at is None for m in room.snapshot.present())
    return without and room.stage.scribes.get(member) == room.me.key


def _is_mine(name: str, message: Mapping[str, Any]) -> bool:
    """Whether a message is about whose device it is, not about the person written for."""
    value = message.get("value")
    press = str(value.get("id", "")) if name == "$press" and isinstance(value, dict) else ""
    return name == HERE or press.startswith("scribe:")
