"""Stand-ins for the worker process, by name importable in a spawned one."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection

from communique.errors import ModelMissing
from communique.ingest.html import read_page
from communique.model import Frame, Reading
from communique.reading.named_readers import ReaderName


def dies_on_kill(pipe: Connection, model: str, frame: Frame | None, named: ReaderName | None) -> None:
    """Read everything as nothing, but be killed by a report that holds the word KILL."""
    pipe.send("ready")
    while True:
        try:
            batch = pipe.recv()
        except EOFError:
            return
        if any("KILL" in report.text for report in batch):
            os.kill(os.getpid(), signal.SIGKILL)
        pipe.send([Reading(report=report, reader=str(os.getpid())) for report in batch])


def dies_at_once(pipe: Connection, model: str, frame: Frame | None, named: ReaderName | None) -> None:
    os._exit(3)


def has_no_model(pipe: Connection, model: str, frame: Frame | None, named: ReaderName | None) -> None:
    pipe.send(ModelMissing(model, "it is not installed"))


def words_of_page(data: bytes) -> int:
    """Return how many words the page's text has."""
    return len(read_page(data, "here").report.text.split())
