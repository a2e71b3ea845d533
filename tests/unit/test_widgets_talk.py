"""One voice at a time on members' pages, two pens on one text, and writing for somebody without a device."""

import pytest
from desks import SENTENCE, Sitting, places, sit_down, to_rank, to_role_priority, to_sort
from tiny import Ticking

from mira_workbook.rules import led
from mira_workbook.store import Store
from mira_workbook.widgets.desk import Desk

LINE = "late news means late help"


@pytest.fixture
def talk(sqlite_store: Store, clock: Ticking) -> Sitting:
    """Three people at their own pace, each with a first pick of their own, before the first turn."""
    sitting = sit_down(sqlite_store, clock, 3)
    to_sort(sitting)
    for who in range(3):
        values = {"places": places(sitting.fields(who)["places"], f"C{who + 1}"), "true_if": LINE}
        assert "saved_at" in sitting.submit(who, values)
    sitting.go()
    sitting.go()
    sitting.wait(61)
    return sitting


def texts(sitting: Sitting, who: int) -> list[str]:
    """What a page says, block by block; buttons as [id]."""
    said = []
    for block in sitting.look(who)["blocks"]:
        if block["kind"] == "buttons":
            said += [f"[{b['id']}]" for b in block["buttons"]]
        else:
            said.append(block.get("text") or " | ".join(block.get("items", block.get("lines", ()))))
    return said


# ---------------------------------------------------------------- the talk


def test_who_holds_a_pick_is_asked_quietly_and_no_name_comes_up_before_a_yes(talk: Sitting) -> None:
    label = {o.id: o.label for o in talk.stage.options("candidates")}
    assert texts(talk, 0)[:6] == [
        "You put this first:",
        label["C1"],
        "Would you speak for it, one minute?",
        "[speak:yes]",
        "[speak:no]",
        "Nobody sees this. Your name comes up with your turn, if you say yes.",
    ]
    talk.press(0, "speak:yes")
    assert texts(talk, 0)[:2] == [f"You speak for “{label['C1']}” when its turn comes.", "[speak:no]"]
    talk.press(1, "speak:no")
    assert "Would you speak for it, one minute?" not in texts(talk, 1)
    assert "Ana" not in "".join(texts(talk, 1))


def test_lines_for_a_pick_that_its_row_has_no_room_for_stand_beside_it(sqlite_store: Store, clock: Ticking) -> None:
    sitting = sit_down(sqlite_store, clock, 3)
    to_sort(sitting)
    lines = [f"{n} <b>children</b> miss the lesson of the day that they would need, week after week" for n in "359"]
    for who in range(3):
        values = {"places": places(sitting.fields(who)["places"], "C1"), "true_if": lines[who]}
        assert "saved_at" in sitting.submit(who, values)
    sitting.go()
    sitting.go()
    sitting.wait(61)
    sitting.press(0, "pen:take")
    picks = sitting.fields(0)["picks"]
    (row,) = picks["fixed"]
    assert picks["value"] == [{"row_id": "C1", "cells": {"would_need_to_be_true": f"{lines[0]}; {lines[1]}"}}]
    assert row["help"] == f"Said earlier: {lines[2]}"
    (reply,) = sitting.send(
        0, "picks", [{"row_id": "C1", "cells": {"would_need_to_be_true": "All three of us say so"}}]
    )
    assert "saved_at" in reply
    assert sitting.fields(0)["picks"]["fixed"] == [row]


