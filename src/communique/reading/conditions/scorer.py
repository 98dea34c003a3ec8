"""The score of a condition: how reliable its cue is times how clear its two halves are (docs/conditions.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.model import ConditionKind
from communique.reading.conditions.context import ConditionMatch
from communique.reading.conditions.cues import words
from communique.reading.grammar.subjects import has_subject
from communique.reading.grammar.verbs import VERBAL, outlook
from communique.reading.protocols import Scorer, Text
from communique.reading.tokens import Tokens

_LONG = 45


def clarity() -> Scorer[ConditionMatch]:
    """Make the scorer that multiplies how reliable a cue is with how clear the halves are; set by hand."""
    return Clarity()


@dataclass(frozen=True, slots=True)
class Clarity:
    """The product, which uses no features of a fitted model."""

    features: str = ""

    def __call__(self, text: Text, found: Sequence[ConditionMatch]) -> list[float]:
        """Return each condition's score."""
        return [confidence(text.tokens, made) for made in found]


def confidence(tokens: Tokens, found: ConditionMatch) -> float:
    """Return the score in [0, 1], rounded to three places."""
    return round(
        min(1.0, found.reliability * found.clarity * _antecedent(tokens, found) * _consequent(tokens, found)), 3
    )


def _antecedent(tokens: Tokens, found: ConditionMatch) -> float:
    if not found.antecedent:
        return 1.0 if found.kind is ConditionKind.WAIVED else 0.5
    size = sum(end - start for start, end in found.antecedent)
    score = 0.8 if size > _LONG else 1.0
    head = found.head
    if head is None:
        return score * 0.8
    if tokens.pos[head] in VERBAL:
        return score if has_subject(tokens, head) else score * 0.85
    return score if tokens.lemma[head] in words("acts") or tokens.pos[head] == "NOUN" else score * 0.85


def _consequent(tokens: Tokens, found: ConditionMatch) -> float:
    if not found.consequent:
        return 0.9
    size = sum(end - start for start, end in found.consequent)
    score = 0.8 if size > _LONG or size < 1 else 1.0
    matrix = found.matrix
    if matrix is None:
        return score * 0.8
    if tokens.pos[matrix] not in VERBAL:
        return score
    return score if outlook(tokens, matrix) == "future" else score * 0.8
