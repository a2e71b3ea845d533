"""The blocks of the one-page hand-out: what a team agreed on, in the team's own words.

Each is a registered function of a session as its reader may see it; a workbook's `handout` names them in order.
A block without anything to say gives None. Nothing here names who worried, or whose idea it was.
"""

from collections.abc import Callable, Mapping
from typing import Any

from mira_workbook.content.answers.base import Strict
from mira_workbook.content.block_args import BLOCKS as ARGUMENTS
from mira_workbook.exports.block import Block
from mira_workbook.exports.blocks_answers import answers
from mira_workbook.exports.blocks_causes import cause, verdicts
from mira_workbook.exports.blocks_priority import (
    contributions,
    done_test,
    figure,
    lineage,
    releases,
    rings,
    sentence,
    worries,
)
from mira_workbook.exports.blocks_resources import decisions, ledger
from mira_workbook.exports.notes import from_coach
from mira_workbook.exports.sighted import Sighted, sighted
from mira_workbook.records import Snapshot
from mira_workbook.rules.sight import Viewer

BLOCKS: Mapping[str, Callable[[Sighted, Any], Block | None]] = {
    "sentence": sentence,
    "done_test": done_test,
    "figure": figure,
    "worries": worries,
    "contributions": contributions,
    "releases": releases,
    "rings": rings,
    "lineage": lineage,
    "cause": cause,
    "verdicts": verdicts,
    "answers": answers,
    "decisions": decisions,
    "ledger": ledger,
}
"""Name of a block to its function; the models of its arguments stand under the same name with the content."""


def blocks(seen: Sighted) -> list[Block]:
    """The blocks of a session's hand-out that have something to say, in the workbook's order; a coach's words last."""
    made = []
    for use in seen.snapshot.workbook.handout:
        arguments: Strict = ARGUMENTS[use.use].model_validate(use.arguments)
        made.append(BLOCKS[use.use](seen, arguments))
    return [block for block in (*made, from_coach(seen)) if block]


def stands(snapshot: Snapshot, viewer: Viewer) -> str:
    """What a session has found, in the team's own sentence; "" until that stands."""
    return next((block.text for block in blocks(sighted(snapshot, viewer)) if block.kind == "sentence"), "")
