"""The doors of a real server, over HTTP."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from servers import Browser, Made, Server, set_up, start, telling_workbooks

from mira_workbook.judging import Verdict
from mira_workbook.records import Entry
from mira_workbook.rehearse import rehearse
from mira_workbook.serve.app import lan_address
from mira_workbook.store import Store

PEOPLE = "Dana Whitfield, principal\nLena Marsh, Grade 1 teacher\nAna Fern, Grade 2\nAna Fern, Front office"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    running = start(home, MIRA_WORKBOOKS=str(telling_workbooks(home / "workbooks")))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def store(server: Server) -> Iterator[Store]:
    opened = Store(f"sqlite:///{server.home / 'mira.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def lead(server: Server) -> Browser:
    return Browser(server)


@pytest.fixture
def phone(server: Server) -> Browser:
    return Browser(server)


@pytest.fixture
def made(lead: Browser) -> Made:
    return set_up(lead, PEOPLE)


def seated(store: Store, code: str) -> list[str]:
    session = store.sessions(store.meeting(code).id)[0]
    return [m.name for m in store.roster(session.id) if store.member_is_seated(m.id, session.id)]


def test_the_set_up_page_makes_a_meeting_with_its_people_and_its_answers(made: Made, store: Store) -> None:
    meeting = store.meeting(made.code)
    snapshot = store.snapshot(store.sessions(meeting.id)[0].id)
    assert (snapshot.team.name, meeting.pace) == ("Tupelo Branch", "own")
    assert [(m.key, m.name, m.role, m.role_group) for m in snapshot.members] == [
        ("M1", "Dana Whitfield", "principal", "administrator"),
        ("M2", "Lena Marsh", "Grade 1 teacher", "teacher_k2"),
        ("M3", "Ana Fern", "Grade 2", "teacher_k2"),
        ("M4", "Ana Fern", "Front office", "other"),
    ]
    assert snapshot.team_answer("open", "support_needed") == "all"
    assert made.desk.heading == "One Priority, Tupelo Branch"


def test_role_groups_take_turns_unless_the_tick_is_taken_away(lead: Browser, store: Store) -> None:
    people = "Lena, Grade 1 teacher\nMoe, Grade 2 teacher\nDana, principal\nGrace, nurse"
    page = lead.get("setup")
    assert page.has('name="turns" value="1" checked')
    assert page.has("Let role groups take turns")
    for tick, order in ({"turns": "1"}, "Lena Dana Moe Grace"), ({}, "Lena Moe Dana Grace"):
        session = store.sessions(store.meeting(set_up(lead, people, **tick).code).id)[0]
        assert [member.name for member in store.roster(session.id)] == order.split()
    assert not lead.post("setup", workbook="priority_setting", people=people, team="").has('value="1" checked')


def test_the_same_set_up_sent_twice_makes_one_meeting(lead: Browser, store: Store) -> None:
    before = len(store.meetings())
    once: dict[str, Any] = {"once": "same", "people": "", "workbook": "priority_setting", "team": "Cedar"}
    fields: dict[str, Any] = dict(re.findall(r'name="(open[^"]+)" value="([^"]*)"', lead.get("setup").text))
    given = fields | {"open.support_needed": "all"}
    assert lead.post("setup", **once, **given).url == lead.post("setup", **once, **given).url
    assert len(store.meetings()) == before + 1


def test_what_is_odd_in_the_set_up_is_said_beside_it_and_the_rest_stays(lead: Browser) -> None:
    form: dict[str, Any] = {
        "workbook": "priority_setting",
        "team": "Cedar",
        "people": "Ida Hill",
        "open.review_date": "2020-01-01",
    }
    page = lead.post("setup", **form)
    assert page.status == 422
    assert page.has("Something here needs another look.")
    assert page.has('value="Cedar"')
    assert page.has(">Ida Hill</textarea>")
    assert page.has('aria-describedby="open.review_date-hint open.review_date-problem"')


@pytest.mark.parametrize("spelled", ["{code}", "{lower}", "{bare}", "{link}"])
def test_a_code_is_read_however_it_is_typed(made: Made, phone: Browser, spelled: str) -> None:
    bare = made.code.replace("-", "")
    link = f"http://wall.example/join/{made.code}"
    page = phone.get("?code=" + spelled.format(code=made.code, lower=made.code.lower(), bare=bare, link=link))
    assert page.heading == "Tap your name"
    assert page.path == f"/join/{made.code}"


def test_a_wrong_code_is_answered_on_the_first_page_beside_the_field(phone: Browser) -> None:
    page = phone.get("?code=ABC-123")
    assert page.status == 404
    told = "We do not know this code. Look at the wall again: six letters and digits, such as K7M-4QX."
    assert page.has(told)
    assert page.has('value="ABC-123"')


def test_looking_takes_no_seat(made: Made, server: Server, store: Store) -> None:
    for _ in range(3):
        robot = Browser(server)
        for method in ("GET", "HEAD"):
            assert robot.get(f"join/{made.code}", method=method).status == 200
        assert robot.get(f"voila/render/priority_setting.ipynb?m={made.code}").heading == "Tap your name"
    assert seated(store, made.code) == []


def test_two_people_of_one_name_are_told_apart(made: Made, phone: Browser, store: Store) -> None:
    names = phone.get(f"join/{made.code}")
    assert names.text.count("Ana Fern") == 1
    page = phone.post(f"join/{made.code}", member="M3")
    assert page.heading == "There are two people called Ana Fern"
    assert page.has("Ana Fern · Front office")
    assert seated(store, made.code) == []
    taken = phone.post(f"join/{made.code}", member="M4", sure="1", follow=False)
    assert taken.headers["Location"] == f"/voila/render/priority_setting.ipynb?m={made.code.replace('-', '')}"
    assert seated(store, made.code) == ["Ana Fern"]


def test_a_new_name_comes_in_with_a_role_group_from_five_choices(made: Made, phone: Browser, store: Store) -> None:
    assert phone.post(f"join/{made.code}", name=" ").has("Type your name, so that your team knows who is here.")
    assert phone.post(f"join/{made.code}", name="Tom").has("Pick what comes nearest to your work here.")
    form: dict[str, Any] = {"name": "Tom Ash", "role": "Grade 7 science", "group": "teach"}
    assert phone.post(f"join/{made.code}", **form, follow=False).status == 303
    tom = store.roster(store.sessions(store.meeting(made.code).id)[0].id)[-1]
    assert (tom.key, tom.name, tom.role, tom.role_group) == ("M5", "Tom Ash", "Grade 7 science", "teacher_secondary")


def test_a_typed_name_that_is_on_the_list_is_asked_about_first(made: Made, phone: Browser, store: Store) -> None:
    form: dict[str, Any] = {"name": "lena marsh", "role": "nurse", "group": "support"}
    page = phone.post(f"join/{made.code}", **form)
    assert page.heading == "There is already somebody called lena marsh"
    assert phone.post(f"join/{made.code}", **form, sure="1", follow=False).status == 303
    assert seated(store, made.code) == ["lena marsh"]


def test_whoever_is_in_is_asked_by_name_and_may_say_no(made: Made, phone: Browser, store: Store) -> None:
    phone.post(f"join/{made.code}", member="M2", follow=False)
    page = phone.get(f"join/{made.code}")
    assert page.heading == "Are you Lena Marsh?"
    assert phone.post(f"join/{made.code}", leave="1").heading == "Tap your name"
    assert seated(store, made.code) == []


def test_a_name_in_use_opens_when_the_facilitator_lets_it_in(made: Made, lead: Browser, server: Server) -> None:
    first, second = Browser(server), Browser(server)
    first.post(f"join/{made.code}", member="M2", follow=False)
    assert second.post(f"join/{made.code}", member="M2").heading == "Lena Marsh is already here"
    waiting = second.post(f"join/{made.code}", member="M2", sure="1", knock="1")
    assert waiting.path.startswith(f"/join/{made.code}/wait?team=tupelo-branch")
    assert waiting.has("We asked your team to let you in. Raise a hand.")
    desk = lead.get(made.facilitator)
    assert desk.has("Lena Marsh wants in on a second device.")
    knock = re.search(r'name="knock" value="(\d+)"', desk.text)
    assert knock
    assert not lead.post(made.facilitator, act="admit", knock=knock[1]).has("wants in")
    assert second.get(waiting.path, follow=False).status == 303


def test_a_personal_link_comes_back_as_its_person_on_any_device(made: Made, server: Server, store: Store) -> None:
    first, second = Browser(server), Browser(server)
    first.post(f"join/{made.code}", member="M2", follow=False)
    session = store.sessions(store.meeting(made.code).id)[0]
    seat = store.seats_of(next(c.value or "" for c in first.cookies))[0]
    link = f"me/{store.make_token(seat, 'return')}"
    assert second.get(link).heading == "Come back as Lena Marsh"
    assert first.get(link).heading == "Come back as Lena Marsh"
    assert second.get(f"join/{made.code}").heading == "Tap your name"
    assert second.post(link, follow=False).status == 303
    assert store.seat(next(c.value or "" for c in second.cookies), session.id, "member")
    assert second.get("me/not-a-link-of-anybody").status == 403


def test_leaving_gives_up_every_seat_and_forgets_the_browser(made: Made, phone: Browser, store: Store) -> None:
    phone.post(f"join/{made.code}", member="M2", follow=False)
    page = phone.post("leave")
    assert page.heading == "This phone is clear"
    assert [c.name for c in phone.cookies] == []
    assert seated(store, made.code) == []


def test_a_form_that_is_not_ours_is_refused(made: Made, phone: Browser, store: Store) -> None:
    assert phone.post(f"join/{made.code}", member="M2", token="made up").status == 403  # noqa: S106 - no secret
    assert phone.post(f"join/{made.code}", member="M2", headers={"Sec-Fetch-Site": "cross-site"}).status == 403
    assert seated(store, made.code) == []


def test_several_teams_share_a_code_and_are_asked_for_first(lead: Browser, phone: Browser, store: Store) -> None:
    made = set_up(lead, "# Birch\nIda Hill\n# Oak <b>\nJon Vale", team="")
    page = phone.get(f"join/{made.code}")
    assert page.heading == "Which team?"
    assert "Oak &lt;b&gt;" in page.text
    assert phone.get(f"join/{made.code}?team=birch").has("Ida Hill")
    phone.post(f"join/{made.code}?team=oak-b", member="M1", follow=False)
    oak = store.sessions(store.meeting(made.code).id)[1]
    assert [store.member_is_seated(m.id, oak.id) for m in store.roster(oak.id)] == [True]


def test_a_pasted_link_opens_its_door(made: Made, phone: Browser) -> None:
    assert phone.post("key", link=f" {made.facilitator} ").heading == "One Priority, Tupelo Branch"
    assert phone.post("key", link="what?").has("This link is not good, or no longer.")


def test_a_coach_comes_in_by_the_link_shown_once(made: Made, phone: Browser, lead: Browser) -> None:
    assert phone.get(made.coach).has("Open the coach’s page")
    assert phone.post(made.coach, follow=False).headers["Location"] == f"/coach/{made.code}"
    again = lead.post(made.facilitator, act="link", role="coach")
    fresh = re.findall(r'value="(http[^"]+/key/[^"]+)"', again.text)
    assert fresh != [made.coach]
    assert phone.get(fresh[0]).status == phone.get(made.coach).status == 200


def test_an_ended_meeting_takes_nobody_new_and_stays_open_to_read(
    made: Made, phone: Browser, server: Server, store: Store
) -> None:
    phone.post(f"join/{made.code}", member="M2", follow=False)
    store.close_meeting(made.code)
    assert Browser(server).get(f"join/{made.code}").has("This session has ended.")
    assert phone.get(f"join/{made.code}").heading == "Are you Lena Marsh?"
    assert phone.get("").has("Back to my page")


def test_a_member_takes_own_answers_away_as_one_page(made: Made, phone: Browser) -> None:
    assert phone.get(f"answers/{made.code}").heading == "Tap your name"
    phone.post(f"join/{made.code}", member="M2", follow=False)
    page = phone.get(f"answers/{made.code}")
    assert page.heading == "What Lena Marsh said"
    assert page.has("all are at 3 or more")
    assert "http" not in page.text.replace("http-equiv", "")
    assert page.headers["Content-Disposition"] == 'attachment; filename="tupelo-branch-lena-marsh.html"'


def test_after_a_whole_meeting_a_member_has_pictures_and_answers(lead: Browser, phone: Browser, store: Store) -> None:
    made = set_up(lead, PEOPLE, pace="own")
    phone.post(f"join/{made.code}", member="M2", follow=False)
    seat = store.seats_of(next(c.value or "" for c in phone.cookies))[0]
    words = {"text": "Small groups <b>first</b>"}
    store.record(seat, Entry("role_priority", 1, "one", words, "member", "M2"), lambda *_: Verdict())
    rehearse(store, made.code, 6, 1)
    picture = phone.get(f"picture/{made.code}/rank/0.svg?size=phone&theme=dark")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert picture.text.lstrip().startswith(("<svg", "<?xml"))
    assert "default-src 'none'" in picture.headers["Content-Security-Policy"]
    again = phone.get(picture.path, headers={"If-None-Match": picture.headers["ETag"]})
    assert (again.status, again.text) == (304, "")
    assert phone.get(f"picture/{made.code}/rank/0.svg?size=poster").status == 404
    page = phone.get(f"answers/{made.code}")
    assert "Small groups &lt;b&gt;first&lt;/b&gt;" in page.text
    assert page.has("For now, our one priority is…")


def test_pictures_are_for_seats_and_only_once_they_are_shown(made: Made, phone: Browser) -> None:
    assert phone.get(f"picture/{made.code}/rank/0.svg").status == 403
    phone.post(f"join/{made.code}", member="M2", follow=False)
    assert phone.get(f"picture/{made.code}/rank/0.svg").status == 404
    assert phone.get(f"picture/{made.code}/nowhere/0.svg").status == 404


@pytest.mark.parametrize(
    "path", ["voila/tree", "voila/api/contents/", "voila/files/priority_setting.toml", "api/kernels", "login"]
)
def test_nothing_else_of_voila_is_served(phone: Browser, path: str) -> None:
    page = phone.get(path)
    assert (page.status, page.heading) == (404, "We do not know this page")


def test_health_is_told_in_json_and_to_head(phone: Browser) -> None:
    told = phone.get("healthz")
    assert told.headers["Content-Type"] == "application/json"
    assert re.fullmatch(
        r'\{"ok": true, "store": "ok", "kernels": \d+, "starting": 0, "ready": [01], "keeps": 1, "cap": 220, '
        r'"version": "[\d.]+"\}',
        told.text,
    )
    head = phone.get("healthz", method="HEAD")
    assert (head.status, head.text) == (200, "")
    assert list(phone.cookies) == []


def test_search_engines_are_asked_to_stay_away(phone: Browser) -> None:
    assert phone.get("robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_a_port_that_is_taken_is_said_in_a_sentence(server: Server) -> None:
    port = server.url.rpartition(":")[2].strip("/")
    environment = {**os.environ, "MIRA_HOME": str(server.home)}
    command = [sys.executable, "-m", "mira_workbook.serve", port]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stderr
    assert f"Port {port} cannot be used: Address already in use. Choose another with --port." in told


def test_the_square_code_is_a_picture_that_tells_nothing_about_codes(phone: Browser) -> None:
    known, unknown = phone.get("qr/K7M-4QX.svg"), phone.get("qr/AAA-AAA.svg")
    assert known.headers["Content-Type"] == "image/svg+xml"
    assert known.status == unknown.status == 200
    assert "<svg" in known.text
    assert known.text != unknown.text


def test_sheets_come_compressed_once_and_are_kept_by_browsers(phone: Browser) -> None:
    home = phone.get("").text
    sheet = re.search(r'href="/(voila/templates/mira/static/mira\.css\?v=[0-9a-f]{128})"', home)
    assert sheet
    kept = phone.get(sheet[1])
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    again = phone.get(sheet[1], headers={"If-None-Match": kept.headers["ETag"]})
    assert (again.status, again.text) == (304, "")
    assert phone.get("voila/templates/mira/static/mira.css").headers["Cache-Control"] == "no-cache"
    assert phone.get("voila/templates/mira/static/..%2Fpage.html").status == 404


def test_every_page_forbids_frames_guessing_and_referrers(phone: Browser) -> None:
    for path in ("", "setup", "nowhere", "healthz"):
        headers = phone.get(path).headers
        assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_the_cookie_is_for_the_server_alone(phone: Browser, made: Made) -> None:
    page = phone.get(f"join/{made.code}")
    assert re.fullmatch(r"mira=[\w-]{32}; expires=[^;]+; HttpOnly; Path=/; SameSite=Lax", page.headers["Set-Cookie"])
    secure = Browser(phone.server).get("", headers={"X-Forwarded-Proto": "https"})
    assert "Secure" in secure.headers["Set-Cookie"]


def test_a_page_lets_its_browser_keep_the_token(phone: Browser, made: Made) -> None:
    page = phone.post(f"join/{made.code}", member="M1")
    token = next(c.value for c in phone.cookies)
    assert page.path.startswith("/voila/render/priority_setting.ipynb")
    assert re.fullmatch(f"mira={token}; expires=[^;]+; HttpOnly; Path=/; SameSite=Lax", page.headers["Set-Cookie"])


def test_the_log_holds_no_key_code_or_personal_link(made: Made, phone: Browser, server: Server) -> None:
    phone.get("me/somebodys-very-own-link")
    phone.get("setup/somebodys-very-own-key0000")
    log = (server.home / "server.log").read_text()
    for told in ("somebodys", made.code, made.facilitator.rpartition("/")[2]):
        assert told not in log


def test_words_of_people_are_words_on_every_page(lead: Browser, phone: Browser) -> None:
    made = set_up(lead, '<script>alert(1)</script>, "quoted" role', team="{{ 7 * 7 }}")
    for page in (phone.get(f"join/{made.code}"), made.desk):
        assert "<script>alert(1)" not in page.text
        assert page.has("{{ 7 * 7 }}")


def test_a_server_for_the_room_hands_out_links_that_phones_reach(tmp_path: Path) -> None:
    running = start(tmp_path, host="0.0.0.0")  # noqa: S104 - this is what is tried
    try:
        made = set_up(Browser(running), "")
        site = f"http://{lan_address()}:{running.url.rpartition(':')[2]}"
        assert made.desk.has(f'value="{site}join/{made.code}"')
        assert made.desk.has("Only this computer can reach this address.") == (lan_address() == "127.0.0.1")
    finally:
        running.stop()


def test_all_addresses_stand_below_the_base(tmp_path: Path) -> None:
    home = tmp_path
    running = start(home, base="/mira/", MIRA_WORKBOOKS=str(telling_workbooks(home / "workbooks")))
    try:
        made = set_up(Browser(running), "Lena Marsh")
        phone = Browser(running)
        assert phone.get("?code=" + made.code).path == f"/mira/join/{made.code}"
        page = phone.post(f"join/{made.code}", member="M1")
        assert page.path == f"/mira/voila/render/priority_setting.ipynb?m={made.code.replace('-', '')}"
        assert page.has('"baseUrl": "/mira/"')
        outside = re.findall(r'(?:href|src|action)="(/(?!mira/)[^"]*)"', page.text + made.desk.text)
        assert outside == []
    finally:
        running.stop()
