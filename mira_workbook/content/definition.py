"""A workbook as data: the format of the TOML files, as frozen models that refuse unknown keys."""

import hashlib
import json
import math
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

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


class Around(Strict):
    """Planned minutes outside the steps; `look_back` replaces warm-up steps that were done before the day."""

    arrive: float = Field(0, ge=0)
    changes: float = Field(0, ge=0)
    close: float = Field(0, ge=0)
    look_back: float = Field(0, ge=0)

    @property
    def total(self) -> float:
        """Arriving, changing steps and closing, without looking back."""
        return self.arrive + self.changes + self.close


class Turns(Strict):
    """Spoken turns of a step, one an item of a list: a turn is the smaller of `longest` and `minutes` shared out.

    With one item only there is one turn of `alone` minutes, and the room is asked `alone_ask`.
    """

    list: str
    minutes: float = Field(gt=0)
    longest: float = Field(gt=0)
    alone: float = Field(gt=0)
    alone_ask: str = Field(max_length=200)


MOST_WORDS = 20
"""Words of somebody else that a workbook or a card may repeat."""


def quoted_briefly(text: str) -> str:
    """Let a quote pass that is short enough.

    Raises:
        ValueError: it has more words than may be repeated.
    """
    words = len(text.split())
    if words > MOST_WORDS:
        raise ValueError(f"The text has {words} words. Shorten it to {MOST_WORDS}.")
    return text


Brief = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(quoted_briefly)]
"""Somebody else's words, twenty at most."""


class Quote(Strict):
    """At most twenty words of somebody, with who said it and where."""

    text: Brief
    by: str
    source: str = ""


class Need(Strict):
    """What a workbook builds on that another one hands on; `ask` asks for it by hand where nobody did.

    `required`: without it the workbook makes no sense, so it is asked for before the first step.
    """

    label: str = Field(max_length=80)
    ask: str = Field(max_length=200)
    required: bool = False
    min_chars: int = Field(5, ge=1, le=2000)
    max_chars: int = Field(200, ge=1, le=2000)


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
    title: str = Field(max_length=80, description="short name, in the agenda and on folded steps")
    heading: str = Field("", max_length=80, description="what the page says at the top; the title if not set")
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
    again_when: Use | None = Field(None, description="a condition for that second round; always if not set")
    optional: bool = Field(default=False, description="opened only where somebody asks for it; not in the plan")
    closing: bool = Field(
        default=False,
        description="asked on the end page once the session has ended, without names; nobody waits for it",
    )
    live: bool = Field(default=False, description="numbers and pictures stand beside the fields while the team writes")
    carried: tuple[str, ...] = Field((), description="keys of what other workbooks handed on, shown above the fields")
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
    shows: tuple[str, ...] = Field(
        (),
        description="earlier answers shown again above the fields, each `step.field`; one's own where it is personal; "
        "`pinned` for the lines that the room keeps in sight, or the name of a list of the workbook",
    )
    turns: Turns | None = None
    meet: Literal["ring"] | None = Field(
        None, description="after the reveal people stand up and meet those beside them in the ring, two talks each"
    )
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
    minutes: float = Field(gt=0, description="planned minutes in the room: those of all steps and around them")
    purpose: str = Field(max_length=400)
    who: str = Field(max_length=200)
    bring: str = Field(max_length=200)
    cap: float | None = Field(None, gt=0, description="minutes this sitting never goes beyond")
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
    needs: dict[str, Need] = Field(
        default_factory=dict, description="what other workbooks hand on to this one, by carry key"
    )
    carries: dict[str, Use | str] = Field(
        default_factory=dict, description="what is handed on: carry key to a registered function of the answers"
    )
    revises: dict[str, str] = Field(
        default_factory=dict, description="step.field to a later step.field that stands for it once it is filled"
    )
    around: Around = Around()
    steps: tuple[Step, ...] = Field(min_length=1)

    @property
    def sitting(self) -> tuple[Step, ...]:
        """The steps that people go through together: all but what is asked once they are done."""
        return tuple(step for step in self.steps if not step.closing)

    @property
    def leaving(self) -> Step | None:
        """What is asked of everybody on the end page; None where nothing is."""
        return next((step for step in self.steps if step.closing), None)

    def planned(self, *, warmed_up: bool = False) -> float:
        """Minutes in the room: all of them, or with the warm-up done beforehand."""
        everything = sum(step.minutes.total for step in self.steps if not step.optional) + self.around.total
        if not warmed_up:
            return everything
        before = sum(step.minutes.alone for step in self.steps if step.warm_up)
        return everything - before + (self.around.look_back if before else 0)

    def length(self, *, warmed_up: bool = False) -> int:
        """Minutes to promise people: what is planned, rounded up to the next ten."""
        return math.ceil(self.planned(warmed_up=warmed_up) / 10) * 10

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
