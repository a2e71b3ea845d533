"""What a scripted person answers: a fitting value for each control, read off the control as a person would."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from mira_workbook.widgets.controls import Doc

WORDS = ("We", "keep", "the", "reading", "block", "free", "of", "calls", "so", "that", "groups", "start", "on", "time")
LONG = 2000
"""Characters of a text that is far too long."""


def answer_to(control: Doc, dice: random.Random) -> Any:
    """A fitting answer to a control, read off the control as a person would."""
    kind = control["control"]
    if kind == "merge":
        return _merged(control, dice)
    if kind == "first":
        return _places(control, dice)
    if kind == "rows":
        return _table(control, dice)
    if kind == "order":
        ids = [o["id"] for o in control["options"]]
        return dice.sample(ids, len(ids))
    return _plain(control, dice)


def _plain(control: Doc, dice: random.Random) -> Any:
    kind, held = control.get("kind"), control.get("value")
    if kind in {"text", "long"}:
        return held if _fits(control, held) else _words(control, dice)
    if kind == "num":
        return _number(control, dice)
    if kind == "date":
        return held if isinstance(held, str) and held else _day(control)
    if kind == "many":
        return [o["id"] for o in control["options"][: dice.randint(0, 2)]]
    if kind == "yes":
        return held if isinstance(held, bool) else None
    ids = [o["id"] for o in control.get("options") or ()] or [None]
    return held if held in ids and held is not None else dice.choice(ids)


def _fits(control: Doc, held: Any) -> bool:
    """Whether what stands in a line may stay: not blank, not too long."""
    most = control.get("max") or LONG
    return isinstance(held, str) and (control.get("min") or 1) <= len(held) <= most


def _number(control: Doc, dice: random.Random) -> float:
    low, high = control.get("low") or 0, control.get("high") or 100
    step = control.get("step") or 1
    steps = max(0, min(20, int((high - low) / step)))
    value = round(low + step * dice.randint(0, steps), 6)
    return int(value) if float(value).is_integer() else value


def _day(control: Doc) -> str:
    """A day that fits: the last or the first that the field offers, else tomorrow."""
    offered = control.get("max") or control.get("min")
    return str(offered or (datetime.now(UTC) + timedelta(days=1)).date().isoformat())


def _words(control: Doc, dice: random.Random) -> str:
    limit = int(control.get("max") or 80)
    most = control.get("max_words") or 100
    words = [dice.choice(WORDS) for _ in range(min(most, max(3, limit // 12)))]
    text = " ".join(words)[:limit].strip()
    return text.ljust(int(control.get("min") or 0), "e")


def far_too_long(dice: random.Random) -> str:
    """Two thousand characters, as somebody pastes them."""
    return " ".join(dice.choice(WORDS) for _ in range(LONG))[:LONG].strip().ljust(LONG, "e")


def _places(control: Doc, dice: random.Random) -> list[Doc]:
    ids = [o["id"] for o in control["options"]]
    first = dice.choice(ids)
    others = [t["id"] for t in control["tiers"] if t["id"] != control["first"]]
    return [{"row_id": i, "cells": {"tier": control["first"] if i == first else dice.choice(others)}} for i in ids]


def _table(control: Doc, dice: random.Random) -> list[Doc]:
    saved = _saved_rows(control)
    mine = {key for key, taker in control["taken"].items() if taker["mine"]}
    ids = [o["id"] for o in control["fixed"]] if control["fixed"] is not None else [""] * max(1, control["min"])
    rows: list[Doc] = []
    for key in ids:
        if control["pen_rows"] and key and key not in mine:
            # Somebody else's row, or nobody's: it goes back as it came.
            rows += [{"row_id": key, "cells": saved[key]}] if key in saved else []
            continue
        cells = {c["field"]: _plain(c, dice) for c in control["columns"]} | saved.get(key, {})
        _agree(cells)
        rows.append({"row_id": key, "cells": cells} if key else {"cells": cells})
    return rows if control["required"] or control["fixed"] is not None else []


def _merged(control: Doc, dice: random.Random) -> list[Doc]:
    """The list as it was prefilled, made longer or merged until it may stand."""
    rows = [row for row in control["value"] or () if isinstance(row, dict)]
    while len(rows) < (control["min"] or 0):
        rows.append({"cells": {"label": _words({"max": 60}, dice), "merged_from": []}})
    most = control["max"] or len(rows)
    kept, surplus = rows[:most], rows[most:]
    if surplus:
        twins = [one for row in (kept[-1], *surplus) for one in row["cells"].get("merged_from", ())]
        kept[-1] = {**kept[-1], "cells": {**kept[-1]["cells"], "merged_from": twins}}
    return kept


def _saved_rows(control: Doc) -> dict[str, Doc]:
    held = control["value"] if isinstance(control["value"], list) else []
    return {str(row["row_id"]): row["cells"] for row in held if isinstance(row, dict) and {"row_id", "cells"} <= {*row}}


def _agree(cells: Doc) -> None:
    """Minutes that come free never exceed the minutes there are; stopping frees them all."""
    if "released_min" in cells and "min_week" in cells:
        cells["released_min"] = cells["min_week"]
