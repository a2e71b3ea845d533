"""The same number at two visits, or in two rounds."""

from mira_workbook.measures.compare import Compared, by_round, compared
from mira_workbook.records import Measure


def m(id_: str, value: object, *, step: str = "rank", round_: int = 1, unit: str = "share") -> Measure:
    return Measure(id_, f"Name of {id_}", value, 8, unit, step=step, round=round_)


def test_agreement_that_rises_is_closer_and_other_numbers_are_more_or_less() -> None:
    before = [m("M02", 0.14), m("M09", {"mean": 4.125, "min": 2, "pass": False}, step="consent", unit="0–5")]
    after = [m("M02", 0.36), m("M09", {"mean": 4.125, "min": 1, "pass": True}, step="consent", unit="0–5")]
    assert compared([before, after]) == [
        Compared("rank", "M02", "", "", "Name of M02", "share", (0.14, 0.36), "closer"),
        Compared("consent", "M09", "", "mean", "Name of M09", "0–5", (4.125, 4.125), "same"),
        Compared("consent", "M09", "", "min", "Name of M09", "0–5", (2, 1), "less"),
    ]


def test_ids_of_items_mean_something_else_at_every_visit_so_they_are_not_compared() -> None:
    assert compared([[m("M05", {"C1": 45})], [m("M05", {"C1": 12})]]) == []


def test_of_two_rounds_the_last_is_the_visits_and_a_middle_visit_may_lack_it() -> None:
    first = [m("M08", 0.5, round_=1), m("M08", 0.7, round_=2)]
    (row,) = compared([first, [], [m("M08", 0.6)]])
    assert (row.values, row.change) == ((0.7, None, 0.6), "further")


def test_what_is_there_once_is_not_compared_and_a_change_that_cannot_be_seen_is_none() -> None:
    assert compared([[m("M03", 0.5)], [m("M04", 0.5)]]) == []
    (row,) = compared([[m("M03", 0.501)], [m("M03", 0.499)]])
    assert row.change == "same"


def test_rounds_of_one_session_stand_side_by_side_where_there_are_two() -> None:
    rows = by_round([m("M08", 0.71), m("M08", 0.8, round_=2), m("M13", {"net": 1155}), m("M10", 0.1, round_=2)])
    assert [(row.id, row.values, row.change) for row in rows] == [("M08", (0.71, 0.8), "closer")]
    assert by_round([m("M08", 0.71)]) == []
