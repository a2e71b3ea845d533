"""The server's own clock: what goes on with every page closed."""

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import servers
from desks import sit_down
from pairs_workbook import in_twos
from tiny import Ticking, sit
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from mira_workbook.content.definition import Workbook
from mira_workbook.records import Snapshot
from mira_workbook.rules.moves import go_on, lead
from mira_workbook.rules.stage import fold
from mira_workbook.serve.clockwork import Clockwork
from mira_workbook.store import NewMember, NewTeam, Opened, Store

SOMEBODY = NewMember("Zoe")


class Counting(Store):
    """A store that counts how often a session is read."""

    read = 0

    def snapshot(self, session_id: int) -> Snapshot:
        self.read += 1
        return super().snapshot(session_id)


@pytest.fixture
def watching(database_url: str, clock: Ticking) -> Iterator[Callable[..., Clockwork]]:
    """Clocks of servers on the store that the test uses."""
    made: list[Clockwork] = []

    def clockwork(**how: Any) -> Clockwork:
        made.append(Clockwork(Counting(database_url, clock, **how)))
        return made[-1]

    yield clockwork
    for one in made:
        one.stop()


def kinds(store: Store, session_id: int) -> list[str]:
    return [act.kind for act in store.snapshot(session_id).acts]


def test_a_countdown_ends_with_every_page_closed(
    store: Store, opened: Opened, clock: Ticking, watching: Callable[..., Clockwork]
) -> None:
    here, server = opened.sessions[0].id, watching()
    store.act(sit(store, opened, 0), go_on("M1"), here)
    server.turn()
    clock.forward(seconds=9)
    server.turn()
    assert kinds(store, here) == ["ready", "close"]
    clock.forward(seconds=1)
    server.turn()
    assert kinds(store, here) == ["ready", "close", "open"]
    assert store.snapshot(here).acts[-1].seat_id is None


def test_a_session_that_runs_ahead_of_the_clock_is_left_to_whoever_plays_it(
    store: Store, opened: Opened, clock: Ticking, watching: Callable[..., Clockwork]
) -> None:
    here, server = opened.sessions[0].id, watching()
    ahead = store.under(lambda: clock() + timedelta(minutes=20))
    everyone = [sit(store, opened, n) for n in range(5)]
    for seat in everyone[:3]:
        ahead.act(seat, go_on(seat.member_key), here)
    before = kinds(store, here)
    clock.forward(seconds=30)
    server.turn()
    assert kinds(store, here) == before
    assert before[-1] == "close"


def test_nothing_is_read_while_nothing_moves_and_nothing_is_due(
    store: Store, opened: Opened, clock: Ticking, watching: Callable[..., Clockwork]
) -> None:
    server = watching()
    server.turn()
    first = server.store.read  # type: ignore[attr-defined]
    for _ in range(20):
        clock.forward(seconds=30)
        server.turn()
    store.add_member(opened.sessions[1].id, SOMEBODY)
    server.turn()
    assert (first, server.store.read) == (2, 3)  # type: ignore[attr-defined]


def test_anonymous_answers_are_sealed_a_minute_after_they_are_shown(
    store: Store, clock: Ticking, watching: Callable[..., Clockwork]
) -> None:
    room = sit_down(store, clock, 5, in_twos())
    for _ in ("recall", "compare", "trade", "hinder"):
        store.act(None, lead("go"), room.session.id)
    for who in range(5):
        assert "saved_at" in room.submit(who, {"heavy": who % 5 + 1, "what": f"Worry number {who} of us"})
    store.act(None, lead("show"), room.session.id)
    server = watching()
    server.turn()
    clock.forward(seconds=60)
    server.turn()
    assert "seal" not in kinds(store, room.session.id)
    clock.forward(seconds=1)
    server.turn()
    server.turn()
    assert kinds(store, room.session.id).count("seal") == 1
    assert {r.author_kind for r in room.snapshot.responses if r.step == "hinder"} == {"anon"}


def test_two_servers_on_one_database_move_a_session_once(
    store: Store, opened: Opened, clock: Ticking, watching: Callable[..., Clockwork]
) -> None:
    here, one, two = opened.sessions[0].id, watching(), watching()
    store.act(sit(store, opened, 0), go_on("M1"), here)
    one.turn()
    two.turn()
    clock.forward(seconds=10)
    one.turn()
    two.turn()
    assert kinds(store, here) == ["ready", "close", "open"]


def test_a_busy_store_delays_the_clock_and_does_not_stop_it(
    sqlite_template: Path, tmp_path: Path, tiny_workbook: Workbook, clock: Ticking
) -> None:
    path = shutil.copy(sqlite_template, tmp_path / "mira.sqlite")
    url = f"sqlite:///{path}"
    store, server = Store(url, clock), Clockwork(Store(url, clock, patience=0.05))
    opened = store.open_meeting(tiny_workbook, [NewTeam("Cedar", members=(SOMEBODY, SOMEBODY))])
    here = opened.sessions[0].id
    store.act(sit(store, opened, 0), go_on("M1"), here)
    server.turn()
    clock.forward(seconds=10)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        server.turn()
        assert kinds(store, here) == ["ready", "close"]
        other.execute("ROLLBACK")
    clock.forward(seconds=1)
    server.turn()
    assert kinds(store, here) == ["ready", "close", "open"]
    server.stop()
    store.close()


