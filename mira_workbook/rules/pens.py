"""Who writes a team text: the pen is taken, asked for and passed; rows of a table are taken by different people."""

from collections.abc import Iterable
from datetime import datetime

from mira_workbook.catalogue import say
from mira_workbook.errors import StepLocked
from mira_workbook.records import Member, NewAct, Snapshot
from mira_workbook.rules.moving import Acts, Judge
from mira_workbook.rules.progress import pen_page
from mira_workbook.rules.reading import team_rows
from mira_workbook.rules.stage import FACILITATOR, PEN_ANSWER, PEN_IDLE, Stage, fold


def take_pen(member: str, step: str, page: str) -> Judge:
    """Take a free pen, or ask its holder; an idle holder (45 s) or one who does not answer (10 s) loses it."""

    def judge(snapshot: Snapshot, now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        pen = stage.pens.get((step, page))
        if step not in stage.now_open or (pen and pen.holder == member):
            return ()
        present = {m.key for m in snapshot.present()} | {FACILITATOR}
        idle = (
            pen is None
            or pen.holder not in present
            or now - _last_stroke(snapshot, (step, page), pen.since) >= PEN_IDLE
        )
        asked = pen is not None and pen.asked_by == member and pen.asked_at is not None
        unanswered = asked and pen is not None and pen.asked_at is not None and now - pen.asked_at >= PEN_ANSWER
        kind = "pen" if idle or unanswered else "pen_ask"
        if kind == "pen_ask" and asked:
            return ()
        return (NewAct(kind, step, stage.round_of(step), {"member": member, "page": page}),)

    return judge


def _last_stroke(snapshot: Snapshot, place: tuple[str, str], since: datetime) -> datetime:
    """The latest moment the team text that this pen writes changed, or the pen was taken."""
    step = snapshot.workbook.step(place[0])
    written = {f.key for f in step.asks("team") if pen_page(step, f) == place[1]}
    mine = (r for r in snapshot.responses if r.step == step.key and r.author_kind == "team" and r.field in written)
    return max([since, *(r.saved_at for r in mine if r.saved_at)])


def pass_pen(member: str, step: str, page: str, to: str) -> Judge:
    """The holder gives the pen to the one who asks, or lets it go (to "")."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        pen = stage.pens.get((step, page))
        if not pen or pen.holder != member:
            return ()
        return (NewAct("pen", step, stage.round_of(step), {"member": to, "page": page}),)

    return judge


def keep_pen(member: str, step: str, page: str) -> Judge:
    """The holder answers “in a moment”."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        pen = fold(snapshot.acts, snapshot.workbook).pens.get((step, page))
        if not pen or pen.holder != member or not pen.asked_by:
            return ()
        return (NewAct("pen_keep", step, 1, {"member": member, "page": page}),)

    return judge


def take_row(member: str, step: str, row: str) -> Judge:
    """Take a free row of a team table, or one's own row back out of other hands' reach."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        holder = stage.rows.get((step, row))
        if step not in stage.now_open or holder == member or row not in _rows(snapshot, stage, step):
            return ()
        if holder and holder in {m.key for m in snapshot.present()} | {FACILITATOR}:
            raise StepLocked(say("row_is_taken", name=holder_name(snapshot.members, holder)))
        return (NewAct("take", step, 1, {"member": member, "row": row}),)

    return judge


def _rows(snapshot: Snapshot, stage: Stage, step: str) -> set[str]:
    """The rows of a step's tables that somebody may take: those of pinned lists, and those already written."""
    found: set[str] = set()
    for asked in snapshot.workbook.step(step).fields:
        if asked.type == "table":
            found |= {o.id for o in stage.options(asked.rows_from or "")}
            found |= {row["row_id"] for row in team_rows(snapshot, f"{step}.{asked.key}")}
    return found


def leave_row(member: str, step: str, row: str) -> Judge:
    """Let go of a row one has taken."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        held = fold(snapshot.acts, snapshot.workbook).rows.get((step, row)) == member
        return (NewAct("leave", step, 1, {"member": member, "row": row}),) if held else ()

    return judge


def holder_name(members: Iterable[Member], key: str) -> str:
    """Who holds a pen or a row, as others read it."""
    return next((m.name for m in members if m.key == key), say("the_facilitator"))
