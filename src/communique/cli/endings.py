"""How a command ends: quietly when interrupted or when nobody reads on, with a reason when it cannot go on."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import typer

from communique.cli import INTERRUPTED
from communique.cli.plain import plain
from communique.errors import CommuniqueError

CLOSED_PIPE = 128 + getattr(signal, "SIGPIPE", 13)


@contextmanager
def endings() -> Iterator[None]:
    """Turn Ctrl-C, a closed pipe and our own errors into an exit status, without a traceback."""
    try:
        yield
        sys.stdout.flush()
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        # What is still buffered has nowhere to go; Python would try it once more at its end, and complain.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(CLOSED_PIPE) from None
    except CommuniqueError as error:
        tell(str(error))
        raise typer.Exit(1) from None


def tell(message: str) -> None:
    """Say something on stderr, on one line, with nothing in it that a terminal would obey."""
    with suppress(BrokenPipeError):
        sys.stderr.write(f"communique: {plain(message)}\n")
        sys.stderr.flush()
