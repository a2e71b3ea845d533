"""The doors in a real browser, on a plain address as phones meet it: by thumb, by keyboard, without scripts."""

import csv
import io
import shutil
import zipfile
from collections.abc import Iterator

import axe
import pytest
import servers
from lacking import leave_out
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from servers import Made, Server, add_notebook, set_up, telling_workbooks

from mira_workbook import demo
from mira_workbook.store import Store

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HOST = "room.test"  # a name that is not this machine's own: plain http, without what browsers keep for secure pages
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-features=HttpsUpgrades",
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
]
PEOPLE = "Dana Whitfield, principal\nLena Marsh, Grade 1 teacher\nAna Fern, Grade 2\nAna Fern, Front office"
SIZES = {"phone": (390, 664), "board": (1280, 800), "narrow": (320, 568)}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        leave_out("Chromium", "Debian: apt install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    folder = telling_workbooks(home / "workbooks")
    add_notebook(folder, "facilitate")
    running = servers.start(home, MIRA_WORKBOOKS=str(folder))
    yield running
    running.stop()


@pytest.fixture
def made(server: Server) -> Made:
    return set_up(servers.Browser(server), PEOPLE)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with_phone = context(browser)
    yield with_phone.new_page()
    with_phone.close()


def context(browser: Browser, size: str = "phone", theme: str = "light", *, scripts: bool = True) -> BrowserContext:
    width, height = SIZES[size]
    made = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        java_script_enabled=scripts,
    )
    made.set_default_timeout(30000)
    return made


def at(server: Server, path: str = "") -> str:
    return server.url.replace("127.0.0.1", HOST) + path.removeprefix(server.url)


def take_seat(page: Page, server: Server, made: Made, name: str) -> None:
    page.goto(at(server, f"join/{made.code}"))
    page.get_by_role("button", name=name).click()


def test_from_the_code_to_the_workbook_with_the_keyboard_alone(phone: Page, server: Server, made: Made) -> None:
    phone.goto(at(server))
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("link", name="Skip to the step")).to_be_focused()
    phone.keyboard.press("Tab")
    phone.keyboard.type(made.code.lower())
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="Tap your name")).to_be_visible()
    for _ in range(4):  # the skip link, Ana, Dana, Lena
        phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/voila/render/priority_setting.ipynb?m=*")
    expect(phone.locator("html[data-ready]")).to_be_attached()
    expect(phone.get_by_text("drawn")).to_be_visible()


def test_joining_needs_no_scripts(browser: Browser, server: Server, made: Made) -> None:
    plain = context(browser, scripts=False)
    page = plain.new_page()
    page.goto(at(server))
    page.get_by_label("Code from the wall").fill(made.code)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="I am not on this list").click()
    page.get_by_label("Your name").fill("Eva Reed")
    expect(page.get_by_label("Which of these comes nearest?")).to_be_hidden()
    page.get_by_label("other", exact=True).check()
    page.get_by_label("Which of these comes nearest?").select_option("From the community")
    page.get_by_role("button", name="Come in").click()
    page.wait_for_url("**/voila/render/priority_setting.ipynb?m=*")
    plain.close()


def test_whoever_waits_is_let_in_from_the_desk_and_neither_page_is_touched(
    browser: Browser, phone: Page, server: Server, made: Made
) -> None:
    take_seat(phone, server, made, "Lena Marsh")
    phone.wait_for_url("**/voila/render/**")
    desk, second = context(browser, "board").new_page(), context(browser).new_page()
    desk.goto(at(server, made.facilitator))
    expect(desk.get_by_role("heading", name="1 of 4 here")).to_be_visible()
    take_seat(second, server, made, "Lena Marsh")
    second.get_by_role("button", name="Yes, it is me").click()
    expect(second.get_by_role("heading", name="One moment")).to_be_visible()
    desk.get_by_role("button", name="Let in").click()
    second.wait_for_url("**/voila/render/**")
    desk.context.close()
    second.context.close()


def test_leaving_clears_what_was_typed_and_keeps_the_look(phone: Page, server: Server, made: Made) -> None:
    take_seat(phone, server, made, "Dana Whitfield")
    phone.wait_for_url("**/voila/render/**")
    phone.evaluate("localStorage.setItem('K7M/M1', 'half a sentence'); localStorage.setItem('mira-theme', 'dark')")
    phone.goto(at(server, "leave"))
    phone.get_by_role("button", name="Leave and clear this phone").click()
    expect(phone.get_by_role("heading", name="This phone is clear")).to_be_visible()
    assert phone.evaluate("Object.keys(localStorage)") == ["mira-theme"]
    assert phone.context.cookies() == []


def test_a_wrong_code_puts_the_focus_on_the_field_and_its_words_beside_it(phone: Page, server: Server) -> None:
    phone.goto(at(server, "?code=ABC-123"))
    field = phone.get_by_label("Code from the wall")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        "We do not know this code. Look at the wall again: six letters and digits, such as K7M-4QX."
    )


def test_the_set_up_page_knows_the_rooms_own_time_zone(browser: Browser, server: Server) -> None:
    far = browser.new_context(timezone_id="Pacific/Auckland")
    page = far.new_page()
    page.goto(at(server, "setup"))
    assert page.locator("#zone").input_value() == "Pacific/Auckland"
    far.close()


def test_what_is_typed_on_the_set_up_page_is_there_again_after_a_reload(phone: Page, server: Server) -> None:
    phone.goto(at(server, "setup"))
    phone.get_by_role("textbox", name="Team").fill("Oak Hill")
    phone.get_by_label("One person leads, on the wall").check()
    phone.get_by_label("Starts").fill("15:30")
    phone.get_by_label("Ends").fill("17:00")
    expect(phone.get_by_text("With the warm-up done beforehand: 86 · 4 minutes of air")).to_be_visible()
    expect(phone.get_by_text("Saved")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("textbox", name="Team")).to_have_value("Oak Hill")
    expect(phone.get_by_label("One person leads, on the wall")).to_be_checked()
    expect(phone.get_by_text("4 minutes of air")).to_be_visible()


