"""Conditions called by their name: preconditions set, and preconditions waived."""

from __future__ import annotations

from communique.model import ConditionKind
from communique.reading.conditions.context import SUBJECTS, VERBAL, Found, Scene, bounds, negative, outlook, trim
from communique.reading.conditions.cues import Hit, listed
from communique.reading.conditions.frames.phrases import phrase_end
from communique.reading.conditions.spans import antecedent_end, clause_after, clause_before
from communique.reading.tokens import Piece, Words

_TO_WHAT = frozenset(("for", "to", "of", "on"))
_LOOK = 14
_IS = frozenset(("is", "was", "are", "were", "remains", "remain", "would", "will", "include", "includes", "included"))
_PLAIN = frozenset(("condition", "conditions"))


def noun(scene: Scene, hit: Hit) -> Found | None:
    """As in "X is a precondition for Y", "set X as a condition for Y", "no preconditions for Y"."""
    words = scene.words
    first, last = bounds(words, hit.start)
    start = hit.start
    while start > first and (words.pos[start - 1] in ("ADJ", "ADV") or words.lower[start - 1] in ("any", "other")):
        if words.lower[start - 1] in ("no", "without"):
            break
        start -= 1
    before = words.lower[start - 1] if start > first else ""
    if before == "no":
        return _none(scene, hit, start - 1, last)
    if before == "without":
        return _free(scene, hit, start - 1)
    target = _target(scene, hit.end, last, hit.start)
    if target is None:
        return None
    goal, end = target
    if words.lower[hit.start] in _PLAIN and words.lower[hit.end] not in ("for", "of", "to"):
        return None
    return _set_as(scene, hit, goal, first) or _copular(scene, hit, goal, end, first, last)


def _target(scene: Scene, prep: int, last: int, cue: int) -> tuple[Piece, int] | None:
    """Return what a condition is "for": (its tokens, where it ends)."""
    words = scene.words
    if prep >= last or words.lower[prep] not in _TO_WHAT:
        return None
    inner = phrase_end(scene, prep + 1, last, cue)
    if inner is None:
        return None
    piece = trim(words, (prep + 1, inner[1]))
    return None if piece is None else (piece, inner[1])


def _none(scene: Scene, hit: Hit, start: int, last: int) -> Found | None:
    """As in "There are no preconditions for talks": waived; what it is waived for may be left unsaid."""
    words = scene.words
    if words.lower[hit.start] == "condition" or (
        words.lower[hit.start] in _PLAIN and words.lower[start - 1] in ("in", "under")
    ):
        return None
    target = _target(scene, hit.end, last, hit.start)
    if target is None and words.lower[hit.start] in _PLAIN:
        return None
    consequent = () if target is None else (target[0],)
    matrix = None if target is None else target[0][0]
    return Found(
        ConditionKind.WAIVED,
        ((start, hit.end),),
        (),
        consequent,
        None,
        matrix,
        hit.cue.reliability,
        1.0 if target else 0.8,
    )


def _free(scene: Scene, hit: Hit, start: int) -> Found | None:
    """As in "Talks without preconditions", "ready to meet without any conditions": waived, unless it is refused."""
    words = scene.words
    cue = ((start, hit.end),)
    governor = words.head[start]
    matrix = clause_before(scene, start, start)
    clause: tuple[Piece, ...] = ()
    if matrix is not None:
        clause = clause_after(scene, matrix, None, start, start)
        if negative(words, clause, "rejections") or negative(words, ((max(0, start - 1), start),), "rejections"):
            return None
        above = words.head[matrix]
        if words.lower[above] in listed("rejections") or _says_no(words, matrix):
            return None
        over = outlook(words, matrix) in ("past", "unreal") and words.lemma[matrix] not in listed("stances")
        if over and words.pos[governor] in VERBAL and matrix == governor:
            return None
    bare = words.tag[words.head[governor]] == "VB" and words.dep[governor] == "dobj" and bool(clause)
    if bare:
        piece = trim(words, (words.head[governor], start))
        clause = clause if piece is None else (piece,)
    elif words.pos[governor] in ("NOUN", "PROPN") and governor < start:
        piece = trim(words, (words.left[governor], start))
        clause = () if piece is None else (piece,)
        matrix = governor
    elif matrix is not None and words.lemma[matrix] in listed("stances"):
        thing = words.child(matrix, "dobj")
        piece = trim(words, (words.left[thing], start)) if thing is not None and thing < start else None
        clause = clause if piece is None else (piece,)
    if not clause:
        return None
    return Found(ConditionKind.WAIVED, cue, (), clause, None, matrix, hit.cue.reliability)


def _says_no(words: Words, i: int) -> bool:
    return any(words.dep[c] == "neg" for c in words.children[i]) or words.lower[i] in listed("rejections")


