"""Loading workbook files: two looks at each, all problems at once, in plain words."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mira_workbook.content.audit import audit
from mira_workbook.content.cards import cards
from mira_workbook.content.definition import Workbook
from mira_workbook.content.shape import problems
from mira_workbook.errors import DefinitionError, DefinitionProblem
from mira_workbook.settings import shipped

_AT = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")
_SYNTAX = (
    ("Cannot overwrite", "The same key stands twice here.", "Keep one of them."),
    ("declare", "The same table stands twice here.", "Keep one of them, or write [[…]] for one of many."),
    ("Unescaped", "A backslash or a line break stands inside a text.", "Write \\\\ for a backslash."),
    ("Illegal character", "A line ends inside a text, or a sign is not allowed.", 'Close the text with " on its line.'),
    (
        "Unclosed inline table",
        "A { is not closed on its line.",
        "Keep each { … } on one line, without a comma at its end.",
    ),
    ("Unclosed array", "A [ is not closed.", "Close it with ], and put commas between its parts."),
    (
        "Invalid initial character for a key",
        "A { … } goes on in the next line, or a key is missing.",
        "Keep each { … } on one line.",
    ),
    ("Expected '='", "A key has no value.", "Write key = value."),
    (
        "Invalid value",
        "This value cannot be read.",
        'Put texts between " and "; write true, false and numbers without.',
    ),
)


def load(path: Path) -> Workbook:
    """Read a workbook file.

    Raises:
        DefinitionError: it does not hold together; all problems are listed.
        OSError: the file cannot be read.
    """
    return parse(path.read_text(encoding="utf-8"), path.name)


def parse(text: str, source: str) -> Workbook:
    """Read a workbook from TOML text.

    Args:
        text: the file's text.
        source: its name, for messages.

    Raises:
        DefinitionError: it does not hold together; all problems are listed.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(source, [_syntax(error, text)]) from error
    return build(raw, source)


def build(raw: Mapping[str, Any], source: str) -> Workbook:
    """Build a workbook from data that was read from a file.

    Raises:
        DefinitionError: it does not hold together; all problems are listed.
    """
    found: list[DefinitionProblem] = []
    workbook = None
    try:
        workbook = Workbook.model_validate(raw)
    except ValidationError as error:
        found += problems(raw, error, Workbook)
    found += audit(raw, cards())
    if workbook is None or found:
        raise DefinitionError(source, found)
    return workbook


def _syntax(error: tomllib.TOMLDecodeError, text: str) -> DefinitionProblem:
    said = str(error)
    at = _AT.search(said)
    line = int(at[1]) if at and at[1] else len(text.splitlines())
    for sign, what, hint in _SYNTAX:
        if sign in said:
            return DefinitionProblem(f"line {line}", what, hint)
    return DefinitionProblem(
        f"line {line}", f"This line cannot be read: {_AT.sub('', said)}.", "Compare it with the lines above."
    )


def workbooks() -> Mapping[str, Path]:
    """List the workbooks that are here: slug to file, in alphabetical order."""
    return {path.stem: path for path in sorted(shipped("workbooks").glob("*.toml"))}
