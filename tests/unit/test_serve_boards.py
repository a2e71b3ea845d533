"""The facilitator's ways to a board: whose it is, how it is shared, how it is lost and what cannot be seized."""

import re
import time
import urllib.parse
from collections.abc import Iterator

import pytest
from servers import Browser, Got, Made, Server, add_notebook, set_up, start, telling_workbooks, told_by_kernel

from mira_workbook.records import Entry
from mira_workbook.rehearse import rehearse
from mira_workbook.rules import led
from mira_workbook.rules.guards import may_record
from mira_workbook.rules.stage import fold
from mira_workbook.store import Store

PEOPLE = "Dana Whitfield, principal\nLena Marsh, Grade 1 teacher\n# Cedar\nIda Hill"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    folder = telling_workbooks(home / "workbooks")
    add_notebook(folder, "facilitate")
    running = start(home, MIRA_WORKBOOKS=str(folder))
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
def other(server: Server) -> Browser:
    return Browser(server)


@pytest.fixture
def made(lead: Browser) -> Made:
    return set_up(lead, PEOPLE, pace="led", day="2026-12-01", starts="15:30", ends="17:00")


def slug(store: Store, made: Made, n: int) -> str:
    """A team's slug; each meeting of this file has its own Cedar."""
    return store.team(store.sessions(store.meeting(made.code).id)[n].team_id).slug


def board_of(made: Made) -> str:
    return f"voila/render/facilitate.ipynb?m={made.code}"


def told(page: Got) -> dict[str, str]:
    """What the page's kernel was told in its address, without its grant."""
    query = dict(urllib.parse.parse_qsl(told_by_kernel(page)["QUERY_STRING"]))
    query.pop("grant")
    return query


