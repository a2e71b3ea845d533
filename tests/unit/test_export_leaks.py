"""What is not on show stands in no byte of any file."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from export_cases import ROOT, START, demo
from format_cases import plainly, unpacked

from mira_workbook.content.load import load
from mira_workbook.exports import COACH, EXPORTS
from mira_workbook.exports.report import report
from mira_workbook.exports.sighted import sighted
from mira_workbook.records import Act, Snapshot

STEPS = [step for step in load(ROOT / "workbooks" / "priority_setting.toml").steps if step.asks("individual")]
SHORTEST = 12
"""Shorter texts may stand in a file for other reasons."""


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(inner)


def individual_texts(snapshot: Snapshot, step: str) -> set[str]:
    """What members wrote in a step, without what stands elsewhere too, such as in what the team took over from it."""
    secret = [(r.step, r.author_kind) == (step, "member") for r in snapshot.responses]
    both = list(zip(snapshot.responses, secret, strict=True))
    elsewhere = "\n".join(text for r, is_secret in both if not is_secret for text in texts(r.value))
    wrote = {text for r, is_secret in both if is_secret for text in texts(r.value)}
    return {text for text in wrote if len(text) >= SHORTEST and " " in text and text not in elsewhere}


def everything(snapshot: Snapshot) -> str:
    """All that leaves: what files of tables hold, the hand-out, the report and what its pictures are drawn from."""
    return plainly(snapshot) + str(report(snapshot, COACH)).replace("\\'", "'")


@pytest.mark.parametrize("number", [n for n, step in enumerate(demo().workbook.steps, 1) if step in STEPS])
def test_answers_of_a_step_that_is_not_revealed_stand_nowhere(number: int) -> None:
    played = demo(steps=number)
    step = played.workbook.steps[number - 1].key
    unrevealed = replace(played, acts=tuple(a for a in played.acts if (a.kind, a.step) != ("reveal", step)))

    found = everything(unrevealed)
    assert [text for text in individual_texts(played, step) if text in found] == []


@pytest.mark.parametrize("step", [step.key for step in STEPS])
def test_answers_of_a_step_that_is_hidden_stand_nowhere(step: str) -> None:
    ended = demo()
    hides = tuple(Act(len(ended.acts) + n, START, "hide", step, n) for n in (1, 2))

    found = everything(replace(ended, acts=(*ended.acts, *hides)))
    assert [text for text in individual_texts(ended, step) if text in found] == []


def test_a_pack_of_all_formats_holds_nothing_of_a_hidden_step() -> None:
    ended = demo()
    hides = tuple(Act(len(ended.acts) + n, START, "hide", "contribute_release", n) for n in (1, 2))
    wrote = individual_texts(ended, "contribute_release")

    def found(snapshot: Snapshot) -> list[str]:
        (data,) = EXPORTS["zip"].write([snapshot], COACH).values()
        inside = unpacked(data).decode(errors="replace")
        return [text for text in wrote if text in inside]

    assert found(ended)
    assert found(replace(ended, acts=(*ended.acts, *hides))) == []


def test_answers_of_a_step_that_was_revealed_are_there() -> None:
    ended = demo()
    wrote, found = individual_texts(ended, "contribute_release"), plainly(ended)
    in_report = str(report(ended, COACH))

    assert len(wrote) > 20
    assert all(text in found for text in wrote)
    assert all(text in in_report for text in wrote)


def test_drafts_have_no_content_and_moments_of_hidden_authors_stay_out() -> None:
    ended = demo()
    stamped = replace(
        ended,
        responses=tuple(
            replace(r, saved_at=START.replace(year=1999), entered_by="M9") if r.step in {"sort", "consent"} else r
            for r in ended.responses
        ),
    )

    found = plainly(stamped)
    assert "1999" not in found
    assert "M9" not in found


def test_numbers_of_unnamed_authors_do_not_follow_from_what_a_file_holds() -> None:
    ended = demo()
    orders = set()
    for n in range(12):
        # Files hold moments to the second at most.
        at = START.replace(microsecond=n)
        answers = tuple(replace(r, saved_at=at) if r.step == "consent" else r for r in ended.responses)
        rows = sighted(replace(ended, responses=answers), COACH).rows
        orders.add(tuple(row.value_num for row in rows if (row.step, row.field, row.round) == ("consent", "fist", 1)))

    assert len(orders) > 6
