"""Full-text search: the same words found on SQLite (FTS5) and PostgreSQL (tsvector).

Both index what `communique.record.words` cuts a text into; neither store's own idea of a word plays a part.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select, text

from communique.record import schema as t
from communique.record.words import words_of

_MOST_POSITION = 16_383
"""Where PostgreSQL stops counting a word's place."""

_MOST_WORDS = 60_000
"""Words of a report that are indexed: a tsvector holds a megabyte."""

TABLES = {"statement": "statement_words", "report": "report_words"}


def make_search(connection: Connection) -> None:
    """Make the search's own tables, empty."""
    for table in TABLES.values():
        if connection.dialect.name == "sqlite":
            # Contentless: the words stand in their own tables already.
            tokens = "tokenize='unicode61 remove_diacritics 0'"
            connection.execute(text(f"CREATE VIRTUAL TABLE {table} USING fts5(words, content='', {tokens})"))
        else:
            connection.execute(text(f"CREATE TABLE {table} (id bigint PRIMARY KEY, words tsvector NOT NULL)"))
            connection.execute(text(f"CREATE INDEX ix_{table} ON {table} USING gin (words)"))


def index_statements(connection: Connection, contents: Iterable[tuple[int, str]]) -> None:
    """Index statements by number and content."""
    _index(connection, TABLES["statement"], list(contents))


def unindex_statements(connection: Connection, reading_id: int) -> None:
    """Take a reading's statements out of the index."""
    rows = connection.execute(
        select(t.statement.c.id, t.statement.c.content_text).where(t.statement.c.reading_id == reading_id)
    )
    _unindex(connection, TABLES["statement"], [(row.id, row.content_text) for row in rows])


def index_report(connection: Connection, report_id: int, words: str) -> None:
    """Index a report's title and text."""
    _index(connection, TABLES["report"], [(report_id, words)])


def unindex_report(connection: Connection, report_id: int, words: str) -> None:
    """Take a report's title and text, as they were indexed, out of the index."""
    _unindex(connection, TABLES["report"], [(report_id, words)])


def _index(connection: Connection, table: str, rows: list[tuple[int, str]]) -> None:
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        statement = text(f"INSERT INTO {table} (rowid, words) VALUES (:id, :words)")
        values = [{"id": number, "words": _line(words)} for number, words in rows]
    else:
        statement = text(f"INSERT INTO {table} (id, words) VALUES (:id, CAST(:words AS tsvector))")
        values = [{"id": number, "words": _vector(words)} for number, words in rows]
    connection.execute(statement, values)


def _unindex(connection: Connection, table: str, rows: list[tuple[int, str]]) -> None:
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        statement = text(f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', :id, :words)")
        values = [{"id": number, "words": _line(words)} for number, words in rows]
    else:
        statement = text(f"DELETE FROM {table} WHERE id = :id")
        values = [{"id": number} for number, _ in rows]
    connection.execute(statement, values)


def _line(words: str) -> str:
    return " ".join(words_of(words)[:_MOST_WORDS])


def _vector(words: str) -> str:
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words_of(words)[:_MOST_WORDS], start=1):
        at = places.setdefault(word, [])
        if len(at) < 255 and place <= _MOST_POSITION:
            at.append(place)
    return " ".join(f"'{word}':{','.join(map(str, at))}" if at else f"'{word}'" for word, at in places.items())
