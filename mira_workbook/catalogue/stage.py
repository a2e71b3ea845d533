"""What is said when the stage moves or does not."""

SENTENCES: dict[str, str | tuple[str, str]] = {}
