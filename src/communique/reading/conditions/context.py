"""What the condition rules share: which statement holds a token, and small questions about clauses."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from communique.lexicon import listed, phrases
from communique.model import ConditionKind
from communique.reading.annotations import Attribution, Entities
from communique.reading.conditions.cues import words
from communique.reading.tokens import Tokens, TokenSpan

VERBAL = frozenset(("VERB", "AUX"))
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))
_MARKS = frozenset(("PUNCT", "SPACE"))
_LEADING = listed("conditions", "constructions", "leading")
_DUTIES_WITH_TO = listed("conditions", "constructions", "duties_with_to")
_TRAILING = listed("conditions", "constructions", "trailing")
_NO_PHRASES = phrases("conditions", "constructions", "no_phrases")
_FIRST_OF_NO = frozenset(phrase[0] for phrase in _NO_PHRASES)
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
        if owner >= 0 and self.owner[cue] >= 0 and self.tokens.lemma[self.attributions[owner].cue_head] == "ask":
            owner = self.owner[cue]  # who answers holds it, not who asked
        return owner if owner >= 0 else None

    def frames(self, index: int | None) -> list[TokenSpan]:
        """Return the sources and cues of a statement and of those around it."""
        pieces: list[TokenSpan] = []
        for _ in range(_STEPS):
            if index is None:
                break
            attribution = self.attributions[index]
            pieces.extend(attribution.source)
            pieces.extend(attribution.cue)
            index = attribution.parent
        return pieces


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


def trim(tokens: Tokens, piece: TokenSpan) -> TokenSpan | None:
    """Strip marks, white space and linking words from a piece's ends; None where no word is left."""
    start, end = piece
    pos, lower = tokens.pos, tokens.lower
    while start < end and (pos[start] in _MARKS or lower[start] in _LEADING):
        start += 1
    while start < end and (pos[end - 1] in _MARKS or lower[end - 1] in _TRAILING):
        end -= 1
    return (start, end) if start < end else None


def cut(tokens: Tokens, piece: TokenSpan, holes: list[TokenSpan]) -> tuple[TokenSpan, ...]:
    """Return what is left of a piece without the holes, each part trimmed."""
    parts = [piece]
    for start, end in holes:
        rest: list[TokenSpan] = []
        for first, last in parts:
            if end <= first or start >= last:
                rest.append((first, last))
                continue
            if first < start:
                rest.append((first, start))
            if end < last:
                rest.append((end, last))
        parts = rest
    trimmed = (trim(tokens, part) for part in parts)
    return tuple(part for part in trimmed if part is not None)


def bounds(tokens: Tokens, i: int) -> TokenSpan:
    """Return the token range of i's sentence; past the text's end, the last one."""
    return tokens.sentences[tokens.sentence[min(i, tokens.n - 1)]]


def has_subject(tokens: Tokens, i: int) -> bool:
    """Tell whether a verb has a subject of its own."""
    return any(tokens.dep[c] in SUBJECTS for c in tokens.children[i])


def auxiliaries(tokens: Tokens, i: int) -> list[int]:
    """Return a verb's auxiliaries, those of the verb it is joined to where it has none."""
    for _ in range(_STEPS):
        found = [c for c in tokens.children[i] if tokens.dep[c] in ("aux", "auxpass")]
        if found or tokens.dep[i] != "conj" or has_subject(tokens, i):
            return found
        i = tokens.head[i]
    return []


_COPULAS = listed("conditions", "constructions", "copulas")


def outlook(tokens: Tokens, i: int) -> str:
    """Say how a clause stands in time: "future", "present", "past" or "unreal" ("would have signed")."""
    modals, stances = words("modals"), words("stances")
    for _ in range(8):
        aux = auxiliaries(tokens, i)
        lows = [tokens.lower[c] for c in aux]
        if any(low in modals or tokens.tag[c] == "MD" for c, low in zip(aux, lows, strict=True)):
            return "unreal" if "have" in lows and tokens.tag[i] in ("VBN", "VBD") else "future"
        if tokens.lemma[i] in stances or (tokens.lemma[i] == "go" and tokens.tag[i] == "VBG"):
            return "future"
        if (tokens.pos[i] == "AUX" or tokens.lemma[i] in _COPULAS) and _predicate(tokens, i) in stances:
            return "future"
        if any(tokens.tag[c] == "VBD" for c in aux):
            return "past"
        if tokens.tag[i] in ("VBZ", "VBP") or any(tokens.tag[c] in ("VBZ", "VBP") for c in aux):
            return "present"
        if tokens.tag[i] == "VBD":
            return "past"
        if tokens.tag[i] == "MD":
            return "future"
        if tokens.dep[i] == "ROOT" or tokens.head[i] == i:
            return "future" if tokens.tag[i] == "VB" else "present"
        i = tokens.head[i]
    return "present"


def _predicate(tokens: Tokens, i: int) -> str:
    for c in tokens.children[i]:
        if tokens.dep[c] in ("acomp", "attr", "oprd"):
            return tokens.lemma[c]
    return ""


def tense(tokens: Tokens, i: int) -> str:
    """Say the tense of a subordinate verb: "present", "past", "perfect past" ("had left"), "modal" or ""."""
    aux = auxiliaries(tokens, i)
    if any(tokens.tag[c] == "MD" for c in aux):
        return "modal"
    if any(tokens.lower[c] == "had" for c in aux):
        return "perfect past"
    if any(tokens.tag[c] == "VBD" for c in aux):
        return "past"
    if any(tokens.tag[c] in ("VBZ", "VBP") for c in aux) or tokens.tag[i] in ("VBZ", "VBP"):
        return "present"
    if tokens.tag[i] == "NNS" and any(tokens.dep[c] == "mark" for c in tokens.children[i]):
        return "present"  # a verb that the tagger took for a plural: "if the border reopens"
    return "past" if tokens.tag[i] == "VBD" else ""


def negative(tokens: Tokens, pieces: tuple[TokenSpan, ...], name: str = "negatives") -> bool:
    """Tell whether a stretch says no."""
    listing = words(name)
    if any(low in listing for start, end in pieces for low in tokens.lower[start:end]):
        return True
    return any(
        tuple(tokens.lower[t : t + len(phrase)]) == phrase
        for start, end in pieces
        for t in range(start, end)
        if tokens.lower[t] in _FIRST_OF_NO
        for phrase in _NO_PHRASES
    )


def obliges(tokens: Tokens, pieces: tuple[TokenSpan, ...], name: str = "must") -> bool:
    """Tell whether a clause says what has to be done: "must", "has to", "demands"."""
    must, to = words(name), _DUTIES_WITH_TO
    return any(
        tokens.lower[t] in must and (tokens.lower[t] not in to or (t + 1 < tokens.n and tokens.lower[t + 1] == "to"))
        for start, end in pieces
        for t in range(start, end)
    )
