"""What the analyses rest on: statements of the record with all that weighs in, newest first.

Statements that somebody judged wrong are left out; those of older versions of a report too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from communique.model import ConditionKind, Proposition, Span, Spans, Stance, Trait
from communique.reading.propositions.wording import GAP, proposition_of, proposition_without, until_met
from communique.record.database.proposition_column import proposition_from
from communique.record.database.sql import NOT_REJECTED, REJECTED, Askable, ask, numbers
from communique.record.database.values import spans_of
from communique.record.query.date_bounds import beyond, lower
from communique.record.query.speaking_parties import joint_voices, own_voices, placed_elsewhere, speaking_for_nobody

MOST = 500
"""Statements, the newest, where nobody says how many."""

MOST_OF_A_CELL = 60
"""Statements, the newest, of one party on one issue."""

_AT_ONCE = 500
"""Rows in one question."""


@dataclass(frozen=True, slots=True)
class HeldCondition:
    """A condition as a position holds it: the words of both sides, and by key who holds it and who must act.

    ``kept`` are the propositions of both sides as the record keeps them, "" where it keeps none.
    """

    key: str
    kind: ConditionKind
    antecedent: str
    consequent: str
    holder: str | None
    must_act: str | None
    confidence: float
    kept: tuple[str, str] = ("", "")

    @property
    def asks(self) -> Proposition:
        """What the antecedent says."""
        return _kept(self.kept[0]) if self.kept[0] else of_words(self.antecedent)

    @property
    def grants(self) -> Proposition:
        """What the consequent says."""
        return _kept(self.kept[1]) if self.kept[1] else of_words(self.consequent)


@dataclass(frozen=True, slots=True)
class Topic:
    """An issue that a statement is about, and where it stands on it."""

    key: str
    name: str
    stance: Stance | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement. ``content`` are its words, at the spans ``at`` of the report's newest text.

    ``stance`` is that on the issue for which it was looked up, None where it was looked up by another way; ``topics``
    are all issues that it is about, where they were asked for.

    ``day`` is when it was said, as far as known ("2023-10-02", "2022-03"), else when it was published, "" where neither
    is known; ``published_at`` sorts by time. ``voice`` is the number of the report whose copies count as one voice.
    ``rank`` is how much the speaker commits the party, 0 to 6. ``kept`` is the proposition as the record keeps it, ""
    where it keeps none.
    """

    id: int
    key: str
    report: str
    title: str | None
    outlet: str | None
    url: str | None
    published_at: str
    day: str
    speaker: str | None
    speaker_name: str
    party: str | None
    rank: int
    act: str
    stance: Stance | None
    content: str
    at: Spans
    confidence: float
    voice: int
    voices: int
    conditions: tuple[HeldCondition, ...]
    responds_to: str | None = None
    parent: str | None = None
    relayed: bool = False
    party_name: str = ""
    topics: tuple[Topic, ...] = ()
    kept: str = ""

    @property
    def proposition(self) -> Proposition:
        """What it says, less the conditions that it sets: as kept, else made anew from its words."""
        if self.kept:
            return _kept(self.kept)
        return _of_rest(self.content, tuple(c.antecedent for c in self.binding))

    def words_at(self, place: Span) -> str:
        """Return the words at a place of the report that its proposition names."""
        if not self.kept:
            return self.content[place.start : place.end]
        at = 0
        for start, end in self.at:
            if start <= place.start < end:
                return self.content[at + place.start - start : at + min(place.end, end) - start]
            at += end - start + len(GAP)
        return ""

    def spelt(self, term: str) -> str:
        """Return a term of its proposition as it is spelt there; the term where it is none of it."""
        said = self.proposition
        return self.words_at(said.terms_at[said.terms.index(term)]) if term in said.terms else term

    def lasts_until(self, condition: HeldCondition) -> bool:
        """Tell whether what the statement denies is denied only until a condition is met: "not until ..."."""
        if condition.kept[0]:
            return Trait.UNTIL in condition.asks.traits
        at = self.content.find(condition.antecedent)
        return at >= 0 and until_met(self.content, (Span(at, at + len(condition.antecedent)),))

    @property
    def binding(self) -> tuple[HeldCondition, ...]:
        """Its conditions, without those that it waives."""
        return binding_of(self.conditions)


