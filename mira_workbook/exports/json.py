"""A meeting as one JSON file: the coach's view, read again as an archive that gives the same bytes."""

import json
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Workbook
from mira_workbook.content.privacy import strictest
from mira_workbook.errors import MiraError
from mira_workbook.exports.rows import moment
from mira_workbook.exports.sighted import Sighted, sighted
from mira_workbook.exports.table import Cell, Column, Kind, Table
from mira_workbook.exports.tables import one_meeting, tables
from mira_workbook.records import Member, Sitting, Snapshot
from mira_workbook.rules.sight import Viewer, to_the_minute

MEDIA_TYPE = "application/json"
FORMAT: Literal["mira-workbook-1"] = "mira-workbook-1"


class _Part(BaseModel):
    """A part of the file: frozen, unknown keys refused, no guessing of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class MeetingPart(_Part):
    """One sitting of one workbook."""

    code: str = Field(pattern=r"^[A-Z0-9]{4,12}$")
    workbook: str
    content_version: str
    pace: Literal["own", "led"]
    timezone: str
    opened_at: str
    ended_at: str


class TeamPart(_Part):
    """The people, lasting."""

    slug: str
    name: str
    facts: dict[str, JsonValue]


class MemberPart(_Part):
    """A person in the team."""

    key: str
    name: str
    role: str
    role_group: str
    contract_min: int | None
    excused: bool


class StagePart(_Part):
    """Where the session stands: what opened when, which rounds are shown."""

    state: Literal["lobby", "open", "ended"]
    opened: dict[str, str]
    rounds: dict[str, int]
    shown: list[tuple[str, int]]
    skipped: list[str]


class ResponsePart(_Part):
    """An answer as sight gives it; `value` has the shape of its type, and is absent where it was withdrawn."""

    step: str
    round: int
    item: str
    field: str
    author: str
    author_kind: Literal["member", "pair", "team", "facilitator", "anon"]
    state: Literal["submitted", "withdrawn"]
    value: JsonValue = None
    late: bool
    entered_by: str
    saved_at: str


class BuiltOnPart(_Part):
    """Something that another workbook handed on, as this session uses it; `workbook` and `meeting` "" if typed in."""

    key: str
    version: int
    value: JsonValue
    workbook: str
    meeting: str
    written_at: str


class SessionPart(_Part):
    """One team in the meeting; `built_on` only where the workbook needs something, and not in files of earlier days."""

    team: TeamPart
    cycle: int
    occasion: str
    members: list[MemberPart]
    stage: StagePart
    responses: list[ResponsePart]
    built_on: list[BuiltOnPart] = Field(default_factory=list)


class ColumnPart(_Part):
    """A column of a table."""

    name: str
    about: str
    kind: Kind
    unit: str


class TablePart(_Part):
    """A table as the CSV files hold it."""

    name: str
    columns: list[ColumnPart]
    rows: list[list[bool | int | float | str | None]]


class Bundle(_Part):
    """A meeting as its coach may see it: what was asked, what was answered, what follows from it."""

    format: Literal["mira-workbook-1"]
    meeting: MeetingPart
    definition: dict[str, JsonValue]
    sessions: list[SessionPart]
    tables: list[TablePart]


def bundle(snapshots: Sequence[Snapshot], viewer: Viewer) -> Bundle:
    """Make the bundle of a meeting. The same answers and acts give the same bundle: it holds no time of its own.

    Raises:
        ValueError: the sessions are not of one meeting; a fault of the program.
    """
    ordered = one_meeting(snapshots)
    first = ordered[0]
    return Bundle(
        format=FORMAT,
        meeting=meeting_part(first),
        definition=definition_of([snapshot.whole or snapshot.workbook for snapshot in ordered]),
        sessions=[session_part(sighted(snapshot, viewer), snapshot) for snapshot in ordered],
        tables=[table_part(table) for table in tables(ordered, viewer)],
    )


def definition_of(workbooks: Sequence[Workbook]) -> dict[str, JsonValue]:
    """The one definition that is kept for all teams."""
    kept: dict[str, JsonValue] = json.loads(strictest(workbooks).pinned())
    return kept


def dumped(part: BaseModel) -> Any:
    """A part of the file as plain JSON has it."""
    # What a file of an earlier day does not have stays out of it, so that it is spelled as it came.
    return part.model_dump(mode="json", exclude_unset=True)


def spelled(value: Any, depth: int = 0) -> str:
    """Spell JSON: keys in order, one thing a line, so that two exports can be compared."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return text.replace("\n", "\n" + " " * depth) if depth else text


