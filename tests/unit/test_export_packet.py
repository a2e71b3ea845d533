"""The packet on paper: the words of the page, who sees what above every field, room for a hand."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from export_cases import demo

from mira_workbook.catalogue import say
from mira_workbook.content.load import load, workbooks
from mira_workbook.exports.packet import Known, known, write
from mira_workbook.text import fold


class Words(HTMLParser):
    """What a page says, and which tags it is made of."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.said).split())

    def all(self, cls: str) -> int:
        return sum(cls in (attrs.get("class") or "").split() for _, attrs in self.tags)


@pytest.mark.parametrize("path", workbooks().values(), ids=lambda path: path.stem)
def test_every_step_and_field_stands_on_paper_in_the_words_of_the_page(path: Path) -> None:
    workbook = load(path)
    page = Words(write(workbook, Known("K7M-4QX")))
    for step in workbook.steps:
        assert (step.heading or step.title) in page.text
        assert " ".join(step.do.split()) in page.text
        for asked in step.fields:
            assert asked.label in page.text
    assert page.all("block") == len(workbook.steps)
    assert page.all("seen") == sum(len(step.fields) for step in workbook.steps)
    codes = re.findall(r"K7M-4QX · \d+", page.text)
    assert codes == [f"K7M-4QX · {n}" for n in range(1, len(workbook.steps) + 1)]


def test_a_packet_asks_for_nothing_outside_and_runs_nothing() -> None:
    body = write(demo().workbook, known(demo(), "K7M-4QX"))
    page = Words(body)
    assert {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "form", "input"} == set()
    assert not re.search(rb"https?:|url\(|@import", body)
    assert [attrs for _, attrs in page.tags if "href" in attrs or "src" in attrs] == []


def test_a_packet_of_a_session_bears_names_and_what_was_set_up_and_no_answer_of_the_room() -> None:
    snapshot = demo()
    page = Words(write(snapshot.workbook, known(snapshot, "K7M-4QX")))
    assert all(member.name in page.text for member in snapshot.present())
    assert "all are at 3 or more" in page.text
    setup = {(step.key, f.key) for step in snapshot.workbook.steps for f in step.fields if f.setup}
    asked = fold(page.text)
    said = [
        str(r.value)
        for r in snapshot.responses
        if isinstance(r.value, str) and (r.step, r.field) not in setup and len(r.value) > 12
    ]
    assert len(said) > 10
    assert [words for words in said if fold(words) in asked] == []


def test_anonymous_blocks_ask_for_no_name_and_role_blocks_say_what_it_is_for() -> None:
    workbook = demo().workbook
    page = Words(write(workbook, Known()))
    first = [step.fields[0] for step in workbook.steps]
    own = [
        step.attribution_of(asked)
        for step, asked in zip(workbook.steps, first, strict=True)
        if step.mode_of(asked) == "individual"
    ]
    assert page.all("name") == sum(how not in {"anonymous", "none"} for how in own)
    assert say("packet_role") in page.text


def test_words_of_people_are_words_on_paper() -> None:
    about = Known("K7M-4QX", "<b>Tupelo</b> & Oak")
    assert b"<b>Tupelo" not in write(demo().workbook, about)
    assert "<b>Tupelo</b> & Oak" in Words(write(demo().workbook, about)).text


def page_of(slug: str) -> Words:
    return Words(write(load(workbooks()[slug]), Known("K7M-4QX")))


def test_boxes_and_bones_are_headings_with_rows_under_them() -> None:
    page = page_of("root_cause_coaching")

    assert page.all("group") == 4 + 4 + 8
    for words in (
        "Strengths In our hands, and it helps.",
        "Threats From outside, and it hinders.",
        "Policy and funding",
    ):
        assert words in page.text
    assert "Made from" not in page.text
    assert "Named in" not in page.text


def test_a_cause_that_is_rated_alone_has_a_card_with_three_scales_and_not_knowing() -> None:
    page = page_of("root_cause_coaching").text
    card = (
        "If this were gone, would the main symptom shrink? 0 not at all 1 a little 2 much 3 almost wholly "
        "I don’t know yet What do we have to show for it? 0 a hunch 1 one sign 2 several signs 3 strong and recent "
        "I don’t know yet How much is it in our hands?"
    )

    assert page.count(card) == 7


def test_ladders_are_numbered_and_bear_the_names_of_a_pair() -> None:
    said = page_of("root_cause_coaching").said
    whys = "".join(said[said.index("Our ladder") :])

    assert re.findall(r"^\d$", "\n".join(said[said.index("Our ladder") :]), re.MULTILINE)[:5] == list("12345")
    assert page_of("root_cause_coaching").text.count("Your names") == 2
    assert "We stop here because" in whys


def test_a_list_of_twenty_has_twenty_rows_and_a_list_of_many_columns_has_cards() -> None:
    page = page_of("resource_mapping")

    assert page.text.count("0 not 1 a little 2 clearly 3 centrally I don’t know yet") == 20
    assert page.text.count("What it is for, and what it takes") == 5
    assert "More rows? Copy this sheet." in page.text


def test_paper_says_when_something_is_asked_at_all() -> None:
    page = page_of("resource_mapping").text

    assert "Whom do we ask? Only if “Decision” is “Need to know more”." in page
    assert "Your better figure Only if “Are the minutes honest?” is “Too low” or “Too high”." in page
    assert "Money next year Only if “Decision” is “Grow”, “Keep” or “Reshape”." in page


def test_a_step_of_the_teams_asks_the_team_first_and_then_each() -> None:
    page = page_of("root_cause_coaching").text
    cause = page[page.index("Write the cause, not the cure") :]

    assert cause.index("for the team") < cause.index("It keeps happening because…") < cause.index("for each, alone")


def test_a_coach_talk_is_for_two_and_only_for_whoever_asks() -> None:
    page = page_of("root_cause_coaching").text

    assert page.count("Only you and your coach see this. Keep the sheet, or hand it to your coach.") == 12
    assert "only for whoever asks for it · 20 minutes alone" in page
