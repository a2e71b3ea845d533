"""Every frame of the harness: sizes, sight, axe; and the built file."""

import shutil
import subprocess
from pathlib import Path

import axe
import pytest
from board_page import SOURCES
from harness import FORM, FRAMES, PHONE, Opener, button, shown
from lacking import leave_out

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "size"), [(390, "1"), (320, "1"), (320, "1.4")])
def test_no_frame_scrolls_sideways_and_targets_and_text_are_large_enough(opened: Opener, width: int, size: str) -> None:
    page = opened("text", width=width)
    page.evaluate("size => document.documentElement.dataset.size = size", size)
    found = {}
    for frame in FRAMES:
        page.evaluate(
            "name => kernel.stop && kernel.show({...structuredClone(kernel.frames[name]), key: name + ':1:x'})", frame
        )
        page.wait_for_function("name => document.querySelector('.mira-screen') && kernel", arg=frame)
        if shown(page, "Go there").count():
            button(page, "Go there").click()
        wrong = page.evaluate(
            """() => {
              const apart = ".mira-live, .mira-unseen, .mira-skip, .mira-row .mira-help";
              const seen = (e) => e.offsetParent && getComputedStyle(e).visibility === "visible" && !e.closest(apart);
              const all = [...document.querySelectorAll("body *")].filter(seen);
              const spell = (e) => e.outerHTML.slice(0, 120);
              const typed = "input:not([type=radio], [type=checkbox])";
              const target = `button, select, textarea, summary, ${typed}, label:has(input)`;
              const size = (e) => Math.min(e.getBoundingClientRect().height, e.getBoundingClientRect().width);
              const small = all.filter((e) => e.matches(target) && size(e) < 44).map(spell);
              const words = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
              const tiny = all.filter((e) => words(e) && !e.matches(".mira-mark"))
                .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 15).map(spell);
              const wide = document.documentElement.scrollWidth > innerWidth ? ["scrolls sideways"] : [];
              return [...wide, ...small, ...tiny];
            }"""
        )
        if wrong:
            found[frame] = wrong
    assert found == {}


@pytest.mark.parametrize("frame", ["text", "starters", "first", "order", "rows", "fixed", "hands", "share", "pen"])
def test_heading_and_first_field_are_seen_without_scrolling(opened: Opener, frame: str) -> None:
    page = opened(frame)
    box = (
        page.locator(".mira-field")
        .locator("input:visible, textarea:visible, button:visible, select:visible")
        .first.bounding_box()
    )
    assert box is not None
    assert box["y"] + min(box["height"], 48) <= PHONE["height"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_frame(opened: Opener, scheme: str) -> None:
    page = opened("text", scheme=scheme)
    found = {}
    for frame in FRAMES:
        page.evaluate("name => kernel.show({...structuredClone(kernel.frames[name]), key: name + ':1:x'})", frame)
        if shown(page, "Go there").count():
            button(page, "Go there").click()
        if frame == "text":
            button(page, "Menu").click()
        if serious := axe.violations(page):
            found[frame] = serious
    assert found == {}


OPENED = {
    "symptoms": ["Change Children wait in the hall"],
    "fishbone": ["Add a cause: People and skills"],
    "align": ["Next: Monday meeting", "Next: Science fair", "Look over"],
    "boxes": ["Next: Weaknesses", "Add: Which symptoms it touches"],
    "inventory": ["Add another line", "All fields", "Bring these rows in"],
    "decide": ["Keep these 2 as they are"],
}
"""What opens on some frames, by the buttons that lead there."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("frame", OPENED)
def test_what_opens_on_a_frame_is_as_large_and_as_clear(opened: Opener, frame: str, scheme: str) -> None:
    page = opened(frame, scheme=scheme, width=320)
    for fold in page.locator("summary").all():
        fold.click()
    for name in OPENED[frame]:
        button(page, name).click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, select, textarea, summary, label:has(input)")]
          .filter((e) => e.offsetParent && !e.closest(".mira-unseen"))
          .filter((e) => Math.min(e.getBoundingClientRect().height, e.getBoundingClientRect().width) < 44)
          .map((e) => e.outerHTML.slice(0, 120))"""
    )
    assert small == []
    assert axe.violations(page) == []


def test_the_bundles_are_what_their_sources_make(tmp_path: Path) -> None:
    npm = shutil.which("npm")
    if npm is None or not (FORM / "node_modules/esbuild").exists():
        leave_out("npm or esbuild", "npm ci in mira_workbook/widgets/js")
    subprocess.run([npm, "run", "--silent", "build", "--", "--outdir", str(tmp_path)], cwd=FORM, check=True)
    for folder, widget in ((FORM.parent, "form"), (SOURCES.parent, "board")):
        for name in (f"{widget}.js", f"{widget}.css"):
            assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name
