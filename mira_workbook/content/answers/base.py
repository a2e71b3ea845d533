"""What every answer type shares: its settings in the file, and what checking needs and gives."""

import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from mira_workbook.catalogue import say
from mira_workbook.content.lists import SHARED, Option

__all__ = [
    "Asked",
    "Attribution",
    "Checked",
    "Context",
    "Flat",
    "From",
    "Key",
    "Limit",
    "Lists",
    "Mode",
    "Option",
    "Placed",
    "Problem",
    "Strict",
    "Use",
    "options_of",
    "quoted",
    "sentence",
]

Mode = Literal["individual", "pair", "team", "facilitator"]
Attribution = Literal["named", "role", "anonymous", "facilitator_only", "none", "coach"]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Flat = Mapping[str, bool | int | float | str | list[bool | int | float | str]]
"""A flat equality table: every key equals its value, or one of a list of values."""
Lists = Mapping[str, Sequence[Option]]
"""Name of a list to its options as pinned when the step opened."""
_LONGEST_QUOTE = 60
"""Characters of somebody's words that a sentence about them repeats."""


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
class Problem:
    """Something about an answer: `care` can be passed, `stop` cannot.

    Attributes:
        field: the field's key, "" for the whole step.
        code: E00 (arrived in a shape no page sends) … E16, W01 … W04, W_student, W_two_aims, or the name of the
            step's check, with `_2`, `_3` … for further uses of the same check in one step.
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
    """What checking gives: the canonical value (None = blank) and every problem found.

    The value may be kept only if `stops` is empty; with stops it is the nearest that can be shown again.
    """

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
            The shared lists need not be given.
        today: the session's day.
        limits: name to number, for limits written `{from = "name"}`; one that is not given does not bind.
        names: members' names, for W02.
        draft: checks what is typed so far: nothing is required, nothing is too short, no second looks; raw text that
            cannot be read yet is kept as it is.
        partial: checks a team's table that is saved while it is written: rows may be missing and half filled.
        facts: what checks need from other steps: "step.field" to its team value, "leader:rank.order" to an item id.
        items: item id to what is known of it, for conditions such as `{"item.mandate" = "law"}`.
        labels: "field" and "field.column" of the step to their labels; set by `check_step`.
        fills: "field" and "field.column" to the conditions under which a check fills them in; set by `check_step`.
    """

    lists: Lists = field(default_factory=dict)
    today: date = date.min
    limits: Mapping[str, float] = field(default_factory=dict)
    names: Sequence[str] = ()
    draft: bool = False
    partial: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)
    items: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    fills: Mapping[str, Sequence[Flat]] = field(default_factory=dict)


def options_of(name: str | None, options: Sequence[Option], lists: Lists) -> Sequence[Option]:
    """The options of an answer: its own, else those of the named list, pinned or shared; none if nobody knows it."""
    return options if name is None else lists.get(name, SHARED.get(name, ()))


def sentence(key: str, **slots: object) -> str:
    """Fill a sentence of the catalogue; an empty slot, such as the unit of a bare number, leaves no gap."""
    return re.sub(r" +(?=[ .])", "", say(key, **slots))


def quoted(raw: object) -> str:
    """Somebody's words as a sentence may repeat them: one line, cut."""
    words = " ".join(str(raw)[:200].split())
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"


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
    cares: tuple[Literal["W01", "W02", "W03", "two_aims", "lack_of"], ...] = ()

    def check(self, raw: Any, context: Context) -> Checked:
        """Bring a raw value to its canonical form and name every problem. Never raises on any JSON value.

        Args:
            raw: what the page sent or a file held; None and "" are blank.
            context: lists, limits and the day to check against.
        """
        checked = Checked() if raw is None or raw == "" else self.read(raw, context)
        whole = not context.draft and not context.partial
        if checked.value is None and not checked.problems and whole and self.demands(context):
            return Checked(None, (self.problem("E01"),))
        return checked

    @abstractmethod
    def read(self, raw: Any, context: Context) -> Checked:
        """Read what is not blank. An answer that turns out blank is `Checked()`, and `check` says what that means."""

    @abstractmethod
    def show(self, value: Any, lists: Lists) -> str:
        """Spell a canonical value as people read it, one line; "" for blank."""

    def demands(self, context: Context) -> bool:  # noqa: ARG002 - some types look at their list
        """Whether blank is not enough."""
        return self.required

    def problem(self, key: str, **slots: object) -> Problem:
        """Name a problem of this answer by its sentence; the code is the sentence's name up to a form such as `_left`.

        Args:
            key: name of a sentence in the catalogue.
            **slots: what its braces hold.
        """
        code = key if key.startswith("W_") else key.partition("_")[0]
        level: Literal["stop", "care"] = "care" if key.startswith("W") else "stop"
        return Problem(self.key, code, sentence(key, **slots), level)

    def misshapen(self) -> Checked:
        """What to say of a value no page of ours sends."""
        return Checked(None, (self.problem("E00"),))


class Placed(Strict):
    """What only a field of a step has, not a column: who answers it, how it is shown, on which page."""

    mode: Mode | None = None
    attribution: Attribution | None = None
    reveal_with: Key | None = None
    page: str = Field("", max_length=60, description="heading of the screen it stands on, where a step has two")
    after_reveal: bool = Field(
        default=False, description="a team field that unlocks when the step's own answers are shown"
    )
    stays_open: int = Field(
        0,
        ge=0,
        le=31,
        description="days after the end in which a named field may still be filled, and a table be added to",
    )
    setup: bool = Field(default=False, description="asked when the meeting is set up, only shown in the room")
