"""Names of drawn pictures."""

from mira_workbook.charts import Look, Named, key
from mira_workbook.charts.points import Points, PointsRow

DATA = Points("One.", (PointsRow(Named("A", 1), 3),))


def test_equal_input_has_the_same_name_and_any_difference_another() -> None:
    names = {
        key("points", DATA, Look()),
        key("stacked", DATA, Look()),
        key("points", Points("Two.", DATA.rows), Look()),
        key("points", DATA, Look(theme="dark")),
        key("points", DATA, Look(size="board")),
        key("points", DATA, Look(paths=True)),
    }
    assert len(names) == 6
    assert key("points", Points("One.", (PointsRow(Named("A", 1), 3),)), Look()) in names


def test_a_name_is_safe_in_an_address() -> None:
    name = key("points", DATA, Look())
    assert len(name) == 64
    assert set(name) <= set("0123456789abcdef")