def link_for(page: Got, role: str) -> str:
    found = re.search(rf'id="{role}-link" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def square_of(lead: Browser, made: Made) -> str:
    found = re.search(r'mira-join-link">([^<]+)', lead.post(made.facilitator, act="phone").text)
    assert found
    return found[1]


def roles(store: Store, browser: Browser) -> set[str]:
    token = next((c.value or "" for c in browser.cookies), "")
    return {seat.role for seat in store.seats_of(token)}


def test_one_person_leads_where_there_is_a_board(made: Made, store: Store) -> None:
    assert store.meeting(made.code).pace == "led"
    assert made.desk.has("December 1, 2026, 3:30 to 5:00")
    assert made.desk.has("Open projector view")


@pytest.mark.parametrize(("view", "path"), [("", ""), ("present", "&view=present")])
def test_the_desk_opens_the_board_and_the_projector_view(lead: Browser, made: Made, view: str, path: str) -> None:
    opened = lead.post(made.facilitator, act="board", view=view, follow=False)
    assert opened.headers["Location"] == f"/{board_of(made).replace('-', '')}{path}"


def test_a_board_is_told_its_view_and_team_and_nothing_else(lead: Browser, made: Made, store: Store) -> None:
    code, cedar = made.code.replace("-", ""), slug(store, made, 1)
    page = lead.get(board_of(made) + f"&view=grid&team={cedar}&grant=stolen&else=1")
    assert told(page) == {"m": code, "view": "grid", "team": cedar}
    assert told(lead.get(board_of(made) + "&view=GRID&team=../x")) == {"m": code}


def test_a_board_stays_with_its_browser_and_comes_back_with_a_reload(lead: Browser, made: Made) -> None:
    first, again = (told(lead.get(board_of(made))) for _ in range(2))
    assert first == again == {"m": made.code.replace("-", "")}


def test_nobody_leads_without_a_key(made: Made, other: Browser, store: Store) -> None:
    for attempt in (
        lambda: other.get(board_of(made)),
        lambda: other.post(f"join/{made.code}", member="M2", team=slug(store, made, 0), role="facilitator"),
        lambda: other.get(board_of(made) + "&view=run"),
        lambda: other.post("setup/" + "x" * 22, act="board"),
        lambda: other.post("hand/" + "x" * 22),
    ):
        attempt()  # type: ignore[no-untyped-call]  # mypy does not read the lambdas of a tuple
    assert roles(store, other) == {"member"}
    page = other.get(board_of(made))
    assert page.status == 403
    assert page.has("This page is for the facilitator. Open it with your facilitator link.")
    assert page.has("Looking for your team?")


def test_a_phone_becomes_the_remote_once_and_looking_uses_nothing_up(
    lead: Browser, made: Made, server: Server, store: Store
) -> None:
    link = square_of(lead, made)
    for method in ("GET", "HEAD"):
        assert Browser(server).get(link, method=method).status == 200
    phone, late = Browser(server), Browser(server)
    assert phone.get(link).heading == "Lead from this phone?"
    opened = phone.post(link, follow=False)
    assert opened.headers["Location"] == f"/{board_of(made).replace('-', '')}&view=remote"
    assert roles(store, phone) == {"facilitator"}
    assert late.post(link).heading == late.get(link).heading == "This link is used up"
    assert roles(store, late) == set()


def test_a_co_facilitator_is_let_in_and_out_again(lead: Browser, made: Made, other: Browser, store: Store) -> None:
    desk = lead.post(made.facilitator, act="link", role="facilitator")
    second = link_for(desk, "facilitator")
    assert desk.has("1 link made after yours is good.")
    assert told(other.post(second, act="board"))["m"] == made.code.replace("-", "")
    phone = square_of(other, Made(made.code, desk, second, ""))
    assert other.post(second, act="withdraw").status == 200
    assert roles(store, lead) == {"facilitator"}, "a later key shut out an earlier one"
    lead.post(made.facilitator, act="withdraw")
    assert (roles(store, lead), roles(store, other)) == ({"facilitator"}, set())
    closed = other.get(board_of(made))
    assert closed.status == 403
    assert closed.has("No link, or one that is used up? Whoever set up the session can make a new one.")
    gone = other.get(second)
    assert gone.status == 403
    assert gone.has("Whoever set up the session can make a new one.")
    assert other.get(phone).heading == "This link is used up"


def test_whoever_looks_on_gets_the_wall_whatever_they_ask_for(made: Made, other: Browser, store: Store) -> None:
    link = link_for(made.desk, "viewer")
    assert other.get(link).has("Open the page for the wall")
    assert told(other.post(link)) == {"m": made.code.replace("-", ""), "view": "wall"}
    assert told(other.get(board_of(made) + "&view=run"))["view"] == "wall"
    assert roles(store, other) == {"viewer"}


def test_a_person_can_be_put_on_the_list_later(lead: Browser, made: Made, store: Store) -> None:
    lead.post(made.facilitator, act="person", name="Eva Reed", role="school nurse", team=slug(store, made, 1))
    lead.post(made.facilitator, act="person", name=" ", role="nobody", team=slug(store, made, 1))
    lead.post(made.facilitator, act="person", name="Elsewhere", role="", team="oak")
    sessions = store.sessions(store.meeting(made.code).id)
    people = [[(m.name, m.role_group) for m in store.roster(session.id)] for session in sessions]
    assert people[1] == [("Ida Hill", "other"), ("Eva Reed", "student_support")]
    assert len(people[0]) == 2


def test_the_warm_up_opens_for_every_team_and_is_counted_without_content(
    lead: Browser, made: Made, store: Store
) -> None:
    assert made.desk.has("Open it now")
    desk = lead.post(made.facilitator, act="warm_up")
    assert desk.has("0 of 3 done.")
    assert not desk.has("Open it now")
    for session in store.sessions(store.meeting(made.code).id):
        snapshot = store.snapshot(session.id)
        assert fold(snapshot.acts, snapshot.workbook).current == "role_priority"


def test_pictures_for_boards_are_only_for_seats_and_only_once_shown(
    lead: Browser, made: Made, other: Browser, store: Store
) -> None:
    picture = f"picture/{made.code}/sort/0.svg?size=board&theme=dark&team={slug(store, made, 1)}"
    assert other.get(picture).status == 403
    for _ in range(2):
        assert lead.get(picture).status == 404
    assert lead.get(f"picture/{made.code}/sort/0.svg?size=huge").status == 404


def test_what_was_asked_beforehand_can_be_added_and_changed_later(lead: Browser, made: Made, store: Store) -> None:
    page = lead.get(f"{made.facilitator}/before")
    form = dict(re.findall(r'name="(open[^"]+)" value="([^"]*)"', page.text)) | {"open.support_needed": "all"}
    assert page.has('<option value="all" selected>')
    form |= {"open.support_needed": "all_but_one", "open.fallback_decider": "Dana Whitfield"}
    assert lead.post(f"{made.facilitator}/before", **form).heading == made.desk.heading
    for session in store.sessions(store.meeting(made.code).id):
        snapshot = store.snapshot(session.id)
        assert snapshot.team_answer("open", "support_needed") == "all_but_one"
        assert snapshot.team_answer("open", "fallback_decider") == "M1"
    again = lead.get(f"{made.facilitator}/before")
    assert again.has('value="Dana Whitfield"')
    before = store.sessions(store.meeting(made.code).id)[0].rev
    lead.post(f"{made.facilitator}/before", **form)
    assert store.sessions(store.meeting(made.code).id)[0].rev == before, "the same answers were saved again"
    odd = lead.post(f"{made.facilitator}/before", **form | {"open.review_date": "2020-01-01"})
    assert odd.status == 422
    assert odd.has("Something here needs another look.")


def test_what_was_asked_beforehand_is_the_rooms_once_its_step_has_opened(
    lead: Browser, made: Made, store: Store
) -> None:
    for session in store.sessions(store.meeting(made.code).id):
        store.act(None, led.next_step(), session.id)
    page = lead.get(f"{made.facilitator}/before")
    assert page.has("These steps have opened, so the room answers them now.")
    lead.post(f"{made.facilitator}/before", **{"open.support_needed": "all_but_one"})  # type: ignore[arg-type]
    for session in store.sessions(store.meeting(made.code).id):
        assert store.snapshot(session.id).team_answer("open", "support_needed") == "all"


def test_eight_people_rehearse_a_copy_and_leave_the_session_alone(lead: Browser, made: Made, store: Store) -> None:
    before = [(m.code, [s.rev for s in store.sessions(m.id)]) for m in store.meetings()]
    page = lead.post(f"{made.facilitator}/rehearsal")
    assert page.has("They are on their way.")
    assert lead.post(f"{made.facilitator}/rehearsal").has("They are on their way.")
    deadline = time.monotonic() + 150
    while page.has("They are on their way.") and time.monotonic() < deadline:
        time.sleep(1)
        page = lead.get(f"{made.facilitator}/rehearsal")
    assert page.has("8 people in 2 teams went through")
    assert page.has("none lost.")
    assert re.search(r"It took \d+ s\.", page.text)
    assert [(m.code, [s.rev for s in store.sessions(m.id)]) for m in store.meetings()] == before


def test_the_packet_is_for_a_facilitators_key_or_seat(lead: Browser, made: Made, other: Browser, store: Store) -> None:
    secret, team = made.facilitator.rpartition("/")[2], slug(store, made, 0)
    assert other.get(f"packet/{secret}?team={team}").has("One Priority · Tupelo Branch")
    assert other.get(f"packet/{secret}").has(f"{made.code} · 1<")
    assert lead.get(f"packet/{made.code}").status == 200
    assert other.get(f"packet/{made.code}").status == 403
    assert other.get(f"packet/{made.coach.rpartition('/')[2]}").status == 404


def test_pictures_come_in_the_size_of_a_board_and_without_words_for_whoever_looks_on(
    lead: Browser, other: Browser, server: Server, store: Store
) -> None:
    made = set_up(lead, "Dana Whitfield\nLena Marsh\nTom Ash", pace="led")
    other.post(link_for(made.desk, "viewer"), follow=False)
    coach = Browser(server)
    coach.post(made.coach, follow=False)
    rehearse(store, made.code, 6, 1)
    place = f"picture/{made.code}/{{}}.svg?size={{}}&theme=dark"
    sizes = {size: lead.get(place.format("rank/0", size)).text for size in ("phone", "board", "wall")}
    assert len(set(sizes.values())) == 3
    plain = lead.get(place.format("rank/0", "board"))
    named = lead.get(place.format("rank/0", "board") + "&v=" + plain.headers["ETag"].strip('"')[:12])
    assert (plain.headers["Cache-Control"], named.headers["Cache-Control"]) == (
        "private, no-cache",
        "private, max-age=86400",
    )
    assert coach.get(place.format("rank/0", "board")).status == 200
    snapshot = store.snapshot(store.sessions(store.meeting(made.code).id)[0].id)
    words = [r.value for r in snapshot.responses if isinstance(r.value, str) and " " in r.value]
    words += [o.label for o in fold(snapshot.acts, snapshot.workbook).options("candidates")]
    words += [member.name for member in snapshot.members]
    shown = [
        page.text
        for step in snapshot.workbook.steps
        for n in range(3)
        if (page := other.get(place.format(f"{step.key}/{n}", "wall"))).status == 200
    ]
    assert shown
    assert [one for one in words for svg in shown if one in svg] == []


def test_what_is_still_blank_can_be_filled_in_from_the_board_after_its_step_has_opened(
    lead: Browser, other: Browser, made: Made, store: Store
) -> None:
    for session in store.sessions(store.meeting(made.code).id):
        store.act(None, led.next_step(), session.id)
    assert lead.get(f"before/{made.code}").has("These steps have opened, so the room answers them now.")
    take_back(store, made, 1)
    page = lead.get(f"before/{made.code}")
    assert re.findall(r'name="(open[^"]+)"', page.text) == ["open.support_needed"]
    assert page.has("Back to the board")
    assert other.get(f"before/{made.code}").status == 403
    assert other.post(f"before/{made.code}", **{"open.support_needed": "all_but_one"}).status == 403  # type: ignore[arg-type]
    board = lead.post(f"before/{made.code}", follow=False, **{"open.support_needed": "all_but_one"})  # type: ignore[arg-type]
    assert board.headers["Location"] == f"/{board_of(made).replace('-', '')}"
    given = [
        store.snapshot(session.id).team_answer("open", "support_needed")
        for session in store.sessions(store.meeting(made.code).id)
    ]
    assert given == ["all", "all_but_one"], "only the team where it was blank is asked"


def test_a_team_that_has_not_begun_keeps_what_the_room_of_another_answers(
    lead: Browser, made: Made, store: Store
) -> None:
    first, second = store.sessions(store.meeting(made.code).id)
    store.act(None, led.next_step(), first.id)
    page = lead.get(f"{made.facilitator}/before")
    form = dict(re.findall(r'name="(open[^"]+)" value="([^"]*)"', page.text)) | {"open.support_needed": "all_but_one"}
    lead.post(f"{made.facilitator}/before", **form)
    given = [store.snapshot(session.id).team_answer("open", "support_needed") for session in (first, second)]
    assert given == ["all", "all_but_one"]


def take_back(store: Store, made: Made, n: int) -> None:
    """What a team was asked beforehand is blank again."""
    session = store.sessions(store.meeting(made.code).id)[n]
    seat = store.take_seat("blank", session.id, "facilitator")
    blank, base = {"support_needed": None}, {"support_needed": 1}
    store.record(seat, Entry("open", 1, "blank", blank, "facilitator", "FACIL", base=base), may_record)
