"""The second look at a workbook file: names, arguments and references, on the raw data, all problems at once."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from string import Formatter
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from mira_workbook.content import shape
from mira_workbook.content.lists import SHARED
from mira_workbook.content.names import BLOCKS, CHARTS, CHECKS, LIMITS, LISTS, MEASURES, OUTPUTS, PREDICATES, PREFILLS
from mira_workbook.content.references import Ref, split
from mira_workbook.content.shape import Loc, near, one_of, where
from mira_workbook.errors import DefinitionProblem

Raw = Mapping[str, Any]

_HERE = frozenset({"on", "merged", "aside", "baseline", "target", "direction", "unit", "values", "chosen", "reason"})
"""Arguments of checks that name an answer of the same step."""
_COMPARED = frozenset({"than", "to", "rating"})
"""Arguments of checks that hold a number, or say where to find one."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a field from the raw file: its type, and its columns' types."""

    type: str
    columns: Mapping[str, str] = field(default_factory=dict)


def audit(raw: Raw, cards: Collection[str]) -> list[DefinitionProblem]:
    """List every name, argument and reference of a workbook file that leads nowhere.

    Args:
        raw: the file as TOML gives it; its shape may be odd.
        cards: names of the cards that exist.
    """
    look = _Audit(raw, cards)
    look.top()
    for i, step in _rows(raw.get("steps")):
        look.step(step, ("steps", i))
    return look.found


