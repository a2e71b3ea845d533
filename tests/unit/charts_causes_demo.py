"""Input of the pictures of the workbook on causes: the demo team's, hostile, with one row and with none."""

from typing import Any

from charts_hard import HARD

from mira_workbook.charts import Named
from mira_workbook.charts.counts import Count, Counts
from mira_workbook.charts.dot_plot import DotPlot, DotRow, Rated
from mira_workbook.charts.fishbone import Bone, Fishbone
from mira_workbook.charts.ladders import Ladder, Ladders, Rung
from mira_workbook.charts.lens_columns import Lens, LensColumns, Pattern
from mira_workbook.charts.quadrants import Line, Quadrant, Quadrants
from mira_workbook.charts.split_bars import SplitBar, SplitBars

SYMPTOM = "46% of grade 1-3 students are on level in decoding"
CATEGORIES = (
    "Time and schedule",
    "People and skills",
    "Practice and routines",
    "Materials and tools",
    "Data and information",
    "Communication and decisions",
    "Family and community",
    "Policy and funding",
)
TIME, PEOPLE, PRACTICE = (Named(CATEGORIES[i], i + 1) for i in range(3))
ROOT = "Small-group reading time is broken up by duties, coverage and pull-outs"
ROUTINE = "Adults who lead groups do not share one routine"
FEEDBACK = "Newer teachers get little feedback on phonics lessons"
ABSENCES = "Absences cluster on Mondays and Fridays"
SCREENING = "Screening results reach teams too late to regroup"
TREATS = ("The ache", "Both", "The cause", "We are not sure")
BONES = (
    Bone(
        CATEGORIES[0],
        (
            ROOT,
            "Coverage is taken from the reading block first",
            "The schedule leaves no other slack between 8:15 and 9:45",
            "Duties overlap the block by ten minutes",
            "The duty roster is built before the reading schedule",
            "Groups are missed most on Mondays and Fridays",
            "Substitute shortage",
        ),
    ),
    Bone(
        CATEGORIES[1],
        (
            FEEDBACK,
            "The newest adult takes the weakest group",
            "Coaching time goes to data reports and coverage",
            "Assistants get no practice",
        ),
    ),
    Bone(
        CATEGORIES[2],
        (
            ROUTINE,
            "We never agreed on one routine",
            "Nobody was asked to own it",
            "Each adult does it a different way",
            "Students guess words from the picture",
        ),
    ),
    Bone(CATEGORIES[3], ("Kits are shared between two rooms",)),
    Bone(CATEGORIES[4], (SCREENING, "Nobody counts missed groups", "Growth is seen once a term")),
    Bone(CATEGORIES[5], ("Adults ask what to do at the door", "Changes are told in the hall")),
    Bone(CATEGORIES[6], (ABSENCES, "Families hear late about missed lessons")),
    Bone(CATEGORIES[7], ()),
)


def row(label: str, color: int, means: tuple[float, float, float], score: float, dots: int | None = None) -> DotRow:
    """A cause that everybody could rate."""
    removes, evidence, influence = map(Rated, means)
    return DotRow(Named(label, color), (removes, evidence, influence), score, means[2] < 1, means[1] < 1.5, dots)


RATED = (
    row(ROOT, 1, (2.875, 2.375, 2.5), 265 / 3),
    row(ROUTINE, 2, (2.625, 2.0, 3.0), 83.75),
    row(FEEDBACK, 3, (2.0, 1.25, 2.625), 190 / 3),
    row(ABSENCES, 4, (1.375, 2.875, 1.25), 60.0),
    row(SCREENING, 5, (1.625, 1.375, 2.0), 162.5 / 3),
)
DOTS = (18, 12, 4, 4, 2)

