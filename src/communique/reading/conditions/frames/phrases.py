"""Conditions named by a phrase ("in exchange for Y", "without Y") or a predicate ("X hinges on Y")."""

from __future__ import annotations

from communique.model import ConditionKind
from communique.reading.conditions.context import SUBJECTS, VERBAL, Found, Scene, bounds, negative, outlook, trim
from communique.reading.conditions.cues import Hit, listed
from communique.reading.conditions.parentheticals import inside, tags
from communique.reading.conditions.spans import (
    after_colon,
    antecedent_end,
    clause_after,
    clause_before,
    matrix_of,
    opens_clause,
)
from communique.reading.tokens import Piece, Words

_LOOK = 12
_BACK = frozenset(("that", "this", "it", "which"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))


def phrase_end(scene: Scene, begin: int, last: int, cue: int) -> tuple[int, int] | None:
    """Return the main token and the end of the noun phrase, gerund or clause that starts at ``begin``."""
    words = scene.words
    if begin >= last:
        return None
    t = begin
    while (
        t < last and words.pos[t] in ("DET", "ADJ", "ADV", "NUM", "PUNCT", "PART") and words.lower[t] not in (",", ".")
    ):
        t += 1
    if t >= last or words.lower[t] in (",", "."):
        return None
    head = t
    for _ in range(60):
        up = words.head[head]
        if up == head or up < begin or up >= last or words.dep[head] in ("ROOT", "conj", "appos", "relcl"):
            break
        loose = words.dep[head] in ("nsubj", "nsubjpass", "poss") or words.tag[head] in ("WP", "WDT", "WP$")
        if words.pos[head] in _NOMINAL and words.pos[up] in VERBAL and not loose:
            break
        head = up
    end = antecedent_end(scene, head, begin, last, cue)
    while end < last and words.dep[end] == "prep" and words.pos[head] in _NOMINAL and words.right[end] > end:
        end = antecedent_end(scene, end, begin, last, cue)
    return head, end


def phrase(scene: Scene, hit: Hit) -> Found | None:
    """As in "Y in exchange for X", "in the event of X, Y", "Y pending X"."""
    words = scene.words
    first, last = bounds(words, hit.start)
    if words.lower[hit.start] == "pending" and not (
        words.dep[hit.start] == "prep" and (hit.start == first or words.lower[hit.start - 1] not in ("the", "a", "of"))
    ):
        return None
    if words.lower[hit.end : hit.end + 1] == ["which"]:
        return _for_which(scene, hit, last)
    inner = phrase_end(scene, hit.end, last, hit.start)
    if inner is None:
        return None
    head, end = inner
    if words.lower[hit.start] == "pending" and words.lemma[head] not in listed("acts") | listed("outcomes"):
        return None
    opening = opens_clause(words, hit.start, first)
    ahead = words.head[hit.start]
    if opening and (ahead > head or all(words.pos[t] in ("PUNCT", "CCONJ", "SPACE") for t in range(first, hit.start))):
        comma = next((t for t in range(hit.end, last) if words.lower[t] == ","), None)
        if comma is None:
            return None
        end = min(end, comma) if end > comma and ahead > comma else end
        reached = ahead > comma and words.pos[ahead] in VERBAL and not _said(scene, ahead)
        matrix = ahead if reached else _verb_after(scene, comma, last)
        if matrix is None:
            return None
        matrix = matrix_of(scene, matrix, hit.start, end)
        consequent = clause_after(scene, matrix, max(end, comma), last, hit.start)
    else:
        matrix = clause_before(scene, hit.start, hit.start)
        if matrix is None:
            return None
        consequent = clause_after(scene, matrix, None, hit.start, hit.start)
        thing = _offered(words, matrix, hit.start) if hit.cue.kind is ConditionKind.BOTH else None
        consequent = consequent if thing is None else (thing,)
    antecedent = trim(words, (hit.end, end))
    if antecedent is None or not consequent:
        return None
    view = outlook(words, matrix)
    if hit.cue.needs == "future" and view not in ("future", "present") and not _modal_in(words, consequent):
        return None
    if hit.cue.needs == "future" and view == "present" and hit.cue.kind is not ConditionKind.BOTH:
        return None
    return Found(hit.cue.kind, ((hit.start, hit.end),), (antecedent,), consequent, head, matrix, hit.cue.reliability)


def _for_which(scene: Scene, hit: Hit, last: int) -> Found | None:
    """As in "Y would let the ship go, in exchange for which X would send a delegation"."""
    words = scene.words
    head = _verb_after(scene, hit.end, last)
    matrix = clause_before(scene, hit.start, hit.start)
    if head is None or matrix is None or outlook(words, matrix) != "future":
        return None
    antecedent = trim(words, (hit.end + 1, antecedent_end(scene, head, hit.end + 1, last, hit.start)))
    consequent = clause_after(scene, matrix, None, hit.start, hit.start)
    if antecedent is None or not consequent:
        return None
    cue = ((hit.start, hit.end + 1),)
    return Found(hit.cue.kind, cue, (antecedent,), consequent, head, matrix, hit.cue.reliability)


