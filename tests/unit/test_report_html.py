"""Reports as pages: real structure, nothing fetched, and whatever people typed is text."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from report_cases import HOSTILE, THREE, blank, figures, hidden, hostile, lobby, of

from mira_workbook.charts import Look
from mira_workbook.exports import COACH, report_html
from mira_workbook.exports.printable import printable
from mira_workbook.exports.report import one_page, report
from mira_workbook.records import Snapshot


class Page(HTMLParser):
    """Tags, addresses and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.alts: list[str] = []
        self.words = ""
        self.feed(re.sub(r"<style>.*?</style>", "<style></style>", page, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [str(value) for name, value in attrs if name in {"src", "srcset", "href"}]
        self.alts += [str(value) for name, value in attrs if name == "alt"]

    def handle_data(self, data: str) -> None:
        self.words += data


def page(snapshot: Snapshot) -> str:
    return report_html.write(report(snapshot, COACH)).decode()


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {slug: page(of(slug)) for slug in THREE}


@pytest.mark.parametrize("slug", THREE)
def test_a_page_fetches_nothing(pages: dict[str, str], slug: str) -> None:
    read = Page(pages[slug])

    assert {address.split(",")[0] for address in read.addresses if not address.startswith("#")} == {
        "data:image/svg+xml;base64"
    }
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in pages[slug]
    assert not re.findall(r"url\(|@import|<script|<link|https?:", pages[slug])


@pytest.mark.parametrize("slug", THREE)
def test_a_page_has_landmarks_a_language_and_headings_in_order(pages: dict[str, str], slug: str) -> None:
    read = Page(pages[slug])
    levels = [int(tag[1]) for tag in read.tags if re.fullmatch(r"h\d", tag)]

    assert '<html lang="en">' in pages[slug]
    assert {"header", "main", "nav"} <= set(read.tags)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("slug", THREE)
def test_every_picture_has_its_words_and_a_drawing_for_each_kind_of_screen(pages: dict[str, str], slug: str) -> None:
    drawn = [one for one in figures(report(of(slug), COACH)) if one.picture]
    read = Page(pages[slug])

    assert read.alts == [one.alt for one in drawn]
    # A wall of cards is no picture for a phone: there its table is.
    phones = sum(bool(one.picture and one.picture.is_drawn(Look("phone"))) for one in drawn)
    assert read.tags.count("source") == len(drawn) + 2 * phones
    assert read.tags.count("figure") == len(figures(report(of(slug), COACH)))
    assert read.tags.count("table") > len(drawn)


def test_links_of_the_contents_lead_somewhere(pages: dict[str, str]) -> None:
    marks = [address for address in Page(pages["priority_setting"]).addresses if address.startswith("#")]

    assert len(marks) == 8
    assert all(f'id="{mark[1:]}"' in pages["priority_setting"] for mark in marks)


def test_the_same_session_gives_the_same_page(pages: dict[str, str]) -> None:
    assert page(of("root_cause_coaching")) == pages["root_cause_coaching"]


def test_what_people_typed_is_text_and_never_markup() -> None:
    odd, plain = Page(page(hostile())), Page(page(hidden(hostile())))

    assert set(odd.tags) <= set(plain.tags) | {"ul", "li"}
    assert odd.addresses == [address for address in odd.addresses if address.startswith("#")]
    for name, text in HOSTILE.items():
        assert printable(text) in odd.words, name


def test_marks_that_no_page_holds_are_left_out() -> None:
    assert printable(HOSTILE["control"]) == "before after half"[:6] + " after half"
    assert printable(HOSTILE["bidi"]) == "left turned and kept apart"
    assert printable("two\nlines and a\ttab") == "two\nlines and a tab"
    assert printable(HOSTILE["letters"]) == HOSTILE["letters"]


def test_a_hand_out_alone_has_no_contents() -> None:
    read = Page(report_html.write(one_page(of("priority_setting"), COACH)).decode())

    assert "nav" not in read.tags
    assert "For now, our one priority is" in read.words


@pytest.mark.parametrize("now", [lobby(), blank(of("priority_setting")), hidden(of("resource_mapping"))])
def test_odd_sessions_have_a_page(now: Snapshot) -> None:
    assert "About this session" in Page(page(now)).words
