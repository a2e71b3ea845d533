"""Columns as spreadsheets call them."""


def letters(place: int) -> str:
    """A column as Excel calls it: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
