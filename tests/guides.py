"""One person's page as a kernel has it, over a store of its own, and what it asks of that store."""

from collections.abc import Iterator
from contextlib import contextmanager

from desks import Sitting
from sqlalchemy import event

from mira_workbook.notebook.doors import StoreDoors
from mira_workbook.notebook.guide import Guide
from mira_workbook.store import Store


@contextmanager
def guide_of(sitting: Sitting, slug: str) -> Iterator[Guide]:
    """The first person's page, in a process that has a store of its own."""
    store, doors = Store(sitting.store.url, sitting.clock), sitting.desks[0].doors
    assert isinstance(doors, StoreDoors)
    made = Guide(slug, store)
    made._seat(StoreDoors(store, doors.seat, doors.member, pages="/"))
    made._served = True
    made._looking._once()
    made._fill()
    yield made
    store.close()


def asked(store: Store) -> list[str]:
    """What is asked of the store and of what stands beside it, from now on."""
    statements: list[str] = []
    for database in (store._db, store._db.beside):
        event.listen(database.engine, "before_cursor_execute", lambda *sent: statements.append(sent[2]))
    return statements