def binding_of(conditions: tuple[HeldCondition, ...]) -> tuple[HeldCondition, ...]:
    """Return the conditions without those that are waived."""
    # Most statements have none, and each is asked many times.
    return tuple(c for c in conditions if c.kind is not ConditionKind.WAIVED) if conditions else ()


@lru_cache(maxsize=16384)
def _kept(packed: str) -> Proposition:
    return proposition_from(packed)


@lru_cache(maxsize=16384)
def of_words(text: str) -> Proposition:
    """Return what words say that the record keeps no proposition of."""
    return proposition_of(text)


@lru_cache(maxsize=16384)
def _of_rest(text: str, antecedents: tuple[str, ...]) -> Proposition:
    return proposition_without(text, antecedents)


_QUERY = f"""
    SELECT s.id, s.key, s.published_at, s.act, s.content, s.content_text, s.confidence, s.voices, s.responds_to,
        s.parent, s.chain, s.said_on, s.rank, s.proposition, s.corrected,
        speaker_actor.key AS speaker, speaker_actor.name AS speaker_name, party_actor.key AS party,
        party_actor.name AS party_name, r.key AS report, r.title, r.outlet, r.url, r.voice,
        {{stance}} AS stance
    FROM {{listed}}
    JOIN report r ON r.id = s.report_id
    LEFT JOIN canonical_actor speaker_actor ON speaker_actor.id = s.speaker_root
    LEFT JOIN canonical_actor party_actor ON party_actor.id = {{by}}.party_root
    WHERE {{by}}.current = 1 AND {NOT_REJECTED}"""

_STANCES = f"({', '.join(repr(stance.value) for stance in Stance)})"

_CONDITIONS = """
    SELECT c.statement_id, c.key, c.kind, c.antecedent_text, c.confidence, c.consequent_text,
        c.asks, c.grants, c.corrected,
        holder_actor.key AS holder, must_act_actor.key AS must_act
    FROM condition c
    LEFT JOIN canonical_actor holder_actor ON holder_actor.id = c.holder_root
    LEFT JOIN canonical_actor must_act_actor ON must_act_actor.id = c.must_act_root
    WHERE c.statement_id IN {statements} AND (c.verdict IS NULL OR c.verdict <> 'reject')
    ORDER BY c.id"""

_TOPICS = """
    SELECT i.statement_id, i.stance, c.key, c.name
    FROM statement_issue i JOIN canonical_issue c ON c.id = i.issue_root
    WHERE i.statement_id IN {statements} AND i.current = 1
    ORDER BY i.statement_id, c.key"""


def evidence_on(
    connection: Askable, issue: int, *, as_of: str | None = None, since: str | None = None, limit: int = MOST
) -> list[Evidence]:
    """Return the newest statements on an issue, newest first.

    ``as_of`` (ISO 8601) leaves out what was published later than that day, ``since`` what was published before.
    Raises BadFilter for what is no date.
    """
    values: dict[str, Any] = {"issue": issue, "most": limit}
    listed = "statement_issue i JOIN statement s ON s.id = i.statement_id"
    question = _QUERY.format(stance="i.stance", listed=listed, by="i") + " AND i.issue_root = :issue"
    question += bounded(values, "i", None, as_of, since)
    rows = ask(connection, f"{question} ORDER BY i.published_at DESC, i.statement_id DESC LIMIT :most", **values)
    return with_conditions(connection, rows)


