"""Conditions in a clause of their own: "if", "unless", "until", "provided that", "before"."""

from __future__ import annotations

from communique.model import ConditionKind
from communique.reading.conditions.context import (
    SUBJECTS,
    VERBAL,
    Found,
    Scene,
    auxiliaries,
    bounds,
    cut,
    has_subject,
    negative,
    obliges,
    outlook,
    tense,
    trim,
)
from communique.reading.conditions.cues import Hit, listed
from communique.reading.conditions.parentheticals import inside, tags
from communique.reading.conditions.spans import (
    antecedent_end,
    clause_after,
    clause_before,
    comma_split,
    matrix_of,
    opens_clause,
)
from communique.reading.tokens import Piece, Words

_ONLY_CUES = frozenset(("after", "if", "when", "once", "until", "before"))
_QUESTION_DEPS = frozenset(("ccomp", "pcomp"))
_REACH = 60
_ASIDE = 16
_STANDING_IN = frozenset(("it", "they", "he", "she", "this", "that"))
_OWN_CLAUSE = (("pcomp", "ccomp", "advcl", "acl", "conj"), ("relcl", "acl"))
_PERFECT = frozenset(("once", "soon", "until", "only", "till"))
_TURNS = frozenset((",", "then", "--", "\u2014", "\u2013", "-"))


def clause(scene: Scene, hit: Hit) -> Found | None:
    """Read a cue that opens a subordinate clause, before or after the clause that hangs on it."""
    words = scene.words
    first, last = bounds(words, hit.start)
    begin = hit.end
    while begin < last and words.lower[begin] in (",", "that"):
        begin += 1
    if words.lower[last - 1] == "?" or (last - 2 >= first and words.lower[last - 2] == "?"):
        return None
    head = _clause_head(words, hit, begin, last)
    if head is not None and (
        _subject_ahead(words, hit, head) or (hit.cue.needs == "clause" and not _has_own_subject(words, head, begin))
    ):
        return None
    if head is None or _asks(words, hit, head):
        return _nominal(scene, hit, begin, last) if head is None else None
    inverted = words.lower[hit.start] in ("only", "not") and _inverts(words, hit, begin, last)
    if inverted:
        return _only_first(scene, hit, begin, last)
    opening = opens_clause(words, hit.start, first)
    fronted = opening and (words.head[head] > words.right[head] or _at_start(words, hit.start, first))
    made = _fronted(scene, hit, begin, head, last) if fronted else None
    if made is None and (not fronted or not _at_start(words, hit.start, first)):
        made = _trailing(scene, hit, begin, head)
    if made is None or not _stands(scene, hit, made):
        return None
    return made


def _clause_head(words: Words, hit: Hit, begin: int, last: int) -> int | None:
    """Return the main verb of the clause that the cue opens; None where it opens a phrase."""
    for t in range(hit.end - 1, hit.start - 1, -1):
        h = words.head[t]
        if begin <= h < last and (words.pos[h] in VERBAL or words.dep[t] == "mark"):
            return h
    for t in range(hit.start, hit.end):
        for c in words.children[t]:
            if c >= begin and words.pos[c] in VERBAL and words.dep[c] in _OWN_CLAUSE[words.pos[t] == "NOUN"]:
                return c
            if c >= begin and words.dep[c] == "pobj" and not _verb_follows(words, c, last):
                return None
    for t in range(begin, min(last, begin + _REACH)):
        if words.lower[t] in (";", ":"):
            return None
        if words.pos[t] in VERBAL and words.tag[t] != "VBG" and words.dep[t] not in ("relcl", "acl"):
            return words.head[t] if words.dep[t] in ("aux", "auxpass") and words.head[t] >= begin else t
    return None


def _verb_follows(words: Words, noun: int, last: int) -> bool:
    """Tell whether a finite verb stands right after a noun phrase: then it is the subject of a clause.

    Words between commas may part them: "after sampling, with all neighbours taking part, had shown".
    """
    after = words.right[noun] + 1
    while after < min(last, noun + 6) and words.pos[after] in ("ADV", "CCONJ"):
        after += 1
    if after < last and words.lower[after] == ",":
        closing = next((t for t in range(after + 1, min(last, after + _ASIDE)) if words.lower[t] == ","), last)
        return closing + 1 < last and words.tag[closing + 1] in ("VBZ", "VBP", "VBD")
    return after < last and words.tag[after] in ("VBZ", "VBP", "VBD", "MD")


