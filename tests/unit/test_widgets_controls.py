"""Which control draws a field, and with what."""

from datetime import date
from typing import Any

import pytest
from desks import priority_setting
from pydantic import TypeAdapter

from mira_workbook.content.answers import AnyField
from mira_workbook.content.answers.base import Context, Option
from mira_workbook.widgets.controls import Doc, Held, control

FIELD: TypeAdapter[Any] = TypeAdapter(AnyField)
CANDIDATES = tuple(Option(f"C{i}", f"Idea {i}") for i in (1, 2, 3))
ROOM = Context(lists={"candidates": CANDIDATES}, today=date(2024, 5, 14), limits={"day_min": 420})
EMPTY = Context()


def drawn(kind: str, held: Held | None = None, context: Context = ROOM, **told: Any) -> Doc:
    asked = FIELD.validate_python({"key": "a", "type": kind, "label": "A", **told})
    return control(asked, context, held or Held())


def shipped(name: str, held: Held | None = None) -> Doc:
    """A field of the shipped workbook."""
    step, field = name.split(".")
    return control(priority_setting().step(step).field(field), ROOM, held or Held())


def part(doc: Doc, *keys: str) -> Doc:
    return {key: doc[key] for key in keys}


def named(*labels: str) -> list[list[str]]:
    return [[chr(97 + i), label] for i, label in enumerate(labels)]


def test_a_control_says_when_another_answer_asks_for_it_where_a_page_can_tell() -> None:
    assert drawn("text", require_when={"b": "grow"})["require_when"] == {"b": "grow"}
    assert "require_when" not in drawn("text", require_when={"item.mandate": "law"})
    assert "require_when" not in drawn("text")


def test_every_control_says_what_all_say() -> None:
    asked: dict[str, Any] = {"help": "In words.", "required": True, "unit": "min", "show_when": {"b": [1, 2]}}
    held = Held(value="so", prefilled="from earlier answers", locked=True, attribution="Shown with your name.")
    assert drawn("text", held, **asked) == {
        "field": "a",
        "label": "A",
        "hint": "In words.",
        "required": True,
        "unit": "min",
        "show_when": {"b": [1, 2]},
        "special": "",
        "value": "so",
        "locked": True,
        "prefilled": "from earlier answers",
        "attribution": {"text": "Shown with your name."},
        "error": "",
        "control": "entry",
        "kind": "text",
        "min": 0,
        "max": 200,
        "max_words": None,
        "starters": [],
    }


def test_what_is_not_said_is_left_blank() -> None:
    blank = {"value": None, "locked": False, "prefilled": "", "attribution": None, "show_when": None, "hint": ""}
    assert part(drawn("yes"), *blank) == blank


def test_a_long_text_has_no_starters() -> None:
    long = part(drawn("long", min_chars=5), "control", "kind", "min", "max", "max_words", "starters")
    assert long == {"control": "entry", "kind": "long", "min": 5, "max": 400, "max_words": None, "starters": []}


def test_a_number_takes_a_named_limit_from_the_room_or_has_none() -> None:
    told: dict[str, Any] = {"low": 0, "high": {"from": "day_min"}, "step": 5}
    numbers = part(drawn("num", **told), "control", "kind", "low", "high", "step")
    assert numbers == {"control": "entry", "kind": "num", "low": 0, "high": 420, "step": 5}
    assert drawn("num", context=EMPTY, **told)["high"] is None


@pytest.mark.parametrize(
    ("earliest", "latest", "days"),
    [
        ("+6w", "+18m", ("2024-06-25", "2025-11-14")),
        (None, "today", (None, "2024-05-14")),
        ("2024-01-31", None, ("2024-01-31", None)),
    ],
)
def test_a_date_has_its_limits_as_days_a_picker_takes(
    earliest: str | None, latest: str | None, days: tuple[str | None, str | None]
) -> None:
    doc = drawn("date", earliest=earliest, latest=latest)
    assert (doc["control"], doc["kind"], doc["min"], doc["max"]) == ("entry", "date", *days)


def test_a_tick_has_no_options() -> None:
    assert part(drawn("yes"), "control", "kind", "options") == {"control": "choice", "kind": "yes", "options": []}


@pytest.mark.parametrize(
    ("labels", "other", "layout"),
    [
        (("Yes", "No"), False, "row"),
        (("No", "Partly", "Yes"), False, "row"),
        (("Nine char", "No"), False, "row"),
        (("Ten charac", "No"), False, "stack"),
        (("Yes", "No"), True, "stack"),
        (("a", "b", "c", "d"), False, "stack"),
        (("a", "b", "c", "d", "e", "f"), False, "stack"),
        (("a", "b", "c", "d", "e", "f", "g"), False, "select"),
        (("a", "b", "c", "d", "e", "f", "g"), True, "select"),
    ],
)
def test_few_short_words_stand_in_a_row_and_many_in_a_list(
    labels: tuple[str, ...], *, other: bool, layout: str
) -> None:
    doc = drawn("one", options=named(*labels), other=other)
    assert (doc["kind"], doc["layout"], doc["other"]) == ("one", layout, other)
    assert [o["label"] for o in doc["options"]] == list(labels)


