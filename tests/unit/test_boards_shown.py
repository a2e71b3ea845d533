"""What a board shows of the demo team: voices, pictures, hands, the sentence; and what it keeps to who leads."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from rooms import acted, upto

from mira_workbook.boards.doors import Drawn, Links
from mira_workbook.boards.page import Page
from mira_workbook.boards.people import Here
from mira_workbook.boards.present import present
from mira_workbook.boards.run import run
from mira_workbook.boards.watched import Watched, Where
from mira_workbook.charts.read import charts
from mira_workbook.measures.table import measures
from mira_workbook.records import Snapshot
from mira_workbook.rules.sight import Viewer
from mira_workbook.rules.stage import fold
from mira_workbook.widgets.controls import Doc


def watched(now: Snapshot, *, seconds: float = 1) -> Watched:
    """The session as a board sees it, led."""
    led = replace(now, meeting=replace(now.meeting, pace="led"))
    stage = fold(led.acts, led.workbook)

    def drawn(step: str, _size: str) -> list[Drawn]:
        found = charts(led, stage, Viewer("facilitator"), step)
        return [Drawn("a.svg", "b.svg", one.name, one.words.alt, one.words.head, one.words.rows) for one in found]

    moment = led.acts[-1].at + timedelta(seconds=seconds)
    numbers = measures(led, stage)
    return Watched(
        led, stage, Here(moment), pictures=drawn, numbers=lambda step: [m for m in numbers if m.step == step]
    )


def board(now: Snapshot, **where: Any) -> Doc:
    team = watched(now)
    return run(Page(team, [team], Where(**where), Links()))


def wall(now: Snapshot) -> Doc:
    team = watched(now)
    return present(Page(team, [team], Where(), Links(join="http://a/join/K7M-4QX", qr="/qr/K7M-4QX.svg")))


def names(now: Snapshot) -> list[str]:
    return [member.name for member in now.members]


def test_a_voice_is_named_only_once_its_person_has_said_yes() -> None:
    now = acted(upto("talk"), "turn", "talk", n=1)
    view = board(now)
    first, big, speaks = view["centre"]["blocks"][:3]
    assert first["text"].startswith("voice 1 of ")
    assert speaks["text"] == "Who speaks for it? Others may only ask."
    option = fold(now.acts, now.workbook).options("first_picks")[0]
    assert big == {"kind": "big", "text": option.label}
    marcus = next(m for m in now.members if m.name.startswith("Marcus"))
    said = acted(now, "speak", "talk", option=option.id, member=marcus.key, yes=True)
    told = f"{marcus.name} speaks. Others may only ask."
    assert board(said)["centre"]["blocks"][2]["text"] == told
    assert wall(said)["centre"]["blocks"][2]["text"] == told
    assert wall(said)["centre"]["count"]["text"] == first["text"]
    assert wall(said)["centre"]["clock"]["seconds"]
    assert wall(said)["keys"]["ArrowRight"] == "turn:2"


def test_who_wants_to_ask_is_counted() -> None:
    now = acted(acted(upto("talk"), "turn", "talk", n=1), "ask", "talk", member="M2", on=True)
    assert board(now)["centre"]["blocks"][3]["text"] == "1 person wants to ask"


def test_one_picture_at_a_time_the_same_on_board_and_wall() -> None:
    now = upto("rank")
    first = board(now)["centre"]["picture"]
    assert (first["title"], first["table"]) == ("points", False)
    assert [one["label"] for one in first["buttons"]] == ["As a table", "Next picture: heat"]
    later = acted(now, "picture", "rank", n=1, table=True)
    pictures = [view["centre"]["picture"] for view in (board(later), wall(later))]
    assert [(one["title"], one["table"]) for one in pictures] == [("heat", True), ("", True)]
    assert pictures[0]["rows"] == pictures[1]["rows"]
    lead, rest = board(now)["centre"]["blocks"][:2]
    assert lead["text"] == "Early reading, grades 1-3 leads with 45 points."
    assert "It beats every other candidate head to head." in rest["text"]


def test_hands_have_no_names_until_who_leads_asks_for_ten_seconds() -> None:
    now = upto("consent")
    plain = json.dumps([board(now), wall(now)])
    assert [who for who in names(now) if who in plain] == []
    until = now.acts[-1].at + timedelta(seconds=10)
    told = board(now, names_until=until)["centre"]["names"]["text"]
    assert told.startswith("3: Rosa Delgado · 4: Marcus Bell and Grace Yoon · 5: ")
    assert "names" in [one["id"] for one in board(now)["centre"]["buttons"]]
    assert [who for who in names(now) if who in json.dumps(wall(now))] == []


def test_what_colleagues_guessed_of_each_other_does_not_stand_on_a_board() -> None:
    now = upto("role_reveal")
    guesses = [row["cells"]["expect"] for r in now.responses if r.field == "expectations" for row in r.value]
    assert len(guesses) == 16
    told = json.dumps([board(now), wall(now)], ensure_ascii=False)
    assert [guess for guess in guesses if guess in told] == []
    (sentence,) = board(now)["centre"]["blocks"]
    assert sentence["text"].startswith("We read each other's priorities right")


def test_the_wall_ends_with_the_sentence_and_whose_ideas_are_in_it() -> None:
    now = acted(upto("park"), "end")
    view = wall(now)
    big, people, *leaving = view["centre"]["blocks"]
    assert view["centre"]["title"] == "Our one priority"
    assert big["kind"] == "big"
    assert people["text"].endswith("people’s ideas are in it.")
    assert [one["text"] for one in leaving] == [
        "Leave one word for how you go, if you like. It bears no name.",
        "Words are shown once 5 are in, so nobody can be singled out. 0 are in.",
    ]
    assert (view["centre"]["picture"]["src"], view["centre"]["picture"]["title"]) == (
        "/qr/K7M-4QX.svg",
        "Take it with you",
    )
    assert board(now)["foot"]["left"] == f"Priority: {big['text']}"
