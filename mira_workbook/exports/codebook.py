"""What every name in the files means: fields and columns, thresholds, measures, columns of the tables."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import From
from mira_workbook.content.definition import Step, Workbook
from mira_workbook.content.lists import SHARED
from mira_workbook.content.measure_args import MEASURES
from mira_workbook.exports.formulas import FORMULAS
from mira_workbook.exports.parts import unit_of
from mira_workbook.exports.table import Cell, Column, Table
from mira_workbook.measures.bands import LEAST, SCALES
from mira_workbook.text import join_words, say_number

NAME = "codebook"

COLUMNS = (
    Column("kind", "field, column of a table, list, setting, measure, or file (a column of one of these files)."),
    Column("name", "step.field, step.field.column, list, setting, step.measure, or file.column."),
    Column("label", "The words on the screen."),
    Column("help", "The line under them, or what the name stands for."),
    Column("type", "The type of the answer or of the cell."),
    Column("required", "Whether blank is not enough.", "flag"),
    Column("limits", "What is taken."),
    Column("options", "Ids and labels, or the list they come from."),
    Column("unit", "The unit of numbers; for ratings the scale."),
    Column("mode", "Who answers: individual, pair, team or facilitator."),
    Column("attribution", "How answers are signed for others, as the session had it in the end."),
    Column("shown_with", "The step whose reveal shows the answers."),
    Column("formula", "How a measure is computed, and from how many answers."),
)

_Entry = dict[str, Cell]


def codebook(workbook: Workbook, tables: Iterable[Table], teams: Mapping[str, Workbook] | None = None) -> Table:
    """Describe every field, column, threshold and measure of a workbook, and every column of the given tables.

    Args:
        workbook: the definition.
        tables: the files beside it.
        teams: the definition as each team had it, by slug: a session may sign more privately than its workbook.

    Shape: workbook order, then lists, settings, measures, and the tables in the order given.
    """
    entries = [
        *(entry for step in workbook.steps for entry in _fields(step, teams or {})),
        *_lists(workbook),
        *_settings(workbook),
        *_measures(workbook),
    ]
    return _table([*entries, *_files(tables)])


def of_files(tables: Iterable[Table]) -> Table:
    """Describe every column of the given tables, and no workbook."""
    return _table(_files(tables))


def _table(entries: Iterable[_Entry]) -> Table:
    lines = (tuple(entry.get(column.name) for column in COLUMNS) for entry in entries)
    return Table(NAME, COLUMNS, tuple(lines))


def _files(tables: Iterable[Table]) -> Iterator[_Entry]:
    return (entry for table in tables for entry in _file(table))


def _fields(step: Step, teams: Mapping[str, Workbook]) -> Iterator[_Entry]:
    for asked in step.fields:
        whose: _Entry = {
            "mode": step.mode_of(asked),
            "attribution": _attribution(step, asked, teams),
            "shown_with": step.reveal_of(asked) if step.mode_of(asked) in {"individual", "pair"} else "",
        }
        yield {"kind": "field", "name": f"{step.key}.{asked.key}", **_asked(asked), **whose}
        for column in getattr(asked, "columns", ()):
            yield {"kind": "column", "name": f"{step.key}.{asked.key}.{column.key}", **_asked(column), **whose}


def _attribution(step: Step, asked: Any, teams: Mapping[str, Workbook]) -> str:
    """How a field is signed; where teams of the meeting differ, for each of them."""
    ways = {
        slug: book.step(step.key).attribution_of(book.step(step.key).field(asked.key)) for slug, book in teams.items()
    }
    if len(set(ways.values())) <= 1:
        return next(iter(ways.values()), step.attribution_of(asked))
    return ", ".join(f"{how} ({slug})" for slug, how in ways.items())


def _asked(asked: Any) -> _Entry:
    return {
        "label": asked.label,
        "help": asked.help,
        "type": asked.type,
        "required": asked.required,
        "limits": "; ".join(filter(None, (_limits(asked), _condition(asked)))),
        "options": _options(asked),
        "unit": unit_of(asked),
    }


def _limits(asked: Any) -> str:
    """What is taken, as the workbook's file sets it."""
    return _LIMITS[asked.type](asked) if asked.type in _LIMITS else ""


def _words(asked: Any) -> str:
    most = getattr(asked, "max_words", None)
    return f"{asked.min_chars} to {asked.max_chars} characters" + (f", {most} words at most" if most else "")


