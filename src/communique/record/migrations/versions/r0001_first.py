"""The first schema, as it was: what the code makes of it later is for later revisions."""

from __future__ import annotations

from importlib.resources import files

from alembic import op

revision = "0001"
down_revision = None

NEXT = "\n-- next\n"


def upgrade() -> None:
    """Make the tables and the full-text index, each store by its own statements."""
    connection = op.get_bind()
    for statement in statements(connection.dialect.name):
        connection.exec_driver_sql(statement)


def statements(dialect: str) -> list[str]:
    """Return the statements for ``sqlite`` or ``postgresql``."""
    written = files("communique.record.migrations").joinpath("versions", f"r0001_{dialect}.sql").read_text("utf-8")
    return written.rstrip("\n").split(NEXT)
