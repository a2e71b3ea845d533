"""Steps that are done, folded to a line: what they say, and that no text becomes a tag."""

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from export_cases import acts, answer, session, small, table
from hypothesis import given
from hypothesis import strategies as st
from rooms import acted, room, upto

from mira_workbook.records import Response, Snapshot
from mira_workbook.widgets.folded import folded, folds

HOSTILE = "<img src=x onerror=alert(1)></p></details><script>alert('1')</script> & \"so\""
ESCAPED = (
    "&lt;img src=x onerror=alert(1)&gt;&lt;/p&gt;&lt;/details&gt;&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt; "
    "&amp; &quot;so&quot;"
)


def own(*responses: Response, title: str = "Own", **other: Any) -> Snapshot:
    """A session whose first step is shown and whose second is open."""
    book = small()
    steps = tuple(s.model_copy(update={"title": title}) if s.key == "own" else s for s in book.steps)
    done = acts(("open", "own"), ("reveal", "own"), ("open", "list"))
    return session(book.model_copy(update={"steps": steps}), done, responses, **other)


def fold_of(now: Snapshot, step: str = "own", me: str = "M1") -> str:
    return folded(room(now, me), now.workbook.step(step))


class Tags(HTMLParser):
    """Collects tags and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert [name for name, _ in attrs] in ([], ["class"])
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_step_not_opened_yet_shows_nothing() -> None:
    assert fold_of(own(), "rank") == ""


def test_a_step_left_out_says_so() -> None:
    now = acted(own(title="<b>Own</b>"), "skip", "own")
    told = '<p class="mira-fold mira-skipped">We left out “&lt;b&gt;Own&lt;/b&gt;” this time.</p>'
    assert fold_of(now) == told


def test_a_step_that_waits_for_me_is_not_folded() -> None:
    now = session(small(), acts(("open", "own")), ())
    assert fold_of(now) == ""


def test_a_step_that_gave_nothing_is_its_title() -> None:
    assert fold_of(own()) == '<p class="mira-fold"><span>✓ Own</span></p>'


def test_my_answer_is_the_line_and_opening_it_shows_all_of_it() -> None:
    now = own(answer("own", "words", "M1", "A quiet hour"), answer("own", "mood", "M1", 2))
    assert fold_of(now) == (
        '<details class="mira-fold"><summary><span>✓ Own</span> <span class="mira-fold-line">A quiet hour</span>'
        "</summary><p>A quiet hour</p><p>middle</p></details>"
    )


def test_another_members_answer_is_not_in_my_fold() -> None:
    assert fold_of(own(answer("own", "words", "M2", "A quiet hour"))) == '<p class="mira-fold"><span>✓ Own</span></p>'


def test_a_long_answer_is_cut_in_the_line_and_whole_inside() -> None:
    exact, longer = (
        fold_of(own(answer("own", "words", "M1", "a" * 60))),
        fold_of(own(answer("own", "words", "M1", "a" * 61))),
    )
    assert f'line">{"a" * 60}</span>' in exact
    assert f'line">{"a" * 59}…</span>' in longer
    assert f"<p>{'a' * 61}</p>" in longer


def test_what_the_team_heard_follows_my_answer() -> None:
    told = fold_of(acted(upto("sort"), "open", "talk"), "sort")
    assert "<p>Early reading, grades 1-3: Focus</p>" in told
    assert told.endswith(
        "<p>5 different first picks. Pick any two of us: about 1 time in 7 they chose the same.</p></details>"
    )


@pytest.mark.parametrize("place", ["title", "words", "note", "kinds"])
def test_hostile_text_stays_text_wherever_it_was_written(place: str) -> None:
    rows = {"note": table({"": "R1", "note": HOSTILE}), "kinds": table({"": "R1", "note": "n", "kinds": [HOSTILE]})}
    given_ = answer("own", "words", "M1", HOSTILE if place == "words" else "w")
    more = [answer("own", "notes", "M1", rows[place])] if place in rows else []
    html = fold_of(own(given_, *more, title=HOSTILE if place == "title" else "Own"))
    assert ESCAPED in html
    assert "<img" not in html
    assert "<script" not in html


def test_what_the_team_wrote_is_folded_for_all_of_them_and_stays_text() -> None:
    ours = answer("list", "ideas", "TEAM", table({"": "C1", "label": "More sleep"}, {"": "C2", "label": HOSTILE}))
    now = acted(own(ours), "open", "rank")
    html = (
        '<details class="mira-fold"><summary><span>✓ List</span> '
        '<span class="mira-fold-line">More sleep</span></summary>'
        f"<p>More sleep</p><p>{ESCAPED}</p></details>"
    )
    assert [fold_of(now, "list", me) for me in ("M1", "M2", "M3")] == [html] * 3


def test_a_hostile_label_in_a_sentence_of_the_team_stays_text() -> None:
    now = upto("sort")
    lists = {"candidates": [["C1", HOSTILE], ["C2", "Two"], ["C3", "Three"]]}
    same = [
        replace(r, value=table({"": "C1", "tier": "priority"})) if (r.step, r.field) == ("sort", "places") else r
        for r in now.responses
    ]
    now = acted(acted(replace(now, responses=tuple(same)), "reveal", "sort", lists=lists), "open", "talk")
    assert f"<p>All of us chose the same: {ESCAPED}.</p></details>" in fold_of(now, "sort")


@given(words=st.text(st.sampled_from("<>&\"' ai/=\n\\;#"), max_size=80).map("w{}w".format))
def test_whatever_is_written_the_fold_has_only_its_own_tags(words: str) -> None:
    parsed = Tags()
    parsed.feed(fold_of(own(answer("own", "words", "M1", words), title=words)))
    assert parsed.tags == ["details", "summary", "span", "span", "p"]
    assert words in parsed.text


def test_the_step_on_the_page_is_not_folded_under_itself() -> None:
    now = own(answer("own", "words", "M1", "w"))
    found = folds(room(now))
    assert list(found) == ["own", "list", "rank", "bye"]
    assert [key for key, html in found.items() if html] == ["own"]


def test_after_the_end_all_that_was_opened_is_folded() -> None:
    found = folds(room(acted(own(), "end")))
    assert [key for key, html in found.items() if html] == ["own", "list"]
