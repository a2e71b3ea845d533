"""A member's page is light: one kernel a person, so every library that it loads is paid for sixty times in a room."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mira_workbook.content.load import load
from mira_workbook.demo import demo, tell
from mira_workbook.settings import shipped
from mira_workbook.store import NewMember, NewTeam, Opened, Store

HEAVY = {
    "pandas": "results come as numbers, not as frames",
    "numpy": "comes with pandas and matplotlib only",
    "matplotlib": "pictures are drawn by the server",
    "alembic": "whoever serves has brought the store up to date",
    "typer": "the command line's",
    "rich": "the command line's",
    "voila": "the server's",
    "jupyter_server": "the server's",
    "tornado.web": "the server's",
    "playwright": "the tests'",
}
"""What a member's page never loads, and why not."""

PAGE = """
import json, sys
from mira_workbook.notebook import open_workbook
from mira_workbook.rules import moves
from mira_workbook.rules.guards import may_record
from mira_workbook.records import Entry
from mira_workbook.store import Store

told = json.loads(sys.stdin.read())
workbook = open_workbook("priority_setting")
for key in told["steps"]:
    workbook.step(key)
workbook.rest()
views = [workbook._form.view["key"]]

store = Store()
session = told["session"]
lead = store.take_seat("lead", session, "facilitator")
seats = {m.key: store.take_seat(m.key, session, "member", m.id) for m in store.roster(session)}
store.act(lead, moves.lead("go"), session)
store.act(lead, moves.lead("go"), session)
for step in ("role_priority", "colleague_view"):
    for key, seat in seats.items():
        store.record(seat, Entry(step, 1, step + key, told["answers"][step][key], "member"), may_record)
    workbook._fill()
    views.append(workbook._form.view["key"])
store.act(lead, moves.lead("go"), session)
workbook._fill()
views.append(workbook._form.view["key"])
print(json.dumps({"views": views, "modules": sorted(sys.modules), "page": json.dumps(workbook._form.view)}))
"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Opened]:
    """A home with a meeting of the demo team; brought up to date by this process, as a server does."""
    home = tmp_path_factory.mktemp("home")
    store = Store(f"sqlite:///{home / 'mira.sqlite'}")
    store.migrate()
    people = tuple(NewMember(m["name"], m["role"], m["role_group"], key=m["key"]) for m in team()["members"])
    made = store.open_meeting(load(shipped("workbooks") / "priority_setting.toml"), [NewTeam("Tupelo", members=people)])
    store.close()
    return home, made


def team() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = tell("priority_setting")["team"]
    return found


def test_a_members_page_up_to_the_first_results_loads_nothing_heavy(opened: tuple[Path, Opened]) -> None:
    home, made = opened
    store = Store(f"sqlite:///{home / 'mira.sqlite'}")
    session = made.sessions[0]
    member = store.roster(session.id)[0]
    grant = store.make_token(store.take_seat("M1", session.id, "member", member.id), "grant", seconds=120)
    steps = tell("priority_setting")["steps"]
    told = {
        "session": session.id,
        "steps": list(steps),
        "answers": {key: steps[key]["1"] for key in ("role_priority", "colleague_view")},
    }
    env = {**os.environ, "MIRA_HOME": str(home), "MIRA_PAGES": "/", "QUERY_STRING": f"grant={grant}"}
    ran = subprocess.run(
        [sys.executable, "-c", PAGE], input=json.dumps(told), env=env, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    seen = json.loads(ran.stdout.splitlines()[-1])
    assert len(set(seen["views"])) >= 3
    assert seen["views"][-1].startswith("role_reveal:1")
    page = json.loads(seen["page"])
    rows = [row for given in steps["colleague_view"]["1"].values() for row in given["expectations"]]
    about_me = {row["cells"]["expect"] for row in rows if row["row_id"] == "M1"}
    assert about_me <= set(texts(page))
    assert {name for name in HEAVY if name in seen["modules"]} == set()


BOARD = """
import json, sys
from mira_workbook.notebook.facilitate import BoardPage
from mira_workbook.store import Store

page = BoardPage(Store())
page.open()
for n, press in enumerate(("next", "next", "names")):
    page._take({"press": press, "save_key": str(n)})
print(json.dumps({"key": page._board.view["key"], "modules": sorted(sys.modules)}))
"""


def test_a_board_loads_nothing_heavy(opened: tuple[Path, Opened]) -> None:
    home, _ = opened
    store = Store(f"sqlite:///{home / 'mira.sqlite'}")
    made = store.open_meeting(
        load(shipped("workbooks") / "priority_setting.toml"),
        [NewTeam("Lincoln", members=(NewMember("Ana"),))],
        pace="led",
    )
    grant = store.make_token(store.take_seat("laptop", made.sessions[0].id, "facilitator"), "grant", seconds=120)
    query = f"grant={grant}&m={made.meeting.code}"
    env = {**os.environ, "MIRA_HOME": str(home), "MIRA_PAGES": "/", "QUERY_STRING": query}
    ran = subprocess.run([sys.executable, "-c", BOARD], env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    seen = json.loads(ran.stdout.splitlines()[-1])
    assert seen["key"].startswith("run:lincoln:")
    assert {name for name in HEAVY if name in seen["modules"]} == set()


COACH = """
import json, sys
from mira_workbook.notebook.coach import CoachPage
from mira_workbook.store import Store

page = CoachPage(Store())
page.open()
for n, press in enumerate(("step:rank", "words", "screen:compare", "by:teams", "screen:take", "screen:teams")):
    page._take({"press": press, "save_key": str(n)})
print(json.dumps({"key": page._board.view["key"], "modules": sorted(sys.modules)}))
"""


def test_a_coachs_board_loads_nothing_heavy(tmp_path: Path) -> None:
    home = tmp_path
    store = Store(f"sqlite:///{home / 'mira.sqlite'}")
    played = next(one.code for one in demo(store.url) if one.workbook == "priority_setting")
    seat, *_ = store.enter("laptop", store.new_key(played, "coach"))
    query = f"grant={store.make_token(seat, 'grant', seconds=120)}&m={played}"
    store.close()
    env = {**os.environ, "MIRA_HOME": str(home), "MIRA_PAGES": "/", "QUERY_STRING": query}
    ran = subprocess.run([sys.executable, "-c", COACH], env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    seen = json.loads(ran.stdout.splitlines()[-1])
    assert seen["key"].startswith("coach:teams:")
    assert {name for name in HEAVY if name in seen["modules"]} == set()


def texts(value: object) -> Iterator[str]:
    """Every text in a piece of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)