def test_in_a_turn_one_speaks_and_the_others_may_only_ask(talk: Sitting) -> None:
    voices = [o.id for o in talk.stage.options("first_picks")]
    label = {o.id: o.label for o in talk.stage.options("candidates")}
    for who in range(3):
        talk.press(who, "speak:yes")
    (first,) = [b for b in talk.look(1)["buttons"] if b["id"] == "voice"]
    assert first["label"] == f"First voice: {label[voices[0]]}"
    talk.press(1, "voice")
    speaker = int(voices[0][1:]) - 1
    listener, other = [who for who in range(3) if who != speaker]
    mine = talk.look(speaker)
    assert (mine["title"], texts(talk, speaker)) == (
        "Your minute",
        [f"“This should come first if it is true that {LINE}.”", "about 2 min"],
    )
    theirs = talk.look(listener)
    assert theirs["title"] == "Look up"
    name = talk.snapshot.members[speaker].name
    assert texts(talk, listener) == [f"{name} speaks for", label[voices[0]], "You may only ask.", "[ask:on]"]
    assert theirs["announce"] == f"{name} speaks for {label[voices[0]]}. You may only ask."
    assert [f["field"] for page in theirs["pages"] for f in page["fields"]] == ["also_helps"]
    talk.press(listener, "ask:on")
    assert texts(talk, listener)[-2:] == ["Noted. Everybody sees it.", "[ask:off]"]
    asker = talk.snapshot.members[listener].name
    assert texts(talk, other)[-1] == f"{asker} wants to ask."
    talk.press(listener, "ask:off")
    assert texts(talk, listener)[-1] == "[ask:on]"


def test_the_next_voice_comes_with_anybodys_tap_once(talk: Sitting) -> None:
    talk.press(0, "voice")
    talk.press(1, "voice")
    assert talk.stage.turn == 1
    talk.wait(5)
    talk.press(1, "voice")
    assert talk.stage.turn == 2
    talk.wait(5)
    talk.press(1, "voice")
    assert "voice" not in talk.buttons(0)


def test_a_voice_that_nobody_speaks_for_is_heard_all_the_same(talk: Sitting) -> None:
    talk.press(0, "voice")
    assert texts(talk, 0)[0] == "We hear what speaks for"


# ---------------------------------------------------------------- two pens


@pytest.fixture
def sentence(sqlite_store: Store, clock: Ticking) -> Sitting:
    """Three people at the sentence."""
    sitting = sit_down(sqlite_store, clock, 3)
    to_rank(sitting)
    sitting.everyone(lambda _who, fields: {"order": sorted(o["id"] for o in fields["order"]["options"])})
    sitting.go()
    sitting.go()
    return sitting


def locked(sitting: Sitting, who: int) -> dict[str, bool]:
    """Each page of the step to whether this person may only read it."""
    return {page["title"]: all(f["locked"] for f in page["fields"]) for page in sitting.look(who)["pages"]}


def test_each_page_of_a_team_text_has_a_pen_of_its_own(sentence: Sitting) -> None:
    sentence.press(0, "pen:take:1")
    sentence.press(1, "pen:take:2")
    assert locked(sentence, 0) == {"The sentence": False, "How we will know": True}
    assert locked(sentence, 1) == {"The sentence": True, "How we will know": False}
    assert [page["pen"]["text"] for page in sentence.look(2)["pages"]] == [
        "Ana holds the pen.",
        "Ben holds the pen.",
    ]
    (reply,) = sentence.send(0, "done_test", "We call it tackled when 94 of 156 are there")
    assert "error" in reply
    (reply,) = sentence.send(1, "done_test", "We call it tackled when 94 of 156 are there")
    assert reply["draft"] is False


def test_a_text_of_two_pages_is_finished_when_both_pens_have_sent_theirs(sentence: Sitting) -> None:
    sentence.press(0, "pen:take:1")
    sentence.press(1, "pen:take:2")
    first = {"candidate_id", "text", "for_whom", "why_now"}
    for name, value in SENTENCE.items():
        (reply,) = sentence.send(0 if name in first else 1, name, value)
        assert "error" not in reply, (name, reply)
    reply = sentence.submit(0, {k: v for k, v in SENTENCE.items() if k in first}, passed=["text||W_two_aims"])
    assert "saved_at" in reply, reply
    assert sentence.snapshot.team_answer("statement", "done_test") == SENTENCE["done_test"]
    assert sentence.snapshot.team_answer("statement", "review_date") is None
    assert ("statement", 1) not in sentence.stage.done
    reply = sentence.submit(1, {k: v for k, v in SENTENCE.items() if k not in first})
    assert "saved_at" in reply, reply
    assert sentence.snapshot.team_answer("statement", "review_date") is not None
    assert ("statement", 1) in sentence.stage.done


