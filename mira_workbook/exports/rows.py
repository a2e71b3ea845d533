"""The tidy long table: one row for each thing expected, answered or not, as a viewer may see it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from mira_workbook.exports.table import Cell, Column, Table
from mira_workbook.exports.told import SHARED_OUT, natural, told
from mira_workbook.records import Response, Snapshot
from mira_workbook.rules import sight
from mira_workbook.rules.stage import Stage

__all__ = ["COLUMNS", "NAME", "SHARED_OUT", "Row", "moment", "natural", "rows", "rows_of", "table", "told"]

NAME = "responses_long"
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


class Row(NamedTuple):
    """One row of the long table; its fields are the table's columns, `None` where there is no number.

    A tuple, because a large export makes millions of them.
    """

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
        return self


def table(rows: tuple[Row, ...]) -> Table:
    """Put rows under the long table's columns."""
    return Table(NAME, COLUMNS, tuple(row.cells() for row in rows))


def rows(snapshot: Snapshot, stage: Stage, viewer: sight.Viewer) -> Iterator[Row]:
    """Give the long table of a session as a viewer may see it.

    A field's rows are there once its answers are on show: one for each expected author, and within it one for each
    table row and column, item of an order or share, and chosen option. Answers that are missing have a row too.
    """
    return rows_of(snapshot, told(snapshot, stage, viewer))


def rows_of(snapshot: Snapshot, responses: Iterable[Response]) -> Iterator[Row]:
    """Give the long table of answers that went through sight."""
    roles = {member.key: member.role_group for member in snapshot.members}
    session, version = snapshot.session, snapshot.meeting.content_version
    whose = (snapshot.team.slug, session.cycle, snapshot.workbook.slug, snapshot.meeting.code, session.occasion)
    minutes: dict[datetime | None, str] = {}
    for response in responses:
        if response.saved_at not in minutes:
            minutes[response.saved_at] = moment(sight.to_the_minute(response.saved_at))
        author = response.author
        lead = (*whose, response.step, response.round, author, roles.get(author, ""))
        item, late = response.item, response.late
        tail = (late, response.entered_by, minutes[response.saved_at], version)
        for field, status, row_id, of, value_id, text, number, unit in response.value.parts:
            cells = (field, row_id, of or item, value_id, text, number, unit, status == "dk", status)
            yield Row._make((*lead, *cells, *tail))


def moment(at: datetime | None) -> str:
    """Spell a moment as ISO 8601 in UTC, to the second; "" for none."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""
