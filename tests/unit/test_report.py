"""What a report says, and to whom it says nothing, before it is spelled as a file."""

from dataclasses import replace

import pytest
from export_cases import START, acts, answer, demo, session, small
from played_cases import changed
from report_cases import HOSTILE, THREE, blank, figures, hidden, hostile, lobby, of, only, section, texts_of

from mira_workbook.exports import COACH
from mira_workbook.exports.pieces import Facts, Figure, Grid, Heading, Lines, Words, headings
from mira_workbook.exports.report import Note, one_page, report
from mira_workbook.records import Act, Carry, Member
from mira_workbook.rules.sight import Viewer


def titles(slug: str) -> list[str]:
    return [text for _, text in headings(report(of(slug), COACH).rest)]


def test_a_report_begins_with_the_hand_out_and_ends_with_how_its_numbers_are_made() -> None:
    made = report(demo(), COACH)

    assert made.title == "One Priority · Tupelo Branch Elementary"
    assert made.first == one_page(demo(), COACH).first
    assert made.first[0] == Heading("For now, our one priority is")
    assert made.first[1] == Words("More of our grade 1-3 students can decode on level by spring", "sentence")
    assert titles("priority_setting") == [
        "About this session",
        "What we do next",
        "Part 1 of 5 · Each role",
        "Part 2 of 5 · The list",
        "Part 3 of 5 · The talk",
        "Part 4 of 5 · The sentence",
        "Part 5 of 5 · Make room",
        "How the numbers are computed",
    ]


def test_it_says_who_was_in_the_room_and_how_long_it_took() -> None:
    told = section(report(demo(), COACH), "About this session")

    assert told[0] == Words(demo().workbook.purpose)
    assert isinstance(told[1], Facts)
    assert told[1].pairs[:2] == (("Team", "Tupelo Branch Elementary"), ("Day", "May 14, 2024"))
    assert dict(told[1].pairs)["In the room"].splitlines()[0] == "Dana Whitfield, Principal"
    assert told[1].pairs[3:] == (("Where it stands", "It is over."), ("Minutes", "94 planned, 28 used"))


def test_whoever_never_came_was_not_in_the_room() -> None:
    absent = Member(9, "M9", "Absent Annie", "nurse", position=9)
    away = Member(8, "M8", "Excused Ed", "nurse", position=8, joined_at=START, excused_at=START)
    now = session(small(), acts(("open", "own")), ())
    told = texts_of(report(replace(now, members=(*now.members, away, absent)), COACH))

    assert "Dana Whitfield, Principal\nLena Marsh, Assistant K-2\nGrace Yoon, Counselor" in told
    assert not [text for text in told if "Annie" in text or "Ed" in text]
    assert "It is under way. Open now: Own, in the part “All of it”." in told


def test_what_is_to_be_done_has_a_person_and_a_day() -> None:
    (done,) = section(report(demo(), COACH), "What we do next")

    assert isinstance(done, Grid)
    assert done.head == ("What", "Who", "When")
    assert done.rows[:2] == (
        ("Look at the priority again", "all of us", "May 30, 2025"),
        ("Hand over: Approve every supply order and trip form (60 min a week)", "Dana", ""),
    )
    assert done.rows[-1] == (
        "Keep an eye on: Life after ESSER: positions and programs",
        "Dana",
        "we work through it in the Resource Map",
    )
    assert len(done.rows) == 22


def test_decisions_go_to_whoever_approves_them_and_endings_to_whoever_tells() -> None:
    (done,) = section(report(of("resource_mapping"), COACH), "What we do next")

    assert isinstance(done, Grid)
    assert done.rows[1:3] == (
        ("Approve: Instructional coach, Two instructional assistants, Reading software licenses", "the district", ""),
        ("Instructional coach: Coach post becomes 0.6 coaching; district checks plan", "Dana", "Aug 9, 2024"),
    )


def test_what_is_not_known_yet_is_open() -> None:
    assert section(report(of("root_cause_coaching"), COACH), "What is still open") == [
        Lines(("We do not know yet: How much the different routines matter once time is protected",))
    ]


