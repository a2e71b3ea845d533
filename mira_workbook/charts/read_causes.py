"""From the answers on show to the pictures of the workbook on causes.

A team's tables may be half filled: a row without a cell stands where it can, or is left out.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mira_workbook.charts.base import Named
from mira_workbook.charts.counts import Count, Counts
from mira_workbook.charts.dot_plot import DotPlot, DotRow, Rated
from mira_workbook.charts.fishbone import Bone, Fishbone
from mira_workbook.charts.ladders import Ladder, Ladders, Rung
from mira_workbook.charts.lens_columns import Lens, LensColumns, Pattern
from mira_workbook.charts.quadrants import Line, Quadrant, Quadrants
from mira_workbook.charts.source import Source, options_of, values
from mira_workbook.charts.split_bars import TREATS, SplitBar, SplitBars, Unit
from mira_workbook.measures.causes import CauseScore, Part
from mira_workbook.rules.causes import dots_by_item, rated_by, unshown, watched, weights_of
from mira_workbook.rules.lists import resolve
from mira_workbook.rules.reading import by_author, field_of, split, standing, team_rows
from mira_workbook.rules.wall import enough

NUMBERS = frozenset({"split_bars", "dot_plot", "counts"})
"""Those without words that anybody wrote."""
_NONE_YET = "none_yet"
_UNRATED = CauseScore(None, Part(), Part(), Part())


def _cell(row: Mapping[str, Any], name: str | None) -> str:
    """A row's words in the column that a name ends in, "" where the cell is blank."""
    return str(row["cells"].get(split(name)[2]) or "") if name else ""


def _amount(row: Mapping[str, Any], name: str | None) -> float | None:
    value = row["cells"].get(split(name)[2]) if name else None
    return float(value) if isinstance(value, int | float) else None


def _lens_columns(source: Source, args: Mapping[str, Any]) -> LensColumns:
    found: dict[str, list[Pattern]] = {lens: [] for lens in options_of(source, args["lens"])}
    for _, who, rows in values(source, args["text"]):
        for row in rows or ():
            text, lens = _cell(row, args["text"]), _cell(row, args["lens"])
            if text and lens in found:
                unit = _cell(row, args.get("unit"))
                found[lens].append(Pattern(text, who, _amount(row, args.get("figure")), unit))
    names = options_of(source, args["lens"])
    return LensColumns("", tuple(Lens(names[lens], tuple(patterns)) for lens, patterns in found.items()))


def _quadrants(source: Source, args: Mapping[str, Any]) -> Quadrants:
    rows, authors, merged = team_rows(source.on_show, args["rows"]), *_proposals(source, args["rows"])
    boxes = []
    for box, name in options_of(source, args["box"]).items():
        lines = [
            Line(_cell(row, args["item"]), _cell(row, args.get("fact")), len(_behind(row, merged, authors)))
            for row in rows
            if _cell(row, args["box"]) == box and _cell(row, args["item"])
        ]
        boxes.append(Quadrant(name, tuple(lines)))
    return Quadrants("", tuple(boxes), bool(args.get("fact")))


def _behind(row: Mapping[str, Any], merged: str, authors: Mapping[str, str]) -> set[str]:
    """Whose proposals went into a row; nobody's where the room wrote it together."""
    return {authors[item] for item in row["cells"].get(merged) or () if item in authors}


def _proposals(source: Source, rows: str) -> tuple[dict[str, str], str]:
    """Proposal to its author, and the column of a merged table that says which went into a row."""
    lists = source.on_show.workbook.lists
    for column in field_of(source.on_show.workbook, rows).columns:
        use = lists.get(str(getattr(column, "list", None)))
        if column.type == "many" and use and use.use == "rows_of_all":
            step, field, _ = split(use.arguments["field"])
            found = standing(source.on_show, step, field)
            return {row["row_id"]: one.author for one in found for row in one.value or ()}, column.key
    return {}, ""


def _split_bars(source: Source, args: Mapping[str, Any]) -> SplitBars:
    names, rows = options_of(source, args["treats"]), _rows_of(source, args["treats"])
    units: dict[Unit, str | None] = {"minutes": args["minutes"], "money": args.get("money")}
    bars = []
    for unit, name in units.items():
        told = [(_cell(row, args["treats"]), amount) for row in rows if (amount := _amount(row, name)) is not None]
        if name and (told or unit == "minutes"):
            label = field_of(source.on_show.workbook, name).label
            bars.append(SplitBar(label, unit, _shared_out(told)))
    symptom, both, cause, unsure = (names.get(one, one) for one in TREATS)
    return SplitBars(source.sentence("M16"), (symptom, both, cause, unsure), tuple(bars))


