"""A workbook as data: the format of the TOML files, as frozen models that refuse unknown keys."""

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mira_workbook.content.answers import AnyField
from mira_workbook.content.answers.base import Attribution, Key, Mode, Strict, Use


class Minutes(Strict):
    """Planned minutes of a step: alone, together, and the least the plan may be squeezed to."""

    alone: float = Field(0, ge=0)
    together: float = Field(0, ge=0)
    least: float = Field(0, ge=0)

    @property
    def total(self) -> float:
        """Alone and together."""
        return self.alone + self.together


class Quote(Strict):
    """At most twenty words of somebody, with who said it and where."""

    text: str
    by: str
    source: str = ""


class MeasureUse(BaseModel):
    """A measure by its number, with arguments checked by the measure's own model; `say` gives its sentences by case."""

    model_config = ConfigDict(frozen=True, extra="allow")
    id: Annotated[str, Field(pattern=r"^M\d\d$")]
    of: str = ""
    say: dict[str, str] = Field(default_factory=dict)

    @property
    def arguments(self) -> dict[str, Any]:
        """Everything but id, of and say."""
        return dict(self.model_extra or {})


class Step(Strict):
    """One timed part of a workbook. Field defaults for mode, attribution and reveal_with stand here."""

    key: Key
    title: str = Field(max_length=80)
    part: Annotated[int, Field(ge=1)]
    heads: Literal["down", "up"] = "down"
    warm_up: bool = False
    minutes: Minutes
    mode: Mode
    pen: Literal["one", "rows"] | None = None
    attribution: Attribution = "named"
    reveal_with: Key | None = None
    rounds: Literal[1, 2] = 1
    again: Key | None = Field(None, description="the step whose second round follows this one")
    skip_when: Use | None = None
    do: str = Field(max_length=600)
    together: str = Field(
        "", max_length=600, description="the instruction for the part done together, shown after the reveal"
    )
    submit: str = Field("", max_length=40, description="words on the main button; “Submit my answer” if not set")
    ask: str = Field("", max_length=200, description="what the facilitator asks the room")
    note: str = Field("", max_length=400, description="a note for the facilitator")
    quote: Quote | None = None
    checks: tuple[Use, ...] = ()
    measures: tuple[MeasureUse, ...] = ()
    charts: tuple[Use, ...] = ()
    cards: tuple[str, ...] = ()
    fields: tuple[AnyField, ...] = ()

    def field(self, key: str) -> Any:
        """Find a field.

        Raises:
            KeyError: the step has no such field.
        """
        for asked in self.fields:
            if asked.key == key:
                return asked
        raise KeyError(f"{self.key}.{key}")

    def mode_of(self, asked: Any) -> Mode:
        """Who answers a field: its own mode, else the step's."""
        return asked.mode or self.mode

    def attribution_of(self, asked: Any) -> Attribution:
        """How a field's answers are shown: its own attribution, else the step's."""
        return asked.attribution or self.attribution

    def reveal_of(self, asked: Any) -> str:
        """The step a field's answers are shown with: its own, else the step's, else this step."""
        return asked.reveal_with or self.reveal_with or self.key

    def asks(self, mode: Mode) -> tuple[Any, ...]:
        """The fields that are answered in this mode."""
        return tuple(asked for asked in self.fields if self.mode_of(asked) == mode)


class Workbook(Strict):
    """A guided sitting: what is asked, in order."""

    format: Literal[1] = 1
    slug: Key
    title: str = Field(max_length=80)
    minutes: float = Field(gt=0)
    purpose: str = Field(max_length=400)
    who: str = Field(max_length=200)
    bring: str = Field(max_length=200)
    parts: tuple[str, ...] = Field(min_length=1, description="names of the parts people see: “Part 2 of 5 · The list”")
    cards: tuple[str, ...] = ()
    lists: dict[Key, Use] = Field(
        default_factory=dict, description="the workbook's own lists, each a registered function"
    )
    settings: dict[Key, float | str] = Field(
        default_factory=dict, description="thresholds that are ours to choose; shown in the codebook"
    )
    handout: tuple[Use, ...] = Field((), description="blocks of the one-page hand-out, in order")
    outputs: dict[Key, Use] = Field(
        default_factory=dict, description="derived tables of the export, each a registered function"
    )
    carries: dict[str, str] = Field(default_factory=dict, description="what is handed on: carry key to step.field")
    steps: tuple[Step, ...] = Field(min_length=1)

    def step(self, key: str) -> Step:
        """Find a step.

        Raises:
            KeyError: the workbook has no such step.
        """
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def pinned(self) -> str:
        """Spell the definition as canonical JSON, to be kept with a meeting."""
        body = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def hash(self) -> str:
        """The sha256 of the canonical JSON, hexadecimal."""
        return hashlib.sha256(self.pinned().encode()).hexdigest()
