"""Where a priority came from: whose ideas are in the list and in the sentence, counted without names."""

from dataclasses import dataclass

from mira_workbook.records import Snapshot
from mira_workbook.rules.reading import split, standing, team_rows


@dataclass(frozen=True, slots=True)
class Lineage:
    """Counts of an idea's way.

    Attributes:
        proposals: how many ideas were brought in.
        candidates: how many stand in the merged list.
        people: how many people brought an idea.
        in_list: how many of them have an idea in the list.
        in_chosen: how many of them have an idea in the chosen candidate.
        mine: member key to that person's own wordings in the chosen candidate; only for that person's own page.
    """

    proposals: int
    candidates: int
    people: int
    in_list: int
    in_chosen: int
    mine: dict[str, tuple[str, ...]]


def lineage(snapshot: Snapshot, proposals: str, merged: str, chosen: str) -> Lineage:
    """Follow each proposal into the candidate that took it up, and into the chosen one.

    Args:
        snapshot: answers with their authors.
        proposals: individual table column with the wording, `candidates.proposals.label`.
        merged: team table column naming a candidate's sources, `candidates.candidates.merged_from`.
        chosen: team field naming the chosen candidate, `statement.candidate_id`.
    """
    step, field, label = split(proposals)
    owner: dict[str, str] = {}
    wording: dict[str, str] = {}
    for response in standing(snapshot, step, field):
        for row in response.value or ():
            owner[row["row_id"]] = response.author
            wording[row["row_id"]] = str(row["cells"].get(label, ""))
    m_step, m_field, m_column = split(merged)
    rows = team_rows(snapshot, f"{m_step}.{m_field}")
    c_step, c_field, _ = split(chosen)
    pick = snapshot.team_answer(c_step, c_field)
    in_list = {s for row in rows for s in row["cells"].get(m_column) or () if s in owner}
    in_chosen = {s for row in rows if row["row_id"] == pick for s in row["cells"].get(m_column) or () if s in owner}
    mine: dict[str, tuple[str, ...]] = {}
    for source in sorted(in_chosen):
        mine[owner[source]] = (*mine.get(owner[source], ()), wording[source])
    return Lineage(len(owner), len(rows), len(set(owner.values())), len({owner[s] for s in in_list}), len(mine), mine)
