"""The coach's page and the files of a meeting, over HTTP: who may take them, and what is in them."""

import io
import json
import re
import time
import zipfile
from collections.abc import Iterator

import pytest
from servers import Browser, Made, Server, add_notebook, set_up, start, telling_workbooks

from mira_workbook import demo
from mira_workbook.cli import room
from mira_workbook.judging import Verdict
from mira_workbook.records import Entry
from mira_workbook.rules import moves
from mira_workbook.serve.coach import news
from mira_workbook.store import Store, plain_code, shown_code

NOTHING = "Nothing has been shown yet. Files fill as the team shows its answers."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    running = start(home, MIRA_WORKBOOKS=str(telling_workbooks(home / "workbooks")), MIRA_KEEP_DAYS="36500")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def store(server: Server) -> Iterator[Store]:
    opened = Store(f"sqlite:///{server.home / 'mira.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def played(store: Store) -> str:
    """The code of the demo team's meeting."""
    team = next(team for team in demo.demo(store.url) if team.workbook == "priority_setting")
    return shown_code(team.code)


@pytest.fixture(scope="module")
def coach(server: Server, store: Store, played: str) -> Browser:
    browser = Browser(server)
    assert browser.post(f"key/{store.new_key(played, 'coach')}").path == f"/coach/{played}"
    return browser


@pytest.fixture
def lead(server: Server) -> Browser:
    return Browser(server)


@pytest.fixture
def made(lead: Browser) -> Made:
    return set_up(lead, "Dana Whitfield, principal\nLena Marsh, Grade 1 teacher\nAna Fern, nurse")


def test_the_page_tells_how_far_the_team_came_without_saying_who(coach: Browser, played: str) -> None:
    page = coach.get(f"coach/{played}")
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td>', page.text)
    assert rows == [
        ("Opening", "together", "written"),
        ("Your role", "8 of 8", "shown"),
        ("Two colleagues", "8 of 8", "shown"),
        ("What they expected", "8 of 8", "shown"),
        ("Add and merge", "8 of 8", "shown"),
        ("First, focus, watch", "8 of 8", "shown"),
        ("Speak for it", "7 of 8", "shown"),
        ("Order", "8 of 8", "shown"),
        ("The sentence", "together", "written"),
        ("All hands", "8 of 8", "shown"),
        ("All hands, second round", "8 of 8", "shown"),
        ("Answer each worry", "together", "written"),
        ("Add and let go", "8 of 8", "shown"),
        ("A place for the others", "together", "written"),
    ]
    assert page.heading == "One Priority, Tupelo Branch Elementary"
    assert page.has("More of our grade 1-3 students can decode on level by spring")
    assert "Lena" not in page.text


def test_in_the_middle_of_a_step_it_counts_who_is_in(made: Made, server: Server, store: Store) -> None:
    lead, lena = Browser(server), Browser(server)
    lead.post(made.facilitator)
    lena.post(f"join/{made.code}", member="M2", follow=False)
    seat, leading = (store.seats_of(next(c.value or "" for c in one.cookies))[0] for one in (lena, lead))
    for _ in range(2):
        store.act(leading, moves.lead("go"), seat.session_id)
    words = {"text": "A secret until it is shown", "why": "It is"}
    store.record(seat, Entry("role_priority", 1, "one", words, "member", "M2"), lambda *_: Verdict())
    rows = [(line.title, line.count, line.stands) for line in news(store.snapshot(seat.session_id)).lines]
    assert rows == [
        ("Opening", "together", "written"),
        ("Your role", "1 of 3", "open now"),
        ("Two colleagues", "nobody yet", "open now"),
    ]
    page = Browser(server).post(made.coach)
    assert page.has(NOTHING)
    assert "A secret" not in page.text


def test_the_hand_out_is_the_teams_one_page(coach: Browser, played: str) -> None:
    page = coach.get(f"export/{played}/handout")
    assert (
        page.headers["Content-Disposition"] == f'attachment; filename="handout-tupelo-branch-{plain_code(played)}.html"'
    )
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.has("For now, our one priority is")
    assert coach.get(f"export/{played}/handout?team=tupelo-branch").body == page.body
    assert coach.get(f"export/{played}/handout?team=nobody").status == 404


def test_the_page_offers_both_papers_in_three_kinds(coach: Browser, played: str) -> None:
    page = coach.get(f"coach/{played}")
    for name in ("handout-pdf", "handout-docx", "handout", "pdf", "docx", "html"):
        assert f'href="/export/{played}/{name}"' in page.text
    assert page.has("Full report")


def test_a_report_comes_as_one_file_of_its_kind(coach: Browser, played: str) -> None:
    word = coach.get(f"export/{played}/docx")
    until = time.monotonic() + 60
    while word.status == 202 and time.monotonic() < until:  # it is made in a process of its own
        word = coach.get(f"export/{played}/docx")
    assert (
        word.headers["Content-Disposition"] == f'attachment; filename="report-tupelo-branch-{plain_code(played)}.docx"'
    )
    assert word.headers["Content-Type"].endswith(".wordprocessingml.document")
    assert word.body.startswith(b"PK")


def test_the_tables_come_in_one_zip_that_is_the_same_each_time(coach: Browser, played: str) -> None:
    one, two = coach.get(f"export/{played}/csv"), coach.get(f"export/{played}/csv")
    name = f"priority_setting-{played.replace('-', '')}-csv.zip"
    assert one.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert one.body == two.body
    with zipfile.ZipFile(io.BytesIO(one.body)) as bundle:
        assert bundle.testzip() is None
        assert {"responses_long.csv", "measures.csv", "members.csv", "codebook.csv"} <= set(bundle.namelist())
        assert bundle.read("responses_long.csv").startswith(b"\xef\xbb\xbf")
        assert "Lena Marsh" in bundle.read("members.csv").decode()


def test_everything_comes_as_json(coach: Browser, played: str) -> None:
    page = coach.get(f"export/{played}/json")
    assert page.headers["Content-Disposition"].endswith(f'"priority_setting-{played.replace("-", "")}.json"')
    assert json.loads(page.text)["sessions"][0]["team"]["slug"] == "tupelo-branch"


def test_every_file_that_leaves_is_in_the_log_and_a_question_is_not(coach: Browser, store: Store, played: str) -> None:
    before = len(store.accesses())
    coach.get(f"export/{played}/json", method="HEAD")
    coach.get(f"export/{played}/papyrus")
    assert len(store.accesses()) == before
    coach.get(f"export/{played}/json")
    noted = store.accesses()[-1]
    assert re.fullmatch(r"coach, seat \d+", noted.key)
    assert (noted.what, noted.format) == (played.replace("-", ""), "json")
    assert noted.rows > 500


@pytest.mark.parametrize("path", ["coach/{code}", "export/{code}/csv", "export/{code}/handout"])
def test_without_the_key_the_page_says_which_door_is_right(made: Made, server: Server, path: str) -> None:
    member = Browser(server)
    member.post(f"join/{made.code}", member="M2", follow=False)
    for browser in (Browser(server), member):
        page = browser.get(path.format(code=made.code))
        assert (page.status, page.heading) == (403, "A page for the coach")


def test_a_key_of_another_meeting_opens_nothing_here(coach: Browser, made: Made) -> None:
    assert coach.get(f"coach/{made.code}").status == 403
    assert coach.get(f"export/{made.code}/json").status == 403


def test_before_anything_is_shown_the_page_says_so_and_no_file_holds_it(
    made: Made, server: Server, store: Store
) -> None:
    reader, member = Browser(server), Browser(server)
    member.post(f"join/{made.code}", member="M2", follow=False)
    seat = store.seats_of(next(c.value or "" for c in member.cookies))[0]
    words = {"text": "A secret until it is shown"}
    store.record(seat, Entry("role_priority", 1, "one", words, "member", "M2"), lambda *_: Verdict())
    page = reader.post(made.coach)
    assert page.has(NOTHING)
    assert page.has("Not begun yet.")
    for name in ("json", "handout"):
        assert "A secret" not in reader.get(f"export/{made.code}/{name}").text
    with zipfile.ZipFile(io.BytesIO(reader.get(f"export/{made.code}/csv").body)) as bundle:
        assert not [name for name in bundle.namelist() if b"A secret" in bundle.read(name)]


def test_several_teams_have_a_hand_out_each_and_all_of_them_together(lead: Browser, server: Server) -> None:
    made = set_up(lead, "# Birch\nIda Hill\n# Oak <b>\nJon Vale", team="")
    reader = Browser(server)
    page = reader.post(made.coach)
    assert page.heading == "One Priority, 2 teams"
    assert "Hand-out of Oak &lt;b&gt;" in page.text
    one = reader.get(f"export/{made.code}/handout?team=oak-b")
    assert one.headers["Content-Disposition"] == f'attachment; filename="handout-oak-b-{plain_code(made.code)}.html"'
    both = reader.get(f"export/{made.code}/handout")
    with zipfile.ZipFile(io.BytesIO(both.body)) as bundle:
        assert bundle.namelist() == [
            f"handout-birch-{plain_code(made.code)}.html",
            f"handout-oak-b-{plain_code(made.code)}.html",
        ]


def test_the_desk_hands_out_the_same_files_on_any_device(made: Made, server: Server) -> None:
    tablet = Browser(server)
    assert tablet.get(f"export/{made.code}/json").status == 403
    taken = tablet.post(made.facilitator, act="file", format="json")
    assert taken.path == f"/export/{made.code}/json"
    assert json.loads(taken.text)["meeting"]["code"] == made.code.replace("-", "")
    assert tablet.post(made.facilitator, act="file", format="papyrus").heading == "One Priority, Tupelo Branch"


def test_a_coach_finds_the_way_back_from_the_first_page(coach: Browser, played: str) -> None:
    page = coach.get("")
    assert f'href="/coach/{played}"' in page.text
    assert page.has("Back to the files")


def test_no_page_leads_to_a_board_that_is_not_there(made: Made, lead: Browser, server: Server, store: Store) -> None:
    reader = Browser(server)
    pages = [made.desk, lead.get(""), lead.get("setup"), reader.post(made.coach), reader.get("")]
    assert not [page.url for page in pages if re.search(r"\bboard\b|\.ipynb", page.text)]
    assert lead.post(made.facilitator, act="board").heading == "One Priority, Tupelo Branch"
    wall = reader.post(f"key/{store.new_key(made.code, 'viewer')}")
    assert wall.heading == "The page for the wall is not here yet"
    assert not lead.get("setup").has('name="pace"')
    assert store.meeting(set_up(lead, "", pace="led").code).pace == "own"


def test_every_link_that_serve_prints_for_the_demo_works(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MIRA_HOME", str(server.home))
    monkeypatch.delenv("MIRA_DATABASE_URL", raising=False)
    room._show_links(server.url)
    printed = re.findall(r"(coach|members|facilitator) +(http\S+)", capsys.readouterr().out)
    assert [role for role, _ in printed] == [*("coach",) * 3, *("members", "facilitator", "coach") * 2]
    for role, link in printed:
        assert Browser(server).get(link).status == 200
        if role == "coach":
            assert Browser(server).post(link).path.startswith("/coach/")


def test_boards_come_back_with_their_notebooks(made: Made, lead: Browser, server: Server, store: Store) -> None:
    code, reader = made.code.replace("-", ""), Browser(server)
    added = [add_notebook(server.home / "workbooks", name) for name in ("facilitate", "coach")]
    try:
        board = lead.post(made.facilitator, act="board", follow=False)
        assert board.headers["Location"] == f"/voila/render/facilitate.ipynb?m={code}"
        assert lead.get(made.facilitator).has("Open the board")
        assert lead.get("").has("Back to my board")
        assert reader.post(made.coach).has(f'href="/voila/render/coach.ipynb?m={code}"')
        wall = reader.post(f"key/{store.new_key(made.code, 'viewer')}", follow=False)
        assert wall.headers["Location"] == f"/voila/render/facilitate.ipynb?m={code}&view=wall"
        assert reader.get(f"voila/render/coach.ipynb?m={code}", follow=False).status == 200
        stranger = Browser(server).get(f"voila/render/facilitate.ipynb?m={code}")
        assert stranger.has("This page is for the facilitator. Open it with your facilitator link.")
        assert store.meeting(set_up(lead, "", pace="led").code).pace == "led"
    finally:
        for path in added:
            path.unlink()


def test_how_long_things_are_kept_stands_where_people_join_and_where_they_are_read(
    server: Server, coach: Browser, played: str, lead: Browser, made: Made
) -> None:
    kept = "They are forgotten 36500 days after the session ends."
    assert made.code
    assert Browser(server).get(f"join/{made.code}").has(kept)
    assert lead.get("privacy").has(kept)
    until = "This meeting is kept until April 20, 2124. Then its answers, names and notes are forgotten."
    assert coach.get(f"coach/{played}").has(until)
