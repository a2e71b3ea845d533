"""The page's own words and its pages without a kernel, drawn as the server draws them."""

import re
from html import unescape
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import mira_workbook
from mira_workbook.catalogue.client import SENTENCES, client_texts

SERVE = Path(mira_workbook.__file__).parent / "serve"
TEMPLATES = SERVE / "template" / "voila" / "templates" / "mira"


def drawn(name: str, **data: object) -> str:
    env = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    return env.get_template(name).render(base_url="/here/", **data)


def words(page: str) -> str:
    """What a person reads on a page."""
    main = re.search(r"<main.*</main>", page, re.DOTALL)
    assert main
    return " ".join(unescape(re.sub(r"<script.*?</script>|<[^>]*>", " ", main[0], flags=re.DOTALL)).split())


def test_a_full_room_says_which_place_is_kept() -> None:
    assert words(drawn("503.html", place=3)) == (
        "The room is full for a moment This page tries again by itself. Your place is kept: you are number 3. Try now"
    )
    assert words(drawn("503.html")) == "The room is full for a moment This page tries again by itself. Try now"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (403, "This page is not open to you Use your own link, or come in with the code on the wall. Go to the start"),
        (405, "This page did not open Go to the start and come in again. Your answers are safe. Go to the start"),
        (
            500,
            "This page did not open It is on our side. Your answers are safe. This page tries again by itself. Try now",
        ),
    ],
)
def test_a_page_that_did_not_open_says_what_to_do(status: int, expected: str) -> None:
    assert words(drawn("error.html", status_code=status)) == expected


def test_an_unknown_page_leads_back_to_the_start() -> None:
    page = drawn("404.html")

    assert words(page) == (
        "We do not know this page Look at the wall again, or use your own link. Your answers are safe. Go to the start"
    )
    assert 'href="/here/"' in page
    assert 'href="/here/voila/templates/mira/static/tokens.css"' in page


def test_every_page_has_one_main_landmark_and_the_two_live_regions() -> None:
    for name in ("404.html", "503.html", "tree.html", "tree-lab.html"):
        page = drawn(name)
        assert [len(re.findall(p, page)) for p in ("<main ", 'role="status"', 'role="alert"', "<h1>")] == [
            1,
            1,
            1,
            1,
        ], name


def test_the_scripts_own_words_are_those_of_the_catalogue() -> None:
    source = (SERVE / "client" / "src" / "texts.js").read_text()

    written = dict(re.findall(r'^  (\w+): "(.*)",$', source, re.MULTILINE))
    assert written == client_texts()


def test_every_sentence_of_the_catalogue_is_said_by_the_page() -> None:
    said = "".join(path.read_text() for path in TEMPLATES.iterdir() if path.suffix in {".html", ".j2"})
    said += (SERVE / "client" / "src" / "texts.js").read_text()

    for key, sentence in SENTENCES.items():
        for part in re.split(r"\{\w+\}", str(sentence)):
            assert part.strip() in said, key
