"""What the condition rules share: which statement holds a token, and small questions about clauses."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from communique.model import ConditionKind
from communique.reading.annotations import Attribution, Cast
from communique.reading.conditions.cues import listed
from communique.reading.tokens import Piece, Words

VERBAL = frozenset(("VERB", "AUX"))
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))
_MARKS = frozenset(("PUNCT", "SPACE"))
_LEADING = frozenset(("that", "and", "but", "or", "then", "so", "to", "because", "while", "whereas"))
_TRAILING = frozenset(("and", "but", "or", "only", "even", "just", "not", "too", "say", "especially"))
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A condition as tokens. ``head`` is the antecedent's main token, ``matrix`` the consequent's, where known.

    ``holder_at`` is the token of who set the condition where the report says so outright, -1 where nobody is said to.
    """

    kind: ConditionKind
    cue: tuple[Piece, ...]
    antecedent: tuple[Piece, ...]
    consequent: tuple[Piece, ...]
    head: int | None
    matrix: int | None
    reliability: float
    clarity: float = 1.0
    holder_at: int | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """One text's words and statements. ``owner[i]`` is the innermost statement whose content holds token i, or -1.

    ``asides`` maps a sentence's first token to the attributions that interrupt a content there.
    """

    words: Words
    attributions: tuple[Attribution, ...]
    cast: Cast
    owner: list[int] = field(default_factory=list)
    cue_heads: dict[int, int] = field(default_factory=dict)
    asides: dict[int, list[Piece]] = field(default_factory=dict)

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

    def frames(self, index: int | None) -> list[Piece]:
        """Return the sources and cues of a statement and of those around it."""
        pieces: list[Piece] = []
        for _ in range(_STEPS):
            if index is None:
                break
            attribution = self.attributions[index]
            pieces.extend(attribution.source)
            pieces.extend(attribution.cue)
            index = attribution.parent
        return pieces


def scene_of(words: Words, attributions: tuple[Attribution, ...], cast: Cast) -> Scene:
    """Lay out who holds which token; contents are painted widest first, so that the innermost one stays."""
    owner = [-1] * words.n
    sized = [(sum(e - s for s, e in a.content), k) for k, a in enumerate(attributions)]
    for _, k in sorted(sized, key=lambda pair: (-pair[0], pair[1])):
        for start, end in attributions[k].content:
            owner[start:end] = [k] * (end - start)
    heads = {a.cue_head: k for k, a in enumerate(attributions)}
    return Scene(words, attributions, cast, owner, heads, _asides(words, attributions))


def _asides(words: Words, attributions: tuple[Attribution, ...]) -> dict[int, list[Piece]]:
    """Return, by a sentence's first token, the gaps between a content's pieces where its cue stands."""
    found: dict[int, list[Piece]] = {}
    for a in attributions:
        for (_, start), (end, _) in pairwise(a.content):
            first, last = words.sentences[words.sentence[a.cue_head]]
            inside = first <= start <= a.cue_head < end <= last and end - start < _STEPS
            if inside and any(words.pos[t] == "PUNCT" for t in range(start, a.cue_head)):
                found.setdefault(first, []).append((start, end))
    return found


def trim(words: Words, piece: Piece) -> Piece | None:
    """Strip marks, white space and linking words from a piece's ends; None where no word is left."""
    start, end = piece
    pos, lower = words.pos, words.lower
    while start < end and (pos[start] in _MARKS or lower[start] in _LEADING):
        start += 1
    while start < end and (pos[end - 1] in _MARKS or lower[end - 1] in _TRAILING):
        end -= 1
    return (start, end) if start < end else None


def cut(words: Words, piece: Piece, holes: list[Piece]) -> tuple[Piece, ...]:
    """Return what is left of a piece without the holes, each part trimmed."""
    parts = [piece]
    for start, end in holes:
        rest: list[Piece] = []
        for first, last in parts:
            if end <= first or start >= last:
                rest.append((first, last))
                continue
            if first < start:
                rest.append((first, start))
            if end < last:
                rest.append((end, last))
        parts = rest
    trimmed = (trim(words, part) for part in parts)
    return tuple(part for part in trimmed if part is not None)


