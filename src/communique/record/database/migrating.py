"""The schema's version: older records are brought up to date, newer ones refused.

Alembic is loaded only where a record is made or brought up to date.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect, text

from communique.record.database.revisions import newest, refuse_newer

_ONE_MIGRATION = 0x434D4E52


def revision(connection: Connection) -> str | None:
    """Return the revision of the record's schema, None before it has one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def bring_up_to_date(engine: Engine, where: str) -> None:
    """Run the revisions that the record lacks, each in one transaction; do nothing where it lacks none."""
    with engine.connect() as connection:
        if revision(connection) == newest():
            return
    with engine.connect() as opened:
        connection = opened.execution_options(communique_writes=True)
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_MIGRATION})
            refuse_newer(revision(connection), where)
            if revision(connection) != newest():
                _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "communique.record:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
