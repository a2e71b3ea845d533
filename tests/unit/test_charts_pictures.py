"""What pictures show: words, shapes and bytes."""

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from mira_workbook.charts import CHARTS, Look, Named
from mira_workbook.charts.arrows import Arrow, Arrows
from mira_workbook.charts.card_wall import Card, CardWall
from mira_workbook.charts.fit import width
from mira_workbook.charts.hands import Hands
from mira_workbook.charts.heat import Heat
from mira_workbook.charts.points import Points, PointsRow
from mira_workbook.charts.rings import Rings
from mira_workbook.charts.shapes import Text
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

HARD = (
    '<script>alert(1)</script> & "quotes" \' and more',
    "👩🏽‍🏫 Écoles françaises: élèves à l'aise 🎉🎉",
    "A very long label that goes on and on until it has eighty characters, which is it",
    "$x^2$ and $5 to $6 \\frac",
    "家族とのパートナーシップを深めるための取り組み",
    "שלום עולם priority",
    "x",
    "W" * 80,
    "Nine\x00\x0b\ttabs\nand ]]> lines\ufffe",
)
HARD_NAMES = tuple(Named(label, color) for color, label in enumerate(HARD, 1))
HOSTILE: dict[str, Any] = {
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
LOOKS = (Look("phone"), Look("board", "dark"), Look("wall"))
KINDS = [
    pytest.param(data[name], name, id=f"{name}-{kind}")
    for kind, data in (("demo", DEMO), ("hostile", HOSTILE), ("empty", EMPTY))
    for name in CHARTS
]


@pytest.mark.parametrize(
    ("name", "alt"),
    [
        (
            "stacked",
            (
                "5 different first picks. Pick any two of us: about 1 time in 7 they chose the same. "
                "Most first picks: Early reading, grades 1-3, 3 of 8."
            ),
        ),
        (
            "points",
            "Early reading, grades 1-3 leads with 45 points. Most points: Early reading, grades 1-3, 45.",
        ),
        (
            "heat",
            (
                "It beats every other candidate head to head. Early reading, grades 1-3 is put before every other one. "
                "Highest number: Early reading, grades 1-3 before Life after ESSER: positions and programs, 8 of 8."
            ),
        ),
        (
            "slope",
            (
                "We came closer: 1 in 7 became 1 in 3. Most first picks now: Early reading, grades 1-3, 5. "
                "Largest change: Early reading, grades 1-3, from 3 to 5."
            ),
        ),
        (
            "hands",
            (
                "One hand is at 2. Let us hear the worry, then change the wording. "
                "Most hands at 5 · I will help lead it: 4 of 8."
            ),
        ),
        (
            "rings",
            (
                "In the centre: More of our grade 1-3 students can decode on level by spring. Focus: Keeping and "
                "supporting our teachers, Behavior and belonging and Life after ESSER: positions and programs. Watch: "
                "Student attendance, Math fluency, grades 3-5 and Family partnership."
            ),
        ),
        ("spokes", "Every role adds something. 2 of 3 role priorities support it or are the same."),
        (
            "arrows",
            (
                "Early reading, grades 1-3 may lift several others. Early reading, grades 1-3 may be a shared "
                "pain point. Widest arrow: Student attendance to Early reading, grades 1-3, 6 people."
            ),
        ),
        ("card_wall", "1 card."),
        (
            "share_bar",
            "We read each other's priorities right about half of the way. Where we are: about half of the way.",
        ),
    ],
)
def test_the_words_of_a_picture_are_its_sentence_and_where_the_peak_is(name: str, alt: str) -> None:
    assert CHARTS[name].words(DEMO[name]).alt == alt


def test_the_tiers_table_is_sorted_by_first_picks_and_then_focus() -> None:
    said = CHARTS["stacked"].words(DEMO["stacked"])
    assert said.head == ("Candidate", "First", "Focus", "Watch")
    assert said.rows == (
        (READING, "3", "5", "0"),
        (BEHAVIOR, "2", "4", "2"),
        (TEACHERS, "1", "6", "1"),
        (ESSER, "1", "3", "4"),
        (ATTENDANCE, "1", "2", "5"),
        (MATH, "0", "2", "6"),
        (FAMILY, "0", "1", "7"),
    )


def test_the_head_to_head_table_is_square_with_dashes_where_a_candidate_meets_itself() -> None:
    said = CHARTS["heat"].words(DEMO["heat"])
    assert said.head == ("Candidate", READING, TEACHERS, BEHAVIOR, ATTENDANCE, ESSER, MATH, FAMILY)
    assert said.rows[0] == (READING, "–", "7", "7", "7", "8", "8", "8")


def test_the_hands_table_holds_every_level_and_no_names() -> None:
    said = CHARTS["hands"].words(DEMO["hands"])
    assert said.rows == (
        ("0 · I would block it", "0"),
        ("1 · I have big worries", "0"),
        ("2 · I have worries", "1"),
        ("3 · I can live with it and will help", "1"),
        ("4 · I am for it", "2"),
        ("5 · I will help lead it", "4"),
    )


def test_hands_with_words_for_the_two_ends_only_are_told_by_number() -> None:
    said = CHARTS["hands"].words(Hands("", (0, 2, 5), ("not at all", "fully")))
    assert said.rows == (("0 · not at all", "0"), ("1", "2"), ("2 · fully", "5"))


def test_ties_are_told_as_ties() -> None:
    two = (PointsRow(Named("A"), 5), PointsRow(Named("B"), 5))
    assert CHARTS["points"].words(Points("", two)).alt == "Most points: A and B, 5 each."
    assert CHARTS["hands"].words(Hands("", (0, 0, 0, 4, 0, 4))).alt == "Most hands at 3 and 5: 4 of 8 each."
    still = (SlopeRow(Named("A"), 2, 2), SlopeRow(Named("B"), 2, 2))
    assert CHARTS["slope"].words(Slope("", still)).alt == "Most first picks now: A and B, 2 each. No number changed."


def test_arrows_nobody_sees_and_arrows_to_oneself_are_left_out() -> None:
    assert CHARTS["arrows"].words(DEMO["arrows"]).rows == (
        (ATTENDANCE, READING, "6"),
        (TEACHERS, READING, "5"),
        (READING, BEHAVIOR, "4"),
        (READING, MATH, "3"),
        (BEHAVIOR, READING, "1"),
    )


def test_one_arrow_alone_lifts_nobody_in_particular() -> None:
    alone = Arrows("", NAMES[:2], (Arrow(0, 1, 1),))
    assert (alone.lifts(), alone.pains()) == ([], [])


def test_the_wall_does_not_show_how_near_a_single_role_is() -> None:
    wall = CHARTS["spokes"].sheet(DEMO["spokes"], Look("wall"))
    board = CHARTS["spokes"].sheet(DEMO["spokes"], Look("board"))
    assert wall is not None
    assert board is not None
    assert "differs" not in {shape.words for shape in wall.shapes if isinstance(shape, Text)}
    assert "differs" in {shape.words for shape in board.shapes if isinstance(shape, Text)}


def test_cards_are_a_table_on_a_phone() -> None:
    picture = CHARTS["card_wall"].picture(DEMO["card_wall"], Look("phone"))
    assert picture.svg == b""
    assert picture.rows == (("Counselor", "Know by Tuesday who was out on Monday", "Late news means late help"),)


@pytest.mark.parametrize(("data", "name"), KINDS)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.size)
def test_no_words_leave_the_picture_and_none_is_too_small_to_read(data: Any, name: str, look: Look) -> None:
    sheet = CHARTS[name].sheet(data, look)
    if sheet is None:
        return
    for text in [shape for shape in sheet.shapes if isinstance(shape, Text)]:
        wide = width(text.words, text.size, bold=text.bold)
        left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
        assert left >= -0.01, text
        assert left + wide <= look.width + 0.01, text
        assert text.size * 0.76 <= text.y <= sheet.height - text.size * 0.2, text
        assert text.size >= {"phone": 15, "board": 14, "wall": 24}[look.size]


