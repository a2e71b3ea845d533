"""An order, best first."""

from typing import Any, Literal

from mira_workbook.content.answers.base import Asked, Checked, Context, Lists, Placed, options_of, quoted
from mira_workbook.content.answers.choices import Choices
from mira_workbook.text import join_labels

_MOST_PLACES = 1000
"""Places beyond which nobody tapped them."""


def _is_order(raw: Any) -> bool:
    """Inside the class below, `list` is the name of a setting."""
    return isinstance(raw, list) and len(raw) <= _MOST_PLACES and all(isinstance(one, str) for one in raw)


class Rank(Asked):
    """Every item of the pinned list, best first."""

    type: Literal["rank"]
    options: Choices = ()
    list: str | None = None

    def read(self, raw: Any, context: Context) -> Checked:
        """Read an order: known items once each; what is missing is E09, what is gone from the list E14."""
        if not _is_order(raw):
            return self.misshapen()
        labels = {option.id: option.label for option in options_of(self.list, self.options, context.lists)}
        placed = [one for one in dict.fromkeys(raw) if one in labels]
        problems = [self.problem("E14", x=quoted(one)) for one in dict.fromkeys(raw) if one not in labels]
        missing = [label for key, label in labels.items() if key not in placed]
        if missing and placed and not context.draft:
            problems.append(self.problem("E09", items=join_labels(missing)))
        return Checked(placed or None, tuple(problems))

    def demands(self, context: Context) -> bool:
        """Nothing to order needs no order."""
        return self.required and bool(options_of(self.list, self.options, context.lists))

    def show(self, value: Any, lists: Lists) -> str:
        """Spell the order: “1. Attendance, 2. Reading”."""
        labels = {option.id: option.label for option in options_of(self.list, self.options, lists)}
        return join_labels([f"{place}. {labels.get(one, one)}" for place, one in enumerate(value or (), 1)])


class RankField(Rank, Placed):
    """An order as a step's field."""
