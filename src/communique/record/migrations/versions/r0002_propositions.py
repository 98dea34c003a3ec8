"""What statements and the halves of conditions say, and the words that people put in the place of their own.

Readings made before have no propositions until they are redone.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

COLUMNS = {"statement": ("proposition", "corrected"), "condition": ("asks", "grants", "corrected")}
TEXT = {"sqlite": "TEXT", "postgresql": 'TEXT COLLATE "C"'}


def upgrade() -> None:
    """Add the columns, empty."""
    connection = op.get_bind()
    for table, names in COLUMNS.items():
        for name in names:
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {name} {TEXT[connection.dialect.name]}")
