"""A pasted list of people, read as a spreadsheet or a mail gives it."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from mira_workbook.content.groups import role_group
from mira_workbook.content.lists import SHARED
from mira_workbook.store import NewMember, NewTeam
from mira_workbook.text import clean, fold, parse_number

_MOST = 400
_LONGEST = 80
_HEADS = frozenset({"name", "names", "full name", "person"})
_ROLES = (
    (r"assistant principal|principal|director|head of school|superintendent|administrator", "lead"),
    (r"teach|grade|special ed", "teach"),
    (r"coach|interventionist|specialist|counsel|nurse|psycholog|social worker|assistant|aide|para", "support"),
    (r"parent|guardian|family|student", "family"),
)


def teams_from_text(pasted: str, team: str) -> list[NewTeam]:
    """Read people, one a line: name, what they do, role group, contract minutes a week; tabs or commas between.

    A line “# Other school” begins another team's list.

    Args:
        pasted: what was typed or pasted.
        team: name of the team that the first list belongs to.
    """
    teams: list[tuple[str, list[NewMember]]] = [(team, [])]
    for cells in _lines(pasted):
        if cells[0].startswith("#"):
            teams.append((cells[0].lstrip("# ")[:_LONGEST] or f"Team {len(teams) + 1}", []))
        elif fold(cells[0]) not in _HEADS:
            teams[-1][1].append(_person(cells))
    # A list that begins with a heading names all its teams by headings.
    kept = teams[1:] if len(teams) > 1 and not teams[0][1] and not team else teams
    return [NewTeam(name, members=tuple(people)) for name, people in kept]


def take_turns(people: Sequence[NewMember]) -> tuple[NewMember, ...]:
    """Let role groups take turns, so that neighbours come from different ones where that is possible.

    A list whose groups take turns already stays as it is; people of one group keep their order.
    """
    left, ordered = list(people), list[NewMember]()
    while left:
        last = ordered[-1].role_group if ordered else ""
        most, n = Counter(person.role_group for person in left).most_common(1)[0]
        # Who makes up more than half of the rest has to come now, or will stand side by side at the end.
        wanted = {most} if 2 * n > len(left) and most != last else {p.role_group for p in left} - {last}
        following = next((person for person in left if person.role_group in wanted), left[0])
        left.remove(following)
        ordered.append(following)
    return tuple(ordered)


def _lines(pasted: str) -> Iterator[list[str]]:
    for line in pasted.splitlines()[:_MOST]:
        try:
            cells = next(
                csv.reader(io.StringIO(line), delimiter="\t" if "\t" in line else ",", skipinitialspace=True), []
            )
        except csv.Error:
            cells = [line]
        tidy = [clean(cell)[:_LONGEST] for cell in cells]
        if tidy and tidy[0]:
            yield tidy


def _person(cells: list[str]) -> NewMember:
    role, group, minutes = (*cells[1:4], "", "", "")[:3]
    number = parse_number(minutes)
    return NewMember(cells[0], role, group_of(group, role), int(number) if number else None)


def group_of(said: str, role: str) -> str:
    """The role group that is meant by an id, a label, or else by the words of the role."""
    named = {fold(word): option.id for option in SHARED["role_group"] for word in (option.id, option.label)}
    if fold(said) in named:
        return named[fold(said)]
    words = fold(f"{said} {role}")
    choice = next((choice for pattern, choice in _ROLES if re.search(pattern, words)), "other")
    return role_group(choice, words)
