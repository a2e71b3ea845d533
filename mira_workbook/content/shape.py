"""What is odd about the shape of a workbook file, in plain words: from pydantic's findings to problems."""

import difflib
from collections.abc import Collection, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from mira_workbook.content.answers import KINDS
from mira_workbook.content.answers.table import TableField
from mira_workbook.content.definition import Around, Minutes, Quote, Step, Turns, Workbook
from mira_workbook.errors import DefinitionProblem
from mira_workbook.text import join_words

Loc = tuple[str | int, ...]

_PARTS: Mapping[str, type[BaseModel]] = {"minutes": Minutes, "quote": Quote, "around": Around, "turns": Turns}
_UNIONS = frozenset({"float", "str", "Use", "From", "bool", "int"})
"""Names pydantic adds to a place where several shapes would do."""


def near(word: str, known: Collection[str]) -> str:
    """Suggest the nearest known spelling, as a sentence; "" if nothing is near."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean ‘{found[0]}’?" if found else ""


def one_of(known: Collection[str]) -> str:
    """List what is known, as a sentence."""
    return f"Known are: {join_words(sorted(known))}."


def where(raw: Any, loc: Loc) -> str:
    """Spell a place in a file so that it can be found: `steps[2] rank.fields[0] order.type`."""
    parts: list[str] = []
    node = raw
    for step in loc:
        node, known = _enter(node, step)
        if isinstance(step, int):
            name = _name(node)
            parts[-1:] = [f"{parts[-1] if parts else ''}[{step}]{' ' + name if name else ''}"]
        elif known or step == loc[-1]:
            parts.append(step)
    return ".".join(parts) or "the file"


def _enter(node: Any, step: str | int) -> tuple[Any, bool]:
    try:
        return node[step], True
    except (KeyError, IndexError, TypeError):
        # A name that pydantic adds for the kind of a union stands in no file; one stays where one is.
        return node, False


def _name(node: Any) -> str:
    if not isinstance(node, dict):
        return ""
    return next((str(node[key]) for key in ("key", "use", "id") if isinstance(node.get(key), str)), "")


def problems(raw: Any, error: ValidationError, model: type[BaseModel], loc: Loc = ()) -> list[DefinitionProblem]:
    """Say every finding of pydantic in plain words, one for each place.

    Args:
        raw: the whole file.
        error: what pydantic found.
        model: the model it was checked against, for arguments of a registered name.
        loc: where in the file that model's data stands.
    """
    found: dict[str, DefinitionProblem] = {}
    for each in error.errors(include_url=False):
        inner = _without_unions(tuple(each["loc"]))
        place = where(raw, (*loc, *inner))
        found.setdefault(place, DefinitionProblem(place, *_words(each, inner, _known(model, inner))))
    return list(found.values())


def _without_unions(loc: Loc) -> Loc:
    for i, step in enumerate(loc):
        if i and (step in _UNIONS or step == "[key]"):
            return loc[:i]
    return loc


def _known(model: type[BaseModel], loc: Loc) -> Mapping[str, Any]:
    """The keys that are known at the place of an unknown one."""
    if model is not Workbook:
        return model.model_fields
    parents = [step for step in loc[:-1] if isinstance(step, str)]
    if not parents:
        return Workbook.model_fields
    last = next((p for p in reversed(parents) if p in {*_PARTS, "steps", "fields", "columns"}), "")
    if last in _PARTS:
        return _PARTS[last].model_fields
    if last in {"fields", "columns"}:
        kind = next((p for p in reversed(parents) if p in KINDS), "")
        return KINDS[kind].model_fields if kind else {}
    return Step.model_fields


_PLAIN: Mapping[str, tuple[str, str]] = {
    "string_type": ("‘{given}’ is not a text.", "Write it between quotation marks."),
    "string_too_long": ("The text is too long.", "Shorten it to {max_length} characters."),
    "string_too_short": ("The text is empty.", "Write something."),
    "string_pattern_mismatch": ("‘{given}’ does not fit.", "Use small letters, digits and _, a letter first."),
    "literal_error": ("‘{given}’ does not fit.", "It is {expected}."),
    "bool_type": ("‘{given}’ is not true or false.", "Write true or false, without quotation marks."),
    "bool_parsing": ("‘{given}’ is not true or false.", "Write true or false, without quotation marks."),
    "float_type": ("‘{given}’ is not a number.", "Write a number, without quotation marks."),
    "float_parsing": ("‘{given}’ is not a number.", "Write a number, without quotation marks."),
    "int_type": ("‘{given}’ is not a whole number.", "Write a whole number, without quotation marks."),
    "int_parsing": ("‘{given}’ is not a whole number.", "Write a whole number, without quotation marks."),
    "int_from_float": ("‘{given}’ is not a whole number.", "Write a whole number."),
    "greater_than": ("{given} is too small.", "It has to be more than {gt:g}."),
    "greater_than_equal": ("{given} is too small.", "It has to be at least {ge:g}."),
    "less_than": ("{given} is too large.", "It has to be less than {lt:g}."),
    "less_than_equal": ("{given} is too large.", "It has to be at most {le:g}."),
    "too_short": ("The list is too short.", "It needs at least {min_length}."),
    "tuple_type": ("‘{given}’ is not a list.", "Write [ … ]."),
    "list_type": ("‘{given}’ is not a list.", "Write [ … ]."),
    "dict_type": ("‘{given}’ is not a table.", "Write {{key = value}}."),
    "mapping_type": ("‘{given}’ is not a table.", "Write {{key = value}}."),
    "model_type": ("‘{given}’ is not a table.", "Write {{key = value}}."),
    "model_attributes_type": ("‘{given}’ is not a table.", "Write {{key = value}}."),
}
"""Kinds of pydantic's findings, as what is odd and what to do."""


def _words(each: Any, loc: Loc, known: Mapping[str, Any]) -> tuple[str, str]:
    key, kind, context = str(loc[-1]) if loc else "", each["type"], each.get("ctx", {})
    if kind == "missing":
        return f"‘{key}’ is missing.", "Add it."
    if kind == "extra_forbidden":
        return f"‘{key}’ is not known here.", _misplaced(loc, key) or near(key, known) or one_of(known)
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        return _no_type(each["input"])
    if kind == "value_error":
        return _sentence(str(context["error"])), ""
    what, hint = _PLAIN.get(kind, ("‘{given}’ does not fit here.", each["msg"] + "."))
    return what.format(given=each["input"], **context), hint.format(**context)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."


def _misplaced(loc: Loc, key: str) -> str:
    in_field = "fields" in loc or "columns" in loc
    if in_field and key in Step.model_fields:
        return "It belongs to the step: write it before the first [[steps.fields]]."
    if "steps" in loc and not in_field and key in TableField.model_fields:
        return "It belongs to a field: write it below [[steps.fields]]."
    return ""


def _no_type(given: Any) -> tuple[str, str]:
    if not isinstance(given, dict) or "type" not in given:
        return "‘type’ is missing.", f"It is one of {join_words(list(KINDS))}."
    return f"‘{given['type']}’ is not an answer type.", near(str(given["type"]), KINDS) or one_of(KINDS)