def _offered(words: Words, matrix: int, stop: int) -> Piece | None:
    """Return what is offered where the verb only puts it forward: "floated lower tariffs", "offered to go"."""
    if words.lemma[matrix] not in listed("forward") or any(words.tag[c] == "MD" for c in words.children[matrix]):
        return None
    thing = words.child(matrix, "dobj", "xcomp")
    return trim(words, (words.left[thing], stop)) if thing is not None and thing < stop else None


def _said(scene: Scene, verb: int) -> bool:
    return inside(tags(scene, verb), verb)


def _verb_after(scene: Scene, t: int, last: int) -> int | None:
    words = scene.words
    said = tags(scene, t)
    verb = next((v for v in range(t + 1, last) if words.pos[v] in VERBAL and not inside(said, v)), None)
    if verb is not None and words.dep[verb] in ("aux", "auxpass") and words.head[verb] > t:
        return words.head[verb]
    return verb


def _modal_in(words: Words, pieces: tuple[Piece, ...]) -> bool:
    return any(words.tag[t] == "MD" for start, end in pieces for t in range(start, end))


def without(scene: Scene, hit: Hit) -> Found | None:
    """As in "No X without Y" makes Y necessary; "without Y, X would ..." has Y keep X away."""
    words = scene.words
    first, last = bounds(words, hit.start)
    if words.lower[hit.start] == "absent" and words.lower[hit.start - 1] not in (",", "\u2014") and hit.start > first:
        return None
    if any(
        words.lower[t] in ("condition", "conditions", "precondition", "preconditions")
        for t in range(hit.end, min(last, hit.end + 4))
    ):
        return None
    inner = phrase_end(scene, hit.end, last, hit.start)
    if inner is None:
        return None
    head, end = inner
    ahead = words.head[hit.start]
    if opens_clause(words, hit.start, first) and (ahead > head or hit.start == first):
        stop = ahead if ahead > head else last
        comma = next((t for t in range(hit.end, stop) if words.lower[t] == ","), end)
        reached = ahead >= comma and words.pos[ahead] in VERBAL and not _said(scene, ahead)
        matrix = ahead if reached else _verb_after(scene, comma, last)
        if matrix is None:
            return None
        matrix = matrix_of(scene, matrix, hit.start, min(end, comma))
        antecedent = trim(words, (hit.end, min(end, comma)))
        consequent = clause_after(scene, matrix, comma, last, hit.start)
    else:
        matrix = clause_before(scene, hit.start, hit.start)
        if matrix is None:
            return None
        antecedent = trim(words, (hit.end, end))
        consequent = clause_after(scene, matrix, None, hit.start, hit.start)
    if antecedent is None or not consequent or words.lower[antecedent[0]] in hit.cue.not_before:
        return None
    view = outlook(words, matrix)
    no = negative(words, consequent)
    lacking = words.lower[hit.start] in ("in", "absent", "failing")
    if view in ("past", "unreal") or not (no or (view == "future" and (lacking or antecedent[0] < consequent[0][0]))):
        return None
    if not no and words.tag[head] == "VBG":
        return None
    if view == "present" and not negative(words, consequent, "barred"):
        return None
    kind = hit.cue.kind if no else ConditionKind.EXCEPTION
    return Found(kind, ((hit.start, hit.end),), (antecedent,), consequent, head, matrix, hit.cue.reliability)


