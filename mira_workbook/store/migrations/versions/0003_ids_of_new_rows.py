"""What pages called new rows before they knew their numbers, so that a row sent twice stays one row."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column. Rows that stand by now keep their ids."""
    op.add_column("row_numbers", sa.Column("given", sa.JSON(none_as_null=True), nullable=False, server_default="{}"))
