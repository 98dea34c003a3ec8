"""How likely a statement's speaker, and whoever must act on a condition, is the right one.

Readings made before do not know until they are redone.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

COLUMNS = {"statement": "speaker_confidence", "condition": "must_act_confidence"}
NUMBER = {"sqlite": "FLOAT", "postgresql": "DOUBLE PRECISION"}


def upgrade() -> None:
    """Add the columns, empty."""
    connection = op.get_bind()
    for table, name in COLUMNS.items():
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {name} {NUMBER[connection.dialect.name]}")
