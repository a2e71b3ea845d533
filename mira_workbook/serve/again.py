"""Going on with a team that this browser has led: its people are kept, and what it decided comes along."""

from collections.abc import Sequence

from mira_workbook.content.answers.base import Option
from mira_workbook.records import Member, Team
from mira_workbook.store import NewMember, NewTeam, Store
from mira_workbook.text import fold

_MOST = 6


def led_teams(store: Store, browser: str) -> list[Team]:
    """The teams that this browser has led, the latest first."""
    seats = [seat for seat in store.seats_of(browser) if seat.role == "facilitator"] if browser else []
    ids = dict.fromkeys(store.session(seat.session_id).team_id for seat in reversed(seats))
    return [store.team(team_id) for team_id in list(ids)[:_MOST]]


def going_on(team: Team, people: Sequence[Member], typed: Sequence[NewMember]) -> NewTeam:
    """A team once more, with those who were typed and are not on its list yet."""
    known = {fold(member.name) for member in people}
    return NewTeam(team.name, team_id=team.id, members=[new for new in typed if fold(new.name) not in known])


def people_of(people: Sequence[Member], new: Sequence[NewMember]) -> tuple[Option, ...]:
    """Who may be named: the team's own keys, and the next numbers for those who are new."""
    last = max((int(m.key[1:]) for m in people if m.key[:1] == "M" and m.key[1:].isdecimal()), default=0)
    known = [Option(member.key, member.name) for member in people]
    return (*known, *(Option(f"M{n}", member.name) for n, member in enumerate(new, last + 1)))
