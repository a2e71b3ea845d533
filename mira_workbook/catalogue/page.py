"""What is said on a workbook's page."""

SENTENCES: dict[str, str | tuple[str, str]] = {}
