"""Where results go: standard output, or a file that is there whole or not at all, and never the record or an input."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import typer

from communique.errors import CommuniqueError, MissingInput, OutputRefused
from communique.files import open_pipe, real

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EBADF})
"""Errors of a disk that takes no more, and of an output that was closed before it was given."""

_FORMS = ("json", "csv", "parquet", "graphml", "gexf", "svg", "png", "pdf", "html", "toml")
_ENDINGS = {f".{form}": form for form in _FORMS}
_ENDINGS |= {".jsonl": "json", ".ndjson": "json", ".htm": "html", ".xml": "graphml"}
"""The form that a file's name tells."""


@contextmanager
def output(path: Path | None, inputs: Iterable[str | Path] = ()) -> Iterator[BinaryIO]:
    """Open the file, or standard output where there is none, for bytes.

    What is written to a file is put in its place at the end: until then, and after an error or Ctrl-C, what stood
    there stands. ``inputs`` are the files, folders and dossiers that the command reads. Raises OutputRefused as
    `refuse` does, MissingInput where the file cannot be written.
    """
    if path is None:
        with _told("standard output"):
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        return
    refuse(path, inputs)
    target = real(path)
    # A device or a pipe takes no replacing; where a pipe without a name lies only the system can follow.
    if path.exists() and not path.is_file() and not path.is_dir():
        with _told(str(path)), _open_pipe(path) as stream:
            yield stream
        return
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise _unwritable(str(path), error) from error
    part = Path(name)
    try:
        with _told(str(path)), os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(_mode(target))
        _put(part, target, path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def check_form(path: Path | None, options: Mapping[str, object]) -> None:
    """Make sure that one form is asked for at most, and that the file's name does not end as that of another one.

    ``options`` are those of a command by name, as_json, as_csv and as_parquet among them where it has these. Raises
    typer.BadParameter.
    """
    asked = [form for form in _FORMS if options.get(f"as_{form}") is True]
    if len(asked) > 1:
        raise typer.BadParameter(f"--{asked[0]} and --{asked[1]} cannot be had at once")
    told = ending_of(path) if path and asked else None
    if path and told and told != asked[0]:
        raise typer.BadParameter(f"{path.name}: a file of that name is not what --{asked[0]} writes", param_hint="-o")


def ending_of(path: Path) -> str | None:
    """Return the form that a file's name tells by its ending, None where it tells none."""
    return _ENDINGS.get(path.suffix.lower())


def make_folder(path: Path) -> None:
    """Make a folder to write files into, and those around it, where it is not there. Raises MissingInput."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(str(path), error) from error
    except ValueError as error:  # a NUL in the name
        raise OutputRefused(repr(str(path)), str(error)) from error


def refuse(path: Path, inputs: Iterable[str | Path] = ()) -> None:
    """Raise OutputRefused where a file is a record, part of one, or one of the inputs, under whatever name."""
    if str(path) in ("", "."):
        raise OutputRefused(repr(str(path) if str(path) != "." else ""), "this names no file to write to")
    from communique.record.database.sqlite_file import beside_record, is_record

    try:
        target = real(path)
        if is_record(target):
            raise OutputRefused(str(path), "this is a record; a result is not written over it")
        if beside_record(target):
            raise OutputRefused(str(path), "this is part of a record; a result is not written over it")
        if not target.is_file():
            return
        there = target.stat()
    except CommuniqueError:
        raise
    except OSError as error:
        raise _unwritable(str(path), error) from error
    except ValueError as error:  # a NUL in the name
        raise OutputRefused(repr(str(path)), str(error)) from error
    if any(os.path.samestat(there, read) for read in _read(inputs)):
        raise OutputRefused(str(path), "this is one of the inputs; a result is not written over it")


def _read(inputs: Iterable[str | Path]) -> Iterator[os.stat_result]:
    """Yield what is known of each file that would be read."""
    for given in inputs:
        if str(given) == "-":
            with suppress(OSError, ValueError):
                yield os.fstat(sys.stdin.fileno())
            continue
        from communique.ingest.gather import files_of  # only here: many results come of no file

        for file in files_of(given):
            with suppress(OSError, ValueError):
                yield file.stat()


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Name the output where a disk takes no more; a reader that stopped listening is no such error."""
    try:
        yield
    except CommuniqueError:
        raise
    except OSError as error:
        if error.errno in FULL:
            raise _unwritable(where, error) from error
        raise


def _open_pipe(path: Path) -> BinaryIO:
    try:
        return open_pipe(path)
    except OSError as error:
        raise _unwritable(str(path), error) from error


def _put(part: Path, target: Path, named: Path) -> None:
    try:
        part.replace(target)
    except OSError as error:
        raise _unwritable(str(named), error) from error


def _unwritable(where: str, error: OSError) -> MissingInput:
    return MissingInput(where, f"cannot be written: {(error.strerror or str(error)).lower()}")


def _mode(target: Path) -> int:
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
