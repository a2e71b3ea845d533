"""One word for how people leave: asked with the end, without names, never waited for, shown once and then for good."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from boards import Hall, buttons, hall
from desks import Sitting, priority_setting, sit_down
from tiny import Ticking

from mira_workbook.content.load import build
from mira_workbook.content.load import load as load_file
from mira_workbook.errors import DefinitionError, StepLocked
from mira_workbook.exports import COACH, EXPORTS
from mira_workbook.exports.rows import rows
from mira_workbook.records import Entry, NewAct
from mira_workbook.rules import led
from mira_workbook.rules.moves import lead
from mira_workbook.rules.sealing import to_seal
from mira_workbook.serve.clockwork import watched
from mira_workbook.settings import shipped
from mira_workbook.store import Store

WORDS = ("calm", "hopeful", "tired", "ready", "curious", "proud", "glad", "heard")
WAITS = "Words are shown once 5 are in, so nobody can be singled out. {n} are in."
ONE_WAITS = "Words are shown once 5 are in, so nobody can be singled out. 1 is in."
Made = Callable[..., Sitting]


@pytest.fixture
def ended(store: Store, clock: Ticking) -> Made:
    """So many people, a minute after the end."""

    def made(people: int = 6, pace: Any = "own") -> Sitting:
        room = sit_down(store, clock, people, pace=pace)
        store.act(None, lambda *_: [NewAct("open", "park")], room.session.id)
        room.wait(30)
        store.act(None, lead("end"), room.session.id)
        room.wait(61)
        return room

    return made


def leave(room: Sitting, *people: int) -> None:
    for who in people:
        assert room.look(who)["key"] == "leaving:1:answer"
        assert "saved_at" in room.submit(who, {"word": WORDS[who]})


def told(room: Sitting, who: int) -> list[str]:
    """The words of the page's last blocks, from those that thank on."""
    blocks = room.look(who)["blocks"]
    lines = [text for b in blocks for text in b.get("lines", [b.get("text", "")])]
    return lines[lines.index("That is all for today. Thank you.") + 1 :]


def left(room: Sitting) -> list[str]:
    """The words as they stand on a page, in alphabetical order."""
    (words,) = [b["lines"][0] for b in room.look(0)["blocks"] if b.get("label") == "How we leave"]
    return sorted(words.split(" · "))


def exported(room: Sitting) -> str:
    """The session's JSON, as its coach may have it."""
    (file,) = EXPORTS["json"].write([room.snapshot], COACH).values()
    return file.decode()


def sealed(room: Sitting) -> list[str]:
    return [act.step for act in room.snapshot.acts if act.kind == "seal"]


def test_it_opens_with_the_end_and_is_in_no_plan_and_no_count(ended: Made) -> None:
    room = ended()
    book = room.snapshot.workbook
    assert book.leaving is not None
    assert [step.key for step in book.sitting] == [step.key for step in book.steps][:-1]
    assert (book.planned(), room.stage.state, "leaving" in room.stage.opened) == (94, "ended", True)
    page = room.look(0)
    assert [f["label"] for f in page["pages"][0]["fields"]] == ["One word for how you leave"]
    assert page["submit"]["label"] == "Send my word"
    assert page["pages"][0]["fields"][0]["attribution"]["text"].startswith("Anonymous. Shown once 5 have answered")
    room.press(0, "menu:today")
    assert "One word" not in json.dumps(room.look(0)["blocks"])


def test_before_the_end_nobody_can_leave_a_word(store: Store, clock: Ticking) -> None:
    room = sit_down(store, clock, 5)
    room.go()
    with pytest.raises(StepLocked, match="not open yet"):
        room.desks[0].doors.record(Entry("leaving", 1, "early", {"word": "calm"}))
    with pytest.raises(StepLocked):
        room.desks[0].doors.act(lead("words"))


def test_a_word_is_one_word_and_a_blank_one_is_not_sent(ended: Made) -> None:
    room = ended()
    (several,) = room.submit(0, {"word": "calm and glad"})["problems"]
    assert several["text"] == "Please shorten to one word (you have 3)."
    (blank,) = room.submit(0, {"word": " "})["problems"]
    assert blank["code"] == "E01"
    room.send(0, "word", "cal")
    assert room.snapshot.responses == ()
    assert room.fields(room.reload(0))["word"]["value"] == "cal"


