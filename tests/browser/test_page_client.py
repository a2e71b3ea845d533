"""The page client in a real browser, over a line that can be cut: widgets, weight, connection, coming back, leaving."""

import os
import signal
import subprocess
from collections.abc import Iterator

import axe
import pytest
from lacking import leave_out
from playwright.sync_api import Browser, Page, expect, sync_playwright
from small_server import CHROMIUM, HOST, LOST, PHONE, QUIET, RETURNING, Line, Server, until

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("page"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        leave_out("Chromium", "Debian: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    line = Line(server.port)
    yield line
    line.close()


KERNEL = "JSON.parse(document.getElementById('jupyter-config-data')?.textContent ?? '{}').kernelId ?? ''"


@pytest.fixture
def page(browser: Browser, line: Line, server: Server) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 664})
    page = context.new_page()
    page.set_default_timeout(30000)
    yield page
    if page.url.startswith("http"):
        kernel = page.evaluate(KERNEL)
        line.mend()
        page.goto("about:blank")
        # Leaving ends the kernel, but a line that was cut may swallow the word of it, and the room has two places.
        server.end(kernel)
    context.close()


def address(line: Line) -> str:
    return f"http://{HOST}:{line.port}/voila/render/small.ipynb"


def enter(page: Page, line: Line) -> str:
    """Opens the page, waits until its widgets are drawn and returns its kernel's id."""
    page.goto(address(line))
    expect(page.locator("html[data-ready]")).to_be_attached()
    expect(page.locator("#field-words")).to_be_visible()
    return str(page.evaluate(KERNEL))


def test_standard_widgets_and_an_anywidget_speak_with_the_kernel_both_ways(page: Page, line: Line) -> None:
    enter(page, line)
    assert page.evaluate("window.isSecureContext") is False

    page.get_by_label("Your name").fill("Lena")
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_text("Hello Lena")).to_be_visible()
    expect(page.get_by_text("Made on the open page")).to_be_visible()

    page.get_by_label("Words").fill("read early")
    page.get_by_label("Words").blur()
    expect(page.locator("#heard")).to_have_text("READ EARLY")
    expect(page.locator("#heard")).to_have_attribute("data-count", "1")
    expect(page.locator("#mirror")).to_have_text("read early")


def test_a_first_load_is_light_and_asks_no_other_host(page: Page, line: Line) -> None:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    sent: list[str] = []
    received: list[float] = []
    wire.on("Network.requestWillBeSent", lambda event: sent.append(event["request"]["url"]))
    wire.on("Network.webSocketCreated", lambda event: sent.append(event["url"]))
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    enter(page, line)

    sent = [url for url in sent if not url.startswith(("blob:", "data:"))]
    assert len(sent) <= 10
    assert sum(received) <= 600_000
    assert {url.split("/")[2] for url in sent} == {f"{HOST}:{line.port}"}


def test_text_is_shown_as_text_and_a_broken_cell_says_nothing_of_its_reason(page: Page, line: Line) -> None:
    enter(page, line)

    expect(page.locator("pre")).to_have_text("plain <b>text</b>")
    expect(page.get_by_text("This part of the page did not open. Your words are safe.")).to_be_visible()
    assert "a secret reason" not in page.content()
    assert "Not for the page" not in page.content()


def test_a_description_keeps_its_small_html_and_loses_what_could_act(page: Page, line: Line) -> None:
    page.goto(address(line).replace("small", "hostile"))
    expect(page.get_by_text("Bold")).to_be_visible()

    assert page.locator(".widget-label").inner_html() == (
        '<b title="t">Bold</b><img src="x"><a>one</a><a href="/two">two</a><b>in</b>cell&lt;i&gt;'
    )
    assert page.evaluate("typeof bad") == "undefined"


def test_the_page_has_landmarks_two_live_regions_and_a_skip_link_first(page: Page, line: Line) -> None:
    enter(page, line)

    assert page.title() == "A small <workbook>"
    assert page.locator("html").get_attribute("lang") == "en"
    for landmark in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(landmark)).to_have_count(1)
    assert page.locator("[role=status], [role=alert], [aria-live]").count() == 2
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the step")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "step"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_theme_and_text_size_of_this_phone_stand_before_the_first_paint(page: Page, line: Line) -> None:
    page.add_init_script("localStorage.setItem('mira-theme', 'dark'); localStorage.setItem('mira-size', '1.4')")
    enter(page, line)

    assert page.evaluate("({...document.documentElement.dataset}).theme") == "dark"
    assert page.evaluate("document.documentElement.dataset.size") == "1.4"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_passes_axe(page: Page, line: Line, theme: str) -> None:
    page.add_init_script(f"localStorage.setItem('mira-theme', '{theme}')")
    enter(page, line)
    assert axe.violations(page, frozenset()) == []
    line.cut()
    expect(page.locator("#mira-connection")).to_be_visible()
    assert axe.violations(page, frozenset()) == []


