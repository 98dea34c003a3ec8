"""Files, folders and standard input, whatever they hold, as one stream of reports."""

from __future__ import annotations

import dataclasses
import io
import logging
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import BinaryIO, cast

from communique.errors import MissingInput, UnreadableReport
from communique.ingest.arrivals import Arrival, Source

GROUP = "communique.sources"

_log = logging.getLogger(__name__)


@cache
def sources() -> dict[str, Source]:
    """Return the registered sources by suffix. One that cannot be loaded is logged and left out."""
    by_suffix: dict[str, Source] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda e: e.name):
        try:
            found = entry.load()
            for suffix in found.suffixes:
                by_suffix.setdefault(suffix, found)
        # Another package's plug-in may break in any way; ours must not break with it.
        except Exception as error:
            _log.warning("the source %r (%s) cannot be used: %s", entry.name, entry.value, error)
    return by_suffix


def gather(paths: Iterable[str | Path]) -> Iterator[Arrival | UnreadableReport | MissingInput]:
    """Yield the reports of files, folders (all files below, sorted by path) and ``-``, in the order given.

    What cannot be read is yielded as the error that says why; nothing is raised. A file named twice is read once. No
    two arrivals share an id: a later report with the id of an earlier one is refused, and one that is named after its
    text gets a number.
    """
    taken: dict[str, str] = {}
    for item in _items(paths):
        if not isinstance(item, Arrival):
            yield item
            continue
        name = item.report.id
        if name in taken and item.given_id:
            yield UnreadableReport(item.where, f"the id {name!r} is that of {taken[name]} already")
            continue
        if name in taken:
            again = next(n for n in range(2, len(taken) + 3) if f"{name}-{n}" not in taken)
            item = dataclasses.replace(item, report=dataclasses.replace(item.report, id=f"{name}-{again}"))
        taken[item.report.id] = item.where
        yield item


def _items(paths: Iterable[str | Path]) -> Iterator[Arrival | UnreadableReport | MissingInput]:
    seen: set[Path] = set()
    for path in paths:
        if str(path) == "-":
            yield from _standard_input()
            continue
        here = Path(path)
        if here.is_dir():
            yield from _folder(here, seen)
        else:
            yield from _file(here, seen)


def _folder(folder: Path, seen: set[Path]) -> Iterator[Arrival | UnreadableReport | MissingInput]:
    known = sources()
    refused: list[MissingInput] = []
    files: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=lambda e: refused.append(_missing(Path(e.filename), e))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(parent, name) for name in names if not name.startswith(".")]
    yield from refused
    readable = sorted(file for file in files if file.suffix.lower() in known)
    if not readable and not refused:
        kinds = ", ".join(sorted(known))
        yield MissingInput(str(folder), f"there is no report in this folder (files of these kinds are read: {kinds})")
    for file in readable:
        yield from _file(file, seen)


def _file(path: Path, seen: set[Path]) -> Iterator[Arrival | UnreadableReport | MissingInput]:
    where = str(path)
    try:
        real = path.resolve()
        if real in seen:
            return
        seen.add(real)
        if not path.exists():
            yield MissingInput(where, "there is no such file or folder")
            return
        source = sources().get(path.suffix.lower())
        if source is None:
            kinds = ", ".join(sorted(sources()))
            yield UnreadableReport(where, f"no kind of file that is read here ({kinds})")
            return
        with path.open("rb") as stream:
            yield from _each(source, stream, where)
    except OSError as error:
        yield _missing(path, error)
    except ValueError as error:  # a NUL in the name
        yield MissingInput(where, str(error))


def _standard_input() -> Iterator[Arrival | UnreadableReport | MissingInput]:
    try:
        stream = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer))  # for its peek
        yield from _each(_kind_of(stream.peek(4096)), stream, "-")
        stream.detach()
    except OSError as error:
        yield _missing(Path("-"), error)


def _kind_of(start: bytes) -> Source:
    """Standard input has no suffix: an object is JSON Lines, a tag HTML, all else text."""
    head = start[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    suffix = ".txt"
    if head.startswith(b"{"):
        suffix = ".jsonl"
    elif head.startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<?xml", b"<!--")):
        suffix = ".html"
    return sources()[suffix]


def _each(source: Source, stream: BinaryIO, where: str) -> Iterator[Arrival | UnreadableReport]:
    try:
        yield from source.read(stream, where)
    except OSError:
        raise
    # A source of another package may break in any way: that file is named, the rest goes on.
    except Exception as error:
        yield UnreadableReport(where, f"the source {source.name!r} broke on it ({type(error).__name__}: {error})")


def _missing(path: Path, error: OSError) -> MissingInput:
    reason = error.strerror or str(error)
    return MissingInput(str(path), reason[:1].lower() + reason[1:])
