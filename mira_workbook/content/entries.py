"""The words of an answer as single entries: what may be hidden without knowing whose it is."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

WORDS = frozenset({"text", "long"})
LISTS_OF_WORDS = frozenset({"rows_of_all", "written_about_me", "worries"})
"""Lists whose options are what people wrote alone."""


def entry_id(session_id: int, step: str, round_: int, field: str, value: Any) -> str:
    """Name an entry by what it says and where: 12 hexadecimal digits.

    Neither author nor row is in it, so it survives sealing and numbering anew, and the same words of two people are one
    entry.

    Args:
        session_id: so that the same words of another team are another entry.
        step: the step's key.
        round_: 1 or 2.
        field: the field's key.
        value: the text, or one row of a table.
    """
    said = value["cells"] if isinstance(value, dict) else value
    spelled = json.dumps([session_id, step, round_, field, said], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(spelled.encode()).hexdigest()[:12]


def entries_in(asked: Any, value: Any) -> Iterator[tuple[Any, str]]:
    """The entries of an answer: each text, or each row with words, with its words in one line. Numbers are none."""
    if asked.type in WORDS and value:
        yield value, str(value)
    if asked.type == "table":
        columns = [column.key for column in asked.columns if column.type in WORDS]
        for row in value or ():
            words = [str(row["cells"][key]) for key in columns if row["cells"].get(key)]
            if words:
                yield row, " · ".join(words)


def texts_in(asked: Any, value: Any) -> Iterator[str]:
    """Every single text of an answer, as lists take it over."""
    if asked.type in WORDS and value:
        yield str(value)
    if asked.type == "table":
        columns = [column.key for column in asked.columns if column.type in WORDS]
        yield from (str(row["cells"][key]) for row in value or () for key in columns if row["cells"].get(key))
