"""From the demo team's answers on resources to the input of each picture: exact numbers, and half-filled tables."""

from dataclasses import replace
from typing import Any

import pytest
from charts_resources_demo import DAY, DEMO, RATINGS, ROWS
from export_cases import answer, table
from played_cases import changed, played

from mira_workbook.charts import CHARTS, Look, Named
from mira_workbook.charts.loop import LoopRow
from mira_workbook.charts.now_after import Moment, NowAfterRow
from mira_workbook.charts.read import Read, charts
from mira_workbook.charts.strip_lines import StripRow
from mira_workbook.charts.treemap import Part
from mira_workbook.charts.waterfall import Waterfall
from mira_workbook.records import Snapshot
from mira_workbook.rules.reading import field_of
from mira_workbook.rules.sight import Viewer
from mira_workbook.rules.stage import fold

SLUG = "resource_mapping"
DANA, WALL = Viewer("member", "M1"), Viewer("viewer")
PICTURES = {
    "inventory": ["treemap"],
    "align": ["strip"],
    "talk": ["strip"],
    "stage": ["loop"],
    "decide": ["bubble", "now_after"],
    "cliff": ["waterfall"],
    "consent": ["hands"],
}


def demo() -> Snapshot:
    return played(SLUG)


def read(now: Snapshot, step: str, viewer: Viewer = DANA) -> list[Read]:
    return charts(now, fold(now.acts, now.workbook), viewer, step)


def data(step: str, name: str, now: Snapshot | None = None, viewer: Viewer = DANA) -> Any:
    (found,) = [one.data for one in read(now or demo(), step, viewer) if one.name == name]
    return found


def rows_of(step: str, now: Snapshot | None = None) -> list[dict[str, Any]]:
    return [dict(row) for row in (now or demo()).team_answer(step, "rows")]


def with_cells(step: str, **cells: dict[str, Any]) -> Snapshot:
    """The demo team, with other cells in some rows of a team's table; None takes a cell away."""
    rows = [{"row_id": r["row_id"], "cells": {**r["cells"], **cells.get(r["row_id"], {})}} for r in rows_of(step)]
    kept = [{**row, "cells": {k: v for k, v in row["cells"].items() if v is not None}} for row in rows]
    return changed(demo(), step, "rows", kept)


def rerated(author: str, **ratings: Any) -> Snapshot:
    """The demo team, after somebody has rated some rows again."""
    now = demo()
    rows = table(*({"": row, "align": rating} for row, rating in ratings.items()))
    again = answer("align", "rows", author, rows, round=2)
    acts = [act for act in now.acts if act.kind != "end"]
    more = [replace(acts[-1], seq=900, kind="round", step="align", round=2, payload={})]
    more += [replace(more[0], seq=901, kind="reveal"), replace(more[0], seq=902, kind="end", step="", round=1)]
    return replace(now, responses=(*now.responses, again), acts=(*acts, *more))


def counted(name: str, now: Snapshot) -> StripRow:
    rows: dict[Named, StripRow] = {row.name: row for row in data("align", "strip", now).rows}
    return rows[Named(name)]


def test_every_step_has_the_pictures_that_the_workbook_names() -> None:
    found = {step.key: [one.name for one in read(demo(), step.key)] for step in demo().workbook.steps}
    assert {step: names for step, names in found.items() if names} == PICTURES


def test_money_stands_with_its_fund() -> None:
    found = data("inventory", "treemap")
    assert found.sentence == "14 rows: $389,050 a year, 5.9 FTE, 17,115 minutes a week."
    assert found.parts == DEMO["treemap"].parts


def test_the_currency_is_that_of_the_session() -> None:
    now = changed(demo(), "open", "currency", "EUR", "FACIL")
    assert data("inventory", "treemap", now).currency == "EUR"
    assert data("cliff", "waterfall", now).currency == "EUR"


def test_ratings_are_counted_row_by_row() -> None:
    found = data("align", "strip")
    assert found.sentence == "6 of 14 serve our priority, 5 in part, 3 not."
    assert (found.rows, found.floors, found.ends) == (DEMO["strip"].rows, (1.0, 2.0), RATINGS)


