"""Second looks at free text: each finds a wording worth a thought. None of them ever blocks."""

import re
from collections.abc import Sequence
from itertools import pairwise

_SOLUTION = re.compile(
    r"\b(?:buy(?:s|ing)?|bought|purchas(?:e|es|ing)|hir(?:e|es|ing)|implement(?:s|ing|ation)?|program(?:me)?s?"
    r"|adopt(?:s|ing)?|subscri(?:be|bes|bing|ption)|install(?:s|ing)?|software)\b",
    re.IGNORECASE,
)
_LACK = re.compile(
    r"\b(?:lack(?:s|ing)?(?: of)?|absence of|(?:do|does) not have|don[’']t have|there is no)\b", re.IGNORECASE
)
_BLAME = re.compile(
    r"\b(?:lazy|won't|refus(?:e|es|ed|ing|al)|stubborn|incompetent|unwilling|unmotivated"
    r"|(?:don't|doesn't|didn't) (?:care|bother|want to)|never bothers?)\b",
    re.IGNORECASE,
)
_JOINER = re.compile(r"\s+(?:and|&)\s+|\s*;\s*", re.IGNORECASE)
_LEAD = re.compile(r"^(?:(?:to|we|i|will|can|should|must|let's|please)\s+)+", re.IGNORECASE)
_STUDENT = re.compile(
    r"\S@[^\s@]+\.\w{2}"  # an e-mail address
    r"|\d{6}"  # a number long enough to be somebody's
    r"|(?<!\d)\(?\d{3}\)?[ .-]?\d{3}[ .-]\d{4}(?!\d)"  # a telephone number, with area code
    r"|(?<![\d.-])\d{3}-\d{4}(?![\d-])"  # the same, without
    r"|\+\d[\d ().-]{7,}\d"  # the same, from abroad
    r"|\bstudent(?:['’]s)?\s+names?\s*[:=]"
    r"|\bnames?\s+of\s+(?:the\s+)?students?\s*[:=]",
    re.IGNORECASE,
)
_LONG = 60
"""Characters from which a joined aim is worth a second look whatever its words."""
_SHORTEST_NAME = 3

_VERBS = frozenset(
    """add address align allow assess attend balance begin boost bring build calm change check clarify close coach
    collaborate communicate connect cover create cut decrease deepen define deliver design develop end engage ensure
    establish expand explain find finish fix focus free get give grow guide have help hold improve include increase
    involve keep know launch lead learn let listen lower maintain make measure meet mentor move offer open organize
    plan prepare prevent prioritize protect provide put raise reach reduce release remove reset review save schedule
    secure see set share shift shorten simplify speak speed spend stabilize start stop strengthen streamline support
    sustain take talk teach track train turn understand update use visit work""".split()  # noqa: SIM905 - reads as a list
)
_NAMES_THAT_ARE_WORDS = frozenset(
    "Art Bill Chase Christian Dean Drew Faith Grace Grant Hope Joy Mark May Mercy Miles Pat Reed Rich Rob Rose Will".split()  # noqa: E501, SIM905
)


def looks_like_solution(text: str) -> bool:
    """Whether a text names something to buy, hire or implement where a problem is asked for (message W01)."""
    return bool(_SOLUTION.search(text))


def misses_solution(text: str) -> bool:
    """Whether a text makes the cause of what is missing: “lack of a reading program” (message W01)."""
    return bool(_LACK.search(text))


def blames(text: str, names: Sequence[str]) -> bool:
    """Whether a text makes a person or a group the problem (message W02).

    Args:
        text: what was written.
        names: full names of the members; a first or last name alone counts where it is written with a capital.
    """
    plain = text.replace("’", "'")
    return bool(_BLAME.search(plain)) or any(_names(plain, name.replace("’", "'")) for name in names)


def _names(text: str, name: str) -> bool:
    words = [word for word in name.split() if len(word) >= _SHORTEST_NAME]
    if len(words) > 1 and " ".join(words).casefold() in text.casefold():
        return True
    return any(_names_alone(text, word) for word in words if word[:1].isupper())


def _names_alone(text: str, word: str) -> bool:
    """A name that is also a word counts only inside a sentence, where a capital makes it a name."""
    found = re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    if word not in _NAMES_THAT_ARE_WORDS:
        return any(found)
    return any(not re.search(r"(?:^|[.:;?!…\n])\s*$", text[: hit.start()]) for hit in found)


def joins_two_aims(text: str) -> bool:
    """Whether a text may hold two aims: joined by “and”, “&” or “;”, and both sides start like a deed or it is long."""
    sides = [side.strip() for side in _JOINER.split(text) if side.strip()]
    if len(sides) < 2:  # noqa: PLR2004 - two sides make a join
        return False
    return len(text) > _LONG or any(_is_deed(a) and _is_deed(b) for a, b in pairwise(sides))


def _is_deed(side: str) -> bool:
    """A side that starts with a verb and goes on: “raise attendance”, not “read”."""
    words = _LEAD.sub("", side.casefold()).split()
    return len(words) > 1 and (words[0].endswith(("ize", "ify")) or bool(_stems(words[0]) & _VERBS))


def _stems(word: str) -> set[str]:
    """What a word may be a form of: “keeping” of “keep”, “raising” of “raise”, “getting” of “get”."""
    stem = word.removesuffix("ing")
    return {word, stem, stem + "e"} | ({stem[:-1]} if stem[-1:] == stem[-2:-1] else set())


def points_to_student(text: str) -> bool:
    """Whether a text holds what could point to a student: address, telephone, number of six or more digits, a name."""
    return bool(_STUDENT.search(text))