def _shared_out(told: Sequence[tuple[str, float]]) -> tuple[float, float, float, float]:
    symptom, both, cause, unsure = (sum((amount for treats, amount in told if treats == one), 0.0) for one in TREATS)
    return symptom, both, cause, unsure


def _rows_of(source: Source, name: str) -> list[dict[str, Any]]:
    """Rows of the team's table that a column belongs to."""
    step, field, _ = split(name)
    return team_rows(source.on_show, f"{step}.{field}")


def _first(source: Source, listed: str) -> str:
    """The first label of a list, "" where it is empty."""
    options = source.stage.options(listed) or resolve(source.on_show, listed)
    return next((o.label for o in options if o.label), "") if isinstance(options, tuple) else ""


def _ladders(source: Source, args: Mapping[str, Any]) -> Ladders:
    ends = {author: str(value) for author, _, value in values(source, args["ends"])}
    names = {end: Named(label, i) for i, (end, label) in enumerate(options_of(source, args["ends"]).items(), 1)}
    ladders = tuple(
        Ladder(who, _rungs(rows or (), args), names.get(ends.get(author, "")))
        for author, who, rows in values(source, args["links"])
    )
    return Ladders(source.sentence("M17"), _first(source, args["start"]), ladders)


def _rungs(rows: Any, args: Mapping[str, Any]) -> tuple[Rung, ...]:
    evidence = args.get("evidence")
    return tuple(
        Rung(_cell(row, args["links"]), not evidence or _cell(row, evidence) not in {"", _NONE_YET})
        for row in rows
        if _cell(row, args["links"])
    )


def _fishbone(source: Source, args: Mapping[str, Any]) -> Fishbone:
    names = options_of(source, args["category"])
    found: dict[str, list[str]] = {category: [] for category in ("", *names)}
    for row in _rows_of(source, args["causes"]):
        cause, category = _cell(row, args["causes"]), _cell(row, args["category"])
        if cause:
            found[category if category in names else ""].append(cause)
    bones = tuple(Bone(name, tuple(found[category])) for category, name in names.items())
    return Fishbone("", _first(source, args["head"]), bones, tuple(found[""]))


def _dot_plot(source: Source, args: Mapping[str, Any]) -> DotPlot:
    settings = source.on_show.workbook.settings
    scores = rated_by(source.on_show, {part: args[part] for part in ("removes", "evidence", "influence")})
    dots = dots_by_item(source.on_show, args["dots"], source.round) if args.get("dots") else {}
    rows = []
    for cause, name in source.named(source.listed(args["removes"])).items():
        score = scores.get(cause, _UNRATED)
        parts = (_rated(score.removes), _rated(score.evidence), _rated(score.influence))
        flags = watched(score, settings), unshown(score, settings)
        rows.append(DotRow(name, parts, score.score, *flags, dots.get(cause, 0) if dots else None))
    weights = weights_of(settings)
    said = source.sentence("M15", "M05", "M07")
    return DotPlot(said, tuple(rows), (weights.removes, weights.evidence, weights.influence))


def _rated(part: Part) -> Rated:
    return Rated(part.mean, part.dk)


def _counts(source: Source, args: Mapping[str, Any]) -> Counts:
    step = source.on_show.workbook.step(split(args["of"])[0])
    chosen = by_author(source.on_show, args["of"], source.stage.round_of(step.key))
    found = Counter(value for value in chosen.values() if isinstance(value, str))
    # The field may belong to another step than the one whose pictures these are.
    if source.outside and not enough(step, len(chosen)):
        found.clear()
    rows = tuple(Count(label, found[option]) for option, label in options_of(source, args["of"]).items())
    return Counts(source.sentence("M11"), rows)


CAUSES: dict[str, Callable[[Source, Mapping[str, Any]], Any]] = {
    "lens_columns": _lens_columns,
    "quadrants": _quadrants,
    "split_bars": _split_bars,
    "ladders": _ladders,
    "fishbone": _fishbone,
    "dot_plot": _dot_plot,
    "counts": _counts,
}
