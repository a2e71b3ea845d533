"""From the answers on show to the input of each picture a workbook names. Loads nothing heavy."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mira_workbook.charts import CHARTS, Look, Named, Words, key
from mira_workbook.charts.arrows import Arrow, Arrows
from mira_workbook.charts.card_wall import Card, CardWall
from mira_workbook.charts.hands import Hands
from mira_workbook.charts.heat import Heat
from mira_workbook.charts.points import Points, PointsRow
from mira_workbook.charts.rings import Rings
from mira_workbook.charts.share_bar import ShareBar
from mira_workbook.charts.slope import Slope, SlopeRow
from mira_workbook.charts.spokes import Spoke, Spokes
from mira_workbook.charts.stacked import Stacked, TierCounts
from mira_workbook.content.definition import Step
from mira_workbook.measures import ranking, words
from mira_workbook.measures.clarity import role_clarity
from mira_workbook.measures.table import of_step
from mira_workbook.measures.wall import wall_measures
from mira_workbook.records import Measure, Picture, Snapshot
from mira_workbook.rules import pairs
from mira_workbook.rules.entries import uncovered, veiled
from mira_workbook.rules.progress import must_answer, progress
from mira_workbook.rules.reading import by_author, cells, field_of, picks, split, standing, team_rows
from mira_workbook.rules.sight import Viewer, on_the_wall, shown, view
from mira_workbook.rules.stage import Stage
from mira_workbook.rules.wall import enough
from mira_workbook.text import join_words

COLOURS = 9
NUMBERS_ONLY = frozenset({"stacked", "points", "heat", "slope", "hands", "share_bar"})
"""Pictures without words that anybody wrote, for people from outside."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a picture is read from: counts from `on_show`, words that people see from `seen`.

    `outside`: for people who are not of the room; options then have their ids instead of the words people wrote.
    """

    on_show: Snapshot
    seen: Snapshot
    stage: Stage
    step: Step
    numbers: Sequence[Measure]
    outside: bool = False

    @property
    def round(self) -> int:
        """The step's round."""
        return self.stage.round_of(self.step.key)

    def sentence(self, *ids: str) -> str:
        """The sentences of these measures in this round."""
        return " ".join(m.sentence for m in self.numbers if m.id in ids and m.round == self.round and m.sentence)

    def listed(self, name: str) -> str:
        """The list behind a field."""
        asked = self.on_show.workbook.step(split(name)[0]).field(split(name)[1])
        return str(getattr(asked, "list", None) or getattr(asked, "rows_from", None))

    def named(self, listed: str) -> dict[str, Named]:
        """Options of a list as pictures name them; a candidate keeps its colour through the whole session."""
        colours = {o.id: i for i, o in enumerate(self.stage.options("candidates"), 1)}
        options = self.stage.options(listed)
        return {
            o.id: Named(
                o.id if self.outside else o.label, colours.get(o.id, 0) if colours.get(o.id, 0) <= COLOURS else 0
            )
            for o in options
        }


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
    return Rings(source.sentence(), _sentence(source, args["statement"]), kept["focus"], kept["watch"])


def _sentence(source: Source, name: str) -> str:
    """A team's sentence as it stands: the later one where the team changed it."""
    later = source.on_show.workbook.revises.get(name)
    texts = [source.on_show.team_answer(*split(one)[:2]) for one in (later, name) if one]
    return str(next((text for text in texts if text), ""))


def _people(source: Source, name: str) -> Iterator[tuple[str, str, str]]:
    """(author, what people call the author, text) of a field as this viewer sees it."""
    step, field, _ = split(name)
    called = {m.key: m.name for m in source.seen.members} | _pair_names(source.seen)
    for response in standing(source.seen, step, field, source.round):
        yield response.author, called.get(response.author, response.author), str(response.value)


