"""How far the two halves of a condition reach: the smallest clause that the parse and the words agree on."""

from __future__ import annotations

from communique.reading.conditions.context import (
    SUBJECTS,
    VERBAL,
    Scene,
    auxiliaries,
    bounds,
    cut,
    has_subject,
    outlook,
    trim,
)
from communique.reading.conditions.cues import listed
from communique.reading.conditions.parentheticals import inside, tags
from communique.reading.tokens import Piece, Words

_OPENERS = frozenset(("that", "and", "but", "or", "because", "so", "for", "however", "yet", "then", "while", "whereas"))
_NOT_OWN = frozenset(("mark", "cc", "punct", "advcl", "parataxis", "ccomp", "conj", "intj", "meta", "dep"))
_CONDITIONERS = frozenset(("if", "unless", "provided", "until", "once", "when", "should"))
_QUOTES = frozenset(('"', "\u201d", "\u201c", "''", "\u2019"))
_RANKS = frozenset(("first", "last", "next", "only", "second"))
_STEPS = 60


def opens_clause(words: Words, start: int, first: int) -> bool:
    """Tell whether a clause can begin at a token: a sentence, a mark or a linking word comes before it."""
    before = start - 1
    return before < first or words.pos[before] in ("PUNCT", "SPACE") or words.lower[before] in _OPENERS


def comma_split(scene: Scene, begin: int, last: int) -> tuple[int, int] | None:
    """Split a sentence that opens with a condition at its comma: (where the rest begins, its main verb)."""
    words = scene.words
    seen = False
    said = tags(scene, begin)
    for t in range(begin, last):
        if inside(said, t) and words.lower[t] != ",":
            continue
        if words.pos[t] in VERBAL or words.tag[t] in ("VBZ", "VBP", "VBD"):
            seen = True
        elif seen and words.lower[t] in (",", "\u2014", "then", "--"):
            verb = next((v for v in range(t + 1, last) if words.pos[v] in VERBAL and not inside(said, v)), None)
            if verb is None:
                return None
            if _aside(words, t, verb, last):
                continue
            for _ in range(_STEPS):
                up = words.head[verb]
                if up <= t or up == verb or up >= last or words.dep[verb] not in ("aux", "auxpass", "csubj", "nsubj"):
                    break
                verb = up
            return t, verb
    return None


def _aside(words: Words, comma: int, verb: int, last: int) -> bool:
    """Tell whether a verb stands with its subject between two commas: ", he suggests,"."""
    return verb - comma < 7 and verb + 1 < last and words.lower[verb + 1] == "," and words.tag[verb] != "VB"


def matrix_of(scene: Scene, matrix: int, cue: int, end: int) -> int:
    """Step from a verb of saying to what is said where a leading condition was tied to the verb of saying."""
    words = scene.words
    for _ in range(_STEPS):
        index = scene.cue_heads.get(matrix)
        if index is not None and scene.holds(index, cue):
            inner = scene.attributions[index].clause
            if inner is not None and inner >= end and inner != matrix:
                matrix = inner
                continue
        up = words.head[matrix]
        if words.dep[matrix] == "parataxis" and up > matrix and words.pos[up] in VERBAL:
            matrix = up
            continue
        down = next((c for c in words.children[matrix] if words.dep[c] == "ccomp" and end <= c < matrix), None)
        if down is None or inside(tags(scene, down), down):
            return matrix
        matrix = down
    return matrix


def clause_before(scene: Scene, head: int, start: int) -> int | None:
    """Return the main verb of the clause that a trailing condition (its head token, its first token) belongs to."""
    words = scene.words
    first, _ = bounds(words, start)
    matrix = head
    for _ in range(_STEPS):
        up = words.head[matrix]
        if up == matrix:
            break
        matrix = up
        if matrix < start and words.pos[matrix] in VERBAL:
            break
    if not first <= matrix < start or words.pos[matrix] not in VERBAL:
        verb = next((t for t in range(start - 1, first - 1, -1) if words.pos[t] in VERBAL), None)
        if verb is None:
            return None
        matrix = words.head[verb] if words.dep[verb] in ("aux", "auxpass") and words.head[verb] < start else verb
    return _down(scene, _up(words, _unsaid(scene, matrix, start)), start)