def predicate(scene: Scene, hit: Hit) -> Found | None:
    """As in "X hinges on Y", "X is contingent on Y", "made X conditional on Y", "conditioned X on Y"."""
    words = scene.words
    first, last = bounds(words, hit.start)
    prep = hit.end
    while (
        prep < min(last, hit.end + 4) and words.pos[prep] in ("ADV", "PUNCT") and words.lower[prep] not in hit.cue.preps
    ):
        prep += 1
    if words.lower[hit.end : hit.end + 1] == [","] and (prep >= last or words.lower[prep] not in hit.cue.preps):
        prep = _past_aside(words, hit.end, last)
    if prep >= last or (words.pos[hit.start] == "NOUN" and hit.cue.needs == "outcome"):
        return None
    if words.lower[prep] not in hit.cue.preps:
        return _carried(scene, hit, last)
    inner = phrase_end(scene, prep + 1, last, hit.start)
    if inner is None:
        return None
    head, end = inner
    antecedent = trim(words, (prep + 1, end))
    if end < words.n and any(words.pos[t] == "NUM" or words.lower[t] == "following" for t in range(prep + 1, end)):
        antecedent = after_colon(scene, end) or antecedent
    adverbial = words.lower[hit.start] == "subject" and words.lower[hit.start - 1] == "," and hit.start > first
    if words.lower[hit.start] == "depending" or adverbial:
        return _depending(scene, hit, head, antecedent, prep)
    made = _made(scene, hit, first)
    subject = made or _bare_noun(words, hit.start, first) or _subject(words, hit.start)
    if antecedent is None or subject is None:
        return None
    piece, noun = subject
    if words.lower[prep + 1] in ("nothing", "no", "nobody") or (made is not None and _made_not(words, piece[0])):
        return None
    if piece[1] == piece[0] + 1 and words.lower[piece[0]] in _BACK:
        earlier = _asked_about(words, first, piece[0]) or said_before(scene, first)
        if earlier is None:
            return None
        piece, noun = earlier
    if _negated(words, hit.start) or (hit.cue.needs == "outcome" and not _outcome(scene, hit, noun, head, prep)):
        return None
    if piece[0] > first and words.lower[piece[0] - 1] in ("whether", "how", "when") and words.lower[first] != "asked":
        piece = (piece[0] - 1, piece[1])
    consequent = trim(words, piece)
    if consequent is None:
        return None
    clarity = 1.0 if words.lemma[noun] in listed("outcomes") else 0.85
    holder = None
    if made is not None:
        verb = next((t for t in range(piece[0], first - 1, -1) if words.lemma[t] == "make"), None)
        holder = None if verb is None else words.child(verb, *SUBJECTS)
    return Found(
        hit.cue.kind,
        ((hit.start, prep + 1),),
        (antecedent,),
        (consequent,),
        head,
        noun,
        hit.cue.reliability,
        clarity,
        holder,
    )


def _bare_noun(words: Words, i: int, first: int) -> tuple[Piece, int] | None:
    """As in "more could follow, each step contingent on a release": no verb, the thing stands right before."""
    noun = i - 1
    if (
        words.pos[i] not in ("ADJ", "NOUN")
        or noun <= first
        or words.pos[noun] != "NOUN"
        or words.tag[noun] not in ("NN", "NNS")
    ):
        return None
    begin = noun
    while begin - 1 > first and words.pos[begin - 1] in ("DET", "ADJ", "NOUN", "NUM"):
        begin -= 1
    before = words.lower[begin - 1] if begin > first else ","
    return ((begin, i), noun) if before in (",", "with", "\u2014", "\u2013", ";") else None


def _past_aside(words: Words, comma: int, last: int) -> int:
    """Return the token after words between commas: "hinges, diplomats said, on ..."."""
    end = next((t for t in range(comma + 1, min(last, comma + _LOOK + 4)) if words.lower[t] == ","), comma)
    return end + 1


def _made_not(words: Words, begin: int) -> bool:
    """Tell whether the "made" before "X conditional on Y" is denied."""
    return any(words.dep[c] == "neg" for c in words.children[max(begin - 1, 0)])


def _asked_about(words: Words, first: int, stop: int) -> tuple[Piece, int] | None:
    """Return what an opening "Asked whether X," asks about."""
    if words.lower[first] != "asked" or words.lower[first + 1 : first + 2] not in (["whether"], ["if"]):
        return None
    comma = next((t for t in range(first + 2, stop) if words.text[t] == ","), first)
    verb = next((t for t in range(first + 2, comma) if words.pos[t] == "VERB"), None)
    return None if verb is None else ((first + 2, comma), verb)


def said_before(scene: Scene, first: int) -> tuple[Piece, int] | None:
    """Return the clause that an opening "that" or "this" looks back to: what the sentence before says is to come."""
    words = scene.words
    before = first - 1
    while before > 0 and words.pos[before] in ("SPACE", "PUNCT"):
        if "\n" in words.text[before]:
            return None
        before -= 1
    if before < 1:
        return None
    start, last = bounds(words, before)
    root = next((t for t in range(start, last) if words.head[t] == t), None)
    if root is None:
        return None
    for _ in range(4):
        index = scene.cue_heads.get(root)
        inner = words.child(root, "ccomp") if index is None else scene.attributions[index].clause
        if index is None or inner is None or not start <= inner < last:
            break
        root = inner
    if words.pos[root] not in VERBAL or outlook(words, root) != "future":
        return None
    pieces = clause_after(scene, root, None, last, root)
    return (pieces[0], root) if len(pieces) == 1 else None


def _depending(scene: Scene, hit: Hit, head: int, antecedent: Piece | None, prep: int) -> Found | None:
    """As in "Could come sooner, depending on Y"."""
    words = scene.words
    matrix = clause_before(scene, hit.start, hit.start)
    if matrix is None or antecedent is None or outlook(words, matrix) != "future":
        return None
    consequent = clause_after(scene, matrix, None, hit.start, hit.start)
    if not consequent:
        return None
    cue = ((hit.start, prep + 1),)
    return Found(hit.cue.kind, cue, (antecedent,), consequent, head, matrix, hit.cue.reliability)


