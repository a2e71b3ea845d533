"""Days and moments, which stand in tables as ISO text, as formats with types of their own take them."""

from datetime import UTC, datetime

from mira_workbook.exports.table import Cell


def moment(cell: Cell) -> datetime | None:
    """Read an ISO day or moment as one in UTC; None for what is none."""
    if not isinstance(cell, str):
        return None
    try:
        at = datetime.fromisoformat(cell)
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
