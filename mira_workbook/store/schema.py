"""The tables. Times are UTC; answers, drafts and payloads are JSON; nothing here depends on what a workbook asks."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

VERSIONS = ("0001", "0002", "0003")
"""Every version of the tables, oldest first; the last is the one this code needs."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite, which knows no zones, keeps it without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware time into what the database keeps.

        Raises:
            ValueError: the time has no zone; a fault of the program.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give an aware time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _json(name: str, **options: Any) -> Column[Any]:
    return Column(name, JSON(none_as_null=True), **options)


def _time(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Moment, nullable=nullable)


def _text(name: str, length: int = 200, default: str | None = "") -> Column[Any]:
    return Column(name, String(length), nullable=False, server_default=default)


def _to(name: str, target: str, **options: Any) -> Column[Any]:
    return Column(name, Integer, ForeignKey(target), **{"nullable": False, **options})


def _number(name: str, default: int | None = None) -> Column[Any]:
    return Column(name, Integer, nullable=False, server_default=None if default is None else str(default))


definitions = Table(
    "definitions",
    metadata,
    Column("hash", String(64), primary_key=True),
    _text("slug", default=None),
    _number("format"),
    Column("body", Text, nullable=False),
    _time("at"),
)

teams = Table(
    "teams",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(200), nullable=False, unique=True),
    _text("name", default=None),
    _json("facts", nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("id", Integer, primary_key=True),
    _to("team_id", "teams.id"),
    _text("key", 20, default=None),
    _text("name", default=None),
    _text("role"),
    _text("role_group", 40),
    Column("contract_min", Integer),
    _number("position", 0),
    _time("left_at", nullable=True),
    UniqueConstraint("team_id", "key"),
)

cycles = Table(
    "cycles",
    metadata,
    _to("team_id", "teams.id", primary_key=True),
    Column("n", Integer, primary_key=True),
    _time("opened_at"),
    _time("closed_at", nullable=True),
)

meetings = Table(
    "meetings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(12), nullable=False, unique=True),
    Column("definition_hash", String(64), ForeignKey("definitions.hash"), nullable=False),
    _text("pace", 10, default=None),
    _text("timezone", 60, default=None),
    _time("opened_at"),
    _time("ended_at", nullable=True),
    Index(None, "ended_at"),
)