def _unsaid(scene: Scene, matrix: int, start: int) -> int:
    """Step from a verb of saying between marks to the clause around it: "must leave, he said, before ..."."""
    words = scene.words
    first, _ = bounds(words, start)
    hole = next((piece for piece in tags(scene, start) if piece[0] <= matrix < piece[1]), None)
    if hole is None:
        return matrix
    own = next((c for c in words.children[matrix] if c < hole[0] and words.pos[c] in VERBAL), None)
    if own is None:
        own = next((t for t in range(hole[0] - 1, first - 1, -1) if words.pos[t] in VERBAL), matrix)
    return own


def _up(words: Words, matrix: int) -> int:
    """Step from "filling" up to "keep filling", but not over a stance ("is willing to fill")."""
    strip = listed("strip")
    for _ in range(_STEPS):
        kept = _kept(words, matrix)
        if kept is not None:
            matrix = kept
            continue
        over = _over(words, matrix)
        if over is not None:
            matrix = over
            continue
        up = words.head[matrix]
        if words.dep[matrix] in ("ccomp", "xcomp") and up < matrix and words.lemma[up] in listed("lets"):
            matrix = up
            continue
        if words.dep[matrix] != "xcomp" or up >= matrix or has_subject(words, matrix) or words.lemma[up] in strip:
            break
        if words.pos[up] == "ADJ" or words.has_child(up, "dobj"):
            break
        matrix = up
    return matrix


def _kept(words: Words, matrix: int) -> int | None:
    """Return the verb of "will keep its crossings shut" for "shut", of "would hold back from going" for "going"."""
    up = words.head[matrix]
    if words.dep[matrix] in ("ccomp", "xcomp", "oprd", "acomp") and up < matrix and words.lemma[up] in listed("keeps"):
        bare = words.tag[matrix] in ("VBN", "VBD", "JJ") and not auxiliaries(words, matrix)
        return up if bare else None
    if words.dep[matrix] != "pcomp" or words.lower[up] != "from":
        return None
    outer = words.head[up]
    outer = words.head[outer] if words.pos[outer] == "ADV" else outer
    return outer if words.pos[outer] in VERBAL and outer < matrix else None


def _over(words: Words, matrix: int) -> int | None:
    """Return the clause around a modifier that looks back or says what for, where that clause looks ahead.

    The condition is on "will not lift" in "will not lift the embargo it has imposed if ...".
    """
    dep = words.dep[matrix]
    if dep not in ("relcl", "acl", "advcl"):
        return None
    purpose = words.tag[matrix] == "VB" and any(words.lower[c] == "to" for c in words.children[matrix])
    ranked = dep in ("acl", "relcl") and words.lower[words.head[matrix]] in _RANKS
    if outlook_alone(words, matrix) == "future" or (purpose and dep != "advcl" and not ranked):
        return None
    outer = words.head[matrix]
    for _ in range(8):
        if words.pos[outer] in VERBAL or words.head[outer] == outer:
            break
        outer = words.head[outer]
    if outer >= matrix or words.pos[outer] not in VERBAL:
        return None
    if outlook_alone(words, outer) != "future" and not ranked:
        return None
    return outer


def outlook_alone(words: Words, verb: int) -> str:
    """Say "future" of a verb with a modal of its own, else what its own form says."""
    if words.tag[verb] in ("VBD", "VBN", "VBG", "VB") and not auxiliaries(words, verb):
        return ""
    if all(words.lower[c] == "to" for c in auxiliaries(words, verb)) and words.tag[verb] == "VB":
        return ""
    return outlook(words, verb)


def _down(scene: Scene, matrix: int, start: int) -> int:
    """Step from a verb of saying or a stance ("is willing to") down to the act that the condition is on."""
    words = scene.words
    for _ in range(_STEPS):
        index = scene.cue_heads.get(matrix)
        inner: int | None = None
        refused = words.lemma[matrix] in listed("refusals") and not _negated_verb(words, matrix)
        if index is not None and scene.holds(index, start) and not refused:
            clause = scene.attributions[index].clause
            if clause is not None and clause < start and clause != matrix and words.pos[clause] in VERBAL:
                inner = clause
            else:
                inner = _elliptic(scene, index, start)
        if inner is None:
            inner = _complement(words, matrix, start)
        if inner is None:
            return matrix
        matrix = inner
    return matrix