def test_many_of_several_stand_under_each_other_up_to_all_of_them() -> None:
    doc = drawn("many", options=named("Yes", "No"))
    assert part(doc, "layout", "low", "high") == {"layout": "stack", "low": 0, "high": 2}
    assert drawn("many", options=named("a", "b", "c"), low=1, high=2)["high"] == 2


def test_options_come_from_the_pinned_list_then_from_what_all_workbooks_share() -> None:
    assert [o["id"] for o in drawn("one", list="candidates")["options"]] == ["C1", "C2", "C3"]
    assert drawn("one", list="decision")["options"][0] == {"id": "grow", "label": "Grow", "help": ""}
    assert drawn("one", list="candidates", context=EMPTY)["options"] == []


@pytest.mark.parametrize(
    ("told", "layout", "labels", "ends"),
    [
        ({"low": 1, "high": 5, "ends": ["not sure", "very sure"]}, "scale", "12345", ["not sure", "very sure"]),
        ({"low": 1, "high": 3}, "scale", "123", []),
        ({"low": 0, "high": 2, "ends": ["a", "b", "c"]}, "row", "abc", []),
        ({"low": 1, "high": 4, "ends": ["a", "b", "c", "d"]}, "stack", "abcd", []),
    ],
)
def test_a_rating_is_a_scale_unless_each_value_has_a_word(
    told: dict[str, Any], layout: str, labels: str, ends: list[str]
) -> None:
    doc = drawn("rate", **told)
    assert (doc["kind"], doc["layout"], doc["ends"], doc["dk"]) == ("rate", layout, ends, False)
    assert [o["label"] for o in doc["options"]] == list(labels)
    assert [o["id"] for o in doc["options"]] == list(range(told["low"], told["high"] + 1))


def test_hands_are_drawn_as_hands() -> None:
    doc = shipped("consent.fist")
    assert (doc["layout"], doc["special"]) == ("hands", "hands")
    assert doc["options"][3] == {"id": 3, "label": "I can live with it and will help", "help": ""}


def test_an_order_starts_as_this_person_finds_it() -> None:
    doc = shipped("rank.order", Held(start_order=["C3", "C1"]))
    assert doc["control"] == "order"
    assert [o["id"] for o in doc["options"]] == ["C3", "C1", "C2"]


def test_a_share_names_its_parts_and_total() -> None:
    doc = drawn("alloc", list="candidates", total=5, unit="dots", exact=False, slack=1)
    assert part(doc, "control", "total", "exact", "slack", "unit") == {
        "control": "share",
        "total": 5,
        "exact": False,
        "slack": 1,
        "unit": "dots",
    }
    assert [p["id"] for p in doc["parts"]] == ["C1", "C2", "C3"]


def test_a_table_of_ones_own_rows_has_columns_and_limits() -> None:
    doc = shipped("contribute_release.release")
    assert part(doc, "control", "fixed", "min", "max", "row_word", "pen_rows", "taken") == {
        "control": "rows",
        "fixed": None,
        "min": 1,
        "max": 3,
        "row_word": "task",
        "pen_rows": False,
        "taken": {},
    }
    kinds = {c["field"]: (c["control"], c.get("layout", "")) for c in doc["columns"]}
    assert kinds == {
        "task": ("entry", ""),
        "min_week": ("per_week", ""),
        "needs_my_expertise": ("choice", "row"),
        "action": ("choice", "stack"),
        "released_min": ("entry", ""),
    }
    assert doc["columns"][4]["show_when"] == {"action": ["shrink", "hand_over"]}


def test_a_table_of_given_rows_names_them_and_who_took_them() -> None:
    taken = {"C1": {"by": "Ana", "mine": False}}
    asked = {"key": "a", "type": "table", "label": "A", "rows_from": "candidates"}
    field = FIELD.validate_python({**asked, "columns": [{"key": "why", "type": "text", "label": "Why"}]})
    doc = control(field, ROOM, Held(taken=taken, pen_rows=True, locked=True))
    assert doc["fixed"] == [{"id": o.id, "label": o.label, "help": ""} for o in CANDIDATES]
    assert (doc["taken"], doc["pen_rows"], doc["columns"][0]["locked"]) == (taken, True, True)


def test_the_first_of_a_list_is_picked_before_the_others_get_a_place() -> None:
    doc = shipped("sort.places", Held(start_order=["C2", "C3", "C1"]))
    assert (doc["control"], doc["first"]) == ("first", "priority")
    assert [o["id"] for o in doc["options"]] == ["C2", "C3", "C1"]
    assert [t["label"] for t in doc["tiers"]] == ["Priority", "Focus", "Watch"]


def test_twins_are_merged_in_a_control_of_its_own() -> None:
    assert part(shipped("candidates.candidates"), "control", "min", "max") == {"control": "merge", "min": 3, "max": 9}


def test_every_field_of_the_shipped_workbook_is_drawn() -> None:
    controls = {control(asked, ROOM, Held())["control"] for step in priority_setting().steps for asked in step.fields}
    assert controls == {"choice", "entry", "first", "merge", "order", "rows"}
