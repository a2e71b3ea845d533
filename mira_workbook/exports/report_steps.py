"""The body of a report: part by part, what each step asked and what came out of it."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look
from mira_workbook.charts.read import Read, charts
from mira_workbook.content.definition import Step
from mira_workbook.exports.pieces import Figure, Grid, Heading, Piece, Words
from mira_workbook.exports.report_numbers import numbers_of, table_of_numbers
from mira_workbook.exports.report_words import said, team_said
from mira_workbook.exports.sighted import Sighted
from mira_workbook.records import Measure, Snapshot
from mira_workbook.rules.progress import in_pairs, is_private, own_fields, progress

PAPER = Look("board", "light", paths=True)
"""How pictures are looked at on paper."""
DOTS = 150
"""Dots an inch of a picture as wide as a board; on paper it is set narrower, so that they are more than 200."""


def parts(seen: Sighted, snapshot: Snapshot) -> Iterator[Piece]:
    """Every part that has a step with something to tell."""
    workbook = snapshot.workbook
    numbers = numbers_of(seen, snapshot)
    steps = [step for step in workbook.steps if _is_told(seen, step)]
    for number, group in groupby(steps, key=lambda step: step.part):
        yield Heading(say("part", n=number, of=len(workbook.parts), title=workbook.parts[number - 1]))
        for step in group:
            yield from _step(seen, snapshot, step, [m for m in numbers if m.step == step.key])


def _is_told(seen: Sighted, step: Step) -> bool:
    """Whether a step was opened, and is not a talk between one person and the coach."""
    between_two = bool(step.fields) and all(is_private(step, asked) for asked in step.fields)
    return step.key in seen.stage.opened and step.key not in seen.stage.skipped and not between_two


def _step(seen: Sighted, snapshot: Snapshot, step: Step, numbers: list[Measure]) -> Iterator[Piece]:
    yield Heading(step.heading or step.title, 3)
    yield Words(step.do, "asked")
    yield from _counts(seen, snapshot, step)
    found = list(_came_out(seen, snapshot, step, numbers))
    yield from found or [Words(_why_nothing(snapshot, step), "small")]


def _why_nothing(snapshot: Snapshot, step: Step) -> str:
    """Nothing was written, or shown; or it is shown, and told, with another step."""
    others = {step.reveal_of(asked) for asked in own_fields(step)} - {step.key}
    if others:
        return say("report_shown_with", step=snapshot.workbook.step(min(others)).title)
    return say("report_nothing_shown" if own_fields(step) else "report_nothing")


def _came_out(seen: Sighted, snapshot: Snapshot, step: Step, numbers: list[Measure]) -> Iterator[Piece]:
    yield from _sentences(numbers)
    yield from (figure(one) for one in charts(snapshot, seen.stage, seen.viewer, step.key) if _says_something(one))
    yield from team_said(seen, step)
    yield from said(seen, step)
    yield from table_of_numbers(numbers)


def _counts(seen: Sighted, snapshot: Snapshot, step: Step) -> Iterator[Piece]:
    """How many answered, round by round."""
    if not own_fields(step) or seen.viewer.role == "viewer":
        return
    pairs = in_pairs(step)
    told = []
    for round_ in range(1, seen.stage.round_of(step.key) + 1):
        far = progress(snapshot, seen.stage, step, round_)
        if far.expected:
            answered = say("report_pairs" if pairs else "report_answered", n=far.count, of=len(far.expected))
            told.append(say("report_second", text=answered) if round_ > 1 else answered)
    if told:
        yield Words(" ".join(told), "small")


def _sentences(numbers: Iterable[Measure]) -> Iterator[Piece]:
    """What the numbers say, as the room heard it, round by round."""
    for round_, group in groupby(numbers, key=lambda measure: measure.round):
        text = " ".join(measure.sentence for measure in group if measure.sentence)
        if text:
            yield Words(say("report_second", text=text) if round_ > 1 else text, "said")


def _says_something(read: Read) -> bool:
    return bool(read.words.rows) and read.words.alt != say("chart_empty")


def figure(read: Read) -> Figure:
    """A picture with its words; where the table is the picture there is nothing to draw."""
    numbers = tuple(n for n in range(len(read.words.head)) if n and _are_numbers(row[n] for row in read.words.rows))
    grid = Grid(read.words.rows, read.words.head, numbers=numbers, caption=read.title, small=True)
    return Figure(read.title, read.words.alt, read if read.is_drawn(PAPER) else None, grid)


def _are_numbers(cells: Iterable[str]) -> bool:
    """Whether a column holds nothing but numbers, or blanks between them."""
    told = [cell.strip("%$–−-") for cell in cells]
    return any(told) and all(not cell or cell.replace(",", "").replace(".", "").isdigit() for cell in told)