def test_below_five_words_a_kind_sentence_stands_in_their_place(ended: Made) -> None:
    room = ended(6)
    leave(room, 0, 1, 2, 3)
    assert told(room, 0) == ["calm", WAITS.format(n=4)]
    assert room.buttons(0) == ["change", "menu:answers"]
    assert [word for word in WORDS if word in json.dumps(room.look(5))] == []
    with pytest.raises(StepLocked):
        room.store.act(None, lead("show"), room.session.id)


def test_from_five_words_on_anybody_may_show_them_and_nobody_adds_one_after_that(ended: Made) -> None:
    room = ended(6)
    leave(room, 0, 1, 2, 3, 4)
    assert "Show the words" in [b["label"] for b in room.look(0)["buttons"]]
    assert "go" not in room.buttons(5), "who has not sent a word is not hurried on"
    room.press(0, "go")
    assert [line.partition(" [")[0] for line in room.lines(5)] == ["Finishing in 10 s. What you have typed is kept."]
    room.wait(11)
    assert left(room) == sorted(WORDS[:5])
    assert room.look(5)["pages"] == []
    with pytest.raises(StepLocked, match="on show once"):
        room.desks[5].doors.record(Entry("leaving", 1, "later", {"word": "late"}))


def test_once_everybodys_word_is_in_they_show_themselves(ended: Made) -> None:
    room = ended(5)
    leave(room, 0, 1, 2, 3, 4)
    assert left(room) == sorted(WORDS[:5])
    assert sealed(room) == []
    room.wait(61)
    room.look(0)
    assert sealed(room) == ["leaving"]
    assert {r.author for r in room.snapshot.responses} == {f"anon_0{n}" for n in range(1, 6)}


def test_a_word_can_be_changed_until_it_is_shown(ended: Made) -> None:
    room = ended(6)
    leave(room, 0)
    room.press(0, "change")
    assert room.fields(0)["word"]["value"] == "calm"
    assert "saved_at" in room.submit(0, {"word": "quiet"})
    assert told(room, 0) == ["quiet", ONE_WAITS]
    assert len(room.snapshot.responses) == 1


def test_showing_can_be_undone_for_a_minute_and_takes_no_word_after_it(ended: Made) -> None:
    room = ended(5)
    leave(room, 0, 1, 2, 3, 4)
    room.press(0, "undo")
    assert told(room, 1) == ["hopeful", "5 words are in."]
    assert [b for b in room.look(0)["blocks"] if b.get("label") == "How we leave"] == []
    with pytest.raises(StepLocked, match="on show once"):
        room.desks[0].doors.record(Entry("leaving", 1, "again", {"word": "other"}))
    room.press(0, "go")
    room.wait(11)
    assert left(room) == sorted(WORDS[:5])


@pytest.mark.parametrize("pace", ["own", "led"])
def test_at_midnight_it_is_over_and_what_nobody_had_shown_is_sealed_unseen(ended: Made, pace: str) -> None:
    room = ended(6, pace)
    leave(room, 0, 1)
    room.wait(3 * 3600)
    room.look(0)
    assert sealed(room) == []
    clock = watched(room.snapshot, room.stage, room.clock())
    assert clock.wakes is not None
    room.wait((clock.wakes - room.clock()).total_seconds())
    assert to_seal(room.snapshot, room.stage, room.clock()) == (("leaving", 1),)
    assert room.look(2)["pages"] == []
    with pytest.raises(StepLocked, match="the time to send what was left is over"):
        room.desks[2].doors.record(Entry("leaving", 1, "next-day", {"word": "late"}))
    assert sealed(room) == ["leaving"]
    files = exported(room)
    assert [word for word in WORDS if f'"{word}"' in files] == []


def test_whoever_takes_the_session_up_again_closes_it_and_the_next_end_opens_it_again(ended: Made) -> None:
    room = ended(6, "led")
    leave(room, 0)
    room.lead(led.reopen("park"))
    assert "leaving" not in room.stage.opened
    with pytest.raises(StepLocked, match="not open yet"):
        room.desks[1].doors.record(Entry("leaving", 1, "between", {"word": "calm"}))
    room.lead(led.end())
    assert told(room, 0) == ["calm", ONE_WAITS]
    leave(room, 1)


