"""What callers hand to the store and get from it, beyond the central records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mira_workbook.records import Meeting, Role, Session


@dataclass(frozen=True, slots=True)
class NewMember:
    """A person for a roster. An empty key gets the next M number of the team."""

    name: str
    role: str = ""
    role_group: str = "other"
    contract_min: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class NewTeam:
    """A team for a meeting.

    Attributes:
        name: as people say it.
        slug: for files and addresses; made from the name if empty. A taken one gets `-2`.
        team_id: go on with this team; its members attend, new ones are added.
        facts: students, school weeks, currency …
        members: the roster, in order.
    """

    name: str
    slug: str = ""
    team_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    members: Sequence[NewMember] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A meeting just opened. `keys` holds each role's secret, shown this once."""

    meeting: Meeting
    sessions: tuple[Session, ...]
    keys: Mapping[Role, str]


@dataclass(frozen=True, slots=True)
class Knock:
    """A browser that asks to be let in under a name that already has a seat."""

    id: int
    session_id: int
    member_id: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Access:
    """Who took what out, and when; `what` is the meeting's code."""

    at: datetime
    key: str
    what: str
    format: str
    rows: int


@dataclass(frozen=True, slots=True)
class Lasting:
    """A meeting, or an imported archive, and since when nobody has done anything in it."""

    code: str
    since: datetime
    teams: tuple[str, ...] = ()
    is_archive: bool = False
