"""Conditions that name what it takes: "only through Y", "X requires Y", "for X to Y, Z must", "the only way is"."""

from __future__ import annotations

from communique.model import ConditionKind
from communique.reading.conditions.context import VERBAL, Found, Scene, bounds, cut, negative, obliges, outlook, trim
from communique.reading.conditions.cues import Hit, listed
from communique.reading.conditions.frames.phrases import phrase_end, said_before
from communique.reading.conditions.spans import antecedent_end, clause_after, clause_before, comma_split, opens_clause
from communique.reading.tokens import Piece, Words

_BY = frozenset(("by", "through", "with", "via", "on", "under", "against"))
_WITHIN = (
    ["in", "the", "framework", "of"],
    ["in", "the", "context", "of"],
    ["as", "part", "of"],
    ["within", "the", "framework", "of"],
)
_FREE = frozenset(("through", "via"))
_LOOK = 12
_NEAR = 8


def means(scene: Scene, hit: Hit) -> Found | None:
    """As in "X can be settled only through Y", "can only be settled by doing Y", "only with Y will X"."""
    words = scene.words
    first, last = bounds(words, hit.start)
    prep = _means_at(words, hit, last)
    if prep is None or (hit.start > first and words.lower[hit.start - 1] in ("not", "n't", "the", "an", "its", "if")):
        return None
    inner = phrase_end(scene, prep + 1, last, hit.start)
    if inner is None:
        return None
    head, _ = inner
    noun = words.child(prep, "pobj", "pcomp") or head
    if not _is_means(words, noun, prep):
        return None
    if opens_clause(words, hit.start, first):
        return _means_first(scene, hit, prep, noun, last)
    if words.lower[hit.start - 1] in ("is", "\u2019s", "'s") and words.lower[hit.start - 2] == "it":
        return _cleft(scene, hit, prep, noun, last)
    matrix = clause_before(scene, prep, hit.start)
    antecedent = trim(words, (prep + 1, antecedent_end(scene, noun, prep + 1, last, hit.start)))
    if matrix is None or antecedent is None:
        return None
    cue: tuple[Piece, ...] = ((hit.start, prep + 1),)
    if prep > hit.end + 2:
        cue = ((hit.start, hit.end), (prep, prep + 1))
    stop = prep if len(cue) > 1 else hit.start
    consequent = clause_after(scene, matrix, None, stop, hit.start)
    if len(cue) > 1:
        consequent = tuple(part for piece in consequent for part in cut(words, piece, [cue[0]]))
    able = outlook(words, matrix) == "future" or any(
        words.lower[t] in ("possible", "achievable", "conceivable", "sense")
        for piece in consequent
        for t in range(*piece)
    )
    if not consequent or not able:
        return None
    return Found(hit.cue.kind, cue, (antecedent,), consequent, noun, matrix, hit.cue.reliability)


def _means_at(words: Words, hit: Hit, last: int) -> int | None:
    """Return the preposition that "only" restricts: beside it, or after the verb that it stands before."""
    for phrase in _WITHIN:
        if words.lower[hit.end : hit.end + len(phrase)] == phrase:
            return hit.end + len(phrase) - 1
    if hit.end < last and words.lower[hit.end] in _BY:
        whole = words.lower[hit.end : hit.end + 3]
        return hit.end + 2 * (whole in (["by", "way", "of"], ["by", "means", "of"]))
    verb = words.head[hit.start]
    if not hit.end <= verb < min(last, hit.end + 5) or words.pos[verb] not in VERBAL:
        return None
    for t in range(verb + 1, min(last, verb + _NEAR)):
        if words.lower[t] in (",", ";", "and", "but"):
            return None
        if words.lower[t] in ("through", "by", "via", "with") and words.head[t] == verb:
            return t
    return None


def _is_means(words: Words, noun: int, prep: int) -> bool:
    """Tell a step that somebody can take from an agent ("only by the president") or a tool."""
    if words.tag[noun] == "VBG":
        return words.lower[prep] not in ("on", "under", "with")
    if words.entity[noun] in ("PERSON", "GPE", "DATE", "TIME", "CARDINAL", "MONEY"):
        return False
    if words.lower[prep] == "with" and any(words.tag[c] in ("VBN", "VBD") and c > noun for c in words.children[noun]):
        return True
    known = listed("outcomes") | listed("acts") | listed("own_acts") | listed("means")
    return words.lemma[noun] in known or (words.lower[prep] in _FREE and words.lower[noun].endswith(("tion", "ment")))


