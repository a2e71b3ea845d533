"""The wrong door: a board that was opened without its key says where the right one is."""

from typing import Literal

from mira_workbook.boards.parts import CENTRE, EMPTY, button
from mira_workbook.catalogue import say
from mira_workbook.widgets.controls import Doc


def door(pages: str, why: str = "", role: Literal["facilitator", "coach"] = "facilitator") -> Doc:
    """The card that stands in a board's place.

    Args:
        pages: address of the start page, "" where pages have none.
        why: what else is in the way.
        role: whose page it is.
    """
    looking = {"kind": "text", "text": say("wrong_looking")}
    code = [button("start", say("wrong_code"), main=True, href=pages)] if pages else []
    centre = {**CENTRE, "title": say(f"wrong_title_{role}"), "do": say(f"wrong_{role}"), "hint": why}
    return {**EMPTY, "key": "door", "centre": {**centre, "blocks": [looking] if pages else [], "buttons": code}}
