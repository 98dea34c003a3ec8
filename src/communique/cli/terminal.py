"""A terminal behind standard output and stderr: nothing from a report, a name or a library is obeyed by it."""

from __future__ import annotations

import codecs
import io
import logging
import sys
import warnings
from typing import Any, BinaryIO, TextIO

from communique.cli.terminal_words import harmless


class _Shield(io.RawIOBase):
    """Bytes for a terminal: UTF-8, what a terminal would obey shown as U+FFFD."""

    def __init__(self, target: BinaryIO) -> None:
        super().__init__()
        self.target = target
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self.target.isatty()

    def fileno(self) -> int:
        return self.target.fileno()

    def write(self, data: object, /) -> int:
        taken = bytes(data)  # type: ignore[call-overload]
        self.target.write(harmless(self._decoder.decode(taken)).encode())
        self.target.flush()
        return len(taken)


class _HarmlessLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return harmless(super().format(record))


def shield() -> None:
    """Set the shield before standard output and stderr where they are terminals, and before log lines and warnings.

    A pipe or a file takes what it took: only what a person is to look at is changed.
    """
    if _open_terminal(sys.stdout):
        sys.stdout = _shielded(sys.stdout)
    if _open_terminal(sys.stderr):
        sys.stderr = _shielded(sys.stderr)
    # While a progress line is shown, stderr is that line's own, without the shield.
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(_HarmlessLines())
    written = warnings.formatwarning

    def format_warning(*given: object, **named: object) -> str:
        return harmless(written(*given, **named))  # type: ignore[arg-type]

    warnings.formatwarning = format_warning


def unshielded(stream: BinaryIO) -> BinaryIO:
    """Return the terminal itself, for those who colour and clean each cell themselves; other streams as they are."""
    raw = getattr(stream, "raw", None)
    if isinstance(raw, _Shield):
        stream.flush()
        return raw.target
    return stream


def progress_stream() -> TextIO:
    """Return stderr for a progress line, which moves the cursor; no name may be written to it uncleaned."""
    buffer = getattr(sys.stderr, "buffer", None)
    raw = getattr(buffer, "raw", None)
    if isinstance(raw, _Shield):
        # Unbuffered, which the type does not foresee: each write goes through.
        opened: Any = _Open(raw.target)
        return io.TextIOWrapper(opened, encoding="utf-8", errors="replace", write_through=True)
    return sys.stderr


class _Open(io.RawIOBase):
    """A terminal that is not closed with the wrapper around it."""

    def __init__(self, target: BinaryIO) -> None:
        super().__init__()
        self._target = target

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._target.isatty()

    def fileno(self) -> int:
        return self._target.fileno()

    def write(self, data: object, /) -> int:
        taken = bytes(data)  # type: ignore[call-overload]
        self._target.write(taken)
        self._target.flush()
        return len(taken)


def _open_terminal(stream: TextIO | None) -> bool:
    return stream is not None and hasattr(stream, "buffer") and stream.isatty()


def _shielded(stream: TextIO) -> TextIO:
    stream.flush()
    buffer = io.BufferedWriter(_Shield(stream.buffer))
    return io.TextIOWrapper(buffer, encoding="utf-8", errors="replace", line_buffering=True)
