import functools
from collections import Counter

from export_cases import demo

from mira_workbook.content.output_args import OUTPUTS as ARGUMENTS
from mira_workbook.exports import COACH, outputs
from mira_workbook.exports.sighted import sighted
from mira_workbook.exports.table import Cell
from mira_workbook.exports.tables import tables
from mira_workbook.rules.sight import Viewer


@functools.cache
def made(role: str = "coach", steps: int = 99) -> dict[str, list[dict[str, Cell]]]:
    found = tables([demo(steps=steps)], Viewer(role))  # type: ignore[arg-type]
    return {table.name.removeprefix("priority_setting_"): table.records() for table in found}


def column(table: str, name: str) -> list[Cell]:
    return [row[name] for row in made()[table]]


def test_every_output_a_workbook_may_name_has_a_function() -> None:
    assert sorted(outputs.OUTPUTS) == sorted(ARGUMENTS)


def test_candidates_hold_counts_points_and_places() -> None:
    assert column("candidates", "candidate_id") == ["C1", "C2", "C3", "C4", "C5", "C6", "C7"]
    assert made()["candidates"][0] == {
        "team_id": "tupelo-branch",
        "cycle": 1,
        "meeting": "K7M4QX",
        "occasion": "",
        "candidate_id": "C1",
        "label": "Early reading, grades 1-3",
        "proposals_n": 7,
        "P_n": 3,
        "F_n": 5,
        "W_n": 0,
        "borda_points": 45,
        "first_n": 5,
        "last_n": 0,
        "mean_rank": 11 / 8,
    }
    assert column("candidates", "borda_points") == [45, 25, 35, 29, 11, 7, 16]
    assert column("candidates", "first_n") == [5, 1, 1, 1, 0, 0, 0]


def test_pairs_hold_both_directions() -> None:
    found = {(row["a"], row["b"]): row["prefer_a_n"] for row in made()["pairwise"]}

    assert len(found) == 42
    assert [found["C1", other] for other in ("C2", "C3", "C4", "C5", "C6", "C7")] == [7, 7, 7, 8, 8, 8]
    assert all(found[a, b] + found[b, a] == 8 for a, b in found)  # type: ignore[operator]


def test_the_sentence_is_one_row_with_every_field() -> None:
    (row,) = made()["priority"]

    assert row["text"] == "More of our grade 1-3 students can decode on level by spring"
    assert (row["candidate_id"], row["unit"], row["direction"]) == ("C1", "percent_students", "up")
    assert (row["baseline"], row["target"], row["review_date"]) == (46.2, 60.3, "2025-05-30")


def test_parked_candidates_keep_place_sign_and_keeper() -> None:
    found = [(row["candidate_id"], row["tier"], row["keeper"]) for row in made()["parked"]]

    assert found == [
        ("C2", "watch", "M8"),
        ("C3", "focus", "M3"),
        ("C4", "focus", "M2"),
        ("C5", "watch", "M3"),
        ("C6", "watch", "M8"),
        ("C7", "focus", "M1"),
    ]


def test_hands_are_numbered_for_the_coach_and_named_for_the_facilitator() -> None:
    coach = [row["member"] for row in made()["consent"] if row["round"] == 1]
    rounds = [Counter(row["fist"] for row in made()["consent"] if row["round"] == n) for n in (1, 2)]
    named = {row["member"]: row["fist"] for row in made("facilitator")["consent"] if row["round"] == 1}

    assert coach == [f"p{n:02d}" for n in range(1, 9)]
    assert rounds == [{5: 4, 4: 2, 3: 1, 2: 1}, {5: 5, 4: 2, 3: 1}]
    assert named == dict(zip(("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8"), (5, 4, 2, 5, 5, 5, 4, 3), strict=True))


def test_roles_leave_out_how_well_a_person_was_read_except_for_the_facilitator() -> None:
    assert list(made()["roles"][0])[4:] == ["member", "text", "contribution", "fit"]
    assert column("roles", "fit") == [3, 3, 1, 4, 3, 3, 3, 2]
    given = {row["member"]: row["clarity_received"] for row in made("facilitator")["roles"]}
    assert given == {"M1": 0.75, "M2": 0.25, "M3": 1, "M4": 0.75, "M5": 0.5, "M6": 0.25, "M7": 0, "M8": 0.75}


def test_release_adds_up_to_what_the_team_was_told() -> None:
    minutes = [row["released_min"] for row in made()["release"]]

    assert sum(n for n in minutes if isinstance(n, int)) == 1155
    assert len(minutes) == 15


def test_lineage_counts_ideas_and_people_without_names() -> None:
    (row,) = made()["lineage"]

    assert {key: row[key] for key in list(row)[4:]} == {
        "proposals_n": 16,
        "candidates_n": 7,
        "people_n": 8,
        "in_list_n": 7,
        "in_chosen_n": 7,
    }


def test_measures_have_a_row_for_each_part_and_none_for_a_person() -> None:
    found = {(row["id"], row["step"], row["of"], row["round"], row["part"]): row["value"] for row in made()["measures"]}

    assert found["M02", "sort", "first pick", 1, ""] == 1 / 7
    assert found["M06", "rank", "", 1, "C1.C2"] == 7
    assert found["M11", "rank", "first pick", 1, ""] == 2
    assert found["M13", "contribute_release", "", 1, "released"] == 1155
    assert found["M09", "consent", "", 2, "pass"] == 1
    assert not [part for *_, part in found if str(part).startswith("M")]


def test_before_anything_is_shown_derived_tables_are_there_and_empty() -> None:
    found = made(steps=1)

    assert {name for name, rows in found.items() if rows} == {"members", "codebook", "responses_long"}
    assert {row["author"] for row in found["responses_long"]} == {"FACIL"}


def test_ids_of_rows_do_not_tell_who_rated_them() -> None:
    rated = [row for row in sighted(demo(), COACH).rows if row.step == "role_reveal" and row.field == "match.match"]

    assert {row.row_id for row in rated} == {"1", "2"}
    assert {row.item_id for row in rated} == {""}