def evidence_by_cell(
    connection: Askable,
    issues: Iterable[int],
    parties: Iterable[int],
    *,
    as_of: str | None = None,
    most: int = MOST_OF_A_CELL,
) -> dict[tuple[int, int], list[Evidence]]:
    """Return what parties said with a stance on issues, by the party's and the issue's row: the ``most`` newest of
    each, newest first.

    ``as_of`` is as in `evidence_on`. Raises BadFilter for what is no date.
    """
    values: dict[str, Any] = {"most": most}
    members, issues = {root: root for root in parties}, list(issues)
    spoken_for = {**own_voices(connection, members, issues), **joint_voices(connection, members)}
    silent = speaking_for_nobody(connection, spoken_for)
    voices = numbers({*members, *spoken_for})
    # Which they are is told by an index alone; only then are their words read.
    chosen = ask(
        connection,
        f"""
        SELECT statement_id, issue_root, party_root, stance FROM (
            SELECT i.statement_id, i.issue_root, i.party_root, i.stance, row_number() OVER (
                PARTITION BY i.issue_root, i.party_root ORDER BY i.published_at DESC, i.statement_id DESC
            ) AS place
            FROM statement_issue i
            WHERE i.current = 1 AND i.issue_root IN {numbers(issues)} AND i.party_root IN {voices}
                AND i.stance IN {_STANCES} AND i.statement_id NOT IN {REJECTED}{bounded(values, "i", None, as_of)}
        ) numbered
        WHERE place <= :most
        ORDER BY party_root, issue_root, place""",
        **values,
    )
    question = _QUERY.format(stance="NULL", listed="statement s", by="s")
    rows = {
        row.id: row
        for some in _in_parts(each.statement_id for each in chosen)
        for row in ask(connection, f"{question} AND s.id IN {some}")
    }
    held = conditions_of(connection, [each.statement_id for each in chosen if each.stance == Stance.CONDITIONAL])
    cells: dict[tuple[int, int], list[Evidence]] = {}
    for each in chosen:
        if each.statement_id not in rows or each.statement_id in silent:
            continue
        row = rows[each.statement_id]._replace(stance=each.stance)
        made = as_evidence(row, tuple(held.get(row.id, ())))
        for party in (each.party_root,) if each.party_root in members else spoken_for.get(each.party_root, ()):
            cells.setdefault((party, each.issue_root), []).append(made)
    newest_first = {cell: sorted(found, key=_age, reverse=True)[:most] for cell, found in cells.items()}
    return {cell: without_restatements(found) for cell, found in newest_first.items()}


def _age(e: Evidence) -> tuple[str, int]:
    return e.published_at, e.id


def newest(
    connection: Askable,
    *,
    party: int | None = None,
    as_of: str | None = None,
    since: str | None = None,
    limit: int = MOST,
) -> list[Evidence]:
    """Return the newest statements, of one party or of all, newest first, whatever they are about.

    ``as_of`` and ``since`` are as in `evidence_on`. Raises BadFilter for what is no date.
    """
    values: dict[str, Any] = {"most": limit}
    question = _QUERY.format(stance="NULL", listed="statement s", by="s") + bounded(values, "s", party, as_of, since)
    rows = ask(connection, f"{question} ORDER BY s.published_at DESC, s.id DESC LIMIT :most", **values)
    return with_conditions(connection, rows)


def bounded(values: dict[str, Any], of: str, party: int | None, as_of: str | None, since: str | None = None) -> str:
    """Return the narrower choice of rows ``of`` a table as SQL; what it compares with goes into ``values``.

    ``as_of`` and ``since`` are as in `evidence_on`. Raises BadFilter for what is no date.
    """
    parts = []
    if party is not None:
        parts.append(f" AND {of}.party_root = :party")
        values["party"] = party
    if as_of:
        parts.append(f" AND {of}.published_at < :as_of")
        values["as_of"] = beyond(as_of)
    if since:
        parts.append(f" AND {of}.published_at >= :since")
        values["since"] = lower(since)
    return "".join(parts)


def topics_of(connection: Askable, statements: Iterable[int]) -> dict[int, tuple[Topic, ...]]:
    """Return the issues that statements are about, by the statement's row."""
    found: dict[int, tuple[Topic, ...]] = {}
    for some in _in_parts(statements):
        for row in ask(connection, _TOPICS.format(statements=some)):
            topic = Topic(row.key, row.name, Stance(row.stance) if row.stance else None)
            found[row.statement_id] = (*found.get(row.statement_id, ()), topic)
    return found


def with_conditions(connection: Askable, rows: Sequence[Any]) -> list[Evidence]:
    """Return the rows as evidence, their conditions fetched in one go."""
    held = conditions_of(connection, [row.id for row in rows])
    return without_restatements([as_evidence(row, tuple(held.get(row.id, ()))) for row in rows])


