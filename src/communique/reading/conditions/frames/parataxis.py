"""Conditions between two clauses side by side: "X must ...; otherwise Y", "X, and only then Y", "Y; in return, X"."""

from __future__ import annotations

from communique.model import ConditionKind
from communique.reading.conditions.context import VERBAL, Found, Scene, bounds, has_subject, obliges, outlook, trim
from communique.reading.conditions.cues import Hit, listed
from communique.reading.conditions.spans import after_colon, clause_after, clause_before
from communique.reading.tokens import Piece, Words

_STOPS = frozenset((",", ";", ":", "\u2014", "\u2013", "--", "-", "or", "and", "but"))
_REACH = 40


def otherwise(scene: Scene, hit: Hit) -> Found | None:
    """As in "X must withdraw, otherwise Y will act": Y follows but for X."""
    words = scene.words
    first, last = bounds(words, hit.start)
    after = hit.end + (hit.end < last and words.lower[hit.end] == ",")
    matrix = _next_verb(words, after, last)
    if matrix is None or outlook(words, matrix) != "future" or not has_subject(words, matrix):
        return None
    if hit.start > first and words.lower[hit.start - 1] not in _STOPS and words.pos[hit.start - 1] != "PUNCT":
        return None
    earlier = _earlier(scene, first, hit.start)
    if earlier is None or not _ordered(scene, earlier):
        return None
    head = _next_verb(words, *earlier)
    consequent = clause_after(scene, matrix, after, last, hit.start)
    if head is None or not consequent:
        return None
    pieces = _bare(scene, earlier, head)
    if not pieces:
        return None
    return Found(hit.cue.kind, ((hit.start, hit.end),), pieces, consequent, head, matrix, hit.cue.reliability)


def alternative(scene: Scene, hit: Hit) -> Found | None:
    """As in "Withdraw or face sanctions", "they must leave or we will act", "either they go or there is no deal"."""
    words = scene.words
    first, last = bounds(words, hit.start)
    after = hit.end
    if after >= last or hit.start - first < 2:
        return None
    either = next((t for t in range(first, hit.start) if words.lower[t] == "either"), None)
    threat = words.lemma[after] in listed("penalties") and words.tag[after] in ("VB", "VBP", "NN")
    matrix = after if threat else _next_verb(words, after, last)
    if matrix is None:
        return None
    if not threat and (matrix - after > 8 or not has_subject(words, matrix) or outlook(words, matrix) != "future"):
        return None
    earlier = _earlier(scene, first if either is None else either + 1, hit.start)
    if earlier is None or (either is None and not _ordered(scene, earlier)):
        return None
    head = _next_verb(words, *earlier)
    if head is None or (either is not None and not has_subject(words, head)):
        return None
    if any(words.tag[t] == "MD" and words.lower[t] != "must" for t in range(*earlier)) and either is None:
        return None
    end = words.right[matrix] + 1
    consequent = trim(words, (after, min(end, _tail(words, matrix, last)))) if threat else None
    pieces = _bare(scene, earlier, head)
    later = (consequent,) if consequent is not None else clause_after(scene, matrix, after, last, hit.start)
    if not pieces or not later:
        return None
    cue: tuple[Piece, ...] = ((hit.start, hit.end),)
    if either is not None:
        cue = ((either, either + 1), *cue)
    return Found(hit.cue.kind, cue, pieces, later, head, matrix, hit.cue.reliability)


def thereafter(scene: Scene, hit: Hit) -> Found | None:
    """As in "They must disarm, and only then can we talk": the second step waits for the first."""
    words = scene.words
    first, last = bounds(words, hit.start)
    strict = "only" in words.lower[hit.start : hit.end]
    matrix = _next_verb(words, hit.end, last)
    if matrix is None or not any(words.tag[t] == "MD" for t in range(hit.end, min(last, hit.end + 12))):
        return None
    earlier = _earlier(scene, first, hit.start)
    if earlier is None or any(words.lower[t] == "first" for t in range(*earlier)):
        return None
    if not (_ordered(scene, earlier) or (strict and any(words.tag[t] == "MD" for t in range(*earlier)))):
        return None
    head = _next_verb(words, *earlier)
    consequent = clause_after(scene, matrix, hit.end, last, hit.start)
    if head is None or not has_subject(words, matrix) or not consequent:
        return None
    pieces = _bare(scene, earlier, head)
    if not pieces:
        return None
    return Found(hit.cue.kind, ((hit.start, hit.end),), pieces, consequent, head, matrix, hit.cue.reliability)


