"""Search and quick filters: the same hits on SQLite (FTS5) and PostgreSQL (tsvector).

Both index what `communique.record.database.fold` cuts a text into; neither store's own idea of a word plays a part.

On SQLite the index of a statement, condition or report also holds what it can be filtered by
(`communique.record.database.index_terms`), under a row number that sorts by date, so that any combination of filters
is answered, newest first, by one walk along the shortest of a few lists. Triggers note which rows changed, whoever
changed them; `settle_terms` indexes those anew at the end of each transaction that writes. PostgreSQL combines its own
indexes.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text

from communique.record.database.fold import words_of
from communique.record.database.tables import INDEXES, MOST_INDEXED_WORDS

_MOST_POSITION = 16_383
"""Where PostgreSQL stops counting a word's place."""

_MOST_PLACES = 255
"""Places of one word that PostgreSQL keeps."""

_FTS5 = """
CREATE VIRTUAL TABLE {table} USING
fts5(words, content='', columnsize=0, prefix='3', tokenize="ascii tokenchars '_'")
"""

_SQLITE = (
    # What a row was indexed under: an index without content gives nothing back, and forgets only what it is told.
    """CREATE TABLE search_terms (kind TEXT, id INTEGER, place INTEGER NOT NULL, version INTEGER, terms TEXT NOT NULL,
    PRIMARY KEY (kind, id)) WITHOUT ROWID""",
    """CREATE TABLE search_tally (kind TEXT, family TEXT, value TEXT, n INTEGER NOT NULL,
    PRIMARY KEY (kind, family, value)) WITHOUT ROWID""",
    "CREATE INDEX ix_search_tally_n ON search_tally (kind, family, n)",
    "CREATE TABLE search_stale (kind TEXT, id INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID",
    "CREATE TABLE search_gone (kind TEXT, id INTEGER, place INTEGER, words TEXT, terms TEXT)",
)

_STALE = "INSERT OR IGNORE INTO search_stale VALUES ('{kind}', {id})"
_GONE = (
    "INSERT INTO search_gone SELECT kind, id, place, {words}, terms FROM search_terms"
    " WHERE kind = '{kind}' AND id = old.id; INSERT OR IGNORE INTO search_stale VALUES ('report', old.report_id)"
)
_WORDS = {
    "statement": "old.content_text",
    "condition": "old.antecedent_text || ' ' || old.consequent_text",
}
_WATCHED = {
    "statement": "published_at, said_on, outlet, speaker_root, country, party_root, act, confidence, voices, verdict, "
    "current",
    "condition": "published_at, outlet, kind, holder_root, country, must_act_root, confidence, verdict, current",
    "report": "version_id, outlet, published_at, copy_of",
}
_LINKED = {"statement_issue": "issue_root, current", "statement_party": "actor_root, current"}


def make_search(connection: Connection) -> None:
    """Make the search's own tables, empty, and what keeps them up to date."""
    if connection.dialect.name != "sqlite":
        for kind, table in INDEXES.items():
            owner = f"bigint PRIMARY KEY REFERENCES {kind} (id) ON DELETE CASCADE"
            connection.execute(text(f"CREATE TABLE {table} (id {owner}, words tsvector NOT NULL)"))
            connection.execute(text(f"CREATE INDEX ix_{table} ON {table} USING gin (words)"))
        return
    for table in INDEXES.values():
        connection.exec_driver_sql(_FTS5.format(table=table))
    for statement in (*_SQLITE, *_triggers()):
        connection.exec_driver_sql(statement)


def _triggers() -> Iterable[str]:
    for kind, watched in _WATCHED.items():
        changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in watched.split(", "))
        for event in ("INSERT", f"UPDATE OF {watched}"):
            when = f" WHEN {changed}" if event != "INSERT" else ""
            yield _trigger(
                f"{kind}_{event[:6]}", f"AFTER {event} ON {kind}{when}", _STALE.format(kind=kind, id="new.id")
            )
        if kind in _WORDS:
            gone = _GONE.format(kind=kind, words=_WORDS[kind])
            yield _trigger(f"{kind}_DELETE", f"BEFORE DELETE ON {kind}", gone)
    for table, watched in _LINKED.items():
        for event, row in (("INSERT", "new"), (f"UPDATE OF {watched}", "new"), ("DELETE", "old")):
            stale = _STALE.format(kind="statement", id=f"{row}.statement_id")
            yield _trigger(f"{table}_{event[:6]}", f"AFTER {event} ON {table}", stale)
    for kind in _WORDS:
        # Whether a row is of a copy is told by its report.
        stale = f"INSERT OR IGNORE INTO search_stale SELECT '{kind}', id FROM {kind} WHERE report_id = new.id"
        moved = "AFTER UPDATE OF copy_of ON report WHEN old.copy_of IS NOT new.copy_of"
        yield _trigger(f"{kind}_copied", moved, stale)
    for table in ("actor", "issue"):
        tally = f"INSERT OR IGNORE INTO search_tally VALUES ('statement', '{table[0]}', new.id, 0)"
        yield _trigger(f"{table}_new", f"AFTER INSERT ON canonical_{table}", tally)


def _trigger(name: str, when: str, what: str) -> str:
    return f"CREATE TRIGGER search_{name.lower()} {when} BEGIN {what}; END"


def index_rows(connection: Connection, kind: str, contents: Iterable[tuple[int, str]]) -> None:
    """Index statements, conditions or reports by number and words, in place of what they had.

    Does nothing on SQLite, where `settle_terms` does it.
    """
    if connection.dialect.name == "sqlite":
        return
    rows = [{"id": number, "words": _vector(words)} for number, words in contents]
    if rows:
        statement = (
            f"INSERT INTO {INDEXES[kind]} (id, words) VALUES (:id, CAST(:words AS tsvector))"
            " ON CONFLICT (id) DO UPDATE SET words = excluded.words"
        )
        connection.execute(text(statement), rows)


def _vector(words: str) -> str:
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words_of(words)[:MOST_INDEXED_WORDS], start=1):
        at = places.setdefault(word, [])
        if len(at) < _MOST_PLACES and place <= _MOST_POSITION:
            at.append(place)
    return " ".join(f"'{word}':{','.join(map(str, at))}" if at else f"'{word}'" for word, at in places.items())