def _has_own_subject(words: Words, head: int, begin: int) -> bool:
    """Tell whether a clause that begins at a token has a subject; the parse may have taken it for an object."""
    if has_subject(words, head):
        return True
    finite = words.tag[head] in ("VBD", "VBZ", "VBP") or bool(auxiliaries(words, head))
    named = any(words.pos[t] in ("NOUN", "PROPN", "PRON") for t in range(begin, head))
    return finite and named and not any(words.pos[t] in VERBAL for t in range(begin, head) if words.head[t] != head)


def _subject_ahead(words: Words, hit: Hit, head: int) -> bool:
    """Tell whether a verb's subjects all stand before the cue: then the cue is no conjunction."""
    subjects = [c for c in words.children[head] if words.dep[c] in SUBJECTS]
    return bool(subjects) and all(c < hit.start for c in subjects)


def _asks(words: Words, hit: Hit, head: int) -> bool:
    """Tell whether an "if" clause is a reported question: the complement of a verb."""
    if words.lower[hit.end - 1] != "if" or hit.end - hit.start > 1:
        return False
    governor = words.head[head]
    return words.dep[head] in _QUESTION_DEPS and governor < hit.start and words.lower[hit.start - 1] != ","


def _at_start(words: Words, start: int, first: int) -> bool:
    return all(words.pos[t] in ("PUNCT", "SPACE", "CCONJ", "ADV") for t in range(first, start))


def _inverts(words: Words, hit: Hit, begin: int, last: int) -> bool:
    """Tell whether "only if ..." opens a sentence with the subject after its verb: "only then will talks resume"."""
    first, _ = bounds(words, hit.start)
    return opens_clause(words, hit.start, first) and _inversion(words, begin, last) is not None


def _inversion(words: Words, begin: int, last: int) -> int | None:
    seen = False
    for t in range(begin, min(last, begin + _REACH)):
        if words.lower[t] == "," and seen:
            return None
        if words.tag[t] == "MD" or (seen and words.lower[t] in ("do", "does", "did", "is", "are")):
            if seen and (words.tag[t - 1] not in ("NN", "NNS", "NNP", "NNPS", "PRP") or _verbs(words, begin, t)):
                return t
        elif words.pos[t] in VERBAL or words.tag[t] in ("VBZ", "VBP"):
            seen = True
    return None


def _verbs(words: Words, begin: int, end: int) -> bool:
    return any(words.tag[t] in ("VBZ", "VBP", "VBD", "VBN") for t in range(begin, end))


def _only_first(scene: Scene, hit: Hit, begin: int, last: int) -> Found | None:
    words = scene.words
    turn = _inversion(words, begin, last)
    if turn is None or words.lower[turn] == "did":
        return None
    head = next((t for t in range(turn - 1, begin - 1, -1) if words.pos[t] == "VERB"), begin)
    matrix = max(turn, words.head[turn])
    antecedent = trim(words, (begin, turn))
    consequent = clause_after(scene, matrix, turn, last, hit.start)
    if antecedent is None or not consequent:
        return None
    return Found(hit.cue.kind, ((hit.start, hit.end),), (antecedent,), consequent, head, matrix, hit.cue.reliability)


def _fronted(scene: Scene, hit: Hit, begin: int, head: int, last: int) -> Found | None:
    """The condition comes first: "If X, Y"."""
    words = scene.words
    matrix, end = words.head[head], words.right[head] + 1
    said = tags(scene, hit.start)
    parsed = matrix >= end and words.pos[matrix] in VERBAL and not inside(said, matrix)
    if not parsed or not any(words.lower[t] in _TURNS for t in range(head + 1, matrix)):
        split = comma_split(scene, begin, last)
        if split is not None:
            end, matrix = split
        elif not parsed:
            return None
    matrix = matrix_of(scene, matrix, hit.start, end)
    consequent = clause_after(scene, matrix, end, last, hit.start)
    if not consequent:
        return None
    opener = next((t for t in range(head + 1, consequent[0][0]) if words.lower[t] == "then"), None)
    end = end if opener is None else min(end, opener)
    antecedent = cut(words, (begin, end), said)
    if not antecedent or antecedent[-1][1] > consequent[0][0]:
        return None
    cue: tuple[Piece, ...] = ((hit.start, hit.end),)
    if opener is not None:
        cue = (*cue, (opener, opener + 1))
    return Found(hit.cue.kind, cue, antecedent, consequent, head, matrix, hit.cue.reliability)


