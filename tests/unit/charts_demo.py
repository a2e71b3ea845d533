"""The demo team's numbers, hostile labels, single rows and nothing, as input of every picture."""

from typing import Any

import charts_causes_demo as causes
import charts_resources_demo as resources
import pytest
from charts_hard import HARD

from mira_workbook.charts import CHARTS, Look, Named
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

READING, ATTENDANCE, TEACHERS = "Early reading, grades 1-3", "Student attendance", "Keeping and supporting our teachers"
BEHAVIOR, MATH, FAMILY = "Behavior and belonging", "Math fluency, grades 3-5", "Family partnership"
ESSER = "Life after ESSER: positions and programs"
LABELS = (READING, ATTENDANCE, TEACHERS, BEHAVIOR, MATH, FAMILY, ESSER)
NAMES = tuple(Named(label, color) for color, label in enumerate(LABELS, 1))
BY_POINTS = (0, 2, 3, 1, 6, 4, 5)
BEFORE = (
    (None, 7, 7, 7, 8, 8, 8),
    (1, None, 5, 6, 7, 8, 8),
    (1, 3, None, 5, 6, 6, 8),
    (1, 2, 3, None, 6, 6, 7),
    (0, 1, 2, 2, None, 6, 5),
    (0, 0, 2, 2, 2, None, 5),
    (0, 0, 0, 1, 3, 3, None),
)
SENTENCE = "More of our grade 1-3 students can decode on level by spring"

DEMO: dict[str, Any] = {
    **causes.DEMO,
    **resources.DEMO,
    "stacked": Stacked(
        "5 different first picks. Pick any two of us: about 1 time in 7 they chose the same.",
        tuple(
            TierCounts(name, counts)
            for name, counts in zip(
                NAMES, ((3, 5, 0), (1, 2, 5), (1, 6, 1), (2, 4, 2), (0, 2, 6), (0, 1, 7), (1, 3, 4)), strict=True
            )
        ),
    ),
    "points": Points(
        "Early reading, grades 1-3 leads with 45 points.",
        tuple(PointsRow(name, points) for name, points in zip(NAMES, (45, 25, 35, 29, 11, 7, 16), strict=True)),
    ),
    "heat": Heat("It beats every other candidate head to head.", tuple(NAMES[i] for i in BY_POINTS), BEFORE, 8, 0),
    "slope": Slope(
        "We came closer: 1 in 7 became 1 in 3.",
        tuple(
            SlopeRow(name, before, after)
            for name, before, after in zip(NAMES, (3, 1, 1, 2, 0, 0, 1), (5, 1, 1, 1, 0, 0, 0), strict=True)
        ),
    ),
    "hands": Hands("One hand is at 2. Let us hear the worry, then change the wording.", (0, 0, 1, 1, 2, 4)),
    "rings": Rings("", SENTENCE, (NAMES[2], NAMES[3], NAMES[6]), (NAMES[1], NAMES[4], NAMES[5])),
    "spokes": Spokes(
        "Every role adds something.",
        SENTENCE,
        (
            Spoke("Principal", "I will guard the reading block and carry the schedule changes", 3),
            Spoke("Grade 4 teacher", "I will share what grade 4 needs readers to bring", 1),
            Spoke("Special education teacher", "I will push in rather than pull out three days", 4),
        ),
    ),
    "arrows": Arrows(
        "",
        NAMES,
        (
            Arrow(0, 4, 3),
            Arrow(0, 3, 4),
            Arrow(2, 0, 5),
            Arrow(3, 0, 1),
            Arrow(1, 0, 6),
            Arrow(6, 2, 0),
            Arrow(5, 5, 9),
        ),
    ),
    "card_wall": CardWall(
        "", (Card("Counselor", "Know by Tuesday who was out on Monday", "Late news means late help"),)
    ),
    "share_bar": ShareBar(
        "We read each other's priorities right about half of the way.", 0.531, "about half of the way"
    ),
}

HARD_NAMES = tuple(Named(label, color) for color, label in enumerate(HARD, 1))
HOSTILE: dict[str, Any] = {
    **causes.HOSTILE,
    **resources.HOSTILE,
    "stacked": Stacked("", tuple(TierCounts(name, (3, 3, 6)) for name in HARD_NAMES), (HARD[0], HARD[1], HARD[3])),
    "points": Points("", tuple(PointsRow(name, 96) for name in HARD_NAMES)),
    "heat": Heat("", HARD_NAMES, tuple(tuple(None if i == j else 12 for j in range(9)) for i in range(9)), 12, 0),
    "slope": Slope("", tuple(SlopeRow(name, 0, 12) for name in HARD_NAMES), HARD[2], HARD[0]),
    "hands": Hands("", (1, 12, 0, 40, 3, 2), HARD[:6]),
    "rings": Rings("", " ".join(HARD), HARD_NAMES[:5], HARD_NAMES[5:]),
    "spokes": Spokes("", " ".join(HARD), tuple(Spoke(label, label, 1) for label in HARD)),
    "arrows": Arrows("", HARD_NAMES, tuple(Arrow(i, j, (i * j) % 5) for i in range(9) for j in range(9))),
    "card_wall": CardWall("", tuple(Card(label, label * 3, label * 5) for label in HARD)),
    "share_bar": ShareBar("", 1.0, HARD[2], HARD[2], HARD[0]),
}
EMPTY: dict[str, Any] = {
    **causes.EMPTY,
    **resources.EMPTY,
    "stacked": Stacked("", ()),
    "points": Points("", ()),
    "heat": Heat("", (), (), 0),
    "slope": Slope("", ()),
    "hands": Hands("", (0, 0, 0, 0, 0, 0)),
    "rings": Rings("", "", (), ()),
    "spokes": Spokes("", "", ()),
    "arrows": Arrows("", (), ()),
    "card_wall": CardWall("", ()),
    "share_bar": ShareBar("", None, ""),
}
ONE: dict[str, Any] = {
    **causes.ONE,
    **resources.ONE,
    "stacked": Stacked("", (TierCounts(NAMES[0], (1, 0, 0)),)),
    "points": Points("", (PointsRow(NAMES[0], 0),)),
    "heat": Heat("", NAMES[:1], ((None,),), 8),
    "slope": Slope("", (SlopeRow(NAMES[0], 0, 0),)),
    "hands": Hands("", (1, 0, 0, 0, 0, 0)),
    "rings": Rings("", SENTENCE, NAMES[:1]),
    "spokes": Spokes("", SENTENCE, (Spoke("Counselor", "", 1),)),
    "arrows": Arrows("", NAMES[:1], ()),
    "card_wall": CardWall("", (Card("Counselor", ""),)),
    "share_bar": ShareBar("", 0.0, "none of the way"),
}
LOOKS = (Look("phone"), Look("board", "dark"), Look("wall"))
KINDS = [
    pytest.param(data[name], name, id=f"{name}-{kind}")
    for kind, data in (("demo", DEMO), ("hostile", HOSTILE), ("empty", EMPTY), ("one", ONE))
    for name in CHARTS
]
