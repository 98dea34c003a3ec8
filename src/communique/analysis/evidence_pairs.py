"""Which statements are worth comparing: a bounded number of the newest, and of these the pairs with words in common.

A record of any size answers alike fast, since what is looked at is bounded: the newest statements on each issue asked
about or most reported on, and the newest of each party, or of all. Pairs come from an inverted index of their content
words, so that those without a common word are hardly ever touched.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeAlias, TypeVar

from communique.analysis.evidence import Evidence, evidence_on, newest, topics_of, with_parties
from communique.analysis.likeness import Side, side
from communique.model import Act
from communique.record.database.sql import Askable, ask
from communique.record.query.lookup import Named

MOST_ISSUES = 12
"""Issues, those most spoken of, that are looked at where none is chosen."""

MOST_ON_ISSUE = 50
"""Statements, the newest, on each of those."""

MOST_NEWEST = 300
"""Statements, the newest of all, beside those."""

MOST_CHOSEN = 500
"""Statements, the newest, on each issue or of each party that was chosen."""

_CLAIMING = ("assert", "accuse", "deny")
_REJECTING = ("deny", "refuse", "criticise")
_COMMON = 60
"""A word in more statements than this tells nothing of what they are about."""

_Bits: TypeAlias = int
"""Which of the statements listed, a bit each: to meet two such sets is one step, however many are in them."""

_ALL: _Bits = -1
_Place: TypeAlias = tuple[str, ...]
_Key = TypeVar("_Key", bound=Hashable)
_ANSWER = "answer"
_NO_PARTY = re.compile("^outlet:|#")  # in the key of an outlet, or of who is nobody beyond a report

_FEW = 3
"""Words of a statement so short that one in common is enough to look closer."""


def gather(
    connection: Askable,
    issues: Sequence[Named],
    parties: Sequence[Named],
    as_of: str | None,
    since: str | None,
    most: int | None = None,
) -> list[Side]:
    """Return the statements to compare, each once, the newest first: with their speaker known and their topics.

    On ``issues``, or where none are given those of ``parties``, or where there are none of these either the newest of
    the issues most reported on and of all. ``most`` is how many are taken for each issue.
    """
    found: dict[int, Evidence] = {}
    if issues or not parties:
        chosen = issues or most_spoken_of(connection, MOST_ISSUES)
        each = most or (MOST_CHOSEN if issues else MOST_ON_ISSUE)
        for issue in chosen:
            for e in evidence_on(connection, issue.id, as_of=as_of, since=since, limit=each):
                found.setdefault(e.id, e)
    if not issues:
        for party in parties:
            for e in newest(connection, party=party.id, as_of=as_of, since=since, limit=MOST_CHOSEN):
                found.setdefault(e.id, e)
        if not parties:
            for e in newest(connection, as_of=as_of, since=since, limit=MOST_NEWEST):
                found.setdefault(e.id, e)
    found = {e.id: e for e in with_parties(connection, list(found.values()))}
    about = topics_of(connection, found)
    around = _around(found.values())
    keys = {party.key for party in parties}
    kept = [
        side(replace(e, topics=about.get(e.id, ()), act=_own_act(e, outer)), _is_hearsay(e, outer))
        for e, outer in ((e, around.get(e.id)) for e in found.values())
        if e.speaker is not None and (not issues or not keys or e.party in keys or e.speaker in keys)
    ]
    return sorted(kept, key=lambda s: (s.evidence.published_at, s.evidence.id), reverse=True)


def _around(found: Iterable[Evidence]) -> dict[int, Evidence]:
    """Return, for each statement inside another one, that other."""
    known = {(e.report, e.key): e for e in found}
    return {e.id: known[e.report, e.parent] for e in known.values() if e.parent and (e.report, e.parent) in known}


def _own_act(e: Evidence, around: Evidence | None) -> str:
    """A statement's act; what stands inside another's rejection is asserted by its own speaker."""
    passed_on = around is not None and around.speaker != e.speaker and around.act == e.act in _REJECTING
    return "assert" if passed_on else e.act


def _is_hearsay(e: Evidence, around: Evidence | None) -> bool:
    """What a party says that another one said is its claim, as is what a question takes for granted.

    Who reacts to it, or passes it on, makes none.
    """
    if around is not None and around.act == Act.ASK and around.speaker != e.speaker:
        return True
    if around is None or around.act not in _CLAIMING or around.party in (None, e.party):
        return False
    return not _NO_PARTY.search(around.party or "")


def pairs(sides: Sequence[Side], *, one_voice: bool = False) -> Iterator[tuple[Side, Side]]:
    """Yield the pairs that may bear on each other, each once; with ``one_voice`` only those of one party or speaker.

    They have content words in common that are not in many statements; or one answers the other; or one of them waives
    all conditions, or calls a position unchanged, and they share an issue, or a speaker in one report.
    """
    wordy = _where(one.words for one in sides)
    placed = _where(map(_places, sides))
    voiced = _where(_voices(one.evidence) for one in sides)
    short = _those(len(one.words) <= _FEW for one in sides)
    plain = _those(_is_plain(one) for one in sides)
    for number, one in enumerate(sides):
        alike = met = 0
        for among in [voiced[voice] for voice in _voices(one.evidence)] if one_voice else [_ALL]:
            alike |= _by_words(one, wordy, among, short)
            met |= _by_place(one, placed, among & _ALL << number + 1, plain)
        for other in _numbers((alike | met) & _ALL << number + 1):
            if met >> other & 1 or _near(one, sides[other]):
                yield one, sides[other]


def _where(held: Iterable[Iterable[_Key]]) -> dict[_Key, _Bits]:
    """Return, for each key, which of those listed hold it."""
    found: dict[_Key, _Bits] = {}
    for number, keys in enumerate(held):
        for key in keys:
            found[key] = found.get(key, 0) | 1 << number
    return found


def _those(chosen: Iterable[bool]) -> _Bits:
    return sum(1 << number for number, each in enumerate(chosen) if each)


def _numbers(bits: _Bits) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _by_words(one: Side, wordy: dict[str, _Bits], among: _Bits, short: _Bits) -> _Bits:
    once = twice = 0
    for word in one.words:
        where = wordy[word] & among
        if where.bit_count() <= _COMMON:
            twice |= once & where
            once |= where
    return once if len(one.words) <= _FEW else twice | once & short


def _by_place(one: Side, placed: dict[_Place, _Bits], later: _Bits, plain: _Bits) -> _Bits:
    found = 0
    for place in _places(one):
        where = placed[place] & later
        if not (place[0] == _ANSWER or _is_plain(one)):
            where &= plain
        if where.bit_count() > _COMMON:
            where = sum(1 << number for number in islice(_numbers(where), _COMMON))
        found |= where
    return found


def _voices(e: Evidence) -> tuple[str, ...]:
    """A speaker's party is not told in every report: one voice has either in common."""
    return tuple(dict.fromkeys(voice for voice in (e.party, e.speaker) if voice))


