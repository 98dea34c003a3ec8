"""What changes whenever the record does, so that an answer can be kept as long as it holds."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Hashable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from communique.record.database.sql import Askable, ask

_GROWING = {"reading": "id", "report_version": "id", "judgement": "seq", "merge": "seq"}
_STAMP = f"SELECT {', '.join(f'(SELECT max({at}) FROM {name}) AS newest_{name}' for name, at in _GROWING.items())}"


def stamp(connection: Askable) -> tuple[Any, ...]:
    """Return what changes whenever something is added to the record, read again, judged or merged."""
    return tuple(ask(connection, _STAMP)[0])


class WrittenTo:
    """Tells whether a record on SQLite has been written to, or another has been put in its place."""

    def __init__(self, engine: Engine, path: Path) -> None:
        """Hold a connection that looks at nothing else; `close` gives it back."""
        self.path = path
        self._held = engine.raw_connection()

    def close(self) -> None:
        """Let go of the connection."""
        self._held.close()

    def stamp(self) -> Hashable | None:
        """Return what changes with every write, None where it cannot be told."""
        try:
            file = os.stat(self.path)  # noqa: PTH116 - a tenth of the time
            connection: Any = self._held.driver_connection
            (version,) = connection.execute("PRAGMA data_version").fetchone()
        except (OSError, sqlite3.Error):
            return None
        # Where nothing can be written SQLite does not look whether somebody else did.
        return (file.st_dev, file.st_ino, file.st_mtime_ns, version)
