"""What a file says about itself: whose it is, of which day, and what its names mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Workbook
from mira_workbook.content.privacy import strictest
from mira_workbook.exports.source import Source
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


def about_of(source: Source) -> About:
    """Read what the files of one meeting say of themselves.

    Raises:
        ValueError: the sessions are of several meetings; a fault of the program.
    """
    if len({sitting.meeting.id for sitting in source.sittings}) != 1:
        raise ValueError("A file holds the sessions of one meeting.")
    meeting = source.sittings[0].meeting
    return About(meeting.code, _strictest(source), _teams(source), _to_the_second(meeting.opened_at))


@dataclass(frozen=True, slots=True)
class AboutMany(About):
    """Many meetings in one set of files; `workbook` is the one that met last."""

    @property
    def stem(self) -> str:
        """The name of a file that holds everything, without its ending."""
        return "mira-workbook-all"

    @property
    def title(self) -> str:
        """What stands over a file."""
        return say("export_all_title", n=len(self.teams))

    @property
    def kinds(self) -> dict[str, str]:
        """None: formulas belong to the file of one meeting."""
        return {}


def about_many(source: Source) -> AboutMany:
    """Read what files of several meetings say of themselves."""
    last = source.sittings[-1]
    return AboutMany("ALL", last.workbook, _teams(source), _to_the_second(last.meeting.opened_at))


def _strictest(source: Source) -> Workbook:
    # Sessions share their definitions, so that these are few objects for many teams.
    return strictest(list({id(sitting.workbook): sitting.workbook for sitting in source.sittings}.values()))


def _teams(source: Source) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sitting.team.name for sitting in source.sittings))


def _to_the_second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def about(snapshots: Sequence[Snapshot]) -> About:
    """The same of sessions that are in memory."""
    return about_of(Source.of(snapshots))
