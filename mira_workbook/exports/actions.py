"""What is to be done after a session, by whom and by when: read from what the blocks of the hand-out are made of."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.block_args import (
    BLOCKS,
    AnswersBlock,
    CauseBlock,
    DecisionsBlock,
    DoneTestBlock,
    FigureBlock,
    ReleasesBlock,
    RingsBlock,
)
from mira_workbook.exports.rows import Row
from mira_workbook.exports.sighted import Sighted
from mira_workbook.rules.initiatives import initiatives
from mira_workbook.rules.reading import field_of, split, team_rows
from mira_workbook.text import inside_sentence, join_labels, say_number, say_short_date


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do; `who` and `when` are "" where nobody said."""

    what: str
    who: str = ""
    when: str = ""


def actions(seen: Sighted) -> list[Action]:
    """Everything that was agreed to be done, in the order of the hand-out."""
    found: list[Action] = []
    for use in seen.snapshot.workbook.handout:
        if use.use in ACTIONS:
            found += ACTIONS[use.use](seen, BLOCKS[use.use].model_validate(use.arguments))
    return found


def _review(seen: Sighted, args: DoneTestBlock) -> Iterator[Action]:
    day = seen.team_text(args.review)
    if day:
        yield Action(say("report_look_again"), say("report_all"), day)


def _figure(seen: Sighted, args: FigureBlock) -> Iterator[Action]:
    who = seen.snapshot.team_answer(args.step, "found_by")
    if who:
        what = say("report_figure", measure=seen.team_text(f"{args.step}.measure"))
        yield Action(what, seen.names().get(str(who), str(who)), seen.team_text(f"{args.step}.found_on"))


def _releases(seen: Sighted, args: ReleasesBlock) -> Iterator[Action]:
    """Tasks that people let go, where names are on show."""
    asked, names = field_of(seen.snapshot.workbook, args.rows), seen.names()
    words = next(c.key for c in asked.columns if c.type in {"text", "long"})
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for row in seen.of(args.rows):
        if row.author in names:
            found.setdefault((row.author, row.row_id), {})[row.field.rpartition(".")[2]] = row
    for (author, _), cells in found.items():
        task = cells[words].value_text if words in cells else ""
        way = cells["action"].value_text if "action" in cells else say("report_let_go")
        freed = next((c for c in (cells.get("released_min"), cells.get("min_week")) if c and c.value_num), None)
        minutes = say("report_minutes_a_week", n=say_number(freed.value_num)) if freed and freed.value_num else ""
        yield Action(say("report_task", way=way, task=task, minutes=minutes).strip(), names[author])


def _rings(seen: Sighted, args: RingsBlock) -> Iterator[Action]:
    """What keeps its place: who keeps an eye on it, and what would bring it back."""
    asked, names = field_of(seen.snapshot.workbook, args.rows), seen.names()
    labels = {option.id: option.label for option in seen.labels.listed(asked.rows_from, "")}
    keeper = next((c.key for c in asked.columns if getattr(c, "list", None) == "team"), "")
    sign = next((c.key for c in asked.columns if c.type in {"text", "long"}), "")
    for row in team_rows(seen.snapshot, args.rows):
        who, when = (row["cells"].get(key) for key in (keeper, sign))
        if who or when:
            what = say("report_keep_an_eye", label=labels.get(row["row_id"], ""))
            yield Action(what, names.get(str(who), ""), when or "")


def _cause(seen: Sighted, args: CauseBlock) -> Iterator[Action]:
    who = seen.team_text(args.confirms)
    if who and seen.team_text(args.text):
        yield Action(say("report_confirm"), who)


def _decisions(seen: Sighted, args: DecisionsBlock) -> Iterator[Action]:
    """Whom to ask about what is not known yet, and who has to approve what is proposed."""
    columns = {column.key: column for column in field_of(seen.snapshot.workbook, args.decide).columns}
    cells = {row["row_id"]: row["cells"] for row in team_rows(seen.snapshot, args.decide)}
    approvals: dict[str, list[str]] = {}
    for one in initiatives(seen.snapshot, args.model_dump()):
        mine = cells.get(one.id, {})
        if mine.get("ask_who"):
            yield Action(say("report_find_out", name=one.name), mine["ask_who"], say_short_date(mine.get("ask_by", "")))
        if one.approval not in {"", "ours", None} and "approval" in columns and one.decision != "keep":
            approvals.setdefault(str(columns["approval"].show(mine.get("approval"), {})), []).append(one.name)
    for who, proposed in approvals.items():
        yield Action(say("report_approve", names=join_labels(proposed)), inside_sentence(who))


def _tables(seen: Sighted, args: AnswersBlock) -> Iterator[Action]:
    """Rows of a team table that have a day and somebody of the team."""
    for name in args.fields:
        asked = field_of(seen.snapshot.workbook, name)
        step, key, _ = split(name)
        own = seen.snapshot.workbook.step(step)
        if asked.type == "table" and own.mode_of(own.field(key)) == "team":
            yield from _rows(seen, name, asked)


def _rows(seen: Sighted, name: str, asked: Any) -> Iterator[Action]:
    days = [c.key for c in asked.columns if c.type == "date"]
    people = [c.key for c in asked.columns if getattr(c, "list", None) == "team"]
    words = [c.key for c in asked.columns if c.type in {"text", "long"} and c.required]
    if not days or not people:
        return
    labels = {option.id: option.label for option in seen.labels.listed(asked.rows_from, "")}
    for row in team_rows(seen.snapshot, name):
        day, who, said = (next((row["cells"].get(key) for key in keys), None) for keys in (days, people, words))
        what = ": ".join(filter(None, (labels.get(row["row_id"], ""), said)))
        yield Action(what, seen.names().get(str(who), ""), say_short_date(day) if day else "")


ACTIONS: Mapping[str, Callable[[Sighted, Any], Iterator[Action]]] = {
    "done_test": _review,
    "figure": _figure,
    "releases": _releases,
    "rings": _rings,
    "cause": _cause,
    "decisions": _decisions,
    "answers": _tables,
}
"""Name of a block of the hand-out to what is to be done of it."""
