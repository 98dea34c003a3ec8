"""The frame of a record changed, and what was read before it brought under it, without reading anything again."""

from __future__ import annotations

from sqlalchemy import Connection

from communique.model import Frame
from communique.reading.issues.frame_names import words_of
from communique.record.decisions.frame_log import FrameChange, FrameRequest
from communique.record.record import Record
from communique.record.resolution import frames
from communique.record.resolution.reassigning import assign_later, forget_later, frames_read_in


def follow(record: Record, name: str, frame: Frame) -> None:
    """Have the record follow a dossier's frame, and bring under it what was read in another."""
    with record.writing() as connection:
        if frames.follow(connection, name, frame):
            redo(connection)


def change_frame(record: Record, asked: FrameRequest) -> FrameChange:
    """Change what is followed, in one transaction with all that follows from it. Raises FrameRefused."""
    with record.writing() as connection:
        made = frames.change(connection, asked)
        redo(connection)
        return made


def redo(connection: Connection) -> int:
    """Give statements to the followed issues whose names their reader did not know; return how many were given.

    What a reader assigned stays; what was assigned in this way before is made anew.
    """
    forget_later(connection)
    frame = frames.followed(connection)
    made = 0
    for read_in in frames_read_in(connection):
        known = {words_of(name) for name in read_in or ()}
        wanted = [
            at for at, issue in enumerate(frame.issues) if any(words_of(name) not in known for name in issue.names)
        ]
        if wanted:
            # What knows grammar takes a second to load: not where nothing changed.
            from communique.collect.later_assignments import later_assignments

            made += assign_later(connection, list(later_assignments(connection, read_in, frame, wanted)))
    return made
