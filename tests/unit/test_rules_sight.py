"""What one person wrote reaches nobody else's page before it is shown, nor with a name where none was promised."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from desks import Sitting, places, sit_down, to_candidates, to_consent, to_role_priority, to_sort
from tiny import Ticking

from mira_workbook.rehearse.answers import answer_to
from mira_workbook.rules.sight import Viewer, view
from mira_workbook.store import Store


@pytest.fixture
def three(sqlite_store: Store, clock: Ticking) -> Sitting:
    return sit_down(sqlite_store, clock, 3)


def marked(value: Any, token: str) -> Any:
    """The value with a word in every text that only this person wrote."""
    if isinstance(value, dict):
        free = (
            "expect",
            "note",
            "label",
            "sign",
            "students",
            "task",
            "text",
            "why",
            "true_if",
            "raise",
            "contribution",
        )
        return {
            k: f"{v} {token}"[-38:] if k in free and isinstance(v, str) else marked(v, token) for k, v in value.items()
        }
    return [marked(one, token) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", [1, 2])
def test_no_page_holds_the_words_of_another_before_they_are_shown(tmp_path: Path, seed: int) -> None:
    clock, dice = Ticking(), random.Random(seed)  # noqa: S311 - a script, no secret
    store = Store(f"sqlite:///{tmp_path}/mira.sqlite", clock)
    store.migrate()
    room = sit_down(store, clock, 4)
    written: dict[str, tuple[int, str, int]] = {}
    for turn in range(120):
        who = dice.randrange(4)
        doc = room.look(who)
        if doc["key"] == "ended":
            break
        step = doc["key"].split(":")
        alone = step[-1] == "answer"
        if alone and doc["pages"]:
            token = f"zq{who}x{turn}"
            values = marked({k: answer_to(f, dice) for k, f in room.fields(who).items()}, token)
            written[token] = (who, step[0], int(step[1]))
            if dice.random() < 0.3:
                name = next(iter(values))
                room.send(who, name, values[name])
            room.submit(who, values, passed=["text||W01", "text||W_two_aims"])
        elif doc["pages"] and doc["submit"]:
            room.submit(who, {k: answer_to(f, dice) for k, f in room.fields(who).items()})
        else:
            buttons = [*doc["buttons"], *((doc["pen"] or {}).get("buttons") or ())]
            ids = [b["id"] for b in buttons if b["id"] in {"go", "pen:take", "keep", "again"}]
            if ids:
                room.press(who, dice.choice(ids))
        clock.forward(seconds=dice.choice([1, 1, 4, 12]))
        _nothing_leaks(room, written)
    assert written
    store.close()


def _nothing_leaks(room: Sitting, written: dict[str, tuple[int, str, int]]) -> None:
    for who in range(len(room.desks)):
        page = json.dumps(room.look(who), ensure_ascii=False)
        stage = room.stage
        for token, (writer, step, round_) in written.items():
            if writer != who and (step, round_) not in stage.revealed and token in page:
                raise AssertionError(f"{token} of {step} reached M{who + 1}: {room.desks[who].view['key']}")


def authors(sitting: Sitting, step: str, viewer: Viewer) -> set[str]:
    seen = view(sitting.snapshot, sitting.stage, viewer)
    return {r.author for r in seen.responses if r.step == step and r.author_kind == "member"}


def test_ideas_have_no_author_once_they_are_shown(three: Sitting) -> None:
    to_candidates(three)
    three.everyone(
        lambda who, _f: {"proposals": [{"cells": {"label": f"Idea {who} of us", "sign": "We see it daily"}}]}
    )
    assert authors(three, "candidates", Viewer("member", "M1")) == {"M1"}
    three.go()
    for viewer in (Viewer("member", "M1"), Viewer("facilitator"), Viewer("coach")):
        assert authors(three, "candidates", viewer) & {"M1", "M2", "M3"} <= {viewer.member}
        assert len(authors(three, "candidates", viewer)) == 3


def test_places_bear_a_role_or_a_number(three: Sitting) -> None:
    to_sort(three)
    three.everyone(lambda _who, fields: {"places": places(fields["places"], "C1")})
    assert authors(three, "sort", Viewer("coach")) == set()
    three.go()
    assert authors(three, "sort", Viewer("coach")) == {"team member 1", "team member 2", "team member 3"}


def test_hands_bear_names_for_the_facilitator_only(three: Sitting) -> None:
    to_consent(three)
    three.everyone({"fist": 4})
    three.go()
    assert authors(three, "consent", Viewer("facilitator")) == {"M1", "M2", "M3"}
    assert authors(three, "consent", Viewer("coach")) == {"p01", "p02", "p03"}
    assert authors(three, "consent", Viewer("member", "M2")) >= {"M2"}
    assert not authors(three, "consent", Viewer("member", "M2")) & {"M1", "M3"}


def test_a_viewer_of_the_wall_sees_no_answers(three: Sitting) -> None:
    to_role_priority(three)
    three.submit(0, {"text": "Know my group plan early", "why": "I get told at the door every day"})
    assert view(three.snapshot, three.stage, Viewer("viewer")).responses == ()
