"""The ten answer types, one class each, in one table."""

from typing import Annotated

from pydantic import Field

from mira_workbook.content.answers.base import Asked
from mira_workbook.content.answers.choices import ManyField, OneField, RateField, YesField
from mira_workbook.content.answers.numbers import AllocField, DateField, NumField
from mira_workbook.content.answers.rank import RankField
from mira_workbook.content.answers.table import TableField
from mira_workbook.content.answers.words import LongField, TextField

KINDS: dict[str, type[Asked]] = {
    "text": TextField,
    "long": LongField,
    "one": OneField,
    "many": ManyField,
    "rate": RateField,
    "num": NumField,
    "date": DateField,
    "yes": YesField,
    "rank": RankField,
    "alloc": AllocField,
    "table": TableField,
}

AnyField = Annotated[
    TextField
    | LongField
    | OneField
    | ManyField
    | RateField
    | NumField
    | DateField
    | YesField
    | RankField
    | AllocField
    | TableField,
    Field(discriminator="type"),
]
