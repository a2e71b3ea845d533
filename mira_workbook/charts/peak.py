"""Where the peak of a picture is, said."""

from collections.abc import Sequence

from mira_workbook.catalogue import say
from mira_workbook.text import join_words


def peak_of(keys: tuple[str, str], counts: Sequence[tuple[str, int]]) -> str:
    """Say which name has most, or which have most together, of how many.

    Args:
        keys: the catalogue's sentences for one and for several, with the slots `names`, `count` and `all`.
        counts: name to count.
    """
    everything = sum(count for _, count in counts)
    if not everything:
        return say("chart_empty")
    most = max(count for _, count in counts)
    top = [name for name, count in counts if count == most]
    return say(keys[len(top) > 1], names=join_words(top), count=most, all=everything)
