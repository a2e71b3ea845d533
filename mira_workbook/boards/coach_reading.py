"""K2: one session as its coach reads it: steps, numbers, one picture, words on show, and notes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mira_workbook.boards.coaching import CoachDoors, Looked, Visit
from mira_workbook.boards.doors import Drawn
from mira_workbook.boards.parts import button, dialog, drawn_doc, entry, pick, quiet
from mira_workbook.boards.showing import spoken
from mira_workbook.catalogue import say
from mira_workbook.content.answers.conditions import shown as asked_now
from mira_workbook.content.definition import Step
from mira_workbook.content.lists import SHARED
from mira_workbook.measures.compare import SEEN
from mira_workbook.measures.words import number, two_places
from mira_workbook.records import Measure, Note
from mira_workbook.rules.context import local
from mira_workbook.rules.groups import by_group
from mira_workbook.rules.noted import stamp
from mira_workbook.rules.progress import must_answer, own_fields, progress
from mira_workbook.rules.sight import is_on_show, shown
from mira_workbook.text import say_time
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.lines import counted

MOST_ROWS = 200
PRIVATE, TEAM = "private", "team"
SIGNS = {"done": "✓", "here": "\u203a", "skipped": "\u2013"}
"""Marks before a step; its state is said in words too."""


def reading(visit: Visit, doors: CoachDoors, where: Looked) -> Doc:
    """The session: a column of steps, what is on show of one of them, and the coach's notes."""
    step = next((one for one in visit.snapshot.workbook.steps if one.key == where.step), None)
    doc: Doc = {"steps_label": say("coach_steps_head"), "steps": list(_steps(visit, where)), "notes": notes(visit)}
    doc |= {"picture": None, "after": []}
    if step is None:
        return doc | {"title": say("what_stands"), "do": "", "blocks": _standing(visit)}
    doc |= {"title": step.title, "do": step.do, "blocks": _of_step(visit, step)}
    drawn = [one for one in doors.pictures(visit.snapshot, step.key) if one.rows]
    if drawn:
        doc["picture"] = _picture(visit, drawn, where)
    return doc | {"after": _after(visit, step, where)}


def _steps(visit: Visit, where: Looked) -> Iterator[Doc]:
    yield {"id": "step:", "label": say("what_stands"), "sign": "", "state": "", "here": not where.step}
    for step in visit.snapshot.workbook.steps:
        state = _state(visit, step)
        yield {
            "id": f"step:{step.key}",
            "label": step.title,
            "sign": SIGNS.get(state, ""),
            "state": say(f"step_{state}"),
            "here": where.step == step.key,
        }


def _state(visit: Visit, step: Step) -> str:
    stage = visit.stage
    if step.key in stage.skipped:
        return "skipped"
    if step.key not in stage.opened:
        return "ahead"
    return "here" if step.key in stage.now_open and stage.state == "open" else "done"


def _standing(visit: Visit) -> list[Doc]:
    """What the team has agreed on, as its hand-out says it."""
    made: list[Doc] = []
    for block in visit.blocks:
        made += [{"kind": "heading", "text": block.title}] if block.title and not block.rows else []
        made += [{"kind": "big" if block.kind == "sentence" else "text", "text": block.text}] if block.text else []
        made += [{"kind": "own", "label": name, "lines": text.split("\n")} for name, text in block.facts]
        made += [{"kind": "list", "items": list(block.lines)}] if block.lines else []
        if block.rows:
            rows = [*block.rows, *([block.foot] if block.foot else [])]
            head, table = list(block.head), [list(row) for row in rows]
            width = max(len(row) for row in table)
            made.append(
                {
                    "kind": "table",
                    "caption": block.title,
                    "head": head,
                    "rows": [row + [""] * (width - len(row)) for row in table],
                }
            )
    return [*(made or [{"kind": "text", "text": say("nothing_stands")}]), *_how_far(visit)]


def _how_far(visit: Visit) -> list[Doc]:
    """How many are in at each step that people answered alone or in pairs: counts, no names."""
    rows = [
        [step.title, counted(step, progress(visit.snapshot, visit.stage, step))]
        for step in visit.snapshot.workbook.steps
        if step.key in visit.stage.opened and step.key not in visit.stage.skipped and must_answer(step)
    ]
    head = [say("coach_step"), say("coach_in")]
    return [{"kind": "table", "caption": say("how_far"), "head": head, "rows": rows}] if rows else []


def _of_step(visit: Visit, step: Step) -> list[Doc]:
    """Sentences and numbers of a step; or when it will be shown, and how many are in."""
    if step.key not in visit.stage.opened:
        return [
            {"kind": "text", "text": say("step_skipped_words" if step.key in visit.stage.skipped else "not_opened")}
        ]
    found = [m for m in visit.measures if m.step == step.key and m.id != "M01"]
    last = max((m.round for m in found), default=1)
    made = [*_waits(visit, step), *spoken([m for m in found if m.round == last])]
    return made + _turns(visit, step)