def in_return(scene: Scene, hit: Hit) -> Found | None:
    """As in "Y would freeze output; in return, it wants X": each is given for the other."""
    words = scene.words
    first, last = bounds(words, hit.start)
    after = hit.end + (hit.end < last and words.lower[hit.end] == ",")
    asks = _next_verb(words, after, last)
    if asks is None or words.lemma[asks] not in listed("asks") or asks - after > 6:
        return None
    wanted = next((c for c in words.children[asks] if c > asks and words.dep[c] in ("dobj", "ccomp", "xcomp")), None)
    if wanted is None:
        return None
    begin = asks + 1
    antecedent = trim(words, (begin, min(max(words.right[wanted] + 1, begin), last)))
    earlier = _earlier(scene, first, hit.start)
    head = None if earlier is None else _next_verb(words, *earlier)
    if antecedent is None or earlier is None or head is None or outlook(words, head) != "future":
        return None
    consequent = _bare(scene, earlier, head)
    if not consequent:
        return None
    return Found(
        ConditionKind.BOTH, ((hit.start, hit.end),), (antecedent,), consequent, wanted, head, hit.cue.reliability
    )


def counted(scene: Scene, hit: Hit) -> Found | None:
    """As in "Y will attend on one condition: X must resign": what is counted stands after a colon or a dash."""
    words = scene.words
    colon = hit.end
    while colon < words.n and words.lower[colon] in ("only", "alone"):
        colon += 1
    matrix = clause_before(scene, hit.start, hit.start)
    antecedent = after_colon(scene, colon)
    if matrix is None or antecedent is None or outlook(words, matrix) in ("past", "unreal"):
        return None
    consequent = clause_after(scene, matrix, None, hit.start, hit.start)
    head = _next_verb(words, *antecedent)
    if not consequent:
        return None
    head = antecedent[0] if head is None or head >= antecedent[1] else head
    return Found(hit.cue.kind, ((hit.start, hit.end),), (antecedent,), consequent, head, matrix, hit.cue.reliability)


def bargain(scene: Scene, hit: Hit) -> Found | None:
    """As in "No guarantee, no oil": two things without a verb, the second for the first."""
    words = scene.words
    first, last = bounds(words, hit.start)
    if hit.start > first and words.pos[hit.start - 1] not in ("PUNCT", "SPACE"):
        return None
    comma = next((t for t in range(hit.end, min(last, hit.end + 8)) if words.lower[t] in (",", "\u2014", "-")), None)
    if comma is None or words.lower[comma + 1 : comma + 2] != ["no"]:
        return None
    end = next((t for t in range(comma + 2, last) if words.pos[t] == "PUNCT"), last)
    if end - comma > 8 or any(words.pos[t] in VERBAL for t in (*range(hit.end, comma), *range(comma + 2, end))):
        return None
    antecedent, consequent = trim(words, (hit.end, comma)), trim(words, (comma + 2, end))
    if antecedent is None or consequent is None or scene.owner[hit.start] < 0:
        return None
    things = listed("acts") | listed("outcomes") | listed("means")
    if not {words.lemma[antecedent[1] - 1], words.lemma[consequent[1] - 1]} & things:
        return None
    cue = ((hit.start, hit.end), (comma + 1, comma + 2))
    return Found(
        hit.cue.kind, cue, (antecedent,), (consequent,), antecedent[1] - 1, consequent[1] - 1, hit.cue.reliability
    )


def _next_verb(words: Words, begin: int, last: int) -> int | None:
    """Return the main verb of the clause that starts at a token."""
    for t in range(begin, min(last, begin + _REACH)):
        if words.pos[t] in VERBAL or words.tag[t] == "MD":
            up = words.head[t]
            return up if words.dep[t] in ("aux", "auxpass") and begin <= up < last else t
    return None


def _earlier(scene: Scene, first: int, stop: int) -> Piece | None:
    """Return the clause before the turn: in its sentence, else the sentence before it in the paragraph."""
    words = scene.words
    piece = trim(words, (first, stop))
    if piece is None and first > 0:
        before = first - 1
        while before > 0 and words.pos[before] in ("SPACE", "PUNCT"):
            if "\n" in words.text[before]:
                return None
            before -= 1
        piece = trim(words, bounds(words, before))
    if piece is None:
        return None
    start, end = piece
    for t in range(end - 1, start, -1):
        if words.lower[t] in (";", ":"):
            return trim(words, (t + 1, end))
    return piece


def _ordered(scene: Scene, piece: Piece) -> bool:
    """Tell whether a clause says what has to be done: by a duty, or by an order that opens it."""
    words = scene.words
    if obliges(words, (piece,), "duties"):
        return True
    start = piece[0]
    return (
        words.tag[start] == "VB"
        and not words.has_child(start, *("nsubj", "aux"))
        or (words.lower[start] in ("either", "do") and start + 1 < piece[1])
    )


def _bare(scene: Scene, piece: Piece, head: int) -> tuple[Piece, ...]:
    """Return the clause without the words that attribute it."""
    words = scene.words
    index = scene.owner[head]
    start, end = piece
    if index >= 0:
        for a, b in scene.attributions[index].content:
            if a <= head < b:
                start, end = max(start, a), min(end, b)
    inner = trim(words, (start, end))
    return () if inner is None else (inner,)


def _tail(words: Words, verb: int, last: int) -> int:
    """Return where the clause of a threat ends: at the next mark."""
    return next((t for t in range(verb + 1, last) if words.pos[t] == "PUNCT"), last)