def test_one_pen_does_not_finish_what_the_other_has_not_saved(sentence: Sitting) -> None:
    sentence.press(0, "pen:take:1")
    sentence.press(1, "pen:take:2")
    reply = sentence.submit(1, dict(SENTENCE), passed=["text||W_two_aims"])
    assert "saved_at" in reply, reply
    assert sentence.snapshot.team_answer("statement", "done_test") == SENTENCE["done_test"]
    assert sentence.snapshot.team_answer("statement", "text") is None
    assert ("statement", 1) not in sentence.stage.done
    assert "Your card is saved. The other one is still being written." in sentence.words(1)
    reply = sentence.submit(0, dict(SENTENCE), passed=["text||W_two_aims"])
    assert "saved_at" in reply, reply
    assert ("statement", 1) in sentence.stage.done


def test_a_retry_is_answered_though_another_pen_has_taken_one_of_the_pages_since(sentence: Sitting) -> None:
    sentence.press(0, "pen:take:1")
    sentence.press(0, "pen:take:2")
    # A page whose process dies between saving and saying that the text is done.
    desk, step = sentence.desks[0], sentence.snapshot.workbook.step("statement")
    values = {"text": SENTENCE["text"], "for_whom": SENTENCE["for_whom"], "measure": SENTENCE["measure"]}
    first = desk.saver.save(desk.room(), step, values, "cut-off", team=True)
    sentence.press(0, "pen:pass:2")
    sentence.press(1, "pen:take:2")
    assert locked(sentence, 1) == {"The sentence": True, "How we will know": False}
    sent = {"value": {"values": dict(SENTENCE), "passed": ["text||W_two_aims"]}, "save_key": "cut-off"}
    (again,) = sentence.send(sentence.reload(0), "$submit", **sent)
    assert (again["saved_at"], again["draft"]) == (desk.room().clock(first.saved_at), False)
    assert [r.field for r in sentence.snapshot.responses if r.step == "statement"] == ["text", "for_whom", "measure"]


def test_who_holds_no_pen_cannot_finish_the_text(sentence: Sitting) -> None:
    sentence.press(1, "pen:take:1")
    sentence.press(1, "pen:take:2")
    reply = sentence.submit(0, dict(SENTENCE), passed=["text||W_two_aims"])
    assert "saved_at" not in reply
    assert ("statement", 1) not in sentence.stage.done


# ---------------------------------------------------------------- for somebody without a device


@pytest.fixture
def four(sqlite_store: Store, clock: Ticking) -> Sitting:
    """Three people with a page and one without, at the warm-up."""
    sitting = sit_down(sqlite_store, clock, 3, away=1)
    to_role_priority(sitting)
    return sitting


MINE = {"text": "Know my group plan early", "why": "I get told at the door every day"}


def test_the_menu_offers_to_write_for_who_has_no_device(four: Sitting) -> None:
    menu = [b["label"] for b in four.look(0)["foot"]["menu"]]
    assert "Enter for someone" in menu
    four.press(0, "menu:scribe")
    doc = four.look(0)
    assert doc["title"] == "Enter for someone"
    assert [b["label"] for b in doc["buttons"]] == ["Dot", "Back to the open step"]


