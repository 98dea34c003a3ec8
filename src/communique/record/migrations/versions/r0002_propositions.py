"""What statements and the halves of conditions say; readings made before have none until they are redone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

COLUMNS = {"statement": ("proposition",), "condition": ("asks", "grants")}


def upgrade() -> None:
    """Add the columns, empty."""
    for table, names in COLUMNS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.String))
