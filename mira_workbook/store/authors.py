"""For whom an entry is: derived from the seat, never believed."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from mira_workbook.catalogue import say
from mira_workbook.errors import RightError
from mira_workbook.judging import Ledger
from mira_workbook.records import AuthorKind, Entry, Seat
from mira_workbook.store import schema as t
from mira_workbook.store.anonymous import find_secrets, is_anonymous, secret_for
from mira_workbook.store.codes import anonymous_author
from mira_workbook.store.scribes import enters_for

TEAM, FACILITATOR = "TEAM", "FACIL"
SHARED: frozenset[AuthorKind] = frozenset({"pair", "team", "facilitator"})
"""Author kinds whose records several people write: these merge, while one person's answers follow each other."""


@dataclass(frozen=True, slots=True)
class Author:
    """For whom a field is kept, and who typed it ("" where that is the same, and always in anonymous steps)."""

    kind: AuthorKind
    name: str
    entered_by: str = ""


def named(entry: Entry, seat: Seat) -> Author:
    """Say for whom an entry is, by name.

    Raises:
        RightError: the seat has no person to save for.
    """
    typed_by = seat.member_key or FACILITATOR
    if entry.author_kind == "team":
        return Author("team", TEAM, typed_by)
    if entry.author_kind == "facilitator":
        return Author("facilitator", FACILITATOR, typed_by)
    if entry.author_kind == "pair":
        return Author("pair", entry.author, typed_by)
    if entry.author_kind == "member" and not entry.entered_by and seat.member_key:
        return Author("member", seat.member_key)
    if entry.author_kind == "member" and entry.entered_by and seat.role in {"member", "facilitator"}:
        return Author("member", entry.author, typed_by)
    raise RightError("Only the person whose answer this is can save it, or the facilitator for somebody.")


def check_author(connection: Connection, ledger: Ledger, seat: Seat, entry: Entry) -> None:
    """Refuse a pair's record from outside the pair, and answers for somebody not on the roster or not asked for.

    Raises:
        RightError: one of these.
    """
    if entry.author_kind == "pair" and not in_pair(connection, seat, entry.author):
        raise RightError("Only this pair can save here.")
    if entry.author_kind == "member" and all(named(entry, seat).name != m.key for m in ledger.members):
        raise RightError(say("E16", team=ledger.team.name))
    if entry.author_kind == "member" and seat.role == "member" and named(entry, seat).name != seat.member_key:
        _check_scribe(ledger, seat, entry)


def _check_scribe(ledger: Ledger, seat: Seat, entry: Entry) -> None:
    """Refuse answers for somebody else from a member whom nobody asked to enter them.

    Raises:
        RightError: this member does not enter answers for that one.
    """
    if not enters_for(ledger.acts, seat, entry.author):
        raise RightError("Only the person whose answer this is can save it, or the facilitator for somebody.")


def in_pair(connection: Connection, seat: Seat, author: str, *, ever: bool = False) -> bool:
    """Whether a seat's person is in the pair PAIR1, PAIR2 … or `ever` was; a facilitator counts as in every pair."""
    number = author.removeprefix("PAIR")
    if not number.isdecimal():
        return False
    p = t.pairs.c
    pair = [p.session_id == seat.session_id, p.n == int(number)]
    if not ever:
        pair.append(p.left_at.is_(None))
    if seat.role != "facilitator":
        pair.append(p.member_id == seat.member_id)
    return connection.execute(select(p.n).where(*pair)).first() is not None


def kept_under(connection: Connection, ledger: Ledger, entry: Entry, field: str, author: Author) -> Author:
    """Under which name a field is kept: a hash where it is anonymous.

    Raises:
        StepLocked: the anonymous answers are sealed already.
    """
    if author.kind != "member" or not is_anonymous(ledger.workbook, entry.step, field):
        return author
    secret = secret_for(connection, ledger.session.id, entry.step, entry.round)
    return Author("member", anonymous_author(secret, author.name))


def names_of(connection: Connection, session_id: int, entry: Entry, seat: Seat) -> set[str]:
    """All names under which fields of this entry may be kept: the author's, and its hash."""
    name = named(entry, seat).name
    secret = find_secrets(connection, session_id).get((entry.step, entry.round))
    return {name, anonymous_author(secret, name)} if secret else {name}
