"""Names of steps, fields and columns as a workbook writes them, marked so that the loader can follow them."""

from dataclasses import dataclass
from typing import Annotated, Literal


@dataclass(frozen=True, slots=True)
class Ref:
    """What an argument's text must name.

    Attributes:
        to: `field` is `step.field`; `column` is `step.field.column`; `asked` is either; `key` is a column of the
            field that the argument `within` names; `list` is a declared or shared list.
        types: answer types that fit, any if empty.
        within: for `key`, the argument that names the table.
        words: fixed words that may stand instead of a name.
    """

    to: Literal["step", "field", "column", "asked", "key", "list"]
    types: tuple[str, ...] = ()
    within: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A name taken apart; `column` is "" for a field of its own."""

    step: str
    field: str
    column: str = ""


StepName = Annotated[str, Ref("step")]
"""A step's key."""
FieldName = Annotated[str, Ref("field")]
"""`step.field`."""
ColumnName = Annotated[str, Ref("column")]
"""`step.field.column`."""
AskedName = Annotated[str, Ref("asked")]
"""`step.field` or `step.field.column`."""
ChoiceName = Annotated[str, Ref("asked", ("one",))]
"""A field or column with one of several options."""
ChoiceColumn = Annotated[str, Ref("column", ("one",))]
"""A column with one of several options."""
RuleName = Annotated[str, Ref("asked", ("one",), words=("all", "all_but_one", "share80"))]
"""A choice of a rule, or the rule itself."""
RatingName = Annotated[str, Ref("asked", ("rate",))]
"""A rating."""
OrderName = Annotated[str, Ref("field", ("rank",))]
"""An order."""
TableName = Annotated[str, Ref("field", ("table",))]
"""A table."""
WordsName = Annotated[str, Ref("asked", ("text", "long"))]
"""Words."""
NumberName = Annotated[str, Ref("asked", ("num",))]
"""A number."""
DayName = Annotated[str, Ref("asked", ("date",))]
"""A day."""
TickName = Annotated[str, Ref("asked", ("yes",))]
"""A box to tick."""
SharesName = Annotated[str, Ref("field", ("alloc",))]
"""A total shared out."""
PicksName = Annotated[str, Ref("field", ("many",))]
"""Several options of a list."""
WithinTable = Annotated[str, Ref("key", within="field")]
"""A column's key in the table that the argument `field` names."""
WithinProposals = Annotated[str, Ref("key", within="of")]
"""A column's key in the table that the argument `of` names."""
ListName = Annotated[str, Ref("list")]
"""A list the workbook declares, `team`, or one that all workbooks share."""


def split(name: str) -> Place | None:
    """Take `step.field` or `step.field.column` apart; None for anything else."""
    parts = name.split(".")
    return Place(*parts) if len(parts) in (2, 3) and all(parts) else None
