"""Where results go: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from communique.errors import MissingInput


@contextmanager
def output(path: Path | None) -> Iterator[BinaryIO]:
    """Open the file, or standard output where there is none, for bytes.

    What is written to a file is put in its place at the end: until then, and after an error or Ctrl-C, what stood
    there stands. Raises MissingInput where the file cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = path.resolve()
    if target.exists() and not target.is_file() and not target.is_dir():  # a device or a pipe takes no replacing
        with target.open("wb") as stream:
            yield stream
        return
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise MissingInput(str(path), f"cannot be written: {error.strerror}") from error
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
        part.chmod(_mode(target))
        _put(part, target, path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def _put(part: Path, target: Path, named: Path) -> None:
    try:
        part.replace(target)
    except OSError as error:
        raise MissingInput(str(named), f"cannot be written: {error.strerror}") from error


def _mode(target: Path) -> int:
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
