"""What the condition rules share: which statement holds a token, and small questions about clauses."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from communique.lexicon import phrases
from communique.model import ConditionKind
from communique.reading.annotations import Attribution, Entities
from communique.reading.conditions.cues import words
from communique.reading.constructions import Construction
from communique.reading.grammar.negation import holds_phrase, holds_word
from communique.reading.tokens import Tokens, TokenSpan

_NO_PHRASES = phrases("conditions", "constructions", "no_phrases")
_STEPS = 60


@dataclass(frozen=True, slots=True)
class ConditionMatch:
    """A condition as tokens. ``head`` is the antecedent's main token, ``matrix`` the consequent's, where known.

    ``holder_at`` is the token of who set the condition where the report says so outright, -1 where nobody is said to.
    """

    kind: ConditionKind
    cue: tuple[TokenSpan, ...]
    antecedent: tuple[TokenSpan, ...]
    consequent: tuple[TokenSpan, ...]
    head: int | None
    matrix: int | None
    reliability: float
    clarity: float = 1.0
    holder_at: int | None = None


@dataclass(frozen=True, slots=True)
class ConditionContext:
    """One text's words and statements. ``owner[i]`` is the innermost statement whose content holds token i, or -1.

    ``asides`` maps a sentence's first token to the attributions that interrupt a content there.
    """

    tokens: Tokens
    attributions: tuple[Attribution, ...]
    entities: Entities
    owner: list[int] = field(default_factory=list)
    cue_heads: dict[int, int] = field(default_factory=dict)
    asides: dict[int, list[TokenSpan]] = field(default_factory=dict)

    def holds(self, index: int, token: int) -> bool:
        """Tell whether a statement's content holds a token."""
        return any(start <= token < end for start, end in self.attributions[index].content)

    def common(self, first: int, second: int) -> int | None:
        """Return the innermost statement whose content holds both tokens."""
        for a, b in ((first, second), (second, first)):
            index: int | None = self.owner[a] if self.owner[a] >= 0 else None
            for _ in range(_STEPS):
                if index is None:
                    break
                if self.holds(index, b):
                    return index
                index = self.attributions[index].parent
        return None

    def statement(self, made: ConditionMatch) -> int | None:
        """Return the innermost statement that holds both halves, else that which holds what hangs on the condition."""
        cue = made.cue[-1][0]
        first = made.antecedent[0][0] if made.antecedent else cue
        second = made.consequent[0][0] if made.consequent else cue
        shared = self.common(first, second)
        if shared is not None:
            return shared
        owner = self.owner[second]
        asking = owner >= 0 and self.attributions[owner]
        if asking and self.owner[cue] >= 0 and (self.tokens.lemma[asking.cue_head] == "ask" or _apart(asking, cue)):
            owner = self.owner[cue]  # who answers holds it, not who asked
        return owner if owner >= 0 else None

    def sources_and_cues(self, index: int | None) -> list[TokenSpan]:
        """Return the sources and cues of a statement and of those around it."""
        pieces: list[TokenSpan] = []
        for _ in range(_STEPS):
            if index is None:
                break
            attribution = self.attributions[index]
            said = (*attribution.source, *attribution.cue)
            if attribution.construction is Construction.OWN:  # whose cue may be part of what it says
                said = tuple(p for p in said if not any(a <= p[0] < b for a, b in attribution.content))
            pieces.extend(said)
            index = attribution.parent
        return pieces


def _apart(asking: Attribution, cue: int) -> bool:
    """As in a question in one turn and its answer in the next."""
    return asking.construction.is_labelled and all(not start <= cue < end for start, end in asking.content)


def context_of(tokens: Tokens, attributions: tuple[Attribution, ...], entities: Entities) -> ConditionContext:
    """Lay out who holds which token; contents are painted widest first, so that the innermost one stays."""
    owner = [-1] * tokens.n
    sized = [(sum(e - s for s, e in a.content), k) for k, a in enumerate(attributions)]
    for _, k in sorted(sized, key=lambda pair: (-pair[0], pair[1])):
        for start, end in attributions[k].content:
            owner[start:end] = [k] * (end - start)
    heads = {a.cue_head: k for k, a in enumerate(attributions)}
    return ConditionContext(tokens, attributions, entities, owner, heads, _asides(tokens, attributions))


def _asides(tokens: Tokens, attributions: tuple[Attribution, ...]) -> dict[int, list[TokenSpan]]:
    """Return, by a sentence's first token, the gaps between a content's pieces where its cue stands."""
    found: dict[int, list[TokenSpan]] = {}
    for a in attributions:
        for (_, start), (end, _) in pairwise(a.content):
            first, last = tokens.sentences[tokens.sentence[a.cue_head]]
            inside = first <= start <= a.cue_head < end <= last and end - start < _STEPS
            if inside and any(tokens.pos[t] == "PUNCT" for t in range(start, a.cue_head)):
                found.setdefault(first, []).append((start, end))
    return found


def says_no(tokens: Tokens, pieces: tuple[TokenSpan, ...], listing: str = "negatives") -> bool:
    """Tell whether a stretch says no: by a word of one of the lexicon's lists, or as in "is out of the question"."""
    return holds_word(tokens, pieces, words(listing)) or holds_phrase(tokens, pieces, _NO_PHRASES)