def bounds(words: Words, i: int) -> Piece:
    """Return the token range of i's sentence; past the text's end, the last one."""
    return words.sentences[words.sentence[min(i, words.n - 1)]]


def has_subject(words: Words, i: int) -> bool:
    """Tell whether a verb has a subject of its own."""
    return any(words.dep[c] in SUBJECTS for c in words.children[i])


def auxiliaries(words: Words, i: int) -> list[int]:
    """Return a verb's auxiliaries, those of the verb it is joined to where it has none."""
    for _ in range(_STEPS):
        found = [c for c in words.children[i] if words.dep[c] in ("aux", "auxpass")]
        if found or words.dep[i] != "conj" or has_subject(words, i):
            return found
        i = words.head[i]
    return []


_COPULAS = frozenset(("remain", "stay", "stand", "seem", "appear"))


def outlook(words: Words, i: int) -> str:
    """Say how a clause stands in time: "future", "present", "past" or "unreal" ("would have signed")."""
    modals, stances = listed("modals"), listed("stances")
    for _ in range(8):
        aux = auxiliaries(words, i)
        lows = [words.lower[c] for c in aux]
        if any(low in modals or words.tag[c] == "MD" for c, low in zip(aux, lows, strict=True)):
            return "unreal" if "have" in lows and words.tag[i] in ("VBN", "VBD") else "future"
        if words.lemma[i] in stances or (words.lemma[i] == "go" and words.tag[i] == "VBG"):
            return "future"
        if (words.pos[i] == "AUX" or words.lemma[i] in _COPULAS) and _predicate(words, i) in stances:
            return "future"
        if any(words.tag[c] == "VBD" for c in aux):
            return "past"
        if words.tag[i] in ("VBZ", "VBP") or any(words.tag[c] in ("VBZ", "VBP") for c in aux):
            return "present"
        if words.tag[i] == "VBD":
            return "past"
        if words.tag[i] == "MD":
            return "future"
        if words.dep[i] == "ROOT" or words.head[i] == i:
            return "future" if words.tag[i] == "VB" else "present"
        i = words.head[i]
    return "present"


def _predicate(words: Words, i: int) -> str:
    for c in words.children[i]:
        if words.dep[c] in ("acomp", "attr", "oprd"):
            return words.lemma[c]
    return ""


def tense(words: Words, i: int) -> str:
    """Say the tense of a subordinate verb: "present", "past", "perfect past" ("had left"), "modal" or ""."""
    aux = auxiliaries(words, i)
    if any(words.tag[c] == "MD" for c in aux):
        return "modal"
    if any(words.lower[c] == "had" for c in aux):
        return "perfect past"
    if any(words.tag[c] == "VBD" for c in aux):
        return "past"
    if any(words.tag[c] in ("VBZ", "VBP") for c in aux) or words.tag[i] in ("VBZ", "VBP"):
        return "present"
    if words.tag[i] == "NNS" and any(words.dep[c] == "mark" for c in words.children[i]):
        return "present"  # a verb that the tagger took for a plural: "if the border reopens"
    return "past" if words.tag[i] == "VBD" else ""


def negative(words: Words, pieces: tuple[Piece, ...], name: str = "negatives") -> bool:
    """Tell whether a stretch says no."""
    listing = listed(name)
    return any(low in listing for start, end in pieces for low in words.lower[start:end])


def obliges(words: Words, pieces: tuple[Piece, ...], name: str = "must") -> bool:
    """Tell whether a clause says what has to be done: "must", "has to", "demands"."""
    must, to = listed(name), ("have", "has", "had", "need", "needs", "ought")
    return any(
        words.lower[t] in must and (words.lower[t] not in to or (t + 1 < words.n and words.lower[t + 1] == "to"))
        for start, end in pieces
        for t in range(start, end)
    )
