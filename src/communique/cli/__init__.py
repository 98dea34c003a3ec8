"""The command line: one file a command, thin over the library."""

from __future__ import annotations

INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells have it: 128 and the signal's number."""


def main() -> int:
    """Run the command line; return its exit status."""
    try:
        from communique.cli.app import run

        return run()
    except KeyboardInterrupt:
        return INTERRUPTED
