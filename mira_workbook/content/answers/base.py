"""What every answer type shares: its settings in the file, and what checking needs and gives."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

Mode = Literal["individual", "pair", "team", "facilitator"]
Attribution = Literal["named", "role", "anonymous", "facilitator_only", "none"]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Flat = Mapping[str, bool | int | float | str | list[str]]
"""A flat equality table: every key equals its value, or one of a list of values."""


class Strict(BaseModel):
    """A part of a definition: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Use(BaseModel):
    """A registered function by name with its arguments, each checked by the function's own model."""

    model_config = ConfigDict(frozen=True, extra="allow")
    use: str

    @property
    def arguments(self) -> dict[str, Any]:
        """Everything but the name."""
        return dict(self.model_extra or {})


class From(Strict):
    """A limit that is not a number yet: taken when the step opens, by a registered name."""

    source: str = Field(alias="from")


Limit = float | From


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: an id that is stored, a label that is read, and a line of help."""

    id: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about an answer: `care` can be passed, `stop` cannot.

    Attributes:
        field: the field's key, "" for the whole step.
        code: E01 … E16, W01 … W04, W_student, or the name of the step's check.
        text: the sentence to show.
        level: `stop` blocks the submit, `care` is shown once and may be passed.
        row: row id in a table, else "".
        column: column key in a table, else "".
    """

    field: str
    code: str
    text: str
    level: Literal["stop", "care"] = "stop"
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking gives: the canonical value (None = blank) and every problem found."""

    value: Any = None
    problems: tuple[Problem, ...] = ()

    @property
    def stops(self) -> tuple[Problem, ...]:
        """The problems that block."""
        return tuple(p for p in self.problems if p.level == "stop")


@dataclass(frozen=True, slots=True)
class Context:
    """What an answer is checked against.

    Attributes:
        lists: name of a list to its options as pinned when the step opened; lists of one person already narrowed.
        today: the session's day.
        limits: name to number, for limits written `{from = "name"}`.
        names: members' names, for W02.
        draft: checks what is typed so far: nothing is required, nothing is too short.
    """

    lists: Mapping[str, Sequence[Option]] = field(default_factory=dict)
    today: date = date.min
    limits: Mapping[str, float] = field(default_factory=dict)
    names: Sequence[str] = ()
    draft: bool = False


class Asked(Strict):
    """One thing asked: what fields of a step and columns of a table have in common."""

    numeric: ClassVar[bool] = False
    key: Key
    label: str = Field(max_length=200)
    help: str = Field("", max_length=300)
    required: bool = False
    unit: str = Field("", max_length=40)
    prefill: str | Use | None = None
    show_when: Flat | None = None
    require_when: Flat | None = None
    control: str = Field("", description="a special way to draw it; see the README's list of controls")
    cares: tuple[Literal["W01", "W02", "W03", "two_aims"], ...] = ()

    @abstractmethod
    def check(self, raw: Any, context: Context) -> Checked:
        """Bring a raw value to its canonical form and name every problem.

        Args:
            raw: what the page sent or a file held; None and "" are blank.
            context: lists, limits and the day to check against.
        """

    @abstractmethod
    def show(self, value: Any, lists: Mapping[str, Sequence[Option]]) -> str:
        """Spell a canonical value as people read it, one line; "" for blank."""


class Placed(Strict):
    """What only a field of a step has, not a column: who answers it, how it is shown, on which page."""

    mode: Mode | None = None
    attribution: Attribution | None = None
    reveal_with: Key | None = None
    page: str = Field("", max_length=60, description="heading of the screen it stands on, where a step has two")
    after_reveal: bool = Field(default=False, description="a team field that unlocks when the step's own answers are shown")
    setup: bool = Field(default=False, description="asked when the meeting is set up, only shown in the room")
