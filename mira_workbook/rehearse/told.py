"""What was sent and what was acknowledged, written down before and after each save, so that it outlives a kill."""

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from mira_workbook.records import Entry, Saved

NEVER = float("inf")
Place = tuple[int, str, int, str, str]
"""Session, step, round, field and author."""


def canonical(value: Any) -> str:
    """A value as it is compared: without what an export may change, row ids that tell of people and 1.0 for 1."""
    return json.dumps(_bare(value), ensure_ascii=False, sort_keys=True)


def _bare(value: Any) -> Any:
    if isinstance(value, list):
        return [_bare(one) for one in value]
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in value.items() if key != "row_id"}
    return int(value) if isinstance(value, float) and value.is_integer() else value


@dataclass(slots=True)
class Try:
    """One save that was tried.

    Attributes:
        session: the session.
        step: the step's key.
        round: 1 or 2.
        author: whose answer it is.
        save_key: the page's.
        values: field to the value as it is compared; None takes the answer back.
        sent: when it was sent, in seconds of this machine.
        told: when it was acknowledged; `NEVER` where no word came.
        seq: the session's revision after it, 0 where nobody said.
        late: acknowledged as late.
        again: acknowledged as a save that had come through before.
    """

    session: int
    step: str
    round: int
    author: str
    save_key: str
    values: dict[str, str | None]
    sent: float
    told: float = NEVER
    seq: int = 0
    late: bool = False
    again: bool = False

    def places(self) -> Iterator[tuple[Place, str | None]]:
        """Every answer in it."""
        for name, value in self.values.items():
            yield (self.session, self.step, self.round, name, self.author), value

    def replaces(self, other: "Try") -> bool:
        """Whether this save surely came after another one of the same place."""
        if self.seq and other.seq:
            return self.seq > other.seq
        return self.sent > other.told


@dataclass(slots=True)
class Journal:
    """A file to which one process adds lines; they stay when the process is killed. Its threads may share it."""

    path: Path
    _file: int = field(init=False)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def close(self) -> None:
        """Let the file go."""
        os.close(self._file)

    def note(self, kind: str, **what: Any) -> None:
        """Add a line, with the time on it."""
        os.write(self._file, (json.dumps({"kind": kind, "at": time.monotonic(), **what}) + "\n").encode())

    def trying(self, session: int, author: str, entry: Entry) -> int:
        """A save is on its way."""
        n = next(self._numbers)
        gone = entry.state == "withdrawn"
        values = {key: None if gone or value is None else canonical(value) for key, value in entry.values.items()}
        place = {"session": session, "step": entry.step, "round": entry.round, "author": author}
        self.note("try", n=n, save_key=entry.save_key, values=values, **place)
        return n

    def saved(self, n: int, merged: Mapping[str, Any], saved: Saved | None = None) -> None:
        """It was acknowledged; `merged` holds what stands instead of what was sent."""
        told = {"seq": saved.seq, "late": saved.late, "again": saved.replayed} if saved else {}
        self.note("told", n=n, merged={key: canonical(value) for key, value in merged.items()}, **told)

    def refused(self, n: int) -> None:
        """It was refused: nothing of it was saved."""
        self.note("refused", n=n)


def lines(path: Path) -> list[dict[str, Any]]:
    """Read a journal, without a last line that was cut short."""
    whole, _, _ = path.read_text("utf-8").rpartition("\n") if path.is_file() else ("", "", "")
    return [json.loads(line) for line in whole.splitlines()]


def tries(noted: Iterable[Mapping[str, Any]]) -> list[Try]:
    """The saves of a journal that were acknowledged, and those of which nobody knows."""
    found: dict[int, Try] = {}
    for line in noted:
        if line["kind"] == "try":
            names = ("session", "step", "round", "author", "save_key", "values")
            found[line["n"]] = Try(**{name: line[name] for name in names}, sent=line["at"])
        elif line["kind"] == "told" and line["n"] in found:
            one = found[line["n"]]
            one.told, one.seq = line["at"], line.get("seq", 0)
            one.late, one.again = line.get("late", False), line.get("again", False)
            one.values |= {key: value for key, value in line["merged"].items() if one.values.get(key) is not None}
        elif line["kind"] == "refused":
            found.pop(line["n"], None)
    return list(found.values())
