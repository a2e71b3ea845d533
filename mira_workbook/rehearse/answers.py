"""What a scripted person answers: a fitting value for each control, read off the control as a person would."""

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.widgets.controls import Doc

WORDS = ("We", "keep", "the", "reading", "block", "free", "of", "calls", "so", "that", "groups", "start", "on", "time")
RUNGS = 3
LONG = 2000
"""Characters of a text that is far too long."""


def answer_to(control: Doc, dice: random.Random) -> Any:
    """A fitting answer to a control, read off the control as a person would."""
    return _MAKERS.get(control["control"], _plain)(control, dice)


def _order(control: Doc, dice: random.Random) -> list[str]:
    ids = [o["id"] for o in control["options"]]
    return dice.sample(ids, len(ids))


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
    most, most_words = control.get("max") or LONG, control.get("max_words") or LONG
    return isinstance(held, str) and (control.get("min") or 1) <= len(held) <= most and len(held.split()) <= most_words


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


def _shares(control: Doc, dice: random.Random) -> dict[str, int]:
    """The whole total, part by part, wherever chance puts it."""
    ids = [part["id"] for part in control["parts"]]
    placed = [dice.choice(ids) for _ in range(int(control["total"] or 0))]
    return {one: placed.count(one) for one in ids}


def _boxes(control: Doc, dice: random.Random) -> list[Doc]:
    """A line in each box."""
    first, *others = control["columns"]
    return [
        {"cells": {first["field"]: option["id"]} | {c["field"]: _plain(c, dice) for c in others}}
        for option in first["options"]
    ]


def _table(control: Doc, dice: random.Random) -> list[Doc]:
    saved = _saved_rows(control)
    mine = {key for key, taker in control["taken"].items() if taker["mine"]}
    # A ladder needs three rungs, whatever the table itself asks for.
    least = max(RUNGS if control["ordered"] else 1, control["min"])
    ids = [o["id"] for o in control["fixed"]] if control["fixed"] is not None else [""] * least
    told = {o["id"]: o.get("help", "") for o in control["fixed"] or ()}
    rows: list[Doc] = []
    for key in ids:
        if control["pen_rows"] and key and key not in mine:
            # Somebody else's row, or nobody's: it goes back as it came.
            rows += [{"row_id": key, "cells": saved[key]}] if key in saved else []
            continue
        cells = {c["field"]: _plain(c, dice) for c in control["columns"]} | _may_stay(control, saved.get(key, {}))
        _agree(cells, told.get(key, ""), len(rows))
        rows.append({"row_id": key, "cells": cells} if key else {"cells": cells})
    return rows if control["required"] or control["fixed"] is not None else []


def _may_stay(control: Doc, cells: Doc) -> Doc:
    """What stands in a row without the lines that are blank or too long: they are written anew."""
    lines = {c["field"]: c for c in control["columns"] if c.get("kind") in {"text", "long"}}
    return {name: value for name, value in cells.items() if name not in lines or _fits(lines[name], value)}


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
    return [{**row, "cells": _whole(control, row["cells"], place, dice)} for place, row in enumerate(kept)]


def _whole(control: Doc, cells: Doc, place: int, dice: random.Random) -> Doc:
    """A merged row with what it still needs: its group, and the ticks of the first few."""
    found = dict(cells)
    picked = control.get("picked") or {}
    for column in control.get("columns", ()):
        name = column["field"]
        if column["required"] and name not in found:
            found[name] = _plain(column, dice)
        if column["special"] == "only_one":
            found[name] = place == 0
        if name == picked.get("field"):
            found[name] = place < picked["low"]
    return found


def _saved_rows(control: Doc) -> dict[str, Doc]:
    held = control["value"] if isinstance(control["value"], list) else []
    return {str(row["row_id"]): row["cells"] for row in held if isinstance(row, dict) and {"row_id", "cells"} <= {*row}}


def _agree(cells: Doc, told: str, place: int) -> None:
    """What hangs together fits together: minutes that come free, names that are nobody else's, a level that is kept.

    Args:
        cells: the row.
        told: what the page says of the row's option.
        place: the row's place, from 0.
    """
    if "released_min" in cells and "min_week" in cells:
        cells["released_min"] = cells["min_week"]
    if "staff_min_week" in cells:
        cells |= {"name": f"{cells['name']} {place + 1}", "staff_min_week": 60, "served_n": 20, "start_year": 2020}
    if "because" in cells:
        cells["because"] = f"{cells['because']} {place + 1}"
    if "amount_usd" in cells:
        cells["amount_usd"] = 0
    if "decision" in cells:
        goes = say("hint_candidate_to_release") in told
        cells |= {"decision": "release" if goes else "keep", "approval": "ours", "minutes_stay": "go"}
        for level in ("after_usd", "after_fte", "after_min_week"):
            cells.pop(level, None)


_MAKERS: Mapping[str, Callable[[Doc, random.Random], Any]] = {
    "merge": _merged,
    "first": _places,
    "boxes": _boxes,
    "rows": _table,
    "one_by_one": _table,
    "share": _shares,
    "order": _order,
}
"""Control to how it is answered; every other one is answered as it stands in a row."""
