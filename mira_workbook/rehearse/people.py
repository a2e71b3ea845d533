"""Scripted people: each reads the page, answers it, some badly, some late, some twice, and some with odd devices."""

import random
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.rehearse.answers import answer_to, far_too_long
from mira_workbook.rehearse.pages import Message, Page, Stopwatch
from mira_workbook.rehearse.told import Journal
from mira_workbook.widgets.controls import Doc

HABITS = {"slow": 0.7, "keeps": 0.7, "badly": 0.2, "drafts": 0.3, "twice": 0.2, "waits": 0.05, "asks": 0.1}
"""How often, of 1: a slow one does nothing; a first answer is kept; a page is sent badly, with a draft, or twice; a
countdown is stopped; a pen is asked for that somebody else holds."""
ODDLY = {"garbage": 0.3, "tabs": 0.5, "stale": 0.5, "pastes": 0.5, "drops": 0.15}
"""How often, of 1, an odd device or hand does at a turn what it is odd in."""
AWAY = (3, 7)
"""Turns that somebody stays away who dropped out."""
BEAT_EVERY = 4
TRIES = 4
"""How often somebody mends a page in one go."""
WANTED = ("late", "go")
"""Buttons a person presses when they are offered, the first of them."""
ASKING = ("nudge", "knock", "speak", "late")
"""Lines that ask something begin so: a hand that is offered, somebody at the door, a voice, an answer still to come."""


