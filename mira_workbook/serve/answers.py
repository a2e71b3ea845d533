"""“Keep my answers”: what a member has said, as one page that opens anywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mira_workbook.content.answers.base import Lists
from mira_workbook.content.definition import Step
from mira_workbook.records import Response, Seat, Snapshot
from mira_workbook.rules.context import lists_for, local
from mira_workbook.rules.entries import veiled
from mira_workbook.rules.pairs import pair_for
from mira_workbook.rules.sight import Viewer, view
from mira_workbook.rules.stage import fold
from mira_workbook.serve import links
from mira_workbook.serve.home import CodeDoor
from mira_workbook.serve.replies import Answer, Content, Redirect
from mira_workbook.serve.visits import seats_in
from mira_workbook.text import say_date, slug


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: what it is about, and label and text of each cell."""

    name: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as people read it; a table has rows instead of a text."""

    label: str
    text: str
    rows: tuple[Row, ...] = ()


class Answers(CodeDoor):
    """`/answers/<code>`: a member's own answers, to keep."""

    def show(self, code: str) -> Answer:
        """The page, as a file to save."""
        meeting = self.meeting(code)
        seats = seats_in(self.house.store, self.browser, meeting, "member")
        if not seats:
            return Redirect(links.join(self.house.base_url, meeting.code))
        snapshot = self.house.store.snapshot(seats[-1].session_id)
        body = self.page("answers.html", **told(snapshot, seats[-1])).encode()
        name = f"{slug(snapshot.team.name)}-{slug(snapshot.member(seats[-1].member_key).name)}.html"
        return Content(body, "text/html; charset=utf-8", {"Content-Disposition": f'attachment; filename="{name}"'})


def told(snapshot: Snapshot, seat: Seat) -> dict[str, Any]:
    """What stands on the page: steps in order, each with one's own answers and then the team's."""
    stage = veiled(snapshot, fold(snapshot.acts, snapshot.workbook))
    seen = view(snapshot, stage, Viewer("member", seat.member_key)).responses
    me = seat.member_key
    mine = [r for r in seen if (r.author_kind, r.author) == ("member", me) or _shared(snapshot, me, r)]
    ours = [r for r in seen if r.author_kind in {"team", "facilitator"}]
    lists = lists_for(snapshot, stage, seat.member_key)
    steps = [
        (step.heading or step.title, list(_answers(step, mine, lists)), list(_answers(step, ours, lists)))
        for step in snapshot.workbook.steps
    ]
    return {
        "workbook": snapshot.workbook,
        "team": snapshot.team,
        "who": snapshot.member(seat.member_key),
        "when": say_date(local(snapshot.meeting, snapshot.meeting.opened_at).date()),
        "steps": [step for step in steps if step[1] or step[2]],
    }


def _shared(snapshot: Snapshot, member: str, given: Response) -> bool:
    return given.author_kind == "pair" and given.author == pair_for(snapshot, member, given.step, given.round)


def _answers(step: Step, given: list[Response], lists: Lists) -> Iterator[Said]:
    for asked in step.fields:
        for response in given:
            if (response.step, response.field, response.state) == (step.key, asked.key, "submitted"):
                yield _said(asked, response.value, lists)


def _said(asked: Any, value: Any, lists: Lists) -> Said:
    if asked.type != "table":
        return Said(asked.label, asked.show(value, lists))
    named = {option.id: option.label for option in lists.get(asked.rows_from or "", ())}
    return Said(asked.label, "", tuple(_row(asked, row, named.get(row["row_id"], ""), lists) for row in value))


def _row(asked: Any, row: Any, name: str, lists: Lists) -> Row:
    cells = [
        (column.label.rstrip("…?:. "), column.show(row["cells"][column.key], lists))
        for column in asked.columns
        if column.key in row["cells"]
    ]
    return Row(name, tuple(cells))
