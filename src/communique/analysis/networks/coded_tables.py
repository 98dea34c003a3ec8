"""Coded statements from tables that somebody else made: a statement a row, its parts found by their columns' names."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeAlias

import numpy as np

from communique.analysis.networks.coded_statements import Coded, Factor, levels_of
from communique.errors import (
    BadCodedStatement,
    CommuniqueError,
    MissingColumn,
    NetworkTooLarge,
    NotText,
    UnreadableReport,
)
from communique.ingest.decode import likely_encoding
from communique.ingest.publication_dates import read_date

MOST_STATEMENTS = 5_000_000
"""Rows of a table."""

Stream: TypeAlias = "io.BufferedReader[Any]"
_DELIMITERS = ",;\t|"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 1 << 16  # bytes that tell the encoding
_LONGEST_CHARACTER = 4  # bytes of UTF-8
_LONGEST = 1_000  # characters of a name
_LONGEST_HEADER = 1_000_000  # characters
_QUOTED = 40  # characters of a cell that an error repeats
_MOST_NAMED = 40  # columns that an error names
_MOST_DAYS = 100_000  # dates that are remembered
_LARGEST = 1_000_000_000  # of a qualifier
_EMPTY = "".join(_DELIMITERS) + '" \r\n'  # of a line whose cells are empty
_EMPTY_LINES = 1_000  # before a header
_MISSING = {"", "na", "n/a", "nan", "null", "none"}
_WORDS = {"true": 1, "yes": 1, "agree": 1, "false": 0, "no": 0, "disagree": 0}
_NUMBER = re.compile(r"([+-]?\d{1,15})(?:\.0*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns are called. ``others`` are further ones, to filter by."""

    actor: str
    concept: str
    qualifier: str | None = None
    document: str | None = None
    date: str | None = None
    others: tuple[str, ...] = ()


def read_table(
    stream: Stream,
    where: str,
    columns: Columns,
    *,
    failed: Callable[[CommuniqueError], None],
    binary: bool | None = None,
) -> Coded:
    """Return the statements of a CSV or TSV table with a header.

    A row that cannot be counted (no actor, concept or document, a qualifier that is no whole number, a date that is
    no one day) is handed to ``failed``, named ``where:row`` with the header as row 1, and the others go on. A qualifier
    may be missing (an empty cell, NA); true and yes are 1, false and no 0. ``binary`` is as in `coded`.

    Raises UnreadableReport for an empty table, NotText, MissingColumn, NetworkTooLarge beyond 5,000,000 rows,
    BadNetwork as `coded` does.
    """
    text = io.TextIOWrapper(stream, _encoding(stream, where), "replace", newline="")
    try:
        first, head, delimiter = 2, text.readline(_LONGEST_HEADER), ""
        while head and not head.strip(_EMPTY) and first < _EMPTY_LINES:
            first, head = first + 1, text.readline(_LONGEST_HEADER)
        if head.strip().lower().startswith("sep=") and head.strip()[4:] in set(_DELIMITERS):  # as Excel writes it
            first, delimiter, head = first + 1, head.strip()[4], text.readline(_LONGEST_HEADER)
        if not head.strip():
            raise UnreadableReport(where, "empty: it begins with no header")
        delimiter = delimiter or max(_DELIMITERS, key=lambda sign: _found(head, sign, columns))
        header = [name.strip() for name in next(csv.reader([head], delimiter=delimiter))]
        rows = _CodedRows(columns, header, where, binary)
        for number, fields in _numbered(csv.reader(text, delimiter=delimiter), first):
            if number > MOST_STATEMENTS:
                raise NetworkTooLarge(where, f"it has over {MOST_STATEMENTS:,} rows")
            reason = fields if isinstance(fields, str) else rows.add(fields)
            if reason:
                failed(BadCodedStatement(f"{where}:{number}", reason))
        return rows.coded()
    finally:
        text.detach()


def _encoding(stream: Stream, where: str) -> str:
    sample = stream.peek(_SAMPLE)
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - _LONGEST_CHARACTER:  # else the sample's end cuts a character in half
            guessed = None if b"\0" in sample else likely_encoding(sample)
            if guessed is None:
                raise NotText(where, f"not text: not UTF-8 (byte {error.start}), nor another known encoding") from None
            return guessed
    return "utf-8"


def _found(head: str, delimiter: str, columns: Columns) -> tuple[int, int]:
    names = [name.strip().strip('"') for name in head.split(delimiter)]
    asked = {columns.actor, columns.concept, columns.qualifier, columns.document, columns.date}
    return len(asked & set(names)), len(names)


def _numbered(reader: Iterator[list[str]], first: int) -> Iterator[tuple[int, list[str] | str]]:
    """Number the rows as a spreadsheet does; one that is broken comes as what is wrong with it, an empty one not."""
    for number in count(first):
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, f"it cannot be read ({error})"
        else:
            if any(field.strip() for field in fields):
                yield number, fields


