"""The tables and the hand-out of the Resource Map, of the demo team and of teams that write odd things."""

from dataclasses import replace
from typing import Any

import pytest
from export_cases import answer
from exported_resources import SLUG, cells_of, column, demo
from format_cases import derived_of
from played_cases import changed, of, played

from mira_workbook.exports import COACH
from mira_workbook.exports.blocks import blocks
from mira_workbook.exports.csv import spell, write
from mira_workbook.exports.outputs import derived
from mira_workbook.exports.sighted import sighted


def test_an_initiative_is_one_row_with_the_list_what_was_found_and_what_follows() -> None:
    assert demo()["initiatives"][1] == {
        "initiative_id": "I02",
        "name": "Instructional coach",
        "purpose": "Coaches lessons; also covers classes and makes reports",
        "kind": "position",
        "lead": "Principal",
        "served_n": 312,
        "served_who": "Every class, through its teacher",
        "fund": "title_i",
        "flexible": "within_plan",
        "usd_year": 82400,
        "fte": 1.0,
        "staff_min_week": 2325,
        "mandate": "choice",
        "start_year": 2019,
        "fund_end": None,
        "ends": False,
        "align_mean": 2.75,
        "align_cns": pytest.approx(0.802, abs=0.001),
        "dk_share": 0,
        "evidence": 2,
        "stage": "steady",
        "trap": "stuck",
        "decision": "reshape",
        "reason": "Coaching helps; cover and reports do not. 0.4 FTE goes to reading",
        "minutes_stay": "go",
        "merge_into": None,
        "approval": "district",
        "ask_who": None,
        "ask_by": None,
        "after_usd": 49440,
        "after_fte": 0.6,
        "after_min_week": 1395,
        "freed_usd": 32960,
        "freed_fte": 0.4,
        "reduced_min": 930,
        "usable_min": 0,
        "need_usd": 0,
        "need_min": 0,
    }