def test_the_board_the_projector_and_the_remote_open_from_the_desk(
    browser: Browser, phone: Page, server: Server, made: Made
) -> None:
    laptop = context(browser, "board")
    desk = laptop.new_page()
    desk.goto(at(server, made.facilitator))
    with desk.expect_popup() as wall:
        desk.get_by_role("button", name="Open projector view").click()
    wall.value.wait_for_url("**/facilitate.ipynb?m=*&view=present")
    expect(wall.value.get_by_text("drawn")).to_be_visible()
    desk.get_by_role("button", name="My phone as remote").click()
    link = desk.locator(".mira-join-link").inner_text()
    for _ in range(2):  # a camera that looks before it follows
        phone.goto(link)
    phone.get_by_role("button", name="Lead from this phone").click()
    phone.wait_for_url("**/facilitate.ipynb?m=*&view=remote")
    phone.reload()
    expect(phone.get_by_text("drawn")).to_be_visible()
    desk.get_by_role("link", name="Back to the desk").click()
    desk.get_by_role("button", name="Open the board").click()
    expect(desk.get_by_text("drawn")).to_be_visible()
    laptop.close()


def test_a_coach_takes_the_hand_out_and_the_tables_home(browser: Browser, phone: Page, server: Server) -> None:
    store = Store(f"sqlite:///{server.home / 'mira.sqlite'}")
    played = next(one for one in demo.demo(store.url) if one.workbook == "priority_setting")
    phone.goto(at(server, f"key/{store.new_key(played.code, 'coach')}"))
    store.close()
    phone.get_by_role("button", name="Open the coach’s page").click()
    expect(phone.get_by_text("More of our grade 1-3 students can decode on level by spring")).to_be_visible()
    with phone.expect_download() as coming:
        phone.get_by_role("link", name="Web page One-page hand-out").click()
    assert coming.value.suggested_filename == f"handout-{played.team}-{played.code}.html"
    page = browser.new_page()
    page.set_content(coming.value.path().read_text("utf-8"))
    expect(page.get_by_text("For now, our one priority is")).to_be_visible()
    expect(page.get_by_text("More of our grade 1-3 students can decode on level by spring")).to_be_visible()
    page.close()
    with phone.expect_download() as coming:
        phone.get_by_role("link", name="Tables for Excel").click()
    assert coming.value.suggested_filename == f"priority_setting-{played.code}-csv.zip"
    with zipfile.ZipFile(io.BytesIO(coming.value.path().read_bytes())) as bundle:
        people = bundle.read("members.csv").decode("utf-8-sig").splitlines()
        assert len(people) == 1 + 8
        (candidates,) = [name for name in bundle.namelist() if name.endswith("candidates.csv")]
        rows = csv.DictReader(bundle.read(candidates).decode("utf-8-sig").splitlines())
        assert [int(row["first_n"]) for row in rows] == [5, 1, 1, 1, 0, 0, 0]
    expect(phone.get_by_role("link", name="Everything as JSON")).to_be_visible()


@pytest.mark.parametrize(
    ("size", "theme"), [("phone", "light"), ("phone", "dark"), ("board", "light"), ("narrow", "light")]
)
def test_every_door_passes_axe_and_never_scrolls_sideways(
    browser: Browser, server: Server, made: Made, size: str, theme: str
) -> None:
    taken = servers.Browser(server)
    taken.post(f"join/{made.code}", member="M2", follow=False)
    waiting = servers.Browser(server)
    waiting.post(f"join/{made.code}", member="M2", sure="1", knock="1")
    looking = context(browser, size, theme)
    page = looking.new_page()
    doors = {
        "home": "",
        "wrong code": "?code=ABC-123",
        "names": f"join/{made.code}",
        "new name": f"join/{made.code}?new=1",
        "set-up": "setup",
        "desk": made.facilitator,
        "what was asked": f"{made.facilitator}/before",
        "rehearsal": f"{made.facilitator}/rehearsal",
        "packet": f"packet/{made.facilitator.rpartition('/')[2]}",
        "link that is used up": "hand/" + "x" * 22,
        "coach": made.coach,
        "wrong door": f"coach/{made.code}",
        "privacy": "privacy",
        "about": "about",
        "leave": "leave",
        "nowhere": "nowhere",
    }
    found: dict[str, object] = {}
    for name, path in doors.items():
        page.goto(at(server, path))
        found |= odd(page, name)
    page.goto(at(server, made.coach))
    page.get_by_role("button", name="Open the coach’s page").click()
    page.wait_for_url("**/coach/*")
    found |= odd(page, "the coach's page")
    page.goto(at(server, made.facilitator))
    page.get_by_role("button", name="My phone as remote").click()
    found |= odd(page, "phone")
    page.goto(page.locator(".mira-join-link").inner_text())
    expect(page.get_by_role("button", name="Lead from this phone")).to_be_visible()
    found |= odd(page, "hand")
    for name, button in (("in use", "Lena Marsh"), ("which of two", "Ana Fern")):
        take_seat(page, server, made, button)
        found |= odd(page, name)
    looking.close()
    assert found == {}


def odd(page: Page, name: str) -> dict[str, object]:
    """What axe finds on the page as it is, and whether it is wider than the window."""
    violations = axe.violations(page, frozenset())
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return {name: {"axe": violations, "too wide by": wide}} if violations or wide > 0 else {}
