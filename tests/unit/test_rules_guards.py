"""Who may save what, and when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from desks import priority_setting
from export_cases import MEMBERS, START, acts
from tiny import TINY

from mira_workbook.content.definition import Workbook
from mira_workbook.errors import MiraError, RightError, SessionClosed, StepLocked
from mira_workbook.judging import Ledger, Verdict
from mira_workbook.records import Entry, Meeting, Seat, Session, Team
from mira_workbook.rules.guards import may_record

TINY_BOOK = Workbook.model_validate(TINY)
DANA = Seat(1, 1, 1, "member", 1, "M1")
FACILITATOR = Seat(2, 1, 1, "facilitator")
OLD_PAGE = "This page is older than the workbook. Load it again; your saved answers are safe."
NOT_YOURS = "This is not yours to write from here. Load the page again."
NOT_OPEN = "This step is not open yet. We are still on an earlier one."
ALREADY_SHOWN = "Results are shown. Your answer stays as it was."
CLOSED = "This step is closed. Undo goes back to it."


def ledger(*done: Any, workbook: Workbook = TINY_BOOK, pace: Any = "own", **other: Any) -> Ledger:
    meeting = Meeting(1, "K7M4QX", "", pace, "America/New_York", START)
    team = Team(1, "tupelo-branch", "Tupelo Branch Elementary")
    return Ledger(meeting, Session(1, 1, 1), team, MEMBERS, acts(*done), workbook, START, **other)


def entry(step: str, *fields: str, kind: Any = "member", **other: Any) -> Entry:
    author = other.pop("author", {"member": "M1", "team": "TEAM", "facilitator": "FACIL"}.get(kind, ""))
    return Entry(step, other.pop("round_", 1), "k1", dict.fromkeys(fields, "x"), kind, author, **other)


def refused(wrong: type[MiraError], now: Ledger, what: Entry, seat: Seat = DANA) -> str:
    with pytest.raises(wrong) as told:
        may_record(now, seat, what)
    return str(told.value)


def test_once_a_priority_is_closed_nothing_more_is_taken() -> None:
    told = refused(SessionClosed, ledger(("open", "think"), cycle_closed=True), entry("think", "seen"))
    assert told == "This priority's work is closed. You can read it, but nothing more is taken."


@pytest.mark.parametrize("what", [entry("nowhere", "seen"), entry("think", "seen", "nothing")])
def test_an_older_page_is_asked_to_load_again(what: Entry) -> None:
    assert refused(StepLocked, ledger(("open", "think")), what) == OLD_PAGE


@pytest.mark.parametrize(
    "seat",
    [
        replace(DANA, session_id=2),
        replace(DANA, member_id=9),
        replace(DANA, role="viewer"),
        replace(DANA, role="coach"),
        replace(FACILITATOR, meeting_id=2),
    ],
    ids=["another team", "forgotten", "viewer", "coach", "another meeting's facilitator"],
)
def test_only_members_and_this_meetings_facilitator_save(seat: Seat) -> None:
    told = refused(RightError, ledger(("open", "think")), entry("think", "seen"), seat)
    assert told == "Only members of Tupelo Branch Elementary can save here."


def test_an_answer_is_taken_while_its_step_is_open() -> None:
    assert may_record(ledger(("open", "think")), DANA, entry("think", "seen", "fit")) == Verdict()


def test_an_answer_can_be_changed_until_it_is_shown() -> None:
    now = ledger(("open", "think"), stands=frozenset({"seen"}))
    assert may_record(now, DANA, entry("think", "seen")) == Verdict()
    assert may_record(now, DANA, entry("think", "seen", state="withdrawn")) == Verdict()


def test_a_step_takes_answers_while_a_later_one_is_open() -> None:
    assert may_record(ledger(("open", "think"), ("open", "roles")), DANA, entry("think", "seen")) == Verdict()


def test_a_step_takes_nothing_before_it_opens() -> None:
    assert refused(StepLocked, ledger(), entry("think", "seen")) == NOT_OPEN


def test_nobody_answers_the_teams_fields_as_their_own() -> None:
    assert refused(RightError, ledger(("open", "agree")), entry("agree", "aim")) == NOT_YOURS


def test_a_first_answer_after_the_reveal_is_late() -> None:
    now = ledger(("open", "think"), ("reveal", "think"))
    assert may_record(now, DANA, entry("think", "seen")) == Verdict(late=True)


def test_an_answer_that_was_shown_stays() -> None:
    now = ledger(("open", "think"), ("reveal", "think"), stands=frozenset({"seen"}))
    assert refused(StepLocked, now, entry("think", "seen")) == ALREADY_SHOWN
    assert refused(StepLocked, now, entry("think", "seen", state="withdrawn")) == ALREADY_SHOWN


def test_putting_results_away_does_not_open_answers_again() -> None:
    now = ledger(("open", "think"), ("reveal", "think"), ("hide", "think"), stands=frozenset({"seen"}))
    assert refused(StepLocked, now, entry("think", "seen")) == ALREADY_SHOWN


def test_a_second_round_takes_nothing_before_it_opens() -> None:
    shown = ledger(("open", "think"), ("reveal", "think"))
    assert refused(StepLocked, shown, entry("think", "seen", round_=2)) == NOT_OPEN


def test_a_second_round_is_open_after_the_first_was_shown() -> None:
    now = ledger(("open", "think"), ("reveal", "think"), ("round", "think"))
    assert may_record(now, DANA, entry("think", "seen", round_=2)) == Verdict()


def test_after_the_reveal_nothing_comes_in_without_a_name() -> None:
    now = ledger(("open", "whisper"), ("reveal", "whisper"))
    told = refused(StepLocked, now, entry("whisper", "worry"))
    assert told == "Results are shown, so this step takes no more answers."


def test_what_waits_for_a_later_step_is_late_once_that_one_is_shown() -> None:
    book = priority_setting()
    waiting = ledger(("open", "role_priority"), ("open", "role_reveal"), workbook=book)
    assert may_record(waiting, DANA, entry("role_priority", "text", "why")) == Verdict()
    shown = ledger(("open", "role_priority"), ("open", "role_reveal"), ("reveal", "role_reveal"), workbook=book)
    assert may_record(shown, DANA, entry("role_priority", "text", "why")) == Verdict(late=True)


def test_after_the_end_nothing_is_taken_back() -> None:
    now = ledger(("open", "think"), ("end", ""), stands=frozenset({"seen"}))
    assert refused(StepLocked, now, entry("think", "seen", state="withdrawn")) == ALREADY_SHOWN


def test_the_team_writes_while_its_step_is_open() -> None:
    assert may_record(ledger(("open", "agree")), DANA, entry("agree", "aim", kind="team")) == Verdict()


def test_the_team_writes_neither_before_nor_after() -> None:
    what = entry("agree", "aim", kind="team")
    assert refused(StepLocked, ledger(("open", "think")), what) == NOT_OPEN
    assert refused(StepLocked, ledger(("open", "agree"), ("open", "think")), what) == CLOSED
    assert refused(StepLocked, ledger(("open", "agree"), ("end", "")), what) == CLOSED


def test_nobody_writes_ones_own_answer_as_the_teams() -> None:
    assert refused(RightError, ledger(("open", "think")), entry("think", "seen", kind="team")) == NOT_YOURS
    assert refused(RightError, ledger(("open", "match")), entry("match", "same", kind="team")) == NOT_YOURS


def test_a_facilitators_field_is_everybodys_where_nobody_leads() -> None:
    what = entry("agree", "decider", kind="facilitator")
    assert may_record(ledger(("open", "agree")), DANA, what) == Verdict()
    led = ledger(("open", "agree"), pace="led")
    assert refused(RightError, led, what) == "The facilitator writes this one."
    assert may_record(led, FACILITATOR, what) == Verdict()


def test_only_a_facilitator_sets_up_before_the_step_opens_and_after() -> None:
    what, book = entry("open", "support_needed", kind="facilitator"), priority_setting()
    assert may_record(ledger(workbook=book, pace="led"), FACILITATOR, what) == Verdict()
    later = ledger(("open", "open"), ("open", "role_priority"), workbook=book, pace="led")
    assert may_record(later, FACILITATOR, what) == Verdict()
    own_pace = ledger(("open", "open"), ("open", "role_priority"), workbook=book)
    assert refused(StepLocked, own_pace, what) == CLOSED


def test_what_waits_for_the_reveal_opens_with_it() -> None:
    what, book = entry("candidates", "candidates", kind="team"), priority_setting()
    told = refused(StepLocked, ledger(("open", "candidates"), workbook=book), what)
    assert told == "This opens when everyone's answers are shown."
    shown = ledger(("open", "candidates"), ("reveal", "candidates"), workbook=book)
    assert may_record(shown, DANA, what) == Verdict()


def test_how_it_was_decided_is_written_after_the_second_round_alone() -> None:
    what, book = entry("adjust", "decided_how", kind="facilitator"), priority_setting()
    first = (("open", "consent"), ("reveal", "consent"), ("open", "adjust"))
    second = ledger(*first, ("round", "consent"), workbook=book)
    assert refused(StepLocked, second, what) == CLOSED
    shown = ledger(*first, ("round", "consent"), ("reveal", "consent/2"), workbook=book)
    assert may_record(shown, DANA, what) == Verdict()


PAIRED = ("pairs", "", {"pairs": [["M1", "M2"], ["M3"]]})


def test_a_pair_saves_for_itself_while_its_step_is_open() -> None:
    what = entry("match", "same", kind="pair", author="PAIR1")
    assert may_record(ledger(("open", "match"), PAIRED), DANA, what) == Verdict()
    assert refused(StepLocked, ledger(PAIRED), what) == NOT_OPEN
    assert refused(StepLocked, ledger(("open", "match"), PAIRED, ("open", "think")), what) == CLOSED
    assert refused(StepLocked, ledger(("open", "match"), PAIRED, ("reveal", "match")), what) == ALREADY_SHOWN


def test_nobody_saves_for_another_pair_or_for_one_alone_as_a_pair() -> None:
    now = ledger(("open", "match"), PAIRED)
    told = refused(RightError, now, entry("match", "same", kind="pair", author="PAIR2"))
    assert told == "Only members of this pair can save here."
    assert refused(RightError, ledger(("open", "think"), PAIRED), entry("think", "seen", kind="pair")) == NOT_YOURS


# -------------------------------------------------------------------------------------------------------------- the pen

ROWS = [{"row_id": "C1", "cells": {"name": "Reading"}}, {"row_id": "C2", "cells": {"name": "Attendance"}}]


def penned(*done: Any, **other: Any) -> Ledger:
    return ledger(("open", "candidates"), ("reveal", "candidates"), *done, workbook=priority_setting(), **other)


def test_a_teams_words_come_from_whoever_holds_the_pen() -> None:
    what = entry("candidates", "candidates", kind="team")
    assert may_record(penned(), DANA, what) == Verdict()
    mine = penned(("pen", "candidates", {"member": "M1"}))
    theirs = penned(("pen", "candidates", {"member": "M2"}))
    assert may_record(mine, DANA, what) == Verdict()
    assert refused(StepLocked, theirs, what) == "Lena Marsh holds the pen. What you typed is kept."
    laid_down = penned(("pen", "candidates", {"member": "M2"}), ("pen", "candidates", {"member": ""}))
    assert may_record(laid_down, DANA, what) == Verdict()


def test_the_facilitator_holds_the_pen_like_anybody() -> None:
    what = entry("candidates", "candidates", kind="team")
    held = penned(("pen", "candidates", {"member": "FACIL"}), pace="led")
    assert may_record(held, FACILITATOR, what) == Verdict()
    assert refused(StepLocked, held, what) == "The facilitator holds the pen. What you typed is kept."
    assert may_record(penned(pace="led"), FACILITATOR, what) == Verdict()
    theirs = penned(("pen", "candidates", {"member": "M2"}), pace="led")
    assert refused(StepLocked, theirs, what, FACILITATOR) == "Lena Marsh holds the pen. What you typed is kept."


def rows_saved(*rows: dict[str, Any]) -> Entry:
    return replace(entry("collect", "ideas", kind="team"), values={"ideas": list(rows)})


def test_a_row_that_somebody_took_is_theirs() -> None:
    now = ledger(
        ("open", "collect"), ("take", "collect", {"member": "M2", "row": "C2"}), shared={"ideas": (ROWS, ROWS)}
    )
    other = {"row_id": "C2", "cells": {"name": "Calm"}}
    mine = {"row_id": "C1", "cells": {"name": "Calm"}}
    taken = "Lena Marsh has this one. Pick another, or ask Lena Marsh."
    assert may_record(now, DANA, rows_saved(mine, ROWS[1])) == Verdict()
    assert may_record(now, DANA, rows_saved(*ROWS, {"row_id": "", "cells": {"name": "New"}})) == Verdict()
    assert refused(StepLocked, now, rows_saved(ROWS[0], other)) == taken
    assert refused(StepLocked, now, rows_saved(ROWS[0])) == taken
    assert may_record(now, replace(DANA, member_id=2, member_key="M2"), rows_saved(ROWS[0], other)) == Verdict()


def test_the_first_save_of_a_table_brings_rows_that_others_took_as_they_were_prefilled() -> None:
    took = ("take", "collect", {"member": "M2", "row": "C2"})
    now = ledger(("open", "collect"), took, shared={"ideas": ((), ())})
    assert may_record(now, DANA, rows_saved(*ROWS)) == Verdict()


def test_a_page_that_is_behind_does_not_change_what_it_did_not_touch() -> None:
    newer = [ROWS[0], {"row_id": "C2", "cells": {"name": "Calm"}}]
    took = ("take", "collect", {"member": "M2", "row": "C2"})
    now = ledger(("open", "collect"), took, shared={"ideas": (ROWS, newer)})
    assert may_record(now, DANA, rows_saved({"row_id": "C1", "cells": {"name": "Books"}}, ROWS[1])) == Verdict()


# -------------------------------------------------------------------------------------------------------------- scribes

AWAY = (*MEMBERS[:2], replace(MEMBERS[2], joined_at=None))


def scribed(*done: Any, **other: Any) -> Ledger:
    return replace(ledger(("open", "think"), *done, **other), members=AWAY)


def test_who_was_asked_enters_for_somebody_without_a_device() -> None:
    what = entry("think", "seen", author="M3", entered_by="M1")
    asked = ("scribe", "", {"by": "M1", "for": "M3"})
    assert refused(RightError, scribed(), what) == "Nobody has asked you to enter answers for Grace Yoon yet."
    assert may_record(scribed(asked), DANA, what) == Verdict()
    assert may_record(scribed(asked, ("reveal", "think")), DANA, what) == Verdict(late=True)
    over = scribed(asked, ("scribe", "", {"by": "M1", "for": "M3", "off": True}))
    assert refused(RightError, over, what) == "Nobody has asked you to enter answers for Grace Yoon yet."


def test_the_facilitator_enters_when_asked_to_and_nobody_in_their_place() -> None:
    what = entry("think", "seen", author="M3", entered_by="FACIL")
    asked = scribed(("scribe", "", {"by": "FACIL", "for": "M3"}), pace="led")
    assert may_record(asked, FACILITATOR, what) == Verdict()
    assert refused(RightError, asked, what) == "Nobody has asked you to enter answers for Grace Yoon yet."


def test_nobody_enters_for_a_person_with_a_device_or_for_a_stranger() -> None:
    asked = scribed(("scribe", "", {"by": "M1", "for": "M2"}))
    what = entry("think", "seen", author="M2", entered_by="M1")
    assert refused(StepLocked, asked, what) == "Lena Marsh answers on their own device."
    assert (
        refused(RightError, asked, replace(what, author="M9"))
        == "Only members of Tupelo Branch Elementary can save here."
    )


# ---------------------------------------------------------------------------------------------------------------- led


def test_what_was_left_out_takes_no_more_answers_until_it_is_open_again() -> None:
    left_out = ledger(("open", "think"), ("skip", "think"), pace="led")
    told = refused(StepLocked, left_out, entry("think", "seen"))
    assert told == "We leave this one out. What you typed is kept as a draft."
    again = ledger(("open", "think"), ("skip", "think"), ("open", "think"), pace="led")
    assert may_record(again, DANA, entry("think", "seen")) == Verdict()


def test_who_leads_writes_how_it_was_decided_after_the_second_round() -> None:
    what, book = entry("adjust", "decided_how", kind="facilitator"), priority_setting()
    done = (
        ("open", "consent"),
        ("reveal", "consent"),
        ("open", "adjust"),
        ("round", "consent"),
        ("reveal", "consent/2"),
    )
    now = ledger(*done, workbook=book, pace="led")
    assert may_record(now, FACILITATOR, what) == Verdict()
    assert refused(RightError, now, what) == "The facilitator writes this one."


def test_a_closed_step_of_a_led_session_is_the_facilitators_to_open() -> None:
    now = ledger(("open", "agree"), ("open", "think"), pace="led")
    told = refused(StepLocked, now, entry("agree", "aim", kind="team"))
    assert told == "This step is closed. Your facilitator can open it again."


def test_after_the_end_of_a_led_session_drafts_can_be_sent_until_midnight() -> None:
    ended = ledger(("open", "think"), ("open", "whisper"), ("end", ""), pace="led")
    what = entry("think", "seen")
    # the fourteenth of May ends at four in the morning, by Greenwich
    last = datetime(2024, 5, 15, 3, 59, 59, tzinfo=UTC)
    assert may_record(replace(ended, now=last), DANA, what) == Verdict(late=True)
    told = refused(StepLocked, replace(ended, now=last + timedelta(seconds=1)), what)
    assert told == "This meeting has ended, and the time to send what was left is over. Your draft is kept."
    assert refused(StepLocked, replace(ended, now=last, stands=frozenset({"seen"})), what) == ALREADY_SHOWN
    assert refused(StepLocked, replace(ended, now=last), replace(what, state="withdrawn")) == ALREADY_SHOWN
    assert refused(StepLocked, replace(ended, now=last), entry("roles", "wish")) == NOT_OPEN
    told = refused(StepLocked, replace(ended, now=last), entry("whisper", "worry"))
    assert told == "Results are shown, so this step takes no more answers."


def test_at_a_teams_own_pace_nothing_changes_at_midnight() -> None:
    ended = ledger(("open", "think"), ("end", ""))
    assert may_record(replace(ended, now=START + timedelta(days=3)), DANA, entry("think", "seen")) == Verdict()
