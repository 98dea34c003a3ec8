"""The first schema."""

from __future__ import annotations

from alembic import op

from communique.record.schema import metadata
from communique.record.search import make_search

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    metadata.create_all(op.get_bind())
    make_search(op.get_bind())
