"""Whose kernel it is, what it knows, and what happens when all places are taken."""

import logging
import sqlite3
from collections.abc import Iterator
from enum import Enum

import pytest
from servers import Browser, Made, Server, kernel_of, set_up, start, telling_workbooks, told_by_kernel
from traitlets import import_item

from mira_workbook.serve.environment import kernel_env
from mira_workbook.serve.kernels import CappedKernelManager, Line, OurKernels

WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with room for one page."""
    home = tmp_path_factory.mktemp("home")
    running = start(home, MIRA_WORKBOOKS=str(telling_workbooks(home / "workbooks")), MIRA_MAX_KERNELS="1")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def made(server: Server) -> Made:
    return set_up(Browser(server), "Lena Marsh\nTom Ash\nAna Fern")


def join(server: Server, made: Made, key: str) -> Browser:
    phone = Browser(server)
    assert phone.post(f"join/{made.code}", member=key, follow=False).status == 303
    return phone


def page_of(made: Made) -> str:
    return f"voila/render/priority_setting.ipynb?m={made.code}"


def test_a_kernel_knows_one_grant_and_nothing_else_of_who_asked(server: Server, made: Made) -> None:
    phone = join(server, made, "M1")
    page = phone.get(page_of(made) + "&template=lab&token=secret&view=wall", headers={"User-Agent": "told-to-nobody"})
    known = told_by_kernel(page)
    grant = known["QUERY_STRING"].removeprefix("grant=").partition("&")[0]
    assert known["QUERY_STRING"] == f"grant={grant}&m={made.code.replace('-', '')}&view=wall"
    assert len(grant) == 22
    cookie = next(c.value or "" for c in phone.cookies)
    assert [
        name for name, value in known.items() if cookie in value or "told-to-nobody" in value or value == "secret"
    ] == []
    assert "VOILA_REQUEST_URL" not in known
    assert known["OPENBLAS_NUM_THREADS"] == "1"
    assert known["MIRA_HOME"] == str(server.home)
    assert known["MIRA_PUBLIC"] + known["MIRA_PAGES"] == server.url
    phone.post(f"voila/api/shutdown/{kernel_of(page)}")


def test_a_kernel_answers_only_the_browser_it_was_started_for(server: Server, made: Made) -> None:
    owner, other = join(server, made, "M2"), Browser(server)
    kernel = kernel_of(owner.get(page_of(made)))
    assert owner.get(f"api/kernels/{kernel}").status == 200
    for stranger in (other, Browser(server)):
        assert stranger.get(f"api/kernels/{kernel}").status == 403
        assert stranger.get(f"api/kernels/{kernel}", method="DELETE").status == 403
        assert stranger.get(f"api/kernels/{kernel}/channels", headers=WEBSOCKET).status == 403
        assert stranger.post(f"voila/api/shutdown/{kernel}").status == 403
    assert owner.get(f"api/kernels/{kernel}").status == 200
    assert owner.post(f"voila/api/shutdown/{kernel}").status == 204
    assert owner.get(f"api/kernels/{kernel}").status == 404


def test_a_full_room_is_told_kindly_and_lets_in_by_turn(server: Server, made: Made) -> None:
    first, second, third = join(server, made, "M3"), Browser(server), Browser(server)
    second.post(f"join/{made.code}", name="Eva Reed", group="teach", follow=False)
    third.post(f"join/{made.code}", name="Ben Oak", group="teach", follow=False)
    kernel = kernel_of(first.get(page_of(made)))
    full = second.get(page_of(made))
    assert (full.status, full.heading) == (503, "The room is full for a moment")
    assert full.headers["Retry-After"] == "5"
    assert full.has("Your place is kept: you are number 1.")
    assert third.get(page_of(made)).has("Your place is kept: you are number 2.")
    assert first.get("").status == 200
    first.post(f"voila/api/shutdown/{kernel}")
    assert third.get(page_of(made)).has("Your place is kept: you are number 1.")
    page = second.get(page_of(made))
    assert page.status == 200
    second.post(f"voila/api/shutdown/{kernel_of(page)}")
    third.post(f"voila/api/shutdown/{kernel_of(third.get(page_of(made)))}")


def test_asking_whether_the_server_is_there_starts_no_kernel(server: Server, made: Made) -> None:
    phone = Browser(server)
    phone.post(f"join/{made.code}", name="Iris Moss", group="teach", follow=False)
    assert phone.get(page_of(made), method="HEAD").status == 200
    assert '"kernels": 0' in phone.get("healthz").text


def test_another_workbooks_address_leads_to_the_meetings_own(server: Server, made: Made) -> None:
    phone = Browser(server)
    phone.post(f"join/{made.code}", name="Jon Vale", group="lead", follow=False)
    assert phone.get(f"voila/render/nowhere.ipynb?m={made.code}").status == 404
    assert phone.get("voila/render/priority_setting.ipynb", follow=False).headers["Location"] == "/"


def test_wrong_codes_are_slowed_down_and_whoever_is_in_stays_in(server: Server, made: Made) -> None:
    phone, stranger = Browser(server), Browser(server)
    phone.post(f"join/{made.code}", name="Kit Lane", group="other", fourteen="community", follow=False)
    for _ in range(45):
        told = stranger.get("join/WRONG1")
    assert told.status == 429
    assert told.has("Too many tries. Wait 30 seconds, or ask for a new QR code.")
    assert stranger.get(f"join/{made.code}").status == 429
    assert phone.get(f"join/{made.code}").heading == "Are you Kit Lane?"
    with sqlite3.connect(server.home / "mira.sqlite") as connection:
        group = connection.execute("SELECT role_group FROM members WHERE name = 'Kit Lane'").fetchone()
    connection.close()
    assert group == ("community",)


def test_the_line_is_first_come_first_served_and_forgets_who_gave_up() -> None:
    now = [0.0]
    line = Line(clock=lambda: now[0])
    assert [line.place(b, 0) for b in ("a", "b", "c", "b", "a")] == [1, 2, 3, 2, 1]
    assert line.place("c", 1) == 2
    assert line.place("a", 1) == 0
    assert line.place("c", 0) == 2
    now[0] = 59
    line.place("c", 0)
    now[0] = 61
    assert line.place("c", 1) == 0


def test_what_a_kernel_is_told_is_plain_strings() -> None:
    class Name(str, Enum):  # noqa: UP042 - as Voila's are
        PORT = "VOILA_APP_PORT"
        URL = "VOILA_REQUEST_URL"

    told = kernel_env(
        {Name.PORT: 8866, Name.URL: "http://me?token=1", "HTTP_COOKIE": "mira=1", "PATH": "/bin", "AWS_KEY": "x"}
    )
    assert (told["VOILA_APP_PORT"], told["PATH"]) == ("8866", "/bin")
    assert {type(part) for pair in told.items() for part in pair} == {str}
    assert not {"VOILA_REQUEST_URL", "HTTP_COOKIE", "AWS_KEY"} & set(told)


def test_there_is_one_kind_of_kernel_without_a_debugger() -> None:
    specs = OurKernels().get_all_specs()
    assert list(specs) == ["python3"]
    assert specs["python3"]["spec"]["argv"][1:] == ["-m", "mira_workbook.serve.kernel", "-f", "{connection_file}"]


def test_kernels_tell_of_themselves_to_one_log_and_leave_no_other_behind() -> None:
    kernels = CappedKernelManager()
    make = import_item(kernels.kernel_manager_class)
    first = make(parent=kernels).event_logger
    known = set(logging.Logger.manager.loggerDict)

    assert make(parent=kernels).event_logger is first
    assert set(logging.Logger.manager.loggerDict) == known
    assert "https://events.jupyter.org/jupyter_server/kernel_actions/v1" in first.schemas
