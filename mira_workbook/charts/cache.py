"""Names for drawn pictures, so that each is drawn once and shown by all."""

import json
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from mira_workbook.charts.base import Look

_DRAWING = 1  # raised when the same input is drawn differently, so that kept pictures are drawn again


def key(name: str, data: Any, look: Look) -> str:
    """Name a picture by all that it is made from.

    Args:
        name: the chart's name.
        data: its input, one of the charts' data classes.
        look: where it is looked at.

    Returns:
        64 hexadecimal digits; the same for equal input, on every machine.
    """
    made_from = {"chart": name, "data": asdict(data), "look": asdict(look), "drawing": _DRAWING}
    return sha256(json.dumps(made_from, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()
