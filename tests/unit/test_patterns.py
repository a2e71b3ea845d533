"""What many teams have in common: each team once, from what it wrote together, nothing of it below five."""

from dataclasses import replace
from typing import Any

from export_cases import START

from mira_workbook.content.load import load, workbooks
from mira_workbook.records import Meeting, Response, Session, Snapshot, Team
from mira_workbook.rules.patterns import latest, patterns, words

BOOK = load(workbooks()["root_cause_coaching"])


def visit(team: int, answers: dict[tuple[str, str], Any], code: str = "") -> Snapshot:
    """What a team wrote together."""
    given = tuple(
        Response(n, step, 1, "", field, "team", "TEAM", 1, "submitted", value)
        for n, ((step, field), value) in enumerate(answers.items(), 1)
    )
    meeting = Meeting(team, code or f"M{team}", "h", "own", "UTC", START)
    return Snapshot(BOOK, meeting, Session(team, team, team), Team(team, f"t{team}", f"Team {team}"), (), (), given)


def symptoms(*labels: str, **more: str) -> list[dict[str, Any]]:
    return [{"row_id": f"S{n}", "cells": {"label": label, **more}} for n, label in enumerate(labels, 1)]


def field_of_symptoms() -> tuple[str, str]:
    """Where teams name symptoms: the first list of theirs with a wording."""
    return next(
        (step.key, field.key)
        for step in BOOK.steps
        for field in step.asks("team")
        if {"label", "how_often"} <= {column.key for column in getattr(field, "columns", ())}
    )


AT = field_of_symptoms()


def told(found: list[Snapshot]) -> dict[str, tuple[int, dict[str, int]]]:
    return {p.asked.title: (p.published.teams, dict(p.lines())) for p in patterns(found)}


def test_six_of_nine_teams_named_attendance_as_a_symptom() -> None:
    nine = [
        visit(n, {AT: symptoms("Attendance falls on Mondays" if n < 6 else "Readers fall behind")}) for n in range(9)
    ]
    assert told(nine)["What we can see: Wording"] == (9, {"attendance": 6, "falls": 6, "mondays": 6})


def test_four_teams_tell_nothing_whatever_they_named() -> None:
    assert patterns([visit(n, {AT: symptoms("Attendance falls")}) for n in range(4)]) == []


def test_a_team_counts_once_with_its_last_visit() -> None:
    first = [visit(n, {AT: symptoms("Attendance falls")}) for n in range(5)]
    again = visit(0, {AT: symptoms("Readers fall behind")}, "LATER")
    again = replace(
        again, session=Session(99, 99, 0), meeting=replace(again.meeting, opened_at=START.replace(year=2025))
    )
    last = latest([*first, again], "root_cause_coaching")
    assert [one.meeting.code for one in last].count("LATER") == 1
    assert len(last) == 5
    assert "What we can see: Wording" not in told(last)


def test_visits_to_other_workbooks_are_not_counted() -> None:
    assert latest([visit(1, {})], "priority_setting") == []


def test_a_choice_of_one_hides_what_would_follow_from_the_whole() -> None:
    category = next(
        (step.key, field)
        for step in BOOK.steps
        for field in step.asks("team")
        if field.type == "one" and field.list == "cause_category"
    )
    at = (category[0], category[1].key)
    twelve = [
        visit(n, {at: "time_schedule" if n < 6 else "people_skills" if n < 11 else "policy_funding"}) for n in range(12)
    ]
    (found,) = patterns(twelve)
    assert (found.asked.step, found.asked.field, found.asked.kind) == (*at, "one")
    assert (dict(found.lines()), found.published.hidden) == ({"Time and schedule": 6}, 7)


def test_small_words_and_those_of_every_school_are_not_counted() -> None:
    assert words("Students don't come to school on the Mondays after breaks!") == {"come", "don't", "mondays", "breaks"}
