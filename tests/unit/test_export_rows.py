from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from export_cases import MEMBERS, START, TOML, acts, answer, session, small, table

from mira_workbook.content.load import parse
from mira_workbook.exports import csv, rows
from mira_workbook.records import Member, Pair, Response, Snapshot
from mira_workbook.rules.sight import Viewer
from mira_workbook.rules.stage import fold

COACH = Viewer("coach")
IDEAS = {"lists": {"ideas": [["C1", "One"], ["C2", "Two"]]}}
GIVEN = (
    answer("own", "words", "M1", 'One, "two"\nthree'),
    answer("own", "mood", "M1", 2),
    answer("own", "words", "M2", "=1+1", late=True, entered_by="M1"),
    answer("own", "mood", "M2", {"dk": True}),
    answer("own", "notes", "M1", table({"": "AAAA", "note": "First", "cost": 12.5, "kinds": ["a", "b"]})),
)


def told(snapshot: Snapshot, viewer: Viewer = COACH) -> list[rows.Row]:
    return list(rows.rows(snapshot, fold(snapshot.acts, snapshot.workbook), viewer))


def brief(found: Iterable[rows.Row], *names: str) -> list[tuple[object, ...]]:
    return [tuple(getattr(row, name) for name in names) for row in found]


def test_the_long_table_of_a_named_step_reads_like_this() -> None:
    shown = session(small(), acts(("open", "own"), ("reveal", "own")), GIVEN, members=MEMBERS[:2])
    head = ",".join(column.name for column in rows.COLUMNS)
    first, last = "tupelo-branch,1,small,K7M4QX,,own,1,", small().hash()[:12]
    one, two = f"{first}M1,administrator,", f"{first}M2,assistant,"
    sent = f"2024-05-14T19:03:00Z,{last}"

    assert csv.write(rows.table(tuple(told(shown)))).decode("utf-8-sig").split("\r\n") == [
        head,
        f'{one}words,,,,"One, ""two""\nthree",,,FALSE,submitted,FALSE,,{sent}',
        f"{two}words,,,,'=1+1,,,FALSE,submitted,TRUE,M1,{sent}",
        f"{one}mood,,,,middle,2,1–3,FALSE,submitted,FALSE,,{sent}",
        f"{two}mood,,,,,,1–3,TRUE,dk,FALSE,,{sent}",
        f"{one}why,,,,,,,FALSE,skipped,FALSE,,,{last}",
        f"{two}why,,,,,,,FALSE,skipped,FALSE,,,{last}",
        f"{one}notes.note,AAAA,,,First,,,FALSE,submitted,FALSE,,{sent}",
        f"{one}notes.cost,AAAA,,,,12.5,USD,FALSE,submitted,FALSE,,{sent}",
        f"{one}notes.kinds,AAAA,,a,Alpha,,,FALSE,submitted,FALSE,,{sent}",
        f"{one}notes.kinds,AAAA,,b,Beta,,,FALSE,submitted,FALSE,,{sent}",
        f"{two}notes.note,,,,,,,FALSE,blank,FALSE,,,{last}",
        f"{two}notes.cost,,,,,,USD,FALSE,blank,FALSE,,,{last}",
        f"{two}notes.kinds,,,,,,,FALSE,blank,FALSE,,,{last}",
        "",
    ]


def test_every_expected_author_has_a_row_whatever_became_of_the_answer() -> None:
    given = (answer("own", "words", "M1", "Here"), answer("own", "words", "M2", "Taken back", state="withdrawn"))
    drafting = frozenset({("M3", "own")})
    found = told(session(small(), acts(("open", "own"), ("reveal", "own")), given, drafting=drafting))

    words = [row for row in found if row.field == "words"]
    assert brief(words, "author", "status", "value_text") == [
        ("M1", "submitted", "Here"),
        ("M2", "withdrawn", ""),
        ("M3", "draft", ""),
    ]


def test_nothing_is_there_before_the_reveal_and_while_it_is_hidden() -> None:
    opened = session(small(), acts(("open", "own")), GIVEN)
    hidden = session(small(), acts(("open", "own"), ("reveal", "own"), ("hide", "own")), GIVEN)

    assert told(opened) == []
    assert told(hidden) == []


def test_a_session_that_ended_shows_what_was_never_revealed_but_not_what_is_anonymous() -> None:
    given = (*GIVEN, answer("bye", "word", "4f1c", "Tired", author_kind="anon"))
    ended = session(small(), acts(("open", "own"), ("open", "bye"), ("end", "")), given)

    assert {row.step for row in told(ended)} == {"own"}


def test_a_role_step_carries_labels_with_numbers_and_no_times() -> None:
    members = (*MEMBERS, Member(4, "M4", "Ida Hill", "Grade 4", "teacher_35", 2325, 4, START))
    given = [answer("rank", "order", key, ["C2", "C1"]) for key in ("M1", "M2", "M3", "M4")]
    found = told(session(small(), acts(("open", "rank", IDEAS), ("reveal", "rank")), given, members=members))

    orders = [row for row in found if row.field == "order"]
    named = sorted(" ".join(row.author.split()[:-1]) for row in orders[::2])
    assert named == ["support staff", "support staff", "team member", "team member"]
    assert sorted(row.author.split()[-1] for row in orders[::2]) == ["1", "2", "3", "4"]
    assert {(row.author_role_group, row.submitted_at, row.entered_by) for row in orders} == {("", "", "")}
    assert brief(orders[:2], "item_id", "value_text", "value_num") == [("C2", "Two", 1), ("C1", "One", 2)]


