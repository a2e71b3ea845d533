"""How much of what was asked has been answered: M01 and M36."""


def answered(n: int, expected: int) -> float | None:
    """Give the share of expected people or pairs who have answered (M01).

    Formula: n / N.
    Least n: 0; `None` when nobody is expected.
    Units: a share, 0 to 1.
    Raises: `ValueError` when a number is below 0 or more have answered than are expected.
    """
    return _share(n, expected)


def completion(given: int, required: int) -> float | None:
    """Give the share of required fields with a good answer, of a person, a step or a workbook (M36).

    Formula: required fields answered / required fields.
    Least n: 0; `None` when nothing is required.
    Units: a share, 0 to 1.
    Raises: `ValueError` when a number is below 0 or more are answered than are required.
    """
    return _share(given, required)


def _share(part: int, whole: int) -> float | None:
    if not 0 <= part <= whole:
        raise ValueError(f"A part must lie between 0 and its whole. Got {part} of {whole}.")
    return part / whole if whole else None