def _waits(visit: Visit, step: Step) -> list[Doc]:
    """That answers are not shown yet: how many are in, never what they are."""
    own = {field.key for field in own_fields(step)}
    if not own:
        return []
    round_ = visit.stage.round_of(step.key)
    said = [r for r in visit.snapshot.responses if (r.step, r.round) == (step.key, round_) and r.field in own]
    if any(is_on_show(visit.snapshot, visit.stage, r) for r in said):
        return []
    key = "opens_when_led" if visit.snapshot.meeting.pace == "led" else "opens_when_ready"
    if visit.stage.state == "ended":
        key = "never_shown"
    how_many = counted(step, progress(visit.snapshot, visit.stage, step))
    return [{"kind": "text", "text": say(key, count=how_many), "mark": "i"}]


def _numbers(visit: Visit, step: Step) -> Iterator[Doc]:
    """Every number of a step, with how many answers stand behind it."""
    found = [m for m in visit.measures if m.step == step.key and m.id != "M01"]
    rows = [row for measure in found for row in number_rows(measure, visit.labels)]
    if rows:
        head = [say("number_name"), say("number_value"), say("number_band"), say("number_n")]
        yield {"kind": "table", "caption": say("numbers"), "head": head, "rows": rows}


def _turns(visit: Visit, step: Step) -> list[Doc]:
    """How many voices have spoken and how often somebody asked, without names."""
    if step.turns is None:
        return []
    voices = len(visit.stage.options(step.turns.list))
    acts = [act for act in visit.snapshot.acts if act.step == step.key]
    turn = max((int(act.payload.get("n", 0)) for act in acts if act.kind == "turn"), default=0)
    asks = sum(act.kind == "ask" and bool(act.payload.get("on")) for act in acts)
    return [{"kind": "text", "text": say("voices", n=turn, of=voices, asks=asks)}] if turn else []


def number_rows(measure: Measure, labels: Mapping[str, str]) -> Iterator[list[str]]:
    """A measure as lines of a table: its number, or those of its parts; `labels` says what items are called."""
    called = say("number_of", name=measure.name, of=measure.of) if measure.of else measure.name
    called = say("number_round", name=called, n=measure.round) if measure.round > 1 else called
    n = str(measure.n)
    if not isinstance(measure.value, dict):
        told = say("too_few") if measure.value is None else spell(measure.value)
        yield [called, told, measure.band, n]
        return
    for part, value in measure.value.items():
        if isinstance(value, int | float) and not isinstance(value, bool):
            words = labels.get(part) or part_words(measure.id, part)
            yield [say("number_part", name=called, part=words), spell(value), measure.band, n]


def spell(value: Any) -> str:
    """A number as a board says it: two places for shares and agreement, whole numbers as they are."""
    if isinstance(value, bool):
        return say("number_yes" if value else "number_no")
    if isinstance(value, float) and abs(value) <= 1:
        return two_places(value)
    return number(round(value, SEEN)) if isinstance(value, int | float) else str(value)


def part_words(measure: str, part: str) -> str:
    """A part of a number in words."""
    return PARTS.get(f"{measure}.{part}") or PARTS.get(part) or part.replace("_", " ")


PARTS: Mapping[str, str] = {
    "M09.min": say("part_least"),
    "min": say("part_minutes"),
    "staff_min_week": say("part_minutes"),
    "usd": say("part_money"),
    "fte": say("part_posts"),
    "below3": say("part_below3"),
    "n": say("part_rows"),
    "unsure_min": say("part_unsure_minutes"),
    "unsure_usd": say("part_unsure_money"),
}


def _picture(visit: Visit, drawn: Sequence[Drawn], where: Looked) -> Doc:
    """One picture at a time, with its table, the next one, and the picture to keep."""
    n = where.picture % len(drawn)
    one = drawn[n]
    as_table = where.as_table or not one.src
    buttons = []
    if one.src:
        buttons.append(quiet("table", say("as_a_picture" if as_table else "as_a_table")))
    if len(drawn) > 1:
        ahead = (n + 1) % len(drawn)
        buttons.append(quiet(f"picture:{ahead}", say("next_picture", title=drawn[ahead].title.lower())))
    if one.src and not as_table:
        name = f"{visit.snapshot.team.slug}-{visit.snapshot.workbook.slug}-{where.step}.svg"
        buttons.append(quiet("keep", say("save_picture"), href=one.src, download=name))
    return drawn_doc(one, buttons, table=as_table)