def _pair_names(snapshot: Snapshot) -> dict[str, str]:
    """A pair's author to the names of its people, “Ana and Ben”."""
    names = {m.id: m.name for m in snapshot.members}
    people = {pairs.name(pair): [names[i] for i in pair.members if i in names] for pair in snapshot.pairs}
    return {author: join_words(those) for author, those in people.items() if those}


def _spokes(source: Source, args: Mapping[str, Any]) -> Spokes:
    weights = by_author(source.seen, args["weight"], source.round) if args.get("weight") else {}
    rows = tuple(Spoke(who, text, weights.get(author)) for author, who, text in _people(source, args["text"]))
    centre = next((_sentence(source, name) for name in source.on_show.workbook.revises), "")
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
    why = {author: text for author, _, text in _people(source, args["because"])} if args.get("because") else {}
    return CardWall(
        "", tuple(Card(who, text, why.get(author, "")) for author, who, text in _people(source, args["text"]))
    )


def _share_bar(source: Source, args: Mapping[str, Any]) -> ShareBar:
    matches = [int(value) for _, _, value in cells(source.on_show, args["match"], source.round)]
    share = role_clarity(matches)
    return ShareBar(source.sentence("M12"), share, "" if share is None else words.percent(share))


READS: dict[str, Callable[[Source, Mapping[str, Any]], Any]] = {
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


@dataclass(frozen=True, slots=True)
class Read:
    """One picture's input, its words, and the name under which its drawings are kept."""

    name: str
    data: Any
    words: Words

    def key(self, look: Look) -> str:
        """Name a drawing by all it is made from."""
        return key(self.name, self.data, look)

    def is_drawn(self, look: Look) -> bool:
        """Whether there is a drawing, or the table is the picture; loads nothing."""
        return CHARTS[self.name].sheet(self.data, look) is not None

    def draw(self, look: Look) -> bytes:
        """Draw as SVG; nothing where the table is the picture."""
        return CHARTS[self.name].draw(self.data, look)

    def picture(self, look: Look) -> Picture:
        """Draw, with the words beside it."""
        return CHARTS[self.name].picture(self.data, look)


def charts(snapshot: Snapshot, stage: Stage, viewer: Viewer, step_key: str) -> list[Read]:
    """The pictures of a step as a viewer may see them; none while its answers are not on show."""
    step = snapshot.workbook.step(step_key)
    if not _on_show(stage, step):
        return []
    stage = veiled(snapshot, stage)
    outside = viewer.role == "viewer"
    if outside and not _enough(snapshot, stage, step):
        return []
    on_show = shown(snapshot, stage)
    numbers = _outside(snapshot, stage, step) if outside else of_step(on_show, stage, step)
    source = Source(on_show, _seen(snapshot, stage, viewer), stage, step, numbers, outside)
    found = []
    for use in step.charts:
        if outside and use.use not in NUMBERS_ONLY:
            continue
        data = READS[use.use](source, use.arguments)
        found.append(Read(use.use, data, CHARTS[use.use].words(data)))
    return found


def _seen(snapshot: Snapshot, stage: Stage, viewer: Viewer) -> Snapshot:
    """Whose words stand in a picture, and how they are signed: it hangs on a wall, so what is covered is not in it."""
    seen = view(snapshot, stage, on_the_wall(viewer))
    return replace(seen, responses=uncovered(snapshot, stage, seen.responses))


def _outside(snapshot: Snapshot, stage: Stage, step: Step) -> list[Measure]:
    return [m for m in wall_measures(snapshot, stage, Viewer("viewer")) if m.step == step.key]


def _enough(snapshot: Snapshot, stage: Stage, step: Step) -> bool:
    return enough(step, progress(snapshot, stage, step).count)


def _on_show(stage: Stage, step: Step) -> bool:
    round_ = stage.round_of(step.key)
    if must_answer(step):
        return stage.is_shown(step.key, round_)
    return (step.key, round_) in stage.done or stage.state == "ended"
