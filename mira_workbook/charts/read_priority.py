"""From the answers on show to the pictures of the workbook on one priority."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from mira_workbook.charts.arrows import Arrow, Arrows
from mira_workbook.charts.base import Named
from mira_workbook.charts.card_wall import Card, CardWall
from mira_workbook.charts.hands import Hands
from mira_workbook.charts.heat import Heat
from mira_workbook.charts.points import Points, PointsRow
from mira_workbook.charts.rings import Rings
from mira_workbook.charts.share_bar import ShareBar
from mira_workbook.charts.slope import Slope, SlopeRow
from mira_workbook.charts.source import Source, people, sentence_of_team
from mira_workbook.charts.spokes import Spoke, Spokes
from mira_workbook.charts.stacked import Stacked, TierCounts
from mira_workbook.measures import ranking, words
from mira_workbook.measures.clarity import role_clarity
from mira_workbook.rules.reading import by_author, cells, field_of, picks, split, standing, team_rows

NUMBERS = frozenset({"stacked", "points", "heat", "slope", "hands", "share_bar"})
"""Those without words that anybody wrote."""


def _stacked(source: Source, args: Mapping[str, Any]) -> Stacked:
    order = tuple(args["order"])
    found = Counter((row, str(value)) for _, row, value in cells(source.on_show, args["of"], source.round))
    options = {o.id: o.label for o in field_of(source.on_show.workbook, args["of"]).options}
    rows = tuple(
        TierCounts(name, (found[item, order[0]], found[item, order[1]], found[item, order[2]]))
        for item, name in source.named(source.listed(args["of"])).items()
    )
    return Stacked(source.sentence("M02"), rows, (options[order[0]], options[order[1]], options[order[2]]))


def _orders(source: Source, name: str) -> tuple[list[list[str]], dict[str, Named]]:
    return list(by_author(source.on_show, name, source.round).values()), source.named(source.listed(name))


def _points(source: Source, args: Mapping[str, Any]) -> Points:
    rankings, names = _orders(source, args["order"])
    totals = ranking.points(rankings, list(names)) or {}
    best = sorted(names, key=lambda item: -totals.get(item, 0))
    return Points(source.sentence("M05"), tuple(PointsRow(names[item], totals[item]) for item in best if totals))


def _heat(source: Source, args: Mapping[str, Any]) -> Heat:
    rankings, names = _orders(source, args["order"])
    totals = ranking.points(rankings, list(names)) or {}
    table = ranking.head_to_head(rankings, list(names)) or {}
    best = sorted(names, key=lambda item: -totals.get(item, 0)) if table else []
    winner = ranking.winner_of_all_pairs(rankings, list(names)) if table else None
    before = tuple(tuple(None if a == b else table[a][b] for b in best) for a in best)
    place = best.index(winner) if winner in best else None
    return Heat(source.sentence("M06"), tuple(names[item] for item in best), before, len(rankings), place)


def _slope(source: Source, args: Mapping[str, Any]) -> Slope:
    before = Counter(picks(source.on_show, args["before"], args.get("value", "")).values())
    after = Counter(picks(source.on_show, args["after"], args.get("value", ""), source.round).values())
    names = source.named(source.listed(args["after"]))
    rows = tuple(
        SlopeRow(name, before[item], after[item]) for item, name in names.items() if before[item] or after[item]
    )
    return Slope(source.sentence("M10"), rows)


def _hands(source: Source, args: Mapping[str, Any]) -> Hands:
    step, field, _ = split(args["rating"])
    asked = field_of(source.on_show.workbook, args["rating"])
    found = Counter(r.value for r in standing(source.on_show, step, field, source.round) if not r.late)
    counts = tuple(found[value] for value in range(asked.low, asked.high + 1))
    return Hands(source.sentence("M09"), counts, tuple(asked.ends) or None)


def _rings(source: Source, args: Mapping[str, Any]) -> Rings:
    names = source.named("candidates")
    tiers = {row["row_id"]: row["cells"].get("tier") for row in team_rows(source.on_show, args["parked"])}
    kept = {tier: tuple(names[i] for i, t in tiers.items() if t == tier and i in names) for tier in ("focus", "watch")}
    return Rings(source.sentence(), sentence_of_team(source, args["statement"]), kept["focus"], kept["watch"])


def _spokes(source: Source, args: Mapping[str, Any]) -> Spokes:
    weights = by_author(source.seen, args["weight"], source.round) if args.get("weight") else {}
    rows = tuple(Spoke(who, text, weights.get(author)) for author, who, text in people(source, args["text"]))
    centre = next((sentence_of_team(source, name) for name in source.on_show.workbook.revises), "")
    return Spokes(source.sentence("M13"), centre, rows)


def _arrows(source: Source, args: Mapping[str, Any]) -> Arrows:
    names = source.named("candidates")
    place = {item: i for i, item in enumerate(names)}
    people: Counter[tuple[int, int]] = Counter()
    for _, row, helped in cells(source.on_show, args["helps"]):
        people.update((place[row], place[item]) for item in helped if item in place and row in place and item != row)
    arrows = tuple(Arrow(a, b, n) for (a, b), n in sorted(people.items()))
    return Arrows("", tuple(names.values()), arrows)


def _card_wall(source: Source, args: Mapping[str, Any]) -> CardWall:
    because = args.get("because") or ""
    why = {author: text for author, _, text in people(source, because)} if because else {}
    cards = tuple(Card(who, text, why.get(author, "")) for author, who, text in people(source, args["text"]))
    return CardWall("", cards, (_label(source, args["text"]), _label(source, because) if because else ""))


def _label(source: Source, name: str) -> str:
    """What a field asks, as a head."""
    return str(field_of(source.on_show.workbook, name).label).strip("…")


def _share_bar(source: Source, args: Mapping[str, Any]) -> ShareBar:
    matches = [int(value) for _, _, value in cells(source.on_show, args["match"], source.round)]
    share = role_clarity(matches)
    return ShareBar(source.sentence("M12"), share, "" if share is None else words.percent(share))


PRIORITY: dict[str, Callable[[Source, Mapping[str, Any]], Any]] = {
    "stacked": _stacked,
    "points": _points,
    "heat": _heat,
    "slope": _slope,
    "hands": _hands,
    "rings": _rings,
    "spokes": _spokes,
    "arrows": _arrows,
    "card_wall": _card_wall,
    "share_bar": _share_bar,
}
