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
from pathlib import Path, PurePath
from typing import BinaryIO, cast

from communique.errors import CommuniqueError, MissingInput, UnreadableReport, breakage
from communique.files import open_file, real
from communique.ingest.arrivals import Arrival, Source
from communique.ingest.dossier import Dossier, dossier_file, load_dossier
from communique.ingest.enrichment import completed
from communique.ingest.gzip_stream import Gunzip
from communique.ingest.metadata import host_of

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


def gather(paths: Iterable[str | Path]) -> Iterator[Arrival | CommuniqueError]:
    """Yield the reports of files, folders (all files below, sorted by path), dossiers and ``-``, in the order given.

    A folder that has a dossier.toml is a dossier: its sources are read. What a report's own dateline tells (agency,
    author, day) is added where its source did not say. What cannot be read is yielded as the error that says why;
    nothing is raised. A file named twice is read once. No two arrivals share an id: a later report with the id of an
    earlier one is refused, and one that is named after its text gets a number.
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


def files_of(path: str | Path) -> Iterator[Path]:
    """Yield the files that `gather` would read at a path, which may be a folder or a dossier; none raises."""
    try:
        dossier = dossier_file(path)
        if dossier is not None:
            yield dossier
            for place in load_dossier(dossier).places:
                yield from _below(place) if place.is_dir() else (place,)
        elif Path(path).is_dir():
            yield from _below(Path(path))
        else:
            yield Path(path)
    except (CommuniqueError, OSError, ValueError):
        return


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names if _source_of(name) and not name.startswith("."))


def _items(paths: Iterable[str | Path]) -> Iterator[Arrival | CommuniqueError]:
    seen: set[Path] = set()
    for path in paths:
        if str(path) == "-":
            yield from _standard_input()
            continue
        try:
            dossier = dossier_file(path)
        except ValueError as error:  # a NUL in the name
            yield MissingInput(str(path), str(error))
            continue
        here = Path(path)
        if dossier is not None:
            yield from _dossier(dossier, seen)
        elif here.is_dir():
            yield from _folder(here, seen)
        else:
            yield from _file(here, seen)


def _dossier(path: Path, seen: set[Path]) -> Iterator[Arrival | CommuniqueError]:
    """The reports of a dossier's sources, their outlets named as the dossier does."""
    try:
        dossier = load_dossier(path)
    except CommuniqueError as error:
        yield error
        return
    for place in dossier.places:
        # A dossier that has feeds may well have no files yet.
        optional = bool(dossier.feeds) and not dossier.sources
        for item in _folder(place, seen, optional) if place.is_dir() else _file(place, seen):
            yield _renamed(item, dossier) if isinstance(item, Arrival) else item


def _renamed(item: Arrival, dossier: Dossier) -> Arrival:
    host = host_of(item.report.url)
    outlet = dossier.outlet_of(host) if host and item.report.outlet in (None, host) else None
    return dataclasses.replace(item, report=dataclasses.replace(item.report, outlet=outlet.name)) if outlet else item


def _folder(folder: Path, seen: set[Path], optional: bool = False) -> Iterator[Arrival | CommuniqueError]:
    refused: list[MissingInput] = []
    files: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=lambda e: refused.append(_missing(Path(e.filename), e))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(parent, name) for name in names if not name.startswith(".")]
    yield from refused
    readable = sorted(file for file in files if _source_of(file.name))
    if not readable and not refused and not optional:
        yield MissingInput(
            str(folder), f"there is no report in this folder (files of these kinds are read: {_kinds()})"
        )
    for file in readable:
        yield from _file(file, seen)


def _source_of(name: str) -> tuple[Source, bool] | None:
    """The source that reads files of this name, and whether they are to be unpacked for it."""
    known = sources()
    suffixes = PurePath(name.lower()).suffixes
    for suffix in ("".join(suffixes[-2:]), "".join(suffixes[-1:])):
        if suffix in known:
            return known[suffix], False
    if suffixes[-1:] == [".gz"] and "".join(suffixes[-2:-1]) in known:
        return known[suffixes[-2]], True
    return None


def _kinds() -> str:
    return f"{', '.join(sorted(sources()))}; each also as .gz"


def _file(path: Path, seen: set[Path]) -> Iterator[Arrival | CommuniqueError]:
    where = str(path)
    try:
        file = real(path)
        if file in seen:
            return
        seen.add(file)
        if not path.exists():
            yield MissingInput(where, "there is no such file or folder")
            return
        found = _source_of(path.name)
        if found is None:
            yield UnreadableReport(where, f"no kind of file that is read here ({_kinds()})")
            return
        source, packed = found
        with open_file(path) as stream:
            yield from _unpacked(source, stream, where) if packed else _each(source, stream, where)
    except OSError as error:
        yield _missing(path, error)
    except ValueError as error:  # a NUL in the name
        yield MissingInput(where, str(error))


def _unpacked(source: Source, stream: BinaryIO, where: str) -> Iterator[Arrival | UnreadableReport]:
    packed = Gunzip(stream)
    yield from _each(source, io.BufferedReader(packed, 1 << 16), where)
    if packed.damage:
        yield UnreadableReport(where, f"as a gzip archive {packed.damage}: what came before was read")


def _standard_input() -> Iterator[Arrival | CommuniqueError]:
    try:
        stream = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer))  # for its peek
        yield from _each(_kind_of(stream.peek(4096)), stream, "-")
        stream.detach()
    except OSError as error:
        yield _missing(Path("-"), error)


def _kind_of(start: bytes) -> Source:
    """Standard input has no suffix: an object is JSON Lines, a tag HTML, gzip or "WARC/" an archive, else text."""
    head = start[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    suffix = ".txt"
    if head.startswith((b"\x1f\x8b", b"warc/")):
        suffix = ".warc"
    elif head.startswith(b"{"):
        suffix = ".jsonl"
    elif head.startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<?xml", b"<!--")):
        suffix = ".html"
    return sources()[suffix]


def _each(source: Source, stream: BinaryIO, where: str) -> Iterator[Arrival | UnreadableReport]:
    try:
        for item in source.read(stream, where):
            yield _completed(item, where) if isinstance(item, Arrival) else item
    except OSError:
        raise
    # A source of another package may break in any way: that file is named, the rest goes on.
    except Exception as error:
        yield UnreadableReport(where, f"the source {source.name!r} broke on it ({breakage(error)})")


def _completed(item: Arrival, where: str) -> Arrival:
    # A file of many reports may have the date of the collection in its name.
    name = PurePath(where).stem if item.where == where else ""
    return dataclasses.replace(item, report=completed(item.report, name))


def _missing(path: Path, error: OSError) -> MissingInput:
    reason = error.strerror or str(error)
    return MissingInput(str(path), reason[:1].lower() + reason[1:])