def _after(visit: Visit, step: Step, where: Looked) -> list[Doc]:
    """The numbers, answers by role group, and what was written for whoever asks for it."""
    made = [*_numbers(visit, step), *_groups(visit, step)]
    rows = words(visit, step)
    if not rows:
        return made
    label = say("hide_words" if where.words else "show_written", n=len(rows))
    made.append({"kind": "buttons", "buttons": [{"id": "words", "label": label}]})
    if where.words:
        head = [say("words_who"), say("words_asked"), say("words_said")]
        made.append({"kind": "table", "caption": say("what_was_written"), "head": head, "rows": rows})
    return made


def words(visit: Visit, step: Step) -> list[list[str]]:
    """What was answered in a step, signed as the step says, as files have it: who, asked what, the answer."""
    seen = visit.seen
    names = seen.names()
    labels = {one.key: one.label for one in step.fields}
    labels |= {f"{one.key}.{column.key}": column.label for one in step.fields for column in getattr(one, "columns", ())}
    made = []
    for row in seen.rows:
        if row.step == step.key and row.status in {"submitted", "dk"}:
            told = [spell(row.value_num) if row.value_num is not None else "", row.value_text]
            said = " · ".join(filter(None, told)) or visit.labels.get(row.value_id, row.value_id)
            who = names.get(row.author) or say_author(row.author)
            made.append([who, labels.get(row.field, row.field), say("packet_dk") if row.is_dk else said])
    return [row for row in made if row[2]][:MOST_ROWS]


def say_author(author: str) -> str:
    """Who answered, where it is not one member: the team, a pair, a role, or a number."""
    if author in {"TEAM", "FACIL"}:
        return say("by_team" if author == "TEAM" else "by_facilitator")
    return say("chart_pair_number", number=author.removeprefix("PAIR")) if author.startswith("PAIR") else author


def _groups(visit: Visit, step: Step) -> Iterator[Doc]:
    """Answers counted by role group, where no group could be worked out."""
    on_show = shown(visit.snapshot, visit.stage)
    labels = {option.id: option.label for option in SHARED["report_group"]}
    round_ = visit.stage.round_of(step.key)
    for asked in step.asks("individual"):
        found = by_group(on_show, step, asked.key, round_)
        if not found or asked.key not in asked_now(step.fields, {}):
            continue
        options = [option.id for option in visit.stage.options(asked.list)] if getattr(asked, "list", None) else []
        used = sorted({key for counts in found.values() for key in counts}, key=lambda k: (k not in options, k))
        rows = [
            [labels.get(group, group), *(str(counts.get(key, 0)) for key in used), str(sum(counts.values()))]
            for group, counts in found.items()
        ]
        called = {o.id: o.label for o in (*getattr(asked, "options", ()), *_listed(visit, asked))}
        head = [say("group_head"), *(called.get(key, say("packet_dk") if key == "dk" else key) for key in used)]
        caption = say("by_group", label=asked.label)
        yield {"kind": "table", "caption": caption, "head": [*head, say("group_all")], "rows": rows}


def _listed(visit: Visit, asked: Any) -> tuple[Any, ...]:
    name = getattr(asked, "list", None)
    return tuple(visit.stage.options(name)) if name else ()


# --------------------------------------------------------------------------------------------------------------- notes


def notes(visit: Visit) -> Doc:
    """The coach's notes, the latest first, each with where the session stood."""
    found = [_note(visit, note) for note in reversed(visit.snapshot.notes)]
    fields = [entry("text", say("note_words")), pick("for", say("note_for"), _SHARING, value=PRIVATE)]
    ask = dialog("note", say("add_note"), "", button("write", say("keep_note"), main=True), fields=fields)
    return {
        "label": say("my_notes"),
        "rows": found,
        "empty": say("no_notes"),
        "hint": say("notes_hint"),
        "buttons": [button("note", say("add_note"), dialog=ask)],
    }


_SHARING = ((PRIVATE, say("note_private")), (TEAM, say("note_shared")))


def _note(visit: Visit, note: Note) -> Doc:
    at = stamp(visit.snapshot, note.at)
    moment = local(visit.snapshot.meeting, note.at)
    when = say_time(moment)
    if at.step:
        title = visit.snapshot.workbook.step(at.step).title
        turn = {"n": at.turn}
        when = say("note_turn", time=when, step=title, **turn) if at.turn else say("note_step", time=when, step=title)
    else:
        when = say("note_day", time=when, day=f"{moment:%b} {moment.day}")
    other = "private" if note.shared else "team"
    return {
        "id": str(note.id),
        "when": when,
        "text": note.body,
        "tag": say("note_shared_tag" if note.shared else "note_private_tag"),
        "buttons": [
            quiet(f"share:{note.id}:{other}", say("note_unshare" if note.shared else "note_share")),
            {**quiet(f"drop:{note.id}", say("note_drop")), "kind": "guard", "again": say("note_drop_again")},
        ],
    }
