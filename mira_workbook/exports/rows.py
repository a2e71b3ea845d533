"""The tidy long table: one row for each thing expected, answered or not, as a viewer may see it."""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from mira_workbook.content.answers.base import Mode
from mira_workbook.content.answers.conditions import shown
from mira_workbook.content.definition import Step
from mira_workbook.exports.parts import Labels, Part, parts
from mira_workbook.exports.table import Cell, Column, Table
from mira_workbook.records import AuthorKind, Response, Snapshot
from mira_workbook.rules import entries, pairs, sight
from mira_workbook.rules.progress import expected
from mira_workbook.rules.stage import Stage

NAME = "responses_long"
SHARED_OUT = frozenset({"balanced"})
"""Lists of which each person gets some, or all where there are few: whoever has all is not known by them."""

STATES = (
    ("submitted", "answered"),
    ("blank", "left blank"),
    ("skipped", "not asked"),
    ("dk", "I don't know yet"),
    ("withdrawn", "taken back"),
    ("draft", "begun and not sent"),
)
"""How an answer can stand, and what that means."""
ROUND = Column("round", "1, or 2 for a second round.", "number", whole=True)

COLUMNS = (
    Column("team_id", "The team's short name."),
    Column("cycle", "The team's priority this belongs to, counted from 1.", "number", whole=True),
    Column("workbook", "The workbook's short name."),
    Column("meeting", "The meeting's code."),
    Column("occasion", "Which time, where a workbook is used several times: before, after, check-in 3."),
    Column("step", "The step's key."),
    ROUND,
    Column(
        "author",
        "Who answered, as the room sees it: a member's key, PAIR1, TEAM, FACIL, a role label with a number, or a "
        "number. Numbers are given anew in every step, so they join nothing.",
    ),
    Column("author_role_group", "The member's role group; blank where the step does not show who answered."),
    Column("field", "The field's key; for a table field.column."),
    Column("row_id", "The row of a table; numbered where the row's id would tell who answered."),
    Column("item_id", "What the answer is about: the item of a fixed row, of an order or of a share."),
    Column("value_id", "Id of the chosen option. Several chosen options stand in several rows."),
    Column("value_text", "Words, a day, or the label of what was chosen."),
    Column("value_num", "A number, a rating, a place in an order (1 is first), a share; a tick is 1 or 0.", "number"),
    Column("unit", "The unit of value_num; for ratings the scale."),
    Column("is_dk", "Whether the answer is “I don't know yet”.", "flag"),
    Column(
        "status",
        "submitted, blank, skipped (not asked, because of another answer or a skipped step), dk, withdrawn, "
        "or draft (begun and not sent; without content).",
        options=STATES,
    ),
    Column("late", "Whether it came after the results were shown; late answers are left out of measures.", "flag"),
    Column("entered_by", "Key of the member who typed it for somebody."),
    Column("submitted_at", "The minute it was saved, UTC; blank where the step does not show who answered.", "moment"),
    Column("content_version", "Version of the workbook's definition."),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the long table; its fields are the table's columns, `None` where there is no number."""

    team_id: str
    cycle: int
    workbook: str
    meeting: str
    occasion: str
    step: str
    round: int
    author: str
    author_role_group: str
    field: str
    row_id: str
    item_id: str
    value_id: str
    value_text: str
    value_num: int | float | None
    unit: str
    is_dk: bool
    status: str
    late: bool
    entered_by: str
    submitted_at: str
    content_version: str

    def cells(self) -> tuple[Cell, ...]:
        """The row as a table holds it."""
        return astuple(self)


def table(rows: tuple[Row, ...]) -> Table:
    """Put rows under the long table's columns."""
    return Table(NAME, COLUMNS, tuple(row.cells() for row in rows))


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as it travels through sight: its value, and the same taken apart.

    `personal`: its rows come from a list of the author's own. `ids`: which rows those are would say who wrote them;
    `order`: everybody has the same rows, so that only their order would.
    """

    value: Any
    parts: tuple[Part, ...]
    personal: Literal["", "ids", "order"] = ""

    def unsigned(self) -> "Told":
        """The same where the author is not named: with rows numbered, or in an order that is everybody's."""
        if not self.personal:
            return self
        if self.personal == "order":
            rows = sorted(self.value, key=lambda row: natural(row["row_id"])) if self.value is not None else None
            return Told(rows, tuple(sorted(self.parts, key=lambda part: natural(part.row_id))))
        number = {row: str(n) for n, row in enumerate(dict.fromkeys(part.row_id for part in self.parts), start=1)}
        rows = [{**row, "row_id": number[row["row_id"]]} for row in self.value or ()]
        parts = tuple(replace(p, row_id=number[p.row_id], item_id="") for p in self.parts)
        return Told(rows if self.value is not None else None, parts)


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
    steps = snapshot.workbook.steps
    order = {(step.key, asked.key): (at, n) for at, step in enumerate(steps) for n, asked in enumerate(step.fields)}
    roster = {member.key: at for at, member in enumerate(snapshot.members)}

    def place(response: Response) -> tuple[object, ...]:
        step, field = order[response.step, response.field]
        return step, response.round, field, roster.get(response.author, len(roster)), *natural(response.author)

    signed = sight.signed(snapshot, _expanded(snapshot, stage, viewer), viewer)
    alone = {"member", "anon"}
    hidden = [
        r if r.author_kind not in alone or r.author in roster else replace(r, value=r.value.unsigned()) for r in signed
    ]
    return sorted(hidden, key=place)


def rows(snapshot: Snapshot, stage: Stage, viewer: sight.Viewer) -> Iterator[Row]:
    """Give the long table of a session as a viewer may see it.

    A field's rows are there once its answers are on show: one for each expected author, and within it one for each
    table row and column, item of an order or share, and chosen option. Answers that are missing have a row too.
    """
    return rows_of(snapshot, told(snapshot, stage, viewer))


def rows_of(snapshot: Snapshot, responses: Iterable[Response]) -> Iterator[Row]:
    """Give the long table of answers that went through sight."""
    for response in responses:
        for part in response.value.parts:
            yield _row(snapshot, response, part)


def natural(name: str) -> tuple[str, int]:
    """Sort “support staff 10” behind “support staff 2”."""
    words = name.rstrip("0123456789")
    return words, int(name[len(words) :] or 0)


def _expanded(snapshot: Snapshot, stage: Stage, viewer: sight.Viewer) -> list[Response]:
    """Every expected answer on show, taken apart."""
    labels = Labels(snapshot, stage)
    found = []
    for step in snapshot.workbook.steps:
        if step.key not in stage.opened:
            continue
        for round_ in range(1, stage.round_of(step.key) + 1):
            for response in _of_round(snapshot, stage, (step, round_), viewer):
                asked = step.field(response.field)
                status = _status(snapshot, stage, step, response)
                value = response.value if status == "submitted" else None
                personal = _personal(snapshot, stage, step, asked)
                taken_apart = parts(asked, response, status, labels)
                found.append(replace(_unlinked(snapshot, response), value=Told(value, taken_apart, personal)))
    return found


def _personal(snapshot: Snapshot, stage: Stage, step: Step, asked: Any) -> Literal["", "ids", "order"]:
    """What the rows of a table would give away about its author."""
    listed = getattr(asked, "rows_from", None)
    own, use = stage.own_lists.get(listed or ""), snapshot.workbook.lists.get(listed or "")
    if own is None:
        return ""
    if use is None or use.use not in SHARED_OUT:
        return "ids"
    # A second round may ask less; whoever had only some rows in the first would be known by them.
    known = {option.id for options in own.values() for option in options}
    known |= {
        row["row_id"]
        for response in snapshot.responses
        if (response.step, response.field) == (step.key, asked.key)
        for row in response.value or ()
    }
    every = max(len(known), len(stage.options(str(use.arguments.get("among")))))
    return "order" if every <= int(use.arguments.get("n", 0)) else "ids"


def _of_round(snapshot: Snapshot, stage: Stage, place: tuple[Step, int], viewer: sight.Viewer) -> Iterator[Response]:
    """The answers of a step's round that the viewer may see, and a blank one for each that is missing."""
    step, round_ = place
    for asked in step.fields:
        given = [r for r in snapshot.responses if (r.step, r.round, r.field) == (step.key, round_, asked.key)]
        mode = step.mode_of(asked)
        missing = (
            [] if round_ > 1 and mode in {"team", "facilitator"} else _missing(snapshot, stage, step, asked.key, round_)
        )
        on_show = [r for r in (*given, *missing) if sight.may_see(snapshot, stage, r, viewer)]
        yield from entries.uncovered(snapshot, stage, on_show)


def _missing(snapshot: Snapshot, stage: Stage, step: Step, field: str, round_: int) -> list[Response]:
    """A blank answer for each author who is expected and has none."""
    asked = step.field(field)
    mode = step.mode_of(asked)
    have = {r.author for r in snapshot.responses if (r.step, r.round, r.field) == (step.key, round_, field)}
    if have and mode in {"team", "facilitator"}:
        # At a team's own pace the team gives the facilitator's answers too; one of the two is enough.
        return []
    kind, authors = _authors(snapshot, stage, step, mode, round_)
    if step.attribution_of(asked) == "anonymous" and mode == "individual":
        # Who answered cannot be told, so those who are missing are only counted.
        known = _anonymous(snapshot, step.key, round_)
        kind = "anon" if known else "member"
        known = known or _not_sealed(snapshot, step, round_)
        authors = (*known, *(f"missing {n}" for n in range(len(authors) - len(known))))
    return [
        Response(0, step.key, round_, "", field, kind, author, 0, "submitted", None)
        for author in authors
        if author not in have
    ]


def _authors(
    snapshot: Snapshot, stage: Stage, step: Step, mode: Mode, round_: int
) -> tuple[AuthorKind, tuple[str, ...]]:
    """Who is expected to answer in a mode."""
    if mode == "team":
        return "team", ("TEAM",)
    if mode == "facilitator":
        return "facilitator", ("FACIL",)
    if mode == "pair":
        return "pair", pairs.here(snapshot)
    shown_at = stage.revealed.get((step.key, round_))
    here = expected(snapshot, stage, step)
    # Who joins after the results are shown was never expected here.
    return "member", tuple(m.key for m in here if not (m.joined_at and shown_at and m.joined_at > shown_at))


def _anonymous(snapshot: Snapshot, step: str, round_: int) -> list[str]:
    """Authors of anonymous answers in the order of their hashes: the order in which a sealed step numbers them."""
    return sorted({r.author for r in snapshot.responses if (r.step, r.round, r.author_kind) == (step, round_, "anon")})


def _not_sealed(snapshot: Snapshot, step: Step, round_: int) -> list[str]:
    """Authors of anonymous answers before their step is sealed: hashes, which sight turns into numbers."""
    hidden = {f.key for f in step.asks("individual") if step.attribution_of(f) == "anonymous"}
    given = [r for r in snapshot.responses if (r.step, r.round, r.author_kind) == (step.key, round_, "member")]
    return sorted({r.author for r in given if r.field in hidden})


def _unlinked(snapshot: Snapshot, response: Response) -> Response:
    """An anonymous answer as it stands once its step is sealed, also before that."""
    if response.author_kind != "anon":
        return response
    known = _anonymous(snapshot, response.step, response.round)
    # Missing ones are called missing 0, missing 1 …; they are counted on behind the others.
    at = known.index(response.author) if response.author in known else len(known) + natural(response.author)[1]
    return replace(response, author=f"anon_{at + 1:02d}", saved_at=None, entered_by="", seq=0)


def _status(snapshot: Snapshot, stage: Stage, step: Step, response: Response) -> str:
    """How an answer as a whole stands; parts of a submitted one may still be blank, skipped or dk."""
    if response.state == "withdrawn":
        return "withdrawn"
    if response.version:
        return "submitted"
    theirs = {
        r.field: r.value
        for r in snapshot.responses
        if (r.step, r.round) == (step.key, response.round)
        and r.state == "submitted"
        and (r.author == response.author or r.author_kind in {"team", "facilitator"})
    }
    if step.key in stage.skipped or (theirs and response.field not in shown(step.fields, theirs)):
        return "skipped"
    # Unsent text is known by step, not by field: whoever has sent something here left the rest blank.
    sent = any(step.mode_of(step.field(field)) in {"individual", "pair"} for field in theirs)
    return "draft" if (response.author, step.key) in snapshot.drafting and not sent else "blank"


def _row(snapshot: Snapshot, response: Response, part: Part) -> Row:
    roles = {member.key: member.role_group for member in snapshot.members}
    return Row(
        team_id=snapshot.team.slug,
        cycle=snapshot.session.cycle,
        workbook=snapshot.workbook.slug,
        meeting=snapshot.meeting.code,
        occasion=snapshot.session.occasion,
        step=response.step,
        round=response.round,
        author=response.author,
        author_role_group=roles.get(response.author, ""),
        field=part.field,
        row_id=part.row_id,
        item_id=part.item_id or response.item,
        value_id=part.value_id,
        value_text=part.value_text,
        value_num=part.value_num,
        unit=part.unit,
        is_dk=part.status == "dk",
        status=part.status,
        late=response.late,
        entered_by=response.entered_by,
        submitted_at=moment(sight.to_the_minute(response.saved_at)),
        content_version=snapshot.meeting.content_version,
    )


def moment(at: datetime | None) -> str:
    """Spell a moment as ISO 8601 in UTC, to the second; "" for none."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""
