import pytest

from mira_workbook.measures.bands import LEAST, SCALES, Band, Scale, band, direction, not_enough


@pytest.mark.parametrize(
    ("measure", "value", "name"),
    [
        ("M02", 0.0, "split"),
        ("M02", 0.29, "split"),
        ("M02", 0.30, "part"),
        ("M02", 0.1 + 0.2 + 0.3, "strong"),
        ("M04", 0.29, "apart"),
        ("M04", 0.49, "some"),
        ("M04", 0.619, "mostly alike"),
        ("M04", 0.70, "very alike"),
        ("M07", 0.04, "close"),
        ("M07", 0.05, "lead"),
        ("M07", 0.208, "wide"),
        ("M08", 0.59, "contested"),
        ("M08", 0.706, "mixed"),
        ("M08", 0.803, "shared"),
        ("M15", 59.9, "weak"),
        ("M15", 59.99999999999999, "check"),
        ("M15", 74.9, "check"),
        ("M15", 75, "strong"),
        ("M18", 0.99, "not"),
        ("M18", 1, "partly"),
        ("M18", 2, "aligned"),
    ],
)
def test_a_value_on_a_floor_belongs_to_the_band_above(measure: str, value: float, name: str) -> None:
    found = band(value, SCALES[measure])

    assert found is not None
    assert found.name == name


def test_a_value_that_is_not_there_has_no_band() -> None:
    assert band(None, SCALES["M02"]) is None
    assert direction(None) is None


def test_every_scale_says_that_it_is_a_heuristic() -> None:
    assert {measure: scale.measure for measure, scale in SCALES.items()} == {m: m for m in SCALES}
    assert all(scale.heuristic for scale in SCALES.values())


def test_a_workbook_may_move_floors_and_keeps_the_names() -> None:
    moved_scale = SCALES["M02"].with_floors([0.2, 0.8])
    found = band(0.25, moved_scale)

    assert moved_scale.floors == (0.2, 0.8)
    assert found == Band("part", 0.2, "partly together")
    with pytest.raises(ValueError, match=r"must start without a floor and rise"):
        SCALES["M02"].with_floors([0.8, 0.2])
    with pytest.raises(ValueError, match="zip"):
        SCALES["M02"].with_floors([0.5])
    with pytest.raises(ValueError, match="Bands of M02"):
        Scale("M02", ())


def test_a_change_is_closer_further_or_the_same() -> None:
    assert [direction(change) for change in (0.214, -0.01, 0.1 + 0.2 - 0.3)] == ["closer", "further", "the same"]


def test_too_few_answers_are_said_with_how_many_it_takes() -> None:
    assert not_enough(2, LEAST["M04"]) == "Not enough answers to compare yet (2; it takes 3)."