def test_initiatives_have_the_numbers_the_demo_was_written_for() -> None:
    assert column("align_mean") == [3, 2.75, 2.875, 2.625, 1.5, 1, 0.125, 1.25, 2.375, 1.125, 1.5, 2, 0.286, 0.5]
    assert column("align_cns", 2) == [
        *(1.0, 0.8, 0.88, 0.75, 0.74, 0.71, 0.88),
        *(0.8, 0.75, 0.75, 0.74, 0.67, 0.78, 0.64),
    ]
    assert [n for n, share in enumerate(column("dk_share"), start=1) if share] == [12, 13]
    assert column("freed_usd") == [0, 32960, 0, 29300, 41300, 14800, 9750, 0, 0, 900, 0, 0, 22500, 0]
    assert column("need_usd") == [0, 0, 74900, 29300, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert column("usable_min") == [0, 0, 0, 0, 0, 540, 450, 0, 0, 540, 0, 0, 0, 1080]


def test_funds_add_up_and_say_what_ends() -> None:
    found: list[Any] = [tuple(row.values()) for row in demo()["funds"]]
    assert found == [
        ("title_i", 148200, pytest.approx(0.381, abs=0.001), 0, 115240),
        ("esser", 184550, pytest.approx(0.474, abs=0.001), 184550, 104200),
        ("general", 26400, pytest.approx(0.068, abs=0.001), 0, 10700),
        ("state", 7400, pytest.approx(0.019, abs=0.001), 0, 7400),
        ("grant", 22500, pytest.approx(0.058, abs=0.001), 0, 0),
    ]


def test_totals_have_the_numbers_the_demo_was_written_for() -> None:
    shares = {"share": 0.001}
    assert [tuple(row.values()) for row in demo()["totals"]] == [
        (name, *(None if cell is None else pytest.approx(cell, abs=shares.get(unit, 1e-9)) for cell in both), unit)
        for name, *both, unit in (
            ("usd", 389050, 237540, "USD/year"),
            ("fte", 5.9, 4.0, "FTE"),
            ("staff_min_week", 17115, 9660, "min/week"),
            ("initiatives", 14, 9, "initiatives"),
            ("aligned_share_usd", 0.74, 0.95, "share"),
            ("aligned_share_fte", 0.898, 0.975, "share"),
            ("aligned_share_min", 0.682, 0.898, "share"),
            ("weighted_share_usd", 0.774, 0.913, "share"),
            ("weighted_share_fte", 0.828, 0.899, "share"),
            ("weighted_share_min", 0.699, 0.857, "share"),
            ("ending_usd", 184550, None, "USD/year"),
            ("ending_share", 0.474, None, "share"),
            ("aligned_usd", 288000, None, "USD/year"),
            ("aligned_ending_usd", 133500, None, "USD/year"),
            ("aligned_ending_share", 0.464, None, "share"),
            ("freed_usd", None, 151510, "USD/year"),
            ("flexible_usd", None, 48660, "USD/year"),
            ("need_usd", None, 104200, "USD/year"),
            ("gap_usd", None, 55540, "USD/year"),
            ("freed_fte", None, 1.9, "FTE"),
            ("reduced_min", None, 7635, "min/week"),
            ("usable_min", None, 2610, "min/week"),
            ("need_min", None, 180, "min/week"),
            ("decision_grow", None, 1, "initiatives"),
            ("decision_keep", None, 5, "initiatives"),
            ("decision_reshape", None, 3, "initiatives"),
            ("decision_release", None, 5, "initiatives"),
            ("decision_need_info", None, 0, "initiatives"),
        )
    ]


def test_fixed_rows_say_what_they_are_about() -> None:
    assert demo()["cliff"] == [
        {
            "row_id": "I03",
            "about": "Reading interventionist",
            "hold_from": "freed;staff",
            "amount_usd": 48660,
            "note": "coach time 0.4 FTE funds part of the post",
        },
        {
            "row_id": "I04",
            "about": "Two instructional assistants",
            "hold_from": "ask",
            "amount_usd": 0,
            "note": "request to district for one assistant",
        },
    ]
    assert [(row["row_id"], row["last_day"], row["who_tells"]) for row in demo()["letting_go"][:2]] == [
        ("I02", "2024-08-09", "M1"),
        ("I04", "2024-09-30", "M1"),
    ]


def test_before_anything_is_decided_nothing_stands_in_the_column_after() -> None:
    undecided = derived_of(changed(played(SLUG), "decide", "rows", None))

    assert {row["after"] for row in undecided["totals"]} == {None}
    assert undecided["totals"][0]["now"] == 389050
    assert [block.title for block in blocks(sighted(changed(played(SLUG), "decide", "rows", None), COACH))] == [
        "How we end things well",
        "What ends, and how we hold it",
    ]


HALF: list[tuple[str, str, Any]] = [
    ("inventory", "rows", [{"row_id": "I01", "cells": {}}, {"row_id": "I02", "cells": {"usd_year": 5}}]),
    ("inventory", "rows", None),
    ("decide", "rows", [{"row_id": "I01", "cells": {"decision": "grow"}}, {"row_id": "I02", "cells": {}}]),
    ("decide", "rows", [{"row_id": "I77", "cells": {"decision": "release"}}]),
    ("decide", "rows", [{"row_id": "I01", "cells": {"decision": "reshape", "merge_into": "I77"}}]),
    ("stage", "rows", [{"row_id": "I01", "cells": {"trap": "none"}}]),
    ("cliff", "rows", [{"row_id": "I03", "cells": {"note": "later"}}]),
    ("letting_go", "rows", [{"row_id": "I02", "cells": {"last_day": "soon", "who_tells": "M99"}}]),
]


@pytest.mark.parametrize(("step", "field", "value"), HALF)
def test_half_filled_team_tables_break_no_file(step: str, field: str, value: Any) -> None:
    half = sighted(changed(played(SLUG), step, field, value), COACH)

    assert len(derived(half)) == len(demo())
    assert all(write(table) for table in derived(half))
    blocks(half)


def test_a_session_without_a_day_counts_nothing_as_ending() -> None:
    found = derived_of(changed(played(SLUG), "open", "cliff_date", None, "FACIL"))

    assert {row["ends"] for row in found["initiatives"]} == {False}
    assert {row["ending_by_cliff"] for row in found["funds"]} == {0}


HOSTILE = ["=HYPERLINK('x')", "+1", "-1", "@SUM(A1)", "\u202egnirts\u202c", "a" * 2000, '<b onload="x">', "‘,;\n”"]


@pytest.mark.parametrize("text", HOSTILE)
def test_odd_texts_come_through_every_table_and_start_no_formula(text: str) -> None:
    odd = cells_of("inventory", "rows", "I01", name=text, served_who=text)
    found = derived_of(odd)

    assert (found["initiatives"][0]["name"], found["initiatives"][0]["served_who"]) == (text, text)
    for table in derived(sighted(odd, COACH)):
        assert write(table)
        spelled = [spell(cell) for row in table.rows for cell in row if isinstance(cell, str)]
        assert not [cell for cell in spelled if cell.startswith(("=", "+", "-", "@"))]
    assert text in blocks(sighted(odd, COACH))[0].facts[0][1]


def test_ratings_without_names_keep_what_was_rated_in_an_order_that_is_everybodys() -> None:
    ended = played(SLUG)
    ids = [f"I{n:02d}" for n in range(1, 15)]
    rows = {m.key: [[i, ""] for i in (ids[n:] + ids[:n])] for n, m in enumerate(ended.members)}
    opened = [a for a in ended.acts if (a.kind, a.step) == ("open", "align")]
    own = {"lists": {"initiatives": [[i, ""] for i in ids]}, "own_lists": {"my_rows": rows}}
    acts = tuple(replace(a, payload=own) if a in opened else a for a in ended.acts)

    found = [row for row in sighted(replace(ended, acts=acts), COACH).rows if row.step == "align"]
    assert {row.author[:4] for row in found} <= {"scho", "teac", "supp", "team"}
    for author in {row.author for row in found}:
        assert [row.item_id for row in found if row.author == author] == ids


def test_ratings_of_rows_that_were_dealt_out_do_not_say_which_rows_they_are() -> None:
    ended = played(SLUG)
    ids = [f"I{n:02d}" for n in range(1, 26)]
    rows = {m.key: [[i, ""] for i in ids[n : n + 14]] for n, m in enumerate(ended.members)}
    own = {"lists": {"initiatives": [[i, ""] for i in ids]}, "own_lists": {"my_rows": rows}}
    acts = tuple(replace(a, payload=own) if (a.kind, a.step) == ("open", "align") else a for a in ended.acts)

    found = [row for row in sighted(replace(ended, acts=acts), COACH).rows if row.step == "align"]
    assert {row.item_id for row in found} == {""}
    assert not {row.row_id for row in found} & set(ids)


def test_fields_of_one_name_and_tables_have_their_place_in_a_row_for_each_person() -> None:
    book = played(SLUG).workbook
    use = book.outputs["consent"].model_copy(update={"use": "by_person"})
    use = type(use).model_validate({"use": "by_person", "fields": ["align.rows", "evidence.rows", "consent.fist"]})
    other = book.model_copy(update={"outputs": {"people": use}})
    given = [
        answer("align", "rows", "M1", [{"row_id": "I01", "cells": {"align": 3}}]),
        answer("consent", "fist", "M1", 4),
    ]
    (table,) = derived(sighted(replace(played(SLUG), workbook=other, responses=tuple(given)), COACH))

    assert table.head[4:] == ("author", "step", "align_rows", "evidence_rows", "fist")
    assert [row[6:] for row in table.rows] == [("centrally", None, None), (None, None, 4)]


def test_before_anything_is_shown_the_tables_are_there_and_empty() -> None:
    found = derived_of(replace(of(played(SLUG).workbook, {}), acts=()))

    assert set(found) == set(demo())
    assert not any(found.values())
