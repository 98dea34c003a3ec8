"""Who speaks for whom, and on what a party takes a stance, told by indexes alone.

A page of one party or issue then need not read all that was ever said.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

INDEXES = """
CREATE INDEX ix_statement_spoken_for ON statement (speaker_root, party_root)
    WHERE current = 1 AND party_root <> speaker_root;
CREATE INDEX ix_statement_issue_stances ON statement_issue (party_root, issue_root, published_at)
    WHERE current = 1 AND stance IS NOT NULL
"""


def upgrade() -> None:
    """Add the indexes."""
    connection = op.get_bind()
    for index in INDEXES.split(";"):
        connection.exec_driver_sql(index)
