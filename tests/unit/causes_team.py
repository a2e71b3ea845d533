"""What the fictional team said of causes, and a small workbook that asks it."""

import functools
from collections.abc import Iterable, Mapping
from typing import Any

from export_cases import answer, table
from two_sessions import cells, meeting_of, over, rating

from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import parse
from mira_workbook.records import Response, Snapshot

CAUSES = {
    "R1": "Small-group reading time is broken up by duties",
    "R2": "Adults who lead groups do not share one routine",
    "R3": "Newer teachers get little feedback",
    "R4": "Absences cluster on Mondays and Fridays",
    "R5": "Screening results reach teams too late",
}
TESTS = {
    "R1": ("33233333", "23222233", "23323322"),
    "R2": ("22333323", "12232222", "33333333"),
    "R3": ("22222312", "11121211", "23233323"),
    "R4": ("21112112", "33323333", "11111122"),
    "R5": ("12122221", "12111221", "22122322"),
}
"""Cause to what M1 to M8 said: removes, evidence, influence."""
DOTS = ("21101", "21020", "21200", "32000", "22001", "22100", "32000", "21020")
RESPONSES = (
    ("After-school tutoring", 720, 41300, "symptom"),
    ("Computer reading practice", 540, 14800, "symptom"),
    ("Practice-test packets", 270, 1200, "symptom"),
    ("Small-group decoding lessons", 1260, 61200, "cause"),
    ("Coaching cycles on phonics", 300, 0, "cause"),
)
ENDS = ("time_schedule", "time_schedule", "practice_routines", "people_skills")

TOML = """
slug = "of_causes"
title = "Of Causes"
minutes = 7
purpose = "See that it counts."
who = "Anyone"
bring = "Nothing"
parts = ["All of it"]
[lists]
tested = {use = "rows_of", field = "fishbone.causes", label = "cause", where = {test = true}}

[settings]
m15_removes = 0.5
m15_evidence = 0.3
m15_influence = 0.2
m15_check = 60
m15_strong = 75
watch_below = 1.0
check_below = 1.5
symptom_below = 1.0

[[steps]]
key = "aspirin"
title = "Aspirin"
part = 1
minutes = {together = 1, least = 1}
mode = "team"
pen = "one"
do = "Sort."
live = true

[[steps.measures]]
id = "M16"
treats = "aspirin.responses.treats"
minutes = "aspirin.responses.min_week"
money = "aspirin.responses.usd_year"
say.any = "{percent} of our minutes ease the ache."
say.money = "{percent} of our minutes ease the ache, and {money_percent} of our money."
say.none = "Nothing is sorted into ache or cause yet."

[[steps.fields]]
key = "responses"
type = "table"
label = "What we do now"
columns = [
  {key = "response", type = "text", label = "What we do"},
  {key = "treats", type = "one", label = "It treats", options = [
    ["symptom", "The ache"], ["cause", "The cause"], ["both", "Both"], ["unsure", "We are not sure"],
  ]},
  {key = "min_week", type = "num", label = "Minutes", low = 0, high = 20000, step = 5},
  {key = "usd_year", type = "num", label = "Money", low = 0, high = 1e7, step = 1},
]

[[steps]]
key = "whys"
title = "Whys"
part = 1
minutes = {alone = 1, least = 1}
mode = "pair"
do = "Ask why."

[[steps.measures]]
id = "M17"
ends = "whys.end_category"
say.none = "Our {n} ladders end in {n} different places."
say.some = "{n} ladders, {different} different ends: mostly {label}."
say.all = "All our ladders end in {label}."

[[steps.fields]]
key = "end_category"
type = "one"
label = "The last why is about"
required = true
list = "cause_category"

[[steps]]
key = "fishbone"
title = "Fishbone"
part = 1
minutes = {together = 1, least = 1}
mode = "team"
pen = "one"
do = "Tick."

[[steps.fields]]
key = "causes"
type = "table"
label = "Causes"
prefix = "R"
columns = [
  {key = "cause", type = "text", label = "Cause"},
  {key = "category", type = "one", label = "Bone", list = "cause_category"},
  {key = "test", type = "yes", label = "Test it"},
]

[[steps]]
key = "tests"
title = "Tests"
part = 1
minutes = {alone = 1, least = 1}
mode = "individual"
attribution = "role"
do = "Rate."

[[steps.measures]]
id = "M15"
removes = "tests.ratings.removes"
evidence = "tests.ratings.evidence"
influence = "tests.ratings.influence"
say.any = "{label} scores highest with {score} of 100."
say.tie = "{labels} score highest together with {score} of 100."
say.watch = "{label} scores highest with {score} of 100. For watching, not for work: {watch}."

[[steps.fields]]
key = "ratings"
type = "table"
label = "One cause at a time"
required = true
rows_from = "tested"
columns = [
  {key = "removes", type = "rate", label = "Removes", low = 0, high = 3, dk = true},
  {key = "evidence", type = "rate", label = "Evidence", low = 0, high = 3, dk = true},
  {key = "influence", type = "rate", label = "Influence", low = 0, high = 3, dk = true},
]

[[steps]]
key = "dots"
title = "Dots"
part = 1
minutes = {alone = 1, least = 1}
mode = "individual"
attribution = "anonymous"
do = "Place dots."

[[steps.measures]]
id = "M05"
of = "dots"
dots = "dots.dots"
say.lead = "{label} has the most dots: {points} of {n}."
say.tie = "{labels} have the most dots together: {points} each."

[[steps.measures]]
id = "M05"
of = "share of dots"
dots = "dots.dots"
share = true

[[steps.measures]]
id = "M07"
of = "dots and ratings"
dots = "dots.dots"
removes = "tests.ratings.removes"
evidence = "tests.ratings.evidence"
influence = "tests.ratings.influence"
say.same = "Our dots and our ratings point the same way."
say.differs = "Our dots say {dots}; our ratings say {ratings}. Why?"

[[steps.fields]]
key = "dots"
type = "alloc"
label = "My five dots"
required = true
list = "tested"
total = 5
exact = true
unit = "dots"

[[steps]]
key = "statement"
title = "Statement"
part = 1
minutes = {together = 1, least = 1}
mode = "team"
pen = "one"
do = "Choose."

[[steps.fields]]
key = "cause_id"
type = "one"
label = "The cause we work on"
list = "tested"

[[steps.fields]]
key = "hunch_same"
type = "one"
label = "My first hunch and this cause are"
mode = "individual"
attribution = "none"
reveal_with = "outcomes"
options = [["same", "The same"], ["close", "Close"], ["different", "Different"]]

[[steps]]
key = "outcomes"
title = "Outcomes"
part = 1
minutes = {together = 1, least = 1}
mode = "team"
pen = "one"
do = "Say."

[[steps.measures]]
id = "M11"
of = "hunch"
changed = "statement.hunch_same"
value = "different"
say.none = "Nobody ended somewhere else than they began."
say.one = "One of us ended somewhere else than where we began."
say.some = "{n} of {of} ended somewhere else than where they began."

[[steps.measures]]
id = "M03"
of = "support"
picks = "outcomes.support_wanted"

[[steps.fields]]
key = "student"
type = "text"
label = "For students"

[[steps.fields]]
key = "support_wanted"
type = "many"
label = "What would help me"
mode = "individual"
attribution = "facilitator_only"
options = [["coach", "A coach"], ["visit", "A visit"], ["practice", "Practice"]]
"""


