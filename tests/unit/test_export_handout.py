import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from export_cases import acts, demo, session, small

from mira_workbook.content.block_args import BLOCKS as ARGUMENTS
from mira_workbook.exports import COACH, blocks, handout
from mira_workbook.exports.sighted import sighted
from mira_workbook.records import Snapshot


class Reader(HTMLParser):
    """Collects the words of a page and its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(data)


def read(snapshot: Snapshot) -> Reader:
    reader = Reader()
    page = handout.write(sighted(snapshot, COACH)).decode()
    reader.feed(re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))
    return reader


def changed(snapshot: Snapshot, step: str, **values: Any) -> Snapshot:
    """The same session with other team answers in a step; None takes one away."""
    kept = [r for r in snapshot.responses if r.step != step or r.field not in values]
    like = next(r for r in snapshot.responses if r.step == step)
    new = [replace(like, field=field, value=value) for field, value in values.items() if value is not None]
    return replace(snapshot, responses=(*kept, *new))


def test_every_block_a_workbook_may_name_has_a_function() -> None:
    assert sorted(blocks.BLOCKS) == sorted(ARGUMENTS)


def test_the_demo_teams_page_says_this() -> None:
    words = read(demo()).words

    assert words[:18] == [
        "One Priority · Tupelo Branch Elementary",
        "Tupelo Branch Elementary · May 14, 2024",
        "One Priority",
        "For now, our one priority is",
        "More of our grade 1-3 students can decode on level by spring",
        "For whom",
        "All 156 students in grades 1, 2 and 3",
        "Why now",
        "Fewer than half were on level this winter, and two reading posts paid by ESSER end in September.",
        "We will call it tackled when",
        (
            "94 of 156 students are on level and the reading block ran without interruption "
            "32 of 36 times a week for a month."
        ),
        "Look again",
        "May 30, 2025",
        (
            "Grade 1-3 students at or above benchmark on the decoding screener: "
            "46.2 percent of students today, and we aim for 60.3."
        ),
        "Worries we heard and what we did",
        (
            "“Say in the sentence or plan that teacher load goes down, not up.” "
            "We add a condition: Release list and schedule moves start before any new reading task"
        ),
        "What each of us adds",
        "Dana",
    ]
    assert words[-7:] == [
        "1,155",
        "What keeps its place",
        "Focus",
        (
            "Keeping and supporting our teachers (Rosa) · Behavior and belonging (Marcus) · "
            "Life after ESSER: positions and programs (Dana)"
        ),
        "Watch",
        "Student attendance (Grace) · Math fluency, grades 3-5 (Rosa) · Family partnership (Grace)",
        "7 of 8 people's ideas are in this priority.",
    ]


def test_a_changed_sentence_stands_for_the_first_one() -> None:
    words = read(changed(demo(), "adjust", sentence="Every child reads by spring")).words

    assert "Every child reads by spring" in words
    assert "More of our grade 1-3 students can decode on level by spring" not in words


def test_a_missing_figure_says_who_brings_it_and_when() -> None:
    missing = {"baseline": None, "target": None, "found_by": "M8", "found_on": "2024-05-21"}

    assert "Today's figure: Grace brings it by May 21, 2024." in read(changed(demo(), "statement", **missing)).words


def test_a_worry_of_the_second_round_stays_as_a_note_without_a_name() -> None:
    ended = demo()
    like = next(r for r in ended.responses if (r.step, r.field, r.round) == ("consent", "fist", 2))
    worry = replace(like, field="raise", author="M3", value="It is still too much at once")
    decided = changed(replace(ended, responses=(*ended.responses, worry)), "adjust", decided_how="shrink")

    words = read(decided).words
    assert "“It is still too much at once” This worry stays." in words
    assert "How we go on: Shrink it." in words


def test_what_people_wrote_is_text_and_never_markup() -> None:
    bad = '"><script>alert(1)</script><a href="javascript:x">{{ 7 * 7 }}</a>'
    tags, attributes = read(demo()).tags, read(demo()).attributes
    page = read(replace(changed(demo(), "statement", text=bad, why_now=bad), team=replace(demo().team, name=bad)))

    assert page.words.count(bad) == 2
    assert (page.tags, page.attributes) == (tags, attributes)


def test_the_page_stands_alone() -> None:
    page = handout.write(sighted(demo(), COACH)).decode()

    assert not re.findall(r"https?:|<link|<script|@import|url\(", page)


def test_people_of_one_first_name_are_told_apart() -> None:
    ended = demo()
    members = tuple(replace(m, name="Dana Bell") if m.key == "M2" else m for m in ended.members)
    words = read(replace(ended, members=members)).words

    assert {"Dana Whitfield", "Dana Bell"} <= set(words)
    assert "Dana" not in words


@pytest.mark.parametrize("timezone", ["America/New_York", "Not/There", "", "/etc/passwd"])
def test_a_page_without_anything_to_say_says_so(timezone: str) -> None:
    empty = session(small(), acts(("open", "own")), ())

    page = read(replace(empty, meeting=replace(empty.meeting, timezone=timezone)))
    assert page.words[1:] == [
        "Tupelo Branch Elementary · May 14, 2024",
        "A Small One",
        "There is nothing to take home yet.",
    ]
