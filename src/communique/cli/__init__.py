"""The command line: one file a command, thin over the library."""

from __future__ import annotations

import gc
import os

INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells have it: 128 and the signal's number."""


def main() -> int:
    """Run the command line; return its exit status."""
    # What is imported stays: the default looks through it for garbage again and again, a tenth of a list's time.
    gc.set_threshold(300_000)
    try:
        from communique.cli.app import run
        from communique.cli.terminal import shield

        shield()
        return run()
    except KeyboardInterrupt:
        return INTERRUPTED
    except (MemoryError, ImportError, OSError) as error:
        from communique.errors import out_of_memory

        if not out_of_memory(error):
            raise
        # Past all buffers: there may be no memory for one.
        os.write(2, b"communique: there is not enough memory\n")
        return 1