def _negated_verb(words: Words, verb: int) -> bool:
    return any(words.dep[c] == "neg" for c in words.children[verb])


def _elliptic(scene: Scene, index: int, start: int) -> int | None:
    """Return the "would" of "replied that he would if ...", which the parse ties to something after it."""
    words = scene.words
    first = next((a for a, b in scene.attributions[index].content if a < start <= b), start)
    modal = start - 1
    return modal if modal >= first and words.tag[modal] == "MD" and words.head[modal] >= start else None


def _complement(words: Words, matrix: int, start: int) -> int | None:
    strip = listed("strip")
    for c in reversed(words.children[matrix]):
        if not matrix < c < start:
            continue
        dep = words.dep[c]
        if dep == "ccomp" and words.pos[c] in VERBAL and words.lemma[matrix] not in listed("lets"):
            return c
        if dep == "xcomp" and words.lemma[matrix] in strip and words.pos[c] == "VERB":
            return c
        if dep in ("acomp", "dobj", "attr", "xcomp", "oprd") and words.lemma[c] in strip:
            deeper = next((g for g in words.children[c] if words.dep[g] in ("xcomp", "acl") and c < g < start), None)
            if deeper is not None and words.tag[deeper] == "VB":
                return deeper
    return None


def antecedent_end(scene: Scene, head: int, begin: int, last: int, cue: int) -> int:
    """Return where the condition's own clause or phrase ends."""
    words = scene.words
    end = min(max(words.right[head] + 1, head + 1), last)
    owner = scene.owner[cue]
    for start, _ in scene.frames(owner if owner >= 0 else None):
        if head < start < end:
            end = start
    breakers = listed("breakers")
    depth = 0
    for t in range(head + 1, end):
        low = words.lower[t]
        if low in (";", ":", "\u2014", "--", "\u2013"):
            return t
        if low in ("(", ")"):
            depth += 1
        if low in _QUOTES and t + 1 < end and words.lower[t - 1] in (",", "."):
            return t
        if low == "," and words.lower[t + 1 : t + 3] == ["and", "not"]:
            return t
        if low == "," and t + 1 < end and not depth % 2 and _breaks(words, t + 1, head, breakers):
            return t
    return _whole_word(words, end, last)


def _whole_word(words: Words, end: int, last: int) -> int:
    """Take in the rest of "re-exports of goods" where the parse parted it at the hyphen."""
    if end + 1 >= last or words.text[end] != "-" or not words.joined(end) or not words.joined(end + 1):
        return end
    return min(max(words.right[end + 1], end + 1) + 1, last)


def _breaks(words: Words, t: int, head: int, breakers: frozenset[str]) -> bool:
    """Tell whether what follows a comma leaves the condition's clause."""
    if words.lower[t] in breakers or words.tag[t] == "VBG":
        return True
    if words.pos[t] != "CCONJ" or words.lower[t] == "or":
        return False
    for c in words.children[head]:
        if c > t and words.dep[c] == "conj":
            return has_subject(words, c)
    return False


def after_colon(scene: Scene, colon: int) -> Piece | None:
    """Return the clause that a colon or dash announces, whether the sentence goes on after it or ends there."""
    words = scene.words
    if colon >= words.n or words.lower[colon] not in (":", "\u2014", "\u2013", "--"):
        return None
    begin = colon + 1
    while begin < words.n and (words.pos[begin] in ("PUNCT", "SPACE") or words.lower[begin] in ("that", "if")):
        if "\n" in words.text[begin]:
            return None
        begin += 1
    if begin >= words.n:
        return None
    end = bounds(words, begin)[1]
    for start, _ in tags(scene, begin):
        if begin < start < end:
            end = start
    for t in range(begin, end):
        if words.lower[t] == ";" or (words.lower[t] in _QUOTES and words.lower[t - 1] in (",", ".")):
            end = t
            break
    return trim(words, (begin, end))