class _CodedRows:
    """The rows so far, each name as a number."""

    def __init__(self, columns: Columns, header: Sequence[str], where: str, binary: bool | None) -> None:
        self._columns, self._binary = columns, binary
        self._width = len(header)
        names = dict.fromkeys(name for name in (columns.actor, columns.concept, columns.document) if name)
        self._needed = {name: _place(header, name, where) for name in names}
        self._others = {name: _place(header, name, where) for name in columns.others if name not in names}
        self._qualifier = _place(header, columns.qualifier, where) if columns.qualifier else None
        self._date = _place(header, columns.date, where) if columns.date else None
        self._names = {name: _Names() for name in (*self._needed, *self._others)}
        self._levels, self._qualified, self._seconds = array("q"), array("b"), array("q")
        self._days: dict[str, int | None] = {}

    def add(self, fields: list[str]) -> str | None:
        """Take a row; return why it is left out, or None."""
        if len(fields) > self._width:
            return f"it has {len(fields):,} fields, the header {self._width:,}"
        fields = fields + [""] * (self._width - len(fields))
        values = {name: _name(fields[at]) for name, at in (self._needed | self._others).items()}
        for name in self._needed:
            if values[name].lower() in _MISSING:
                return f"it has no {name}"
        long = next((name for name, value in values.items() if len(value) > _LONGEST), None)
        if long:
            return f"its {long} has over {_LONGEST:,} characters"
        level = None if self._qualifier is None else _level(fields[self._qualifier])
        if isinstance(level, str) or (self._binary and level not in (None, 0, 1)):
            kind = "0 or 1" if self._binary else "whole number"
            return f"its {self._columns.qualifier} {str(level)[:_QUOTED]!r} is no {kind}"
        second = None if self._date is None else self._second(fields[self._date])
        if self._date is not None and second is None:
            return f"its {self._columns.date} {fields[self._date].strip()[:_QUOTED]!r} tells no one day"
        for name, value in values.items():
            self._names[name].add(value)
        self._levels.append(level or 0)
        self._qualified.append(level is not None)
        self._seconds.append(0 if second is None else second)
        return None

    def _second(self, value: str) -> int | None:
        if value not in self._days:
            iso = read_date(value)
            moment = datetime.fromisoformat(iso) if iso else None
            if moment is not None:
                moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            if len(self._days) > _MOST_DAYS:
                self._days.clear()
            self._days[value] = None if moment is None else int(moment.timestamp())
        return self._days[value]

    def coded(self) -> Coded:
        """Return the rows as columns."""
        factors = {name: names.factor() for name, names in self._names.items()}
        qualifier = np.array(self._levels, np.int64)
        qualified = np.array(self._qualified, bool)
        levels, binary = levels_of(qualifier[qualified], self._binary)
        size = len(qualifier)
        when = np.array(self._seconds, np.int64).astype("datetime64[s]")
        document = factors[self._columns.document] if self._columns.document else Factor((), np.full(size, -1))
        return Coded(
            actor=factors[self._columns.actor],
            concept=factors[self._columns.concept],
            document=document,
            qualifier=qualifier,
            qualified=qualified,
            levels=levels,
            binary=binary,
            when=when if self._columns.date else np.full(size, "NaT", "datetime64[s]"),
            others=factors,
        )


class _Names:
    """Names as numbers, in the order in which they first come."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._codes = array("q")

    def add(self, name: str) -> None:
        self._codes.append(self._places.setdefault(name, len(self._places)) if name else -1)

    def factor(self) -> Factor:
        names = sorted(self._places)
        # The last entry stands for no name, which is numbered -1.
        places = np.full(len(names) + 1, -1, np.int64)
        for at, name in enumerate(names):
            places[self._places[name]] = at
        return Factor(tuple(names), places[np.array(self._codes, np.int64)])


def _place(header: Sequence[str], name: str, where: str) -> int:
    if header.count(name) > 1:
        raise MissingColumn(where, f"there are {header.count(name)} columns {name!r}: which one is meant?")
    if name in header:
        return header.index(name)
    alike = [at for at, held in enumerate(header) if held.casefold() == name.strip().casefold()]
    if len(alike) == 1:
        return alike[0]
    there = ", ".join(repr(held[:_QUOTED]) for held in header[:_MOST_NAMED] if held) or "none"
    raise MissingColumn(where, f"there is no column {name!r}; there are {there}")


def _name(field: str) -> str:
    words = " ".join(field.split())
    return words if words.isascii() else unicodedata.normalize("NFC", words)


def _level(field: str) -> int | str | None:
    """A qualifier's value, None where it is missing, or the words that are none."""
    words = field.strip()
    if words.lower() in _MISSING:
        return None
    if words.lower() in _WORDS:
        return _WORDS[words.lower()]
    number = _NUMBER.fullmatch(words)
    return int(number[1]) if number and abs(int(number[1])) <= _LARGEST else words