def _means_first(scene: Scene, hit: Hit, prep: int, noun: int, last: int) -> Found | None:
    words = scene.words
    turn = next((t for t in range(noun + 1, min(last, noun + 25)) if words.tag[t] == "MD"), None)
    if turn is None or any(words.lower[t] == "," for t in range(noun, turn)):
        return None
    matrix = max(turn, words.head[turn])
    antecedent = trim(words, (prep + 1, turn))
    consequent = clause_after(scene, matrix, turn, last, hit.start)
    if antecedent is None or not consequent:
        return None
    return Found(hit.cue.kind, ((hit.start, prep + 1),), (antecedent,), consequent, noun, matrix, hit.cue.reliability)


def _cleft(scene: Scene, hit: Hit, prep: int, noun: int, last: int) -> Found | None:
    """As in "It is only by doing Y that X can ..."."""
    words = scene.words
    that = next((t for t in range(noun + 1, min(last, noun + 30)) if words.lower[t] == "that"), None)
    if that is None:
        return None
    modal = next((t for t in range(that + 1, min(last, that + 20)) if words.tag[t] == "MD"), None)
    antecedent = trim(words, (prep + 1, that))
    if modal is None or antecedent is None:
        return None
    matrix = max(modal, words.head[modal])
    consequent = clause_after(scene, matrix, that + 1, last, hit.start)
    if not consequent:
        return None
    cue = ((hit.start, prep + 1), (that, that + 1))
    return Found(hit.cue.kind, cue, (antecedent,), consequent, noun, matrix, hit.cue.reliability)


def requires(scene: Scene, hit: Hit) -> Found | None:
    """As in "Peace requires the departure of the mercenaries": what is negotiated asks for an act."""
    words = scene.words
    verb = hit.start
    first, last = bounds(words, verb)
    if words.pos[verb] != "VERB" or words.tag[verb] not in ("VB", "VBZ", "VBP", "VBD"):
        return None
    if words.tag[verb] == "VBD" or any(words.dep[c] in ("neg", "auxpass") for c in words.children[verb]):
        return None
    subject = words.child(verb, "nsubj", "csubj")
    if subject is not None and words.lower[subject] in ("it", "that", "this", "which") and verb - subject < 4:
        return _looks_back(scene, hit, subject, first, last)
    if subject is None or subject in scene.cast.heads:
        return None
    anything = words.pos[subject] == "NOUN" and any(words.lower[c] == "any" for c in words.children[subject])
    if not anything and words.lemma[subject].lower() not in listed("outcomes") | listed("acts"):
        return None
    if words.lemma[subject] in listed("papers") and words.tag[verb] != "VB":
        return None
    thing = words.child(verb, "dobj", "ccomp")
    if thing is None or not verb < thing < last:
        return None
    named = listed("acts") | listed("own_acts") | listed("outcomes") | listed("means")
    modal = any(words.tag[c] == "MD" for c in words.children[verb])
    if words.pos[thing] not in VERBAL and (
        words.lemma[thing] not in named if not modal else words.lemma[thing] in listed("virtues")
    ):
        return None
    antecedent = trim(words, (hit.end, antecedent_end(scene, thing, hit.end, last, verb)))
    consequent = trim(words, (max(words.left[subject], first), words.right[subject] + 1))
    if antecedent is None or consequent is None or consequent[1] > verb:
        return None
    start = verb
    while start - 1 > consequent[1] - 1 and words.tag[start - 1] == "MD":
        start -= 1
    cue = ((start, hit.end),)
    return Found(hit.cue.kind, cue, (antecedent,), (consequent,), thing, subject, hit.cue.reliability)


def _looks_back(scene: Scene, hit: Hit, subject: int, first: int, last: int) -> Found | None:
    """As in "A partition is possible, but it presupposes that ...", "That would require Japan to open the plant"."""
    words = scene.words
    verb = hit.start
    thing = words.child(verb, "dobj", "ccomp", "xcomp")
    begin = first
    index = scene.owner[verb]
    if index >= 0 and first <= scene.attributions[index].content[0][0] < verb:
        begin = scene.attributions[index].content[0][0]
    before = next((t for t in range(begin, subject) if words.dep[t] in ("nsubj", "nsubjpass")), None)
    clause: tuple[Piece, ...] = ()
    if words.lower[subject] in ("it", "that") and before is not None and words.pos[before] == "NOUN":
        piece = trim(words, (max(words.left[before], first), words.right[before] + 1))
        clause = () if piece is None else (piece,)
    elif words.lower[subject] in ("that", "this"):
        earlier = said_before(scene, first)
        clause = () if earlier is None else (earlier[0],)
    if thing is None or not verb < thing < last or not clause:
        return None
    antecedent = trim(words, (hit.end, antecedent_end(scene, thing, hit.end, last, verb)))
    if antecedent is None:
        return None
    return Found(hit.cue.kind, ((verb, hit.end),), (antecedent,), clause, thing, clause[0][0], hit.cue.reliability, 0.8)


