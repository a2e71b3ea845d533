"""What tests share: a tiny workbook, and a store on both databases."""

import csv
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import fresh_database
from lacking import leave_out
from tiny import TINY, Ticking, people

from mira_workbook.content.definition import Workbook
from mira_workbook.opening import open_store
from mira_workbook.store import NewTeam, Opened, Store
from mira_workbook.store.schema import metadata


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with whole meetings and then what sits at a browser: they mostly wait, and nothing should wait for them."""
    items.sort(key=lambda item: not item.get_closest_marker("long") and 1 + (not item.get_closest_marker("browser")))


@pytest.fixture(scope="session", autouse=True)
def home_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep every test away from the store of this checkout; tests may still name a home of their own."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("home")
        patch.setenv("MIRA_HOME", str(folder))
        patch.delenv("MIRA_DATABASE_URL", raising=False)
        yield folder


@pytest.fixture(autouse=True)
def a_readers_own_limit() -> None:
    """Let no test read CSV with the limit that a library of another test has lifted for the whole process."""
    csv.field_size_limit(131_072)


@pytest.fixture
def tiny_workbook() -> Workbook:
    return Workbook.model_validate(TINY)


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def opened(store: Store, tiny_workbook: Workbook) -> Opened:
    """A meeting of two teams: five at Tupelo, two at Cedar."""
    tupelo = NewTeam("Tupelo Branch", members=people("Lena Marsh", "Tom Ash", "Ana Fern", "Ben Oak", "Eva Reed"))
    return store.open_meeting(tiny_workbook, [tupelo, NewTeam("Cedar", members=people("Ida Hill", "Jon Vale"))])


BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, of both kinds in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'mira.sqlite'}"
        return
    with fresh_database(request.getfixturevalue("postgresql_server")) as url:
        yield url


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with empty tables, of both kinds in turn."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "mira.sqlite")
        return f"sqlite:///{tmp_path / 'mira.sqlite'}"
    url: str = request.getfixturevalue("postgresql_database")
    made = Store(url)
    with made._db.write() as connection:
        names = ", ".join(table.name for table in metadata.sorted_tables)
        connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY")
    made.close()
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with empty tables, to be copied."""
    path = tmp_path_factory.mktemp("template") / "mira.sqlite"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_database(postgresql_server: str) -> Iterator[str]:
    """One database with tables, emptied for each test that asks for it."""
    with fresh_database(postgresql_server) as url:
        migrated(url)
        yield url


def migrated(url: str) -> None:
    made = Store(url)
    made.migrate()
    made.close()


@pytest.fixture
def store(database_url: str, clock: Ticking) -> Iterator[Store]:
    """A store with empty tables, on both databases in turn."""
    made = open_store(database_url, clock)
    yield made
    made.close()


@pytest.fixture
def sqlite_store(sqlite_template: Path, tmp_path: Path, clock: Ticking) -> Iterator[Store]:
    """A store with empty tables on a SQLite file."""
    shutil.copy(sqlite_template, tmp_path / "mira.sqlite")
    made = open_store(f"sqlite:///{tmp_path / 'mira.sqlite'}", clock)
    yield made
    made.close()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL server of the tests' own, on a free port of this machine, gone afterwards."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        leave_out("PostgreSQL", "Debian: apt install postgresql")
    as_other = _as_other()
    if as_other is None:
        leave_out("An account called postgres", "Debian: apt install postgresql")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="mira-pg-") as folder:
        if as_other:
            account = pwd.getpwnam("postgres")
            os.chown(folder, account.pw_uid, account.pw_gid)
        yield from _serving([*as_other], programs[-1], Path(folder), port)


def _as_other() -> list[str] | None:
    """The words before a command that make it run as somebody else than root; none are needed if we are not root."""
    if os.geteuid() != 0:
        return []
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return None
    return ["runuser", "-u", "postgres", "--"]


def _serving(as_other: list[str], programs: Path, folder: Path, port: int) -> Iterator[str]:
    data = folder / "data"
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "mira", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run([*as_other, *initdb], check=True, capture_output=True, cwd=folder)
    ctl = [*as_other, str(programs / "pg_ctl"), "-D", str(data), "-w"]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off -c max_connections=60"
    subprocess.run(
        [*ctl, "-o", options, "-l", str(folder / "log"), "start"],
        check=True,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"postgresql://mira@127.0.0.1:{port}"
    finally:
        subprocess.run([*ctl, "-m", "fast", "stop"], check=True, capture_output=True, cwd=folder)
