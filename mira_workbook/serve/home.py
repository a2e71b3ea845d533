"""The first page: a code, the way back, and what we say about ourselves."""

from http import HTTPStatus
from urllib.parse import urlsplit

from mira_workbook import __version__
from mira_workbook.catalogue import say
from mira_workbook.content.pathways import pathways
from mira_workbook.errors import SessionNotFound
from mira_workbook.records import Meeting, Seat
from mira_workbook.rules.context import local
from mira_workbook.serve import links
from mira_workbook.serve.doors import Door
from mira_workbook.serve.replies import Answer, Redirect, Refused, Reply
from mira_workbook.serve.visits import seats_in
from mira_workbook.store import plain_code, shown_code
from mira_workbook.text import say_date

_MOST_SHOWN = 4


class CodeDoor(Door):
    """A door that is opened with a code."""

    def meeting(self, typed: str) -> Meeting:
        """Find the meeting; a wrong code counts, and too many of them close the door for a while.

        Whoever already sits in the meeting gets in all the same.
        """
        house = self.house
        if not house.wrong_codes.empty:
            try:
                return house.store.meeting(typed)
            except SessionNotFound:
                house.wrong_codes.spend()
            raise Refused(self.home("code_unknown", typed, HTTPStatus.NOT_FOUND))
        for meeting in self._known_meetings():
            if meeting.code == plain_code(typed):
                return meeting
        raise Refused(self.home("code_too_many", typed, HTTPStatus.TOO_MANY_REQUESTS))

    def home(self, problem: str = "", typed: str = "", status: int = HTTPStatus.OK, link: str = "") -> Reply:
        """The first page, with a line under the code field if something is wrong with the code."""
        told = say(problem) if problem else ""
        return Reply(
            "home.html",
            {"problem": told, "typed": typed[:40], "link": link, "been": self._been_here(), "ways": pathways()},
            status,
        )

    def _known_meetings(self) -> list[Meeting]:
        """Meetings this browser sits in."""
        held = {seat.meeting_id for seat in self.house.store.seats_of(self.browser)} if self.browser else set()
        return [self.house.store.meeting_by_id(number) for number in sorted(held, reverse=True)]

    def _been_here(self) -> list[dict[str, str]]:
        store = self.house.store
        found = (
            self._way_back(meeting, seats_in(store, self.browser, meeting))
            for meeting in self._known_meetings()[:_MOST_SHOWN]
        )
        return [way for way in found if way["page"] or way["files"] or way["board"]]

    def _way_back(self, meeting: Meeting, seats: list[Seat]) -> dict[str, str]:
        store, base = self.house.store, self.house.base_url
        workbook = store.workbook(meeting)
        own = next((s for s in seats if s.role == "member"), seats[0])
        lead = next((s for s in seats if self.house.has_board(s.role)), None)
        reads = any(s.role == "coach" for s in seats)
        return {
            "team": store.team(store.session(own.session_id).team_id).name,
            "workbook": workbook.title,
            "when": say_date(local(meeting, meeting.opened_at).date()),
            "page": links.page(base, workbook.slug, meeting.code) if own.role == "member" else "",
            "files": links.coach(base, meeting.code) if reads else "",
            "board": links.board(base, lead.role, meeting.code) if lead else "",
        }


class Home(CodeDoor):
    """`/`: enter a code."""

    def show(self) -> Answer:
        """The page; with a code typed, the way to its meeting."""
        typed = self.asked("code").strip()
        if not typed:
            return self.home()
        # People paste the whole link as well.
        code = urlsplit(typed).path.rstrip("/").rpartition("/")[2] if "/" in typed else typed
        meeting = self.meeting(code)
        return Redirect(f"{self.house.base_url}join/{shown_code(meeting.code)}")


class About(Door):
    """`/about` and `/privacy`."""

    def show(self, which: str) -> Answer:
        """What the product is, or what is kept of whom."""
        return Reply(f"{which}.html", {"version": __version__})
