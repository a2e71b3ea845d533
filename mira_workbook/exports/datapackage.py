"""What a pack of CSV files holds, as programs read it: a Frictionless Data Package."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mira_workbook.exports.about import About
from mira_workbook.exports.table import Column, Kind, Table

NAME = "datapackage.json"
_A_PIECE = 1 << 20
_TYPES: Mapping[Kind, str] = {
    "text": "string",
    "number": "number",
    "flag": "boolean",
    "day": "date",
    "moment": "datetime",
}


@dataclass(frozen=True, slots=True)
class Resource:
    """One CSV file of the pack: its table without rows, its name in the pack, where it lies."""

    table: Table
    path: str
    file: Path


def write(about: About, resources: Iterable[Resource]) -> bytes:
    """Spell the description of a pack. It holds no time of its own: the same answers give the same bytes."""
    package = {
        "profile": "tabular-data-package",
        "name": about.stem.lower(),
        "title": about.title,
        "description": about.workbook.purpose,
        "version": about.workbook.hash()[:12],
        "created": f"{about.at:%Y-%m-%dT%H:%M:%SZ}",
        "resources": [_resource(resource) for resource in resources],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode("utf-8", errors="replace")


def _resource(resource: Resource) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": resource.table.name,
        "path": resource.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "bytes": resource.file.stat().st_size,
        "hash": f"sha256:{_hash(resource.file)}",
        "schema": {"fields": [_field(column) for column in resource.table.columns], "missingValues": [""]},
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.kind], "title": column.about}
    if column.kind == "number" and column.whole:
        field["type"] = "integer"
    if column.kind == "flag":
        field |= {"trueValues": ["TRUE"], "falseValues": ["FALSE"]}
    if column.options:
        field["categories"] = [{"value": _value(column, value), "label": label} for value, label in column.options]
    if column.options and column.kind == "text":
        field["constraints"] = {"enum": [value for value, _ in column.options]}
    told = [f"Unit: {column.unit}." if column.unit else "", f"Why it is empty: {column.state}." if column.state else ""]
    if any(told):
        field["description"] = " ".join(filter(None, told))
    return field


def _value(column: Column, value: str) -> str | int:
    return int(value) if column.kind == "number" else value


def _hash(file: Path) -> str:
    found = hashlib.sha256()
    with file.open("rb") as body:
        while piece := body.read(_A_PIECE):
            found.update(piece)
    return found.hexdigest()
