"""How the time of reading grows with a text's length: the exponent of time over size, for texts of several shapes.

    .venv/bin/python benchmarks/growth.py [--most 10000] [--shape NAME ...]

For each shape a text of 100, 1,000 ... units is read whole, and the exponent is that of the last step: 1.0
is a time that grows with the length, 2.0 one that grows with its square. Exits 1 where one is over 1.1.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable

from communique.model import Report
from communique.reading.pipeline import Reader, load, read_batch

MOST = 1.1
_NAMES = ("Pavel Orlov", "Yoko Tanabe", "Lena Torvik", "Ivo Kelder", "Amara Diallo", "Kemal Aras", "Nikos Lambros")


def paragraphs(units: int) -> str:
    """One wire paragraph after another, some with a dateline."""
    plain = "Moscow said on Monday that the talks would go on.\n\n"
    return "".join(f"TOKYO, Oct. {n % 28 + 1} (Kyodo) -- {plain}" if n % 3 == 0 else plain for n in range(units))


def quotations(units: int) -> str:
    """Quotations, ten a paragraph."""
    return "".join(f"“We will wait,” the minister said.{chr(10) * 2 if n % 10 == 9 else ' '}" for n in range(units))


def names(units: int) -> str:
    """Persons of names that differ, each with a title, then by the surname alone."""
    said = (
        f"Envoy {_NAMES[n % 7].split()[0]} {_NAMES[n // 7 % 7].split()[1]}{_letters(n)} said that it would go on.\n\n"
        for n in range(units)
    )
    return "".join(said)


def sentence(units: int) -> str:
    """One sentence that goes on and on."""
    return f"The minister said that {', and that '.join(['the talks would go on'] * units)}."


def marks(units: int) -> str:
    """Quotation marks with nothing between them."""
    return "Moscow said that it would wait. " + '" ' * units


def _letters(number: int) -> str:
    made = ""
    while number:
        number, digit = divmod(number, 26)
        made += chr(97 + digit)
    return made


SHAPES: dict[str, Callable[[int], str]] = {
    each.__name__: each for each in (paragraphs, quotations, names, sentence, marks)
}


def seconds(reader: Reader, text: str) -> float:
    """The time to read a text once; the shorter of two for short ones."""
    best = math.inf
    for _ in range(2 if len(text) < 20_000 else 1):
        start = time.process_time()
        read_batch(reader, [Report(id="growth", text=text)])
        best = min(best, time.process_time() - start)
    return best


def main() -> int:
    """Print a line for each shape and size; return 1 where one grows faster than it may."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--most", type=int, default=10_000, help="units of the longest text")
    parser.add_argument("--shape", action="append", choices=sorted(SHAPES), help="only this one")
    given = parser.parse_args()
    reader = load()
    failed = False
    for name in given.shape or SHAPES:
        before: float | None = None
        units = 100
        while units <= given.most:
            text = SHAPES[name](units)
            if len(text) > 1_000_000:
                break
            took = seconds(reader, text)
            grows = math.log10(took / before) if before else None
            print(f"{name:12} {units:7,} units {len(text):9,} characters {took:8.2f} s", end="")
            print(f"   exponent {grows:.2f}" if grows is not None else "", flush=True)
            before, units = took, units * 10
        failed = failed or (grows is not None and grows > MOST)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
