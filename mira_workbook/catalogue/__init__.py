"""The one catalogue of what screens and messages say: whole sentences with named slots.

An entry is a sentence, or a pair (for one, for any other number) chosen by the slot `n`.
Each room's sentences stand in a file of their own and meet here.
"""

from mira_workbook.catalogue import (
    answers,
    boards,
    carry,
    causes,
    charts,
    charts_causes,
    charts_resources,
    client,
    coach,
    doors,
    exports,
    page,
    rehearsal,
    reports,
    resources,
    rows,
    sight,
    stage,
)

SENTENCES: dict[str, str | tuple[str, str]] = {
    **answers.SENTENCES,
    **stage.SENTENCES,
    **doors.SENTENCES,
    **page.SENTENCES,
    **boards.SENTENCES,
    **client.SENTENCES,
    **coach.SENTENCES,
    **charts.SENTENCES,
    **charts_causes.SENTENCES,
    **charts_resources.SENTENCES,
    **exports.SENTENCES,
    **carry.SENTENCES,
    **causes.SENTENCES,
    **rehearsal.SENTENCES,
    **reports.SENTENCES,
    **rows.SENTENCES,
    **sight.SENTENCES,
    **resources.SENTENCES,
}


def say(key: str, **slots: object) -> str:
    """Fill a sentence of the catalogue.

    Args:
        key: the sentence's name.
        **slots: what its braces hold; `n` also chooses between the pair's forms.

    Raises:
        KeyError: no such sentence, or a slot is missing; a fault of the program.
    """
    sentence = SENTENCES[key]
    if isinstance(sentence, tuple):
        sentence = sentence[0 if slots.get("n") == 1 else 1]
    return sentence.format(**slots)