def _trailing(scene: Scene, hit: Hit, begin: int, head: int) -> Found | None:
    """The condition comes last: "Y if X"."""
    words = scene.words
    matrix = clause_before(scene, head, hit.start)
    if matrix is None:
        return None
    cue: tuple[Piece, ...] = ((hit.start, hit.end),)
    kind, reliability = hit.cue.kind, hit.cue.reliability
    only = _only(words, hit, matrix)
    if only is not None:
        cue = ((only, hit.end),) if only + 1 == hit.start else ((only, only + 1), *cue)
        kind, reliability = ConditionKind.NECESSARY, max(reliability, 0.93)
    _, last = bounds(words, hit.start)
    end = _joined_end(scene, antecedent_end(scene, head, begin, last, hit.start), begin, last, hit.start)
    antecedent = trim(words, (begin, end))
    consequent = clause_after(scene, matrix, None, cue[0][0] if len(cue) == 1 else hit.start, hit.start)
    if len(cue) > 1:
        consequent = tuple(part for piece in consequent for part in cut(words, piece, [cue[0]]))
    if antecedent is None or not consequent:
        return None
    return Found(kind, cue, (antecedent,), consequent, head, matrix, reliability)


def _joined_end(scene: Scene, end: int, begin: int, last: int, cue: int) -> int:
    """Take in "and tows it away" after "if Oslo calls" where the parse joined it to the verb before the cue."""
    words = scene.words
    if end + 1 >= last or words.lower[end] != "and" or words.lower[end - 1] == ",":
        return end
    verb = end + 1
    if words.tag[verb] not in ("VBZ", "VBP") or has_subject(words, verb) or verb in scene.cue_heads:
        return end
    return antecedent_end(scene, verb, begin, last, cue)


def _only(words: Words, hit: Hit, matrix: int) -> int | None:
    """Return the "only" that belongs to a trailing cue: beside it, or before the verb of the clause."""
    if words.lower[hit.start] not in _ONLY_CUES:
        return None
    before = hit.start - 1
    if before >= 0 and words.lower[before] == "only":
        return before
    for t in range(max(matrix - 4, 0), min(matrix + 3, hit.start)):
        if (
            words.lower[t] == "only"
            and words.head[t] in (matrix, words.head[hit.start])
            and words.sentence[t] == words.sentence[matrix]
        ):
            return t
    return None


def _stands(scene: Scene, hit: Hit, made: Found) -> bool:
    """Apply what the cue asks of its clauses in time."""
    words, needs = scene.words, hit.cue.needs
    head, matrix = made.head, made.matrix
    if head is None or matrix is None:
        return True
    if words.lemma[matrix] in listed("idle") or _hollow(words, made, matrix):
        return False
    if words.lower[hit.start] == "when" and not _awaits(words, head, matrix, made):
        return False
    _, last = bounds(words, hit.start)
    if any(low in listed("anonymity") for low in words.lower[hit.start : min(last, made.antecedent[0][1])]):
        return False
    view, when = outlook(words, matrix), tense(words, head)
    only = "only" in _cue_words(words, made)
    no = negative(words, made.consequent)
    if view == "unreal" or (
        when == "perfect past" and not (view == "future" and _PERFECT & {*_cue_words(words, made)})
    ):
        return False
    if needs == "lasting":
        return view in ("future", "present") and _lasts(words, hit, made, no)
    if needs == "open":
        if view == when == "past" and scene.owner[hit.start] >= 0 and words.lower[hit.end - 1] == "as":
            # Reported: "he said it was out of the question so long as they drilled".
            return words.lemma[matrix] == "be"
        if view == when == "past" and scene.owner[hit.start] >= 0 and only:
            return True
        return (view != "past" or when == "present") and not (view == "present" and when == "past" and not only)
    if needs == "pending":
        if when == "past" and view != "future":
            return words.lemma[matrix] in listed("halts")
        return view == "future" or when == "present" or (no and view == "present")
    if needs in ("future", "exact"):
        if view != "future" or (when == "past" and not _backshifted(words, matrix)):
            return False
        reported = when == "past" and scene.owner[hit.start] >= 0
        if needs == "exact" and not only and _dated(words, made, "present" if reported else when):
            return False
    return True


def _hollow(words: Words, made: Found, matrix: int) -> bool:
    """Tell whether only "he says" or a question hangs on it, or the condition is a doubt or a turn of talk."""
    start, end = made.consequent[0]
    if len(made.consequent) == 1 and end - start == 1 and words.pos[start] == "AUX" and words.tag[start] != "MD":
        return True
    if len(made.consequent) == 1 and matrix >= end - 1 and words.lemma[matrix] in listed("says") and end - start < 5:
        return words.tag[matrix] in ("VBD", "VBZ", "VBP")
    if made.head is not None and words.lemma[made.head] in listed("talk"):
        subject = words.child(made.head, "nsubj")
        if subject is not None and words.lower[subject] in ("you", "we", "one"):
            return True
    if words.lower[start] in ("how", "what", "why", "who", "where"):
        return True
    meant = {low for piece in made.antecedent for low in words.lower[slice(*piece)]} - _STANDING_IN
    if meant <= {*words.lower[start:end]}:
        return True
    _, stop = made.antecedent[-1]
    return words.lower[stop - 1] in listed("doubts")


