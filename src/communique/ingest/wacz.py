"""WACZ archives: a zip file with WARCs in its folder ``archive``, each read as a stream and within bounds."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from communique.errors import UnreadableReport
from communique.ingest.arrivals import Item

MOST_LISTED = 16_000_000
"""Bytes that the list of what is in the zip file may have: it is read whole."""

MOST_TIMES = 100
"""How many times its packed size a WARC may have unpacked; most are packed with gzip inside, and not again."""

ALLOWED = 10_000_000
"""Bytes that it may have whatever its packed size."""

_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_END, _END_SIZE, _COMMENT = b"PK\x05\x06", 22, 65_535
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20
_IN_ZIP64 = 0xFFFFFFFF

ReadWarc = Callable[[BinaryIO, str], Iterator[Item]]


def read_wacz(stream: BinaryIO, where: str, read_warc: ReadWarc) -> Iterator[Item]:
    """Yield what ``read_warc`` does of each WARC, by its name in the zip file, or what is wrong with it.

    ``stream`` can be sought in.
    """
    try:
        size = _size_of_list(stream)
        if size > MOST_LISTED:
            yield UnreadableReport(where, f"its list has {size:,} bytes; at most {MOST_LISTED:,} are read")
            return
        with zipfile.ZipFile(stream) as opened:
            parts = opened.infolist()
            if sum(part.compress_size for part in parts) > stream.seek(0, io.SEEK_END):
                yield UnreadableReport(where, "its parts overlap: no archive that anybody made to be read")
                return
            warcs = [part for part in parts if _is_warc(part)]
            if not warcs:
                yield UnreadableReport(where, "there is no WARC in its folder 'archive'")
            for part in warcs:
                yield from _part(opened, part, f"{where}/{part.filename}", read_warc)
    # zipfile raises its own and built-in errors of several kinds for what is damaged.
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, EOFError, RuntimeError) as error:
        yield UnreadableReport(where, f"no zip file that can be read ({_words(error)})")


def _is_warc(part: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(part.filename)
    return path.parts[:1] == ("archive",) and path.name.lower().endswith((".warc", ".warc.gz"))


def _part(opened: zipfile.ZipFile, part: zipfile.ZipInfo, where: str, read_warc: ReadWarc) -> Iterator[Item]:
    if part.flag_bits & 1:
        yield UnreadableReport(where, "it is encrypted")
        return
    if part.compress_type not in _WAYS:
        yield UnreadableReport(where, "it is packed in a way that is not read here: neither stored nor deflated")
        return
    try:
        with opened.open(part) as packed:
            bounded = _Bounded(packed, MOST_TIMES * part.compress_size + ALLOWED)
            yield from read_warc(cast(BinaryIO, io.BufferedReader(bounded, 1 << 16)), where)
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        yield UnreadableReport(where, f"it cannot be read any further ({_words(error)})")


class _Bounded(io.RawIOBase):
    """A part's bytes as they are unpacked, up to a limit."""

    def __init__(self, packed: IO[bytes], most: int) -> None:
        self._packed = packed
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        made = self._packed.read(len(buffer))
        self._left -= len(made)
        if self._left < 0:
            raise ValueError(f"it unpacks to over {MOST_TIMES} times its size")
        buffer[: len(made)] = made
        return len(made)


def _size_of_list(stream: BinaryIO) -> int:
    """The bytes of the zip file's list of its parts, as its end says."""
    whole = stream.seek(0, io.SEEK_END)
    start = max(0, whole - _END_SIZE - _COMMENT - _LOCATOR_SIZE)
    stream.seek(start)
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0:
        raise zipfile.BadZipFile("it has no end: cut off, or no zip file")
    size: int = struct.unpack_from("<L", tail, at + 12)[0]
    if size == _IN_ZIP64 and tail[max(0, at - _LOCATOR_SIZE) :].startswith(_LOCATOR):
        stream.seek(struct.unpack_from("<Q", tail, at - _LOCATOR_SIZE + 8)[0])
        size = struct.unpack_from("<Q", stream.read(56), 40)[0]
    stream.seek(0)
    return size


def _words(error: Exception) -> str:
    return " ".join(f"{error}".split())[:200] or type(error).__name__