def _number(asked: Any) -> str:
    return f"{_limit(asked.low)} to {_limit(asked.high)}, steps of {say_number(asked.step)}"


def _day(asked: Any) -> str:
    return " ".join(f"{word} {day}" for word, day in (("from", asked.earliest), ("to", asked.latest)) if day)


def _several(asked: Any) -> str:
    return f"{asked.low} to {'all' if asked.high is None else asked.high} options"


def _rating(asked: Any) -> str:
    return f"{asked.low} to {asked.high}" + (", or “I don't know yet”" if asked.dk else "")


def _share(asked: Any) -> str:
    return f"{'exactly' if asked.exact else 'up to'} {_limit(asked.total)} together"


def _rows(asked: Any) -> str:
    return f"one row each of {asked.rows_from}" if asked.rows_from else f"{asked.min_rows} to {asked.max_rows} rows"


def _limit(limit: Any) -> str:
    return limit.source if isinstance(limit, From) else say_number(limit)


_LIMITS: Mapping[str, Callable[[Any], str]] = {
    "text": _words,
    "long": _words,
    "num": _number,
    "date": _day,
    "many": _several,
    "rate": _rating,
    "alloc": _share,
    "table": _rows,
}


def _condition(asked: Any) -> str:
    """When it is asked at all."""
    if not asked.show_when:
        return ""
    each = [f"{key} is {_either(value)}" for key, value in asked.show_when.items()]
    return f"asked when {join_words(each)}"


def _either(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " or ".join(_either(one) for one in value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _options(asked: Any) -> str:
    named = getattr(asked, "list", None)
    if named and named not in SHARED:
        return f"list: {named}"
    options = SHARED[named] if named else getattr(asked, "options", ())
    spelled = [f"{option.id} = {option.label}" for option in options]
    if getattr(asked, "other", False):
        spelled.append("other = own words")
    if asked.type == "rate" and asked.ends:
        ends = asked.ends if len(asked.ends) > 2 else (asked.ends[0], asked.ends[-1])  # noqa: PLR2004 - two ends
        places = range(asked.low, asked.high + 1) if len(asked.ends) > 2 else (asked.low, asked.high)  # noqa: PLR2004
        spelled = [f"{place} = {word}" for place, word in zip(places, ends, strict=False)]
    if asked.type == "yes":
        spelled = [f"1 = {say('show_yes')}", f"0 = {say('show_no')}"]
    return "; ".join(spelled)


def _lists(workbook: Workbook) -> Iterator[_Entry]:
    for name, use in workbook.lists.items():
        yield {"kind": "list", "name": name, "help": f"{use.use}: {_given(use.arguments)}"}


def _given(arguments: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} = {_either(value)}" for key, value in arguments.items())


def _settings(workbook: Workbook) -> Iterator[_Entry]:
    for name, value in workbook.settings.items():
        told = value if isinstance(value, str) else say_number(value)
        yield {"kind": "setting", "name": name, "limits": told, "help": "A threshold of our own choice, a heuristic."}


def _measures(workbook: Workbook) -> Iterator[_Entry]:
    for step in workbook.steps:
        for use in step.measures:
            name = f"{step.key}.{use.id}" + (f".{use.of}" if use.of else "")
            title = MEASURES[use.id].title if use.id in MEASURES else use.id
            yield {
                "kind": "measure",
                "name": name,
                "label": title,
                "help": _given(use.arguments),
                "formula": _formula(use.id),
            }


def _formula(measure: str) -> str:
    least = LEAST.get(measure, 0)
    told = [FORMULAS.get(measure, ""), f"from {least} answers" if least > 1 else "", _bands(measure)]
    return "; ".join(filter(None, told))


def _bands(measure: str) -> str:
    """Names of ranges, each with its floor; the first has none."""
    if measure not in SCALES:
        return ""
    scale = SCALES[measure]
    floors: Mapping[str, float] = dict(zip((band.name for band in scale.bands[1:]), scale.floors, strict=True))
    first = scale.bands[0].name
    return ", ".join([first, *(f"{name} from {say_number(floor)}" for name, floor in floors.items())])


def _file(table: Table) -> Iterator[_Entry]:
    for column in table.columns:
        yield {
            "kind": "file",
            "name": f"{table.name}.{column.name}",
            "help": column.about,
            "type": column.kind,
            "options": "; ".join(f"{value} = {label}" for value, label in column.options),
            "unit": column.unit,
        }