def _awaits(words: Words, head: int, matrix: int, made: Found) -> bool:
    """Tell "will talk when they leave" from a habit ("when prices rise, we must pay") and from "the day when"."""
    if words.dep[head] in ("relcl", "acl"):
        return False
    lows = [words.lower[c] for c in auxiliaries(words, matrix)]
    announced = any(low in ("will", "would", "shall", "'ll", "\u2019ll", "wo", "wo n't", "going") for low in lows)
    if made.antecedent[0][0] < made.consequent[0][0]:
        return announced or words.tag[matrix] == "VBG"
    return announced or any(low in ("can", "could", "ca", "may", "to") for low in lows) or words.tag[matrix] == "VB"


def _cue_words(words: Words, made: Found) -> list[str]:
    return [low for start, end in made.cue for low in words.lower[start:end]]


def _backshifted(words: Words, matrix: int) -> bool:
    """Tell whether the past of the condition's clause may be a reported present: "would return once he left"."""
    return any(words.lower[c] in ("would", "could", "might", "'d") for c in auxiliaries(words, matrix))


def _lasts(words: Words, hit: Hit, made: Found, no: bool) -> bool:
    """Tell "no talks while the siege goes on" from a contrast: a refusal before it, a state that lasts after it."""
    head = made.head
    if head is None or not no or words.lower[hit.start - 1] in (",", ";", "\u2014", "--", "and"):
        return False
    if made.antecedent[0][0] < made.consequent[0][0]:
        return False
    aux = auxiliaries(words, head)
    running = (words.tag[head] == "VBG" or any(words.lower[c] == "being" for c in aux)) and any(
        words.lemma[c] == "be" for c in aux
    )
    return tense(words, head) == "present" and (
        running or words.lemma[head] in listed("lasting") or words.pos[head] == "AUX"
    )


def _dated(words: Words, made: Found, when: str) -> bool:
    """Tell whether a bare "when" or "after" clause only tells the time: not in the present, or with a date."""
    if when != "present" and (when != "modal" or "after" in _cue_words(words, made)):
        return True
    return any(words.entity[t] in ("DATE", "TIME") for start, end in made.antecedent for t in range(start, end))


def _nominal(scene: Scene, hit: Hit, begin: int, last: int) -> Found | None:
    """As in "Only after the withdrawal of troops", "until a settlement": an act named by a noun instead of a clause."""
    words = scene.words
    if words.lower[hit.end - 1] not in ("after", "until", "till", "with", "once") or begin >= last:
        return None
    noun = words.child(hit.end - 1, "pobj", "pcomp")
    if noun is None or noun < begin or words.entity[noun] in ("DATE", "TIME") or words.lemma[noun] in listed("times"):
        return None
    if any(words.lower[t] in listed("times") for t in range(begin, noun)):
        return None
    matrix = clause_before(scene, hit.end - 1, hit.start)
    if matrix is None:
        return None
    only = _only(words, hit, matrix)
    strict = only is not None or words.lower[hit.start] == "only"
    bare = words.lower[hit.end - 1] == "after" and not strict
    if words.entity[noun] in ("GPE", "PERSON", "NORP"):
        return None
    named = words.lemma[noun] in listed("acts") or (words.pos[noun] in VERBAL and not bare)
    if not named and words.lower[hit.end - 1] not in ("until", "till"):
        return None
    if bare and any(words.entity[t] in ("DATE", "TIME") for t in range(begin, words.right[noun] + 1)):
        return None
    view = outlook(words, matrix)
    cue: tuple[Piece, ...] = ((hit.start, hit.end),)
    if only is not None:
        cue = ((only, hit.end),) if only + 1 == hit.start else ((only, only + 1), *cue)
    antecedent = trim(words, (begin, antecedent_end(scene, noun, begin, last, hit.start)))
    consequent = clause_after(scene, matrix, None, cue[-1][0], hit.start)
    if len(cue) > 1:
        consequent = tuple(part for piece in consequent for part in cut(words, piece, [cue[0]]))
    if antecedent is None or not consequent:
        return None
    waits = words.lower[hit.end - 1] != "after" and (view == "future" or negative(words, consequent))
    if view in ("past", "unreal") or not (waits or view == "future"):
        return None
    return Found(
        ConditionKind.NECESSARY,
        cue,
        (antecedent,),
        consequent,
        noun,
        matrix,
        hit.cue.reliability,
        0.9 if named else 0.75,
    )


