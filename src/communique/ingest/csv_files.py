"""CSV and TSV tables: a report a row, its columns found by their names."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, TextIO

from communique.errors import NotText, ReportTooLong, UnreadableReport
from communique.identity import report_id
from communique.ingest.arrivals import MAX_CHARACTERS, Arrival, Item, Source
from communique.ingest.decode import checked, likely_encoding
from communique.ingest.language import require_english
from communique.ingest.markup import unmarked, unmarked_line
from communique.ingest.publication_dates import implausible, read_date
from communique.ingest.text import fitting
from communique.model import Report

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "doc_id", "docid", "report_id", "article_id", "uid", "guid"),
    "text": ("text", "body", "content", "full_text", "fulltext", "article", "article_text", "maintext"),
    "title": ("title", "headline", "heading"),
    "url": ("url", "link", "address", "web_url", "permalink"),
    "outlet": ("outlet", "source", "publication", "source_name", "newspaper", "publisher", "media"),
    "published": (
        "published",
        "date",
        "publication_date",
        "published_at",
        "pubdate",
        "date_published",
        "date_publish",
        "pub_date",
        "datetime",
    ),
    "author": ("author", "authors", "byline", "by"),
    "agency": ("agency", "news_agency", "wire"),
    "speaker": ("speaker", "issuer", "speaker_name", "issued_by"),
    "country": ("country", "country_code", "speaker_country", "iso3", "country_name"),
}
"""What a report's parts are called in tables, the likelier name first. Case, spaces and hyphens make no difference."""

_FIELDS = ("title", "url", "outlet", "author", "agency", "speaker", "country")

MAX_ROW = MAX_CHARACTERS + 200_000
"""Characters that a row may have: the longest text, and room for the other fields."""

MAX_COLUMNS = 10_000
_SAMPLE = 1 << 18
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DELIMITERS = ",;\t|"
_EMPTY = ',;\t| "\r\n'  # of a line whose cells are empty

# The limit of the csv module is one for the whole process: set for a row's reading, and put back.
_limit = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    fields: list[str]


def csv_source(columns: Mapping[str, str] | None = None) -> Source:
    """Return a source for CSV and TSV files; ``columns`` maps a report's part ("text") to the column that holds it.

    Parts that it leaves out are found by their usual names. Raises ValueError for a part that a report has not.
    """
    columns = dict(columns or {})
    strange = sorted(columns.keys() - COLUMNS.keys())
    if strange:
        raise ValueError(f"a report has no {strange[0]!r}; it has {', '.join(COLUMNS)}")

    def read(stream: BinaryIO, where: str) -> Iterator[Item]:
        yield from _read(stream, where, columns)

    return Source("csv", (".csv", ".tsv"), read)


def _read(stream: BinaryIO, where: str, columns: Mapping[str, str]) -> Iterator[Item]:
    try:
        text = _text(stream, where)
    except NotText as error:
        yield error
        return
    try:
        yield from _table(text, where, columns)
    finally:
        text.detach()


def _text(stream: BinaryIO, where: str) -> io.TextIOWrapper:
    """The stream as text, its encoding told by its mark, else UTF-8, else guessed from its start."""
    buffered = io.BufferedReader(_Opened(stream), _SAMPLE)
    sample = buffered.peek(_SAMPLE)
    for mark, encoding in _BOMS:
        if sample.startswith(mark):
            buffered.read(len(mark))
            return io.TextIOWrapper(buffered, encoding, "replace", newline="")
    encoding = "utf-8"
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:  # else a character is cut in half by the sample's end
            guessed = None if b"\0" in sample else likely_encoding(sample)
            if guessed is None:
                raise NotText(
                    where, f"not text: not UTF-8 (byte {error.start}), nor any other encoding known here"
                ) from None
            encoding = guessed
    return io.TextIOWrapper(buffered, encoding, "replace", newline="")


class _Opened(io.RawIOBase):
    """The stream under another name, so that whoever is done with it does not close it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        made = self._stream.read(len(buffer))
        buffer[: len(made)] = made
        return len(made)


class _RowLines:
    """Lines for the csv module: each row's are kept, so that a broken row costs no other."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._again: list[str] = []
        self.row: list[str] = []
        self.size = 0

    def begin(self) -> None:
        self.row, self.size = [], 0

    def back(self) -> None:
        """Give the lines after the row's first again."""
        self._again = self.row[:0:-1]
        self.begin()

    def __iter__(self) -> _RowLines:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else self._stream.readline(MAX_ROW + 1)
        if not line:
            raise StopIteration
        self.size += len(line)
        if self.size > MAX_ROW:
            raise _TooLong
        self.row.append(line)
        return line

    def skip(self) -> bool:
        """Go on to the end of the row that is too long; return False where the file ends before."""
        quotes = sum(line.count('"') for line in self.row)
        while line := self._stream.readline(MAX_ROW + 1):
            quotes += line.count('"')
            if line.endswith(("\n", "\r")) and (quotes % 2 == 0 or not self.row):
                return True
        return False


class _TooLong(Exception):
    pass


