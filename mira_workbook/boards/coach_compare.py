"""K3: visits of one team side by side, and what many teams of one workbook have in common."""

import base64
from collections.abc import Mapping, Sequence

from mira_workbook.boards.coach_reading import part_words, spell
from mira_workbook.boards.coach_teams import newest_first
from mira_workbook.boards.coaching import CoachDoors, Looked, Visit
from mira_workbook.boards.parts import quiet
from mira_workbook.catalogue import say
from mira_workbook.charts.visits import Dots, draw
from mira_workbook.exports import csv
from mira_workbook.exports.table import Column, Table
from mira_workbook.measures.compare import Compared, by_round, compared
from mira_workbook.rules.patterns import Pattern, latest, patterns
from mira_workbook.rules.suppression import LEAST
from mira_workbook.text import say_date
from mira_workbook.tokens import Theme
from mira_workbook.widgets.controls import Doc

VISITS, TEAMS = "visits", "teams"
MOST_DOTS = 8


def compare(visits: Sequence[Visit], _doors: CoachDoors, where: Looked) -> Doc:
    """The comparison that was asked for."""
    doc: Doc = {
        "title": say("compare"),
        "choices": [
            {**quiet(f"by:{VISITS}", say("by_visits")), "pressed": where.by != TEAMS},
            {**quiet(f"by:{TEAMS}", say("by_teams")), "pressed": where.by == TEAMS},
        ],
        "picks": [],
        "blocks": [],
        "picture": None,
        "after": [],
    }
    if not visits:
        return doc | {"blocks": [{"kind": "text", "text": say("teams_empty")}]}
    return doc | (_teams(visits, where) if where.by == TEAMS else _visits(visits, where))


# -------------------------------------------------------------------------------------------------- visits of one team


def chosen(visits: Sequence[Visit], where: Looked) -> list[Visit]:
    """The visits that are compared: one team's to one workbook, the earliest first."""
    team = where.team or _team_with_most(visits)
    theirs = [visit for visit in newest_first(visits) if visit.snapshot.team.id == team]
    slugs = [visit.snapshot.workbook.slug for visit in theirs]
    slug = where.slug if where.slug in slugs else max(slugs, key=slugs.count, default="")
    return [visit for visit in reversed(theirs) if visit.snapshot.workbook.slug == slug]


def _team_with_most(visits: Sequence[Visit]) -> int:
    """The team that came to one workbook most often; the one seen last, where that is once."""
    places = [(v.snapshot.team.id, v.snapshot.workbook.slug) for v in newest_first(visits)]
    return max(places, key=places.count)[0]


def _visits(visits: Sequence[Visit], where: Looked) -> Doc:
    found = chosen(visits, where)
    picks = [_pick_team(visits, found), _pick_book(visits, found)]
    if len(found) > 1:
        rows = compared([visit.measures for visit in found])
        return {"picks": picks} | _side_by_side(rows, [visit.when for visit in found], found[-1], where)
    rows = by_round(found[0].measures) if found else []
    once = {"kind": "text", "text": say("one_visit"), "mark": "i"}
    if not rows:
        return {"picks": picks, "blocks": [once]}
    made = _side_by_side(rows, [say("round_n", n=n) for n in (1, 2)], found[-1], where)
    return {"picks": picks} | made | {"blocks": [once, {"kind": "heading", "text": say("two_rounds")}, *made["blocks"]]}


def _pick_team(visits: Sequence[Visit], found: Sequence[Visit]) -> Doc:
    teams = {str(visit.snapshot.team.id): visit.snapshot.team.name for visit in visits}
    here = str(found[0].snapshot.team.id) if found else ""
    return _pick("team", say("teams_team"), sorted(teams.items(), key=lambda one: one[1]), here)


def _pick_book(visits: Sequence[Visit], found: Sequence[Visit]) -> Doc:
    team = found[0].snapshot.team.id if found else 0
    books = {v.snapshot.workbook.slug: v.snapshot.workbook.title for v in visits if v.snapshot.team.id == team}
    return _pick("book", say("teams_workbook"), sorted(books.items()), found[0].snapshot.workbook.slug if found else "")


def _pick(key: str, label: str, options: Sequence[tuple[str, str]], value: str) -> Doc:
    spelled = [{"id": one, "label": words} for one, words in options]
    return {"id": key, "label": label, "options": spelled, "value": value}


def _side_by_side(rows: Sequence[Compared], moments: Sequence[str], last: Visit, where: Looked) -> Doc:
    if not rows:
        return {"blocks": [{"kind": "text", "text": say("nothing_to_compare")}]}
    titles = {step.key: step.title for step in last.snapshot.workbook.steps}
    lines = [[label(row, titles), *map(_told, row.values), say(f"change_{row.change}")] for row in rows]
    head = [say("number_name"), *moments, say("change_head")]
    table = Table("compared", tuple(Column(name, "") for name in head), tuple(map(tuple, lines)))
    made: Doc = {"blocks": [{"kind": "table", "caption": say("side_by_side"), "head": head, "rows": lines}]}
    dots = [row for row in rows if _is_share(row)][:MOST_DOTS]
    if dots and not where.as_table:
        made["picture"] = _picture(dots, (moments[0], moments[-1]), titles)
    return made | {"after": [_file(table, where)]}


