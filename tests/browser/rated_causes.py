"""Which cause: a team rates what it has tested, one by one, and places its dots."""

import re

from meeting import looked_over
from one_team import (
    Room,
)

CALLS = "Calls come into lessons all day"
WHYS = (
    "Assemblies run into the first lesson",
    "The hall is free at no other time",
    "Nobody has looked at the plan for years",
)
TESTED = (WHYS[0], WHYS[2], CALLS)
QUESTIONS = ("If this were gone", "What do we have to show", "How much is it in our hands")
RATED = (
    ("almost wholly", "strong and recent", "fully ours"),
    ("a little", "Don’t know yet", "much"),
    ("not at all", "one sign", "a little"),
)


def which_cause(room: Room) -> None:
    _rates_one_by_one(room)
    _places_dots(room)


def _rates_one_by_one(room: Room) -> None:
    cyd = room.cyd
    for place, (words, answers) in enumerate(zip(TESTED, RATED, strict=True), 1):
        cyd.sees(re.compile(f"^{place} of 3$"))
        assert cyd.page.get_by_role("heading", name=words).is_visible()
        for question, answer in zip(QUESTIONS, answers, strict=True):
            cyd.page.get_by_role("group", name=question).get_by_role("radio", name=answer).check()
        if place == 1:
            assert looked_over(cyd) == []
        cyd.press("Look over" if place == len(TESTED) else f"Next: {TESTED[place]}")
    cyd.sees("Your answers")
    cyd.sees("a little · Don’t know yet · much")
    cyd.submit()
    room.others_answer(cyd)
    room.goes_on("Reveal", re.compile(r"scores? highest"))
    assert looked_over(room.board) == []
    room.goes_on("Next: Five dots", "Which would you work on?")


def _places_dots(room: Room) -> None:
    """Three are few: their dots stay anonymous only if each of them says that they may be guessed."""
    ana = room.ana
    for _ in range(3):
        ana.press(f"More {TESTED[0]}")
    ana.press("Submit my answer")
    ana.sees("You have 2 dots left to place.")
    for _ in range(2):
        ana.press(f"More {TESTED[2]}")
    ana.submit()
    room.others_answer(ana)
    few = "Your team is small, so results need everyone’s answer and everyone’s tick."
    room.board.sees(f"{few} 2 of 3 have ticked.")
    assert room.board.page.get_by_role("button", name="Reveal", exact=True).is_disabled()
    ana.page.get_by_role("checkbox", name="I know my answer may be guessed").check()
    room.goes_on("Reveal", "Do dots and ratings agree?")
    assert looked_over(ana) == []
    room.goes_on("Next: The cause", "Write the cause, not the cure")
