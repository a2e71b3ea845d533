"""What pictures are as bytes."""

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from charts_demo import (
    DEMO,
    KINDS,
)

from mira_workbook.charts import CHARTS, Look


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
    drawn_finely = {"stacked", "strip", "bubble"}  # patterns, and a circle for every number; a sixth when compressed
    assert max(size for name, size in sizes.items() if name not in drawn_finely) < 13_000
    assert max(sizes[name] for name in drawn_finely) < 30_000


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
