"""What a reader made of one version, as rows: each with its reading, its report and its spans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from communique.model import Actor, Condition, Issue, IssueAssignment, Reading, Report, Statement
from communique.record.archive.copies import leave_sayings, note_sayings
from communique.record.database import tables as t
from communique.record.database.proposition_column import packed_proposition
from communique.record.database.search_index import index_rows
from communique.record.database.values import cut, now, packed, sortable, storable
from communique.record.judgement.judged_rows import detach, follow
from communique.record.resolution.canonical import Canonical, actors_of, issues_of
from communique.record.resolution.merges import follow_reading
from communique.record.resolution.offices import note_holdings
from communique.record.resolution.party_and_rank import ANONYMOUS, LEAST_LIKELY, party_of, rank_of, states_behind


def store_reading(connection: Connection, report_id: int, version_id: int, reading: Reading) -> None:
    """Store a reading as that of a version, in place of an earlier one of it."""
    drop_reading(connection, version_id)
    made = connection.execute(
        insert(t.reading).values(
            version_id=version_id,
            report_id=report_id,
            reader=reading.reader,
            notes=packed(list(reading.notes)),
            read_at=now(),
            frame=packed(list(reading.frame)) if reading.frame else None,
        )
    )
    assert made.inserted_primary_key is not None
    newest = connection.scalar(select(t.report.c.version_id).where(t.report.c.id == report_id))
    rows = _ReadingRows(
        connection,
        reading.report,
        {"reading_id": int(made.inserted_primary_key[0]), "report_id": report_id, "current": int(newest == version_id)},
        actors_of(connection, reading),
        issues_of(connection, reading),
        {actor.id: actor for actor in reading.actors} | states_behind(reading.actors),
    )
    rows.store(reading)
    follow_reading(connection, report_id, reading.report.id, [actor.id for actor in reading.actors])
    note_holdings(connection, report_id, reading, current=newest == version_id)
    follow(connection, report_id)
    if newest == version_id:
        note_sayings(connection, report_id)


def drop_reading(connection: Connection, version_id: int) -> None:
    """Take away the reading of a version, and all that hangs on it. Judgements stay."""
    reading_id = connection.scalar(select(t.reading.c.id).where(t.reading.c.version_id == version_id))
    if reading_id is None:
        return
    detach(connection, reading_id)
    leave_sayings(connection, reading_id)
    statements = select(t.statement.c.id).where(t.statement.c.reading_id == reading_id)
    for table in (t.statement_issue, t.statement_party):
        connection.execute(delete(table).where(table.c.statement_id.in_(statements)))
    for table in (t.condition, t.event, t.statement, t.issue, t.actor):
        connection.execute(delete(table).where(table.c.reading_id == reading_id))
    connection.execute(delete(t.reading).where(t.reading.c.id == reading_id))


class _ReadingRows:
    """The rows of one reading: what they share, and the numbers of the actors and issues that they name."""

    def __init__(
        self,
        connection: Connection,
        report: Report,
        shared: dict[str, Any],
        actors: Mapping[str, Canonical],
        issues: Mapping[str, Canonical],
        cast: Mapping[str, Actor],
    ) -> None:
        self.connection = connection
        self.text = storable(report.text)
        self.outlet = storable(report.outlet)
        self.published_at = sortable(report.published)
        self.shared = shared
        self.actors = actors
        self.issues = issues
        self.ranks = {name: rank_of(actor, cast) for name, actor in cast.items()}
        self.parties = {name: actors[party_of(actor, cast)] for name, actor in cast.items()}

    def store(self, reading: Reading) -> None:
        self._insert(t.actor, reading.actors, self._actor)
        self._insert(t.issue, reading.issues, self._issue)
        numbers = self._insert(t.statement, reading.statements, self._statement)
        self._link(reading.statements, numbers)
        by_key = {statement.id: number for statement, number in zip(reading.statements, numbers, strict=True)}
        conditions = self._insert(t.condition, reading.conditions, lambda condition: self._condition(condition, by_key))
        self._insert(
            t.event, reading.events, lambda event: {"key": event.id, "data": packed(plain_event(event)), **self.shared}
        )
        words = ((n, cut(self.text, s.content)) for s, n in zip(reading.statements, numbers, strict=True))
        index_rows(self.connection, "statement", words)
        sides = (
            (n, f"{cut(self.text, c.antecedent)} {cut(self.text, c.consequent)}")
            for c, n in zip(reading.conditions, conditions, strict=True)
        )
        index_rows(self.connection, "condition", sides)

    def _insert(self, table: Table, items: Iterable[Any], row: Callable[[Any], dict[str, Any]]) -> list[int]:
        rows = [row(item) | {"position": position} for position, item in enumerate(items)]
        if not rows:
            return []
        made = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        return [int(number) for number in self.connection.scalars(made, rows)]

    def _actor(self, actor: Actor) -> dict[str, Any]:
        return {
            "local_id": storable(actor.id),
            "canonical_id": self.actors[actor.id].id,
            "name": storable(actor.name),
            "kind": actor.kind.value,
            "country": actor.country,
            "role": storable(actor.role),
            "mentions": packed(actor.mentions),
            "principal": storable(actor.principal),
            "members": packed(actor.members),
            **self.shared,
        }

    def _issue(self, issue: Issue) -> dict[str, Any]:
        claims = [{"actor": c.actor, "grounds": c.grounds, "statement": c.statement} for c in issue.claims]
        return {
            "local_id": storable(issue.id),
            "canonical_id": self.issues[issue.id].id,
            "name": storable(issue.name),
            "aliases": packed(issue.aliases),
            "claims": packed(claims),
            "mentions": packed(issue.mentions),
            **self.shared,
        }

    def _statement(self, statement: Statement) -> dict[str, Any]:
        speaker = self.actors.get(statement.speaker or "")
        party = self._party(statement)
        return {
            "key": statement.id,
            "published_at": self.published_at,
            "said_on": statement.said_on or self.published_at[:10],
            "when_said": packed(statement.when),
            "outlet": self.outlet,
            "speaker": storable(statement.speaker),
            "speaker_id": speaker.id if speaker else None,
            "speaker_root": speaker.root_id if speaker else None,
            "country": speaker.country if speaker else None,
            "party_id": party.id if party else None,
            "party_root": party.root_id if party else None,
            "rank": self.ranks.get(statement.speaker or "", ANONYMOUS),
            "act": statement.act.value,
            "manner": statement.manner.value,
            "mode": statement.mode.value,
            "source": packed(statement.source),
            "cue": packed(statement.cue),
            "content": packed(statement.content),
            "content_text": cut(self.text, statement.content),
            "chain": packed([[relay.actor, relay.span] for relay in statement.chain]),
            "addressee": packed(statement.addressee),
            "parent": statement.parent,
            "responds_to": statement.responds_to,
            "about": packed(statement.about),
            "conditions": packed(statement.conditions),
            "confidence": statement.confidence,
            "rule": statement.rule,
            "speaker_confidence": statement.speaker_confidence,
            "proposition": packed_proposition(statement.proposition),
            **self.shared,
        }

    def _party(self, statement: Statement) -> Canonical | None:
        """Return for whom a statement speaks; nobody where its speaker is too doubtful for that."""
        likely = statement.speaker_confidence
        return None if likely is not None and likely < LEAST_LIKELY else self.parties.get(statement.speaker or "")

    def _condition(self, condition: Condition, statements: Mapping[str, int]) -> dict[str, Any]:
        holder = self.actors.get(condition.holder or "")
        must_act = self.actors.get(condition.must_act or "")
        return {
            "key": condition.id,
            "statement": condition.statement,
            "statement_id": statements.get(condition.statement or ""),
            "published_at": self.published_at,
            "outlet": self.outlet,
            "kind": condition.kind.value,
            "holder": storable(condition.holder),
            "holder_id": holder.id if holder else None,
            "holder_root": holder.root_id if holder else None,
            "country": holder.country if holder else None,
            "must_act": storable(condition.must_act),
            "must_act_id": must_act.id if must_act else None,
            "must_act_root": must_act.root_id if must_act else None,
            "antecedent": packed(condition.antecedent),
            "consequent": packed(condition.consequent),
            "cue": packed(condition.cue),
            "antecedent_text": cut(self.text, condition.antecedent),
            "consequent_text": cut(self.text, condition.consequent),
            "confidence": condition.confidence,
            "must_act_confidence": condition.must_act_confidence,
            "asks": packed_proposition(condition.asks),
            "grants": packed_proposition(condition.grants),
            **self.shared,
        }

    def _link(self, statements: Iterable[Statement], numbers: Iterable[int]) -> None:
        issues: list[dict[str, Any]] = []
        parties: list[dict[str, Any]] = []
        for statement, number in zip(statements, numbers, strict=True):
            dated = {"statement_id": number, "published_at": self.published_at, "current": self.shared["current"]}
            speaker = self.actors.get(statement.speaker or "")
            party = self._party(statement)
            stances = {entry.issue: entry.stance.value for entry in statement.stances}
            why = {entry.issue: entry for entry in statement.assigned}
            about = {self.issues[issue].id: issue for issue in statement.about if issue in self.issues}
            issues += (
                {
                    **dated,
                    "issue_id": number_of,
                    "issue_root": self.issues[issue].root_id,
                    "speaker_root": speaker.root_id if speaker else None,
                    "country": speaker.country if speaker else None,
                    "party_root": party.root_id if party else None,
                    "stance": stances.get(issue),
                    "rank": self.ranks.get(statement.speaker or "", ANONYMOUS),
                    "said_on": statement.said_on or self.published_at[:10],
                    **_why(why.get(issue)),
                }
                for number_of, issue in about.items()
            )
            for role, named in _parties(statement).items():
                found = [self.actors[actor] for actor in named if actor in self.actors]
                parties += (
                    {**dated, "role": role, "position": place, "actor_id": actor.id, "actor_root": actor.root_id}
                    for place, actor in enumerate(found)
                )
        for table, rows in ((t.statement_issue, issues), (t.statement_party, parties)):
            if rows:
                self.connection.execute(insert(table), rows)


def _why(given: IssueAssignment | None) -> dict[str, Any]:
    if given is None:
        return {"probability": None, "reason": None, "place": None}
    place = packed(given.place) if given.place is not None else None
    return {"probability": given.probability, "reason": given.reason.value, "place": place}


def _parties(statement: Statement) -> dict[str, list[str]]:
    return {
        "speaker": [statement.speaker] if statement.speaker else [],
        "relayer": [relay.actor for relay in statement.chain],
        "addressee": list(statement.addressee),
    }


def plain_event(event: Any) -> dict[str, Any]:
    """Return an event as plain values, as its row holds it."""
    return {
        "source": event.source,
        "target": event.target,
        "type": event.type,
        "mode": event.mode,
        "modality": event.modality,
        "date": event.date,
        "span": event.span,
        "statement": event.statement,
    }
