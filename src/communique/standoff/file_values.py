"""Values of a model file, each checked as it is taken, with its place in the file for the error."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from communique.errors import BadStandoff
from communique.standoff.formulas import QUOTED, nearest
from communique.standoff.graph_model import Number

LONGEST_NAME = 300
_DIGITS = 15  # significant digits of a number with decimals: as many as any float keeps
_EXPONENT = 30  # powers of ten that a number may have
_MOST_BITS = 100  # of a whole number: a little over 10^30
_SHOWN = 60  # characters of a value that an error repeats
_WRITTEN_OUT = 200  # bits from which on a number is not


@dataclass(frozen=True, slots=True)
class Value:
    """A value read from a file, and where it stands: ``model.json: decision_makers[2].name``."""

    raw: Any
    where: str

    def bad(self, reason: str) -> BadStandoff:
        """Return the error for this value."""
        return BadStandoff(self.where.removesuffix(": "), reason)

    def wrong(self, wanted: str) -> BadStandoff:
        """Return the error for a value of another kind."""
        return self.bad(f"must be {wanted}, is {_shown(self.raw)}")

    def table(self, keys: Mapping[str, bool] | None = None) -> dict[str, Value]:
        """Return a table's values; ``keys`` are those it may have, True for those it must. Raises BadStandoff."""
        if not isinstance(self.raw, dict):
            raise self.wrong("a table (JSON: an object)")
        inner = {key: Value(raw, self.place(key)) for key, raw in self.raw.items()}
        if keys is not None:
            for key in inner:
                if key not in keys:
                    raise self.bad(f"there is no key {key[:QUOTED]!r} here{nearest(key, keys)}")
            for key, needed in keys.items():
                if needed and key not in inner:
                    raise self.bad(f"{key!r} is missing")
        return inner

    def place(self, key: str) -> str:
        """Return where a key of this table stands."""
        return f"{self.where}{'' if self.where.endswith(': ') else '.'}{key[:QUOTED]}"

    def items(self, most: int | None = None) -> Iterator[Value]:
        """Yield a list's values. Raises BadStandoff."""
        if not isinstance(self.raw, list):
            raise self.wrong("a list")
        if most is not None and len(self.raw) > most:
            raise self.bad(f"has {len(self.raw):,} entries; the limit is {most:,}")
        for at, raw in enumerate(self.raw):
            yield Value(raw, f"{self.where}[{at + 1}]")

    def text(self) -> str:
        """Return a text that is not empty."""
        if not isinstance(self.raw, str):
            raise self.wrong("a text")
        if not self.raw.strip():
            raise self.bad("is empty")
        return self.raw

    def name(self) -> str:
        """Return a name: short, on one line, without quotation marks; white space made single."""
        name = " ".join(self.text().split())
        if len(name) > LONGEST_NAME:
            raise self.bad(f"a name of {len(name):,} characters; the limit is {LONGEST_NAME}")
        if '"' in name or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in name):
            raise self.bad(f"{name[:QUOTED]!r} holds a quotation mark or a control character, which names may not")
        return name

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.raw, bool):
            raise self.wrong("true or false")
        return self.raw

    def whole(self, low: int, high: int, what: str) -> int:
        """Return a whole number between two."""
        if not isinstance(self.raw, int) or isinstance(self.raw, bool):
            raise self.wrong(what)
        if not low <= self.raw <= high:
            raise self.bad(f"must be {what} from {low} to {high:,}, is {_shown(self.raw)}")
        return self.raw

    def number(self) -> Number:
        """Return a number; decimals are exact."""
        raw = self.raw
        if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
            raise self.wrong("a number")
        if isinstance(raw, int):
            if raw.bit_length() > _MOST_BITS:
                raise self.bad(f"is too large: {_shown(raw)}; numbers go up to 10^{_EXPONENT}")
            return raw
        if not raw.is_finite():
            raise self.wrong("a number")
        if raw and abs(raw.adjusted()) > _EXPONENT:
            raise self.bad(f"is out of range: {_shown(raw)}; numbers go from 10^-{_EXPONENT} to 10^{_EXPONENT}")
        if raw == raw.to_integral_value():
            return int(raw)
        plain = raw.normalize()
        if len(plain.as_tuple().digits) > _DIGITS:
            raise self.bad(f"has more than {_DIGITS} digits: {_shown(raw)}")
        return plain

    def evidence(self) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(value.text() for value in self.items())


def _shown(raw: Any) -> str:
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, str):
        return repr(raw if len(raw) <= _SHOWN else raw[: _SHOWN - 1] + "…")
    if isinstance(raw, int):
        return str(raw) if raw.bit_length() < _WRITTEN_OUT else f"a number of {raw.bit_length():,} bits"
    if isinstance(raw, Decimal):
        return str(raw)[:_SHOWN]
    if raw is None:
        return "null"
    if isinstance(raw, dict | list):
        return "a table" if isinstance(raw, dict) else "a list"
    return f"a {type(raw).__name__}"
