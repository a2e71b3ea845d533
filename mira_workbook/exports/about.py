"""What a file says about itself: whose it is, of which day, and what its names mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from mira_workbook.content.definition import Workbook
from mira_workbook.content.privacy import strictest
from mira_workbook.exports.tables import one_meeting
from mira_workbook.records import Snapshot


@dataclass(frozen=True, slots=True)
class About:
    """A meeting, as its files name it.

    Attributes:
        code: the meeting's code.
        workbook: its definition.
        teams: names of its teams.
        at: when it was opened, UTC; stands where a format wants a moment, so that the same answers give the same file.
    """

    code: str
    workbook: Workbook
    teams: tuple[str, ...]
    at: datetime

    @property
    def stem(self) -> str:
        """The name of a file that holds the whole meeting, without its ending."""
        return f"{self.workbook.slug}-{self.code}"

    @property
    def title(self) -> str:
        """What stands over a file."""
        return f"{self.workbook.title} · {', '.join(self.teams)}"

    @property
    def kinds(self) -> dict[str, str]:
        """Name of each derived table to the output that made it."""
        return {f"{self.workbook.slug}_{name}": use.use for name, use in self.workbook.outputs.items()}


def about(snapshots: Sequence[Snapshot]) -> About:
    """Read what the files of these sessions say of themselves.

    Raises:
        ValueError: they are of several meetings; a fault of the program.
    """
    ordered = one_meeting(snapshots)
    first = ordered[0]
    return About(
        first.meeting.code,
        strictest([snapshot.workbook for snapshot in ordered]),
        tuple(dict.fromkeys(snapshot.team.name for snapshot in ordered)),
        first.meeting.opened_at.astimezone(UTC).replace(microsecond=0),
    )
