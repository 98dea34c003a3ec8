"""Brotli and Zstandard read as streams: what is unpacked ahead is bounded, however little it was packed into.

Brotli's window is 16 MB at most by its format. Of Zstandard, frames are read whose window is within the 8 MB that
RFC 9659 lets servers use.
"""

from __future__ import annotations

import io
import sys
from typing import Any, BinaryIO

import brotli  # type: ignore[import-untyped]

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["CODINGS", "HttpCoding", "zstd"]

CODINGS = ("br", "zstd")
"""What an HTTP answer calls them."""

_CHUNK = 1 << 14
_STEP = 1 << 16
"""Bytes that are unpacked at a time; Brotli may go over by as much again."""

_WINDOW_LOG = 23


class _Brotli:
    """One stream; what stands behind it is damage."""

    wrong = brotli.error

    def __init__(self) -> None:
        self._object: Any = brotli.Decompressor()
        self.whole = False
        self.hungry = True

    def step(self, packed: bytes) -> bytes:
        made: bytes = self._object.process(packed, output_buffer_limit=_STEP)
        self.whole = self._object.is_finished()
        # All that came may have been taken in, and not yet all of it been given out.
        self.hungry = self.whole or (not made and self._object.can_accept_more_data())
        return made


class _Zstandard:
    """One frame after another."""

    wrong = zstd.ZstdError

    def __init__(self) -> None:
        self._begin()
        self._rest = b""
        self.whole = False
        self.hungry = True

    def _begin(self) -> None:
        self._object = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG})

    def step(self, packed: bytes) -> bytes:
        made: bytes = self._object.decompress(self._rest + packed, _STEP)
        self._rest = b""
        self.whole = self._object.eof
        self.hungry = self._object.needs_input
        if self.whole:
            self._rest = self._object.unused_data
            self.hungry = not self._rest
            self._begin()
        return made


class HttpCoding(io.RawIOBase):
    """The bytes of a body packed with one of `CODINGS`.

    ``damage`` says what is wrong with the packed data once the end of what can be had is reached, else it is None.
    """

    def __init__(self, coding: str, stream: BinaryIO) -> None:
        """Take one of `CODINGS` and the packed stream, which stays open."""
        self._stream = stream
        self._unpacker: _Brotli | _Zstandard = _Brotli() if coding == "br" else _Zstandard()
        self._ready = b""
        self._ended = False
        self.damage: str | None = None

    def readable(self) -> bool:
        """Return True, as it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as one step goes; return the number of bytes, 0 at the end."""
        while not self._ready and not self._ended:
            self._ready = self._step()
        made, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(made)] = made
        return len(made)

    def _step(self) -> bytes:
        packed = self._stream.read(_CHUNK) if self._unpacker.hungry else b""
        if self._unpacker.hungry and not packed:
            self._ended = True
            self.damage = None if self._unpacker.whole else "it is cut off"
            return b""
        try:
            return self._unpacker.step(packed)
        except self._unpacker.wrong as error:
            self._ended = True
            self.damage = f"it is damaged ({error})"
            return b""