def before(scene: Scene, hit: Hit) -> Found | None:
    """As in "Y must X before Z" and "no Z before Y does X"."""
    words = scene.words
    _, last = bounds(words, hit.start)
    begin = hit.end
    head = _clause_head(words, hit, begin, last)
    if head is None:
        head = words.child(hit.start, "pobj", "pcomp")
        if head is None or words.entity[head] in ("DATE", "TIME"):
            return None
        if not (words.lemma[head] in listed("outcomes") or words.tag[head] == "VBG"):
            return None
    elif not (_has_own_subject(words, head, begin) or words.tag[head] == "VBG"):
        return None
    if any(_tells_time(words, t) for t in range(begin, head + 1)):
        return None
    matrix = clause_before(scene, head if words.pos[head] in VERBAL else hit.start, hit.start)
    if matrix is None:
        return None
    past = tense(words, head) in ("past", "perfect past")
    reported = scene.owner[hit.start] >= 0 and _backshifted(words, matrix) and past
    if words.pos[head] in VERBAL and tense(words, head) == "past" and outlook(words, head) == "past" and not reported:
        return None
    earlier = clause_after(scene, matrix, None, hit.start, hit.start)
    later = trim(words, (begin, antecedent_end(scene, head, begin, last, hit.start)))
    if later is None or not earlier:
        return None
    cue = ((hit.start, hit.end),)
    lows = {low for start, end in earlier for low in words.lower[start:end]}
    view = outlook(words, matrix)
    when = tense(words, head)
    if negative(words, earlier) and view in ("future", "present") and words.pos[head] in VERBAL:
        if any(words.lower[c] in ("has", "have", "had") for c in auxiliaries(words, matrix)):
            return None
        if (when not in ("present", "modal") and not reported) or (
            when == "modal" and _backshifted(words, head) and not _backshifted(words, matrix)
        ):
            return None
        return Found(ConditionKind.NECESSARY, cue, (later,), earlier, head, matrix, hit.cue.reliability)
    asks = _asking(words, matrix)
    asked = None if asks is None else _asked(words, asks, hit.start)
    if asks is not None and asked is not None:
        earlier = (asked,)
        matrix = asks
        return Found(
            ConditionKind.NECESSARY,
            cue,
            earlier,
            (later,),
            words.child(matrix, "ccomp", "xcomp"),
            head,
            hit.cue.reliability,
            1.0,
            words.child(matrix, "nsubj"),
        )
    if words.tag[matrix] == "VBD" and words.lemma[matrix] in listed("asks") and not words.has_child(matrix, "ccomp"):
        return None
    needed = words.lemma[matrix] in ("need", "require") and words.has_child(matrix, "dobj")
    told = scene.owner[hit.start] >= 0 and (needed or _had_to(words, earlier))
    if not (needed or obliges(words, earlier)) or view == "unreal" or (view == "past" and not told):
        return None
    if lows & {"will", "not", "n't"} or ("had" in lows and not told):
        return None
    return Found(ConditionKind.NECESSARY, cue, earlier, (later,), matrix, head, hit.cue.reliability, holder_at=-1)


def _had_to(words: Words, pieces: tuple[Piece, ...]) -> bool:
    return any(words.lower[t : t + 2] == ["had", "to"] for start, end in pieces for t in range(start, end))


def _tells_time(words: Words, t: int) -> bool:
    """Whether a word names a time: "before the start of June", not "before talks can start"."""
    return words.entity[t] in ("DATE", "TIME") or (words.lower[t] in listed("times") and words.pos[t] not in VERBAL)


def _asking(words: Words, matrix: int) -> int | None:
    """Return the verb of asking that a clause, or the first of some joined ones, hangs on: itself, or one above it."""
    for _ in range(4):
        if words.lemma[matrix] in listed("asks"):
            return matrix
        if words.dep[matrix] not in ("conj", "ccomp", "xcomp") or words.head[matrix] > matrix:
            return None
        matrix = words.head[matrix]
    return None


def _asked(words: Words, matrix: int, stop: int) -> Piece | None:
    """Return what is asked for in "demands that X withdraw" and "wants X to withdraw"; None without a subject."""
    if words.lemma[matrix] not in listed("asks") or words.tag[matrix] == "VBD":
        return None
    inner = words.child(matrix, "ccomp", "xcomp")
    if inner is None or not matrix < inner < stop or not has_subject(words, inner):
        return None
    return trim(words, (matrix + 1, stop))
