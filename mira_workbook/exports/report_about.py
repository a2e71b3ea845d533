"""The head of a report: what it is of, who was there, what the session was built on, and what is still open."""

from collections.abc import Iterator

from mira_workbook.catalogue import say
from mira_workbook.content.block_args import BLOCKS
from mira_workbook.content.definition import Step
from mira_workbook.exports.pieces import Facts, Heading, Lines, Piece, Words
from mira_workbook.exports.sighted import Sighted
from mira_workbook.records import Carry, Member, Snapshot
from mira_workbook.rules import clock, needs
from mira_workbook.rules.context import local
from mira_workbook.rules.initiatives import initiatives
from mira_workbook.rules.progress import is_private, own_fields
from mira_workbook.rules.sight import is_on_show
from mira_workbook.rules.stage import Stage
from mira_workbook.text import join_labels, say_date


def about(seen: Sighted, snapshot: Snapshot) -> Iterator[Piece]:
    """What the workbook is for, who was in the room, how long it took, and how answers are signed."""
    yield Heading(say("report_about"))
    yield Words(snapshot.workbook.purpose)
    yield Facts(tuple((say(f"report_{name}"), text) for name, text in _told(seen, snapshot) if text))
    yield Words(say("report_sight"), "small")


def _told(seen: Sighted, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    meeting = snapshot.meeting
    yield "team", snapshot.team.name
    yield "day", say_date(local(meeting, meeting.opened_at).date())
    yield "here", _people(seen, snapshot)
    yield "stands", _stands(seen, snapshot)
    yield "minutes", _minutes(seen, snapshot)


def _people(seen: Sighted, snapshot: Snapshot) -> str:
    """Who was in the room, with roles; how many, for whoever looks from outside."""
    there = snapshot.present()
    came = [member for member in there if member.joined_at] or list(there)
    if seen.viewer.role == "viewer":
        return say("report_people", n=len(came))
    return "\n".join(_person(member) for member in came)


def _person(member: Member) -> str:
    return f"{member.name}, {member.role}" if member.role else member.name


def _stands(seen: Sighted, snapshot: Snapshot) -> str:
    if seen.stage.state != "open":
        return say("report_ended" if seen.stage.state == "ended" else "report_lobby")
    step = snapshot.workbook.step(seen.stage.current)
    return say("report_now", part=snapshot.workbook.parts[step.part - 1], step=step.title)


def _minutes(seen: Sighted, snapshot: Snapshot) -> str:
    """Planned and used; only once it is over, since until then every look would tell another number."""
    if seen.stage.ended_at is None:
        return ""
    used = round(sum(clock.used(snapshot, seen.stage, seen.stage.ended_at).values()))
    return say("report_minutes_text", planned=round(snapshot.workbook.planned()), used=used) if used else ""


def built_on(seen: Sighted) -> Iterator[Piece]:
    """The words that earlier workbooks handed on, with where they are from, and that they say something else now."""
    snapshot = seen.snapshot
    told = [
        (need.label, "\n".join([*needs.lines(carry.value), _source(seen, carry), *_newer(seen, key)]))
        for key, need in snapshot.workbook.needs.items()
        if (carry := snapshot.built_on.get(key)) is not None
    ]
    if told and seen.viewer.role != "viewer":
        yield Heading(say("report_built_on"))
        yield Facts(tuple(told))


def _source(seen: Sighted, carry: Carry) -> str:
    if carry.is_typed:
        return say("typed_in")
    return say("from_source", title=carry.title, date=say_date(local(seen.snapshot.meeting, carry.at).date()))


def _newer(seen: Sighted, key: str) -> Iterator[str]:
    carry = seen.snapshot.newer.get(key)
    if carry is not None:
        yield say("report_newer", text="; ".join(needs.lines(carry.value)))


# ----------------------------------------------------------------------------------------------------- what is open


def still_open(seen: Sighted, snapshot: Snapshot) -> Iterator[Piece]:
    """What the team has yet to decide, to find out and to look at."""
    lines = [*_undecided(seen), *_steps(seen, snapshot)]
    if lines:
        yield Heading(say("report_open"))
        yield Lines(tuple(lines))


def _undecided(seen: Sighted) -> Iterator[str]:
    for use in seen.snapshot.workbook.handout:
        if use.use == "decisions":
            args = BLOCKS[use.use].model_validate(use.arguments)
            rows = initiatives(seen.snapshot, args.model_dump())
            names = [one.name for one in rows if not one.decision]
            if names and len(names) < len(rows):
                yield say("report_undecided", names=join_labels(names))
        if use.use == "cause" and (unknown := seen.team_text(use.arguments["unknown"])):
            yield say("report_unknown", text=unknown)


def _steps(seen: Sighted, snapshot: Snapshot) -> Iterator[str]:
    stage = seen.stage
    hidden = [step for step in snapshot.workbook.steps if is_hidden(snapshot, stage, step)]
    left_out = [step for step in snapshot.workbook.steps if step.key in stage.skipped]
    ahead = [s for s in snapshot.workbook.steps if not s.optional and s.key not in {*stage.opened, *stage.skipped}]
    for name, steps in (("hidden", hidden), ("left_out", left_out), ("ahead", ahead if stage.opened else [])):
        if steps:
            yield say(f"report_{name}", steps=join_labels([step.title for step in steps]))


def is_hidden(snapshot: Snapshot, stage: Stage, step: Step) -> bool:
    """Whether something that people said in a step alone or in pairs waits to be shown; never what is for the coach."""
    own = {asked.key for asked in own_fields(step) if not is_private(step, asked)}
    said = [r for r in snapshot.responses if r.step == step.key and r.field in own and r.state == "submitted"]
    return any(not is_on_show(snapshot, stage, response) for response in said)
