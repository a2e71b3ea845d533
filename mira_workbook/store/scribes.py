"""Who enters answers for people without a device: by the acts that say so, the latest for each person."""

from collections.abc import Iterable

from mira_workbook.records import Act, Seat

FACILITATOR = "FACIL"


def enters_for(acts: Iterable[Act], seat: Seat, author: str) -> bool:
    """Whether a seat is the one that enters answers for a member."""
    by = ""
    for act in acts:
        if act.kind == "scribe" and act.payload.get("for") == author:
            by = "" if act.payload.get("off") else str(act.payload.get("by", ""))
    mine = FACILITATOR if seat.role == "facilitator" else seat.member_key
    return bool(by) and by == mine
