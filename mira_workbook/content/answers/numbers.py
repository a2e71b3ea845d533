"""Numbers, dates and shares of a total."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import MAXYEAR, date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from mira_workbook import text
from mira_workbook.content.answers.base import (
    Asked,
    Checked,
    Context,
    From,
    Limit,
    Lists,
    Option,
    Placed,
    Problem,
    options_of,
    quoted,
)
from mira_workbook.content.answers.choices import Choices
from mira_workbook.content.answers.reading import canonical, read_number

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OFFSET = re.compile(r"([+-])([0-9]{1,3})([dwmy])")
_MOST_PARTS = 1000
"""Parts of a total beyond which nobody filled them in."""
Day = Annotated[str, Field(pattern=r"^(today|[+-][0-9]{1,3}[dwmy]|[0-9]{4}-[0-9]{2}-[0-9]{2})$")]


def limit_of(limit: Limit, context: Context) -> Decimal | None:
    """A limit's number; None if it comes from a name that is not known here and so does not bind."""
    number = context.limits.get(limit.source) if isinstance(limit, From) else limit
    return None if number is None else Decimal(str(number))


def day_of(limit: str, today: date) -> date:
    """The day a limit means: ISO, `today`, or an offset from it such as `+6w` or `+18m`; clamped to the calendar."""
    offset = _OFFSET.fullmatch(limit)
    if not offset:
        return today if limit == "today" else date.fromisoformat(limit)
    count = int(offset[2]) * (1 if offset[1] == "+" else -1)
    try:
        if offset[3] in "dw":
            return today + timedelta(days=count * (7 if offset[3] == "w" else 1))
        return _months_on(today, count * (12 if offset[3] == "y" else 1))
    except (OverflowError, ValueError):
        return date.max if count > 0 else date.min


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= MAXYEAR:
        raise OverflowError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Num(Asked):
    """A number on the step grid: int where the step is whole, else float. The grid starts at a fixed `low`."""

    type: Literal["num"]
    low: Limit
    high: Limit
    step: float = Field(1, gt=0)

    def read(self, raw: Any, context: Context) -> Checked:
        """Read a number as people type it, on the grid and between the limits."""
        number, problem = read_number(self, raw)
        if number is None:
            kept = raw if context.draft and problem and isinstance(raw, str) else None
            return Checked(kept, (problem,) if problem else ())
        problem = self._range(number, context) or self._grid(number)
        whole = self._origin() % 1 == 0 == Decimal(str(self.step)) % 1 and number % 1 == 0
        return Checked(canonical(number, whole=whole), (problem,) if problem else ())

    def _origin(self) -> Decimal:
        return Decimal(0) if isinstance(self.low, From) else Decimal(str(self.low))

    def _range(self, number: Decimal, context: Context) -> Problem | None:
        low, high = limit_of(self.low, context), limit_of(self.high, context)
        if (low is None or number >= low) and (high is None or number <= high):
            return None
        known = [name for name, bound in (("low", low), ("high", high)) if bound is not None]
        lo, hi = (text.say_number(bound or 0) for bound in (low, high))
        key = "E05" if len(known) > 1 else f"E05_{known[0]}"
        return self.problem(key, lo=lo, hi=hi, unit=self.unit, v=text.say_number(number))

    def _grid(self, number: Decimal) -> Problem | None:
        step = Decimal(str(self.step))
        steps, rest = divmod(number - self._origin(), step)
        if rest == 0:
            return None
        near = text.say_number(self._origin() + steps * step)
        key = "E05_whole" if step == 1 else "E05_step"
        return self.problem(key, step=text.say_number(step), near=near, v=text.say_number(number))

    def show(self, value: Any, lists: Lists) -> str:  # noqa: ARG002 - a number needs no list
        """Spell the number with its unit: “1,250 min/week”; a year without a comma."""
        if isinstance(value, int) and self._is_a_year():
            return str(value)
        return f"{_say(value)} {self.unit}".strip() if value is not None else ""

    def _is_a_year(self) -> bool:
        low, high = self.low, self.high
        if self.unit or isinstance(low, From) or isinstance(high, From):
            return False
        return low >= _YEARS[0] and high <= _YEARS[1]


_YEARS = (1000, 9999)
"""Limits between which a number without a unit is a year."""


def _say(value: Any) -> str:
    """A number as people read it; a draft's raw text as it is."""
    return str(value) if isinstance(value, str | bool) or value is None else text.say_number(value)


