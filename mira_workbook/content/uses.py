"""Registered names in a workbook file followed: does the name exist, do its arguments fit, do they lead somewhere."""

from collections.abc import Collection, Mapping
from string import Formatter
from typing import Any

from pydantic import BaseModel, ValidationError

from mira_workbook.content import shape
from mira_workbook.content.index import Index, Raw, items, refs_of, rows, table
from mira_workbook.content.names import CHECKS, MEASURES
from mira_workbook.content.references import Ref
from mira_workbook.content.shape import Loc, near, one_of, where
from mira_workbook.errors import DefinitionProblem

_HERE = frozenset({"on", "merged", "aside", "baseline", "target", "direction", "unit", "values", "chosen", "reason"})
"""Arguments of checks that name an answer of the same step."""
_COMPARED = frozenset({"than", "to", "rating"})
"""Arguments of checks that hold a number, or say where to find one."""


class Uses:
    """Follows names and keeps what it finds odd.

    Attributes:
        found: the problems so far.
        index: what the file asks.
        until: key of the step that is looked at; answers of later steps are not known there. "" for the whole.
    """

    def __init__(self, raw: Raw) -> None:
        self.raw, self.index = raw, Index(raw)
        self.found: list[DefinitionProblem] = []
        self.until = ""

    def say(self, loc: Loc, what: str, hint: str = "") -> None:
        """Keep a problem."""
        self.found.append(DefinitionProblem(where(self.raw, loc), what, hint))

    def use(self, use: Any, known: Mapping[str, type[BaseModel]], kind: str, loc: Loc) -> None:
        """Follow `{use = "name", …}`, one of a kind of registered functions."""
        name = table(use).get("use")
        if name is None:
            return  # the look at the shape says so
        if str(name) not in known:
            self.say((*loc, "use"), f"There is no {kind} ‘{name}’.", near(str(name), known) or one_of(known))
            return
        self.arguments({k: v for k, v in use.items() if k != "use"}, known[str(name)], loc)

    def arguments(self, given: Raw, model: type[BaseModel], loc: Loc) -> None:
        """Check arguments against their model, and follow those that name something."""
        try:
            model.model_validate(given)
        except ValidationError as error:
            self.found += shape.problems(self.raw, error, model, loc)
        for name in model.model_fields:
            refs = refs_of(model, name)
            if refs and isinstance(given.get(name), str):
                self.refer(given[name], refs, (*loc, name), given)

    def refer(self, name: Any, refs: tuple[Ref, ...], loc: Loc, beside: Raw | None = None) -> None:
        """Follow a name; several marks mean that any of them will do."""
        if any(name in ref.words for ref in refs):
            return
        if refs[0].to == "list":
            self.list_name(name, loc)
            return
        troubles = [self.index.trouble(str(name), ref, beside or {}) for ref in refs]
        if all(troubles):
            self.say(loc, *(troubles[0] or ("", "")))
        elif self.until and refs[0].to != "key" and self.index.is_later(str(name), self.until):
            self.say(loc, f"‘{name}’ is asked after this step.", "Name an earlier one.")

    def list_name(self, name: Any, loc: Loc) -> None:
        """Follow the name of a list."""
        known = self.index.lists
        if str(name) not in known:
            self.say(loc, f"There is no list ‘{name}’.", near(str(name), known) or "Declare it under [lists].")
        elif self.until and self.index.list_is_later(str(name), self.until):
            self.say(loc, f"‘{name}’ is worked out from a later step.", "Use it after that step.")

    def measure(self, use: Raw, loc: Loc) -> None:
        """Follow a measure: its arguments, and the cases and slots of its sentences."""
        name = use.get("id")
        if name == "M01":
            self.say((*loc, "id"), "M01 is counted for every step by itself.", "Leave it out.")
            return
        known = MEASURES.get(str(name))
        if known is None:
            self.say((*loc, "id"), f"There is no measure ‘{name}’.", one_of(MEASURES))
            return
        self.arguments({k: v for k, v in use.items() if k not in {"id", "of", "say"}}, known.arguments, loc)
        for case, sentence in table(use.get("say")).items():
            place = (*loc, "say", case)
            if case in known.cases:
                self.slots(str(sentence), known.cases[case], place)
            else:
                self.say(place, f"{name} has no case ‘{case}’.", near(case, known.cases) or one_of(known.cases))

    def slots(self, sentence: str, known: Collection[str], loc: Loc) -> None:
        """Check the slots of a sentence."""
        try:
            used = [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
        except ValueError:
            self.say(loc, "A brace is open or stands alone.", "Write {slot}, or leave braces out.")
            return
        for name in used:
            if name not in known:
                hint = near(name, known) or one_of(known) if known else "This sentence has none."
                self.say(loc, f"There is no slot {{{name}}} here.", hint)

    def check(self, step: Raw, use: Raw, loc: Loc) -> None:
        """Follow a check: it names answers of its own step, or compares with others."""
        self.use(use, CHECKS, "check", loc)
        own = self.index.facts[str(step.get("key"))]
        places = {*own, *(f"{key}.{column}" for key, fact in own.items() for column in fact.columns)}
        for name in sorted(_HERE & use.keys()):
            for each in use[name] if isinstance(use[name], list) else (use[name],):
                if str(each) not in places:
                    self.say((*loc, name), f"There is no ‘{each}’ in this step.", near(str(each), places))
        places_on = use.get("on", "")
        on = str(places_on[0]) if isinstance(places_on, list) and places_on else str(places_on)
        beside = row_of(step, on)
        for name in sorted(_COMPARED & use.keys()):
            self._compared(use[name], {*places, *beside}, (*loc, name))
        if "of" in use:
            self.list_name(use["of"], (*loc, "of"))
        if "order" in use:
            self.refer(use["order"], (Ref("field", ("rank",)),), (*loc, "order"))
        self.condition(table(use.get("when")), beside, (*loc, "when"))

    def _compared(self, value: Any, known: Collection[str], loc: Loc) -> None:
        everything = {*known, *self.index.names(Ref("asked"))}
        if isinstance(value, str) and not value.startswith("item.") and value not in everything:
            self.say(loc, f"There is no ‘{value}’.", near(value, known) or near(value, everything))

    def condition(self, flat: Raw, siblings: Mapping[str, Raw], loc: Loc) -> None:
        """Follow a flat equality table: its keys stand beside it, its values are options there.

        Args:
            flat: the table.
            siblings: what may be named, by the name to use.
            loc: where the table stands.
        """
        for key, value in flat.items():
            if key.startswith("item."):
                continue
            if key not in siblings:
                self.say((*loc, key), f"There is no ‘{key}’ beside this.", near(key, siblings))
                continue
            ids = set(option_ids(siblings[key]))
            for each in value if isinstance(value, list) else (value,):
                if ids and str(each) not in ids:
                    self.say((*loc, key), f"‘{each}’ is not one of its options.", near(str(each), ids) or one_of(ids))


def asked_before(raw: Raw, step: str) -> dict[str, Raw]:
    """What the team or whoever sets up answers in earlier steps, by `step.field`."""
    found: dict[str, Raw] = {}
    for _, one in rows(raw.get("steps")):
        if one.get("key") == step:
            break
        for _, asked in rows(one.get("fields")):
            if str(asked.get("mode", one.get("mode"))) in {"team", "facilitator"}:
                found[f"{one.get('key')}.{asked.get('key')}"] = asked
    return found


def option_ids(asked: Raw) -> list[str]:
    """The ids of the options that stand in the file."""
    return [str(option[0]) for _, option in items(asked.get("options")) if isinstance(option, list) and option]


def row_of(step: Raw, on: str) -> dict[str, Raw]:
    """What stands beside an answer: the columns of its table, or the fields of its step."""
    fields = {str(asked.get("key")): asked for _, asked in rows(step.get("fields"))}
    key, _, column = on.partition(".")
    if not column:
        return dict(fields)
    return {str(c.get("key")): c for _, c in rows(table(fields.get(key)).get("columns"))}
