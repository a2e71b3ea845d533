"""No file of any format holds what its taker may not see, whoever takes it and however it was registered."""

import functools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from export_cases import START, acts, answer, demo, session
from files import read
from leaks import beside, forbidden, found
from played_cases import played
from sight_world import step

from mira_workbook.content.entries import entries_in, entry_id
from mira_workbook.content.load import parse
from mira_workbook.exports import EXPORTS
from mira_workbook.records import Act, Carry, Member, Response, Snapshot
from mira_workbook.rules.sight import Viewer, of_all
from mira_workbook.rules.stage import fold

VIEWERS = (
    Viewer("coach"),
    Viewer("facilitator"),
    Viewer("member", "M1"),
    of_all(("coach", "facilitator")),
    Viewer("viewer"),
)


# ------------------------------------------------------------------------------------------- sessions that hold secrets


def halfway(whole: Snapshot) -> Snapshot:
    """A session that goes on: of its individual steps one in three is not shown, one in three is hidden again.

    In those that are on show, some entry of each is put aside.
    """
    alone = [one.key for one in whole.workbook.steps if one.asks("individual") or one.asks("pair")]
    waits, hidden, open_ = alone[0::3], alone[1::3], alone[2::3]
    kept = [a for a in whole.acts if a.kind != "end" and not (a.kind == "reveal" and a.step in waits)]
    more: list[Any] = [("hide", key, round_, {}) for key in hidden for round_ in (1, 2)]
    more += [("cover", "", 1, {"entry": name}) for key in open_ for name in [*named_entries(whole, key)][:2]]
    last = max(a.seq for a in kept)
    return replace(whole, acts=(*kept, *(Act(last + n, START, *one) for n, one in enumerate(more, 1))))


def named_entries(now: Snapshot, key: str) -> Iterator[str]:
    for r in now.responses:
        if r.step == key and r.author_kind == "member":
            asked = now.workbook.step(key).field(r.field)
            for entry, _ in entries_in(asked, r.value):
                yield entry_id(now.session.id, key, r.round, r.field, entry)


PEOPLE = ("Anselm Quist", "=Berit Oduya", "Cosima <b>Rey</b>", "Dragan Ødegård", "Eulalia 'O", "Fidelio Vance")
MEMBERS = tuple(
    Member(n, f"M{n}", name, "Teacher", "teacher_35" if n < 5 else "assistant", 91000 + n, n)
    for n, name in enumerate(PEOPLE, start=1)
)
HOSTILE = f"""
slug = "hostile"
title = "Hostile"
minutes = 40
purpose = "Say what nobody may carry away."
who = "6 people"
bring = "Nothing"
parts = ["All of it"]
around = {{arrive = 24, changes = 0, close = 0, look_back = 0}}

[needs."talk.before"]
label = "What we said before"
ask = "What did we say?"

[lists]
notes = {{use = "rows_of_all", field = "waiting.rows", label = "note"}}

[outputs]
everybody = {{use = "by_person", fields = ["named.words", "role.words", "none.words", "whisper.words", "talk.words"]}}
waiting = {{use = "rows", rows = "waiting.rows"}}
talk = {{use = "rows", rows = "talk.rows"}}

{step("named", "named")}
{step("role", "role")}
{step("none", "none")}
{step("hands", "facilitator_only")}
{step("whisper", "anonymous")}
{step("hidden", "named")}
{step("waiting", "none")}
{step("talk", "coach")}
"""
TRICKS = ('=HYPERLINK("x") ', "<script>alert(1)</script> ", "+1; ", "@home\n", "🎒 ", "ﷺ\t")


@functools.cache
def hostile() -> Snapshot:
    """A step for each way of signing, shown, hidden or not yet shown, with words that stand nowhere else."""
    book = parse(HOSTILE, "hostile.toml")
    keys = [one.key for one in book.steps]
    done: list[Any] = [("open", key, {"lists": {"notes": [["r1", "zq-waiting-1-note"]]}}) for key in keys]
    done += [("reveal", key) for key in keys if key != "waiting"] + [("hide", "hidden")]
    told = [one for key in keys for n in range(1, 7) for one in said(key, n)]
    covered = entry_id(1, "named", 1, "words", next(r.value for r in told if (r.step, r.author) == ("named", "M2")))
    done.append(("cover", "", {"entry": covered}))
    carry = Carry("talk.before", 1, "zq-carried words", START)
    now = session(book, acts(*done), told, members=MEMBERS, built_on={"talk.before": carry})
    return replace(now, carries={"talk.before": carry.value}, drafting=frozenset({("M3", "waiting")}))