def test_the_end_is_undone_with_what_it_opened(store: Store, clock: Ticking) -> None:
    room = sit_down(store, clock, 6)
    store.act(None, lambda *_: [NewAct("open", "park")], room.session.id)
    room.wait(30)
    store.act(None, lead("end"), room.session.id)
    leave(room, 0)
    room.press(1, "undo")
    assert room.stage.state == "open"
    assert room.look(0)["key"].startswith("park:")


def test_a_small_team_says_that_a_word_may_be_guessed(ended: Made) -> None:
    room = ended(3)
    ticks = [b for b in room.look(0)["blocks"] if b["kind"] == "check"]
    assert [b["label"] for b in ticks] == ["I know my answer may be guessed"]
    leave(room, 0, 1, 2)
    assert told(room, 0)[-1].startswith("Your team is small, so results need everyone’s answer")
    for who in range(3):
        room.press(who, "guess", value=True)
    assert left(room) == sorted(WORDS[:3])


def test_who_writes_for_somebody_without_a_device_enters_a_word_too(store: Store, clock: Ticking) -> None:
    room = sit_down(store, clock, 5, away=1)
    room.press(0, "scribe:for:M6")
    store.act(None, lambda *_: [NewAct("open", "park")], room.session.id)
    room.wait(30)
    store.act(None, lead("end"), room.session.id)
    assert room.look(0)["key"] == "leaving:1:answer:M6"
    assert "saved_at" in room.submit(0, {"word": "glad"})
    leave(room, 1)
    room.press(0, "scribe:back")
    leave(room, 0)
    assert sorted(r.value for r in room.snapshot.responses) == ["calm", "glad", "hopeful"]
    assert told(room, 0) == ["calm", WAITS.format(n=3)]


def test_of_somebody_alone_nothing_is_asked(ended: Made) -> None:
    room = ended(1)
    assert (room.look(0)["key"], room.look(0)["pages"]) == ("ended", [])


def test_files_hold_the_words_once_they_are_shown_without_who_left_which(ended: Made) -> None:
    room = ended(6)
    leave(room, 0, 1, 2, 3)
    assert not [r for r in rows(room.snapshot, room.stage, COACH) if r.step == "leaving"]
    leave(room, 4, 5)
    told = [r for r in rows(room.snapshot, room.stage, COACH) if r.step == "leaving"]
    assert sorted(r.value_text for r in told) == sorted(WORDS[:6])
    assert {(r.author, r.submitted_at) for r in told} == {(f"anon_0{n}", "") for n in range(1, 7)}
    book = exported(room)
    assert [m.key for m in room.snapshot.members if f'"author": "{m.key}"' in book] == []


# -------------------------------------------------------------------------------------------------- where one leads


@pytest.fixture
def board(sqlite_store: Store, clock: Ticking) -> Hall:
    """Eight people and a board, a minute after the end."""
    made = hall(sqlite_store, clock, workbook=priority_setting())
    made.store.act(None, lambda *_: [NewAct("open", "park")], made.teams[0].session.id)
    made.teams[0].lead(led.end())
    made.wait(61)
    return made


def texts(view: dict[str, Any]) -> list[str]:
    return [b.get("text") or " ".join(b["lines"]) for b in view["centre"]["blocks"]]


def test_the_board_counts_words_shows_them_when_it_may_and_covers_one(board: Hall) -> None:
    room = board.teams[0]
    leave(room, 0, 1, 2, 3)
    assert WAITS.format(n=4) in texts(board.look())
    assert "words" not in buttons(board.look())
    leave(room, 4)
    assert "5 words are in." in texts(board.look())
    assert [word for word in WORDS if word in json.dumps(board.look())] == []
    view = board.press("words")
    assert sorted(one["text"] for one in view["centre"]["entries"]) == sorted(WORDS[:5])
    assert {one["who"] for one in view["centre"]["entries"]} == {""}
    wall = board.seat("present")
    tired = next(one for one in view["centre"]["entries"] if one["text"] == "tired")
    assert len(tired["buttons"]) == 1
    assert "tired" in json.dumps(wall.refresh()["centre"]["blocks"])
    board.press(tired["buttons"][0]["id"])
    assert "tired" not in json.dumps(wall.refresh()["centre"]["blocks"])
    assert left(room) == sorted(set(WORDS[:5]) - {"tired"})


