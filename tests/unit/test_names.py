from collections.abc import Iterator

import pytest
from pydantic import BaseModel, ValidationError

from mira_workbook.content import names
from mira_workbook.content.index import refs_of
from mira_workbook.content.measure_args import BeforeAfter, Picks
from mira_workbook.content.references import Place, split


def models() -> Iterator[type[BaseModel]]:
    for table in (names.LISTS, names.PREDICATES, names.PREFILLS, names.CHARTS, names.OUTPUTS, names.BLOCKS):
        yield from table.values()
    yield from (measure.arguments for measure in names.MEASURES.values())


def test_every_name_has_a_model_that_says_what_it_is_and_refuses_unknown_arguments() -> None:
    for model in models():
        assert model.__doc__, model
        assert model.model_config["extra"] == "forbid", model
        assert model.model_config["frozen"], model


def test_every_measure_has_a_title_and_at_least_one_case() -> None:
    assert all(measure.title and measure.cases for measure in names.MEASURES.values())
    assert names.MEASURES["M09"].cases.keys() == {"pass", "pass_rule", "one", "below", "missing"}


def test_a_pick_is_named_one_way_and_a_column_says_which_value_is_the_pick() -> None:
    assert Picks(pick="sort.places.tier", value="priority").value == "priority"
    with pytest.raises(ValidationError, match="Name one of pick, order, column or picks"):
        Picks(pick="a.b", order="c.d")
    with pytest.raises(ValidationError, match="A column needs value"):
        Picks(pick="sort.places.tier")


def test_a_change_is_between_two_picks_or_two_rounds_of_a_rating() -> None:
    assert BeforeAfter(rating="consent.fist").rating == "consent.fist"
    with pytest.raises(ValidationError, match="Name before and after, or rating alone"):
        BeforeAfter(before="sort.places.tier")


def test_arguments_that_name_answers_are_marked_also_where_they_may_be_left_out() -> None:
    assert [ref.types for ref in refs_of(Picks, "pick")] == [("one",)]
    assert [ref.to for ref in refs_of(names.PREFILLS["said_for_row"], "pick")] == ["column", "field"]
    assert [ref.within for ref in refs_of(names.LISTS["rows_of"], "label")] == ["field"]
    assert refs_of(names.LISTS["next_in_ring"], "n") == ()


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("sort.places", Place("sort", "places")),
        ("sort.places.tier", Place("sort", "places", "tier")),
        ("sort", None),
        ("sort..tier", None),
        ("a.b.c.d", None),
    ],
)
def test_a_name_is_taken_apart(name: str, place: Place | None) -> None:
    assert split(name) == place
