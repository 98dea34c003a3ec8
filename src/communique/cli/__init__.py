"""The command line: one file a command, thin over the library."""

from __future__ import annotations

import gc
import os
import sys

INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells have it: 128 and the signal's number."""


def main() -> int:
    """Run the command line; return its exit status."""
    # What is imported stays: the default looks through it for garbage again and again, a tenth of a list's time.
    gc.set_threshold(300_000)
    _open_closed()
    # Before all else: where memory has run out there is none to import with.
    from communique.errors import out_of_memory

    try:
        from typer import Exit

        from communique.cli.app import run
        from communique.cli.endings import endings
        from communique.cli.terminal import shield

        shield()
        # Also for what is said before a command begins: help, the version, wrong usage.
        try:
            with endings():
                return run()
        except Exit as end:
            return end.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except (MemoryError, ImportError, OSError, SystemError, ValueError) as error:
        if not out_of_memory(error):
            raise
        # Past all buffers: there may be no memory for one.
        os.write(2, b"communique: there is not enough memory\n")
        return 1


def _open_closed() -> None:
    """Stand something in for standard input, output or stderr where whoever called closed them.

    Else the next file that is opened, a record it may be, would have its number. What is written to standard output
    then fails by name, as on a full disk; what is told on stderr is told to nobody.
    """
    for number, flags in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)
    if sys.stdin is None:
        sys.stdin = os.fdopen(0)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w")
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w")