@pytest.mark.parametrize("slug", THREE)
def test_every_picture_stands_with_its_sentence_and_the_same_as_a_table(slug: str) -> None:
    found = figures(report(of(slug), COACH))

    assert len(found) >= 7
    assert all(one.title and one.alt and one.grid.rows and one.grid.small for one in found)
    assert all(len(row) == len(one.grid.head) for one in found for row in one.grid.rows)


def test_a_step_tells_what_was_asked_what_came_out_and_its_numbers() -> None:
    pieces = section(report(demo(), COACH), "Part 2 of 5 · The list")
    start = pieces.index(Heading("Which one comes first, for now?", 3))
    asked, counted, said, drawn, numbers = pieces[start + 1 :]

    assert asked == Words(demo().workbook.step("sort").do, "asked")
    assert counted == Words("8 of 8 answered.", "small")
    assert said == Words("5 different first picks. Pick any two of us: about 1 time in 7 they chose the same.", "said")
    assert isinstance(drawn, Figure)
    assert isinstance(numbers, Grid)
    assert numbers.rows == (
        ("First-pick agreement: first pick", "14%", "split", "8"),
        ("Largest share: first pick", "38%", "", "8"),
    )


def test_a_second_round_is_told_after_the_first() -> None:
    pieces = section(report(demo(), COACH), "Part 4 of 5 · The sentence")

    assert Words("8 of 8 answered. Second round: 8 of 8 answered.", "small") in pieces
    assert Words("Second round: Everyone is at 3 or above. Our hands came closer together.", "said") in pieces


def test_formulas_have_the_floors_that_the_workbook_gives_them() -> None:
    told = section(report(demo(), COACH), "How the numbers are computed")

    assert isinstance(told[-1], Facts)
    assert dict(told[-1].pairs)["First-pick agreement"].endswith(
        "\nfrom 2 answers\nranges: split, part from 0.3, strong from 0.6"
    )


def test_what_was_handed_on_stands_with_where_it_is_from_and_what_it_says_now() -> None:
    text = {"text": "More children read"}
    carry = Carry("priority.current", 1, text, START, 7, title="One Priority", slug="priority_setting")
    newer = replace(carry, version=2, value={"text": "All children read"})
    now = replace(
        of("root_cause_coaching"),
        newer={"priority.current": newer},
        built_on={"priority.current": carry},
        carries={"priority.current": text},
    )

    assert section(report(now, COACH), "What we build on") == [
        Facts(
            (
                (
                    "Our one priority",
                    "More children read\nfrom One Priority, May 14, 2024\nIt says now: All children read",
                ),
            )
        )
    ]


def test_shared_notes_of_the_coach_come_last_before_the_numbers() -> None:
    made = report(demo(), COACH, [Note("Lena spoke second", "4:22 · The talk"), Note("Visit in June")])

    assert [text for _, text in headings(made.rest)][-2:] == ["Notes of the coach", "How the numbers are computed"]
    assert section(made, "Notes of the coach")[-1] == Lines(("4:22 · The talk: Lena spoke second", "Visit in June"))
    assert "Notes of the coach" not in texts_of(report(demo(), COACH))


# --------------------------------------------------------------------------------------------------- who may see what


def test_no_guess_about_a_colleague_and_no_hand_stands_beside_a_name() -> None:
    told = texts_of(report(demo(), COACH))
    guesses = [row["cells"]["expect"] for r in demo().responses if r.field == "expectations" for row in r.value]

    assert len(guesses) == 16
    assert [guess for guess in guesses if guess in told] == []
    names = {member.name for member in demo().members} | {member.name.split()[0] for member in demo().members}
    hands = next(one for one in figures(report(demo(), COACH)) if one.title == "Hands")
    assert not names & {cell for row in hands.grid.rows for cell in row}


def test_first_hunches_stand_without_names_in_an_order_that_tells_nothing() -> None:
    pieces = section(report(of("root_cause_coaching"), COACH), "Part 1 of 5 · What we see")
    hunches = pieces[pieces.index(Heading("Right now I think the cause is…", 4)) + 1]

    assert isinstance(hunches, Lines)
    assert len(hunches.texts) == 8
    assert list(hunches.texts) == sorted(hunches.texts, key=str.casefold)


