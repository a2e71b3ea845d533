"""What must not be in any byte that somebody is sent now, worked out apart from the product's own sight.

`forbidden` lists plain strings, by name of what they would give away; `found` looks for them in bytes or in a page;
`beside` finds words that stand next to the name of who wrote them.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mira_workbook.content.entries import entries_in, entry_id, texts_in
from mira_workbook.records import Response, Snapshot
from mira_workbook.rules.sight import Viewer
from mira_workbook.rules.stage import Stage

SHORTEST = 6
"""Shorter texts may stand anywhere for other reasons."""
Forbidden = dict[str, set[str]]


@dataclass(frozen=True)
class Own:
    """What a snapshot does not tell of a viewer: hashes under which own anonymous answers stand, words on the way."""

    authors: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


def forbidden(
    snapshot: Snapshot, stage: Stage, viewer: Viewer, own: Own | None = None, secret: Iterable[str] = ()
) -> Forbidden:
    """Strings that must not reach a viewer at this moment.

    Args:
        snapshot: everything known of the session.
        stage: where it stands.
        viewer: who looks.
        own: what of it is the viewer's own beyond what bears the viewer's key.
        secret: save keys of unsigned answers, texts of other people's drafts: what a snapshot does not hold.

    Shape: `words` of answers that are not the viewer's to read; `names` of people, for viewers from outside; `authors`
        that are hashes; `moments` and `seqs` of answers that bear no name; `secret` as given.
    """
    own = own or Own()
    legal = "\n".join(_legal(snapshot, stage, viewer, own))
    words = {
        text
        for response in snapshot.responses
        for text in _hidden_texts(snapshot, stage, viewer, own, response)
        if len(text) >= SHORTEST and text not in legal
    }
    unsigned = [
        r for r in snapshot.responses if _is_unsigned(snapshot, viewer, r) and not _is_mine(snapshot, viewer, own, r)
    ]
    known = {act.at for act in snapshot.acts} | {m.joined_at for m in snapshot.members} | {snapshot.meeting.opened_at}
    # Such answers are told to the minute, as those of a minute's first second are spelled anyway.
    moments = {r.saved_at for r in unsigned if r.saved_at and r.saved_at.second} - known
    moments -= _signed_moments(snapshot, viewer)
    return {
        "words": words,
        "names": {m.name for m in snapshot.members} if viewer.role == "viewer" else set(),
        "authors": {r.author for r in snapshot.responses if re.fullmatch("[0-9a-f]{64}", r.author)},
        "moments": {spelled for moment in moments for spelled in _spelled(moment)},
        "seqs": {f'"seq":{space}{r.seq},' for r in unsigned if r.seq for space in ("", " ")},
        "secret": {text for text in secret if text not in legal},
    }


def found(sent: bytes | str | Any, strings: Forbidden) -> list[tuple[str, str]]:
    """The forbidden strings that stand in what was sent, each with the name of what it gives away."""
    text = sent.decode("utf-8", "replace") if isinstance(sent, bytes) else sent
    if not isinstance(text, str):
        text = json.dumps(text, ensure_ascii=False, default=str)
    return [
        (name, one)
        for name, some in strings.items()
        for one in sorted(some)
        if one in text or json.dumps(one)[1:-1] in text
    ]


def beside(page: Any, written: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Each smallest part of a page where somebody's words stand next to a name of theirs.

    Args:
        page: lists and tables of plain JSON.
        written: words to the names and keys of who wrote them.
    """
    return [
        unit
        for unit in units(page)
        for words, names in written.items()
        if words in unit and re.search(rf"\b({'|'.join(map(re.escape, names))})\b", unit)
    ]


def units(node: Any, around: str = "") -> Iterator[str]:
    """Each smallest part of a page that is read as one: an entry of a list, with what its surroundings say of it."""
    if isinstance(node, Mapping):
        own = " | ".join([around, *(one for one in node.values() if isinstance(one, str))])
        yield own
        for one in node.values():
            if isinstance(one, Mapping | list | tuple):
                yield from units(one, own)
    elif isinstance(node, list | tuple):
        yield f"{around} | {' | '.join(one for one in node if isinstance(one, str))}"
        for one in node:
            if isinstance(one, Mapping | list | tuple):
                yield from units(one, around)


