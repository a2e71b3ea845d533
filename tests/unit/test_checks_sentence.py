"""Checks on the sentence and the hands, and those of law and money, on a step checked as a whole."""

from typing import Any

from checked_steps import CONSENT, LISTS, ROOM, STATEMENT, row, run, step, table, told

from mira_workbook.content.answers.base import Context


def stated(context: Context = ROOM, **values: Any) -> list[tuple[str, str, str, str, str]]:
    return told(run(STATEMENT, context, **{"candidate": "C1", "baseline": 46.2, **values})[1])


def test_a_target_lies_on_the_side_that_the_direction_says() -> None:
    assert stated(target=60, direction="up") == []
    assert stated(target=20, direction="down") == []
    assert stated(target=60) == []
    up = "You said the number should go up, but the target (40) is not above today's value (46.2)."
    assert stated(target=40, direction="up") == [("right_side", "target", "", "", up)]
    down = "You said the number should go down, but the target (46.2) is not below today's value (46.2)."
    assert stated(target="46.2", direction="down") == [("right_side", "target", "", "", down)]
    same = "The target is the same as today's value (46.2). Where should it go?"
    assert stated(target=46.2) == [("right_side", "target", "", "", same)]


def test_percentages_lie_between_0_and_100() -> None:
    assert stated(target=160, unit="count") == []
    assert stated(target=160, unit="percent_students") == [
        ("percent_range", "target", "", "", "A percentage lies between 0 and 100. You typed 160.")
    ]


def test_a_choice_besides_the_leader_needs_a_reason() -> None:
    led = Context(lists=LISTS, today=ROOM.today, facts={"leader:rank.order": "C2"})
    why = "The points lead with Attendance. Say why the team chose Reading."
    assert stated(led) == [("reason_unless_leader", "reason", "", "", why)]
    assert stated(led, reason="Attendance follows from it.") == []
    assert stated(led, candidate="C2") == []
    tied = Context(lists=LISTS, today=ROOM.today, facts={"leader:rank.order": ["C2", "C1"]})
    assert stated(tied) == []
    assert stated() == []


def test_a_review_comes_after_the_count() -> None:
    assert stated(baseline_date="2024-02-02", review_date="2025-05-30") == []
    assert stated(baseline_date="2024-02-02", review_date="2024-02-02") == [
        ("E12", "review_date", "", "", "We look again on must be after counted on (February 2, 2024).")
    ]


def test_a_day_can_be_compared_with_another_step() -> None:
    asked = step([{"key": "ends", "type": "date"}], {"use": "later_than", "on": "ends", "than": "open.review_date"})
    room = Context(facts={"open.review_date": "2025-05-30"})
    assert [p.text for p in run(asked, room, ends="2025-05-01")[1]] == [
        "Ends must be after the other day (May 30, 2025)."
    ]


def test_fields_that_are_not_shown_are_dropped_and_not_asked() -> None:
    values, problems = run(STATEMENT, candidate="C1", missing=True, baseline=5, found_by="Grace")
    assert values == {"candidate": "C1", "missing": True, "found_by": "Grace"}
    assert problems == ()


def test_a_field_can_be_asked_because_of_another() -> None:
    _, problems = run(STATEMENT, candidate="C1", missing=True)
    assert told(problems) == [("E01", "found_by", "", "", "Please answer this before you submit.")]
    assert stated(missing=False) == []


def test_a_box_nobody_ticked_counts_as_false_in_conditions() -> None:
    assert told(run(STATEMENT, candidate="C1")[1]) == [
        ("E01", "baseline", "", "", "Please answer this before you submit.")
    ]


def test_a_low_hand_says_what_would_raise_it() -> None:
    assert told(run(CONSENT, fist=2)[1]) == [
        ("require_when_below", "raise", "", "", "Please say what would help you get to a 3.")
    ]
    said: dict[str, Any] = {"fist": 2, "raise": "Start next year."}
    assert run(CONSENT, fist=3)[1] == run(CONSENT, **said)[1] == run(CONSENT)[1] == ()


def test_what_the_law_asks_for_cannot_be_let_go() -> None:
    decide = step(
        [
            table(
                "rows",
                {"key": "decision", "type": "one", "options": [["keep", "Keep"], ["release", "Release"]]},
                rows_from="candidates",
            )
        ],
        {
            "use": "forbid_when",
            "on": "rows.decision",
            "when": {"item.mandate": "law", "decision": "release"},
            "say": "This is required by law.",
        },
    )
    room = Context(lists=LISTS, items={"C1": {"mandate": "law"}})
    _, problems = run(decide, room, rows=[row("C1", decision="release"), row("C2", decision="release")])
    assert told(problems) == [("forbid_when", "rows", "C1", "decision", "This is required by law.")]


def test_minutes_of_a_post_whose_money_moves_cannot_be_used_too() -> None:
    say = "Count them once: choose ‘go’."
    decide = step(
        [
            table(
                "rows",
                {"key": "after_usd", "type": "num", "low": 0, "high": 1000},
                {"key": "after_fte", "type": "num", "low": 0, "high": 10, "step": 0.1},
                {"key": "minutes", "type": "one", "options": [["stay", "Stay"], ["go", "Go"]]},
                rows_from="candidates",
            )
        ],
        {
            "use": "forbid_when",
            "on": "rows.minutes",
            "when": {"minutes": "stay"},
            "below": {"after_usd": "item.usd", "after_fte": "item.fte"},
            "say": say,
        },
    )
    room = Context(lists=LISTS, items={"C1": {"usd": 100, "fte": 1}, "C2": {"usd": 100, "fte": 0}})

    def found(usd: int, fte: float, minutes: str = "stay", item: str = "C1") -> list[Any]:
        rows = [row(item, after_usd=usd, after_fte=fte, minutes=minutes), row("C2" if item == "C1" else "C1")]
        return told(run(decide, room, rows=rows)[1])

    assert found(60, 0.5) == [("forbid_when", "rows", "C1", "minutes", say)]
    assert found(60, 0.5, "go") == found(100, 0.5) == found(60, 1) == found(60, 0, item="C2") == []
