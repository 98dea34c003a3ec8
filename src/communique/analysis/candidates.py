"""Which statements are worth comparing: a bounded number of the newest, and of these the pairs with words in common.

A record of any size answers alike fast, since what is looked at is bounded: the newest statements on each issue asked
about or most reported on, and the newest of each party, or of all. Pairs come from an inverted index of their content
words, so that those without a common word are hardly ever touched.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from communique.analysis.evidence import Evidence, evidence_on, newest, topics_of
from communique.analysis.sides import Side, side
from communique.record.asking import Askable, ask
from communique.record.naming import Named

MOST_ISSUES = 12
MOST_ON_ISSUE = 50
MOST_NEWEST = 300
MOST_CHOSEN = 500
_REJECTING = ("deny", "refuse", "criticise")
_COMMON = 60
"""A word in more statements than this tells nothing of what they are about."""

_Index = dict[tuple[str | None, str], list[int]]

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
    about = topics_of(connection, found)
    acts = _own_acts(found.values())
    keys = {party.key for party in parties}
    kept = [
        side(replace(e, topics=about.get(e.id, ()), act=acts[e.id]))
        for e in found.values()
        if e.speaker is not None and (not issues or not keys or e.party in keys or e.speaker in keys)
    ]
    return sorted(kept, key=lambda s: (s.evidence.published_at, s.evidence.id), reverse=True)


def _own_acts(found: Iterable[Evidence]) -> dict[int, str]:
    """Return each statement's act; what stands inside another's rejection is asserted by its own speaker."""
    known = {(e.report, e.key): e for e in found}
    acts = {}
    for e in known.values():
        around = known.get((e.report, e.parent or ""))
        passed_on = around is not None and around.speaker != e.speaker and around.act == e.act in _REJECTING
        acts[e.id] = "assert" if passed_on else e.act
    return acts


def pairs(sides: Sequence[Side], *, one_voice: bool = False) -> Iterator[tuple[Side, Side]]:
    """Yield the pairs that may bear on each other, each once; with ``one_voice`` only those of one party or speaker.

    They have content words in common that are not in many statements; or one answers the other; or one of them waives
    all conditions, or calls a position unchanged, and they share an issue, or a speaker in one report.
    """
    index: _Index = {}
    voices = [_voices(s.evidence) if one_voice else (None,) for s in sides]
    for number, one in enumerate(sides):
        for voice in voices[number]:
            for word in (*one.words, *_places(one)):
                index.setdefault((voice, word), []).append(number)
    for number, one in enumerate(sides):
        near: set[int] = set()
        for voice in voices[number]:
            near |= _near_by_words(sides, index, voice, number) | _near_by_place(sides, index, voice, number)
        for other in sorted(near):
            yield one, sides[other]


def _voices(e: Evidence) -> tuple[str | None, ...]:
    """A speaker's party is not told in every report: one voice has either in common."""
    return tuple(dict.fromkeys(voice for voice in (e.party, e.speaker) if voice))


def _near_by_words(sides: Sequence[Side], index: _Index, voice: str | None, number: int) -> set[int]:
    one = sides[number]
    shared: dict[int, int] = {}
    for word in one.words:
        where = index[voice, word]
        if len(where) <= _COMMON:
            for other in where[bisect_right(where, number) :]:
                shared[other] = shared.get(other, 0) + 1
    few = len(one.words) <= _FEW
    return {
        other
        for other, count in shared.items()
        if (count > 1 or few or len(sides[other].words) <= _FEW) and _near(one, sides[other])
    }


def _near_by_place(sides: Sequence[Side], index: _Index, voice: str | None, number: int) -> set[int]:
    one = sides[number]
    found: set[int] = set()
    for place in _places(one):
        where = index[voice, place]
        later = where[bisect_right(where, number) :][:_COMMON]
        found.update(o for o in later if place.startswith("answer") or _is_plain(one) or _is_plain(sides[o]))
    return found


def _near(one: Side, other: Side) -> bool:
    """Whether two have words enough in common that the exact comparison may find them alike."""
    return 3 * len(one.words & other.words) >= min(len(one.words), len(other.words)) - 2


def _is_plain(one: Side) -> bool:
    return one.waives or one.steady


def _places(one: Side) -> list[str]:
    """Where a statement without words in common may still bear on another."""
    e = one.evidence
    answers = [f"answer {e.report} {key}" for key in (e.key, e.responds_to) if key]
    return [*answers, *(f"issue {key}" for key in one.topics), f"speaker {e.speaker} in {e.report}"]


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
