"""What can go wrong, each under one root: where, what, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass


class MiraError(Exception):
    """The root of all our exceptions; its text is a sentence a person can act on."""


class ConfigError(MiraError):
    """A setting is missing or odd; the text names it and quotes its value."""


@dataclass(frozen=True, slots=True)
class DefinitionProblem:
    """One thing to mend in a workbook file: where it stands, what is odd, what to do."""

    where: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" {self.hint}" if self.hint else "")


class DefinitionError(MiraError):
    """A workbook file does not hold together; `problems` lists all of it at once."""

    def __init__(self, source: str, problems: Sequence[DefinitionProblem]) -> None:
        self.source = source
        self.problems = tuple(problems)
        lines = "".join(f"\n  - {problem}" for problem in self.problems)
        many = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        super().__init__(f"{source} has {many}:{lines}")


class SeatError(MiraError):
    """The link or the browser's seat is not good, or no longer."""


class RightError(MiraError):
    """This seat may not do this; raised where the store is called."""


class StoreError(MiraError):
    """The store could not do it; the text says why and what to do."""


class StoreBusy(StoreError):  # noqa: N818 - reads as a state; callers retry on it
    """The store did not answer in time; the same call may go through in a moment."""


class SessionNotFound(StoreError):  # noqa: N818 - the name says what happened
    """No meeting has this code."""


class SessionClosed(StoreError):  # noqa: N818 - the name says what happened
    """The session has ended or its cycle is closed; nothing more is taken."""


class StepLocked(StoreError):  # noqa: N818 - the name says what happened
    """The step does not take this answer now: not open, already shown, or skipped."""


class VersionClash(StoreError):  # noqa: N818 - the name says what happened
    """Two people changed the same cell of a team record (message E15).

    Attributes:
        head: the value that stands now.
        version: its version, to base the next save on.
        name: who saved it.
        at: when, as the screen says it.
    """

    def __init__(self, text: str, *, head: object, version: int, name: str = "", at: str = "") -> None:
        self.head, self.version, self.name, self.at = head, version, name, at
        super().__init__(text)


class SchemaTooOld(StoreError):  # noqa: N818 - the name says what happened
    """The store was made by an earlier version; serve and the command line bring it up to date."""


class SchemaTooNew(StoreError):  # noqa: N818 - the name says what happened
    """The store was made by a later version than this one."""


class MissingExtra(MiraError, ImportError):  # noqa: N818 - the name says what happened
    """An optional part is not installed; the text names the pip line."""