@pytest.mark.parametrize(("data", "name"), KINDS)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.size)
def test_no_words_cover_other_words(data: Any, name: str, look: Look) -> None:
    sheet = CHARTS[name].sheet(data, look)
    texts = [shape for shape in sheet.shapes if isinstance(shape, Text)] if sheet else []
    for one, other in combinations(texts, 2):
        assert not _meet(_box(one), _box(other)), (one, other)


def _box(text: Text) -> tuple[float, float, float, float]:
    wide = width(text.words, text.size, bold=text.bold)
    left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
    return left, text.y - text.size * 0.7, left + wide, text.y


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize(("data", "name"), KINDS)
@pytest.mark.parametrize("paths", [False, True], ids=["live", "paths"])
def test_a_picture_is_safe_to_stand_in_a_page(data: Any, name: str, paths: bool) -> None:  # noqa: FBT001 - a parameter of the test
    svg = CHARTS[name].draw(data, Look("board", paths=paths)).decode()
    for node in ET.fromstring(svg).iter():  # noqa: S314 - drawn by us
        tag = node.tag.removeprefix("{http://www.w3.org/2000/svg}")
        assert tag in {"svg", "path", "text", "defs", "pattern", "rect", "g", "use"}
        for key, value in node.attrib.items():
            assert not key.startswith("on")
            assert key != "href" or value.startswith("#m")
            assert "url(" not in value or value.startswith("url(#m")
    assert svg.count("http") == svg.count("http://www.w3.org/2000/svg") == 1
    assert "<script" not in svg
    assert "<!" not in svg


