"""Lists that give each person or pair a part, and lists that choose among the team's items."""

from dataclasses import replace
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from led_room import LedRoom

from mira_workbook.content.answers.base import Option
from mira_workbook.content.load import load, workbooks
from mira_workbook.records import Pair, Snapshot
from mira_workbook.rules.context import context_for
from mira_workbook.rules.dealing import balanced, dealt_to_pairs, narrowed
from mira_workbook.rules.hints import hints
from mira_workbook.rules.lists import pin, resolve
from mira_workbook.rules.stage import fold

RESOURCES = load(workbooks()["resource_mapping"])
CAUSES = load(workbooks()["root_cause_coaching"])
DK = {"dk": True}


def options(count: int) -> tuple[Option, ...]:
    return tuple(Option(f"I{n:02d}", f"Program {n}") for n in range(1, count + 1))


def people(count: int) -> Snapshot:
    return LedRoom(people=count, book=RESOURCES).snapshot


def in_pairs(snapshot: Snapshot, *groups: tuple[int, ...]) -> Snapshot:
    return replace(snapshot, pairs=tuple(Pair(n, ids) for n, ids in enumerate(groups, 1)))


@given(count=st.integers(1, 12), rows=st.integers(1, 40), most=st.integers(1, 20))
def test_everybody_has_as_many_rows_and_every_row_about_as_many_people(count: int, rows: int, most: int) -> None:
    found = balanced(people(count), options(rows), most)
    own = {key: part for key, part in found.items() if key}
    assert len(own) == count
    for part in found.values():
        assert len(part) == len(set(part)) == min(most, rows)
    raters = [sum(o in part for part in own.values()) for o in options(rows)]
    even = count * min(most, rows) / rows
    assert all(floor(even) <= n <= ceil(even) for n in raters)


def test_a_short_list_comes_in_an_order_of_each_persons_own() -> None:
    found = balanced(people(8), options(14), 20)
    assert {tuple(sorted(o.id for o in part)) for part in found.values()} == {tuple(o.id for o in options(14))}
    assert len({tuple(o.id for o in part) for part in found.values()}) > 4


@given(rows=st.integers(0, 30), groups=st.lists(st.integers(1, 3), min_size=1, max_size=5))
def test_a_list_is_dealt_out_whole_and_evenly(rows: int, groups: list[int]) -> None:
    ends = [sum(groups[: n + 1]) for n in range(len(groups))]
    members = [tuple(range(end - size + 1, end + 1)) for size, end in zip(groups, ends, strict=True)]
    found = dealt_to_pairs(in_pairs(people(sum(groups)), *members), options(rows))
    shares = [found[f"PAIR{n}"] for n in range(1, len(groups) + 1)]
    assert sorted(o.id for share in shares for o in share) == [o.id for o in options(rows)]
    assert max(map(len, shares)) - min(map(len, shares)) <= 1
    for n, ids in enumerate(members, 1):
        assert all(found[f"M{i}"] == found[f"PAIR{n}"] for i in ids)


def test_who_comes_later_gets_rows_too() -> None:
    room = LedRoom(people=3, book=RESOURCES)
    room.team("inventory", "rows", inventory("A", "B", "C"))
    snapshot = in_pairs(room.snapshot, (1, 2))
    stage = fold((), RESOURCES)
    stage.own_lists = {
        "my_rows": {"M1": options(3), "": options(2)},
        "my_share": {"M1": options(1), "M2": options(1), "PAIR1": options(1)},
    }
    later = in_pairs(snapshot, (1, 2, 3))
    context = context_for(later, stage, "M3", room.now.date())
    assert (context.lists["my_rows"], context.lists["my_share"]) == (options(2), options(1))


# What is chosen


def inventory(*names: str, **cells: Any) -> list[dict[str, Any]]:
    base = {"purpose": "For readers", "mandate": "choice", "usd_year": 100, "fte": 0.5, "staff_min_week": 60}
    return [{"row_id": f"I{i:02d}", "cells": {"name": name, **base, **cells}} for i, name in enumerate(names, 1)]


def rated(*digits: str) -> LedRoom:
    """A room that rated each program with these digits, x for “don't know yet”; everything on show."""
    room = LedRoom(people=len(digits[0]), book=RESOURCES)
    room.team("inventory", "rows", inventory(*(f"Program {n}" for n in range(1, len(digits) + 1))))
    for place, key in enumerate(room.keys):
        rows = [
            {"row_id": f"I{n:02d}", "cells": {"align": DK if row[place] == "x" else int(row[place])}}
            for n, row in enumerate(digits, 1)
        ]
        room.answer(key, rows, step="align")
    return room


def test_what_people_see_most_differently_comes_first_then_what_many_do_not_know() -> None:
    room = rated("33333333", "00330033", "01230123", "33xx3333", "2222222x")
    found = resolve(room.snapshot, "talk_first")
    assert found == (
        Option("I02", "Program 2", "We see it differently: from “not” to “centrally”."),
        Option("I03", "Program 3", "We see it differently: from “not” to “centrally”."),
        Option("I04", "Program 4", "2 of 8 do not know yet."),
    )


def test_no_more_than_five_rows_are_talked_about() -> None:
    assert len(resolve(rated(*["00330033"] * 9).snapshot, "talk_first")) == 5


def test_nobody_is_asked_to_talk_where_all_agree() -> None:
    assert resolve(rated("33333333", "22222222").snapshot, "talk_first") == ()


