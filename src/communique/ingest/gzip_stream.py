"""Gzip read as a stream: bounded memory whatever it holds, and what came before a damage is had."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

from communique.ingest.http_codings import CODINGS, HttpCoding

_CHUNK = 1 << 16


class Joined(io.RawIOBase):
    """Bytes that were read already, and then the stream that they were read from, which stays open."""

    def __init__(self, start: bytes, stream: BinaryIO) -> None:
        """Take both."""
        self._start = start
        self._stream = stream

    def readable(self) -> bool:
        """Return True, as it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as one step goes; return the number of bytes, 0 at the end."""
        made, self._start = self._start[: len(buffer)], self._start[len(buffer) :]
        made = made or self._stream.read(len(buffer))
        buffer[: len(made)] = made
        return len(made)


class Gunzip(io.RawIOBase):
    """The bytes of one or more gzip members, one after the other.

    ``damage`` says what is wrong with the packed data once the end of what can be had is reached, else it is None.
    At most 64 KiB are unpacked ahead.
    """

    def __init__(self, stream: BinaryIO, start: bytes = b"") -> None:
        """Take the packed stream, which stays open, and those bytes of it that were read already."""
        self._stream = stream
        self._packed = start
        self._member = zlib.decompressobj(wbits=31)
        self._begun = False
        self._ended = False
        self.damage: str | None = None

    def readable(self) -> bool:
        """Return True, as it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as one step goes; return the number of bytes, 0 at the end."""
        while not self._ended:
            if not self._packed:
                self._packed = self._stream.read(_CHUNK)
                if not self._packed:
                    self._end("it is cut off" if self._begun else None)
                    break
            made = self._step(len(buffer))
            if made:
                buffer[: len(made)] = made
                return len(made)
        return 0

    def _step(self, most: int) -> bytes:
        if not self._begun:
            self._packed = self._packed.lstrip(b"\0")  # what some writers pad with
            if not self._packed:
                return b""
        try:
            made = self._member.decompress(self._packed, most)
        except zlib.error as error:
            self._end(f"it is damaged ({error})")
            return b""
        self._begun = True
        self._packed = self._member.unconsumed_tail
        if self._member.eof:
            self._packed = self._member.unused_data
            self._member = zlib.decompressobj(wbits=31)
            self._begun = False
        return made

    def _end(self, damage: str | None) -> None:
        self._ended = True
        self.damage = damage


def unpacked(data: bytes, encoding: str, most: int) -> bytes | None:
    """Return what an HTTP body with this content encoding holds, at most ``most + 1`` bytes of it.

    None if the encoding is unknown, or the body is not packed so.

    What comes before a damage is returned. Encodings: gzip, deflate, br, zstd, identity.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity", "none"):
        return data[: most + 1]
    if encoding in ("gzip", "x-gzip"):
        stream = Gunzip(io.BytesIO(data))
        made = io.BufferedReader(stream).read(most + 1)
        return made if made or not stream.damage else data[: most + 1]  # already unpacked, as crawlers do
    if encoding in CODINGS:
        coded = HttpCoding(encoding, io.BytesIO(data))
        made = io.BufferedReader(coded).read(most + 1)
        return made if made and not (coded.damage and data.lstrip().startswith(b"<")) else None if coded.damage else b""
    if encoding == "deflate":
        for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
            try:
                return zlib.decompressobj(wbits).decompress(data, most + 1)
            except zlib.error:
                continue
        return data[: most + 1]
    return None
