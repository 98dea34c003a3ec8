"""Why a statement is about an issue and how probable that is, the frame it was read in, and changes to frames.

Readings made before say neither until they are redone.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

COLUMNS = {
    "reading": (("frame", "text"),),
    "statement_issue": (("probability", "number"), ("reason", "text"), ("place", "text"), ("origin", "text")),
}
TYPES = {
    "sqlite": {"text": "TEXT", "number": "FLOAT", "key": "INTEGER NOT NULL"},
    "postgresql": {"text": 'TEXT COLLATE "C"', "number": "FLOAT", "key": "BIGSERIAL NOT NULL"},
}
CHANGES = """
CREATE TABLE frame_change (
    seq {key},
    uid {text} NOT NULL,
    kind {text} NOT NULL,
    action {text} NOT NULL,
    name {text} NOT NULL,
    other {text},
    details {text} NOT NULL,
    reason {text},
    by {text} NOT NULL,
    at {text} NOT NULL,
    clock INTEGER NOT NULL,
    CONSTRAINT pk_frame_change PRIMARY KEY (seq),
    CONSTRAINT uq_frame_change_uid UNIQUE (uid)
)
"""


def upgrade() -> None:
    """Add the columns, empty, and the log of changes."""
    connection = op.get_bind()
    types = TYPES[connection.dialect.name]
    for table, columns in COLUMNS.items():
        for name, kind in columns:
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {name} {types[kind]}")
    connection.exec_driver_sql(CHANGES.format(**types))
