"""Every answer on show as a viewer may see it, and a blank one for each that is missing, taken apart for counting.

Sight decides here what is on show and who is named. What it looks at is the same for many answers, so it is asked once
for each step, round, field and kind of author; a session may hold tens of thousands of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from mira_workbook.content.answers.base import Mode
from mira_workbook.content.answers.conditions import shown
from mira_workbook.content.definition import Step
from mira_workbook.exports.parts import Labels, Part, Taker
from mira_workbook.records import AuthorKind, Response, Snapshot
from mira_workbook.rules import entries, pairs, sight
from mira_workbook.rules.progress import expected
from mira_workbook.rules.stage import Stage

SHARED_OUT = frozenset({"balanced"})
"""Lists of which each person gets some, or all where there are few: whoever has all is not known by them."""
SHARED = frozenset({"team", "facilitator"})
"""Kinds of author, and modes, of what is one for all."""
Personal = Literal["", "ids", "order"]


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as it travels through sight: its value, and the same taken apart.

    `personal`: its rows come from a list of the author's own. `ids`: which rows those are would say who wrote them;
    `order`: everybody has the same rows, so that only their order would.
    """

    value: Any
    parts: tuple[Part, ...]
    personal: Personal = ""

    def unsigned(self) -> "Told":
        """The same where the author is not named: with rows numbered, or in an order that is everybody's."""
        if not self.personal:
            return self
        if self.personal == "order":
            rows = sorted(self.value, key=lambda row: natural(row["row_id"])) if self.value is not None else None
            return Told(rows, tuple(sorted(self.parts, key=lambda part: natural(part.row_id))))
        number = {row: str(n) for n, row in enumerate(dict.fromkeys(part.row_id for part in self.parts), start=1)}
        rows = [{**row, "row_id": number[row["row_id"]]} for row in self.value or ()]
        parts = tuple(p._replace(row_id=number[p.row_id], item_id="") for p in self.parts)
        return Told(rows if self.value is not None else None, parts)


def natural(name: str) -> tuple[str, int]:
    """Sort “support staff 10” behind “support staff 2”."""
    words = name.rstrip("0123456789")
    return words, int(name[len(words) :] or 0)


def told(snapshot: Snapshot, stage: Stage, viewer: sight.Viewer) -> list[Response]:
    """Give every answer on show, and a blank one for each that is missing, signed as the viewer may see it.

    Args:
        snapshot: everything known of the session.
        stage: the fold of its acts.
        viewer: for whom; sight decides what is on show and who is named.

    Shape: responses in the order of the workbook, within a field roster order, then labels and numbers; each value is
        a `Told`. Missing ones have version 0.
    """
    if viewer.role == "viewer":
        return []
    signed = sight.signed(snapshot, _Expanding(snapshot, stage, viewer).run(), viewer)
    roster = {member.key for member in snapshot.members}
    for place, response in enumerate(signed):
        if response.value.personal and response.author_kind in {"member", "anon"} and response.author not in roster:
            signed[place] = replace(response, value=response.value.unsigned())
    return _in_order(snapshot, signed)


def _in_order(snapshot: Snapshot, responses: list[Response]) -> list[Response]:
    order = {
        (step.key, asked.key): (at, n)
        for at, step in enumerate(snapshot.workbook.steps)
        for n, asked in enumerate(step.fields)
    }
    roster = {member.key: at for at, member in enumerate(snapshot.members)}
    places: dict[str, tuple[int, str, int]] = {}

    def place(response: Response) -> tuple[object, ...]:
        step, field = order[response.step, response.field]
        author = response.author
        if author not in places:
            places[author] = (roster.get(author, len(roster)), *natural(author))
        return step, response.round, field, places[author]

    return sorted(responses, key=place)


@dataclass(frozen=True, slots=True)
class _Round:
    """The answers of one step's round, sorted once.

    Attributes:
        given: field to its answers, as they stand in the snapshot.
        shared: fields of the team's and the facilitator's own that are submitted.
        own: author to the fields they have submitted.
        anonymous: authors of anonymous answers in the order of their hashes: the order in which a sealed step numbers
            them.
    """

    step: Step
    round: int
    given: Mapping[str, list[Response]]
    shared: Mapping[str, Any]
    own: Mapping[str, Mapping[str, Any]]
    anonymous: Mapping[str, int]


def _round(step: Step, round_: int, responses: list[Response]) -> _Round:
    given: dict[str, list[Response]] = {}
    shared: dict[str, Any] = {}
    own: dict[str, dict[str, Any]] = {}
    for response in responses:
        given.setdefault(response.field, []).append(response)
        if response.state == "submitted":
            fields = shared if response.author_kind in SHARED else own.setdefault(response.author, {})
            fields[response.field] = response.value
    unnamed = sorted({response.author for response in responses if response.author_kind == "anon"})
    return _Round(step, round_, given, shared, own, {author: at for at, author in enumerate(unnamed)})


