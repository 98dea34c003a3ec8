"""Conditions told by the order of words or steps: "should Japan ...", "first X, then Y"."""

from __future__ import annotations

from communique.reading.conditions.context import VERBAL, Found, Scene, bounds, has_subject, outlook, trim
from communique.reading.conditions.cues import Hit
from communique.reading.conditions.spans import (
    antecedent_end,
    clause_after,
    clause_before,
    comma_split,
    matrix_of,
    opens_clause,
)
from communique.reading.tokens import Words

_REACH = 60
_DUTIES = frozenset(
    ("must", "should", "will", "can", "could", "would", "shall", "'ll", "\u2019ll", "has", "have", "need", "needs")
)
_WH = frozenset(("WP", "WRB", "WDT", "WP$"))
_NEXT = (["only", "then"],)


def inverted(scene: Scene, hit: Hit) -> Found | None:
    """As in "Should Japan change course, ...", "Were Minsk to free the dissidents, ..."."""
    words = scene.words
    first, last = bounds(words, hit.start)
    if words.lower[last - 1] == "?" or hit.end >= last:
        return None
    if words.pos[hit.end] in VERBAL or words.lower[hit.end] in ("not", "n't", "itself", "themselves"):
        return None
    closing = next((words.lower[t] for t in range(hit.end, last) if words.pos[t] == "PUNCT"), ".")
    late = hit.start > first and words.lower[hit.start - 1] == "," and closing != ","
    if late or not opens_clause(words, hit.start, first):
        return _inverted_last(scene, hit, first, last)
    begin, subject = hit.end, False
    head = None
    for t in range(begin, min(last, begin + 25)):
        if words.lower[t] in (",", "?", ";"):
            break
        if words.pos[t] in ("NOUN", "PROPN", "PRON"):
            subject = True
        elif (
            subject
            and words.tag[t] in ("VB", "VBP")
            and (words.lower[hit.start] == "should" or words.lower[t - 1] == "to")
        ):
            head = t
            break
        elif words.tag[t] in ("VBD", "VBZ", "MD"):
            break
    if head is None and words.lower[hit.start] == "should" and begin < words.head[hit.start] < last:
        head = words.head[hit.start]
    split = comma_split(scene, hit.start, last)
    if split is None and head is None and words.lower[hit.start] == "should" and hit.start == first:
        # A verb that the tagger took for a noun: "Should talks collapse, ...".
        comma = next((t for t in range(begin + 2, min(last, begin + 12)) if words.lower[t] == ","), None)
        matrix = words.head[hit.start] if comma is None else words.head[words.head[hit.start]]
        split = (comma, matrix) if comma is not None and matrix > comma else None
        head = comma - 1 if comma is not None else None
    elif head is None:
        head = split[0] - 1 if split is not None and hit.start == first and words.lower[first] == "should" else None
    if head is None or split is None:
        return None
    end, matrix = split
    matrix = matrix_of(scene, matrix, hit.start, end)
    antecedent = trim(words, (begin, end))
    consequent = clause_after(scene, matrix, end, last, hit.start)
    if antecedent is None or not consequent or outlook(words, matrix) in ("past", "unreal"):
        return None
    return Found(hit.cue.kind, ((hit.start, hit.end),), (antecedent,), consequent, head, matrix, hit.cue.reliability)


def _inverted_last(scene: Scene, hit: Hit, first: int, last: int) -> Found | None:
    """As in "Berlin will retaliate should Washington impose tariffs", "talks could start were both to agree"."""
    words = scene.words
    before = hit.start - 1
    head = words.head[hit.start]
    if words.lower[hit.start] == "were":
        head = _to_verb(words, hit.end, last)
    if not hit.end < head < min(last, hit.end + 12) or words.tag[head] != "VB":
        return None
    if words.lower[before] != "," and (
        words.pos[before] not in ("NOUN", "PROPN", "VERB", "ADV", "ADJ", "NUM") or words.tag[before] in _WH
    ):
        return None
    subject = words.child(head, "nsubj", "nsubjpass")
    if words.lower[hit.start] == "were":
        subject = next((t for t in range(hit.end, head) if words.pos[t] in ("NOUN", "PROPN", "PRON")), None)
    if subject is None or subject < hit.end or words.lower[hit.end] in ("not", "n't", "be"):
        return None
    matrix = clause_before(scene, hit.start if words.lower[hit.start] == "were" else head, hit.start)
    if matrix is None or outlook(words, matrix) in ("past", "unreal"):
        return None
    antecedent = trim(words, (hit.end, antecedent_end(scene, head, hit.end, last, hit.start)))
    consequent = clause_after(scene, matrix, None, hit.start, hit.start)
    if antecedent is None or not consequent:
        return None
    return Found(hit.cue.kind, ((hit.start, hit.end),), (antecedent,), consequent, head, matrix, hit.cue.reliability)


def _to_verb(words: Words, begin: int, last: int) -> int:
    """Return the verb of "both capitals to lower"; ``begin`` where there is none near."""
    for t in range(begin + 1, min(last - 1, begin + 10)):
        if words.pos[t] in VERBAL or words.pos[t] == "PUNCT":
            return begin
        if words.lower[t] == "to":
            verb = t + 1 + (words.pos[t + 1] == "ADV")
            return verb if verb < last and words.tag[verb] == "VB" else begin
    return begin


def sequence(scene: Scene, hit: Hit) -> Found | None:
    """As in "First X, then Y", "X must happen first. Then Y will": the second step waits for the first."""
    words = scene.words
    first, last = bounds(words, hit.start)
    if not any(words.lower[t] in _DUTIES for t in range(first, last)):
        return None
    opening = opens_clause(words, hit.start, first)
    begin, stop = (hit.end, last) if opening else (first, hit.start)
    then = _then(words, hit.end, last)
    if then is None:
        then = last
        while then < words.n and words.pos[then] in ("PUNCT", "SPACE"):
            then += 1
        if then >= words.n or words.lower[then : then + 2] not in _NEXT and words.lower[then] != "then":
            return None
        _, last = bounds(words, then)
        if words.lower[then] == "only":
            then += 1
    elif opening:
        stop = then - 1 if words.lower[then - 1] != "only" else then - 2
    antecedent = trim(words, (begin, stop))
    if antecedent is None or words.tag[antecedent[0]] in _WH:
        return None
    if not any(words.tag[t] == "MD" or words.lower[t] in _DUTIES for t in range(then, last)):
        return None
    matrix = words.head[then] if then < words.head[then] < last else _first_verb(words, then + 1, last)
    head = _first_verb(words, *antecedent)
    if matrix is None or head is None or not has_subject(words, matrix):
        return None
    consequent = clause_after(scene, matrix, then + 1, last, hit.start)
    if not consequent:
        return None
    cue = ((hit.start, hit.end), (then, then + 1))
    return Found(hit.cue.kind, cue, (antecedent,), consequent, head, matrix, hit.cue.reliability)


def _then(words: Words, begin: int, last: int) -> int | None:
    """Return the "then" that answers a "first" in its own sentence."""
    for t in range(begin + 1, min(last, begin + _REACH)):
        if words.lower[t] == "then" and words.lower[t - 1] in (",", "and", "only", ";", "\u2014", "-"):
            return t
    return None


def _first_verb(words: Words, begin: int, last: int) -> int | None:
    verb = next((t for t in range(begin, last) if words.pos[t] in VERBAL), None)
    if verb is not None and words.dep[verb] in ("aux", "auxpass") and begin <= words.head[verb] < last:
        return words.head[verb]
    return verb
