"""The simple page over HTTP: the same desk without a kernel, for a browser that only asks and is answered."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from desks import sit_down
from servers import Browser, Made, Server, set_up, start
from simple_phones import lead, seated, session_of
from tiny import Ticking

from mira_workbook.records import Seat
from mira_workbook.serve.simple_desks import QUIET_S, SimpleDesks
from mira_workbook.store import Store

MINE = {"text": "Know my group plan early", "why": "I get told at the door every day"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start(tmp_path_factory.mktemp("home"))
    yield running
    running.stop()


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    opened = Store(f"sqlite:///{server.home / 'mira.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def made(server: Server) -> Made:
    return set_up(Browser(server), "Lena Marsh\nTom Ash\nAna Fern")


def kept(store: Store, made: Made, step: str) -> list[tuple[str, str, Any]]:
    responses = store.snapshot(session_of(store, made)).responses
    return [(r.author, r.field, r.value) for r in responses if r.step == step]


def state_of(store: Store, made: Made, key: str) -> str:
    member = next(m.id for m in store.roster(session_of(store, made)) if m.key == key)
    return next(p.state for p in store.presences(store.meeting(made.code).id) if p.member_id == member)


def test_the_page_brings_the_form_and_what_it_says_and_starts_no_kernel(server: Server, made: Made) -> None:
    phone = seated(server, made, "M1")
    told, page = phone.told(), phone.opened()

    code = made.code.replace("-", "")
    assert (told["address"], told["baseUrl"], told["team"]) == (f"/simple/{code}", "/", "")
    script = phone.browser.get(told["form"])
    assert (script.status, "immutable" in script.headers["Cache-Control"]) == (200, True)
    assert page.has("This is the simple page. Results come every few seconds.")
    assert f'<a href="/voila/render/priority_setting.ipynb?m={code}">Try the live page</a>' in page.text
    phone.look()
    assert json.loads(phone.browser.get("healthz").text)["kernels"] == 0


def test_whoever_has_no_seat_is_shown_the_door_and_is_told_nothing(server: Server, made: Made) -> None:
    stranger = Browser(server)
    assert stranger.get(f"simple/{made.code}", follow=False).headers["Location"] == f"/join/{made.code}"
    assert stranger.get(f"simple/{made.code}/look?page=abcdefgh").status == 403
    message = json.dumps({"field": "$hello", "value": None, "save_key": "k"})
    assert stranger.post(f"simple/{made.code}/say", page="abcdefgh", message=message).status == 403


def test_a_message_that_another_site_sends_is_not_taken(server: Server, made: Made, store: Store) -> None:
    lead(store, made, 2)
    phone = seated(server, made, "M1")
    message = json.dumps({"field": "$submit", "value": {"values": MINE, "passed": []}, "save_key": "k"})
    where, said = f"simple/{made.code}/say", {"Sec-Fetch-Site": "cross-site"}
    forged = "guessed"
    assert phone.browser.post(where, page=phone.page, message=message, token=forged).status == 403
    assert phone.browser.post(where, page=phone.page, message=message, headers=said).status == 403
    assert kept(store, made, "role_priority") == []


@pytest.mark.parametrize("message", ["", "[]", "1", "{", '"$hello"'])
def test_what_is_no_message_is_refused(server: Server, made: Made, message: str) -> None:
    phone = seated(server, made, "M1")
    assert phone.browser.post(f"simple/{made.code}/say", page=phone.page, message=message).status == 400
    assert phone.browser.get(f"simple/{made.code}/look?page=..%2F..").status == 400
    assert phone.browser.get(f"simple/{made.code}/say").status == 405


def test_an_answer_sent_twice_is_kept_once_and_the_page_goes_on(server: Server, made: Made, store: Store) -> None:
    lead(store, made, 2)
    phone = seated(server, made, "M1")
    first = phone.look()
    assert first["view"]["key"] == "role_priority:1:answer"
    assert phone.say("text", "Know my")["replies"][0]["draft"] is True

    sent = {"values": MINE, "passed": []}
    answers = [phone.say("$submit", sent, key="role_priority:1:answer/one") for _ in range(2)]
    assert [set(a["replies"][0]) for a in answers] == [{"field", "save_key", "saved_at", "draft"}] * 2
    assert answers[0]["view"]["key"] != first["view"]["key"]
    assert kept(store, made, "role_priority") == [("M1", "text", MINE["text"]), ("M1", "why", MINE["why"])]


def test_a_look_brings_what_changed_and_answers_of_others_only_when_they_are_shown(
    server: Server, made: Made, store: Store
) -> None:
    lead(store, made, 2)
    lena, tom, ana = (seated(server, made, key) for key in ("M1", "M2", "M3"))
    for phone in (lena, tom, ana):
        phone.say("$submit", {"values": MINE, "passed": []})
    before = lena.look()
    assert lena.look(before["mark"]) == {"mark": before["mark"]}

    expected = "Lead the small groups every day"
    for phone in (tom, ana, lena):
        assert expected not in json.dumps(lena.look())
        phone.expect(expected)
    lead(store, made, 1)
    after = lena.look(before["mark"])
    assert after["view"]["title"] == "What did they expect of you?"
    assert expected in json.dumps(after["view"])


def test_whoever_looks_is_there_until_the_page_is_left(server: Server, made: Made, store: Store) -> None:
    phone = seated(server, made, "M1")
    phone.look(here="typing")
    assert state_of(store, made, "M1") == "typing"
    phone.look(here="nonsense")
    assert state_of(store, made, "M1") in {"typing", "idle"}
    assert phone.say("$left", None) == {}
    until = time.monotonic() + 60
    while state_of(store, made, "M1") != "lost":
        assert time.monotonic() < until
        time.sleep(0.2)


def test_a_page_goes_on_after_the_server_was_started_anew(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("again")
    first = start(home)
    made = set_up(Browser(first), "Lena Marsh\nTom Ash")
    phone = seated(first, made, "M1")
    store = Store(f"sqlite:///{home / 'mira.sqlite'}")
    lead(store, made, 2)
    phone.say("text", "Know my group plan")
    mark = phone.look()["mark"]
    first.stop()
    second = start(home)
    phone.browser.server = second
    again = phone.look("older")
    assert again["view"]["pages"][0]["fields"][0]["value"] == "Know my group plan"
    assert phone.look(again["mark"]) == {"mark": again["mark"]}
    assert mark
    store.close()
    second.stop()


def test_desks_are_put_away_when_nobody_looks_or_too_many_do(sqlite_store: Store, clock: Ticking) -> None:
    sitting = sit_down(sqlite_store, clock, 3)
    now, noted = [0.0], []
    desks = SimpleDesks(
        sqlite_store, "/", lambda seat, state: noted.append((seat.member_key, state)), 2, lambda: now[0]
    )
    seats: list[Seat] = [one.doors.seat for one in sitting.desks]  # type: ignore[attr-defined] # these are the store's

    mine = desks.at(seats[0], "one", "")
    assert desks.at(seats[0], "one", "") is mine
    desks.at(seats[1], "one", "")
    desks.at(seats[0], "one", "")
    desks.at(seats[2], "one", "")
    assert (len(desks), desks.at(seats[0], "one", "") is mine) == (2, True)
    now[0] = QUIET_S + 1
    assert desks.at(seats[0], "one", "") is not mine
    assert len(desks) == 1
    assert noted == [("M1", "idle"), ("M2", "idle"), ("M3", "idle"), ("M1", "idle")]
    desks.at(seats[0], "two", "")
    assert [desks.leave(seats[0], "one"), desks.leave(seats[0], "two")] == [False, True]
