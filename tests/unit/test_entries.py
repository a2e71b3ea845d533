"""Entries put aside without their author being known: out of every sight but the author's and the facilitator's."""

from dataclasses import replace
from typing import Any

import pytest
from export_cases import MEMBERS, START, acts, answer, demo, session, small, table
from format_cases import plainly
from tiny import people, sit, yes

from mira_workbook.charts.read import charts
from mira_workbook.content.definition import Workbook
from mira_workbook.content.entries import entries_in, entry_id, texts_in
from mira_workbook.exports import COACH
from mira_workbook.exports.sighted import sighted
from mira_workbook.measures.table import measures
from mira_workbook.records import Act, Entry, NewAct, Snapshot
from mira_workbook.rules.entries import Words, entries, veiled
from mira_workbook.rules.sight import Viewer, shown, view
from mira_workbook.rules.stage import fold
from mira_workbook.store import NewTeam, Store

FACILITATOR = Viewer("facilitator")
NOTES = table({"": "n1", "note": "The bell", "cost": 4}, {"": "n2", "note": "The queue"})
GIVEN = (
    answer("own", "words", "M1", "It is loud"),
    answer("own", "words", "M2", "Too much paper"),
    answer("own", "mood", "M1", 2),
    answer("own", "notes", "M2", NOTES),
)


def own(*done: Any, given: Any = GIVEN) -> Snapshot:
    return session(small(), acts(("open", "own"), ("reveal", "own"), *done), given)


def listed(now: Snapshot, viewer: Viewer = FACILITATOR) -> tuple[Words, ...]:
    stage = fold(now.acts, now.workbook)
    return entries(view(now, stage, viewer), stage, "own")


def covering(text: str, *, off: bool = False) -> tuple[str, str, dict[str, Any]]:
    entry = next(one.id for one in listed(own()) if one.text == text)
    return ("cover", "own", {"entry": entry, "off": off})


def texts(now: Snapshot, viewer: Viewer) -> set[str]:
    seen = view(now, fold(now.acts, now.workbook), viewer)
    found = (texts_in(seen.workbook.step(r.step).field(r.field), r.value) for r in seen.responses)
    return {text for some in found for text in some}


def test_an_entry_is_a_text_or_a_row_with_words_and_a_number_is_none() -> None:
    step = small().step("own")
    assert list(entries_in(step.field("words"), "It is loud")) == [("It is loud", "It is loud")]
    assert [text for _, text in entries_in(step.field("notes"), NOTES)] == ["The bell", "The queue"]
    assert list(entries_in(step.field("mood"), 2)) == []
    assert list(entries_in(step.field("words"), None)) == []


def test_its_name_says_what_and_where_but_not_who_nor_which_row() -> None:
    one = entry_id(7, "own", 1, "notes", {"row_id": "n1", "cells": {"note": "The bell"}})
    assert one == entry_id(7, "own", 1, "notes", {"row_id": "r9", "cells": {"note": "The bell"}})
    assert len(one) == 12
    others = [(8, "own", 1, "notes"), (7, "list", 1, "notes"), (7, "own", 2, "notes"), (7, "own", 1, "words")]
    assert one not in {entry_id(*where, {"cells": {"note": "The bell"}}) for where in others}


def test_the_facilitator_gets_the_entries_of_a_step_in_an_order_that_tells_nothing() -> None:
    found = listed(own())
    assert {(one.field, one.text, one.who, one.covered) for one in found} == {
        ("words", "It is loud", "M1", False),
        ("words", "Too much paper", "M2", False),
        ("notes", "The bell", "M2", False),
        ("notes", "The queue", "M2", False),
    }
    assert [one.id for one in found] == sorted(one.id for one in found)
    unrevealed = session(small(), acts(("open", "own")), GIVEN)
    assert listed(unrevealed) == ()


@pytest.mark.parametrize(("how", "who"), [("none", ""), ("anonymous", ""), ("role", "team member")])
def test_an_entry_of_a_step_without_names_has_none(how: str, who: str) -> None:
    steps = tuple(step.model_copy(update={"attribution": how}) if step.key == "own" else step for step in small().steps)
    now = replace(own(), workbook=small().model_copy(update={"steps": steps}))
    assert {one.who.rstrip(" 12") for one in listed(now)} == {who}


def test_the_same_words_of_two_people_are_one_entry_and_nobodys() -> None:
    given = (answer("own", "words", "M1", "Time"), answer("own", "words", "M2", "Time"))
    (one,) = listed(own(given=given))
    assert (one.text, one.who) == ("Time", "")


def test_a_covered_entry_is_seen_by_its_author_and_the_facilitator_only() -> None:
    now = own(covering("Too much paper"), covering("The bell"))
    everything = {"It is loud", "Too much paper", "The bell", "The queue"}
    assert texts(now, FACILITATOR) == everything
    assert texts(now, Viewer("member", "M2")) == everything
    assert texts(now, Viewer("member", "M1")) == texts(now, Viewer("coach")) == {"It is loud", "The queue"}
    assert texts(now, Viewer("viewer")) == set()
    assert {one.text for one in listed(now) if one.covered} == {"Too much paper", "The bell"}
    again = own(covering("Too much paper"), covering("Too much paper", off=True))
    assert texts(again, Viewer("coach")) == everything


