"""What is said before the workbook: home, joining, setting up."""

SENTENCES: dict[str, str | tuple[str, str]] = {}
