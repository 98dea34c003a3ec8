"""What each statement of a report says, and each half of its conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from communique.model import Proposition, Spans, Trait
from communique.reading.propositions.predicates import with_predicate
from communique.reading.propositions.wording import less, proposition_of, until_met
from communique.reading.protocols import Extractor, Text


class Half(StrEnum):
    """Whose words a proposition is made of: a statement's, or those of what a condition asks for or grants."""

    STATEMENT = "statement"
    ASKS = "asks"
    GRANTS = "grants"


@dataclass(frozen=True, slots=True)
class Told:
    """A proposition, with the number of the attribution or condition whose it is."""

    half: Half
    index: int
    proposition: Proposition


def propositions(text: Text) -> Sequence[Told]:
    """Return a proposition for each attribution and for each half of each condition."""
    return [*_statements(text), *_conditions(text)]


def rules() -> Extractor[Told]:
    """Make the extractor that goes by words and the parse."""
    return propositions


def _statements(text: Text) -> Iterator[Told]:
    asked: dict[str, Spans] = {}
    for condition in text.conditions:
        if condition.statement:
            asked[condition.statement] = asked.get(condition.statement, ()) + condition.antecedent
    for index, attribution in enumerate(text.attributions):
        content = tuple(text.tokens.span(piece) for piece in attribution.content)
        about = text.about[index] if text.about else ()
        yield Told(Half.STATEMENT, index, _made(text, less(content, asked.get(f"s{index}", ())), about))


def _conditions(text: Text) -> Iterator[Told]:
    for index, condition in enumerate(text.conditions):
        asks = _made(text, condition.antecedent)
        if until_met(text.tokens.doc_text, condition.antecedent):
            asks = replace(asks, traits=(*asks.traits, Trait.UNTIL))
        yield Told(Half.ASKS, index, asks)
        yield Told(Half.GRANTS, index, _made(text, condition.consequent))


def _made(text: Text, pieces: Spans, about: tuple[str, ...] = ()) -> Proposition:
    made = proposition_of(text.tokens.doc_text, pieces)
    return with_predicate(made, text.tokens, pieces, text.entities.actor_of, about)
