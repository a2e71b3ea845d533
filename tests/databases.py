"""New databases for tests, on the server that the tests start."""

import contextlib
from collections.abc import Iterator
from uuid import uuid4


@contextlib.contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """A new database on a running server."""
    import psycopg  # noqa: PLC0415 - only where there is a server

    name = f"mira_{uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server}/{name}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