def label(row: Compared, titles: Mapping[str, str]) -> str:
    """What a compared number is called, with its step."""
    called = say("number_of", name=row.name, of=row.of) if row.of else row.name
    called = say("number_part", name=called, part=part_words(row.id, row.part)) if row.part else called
    return say("number_in", step=titles.get(row.step, row.step), name=called)


def _told(value: float | None) -> str:
    return "–" if value is None else spell(value)


def _is_share(row: Compared) -> bool:
    known = [value for value in row.values if value is not None]
    return row.unit in {"share", "0–1"} and all(0 <= value <= 1 for value in known)


def _picture(rows: Sequence[Compared], moments: tuple[str, str], titles: Mapping[str, str]) -> Doc:
    ends = [[value for value in row.values if value is not None] for row in rows]
    dots = [Dots(label(row, titles), known[0], known[-1]) for row, known in zip(rows, ends, strict=True)]
    spelled = [(spell(one.before), spell(one.after)) for one in dots]
    light, dark = (_address(dots, moments, theme, spelled) for theme in ("light", "dark"))
    told = [say("dots_said", label=one.label, before=a, after=b) for one, (a, b) in zip(dots, spelled, strict=True)]
    return {
        "src": light,
        "dark_src": dark,
        "alt": " ".join(told),
        "title": say("dots_title"),
        "head": [],
        "rows": [],
        "table": False,
        "buttons": [quiet("keep", say("save_picture"), href=light, download="compared.svg")],
    }


def _address(dots: Sequence[Dots], moments: tuple[str, str], theme: Theme, spelled: Sequence[tuple[str, str]]) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(draw(dots, moments, theme, spelled).encode()).decode()


def _file(table: Table, where: Looked) -> Doc:
    """A file of what stands here; made on request, since what is taken out is noted."""
    if not where.file:
        return {"kind": "buttons", "buttons": [{"id": "file", "label": say("make_table_file")}]}
    text = csv.write(table).decode("utf-8")
    return {
        "kind": "file",
        "label": say("take_table_file"),
        "name": f"{table.name}.csv",
        "type": "text/csv",
        "text": text,
    }


# -------------------------------------------------------------------------------------------------- teams in a workbook


def workbook_of(visits: Sequence[Visit], where: Looked) -> str:
    """The workbook whose teams are set side by side: the one chosen, or the one most teams came to."""
    slugs = {visit.snapshot.workbook.slug for visit in visits}
    if where.slug in slugs:
        return where.slug
    return max(sorted(slugs), key=lambda slug: len(latest([v.snapshot for v in visits], slug)), default="")


def _teams(visits: Sequence[Visit], where: Looked) -> Doc:
    titles = {visit.snapshot.workbook.slug: visit.snapshot.workbook.title for visit in visits}
    slug = workbook_of(visits, where)
    last = latest([visit.snapshot for visit in visits], slug)
    picks = [_pick("book", say("teams_workbook"), sorted(titles.items()), slug)]
    if len(last) < LEAST:
        few = say("too_few_teams", n=len(last), least=LEAST)
        return {"picks": picks, "blocks": [{"kind": "text", "text": few, "mark": "i"}]}
    found = patterns(last)
    day = say_date(max(snapshot.meeting.opened_at for snapshot in last).date())
    told = {"kind": "text", "text": say("over_teams", n=len(last), day=day)}
    if not found:
        return {"picks": picks, "blocks": [told, {"kind": "text", "text": say("no_pattern")}]}
    blocks = [told, *(block for pattern in found for block in _pattern(pattern))]
    return {"picks": picks, "blocks": blocks, "after": [_file(_as_table(found), where)]}


def _pattern(pattern: Pattern) -> list[Doc]:
    """The sentence of the largest count, and all that may be told under it."""
    of, lines = pattern.published.teams, list(pattern.lines())
    first, most = lines[0]
    key = "pattern_word" if pattern.asked.kind == "open" else "pattern_option"
    rows = [[words, say("of_teams", n=n, of=of)] for words, n in lines]
    made: list[Doc] = [
        {"kind": "sentence", "text": say(key, n=most, of=of, words=first, title=pattern.asked.title)},
        {
            "kind": "table",
            "caption": pattern.asked.title,
            "head": [say("pattern_head"), say("pattern_teams")],
            "rows": rows,
        },
    ]
    hidden = pattern.published.hidden
    return [*made, {"kind": "text", "text": say("pattern_hidden", n=hidden)}] if hidden else made


def _as_table(found: Sequence[Pattern]) -> Table:
    """The same as a table: nothing that is left out on the screen stands in it."""
    rows = [(p.asked.title, words, n, p.published.teams) for p in found for words, n in p.lines()]
    head = ("asked", "answer", "teams", "of_teams")
    return Table(
        "patterns", tuple(Column(name, "", "text" if name in head[:2] else "number") for name in head), tuple(rows)
    )
