"""The schema's version: older records are brought up to date, newer ones refused."""

from __future__ import annotations

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from communique.errors import NewerRecord

_ONE_MIGRATION = 0x434D4E52


@cache
def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "communique.record:migrations")
    return config


@cache
def newest() -> str:
    """Return the newest revision that this version of Communique knows."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def revision(connection: Connection) -> str | None:
    """Return the revision of the record's schema, None before it has one."""
    return MigrationContext.configure(connection).get_current_revision()


def refuse_newer(connection: Connection, where: str) -> None:
    """Raise NewerRecord where the record's revision is not among those known here."""
    now = revision(connection)
    if now is None:
        return
    try:
        known = ScriptDirectory.from_config(_config()).get_revision(now) is not None
    except CommandError:
        known = False
    if not known:
        reason = f"a newer Communique made this record (schema {now}; this one knows up to {newest()}): update first"
        raise NewerRecord(where, reason)


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
            refuse_newer(connection, where)
            if revision(connection) == newest():
                return
            config = Config()
            config.set_main_option("script_location", "communique.record:migrations")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
