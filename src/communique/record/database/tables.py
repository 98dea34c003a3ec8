"""The tables of the record, the same on SQLite and PostgreSQL.

Three kinds of rows are kept apart, so that each can be redone without the others: what came in (reports, their
versions, sources), what a reader made of it (readings and all that hangs on them, each with its spans), and what
people decided (judgements, merges, changes to frames), which is only ever appended to.

Spans are JSON text, ``[[start, end], ...]`` in characters of the version's text. Times are ISO 8601 text in UTC, so
that they sort alike everywhere. ``current`` is 1 on what was read in a report's newest version, 0 on what an older
one said. ``published_at`` is empty, not null, where a date is unknown: null sorts differently in the two stores.

Indexes that only PostgreSQL has are for filters that SQLite answers from its full-text index
(`communique.record.database.index_terms`).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnClause,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

INDEXES = {"statement": "statement_words", "condition": "condition_words", "report": "report_words"}
"""The table that is the full-text index of each kind of row."""

MOST_INDEXED_WORDS = 60_000
"""Words of a text that are indexed: a tsvector holds a megabyte."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Number = BigInteger().with_variant(Integer(), "sqlite")
"""A row's number. SQLite gives them out itself only to a column called INTEGER."""

String = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that sorts by code point, as SQLite sorts it."""

CURRENT: ColumnClause[bool] = literal_column("current = 1")
"""Written out, not bound: only so do both stores see that an index over current rows serves."""

SPOKEN_FOR: ColumnClause[bool] = literal_column("current = 1 AND party_root <> speaker_root")
"""Of a statement whose speaker speaks for another: few of all."""

TAKES_A_STANCE: ColumnClause[bool] = literal_column("current = 1 AND stance IS NOT NULL")
"""Of a statement that is about an issue."""

CLAIMED: ColumnClause[bool] = literal_column("current = 1 AND claims <> '[]'")
"""What a report tells of claims to an issue."""

info = Table(
    "communique_record",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

source = Table(
    "source",
    metadata,
    Column("id", Number, primary_key=True),
    Column("url", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("outlet", String),
    Column("state", String, nullable=False, default="{}"),
    Column("checked_at", String),
)

source_entry = Table(
    "source_entry",
    metadata,
    Column("source_id", ForeignKey("source.id"), primary_key=True),
    Column("entry", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("seen_at", String, nullable=False),
)

report = Table(
    "report",
    metadata,
    Column("id", Number, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("version_id", Number),
    Column("title", String),
    Column("outlet", String),
    Column("author", String),
    Column("agency", String),
    Column("url", String),
    Column("published", String),
    Column("published_at", String, nullable=False),
    Column("added_at", String, nullable=False),
    Column("copy_of", ForeignKey("report.id")),
    Column("voice", Number, nullable=False),
    Column("copies", Integer, nullable=False, default=0),
    Index(None, "published_at", "id"),
    Index(None, "outlet", "published_at", "id"),
    Index(None, "copies", "published_at", "id"),
    Index(None, "voice"),
)

report_identity = Table(
    "report_identity",
    metadata,
    Column("identity", String, primary_key=True),
    Column("report_id", ForeignKey("report.id"), nullable=False),
    Index(None, "report_id"),
)

report_version = Table(
    "report_version",
    metadata,
    Column("id", Number, primary_key=True),
    Column("report_id", ForeignKey("report.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("text", String, nullable=False),
    Column("text_exact", LargeBinary),
    Column("text_sha256", String, nullable=False),
    Column("title", String),
    Column("outlet", String),
    Column("author", String),
    Column("agency", String),
    Column("url", String),
    Column("published", String),
    Column("came_from", String, nullable=False),
    Column("notes", String, nullable=False, default="[]"),
    Column("added_at", String, nullable=False),
    UniqueConstraint("report_id", "number"),
    Index(None, "text_sha256"),
)

reading = Table(
    "reading",
    metadata,
    Column("id", Number, primary_key=True),
    Column("version_id", ForeignKey("report_version.id"), nullable=False, unique=True),
    Column("report_id", ForeignKey("report.id"), nullable=False),
    Column("reader", String, nullable=False),
    Column("notes", String, nullable=False, default="[]"),
    Column("read_at", String, nullable=False),
    Column("frame", String),
    Index(None, "report_id"),
    Index(None, "reader"),
)

canonical_actor = Table(
    "canonical_actor",
    metadata,
    Column("id", Number, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("country", String),
    Column("principal", String),
    Column("merged_into", ForeignKey("canonical_actor.id")),
    Column("root_id", Number, nullable=False),
    Index(None, "root_id"),
    Index(None, "country", "kind"),
    Index(None, "kind"),
)

canonical_issue = Table(
    "canonical_issue",
    metadata,
    Column("id", Number, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("merged_into", ForeignKey("canonical_issue.id")),
    Column("root_id", Number, nullable=False),
    Index(None, "root_id"),
)

actor_name = Table(
    "actor_name",
    metadata,
    Column("name_words", String, primary_key=True),
    Column("actor_id", ForeignKey("canonical_actor.id"), primary_key=True),
    Column("name", String, nullable=False),
    Index(None, "actor_id"),
)

issue_name = Table(
    "issue_name",
    metadata,
    Column("name_words", String, primary_key=True),
    Column("issue_id", ForeignKey("canonical_issue.id"), primary_key=True),
    Column("name", String, nullable=False),
    Index(None, "issue_id"),
)

office_holding = Table(
    "office_holding",
    metadata,
    Column("id", Number, primary_key=True),
    Column("actor_id", ForeignKey("canonical_actor.id"), nullable=False),
    Column("office", String, nullable=False),
    Column("country", String),
    Column("held_from", String),
    Column("held_until", String),
    Column("report_id", ForeignKey("report.id")),
    Column("span", String),
    Index(None, "actor_id", "office"),
    Index(None, "office", "held_from"),
    Index(None, "report_id"),
)

actor = Table(
    "actor",
    metadata,
    Column("id", Number, primary_key=True),
    Column("reading_id", ForeignKey("reading.id", ondelete="CASCADE"), nullable=False),
    Column("report_id", Number, nullable=False),
    Column("position", Integer, nullable=False),
    Column("local_id", String, nullable=False),
    Column("canonical_id", ForeignKey("canonical_actor.id"), nullable=False),
    Column("resolved_id", ForeignKey("canonical_actor.id")),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("country", String),
    Column("role", String),
    Column("mentions", String, nullable=False),
    Column("principal", String),
    Column("members", String, nullable=False),
    Column("current", SmallInteger, nullable=False),
    UniqueConstraint("reading_id", "local_id"),
    Index(None, "canonical_id", "report_id"),
    Index(None, "resolved_id", "report_id"),
)

issue = Table(
    "issue",
    metadata,
    Column("id", Number, primary_key=True),
    Column("reading_id", ForeignKey("reading.id", ondelete="CASCADE"), nullable=False),
    Column("report_id", Number, nullable=False),
    Column("position", Integer, nullable=False),
    Column("local_id", String, nullable=False),
    Column("canonical_id", ForeignKey("canonical_issue.id"), nullable=False),
    Column("name", String, nullable=False),
    Column("aliases", String, nullable=False),
    Column("claims", String, nullable=False),
    Column("mentions", String, nullable=False),
    Column("current", SmallInteger, nullable=False),
    UniqueConstraint("reading_id", "local_id"),
    Index(None, "canonical_id", "report_id"),
    Index("ix_issue_claimed", "canonical_id", "id", sqlite_where=CLAIMED, postgresql_where=CLAIMED),
)

statement = Table(
    "statement",
    metadata,
    Column("id", Number, primary_key=True),
    Column("key", String, nullable=False),
    Column("reading_id", ForeignKey("reading.id", ondelete="CASCADE"), nullable=False),
    Column("report_id", Number, nullable=False),
    Column("position", Integer, nullable=False),
    Column("published_at", String, nullable=False),
    Column("said_on", String, nullable=False),
    Column("when_said", String, nullable=False),
    Column("outlet", String),
    Column("speaker", String),
    Column("speaker_id", Number),
    Column("speaker_root", Number),
    Column("country", String),
    Column("party_id", Number),
    Column("party_root", Number),
    Column("rank", SmallInteger, nullable=False),
    Column("act", String, nullable=False),
    Column("manner", String, nullable=False),
    Column("mode", String, nullable=False),
    Column("source", String, nullable=False),
    Column("cue", String, nullable=False),
    Column("content", String, nullable=False),
    Column("content_text", String, nullable=False),
    Column("chain", String, nullable=False),
    Column("addressee", String, nullable=False),
    Column("parent", String),
    Column("responds_to", String),
    Column("about", String, nullable=False),
    Column("conditions", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("rule", String, nullable=False),
    Column("proposition", String),
    Column("corrected", String),
    Column("speaker_confidence", Float),
    Column("same_as", Number),
    Column("voices", Integer, nullable=False, default=1),
    Column("verdict", String),
    Column("current", SmallInteger, nullable=False),
    UniqueConstraint("reading_id", "key"),
    Index(None, "key"),
    Index(None, "same_as"),
    Index(None, "report_id", "position"),
    *(
        Index(f"ix_statement_{name}", *columns, sqlite_where=CURRENT, postgresql_where=CURRENT)
        for name, columns in {
            "published": ("published_at", "id"),
            "speaker": ("speaker_root", "published_at", "id"),
            "party": ("party_root", "published_at", "id"),
        }.items()
    ),
    Index(
        "ix_statement_spoken_for", "speaker_root", "party_root", sqlite_where=SPOKEN_FOR, postgresql_where=SPOKEN_FOR
    ),
    *(
        Index(f"ix_statement_{name}", *columns, postgresql_where=CURRENT).ddl_if(dialect="postgresql")
        for name, columns in {
            "said": ("said_on", "id"),
            "country": ("country", "published_at", "id"),
            "act": ("act", "published_at", "id"),
            "outlet": ("outlet", "published_at", "id"),
            "confidence": ("confidence", "id"),
            "voices": ("voices", "published_at", "id"),
            "verdict": ("verdict", "published_at", "id"),
            "speaker_act": ("speaker_root", "act", "published_at", "id"),
            "country_act": ("country", "act", "published_at", "id"),
        }.items()
    ),
)

statement_issue = Table(
    "statement_issue",
    metadata,
    Column("statement_id", ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True),
    Column("issue_id", Number, primary_key=True),
    Column("issue_root", Number, nullable=False),
    Column("speaker_root", Number),
    Column("country", String),
    Column("party_root", Number),
    Column("stance", String),
    Column("rank", SmallInteger, nullable=False),
    Column("said_on", String, nullable=False),
    Column("published_at", String, nullable=False),
    Column("current", SmallInteger, nullable=False),
    Column("probability", Float),
    Column("reason", String),
    Column("place", String),
    Column("origin", String),
    Index(
        "ix_statement_issue_party",
        "issue_root",
        "party_root",
        "stance",
        "published_at",
        "statement_id",
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    ),
    Index(
        "ix_statement_issue_root",
        "issue_root",
        "published_at",
        "statement_id",
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    ),
    Index(
        "ix_statement_issue_speaker",
        "issue_root",
        "speaker_root",
        "published_at",
        "statement_id",
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    ),
    Index(
        "ix_statement_issue_stances",
        "party_root",
        "issue_root",
        "published_at",
        sqlite_where=TAKES_A_STANCE,
        postgresql_where=TAKES_A_STANCE,
    ),
    Index(None, "issue_id"),
)

statement_party = Table(
    "statement_party",
    metadata,
    Column("statement_id", ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("actor_id", Number, nullable=False),
    Column("actor_root", Number, nullable=False),
    Column("published_at", String, nullable=False),
    Column("current", SmallInteger, nullable=False),
    Index(
        "ix_statement_party_root",
        "actor_root",
        "role",
        "published_at",
        "statement_id",
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    ),
    Index(None, "actor_id"),
)

condition = Table(
    "condition",
    metadata,
    Column("id", Number, primary_key=True),
    Column("key", String, nullable=False),
    Column("reading_id", ForeignKey("reading.id", ondelete="CASCADE"), nullable=False),
    Column("report_id", Number, nullable=False),
    Column("position", Integer, nullable=False),
    Column("statement", String),
    Column("statement_id", Number),
    Column("published_at", String, nullable=False),
    Column("outlet", String),
    Column("kind", String, nullable=False),
    Column("holder", String),
    Column("holder_id", Number),
    Column("holder_root", Number),
    Column("country", String),
    Column("must_act", String),
    Column("must_act_id", Number),
    Column("must_act_root", Number),
    Column("antecedent", String, nullable=False),
    Column("consequent", String, nullable=False),
    Column("cue", String, nullable=False),
    Column("antecedent_text", String, nullable=False),
    Column("consequent_text", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("asks", String),
    Column("grants", String),
    Column("corrected", String),
    Column("must_act_confidence", Float),
    Column("verdict", String),
    Column("current", SmallInteger, nullable=False),
    UniqueConstraint("reading_id", "key"),
    Index(None, "key"),
    Index(None, "report_id", "position"),
    Index(None, "statement_id"),
    Index("ix_condition_published", "published_at", "id", sqlite_where=CURRENT, postgresql_where=CURRENT),
    *(
        Index(f"ix_condition_{name}", *columns, postgresql_where=CURRENT).ddl_if(dialect="postgresql")
        for name, columns in {
            "holder": ("holder_root", "published_at", "id"),
            "must_act": ("must_act_root", "published_at", "id"),
            "country": ("country", "published_at", "id"),
            "kind": ("kind", "published_at", "id"),
            "outlet": ("outlet", "published_at", "id"),
            "confidence": ("confidence", "id"),
            "verdict": ("verdict", "published_at", "id"),
        }.items()
    ),
)

event = Table(
    "event",
    metadata,
    Column("id", Number, primary_key=True),
    Column("key", String, nullable=False),
    Column("reading_id", ForeignKey("reading.id", ondelete="CASCADE"), nullable=False),
    Column("report_id", Number, nullable=False),
    Column("position", Integer, nullable=False),
    Column("data", String, nullable=False),
    Column("current", SmallInteger, nullable=False),
    UniqueConstraint("reading_id", "key"),
)

judgement = Table(
    "judgement",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("uid", String, nullable=False, unique=True),
    Column("target_kind", String, nullable=False),
    Column("target_key", String, nullable=False),
    Column("report_key", String),
    Column("anchor", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("correction", String, nullable=False, default="{}"),
    Column("note", String),
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
    Column("clock", Integer, nullable=False),
    Index(None, "target_kind", "target_key", "seq"),
    Index(None, "report_key"),
)

attachment = Table(
    "attachment",
    metadata,
    Column("kind", String, primary_key=True),
    Column("row_id", Number, primary_key=True),
    Column("judgement_seq", ForeignKey("judgement.seq"), primary_key=True),
    Index(None, "judgement_seq"),
)

merge = Table(
    "merge",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("uid", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("action", String, nullable=False),
    Column("from_key", String, nullable=False),
    Column("into_key", String, nullable=False),
    Column("reason", String),
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
    Column("clock", Integer, nullable=False),
    Index(None, "kind", "from_key", "seq"),
    Index(None, "kind", "into_key", "seq"),
)

frame_change = Table(
    "frame_change",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("uid", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("action", String, nullable=False),
    Column("name", String, nullable=False),
    Column("other", String),
    Column("details", String, nullable=False),
    Column("reason", String),
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
    Column("clock", Integer, nullable=False),
)

wire_band = Table(
    "wire_band",
    metadata,
    Column("band", BigInteger, primary_key=True),
    Column("report_id", Number, primary_key=True),
)
