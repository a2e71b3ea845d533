"""Saving what a page sends: one's own, the pair's and the team's, built on what the page showed."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Problem
from mira_workbook.content.definition import Step
from mira_workbook.errors import MiraError, VersionClash
from mira_workbook.records import Entry, Saved
from mira_workbook.rules import pairs
from mira_workbook.widgets.choices import Choices
from mira_workbook.widgets.doors import Doors
from mira_workbook.widgets.room import Room

TEAM = "TEAM"
Place = tuple[str, int, str]
"""Step, round and field."""


@dataclass(slots=True)
class Saver:
    """Saves for one page.

    Attributes:
        doors: the world.
        choices: what this person looks at; after a clash with a partner the fields stay open.
        drawn: the version of each shared record that the page was made from.
        numbers: what the page called new rows, to the ids that they have since they are saved.
    """

    doors: Doors
    choices: Choices
    drawn: dict[Place, int] = field(default_factory=dict)
    numbers: dict[Place, dict[str, str]] = field(default_factory=dict)

    def note(self, room: Room) -> None:
        """Note what the page was made from; fields of a pair only while they are on it.

        A partner who sends first turns this page to waiting: what is still under way from it was built on what stood
        before.
        """
        step = room.my_step()
        on_page = step.key if step is not None and room.phase(step) == "answer" else ""
        for r in room.snapshot.responses:
            if r.author == TEAM or (r.author == room.pair and r.step == on_page):
                self.drawn[r.step, r.round, r.field] = r.version

    def save(self, room: Room, step: Step, values: Mapping[str, Any], save_key: str, *, team: bool) -> Saved:
        """Save checked values of a step's round: the team's, or one's own and the pair's."""
        round_ = room.round_of(step)
        if team:
            filled = {key: _with_takers(room, step, key, value) for key, value in values.items()}
            return self._shared(Entry(step.key, round_, save_key, filled, "team"))
        alone, paired = _apart(room, step, values)
        if not paired:
            return self.doors.record(self._own(Entry(step.key, round_, save_key, alone)))
        if alone:
            self.doors.record(self._own(Entry(step.key, round_, save_key, alone)))
            save_key = f"{save_key}-pair"
        return self._shared(Entry(step.key, round_, save_key, paired, "pair", room.pair))

    def _own(self, entry: Entry) -> Entry:
        """One's own answer, or that of the person one writes for."""
        by = self.doors.entered_by
        return replace(entry, author=self.doors.member, entered_by=by) if by else entry

    def _shared(self, entry: Entry) -> Saved:
        """Save what several people write."""
        places = {key: (entry.step, entry.round, key) for key in entry.values}
        base = {key: self.drawn.get(place, 0) for key, place in places.items()}
        try:
            saved = self.doors.record(replace(entry, base=base))
        except VersionClash:
            # The words stay this person's draft: they are on the page until the person has compared.
            for key, value in entry.values.items():
                self.doors.draft(places[key], value)
            if entry.author_kind == "pair":
                self.choices.changing.add((entry.step, entry.round))
            raise
        # A save that came through before is acknowledged with all it saved then, which may be more than is sent now,
        # and an older version than what the page was drawn from since.
        for key, version in saved.versions.items():
            place = (entry.step, entry.round, key)
            self.drawn[place] = max(version, self.drawn.get(place, 0))
        for key, ids in saved.numbers.items():
            self.numbers.setdefault((entry.step, entry.round, key), {}).update(ids)
        return saved

    def take_back(self, room: Room, step: Step, mine: Mapping[str, Any]) -> None:
        """Withdraw what this person, or the pair, has sent. The keys of these saves are drawn: they tell of nobody."""
        round_ = room.round_of(step)
        alone, paired = _apart(room, step, dict.fromkeys(mine))
        if alone:
            self.doors.record(self._own(Entry(step.key, round_, secrets.token_hex(12), alone, state="withdrawn")))
        if paired:
            newest = {
                r.field: r.version
                for r in room.snapshot.responses
                if (r.step, r.round, r.author) == (step.key, round_, room.pair)
            }
            entry = Entry(step.key, round_, secrets.token_hex(12), paired, "pair", room.pair, "withdrawn", newest)
            self.doors.record(entry)


def _with_takers(room: Room, step: Step, key: str, value: Any) -> Any:
    """Whoever has taken a row stands in its `taker` column; nobody has to name oneself."""
    columns = [c.key for c in getattr(step.field(key), "columns", ()) if c.control == "taker"]
    if not columns or not value:
        return value
    taken = {row: member for (one, row), member in room.stage.rows.items() if one == step.key}
    rows = []
    for row in value:
        taker = taken.get(row["row_id"])
        named = dict.fromkeys(columns, taker) if taker else {}
        rows.append({**row, "cells": {**row["cells"], **named}})
    return rows


def is_nobodys(room: Room, step: Step, problem: Problem) -> bool:
    """Whether a problem is about a row that waits to be taken: what is missing in it keeps nobody from going on."""
    waits = step.pen == "rows" and bool(problem.row) and (step.key, problem.row) not in room.stage.rows
    return waits and not room.alone and problem.code in {"E01", "E10"}


def writers(room: Room, step: Step, asked: Any, screen: str = "") -> str:
    """Whose text a field's draft is: the team's, the pair's on whose screen it was typed, or "" for one's own."""
    mode = step.mode_of(asked)
    if mode in {"team", "facilitator"}:
        return TEAM
    return _typed_with(room, screen) if mode == "pair" else ""


def _typed_with(room: Room, screen: str) -> str:
    """The pair on whose screen text was typed: it may come in after its writer has gone to another one."""
    left = pairs.left(room.snapshot, room.me.key)
    if not screen or not left:
        return room.pair
    first = pairs.first(room.snapshot, room.me.key)
    typed = next((part for part in screen.split(":") if part.startswith("PAIR")), first)
    return typed if typed in left else room.pair


def _apart(room: Room, step: Step, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is one's own, and what is the pair's.

    Raises:
        MiraError: there is no pair yet to save for.
    """
    paired = {key: value for key, value in values.items() if step.mode_of(step.field(key)) == "pair"}
    if paired and not room.pair:
        raise MiraError(say("not_open_yet"))
    return {key: value for key, value in values.items() if key not in paired}, paired