def may_read(snapshot: Snapshot, stage: Stage, viewer: Viewer, own: Own, response: Response) -> bool:
    """Whether the words of an answer are a viewer's to read now, but for entries that are put aside."""
    if viewer.role == "viewer":
        return False
    if response.author_kind in {"team", "facilitator"} or _is_mine(snapshot, viewer, own, response):
        return True
    step = snapshot.workbook.step(response.step)
    asked = step.field(response.field)
    place, with_ = (response.step, response.round), asked.reveal_with or step.reveal_with or step.key
    if (asked.attribution or step.attribution) == "coach":
        return viewer.role == "coach"
    if place in stage.hidden or (with_, response.round) in stage.hidden:
        return False
    if place in stage.revealed:
        return with_ == response.step or with_ in stage.opened
    return stage.state == "ended" and (asked.attribution or step.attribution) != "anonymous"


def _is_mine(snapshot: Snapshot, viewer: Viewer, own: Own, response: Response) -> bool:
    ids = {m.id for m in snapshot.members if m.key == viewer.member}
    pairs = {f"PAIR{pair.n}" for pair in snapshot.pairs if ids & set(pair.members)}
    return bool(viewer.member) and response.author in {viewer.member, *pairs, *own.authors}


def _hidden_texts(snapshot: Snapshot, stage: Stage, viewer: Viewer, own: Own, response: Response) -> Iterator[str]:
    """Texts of an answer that a viewer may not read: all of them, or those that are put aside."""
    asked = snapshot.workbook.step(response.step).field(response.field)
    if not may_read(snapshot, stage, viewer, own, response):
        yield from texts_in(asked, response.value)
    elif viewer.role != "facilitator" and not _is_mine(snapshot, viewer, own, response):
        for entry, _ in _covered(snapshot, stage, response):
            yield from texts_in(asked, [entry] if isinstance(entry, dict) else entry)


def _covered(snapshot: Snapshot, stage: Stage, response: Response) -> list[tuple[Any, str]]:
    if response.author_kind in {"team", "facilitator"}:
        return []
    asked, where = snapshot.workbook.step(response.step).field(response.field), snapshot.session.id
    name = (where, response.step, response.round, response.field)
    return [
        (entry, text) for entry, text in entries_in(asked, response.value) if entry_id(*name, entry) in stage.covered
    ]


def _legal(snapshot: Snapshot, stage: Stage, viewer: Viewer, own: Own) -> Iterator[str]:
    """All texts that may be sent: what was asked, and the answers that are the viewer's to read."""
    yield snapshot.workbook.pinned()
    yield from own.words
    for response in snapshot.responses:
        asked = snapshot.workbook.step(response.step).field(response.field)
        hidden = set(_hidden_texts(snapshot, stage, viewer, own, response))
        yield from (text for text in texts_in(asked, response.value) if text not in hidden)


def _is_unsigned(snapshot: Snapshot, viewer: Viewer, response: Response) -> bool:
    """Whether an answer bears no name for a viewer."""
    if response.author_kind not in {"member", "anon"}:
        return False
    step = snapshot.workbook.step(response.step)
    how = step.field(response.field).attribution or step.attribution
    return how not in ({"named", "facilitator_only"} if viewer.role == "facilitator" else {"named"})


def _signed_moments(snapshot: Snapshot, viewer: Viewer) -> set[datetime | None]:
    return {r.saved_at for r in snapshot.responses if not _is_unsigned(snapshot, viewer, r)}


def _spelled(moment: datetime) -> set[str]:
    """A moment to the second or nearer, as programs and people spell it."""
    return {
        f"{moment:%Y-%m-%dT%H:%M:%S}",
        f"{moment:%Y-%m-%d %H:%M:%S}",
        str(round(moment.timestamp())),
    }
