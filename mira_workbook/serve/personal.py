"""A member's own link, and leaving."""

from mira_workbook.serve import links
from mira_workbook.serve.doors import Door
from mira_workbook.serve.replies import Answer, Redirect, Reply
from mira_workbook.serve.visits import person, seats_in


class Me(Door):
    """`/me/<token>`: GET says whose link it is; POST comes back."""

    def show(self, token: str) -> Answer:
        """“Come back as Lena”."""
        store = self.house.store
        seat = store.peek(token, "return")
        who = person(store, seat)
        session = store.session(seat.session_id)
        team = store.team(session.team_id)
        held = store.seat(self.browser, session.id, "member") if self.browser else None
        other = person(store, held) if held and held.member_id != seat.member_id else None
        return Reply("me.html", {"who": who, "team": team, "other": other})

    def take(self, token: str) -> Answer:
        """Sit down in this browser and go on."""
        store = self.house.store
        seat = store.redeem(token, "return", browser=self.browser)
        meeting = store.meeting_by_id(seat.meeting_id)
        return Redirect(links.page(self.house.base_url, store.workbook(meeting).slug, meeting.code))


class Leave(Door):
    """`/leave`: give this browser's seats up, all of them or (`m`) the member's seat in one meeting."""

    def show(self) -> Answer:
        """Ask first."""
        return Reply("leave.html", {"code": self.asked("m")[:12], "done": False})

    def take(self) -> Answer:
        """Give the seats up."""
        store, code = self.house.store, self.typed("m")
        if code:
            meeting = store.meeting(code)
            for seat in seats_in(store, self.browser, meeting, "member"):
                store.release_seat(seat)
            return Redirect(links.join(self.house.base_url, meeting.code))
        for seat in store.seats_of(self.browser):
            store.release_seat(seat)
        return Reply("leave.html", {"code": "", "done": True})

    async def post(self, *args: str) -> None:
        """Take; a browser that left everything also forgets who it was."""
        if self._from_our_page() and not self.typed("m"):
            self.clear_cookie("mira", path=self.house.base_url)
        await super().post(*args)