def purpose(scene: Scene, hit: Hit) -> Found | None:
    """As in "For talks to resume, Y must act" and "Y must act in order for talks to resume"."""
    words = scene.words
    first, last = bounds(words, hit.start)
    verb = _purpose_verb(words, hit, last)
    if verb is None or words.tag[words.head[hit.start]] in ("VBD", "VBN") and hit.end == hit.start + 1:
        return None
    goal = antecedent_end(scene, verb, hit.end, last, hit.start)
    if opens_clause(words, hit.start, first) and (words.lower[hit.start - 1] != "," or hit.start == first):
        comma = next((t for t in range(verb + 1, last) if words.lower[t] == ","), None)
        if comma is None:
            return None
        split = comma_split(scene, verb, last)
        matrix = words.head[verb] if words.head[verb] > comma else None if split is None else split[1]
        if matrix is None or words.pos[matrix] not in VERBAL:
            return None
        earlier = clause_after(scene, matrix, comma, last, hit.start)
        goal = comma
    elif hit.end > hit.start + 1:
        matrix = clause_before(scene, verb, hit.start)
        if matrix is None:
            return None
        earlier = clause_after(scene, matrix, None, hit.start, hit.start)
    else:
        return None
    later = trim(words, (hit.end, goal))
    if later is None or not earlier or not obliges(words, earlier, "duties") or negative(words, earlier):
        return None
    return Found(hit.cue.kind, ((hit.start, hit.end),), earlier, (later,), matrix, verb, hit.cue.reliability, 1.0, -1)


def _purpose_verb(words: Words, hit: Hit, last: int) -> int | None:
    """Return the infinitive of "for talks to resume"; None where the phrase has none."""
    for t in range(hit.end + 1, min(last, hit.end + _LOOK)):
        if words.pos[t] == "PUNCT" or words.pos[t] == "VERB":
            return None
        if words.lower[t] == "to" and t + 1 < last:
            verb = t + 1
            if words.tag[verb] != "VB":
                return None
            return words.head[verb] if words.dep[verb] == "auxpass" and words.head[verb] > verb else verb
    return None


def only_way(scene: Scene, hit: Hit) -> Found | None:
    """As in "The only way to end the war is to talk": what follows the copula is needed for what follows "to"."""
    words = scene.words
    _, last = bounds(words, hit.start)
    begin = hit.end
    if begin >= last or words.lower[begin] not in ("to", "of", "out", "for"):
        return None
    copula = next(
        (t for t in range(begin + 1, min(last, begin + 25)) if words.lower[t] in ("is", "lies", "remains", "would")),
        None,
    )
    if copula is None or words.lower[copula + 1 : copula + 2] in (["not"], ["n't"]):
        return None
    start = copula + 1
    while start < last and words.lower[start] in ("be", "to", "by", "through", "in", "for", "via", "if"):
        start += 1
    inner = phrase_end(scene, start, last, hit.start)
    goal = trim(words, (begin + (words.lower[begin] != "out"), copula))
    if inner is None or goal is None:
        return None
    antecedent = trim(words, (start, inner[1]))
    if antecedent is None or words.tag[inner[0]] in ("VBD", "VBN"):
        return None
    cue = ((hit.start, hit.end), (copula, copula + 1))
    return Found(ConditionKind.NECESSARY, cue, (antecedent,), (goal,), inner[0], goal[0], hit.cue.reliability)


def terms(scene: Scene, hit: Hit) -> Found | None:
    """As in "Conditions for X include Y" and "among the conditions set for X is Y"."""
    words = scene.words
    _, last = bounds(words, hit.start)
    target = next((t for t in range(hit.end, min(last, hit.end + _NEAR)) if words.lower[t] == "for"), None)
    if target is None or any(words.pos[t] == "PUNCT" for t in range(hit.end, target)):
        return None
    verb = next(
        (
            t
            for t in range(target + 2, min(last, target + 20))
            if words.lower[t] in ("include", "included", "includes", "is", "are", "was", "were", "remain", ":")
        ),
        None,
    )
    if verb is None:
        return None
    goal = trim(words, (target + 1, verb))
    inner = phrase_end(scene, verb + 1, last, hit.start)
    if goal is None or inner is None or any(words.tag[t] in ("VBD", "VBZ", "MD") for t in range(*goal)):
        return None
    head, end = inner
    if words.pos[head] not in ("NOUN", "PROPN") and words.tag[head] not in ("VBG", "VB"):
        return None
    antecedent = trim(words, (verb + 1, end))
    if antecedent is None:
        return None
    return Found(
        hit.cue.kind, ((hit.start, target + 1),), (antecedent,), (goal,), head, goal[0], hit.cue.reliability, 0.9
    )