class _Expanding:
    """Takes apart what is on show of a session."""

    def __init__(self, snapshot: Snapshot, stage: Stage, viewer: sight.Viewer) -> None:
        self._snapshot, self._stage, self._viewer = snapshot, stage, viewer
        self._labels = Labels(snapshot, stage)
        self._by_round: dict[tuple[str, int], list[Response]] = {}
        for response in snapshot.responses:
            self._by_round.setdefault((response.step, response.round), []).append(response)

    def run(self) -> list[Response]:
        """Every expected answer on show, taken apart."""
        found: list[Response] = []
        for step in self._snapshot.workbook.steps:
            if step.key in self._stage.opened:
                for round_ in range(1, self._stage.round_of(step.key) + 1):
                    here = _round(step, round_, self._by_round.get((step.key, round_), []))
                    for asked in step.fields:
                        found += self._field(here, asked)
        return found

    def _field(self, here: _Round, asked: Any) -> Iterator[Response]:
        """The answers of a field that the viewer may see, and a blank one for each that is missing."""
        on_show = self._on_show([*here.given.get(asked.key, ()), *self._missing(here, asked)])
        personal = self._personal(here.step, asked) if on_show else ""
        taker = Taker(asked, self._labels)
        for response in entries.uncovered(self._snapshot, self._stage, on_show):
            status = self._status(here, response)
            value = response.value if status == "submitted" else None
            told_ = Told(value, taker.parts(response.value, status, response.author), personal)
            yield _unlinked(here, response, told_)

    def _on_show(self, responses: list[Response]) -> list[Response]:
        """What the viewer may see of one field in one round: sight looks at nothing more than the kind of author."""
        may: dict[AuthorKind, bool] = {}
        for response in responses:
            if response.author_kind not in may:
                may[response.author_kind] = sight.may_see(self._snapshot, self._stage, response, self._viewer)
        return [response for response in responses if may[response.author_kind]]

    def _personal(self, step: Step, asked: Any) -> Personal:
        """What the rows of a table would give away about its author."""
        listed = getattr(asked, "rows_from", None) or ""
        own, use = self._stage.own_lists.get(listed), self._snapshot.workbook.lists.get(listed)
        if own is None:
            return ""
        if use is None or use.use not in SHARED_OUT:
            return "ids"
        # A second round may ask less; whoever had only some rows in the first would be known by them.
        known = {option.id for options in own.values() for option in options}
        given = (r for (key, _), all_ in self._by_round.items() if key == step.key for r in all_)
        known |= {row["row_id"] for r in given if r.field == asked.key for row in r.value or ()}
        every = max(len(known), len(self._stage.options(str(use.arguments.get("among")))))
        return "order" if every <= int(use.arguments.get("n", 0)) else "ids"

    def _missing(self, here: _Round, asked: Any) -> list[Response]:
        """A blank answer for each author who is expected and has none."""
        step, round_, mode = here.step, here.round, here.step.mode_of(asked)
        have = {response.author for response in here.given.get(asked.key, ())}
        if mode in SHARED and (have or round_ > 1):
            # At a team's own pace the team gives the facilitator's answers too; one of the two is enough.
            return []
        kind, authors = self._authors(step, mode, round_)
        if step.attribution_of(asked) == "anonymous" and mode == "individual":
            # Who answered cannot be told, so those who are missing are only counted.
            kind = "anon" if here.anonymous else "member"
            known = (*here.anonymous,) or _not_sealed(here)
            authors = (*known, *(f"missing {n}" for n in range(len(authors) - len(known))))
        return [
            Response(0, step.key, round_, "", asked.key, kind, author, 0, "submitted", None)
            for author in authors
            if author not in have
        ]

    def _authors(self, step: Step, mode: Mode, round_: int) -> tuple[AuthorKind, tuple[str, ...]]:
        """Who is expected to answer in a mode."""
        if mode == "team":
            return "team", ("TEAM",)
        if mode == "facilitator":
            return "facilitator", ("FACIL",)
        if mode == "pair":
            return "pair", pairs.here(self._snapshot)
        shown_at = self._stage.revealed.get((step.key, round_))
        here = expected(self._snapshot, self._stage, step)
        # Who joins after the results are shown was never expected here.
        return "member", tuple(m.key for m in here if not (m.joined_at and shown_at and m.joined_at > shown_at))

    def _status(self, here: _Round, response: Response) -> str:
        """How an answer as a whole stands; parts of a submitted one may still be blank, skipped or dk."""
        if response.state == "withdrawn":
            return "withdrawn"
        if response.version:
            return "submitted"
        step = here.step
        theirs = {**here.shared, **here.own.get(response.author, {})}
        if step.key in self._stage.skipped or (theirs and response.field not in shown(step.fields, theirs)):
            return "skipped"
        # Unsent text is known by step, not by field: whoever has sent something here left the rest blank.
        sent = any(step.mode_of(step.field(field)) in {"individual", "pair"} for field in theirs)
        return "draft" if (response.author, step.key) in self._snapshot.drafting and not sent else "blank"


def _not_sealed(here: _Round) -> tuple[str, ...]:
    """Authors of anonymous answers before their step is sealed: hashes, which sight turns into numbers."""
    step = here.step
    hidden = {f.key for f in step.asks("individual") if step.attribution_of(f) == "anonymous"}
    given = (r for field in hidden for r in here.given.get(field, ()))
    return tuple(sorted({r.author for r in given if r.author_kind == "member"}))


def _unlinked(here: _Round, response: Response, told_: Told) -> Response:
    """An answer with what was taken apart; an anonymous one as it stands once its step is sealed, also before that."""
    r, author, seq, entered_by, saved_at = (
        response,
        response.author,
        response.seq,
        response.entered_by,
        response.saved_at,
    )
    if r.author_kind == "anon":
        # Missing ones are called missing 0, missing 1 …; they are counted on behind the others.
        known = here.anonymous
        at = known[author] if author in known else len(known) + natural(author)[1]
        author, seq, entered_by, saved_at = f"anon_{at + 1:02d}", 0, "", None
    # Spelled out, because `dataclasses.replace` takes three times as long, and there are as many as answers.
    where = (seq, r.step, r.round, r.item, r.field, r.author_kind, author)
    return Response(*where, r.version, r.state, told_, r.late, entered_by, saved_at)
