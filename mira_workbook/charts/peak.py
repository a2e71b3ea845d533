"""Where the peak of a picture is, said."""

from collections.abc import Sequence

from mira_workbook.catalogue import say
from mira_workbook.text import join_words


def peak_of(key: str, counts: Sequence[tuple[str, int]]) -> str:
    """Say which name has most, or which have most together, of how many.

    Args:
        key: sentences `{key}_peak` and `{key}_tie` of the catalogue, with the slots `names`, `count` and `all`.
        counts: name to count.
    """
    everything = sum(count for _, count in counts)
    if not everything:
        return say("chart_empty")
    most = max(count for _, count in counts)
    top = [name for name, count in counts if count == most]
    return say(f"{key}_{'peak' if len(top) == 1 else 'tie'}", names=join_words(top), count=most, all=everything)
