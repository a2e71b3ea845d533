"""In which currency a session speaks of money."""

from mira_workbook.records import Snapshot

DOLLARS = "USD"


def currency(snapshot: Snapshot) -> str:
    """The code of the currency: what this session's set-up field `currency` says, else the team's, else USD."""
    for step in snapshot.workbook.steps:
        if any(asked.setup and asked.key == "currency" for asked in step.fields):
            given = snapshot.team_answer(step.key, "currency")
            if given:
                return str(given).upper()
    return str(snapshot.team.facts.get("currency") or DOLLARS).upper()
