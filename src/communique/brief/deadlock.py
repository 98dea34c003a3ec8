"""The standoff as the brief tells it: who waits for whom, whether anything can move, and what would unlock it.

It is what `communique standoff ISSUE` derives, in sentences, each with the statements behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from communique.analysis.evidence import Evidence
from communique.record.database.sql import Askable
from communique.record.query.lookup import Named
from communique.standoff.derived.derivation import Derived, derive
from communique.standoff.derived.model_report import status_quo_verdicts
from communique.standoff.derived.waits import Said
from communique.standoff.derived.ways_out import in_words, ways_out

_MOST_WAITS = 10
_MOST_CITED = 3
_MOST_WAYS = 6


@dataclass(frozen=True, slots=True)
class SupportedSentence:
    """A sentence, and the statements that it rests on."""

    words: str
    evidence: tuple[Evidence, ...]


def standoff_lines(connection: Askable, issue: Named, as_of: str | None) -> tuple[SupportedSentence, ...]:
    """Return the standoff on an issue as of a day in sentences; none where no party waits for another."""
    found = derive(connection, issue, as_of=as_of)
    if not found.preconditions.all:
        return ()
    return (*_waits(found), *_circles(found), *_verdict(found))


def _waits(found: Derived) -> Iterator[SupportedSentence]:
    shown = found.preconditions.open[:_MOST_WAITS]
    for each in shown:
        hangs = f"{_short(each.consequent)} hangs on {_short(each.antecedent)}"
        yield SupportedSentence(
            f"({each.number}) {each.holder_name} waits for {each.must_act_name}: {hangs}.", _cited(each.evidence)
        )
        if each.refusals:
            words = f"{each.must_act_name} has turned ({each.number}) down: a deadlock as long as both hold to it."
            yield SupportedSentence(words, _cited(each.refusals))
    for each in found.preconditions.all:
        if each.fate is not None:
            waited = f"{each.holder_name} no longer waits for {each.must_act_name}"
            words = f"{waited}: {_short(each.antecedent)} was {each.fate.told}."
            yield SupportedSentence(words, (*_cited(each.evidence), *filter(None, (each.fate.said,))))
    left = found.preconditions.open[_MOST_WAITS:]
    if left:
        words = f"{len(left)} more conditions on other parties, that fewer voices carry, are on record."
        yield SupportedSentence(words, tuple(e for each in left[:_MOST_CITED] for e in _cited(each.evidence)[:1]))


def _circles(found: Derived) -> Iterator[SupportedSentence]:
    by_number = {each.number: each for each in found.preconditions.all}
    circular = [each for each in found.preconditions.deadlocks if each.circular]
    for each in circular[:_MOST_WAITS]:
        circle = " and ".join(f"({number})" for number in each.preconditions)
        evidence = tuple(e for number in each.preconditions for e in _cited(by_number[number].evidence)[:1])
        yield SupportedSentence(f"{circle} wait for each other in a circle: a deadlock.", evidence)


def _verdict(found: Derived) -> Iterator[SupportedSentence]:
    """The verdict of the model, resting on the conditions that it is made of."""
    if found.model is None:
        return
    made = {each.number: _cited(each.evidence)[:1] for each in found.modelled}
    behind = tuple(e for evidence in made.values() for e in evidence)
    verdicts = status_quo_verdicts(found)
    stable = [concept for concept, held in verdicts.items() if held]
    if len(stable) == len(verdicts):
        yield SupportedSentence(
            "In the model of this, the status quo is stable: no party gains by moving away from it alone.", behind
        )
    elif stable:
        yield SupportedSentence(
            f"In the model of this, the status quo is stable under {', '.join(stable)} alone.", behind
        )
    else:
        words = "In the model of this, the status quo is not stable: some party gains by moving away from it."
        yield SupportedSentence(words, behind)
    for way in islice(ways_out(found), _MOST_WAYS):
        evidence = tuple(e for number in way.conditions for e in made.get(number, ()))
        yield SupportedSentence(f"What would unlock it: {in_words(way)}.", evidence)


def _cited(said: tuple[Said, ...]) -> tuple[Evidence, ...]:
    return tuple(each.statement for each in said[:_MOST_CITED])


def _short(words: str) -> str:
    line = " ".join(words.split()).strip('"“”«», ')
    return f"“{line if len(line) <= 220 else line[:219].rstrip() + '…'}”"