keys = Table(
    "keys",
    metadata,
    Column("id", Integer, primary_key=True),
    _to("meeting_id", "meetings.id", index=True),
    _text("role", 20, default=None),
    Column("key_hash", String(64), nullable=False, unique=True),
    _time("made_at"),
    _time("revoked_at", nullable=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    _to("meeting_id", "meetings.id"),
    _to("team_id", "teams.id", index=True),
    _number("cycle", 1),
    _text("occasion", 60),
    _number("rev", 0),
    _number("stage_rev", 0),
    UniqueConstraint("meeting_id", "team_id"),
)

attendance = Table(
    "attendance",
    metadata,
    _to("session_id", "sessions.id", primary_key=True),
    _to("member_id", "members.id", primary_key=True, index=True),
    _number("position", 0),
    _time("joined_at", nullable=True),
    _time("excused_at", nullable=True),
    _time("guess_ok_at", nullable=True),
)

seats = Table(
    "seats",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("browser_hash", String(64), nullable=False),
    _to("session_id", "sessions.id"),
    _text("role", 20, default=None),
    _to("member_id", "members.id", nullable=True, index=True),
    _time("made_at"),
    _time("revoked_at", nullable=True),
    _to("key_id", "keys.id", nullable=True, index=True),
    UniqueConstraint("browser_hash", "session_id", "role"),
    Index(None, "session_id", "member_id"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _to("seat_id", "seats.id", index=True),
    _text("kind", 10, default=None),
    _time("made_at"),
    _time("expires_at", nullable=True),
    _time("used_at", nullable=True),
)

knocks = Table(
    "knocks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("browser_hash", String(64), nullable=False),
    _to("session_id", "sessions.id", index=True),
    _to("member_id", "members.id", index=True),
    _time("at"),
    _time("admitted_at", nullable=True),
)

pairs = Table(
    "pair_members",
    metadata,
    _to("session_id", "sessions.id", primary_key=True),
    Column("n", Integer, primary_key=True),
    _to("member_id", "members.id", primary_key=True, index=True),
    _time("joined_at"),
    _time("left_at", nullable=True),
)

acts = Table(
    "acts",
    metadata,
    _to("session_id", "sessions.id", primary_key=True),
    Column("seq", Integer, primary_key=True),
    _time("at"),
    _text("kind", 40, default=None),
    _text("step", 40),
    _number("round", 1),
    _json("payload", nullable=False),
    # No foreign key: the log keeps the number of a seat that was forgotten.
    Column("seat_id", Integer),
    Column("reason", Text, nullable=False, server_default=""),
    Column("undoes", Integer),
)

_ONE_ANSWER = ("session_id", "step", "round", "item", "field", "author_kind", "author")

responses = Table(
    "responses",
    metadata,
    _to("session_id", "sessions.id", primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("save_key", String(100)),
    _text("step", 40, default=None),
    _number("round", 1),
    _text("item", 80),
    _text("field", 40, default=None),
    _text("author_kind", 12, default=None),
    _text("author", 64, default=None),
    _number("version"),
    _text("state", 12, default=None),
    _json("value"),
    _number("base_version", 0),
    Column("late", Boolean, nullable=False),
    _text("entered_by", 20),
    _time("saved_at", nullable=True),
    UniqueConstraint(*_ONE_ANSWER, "version", name="uq_responses_version"),
    UniqueConstraint("session_id", "save_key", "step", "item", "field", name="uq_responses_save_key"),
)

row_numbers = Table(
    "row_numbers",
    metadata,
    _to("session_id", "sessions.id", primary_key=True),
    Column("step", String(40), primary_key=True),
    Column("field", String(40), primary_key=True),
    _number("last"),
    # What a page called a new row before it knew its number, to that number's id.
    _json("given", nullable=False, server_default="{}"),
)

drafts = Table(
    "drafts",
    metadata,
    _to("session_id", "sessions.id", primary_key=True),
    Column("step", String(40), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("item", String(80), primary_key=True),
    Column("field", String(40), primary_key=True),
    Column("author", String(64), primary_key=True),
    Column("seat_id", Integer),
    _json("value", nullable=False),
    _time("at"),
)

anon_secrets = Table(
    "anon_secrets",
    metadata,
    _to("session_id", "sessions.id", primary_key=True),
    Column("step", String(40), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("secret", String(64), nullable=False),
)

carries = Table(
    "carries",
    metadata,
    _to("team_id", "teams.id", primary_key=True),
    Column("cycle", Integer, primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("version", Integer, primary_key=True),
    _json("value"),
    _to("source_session_id", "sessions.id", nullable=True, index=True),
    Column("source_seq", Integer),
    _time("at"),
)

carry_uses = Table(
    "carry_uses",
    metadata,
    _to("session_id", "sessions.id", primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("version", Integer, primary_key=True),
    _time("at"),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True),
    _to("session_id", "sessions.id", index=True),
    _text("author", 80, default=None),
    Column("shared", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    _time("at"),
)

access_log = Table(
    "access_log",
    metadata,
    Column("id", Integer, primary_key=True),
    _time("at"),
    _text("key", 80, default=None),
    _text("what", default=None),
    _text("format", 20, default=None),
    _number("rows"),
)

presence = Table(
    "presence",
    metadata,
    _to("session_id", "sessions.id", primary_key=True),
    _to("member_id", "members.id", primary_key=True, index=True),
    _text("state", 20, default=None),
    _time("seen_at"),
)

BESIDE = """CREATE TABLE IF NOT EXISTS presence (
    session_id INTEGER NOT NULL, member_id INTEGER NOT NULL, state VARCHAR(20) NOT NULL, seen_at DATETIME NOT NULL,
    PRIMARY KEY (session_id, member_id)
) WITHOUT ROWID"""
"""The table of the file beside a SQLite store. It has no version: it may be thrown away at any time."""

archives = Table(
    "archives",
    metadata,
    Column("code", String(12), primary_key=True),
    Column("body", Text, nullable=False),
    _time("at"),
)
