"""What a member who comes in costs, held to its aims; printed as the rows of the README's tables.

The aims hold on a machine that does nothing else. Where one is missed the whole table is printed with it.
"""

import sys
from pathlib import Path

import pytest
from lacking import leave_out

from mira_workbook.bench import growth, join, rows, saving, soak, stages

pytestmark = pytest.mark.bench


def said(*lines: str) -> None:
    sys.stdout.write("\n" + "\n".join(lines) + "\n")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> join.Measured:
    measured = join.run(tmp_path_factory.mktemp("join"), join.Plan(tell=said))
    said(*rows.table(measured))
    return measured


@pytest.mark.parametrize("name", [row.name for row in rows.rows(join.Measured())])
def test_a_join_reaches_its_aim(found: join.Measured, name: str) -> None:
    row = next(row for row in rows.rows(found) if row.name == name)
    if row.holds is None:
        leave_out("A browser", found.no_browser)
    assert row.holds, f"{row.words}: stock {row.stock}, ours {row.ours}, {row.aim} at {row.limit}"


def test_most_of_a_join_is_spent_in_its_kernel(tmp_path: Path) -> None:
    took = stages.run(tmp_path)
    said(*stages.table(took))
    assert took["kernel"] < 0.05
    assert sum(took.values()) < 2


def test_who_leaves_leaves_nothing_behind(tmp_path: Path) -> None:
    left = soak.run(tmp_path, tell=said)
    said(*soak.table(left))
    assert left.after.processes == left.before.processes
    assert left.after.descriptors <= left.before.descriptors + 5
    assert left.after.descriptors_of_server <= left.before.descriptors_of_server + 5
    assert left.after.memory <= 1.05 * left.before.memory
    # Python gives back what a crowd took only where nothing else lies between.
    assert left.after.memory_of_server <= 1.15 * left.before.memory_of_server


def test_years_of_sessions_make_coming_in_no_slower(tmp_path: Path) -> None:
    grown = growth.run(tmp_path, growth.Plan(sizes=(10, 60), pasts=(1, 10_000), tell=said))
    said(*growth.table(grown))
    few, many = grown.past
    assert many.most < 2 * few.most + 0.5
    assert grown.people[-1].cpu < 2 * grown.people[0].cpu + 0.05


def test_the_store_writes_at_half_the_rate_of_the_bare_file_or_more(tmp_path: Path) -> None:
    bare, own = saving.rates(tmp_path)
    said(f"| commits a second, bare SQLite and the store | {bare:.0f} | {own:.0f} |")
    assert own >= 0.5 * bare