def test_a_second_rating_of_a_row_wins_over_the_first() -> None:
    now = rerated("M1", I14=3, I13={"dk": True})
    assert counted("Weekly lesson-plan upload and review", now).counts == (5, 2, 0, 1)
    assert counted("STEM lab rotation", now).counts == (5, 1, 0, 0)
    assert counted("STEM lab rotation", now).unknown == 2
    assert counted("Instructional coach", now).counts == (0, 0, 2, 6)


def test_two_ratings_make_no_mean() -> None:
    now = demo()
    few = [r for r in now.responses if r.step != "align" or r.author in {"M1", "M2"}]
    found = counted("Instructional coach", replace(now, responses=tuple(few)))
    assert (found.counts, found.mean) == ((0, 0, 1, 1), None)


def test_what_is_talked_about_first_is_all_that_stands_on_the_second_strip() -> None:
    pinned = {option.id for option in fold(demo().acts, demo().workbook).options("talk_first")}
    names = {row[0] for i, row in enumerate(ROWS, 1) if f"I{i:02d}" in pinned}
    assert pinned == {"I12", "I14"}
    assert {row.name.label for row in data("talk", "strip").rows} == names


def test_lives_and_traps_stand_in_the_order_of_the_loop() -> None:
    given = {row["row_id"]: row["cells"] for row in rows_of("stage")}
    found = data("stage", "loop")
    stages, traps = ["starting", "growing", "steady", "ending"], ["starved", "stuck"]
    assert found.stages == ("Starting", "Growing", "Steady", "Ready to end")
    assert found.traps == ("Starved: too little to live", "Stuck: it only goes on")
    assert found.rows == tuple(
        LoopRow(
            Named(row[0]),
            stages.index(given[f"I{i:02d}"]["stage"]),
            next((n for n, trap in enumerate(traps) if given[f"I{i:02d}"].get("trap") == trap), None),
        )
        for i, row in enumerate(ROWS, 1)
    )


def test_what_nobody_has_placed_has_no_place() -> None:
    now = with_cells("stage", I02={"stage": None, "trap": None})
    assert data("stage", "loop", now).rows[1] == LoopRow(Named("Instructional coach"))
    assert data("stage", "loop", changed(demo(), "stage", "rows", None)).unplaced() == 14


def test_bubbles_join_what_people_pairs_and_the_team_said() -> None:
    found = data("decide", "bubble")
    assert (found.rows, found.by, found.evidence) == (DEMO["bubble"].rows, DAY, DEMO["bubble"].evidence)
    assert found.decisions == ("Grow", "Keep", "Reshape", "Release", "Need to know more")


def test_shares_stand_with_their_amounts() -> None:
    money, staff, minutes = data("decide", "now_after").rows
    assert money == NowAfterRow(
        "Money", Moment(288000 / 389050, "$288,000 of $389,050"), Moment(225740 / 237540, "$225,740 of $237,540")
    )
    assert (staff.now.amounts, staff.after.amounts) == ("5.3 of 5.9 full posts", "3.9 of 4 full posts")
    assert (minutes.now.amounts, minutes.after.amounts) == ("11,670 of 17,115 min", "8,670 of 9,660 min")


def test_the_way_from_what_ends_to_what_is_open_is_that_of_the_measures() -> None:
    said = (
        "$184,550 ends by September 30, 2024. $133,500 of it serves our priority. "
        "We can cover $48,660. $55,540 is open."
    )
    found = data("cliff", "waterfall")
    assert found == Waterfall(said, 184550, 133500, 80350, 0, 48660, 0, DAY)
    assert (found.need, found.gap) == (104200, 55540)


@pytest.mark.parametrize(
    ("ways", "found", "asked"),
    [
        (["freed"], 28660, 0),
        (["ask"], 0, 28660),
        (["ask", "let_end"], 0, 28660),
        (["let_end"], 28660, 0),
        ([], 28660, 0),
        (["freed", "ask"], 28660, 0),
    ],
)
def test_money_counts_as_asked_for_where_only_others_could_give_it(ways: list[str], found: int, asked: int) -> None:
    now = with_cells("cliff", I03={"hold_from": ways, "amount_usd": 28660}, I04={"amount_usd": 0})
    told = data("cliff", "waterfall", now)
    assert (told.found, told.asked) == (found, asked)


def test_what_goes_beyond_the_money_that_may_move_is_asked_for() -> None:
    now = with_cells("cliff", I03={"hold_from": ["freed", "ask"], "amount_usd": 70000}, I04={"amount_usd": 0})
    told = data("cliff", "waterfall", now)
    assert (told.found, told.asked) == (48660, 21340)


