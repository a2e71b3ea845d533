"""The end page: what the team has found, whose ideas are in it, one's own part, and what comes next."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.answers.choices import pick_id
from mira_workbook.content.definition import Step, Workbook
from mira_workbook.content.lists import SHARED
from mira_workbook.content.pathways import following
from mira_workbook.rules.reading import split
from mira_workbook.rules.staying import last_day
from mira_workbook.text import join_labels, say_date
from mira_workbook.widgets import calendar
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.leaving import leaving
from mira_workbook.widgets.lines import button
from mira_workbook.widgets.results import idea_in, revised, spell
from mira_workbook.widgets.room import Room


def ended(room: Room) -> Doc:
    """The end page: what was found, whose ideas are in it, my part, what I let go, the date."""
    blocks = found(room)
    blocks += _my_part(room)
    again = _review(room)
    if again:
        blocks.append({"kind": "text", "text": say("look_again", date=say_date(again))})
        blocks.append(_to_keep(room, again, str(blocks[0].get("text", ""))))
    blocks += [*onward(room), {"kind": "text", "text": say("all_done")}]
    last = leaving(room)
    buttons = [*last.get("buttons", ()), *_adding(room), button("menu:answers", say("menu_answers"))]
    return {"title": title(room), **last, "blocks": [*blocks, *last.get("blocks", ())], "buttons": buttons}


def onward(room: Room) -> list[Doc]:
    """The workbook that comes next on a pathway, and how to open it; nothing at the end of one."""
    stop = following(room.snapshot.workbook.slug)
    if stop is None or room.snapshot.cycle_closed:
        return []
    told = f"{say('comes_next', title=stop.title)} · {say('comes_next_minutes', n=stop.minutes)}"
    team = room.snapshot.team.name
    how = say("comes_next_who", team=team) if room.pages else say("comes_next_here", slug=stop.slug, team=team)
    return [{"kind": "heading", "text": told}, {"kind": "text", "text": how}]


def title(room: Room) -> str:
    """What the end page is about."""
    return subject(room.snapshot.workbook)


def subject(workbook: Workbook) -> str:
    """What a workbook ends with: the priority, the cause, or what is proposed."""
    uses = {use.use for use in workbook.handout}
    return say("our_cause" if "cause" in uses else "our_proposal" if "decisions" in uses else "our_priority")


def found(room: Room) -> list[Doc]:
    """What the team has found, as its hand-out has it: large, then what belongs to it."""
    blocks = _sentence(room)
    for use in room.snapshot.workbook.handout:
        if use.use == "decisions":
            blocks += _decisions(room, str(use.arguments["decide"]))
        if use.use == "answers":
            blocks += _answers(room, str(use.arguments["title"]), use.arguments["fields"])
    return blocks


def _sentence(room: Room) -> list[Doc]:
    causes = [str(use.arguments["text"]) for use in room.snapshot.workbook.handout if use.use == "cause"]
    texts = [revised(room, name) for name in (*room.snapshot.workbook.revises, *causes)]
    blocks: list[Doc] = [{"kind": "big", "text": str(text)} for text in texts if text]
    return [*blocks, *idea_in(room)] if blocks else []


def _decisions(room: Room, name: str) -> list[Doc]:
    """The sentences on money and minutes, then what is proposed, one line a decision."""
    step, field, _ = split(name)
    said = [m.sentence for m in room.numbers(step) if m.sentence]
    asked = room.snapshot.workbook.step(step).field(field)
    labels = {o.id: o.label for o in room.context.lists.get(asked.rows_from or "", ())}
    rows = room.snapshot.team_answer(step, field) or ()
    blocks: list[Doc] = [{"kind": "sentence", "text": said[0]}] if said else []
    for option in SHARED["decision"]:
        chosen = [r["row_id"] for r in rows if pick_id(r["cells"].get("decision")) == option.id]
        names = [labels.get(one, one) for one in chosen]
        if names:
            blocks.append({"kind": "own", "label": option.label, "lines": [join_labels(names)]})
    return blocks


def _answers(room: Room, heading: str, fields: Iterable[str]) -> list[Doc]:
    """What the team wrote in some fields, under one heading."""
    lines: list[str] = []
    for name in fields:
        step, field, _ = split(name)
        value = room.snapshot.team_answer(step, field)
        lines += spell(room, room.snapshot.workbook.step(step), {field: value}) if value is not None else []
    return [{"kind": "own", "label": heading, "lines": lines}] if lines else []


def _my_part(room: Room) -> list[Doc]:
    blocks: list[Doc] = []
    for use in room.snapshot.workbook.handout:
        name = use.arguments.get("text" if use.use == "contributions" else "rows")
        if use.use not in {"contributions", "releases"} or not name:
            continue
        key, field, _ = split(str(name))
        step = room.snapshot.workbook.step(key)
        mine = room.mine(step, 1).get(field)
        rows = use.use == "releases"
        lines = _released(mine or ()) if rows else spell(room, step, {field: mine} if mine else {})
        label = say("your_part" if use.use == "contributions" else "you_let_go")
        left = _until(room, step) if any(asked.key == field for asked in room.to_add(step)) else ""
        nothing = [line for line in (say("nothing_yet"), left) if line]
        blocks.append({"kind": "own", "label": label, "lines": lines or nothing})
    return blocks


def _adding(room: Room) -> list[Doc]:
    """A button to let go of a task, or of one more, as long as it is taken."""
    rows = [str(use.arguments["rows"]) for use in room.snapshot.workbook.handout if use.use == "releases"]
    steps = [room.snapshot.workbook.step(split(name)[0]) for name in rows]
    told = {step.key: _until(room, step) if room.sent(step) else "" for step in steps}
    return [button(f"add:{step.key}", say("add_a_task"), hint=told[step.key]) for step in steps if room.to_add(step)]


def _until(room: Room, step: Step) -> str:
    """Until which day something can be added."""
    found = [room.open_until(step, asked) for asked in room.to_add(step)]
    until = min((moment for moment in found if moment), default=None)
    return say("add_until", date=say_date(last_day(room.snapshot.meeting, until))) if until else ""


def _released(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Tasks one lets go, each with the minutes that come free."""
    lines = []
    for row in rows:
        task, *rest = row["cells"].values()
        minutes = row["cells"].get("released_min", next((v for v in rest if isinstance(v, int)), 0))
        lines.append(say("let_go_row", task=row["cells"].get("task", task), n=minutes))
    return lines


def _to_keep(room: Room, day: date, text: str) -> Doc:
    """The review date as a calendar file, with the sentence it is about."""
    code, ended_at = room.snapshot.meeting.code, room.stage.ended_at or room.now
    uid = f"{code}-{room.snapshot.team.slug}@mira-workbook"
    return calendar.to_keep(say("add_date"), uid, day, say("calendar_review", text=text), ended_at.astimezone(UTC))


def _review(room: Room) -> date | None:
    for use in room.snapshot.workbook.handout:
        if use.use == "done_test":
            key, field, _ = split(str(use.arguments["review"]))
            value = room.snapshot.team_answer(key, field)
            if value:
                return date.fromisoformat(value)
    return None
