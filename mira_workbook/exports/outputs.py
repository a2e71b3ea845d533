"""The derived tables of a workbook: registered functions, which its `outputs` names with their arguments."""

from collections.abc import Callable, Mapping
from typing import Any

from mira_workbook.content.answers.base import Strict
from mira_workbook.content.output_args import OUTPUTS as ARGUMENTS
from mira_workbook.exports.outputs_answers import by_person, chains, one_row, rows
from mira_workbook.exports.outputs_causes import causes
from mira_workbook.exports.outputs_priority import (
    candidates,
    consent,
    origin,
    pairwise,
    parked,
    priority,
    release,
    roles,
)
from mira_workbook.exports.outputs_resources import funds, initiatives, totals
from mira_workbook.exports.pivot import WHOSE
from mira_workbook.exports.sighted import Sighted
from mira_workbook.exports.table import Cell, Column, Table, lead_with

Output = Callable[[Sighted, Any], Table]


OUTPUTS: Mapping[str, Output] = {
    "candidates": candidates,
    "pairwise": pairwise,
    "priority": priority,
    "parked": parked,
    "consent": consent,
    "roles": roles,
    "release": release,
    "rows": rows,
    "by_person": by_person,
    "chains": chains,
    "causes": causes,
    "one_row": one_row,
    "initiatives": initiatives,
    "funds": funds,
    "totals": totals,
    "lineage": origin,
}
"""Name of an output to its function; the models of its arguments stand under the same name with the content."""


def derived(seen: Sighted) -> list[Table]:
    """The derived tables of a session, each named `workbook_output`, with whose they are in front."""
    whose: tuple[Cell, ...] = (
        seen.snapshot.team.slug,
        seen.snapshot.session.cycle,
        seen.snapshot.meeting.code,
        seen.snapshot.session.occasion,
    )
    made = []
    for name, use in seen.snapshot.workbook.outputs.items():
        arguments: Strict = ARGUMENTS[use.use].model_validate(use.arguments)
        table = lead_with(WHOSE, whose, OUTPUTS[use.use](seen, arguments))
        made.append(Table(f"{seen.snapshot.workbook.slug}_{name}", table.columns, table.rows))
    return made


def members(seen: Sighted) -> Table:
    """The roster: who stands behind the keys that steps with names carry."""
    columns = (
        WHOSE[0],
        Column("member", "The member's key."),
        Column("name", "The member's name."),
        Column("role", "What the member does, in own words."),
        Column("role_group", "The group of that role."),
    )
    slug = seen.snapshot.team.slug
    lines = ((slug, m.key, m.name, m.role, m.role_group) for m in seen.snapshot.members)
    return Table("members", columns, tuple(lines))
