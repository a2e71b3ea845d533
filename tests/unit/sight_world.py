"""A led session on a real store, played by chance, and the checks that nobody gets what their role must not have."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from format_cases import plainly
from hypothesis import strategies as st
from leaks import Forbidden, Own, beside, forbidden, found
from tiny import Ticking

from mira_workbook.boards.desk import BoardDesk
from mira_workbook.boards.watched import Where
from mira_workbook.charts.read import charts
from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import parse
from mira_workbook.content.privacy import LEVEL
from mira_workbook.errors import MiraError
from mira_workbook.measures.wall import wall_measures
from mira_workbook.notebook.board_doors import StoreBoardDoors
from mira_workbook.notebook.doors import StoreDoors
from mira_workbook.records import Entry, Seat, Snapshot
from mira_workbook.rules import led
from mira_workbook.rules.entries import entries
from mira_workbook.rules.guards import may_record
from mira_workbook.rules.moves import Judge
from mira_workbook.rules.sealing import to_seal
from mira_workbook.rules.sight import Viewer, of_measure, view
from mira_workbook.rules.stage import Stage, fold
from mira_workbook.store import NewMember, NewTeam, Store
from mira_workbook.widgets.desk import Desk

NAMES = ("Anselm", "Berit", "Cosima", "Dragan", "Eulalia", "Fidelio")
GROUPS = ("administrator", "teacher_35", "teacher_k2", "teacher_35", "assistant", "student_support")
STEPS = ("hunch", "plain", "roles", "numbers", "hands", "whisper", "sort")


def step(key: str, attribution: str, extra: str = "") -> str:
    return f"""
[[steps]]
key = "{key}"
title = "The step {key}"
part = 1
minutes = {{alone = 2, least = 1}}
mode = "individual"
attribution = "{attribution}"
rounds = 2
do = "Say it."
{extra}
charts = [{{use = "card_wall", text = "{key}.words"}}]

[[steps.fields]]
key = "words"
type = "long"
label = "In your words"
required = true
min_chars = 0

[[steps.fields]]
key = "rows"
type = "table"
label = "One by one"
max_rows = 3
columns = [{{key = "note", type = "text", label = "Note", max_chars = 60}}]
"""


BOOK = f"""
slug = "laws"
title = "Laws"
minutes = 19
purpose = "See that laws hold."
who = "6 people"
bring = "Nothing"
parts = ["All of it"]
around = {{arrive = 1, changes = 0, close = 0, look_back = 0}}

[lists]
notes = {{use = "rows_of_all", field = "plain.rows", label = "note"}}

{step("hunch", "none", 'reveal_with = "roles"')}
{step("plain", "named")}
{step("roles", "role")}
{step("numbers", "none")}
{step("hands", "facilitator_only")}
{step("whisper", "anonymous")}

[[steps]]
key = "sort"
title = "Sort"
part = 1
minutes = {{alone = 1, together = 5, least = 1}}
mode = "team"
do = "Sort what we have."

