"""What a source of reports hands on, and what it must offer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from communique.errors import UnreadableReport
from communique.model import Report

MAX_CHARACTERS = 1_000_000
"""The longest text that is read: spaCy's own limit, since its memory grows with the text."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report as it came in: ``where`` names its place ("wire.jsonl:3"), ``notes`` what was odd about it.

    ``given_id`` tells whether the report brought its id along, rather than being named after its text. ``fetched`` is
    when it was had from the web (ISO 8601), which is not when it was published; None for a file. ``known_as`` is what
    it goes by in the record where its address is that of several reports; None where its address tells it.
    """

    report: Report
    where: str
    notes: tuple[str, ...] = ()
    given_id: bool = False
    fetched: str | None = None
    known_as: str | None = None


Item = Arrival | UnreadableReport

ReadSource = Callable[[BinaryIO, str], Iterator[Item]]
"""Takes an open file and the name to call it by. Yields what is wrong instead of raising it, and goes on."""


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of file that holds reports: its suffixes in lower case, with the dot, and how it is read.

    Registered under the entry point group ``communique.sources``.
    """

    name: str
    suffixes: tuple[str, ...]
    read: ReadSource
