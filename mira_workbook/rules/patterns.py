"""What many teams have in common, from what each wrote together: counts of teams, never of people or of one team."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.answers.choices import pick_id
from mira_workbook.content.definition import Workbook
from mira_workbook.content.lists import SHARED
from mira_workbook.records import Snapshot
from mira_workbook.rules.suppression import Kind, Published, publish

SHORTEST = 4
"""Letters of a word that is counted."""
MOST_WORDS = 8
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that teams answered in a way that can be counted over them.

    Attributes:
        step, field, column: where; the column "" for a field of its own.
        title: what it is called, with its step.
        kind: how its counts hang together.
        labels: option to its words; empty for words, which are their own.
    """

    step: str
    field: str
    column: str
    title: str
    kind: Kind
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """What may be told of one thing over all teams."""

    asked: Asked
    published: Published

    def lines(self) -> Iterator[tuple[str, int]]:
        """Words and the number of teams, the largest first."""
        for option, n in self.published.shown.items():
            yield self.asked.labels.get(option, option), n


def latest(found: Iterable[Snapshot], slug: str) -> list[Snapshot]:
    """Each team's last visit to a workbook: a team counts once, however often it came."""
    last: dict[int, Snapshot] = {}
    for one in sorted(found, key=lambda s: (s.meeting.opened_at, s.session.id)):
        if one.workbook.slug == slug:
            last[one.team.id] = one
    return list(last.values())


def patterns(visits: Sequence[Snapshot]) -> list[Pattern]:
    """What can be told over teams, one visit of each, all of one workbook; nothing below five teams.

    There is no choosing of teams here: two selections that differ by one team would tell what that one said.
    """
    if not visits:
        return []
    newest = max(visits, key=lambda s: (s.meeting.opened_at, s.session.id)).workbook
    made = []
    for asked in countable(newest):
        given = [chosen for one in visits if (chosen := _chosen(one, asked)) is not None]
        counts: Counter[str] = Counter(option for chosen in given for option in chosen)
        every = counts if asked.kind == "open" else {option: counts[option] for option in asked.labels}
        published = publish(every, len(given), asked.kind)
        if published.shown:
            made.append(Pattern(asked, _some(published) if asked.kind == "open" else published))
    return made


def countable(workbook: Workbook) -> Iterator[Asked]:
    """What teams answer together with options that are everybody's, and the words of their lists."""
    for step in workbook.steps:
        for field in step.asks("team"):
            title = say("pattern_title", step=step.title, label=field.label)
            if labels := _labels(field):
                yield Asked(step.key, field.key, "", title, "one" if field.type == "one" else "some", labels)
            columns = () if getattr(field, "rows_from", None) else getattr(field, "columns", ())
            for column in columns:
                about = say("pattern_title", step=step.title, label=column.label)
                if labels := _labels(column):
                    yield Asked(step.key, field.key, column.key, about, "some", labels)
            named = next((column for column in columns if column.type == "text" and column.required), None)
            if named is not None:
                about = say("pattern_title", step=step.title, label=named.label)
                yield Asked(step.key, field.key, named.key, about, "open", {})


def _labels(asked: Any) -> dict[str, str]:
    """Options that are the same for every team; none for what a session makes up itself."""
    if asked.type not in {"one", "many"}:
        return {}
    options = asked.options or SHARED.get(asked.list or "", ())
    other = {"other": say("pattern_other")} if options and getattr(asked, "other", False) else {}
    return {option.id: option.label for option in options} | other


def _chosen(visit: Snapshot, asked: Asked) -> frozenset[str] | None:
    """What one team chose or wrote; None where it answered nothing here."""
    try:
        value = visit.team_answer(asked.step, asked.field)
    except KeyError:
        return None
    if not value:
        return None
    cells = [row["cells"].get(asked.column) for row in value] if asked.column else [value]
    found = {option for cell in cells if cell for option in _options(cell, asked)}
    return frozenset(found) or None


def _options(cell: Any, asked: Asked) -> Iterator[str]:
    if asked.kind == "open":
        yield from words(str(cell))
        return
    for one in cell if isinstance(cell, list) else [cell]:
        picked = str(pick_id(one))
        if picked in asked.labels:
            yield picked


def words(text: str) -> set[str]:
    """The words of a text that say something: small ones, and those that every school writes, are left out."""
    small = set(say("pattern_small_words").split())
    return {word for found in _WORD.findall(text.casefold()) if len(word := found) >= SHORTEST and word not in small}


def _some(published: Published) -> Published:
    """The words most teams used; the rest of an open set is not counted."""
    return Published(published.teams, dict(list(published.shown.items())[:MOST_WORDS]), 0)