@functools.cache
def of_causes() -> Workbook:
    return parse(TOML, "of_causes.toml")


def fishbone(causes: Mapping[str, str] = CAUSES, *, untested: Iterable[str] = ()) -> Response:
    rows = [{"": row, "cause": cause, "test": row not in untested} for row, cause in causes.items()]
    return answer("fishbone", "causes", "TEAM", table(*rows))


def ratings(tests: Mapping[str, tuple[str, str, str]] = TESTS) -> list[Response]:
    """What people said of causes: a sign a person, "x" for "don't know yet", " " or no sign for nothing."""
    n = max(len(signs) for told in tests.values() for signs in told)
    return [
        answer("tests", "ratings", f"M{who + 1}", table(*(_row(row, told, who) for row, told in tests.items())))
        for who in range(n)
    ]


def _row(row: str, told: tuple[str, str, str], who: int) -> dict[str, Any]:
    signs = [signs[who : who + 1].strip() for signs in told]
    parts = zip(("removes", "evidence", "influence"), signs, strict=True)
    return {"": row, **{part: rating(sign) for part, sign in parts if sign}}


def dots(*placed: str, items: Iterable[str] = CAUSES) -> list[Response]:
    return [
        answer(
            "dots",
            "dots",
            f"anon_{n:02}",
            {item: int(sign) for item, sign in zip(items, signs, strict=True)},
            author_kind="anon",
        )
        for n, signs in enumerate(placed or DOTS, 1)
    ]


def responses_now(*rows: tuple[Any, ...]) -> Response:
    told = [
        {"": f"A{n}", **cells(response=name, min_week=minutes, usd_year=money, treats=treats)}
        for n, (name, minutes, money, treats) in enumerate(rows or RESPONSES, 1)
    ]
    return answer("aspirin", "responses", "TEAM", table(*told))


def ends(*categories: str) -> list[Response]:
    told = enumerate(categories or ENDS, 1)
    return [answer("whys", "end_category", f"PAIR{n}", end, author_kind="pair") for n, end in told]


def chosen(cause: str) -> Response:
    return answer("statement", "cause_id", "TEAM", cause)


def causes_meeting(*more: Response) -> Snapshot:
    """The team's session on causes; later answers win over those it gave."""
    told = [responses_now(), *ends(), fishbone(), *ratings(), *dots(), chosen("R1")]
    tested = [[row, label] for row, label in CAUSES.items()]
    return meeting_of(of_causes(), {"tested": tested}, over(told, more))