def _near(one: Side, other: Side) -> bool:
    """Whether two have words enough in common that the exact comparison may find them alike."""
    return 3 * len(one.words & other.words) >= min(len(one.words), len(other.words)) - 2


def _is_plain(one: Side) -> bool:
    return one.waives or one.steady or one.final


def _places(one: Side) -> list[_Place]:
    """Where a statement without words in common may still bear on another."""
    e = one.evidence
    answers = [(_ANSWER, e.report, key) for key in (e.key, e.responds_to) if key]
    return [*answers, *(("issue", key) for key in one.topics), ("speaker", e.report, e.speaker or "")]


def apart_in_text(one: Evidence, other: Evidence) -> bool:
    """Tell whether two statements stand on their own: neither inside the other, nor both one text's copies."""
    if one.report != other.report:
        return one.voice != other.voice
    nested = other.key == one.parent or one.key == other.parent
    return not nested and not any(a.start < b.end and b.start < a.end for a in one.at for b in other.at)


def most_spoken_of(connection: Askable, most: int) -> list[Named]:
    """Return the issues that most reports name, most first."""
    # Counted from one index: to count statements would be to read them all.
    rows = ask(
        connection,
        """
        SELECT root.id, root.key, root.name
        FROM (SELECT canonical_id, count(*) AS reports FROM issue GROUP BY canonical_id) counted
        JOIN canonical_issue c ON c.id = counted.canonical_id
        JOIN canonical_issue root ON root.id = c.root_id
        GROUP BY root.id, root.key, root.name
        ORDER BY sum(counted.reports) DESC, root.id
        LIMIT :most""",
        most=most,
    )
    return [Named(*row) for row in rows]