@dataclass(slots=True)
class Person:
    """One scripted person.

    Attributes:
        page: what this person sits at; `open_tab` opens the same once more.
        dice: this person's chance.
        journal: where messages are written down before they are sent.
        ways: what this person is odd in: slow, garbage, tabs, stale, pastes, drops.
        outbox: messages that a page before this one sent and heard nothing of.
        did: what happened, counted by name.
        odd: what must not happen, in sentences.
    """

    page: Page
    open_tab: Callable[[], Page]
    dice: random.Random
    journal: Journal | None = None
    ways: frozenset[str] = frozenset()
    outbox: list[Message] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)
    watch: Stopwatch = field(default_factory=Stopwatch)
    tab: Page | None = None
    _away: int = 0
    _turns: int = 0
    _typed: tuple[str, str, Any] | None = None
    _screen: str = ""

    def turn(self) -> bool:
        """Do one thing that the page offers; True if there was something to do."""
        self._turns += 1
        if self._away:
            self._away -= 1
            if self._away:
                return False
            self._come_back()
        self._send_what_waits()
        self.page.refresh()
        view = self.page.view
        if self._turns % BEAT_EVERY == 1:
            self.page.take({"field": "$here", "value": self.dice.choice(("typing", "idle")), "save_key": "here"})
        if "slow" in self.ways and self._does("slow"):
            return True
        return self._act(view)

    def _act(self, view: Doc) -> bool:
        if self._is_odd("garbage"):
            self._babble(view)
        if view["key"] == "welcome":
            self.did["came late"] += 1
            self._press("menu:back")
            return True
        if self._tick(view) or self._answer_line(view):
            return True
        if view.get("pages") and view.get("submit"):
            return self._answer(view)
        key = self._button(view)
        if key:
            self._press(key)
        return bool(key)

    def _does(self, habit: str) -> bool:
        return self.dice.random() < HABITS[habit]

    def _is_odd(self, way: str) -> bool:
        return way in self.ways and self.dice.random() < ODDLY[way]

    # what the page offers beside its fields

    def _tick(self, view: Doc) -> bool:
        """Say that an answer may be guessed, where a small team is asked that."""
        ticks = [b["id"] for b in view.get("blocks", ()) if b.get("kind") == "check" and not b["value"]]
        for key in ticks:
            self._press(key, value=True)
        return bool(ticks)

    def _answer_line(self, view: Doc) -> bool:
        """Answer what a line asks: wait for me, let a second device in, a friendly nudge."""
        for line in view.get("lines", ()):
            ids = [b["id"] for b in line["buttons"]]
            if line["id"] == "closing" and ids and self._does("waits"):
                self.did["asked to wait"] += 1
                self._press("wait")
                return True
            if line["id"].startswith(ASKING) and ids:
                self._press(self.dice.choice(ids))
                return True
        return False

    def _button(self, view: Doc) -> str:
        """The button this person presses now, "" for none."""
        offered = {b["id"] for b in view["buttons"]}
        if "keep" in offered:
            return "keep" if self._does("keeps") else "again"
        held = [pen for pen in (view["pen"], *(page.get("pen") for page in view["pages"])) if pen]
        pens = [b for pen in held if not pen["mine"] for b in pen["buttons"]]
        free = [b["id"] for b in pens if b["label"] == say("take_pen") or self._does("asks")]
        if held:
            # Nobody goes on while the team's words are being written: the next step is made of them.
            return self.dice.choice(free) if free else ""
        return next((key for key in WANTED if key in offered), "")

    def _press(self, key: str, *, value: Any = None) -> None:
        self.page.take({"field": "$press", "value": {"id": key, "value": value}, "save_key": secrets.token_hex(6)})

    # answering

    def _answer(self, view: Doc) -> bool:
        """Fill the page: first badly, sometimes; then well; sometimes sent twice."""
        # What is filled here was asked here, also where the page moves on before all of it is sent.
        self._screen = view["key"]
        fields = [f for page in view["pages"] for f in page["fields"] if not f["locked"]]
        if not fields or self._takes_row(fields):
            return bool(fields)
        self._answer_badly(fields)
        values = self._answers(fields)
        if self._drops_out(fields, values):
            return True
        if self._is_odd("stale"):
            self._type_on_an_old_base(fields)
        self._type_what_is_live(view, fields, values)
        self._send_from_tabs(fields, values)
        return True

    def _type_what_is_live(self, view: Doc, fields: Sequence[Doc], values: Mapping[str, Any]) -> None:
        """Type what others wait for or what is in with a tap, before the page is sent.

        Where two write, each a page, the other's is only complete with what was typed. What a person taps alone
        beside the team's fields is never sent with them.
        """
        two = any(page.get("pen") for page in view["pages"])
        beside = any("version" in control for control in fields)
        for control in fields:
            if two or (beside and "version" not in control):
                self._deliver(self.page, control["field"], values[control["field"]], base=control.get("version"))

    def _answer_badly(self, fields: Sequence[Doc]) -> None:
        """Send what cannot stand, sometimes: a page of crosses, or far too much."""
        if self._does("badly"):
            self._send({f["field"]: "x" for f in fields})
        if self._is_odd("pastes"):
            self._paste(fields)

    def _drops_out(self, fields: Sequence[Doc], values: Mapping[str, Any]) -> bool:
        """Type the first line, sometimes; and be gone after it, sometimes."""
        if self._does("drafts") or "drops" in self.ways:
            self._type(fields[0], values[fields[0]["field"]])
        gone = self._is_odd("drops")
        if gone:
            self.did["dropped out"] += 1
            self._away = self.dice.randint(*AWAY)
        return gone

    def _answers(self, fields: Sequence[Doc], *, least: bool = False) -> dict[str, Any]:
        """A value for each field; with `least`, only for what has to be answered."""
        needed = [f for f in fields if not least or f["required"]]
        return {f["field"]: answer_to(f, self.dice) if f in needed else None for f in fields}

    def _takes_row(self, fields: Sequence[Doc]) -> bool:
        """Take a free row of a table whose rows belong to whoever takes them."""
        for control in fields:
            if not control.get("pen_rows") or any(one["mine"] for one in control["taken"].values()):
                continue
            free = [o["id"] for o in control["fixed"] or () if o["id"] not in control["taken"]]
            if free:
                self._press(f"row:take:{self.dice.choice(free)}")
                return True
        return False

    def _type(self, control: Doc, value: Any) -> None:
        """Text on its way, which has to be there when this person comes back."""
        self._typed = None
        kept = self._deliver(self.page, control["field"], value)
        own = "version" not in control and isinstance(value, str)
        if own and any(one.get("draft") and one.get("saved_at") for one in kept):
            self._typed = (self._screen, control["field"], value)

    def _come_back(self) -> None:
        """Load the page anew and look whether one's words are there."""
        self.page.renew()
        self.page.refresh()
        self.did["came back"] += 1
        screen, name, value = self._typed or ("", "", None)
        self._typed = None
        if self.page.view["key"] != screen:
            return
        shown = [f for page in self.page.view["pages"] for f in page["fields"] if f["field"] == name]
        if shown and shown[0]["value"] != value:
            self.odd.append(f"Words typed in {screen} {name} were not there after a reload.")

    def _paste(self, fields: Sequence[Doc]) -> None:
        """Two thousand characters into the first line that takes words."""
        words = next((f for f in fields if f.get("kind") in {"text", "long"}), None)
        if words is not None and not words["locked"]:
            self.did["pasted far too much"] += 1
            text = far_too_long(self.dice)
            self._deliver(self.page, words["field"], text)
            self._send({words["field"]: text})

    def _type_on_an_old_base(self, fields: Sequence[Doc]) -> None:
        """Save a shared line as a page would that has not heard of the newest version."""
        for control in fields:
            if control.get("kind") in {"text", "long"} and control.get("version", 0) > 0 and not control["locked"]:
                self._deliver(self.page, control["field"], answer_to({**control, "value": None}, self.dice))
                text = answer_to({**control, "value": None}, self.dice)
                replies = self._deliver(self.page, control["field"], text, base=control["version"] - 1)
                self.did["kept beside a teammate’s words"] += any("head" in one for one in replies)
                return

    def _send_from_tabs(self, fields: Sequence[Doc], values: Mapping[str, Any]) -> None:
        """Send the page; with two tabs also from the other one, the same and something else."""
        if not self._is_odd("tabs"):
            message = self._send_until_taken(fields, values)
            if message and self._does("twice"):
                self.did["sent twice"] += 1
                self._go(self.page, message)
            return
        self.did["sent from two tabs"] += 1
        self.tab = self.tab or self.open_tab()
        self.tab.refresh()
        others = {f["field"]: answer_to({**f, "value": None} if "options" not in f else f, self.dice) for f in fields}
        self._deliver(self.tab, fields[0]["field"], others[fields[0]["field"]])
        message = self._send_until_taken(fields, values)
        if message:
            self._go(self.tab, message)
        self._deliver(self.tab, "$submit", {"values": others, "passed": []})

    def _send_until_taken(self, fields: Sequence[Doc], values: Mapping[str, Any]) -> Message | None:
        """Send the page; what was wrong is answered anew, and what may stay blank is left so."""
        for _ in range(TRIES):
            message = self._send(values)
            if message:
                return message
            values = self._answers(fields, least=True)
        return None

    def _send(self, values: Mapping[str, Any]) -> Message | None:
        """Send the page, and once more past what it only asks to look at; the message that was taken, if one was."""
        passed: list[str] = []
        for _ in range(3):
            message = self._message("$submit", {"values": dict(values), "passed": passed})
            replies = self._go(self.page, message)
            problems = [p for r in replies for p in r.get("problems", ())]
            if not problems:
                return message
            if any(p["level"] == "stop" for p in problems):
                return None
            passed = [f"{p['field']}|{p['row']}|{p['code']}" for p in problems]
        return None

    def _deliver(self, page: Page, name: str, value: Any, *, base: int | None = None) -> list[Message]:
        message = self._message(name, value)
        return self._go(page, message if base is None else {**message, "base": base})

    def _message(self, name: str, value: Any) -> Message:
        # The key tells on which screen it was typed, as the page's own does.
        return {"field": name, "value": value, "save_key": f"{self._screen}/{secrets.token_hex(6)}"}

    def _go(self, page: Page, message: Message) -> list[Message]:
        if self.journal is not None:
            self.journal.note("out", who=page.view.get("store_key", ""), message=message)
        replies = self.watch.take(page, message)
        if not replies:
            self.outbox.append(message)
        elif self.journal is not None:
            self.journal.note("heard", save_key=message["save_key"])
        return replies

    def _send_what_waits(self) -> None:
        """Send again, under the same keys, what an earlier page sent without hearing of it."""
        waiting, self.outbox = self.outbox, []
        for message in waiting:
            self.page.refresh()
            self.did["sent again after a cut"] += 1
            self._go(self.page, message)

    # odd devices

    def _babble(self, view: Doc) -> None:
        """Send what no page of ours sends: every message is answered or let go, and the page stays."""
        self.did["sent nonsense"] += 1
        replies = self.page.take(self.dice.choice(_NONSENSE)(view, self.dice))
        if any(not isinstance(one, dict) for one in replies):
            self.odd.append("Nonsense was answered with nonsense.")


