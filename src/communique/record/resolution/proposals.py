"""Who may be whom: what the record proposes to join, why, and on what evidence.

A proposal is ``sure`` where one of these rules holds, and only such are ever joined without somebody's word:

- office: the office has one holder at a time, and that was one person on the report's date: by what the report itself
  says; else by the reports within a year that show the holder nearest before and after, where they agree or the
  lexicon settles it, and it does not speak against them; else by the lexicon alone.
- spelling: two full names (two words or more) of the same known country are spelt alike but for transliteration
  (`transliterated`), or the lexicon lists both spellings for one person.

All else is for people to decide: a family name alone, names that are nearly alike, an office that several share.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, insert, select

from communique.model import ActorKind, Span
from communique.record.database import tables as t
from communique.record.database.fold import words_of
from communique.record.database.values import spans_of
from communique.record.decisions.merge_log import MergeAction, mention_key
from communique.record.resolution import unjoined
from communique.record.resolution.merges import merge, resolve
from communique.record.resolution.offices import Holding, by_lexicon, is_sole, office_key, seen_in_office

MOST_DAYS = 365
"""Days between a report's date and another report that shows an office's holder."""

_NEAR = 0.84
"""Similarity (Ratcliff and Obershelp's, 0 to 1) of two full names from which they are worth a look."""

_MOST_OF_A_NAME = 40
_MOST_WEIGHED = 1000
"""Mentions of an actor whose reports are counted, to tell which of two is known better."""

_AT_ONCE = 500

_T = TypeVar("_T")
SIGNED = "communique"


@dataclass(frozen=True, slots=True)
class ProposalEvidence:
    """Words of a report that a proposal rests on."""

    report: str
    span: Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two that may be one. ``from_key`` is an actor's key or, for ``resolve``, that of a report's own mention."""

    action: MergeAction
    from_key: str
    into_key: str
    rule: str
    sure: bool
    reason: str
    evidence: tuple[ProposalEvidence, ...]
    report: str | None = None
    local_id: str | None = None
    into_name: str = ""


def proposals(connection: Connection, reports: Collection[str] | None = None) -> Iterator[Proposal]:
    """Yield what is worth joining, leaving out every pair that somebody joined, parted or kept apart before.

    ``reports`` keeps it to the offices in these reports (by key), and to the persons who are in them, each held against
    all others; without it all of the record is looked at.
    """
    numbers = None if reports is None else _numbers(connection, reports)
    for proposal in (*_offices(connection, numbers), *_persons(connection, numbers)):
        table = t.merge
        told = select(table.c.seq).where(table.c.kind == "actor")
        pair = ((table.c.from_key == proposal.from_key) & (table.c.into_key == proposal.into_key)) | (
            (table.c.from_key == proposal.into_key) & (table.c.into_key == proposal.from_key)
        )
        if connection.scalar(told.where(pair).limit(1)) is None:
            yield proposal


def join_sure(connection: Connection, reports: Collection[str] | None = None) -> list[Proposal]:
    """Join all that is sure, signed "communique"; return what was joined. Each can be undone.

    ``reports`` are the keys of those to look at (see `proposals`), by default all.
    """
    done = []
    for proposal in [each for each in proposals(connection, reports) if each.sure]:
        if proposal.action is MergeAction.RESOLVE:
            _hold(connection, proposal)
            resolve(
                connection,
                proposal.report or "",
                proposal.local_id or "",
                proposal.into_key,
                by=SIGNED,
                reason=proposal.reason,
            )
        elif _one(connection, proposal.from_key, proposal.into_key):
            continue
        else:
            merge(connection, "actor", proposal.from_key, proposal.into_key, by=SIGNED, reason=proposal.reason)
        done.append(proposal)
    unjoined.forget(connection, reports)
    return done


def _one(connection: Connection, one: str, other: str) -> bool:
    c = t.canonical_actor.c
    return len(set(connection.scalars(select(c.root_id).where(c.key.in_([one, other]))))) == 1


def _hold(connection: Connection, proposal: Proposal) -> None:
    """Have the record know a person whom only the lexicon knows."""
    c = t.canonical_actor.c
    if connection.scalar(select(c.id).where(c.key == proposal.into_key)) is not None:
        return
    owner = proposal.from_key.rpartition("#")[2].split("/")[0]
    country = owner.upper() if len(owner) == 3 else None
    values = {"key": proposal.into_key, "name": proposal.into_name, "kind": "person", "country": country}
    made = connection.execute(insert(t.canonical_actor).values(root_id=0, **values))
    assert made.inserted_primary_key is not None
    number = made.inserted_primary_key[0]
    connection.execute(t.canonical_actor.update().where(c.id == number).values(root_id=number))
    words = " ".join(words_of(proposal.into_name))
    connection.execute(insert(t.actor_name).values(actor_id=number, name_words=words, name=proposal.into_name))


def _numbers(connection: Connection, reports: Collection[str]) -> list[int]:
    keys = sorted(set(reports))
    return [
        number
        for start in range(0, len(keys), _AT_ONCE)
        for number in connection.scalars(
            select(t.report.c.id).where(t.report.c.key.in_(keys[start : start + _AT_ONCE]))
        )
    ]


def _offices(connection: Connection, reports: Sequence[int] | None) -> Iterator[Proposal]:
    """Offices that current reports mention without a name."""
    query = _unnamed_offices()
    parts = [query] if reports is None else [query.where(t.actor.c.report_id.in_(part)) for part in _parts(reports)]
    for part in parts:
        for row in connection.execute(part).fetchall():
            # A bare office has no role: its name is what the report calls it.
            office = office_key(row.local_id, row.kind, row.role or row.name, row.country, row.principal)
            if office is not None and (is_sole(office) or office.endswith("/spokesperson")):
                yield from _holder(connection, row, office)


def _parts(several: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(several), _AT_ONCE):
        yield several[start : start + _AT_ONCE]


def _unnamed_offices() -> Select[Any]:
    return (
        select(
            t.actor.c.local_id,
            t.actor.c.name,
            t.actor.c.kind,
            t.actor.c.role,
            t.actor.c.country,
            t.actor.c.principal,
            t.actor.c.mentions,
            t.report.c.key,
            t.report.c.published_at,
        )
        .join(t.canonical_actor, t.canonical_actor.c.id == t.actor.c.canonical_id)
        .join(t.report, t.report.c.id == t.actor.c.report_id)
        .where(
            t.canonical_actor.c.kind == ActorKind.OFFICE.value,
            t.actor.c.current == 1,
            t.actor.c.resolved_id.is_(None),
            t.report.c.published_at != "",
        )
        .order_by(t.report.c.published_at, t.report.c.key, t.actor.c.position)
    )


def _holder(connection: Connection, row: Any, office: str) -> Iterator[Proposal]:
    day = row.published_at[:10]
    before, after = ([h for h in each if _near(h, day)] for each in seen_in_office(connection, office, day))
    listed = {term.person: term.name for term in by_lexicon(office, day)}
    here = {holding.actor for holding in (*before, *after) if holding.report == row.key}
    shown = here or {holding.actor for holding in (*before, *after)}
    both_sides = {holding.actor for holding in before} == {holding.actor for holding in after}
    people = shown & set(listed) or shown or set(listed)
    certain = len(people) == 1 and (bool(here) or people <= set(listed) or both_sides and not listed)
    for person in sorted(people):
        evidence = [h for h in (*before, *after) if h.actor == person]
        sure = certain and is_sole(office)
        name = listed.get(person) or _name(connection, person)
        yield Proposal(
            MergeAction.RESOLVE,
            mention_key(row.key, row.local_id),
            person,
            "office",
            sure,
            _told(office, name, day, evidence),
            (
                *(ProposalEvidence(row.key, span) for span in spans_of(row.mentions)[:1]),
                *dict.fromkeys(ProposalEvidence(h.report, h.span) for h in evidence if h.report and h.span),
            ),
            row.key,
            row.local_id,
            name,
        )


def _told(office: str, name: str, day: str, evidence: Iterable[Holding]) -> str:
    days = sorted({each.since for each in evidence})
    ground = f"as reports of {' and '.join(days)} show" if days else "by the lexicon"
    return f"{name} held {office} on {day}, {ground}"


def _near(holding: Holding, day: str) -> bool:
    return abs((date.fromisoformat(holding.since[:10]) - date.fromisoformat(day)).days) <= MOST_DAYS


def _name(connection: Connection, key: str) -> str:
    return connection.scalar(select(t.canonical_actor.c.name).where(t.canonical_actor.c.key == key)) or key


def _persons(connection: Connection, reports: Sequence[int] | None) -> Iterator[Proposal]:
    """Persons of one country whose names are alike."""
    c = t.canonical_actor.c
    wanted = select(c.key, c.name, c.country, c.root_id).where(c.kind == ActorKind.PERSON.value, c.country.is_not(None))
    here: set[str] | None = None
    if reports is not None:
        inside = (
            wanted.join(t.actor, t.actor.c.canonical_id == c.id).where(t.actor.c.report_id.in_(part))
            for part in _parts(reports)
        )
        mentioned = [row for part in inside for row in connection.execute(part)]
        here = {row.key for row in mentioned}
        wanted = wanted.where(c.country.in_({row.country for row in mentioned}))
    rows = connection.execute(wanted.order_by(c.country, c.key)).fetchall()
    alike: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        words = words_of(row.name)
        # A family name comes last, or first where names are written so; each is tried.
        for family in {transliterated(word) for word in (words[:1] + words[-1:])}:
            alike.setdefault((row.country, family), []).append(row)
    seen = set()
    for people in alike.values():
        for one, other in combinations(people[:_MOST_OF_A_NAME], 2):
            if here is not None and here.isdisjoint((one.key, other.key)):
                continue
            if one.root_id != other.root_id and (one.key, other.key) not in seen:
                seen.add((one.key, other.key))
                yield from _same_person(connection, one, other)


def _same_person(connection: Connection, one: Any, other: Any) -> Iterator[Proposal]:
    from communique.lexicon.officeholders import aliases_of, fold, person_called

    first, second = words_of(one.name), words_of(other.name)
    full = len(first) > 1 and len(second) > 1
    known = {person_called(fold(each.name)) or (each.key if aliases_of(each.key) else None) for each in (one, other)}
    into, away = _longer(connection, one, other)
    if len(known) == 1 and None not in known:
        rule, sure, why = "spelling", full, "the lexicon lists both spellings"
    elif full and [transliterated(word) for word in first] == [transliterated(word) for word in second]:
        rule, sure, why = "spelling", True, "the names are spelt alike but for transliteration"
    elif not full and (first[-1:] == second[-1:] or first == second[:1] or second == first[:1]):
        rule, sure, why = "family name", False, "they have one family name and country"
    elif full and SequenceMatcher(None, " ".join(first), " ".join(second)).ratio() >= _NEAR:
        rule, sure, why = "near spelling", False, "the names are nearly alike"
    else:
        return
    told = f"{away.name} and {into.name} ({one.country}): {why}"
    evidence = tuple(_mention(connection, key) for key in (away.key, into.key))
    yield Proposal(
        MergeAction.MERGE,
        away.key,
        into.key,
        rule,
        sure,
        told,
        tuple(each for each in evidence if each),
        into_name=into.name,
    )


def _longer(connection: Connection, one: Any, other: Any) -> tuple[Any, Any]:
    """Which of two is to stand for both: the one the lexicon knows, the fuller name, the one in more reports."""
    from communique.lexicon.officeholders import terms_of

    def weight(row: Any) -> tuple[bool, int, int, str]:
        own = select(t.canonical_actor.c.id).where(t.canonical_actor.c.key == row.key).scalar_subquery()
        reports = connection.scalars(
            select(t.actor.c.report_id).where(t.actor.c.canonical_id == own).limit(_MOST_WEIGHED)
        )
        return (bool(terms_of(row.key)), len(words_of(row.name)), len(set(reports)), row.key)

    into, away = sorted((one, other), key=weight, reverse=True)
    return into, away


def _mention(connection: Connection, key: str) -> ProposalEvidence | None:
    row = connection.execute(
        select(t.report.c.key, t.actor.c.mentions)
        .join(t.actor, t.actor.c.report_id == t.report.c.id)
        .join(t.canonical_actor, t.canonical_actor.c.id == t.actor.c.canonical_id)
        .where(t.canonical_actor.c.key == key, t.actor.c.mentions != "[]")
        .order_by(t.actor.c.current.desc(), t.report.c.published_at, t.report.c.key)
        .limit(1)
    ).first()
    return ProposalEvidence(row.key, spans_of(row.mentions)[0]) if row else None


_SOUNDS = (
    (r"(?:iy|yi|ii|yy|ij|ey|ei|ay|ai|y|j)(?=\b)", "i"),
    (r"^(?:ye|yo|je)", "e"),
    (r"(?:ei|ey|ai|ay|yi|iy|ii|y|j)", "i"),
    (r"ie", "e"),
    (r"ks", "x"),
    (r"kh", "h"),
    (r"ou", "u"),
    (r"ph", "f"),
    (r"w", "v"),
    (r"(.)\1+", r"\1"),
)


def transliterated(word: str) -> str:
    """Return a folded word with the letters levelled that transliterations into English differ in.

    "sergey" and "sergei", "zelensky" and "zelenskyy", "dmitri" and "dmitry" come out the same.
    """
    for pattern, sound in _SOUNDS:
        word = re.sub(pattern, sound, word)
    return word


def words_of_evidence(connection: Connection, evidence: ProposalEvidence) -> str:
    """Return the words that a piece of evidence points at."""
    text = connection.scalar(
        select(t.report_version.c.text)
        .join(t.report, t.report.c.version_id == t.report_version.c.id)
        .where(t.report.c.key == evidence.report)
    )
    return (text or "")[evidence.span.start : evidence.span.end]
