"""“Keep my answers”: what a member has said, as one page that opens anywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mira_workbook.content.definition import Step
from mira_workbook.records import Response, Seat, Snapshot
from mira_workbook.rules.context import lists_for, local
from mira_workbook.rules.sight import Viewer, view
from mira_workbook.rules.stage import Stage, fold
from mira_workbook.serve import links
from mira_workbook.serve.home import CodeDoor
from mira_workbook.serve.replies import Answer, Content, Redirect
from mira_workbook.serve.visits import seats_in
from mira_workbook.text import say_date, slug


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as people read it; a table has lines, each a list of label and text."""

    label: str
    text: str
    lines: tuple[tuple[tuple[str, str], ...], ...] = ()


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
    stage = fold(snapshot.acts, snapshot.workbook)
    seen = view(snapshot, stage, Viewer("member", seat.member_key))
    ours = [r for r in seen.responses if _is_mine(r, seat) or r.author_kind in {"team", "facilitator"}]
    steps = [
        (
            step.heading or step.title,
            list(_answers(step, [r for r in ours if _is_mine(r, seat)], snapshot, stage, seat)),
            list(_answers(step, [r for r in ours if not _is_mine(r, seat)], snapshot, stage, seat)),
        )
        for step in snapshot.workbook.steps
    ]
    return {
        "workbook": snapshot.workbook,
        "team": snapshot.team,
        "who": snapshot.member(seat.member_key),
        "when": say_date(local(snapshot.meeting, snapshot.meeting.opened_at).date()),
        "steps": [step for step in steps if step[1] or step[2]],
    }


def _is_mine(response: Response, seat: Seat) -> bool:
    return response.author_kind == "member" and response.author == seat.member_key


def _answers(step: Step, given: list[Response], snapshot: Snapshot, stage: Stage, seat: Seat) -> Iterator[Said]:
    lists = lists_for(snapshot, stage, seat.member_key)
    for asked in step.fields:
        for response in given:
            if (response.step, response.field, response.state) == (step.key, asked.key, "submitted"):
                yield _said(asked, response.value, lists)


def _said(asked: Any, value: Any, lists: Any) -> Said:
    if asked.type != "table":
        return Said(asked.label, asked.show(value, lists))
    lines = tuple(
        tuple(
            (column.label, column.show(row["cells"][column.key], lists))
            for column in asked.columns
            if column.key in row["cells"]
        )
        for row in value
    )
    return Said(asked.label, "", lines)
