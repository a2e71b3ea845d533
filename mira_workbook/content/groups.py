"""From five large choices to the fourteen role groups that are kept."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from mira_workbook.content.lists import SHARED
from mira_workbook.text import fold

CHOICES: Mapping[str, str] = MappingProxyType(
    {"lead": "administrator", "teach": "teacher_35", "support": "student_support", "family": "family", "other": "other"}
)
"""What a person picks to the group it means when the words of the role say nothing nearer."""
_WORDS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "teach": (
            (r"special ed|\bsped\b|inclusion|resource", "special_education"),
            (r"\b(art|arts|music|pe|physical education|library|librarian|media)\b", "related_arts"),
            (r"\b(k|kindergarten|pre ?k|1st|2nd|first|second|grades? [k12])\b", "teacher_k2"),
            (
                r"\b(middle|high|secondary|algebra|chemistry|physics|[6-9]th|1[0-2]th|grades? ([6-9]|1[0-2]))\b",
                "teacher_secondary",
            ),
        ),
        "support": (
            (r"\bcoach|interventionist|specialist", "coach"),
            (r"assistant|\baide\b|para", "assistant"),
        ),
        "family": ((r"student|pupil", "student"),),
    }
)


def role_group(choice: str, role: str, fourteen: str = "") -> str:
    """The role group to keep.

    Args:
        choice: one of the five.
        role: what the person says they do, in their words.
        fourteen: a group picked from the long list, after “other”.
    """
    if choice == "other" and any(option.id == fourteen for option in SHARED["role_group"]):
        return fourteen
    words = fold(role)
    nearer = (group for pattern, group in _WORDS.get(choice, ()) if re.search(pattern, words))
    return next(nearer, CHOICES.get(choice, "other"))
