"""What pictures are read from: the answers on show, and the words that a viewer may see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Named
from mira_workbook.content.definition import Step
from mira_workbook.content.lists import SHARED
from mira_workbook.records import Measure, Snapshot
from mira_workbook.rules.pairs import behind
from mira_workbook.rules.reading import field_of, split, standing
from mira_workbook.rules.stage import Stage
from mira_workbook.text import join_words

COLOURS = 9
COLOURED = ("candidates", "tested")
"""Pinned lists whose places give the colours; a workbook has one of them."""


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
        places = {o.id: i for coloured in COLOURED for i, o in enumerate(self.stage.options(coloured), 1)}
        return {
            o.id: Named(o.id if self.outside else o.label, places.get(o.id, 0) if places.get(o.id, 0) <= COLOURS else 0)
            for o in self.stage.options(listed)
        }


def sentence_of_team(source: Source, name: str) -> str:
    """A team's sentence as it stands: the later one where the team changed it."""
    later = source.on_show.workbook.revises.get(name)
    texts = [source.on_show.team_answer(*split(one)[:2]) for one in (later, name) if one]
    return str(next((text for text in texts if text), ""))


def people(source: Source, name: str) -> Iterator[tuple[str, str, str]]:
    """(author, what people call the author, text) of a field as this viewer sees it."""
    for author, who, value in values(source, name):
        yield author, who, str(value)


def values(source: Source, name: str) -> Iterator[tuple[str, str, Any]]:
    """(author, what people call the author, value) of a field as this viewer sees it."""
    step, field, _ = split(name)
    asked = source.seen.workbook.step(step)
    called = {m.key: m.name for m in source.seen.members}
    named = asked.attribution_of(asked.field(field)) == "named"
    for response in standing(source.seen, step, field, source.round):
        who = response.author
        if response.author_kind == "pair":
            people = behind(source.seen, response) if named else ()
            who = join_words(list(people)) or say("chart_pair_number", number=who.removeprefix("PAIR"))
        yield response.author, called.get(response.author, who), response.value


def options_of(source: Source, name: str) -> dict[str, str]:
    """Option to label of a choice `step.field` or `step.field.column`: its own, a shared list's or a pinned one's."""
    asked = field_of(source.on_show.workbook, name)
    listed = str(asked.list or "")
    return {o.id: o.label for o in asked.options or SHARED.get(listed) or source.stage.options(listed)}
