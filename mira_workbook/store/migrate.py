"""The version of the tables: bringing a store up to date, and comparing."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from mira_workbook.errors import SchemaTooNew, SchemaTooOld
from mira_workbook.store.engine import MIGRATING, Database, take_turns
from mira_workbook.store.schema import VERSIONS

SCRIPTS = Path(__file__).resolve().parent / "migrations"


def migrate(database: Database) -> None:
    """Bring the tables to this version.

    All of it is one write transaction, so that of several processes one migrates and the others then find it done.

    Raises:
        SchemaTooNew: a later version of this program made the store.
    """
    with database.write() as connection:
        take_turns(connection, MIGRATING)
        found = version_of(connection)
        if found == VERSIONS[-1]:
            return
        _refuse_newer(found)
        _upgrade(connection)


def check(database: Database) -> None:
    """Compare the version, changing nothing.

    Raises:
        SchemaTooOld: the store has to be brought up to date first.
        SchemaTooNew: a later version of this program made the store.
    """
    with database.read() as connection:
        found = version_of(connection)
    _refuse_newer(found)
    if found != VERSIONS[-1]:
        raise SchemaTooOld(
            f"The store has version {found or 'none'}, this program needs {VERSIONS[-1]}. "
            "Start mira-workbook serve once; it brings the store up to date."
        )


def version_of(connection: Connection) -> str:
    """The version of the tables, "" where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _refuse_newer(found: str) -> None:
    if found and found not in VERSIONS:
        raise SchemaTooNew(
            f"The store has version {found}, which this program does not know. Update it: pip install -U mira-workbook"
        )


def _upgrade(connection: Connection) -> None:
    # Imported here: a member's page only compares versions.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
