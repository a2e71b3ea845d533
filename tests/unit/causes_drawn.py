"""The small workbook on causes with its pictures, and a session of it with everything shown."""

import functools
from dataclasses import replace
from typing import Any

from causes_team import CAUSES, TOML, causes_meeting
from export_cases import answer, table

from mira_workbook.charts import Look
from mira_workbook.charts.read import charts
from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import parse
from mira_workbook.records import Act, Pair, Response, Snapshot
from mira_workbook.rules.sight import Viewer
from mira_workbook.rules.stage import fold

DANA, OUTSIDE, FACILITATOR = Viewer("member", "M1"), Viewer("viewer"), Viewer("facilitator")
RATED = 'removes = "tests.ratings.removes", evidence = "tests.ratings.evidence", influence = "tests.ratings.influence"'
DRAWN = {
    "aspirin": (
        '{use = "split_bars", treats = "aspirin.responses.treats", minutes = "aspirin.responses.min_week", '
        'money = "aspirin.responses.usd_year"}'
    ),
    "whys": (
        '{use = "ladders", links = "whys.chain.because", evidence = "whys.chain.evidence", '
        'ends = "whys.end_category", start = "main_symptom"}'
    ),
    "fishbone": (
        '{use = "fishbone", causes = "fishbone.causes.cause", category = "fishbone.causes.category", '
        'head = "main_symptom"}'
    ),
    "tests": f'{{use = "dot_plot", {RATED}}}',
    "dots": f'{{use = "dot_plot", {RATED}, dots = "dots.dots"}}',
    "outcomes": '{use = "counts", of = "statement.hunch_same"}',
}
LISTS = """[lists]
symptoms = {use = "rows_of", field = "symptoms.symptoms", label = "label"}
main_symptom = {use = "rows_of", field = "symptoms.symptoms", label = "label"}
swot_ideas = {use = "rows_of_all", field = "swot.items", label = "item"}
"""
CHAIN = """
[[steps.fields]]
key = "chain"
type = "table"
label = "Our ladder"
ordered = true
columns = [
  {key = "because", type = "text", label = "Because…", required = true},
  {key = "evidence", type = "one", label = "What do we go by?", list = "evidence_kind"},
]

[[steps.fields]]
key = "end_category"
"""
BEFORE = """
[[steps]]
key = "symptoms"
title = "Symptoms"
part = 1
minutes = {together = 1, least = 1}
mode = "team"
pen = "one"
do = "See."

[[steps.fields]]
key = "symptoms"
type = "table"
label = "Our symptoms"
prefix = "S"
columns = [{key = "label", type = "text", label = "Wording"}]

[[steps]]
key = "patterns"
title = "Patterns"
part = 1
minutes = {alone = 1, least = 1}
mode = "pair"
attribution = "named"
do = "Look."

[[steps.charts]]
use = "lens_columns"
text = "patterns.patterns.pattern"
lens = "patterns.patterns.lens"
figure = "patterns.patterns.figure"
unit = "patterns.patterns.unit"

[[steps.fields]]
key = "patterns"
type = "table"
label = "What repeats"
columns = [
  {key = "pattern", type = "text", label = "What repeats", required = true},
  {key = "lens", type = "one", label = "It is about", required = true, options = [
    ["who", "Who"], ["when", "When"], ["better", "Where it is better"],
  ]},
  {key = "figure", type = "num", label = "A figure", low = -1e6, high = 1e6, step = 0.1},
  {key = "unit", type = "text", label = "In"},
]

[[steps]]
key = "swot"
title = "Four boxes"
part = 1
minutes = {alone = 1, together = 1, least = 1}
mode = "individual"
attribution = "none"
do = "Write."

[[steps.charts]]
use = "quadrants"
rows = "swot.swot"
box = "swot.swot.quadrant"
item = "swot.swot.item"
fact = "swot.swot.fact"

[[steps.fields]]
key = "items"
type = "table"
label = "My lines"
columns = [{key = "item", type = "text", label = "In one line", required = true}]

[[steps.fields]]
key = "swot"
type = "table"
label = "Our four boxes"
mode = "team"
after_reveal = true
prefix = "W"
columns = [
  {key = "item", type = "text", label = "Wording", required = true},
  {key = "merged_from", type = "many", label = "Made from", list = "swot_ideas"},
  {key = "quadrant", type = "one", label = "Box", options = [["strength", "Strengths"], ["weakness", "Weaknesses"]]},
  {key = "fact", type = "text", label = "A fact"},
]
"""


@functools.cache
def book() -> Workbook:
    """The small workbook on causes with its pictures."""
    text = TOML.replace("[lists]\n", LISTS).replace("minutes = 7\n", "minutes = 11\n")
    for step, chart in DRAWN.items():
        text = text.replace(f'\n[[steps]]\nkey = "{step}"\n', f'\n[[steps]]\nkey = "{step}"\ncharts = [{chart}]\n')
    text = text.replace('\n[[steps.fields]]\nkey = "end_category"\n', CHAIN)
    first = text.index("[[steps]]")
    return parse(text[:first] + BEFORE + text[first:], "of_causes.toml")


def meeting(*more: Response) -> Snapshot:
    """The team's session with more said, and everything shown."""
    workbook = book()
    lists = {"tested": [[row, label] for row, label in CAUSES.items()]}
    told = causes_meeting(*more)
    acts = [(kind, step.key) for step in workbook.steps for kind in ("open", "reveal", "done")]
    at = told.acts[0].at
    return replace(
        told,
        workbook=workbook,
        acts=tuple(
            Act(n, at, kind, key, 1, {"lists": lists} if kind == "open" else {})
            for n, (kind, key) in enumerate(acts, 1)
        ),
        pairs=tuple(Pair(n, (2 * n - 1, 2 * n)) for n in range(1, 5)),
    )


def data(step: str, now: Snapshot | None = None, viewer: Viewer = DANA) -> Any:
    now = now or meeting()
    (found,) = charts(now, fold(now.acts, now.workbook), viewer, step)
    for look in (Look("phone"), Look("board"), Look("wall")):
        assert found.is_drawn(look)
    return found.data


def pair(n: int, step: str, field: str, value: Any) -> Response:
    return answer(step, field, f"PAIR{n}", value, author_kind="pair")


def swot(*rows: dict[str, Any]) -> Response:
    return answer("swot", "swot", "TEAM", table(*rows))


SEEN = (
    pair(
        1,
        "patterns",
        "patterns",
        table(
            {"": "a", "pattern": "Missed on Mondays", "lens": "when", "figure": 23, "unit": "times"},
            {"": "b", "pattern": "Grade 3 dips too", "lens": "who"},
        ),
    ),
    pair(2, "patterns", "patterns", table({"": "c", "pattern": "Missed on Fridays", "lens": "when"})),
)
