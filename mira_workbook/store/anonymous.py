"""Under which name an answer is kept: the person's key, or a hash of it while an anonymous step is open."""

import secrets
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from mira_workbook.content.definition import Workbook
from mira_workbook.store import schema as t
from mira_workbook.store.codes import anonymous_author
from mira_workbook.store.rows import insert_new

Secrets = Mapping[tuple[str, int], str]
"""(step, round) to the secret of its hashes."""


def is_anonymous(workbook: Workbook, step_key: str, field_key: str) -> bool:
    """Whether a field of the pinned definition is answered without a name."""
    step = workbook.step(step_key)
    return step.attribution_of(step.field(field_key)) == "anonymous"


def find_secrets(connection: Connection, session_id: int) -> dict[tuple[str, int], str]:
    """The secrets of a session's anonymous steps that are not sealed yet."""
    rows = connection.execute(select(t.anon_secrets).where(t.anon_secrets.c.session_id == session_id))
    return {(row.step, row.round): row.secret for row in rows}


def secret_for(connection: Connection, session_id: int, step: str, round_: int) -> str:
    """The secret of a step and round, drawn when first asked for."""
    row = {"session_id": session_id, "step": step, "round": round_, "secret": secrets.token_hex(32)}
    insert_new(connection, t.anon_secrets, row)
    return find_secrets(connection, session_id)[step, round_]


def arrived(
    answers: Iterable[tuple[str, str, int]], keys: Iterable[str], known: Secrets
) -> frozenset[tuple[str, str, int]]:
    """Turn (author, step, round) of anonymous answers or drafts into (member key, step, round)."""
    wanted = set(answers)
    names = {(anonymous_author(secret, key), *where): key for where, secret in known.items() for key in keys}
    return frozenset((names[one], *one[1:]) for one in wanted if one in names)