[[steps.fields]]
key = "first"
type = "one"
label = "What comes first?"
list = "notes"
"""


def book() -> Workbook:
    return parse(BOOK, "laws.toml")


@dataclass
class World:
    """Six people at their pages, somebody who leads, and all that each has written."""

    store: Store
    clock: Ticking
    session: int
    seats: list[Seat]
    desks: list[Desk]
    written: dict[str, int] = field(default_factory=dict)
    keys: Any = field(default_factory=lambda: count(1))
    save_keys: set[str] = field(default_factory=set)

    @property
    def snapshot(self) -> Snapshot:
        return self.store.snapshot(self.session)

    def act(self, judge: Judge) -> bool:
        try:
            return bool(self.store.act(None, judge, self.session))
        except MiraError:
            return False

    def say(self, who: int, at: int, *, draft: bool) -> None:
        """Write in an open step, in words that nobody else ever writes."""
        now = self.snapshot
        stage = fold(now.acts, now.workbook)
        where = [key for key in stage.now_open if key != "sort"]
        if not where:
            return
        key, n = where[at % len(where)], next(self.keys)
        token = f"zq{who}x{n}"
        self.written[f"{token}w"] = self.written[f"{token}r"] = who
        row = {"row_id": f"r{n:07d}", "cells": {"note": f"{token}r is a row"}}
        values = {"words": f"{token}w is what I see", "rows": [row]}
        try:
            if draft:
                self.store.draft(self.seats[who], key, stage.round_of(key), "words", values["words"])
                return
            save_key = f"save-{token}-key"
            self.save_keys.add(save_key)
            self.store.record(self.seats[who], Entry(key, stage.round_of(key), save_key, values), may_record)
        except MiraError:
            pass

    def take_back(self, who: int) -> None:
        """Withdraw what somebody sent in the open step."""
        now = self.snapshot
        stage = fold(now.acts, now.workbook)
        values = dict.fromkeys(("words", "rows"))
        entry = Entry(
            stage.current, stage.round_of(stage.current), f"back-{next(self.keys)}", values, state="withdrawn"
        )
        with suppress(MiraError):
            self.store.record(self.seats[who], entry, may_record)

    def cover(self, n: int) -> None:
        now = self.snapshot
        stage = fold(now.acts, now.workbook)
        seen = view(now, stage, Viewer("facilitator"))
        known = [e for key in STEPS for e in entries(seen, stage, key)]
        if known:
            entry = known[n % len(known)]
            self.act(led.cover(entry.id, off=entry.covered))

    def pass_time(self, seconds: float) -> None:
        self.clock.forward(seconds=seconds)
        now = self.snapshot
        stage = fold(now.acts, now.workbook)
        if led.is_due(now, stage, self.clock()):
            self.act(led.tick())
        for place in to_seal(now, stage, self.clock()):
            self.store.seal(self.session, *place)


@contextmanager
def world(template: Path) -> Iterator[World]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(template, f"{folder}/mira.sqlite")
        clock = Ticking()
        store = Store(f"sqlite:///{folder}/mira.sqlite", clock)
        members = tuple(NewMember(name, "", group) for name, group in zip(NAMES, GROUPS, strict=True))
        opened = store.open_meeting(book(), [NewTeam("Laws", members=members)], pace="led")
        session, seats, desks = opened.sessions[0].id, [], []
        for member in store.roster(session):
            seats.append(store.take_seat(f"browser-{member.key}", session, "member", member.id))
            desks.append(Desk(StoreDoors(store, seats[-1], member.key, pages="/")))
            clock.forward(seconds=3)
        try:
            yield World(store, clock, session, seats, desks)
        finally:
            store.close()


steps_played = st.integers(0, 6)
"""How many steps are played to the end before anything happens: without it scripts seldom show an answer."""
moves = st.one_of(
    st.tuples(st.just("say"), st.integers(0, 5), st.integers(0, 2)),
    st.tuples(st.just("play"), st.integers(3, 6), st.just(0)),
    st.tuples(st.just("draft"), st.integers(0, 5), st.integers(0, 2)),
    st.tuples(st.just("lead"), st.integers(0, 13), st.integers(0, 6)),
    st.tuples(st.just("private"), st.integers(0, 6), st.integers(0, 4)),
    st.tuples(st.just("cover"), st.integers(0, 50), st.just(0)),
    st.tuples(st.just("wait"), st.sampled_from([2, 11, 61]), st.just(0)),
)


def leads(n: int, at: int) -> Judge:
    every = (
        led.next_step(),
        led.show(),
        led.show("We have to go on"),
        led.hide(),
        led.undo(),
        led.redo(),
        led.again(),
        led.now(),
        led.skip(STEPS[at]),
        led.reopen(STEPS[at]),
        led.threshold(STEPS[at], 3),
        led.excuse(f"M{at % 6 + 1}"),
        led.excuse(f"M{at % 6 + 1}", back=True),
        led.end(),
    )
    return every[n]


def play(here: World, people: int) -> None:
    """The next step from its opening to its answers on show."""
    here.act(led.next_step())
    here.pass_time(11)
    for who in range(people):
        here.say(who, 0, draft=False)
    here.act(led.show())
    here.pass_time(11)


def do(here: World, move: tuple[str, int, int]) -> None:
    kind, n, at = move
    if kind in {"say", "draft"}:
        here.say(n, at, draft=kind == "draft")
    elif kind == "take back":
        here.take_back(n)
    elif kind == "play":
        play(here, n)
    elif kind == "lead":
        here.act(leads(n, at))
    elif kind == "private":
        here.act(led.private(STEPS[n], ("", "words", "rows")[at % 3], tuple(LEVEL)[at]))
    elif kind == "cover":
        here.cover(n)
    else:
        here.pass_time(n)
    here.clock.forward(seconds=1, microseconds=17)


def own_of(here: World, now: Snapshot, who: int) -> Own:
    key = f"M{who + 1}"
    authors = {here.store.own_author(here.session, step, round_, key) for step in STEPS for round_ in (1, 2)}
    drafts = here.store.drafts(here.session, key)
    sealed = [r for r in now.responses if r.author_kind == "anon"]
    mine = {token for token, writer in here.written.items() if writer == who}
    kept = {str(r.value) for r in sealed if any(token in str(r.value) for token in mine)}
    return Own(frozenset(authors - {""}), frozenset({str(d.value) for d in drafts} | kept))


def gone_from(here: World, now: Snapshot, stage: Stage, viewer: Viewer, who: int = -1) -> Forbidden:
    own = own_of(here, now, who) if who >= 0 else Own()
    drafts = {
        str(draft.value)
        for other in range(6)
        if other != who
        for draft in here.store.drafts(here.session, f"M{other + 1}")
    }
    return forbidden(now, stage, viewer, own, {*here.save_keys, *drafts})


def unsigned(here: World, now: Snapshot, viewer: Viewer) -> Mapping[str, tuple[str, ...]]:
    """Words that bear no name for a viewer, with the names of who wrote them."""
    told = {}
    for response in now.responses:
        step_ = now.workbook.step(response.step)
        how = step_.attribution_of(step_.field(response.field))
        if how == "named" or (how == "facilitator_only" and viewer.role == "facilitator"):
            continue
        for token, who in here.written.items():
            if token in str(response.value) and viewer.member != f"M{who + 1}":
                told[token] = (f"M{who + 1}", NAMES[who])
    return told


def check(here: World, turn: int) -> None:
    """Read what people of one role could be sent now; each role has its turn."""
    now = here.snapshot
    stage = fold(now.acts, now.workbook)
    if turn % 4 == 3:
        check_files(here, now, stage)
    else:
        check_role(here, now, stage, Viewer(("facilitator", "coach", "viewer")[turn % 4]))
    check_page(here, turn % 6)


def check_role(here: World, now: Snapshot, stage: Stage, viewer: Viewer) -> None:
    nothing, seen = gone_from(here, now, stage, viewer), view(now, stage, viewer)
    everything: list[list[Any]] = [
        [(r.step, r.field, r.author, r.value, r.seq, r.saved_at, r.entered_by) for r in seen.responses],
        [(p.data, p.words.alt, p.words.rows) for key in STEPS for p in charts(now, stage, viewer, key)],
        [of_measure(m, viewer, now) for m in wall_measures(now, stage, viewer)],
    ]
    for sent in everything:
        assert found([str(one) for one in sent], nothing) == []
    assert beside([[r.author, str(r.value)] for r in seen.responses], unsigned(here, now, viewer)) == []
    if viewer.role != "coach":
        check_boards(here, now, stage, viewer)


def check_boards(here: World, now: Snapshot, stage: Stage, viewer: Viewer) -> None:
    """Boards may be projected: beside words there is no name that the room may not know."""
    seat = here.store.take_seat(f"board-{viewer.role}", here.session, viewer.role)
    for which in ("run", "present", "remote"):
        page = BoardDesk(StoreBoardDoors(here.store, seat, now.meeting.code, pages="/"), Where(which)).refresh()
        assert found(page, gone_from(here, now, stage, viewer)) == []
        assert beside(page, unsigned(here, now, Viewer("coach"))) == []


def check_files(here: World, now: Snapshot, stage: Stage) -> None:
    data = plainly(now)
    assert found(data.encode(), gone_from(here, now, stage, Viewer("coach"))) == []
    assert beside([[line] for line in data.splitlines()], unsigned(here, now, Viewer("coach"))) == []


def check_page(here: World, who: int) -> None:
    here.desks[who].refresh()
    now, viewer = here.snapshot, Viewer("member", f"M{who + 1}")
    assert found(here.desks[who].view, gone_from(here, now, fold(now.acts, now.workbook), viewer, who)) == []
    assert beside(here.desks[who].view, unsigned(here, now, viewer)) == []
