"""What axe-core finds on a page: one place for every browser test."""

from pathlib import Path
from typing import Any

from lacking import leave_out
from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
SCRIPTS = [
    ROOT / "mira_workbook" / part / "node_modules" / "axe-core" / "axe.min.js"
    for part in ("widgets/js", "serve/client")
]
SERIOUS = frozenset({"serious", "critical"})


def violations(page: Page, impacts: frozenset[str] = SERIOUS) -> list[str]:
    """Every place on the page that breaks a rule, with the rule and what would mend it.

    Args:
        page: as it is now.
        impacts: which rules count; none given counts all.
    """
    script = next((path for path in SCRIPTS if path.is_file()), None)
    if script is None:
        leave_out("axe-core", "npm ci in mira_workbook/widgets/js")
    page.evaluate(script.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then((result) => result.violations)"
    )
    return [
        f"{rule['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for rule in found
        if not impacts or rule["impact"] in impacts
        for node in rule["nodes"]
    ]
