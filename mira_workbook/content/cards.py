"""Cards: short quotes, cases and claims with who said it and where, shown while people wait or talk."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from mira_workbook.content.answers.base import Key, Strict
from mira_workbook.content.definition import Brief
from mira_workbook.content.shape import problems
from mira_workbook.errors import DefinitionError
from mira_workbook.settings import shipped


class Card(Strict):
    """Somebody's words, at most twenty, with their source and the label that stands under them."""

    kind: Literal["quote", "claim", "case", "people"]
    text: Brief
    who: str = Field(min_length=1, max_length=80)
    title: str = Field(max_length=160, description="the piece it stands in")
    file: str = Field("", max_length=80, description="the document as it was given to us")
    label: str = Field("", max_length=60, description="how sure one may be of it, such as “as stated by …”")
    number: Annotated[int, Field(ge=1)] | None = Field(None, description="its number in the inventory of sources")

    @property
    def by(self) -> str:
        """Who said it, as it stands under the words."""
        return (
            f"{self.who}, {self.label}" if self.label and not self.label.endswith(self.who) else self.label or self.who
        )


_Cards = TypeAdapter(dict[Key, Card])


def load_cards(path: Path) -> Mapping[str, Card]:
    """Read a file of cards.

    Shape: name to card, in the file's order.

    Raises:
        DefinitionError: a card is missing a part, or holds more than twenty words.
    """
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return _Cards.validate_python(raw)
    except ValidationError as error:
        raise DefinitionError(path.name, problems(raw, error, Card)) from error


@cache
def cards() -> Mapping[str, Card]:
    """The cards that are here, by name."""
    return load_cards(shipped("data") / "cards.toml")