def with_parties(connection: Askable, found: Sequence[Evidence]) -> list[Evidence]:
    """Return the statements; whom his own report calls by name alone speaks for the party that others give him."""
    alone = [e for e in found if e.speaker and e.speaker == e.party and e.speaker.startswith("person:")]
    if not alone:
        return list(found)
    placed = placed_elsewhere(connection, (e.speaker for e in alone if e.speaker))
    ids = ask(connection, f"SELECT DISTINCT speaker_root FROM statement WHERE id IN {numbers([e.id for e in alone])}")
    silent = speaking_for_nobody(connection, [row.speaker_root for row in ids])
    moved = {e.id: placed[e.speaker] for e in alone if e.speaker in placed and e.id not in silent}
    return [replace(e, party=moved[e.id][0], party_name=moved[e.id][1]) if e.id in moved else e for e in found]


class Relayable(Protocol):
    """What may tell the same as another statement of the same speaker, which it tells again."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def report(self) -> str:
        """The report in which it stands, by key."""

    @property
    def parent(self) -> str | None:
        """The statement inside which it stands, by key."""

    @property
    def speaker(self) -> object:
        """Who says it."""

    @property
    def relayed(self) -> bool:
        """Whether somebody passes it on."""


_Telling = TypeVar("_Telling", bound=Relayable)


def without_restatements(found: Sequence[_Telling]) -> list[_Telling]:
    """Return the statements without those that only tell another one of the same speaker again.

    "Putin told reporters that talks could resume, TASS reported" is read as what Putin told and as what TASS reported
    of him: the same words twice, the second time with "told reporters" in them.
    """
    told = {(e.report, e.parent, e.speaker) for e in found if e.parent and e.relayed}
    return [e for e in found if not (e.relayed and (e.report, e.key, e.speaker) in told)]


def conditions_of(connection: Askable, statements: Iterable[int]) -> dict[int, list[HeldCondition]]:
    """Return the conditions that hang on statements, by the statement's row."""
    found: dict[int, list[HeldCondition]] = {}
    for some in _in_parts(statements):
        for row in ask(connection, _CONDITIONS.format(statements=some)):
            found.setdefault(row.statement_id, []).append(_held(row))
    return found


def _held(row: Any) -> HeldCondition:
    words = json.loads(row.corrected) if row.corrected else {}
    asked, granted = words.get("antecedent"), words.get("consequent")
    return HeldCondition(
        row.key,
        ConditionKind(row.kind),
        asked["text"] if asked else row.antecedent_text,
        granted["text"] if granted else row.consequent_text,
        row.holder,
        row.must_act,
        row.confidence,
        ("" if asked else row.asks or "", "" if granted else row.grants or ""),
    )


def _spans(places: Iterable[Sequence[int]]) -> Spans:
    return tuple(Span(start, end) for start, end in places)


def _in_parts(statements: Iterable[int]) -> Iterator[str]:
    """The numbers as SQL's IN takes them, some at a time."""
    listed = sorted(set(statements))
    for start in range(0, len(listed), _AT_ONCE):
        yield numbers(listed[start : start + _AT_ONCE])


def as_evidence(row: Any, conditions: tuple[HeldCondition, ...] = ()) -> Evidence:
    """Make evidence of a row: with the words that people corrected, where they did."""
    words = json.loads(row.corrected).get("content") if row.corrected else None
    return Evidence(
        id=row.id,
        key=row.key,
        report=row.report,
        title=row.title,
        outlet=row.outlet,
        url=row.url,
        published_at=row.published_at,
        day=row.said_on or row.published_at[:10],
        speaker=row.speaker,
        speaker_name=row.speaker_name or "",
        party=row.party,
        rank=row.rank,
        act=row.act,
        stance=Stance(row.stance) if row.stance else None,
        content=words["text"] if words else row.content_text,
        at=_spans(words["at"]) if words else spans_of(row.content),
        confidence=row.confidence,
        voice=row.voice,
        voices=row.voices,
        conditions=conditions,
        responds_to=row.responds_to,
        parent=row.parent,
        relayed=row.chain != "[]",
        party_name=row.party_name or "",
        kept="" if words else row.proposition or "",
    )