def waived(scene: Scene, hit: Hit) -> Found | None:
    """As in "Unconditionally" of an act, "unconditional" of talks, a ceasefire, a release."""
    words = scene.words
    cue = ((hit.start, hit.end),)
    if words.lower[hit.start] == "unconditional":
        governor = words.head[hit.start]
        if governor <= hit.start or words.lemma[governor] in listed("cautions"):
            return None
        if words.lemma[governor] not in listed("outcomes") | listed("acts"):
            return None
        piece = trim(words, (hit.end, max(governor + 1, min(words.right[governor] + 1, governor + 12))))
        if piece is None:
            return None
        return Found(ConditionKind.WAIVED, cue, (), (piece,), None, governor, hit.cue.reliability)
    matrix = clause_before(scene, hit.start, hit.start)
    governor = words.head[hit.start]
    if words.pos[governor] == "VERB" and (matrix is None or governor > hit.start):
        matrix = governor
    if matrix is None or _says_no(words, matrix):
        return None
    view = outlook(words, matrix)
    if governor > hit.start and words.pos[governor] == "VERB":
        piece = trim(words, (hit.end, words.right[governor] + 1))
        clause: tuple[Piece, ...] = () if piece is None else (piece,)
    else:
        clause = clause_after(scene, matrix, None, hit.start, hit.start)
    if not clause or view in ("past", "unreal"):
        return None
    return Found(ConditionKind.WAIVED, cue, (), clause, None, matrix, hit.cue.reliability)


def _set_as(scene: Scene, hit: Hit, goal: Piece, first: int) -> Found | None:
    """As in "Set / demanded / named X as a precondition for Y"."""
    words = scene.words
    at = next(
        (t for t in range(hit.start - 1, max(first, hit.start - 6) - 1, -1) if words.lower[t] in ("as", "a")), None
    )
    while at is not None and at > first and words.lower[at] != "as":
        at = at - 1 if hit.start - at < 6 else None
    if at is not None and words.lower[hit.start] in _PLAIN and words.lower[at + 1] == "the":
        return None
    if at is None or words.lower[at] != "as":
        return _made_a(scene, hit, goal, first)
    setters = listed("setters")
    verb = None
    for t in range(at - 1, max(first, at - 2 * _LOOK) - 1, -1):
        if words.lower[t] in (";",):
            break
        if words.lemma[t] in setters and words.pos[t] == "VERB":
            verb = t
            break
    cue: tuple[Piece, ...] = ((at, hit.end + 1),)
    governor = words.head[at]
    if verb is None:
        if not first <= governor < at or words.pos[governor] not in ("NOUN", "VERB"):
            return None
        whole = trim(words, (governor if words.pos[governor] == "VERB" else words.left[governor], at))
        return None if whole is None else Found(hit.cue.kind, cue, (whole,), (goal,), governor, goal[0], 0.8)
    holder = words.child(verb, "nsubj")
    if verb + 1 == at:
        # "X was set as a precondition for Y"
        subject = words.child(verb, "nsubjpass", "nsubj")
        antecedent = None if subject is None else trim(words, words.subtree(subject))
        head, holder = subject, words.child(verb, "agent")
    else:
        antecedent = trim(words, (verb + 1, at))
        head = None if antecedent is None else _main(words, antecedent)
    if antecedent is None:
        return None
    return Found(hit.cue.kind, cue, (antecedent,), (goal,), head, goal[0], hit.cue.reliability, 1.0, holder)


def _made_a(scene: Scene, hit: Hit, goal: Piece, first: int) -> Found | None:
    """As in "Made X a precondition for Y"."""
    words = scene.words
    verb = next(
        (
            t
            for t in range(hit.start - 2, max(first, hit.start - _LOOK) - 1, -1)
            if words.lemma[t] == "make" and words.pos[t] == "VERB"
        ),
        None,
    )
    article = next((t for t in range(hit.start - 1, max(first, hit.start - 4) - 1, -1) if words.pos[t] == "DET"), None)
    if verb is None or article is None or article <= verb + 1:
        return None
    antecedent = trim(words, (verb + 1, article))
    if antecedent is None:
        return None
    cue = ((article, hit.end + 1),)
    holder = words.child(verb, "nsubj")
    return Found(
        hit.cue.kind, cue, (antecedent,), (goal,), _main(words, antecedent), goal[0], hit.cue.reliability, 1.0, holder
    )


def _main(words: Words, piece: Piece) -> int:
    """Return the token of a piece whose head lies outside it."""
    return next((t for t in range(*piece) if not piece[0] <= words.head[t] < piece[1]), piece[1] - 1)


def _copular(scene: Scene, hit: Hit, goal: Piece, end: int, first: int, last: int) -> Found | None:
    """As in "X is a precondition for Y" and "the precondition for Y is X"."""
    words = scene.words
    node = words.head[hit.end - 1]
    here = hit.end - 1
    if words.dep[here] in ("attr", "acomp", "oprd") and words.pos[node] in VERBAL and node < here:
        subject = words.child(node, *SUBJECTS)
        if subject is None or words.dep[subject] == "expl" or any(words.dep[c] == "neg" for c in words.children[node]):
            return None
        antecedent = trim(words, words.subtree(subject))
        if antecedent is None or words.lower[antecedent[0]] in ("it", "this", "which"):
            return None
        start = next((t for t in range(here, node, -1) if words.pos[t] == "DET"), here)
        return Found(
            hit.cue.kind, ((start, hit.end + 1),), (antecedent,), (goal,), subject, goal[0], hit.cue.reliability
        )
    if end < last and words.lower[end] in _IS:
        begin = end + 1
        while begin < last and words.lower[begin] in ("be", "that", "to"):
            begin += 1
        inner = phrase_end(scene, begin, last, hit.start)
        if inner is None:
            return None
        antecedent = trim(words, (begin, max(inner[1], antecedent_end(scene, inner[0], begin, last, hit.start))))
        if antecedent is None:
            return None
        return Found(
            hit.cue.kind,
            ((hit.start, hit.end + 1),),
            (antecedent,),
            (goal,),
            inner[0],
            goal[0],
            hit.cue.reliability,
            0.9,
        )
    return None
