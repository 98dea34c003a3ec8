"""The record as a library: open it, add readings, ask it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO

from sqlalchemy import Connection, Engine

from communique.record.database.address import Address, parse
from communique.record.database.connection import open_engine, reading, writing
from communique.record.database.sqlite_file import BUSY_SECONDS
from communique.record.query.filters import Filter
from communique.record.query.listing import Listing
from communique.record.query.names import NameFilter
from communique.record.query.paging import PAGE
from communique.record.query.rows import ActorRow, ConditionRow, IssueRow, ReportRow, StatementRow

if TYPE_CHECKING:
    from communique.model import Frame, Reading, Report
    from communique.record.archive.write import Place
    from communique.record.decisions.frame_log import FrameChange
    from communique.record.decisions.judgement_log import Judgement
    from communique.record.decisions.merge_log import MergeEntry
    from communique.record.exchange import Selection
    from communique.record.judgement.agreement import Agreement
    from communique.record.judgement.judgement_list import Listed
    from communique.record.query.copy_groups import CopyGroups, OpenedGroup
    from communique.record.query.facets import Facets
    from communique.record.query.report import OpenedReport
    from communique.record.resolution.offices import Holding
    from communique.record.resolution.proposals import Proposal

_REPORTS_AT_ONCE = 500
"""Reports whose actors are joined in one transaction."""

_MOST_COUNTED = 5000
"""Statements, the newest, that facets are counted over."""


class Record:
    """An open record. Use it as a context manager, or `close` it.

    >>> with Record.open("communique.db", create=True) as record:
    ...     placed = record.place(report)
    """

    def __init__(self, engine: Engine, address: Address) -> None:
        """Take an engine on an opened record; `open` makes one."""
        self.engine = engine
        self.address = address

    @classmethod
    def open(
        cls, where: str | Path, *, create: bool = False, read_only: bool = False, busy_seconds: float = BUSY_SECONDS
    ) -> Record:
        """Open the record at a path or a ``postgresql://`` address.

        ``create`` makes one where there is none; ``busy_seconds`` is how long another writer is waited for. Raises
        MissingInput, NotARecord, NewerRecord, RecordBusy, RecordFailed.
        """
        address = parse(where)
        return cls(open_engine(address, create=create, read_only=read_only, busy_seconds=busy_seconds), address)

    def close(self) -> None:
        """Let go of the record."""
        self.engine.dispose()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Hold one consistent view of the record."""
        with reading(self.engine, self.address.shown) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Hold the record for writing: all that is done inside is kept, or nothing of it."""
        with writing(self.engine, self.address.shown) as connection:
            yield connection

    def place(self, report: Report, *, given_id: bool = True, known_as: str | None = None) -> Place:
        """Find out whether a report is held, and the key under which it is to be read.

        ``known_as`` is what it goes by where its address is that of several reports.
        """
        from communique.record.archive import write

        with self.reading() as connection:
            return write.place(connection, report, given_id, known_as)

    def add(self, placed: Place, reading: Reading, *, came_from: str = "") -> bool:
        """Store the reading of a placed report, all of it or nothing.

        Returns False where another process changed the report's place meanwhile: place and read it again.
        """
        from communique.record.archive import write

        with self.writing() as connection:
            return write.add(connection, placed, reading, came_from)

    def judge(
        self,
        kind: str | None,
        key: str,
        verdict: str,
        *,
        by: str,
        correction: Mapping[str, Any] | None = None,
        note: str | None = None,
    ) -> Judgement:
        """Append a judgement: accept, reject, correct or withdraw a statement, condition, actor or issue.

        ``kind`` may be None where the key tells it. A correction's spans are ``[[start, end], ...]`` in the report's
        text. Raises NotInRecord, JudgementRefused.
        """
        from communique.record.judgement import judge

        with self.writing() as connection:
            kind = kind or judge.kind_of(connection, key)
            return judge.judge(connection, kind, key, verdict, by=by, correction=correction, note=note)

    def judge_issue(self, key: str, issue: str, verdict: str, *, by: str, note: str | None = None) -> Judgement:
        """Accept or reject that a statement is about an issue, both by key: a correction of what it is about.

        Raises NotInRecord, JudgementRefused.
        """
        from communique.record.judgement import judge

        with self.writing() as connection:
            return judge.judge_issue(connection, key, issue, verdict, by=by, note=note)

    def judgements(self, kind: str | None = None, key: str | None = None) -> Iterator[Listed]:
        """Yield the judgements, the earliest first, each with what it stands on today."""
        from communique.record.judgement.judgement_list import listed

        with self.reading() as connection:
            yield from listed(connection, kind, key)

    def agreement(self) -> Agreement:
        """Return how far people agree in what they judged."""
        from communique.record.judgement.agreement import agreement
        from communique.record.judgement.judgement_list import rated

        with self.reading() as connection:
            return agreement(rated(connection))

    def merge(self, kind: str, from_key: str, into_key: str, *, by: str, reason: str | None = None) -> MergeEntry:
        """Make two actors or issues one, known by the second, in every report. Raises NotInRecord, MergeRefused."""
        from communique.record.resolution import merges

        with self.writing() as connection:
            return merges.merge(connection, kind, from_key, into_key, by=by, reason=reason)

    def unmerge(
        self, kind: str, from_key: str, into_key: str | None = None, *, by: str, reason: str | None = None
    ) -> MergeEntry:
        """Undo a merge: everything is as it was before it. Raises MergeRefused where there is none."""
        from communique.record.resolution import merges

        with self.writing() as connection:
            return merges.unmerge(connection, kind, from_key, into_key, by=by, reason=reason)

    def keep_apart(self, kind: str, from_key: str, into_key: str, *, by: str, reason: str | None = None) -> MergeEntry:
        """Note that two are not one, so that they are not proposed again. Raises NotInRecord, MergeRefused."""
        from communique.record.resolution import merges

        with self.writing() as connection:
            return merges.keep_apart(connection, kind, from_key, into_key, by=by, reason=reason)

    def resolve(self, report: str, actor: str, into_key: str, *, by: str, reason: str | None = None) -> MergeEntry:
        """Note whom one report means by an actor of its own, as by an office. Raises NotInRecord, MergeRefused."""
        from communique.record.resolution import merges

        with self.writing() as connection:
            return merges.resolve(connection, report, actor, into_key, by=by, reason=reason)

    def unresolve(
        self, report: str, actor: str, into_key: str | None = None, *, by: str, reason: str | None = None
    ) -> MergeEntry:
        """Undo a `resolve`. Raises MergeRefused where there is none."""
        from communique.record.resolution import merges

        with self.writing() as connection:
            return merges.unresolve(connection, report, actor, into_key, by=by, reason=reason)

    def proposals(self) -> list[Proposal]:
        """Return what is worth joining, each with the reason and the words that it rests on."""
        from communique.record.resolution.proposals import proposals

        with self.reading() as connection:
            return list(proposals(connection))

    def join_sure(self, reports: Collection[str] | None = None) -> list[Proposal]:
        """Join what a documented rule makes sure, signed "communique"; return what was joined.

        ``reports`` are the keys of the reports whose offices and persons are looked at, by default all.
        """
        from communique.record.resolution.proposals import join_sure

        with self.writing() as connection:
            return join_sure(connection, reports)

    def join_waiting(self, at_once: int = _REPORTS_AT_ONCE) -> list[Proposal]:
        """Do what `join_sure` does for the reports that were added and not yet looked at, by this run or another.

        ``at_once`` is how many reports are looked at in one transaction.
        """
        from communique.record.resolution import unjoined

        joined: list[Proposal] = []
        while True:
            with self.reading() as connection:
                found = unjoined.waiting(connection, at_once)
            if not found:
                return joined
            joined += self.join_sure(found)

    def offices(self, actor: str) -> list[Holding]:
        """Return which offices an actor held when: as reports show it, then by the lexicon."""
        from communique.record.resolution.offices import holdings_of

        with self.reading() as connection:
            return holdings_of(connection, actor)

    def join_aliases(self, kind: str, groups: Iterable[Sequence[str]], *, by: str = "dossier") -> list[MergeEntry]:
        """Make one what each group of names, the main name first, calls an actor or issue; return the merges made."""
        from communique.record.resolution.aliases import join_aliases

        with self.writing() as connection:
            return join_aliases(connection, kind, groups, by=by)

    def follow(self, name: str, frame: Frame) -> None:
        """Have the record follow the parties and issues of a dossier of this name, in place of what it followed so.

        What is added from now on is read in that frame; what is asked without a choice is answered in it.
        """
        from communique.record.resolution import frames

        with self.writing() as connection:
            frames.follow(connection, name, frame)

    def frame(self) -> Frame:
        """Return the parties and issues that the record follows, of all its dossiers; an empty frame where of none."""
        from communique.record.resolution import frames

        with self.reading() as connection:
            return frames.followed(connection)

    def frame_changes(self) -> list[FrameChange]:
        """Return what people changed of what is followed, the earliest first, also what was undone."""
        from communique.record.decisions import frame_log

        with self.reading() as connection:
            return frame_log.changes(connection)

    def export(
        self,
        stream: BinaryIO,
        form: str = "jsonl",
        selection: Selection | None = None,
        *,
        table: str = "statements",
    ) -> None:
        """Write the record, or the reports of a selection, to a stream of bytes in one of the formats of a hand-over.

        `communique.collect.hand_over_reading.take_in_lines` takes ``jsonl`` in again; ``table`` is which one goes into
        CSV or Parquet. Raises ValueError on an unknown format, table or date.
        """
        from communique.record.exchange import export

        with self.reading() as connection:
            export(connection, stream, form, selection, table=table)

    def statements(
        self, asked: Filter | None = None, *, sort: str = "newest", limit: int = 0, after: str | None = None
    ) -> Listing[StatementRow]:
        """Return the statements that a filter lets through: to walk, page by page, or as a table.

        ``sort`` is newest, oldest, confidence (in hundredths) or voices, equals newest first; ``limit`` 0 is all;
        ``after`` is the cursor that a page ended with. Raises BadFilter; UnknownName and NotInRecord when walked.
        """
        return Listing(self.reading, "statements", asked or Filter(), sort, limit, after)

    def conditions(
        self, asked: Filter | None = None, *, sort: str = "newest", limit: int = 0, after: str | None = None
    ) -> Listing[ConditionRow]:
        """Return the conditions that a filter lets through, as `statements` does; not sorted by voices."""
        return Listing(self.reading, "conditions", asked or Filter(), sort, limit, after)

    def reports(
        self, asked: Filter | None = None, *, sort: str = "newest", limit: int = 0, after: str | None = None
    ) -> Listing[ReportRow]:
        """Return the reports that a filter lets through, newest or oldest first, as `statements` does."""
        return Listing(self.reading, "reports", asked or Filter(), sort, limit, after)

    def actors(self, asked: NameFilter | None = None, *, limit: int = 0, after: str | None = None) -> Listing[ActorRow]:
        """Return the actors, after merges, those with most statements first. Raises UnknownName when walked."""
        return Listing(self.reading, "actors", asked or NameFilter(), "statements", limit, after)

    def issues(self, asked: NameFilter | None = None, *, limit: int = 0, after: str | None = None) -> Listing[IssueRow]:
        """Return the issues, after merges, those with most statements first."""
        return Listing(self.reading, "issues", asked or NameFilter(), "statements", limit, after)

    def opened(self, report: str, version: int | None = None) -> OpenedReport:
        """Return a report by its key, with its text and all that was read in it. Raises NotInRecord."""
        from communique.record.query.report import open_report

        with self.reading() as connection:
            return open_report(connection, report, version)

    def copy_groups(self, *, limit: int = PAGE, after: str | None = None) -> CopyGroups:
        """Return a page of the reports that others reprinted, those with most copies first. Raises BadFilter."""
        from communique.record.query.copy_groups import copy_groups

        with self.reading() as connection:
            return copy_groups(connection, limit, after)

    def copy_group(self, report: str) -> OpenedGroup:
        """Return the group of wire copies that a report is in, by its key. Raises NotInRecord."""
        from communique.record.query.copy_groups import copy_group

        with self.reading() as connection:
            return copy_group(connection, report)

    def facets(self, asked: Filter | None = None, *, most: int = _MOST_COUNTED) -> Facets:
        """Count what the statements that a filter lets through are made of, looking at the newest ``most`` of them."""
        from communique.record.query.facets import facets

        with self.reading() as connection:
            return facets(connection, asked or Filter(), most)
