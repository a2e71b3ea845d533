"""The workbook format as JSON Schema, so that editors complete names and mark mistakes while a file is written."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from mira_workbook.content import names
from mira_workbook.content.definition import Workbook

_USES: Mapping[str, Mapping[str, type[BaseModel]]] = {
    "ListUse": names.LISTS,
    "ConditionUse": names.PREDICATES,
    "StartUse": names.PREFILLS,
    "CheckUse": names.CHECKS,
    "ChartUse": names.CHARTS,
    "OutputUse": names.OUTPUTS,
    "BlockUse": names.BLOCKS,
    "CarryUse": names.CARRIES,
    "SuggestionUse": names.SUGGESTIONS,
    "BulkUse": names.BULKS,
}
_PLACES: Mapping[tuple[str, ...], str] = {
    ("properties", "lists"): "ListUse",
    ("properties", "outputs"): "OutputUse",
    ("properties", "handout"): "BlockUse",
    ("properties", "carries"): "CarryUse",
    ("$defs", "Step", "properties", "skip_when"): "ConditionUse",
    ("$defs", "Step", "properties", "again_when"): "ConditionUse",
    ("$defs", "TableField", "properties", "suggest"): "SuggestionUse",
    ("$defs", "TableField", "properties", "bulk"): "BulkUse",
    ("$defs", "Step", "properties", "checks"): "CheckUse",
    ("$defs", "Step", "properties", "charts"): "ChartUse",
}
"""Where a registered function may stand, and which kind; everywhere else it is what a field starts with."""


def schema() -> dict[str, Any]:
    """Generate the schema from the models, with every registered name and its arguments.

    Shape: JSON Schema 2020-12, for a workbook file as its TOML reads.
    """
    found = Workbook.model_json_schema(by_alias=True)
    defs = found["$defs"]
    for path, kind in _PLACES.items():
        _point(_at(found, path), kind)
    _point(found, "StartUse")
    del defs["Use"]
    # Options stand in a file as [id, label] or [id, label, help].
    defs["Option"] = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 3}
    defs |= {kind: {"oneOf": [_use(name, model) for name, model in known.items()]} for kind, known in _USES.items()}
    defs["MeasureUse"] = {"oneOf": [_measure(name) for name in names.MEASURES if name != "M01"]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _at(node: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        node = node[step]
    return node


def _point(node: Any, kind: str) -> None:
    """Make every pointer to a function of any kind point to one of this kind."""
    children = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
    if isinstance(node, dict) and node.get("$ref") == "#/$defs/Use":
        node["$ref"] = f"#/$defs/{kind}"
    for child in children:
        _point(child, kind)


def _use(name: str, model: type[BaseModel]) -> dict[str, Any]:
    return _object(model, {"use": {"const": name}})


def _measure(name: str) -> dict[str, Any]:
    known = names.MEASURES[name]
    cases = {
        case: {"type": "string", "description": "Slots: " + (", ".join(sorted(slots)) or "none") + "."}
        for case, slots in known.cases.items()
    }
    say = {"type": "object", "properties": cases, "additionalProperties": False}
    return _object(
        known.arguments, {"id": {"const": name, "description": known.title}, "of": {"type": "string"}, "say": say}
    )


def _object(model: type[BaseModel], more: Mapping[str, Any]) -> dict[str, Any]:
    found = model.model_json_schema()
    properties = {**more, **found.get("properties", {})}
    required = [next(iter(more)), *found.get("required", ())]
    told = {"description": " ".join((model.__doc__ or "").split("\n\n")[0].split())}
    return {**told, "type": "object", "properties": properties, "required": required, "additionalProperties": False}


def write_schema(path: Path) -> None:
    """Write the schema as it is kept beside the workbooks."""
    path.write_text(spelled(), encoding="utf-8")


def spelled() -> str:
    """Spell the schema as its file holds it."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
