"""Choices: one of several, several of many, a rating, a tick."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from mira_workbook import text
from mira_workbook.catalogue import say
from mira_workbook.content import cares
from mira_workbook.content.answers.base import (
    Asked,
    Checked,
    Context,
    Lists,
    Option,
    Placed,
    Problem,
    options_of,
    quoted,
)
from mira_workbook.content.answers.reading import read_number

_OTHER = "other"
_OTHER_MIN, _OTHER_MAX = 3, 60
_MOST_PICKS = 1000
"""Picks beyond which nobody tapped them."""
_NO_EVIDENCE = "none_yet"


def _option(raw: object) -> object:
    """Options stand in the file as `["id", "Label"]` or `["id", "Label", "help"]`."""
    return Option(*raw) if isinstance(raw, list | tuple) and 2 <= len(raw) <= 3 else raw  # noqa: PLR2004


Choices = tuple[Annotated[Option, BeforeValidator(_option)], ...]


def _is_list(raw: Any) -> bool:
    """Inside the classes below, `list` is the name of a setting."""
    return isinstance(raw, list)


def _pick(asked: "One | Many", raw: Any, options: Sequence[Option], context: Context) -> tuple[Any, list[Problem]]:
    """Read one pick: an id, or `other` with its words. None if it is not in the list."""
    given = raw.get("id") if isinstance(raw, dict) else raw
    if not isinstance(given, str):
        return None, [asked.problem("E00")]
    if given == _OTHER and asked.other:
        return _other(asked, raw, context)
    if any(option.id == given for option in options):
        return given, []
    return None, [asked.problem("E14", x=quoted(given))]


def _other(asked: "One | Many", raw: Any, context: Context) -> tuple[Any, list[Problem]]:
    typed = raw.get("other_text", "") if isinstance(raw, dict) else ""
    if not isinstance(typed, str):
        return None, [asked.problem("E00")]
    words = text.clean(typed[: 10 * _OTHER_MAX])
    problems = []
    if len(words) > _OTHER_MAX:
        problems = [asked.problem("E03", max=_OTHER_MAX, n=len(words))]
    elif not context.draft:
        if len(words) < _OTHER_MIN:
            problems = [asked.problem("E02", min=_OTHER_MIN, n=len(words))]
        elif cares.points_to_student(words):
            problems = [asked.problem("W_student")]
    return {"id": _OTHER, "other_text": words}, problems


def pick_id(value: Any) -> str:
    """The id of a pick, `other` or not; "" for blank."""
    return str(value.get("id", "")) if isinstance(value, dict) else str(value or "")


def _show_pick(value: Any, options: Sequence[Option]) -> str:
    if isinstance(value, dict):
        return str(value.get("other_text", ""))
    return next((option.label for option in options if option.id == value), str(value or ""))


class One(Asked):
    """One option, its id; `{"id": "other", "other_text": "…"}` where `other` is allowed (3 to 60 characters)."""

    type: Literal["one"]
    options: Choices = ()
    list: str | None = Field(None, description="name of a list instead of options")
    other: bool = False

    def read(self, raw: Any, context: Context) -> Checked:
        """Read one pick; an id that is not in the list is E14."""
        value, problems = _pick(self, raw, options_of(self.list, self.options, context.lists), context)
        if "W03" in self.cares and value == _NO_EVIDENCE and not context.draft:
            problems = [*problems, self.problem("W03")]
        return Checked(value, tuple(problems))

    def show(self, value: Any, lists: Lists) -> str:
        """Spell the option's label, or the words given for `other`."""
        return _show_pick(value, options_of(self.list, self.options, lists))


class Many(Asked):
    """Several options, their ids in definition order."""

    type: Literal["many"]
    options: Choices = ()
    list: str | None = None
    other: bool = False
    low: int = Field(0, ge=0)
    high: int | None = Field(None, ge=1)

    def read(self, raw: Any, context: Context) -> Checked:
        """Read the picks: known ones in definition order, each once; too few or too many are E07."""
        if not _is_list(raw) or len(raw) > _MOST_PICKS:
            return self.misshapen()
        options = options_of(self.list, self.options, context.lists)
        read = [_pick(self, one, options, context) for one in raw]
        picks = {pick_id(value): value for value, _ in read if value is not None}
        order = [option.id for option in options] + [_OTHER]
        kept = sorted(picks.values(), key=lambda value: order.index(pick_id(value)))
        problems = [problem for _, found in read for problem in found]
        problems += self._count(len(kept), len(options), context) if kept else []
        if "W03" in self.cares and kept == [_NO_EVIDENCE] and not context.draft:
            problems.append(self.problem("W03"))
        return Checked(kept or None, tuple(problems))

    def _count(self, n: int, known: int, context: Context) -> tuple[Problem, ...]:
        high = self.high or known + self.other
        if n <= high and (n >= self.low or context.draft):
            return ()
        key = "E07" if self.low != high else "E06" if high == 1 else "E07_exact"
        return (self.problem(key, min=self.low, max=high, n=n),)

    def show(self, value: Any, lists: Lists) -> str:
        """Spell the labels, joined by commas."""
        options = options_of(self.list, self.options, lists)
        return text.join_labels([_show_pick(one, options) for one in value or ()])


class Rate(Asked):
    """A whole number from low to high, or `{"dk": true}` for “I don't know yet” where `dk` is allowed."""

    type: Literal["rate"]
    low: int
    high: int
    ends: tuple[str, ...] = Field((), description="two words for the ends, or one for every value")
    dk: bool = False

    def read(self, raw: Any, context: Context) -> Checked:
        """Read a whole number from low to high, or “I don't know yet”."""
        if isinstance(raw, dict):
            return Checked({"dk": True}) if self.dk and raw.get("dk") is True else self.misshapen()
        number, problem = read_number(self, raw)
        if problem or number is None:
            return Checked(raw if context.draft and isinstance(raw, str) else None, (problem,) if problem else ())
        if number != int(number) or not self.low <= number <= self.high:
            v = text.say_number(number)
            return Checked(None, (self.problem("E05", lo=self.low, hi=self.high, unit="", v=v),))
        return Checked(int(number))

    def show(self, value: Any, lists: Lists) -> str:  # noqa: ARG002 - a rating needs no list
        """Spell the number, with its word where every value has one: “3 · sure”."""
        if isinstance(value, dict):
            return say("show_dk")
        named = isinstance(value, int) and len(self.ends) == self.high - self.low + 1
        word = self.ends[value - self.low] if named and self.low <= value <= self.high else ""
        return f"{value} · {word}" if word else "" if value is None else str(value)


class Yes(Asked):
    """A tick: true or false; `must` = has to be ticked."""

    type: Literal["yes"]
    must: bool = False

    def read(self, raw: Any, context: Context) -> Checked:
        """Read a tick; where it must be ticked, unticked is E01."""
        if not isinstance(raw, bool):
            return self.misshapen()
        return Checked(raw, (self.problem("E01"),) if self.must and not raw and not context.draft else ())

    def demands(self, context: Context) -> bool:  # noqa: ARG002 - the same whatever the lists
        """Only `must` blocks: a box left alone is an answer of its own."""
        return self.must

    def show(self, value: Any, lists: Lists) -> str:  # noqa: ARG002 - a tick needs no list
        """Spell “Yes” or “No”."""
        return "" if value is None else say("show_yes" if value else "show_no")


class OneField(One, Placed):
    """One option as a step's field."""


class ManyField(Many, Placed):
    """Several options as a step's field."""


class RateField(Rate, Placed):
    """A rating as a step's field."""


class YesField(Yes, Placed):
    """A tick as a step's field."""