DEMO: dict[str, Any] = {
    "lens_columns": LensColumns(
        "",
        (
            Lens(
                "Who",
                (
                    Pattern(
                        "Assistants were pulled for coverage 23 times in April",
                        "Marcus Bell and Tia Brooks",
                        23,
                        "times",
                    ),
                    Pattern("Grade 3 shows the same dip as grade 1", "Priya Nair and Sam Ortiz"),
                ),
            ),
            Lens("When", (Pattern("Groups are missed most on Mondays and Fridays", "Dana Whitfield and Ines Marsh"),)),
            Lens("Where", ()),
            Lens(
                "Since when",
                (
                    Pattern(
                        "17.5 of 36 planned sessions ran without interruption in a usual week",
                        "Rosa Delgado and Joe Park",
                        17.5,
                        "sessions per week",
                    ),
                ),
            ),
            Lens(
                "Where it is better",
                (
                    Pattern(
                        "Two rooms ran 8 of 8 sessions for a month and grew 21 points",
                        "Rosa Delgado and Joe Park",
                        21,
                        "points",
                    ),
                ),
            ),
        ),
    ),
    "quadrants": Quadrants(
        "",
        (
            Quadrant(
                "Strengths",
                (
                    Line("Strong decoding lessons in two rooms", "Observed twice in spring", 3),
                    Line("Coach and special education teacher already co-plan", "Weekly since January", 1),
                ),
            ),
            Quadrant(
                "Weaknesses",
                (
                    Line("Reading block is the first place coverage comes from", "23 pulls in April", 5),
                    Line("No shared routine for adults who lead groups", "", 2),
                ),
            ),
            Quadrant(
                "Opportunities",
                (
                    Line("Related arts can be scheduled back to back", "District approved in May", 1),
                    Line("District wants a micro-credential for assistants", "Memo, April", 1),
                ),
            ),
            Quadrant(
                "Threats",
                (
                    Line("ESSER posts end September 30", "Budget sheet", 6),
                    Line("Substitute shortage", "Fill rate 62% in April", 2),
                ),
            ),
        ),
    ),
    "split_bars": SplitBars(
        "50% of our minutes ease the ache, and 48% of our money.",
        TREATS,
        (
            SplitBar("Staff minutes a week, all together", "minutes", (1530, 0, 1560, 0)),
            SplitBar("Money a year", "money", (57300, 0, 61200, 0)),
        ),
    ),
    "ladders": Ladders(
        "4 ladders, 3 different ends: mostly Time and schedule.",
        SYMPTOM,
        (
            Ladder(
                "Dana Whitfield and Rosa Delgado",
                (
                    Rung("Groups are cancelled most days"),
                    Rung("The second adult is pulled away"),
                    Rung("Coverage is taken from the reading block first"),
                    Rung("The schedule leaves no other slack between 8:15 and 9:45"),
                ),
                TIME,
            ),
            Ladder(
                "Marcus Bell and Joe Park",
                (
                    Rung("Groups start late"),
                    Rung("Adults arrive from hall and bus duty"),
                    Rung("Duties overlap the block by ten minutes", shown=False),
                    Rung("The duty roster is built before the reading schedule"),
                ),
                TIME,
            ),
            Ladder(
                "Priya Nair and Tia Brooks",
                (
                    Rung("Groups run but gain little"),
                    Rung("Each adult does it a different way"),
                    Rung("We never agreed on one routine"),
                    Rung("Nobody was asked to own it", shown=False),
                ),
                PRACTICE,
            ),
            Ladder(
                "Ines Marsh and Grace Yoon",
                (
                    Rung("Some students get the weakest group"),
                    Rung("The newest adult takes them"),
                    Rung("Assistants get no practice or feedback"),
                ),
                PEOPLE,
            ),
        ),
    ),
    "fishbone": Fishbone("", SYMPTOM, BONES),
    "dot_plot": DotPlot(
        "Small-group reading time is broken up by duties, coverage and pull-outs scores highest with 88 of 100.", RATED
    ),
    "counts": Counts(
        "4 of 8 ended somewhere else than where they began.",
        (Count("The same", 2), Count("Close", 2), Count("Different", 4)),
    ),
}
WITH_DOTS = DotPlot(
    "",
    tuple(DotRow(r.name, r.parts, r.score, r.watch, r.check, dots) for r, dots in zip(RATED, DOTS, strict=True)),
)
LONG = (
    "A cause with a long wording that somebody typed in a hurry, élèves et écoles, and that goes on until it has "
    "one hundred and sixty characters, which 👩🏽‍🏫 is most we let in"
)
HOSTILE: dict[str, Any] = {
    "lens_columns": LensColumns(
        "",
        tuple(
            Lens(HARD[i], tuple(Pattern(label, label, 1e6 - n, HARD[3]) for n, label in enumerate(HARD)))
            for i in range(5)
        ),
    ),
    "quadrants": Quadrants(
        "", tuple(Quadrant(HARD[i], tuple(Line(label, label, 12) for label in HARD)) for i in range(4))
    ),
    "split_bars": SplitBars(
        "", (HARD[0], HARD[2], HARD[7], HARD[4]), (SplitBar(HARD[7], "minutes", (1, 20000, 240000, 3)),) * 2
    ),
    "ladders": Ladders(
        "",
        " ".join(HARD),
        tuple(
            Ladder(label, tuple(Rung(other, shown=False) for other in HARD[: 7 - i % 3]), Named(label, i % 10))
            for i, label in enumerate(HARD)
        ),
    ),
    "fishbone": Fishbone("", " ".join(HARD), tuple(Bone(HARD[i], HARD[:3]) for i in range(8)), HARD),
    "dot_plot": DotPlot(
        "",
        tuple(
            DotRow(Named(label, i), (Rated(1.0, 20), Rated(1.05, 20), Rated(1.1, 20)), 33.3, True, True, 100)
            for i, label in enumerate(HARD)
        ),
    ),
    "counts": Counts("", tuple(Count(label, 12) for label in HARD)),
}
EMPTY: dict[str, Any] = {
    "lens_columns": LensColumns("", (Lens("Who", ()), Lens("When", ()))),
    "quadrants": Quadrants("", tuple(Quadrant(name, ()) for name in ("Strengths", "Weaknesses", "O", "T"))),
    "split_bars": SplitBars("", TREATS, (SplitBar("Minutes", "minutes", (0, 0, 0, 0)),)),
    "ladders": Ladders("", SYMPTOM, ()),
    "fishbone": Fishbone("", SYMPTOM, tuple(Bone(name, ()) for name in CATEGORIES)),
    "dot_plot": DotPlot("", ()),
    "counts": Counts("", (Count("The same", 0), Count("Close", 0))),
}
ONE: dict[str, Any] = {
    "lens_columns": LensColumns("", (Lens("Who", (Pattern("It repeats"),)), Lens("When", ()))),
    "quadrants": Quadrants(
        "", (Quadrant("Strengths", (Line("One"),)), Quadrant("Weaknesses", ()), *DEMO["quadrants"].boxes[2:])
    ),
    "split_bars": SplitBars(
        "",
        TREATS,
        (SplitBar("Minutes", "minutes", (0, 0, 0, 5)), SplitBar("Money a year", "money", (0, 0, 0, 0))),
    ),
    "ladders": Ladders("", "", (Ladder("Ana and Ben", (Rung("It rains"),)), Ladder("Cy and Di", ()))),
    "fishbone": Fishbone("", "", (Bone(CATEGORIES[0], ("One cause",)), Bone(CATEGORIES[1], ())), ("Loose",)),
    "dot_plot": DotPlot("", (DotRow(Named("One"), (Rated(None, 1), Rated(0.0), Rated(3.0, 2)), None),)),
    "counts": Counts("", (Count("The same", 1),)),
}