def _rows(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    if isinstance(value, list | tuple):
        yield from ((i, row) for i, row in enumerate(value) if isinstance(row, dict))


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


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


class _Audit:
    def __init__(self, raw: Raw, cards: Collection[str]) -> None:
        self.raw, self.cards = raw, cards
        self.found: list[DefinitionProblem] = []
        self.facts = {str(s.get("key")): self._facts(s) for _, s in _rows(raw.get("steps"))}
        self.order = list(self.facts)
        self.declared = {*_table(raw.get("lists")), *SHARED, "team"}

    @staticmethod
    def _facts(step: Raw) -> dict[str, Fact]:
        return {
            str(asked.get("key")): Fact(
                str(asked.get("type")), {str(c.get("key")): str(c.get("type")) for _, c in _rows(asked.get("columns"))}
            )
            for _, asked in _rows(step.get("fields"))
        }

    def say(self, loc: Loc, what: str, hint: str = "") -> None:
        self.found.append(DefinitionProblem(where(self.raw, loc), what, hint))

    # The workbook as a whole

    def top(self) -> None:
        raw = self.raw
        self.twice("steps", ("steps",), [str(s.get("key")) for _, s in _rows(raw.get("steps"))])
        self.minutes()
        for name, use in _table(raw.get("lists")).items():
            self.use(use, LISTS, "list", ("lists", name))
        for name, use in _table(raw.get("outputs")).items():
            self.use(use, OUTPUTS, "output", ("outputs", name))
        for i, use in _rows(raw.get("handout")):
            self.use(use, BLOCKS, "hand-out block", ("handout", i))
        self.card_names(raw.get("cards"), ("cards",))
        for key, name in _table(raw.get("carries")).items():
            if name not in self.facts:
                self.refer(name, (Ref("field"),), ("carries", key))
        for key, name in _table(raw.get("revises")).items():
            self.refer(key, (Ref("field"),), ("revises", key))
            self.refer(name, (Ref("field"),), ("revises", key))

    def minutes(self) -> None:
        around = _table(self.raw.get("around"))
        spans = [self._span(s) for _, s in _rows(self.raw.get("steps"))]
        total, told = sum(spans) + self._sum(around, "arrive", "changes", "close"), self.raw.get("minutes")
        if isinstance(told, int | float) and told != total:
            self.say(
                ("minutes",),
                f"It says {told:g}, but the steps and what is around them take {total:g}.",
                "Make them agree.",
            )

    def _span(self, step: Raw) -> float:
        return self._sum(_table(step.get("minutes")), "alone", "together")

    @staticmethod
    def _sum(table: Raw, *keys: str) -> float:
        return float(sum(table[key] for key in keys if isinstance(table.get(key), int | float)))

    def twice(self, kind: str, loc: Loc, keys: list[str]) -> None:
        for key, n in Counter(keys).items():
            if n > 1:
                self.say(loc, f"‘{key}’ stands {n} times.", f"Give each of the {kind} a key of its own.")

    def card_names(self, value: Any, loc: Loc) -> None:
        for i, name in enumerate(value if isinstance(value, list | tuple) else ()):
            if name not in self.cards:
                self.say((*loc, i), f"There is no card ‘{name}’.", near(str(name), self.cards))

    # A step

    def step(self, step: Raw, loc: Loc) -> None:
        self.placing(step, loc)
        self.twice("fields", (*loc, "fields"), [str(f.get("key")) for _, f in _rows(step.get("fields"))])
        if "skip_when" in step:
            self.use(step["skip_when"], PREDICATES, "condition", (*loc, "skip_when"))
        for i, use in _rows(step.get("charts")):
            self.use(use, CHARTS, "chart", (*loc, "charts", i))
        for i, use in _rows(step.get("checks")):
            self.check(step, use, (*loc, "checks", i))
        for i, use in _rows(step.get("measures")):
            self.measure(use, (*loc, "measures", i))
        for i, name in enumerate(step.get("shows") or ()):
            self.refer(name, (Ref("field"),), (*loc, "shows", i))
        self.card_names(step.get("cards"), (*loc, "cards"))
        if "list" in _table(step.get("turns")):
            self.list_name(step["turns"]["list"], (*loc, "turns", "list"))
        for i, asked in _rows(step.get("fields")):
            self.asked(step, asked, (*loc, "fields", i))

    def placing(self, step: Raw, loc: Loc) -> None:
        parts, part, minutes = self.raw.get("parts") or (), step.get("part"), _table(step.get("minutes"))
        if isinstance(part, int) and not 1 <= part <= len(parts):
            self.say((*loc, "part"), f"There is no part {part}.", f"The workbook names {len(parts)} parts.")
        if self._sum(minutes, "least") > self._span(step):
            self.say((*loc, "minutes"), "‘least’ is more than alone and together.", "Make it smaller.")
        self.reveal(step, step, loc)

    def reveal(self, holder: Raw, step: Raw, loc: Loc) -> None:
        name = holder.get("reveal_with")
        if name is None:
            return
        if name not in self.facts:
            self.say((*loc, "reveal_with"), f"There is no step ‘{name}’.", near(str(name), self.facts))
        elif self.order.index(name) < self.order.index(str(step.get("key"))):
            self.say((*loc, "reveal_with"), f"‘{name}’ comes before this step.", "Name this step or a later one.")

    # A field or a column

    def asked(self, step: Raw, asked: Raw, loc: Loc) -> None:
        self.reveal(asked, step, loc)
        siblings = {str(f.get("key")): f for _, f in _rows(step.get("fields"))}
        self.part(asked, siblings, loc)
        if "rows_from" in asked:
            self.list_name(asked["rows_from"], (*loc, "rows_from"))
        if "rows_prefill" in asked:
            self.use(asked["rows_prefill"], PREFILLS, "start", (*loc, "rows_prefill"))
        columns = {str(c.get("key")): c for _, c in _rows(asked.get("columns"))}
        self.twice("columns", (*loc, "columns"), [str(c.get("key")) for _, c in _rows(asked.get("columns"))])
        if "unique" in asked and asked["unique"] not in columns:
            self.say((*loc, "unique"), f"There is no column ‘{asked['unique']}’.", near(str(asked["unique"]), columns))
        for i, column in _rows(asked.get("columns")):
            self.part(column, columns, (*loc, "columns", i))

    def part(self, asked: Raw, siblings: Mapping[str, Raw], loc: Loc) -> None:
        self.choices(asked, loc)
        if isinstance(asked.get("prefill"), dict):
            self.use(asked["prefill"], PREFILLS, "start", (*loc, "prefill"))
        for key in ("low", "high", "total"):
            name = _table(asked.get(key)).get("from")
            if name is not None and name not in LIMITS:
                self.say((*loc, key), f"There is no limit ‘{name}’.", near(str(name), LIMITS) or one_of(LIMITS))
        for key in ("show_when", "require_when"):
            self.condition(_table(asked.get(key)), siblings, (*loc, key))

    def choices(self, asked: Raw, loc: Loc) -> None:
        if asked.get("type") not in {"one", "many", "rank", "alloc"}:
            return
        if bool(asked.get("options")) == bool(asked.get("list")):
            self.say(
                loc, "It needs options or the name of a list, one of the two.", 'Write options = [["id", "Label"], …].'
            )
        if asked.get("list"):
            self.list_name(asked["list"], (*loc, "list"))
        ids = [str(o[0]) for o in asked.get("options") or () if isinstance(o, list | tuple) and o]
        self.twice("options", (*loc, "options"), ids)

    def condition(self, flat: Raw, siblings: Mapping[str, Raw], loc: Loc) -> None:
        for key, value in flat.items():
            if key.startswith("item."):
                continue
            if key not in siblings:
                self.say((*loc, key), f"There is no ‘{key}’ beside this.", near(key, siblings))
                continue
            ids = {str(o[0]) for o in siblings[key].get("options") or () if isinstance(o, list | tuple) and o}
            for each in value if isinstance(value, list | tuple) else (value,):
                if ids and each not in ids:
                    self.say((*loc, key), f"‘{each}’ is not one of its options.", near(str(each), ids) or one_of(ids))

    # Checks: what they name stands in their own step

    def check(self, step: Raw, use: Raw, loc: Loc) -> None:
        self.use(use, CHECKS, "check", loc)
        key = str(step.get("key"))
        own = self.facts[key]
        places = {*own, *(f"{f}.{c}" for f, fact in own.items() for c in fact.columns)}
        for name in _HERE & use.keys():
            for each in use[name] if isinstance(use[name], list | tuple) else (use[name],):
                if each not in places:
                    self.say((*loc, name), f"There is no ‘{each}’ in this step.", near(str(each), places))
        table = str(use.get("on", "")).partition(".")[0]
        beside = set(own[table].columns) if table in own else set()
        for name in _COMPARED & use.keys():
            self.compared(use[name], {*places, *beside}, (*loc, name))
        if isinstance(use.get("of"), str):
            self.list_name(use["of"], (*loc, "of"))
        if isinstance(use.get("order"), str):
            self.refer(use["order"], (Ref("field", ("rank",)),), (*loc, "order"))
        self.condition(_table(use.get("when")), self._row_of(step, str(use.get("on", ""))), (*loc, "when"))

    def compared(self, value: Any, known: Collection[str], loc: Loc) -> None:
        everything = {*known, *self.names(Ref("asked"))}
        if isinstance(value, str) and not value.startswith("item.") and value not in everything:
            self.say(loc, f"There is no ‘{value}’.", near(value, known) or near(value, everything))

    @staticmethod
    def _row_of(step: Raw, on: str) -> dict[str, Raw]:
        """What stands beside the answer a check judges: the columns of its table, or the fields of its step."""
        fields = {str(f.get("key")): f for _, f in _rows(step.get("fields"))}
        table, _, column = on.partition(".")
        if not column:
            return dict(fields)
        return {str(c.get("key")): c for _, c in _rows(_table(fields.get(table)).get("columns"))}

    # Names, arguments, references

    def measure(self, use: Raw, loc: Loc) -> None:
        known = MEASURES.get(str(use.get("id")))
        if use.get("id") == "M01":
            self.say((*loc, "id"), "M01 is counted for every step by itself.", "Leave it out.")
            return
        if known is None:
            self.say((*loc, "id"), f"There is no measure ‘{use.get('id')}’.", one_of(MEASURES))
            return
        arguments = {k: v for k, v in use.items() if k not in {"id", "of", "say"}}
        self.arguments(arguments, known.arguments, loc)
        for case, sentence in _table(use.get("say")).items():
            if case not in known.cases:
                hint = near(case, known.cases) or one_of(known.cases)
                self.say((*loc, "say", case), f"{use['id']} has no case ‘{case}’.", hint)
            else:
                self.slots(str(sentence), known.cases[case], (*loc, "say", case))

    def slots(self, sentence: str, known: Collection[str], loc: Loc) -> None:
        try:
            used = [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
        except ValueError:
            self.say(loc, "A brace is open or stands alone.", "Write {slot}, or leave braces out.")
            return
        for name in used:
            if name not in known:
                self.say(loc, f"There is no slot {{{name}}} here.", near(name, known) or one_of(known) if known else "")

    def use(self, use: Any, known: Mapping[str, type[BaseModel]], kind: str, loc: Loc) -> None:
        name = _table(use).get("use")
        if name is None:
            return  # the first look says so
        if name not in known:
            self.say((*loc, "use"), f"There is no {kind} ‘{name}’.", near(str(name), known) or one_of(known))
            return
        self.arguments({k: v for k, v in use.items() if k != "use"}, known[name], loc)

    def arguments(self, given: Raw, model: type[BaseModel], loc: Loc) -> None:
        try:
            model.model_validate(given)
        except ValidationError as error:
            self.found += shape.problems(self.raw, error, model, loc)
        for name in model.model_fields:
            refs = refs_of(model, name)
            if refs and isinstance(given.get(name), str):
                self.refer(given[name], refs, (*loc, name), given)

    def list_name(self, name: Any, loc: Loc) -> None:
        if name not in self.declared:
            self.say(loc, f"There is no list ‘{name}’.", near(str(name), self.declared) or "Declare it under [lists].")

    def refer(self, name: str, refs: tuple[Ref, ...], loc: Loc, beside: Raw | None = None) -> None:
        """Follow a name; several marks mean that any of them will do."""
        if any(name in ref.words for ref in refs):
            return
        if refs[0].to == "list":
            self.list_name(name, loc)
            return
        troubles = [self.trouble(name, ref, beside or {}) for ref in refs]
        if all(troubles):
            self.say(loc, *(troubles[0] or ("", "")))

    def trouble(self, name: str, ref: Ref, beside: Raw) -> tuple[str, str] | None:
        if ref.to == "step":
            return None if name in self.facts else (f"There is no step ‘{name}’.", near(name, self.facts))
        full = f"{beside.get(ref.within)}.{name}" if ref.to == "key" else name
        known = self.names(ref)
        if full in known:
            return None
        return self._why(name, full, ref)

    def _why(self, name: str, full: str, ref: Ref) -> tuple[str, str]:
        everything = self.names(Ref(ref.to))
        if full in everything:
            return f"‘{name}’ is not of type {' or '.join(ref.types)}.", near(full, self.names(ref))
        place = split(full)
        shape_told = {"field": "step.field", "column": "step.field.column"}.get(ref.to, "")
        if place is None and shape_told:
            return f"‘{name}’ does not name an answer.", near(full, everything) or f"Write {shape_told}."
        close = near(full, everything)
        return f"There is no ‘{name}’.", close.replace(full.rsplit(".", 1)[0] + ".", "") if ref.to == "key" else close

    def names(self, ref: Ref) -> list[str]:
        """Every full name that a mark allows."""
        fields = [(f"{s}.{f}", fact) for s, facts in self.facts.items() for f, fact in facts.items()]
        columns = [(f"{name}.{c}", kind) for name, fact in fields for c, kind in fact.columns.items()]
        found = [(name, fact.type) for name, fact in fields] if ref.to in {"field", "asked"} else []
        found += columns if ref.to in {"column", "asked", "key"} else []
        return [name for name, kind in found if not ref.types or kind in ref.types]