def _first_joined(scene: Scene, matrix: int) -> int:
    """Return the first verb of "would freeze output and lift the ban" for its last."""
    words = scene.words
    for _ in range(_STEPS):
        up = words.head[matrix]
        if words.dep[matrix] != "conj" or up >= matrix or up in scene.cue_heads or words.pos[up] not in VERBAL:
            break
        own = [c for c in words.children[matrix] if words.dep[c] in ("aux", "auxpass") and words.lower[c] != "to"]
        if has_subject(words, matrix) or own or not auxiliaries(words, up):
            break
        matrix = up
    return matrix


def clause_after(scene: Scene, matrix: int, start: int | None, stop: int, cue: int) -> tuple[Piece, ...]:
    """Return the clause of a main verb between two tokens, without the words that attribute it.

    ``start`` is None for a clause that comes before its condition; it then begins at the verb's own subject.
    """
    words = scene.words
    begin = _left(scene, matrix)
    holes: list[Piece] = []
    if start is None:
        end = min([stop, *_other_conditions(words, matrix, stop)])
    else:
        begin = max(begin, start)
        end = _right(scene, matrix, min(words.right[matrix] + 1, stop))
    index = scene.common(cue, matrix)
    for first, last in (*scene.frames(index), *tags(scene, matrix)):
        if first < end and last > begin:
            holes.append((first, last))
    if index is not None:
        outside = scene.attributions[index].content
        if start is not None and outside and begin < outside[-1][1] < end:
            end = outside[-1][1]
    for t in range(begin + 2, end):
        if words.lower[t] in _QUOTES and words.lower[t - 1] in (",", "."):
            end = t
            break
    if begin >= end:
        return ()
    return cut(words, (begin, end), holes)


def _other_conditions(words: Words, matrix: int, stop: int) -> list[int]:
    """Return where other conditions on the same verb begin: "works if A; if B"."""
    return [
        words.left[c]
        for c in words.children[matrix]
        if matrix < c < stop and words.dep[c] == "advcl" and words.lower[words.left[c]] in _CONDITIONERS
    ]


def _left(scene: Scene, matrix: int) -> int:
    words = scene.words
    verb = _first_joined(scene, matrix)
    begin = verb
    for c in words.children[verb]:
        if c >= verb:
            break
        if words.dep[c] in ("advcl", "ccomp", "parataxis") or (words.dep[c] == "prep" and _set_off(words, c, verb)):
            begin = verb
        elif words.dep[c] not in _NOT_OWN and not (words.dep[c] == "aux" and words.lower[c] == "to"):
            begin = min(begin, words.left[c])
    if words.tag[verb] == "MD" and begin == verb and words.head[verb] > verb:
        begin = min([begin, *(words.left[c] for c in words.children[words.head[verb]] if words.dep[c] in SUBJECTS)])
    if words.dep[verb] == "relcl":
        begin = max(begin, words.left[verb])
        subject = next((c for c in words.children[verb] if words.dep[c] in SUBJECTS), None)
        if subject is not None and words.lower[subject] in ("which", "that", "who"):
            begin = subject + 1
    return begin


def _set_off(words: Words, prep: int, verb: int) -> bool:
    """Tell whether a phrase before a verb stands apart from its clause: "under the draft, ...", "in which ..."."""
    after = words.right[prep] + 1
    return after < verb and (words.lower[after] == "," or words.lower[after - 1] in ("which", "whom"))


def _right(scene: Scene, matrix: int, end: int) -> int:
    """Cut a clause at a clause joined to it with a subject of its own, or at another attribution joined to it."""
    words = scene.words
    for c in words.children[matrix]:
        if c <= matrix or c >= end:
            continue
        joined = words.dep[c] in ("conj", "advcl", "parataxis", "ccomp")
        if not joined:
            continue
        comma = words.left[c] > 0 and words.lower[words.left[c] - 1] in (",", ";", "and", "but")
        if words.dep[c] == "conj" and has_subject(words, c):
            return min(end, _before_link(words, words.left[c], matrix))
        if comma and words.dep[c] in ("advcl", "parataxis") and (c in scene.cue_heads or words.tag[c] == "VBG"):
            return min(end, _before_link(words, words.left[c], matrix))
    return end


def _before_link(words: Words, t: int, floor: int) -> int:
    while t - 1 > floor and (words.pos[t - 1] in ("CCONJ", "PUNCT", "SPACE") or words.lower[t - 1] == "but"):
        t -= 1
    return t
