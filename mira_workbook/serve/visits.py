"""What a browser's code or seat leads to, read from the store. No web in here."""

from dataclasses import dataclass

from mira_workbook.content.definition import Workbook
from mira_workbook.records import Meeting, Member, Role, Seat, Session, Team
from mira_workbook.store import Store, shown_code


@dataclass(frozen=True, slots=True)
class Place:
    """One team in one meeting, with what a page says of it."""

    meeting: Meeting
    session: Session
    team: Team
    workbook: Workbook

    @property
    def code(self) -> str:
        """The code as people read it."""
        return shown_code(self.meeting.code)


def places(store: Store, meeting: Meeting) -> list[Place]:
    """The teams of a meeting, in the order they were named."""
    workbook = store.workbook(meeting)
    return [Place(meeting, s, store.team(s.team_id), workbook) for s in store.sessions(meeting.id)]


def place_of(found: list[Place], slug: str) -> Place | None:
    """The team that is meant: the only one, or the one with this slug."""
    if len(found) == 1:
        return found[0]
    return next((place for place in found if place.team.slug == slug), None)


def seats_in(store: Store, browser: str, meeting: Meeting, role: Role | None = None) -> list[Seat]:
    """The seats a browser holds in a meeting, newest last."""
    if not browser:
        return []
    return [s for s in store.seats_of(browser) if s.meeting_id == meeting.id and role in {None, s.role}]


def person(store: Store, seat: Seat) -> Member | None:
    """Who sits there; None if the seat is nobody's."""
    return next((m for m in store.roster(seat.session_id) if m.id == seat.member_id), None)
