"""The packet: a session on paper, for a room without a network."""

from mira_workbook.errors import SeatError
from mira_workbook.exports import packet
from mira_workbook.records import Meeting
from mira_workbook.serve.coach import SeatedDoor
from mira_workbook.serve.replies import Answer, Content
from mira_workbook.serve.visits import place_of, places
from mira_workbook.store import shown_code


class Packet(SeatedDoor):
    """`/packet/<key or code>?team=`: for a facilitator's key, or for a seat of a facilitator or coach."""

    def show(self, named: str) -> Answer:
        """The packet of a team; with several teams and none named, one that any of them can use."""
        meeting, store = self._meeting(named), self.house.store
        found = places(store, meeting)
        place, code = place_of(found, self.asked("team")), shown_code(meeting.code)
        snapshot = store.snapshot(place.session.id) if place else None
        about = packet.known(snapshot, code) if snapshot else packet.Known(code)
        # A session may sign its steps more privately than its workbook says.
        body = packet.write(snapshot.workbook if snapshot else found[0].workbook, about)
        return Content(body, "text/html; charset=utf-8", {"Cache-Control": "private, no-store"})

    def _meeting(self, named: str) -> Meeting:
        """The meeting of a facilitator's key, or of a code in which this browser leads or coaches."""
        try:
            meeting, role = self.house.store.key_role(named)
        except SeatError:
            role = None
        if role == "facilitator":
            return meeting
        meeting = self.meeting(named)
        self.seats(meeting, ("facilitator", "coach"))
        return meeting
