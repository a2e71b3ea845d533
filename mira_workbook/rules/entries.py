"""Entries hidden from the room without anybody knowing whose they are: out of sight, of lists, measures and files."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Option
from mira_workbook.content.entries import LISTS_OF_WORDS, entries_in, entry_id, texts_in
from mira_workbook.records import Response, Snapshot
from mira_workbook.rules.stage import Stage

COVERABLE = frozenset({"member", "pair", "anon"})
"""Whose entries can be hidden: what the team wrote is the team's to change."""


_NUMBER = re.compile(r"(p|anon_)\d+")


@dataclass(frozen=True, slots=True)
class Words:
    """One entry as a board lists it.

    Attributes:
        id: its name, which tells nothing of its author.
        field: the field's key.
        text: its words, one line.
        who: the author's key, pair or role where the viewer may know, else "".
        covered: whether the room does not see it.
    """

    id: str
    field: str
    text: str
    who: str
    covered: bool


def uncovered(snapshot: Snapshot, stage: Stage, responses: Iterable[Response]) -> tuple[Response, ...]:
    """The responses without what is covered; a table keeps its other rows."""
    if not stage.covered:
        return tuple(responses)
    kept = (_without(snapshot, stage, response) for response in responses)
    return tuple(response for response in kept if response is not None)


def _without(snapshot: Snapshot, stage: Stage, response: Response) -> Response | None:
    asked = _asked(snapshot, response)
    hidden = [entry for entry, _ in _entries(asked, response) if _id(snapshot, response, entry) in stage.covered]
    if not hidden:
        return response
    if asked.type != "table":
        return None
    rows = [row for row in response.value if row not in hidden]
    return replace(response, value=rows) if rows else None


def _asked(snapshot: Snapshot, response: Response) -> Any:
    return snapshot.workbook.step(response.step).field(response.field)


def _entries(asked: Any, response: Response) -> list[tuple[Any, str]]:
    if response.author_kind not in COVERABLE or response.state != "submitted":
        return []
    return list(entries_in(asked, response.value))


def _id(snapshot: Snapshot, response: Response, entry: Any) -> str:
    return entry_id(snapshot.session.id, response.step, response.round, response.field, entry)


def entries(seen: Snapshot, stage: Stage, step: str, round_: int = 1) -> tuple[Words, ...]:
    """The entries of a step's round that people gave alone or in pairs, in an order that tells nothing of them.

    Args:
        seen: the answers as the viewer may see them, with those that are covered for who leads.
        stage: says what is covered.
        step: the step's key.
        round_: 1 or 2.
    """
    found: dict[str, Words] = {}
    for response in seen.responses:
        if (response.step, response.round) != (step, round_):
            continue
        for entry, text in _entries(_asked(seen, response), response):
            name = _id(seen, response, entry)
            who = "" if _NUMBER.fullmatch(response.author) else response.author
            known = found.get(name)
            # The same words of two people are one entry, which then is nobody's.
            who = who if known is None or known.who == who else ""
            found[name] = Words(name, response.field, text, who, name in stage.covered)
    return tuple(found[name] for name in sorted(found))


def veiled(snapshot: Snapshot, stage: Stage) -> Stage:
    """The stage with covered words taken out of the lists that were pinned from them; ids stay."""
    texts = _covered_texts(snapshot, stage) if stage.covered else frozenset()
    if not texts:
        return stage
    drawn = {name for name, use in snapshot.workbook.lists.items() if use.use in LISTS_OF_WORDS}

    def veil(options: tuple[Option, ...]) -> tuple[Option, ...]:
        return tuple(Option(o.id, say("covered_entry")) if o.label in texts else o for o in options)

    lists = {name: veil(options) if name in drawn else options for name, options in stage.lists.items()}
    own = {
        name: {key: veil(options) if name in drawn else options for key, options in by_member.items()}
        for name, by_member in stage.own_lists.items()
    }
    return replace(stage, lists=lists, own_lists=own)


def _covered_texts(snapshot: Snapshot, stage: Stage) -> frozenset[str]:
    return frozenset(
        text
        for response in snapshot.responses
        for entry, _ in _entries(_asked(snapshot, response), response)
        if _id(snapshot, response, entry) in stage.covered
        for text in texts_in(_asked(snapshot, response), _alone(entry))
    )


def _alone(entry: Any) -> Any:
    """One entry as an answer of its own."""
    return [entry] if isinstance(entry, dict) else entry
