"""Which key a seat came from, so that withdrawing a key ends its seats; and meetings that go on, found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column and two indexes. Seats taken before stay without a key, and end when all keys of their role do."""
    if op.get_bind().dialect.name == "sqlite":
        # SQLite adds a column with its reference in one statement, and no constraint later.
        op.execute("ALTER TABLE seats ADD COLUMN key_id INTEGER CONSTRAINT fk_seats_key_id REFERENCES keys (id)")
    else:
        op.add_column("seats", sa.Column("key_id", sa.Integer(), nullable=True))
        op.create_foreign_key(op.f("fk_seats_key_id"), "seats", "keys", ["key_id"], ["id"])
    op.create_index(op.f("ix_seats_key_id"), "seats", ["key_id"], unique=False)
    op.create_index(op.f("ix_meetings_ended_at"), "meetings", ["ended_at"], unique=False)
