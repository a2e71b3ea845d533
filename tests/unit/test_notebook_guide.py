"""One person's way through a workbook in a kernel: places, threads, looking and leaving."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from mira_workbook.notebook import looking
from mira_workbook.notebook.guide import CALM_S, Guide, open_workbook
from mira_workbook.serve import warm

STEPS = ("open", "role_priority")
CARD = {"team": "Tupelo Branch", "name": "Lena Marsh", "role": "Reading coach", "group": "support"}


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIRA_HOME", str(tmp_path))
    monkeypatch.delenv("MIRA_DATABASE_URL", raising=False)
    monkeypatch.delenv("QUERY_STRING", raising=False)


def run_all() -> Guide:
    """What the cells of a notebook do."""
    guide = open_workbook("priority_setting")
    for key in STEPS:
        guide.step(key)
    guide.rest()
    return guide


def send(guide: Guide, field: str, value: Any) -> list[dict[str, Any]]:
    return guide._take({"field": field, "value": value, "save_key": f"{guide._form.view['key']}/{field}"})


def begin(guide: Guide) -> None:
    taken = {"field": "$submit", "save_key": "start/$submit", "saved_at": "", "draft": False}
    assert send(guide, "$submit", {"values": CARD}) == [taken]


def place(guide: Guide) -> str:
    """Where the form stands: a step's key, or "top"."""
    places = guide._places
    found = [key for key, box in places._boxes.items() if guide._form in box.children]
    found += ["top"] if guide._form in places._top.children else []
    assert len(found) == 1
    return found[0]


def ids(guide: Guide) -> list[str]:
    return [button["id"] for button in guide._form.view["foot"]["menu"]]


def test_the_form_starts_at_the_top_and_goes_to_the_open_step() -> None:
    guide = run_all()
    assert (place(guide), guide._form.view["key"]) == ("top", "start")
    begin(guide)
    assert (place(guide), guide._form.view["key"]) == ("top", "lobby")
    send(guide, "$press", {"id": "go"})
    assert place(guide) == "open"


def test_a_new_kernel_knows_the_person_and_shows_the_step_even_before_its_cell_has_run() -> None:
    first = run_all()
    begin(first)
    send(first, "$press", {"id": "go"})
    again = open_workbook("priority_setting")
    assert (place(again), again._form.view["key"]) == ("top", first._form.view["key"])
    again.step("open")
    assert place(again) == "open"


def test_a_step_without_a_cell_stands_at_the_end() -> None:
    guide = open_workbook("priority_setting")
    guide.rest()
    begin(guide)
    send(guide, "$press", {"id": "go"})
    assert place(guide) == "open"
    assert guide._places._boxes["open"] in guide._places._bottom.children


def test_whoever_says_this_is_not_me_finds_the_start_card_now_and_next_time() -> None:
    guide = run_all()
    begin(guide)
    send(guide, "$press", {"id": "go"})
    assert ids(guide) == ["menu:today", "menu:answers", "menu:not_me"]
    send(guide, "$press", {"id": "menu:not_me"})
    assert (place(guide), guide._form.view["key"]) == ("top", "start")
    assert run_all()._form.view["key"] == "start"


def test_a_page_of_our_server_that_lost_its_grant_opens_no_team(monkeypatch: pytest.MonkeyPatch) -> None:
    guide = run_all()
    begin(guide)
    monkeypatch.setenv("QUERY_STRING", "grant=used")
    lost = run_all()
    assert lost._form.view["title"] == "This page has lost its place. Open it again from your link."
    (reply,) = send(lost, "$submit", {"values": CARD})
    assert reply["final"]
    assert len(lost._store.meetings()) == 1


def test_messages_in_threads_and_looking_share_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "POLL_S", 0.005)

    async def crowd() -> Guide:
        guide = run_all()
        begin(guide)
        send(guide, "$press", {"id": "go"})
        drafts = [asyncio.to_thread(send, guide, "support_needed", "all") for _ in range(8)]
        assert all(reply["saved_at"] for (reply,) in await asyncio.gather(*drafts))
        assert guide._looking._task is not None
        assert not guide._looking._task.done()
        assert guide._looking._task.get_loop() is asyncio.get_running_loop()
        return guide

    assert place(asyncio.run(crowd())) == "open"


def held(guide: Guide, field: str) -> Any:
    """What the page shows in a field."""
    return next(one["value"] for page in guide._form.view["pages"] for one in page["fields"] if one["field"] == field)


def test_text_on_its_way_is_kept_at_once_and_comes_onto_the_page_with_a_later_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(warm, "_SCREENS", 3)

    async def typing() -> None:
        guide = run_all()
        begin(guide)
        warm.use(guide)
        await asyncio.sleep(0)
        assert guide._form.view["key"] == "role_priority:1:answer"
        (reply,) = send(guide, "text", "Reading first")
        assert (reply["draft"], held(guide, "text")) == (True, None)
        assert held(run_all(), "text") == "Reading first"
        guide._look(True)
        assert held(guide, "text") is None
        guide._drawn -= CALM_S
        guide._look(True)
        assert held(guide, "text") == "Reading first"
        drawn = guide._drawn = guide._drawn - CALM_S
        guide._look(True)
        assert guide._drawn == drawn

    asyncio.run(typing())


def test_looking_stops_when_the_page_is_silent_and_goes_on_when_it_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "POLL_S", 0.01)
    monkeypatch.setattr(looking, "QUIET_S", 0.1)

    async def quiet() -> None:
        guide = run_all()
        begin(guide)
        await asyncio.sleep(0)
        first = guide._looking._task
        assert first is not None
        await asyncio.wait_for(first, 5)
        send(guide, "$here", "idle")
        await asyncio.sleep(0)
        assert guide._looking._task is not first
        assert guide._looking._task is not None
        await asyncio.wait_for(guide._looking._task, 5)

    asyncio.run(quiet())


def test_the_button_names_the_step_that_opens_where_a_team_of_one_skips_two() -> None:
    guide = run_all()
    begin(guide)
    send(guide, "$press", {"id": "go"})
    send(guide, "$submit", {"values": {}})
    send(guide, "$press", {"id": "go"})
    send(guide, "$submit", {"values": {"text": "Know my group plan", "why": "I get told at the door every day"}})
    assert guide._form.view["buttons"][0]["label"] == "Next: Add and merge"
    send(guide, "$press", {"id": "go"})
    assert guide._form.view["key"] == "candidates:1:answer"
