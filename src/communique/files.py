"""Opening what is to be read, without ever waiting for somebody who may not come."""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader, BufferedWriter
from pathlib import Path

_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def real(path: Path) -> Path:
    """Return the file that a path leads to, through all links; links that lead in a circle are left as they are.

    Raises ValueError where the name holds a NUL.
    """
    # Unlike `Path.resolve`, which raises on a circle something that no one expects of a file.
    return Path(os.path.realpath(path))


def open_file(path: Path, *, pipes: bool = False) -> BufferedReader:
    """Open a file to read its bytes; ``pipes`` lets one in that somebody writes to, as a shell's ``<(...)`` is.

    Raises OSError, whose words say why, also for a device, a socket or a pipe: those may have no end, or never begin.
    ValueError where the name holds a NUL.
    """
    _refuse(path.stat().st_mode, pipes)  # opening a device may do something
    descriptor = os.open(path, os.O_RDONLY | _AT_ONCE)
    try:
        _refuse(os.fstat(descriptor).st_mode, pipes)
        os.set_blocking(descriptor, True)
    except BaseException:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def open_pipe(path: Path) -> BufferedWriter:
    """Open a pipe or device to write to. Raises OSError, also for a pipe that nobody reads."""
    try:
        descriptor = os.open(path, os.O_WRONLY | _AT_ONCE)
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise OSError(errno.ENXIO, "nobody reads this pipe") from error
        raise
    os.set_blocking(descriptor, True)
    return os.fdopen(descriptor, "wb")


def _refuse(mode: int, pipes: bool) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    for of_kind, name in _KINDS:
        if of_kind(mode) and not (pipes and of_kind is stat.S_ISFIFO):
            raise OSError(errno.EINVAL, f"this is {name}, not a file")
