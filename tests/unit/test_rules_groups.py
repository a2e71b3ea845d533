"""Answers by role group, where names or roles are shown anyway and no group can be worked out."""

from export_cases import START

from mira_workbook.content.load import parse
from mira_workbook.records import Meeting, Member, Response, Session, Snapshot, Team
from mira_workbook.rules.groups import by_group

BOOK = """
slug = "small"
title = "Small"
minutes = 2
purpose = "One question."
who = "8 people"
bring = "Nothing"
parts = ["All of it"]
around = {{arrive = 0, changes = 0, close = 0, look_back = 0}}

[[steps]]
key = "ask"
title = "Ask"
part = 1
minutes = {{alone = 2}}
mode = "individual"
attribution = "{how}"
do = "Say it."

[[steps.fields]]
key = "fit"
type = "rate"
label = "How well?"
low = 0
high = 3
dk = true
"""


def room(how: str, groups: tuple[str, ...], values: tuple[object, ...]) -> Snapshot:
    book = parse(BOOK.format(how=how), "small.toml")
    people = tuple(Member(n, f"M{n}", f"P{n}", role_group=group) for n, group in enumerate(groups, 1))
    given = tuple(
        Response(n, "ask", 1, "", "fit", "member", f"M{n}", 1, "submitted", value) for n, value in enumerate(values, 1)
    )
    return Snapshot(
        book, Meeting(1, "C", "h", "own", "UTC", START), Session(1, 1, 1), Team(1, "t", "T"), people, (), given
    )


TEACHERS, SUPPORT = ("teacher_k2",) * 3, ("coach",) * 3


def test_groups_of_three_are_told_and_zero_is_an_answer() -> None:
    found = room("named", TEACHERS + SUPPORT, (0, 0, 3, 2, {"dk": True}, 2))
    assert by_group(found, found.workbook.step("ask"), "fit") == {
        "teacher": {"0": 2, "3": 1},
        "support": {"2": 2, "dk": 1},
    }


def test_one_small_group_hides_all_since_it_would_follow_from_the_whole() -> None:
    found = room("role", (*TEACHERS, *SUPPORT, "administrator", "administrator"), (1,) * 8)
    assert by_group(found, found.workbook.step("ask"), "fit") is None


def test_steps_that_show_neither_names_nor_roles_are_never_broken_down() -> None:
    for how in ("anonymous", "none", "facilitator_only", "coach"):
        found = room(how, TEACHERS + SUPPORT, (1,) * 6)
        assert by_group(found, found.workbook.step("ask"), "fit") is None, how


def test_a_single_group_is_the_whole_and_needs_no_breakdown() -> None:
    found = room("named", TEACHERS, (1, 2, 3))
    assert by_group(found, found.workbook.step("ask"), "fit") is None