@pytest.mark.parametrize(
    ("digits", "evidence", "mandate", "hint"),
    [
        ("33333333", 2, "choice", "keep_or_grow"),
        ("33333333", 1, "choice", "keep_and_test"),
        ("2123321x", 2, "law", "keep_or_grow"),
        ("00100000", 3, "choice", "candidate_to_release"),
        ("00100000", 3, "law", None),
        ("11111122", 2, "district", None),
        ("00330033", 3, "choice", "talk_first"),
        ("33xx3333", 3, "choice", "need_info"),
        ("xxxxxxxx", 3, "choice", "need_info"),
        ("33xxxxxx", 3, "choice", "need_info"),
    ],
)
def test_a_hint_follows_from_alignment_evidence_and_who_asks_for_it(
    digits: str, evidence: int, mandate: str, hint: str | None
) -> None:
    room = rated(digits)
    room.team("inventory", "rows", inventory("Program 1", mandate=mandate))
    snapshot = with_evidence(room, evidence)
    assert hints(snapshot, RESOURCES.lists["to_decide"].arguments).get("I01") == hint


def with_evidence(room: LedRoom, evidence: int, **cells: Any) -> Snapshot:
    row = {"row_id": "I01", "cells": {"evidence": evidence, "minutes_ok": "yes", **cells}}
    room.answer("M1", [row], step="evidence", key="rows")
    snapshot = in_pairs(room.snapshot, (1, 2))
    pair = replace(room.answers["evidence", 1, "rows", "M1"], author="PAIR1", author_kind="pair")
    return replace(snapshot, responses=(*(r for r in snapshot.responses if r.step != "evidence"), pair))


def test_a_row_to_decide_says_what_is_known_of_it() -> None:
    snapshot = with_evidence(rated("33333233"), 2, minutes_ok="too_low", minutes_fix=240)
    (option,) = resolve(snapshot, "to_decide")
    assert option.help == (  # type: ignore[union-attr]
        "Today $100 a year, 0.5 FTE, 60 minutes a week. Serves our priority: 2.9 of 3. Evidence: 2 of 3. "
        "One pair says 240 minutes. Hint: keep or grow."
    )


def test_a_row_to_decide_names_what_is_much_like_it() -> None:
    room = LedRoom(book=RESOURCES)
    rows = inventory("Tutoring", "Homework hour", "Bus", "Reading club")
    for row, (who, purpose) in zip(
        rows,
        [
            ("Grade 3", "Homework and reading after school"),
            ("grade 3", "Homework and reading, at school"),
            ("Grade 3", "Gets everyone home"),
            ("Grade 4", "Homework and reading after school"),
        ],
        strict=True,
    ):
        row["cells"] |= {"served_who": who, "purpose": purpose}
    room.team("inventory", "rows", rows)
    asked = {o.label: o.help.partition("do we need both?")[0] for o in resolve(room.snapshot, "to_decide")}  # type: ignore[union-attr]
    today = "Today $100 a year, 0.5 FTE, 60 minutes a week."
    assert asked == {
        "Tutoring": f"{today} Much like “Homework hour”, for the same people: ",
        "Homework hour": f"{today} Much like “Tutoring”, for the same people: ",
        "Bus": today,
        "Reading club": today,
    }


def test_what_ends_and_what_is_let_go_follow_from_the_decisions() -> None:
    room = LedRoom(book=RESOURCES)
    rows = inventory("A", "B", "C", "D")
    for row, end in zip(rows, ("2024-09-30", "2024-10-01", "2024-01-01", None), strict=True):
        row["cells"] |= {"fund_end": end} if end else {}
    room.team("inventory", "rows", rows)
    assert resolve(room.snapshot, "ending") == ()
    room.team("open", "cliff_date", "2024-09-30")
    decisions = {"I01": "keep", "I02": "reshape", "I03": "release"}
    room.team("decide", "rows", [{"row_id": k, "cells": {"decision": v}} for k, v in decisions.items()])
    assert [o.id for o in resolve(room.snapshot, "ending")] == ["I01"]  # type: ignore[union-attr]
    assert [o.id for o in resolve(room.snapshot, "let_go")] == ["I02", "I03"]  # type: ignore[union-attr]


def test_a_second_round_asks_only_about_rows_that_are_to_be_rated_again() -> None:
    room = rated("00330033", "33333333")
    pinned = pin(room.snapshot, ("my_rows",))
    assert narrowed(room.snapshot, pinned["own_lists"]) == pinned["own_lists"]
    room.team("talk", "rows", [{"row_id": "I01", "cells": {"what_we_learned": "Much", "rerate": True}}])
    after = narrowed(room.snapshot, pinned["own_lists"])["my_rows"]
    assert after.keys() == pinned["own_lists"]["my_rows"].keys()
    assert all([o[0] for o in part] == ["I01"] for part in after.values())


def test_everything_that_was_named_is_gathered_without_what_helps() -> None:
    room = LedRoom(people=2, book=CAUSES)
    swot = [
        {"row_id": "AAAAAAAA", "cells": {"quadrant": "strength", "item": "Strong lessons in two rooms"}},
        {"row_id": "BBBBBBBB", "cells": {"quadrant": "threat", "item": "Posts end in September"}},
    ]
    room.answer("M1", swot, step="swot")
    chain = [{"row_id": "CCCCCCCC", "cells": {"because": "Groups are cancelled", "evidence": "numbers"}}]
    room.answer("M1", chain, step="whys", key="chain")
    assert resolve(room.snapshot, "named_causes") == (
        Option("CCCCCCCC", "Groups are cancelled"),
        Option("BBBBBBBB", "Posts end in September"),
    )