def _table(text: TextIO, where: str, columns: Mapping[str, str]) -> Iterator[Item]:
    lines = _RowLines(text)
    try:
        head = next((line for line in lines if line.strip(_EMPTY)), None)
    except _TooLong:
        yield ReportTooLong(where, f"its header has over {MAX_ROW:,} characters")
        return
    if head is None:
        yield UnreadableReport(where, "empty: there is no line in it")
        return
    said = head.strip().lower()
    if said.startswith("sep=") and len(said) == 5:
        delimiter, head = said[4], next(lines, "")
    else:
        delimiter = _delimiter(head, columns, tab=".tsv" in PurePath(where).suffixes)
    header, rows = None, 0
    lines._again.append(head)
    for row in _rows(lines, delimiter, where):
        if isinstance(row, UnreadableReport):
            yield row
        elif header is None:
            try:
                header = _header(row.fields, columns, where)
            except UnreadableReport as error:
                yield error
                return
            width = len(row.fields)
        elif any(field.strip() for field in row.fields):
            rows += 1
            try:
                yield _arrival(row, header, width, where)
            except UnreadableReport as error:
                yield error
    if header is not None and not rows:
        yield UnreadableReport(where, "there is no row below its header")


def _rows(lines: _RowLines, delimiter: str, where: str) -> Iterator[_Row | UnreadableReport]:
    number = 0
    while True:
        lines.begin()
        number += 1
        place = f"{where}:{number}"
        # A new one for each row, since one that has raised is in the middle of a field.
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            with _limit:
                before = csv.field_size_limit(MAX_ROW)
                try:
                    fields = next(reader, None)
                finally:
                    csv.field_size_limit(before)
        except _TooLong:
            yield ReportTooLong(place, f"too long: a row of over {MAX_ROW:,} characters")
            if not lines.skip():
                yield UnreadableReport(
                    place, "a quotation mark opens in it that nothing closes; nothing behind is read"
                )
                return
            continue
        except csv.Error as error:
            yield UnreadableReport(place, f"its quotation marks do not fit ({error})")
            lines.back()
            continue
        if fields is None:
            return
        yield _Row(number, fields)


def _delimiter(head: str, columns: Mapping[str, str], tab: bool) -> str:
    """The one that gives the most names that are known, then the most columns."""
    if tab and "\t" in head:
        return "\t"

    def found(delimiter: str) -> tuple[int, int]:
        names = [_name(name) for name in head.strip().replace('"', "").split(delimiter)]
        known = {name for forms in COLUMNS.values() for name in forms} | {_name(name) for name in columns.values()}
        return sum(name in known for name in names), len(names)

    return max(_DELIMITERS, key=found)


def _header(names: list[str], columns: Mapping[str, str], where: str) -> dict[str, int]:
    """Where each of a report's parts is. Raises UnreadableReport where there is no text."""
    there = ", ".join(repr(name.strip()) for name in names[:40] if name.strip()) or "none"
    if len(names) > MAX_COLUMNS:
        raise UnreadableReport(where, f"its header has {len(names):,} columns; at most {MAX_COLUMNS:,} are read")
    place: dict[str, int] = {}
    for number, name in enumerate(names):
        place.setdefault(_name(name), number)
    exact = {name.strip(): number for number, name in reversed(list(enumerate(names)))}
    found: dict[str, int] = {}
    for part, forms in COLUMNS.items():
        if part in columns:
            wanted = columns[part]
            at = exact.get(wanted.strip(), place.get(_name(wanted)))
            if at is None:
                raise UnreadableReport(where, f"there is no column {wanted!r} for the {part}; there are {there}")
            found[part] = at
        else:
            at = next((place[form] for form in forms if form in place), None)
            if at is not None and at not in found.values():
                found[part] = at
    if "text" not in found:
        usual = ", ".join(COLUMNS["text"][:3])
        raise UnreadableReport(where, f"none of its columns is called {usual}; there are {there}")
    return found


def _name(name: str) -> str:
    return "_".join(name.strip().strip("\ufeff").casefold().replace("-", " ").split())


def _arrival(row: _Row, header: dict[str, int], width: int, where: str) -> Arrival:
    place = f"{where}:{row.number}"
    if len(row.fields) > width:
        raise UnreadableReport(place, f"it has {len(row.fields):,} fields, the header {width:,}: which is the text?")
    values = {part: row.fields[at] if at < len(row.fields) else "" for part, at in header.items()}
    text, marked = unmarked(values["text"])
    require_english(checked(fitting(text, place), place), place)
    notes: list[str] = [*marked]
    lost = text.count("\ufffd")
    if lost:
        notes.append(f"the text holds {lost} characters that were lost in its encoding")
    given = values.get("id", "").strip()
    stem = PurePath(where).stem if where != "-" else ""
    fields = {part: _field(values, part) for part in _FIELDS}
    report = Report(id=given or report_id(text, stem), text=text, published=_published(values, notes), **fields)
    return Arrival(report, place, tuple(notes), given_id=bool(given))


def _field(values: Mapping[str, str], part: str) -> str | None:
    value = values.get(part, "")
    words = value if part == "url" else unmarked_line(value) or ""
    return " ".join(words.replace("\0", " ").split()) or None


def _published(values: Mapping[str, str], notes: list[str]) -> str | None:
    value = values.get("published", "").strip()
    if not value:
        return None
    iso = read_date(value)
    if iso is None:
        notes.append(f"its date {value[:40]!r} tells no one day: left out")
        return None
    reason = implausible(iso)
    if reason:
        notes.append(f"its date {iso} is left out: {reason}")
        return None
    return iso


source = csv_source()
