"""Names for anonymous answers: a hash of the person's key, by a secret that lives until the step is sealed."""

import secrets
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, select

from mira_workbook.content.definition import Workbook
from mira_workbook.errors import StepLocked
from mira_workbook.store import schema as t
from mira_workbook.store.codes import anonymous_author
from mira_workbook.store.rows import insert_new

Secrets = Mapping[tuple[str, int], str]
"""(step, round) to the secret of its hashes."""
Where = tuple[str, str, int]
"""(author, step, round)."""


_SECRETS = select(t.anon_secrets).where(t.anon_secrets.c.session_id == bindparam("session"))


def is_anonymous(workbook: Workbook, step_key: str, field_key: str) -> bool:
    """Whether a field of the pinned definition is answered without a name."""
    step = workbook.step(step_key)
    return step.attribution_of(step.field(field_key)) == "anonymous"


def find_secrets(connection: Connection, session_id: int) -> dict[tuple[str, int], str]:
    """The secrets of a session's anonymous steps that are not sealed yet."""
    rows = connection.execute(_SECRETS, {"session": session_id})
    return {(row.step, row.round): row.secret for row in rows}


def secret_for(connection: Connection, session_id: int, step: str, round_: int) -> str:
    """The secret of a step and round, drawn when first asked for.

    Raises:
        StepLocked: the step is sealed; a new secret would tie late text to its author again.
    """
    if is_sealed(connection, session_id, step, round_):
        raise StepLocked("The answers of this step are kept without names now, so no more can be added.")
    row = {"session_id": session_id, "step": step, "round": round_, "secret": secrets.token_hex(32)}
    insert_new(connection, t.anon_secrets, row)
    return find_secrets(connection, session_id)[step, round_]


def is_sealed(connection: Connection, session_id: int, step: str, round_: int) -> bool:
    """Whether the step's authors are cut off for good; the act that did it tells."""
    a = t.acts.c
    done = (a.session_id == session_id, a.kind == "seal", a.step == step, a.round == round_)
    return connection.execute(select(a.seq).where(*done).limit(1)).first() is not None


def by_member(answers: Iterable[Where], keys: Iterable[str], known: Secrets) -> dict[Where, str]:
    """Find the member keys behind hashed authors: only to say who is in or still writes, never what."""
    names = {(anonymous_author(secret, key), *where): key for where, secret in known.items() for key in keys}
    return {one: names[one] for one in answers if one in names}
