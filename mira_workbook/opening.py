"""Opening the store with the rules that work inside its transactions.

The store and the rules do not know each other. A guard and a judge come with each call; what a workbook hands on to
those after it does not, so the store is given that rule once, here, and no call can do without it.
"""

from mira_workbook.records import Clock
from mira_workbook.rules.carry import carried
from mira_workbook.store import Store, now_in_utc
from mira_workbook.store.engine import PATIENCE


def open_store(url: str | None = None, clock: Clock = now_in_utc, *, patience: float = PATIENCE) -> Store:
    """Open the store: how every part of the program comes by one.

    Args:
        url: `sqlite:///file` or `postgresql://…`; from the settings if not given.
        clock: gives the time, aware; what is written bears it.
        patience: seconds a call waits for other writers.
    """
    return Store(url, clock, patience=patience, hands_on=carried)
