"""The column beside a board: what to say, what to watch for, a card, pinned lines, one's own notes."""

from mira_workbook.boards.parts import quiet
from mira_workbook.boards.watched import Watched
from mira_workbook.catalogue import say
from mira_workbook.content.cards import cards
from mira_workbook.widgets.controls import Doc


def side(team: Watched, noted: str) -> Doc:
    """The column of one team."""
    step = team.step
    doc: Doc = {"say": "", "watch": "", "ask": "", "cards": [], "pins": pins(team)}
    doc["notes"] = {"value": noted, "saved": "", "label": say("notes_yours")}
    if step is None:
        return doc
    doc["say"] = step.do if team.is_collecting else step.together or step.do
    doc["watch"] = step.note
    doc["ask"] = "" if team.is_collecting else step.ask
    known = cards()
    doc["cards"] = [
        {"title": "", "text": known[key].text, "by": known[key].by} for key in step.cards[:1] if key in known
    ]
    return doc


def pins(team: Watched) -> list[Doc]:
    """Lines that were kept on the board's side."""
    off = say("unpin_words")
    return [
        {"id": entry, "text": text, "buttons": [quiet(f"unpin:{entry}", off)]}
        for entry, text in team.stage.pinned.items()
    ]
