"""The table of causes: what people rated, where they placed their dots, and where each cause ended up and why."""

from mira_workbook.content.output_args import CausesTable
from mira_workbook.exports.sighted import Sighted
from mira_workbook.exports.table import Cell, Column, Table
from mira_workbook.measures.causes import Part
from mira_workbook.rules.causes import PARTS, Verdict, because, verdicts

_SCALE = "0–3"
_ABOUT = {
    "removes": "Mean rating: if it were gone, would the main symptom shrink?",
    "evidence": "Mean rating: what there is to show for it.",
    "influence": "Mean rating: how much it is in the team's hands.",
}
COLUMNS = (
    Column("cause_id", "The cause's id."),
    Column("cause", "Its wording."),
    Column("category", "The bone it stands on."),
    *(Column(part, _ABOUT[part], "number", _SCALE) for part in PARTS),
    Column("score", "M15: 0 to 100 of the three means, by the workbook's weights.", "number"),
    *(Column(f"{part}_cns", f"M08 of the ratings of {part}: how far they are one view.", "number") for part in PARTS),
    Column("rated_n", "People who rated it, those who do not know yet included.", "number"),
    Column("dk", "How often “I don't know yet” was said, over the three ratings.", "number"),
    Column("dk_share", "The same of everything that was said.", "number"),
    Column("dots", "M05: dots placed on it.", "number"),
    Column("dots_share", "The same of all dots.", "number"),
    Column("verdict", "Where it ended: root, contributing, symptom or set_aside."),
    Column("reason", "What put it there, as a word."),
    Column("why", "What put it there, as a sentence."),
)


def causes(seen: Sighted, args: CausesTable) -> Table:
    """One row for each cause, also those that were not tested: the chosen one first, then by where they ended."""
    found = verdicts(seen.snapshot, args.rows, args.tests, args.dots, args.chosen)
    return Table("causes", COLUMNS, tuple(_line(one) for one in found))


def _line(one: Verdict) -> tuple[Cell, ...]:
    score = one.score
    parts = [getattr(score, part) if score else Part() for part in PARTS]
    return (
        one.id,
        one.cause,
        one.category,
        *(part.mean for part in parts),
        score.score if score else None,
        *(part.cns for part in parts),
        score.n if score else None,
        score.dk if score else None,
        score.dk_share if score else None,
        one.dots,
        one.dots_share,
        one.place,
        one.reason,
        because(one),
    )
