"""``communique import``: what somebody handed over, into the record."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from communique.cli.endings import endings, tell
from communique.cli.record_place import DEFAULT, RecordPlace
from communique.errors import CommuniqueError, MalformedLine, MissingInput
from communique.files import open_file

_WORDS = {
    "report": "reports",
    "version": "versions",
    "merge": "merges",
    "judgement": "judgements",
    "source": "sources",
}


def import_(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="What `communique export` wrote, or - for standard input."),
    ],
    where: RecordPlace = DEFAULT,
) -> None:
    """Take in what somebody handed over: an empty record becomes the same again, another one has both.

    To take in the same file twice adds nothing. A line that cannot be taken in is named on stderr; the rest goes in.

    Exit status: 0 done, 1 some line failed, 2 wrong usage.
    """
    from communique.collect.hand_over_reading import take_in_lines
    from communique.record import Record

    failures = 0

    def told(error: CommuniqueError) -> None:
        nonlocal failures
        failures += 1
        tell(str(error))

    with endings():
        new: Counter[str] = Counter()
        with Record.open(where, create=True) as record:
            for name in files:
                try:
                    with _opened(name) as stream:
                        new += take_in_lines(record, stream, name, told)
                except (MalformedLine, MissingInput) as error:
                    told(error)
        counts = [f"{new[kind]} {words}" for kind, words in _WORDS.items() if new[kind]]
        tell(f"new here: {', '.join(counts) or 'nothing'}" + (f"; {failures} failed" if failures else ""))
        if failures:
            raise typer.Exit(1)


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = open_file(Path(name), pipes=True)
    except (OSError, ValueError) as error:
        raise MissingInput(name, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    with stream:
        yield stream
