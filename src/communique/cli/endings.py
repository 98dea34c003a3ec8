"""How a command ends: quietly when interrupted or when nobody reads on, with a reason when it cannot go on."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import typer

from communique.cli import INTERRUPTED
from communique.cli.outputs import FULL
from communique.cli.terminal_words import plain
from communique.errors import CommuniqueError

_LONGEST = 4000
"""Characters of what is told at once; the longest path has little more, and what is read may have millions."""

CLOSED_PIPE = 128 + getattr(signal, "SIGPIPE", 13)


@contextmanager
def endings() -> Iterator[None]:
    """Turn Ctrl-C, a closed pipe and our own errors into an exit status, without a traceback."""
    try:
        yield
        if not sys.stdout.closed:
            sys.stdout.flush()
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        # Python would try it once more at its end, and complain.
        _let_go()
        raise typer.Exit(CLOSED_PIPE) from None
    except CommuniqueError as error:
        tell(str(error))
        if isinstance(error.__cause__, OSError) and error.__cause__.errno in FULL:
            _let_go()
        raise typer.Exit(1) from None
    except OSError as error:
        if error.errno not in FULL:
            raise
        tell(f"standard output: cannot be written: {(error.strerror or str(error)).lower()}")
        _let_go()
        raise typer.Exit(1) from None


def _let_go() -> None:
    """Have what is still buffered for standard output go nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(message: str) -> None:
    """Say something on stderr, on one line of up to 4,000 characters, with nothing in it that a terminal would obey."""
    with suppress(BrokenPipeError):
        sys.stderr.write(f"communique: {plain(message, _LONGEST)}\n")
        sys.stderr.flush()
