"""A process that writes to a record, for tests that stop it, race it or starve it.

``python record_writer.py WHERE FIRST COUNT [BYTES [USER]]`` adds reports FIRST, FIRST + 1, ... and says each key once
the record holds it; no file may grow beyond BYTES (0: no limit), and it runs as the user with the number USER.
"""

from __future__ import annotations

import os
import resource
import signal
import sys

from communique.errors import CommuniqueError
from communique.record import Record
from record_samples import made, put, reading


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(where: str, first: int, count: int, limit: int = 0, user: int = 0) -> int:
    if user:
        os.setuid(user)
    if limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        with Record.open(where, create=True) as record:
            say("open")
            for number in range(first, first + count):
                text = (
                    f"Russia said offer {number} would stand only if Japan changed course, TASS reported. " + "-" * 500
                )
                say(put(record, reading(made(text, id=f"report-{number}"))))
    except CommuniqueError as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[2:]]
    sys.exit(main(sys.argv[1], *given))