def test_a_talk_with_the_coach_stays_between_two() -> None:
    now = changed(of("root_cause_coaching"), "coach_talk", "goal", "A goal of my own", "M1")
    talked = replace(now, acts=(Act(0, START, "open", "coach_talk"), *now.acts))
    told = texts_of(report(talked, COACH))

    assert "A goal of my own" not in told
    assert "You and your coach" not in told


def test_before_anything_is_shown_no_word_of_anybody_stands_in_it() -> None:
    told = texts_of(report(hidden(demo()), COACH))
    kept = {text for r in demo().responses if r.author_kind == "team" for text in str(r.value).split("'")}
    own = {r.value for r in demo().responses if r.author_kind == "member" and isinstance(r.value, str)} - kept

    assert own & set(told) == set()
    assert "Nothing of it is shown." in told
    assert figures(report(hidden(demo()), COACH)) == []
    # Ideas that the list is made from are not on show, and their ids would tell nobody anything.
    assert "Made from" not in told


def test_whoever_looks_from_outside_reads_no_word_and_no_name() -> None:
    told = texts_of(report(demo(), Viewer("viewer")))

    assert "8 people" in told
    names = [member.name for member in demo().members]
    assert [text for text in told if any(name in text for name in names)] == []
    assert "More of our grade 1-3 students can decode on level by spring" not in told


# ----------------------------------------------------------------------------------------------------------- odd teams


@pytest.mark.parametrize("slug", THREE)
@pytest.mark.parametrize("keys", [("M1",), ("M1", "M2", "M3")], ids=["one", "three"])
def test_small_teams_have_a_report(slug: str, keys: tuple[str, ...]) -> None:
    made = report(only(of(slug), *keys), COACH)

    people = dict(next(piece for piece in made.rest if isinstance(piece, Facts)).pairs)["In the room"]
    assert len(people.splitlines()) == len(keys)
    assert len(headings(made.rest)) >= 6


@pytest.mark.parametrize("slug", THREE)
def test_where_nobody_wrote_anything_it_says_so(slug: str) -> None:
    made = report(blank(of(slug)), COACH)

    assert made.first == (Words("There is nothing to take home yet."),)
    assert "Nothing was written." in texts_of(made)


def test_before_the_first_step_it_tells_only_what_it_is_of() -> None:
    assert [text for _, text in headings(report(lobby(), COACH).rest)] == ["About this session"]
    assert "It has not begun." in texts_of(report(lobby(), COACH))


def test_steps_that_wait_are_left_out_or_not_shown_are_told_apart() -> None:
    now = session(
        small(), acts(("open", "own"), ("skip", "list"), ("open", "bye")), [answer("own", "words", "M1", "A secret")]
    )
    told = texts_of(report(now, COACH))

    assert [text for text in told if text.startswith(("Not ", "Left "))] == [
        "Not shown yet: Own.",
        "Left out: List.",
        "Not reached: Order.",
    ]
    assert "A secret" not in told


def test_paper_is_letter_where_the_clock_stands_in_america() -> None:
    meeting = replace(demo().meeting, timezone="Europe/Berlin")

    assert report(demo(), COACH).letter
    assert not report(replace(demo(), meeting=meeting), COACH).letter


def test_everything_that_was_typed_stands_in_it_as_it_was_typed() -> None:
    told = texts_of(report(hostile(), COACH))

    assert set(HOSTILE.values()) <= set(told)


def test_rows_of_a_wide_table_tell_their_cells_in_one() -> None:
    listed = next(
        piece
        for piece in section(report(of("resource_mapping"), COACH), "Part 1 of 5 · The whole list")
        if isinstance(piece, Grid) and piece.caption == "Everything we do"
    )
    assert listed.head == ()
    assert listed.rows[0][0] == "Small-group decoding lessons K-3"
    assert listed.rows[0][1].startswith("What it is for, and what it takes: Daily groups of five")
    assert " · Fund: Title I · " in listed.rows[0][1]
    assert listed.rows[0][1].endswith(" · Since: 2022")