def test_a_covered_entry_counts_nowhere_and_stands_in_no_file() -> None:
    now = own(covering("Too much paper"), covering("The bell"), ("end", ""))
    on_show = shown(now, fold(now.acts, now.workbook))
    assert [r.field for r in on_show.responses if r.author == "M2"] == ["notes"]
    files = plainly(now)
    assert "It is loud" in files
    assert "Too much paper" not in files
    assert "The bell" not in files
    rows = [row for row in sighted(now, COACH).rows if row.author == "M2" and row.field == "words"]
    assert rows == []


def test_covering_every_row_of_a_table_takes_the_answer_away() -> None:
    now = own(covering("The bell"), covering("The queue"))
    assert [r.field for r in shown(now, fold(now.acts, now.workbook)).responses] == ["words", "words", "mood"]


def test_covered_words_leave_the_lists_that_were_made_of_them_and_their_ids_stay() -> None:
    pinned = {"lists": {"notes": [["n1", "The bell"], ["n2", "The queue"]], "ideas": [["C1", "The bell"]]}}
    now = session(
        small(), acts(("open", "own"), ("reveal", "own"), ("open", "list", pinned), covering("The bell")), GIVEN
    )
    stage = fold(now.acts, now.workbook)
    seen = veiled(now, stage)
    assert [(o.id, o.label) for o in seen.options("notes")] == [
        ("n1", "(put aside by the facilitator)"),
        ("n2", "The queue"),
    ]
    # What the team took over is the team's.
    assert [o.label for o in seen.options("ideas")] == ["The bell"]
    assert [o.label for o in stage.options("notes")] == ["The bell", "The queue"]


def test_no_picture_and_no_sentence_holds_a_covered_entry() -> None:
    now = demo()
    text = next(r.value for r in now.responses if (r.step, r.field, r.author) == ("role_priority", "text", "M3"))
    covered = Act(900, START, "cover", "role_priority", 1, {"entry": entry_id(1, "role_priority", 1, "text", text)})
    for one, held in ((now, True), (replace(now, acts=(*now.acts, covered)), False)):
        stage = fold(one.acts, one.workbook)
        drawn = [
            str(picture.data)
            for viewer in (FACILITATOR, Viewer("coach"), Viewer("member", "M1"), Viewer("member", "M3"))
            for step in one.workbook.steps
            for picture in charts(one, stage, viewer, step.key)
        ]
        assert any(text in data for data in drawn) == held
        assert all(text not in measure.sentence for measure in measures(one, stage))


def test_covering_survives_the_seal(store: Store, tiny_workbook: Workbook) -> None:
    opened = store.open_meeting(tiny_workbook, [NewTeam("All", members=people("A", "B", "C", "D", "E"))])
    where = opened.sessions[0].id
    for n in range(5):
        store.record(sit(store, opened, n), Entry("whisper", 1, f"k{n}", {"worry": f"worry {n}", "safe": 3}), yes)
    entry = entry_id(where, "whisper", 1, "worry", "worry 2")
    for kind, payload in (("open", {}), ("reveal", {}), ("cover", {"entry": entry})):
        store.act(None, lambda *_, k=kind, p=payload: [NewAct(k, "whisper", payload=p)], where)
    for sealed in (False, True):
        if sealed:
            store.seal(where, "whisper")
        now = store.snapshot(where)
        assert texts(now, Viewer("coach")) == {f"worry {n}" for n in (0, 1, 3, 4)}
        assert len(texts(now, FACILITATOR)) == 5


def test_a_forgotten_person_leaves_no_line_and_no_name_of_an_entry(store: Store, tiny_workbook: Workbook) -> None:
    opened = store.open_meeting(tiny_workbook, [NewTeam("All", members=people("Ana", "Ben"))])
    where = opened.sessions[0].id
    for n, text in enumerate(["too loud", "too dark"]):
        store.record(sit(store, opened, n), Entry("think", 1, f"k{n}", {"seen": text}), yes)
    hers, his = (entry_id(where, "think", 1, "seen", text) for text in ("too loud", "too dark"))
    for payload in ({"entry": hers, "text": "too loud"}, {"entry": his, "text": "too dark"}):
        store.act(None, lambda *_, p=payload: [NewAct("pin", "think", payload=p)], where)
    store.act(None, lambda *_: [NewAct("cover", "think", payload={"entry": hers})], where)
    store.forget_member(opened.meeting.code, "M1")
    assert [act.payload for act in store.snapshot(where).acts] == [
        {"entry": "", "text": ""},
        {"entry": his, "text": "too dark"},
        {"entry": ""},
    ]


def test_only_members_words_can_be_covered() -> None:
    assert {m.key for m in MEMBERS} == {"M1", "M2", "M3"}
    given = (*GIVEN, answer("list", "ideas", "TEAM", table({"": "C1", "label": "Bells"})))
    entry = entry_id(1, "list", 1, "ideas", {"cells": {"label": "Bells"}})
    now = own(("open", "list"), ("cover", "list", {"entry": entry}), given=given)
    assert "Bells" in texts(now, Viewer("member", "M1"))
