"""Voices: which of several reports speak for themselves, and which repeat another.

Near-identical texts are one voice, whatever stands between them. A partly copied one joins another only where no chain
comes of it: a digest of two agencies' reports shares text with both, yet the agencies are two voices. What is decided
depends on the reports and not on the order in which they are given, but for ties.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communique.duplicates.shingles import CopyKind, Shared
from communique.lexicon.agencies import agencies_in

TOUCHING = 25
"""Words in common by which two cuttings of one text that differ much are known to be of the same."""

ACROSS = 0.75
"""The share of the pairs between two groups that must be so before the groups are one."""


@dataclass(frozen=True, slots=True)
class WireReport:
    """A report as far as its voice hangs on it: ``published`` is ISO 8601, or empty where it is unknown."""

    number: int
    published: str = ""
    outlet: str | None = None
    agency: str | None = None


def kind_between(one: WireReport, other: WireReport, shared: Shared) -> CopyKind | None:
    """Return how one report copies the other, their credits considered.

    Of texts that are alike in part only, two that credit different agencies are two voices, and so are one outlet's
    stories of different days: what those share is the outlet's standing background.
    """
    kind = shared.kind
    return None if kind is CopyKind.PARTLY_COPIED and _apart(one, other) else kind


def _apart(one: WireReport, other: WireReport) -> bool:
    """Whether two reports that share something are two voices by their credits, or one outlet's of different days."""
    if one.agency and other.agency and not agencies_in(one.agency) & agencies_in(other.agency):
        return True
    own = one.outlet and other.outlet and one.outlet.casefold() == other.outlet.casefold()
    return bool(own) and (earlier(one.published, other.published) or earlier(other.published, one.published))


def earlier(one: str, other: str) -> bool:
    """Return whether the first date or time is surely before the second; a day is not before a time on it."""
    length = min(len(one), len(other))
    return bool(length) and one[:length] < other[:length]


def groups(reports: Sequence[WireReport], links: Mapping[tuple[int, int], Shared]) -> list[list[int]]:
    """Return the numbers of the reports by voice: each voice's in the order given.

    ``links`` says what pairs of reports share, by their numbers; pairs that are left out share nothing. Texts joined by
    near-identical pairs are together. Then, those that share most words first, two groups become one where nearly every
    text of the one (`ACROSS`) has words in common with every text of the other (`TOUCHING`), or where one text is
    surely earlier than all the others and they are each partly copied from it.
    """
    by_number = {told.number: told for told in reports}
    kinds = {pair: kind_between(by_number[pair[0]], by_number[pair[1]], shared) for pair, shared in links.items()}
    home = {told.number: told.number for told in reports}
    for (one, other), kind in kinds.items():
        if kind is CopyKind.NEAR_IDENTICAL:
            moved, kept = home[one], home[other]
            home.update((number, kept) for number, at in home.items() if at == moved)
    weights: dict[frozenset[int], tuple[int, float]] = {}
    for (one, other), kind in kinds.items():
        pair = frozenset((home[one], home[other]))
        if kind is CopyKind.PARTLY_COPIED and len(pair) == 2:
            weight = (links[one, other].words, links[one, other].contained)
            weights[pair] = max(weight, weights.get(pair, weight))
    first = {
        text: min(
            (by_number[n].published for n, at in home.items() if at == text and by_number[n].published), default=""
        )
        for text in set(home.values())
    }
    together = _joined(weights, first, _beside(home, links, kinds, by_number))
    by_voice: dict[int, list[int]] = {}
    for told in reports:
        by_voice.setdefault(together[home[told.number]], []).append(told.number)
    return list(by_voice.values())


def _beside(
    home: Mapping[int, int],
    links: Mapping[tuple[int, int], Shared],
    kinds: Mapping[tuple[int, int], CopyKind | None],
    by_number: Mapping[int, WireReport],
) -> set[frozenset[int]]:
    """Pairs that may stand in one group: partly copied, or with some words in common and nothing against it."""
    return {
        frozenset((home[one], home[other]))
        for (one, other), shared in links.items()
        if kinds[one, other] or (shared.words >= TOUCHING and not _apart(by_number[one], by_number[other]))
    }


def _joined(
    weights: Mapping[frozenset[int], tuple[int, float]], first: Mapping[int, str], beside: set[frozenset[int]]
) -> dict[int, int]:
    """Join texts that are partly copied: by text, the text whose group it is in. ``first`` has their dates."""
    members = {text: {text} for text in first}
    group = {text: text for text in first}
    for pair, _ in sorted(weights.items(), key=lambda item: (*(-x for x in item[1]), *sorted(item[0]))):
        one, other = sorted(group[text] for text in pair)
        if one == other:
            continue
        both = members[one] | members[other]
        across = [frozenset((a, b)) in beside for a in members[one] for b in members[other]]
        if sum(across) >= ACROSS * len(across) or any(_is_source(text, both, weights, first) for text in both):
            members[one] = both
            group.update(dict.fromkeys(members.pop(other), one))
    return group


def _is_source(
    text: int, texts: set[int], weights: Mapping[frozenset[int], tuple[int, float]], first: Mapping[int, str]
) -> bool:
    return all(frozenset((text, each)) in weights and earlier(first[text], first[each]) for each in texts - {text})
