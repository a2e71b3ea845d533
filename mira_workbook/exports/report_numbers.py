"""The numbers of a report: what each is, its range and its answers, and how all of them are computed."""

from collections.abc import Iterator, Sequence

from mira_workbook.catalogue import say
from mira_workbook.content.measure_args import MEASURES as NAMES
from mira_workbook.exports.formulas import FORMULAS
from mira_workbook.exports.pieces import Facts, Grid, Heading, Piece, Words
from mira_workbook.exports.sighted import Sighted
from mira_workbook.measures import words
from mira_workbook.measures.bands import LEAST, SCALES
from mira_workbook.measures.table import measures
from mira_workbook.records import Measure, Snapshot
from mira_workbook.rules.sight import of_measure
from mira_workbook.text import say_number

_ANSWERED = "M01"
_SHARES = ("share", "share of points")


def numbers_of(seen: Sighted, snapshot: Snapshot) -> list[Measure]:
    """The measures that a reader may see, without how many answered; none for whoever looks from outside."""
    if seen.viewer.role == "viewer":
        return []
    return [of_measure(m, seen.viewer) for m in measures(snapshot, seen.stage) if m.id != _ANSWERED]


def table_of_numbers(numbers: Sequence[Measure]) -> Iterator[Piece]:
    """The numbers that are one number each, with their range; the others stand in pictures and sentences."""
    rounds = max((measure.round for measure in numbers), default=1)
    rows = tuple((_named(m, rounds), _value(m), m.band, str(m.n)) for m in numbers if _is_plain(m))
    if rows:
        head = tuple(say(f"report_{name}") for name in ("number", "value", "range", "answers"))
        yield Grid(rows, head, numbers=(1, 3), caption=say("report_numbers"), small=True)


def _is_plain(measure: Measure) -> bool:
    return isinstance(measure.value, int | float) and not isinstance(measure.value, bool)


def _named(measure: Measure, rounds: int) -> str:
    name = say("report_cell", label=measure.name, text=measure.of) if measure.of else measure.name
    return say("report_round", name=name, n=measure.round) if rounds > 1 else name


def _value(measure: Measure) -> str:
    if measure.unit in _SHARES:
        return words.percent(measure.value) if measure.id != "M10" else words.change(measure.value)
    if isinstance(measure.value, int):
        return say_number(measure.value)
    return words.two_places(measure.value)


def how_computed(seen: Sighted, snapshot: Snapshot) -> Iterator[Piece]:
    """The formula of every number that stands in the report, with the answers it needs and the floors of its ranges."""
    used = dict.fromkeys(m.id for m in numbers_of(seen, snapshot) if m.value is not None and m.id in FORMULAS)
    if used:
        yield Heading(say("report_computed"))
        yield Words(say("report_computed_text"), "small")
        yield Facts(tuple((NAMES[id_].title, _told(seen, id_)) for id_ in used))


def _told(seen: Sighted, measure: str) -> str:
    least = LEAST.get(measure, 0)
    needs = say("report_least", n=least) if least > 1 else ""
    return "\n".join(filter(None, (FORMULAS[measure], needs, _ranges(seen, measure))))


def _ranges(seen: Sighted, measure: str) -> str:
    """Names of ranges, each with the floor that this workbook gives it; the first has none."""
    if measure not in SCALES:
        return ""
    first, *others = SCALES[measure].bands
    own = seen.snapshot.workbook.settings
    floors = [own.get(f"{measure.lower()}_{band.name.replace(' ', '_')}", band.at_least) for band in others]
    told = [say("report_floor", name=b.name, floor=say_number(float(f))) for b, f in zip(others, floors, strict=True)]
    return say("report_ranges", ranges=", ".join([first.name, *told]))
