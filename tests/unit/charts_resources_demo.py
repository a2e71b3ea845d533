"""Input of the pictures of the workbook on resources: the demo team's, hostile, with one row and with none."""

from typing import Any

from charts_hard import HARD

from mira_workbook.charts import Named
from mira_workbook.charts.bubble import Bubble, BubbleRow
from mira_workbook.charts.loop import Loop, LoopRow
from mira_workbook.charts.now_after import Moment, NowAfter, NowAfterRow
from mira_workbook.charts.strip import Strip
from mira_workbook.charts.strip_lines import StripRow
from mira_workbook.charts.treemap import Part, Treemap
from mira_workbook.charts.waterfall import Waterfall

GENERAL, TITLE, ESSER, STATE, GRANT = "General fund", "Title I", "ESSER", "State", "Grant"
GROW, KEEP, RESHAPE, RELEASE = range(4)
DAY = "September 30, 2024"
RATINGS = ("not", "a little", "clearly", "centrally")
KNOWN = ("nothing", "stories", "some numbers", "solid numbers here")
ROWS = (
    ("Small-group decoding lessons K-3", TITLE, 61200, 1260, "33333333", 3, False, GROW),
    ("Instructional coach", TITLE, 82400, 2325, "32233333", 2, False, RESHAPE),
    ("Reading interventionist", ESSER, 74900, 2325, "33333323", 3, True, KEEP),
    ("Two instructional assistants", ESSER, 58600, 4500, "23332332", 2, True, RESHAPE),
    ("After-school tutoring", ESSER, 41300, 720, "21122112", 1, True, RELEASE),
    ("Reading software licenses", GENERAL, 14800, 540, "21011102", 1, False, RELEASE),
    ("Math software licenses", ESSER, 9750, 450, "00100000", 1, True, RELEASE),
    ("Behavior rewards (PBIS)", GENERAL, 6200, 630, "11111122", 2, False, KEEP),
    ("MTSS problem-solving team", GENERAL, 3500, 900, "22233223", 2, False, KEEP),
    ("Student data notebooks", GENERAL, 1900, 810, "21112101", 1, False, RESHAPE),
    ("Family literacy nights", TITLE, 4600, 90, "12121122", 1, False, KEEP),
    ("New-teacher mentoring", STATE, 7400, 360, "2123321x", 2, False, KEEP),
    ("STEM lab rotation", GRANT, 22500, 1125, "1000100x", 1, False, RELEASE),
    ("Weekly lesson-plan upload and review", GENERAL, 0, 1080, "21000100", 0, False, RELEASE),
)
"""Name, fund, money, minutes, ratings (x is “don't know yet”), evidence, whether the money ends, decision."""
STAGES = (1, 2, 1, 2, 3, 3, 3, 2, 2, 2, 2, 0, 3, 3)
CAUGHT = {9: 1, 11: 0, 13: 1}


def rated(name: str, signs: str) -> StripRow:
    """An initiative that people gave these ratings; x is "don't know yet"."""
    ratings = [int(sign) for sign in signs if sign != "x"]
    mean = sum(ratings) / len(ratings) if ratings else None
    counts = (ratings.count(0), ratings.count(1), ratings.count(2), ratings.count(3))
    return StripRow(Named(name), counts, mean, signs.count("x"))


def mean_of(signs: str) -> float | None:
    return rated("", signs).mean


DEMO: dict[str, Any] = {
    "treemap": Treemap(
        "14 rows: $389,050 a year.", tuple(Part(Named(n), fund, usd, mins) for n, fund, usd, mins, *_ in ROWS)
    ),
    "strip": Strip(
        "6 of 14 serve our priority, 5 in part, 3 not.", tuple(rated(row[0], row[4]) for row in ROWS), ends=RATINGS
    ),
    "loop": Loop(
        "",
        tuple(LoopRow(Named(row[0]), STAGES[i], CAUGHT.get(i)) for i, row in enumerate(ROWS)),
        ("Starting", "Growing", "Steady", "Ready to end"),
        ("Starved: too little to live", "Stuck: it only goes on"),
    ),
    "bubble": Bubble(
        "$55,540 is open.",
        tuple(
            BubbleRow(Named(n), mean_of(signs), known, usd, mins, ends, what)
            for n, _, usd, mins, signs, known, ends, what in ROWS
        ),
        DAY,
        evidence=KNOWN,
    ),
    "now_after": NowAfter(
        "Today 74% of the money serves our priority.",
        (
            NowAfterRow("Money", Moment(0.74027, "$288,000 of $389,050"), Moment(0.95, "$225,740 of $237,540")),
            NowAfterRow("Staff", Moment(0.898, "5.3 of 5.9 full posts"), Moment(0.975, "3.9 of 4 full posts")),
            NowAfterRow("Minutes", Moment(0.682, "11,670 of 17,115 min"), Moment(0.898, "8,670 of 9,660 min")),
        ),
    ),
    "waterfall": Waterfall("$184,550 ends.", 184550, 133500, 80350, 0, 48660, 0, DAY),
}
MANY = tuple((HARD * 5)[:40])
"""As many initiatives as a list holds, each with a hostile name."""
HOSTILE: dict[str, Any] = {
    "treemap": Treemap("", tuple(Part(Named(n), HARD[i % 9], (i * 7919) % 90000, 60) for i, n in enumerate(MANY))),
    "strip": Strip(
        "", tuple(rated(n, f"{i % 4}{i % 3}2{'x' * (i % 3)}") for i, n in enumerate(MANY)), (0.0, 3.0), HARD[:4]
    ),
    "loop": Loop("", tuple(LoopRow(Named(n), i % 4, i % 2) for i, n in enumerate(MANY)), HARD[:4], HARD[4:6]),
    "bubble": Bubble(
        "",
        tuple(BubbleRow(Named(n), 3, 3, 0, 30 + i // 9, i % 2 == 0, None) for i, n in enumerate(MANY)),
        HARD[2],
        evidence=HARD[:4],
    ),
    "now_after": NowAfter("", tuple(NowAfterRow(n, Moment(1.0, n), Moment(None, n)) for n in HARD)),
    "waterfall": Waterfall("", 1e9, 1e9, 0, 1e9, 1e3, 1e9, HARD[2], "XYZ"),
}
EMPTY: dict[str, Any] = {
    "treemap": Treemap("", ()),
    "strip": Strip("", ()),
    "loop": Loop("", ()),
    "bubble": Bubble("", ()),
    "now_after": NowAfter("", ()),
    "waterfall": Waterfall(""),
}
ONE: dict[str, Any] = {
    "treemap": Treemap("", (Part(Named(ROWS[0][0]), "", 0, 5),)),
    "strip": Strip("", (rated(ROWS[0][0], "xxx"),)),
    "loop": Loop("", (LoopRow(Named(ROWS[0][0]), None, 1),)),
    "bubble": Bubble("", (BubbleRow(Named(ROWS[0][0]), 0, 0),)),
    "now_after": NowAfter("", (NowAfterRow("Money", Moment(0.0), Moment()),)),
    "waterfall": Waterfall("", grows=1),
}
