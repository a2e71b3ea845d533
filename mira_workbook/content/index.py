"""What a raw workbook file asks, indexed: enough to follow every name even where the file's shape is odd."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from mira_workbook.content.answers import KINDS
from mira_workbook.content.lists import SHARED
from mira_workbook.content.references import Ref, split
from mira_workbook.content.shape import near

Raw = Mapping[str, Any]
Trouble = tuple[str, str]
"""What is odd about a name, and what to do."""


def rows(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """The tables of an array with their places; nothing where there is no array."""
    if isinstance(value, list | tuple):
        yield from ((i, row) for i, row in enumerate(value) if isinstance(row, dict))


def items(value: Any) -> Iterator[tuple[int, Any]]:
    """The entries of an array with their places; nothing where there is no array."""
    yield from enumerate(value if isinstance(value, list | tuple) else ())


def table(value: Any) -> dict[str, Any]:
    """A table, empty where there is none."""
    return value if isinstance(value, dict) else {}


def keys_of(value: Any) -> list[str]:
    """The keys of an array of tables."""
    return [str(row.get("key")) for _, row in rows(value)]


def refs_of(model: type[BaseModel], name: str) -> tuple[Ref, ...]:
    """The marks of an argument that says it names something; several mean that any of them will do."""
    info = model.model_fields[name]
    return (*(m for m in info.metadata if isinstance(m, Ref)), *_marks(info.annotation))


def _marks(annotation: Any) -> Iterator[Ref]:
    if get_origin(annotation) is Annotated:
        yield from (m for m in get_args(annotation)[1:] if isinstance(m, Ref))
    elif get_origin(annotation) in (Union, UnionType, tuple):
        for part in get_args(annotation):
            yield from _marks(part)


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a field: its type, and its columns' types."""

    type: str
    columns: Mapping[str, str] = field(default_factory=dict)


class Index:
    """The steps, fields and columns of a raw file in order, and the lists that may be named."""

    def __init__(self, raw: Raw) -> None:
        self.facts = {str(step.get("key")): self._facts(step) for _, step in rows(raw.get("steps"))}
        self.order = {key: i for i, key in enumerate(self.facts)}
        self.own_lists = table(raw.get("lists"))
        self.lists = {*self.own_lists, *SHARED, "team"}

    @staticmethod
    def _facts(step: Raw) -> dict[str, Fact]:
        return {
            str(asked.get("key")): Fact(
                str(asked.get("type")), {str(c.get("key")): str(c.get("type")) for _, c in rows(asked.get("columns"))}
            )
            for _, asked in rows(step.get("fields"))
        }

    def names(self, ref: Ref) -> list[str]:
        """Every name in full that a mark allows."""
        fields = [(f"{s}.{f}", fact) for s, facts in self.facts.items() for f, fact in facts.items()]
        columns = [(f"{name}.{c}", kind) for name, fact in fields for c, kind in fact.columns.items()]
        found = [(name, fact.type) for name, fact in fields] if ref.to in {"field", "asked"} else []
        found += columns if ref.to in {"column", "asked", "key"} else []
        # A type that does not exist is told once, where it stands; it fits everywhere else.
        return [name for name, kind in found if not ref.types or kind in ref.types or kind not in KINDS]

    def trouble(self, name: str, ref: Ref, beside: Raw) -> Trouble | None:
        """Say why a name does not lead where its mark wants; None if it does.

        Args:
            name: as it stands in the file.
            ref: what it must name.
            beside: the other arguments, for a column within a table that one of them names.
        """
        if ref.to == "step":
            return None if name in self.facts else (f"There is no step ‘{name}’.", near(name, self.facts))
        full = f"{beside.get(ref.within)}.{name}" if ref.to == "key" else name
        if full in self.names(ref):
            return None
        everything = self.names(Ref(ref.to))
        if full in everything:
            return f"‘{name}’ is not of type {' or '.join(ref.types)}.", near(full, self.names(ref))
        shape = {"field": "step.field", "column": "step.field.column"}.get(ref.to, "")
        if split(full) is None and shape:
            return f"‘{name}’ does not name an answer.", near(full, everything) or f"Write {shape}."
        hint = near(full, everything)
        return f"There is no ‘{name}’.", hint.replace(f"{beside.get(ref.within)}.", "") if ref.to == "key" else hint

    def is_later(self, name: str, than: str) -> bool:
        """Whether a step, or the step of an answer, comes after another step."""
        return self.order.get(name.partition(".")[0], -1) > self.order.get(than, len(self.order))

    def list_is_later(self, name: str, than: str) -> bool:
        """Whether a list of the workbook is worked out from answers that come after a step."""
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            use = table(self.own_lists.get(waiting.pop()))
            for key, value in use.items():
                # What narrows a second round comes after the step by its nature.
                if key != "again" and isinstance(value, str) and value not in seen:
                    seen.add(value)
                    waiting.append(value)
                    if "." in value and self.is_later(value, than):
                        return True
        return False
