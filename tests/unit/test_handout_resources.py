"""The hand-out of a Resource Map: what is proposed, what is let go, what is open."""

from dataclasses import replace
from typing import Any

import pytest
from exported_resources import SLUG, cells_of
from format_cases import derived_of
from played_cases import changed, played

from mira_workbook.exports import COACH
from mira_workbook.exports.blocks import blocks
from mira_workbook.exports.sighted import sighted

PROPOSED = (
    (
        "Grow",
        (
            "Small-group decoding lessons K-3: from 1,260 to 1,440 minutes a week. "
            "Solid numbers here; one more group a day. For approval: the principal."
        ),
    ),
    (
        "Keep",
        (
            "Reading interventionist · Behavior rewards (PBIS) · MTSS problem-solving team · "
            "Family literacy nights · New-teacher mentoring"
        ),
    ),
    (
        "Reshape",
        (
            "Instructional coach: from $82,400 to $49,440 a year, from 1 to 0.6 FTE, from 2,325 to 1,395 minutes a "
            "week. Coaching helps; cover and reports do not. 0.4 FTE goes to reading. For approval: the district.\n"
            "Two instructional assistants: from $58,600 to $29,300 a year, from 2 to 1 FTE, from 4,500 to 2,250 "
            "minutes a week. Money for two ends; one second adult we must not lose. For approval: the district.\n"
            "Student data notebooks: from $1,900 to $1,000 a year, from 810 to 270 minutes a week. "
            "One page a quarter tells us the same."
        ),
    ),
    (
        "Release",
        (
            "After-school tutoring. Ends with ESSER; the students who need it most do not stay. "
            "For approval: the principal.\n"
            "Reading software licenses. 540 minutes a week, and nothing to show for it yet. "
            "For approval: the district.\n"
            "Math software licenses. Not our priority; fact games on paper cost nothing. "
            "For approval: the principal.\n"
            "STEM lab rotation. Loved, and far from reading; the grant ends. For approval: the principal.\n"
            "Weekly lesson-plan upload and review. Nobody reads them; grade plans are enough. "
            "For approval: the principal."
        ),
    ),
)


def test_the_hand_out_says_what_is_proposed() -> None:
    proposed, money, _, _ = blocks(sighted(played(SLUG), COACH))

    assert proposed.title == "What we propose"
    assert proposed.facts == PROPOSED
    assert money.title == "Money and minutes"
    assert money.facts == (
        ("Comes free", "$151,510 a year; $48,660 of it may move"),
        ("Is needed", "$104,200 a year; $55,540 of it is open"),
        ("Minutes a week", "7,635 end; 2,610 of them can be used here; 180 are needed"),
        ("Serves our priority", "74% of the money today, 95% next year\n68% of the minutes today, 90% next year"),
        ("Ends by Sep 30, 2024", "$184,550 a year; $133,500 of it serves our priority"),
    )


def test_the_hand_out_says_what_is_let_go_and_what_ends() -> None:
    _, _, letting_go, cliff = blocks(sighted(played(SLUG), COACH))

    assert letting_go.head == (
        "About",
        "Last day",
        "Who tells",
        "First step",
        "Who hears it",
        "What was good about it?",
    )
    assert letting_go.rows[4] == (
        "Math software licenses",
        "Sep 30, 2024",
        "Tom",
        "Save reports; return to fact practice games",
        "Teaches, grades 3 to 5",
        "Facts were fun for a while",
    )
    assert letting_go.whole == (1, 2)
    assert cliff.rows[0][:3] == ("Reading interventionist", "Flexible money freed, Staff reshaped", "48,660 USD/year")


def test_the_hand_out_says_what_is_asked_what_joins_and_what_is_open() -> None:
    asked = cells_of("decide", "rows", "I08", decision="need_info", ask_who="the district", ask_by="2024-06-14")
    (facts,) = [dict(blocks(sighted(asked, COACH))[0].facts)]
    assert facts["Need to know more"] == "Behavior rewards (PBIS). We ask the district by June 14, 2024."

    joined = cells_of("decide", "rows", "I10", merge_into="I09", reason=None)
    facts = dict(blocks(sighted(joined, COACH))[0].facts)
    assert facts["Reshape"].endswith("minutes a week, it becomes part of “MTSS problem-solving team”.")

    left = cells_of("decide", "rows", "I08", decision=None)
    assert dict(blocks(sighted(left, COACH))[0].facts)["Not decided yet"] == "Behavior rewards (PBIS)"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (55540, "$104,200 a year; all of it is covered"),
        (60000, "$104,200 a year; $4,460 is left over"),
    ],
)
def test_the_hand_out_says_when_all_that_is_needed_is_there(more: int, said: str) -> None:
    rows = [*_inventory(), {"row_id": "I99", "cells": {"name": "More", "flexible": "yes", "usd_year": more}}]
    decided = next(r.value for r in played(SLUG).responses if r.step == "decide")
    freed = changed(played(SLUG), "inventory", "rows", rows)
    freed = changed(freed, "decide", "rows", [*decided, {"row_id": "I99", "cells": {"decision": "release"}}])

    assert dict(blocks(sighted(freed, COACH))[1].facts)["Is needed"] == said


def _inventory() -> list[dict[str, Any]]:
    return list(next(r.value for r in played(SLUG).responses if r.step == "inventory"))


def test_money_that_ends_is_told_without_ratings_too() -> None:
    unrated = replace(played(SLUG), responses=tuple(r for r in played(SLUG).responses if r.step != "align"))

    facts = dict(blocks(sighted(unrated, COACH))[1].facts)
    assert facts["Ends by Sep 30, 2024"] == "$184,550 a year"
    assert "Serves our priority" not in facts


def test_another_currency_stands_behind_its_amounts() -> None:
    euros = changed(played(SLUG), "open", "currency", "EUR", "FACIL")

    assert derived_of(euros)["totals"][0]["unit"] == "EUR/year"
    assert dict(blocks(sighted(euros, COACH))[1].facts)["Comes free"] == "151,510 EUR a year; 48,660 EUR of it may move"