def _carried(scene: Scene, hit: Hit, last: int) -> Found | None:
    """As in "Conditioned approval on reforms", "linked aid to reforms": the thing is between verb and preposition."""
    words = scene.words
    verb = hit.start
    if words.pos[verb] != "VERB" or words.lemma[verb] not in ("condition", "predicate", "premise", "tie", "link"):
        return None
    prep = next((t for t in range(hit.end, min(last, hit.end + _LOOK)) if words.lower[t] in hit.cue.preps), None)
    if prep is None or prep == hit.end:
        return None
    inner = phrase_end(scene, prep + 1, last, hit.start)
    consequent = trim(words, (hit.end, prep))
    if inner is None or consequent is None or any(words.pos[t] in VERBAL for t in range(*consequent)):
        return None
    head, end = inner
    antecedent = trim(words, (prep + 1, end))
    things = listed("outcomes") | listed("acts")
    last_noun = next((t for t in range(consequent[1] - 1, consequent[0] - 1, -1) if words.pos[t] == "NOUN"), None)
    named = last_noun is not None and words.lemma[last_noun] in things and words.lemma[last_noun] != "change"
    noun = last_noun if named else None
    if antecedent is None or (hit.cue.needs == "outcome" and noun is None) or _negated(words, verb):
        return None
    cue = ((verb, hit.end), (prep, prep + 1))
    holder = words.child(verb, *SUBJECTS)
    at = noun if noun is not None else consequent[1] - 1
    return Found(hit.cue.kind, cue, (antecedent,), (consequent,), head, at, hit.cue.reliability, 1.0, holder)


def _made(scene: Scene, hit: Hit, first: int) -> tuple[Piece, int] | None:
    """Return what stands between "made" and its "conditional on"."""
    words = scene.words
    for t in range(hit.start - 1, max(first, hit.start - _LOOK) - 1, -1):
        if words.lower[t] in (",", ";"):
            return None
        if words.lemma[t] == "make" and words.pos[t] == "VERB":
            piece = trim(words, (t + 1, hit.start))
            if piece is None:
                return None
            return piece, next((n for n in range(*piece) if words.pos[n] in ("NOUN", "PROPN", "PRON")), piece[0])
        if words.pos[t] in VERBAL and words.lower[t] not in ("talks", "moves"):
            return None
    return None


def _subject(words: Words, i: int) -> tuple[Piece, int] | None:
    """Return the subject that a predicate is said of, or the noun that it modifies."""
    node = i
    if words.tag[i] == "NNS" and words.left[i] < i:
        # A verb that the tagger took for a plural: its subject is the phrase before it.
        first, _ = bounds(words, i)
        begin = words.left[i]
        while begin > first and words.pos[begin - 1] not in ("PUNCT", "SPACE", "SCONJ", *VERBAL):
            begin -= 1
        return (begin, i), i - 1
    for _ in range(6):
        for c in words.children[node]:
            if words.dep[c] in SUBJECTS and words.dep[c] != "expl" and c < i:
                if words.dep[node] == "relcl" and words.lower[c] in ("which", "that"):
                    noun = words.head[node]
                    return (words.left[noun], words.left[node]), noun
                return words.subtree(c), c
        up = words.head[node]
        if words.dep[node] in ("amod", "acl") and up < i:
            return (words.left[up], words.left[node]), up
        if up == node or words.dep[node] in ("advcl", "relcl", "ccomp"):
            return None
        node = up
    return None


def _negated(words: Words, i: int) -> bool:
    node = i
    for _ in range(3):
        if any(words.dep[c] == "neg" or words.lower[c] in ("not", "never", "no") for c in words.children[node]):
            return True
        if words.dep[node] not in ("acomp", "attr", "oprd", "xcomp"):
            return False
        node = words.head[node]
    return False


def _outcome(scene: Scene, hit: Hit, noun: int, head: int, prep: int) -> bool:
    """Tell a thing that is negotiated from a plain dependence ("Germany depends on gas")."""
    words = scene.words
    if noun in scene.cast.heads or words.entity[noun] in ("GPE", "NORP", "PERSON", "ORG"):
        return False
    low = words.lower[hit.start]
    if words.dep[noun] == "csubj" or words.pos[noun] in VERBAL:
        return True
    if words.lemma[noun] in listed("outcomes") or any(words.lower[c] == "any" for c in words.children[noun]):
        return True
    if low in ("subject", "tied", "linked", "ties", "links", "tying", "linking", "rest", "rests"):
        return False
    asks = words.lower[prep + 1] in ("whether", "what", "how", "if", "who") if prep + 1 < words.n else False
    return asks or words.lemma[head] in listed("acts")