def test_a_session_that_cannot_be_read_leaves_the_others_going(
    store: Store, opened: Opened, tiny_workbook: Workbook, clock: Ticking, watching: Callable[..., Clockwork]
) -> None:
    odd = tiny_workbook.model_copy(update={"title": "Odd"})
    other = store.open_meeting(odd, [NewTeam("Elm", members=(SOMEBODY,))])
    with store._db.write() as connection:
        name = connection.exec_driver_sql(
            f"SELECT definition_hash FROM meetings WHERE id = {other.meeting.id}"  # noqa: S608 - a number
        ).scalar_one()
        connection.exec_driver_sql(f"UPDATE definitions SET body = '[]' WHERE hash = '{name}'")  # noqa: S608 - a hash
    server, here = watching(), opened.sessions[0].id
    store.act(sit(store, opened, 0), go_on("M1"), here)
    server.turn()
    clock.forward(seconds=10)
    server.turn()
    assert kinds(store, here) == ["ready", "close", "open"]


def test_who_went_is_noted_with_the_next_turn(store: Store, opened: Opened, watching: Callable[..., Clockwork]) -> None:
    server, seat = watching(), sit(store, opened, 0)
    store.beat(seat.session_id, seat.member_id or 0, "typing")
    server.gone.note(seat, "lost")
    server.gone.note(store.enter("laptop", opened.keys["facilitator"])[0], "lost")
    server.turn()
    assert {who: state for who, (state, _) in store.presence(seat.session_id).items()} == {seat.member_id: "lost"}


def test_a_running_server_carries_out_what_is_due_and_ends_cleanly(tmp_path: Path, tiny_workbook: Workbook) -> None:
    server = servers.start(tmp_path)
    store = Store(f"sqlite:///{tmp_path / 'mira.sqlite'}", lambda: datetime.now(UTC) - timedelta(seconds=9))
    opened = store.open_meeting(tiny_workbook, [NewTeam("Cedar", members=(SOMEBODY, SOMEBODY))])
    here = opened.sessions[0].id
    store.act(sit(store, opened, 0), go_on("M1"), here)
    deadline = time.monotonic() + 60
    while fold(store.snapshot(here).acts, tiny_workbook).state == "lobby" and time.monotonic() < deadline:
        time.sleep(0.2)
    assert kinds(store, here) == ["ready", "close", "open"]
    server.stop()
    assert server.process.returncode in {0, -15}
    assert "Traceback" not in (tmp_path / "server.log").read_text()
    store.close()


def test_a_page_that_comes_and_goes_is_noted_by_the_server(tmp_path: Path) -> None:
    server = servers.start(tmp_path, MIRA_WORKBOOKS=str(servers.telling_workbooks(tmp_path / "workbooks")))
    store = Store(f"sqlite:///{tmp_path / 'mira.sqlite'}")
    made, phone = servers.set_up(servers.Browser(server), "Lena Marsh"), servers.Browser(server)
    page = phone.post(f"join/{made.code}", member="M1")
    here = store.sessions(store.meeting(made.code).id)[0].id

    def state() -> str:
        return next((state for state, _ in store.presence(here).values()), "")

    async def visit() -> list[str]:
        address = f"{server.url.replace('http', 'ws')}api/kernels/{servers.kernel_of(page)}/channels"
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in phone.cookies)
        socket = await websocket_connect(HTTPRequest(address, headers={"Cookie": cookies}))
        seen = [await until("idle")]
        socket.close()
        return [*seen, await until("lost")]

    async def until(wanted: str) -> str:
        for _ in range(100):
            if state() == wanted:
                break
            await asyncio.sleep(0.1)
        return state()

    assert asyncio.run(visit()) == ["idle", "lost"]
    store.close()
    server.stop()


def test_a_page_whose_seat_was_taken_away_elsewhere_is_closed(tmp_path: Path) -> None:
    server = servers.start(tmp_path, MIRA_WORKBOOKS=str(servers.telling_workbooks(tmp_path / "workbooks")))
    store = Store(f"sqlite:///{tmp_path / 'mira.sqlite'}")
    made, leaving, staying = servers.set_up(servers.Browser(server), "Lena Marsh\nTom Ash"), *_browsers(server)
    gone, kept = (b.post(f"join/{made.code}", member=key) for b, key in ((leaving, "M1"), (staying, "M2")))
    seat = next(s for c in leaving.cookies for s in store.seats_of(c.value or "") if s.member_key == "M1")
    store.release_seat(seat)
    deadline = time.monotonic() + 60
    while leaving.get(f"api/kernels/{servers.kernel_of(gone)}").status == 200 and time.monotonic() < deadline:
        time.sleep(0.3)
    assert leaving.get(f"api/kernels/{servers.kernel_of(gone)}").status == 404
    assert staying.get(f"api/kernels/{servers.kernel_of(kept)}").status == 200
    store.close()
    server.stop()


def _browsers(server: servers.Server) -> tuple[servers.Browser, servers.Browser]:
    return servers.Browser(server), servers.Browser(server)
