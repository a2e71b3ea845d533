"""The answers of the fictional team hold the numbers that were worked out by hand: plain sums over the files alone."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from math import log2
from statistics import fmean
from typing import Any

import pytest

from mira_workbook.settings import shipped

Cells = Mapping[str, Any]
SHARE = 0.0005
"""Half of the last digit of a share or a consensus that was rounded to three places."""
MEAN = 0.00501
"""Half of the last digit of a mean that was rounded to two places; a half itself went either way."""
SCORE = 0.0501
CLIFF = "2024-09-30"
ROWS = tuple(f"I{n:02}" for n in range(1, 15))
CAUSES = ("R1", "R2", "R3", "R4", "R5")


@cache
def told(workbook: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((shipped("data") / "demo" / f"{workbook}.json").read_text(encoding="utf-8"))
    return found


def answers(workbook: str, step: str, field: str) -> dict[str, Any]:
    given = told(workbook)["steps"][step]["1"]
    return {author: values[field] for author, values in given.items() if field in values}


def team_rows(workbook: str, step: str, field: str) -> dict[str, Cells]:
    return {row["row_id"]: row["cells"] for row in answers(workbook, step, field)["TEAM"]}


def ratings(workbook: str, step: str, field: str, column: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for rows in answers(workbook, step, field).values():
        for row in rows:
            found.setdefault(row["row_id"], []).append(row["cells"][column])
    return found


def known(values: Sequence[Any]) -> list[int]:
    return [value for value in values if isinstance(value, int)]


def consensus(values: Sequence[int], width: int) -> float:
    mean = fmean(values)
    return 1 + fmean(log2(1 - abs(value - mean) / width) for value in values)


# Root-cause Coaching


def test_less_than_half_of_what_is_done_eases_the_ache() -> None:
    rows = team_rows("root_cause_coaching", "aspirin", "responses").values()
    shares = [
        sum(row[unit] for row in rows if row["treats"] == "symptom") / sum(row[unit] for row in rows)
        for unit in ("min_week", "usd_year")
    ]
    assert shares == pytest.approx([0.495, 0.484], abs=SHARE)


def test_one_in_six_pairs_of_ladders_ends_in_the_same_place() -> None:
    ends = list(answers("root_cause_coaching", "whys", "end_category").values())
    same = [one == other for one, other in combinations(ends, 2)]
    assert len(ends) == 4
    assert fmean(same) == pytest.approx(0.167, abs=SHARE)


def test_the_ladders_stay_with_the_people_who_climbed_them() -> None:
    assert told("root_cause_coaching")["pairs"] == [["M1", "M4"], ["M2", "M7"], ["M3", "M6"], ["M5", "M8"]]
    first = [rows[0]["cells"]["because"] for rows in answers("root_cause_coaching", "whys", "chain").values()]
    assert first == [
        "Groups are cancelled most days",
        "Groups start late",
        "Groups run but gain little",
        "Some students get the weakest group",
    ]


def test_twenty_four_causes_stand_on_seven_of_eight_bones() -> None:
    causes = team_rows("root_cause_coaching", "fishbone", "causes")
    assert Counter(cause["category"] for cause in causes.values()) == {
        "time_schedule": 7,
        "practice_routines": 5,
        "people_skills": 4,
        "data_information": 3,
        "family_community": 2,
        "communication_decisions": 2,
        "materials_tools": 1,
    }
    assert tuple(key for key, cause in causes.items() if cause.get("test")) == CAUSES


def parts() -> dict[str, tuple[float, float, float]]:
    """Each tested cause to the means of its three ratings."""
    rated = [ratings("root_cause_coaching", "tests", "ratings", part) for part in ("removes", "evidence", "influence")]
    return {key: (fmean(rated[0][key]), fmean(rated[1][key]), fmean(rated[2][key])) for key in CAUSES}


def test_the_ratings_of_the_causes_have_the_means_worked_out() -> None:
    assert [mean for three in parts().values() for mean in three] == pytest.approx(
        [2.88, 2.38, 2.5, 2.62, 2.0, 3.0, 2.0, 1.25, 2.62, 1.38, 2.88, 1.25, 1.62, 1.38, 2.0], abs=MEAN
    )
    removes = ratings("root_cause_coaching", "tests", "ratings", "removes")
    assert [consensus(removes[key], 3) for key in CAUSES] == pytest.approx([0.88, 0.75, 0.85, 0.75, 0.75], abs=MEAN)


def test_the_causes_score_88_84_63_60_and_54() -> None:
    scores = [100 * (0.5 * removes + 0.3 * shown + 0.2 * ours) / 3 for removes, shown, ours in parts().values()]
    assert scores == pytest.approx([88.3, 83.8, 63.3, 60.0, 54.2], abs=SCORE)


def test_eight_people_placed_five_dots_each() -> None:
    dots = list(answers("root_cause_coaching", "dots", "dots").values())
    assert [sum(one.values()) for one in dots] == [5] * 8
    assert [sum(one[key] for one in dots) for key in CAUSES] == [18, 12, 4, 4, 2]


def test_half_of_the_team_ended_somewhere_else() -> None:
    same = list(answers("root_cause_coaching", "statement", "hunch_same").values())
    assert same == ["same", "different", "different", "same", "close", "different", "close", "different"]


# Resource Map


def inventory() -> dict[str, Cells]:
    return team_rows("resource_mapping", "inventory", "rows")


def decided() -> dict[str, Cells]:
    return team_rows("resource_mapping", "decide", "rows")


def aligned() -> dict[str, list[Any]]:
    return ratings("resource_mapping", "align", "rows", "align")


def means() -> dict[str, float]:
    return {key: fmean(known(values)) for key, values in aligned().items()}


def ends(row: Cells, by: str = CLIFF) -> bool:
    return bool(row.get("fund_end", "9999") <= by)


def total(rows: Iterator[float]) -> float:
    return round(sum(rows), 6)


def share(amounts: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(amounts[key] * weights[key] for key in ROWS) / sum(amounts.values())


def amounts(now: str, after: str) -> tuple[dict[str, float], dict[str, float]]:
    return {k: row[now] for k, row in inventory().items()}, {k: row[after] for k, row in decided().items()}


AMOUNTS = (("usd_year", "after_usd"), ("fte", "after_fte"), ("staff_min_week", "after_min_week"))


def test_fourteen_rows_take_what_they_take() -> None:
    rows = inventory()
    assert tuple(rows) == ROWS
    assert [total(row[unit] for row in rows.values()) for unit, _ in AMOUNTS] == [389050, 5.9, 17115]
    assert [total(row[unit] for row in decided().values()) for _, unit in AMOUNTS] == [237540, 4.0, 9660]


def test_five_funds_pay() -> None:
    paid: Counter[str] = Counter()
    for row in inventory().values():
        paid[row["fund"]] += row["usd_year"]
    assert paid == {"general": 26400, "title_i": 148200, "esser": 184550, "state": 7400, "grant": 22500}


def test_whether_money_may_move_follows_from_its_fund() -> None:
    moves = {(row["fund"], row["flexible"]) for row in inventory().values()}
    assert moves == {("general", "yes"), ("title_i", "within_plan"), ("esser", "no"), ("state", "no"), ("grant", "no")}


def test_how_near_each_row_is_to_the_priority() -> None:
    assert [means()[key] for key in ROWS] == pytest.approx(
        [3.0, 2.75, 2.88, 2.62, 1.5, 1.0, 0.12, 1.25, 2.38, 1.12, 1.5, 2.0, 0.29, 0.5], abs=MEAN
    )
    assert [consensus(known(aligned()[key]), 3) for key in ROWS] == pytest.approx(
        [1.0, 0.8, 0.88, 0.75, 0.74, 0.71, 0.88, 0.8, 0.75, 0.75, 0.74, 0.67, 0.78, 0.64], abs=MEAN
    )
    unknown = {key: len(values) - len(known(values)) for key, values in aligned().items()}
    assert {key: n for key, n in unknown.items() if n} == {"I12": 1, "I13": 1}


def test_the_rows_to_talk_of_first_are_those_seen_most_differently() -> None:
    seen = {key: consensus(known(values), 3) for key, values in aligned().items()}
    unsure = [key for key, values in aligned().items() if len(known(values)) <= 0.75 * len(values)]
    assert unsure == []
    first = sorted((key for key in ROWS if seen[key] < 0.70), key=lambda key: seen[key])
    assert list(team_rows("resource_mapping", "talk", "rows")) == first == ["I14", "I12"]


def test_what_serves_the_priority_grows_from_now_to_next_year() -> None:
    serves = {key: float(mean >= 2) for key, mean in means().items()}
    both = [share(amount, serves) for pair in AMOUNTS for amount in amounts(*pair)]
    assert both == pytest.approx([0.74, 0.95, 0.898, 0.975, 0.682, 0.898], abs=SHARE)
    weights = {key: mean / 3 for key, mean in means().items()}
    weighted = [share(amounts(*pair)[0], weights) for pair in AMOUNTS]
    assert weighted == pytest.approx([0.774, 0.828, 0.699], abs=SHARE)


def test_nearly_half_of_the_money_ends() -> None:
    rows = inventory()
    ending = [sum(row["usd_year"] for row in rows.values() if ends(row, by)) for by in (CLIFF, "2025-06-30")]
    serving = {key: row for key, row in rows.items() if means()[key] >= 2}
    near = sum(row["usd_year"] for row in serving.values())
    near_ending = sum(row["usd_year"] for row in serving.values() if ends(row))
    assert (ending, near, near_ending) == ([184550, 221850], 288000, 133500)
    assert ending[0] / 389050 == pytest.approx(0.474, abs=SHARE)
    assert near_ending / near == pytest.approx(0.464, abs=SHARE)


def test_what_comes_free_does_not_cover_what_is_needed() -> None:
    rows, after = inventory(), {key: row["after_usd"] for key, row in decided().items()}
    freed = {key: max(0, row["usd_year"] - after[key]) for key, row in rows.items()}
    flexible = sum(freed[k] for k, row in rows.items() if row["flexible"] in {"yes", "within_plan"} and not ends(row))
    need = sum(after[k] if ends(row) else max(0, after[k] - row["usd_year"]) for k, row in rows.items())
    assert (sum(freed.values()), flexible, need, need - flexible) == (151510, 48660, 104200, 55540)


def test_a_third_of_the_minutes_that_end_can_be_used() -> None:
    now, after = amounts("staff_min_week", "after_min_week")
    reduced = {key: now[key] - after[key] for key in ROWS if after[key] < now[key]}
    stays = {key: row["minutes_stay"] for key, row in decided().items() if "minutes_stay" in row}
    assert set(stays) == set(reduced)
    usable = sum(reduced[key] for key, what in stays.items() if what == "stay")
    assert (sum(reduced.values()), usable) == (7635, 2610)
    assert sum(max(0, after[key] - now[key]) for key in ROWS) == 180


def test_one_row_grows_and_five_are_released() -> None:
    rows = decided()
    assert Counter(row["decision"] for row in rows.values()) == {"grow": 1, "keep": 5, "reshape": 3, "release": 5}
    freed_fte = sum(max(0, row["fte"] - rows[key]["after_fte"]) for key, row in inventory().items())
    assert freed_fte == pytest.approx(1.9)
    assert rows["I06"]["approval"] == "district"


def test_two_rows_that_end_are_held_and_eight_are_ended_well() -> None:
    held = team_rows("resource_mapping", "cliff", "rows")
    wanted = [k for k, row in inventory().items() if ends(row) and decided()[k]["decision"] != "release"]
    assert ({k: row["amount_usd"] for k, row in held.items()}, wanted) == ({"I03": 48660, "I04": 0}, ["I03", "I04"])
    changed = [key for key, row in decided().items() if row["decision"] in {"release", "reshape"}]
    assert list(team_rows("resource_mapping", "letting_go", "rows")) == changed


def test_the_list_is_shared_out_among_the_pairs_in_turn() -> None:
    dealt = {
        pair: [row["row_id"] for row in rows] for pair, rows in answers("resource_mapping", "evidence", "rows").items()
    }
    assert dealt == {f"PAIR{n + 1}": list(ROWS[n::4]) for n in range(4)}
    shown = {
        row["row_id"]: row["cells"]["evidence"]
        for rows in answers("resource_mapping", "evidence", "rows").values()
        for row in rows
    }
    assert [shown[key] for key in ROWS] == [3, 2, 3, 2, 1, 1, 1, 2, 2, 1, 1, 2, 1, 0]


def test_the_team_is_the_one_of_the_first_sitting() -> None:
    first = told("priority_setting")["team"]
    days = {}
    for workbook in ("root_cause_coaching", "resource_mapping"):
        assert told(workbook)["team"] == first
        days[workbook] = told(workbook)["meeting"]["day"]
    assert days == {"root_cause_coaching": "2024-05-21", "resource_mapping": "2024-05-28"}


# The odd teams


@cache
def odd(slug: str) -> Mapping[str, Any]:
    teams: list[Mapping[str, Any]] = told("odd_teams")["teams"]
    return next(team for team in teams if team["team"]["slug"] == slug)


def test_two_causes_of_the_tie_score_the_same_by_other_ratings() -> None:
    given: dict[str, dict[str, list[int]]] = {}
    for values in odd("tie-causes")["steps"]["tests"]["1"].values():
        for row in values["ratings"]:
            for part, rating in row["cells"].items():
                given.setdefault(row["row_id"], {}).setdefault(part, []).extend(known([rating]))
    weights = {"removes": 0.5, "evidence": 0.3, "influence": 0.2}
    scores = {key: 100 * sum(w * fmean(rated[part]) for part, w in weights.items()) / 3 for key, rated in given.items()}
    assert list(scores.values()) == pytest.approx([70.0, 70.0, 31.7], abs=SCORE)
    assert given["R1"] != given["R2"]


def test_nobody_can_rate_two_of_the_five_rows() -> None:
    steps = odd("dk-team")["steps"]
    given: dict[str, list[int]] = {}
    for values in steps["align"]["1"].values():
        for row in values["rows"]:
            given.setdefault(row["row_id"], []).extend(known([row["cells"]["align"]]))
    assert {key: len(values) for key, values in given.items()} == {"I01": 6, "I02": 6, "I03": 6, "I04": 0, "I05": 0}
    assert [key for key in ("I01", "I02", "I03") if consensus(given[key], 3) < 0.70] == ["I02"]
    assert [row["row_id"] for row in steps["talk"]["1"]["TEAM"]["rows"]] == ["I02", "I04", "I05"]