class Date(Asked):
    """A day, ISO text such as `2025-05-30`. Limits are ISO days, `today`, or `+6w` / `+18m` from today."""

    type: Literal["date"]
    earliest: Day | None = None
    latest: Day | None = None

    def read(self, raw: Any, context: Context) -> Checked:
        """Read an ISO day between the limits."""
        if not isinstance(raw, str):
            return self.misshapen()
        if not raw.strip():
            return Checked()
        day = _read_day(raw.strip())
        if day is None:
            example = text.say_date(context.today)
            return Checked(quoted(raw) if context.draft else None, (self.problem("E04_date", day=example),))
        problem = self._range(day, context.today)
        return Checked(day.isoformat(), (problem,) if problem else ())

    def _range(self, day: date, today: date) -> Problem | None:
        earliest = day_of(self.earliest, today) if self.earliest else date.min
        latest = day_of(self.latest, today) if self.latest else date.max
        if earliest <= day <= latest:
            return None
        key = "between" if self.earliest and self.latest else "from" if self.earliest else "until"
        return self.problem(f"E12_{key}", earliest=text.say_date(earliest), latest=text.say_date(latest))

    def show(self, value: Any, lists: Lists) -> str:  # noqa: ARG002 - a day needs no list
        """Spell the day: “May 30, 2025”."""
        day = _read_day(value) if isinstance(value, str) else None
        return text.say_date(day) if day else str(value or "")


def _read_day(raw: str) -> date | None:
    if not _ISO_DAY.fullmatch(raw):
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None


class Alloc(Asked):
    """A total shared out: every item to a whole number, zeros included."""

    type: Literal["alloc"]
    options: Choices = ()
    list: str | None = None
    total: Limit
    exact: bool = True
    slack: float = Field(0, ge=0)

    def read(self, raw: Any, context: Context) -> Checked:
        """Read the parts: whole, none below zero; a part left blank is zero once the answer is submitted."""
        if not isinstance(raw, dict) or len(raw) > _MOST_PARTS:
            return self.misshapen()
        options = options_of(self.list, self.options, context.lists)
        known = {option.id for option in options}
        problems = [self.problem("E14", x=quoted(key)) for key in raw if key not in known]
        parts: dict[str, Any] = {}
        for option in options:
            value, problem = self._part(raw.get(option.id), context)
            problems += [problem] if problem else []
            parts |= {option.id: value} if value is not None else {}
        if not parts and not problems:
            return Checked()
        if not problems:
            problems = self._sum(parts.values(), context)
        return Checked(self._whole(parts, options, context) or None, tuple(problems))

    def _part(self, raw: Any, context: Context) -> tuple[Any, Problem | None]:
        number, problem = read_number(self, raw) if raw is not None else (None, None)
        if number is None:
            return (raw if context.draft and problem and isinstance(raw, str) else None), problem
        if number < 0:
            problem = self.problem("E05_low", lo=0, unit=self.unit, v=text.say_number(number))
        elif number % 1:
            problem = self.problem("E05_whole", near=int(number), v=text.say_number(number))
        return canonical(number, whole=number % 1 == 0), problem

    def _sum(self, parts: Any, context: Context) -> Any:
        total = limit_of(self.total, context)
        if total is None:
            return []
        left, slack = total - sum(parts), Decimal(str(self.slack))
        if -left > slack:
            return [self.problem("E08_over", over=text.say_number(-left), unit=self.unit)]
        if left > slack and self.exact and not context.draft:
            return [self.problem("E08_left", left=text.say_number(left), unit=self.unit)]
        return []

    @staticmethod
    def _whole(parts: Mapping[str, Any], options: Sequence[Option], context: Context) -> dict[str, Any]:
        if context.draft or not parts:
            return dict(parts)
        return {option.id: parts.get(option.id, 0) for option in options}

    def demands(self, context: Context) -> bool:
        """Nothing to share among needs no shares."""
        return self.required and bool(options_of(self.list, self.options, context.lists))

    def show(self, value: Any, lists: Lists) -> str:
        """Spell the parts: “Teaching 900, E-mail 120”."""
        labels = {option.id: option.label for option in options_of(self.list, self.options, lists)}
        return text.join_labels([f"{labels.get(key, key)} {_say(part)}" for key, part in (value or {}).items()])


class NumField(Num, Placed):
    """A number as a step's field."""


class DateField(Date, Placed):
    """A day as a step's field."""


class AllocField(Alloc, Placed):
    """A shared-out total as a step's field."""
