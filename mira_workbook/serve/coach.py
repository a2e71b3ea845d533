"""A coach's page without a kernel: how far each team is, and where the files of the meeting are."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from mira_workbook.boards.coach_files import READING, about, label
from mira_workbook.boards.coaching import kept_until
from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.exports import COACH, EXPORTS
from mira_workbook.exports.blocks import stands
from mira_workbook.records import Meeting, Role, Seat, Snapshot
from mira_workbook.rules.context import local
from mira_workbook.rules.progress import in_pairs, own_fields, progress
from mira_workbook.rules.sight import is_on_show
from mira_workbook.rules.stage import Stage, fold
from mira_workbook.serve import links
from mira_workbook.serve.home import CodeDoor
from mira_workbook.serve.replies import Answer, Refused, Reply
from mira_workbook.serve.visits import seats_in
from mira_workbook.settings import settings
from mira_workbook.store import shown_code
from mira_workbook.text import say_date
from mira_workbook.widgets.endings import subject


@dataclass(frozen=True, slots=True)
class Line:
    """One round of a step: how many are in, and how it stands. Counts only, no names."""

    title: str
    count: str
    stands: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class News:
    """How far one team is; `sentence` is what it has found, "" until that stands, and `about` says what it is."""

    team: str
    slug: str
    about: str
    sentence: str
    lines: tuple[Line, ...]
    left_out: str


class SeatedDoor(CodeDoor):
    """A door for whoever came in by a key."""

    def seats(self, meeting: Meeting, roles: tuple[Role, ...]) -> list[Seat]:
        """This browser's seats, one for each team, the role named first winning; else the page says which door."""
        held = seats_in(self.house.store, self.browser, meeting)
        by_session: dict[int, Seat] = {}
        for role in roles:
            for seat in held:
                if seat.role == role:
                    by_session.setdefault(seat.session_id, seat)
        if not by_session:
            raise Refused(Reply("wrong_door.html", {"role": "coach", "problem": ""}, HTTPStatus.FORBIDDEN))
        return [by_session[id_] for id_ in sorted(by_session)]


class Coach(SeatedDoor):
    """`/coach/<code>`: for a coach's seat."""

    def show(self, code: str) -> Answer:
        """How far each team is, and the files."""
        meeting = self.meeting(code)
        seats = self.seats(meeting, ("coach",))
        found = [self.house.store.snapshot(seat.session_id) for seat in seats]
        teams = [news(snapshot) for snapshot in found]
        base = self.house.base_url
        data: dict[str, Any] = {
            "workbook": found[0].workbook,
            "teams": teams,
            "code": shown_code(meeting.code),
            "when": say_date(local(meeting, meeting.opened_at).date()),
            "ended": meeting.ended_at is not None,
            "nothing": not any(team.sentence or any(line.is_shown for line in team.lines) for team in teams),
            "file_of": {name: links.export(base, meeting.code, name) for name in EXPORTS},
            "formats": [(name, label(name), about(name)) for name in EXPORTS if name not in READING],
            "kept": kept_until(found[0], settings().keep_days),
            "board": links.board(base, "coach", meeting.code) if self.house.has_board("coach") else "",
        }
        return Reply("coach.html", data)


def news(snapshot: Snapshot) -> News:
    """Say how far a team is, as its coach may know it."""
    stage = fold(snapshot.acts, snapshot.workbook)
    left_out = [step.title for step in snapshot.workbook.steps if step.key in stage.skipped]
    return News(
        snapshot.team.name,
        snapshot.team.slug,
        subject(snapshot.workbook),
        stands(snapshot, COACH),
        tuple(_lines(snapshot, stage)),
        say("coach_left_out", steps=", ".join(left_out)) if left_out else "",
    )


def _lines(snapshot: Snapshot, stage: Stage) -> Iterator[Line]:
    for step in snapshot.workbook.steps:
        if step.key in stage.opened and step.key not in stage.skipped:
            yield from (_line(snapshot, stage, step, round_) for round_ in range(1, stage.round_of(step.key) + 1))


def _line(snapshot: Snapshot, stage: Stage, step: Step, round_: int) -> Line:
    title = say("coach_second", step=step.title) if round_ > 1 else step.title
    is_open = step.key in stage.now_open and round_ == stage.round_of(step.key) and stage.state == "open"
    if not own_fields(step):
        written = any((r.step, r.state) == (step.key, "submitted") for r in snapshot.responses)
        how = "coach_is_written" if written else "coach_is_open" if is_open else "coach_not_written"
        return Line(title, say("coach_together"), say(how), is_shown=False)
    far = progress(snapshot, stage, step, round_)
    unit = "coach_pairs" if in_pairs(step) else "coach_count"
    count = say(unit if far.expected else "coach_nobody", n=far.count, of=len(far.expected))
    shown = _is_shown(snapshot, stage, step, round_)
    how = "coach_is_shown" if shown else "coach_is_open" if is_open else "coach_not_shown"
    return Line(title, count, say(how), shown)


def _is_shown(snapshot: Snapshot, stage: Stage, step: Step, round_: int) -> bool:
    """Whether anything that people said alone or in pairs is on show."""
    own = {asked.key for asked in own_fields(step)}
    said = (r for r in snapshot.responses if (r.step, r.round) == (step.key, round_) and r.field in own)
    return any(is_on_show(snapshot, stage, response) for response in said)