def test_a_cut_line_is_told_after_four_seconds_and_nothing_typed_is_lost(page: Page, line: Line) -> None:
    enter(page, line)
    page.evaluate("() => { window.states = []; mira.onConnection((state) => states.push(state)); }")
    page.get_by_label("Words").fill("before")
    line.cut()
    page.wait_for_timeout(3000)
    expect(page.get_by_text(LOST)).to_have_count(0)
    expect(page.locator("#mira-connection")).to_contain_text(LOST)
    expect(page.get_by_role("alert")).to_have_text(LOST)
    assert page.evaluate("mira.connection") == "lost"

    page.get_by_label("Words").fill("written in the dark")
    line.mend()
    page.get_by_role("button", name="Try now").click()
    expect(page.locator("#mira-connection")).to_contain_text("You are back. Nothing was lost.")
    expect(page.locator("#mirror")).to_have_text("written in the dark")
    expect(page.get_by_role("status")).to_have_text("You are back. Nothing was lost.")
    expect(page.locator("#mira-connection")).to_have_count(0)
    assert page.evaluate("[mira.connection, states.join()]") == ["ok", "lost,ok"]


def test_a_short_cut_stays_silent(page: Page, line: Line) -> None:
    enter(page, line)
    line.cut()
    expect(page.locator("html[data-ready]")).to_be_attached()
    line.mend()
    page.wait_for_function("mira.connection === 'ok'")
    page.get_by_label("Words").fill("still here")
    expect(page.locator("#mirror")).to_have_text("still here")
    assert page.locator("#mira-connection").count() == 0


def test_words_sent_into_a_deaf_line_arrive_when_it_is_whole_again(page: Page, line: Line) -> None:
    enter(page, line)
    line.deafen()
    page.get_by_label("Words").fill("into the void")
    page.get_by_label("Words").fill("into the void again")
    expect(page.locator("#mira-connection")).to_contain_text(LOST)
    line.mend()
    expect(page.locator("#mirror")).to_have_text("into the void again")


def test_the_connection_line_moves_nothing_under_a_thumb(page: Page, line: Line) -> None:
    enter(page, line)
    page.evaluate("document.getElementById('step').style.paddingBottom = '900px'")
    page.get_by_label("Words").focus()
    page.evaluate("window.scrollTo(0, 60)")
    before = page.locator("#field-words").bounding_box()
    line.cut()
    expect(page.locator("#mira-connection")).to_be_visible()
    assert page.locator("#field-words").bounding_box() == before
    line.mend()


def note_what_is_told(page: Page) -> None:
    """Write down what the line about the connection says, for longer than the page lives that says it."""
    page.evaluate("""() => new MutationObserver(() => {
      const line = document.getElementById("mira-connection");
      if (line) sessionStorage.setItem("told", line.textContent);
    }).observe(document.documentElement, { childList: true, subtree: true, characterData: true })""")


def was_told(page: Page, words: str) -> None:
    page.wait_for_function("(words) => (sessionStorage.getItem('told') || '').includes(words)", arg=words)


def test_a_page_whose_kernel_crashed_comes_back_by_itself(page: Page, line: Line, server: Server) -> None:
    kernel = enter(page, line)
    note_what_is_told(page)
    children = subprocess.run(["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True, check=True)
    for child in children.stdout.split():
        os.kill(int(child), signal.SIGKILL)

    was_told(page, RETURNING)
    new_kernel(page, kernel)
    expect(page.locator("html[data-ready]")).to_be_attached()


def test_a_page_whose_kernel_was_ended_comes_back_to_the_field(page: Page, line: Line) -> None:
    kernel = enter(page, line)
    note_what_is_told(page)
    page.get_by_label("Words").focus()
    page.evaluate("(id) => fetch(`/api/kernels/${id}`, { method: 'DELETE' }).then(() => null)", kernel)
    page.keyboard.type("a")

    was_told(page, RETURNING)
    new_kernel(page, kernel)
    expect(page.locator("html[data-ready]")).to_be_attached()
    expect(page.locator("#field-words")).to_be_focused()


def new_kernel(page: Page, old: str) -> None:
    script = "(old) => !(document.getElementById('jupyter-config-data')?.textContent ?? old).includes(old)"
    page.wait_for_function(script, arg=old, timeout=60000)


def test_a_page_comes_back_after_the_server_was_started_anew(page: Page, line: Line, server: Server) -> None:
    kernel = enter(page, line)
    server.stop()
    page.wait_for_timeout(2000)
    server.start()
    new_kernel(page, kernel)
    page.get_by_label("Words").fill("here again")
    expect(page.locator("#mirror")).to_have_text("here again")


def test_leaving_the_page_ends_its_kernel(page: Page, line: Line, server: Server) -> None:
    kernel = enter(page, line)
    assert server.has_kernel(kernel)
    page.goto("about:blank")
    assert until(lambda: not server.has_kernel(kernel))


def test_a_full_room_lets_the_next_person_in_by_itself(
    browser: Browser, page: Page, line: Line, server: Server
) -> None:
    # With nobody in it: on a busy machine kernels of pages that have been left are still there for a while.
    server.stop()
    server.start()
    others = [browser.new_context().new_page() for _ in range(2)]
    for other in others:
        enter(other, line)
    page.goto(address(line))
    expect(page.get_by_role("heading", name="The room is full for a moment")).to_be_visible()
    expect(page.get_by_text("next try in")).to_be_visible()
    assert axe.violations(page, frozenset()) == []
    others[0].goto("about:blank")
    expect(page.locator("html[data-ready]")).to_be_attached()
    for other in others:
        other.goto("about:blank")
        other.context.close()


def test_a_page_nobody_knows_says_so_in_our_look(page: Page, line: Line) -> None:
    page.goto(f"http://{HOST}:{line.port}/voila/render/nowhere.ipynb")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "Voil" not in page.content()
    assert "://" not in page.content()