def test_what_is_entered_counts_for_that_person_and_says_by_whom(four: Sitting) -> None:
    four.press(0, "scribe:for:M4")
    doc = four.look(0)
    assert four.lines(0) == ["You are writing for Dot. [Back to my page]"]
    assert (doc["key"], doc["foot"]["menu"]) == ("role_priority:1:answer:M4", [])
    four.send(0, "text", "Know my")
    assert four.fields(0)["text"]["value"] == "Know my"
    four.submit(0, MINE)
    assert four.snapshot.answers("role_priority", "text") == {"M4": MINE["text"]}
    assert {r.entered_by for r in four.snapshot.responses if r.author == "M4"} == {"M1"}
    four.press(0, "scribe:back")
    assert four.look(0)["key"] == "role_priority:1:answer"
    assert four.fields(0)["text"]["value"] is None


def test_a_scribe_moves_nothing_in_somebodys_name(four: Sitting) -> None:
    four.press(0, "scribe:for:M4")
    before = four.snapshot.acts
    for button in ("go", "undo", "pen:take", "row:take:C1", "menu:help", "ask:on"):
        four.press(0, button)
    assert four.snapshot.acts == before


def test_another_scribe_sees_that_the_answer_is_in_and_not_what_it_is(four: Sitting) -> None:
    four.press(0, "scribe:for:M4")
    four.submit(0, MINE)
    four.press(0, "scribe:back")
    four.press(1, "scribe:for:M4")
    four.press(1, "late:role_priority")
    assert MINE["text"] not in four.words(1)
    assert MINE["why"] not in four.words(1)


def test_who_gets_a_device_after_all_is_written_for_no_more(four: Sitting) -> None:
    four.press(0, "scribe:for:M4")
    four._sit(four.snapshot.members[3].id, "M4")
    assert four.look(0)["key"] == "role_priority:1:answer"
    assert "Dot answers on their own device now." in four.lines(0)
    assert four.submit(0, MINE).get("saved_at")
    assert set(four.snapshot.answers("role_priority", "text")) == {"M1"}


def test_orders_and_hands_are_entered_like_words(sqlite_store: Store, clock: Ticking) -> None:
    sitting = sit_down(sqlite_store, clock, 3, away=1)
    to_rank(sitting)
    sitting.press(0, "scribe:for:M4")
    sitting.submit(0, {"order": sorted(o["id"] for o in sitting.fields(0)["order"]["options"])})
    sitting.press(0, "scribe:back")
    assert sitting.snapshot.answers("rank", "order") == {"M4": ["C1", "C2", "C3"]}
    assert sitting.look(1)["key"] == "rank:1:answer"


# ---------------------------------------------------------------- where somebody leads


def test_the_one_who_leads_asks_a_member_to_write_for_somebody(sqlite_store: Store, clock: Ticking) -> None:
    sitting = sit_down(sqlite_store, clock, 3, pace="led", away=1)
    sitting.lead(led.next_step())
    sitting.lead(led.next_step())
    assert "Enter for someone" not in str(sitting.look(0)["foot"])
    sitting.lead(led.scribe("M1", "M4"))
    assert "The facilitator asks you to write for Dot. [Write for Dot]" in sitting.lines(0)
    sitting.press(0, "scribe:for:M4")
    sitting.submit(0, MINE)
    assert {r.entered_by for r in sitting.snapshot.responses if r.author == "M4"} == {"M1"}


def test_a_table_screen_writes_the_teams_words_and_what_the_facilitator_decides(
    sqlite_store: Store, clock: Ticking
) -> None:
    sitting = sit_down(sqlite_store, clock, 3, pace="led")
    sitting.lead(led.next_step())
    seat = sitting.store.take_seat("leads", sitting.session.id, "facilitator")
    doors = sitting.desks[0].doors
    table = Desk(type(doors)(sitting.store, seat, "FACIL", pages="/"))  # type: ignore[call-arg]
    sitting.desks.append(table)
    assert sitting.look(3)["key"] == "open:1:together"
    assert [f for f, doc in sitting.fields(3).items() if not doc["locked"]] == [
        "support_needed",
        "fallback_decider",
        "review_date",
        "figures",
    ]
    reply = sitting.submit(3, {})
    assert "saved_at" in reply, reply
    assert sitting.snapshot.team_answer("open", "support_needed") == "all"
