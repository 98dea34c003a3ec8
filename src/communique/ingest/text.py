"""Plain text files: one report a file, or one a document where it clearly holds several; stray mark-up taken out."""

from __future__ import annotations

from collections.abc import Iterator
from os import SEEK_END
from pathlib import PurePath
from typing import BinaryIO

from communique.errors import ReportTooLong, UnreadableReport
from communique.identity import report_id
from communique.ingest.arrivals import MAX_CHARACTERS, Arrival, Item, Source
from communique.ingest.decode import decode
from communique.ingest.language import require_english
from communique.ingest.markup import unmarked
from communique.ingest.several_documents import documents_in
from communique.model import Report

_MOST_BYTES = 4 * MAX_CHARACTERS + 4  # no encoding takes more than four bytes a character, and a mark


def read_text(stream: BinaryIO, where: str) -> Iterator[Item]:
    """Yield the reports that the stream holds, or what is wrong with it."""
    try:
        yield from _reports(stream, where)
    except UnreadableReport as error:
        yield error


def at_most(stream: BinaryIO, most: int, where: str) -> bytes:
    """Return the stream's bytes. Raises ReportTooLong where there are over ``most``, of which no more are read."""
    data = stream.read(most + 1)
    if len(data) > most:
        size = _size(stream, len(data))
        raise ReportTooLong(where, f"too long: {size} bytes; at most {most:,} are read, {MAX_CHARACTERS:,} characters")
    return data


def fitting(text: str, where: str) -> str:
    """Return the text; raise where it is empty or longer than a report may be."""
    if not text.strip().strip("\ufeff\u200b"):
        raise UnreadableReport(where, "empty: there is no text in it" if text else "empty")
    if len(text) > MAX_CHARACTERS:
        raise ReportTooLong(
            where, f"too long: {len(text):,} characters; a report may have {MAX_CHARACTERS:,} characters"
        )
    return text


def _size(stream: BinaryIO, read: int) -> str:
    if not stream.seekable():
        return f"at least {read:,}"
    here = stream.tell()
    size = stream.seek(0, SEEK_END)
    stream.seek(here)
    return f"{size:,}"


def _reports(stream: BinaryIO, where: str) -> Iterator[Arrival]:
    data = at_most(stream, _MOST_BYTES, where)
    text, notes = decode(data, where)
    text, marked = unmarked(text)
    require_english(fitting(text, where), where)
    stem = "" if where == "-" else PurePath(where).stem
    each = documents_in(text)
    for number, piece in enumerate(each, 1):
        told = (f"document {number} of {len(each)} in the file",) if len(each) > 1 else ()
        yield Arrival(Report(id=report_id(piece, stem), text=piece), where, notes + marked + told)


source = Source("text", (".txt", ".text"), read_text)
