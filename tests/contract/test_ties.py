"""What a workbook asks, tied to the rooms: every field has a control, a tidy row and a codebook entry."""

from collections import Counter
from functools import cache
from typing import Any

import pytest

from mira_workbook.content import names
from mira_workbook.content.answers import KINDS
from mira_workbook.content.answers.base import Context, Use
from mira_workbook.content.definition import Step, Workbook
from mira_workbook.content.lists import SHARED
from mira_workbook.content.load import load, workbooks
from mira_workbook.demo import demo, told_workbooks
from mira_workbook.exports import COACH
from mira_workbook.exports.table import Table
from mira_workbook.exports.tables import tables
from mira_workbook.settings import PACKAGE
from mira_workbook.store import Store
from mira_workbook.widgets.controls import Held, control

SLUGS = tuple(workbooks())
FIELDS = tuple(
    (slug, step.key, asked.key) for slug in SLUGS for step in load(workbooks()[slug]).steps for asked in step.fields
)


@cache
def workbook(slug: str) -> Workbook:
    return load(workbooks()[slug])


def context(slug: str) -> Context:
    lists = dict.fromkeys(("team", *workbook(slug).lists), SHARED["decision"])
    return Context({**SHARED, **lists}, limits=dict.fromkeys(names.LIMITS, 100))


def columns(asked: Any) -> tuple[Any, ...]:
    return tuple(getattr(asked, "columns", ()))


@pytest.mark.parametrize("slug", SLUGS)
def test_keys_are_there_once(slug: str) -> None:
    book = workbook(slug)
    keys = [f"{step.key}.{asked.key}" for step in book.steps for asked in step.fields]
    assert [key for key, n in Counter(keys).items() if n > 1] == []
    assert [key for key, n in Counter(step.key for step in book.steps).items() if n > 1] == []


@pytest.mark.parametrize(("slug", "step", "field"), FIELDS)
def test_every_field_has_a_control_and_so_has_every_column(slug: str, step: str, field: str) -> None:
    asked = workbook(slug).step(step).field(field)
    drawn = control(asked, context(slug), Held())
    assert (drawn["field"], drawn["label"], drawn["required"]) == (asked.key, asked.label, asked.required)
    assert drawn["control"] in CONTROLS
    assert [one["field"] for one in drawn.get("columns", ())] == [column.key for column in columns(asked)]
    assert {one["control"] for one in drawn.get("columns", ())} <= IN_A_ROW


CONTROLS = {"entry", "choice", "order", "share", "rows", "merge", "first", "per_week", "boxes", "one_by_one"}
"""What the page can draw: the keys of the table in `widgets/js/control.js`."""
IN_A_ROW = {"entry", "choice", "per_week"}


def test_the_page_draws_what_the_kernel_spells() -> None:
    script = (PACKAGE / "widgets" / "js" / "control.js").read_text("utf-8")
    assert [name for name in CONTROLS if f"{name}:" not in script and f'"{name}"' not in script] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_every_answer_type_that_is_used_is_registered(slug: str) -> None:
    asked = [field for step in workbook(slug).steps for field in step.fields]
    assert {one.type for field in asked for one in (field, *columns(field))} <= set(KINDS)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Table]]:
    """Every demo session, ended, as a coach exports it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'mira.sqlite'}"
    made, store = demo(url), Store(url)
    found = {}
    for one in made:
        sessions = store.sessions(store.meeting(one.code).id)
        found[one.workbook] = tables([store.snapshot(session.id) for session in sessions], COACH)
    store.close()
    return found


def test_every_workbook_has_a_demo_team() -> None:
    assert sorted(told_workbooks()) == list(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_field_and_column_of_an_opened_step_has_a_tidy_row(slug: str, played: dict[str, list[Table]]) -> None:
    rows = played[slug][0].records()
    have = {(row["step"], row["field"]) for row in rows}
    opened = {row["step"] for row in rows}
    wanted = {(step.key, name) for step in workbook(slug).steps if step.key in opened for name in tidy_names(step)}
    assert wanted - have == set()
    assert have - wanted == set()


def tidy_names(step: Step) -> set[str]:
    """How the long table spells a step's fields: a table by its columns."""
    return {
        f"{asked.key}.{column.key}" if column else asked.key
        for asked in step.fields
        for column in columns(asked) or (None,)
    }


@pytest.mark.parametrize("slug", SLUGS)
def test_every_field_column_list_and_measure_has_a_codebook_entry(slug: str, played: dict[str, list[Table]]) -> None:
    book = workbook(slug)
    entries = {(str(row["kind"]), str(row["name"])) for row in played[slug][-1].records()}
    fields = {("field", f"{step.key}.{asked.key}") for step in book.steps for asked in step.fields}
    inner = {
        ("column", f"{step.key}.{asked.key}.{column.key}")
        for step in book.steps
        for asked in step.fields
        for column in columns(asked)
    }
    lists = {("list", name) for name in book.lists}
    measured = {
        ("measure", f"{step.key}.{use.id}" + (f".{use.of}" if use.of else ""))
        for step in book.steps
        for use in step.measures
    }
    assert (fields | inner | lists | measured) - entries == set()


@pytest.mark.parametrize("slug", SLUGS)
def test_every_column_of_every_file_has_a_codebook_entry_that_says_what_it_is(
    slug: str, played: dict[str, list[Table]]
) -> None:
    said = {row["name"]: row["help"] for row in played[slug][-1].records() if row["kind"] == "file"}
    assert [f"{t.name}.{c}" for t in played[slug][:-1] for c in t.head if not said.get(f"{t.name}.{c}")] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_every_name_a_workbook_uses_is_registered(slug: str) -> None:
    book = workbook(slug)
    fields = [one for step in book.steps for asked in step.fields for one in (asked, *columns(asked))]
    starts = [getattr(one, key, None) for one in fields for key in ("prefill", "rows_prefill")]
    used = {
        "lists": ({use.use for use in book.lists.values()}, names.LISTS),
        "outputs": ({use.use for use in book.outputs.values()}, names.OUTPUTS),
        "blocks": ({use.use for use in book.handout}, names.BLOCKS),
        "predicates": ({step.skip_when.use for step in book.steps if step.skip_when}, names.PREDICATES),
        "checks": ({use.use for step in book.steps for use in step.checks}, names.CHECKS),
        "charts": ({use.use for step in book.steps for use in step.charts}, names.CHARTS),
        "measures": ({use.id for step in book.steps for use in step.measures}, names.MEASURES),
        "prefills": ({start.use for start in starts if isinstance(start, Use)}, names.PREFILLS),
    }
    assert {kind: found - set(known) for kind, (found, known) in used.items() if found - set(known)} == {}
