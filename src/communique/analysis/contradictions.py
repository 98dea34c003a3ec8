"""Statements of the record that cannot both stand, and those in which two parties dispute each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from communique.analysis.conflicting_accounts import accounts
from communique.analysis.disowning import disowned_together
from communique.analysis.evidence import Evidence
from communique.analysis.evidence_pairs import apart_in_text, gather, pairs
from communique.analysis.likeness import Side
from communique.analysis.pair_relations import Compared, Relation, compare, disowns, one_voice
from communique.analysis.past_facts import past_facts
from communique.record.database.sql import Askable
from communique.record.query.lookup import Named
from communique.record.resolution.party_and_rank import ANONYMOUS

LEAST = 0.4
"""The confidence below which a pair is left out, or told apart as one to check."""

TO_CHECK = 0.25
"""The confidence from which a pair is worth checking."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements, the earlier first, and how they stand to each other.

    ``issue`` and ``issue_name`` are what both are about, "" where they share no issue that the record knows.
    """

    issue: str
    issue_name: str
    first: Evidence
    second: Evidence
    judged: Compared

    @property
    def kind(self) -> str:
        """``self`` (one party against itself), ``telling`` (two reports of one saying) or ``disagreement``."""
        if self.judged.relation is Relation.DISAGREEMENT:
            return "disagreement"
        return "telling" if self.judged.telling else "self"

    @property
    def to_check(self) -> bool:
        """Whether it is less sure than what is told as sure: two reports that tell one saying differently always are.

        Which of them is right only somebody who was there can say.
        """
        return self.judged.telling or self.judged.confidence < LEAST


def contradictions(
    connection: Askable,
    *,
    issues: Sequence[Named] = (),
    parties: Sequence[Named] = (),
    as_of: str | None = None,
    since: str | None = None,
    least: float = LEAST,
    disagreements: bool = True,
    most_statements: int | None = None,
) -> list[Contradiction]:
    """Return the contradictions and disagreements found, the surest first.

    Without ``issues`` and ``parties`` the newest statements are looked at (`communique.analysis.evidence_pairs`);
    ``most_statements`` is how many on each issue. ``since`` keeps the pairs of which one was published since then.
    Of pairs in the same two reports by the same two voices, the surest is kept. Raises BadFilter for what is no date.
    """
    # A dispute has two parties: with a party chosen, the other one's words are looked at too.
    alone = () if disagreements and issues else parties
    sides = gather(connection, issues, alone, as_of, since, most_statements)
    keys = {party.key for party in parties}
    found = []
    for one, other in pairs(sides, one_voice=not disagreements):
        a, b = one.evidence, other.evidence
        if keys and not keys & {a.party, b.party, a.speaker, b.speaker}:
            continue
        if not _may_clash(a, b, disagreements):
            continue
        judged = compare(one, other)
        if judged.relation in (Relation.CONTRADICTION, Relation.DISAGREEMENT) and judged.confidence >= least:
            found.append(_made(one, other, judged))
    for one, other, judged in chain(accounts(sides), past_facts(sides)):
        voices = {voice for e in (one.evidence, other.evidence) for voice in (e.party, e.speaker)}
        if judged.confidence >= least and (not keys or keys & voices):
            found.append(_made(one, other, judged))
    for first, second, clash in disowned_together(sides):
        judged = disowns(first, second, second.evidence.speaker_name, clash)
        voices = {e.party for e in (first.evidence, second.evidence)}
        if judged.confidence >= least and (not keys or keys & voices):
            found.append(_made(first, second, judged))
    return distinct(found)


def _may_clash(a: Evidence, b: Evidence, disagreements: bool) -> bool:
    """Whether a pair is worth comparing: an anonymous voice binds nobody but itself."""
    if not one_voice(a, b):
        answers = b.responds_to == a.key or a.responds_to == b.key
        return disagreements and apart_in_text(a, b) and (answers or (a.rank > ANONYMOUS and b.rank > ANONYMOUS))
    return (a.speaker == b.speaker or (a.rank > ANONYMOUS and b.rank > ANONYMOUS)) and apart_in_text(a, b)


def _made(one: Side, other: Side, judged: Compared) -> Contradiction:
    first, second = sorted((one.evidence, other.evidence), key=lambda e: (e.day, e.published_at, e.key))
    shared = [topic for topic in first.topics if topic.key in other.topics & one.topics]
    return Contradiction(*((shared[0].key, shared[0].name) if shared else ("", "")), first, second, judged)


def distinct(found: Iterable[Contradiction]) -> list[Contradiction]:
    """Return each pair once, the surest first; of pairs in the same two reports by the same two voices, the surest."""
    best: dict[tuple[object, ...], Contradiction] = {}
    for item in found:
        sides = sorted((e.report, e.speaker or "") for e in (item.first, item.second))
        key = (*sides[0], *sides[1], item.kind, item.judged.clash)
        if key not in best or _weight(item) > _weight(best[key]):
            best[key] = item
    return sorted(best.values(), key=lambda item: (*(-part for part in _weight(item)), item.first.key, item.second.key))


def _weight(item: Contradiction) -> tuple[float, float]:
    order = {"self": 2, "telling": 1, "disagreement": 0}
    return item.judged.confidence, float(order[item.kind])