def test_while_somebody_writes_showing_waits_ten_seconds(board: Hall) -> None:
    room = board.teams[0]
    leave(room, 0, 1, 2, 3, 4)
    room.send(5, "word", "gla")
    board.press("words")
    assert [one["id"] for one in board.look()["lines"]] == ["closing"]
    leave(room, 5)
    room.wait(11)
    assert left(room) == sorted(WORDS[:6])


def test_who_leads_shows_nothing_before_five_words_and_nothing_twice(board: Hall) -> None:
    room = board.teams[0]
    leave(room, 0)
    with pytest.raises(StepLocked):
        room.lead(led.words())
    leave(room, 1, 2, 3, 4)
    room.lead(led.words())
    shown = len(room.snapshot.acts)
    room.lead(led.words())
    room.lead(led.show())
    room.lead(led.skip("leaving"))
    room.lead(led.bring_here("leaving"))
    room.lead(led.reopen("leaving"))
    assert len(room.snapshot.acts) == shown
    assert room.stage.state == "ended"


def test_the_agenda_and_what_can_be_opened_again_leave_it_out(board: Hall) -> None:
    view = board.look()
    assert "leaving" not in [step["id"] for part in view["agenda"] for step in part["steps"]]
    (again,) = [b for b in view["centre"]["buttons"] if b["id"] == "reopen"]
    assert "leaving" not in json.dumps(again)


# ------------------------------------------------------------------------------------------------------------- the file


ODD = {
    "named": ({"attribution": "named"}, "What is asked at the end is asked of each person, without names."),
    "together": ({"mode": "team"}, "What is asked at the end is asked of each person, without names."),
    "minutes": ({"minutes": {"alone": 1}}, "What is asked at the end takes no minutes."),
    "rounds": ({"rounds": 2}, "‘rounds’ does not go with what is asked at the end."),
    "optional": ({"optional": True}, "‘optional’ does not go with what is asked at the end."),
}


def small(**more: Any) -> dict[str, Any]:
    step = {"title": "Say", "part": 1, "minutes": {}, "mode": "individual", "do": "Say it."}
    fields = [{"key": "word", "type": "text", "label": "A word"}]
    last = {**step, "key": "last", "attribution": "anonymous", "closing": True, "fields": fields, **more}
    return {
        "slug": "small",
        "title": "Small",
        "minutes": 1,
        "purpose": "Try.",
        "who": "Us.",
        "bring": "Nothing.",
        "parts": ["All"],
        "steps": [{**step, "key": "first", "minutes": {"alone": 1}}, last],
    }


@pytest.mark.parametrize(("odd", "text"), ODD.values(), ids=ODD)
def test_a_file_says_what_does_not_go_with_the_end(odd: dict[str, Any], text: str) -> None:
    build(small(), "small.toml")
    with pytest.raises(DefinitionError) as found:
        build(small(**odd), "small.toml")
    assert text in str(found.value)


def test_it_stands_last_and_nobody_has_to_answer_it() -> None:
    raw = small()
    raw["steps"].reverse()
    raw["steps"][0]["fields"][0]["required"] = True
    with pytest.raises(DefinitionError) as found:
        build(raw, "small.toml")
    assert "Put this step last." in str(found.value)
    assert "Nobody has to answer at the end." in str(found.value)


@pytest.mark.parametrize("slug", ["priority_setting", "root_cause_coaching", "resource_mapping"])
def test_every_workbook_ends_with_one_word(slug: str) -> None:
    last = load_file(shipped("workbooks") / f"{slug}.toml").leaving
    assert last is not None
    (asked,) = last.fields
    assert (asked.label, asked.type) == ("One word for how you leave", "text")
    assert getattr(asked, "max_words", None) == 1
