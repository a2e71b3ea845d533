"""What a workbook may name and what the rooms can do, compared name by name."""

from collections.abc import Mapping

import pytest

from mira_workbook import charts
from mira_workbook.content import checks, names
from mira_workbook.exports import blocks, outputs
from mira_workbook.measures import table
from mira_workbook.rules import carry, lists, predicates, prefills

ROOMS: Mapping[str, tuple[Mapping[str, object], Mapping[str, object]]] = {
    "lists": (names.LISTS, lists.LISTS),
    "predicates": (names.PREDICATES, predicates.PREDICATES),
    "prefills": (names.PREFILLS, prefills.PREFILLS),
    "checks": (names.CHECKS, checks.CHECKS),
    "charts": (names.CHARTS, charts.CHARTS),
    "outputs": (names.OUTPUTS, outputs.OUTPUTS),
    "carries": (names.CARRIES, carry.CARRIES),
    "blocks": (names.BLOCKS, blocks.BLOCKS),
}


@pytest.mark.parametrize("room", ROOMS)
def test_every_name_has_a_function_and_every_function_a_name(room: str) -> None:
    named, done = ROOMS[room]
    assert set(named) == set(done)


def test_every_measure_is_computed_and_m01_for_every_step_without_being_named() -> None:
    assert set(table.MEASURES) | {"M01"} == set(names.MEASURES)