def test_an_order_that_is_missing_is_missing_for_each_item() -> None:
    found = told(session(small(), acts(("open", "rank", IDEAS), ("reveal", "rank")), (), members=MEMBERS[:1]))

    assert brief(found, "field", "item_id", "status") == [
        ("order", "C1", "blank"),
        ("order", "C2", "blank"),
        ("ok", "", "blank"),
    ]


def test_a_tick_is_a_word_and_a_number() -> None:
    given = [answer("rank", "ok", "M1", True), answer("rank", "ok", "M2", False)]
    found = told(session(small(), acts(("open", "rank", IDEAS), ("reveal", "rank")), given, members=MEMBERS[:2]))

    ticks = [row for row in found if row.field == "ok"]
    assert sorted(brief(ticks, "value_text", "value_num")) == [("No", 0), ("Yes", 1)]


@pytest.mark.parametrize("sealed", [False, True])
def test_anonymous_answers_are_numbered_in_the_order_of_their_hashes_before_and_after_the_seal(*, sealed: bool) -> None:
    names = ("anon_01", "anon_02") if sealed else ("1c90", "e07f")
    saved = None if sealed else START
    given = [
        answer("bye", "word", name, word, author_kind="anon", saved_at=saved)
        for name, word in zip(names, ("Hopeful", "Tired"), strict=True)
    ]
    found = told(session(small(), acts(("open", "bye"), ("reveal", "bye")), given))

    assert brief(found, "author", "author_role_group", "value_text", "status", "submitted_at") == [
        ("anon_01", "", "Hopeful", "submitted", ""),
        ("anon_02", "", "Tired", "submitted", ""),
        ("anon_03", "", "", "blank", ""),
    ]


def test_a_label_is_told_only_while_the_answers_it_comes_from_are_on_show() -> None:
    pinned = {"lists": {"notes": [["AAAA", "A secret note"]]}}
    ideas = answer("list", "ideas", "TEAM", table({"": "C1", "label": "Ours", "sources": ["AAAA"]}))
    done = acts(("open", "own"), ("reveal", "own"), ("open", "list", pinned), ("hide", "own"))
    hidden = told(session(small(), done, (*GIVEN, ideas)))
    shown = told(session(small(), done[:3], (*GIVEN, ideas)))

    assert brief([r for r in hidden if r.field == "ideas.sources"], "value_id", "value_text") == [("AAAA", "")]
    assert brief([r for r in shown if r.field == "ideas.sources"], "value_id", "value_text") == [
        ("AAAA", "A secret note")
    ]


def test_who_joins_after_the_reveal_or_was_excused_is_not_expected() -> None:
    late = replace(MEMBERS[1], joined_at=START + timedelta(hours=1))
    gone = replace(MEMBERS[2], excused_at=START)
    opened = session(small(), acts(("open", "own"), ("reveal", "own")), (), members=(MEMBERS[0], late, gone))

    assert {row.author for row in told(opened)} == {"M1"}


def test_rows_stand_in_the_same_order_whatever_the_order_of_the_answers() -> None:
    done = acts(("open", "own"), ("reveal", "own"))
    given: tuple[Response, ...] = GIVEN

    assert told(session(small(), done, given)) == told(session(small(), done, reversed(given)))


def test_a_viewer_without_a_seat_gets_nothing() -> None:
    assert told(session(small(), acts(("open", "own"), ("reveal", "own")), GIVEN), Viewer("viewer")) == []


def test_a_pair_answers_once_under_its_own_name() -> None:
    paired = parse(TOML.replace('mode = "team"', 'mode = "pair"'), "small.toml")
    done = acts(("open", "list"), ("reveal", "list"))
    given = [answer("list", "by", "PAIR1", "2024-06-01", author_kind="pair")]
    found = told(session(paired, done, given, pairs=(Pair(1, (1, 2)), Pair(2, (3,)))))

    assert brief([row for row in found if row.field == "by"], "author", "value_text", "status") == [
        ("PAIR1", "2024-06-01", "submitted"),
        ("PAIR2", "", "blank"),
    ]


def test_a_facilitators_field_that_the_team_filled_is_not_missing_from_the_facilitator() -> None:
    led = parse(TOML.replace('mode = "team"', 'mode = "facilitator"'), "small.toml")
    found = told(session(led, acts(("open", "list")), [answer("list", "by", "TEAM", "2024-06-01")]))

    assert brief(found, "field", "author", "status") == [
        ("ideas.label", "FACIL", "blank"),
        ("ideas.sources", "FACIL", "blank"),
        ("by", "TEAM", "submitted"),
    ]


def test_a_second_round_has_its_own_rows_and_none_for_what_the_team_did_before() -> None:
    done = acts(("open", "rank", IDEAS), ("reveal", "rank"), ("round", "rank"), ("reveal", "rank/2"))
    given = [answer("rank", "order", "M1", ["C1", "C2"]), answer("rank", "order", "M1", ["C2", "C1"], round=2)]
    found = told(session(small(), done, given, members=MEMBERS[:1]))

    assert brief([row for row in found if row.field == "order"], "round", "item_id", "value_num") == [
        (1, "C1", 1),
        (1, "C2", 2),
        (2, "C2", 1),
        (2, "C1", 2),
    ]