def test_money_found_beyond_what_a_row_needs_covers_no_other() -> None:
    now = with_cells("cliff", I03={"amount_usd": 90000}, I04={"amount_usd": 0})
    assert data("cliff", "waterfall", now).gap == 29300


def test_before_anything_is_decided_all_that_ends_is_needed() -> None:
    now = changed(changed(demo(), "decide", "rows", None), "cliff", "rows", None)
    found = data("cliff", "waterfall", now)
    assert (found.ending, found.smaller, found.grows, found.gap) == (184550, 0, 0, 184550)
    assert {row.decision for row in data("decide", "bubble", now).rows} == {None}


def test_without_a_day_no_money_ends() -> None:
    now = changed(demo(), "open", "cliff_date", None, "FACIL")
    assert (data("cliff", "waterfall", now).ending, data("cliff", "waterfall", now).by) == (0, "")
    assert not any(row.ends for row in data("decide", "bubble", now).rows)


TABLES = [
    (step, column.key)
    for step in ("inventory", "stage", "decide", "cliff")
    for column in field_of(demo().workbook, f"{step}.rows").columns
]


@pytest.mark.parametrize(("step", "column"), TABLES)
def test_a_column_that_nobody_has_filled_breaks_no_picture(step: str, column: str) -> None:
    now = with_cells(step, **{row["row_id"]: {column: None} for row in rows_of(step)})
    for where, names in PICTURES.items():
        found = read(now, where)
        assert [one.name for one in found] == names
        for one in found:
            assert CHARTS[one.name].sheet(one.data, Look()) is not None


@pytest.mark.parametrize("step", ["open", "inventory", "align", "evidence", "stage", "decide", "cliff"])
def test_a_step_without_answers_breaks_no_picture(step: str) -> None:
    now = replace(demo(), responses=tuple(r for r in demo().responses if r.step != step))
    for where in PICTURES:
        for one in read(now, where):
            assert one.words.alt


def test_a_row_without_a_name_is_called_by_its_id() -> None:
    now = with_cells("inventory", I02={"name": None})
    assert data("inventory", "treemap", now).parts[1] == Part(Named("I02"), "Title I", 82400, 2325)
    assert data("decide", "bubble", now).rows[1].name == Named("I02")


def test_what_ends_is_not_drawn_where_nobody_knows_the_money() -> None:
    unknown = [{**row, "cells": {k: v for k, v in row["cells"].items() if k != "usd_year"}} for row in listed()]
    now = changed(demo(), "inventory", "rows", unknown)
    levels = [
        {**row, "cells": {k: v for k, v in row["cells"].items() if k != "after_usd"}}
        for row in demo().team_answer("decide", "rows")
    ]
    now = changed(now, "decide", "rows", levels)
    assert [one.name for one in read(now, "cliff")] == []
    assert [one.name for one in read(now, "inventory")] == ["treemap"]
    assert data("inventory", "treemap", now).unit == "min"


def listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = demo().team_answer("inventory", "rows")
    return found


def test_people_from_outside_see_ids_and_no_words() -> None:
    found = {step: read(demo(), step, WALL) for step in PICTURES}
    assert {step: [one.name for one in those] for step, those in found.items()} == {
        **PICTURES,
        "inventory": [],
        "stage": [],
        "decide": ["now_after"],
    }
    words = {name for row in ROWS for name in row[0].split() if len(name) > 3}
    for those in found.values():
        for one in those:
            shown = f"{one.words} {one.data}"
            assert not [word for word in words if word in shown and word not in {"team", "after", "lines"}], one.name


def test_people_from_outside_see_no_row_of_two_people() -> None:
    few = [
        replace(r, value=[row for row in r.value if row["row_id"] != "I05" or r.author in {"M1", "M2"}])
        if r.step == "align"
        else r
        for r in demo().responses
    ]
    now = replace(demo(), responses=tuple(few))
    assert "I05" not in {row.name.label for row in data("align", "strip", now, WALL).rows}
    assert counted("After-school tutoring", now).counts == (0, 1, 1, 0)


def test_ratings_are_drawn_once_they_are_shown() -> None:
    acts = tuple(act for act in demo().acts if (act.kind, act.step) != ("reveal", "align") and act.kind != "end")
    assert read(replace(demo(), acts=acts), "align") == []