def test_words_are_live_and_in_the_fonts_of_the_page() -> None:
    svg = CHARTS["points"].draw(DEMO["points"], Look("phone")).decode()
    assert svg.count("<text") == 14
    assert ">Keeping and supporting our teachers</text>" in svg
    assert "DejaVu" not in svg
    assert 'font-family="system-ui, ' in svg
    assert 'font-weight="600"' in svg


def test_words_for_files_are_outlines_at_their_true_scale() -> None:
    svg = CHARTS["points"].draw(DEMO["points"], Look("board", paths=True)).decode()
    assert "<text" not in svg
    assert svg.count('transform="scale(0.015625)"') > 20


def test_the_same_picture_is_the_same_bytes_in_every_process_and_thread() -> None:
    def drawn(_: int) -> str:
        return hashlib.sha256(CHARTS["stacked"].draw(DEMO["stacked"], Look())).hexdigest()

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(drawn, range(8)))) == 1


def test_light_and_dark_differ_and_the_wall_is_always_light() -> None:
    draw, data = CHARTS["share_bar"].draw, DEMO["share_bar"]
    assert draw(data, Look("board")) != draw(data, Look("board", "dark"))
    assert draw(data, Look("wall")) == draw(data, Look("wall", "dark"))


def test_a_picture_on_a_phone_is_small() -> None:
    sizes = {name: len(chart.draw(DEMO[name], Look())) for name, chart in CHARTS.items()}
    assert max(size for name, size in sizes.items() if name != "stacked") < 13_000
    assert sizes["stacked"] < 30_000


def test_drawing_leaves_the_settings_of_matplotlib_as_they_were() -> None:
    import matplotlib as mpl  # noqa: PLC0415 - the other tests shall not need it before they draw

    before = dict(mpl.rcParams)
    CHARTS["share_bar"].draw(DEMO["share_bar"], Look())
    assert dict(mpl.rcParams) == before


def test_files_get_a_picture_of_dots() -> None:
    png = CHARTS["share_bar"].png(DEMO["share_bar"], Look("board"), dpi=192)
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) == 1520


def test_words_and_shapes_need_no_matplotlib() -> None:
    program = (
        "import sys; from mira_workbook.charts import CHARTS, Look; from mira_workbook.charts.hands import Hands; "
        "data = Hands('', (0, 0, 1, 1, 2, 4)); CHARTS['hands'].words(data); CHARTS['hands'].sheet(data, Look()); "
        "print([name for name in sys.modules if name.split('.')[0] in {'matplotlib', 'pandas', 'numpy'}])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