def _first(view: Doc) -> str:
    """A field that is this person's own: nonsense in a team's text would stand on everybody's page."""
    fields = [f["field"] for page in view.get("pages") or () for f in page["fields"] if "version" not in f]
    return fields[0] if fields else "nothing"


_Nonsense = Callable[[Doc, random.Random], Message]
_NONSENSE: tuple[_Nonsense, ...] = (
    lambda _view, _dice: {},
    lambda _view, _dice: {"field": None, "value": {"a": [None]}, "save_key": 7},
    lambda _view, dice: {"field": "$submit", "value": dice.choice([None, [], "x", 3]), "save_key": "\x00"},
    lambda _view, _dice: {
        "field": "$submit",
        "value": {"values": [1], "passed": "no", "bases": [1]},
        "save_key": "no:1:x/s",
    },
    lambda _view, dice: {"field": "$press", "value": {"id": dice.choice(["admit:9" * 9, "row:", "pen", "end:x"])}},
    lambda _view, _dice: {"field": "$press", "value": "go", "save_key": {"a": 1}},
    lambda _view, _dice: {"field": "nobody.nothing", "value": "x", "save_key": "k"},
    lambda view, _dice: {"field": f"{_first(view)}.{_first(view)}", "value": "x", "save_key": "k", "base": "old"},
    lambda view, _dice: {"field": _first(view), "value": {"row_id": [{}]}, "save_key": "é"},
    lambda view, _dice: {"field": _first(view), "value": [[[[]]]], "save_key": "k" * 500, "base": -1},
)