def said(key: str, n: int) -> Iterator[Response]:
    words = f"{TRICKS[n - 1]}zq-{key}-{n}-words of mine"
    rows = [{"row_id": f"zqrow{key[:3]}{n}", "cells": {"note": f"zq-{key}-{n}-note"}}]
    who = f"{n}{key[:1]}".encode().hex().ljust(64, "0") if key == "whisper" else f"M{n}"
    at = START + timedelta(hours=1, seconds=7 * n)
    for field, value in (("words", words), ("rows", rows)):
        yield answer(key, field, who, value, saved_at=at, seq=70000 + 10 * n, version=n)


SESSIONS: dict[str, Callable[[], Snapshot]] = {
    "priority_setting": lambda: halfway(demo()),
    "root_cause_coaching": lambda: halfway(played("root_cause_coaching")),
    "resource_mapping": lambda: halfway(played("resource_mapping")),
    "hostile": hostile,
}


# ------------------------------------------------------------------------------------------------------------ the files


def names_beside(now: Snapshot, viewer: Viewer) -> Mapping[str, tuple[str, ...]]:
    """Words that bear no name for a viewer, with the key and the name of who wrote them; one's own may bear a name."""
    names = {member.key: member.name for member in now.members}
    signed = {"named", *({"facilitator_only"} if viewer.role == "facilitator" else ())}
    signed |= {"coach"} if viewer.role == "coach" else set()
    told = {}
    for r in now.responses:
        one = now.workbook.step(r.step)
        asked = one.field(r.field)
        if r.author in names and r.author != viewer.member and one.attribution_of(asked) not in signed:
            for _, words in entries_in(asked, r.value):
                if len(words) >= 16:
                    told[words.splitlines()[-1]] = (r.author, names[r.author])
    return told


QUICK = frozenset({"csv", "json", "html", "handout"})
"""Formats of which the others are made, or spell the same: read for every session, the rest for the hostile one."""


@pytest.mark.parametrize(("of", "name"), [(s, n) for s in SESSIONS for n in EXPORTS if s == "hostile" or n in QUICK])
@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda one: f"{one.role}{one.member}")
def test_no_file_holds_what_its_taker_may_not_see(viewer: Viewer, of: str, name: str) -> None:
    now = SESSIONS[of]()
    stage, files = fold(now.acts, now.workbook), EXPORTS[name].write([now], viewer)
    page = [[file, read(file, body)] for file, body in files.items()]
    spelled = json.dumps(page, ensure_ascii=False)
    # Whatever cannot be read here is looked at by nobody: a format of its own needs a reader in tests/files.py.
    known = (
        (now.team.name, now.team.slug) if viewer.role != "viewer" else (now.workbook.title, now.workbook.steps[0].key)
    )
    assert any(word in spelled for word in known)

    assert found(spelled, forbidden(now, stage, viewer)) == []
    assert beside(page, names_beside(now, viewer)) == []
    if viewer.role in {"member", "viewer"}:
        private = {str(m.contract_min) for m in now.members if m.contract_min and m.key != viewer.member}
        assert [minutes for minutes in private if minutes in spelled and of == "hostile"] == []
    if viewer.role == "viewer":
        assert "zq" not in spelled


@pytest.mark.parametrize("viewer", VIEWERS[:4], ids=lambda one: f"{one.role}{one.member}")
def test_what_they_may_see_is_there(viewer: Viewer) -> None:
    """So that the law above is not kept by writing nothing."""
    now = hostile()
    spelled = json.dumps([read(*one) for one in EXPORTS["csv"].write([now], viewer).items()], ensure_ascii=False)
    told = {
        key: sum(f"zq-{key}-{n}-words" in spelled for n in range(1, 7)) for key in (s.key for s in now.workbook.steps)
    }
    coachs = 6 if viewer.role == "coach" else 0
    assert told == {
        "named": 5, "role": 6, "none": 6, "hands": 6, "whisper": 6, "hidden": 0, "waiting": 0, "talk": coachs,
    }  # fmt: skip
    assert "zq-carried words" in spelled


@pytest.mark.parametrize("viewer", VIEWERS[:4], ids=lambda one: f"{one.role}{one.member}")
def test_who_wrote_in_unsigned_steps_does_not_follow_from_the_order_of_a_file(viewer: Viewer) -> None:
    orders = set()
    for n in range(12):
        moved = [replace(r, saved_at=START.replace(microsecond=n)) for r in hostile().responses]
        now = replace(hostile(), responses=tuple(moved))
        body = EXPORTS["csv"].write([now], viewer)["responses_long.csv"].decode()
        places = {who: body.find(f"zq-none-{who}-words") for who in range(1, 7)}
        orders.add(tuple(sorted(places, key=places.__getitem__)))
    assert len(orders) > 6
