"""How the time of reading grows with a text's length: the exponent of time over size, for texts of several shapes.

    .venv/bin/python benchmarks/growth.py [--most 10000] [--shape NAME ...]

For each shape a text of 10, 100, 1,000 ... units is read whole, with the exponent of each step and, below, of the
whole way: 1.0 is a time that grows with the length, 2.0 one that grows with its square. What is made once, and what a
report costs however short it is, is told beside and left out: both would make the first steps look flatter than they
are. Exits 1 where the whole way or the last step is over 1.1.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable

from communique.model import Report
from communique.reading.pipeline import Reader, load, read_batch

MOST = 1.1
FEWEST_UNITS = 10
_SHORT = 20_000
"""Characters of a text up to which the shortest of several readings counts."""
_TRIES = 5
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
    """The time to read a text once; the shortest of several for short ones."""
    best = math.inf
    for _ in range(_TRIES if len(text) < _SHORT else 1):
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
    read_batch(reader, [Report(id="growth", text="".join(make(FEWEST_UNITS) for make in SHAPES.values()))])
    still = seconds(reader, "A.")
    print(f"{'any report':12} {1:7,} unit  {2:9,} characters {still:8.4f} s", flush=True)
    failed = False
    for name in given.shape or SHAPES:
        times: list[tuple[int, float]] = []
        units = FEWEST_UNITS
        while units <= given.most:
            text = SHAPES[name](units)
            if len(text) > 1_000_000:
                break
            times.append((units, max(seconds(reader, text) - still, 1e-6)))
            print(f"{name:12} {units:7,} units {len(text):9,} characters {times[-1][1]:8.3f} s", end="")
            print(f"   exponent {exponent(times[-2:]):.2f}" if len(times) > 1 else "", flush=True)
            units *= 10
        if len(times) > 1:
            print(f"{name:12} the whole way: exponent {exponent(times):.2f}", flush=True)
            failed = failed or max(exponent(times), exponent(times[-2:])) > MOST
    return 1 if failed else 0


def exponent(times: list[tuple[int, float]]) -> float:
    """The exponent from the first of some (units, seconds) to the last."""
    (few, short), (many, long) = times[0], times[-1]
    return math.log(long / short) / math.log(many / few)


if __name__ == "__main__":
    raise SystemExit(main())
