"""One session's definition: the pinned one, made more private by its acts; and what such an act changes and forbids."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select, update

from mira_workbook.content.definition import Step, Workbook
from mira_workbook.content.privacy import Change, change_of, cut_off, handed_on, loosened, more_private
from mira_workbook.errors import StepLocked
from mira_workbook.records import Act, Session
from mira_workbook.store import schema as t
from mira_workbook.store.anonymous import secret_for
from mira_workbook.store.codes import anonymous_author
from mira_workbook.store.door import ACTS, find_acts, find_meeting, find_workbook

KIND = "private"


def effective(workbook: Workbook, acts: Iterable[Act]) -> Workbook:
    """The definition as these acts leave it. An undo takes none of them back: what was promised stays promised."""
    return more_private(workbook, _changes(acts))


def _changes(acts: Iterable[Act]) -> tuple[Change, ...]:
    told = (change_of(act.step, act.payload) for act in acts if act.kind == KIND)
    return tuple(change for change in told if change is not None)


def find_effective(connection: Connection, session_id: int, definition_hash: str) -> Workbook:
    """Read a session's own definition."""
    query = ACTS.where(t.acts.c.session_id == session_id, t.acts.c.kind == KIND).order_by(t.acts.c.seq)
    acts = (Act(*row) for row in connection.execute(query))
    return effective(find_workbook(connection, definition_hash), acts)


def tighten(connection: Connection, session: Session, act: Act) -> None:
    """Judge an act that was just written once more, and cut answers off from their authors where they become anonymous.

    Raises:
        StepLocked: the workbook has no such step, or the act would tell more people than was promised.
    """
    pinned = find_workbook(connection, find_meeting(connection, session.meeting_id).definition_hash)
    acts = [one for one in find_acts(connection, session.id) if one.seq <= act.seq]
    try:
        before = effective(pinned, (one for one in acts if one.seq < act.seq)).step(act.step)
    except KeyError as error:
        raise StepLocked(f"This workbook has no step called {act.step}. Reload the page.") from error
    if change_of(act.step, act.payload) is None:
        raise StepLocked("Choose how the answers of this step are signed.")
    after = effective(pinned, acts).step(act.step)
    _promised(connection, session, before, after)
    _still_secret(pinned, acts, before, after)
    _cut(connection, session, before, after)


def _promised(connection: Connection, session: Session, before: Step, after: Step) -> None:
    """Answers keep what was promised when they were given.

    Raises:
        StepLocked: there are answers, sent or not, and they would be less private.
    """
    if not loosened(before, after):
        return
    fields = [asked.key for asked in before.asks("individual")]
    for table in (t.responses, t.drafts):
        c = table.c
        here = (c.session_id == session.id, c.step == before.key, c.field.in_(fields))
        if connection.execute(select(c.step).where(*here).limit(1)).first():
            raise StepLocked("There are answers already, so this step can only become more private.")


def _still_secret(pinned: Workbook, acts: Sequence[Act], before: Step, after: Step) -> None:
    """What was handed on with names cannot be taken back.

    Raises:
        StepLocked: somebody has these answers with the names of who wrote them.
    """
    fields = [
        f.key for f in before.asks("individual") if before.attribution_of(f) != after.attribution_of(after.field(f.key))
    ]
    lists = handed_on(pinned, before.key, fields)
    if any(lists & set(act.payload.get("own_lists", ())) for act in acts):
        raise StepLocked("These answers have been handed on with names already, so this step stays as it is.")


def _cut(connection: Connection, session: Session, before: Step, after: Step) -> None:
    """Put hashes in place of the authors of fields that have become anonymous, in every version and draft.

    Raises:
        StepLocked: other answers of the step are sealed, so that no hash can be made any more.
    """
    fields = cut_off(before, after)
    team = select(t.members.c.key).where(t.members.c.team_id == session.team_id)
    keys = connection.execute(team).scalars().all() if fields else ()
    for table, blank in ((t.responses, {"entered_by": ""}), (t.drafts, {"seat_id": None})):
        c = table.c
        here = (c.session_id == session.id, c.step == before.key, c.field.in_(fields), c.author.in_(keys))
        for author, round_ in connection.execute(select(c.author, c.round).where(*here).distinct()).all():
            secret = secret_for(connection, session.id, before.key, round_)
            theirs = (*here, c.author == author, c.round == round_)
            hidden = {"author": anonymous_author(secret, author), **blank}
            connection.execute(update(table).where(*theirs).values(hidden))
