"""What a measure is given, and what it gives: one number with what its sentence needs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from mira_workbook.content.answers.base import Option, options_of
from mira_workbook.content.definition import Step
from mira_workbook.measures import bands
from mira_workbook.records import Snapshot
from mira_workbook.rules.reading import field_of, picks, split
from mira_workbook.rules.stage import Stage


@dataclass(frozen=True, slots=True)
class At:
    """Where a measure is computed: the answers, the stage, the step and its round."""

    snapshot: Snapshot
    stage: Stage
    step: Step
    round: int = 1

    def items(self, name: str) -> list[str]:
        """Ids of the list behind `step.field`: an order, a choice, dots or a table of rows."""
        return [o.id for o in self._listed(name)]

    def label(self, name: str, item: str | None) -> str:
        """The label of an item of the list behind `step.field`."""
        return next((o.label for o in self._listed(name) if o.id == item), "")

    def _listed(self, name: str) -> Sequence[Option]:
        step, key, _ = split(name)
        asked = self.snapshot.workbook.step(step).field(key)
        listed = getattr(asked, "list", None) or getattr(asked, "rows_from", None)
        return options_of(listed, getattr(asked, "options", ()), self.stage.lists)

    def choices(self, name: str) -> dict[str, str]:
        """Id to label of what a choice `step.field` or `step.field.column` offers, in its order."""
        asked = field_of(self.snapshot.workbook, name)
        return {o.id: o.label for o in options_of(asked.list, asked.options, self.stage.lists)}

    def picks(self, args: Mapping[str, Any], key: str = "pick") -> dict[str, str]:
        """First picks as arguments name them: a tier column with a value, or an order."""
        name = str(args.get(key) or args["order"])
        return picks(self.snapshot, name, str(args.get("value", "")), self.round)


@dataclass(frozen=True, slots=True)
class Found:
    """One number with what its sentence needs: the case chosen from `say`, and the slots it may fill."""

    value: Any
    n: int
    unit: str = ""
    band: str = ""
    case: str = "any"
    slots: Mapping[str, object] = field(default_factory=dict)


Compute: TypeAlias = Callable[[At, Mapping[str, Any]], Found]
"""A measure: from where it is computed and its arguments to what it found."""


def band_of(at: At, measure: str, value: float | None) -> tuple[str, str]:
    """Name and phrase of a value's band; a workbook's own floors, such as `m02_part`, win over ours."""
    found = bands.band(value, bands.SCALES[measure].with_floors(floors_of(at, measure)))
    return (found.name, found.phrase) if found else ("", "")


def floors_of(at: At, measure: str) -> list[float]:
    """The floors of a measure's bands, rising; a workbook's own, such as `m02_part`, win over ours."""
    scale, own = bands.SCALES[measure], at.snapshot.workbook.settings
    keys = [f"{measure.lower()}_{band.name.replace(' ', '_')}" for band in scale.bands[1:]]
    return [float(own.get(key, floor)) for key, floor in zip(keys, scale.floors, strict=True)]