def meeting_part(sitting: Snapshot | Sitting) -> MeetingPart:
    """The meeting, as the file tells it."""
    meeting = sitting.meeting
    return MeetingPart(
        code=meeting.code,
        workbook=sitting.workbook.slug,
        content_version=meeting.content_version,
        pace=meeting.pace,
        timezone=meeting.timezone,
        opened_at=moment(meeting.opened_at),
        ended_at=moment(meeting.ended_at),
    )


def session_part(seen: Sighted, snapshot: Snapshot) -> SessionPart:
    """One team's sitting, as the file tells it."""
    team, stage = snapshot.team, seen.stage
    return SessionPart(
        team=TeamPart(slug=team.slug, name=team.name, facts=_plain(dict(team.facts))),
        cycle=snapshot.session.cycle,
        occasion=snapshot.session.occasion,
        members=[_member(member) for member in snapshot.members],
        stage=StagePart(
            state=stage.state,
            opened={step: moment(at) for step, at in stage.opened.items()},
            rounds={step: stage.round_of(step) for step in stage.opened},
            shown=sorted((step, round_) for step, round_ in stage.revealed if stage.is_shown(step, round_)),
            skipped=sorted(stage.skipped),
        ),
        responses=[
            ResponsePart(
                step=r.step,
                round=r.round,
                item=r.item,
                field=r.field,
                author=r.author,
                author_kind=r.author_kind,
                state=r.state,
                value=_plain(r.value.value),
                late=r.late,
                entered_by=r.entered_by,
                saved_at=moment(to_the_minute(r.saved_at)),
            )
            for r in seen.responses
            if r.version
        ],
        **({"built_on": _built_on(snapshot)} if snapshot.workbook.needs else {}),
    )


def _built_on(snapshot: Snapshot) -> list[BuiltOnPart]:
    return [
        BuiltOnPart(
            key=key,
            version=carry.version,
            value=_plain(carry.value),
            workbook=carry.slug,
            meeting=carry.code,
            written_at=moment(carry.at),
        )
        for key, carry in snapshot.built_on.items()
        if key in snapshot.workbook.needs
    ]


def _member(member: Member) -> MemberPart:
    return MemberPart(
        key=member.key,
        name=member.name,
        role=member.role,
        role_group=member.role_group,
        contract_min=member.contract_min,
        excused=member.excused_at is not None,
    )


def _plain(value: Any) -> Any:
    """The same value made of what JSON has: lists for tuples, text for keys."""
    return json.loads(json.dumps(value))


def table_part(table: Table) -> TablePart:
    """A table, as the file tells it."""
    columns = [ColumnPart(name=c.name, about=c.about, kind=c.kind, unit=c.unit) for c in table.columns]
    return TablePart(name=table.name, columns=columns, rows=[list(row) for row in table.rows])


def tables_of(archive: Bundle) -> list[Table]:
    """The tables of a bundle, for the other formats."""
    return [
        Table(
            part.name,
            tuple(Column(c.name, c.about, c.kind, c.unit) for c in part.columns),
            tuple(tuple[Cell, ...](row) for row in part.rows),
        )
        for part in archive.tables
    ]


def write(archive: Bundle) -> str:
    """Spell a bundle: keys in order, one thing a line, so that two exports can be compared. Ends with a line break."""
    return spelled(dumped(archive)) + "\n"


def read(text: str) -> Bundle:
    """Read a bundle. Writing it again gives the same text.

    Args:
        text: the whole file.

    Raises:
        MiraError: it is none, or was changed; the text says where.
    """
    try:
        archive = Bundle.model_validate_json(text.removeprefix("\ufeff"))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        key = "import_unknown" if first["type"] == "json_invalid" or not where else "import_changed"
        raise MiraError(say(key, where=where)) from error
    if any(len(row) != len(table.columns) for table in archive.tables for row in table.rows):
        raise MiraError(say("import_changed", where="tables"))
    return archive
