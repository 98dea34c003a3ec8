"""``communique backup``: a copy of the record, while it is in use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.endings import endings, tell
from communique.cli.record_place import DEFAULT, RecordPlace


def backup(
    to: Annotated[Path, typer.Argument(metavar="FILE", help="The new file; one that is there is left as it is.")],
    where: RecordPlace = DEFAULT,
) -> None:
    """Copy the record into a new FILE, as it is at one moment, while others read and write it.

    The copy is a record itself: to restore it, put it in the record's place. PostgreSQL has tools of its own.

    Exit status: 0 done, 1 it cannot be read or the file not written, 2 wrong usage.
    """
    with endings():
        from communique.record.database.backing_up import back_up

        back_up(where, to)
        tell(f"the record is backed up in {to}")
