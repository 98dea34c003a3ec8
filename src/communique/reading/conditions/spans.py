"""How far the two halves of a condition reach: the smallest clause that the parse and the words agree on."""

from __future__ import annotations

from communique.lexicon import listed
from communique.reading.conditions.context import ConditionContext
from communique.reading.conditions.cues import words
from communique.reading.conditions.parentheticals import inside, tags
from communique.reading.grammar.auxiliaries import is_auxiliary, is_modal, is_tensed
from communique.reading.grammar.labels import (
    ACTIVE_SUBJECT,
    AUXILIARY,
    CLAUSAL_SUBJECT,
    PASSIVE_AUXILIARY,
    PAST_TENSE,
    SUBJECTS,
)
from communique.reading.grammar.negation import is_denied
from communique.reading.grammar.subjects import has_subject
from communique.reading.grammar.token_ranges import bounds, cut, trim_clause
from communique.reading.grammar.verbs import VERBAL, auxiliaries, outlook
from communique.reading.tokens import Tokens, TokenSpan

_RELATIVE_THAT_WHICH_WHO = listed("closed_classes", "relative_that_which_who")

_OPENERS = listed("conditions", "constructions", "openers")
_NOT_OWN = frozenset(("mark", "cc", "punct", "advcl", "parataxis", "ccomp", "conj", "intj", "meta", "dep"))
_CONDITIONERS = listed("conditions", "constructions", "conditioners")
_QUOTES = frozenset(('"', "\u201d", "\u201c", "''", "\u2019"))
_RANKS = listed("conditions", "constructions", "ranks")
_STEPS = 60

_ASIDE_WORDS = 7
"""Words from a comma to the verb of an aside, from which on it is none."""
_OUTER_STEPS = 8
"""Words that are gone up from a clause to the verb above it."""


def opens_clause(tokens: Tokens, start: int, first: int) -> bool:
    """Tell whether a clause can begin at a token: a sentence, a mark or a linking word comes before it."""
    before = start - 1
    return before < first or tokens.pos[before] in ("PUNCT", "SPACE") or tokens.lower[before] in _OPENERS


def comma_split(context: ConditionContext, begin: int, last: int) -> tuple[int, int] | None:
    """Split a sentence that opens with a condition at its comma: (where the rest begins, its main verb)."""
    tokens = context.tokens
    seen = False
    said = tags(context, begin)
    for t in range(begin, last):
        if inside(said, t) and tokens.lower[t] != ",":
            continue
        if tokens.pos[t] in VERBAL or is_tensed(tokens, t):
            seen = True
        elif seen and tokens.lower[t] in (",", "\u2014", "then", "--"):
            verb = next((v for v in range(t + 1, last) if tokens.pos[v] in VERBAL and not inside(said, v)), None)
            if verb is None:
                return None
            if _aside(tokens, t, verb, last):
                continue
            for _ in range(_STEPS):
                up = tokens.head[verb]
                if (
                    up <= t
                    or up == verb
                    or up >= last
                    or tokens.dep[verb] not in (AUXILIARY, PASSIVE_AUXILIARY, CLAUSAL_SUBJECT, ACTIVE_SUBJECT)
                ):
                    break
                verb = up
            return t, verb
    return None


def _aside(tokens: Tokens, comma: int, verb: int, last: int) -> bool:
    """Tell whether a verb stands with its subject between two commas: ", he suggests,"."""
    return (
        verb - comma < _ASIDE_WORDS and verb + 1 < last and tokens.lower[verb + 1] == "," and tokens.tag[verb] != "VB"
    )


def matrix_of(context: ConditionContext, matrix: int, cue: int, end: int) -> int:
    """Step from a verb of saying to what is said where a leading condition was tied to the verb of saying."""
    tokens = context.tokens
    for _ in range(_STEPS):
        index = context.cue_heads.get(matrix)
        if index is not None and context.holds(index, cue):
            inner = context.attributions[index].clause
            if inner is not None and inner >= end and inner != matrix:
                matrix = inner
                continue
        up = tokens.head[matrix]
        if tokens.dep[matrix] == "parataxis" and up > matrix and tokens.pos[up] in VERBAL:
            matrix = up
            continue
        down = next((c for c in tokens.children[matrix] if tokens.dep[c] == "ccomp" and end <= c < matrix), None)
        if down is None or inside(tags(context, down), down):
            return matrix
        matrix = down
    return matrix


def clause_before(context: ConditionContext, head: int, start: int) -> int | None:
    """Return the main verb of the clause that a trailing condition (its head token, its first token) belongs to."""
    tokens = context.tokens
    first, _ = bounds(tokens, start)
    matrix = head
    for _ in range(_STEPS):
        up = tokens.head[matrix]
        if up == matrix:
            break
        matrix = up
        if matrix < start and tokens.pos[matrix] in VERBAL:
            break
    if not first <= matrix < start or tokens.pos[matrix] not in VERBAL:
        verb = next((t for t in range(start - 1, first - 1, -1) if tokens.pos[t] in VERBAL), None)
        if verb is None:
            return None
        matrix = tokens.head[verb] if is_auxiliary(tokens, verb) and tokens.head[verb] < start else verb
    return _down(context, _up(tokens, _unsaid(context, matrix, start)), start)


def _unsaid(context: ConditionContext, matrix: int, start: int) -> int:
    """Step from a verb of saying between marks to the clause around it: "must leave, he said, before ..."."""
    tokens = context.tokens
    first, _ = bounds(tokens, start)
    hole = next((piece for piece in tags(context, start) if piece[0] <= matrix < piece[1]), None)
    if hole is None:
        return matrix
    own = next((c for c in tokens.children[matrix] if c < hole[0] and tokens.pos[c] in VERBAL), None)
    if own is None:
        own = next((t for t in range(hole[0] - 1, first - 1, -1) if tokens.pos[t] in VERBAL), matrix)
    return own


def _up(tokens: Tokens, matrix: int) -> int:
    """Step from "filling" up to "keep filling", but not over a stance ("is willing to fill")."""
    strip = words("strip")
    for _ in range(_STEPS):
        kept = _kept(tokens, matrix)
        if kept is not None:
            matrix = kept
            continue
        over = _over(tokens, matrix)
        if over is not None:
            matrix = over
            continue
        up = tokens.head[matrix]
        if tokens.dep[matrix] in ("ccomp", "xcomp") and up < matrix and tokens.lemma[up] in words("lets"):
            matrix = up
            continue
        if tokens.dep[matrix] != "xcomp" or up >= matrix or has_subject(tokens, matrix) or tokens.lemma[up] in strip:
            break
        if tokens.pos[up] == "ADJ" or tokens.has_child(up, "dobj"):
            break
        matrix = up
    return matrix


def _kept(tokens: Tokens, matrix: int) -> int | None:
    """Return the verb of "will keep its crossings shut" for "shut", of "would hold back from going" for "going"."""
    up = tokens.head[matrix]
    if tokens.dep[matrix] in ("ccomp", "xcomp", "oprd", "acomp") and up < matrix and tokens.lemma[up] in words("keeps"):
        bare = tokens.tag[matrix] in ("VBN", PAST_TENSE, "JJ") and not auxiliaries(tokens, matrix)
        return up if bare else None
    if tokens.dep[matrix] != "pcomp" or tokens.lower[up] != "from":
        return None
    outer = tokens.head[up]
    outer = tokens.head[outer] if tokens.pos[outer] == "ADV" else outer
    return outer if tokens.pos[outer] in VERBAL and outer < matrix else None


def _over(tokens: Tokens, matrix: int) -> int | None:
    """Return the clause around a modifier that looks back or says what for, where that clause looks ahead.

    The condition is on "will not lift" in "will not lift the embargo it has imposed if ...".
    """
    dep = tokens.dep[matrix]
    if dep not in ("relcl", "acl", "advcl"):
        return None
    purpose = tokens.tag[matrix] == "VB" and any(tokens.lower[c] == "to" for c in tokens.children[matrix])
    ranked = dep in ("acl", "relcl") and tokens.lower[tokens.head[matrix]] in _RANKS
    if outlook_alone(tokens, matrix) == "future" or (purpose and dep != "advcl" and not ranked):
        return None
    outer = tokens.head[matrix]
    for _ in range(_OUTER_STEPS):
        if tokens.pos[outer] in VERBAL or tokens.head[outer] == outer:
            break
        outer = tokens.head[outer]
    if outer >= matrix or tokens.pos[outer] not in VERBAL:
        return None
    outer = _past_purpose(tokens, matrix, outer)
    if outlook_alone(tokens, outer) != "future" and not ranked and not _meant_to_be(tokens, outer):
        return None
    return outer


def _past_purpose(tokens: Tokens, matrix: int, outer: int) -> int:
    """Step over "to pump gas" in "will not renew a contract to pump gas when it runs out unless ..."."""
    timed = tokens.dep[matrix] == "advcl" and any(tokens.tag[c] == "WRB" for c in tokens.children[matrix])
    noun = tokens.head[outer]
    if not timed or tokens.dep[outer] != "acl" or tokens.dep[noun] != "dobj" or outlook_alone(tokens, outer):
        return outer
    above = tokens.head[noun]
    return above if above < outer and outlook_alone(tokens, above) == "future" else outer


def _meant_to_be(tokens: Tokens, verb: int) -> bool:
    """As in "is prepared to take down the fence": what somebody is ready to do."""
    if tokens.dep[verb] != "xcomp" or all(tokens.lower[c] != "to" for c in auxiliaries(tokens, verb)):
        return False
    return tokens.lemma[tokens.head[verb]] in words("strip")


def outlook_alone(tokens: Tokens, verb: int) -> str:
    """Say "future" of a verb with a modal of its own, else what its own form says."""
    if tokens.tag[verb] in (PAST_TENSE, "VBN", "VBG", "VB") and not auxiliaries(tokens, verb):
        return ""
    if all(tokens.lower[c] == "to" for c in auxiliaries(tokens, verb)) and tokens.tag[verb] == "VB":
        return ""
    return outlook(tokens, verb)


def _down(context: ConditionContext, matrix: int, start: int) -> int:
    """Step from a verb of saying or a stance ("is willing to") down to the act that the condition is on."""
    tokens = context.tokens
    for _ in range(_STEPS):
        index = context.cue_heads.get(matrix)
        inner: int | None = None
        refused = tokens.lemma[matrix] in words("refusals") and not is_denied(tokens, matrix)
        if index is not None and context.holds(index, start) and not refused:
            clause = context.attributions[index].clause
            if clause is not None and clause < start and clause != matrix and tokens.pos[clause] in VERBAL:
                inner = clause
            else:
                inner = _elliptic(context, index, start)
        if inner is None:
            inner = _complement(tokens, matrix, start)
        if inner is None:
            return matrix
        matrix = inner
    return matrix


def _elliptic(context: ConditionContext, index: int, start: int) -> int | None:
    """Return the "would" of "replied that he would if ...", which the parse ties to something after it."""
    tokens = context.tokens
    first = next((a for a, b in context.attributions[index].content if a < start <= b), start)
    modal = start - 1
    return modal if modal >= first and is_modal(tokens, modal) and tokens.head[modal] >= start else None


def _complement(tokens: Tokens, matrix: int, start: int) -> int | None:
    strip = words("strip")
    for c in reversed(tokens.children[matrix]):
        if not matrix < c < start:
            continue
        dep = tokens.dep[c]
        if dep == "ccomp" and tokens.pos[c] in VERBAL and tokens.lemma[matrix] not in words("lets"):
            return c
        if dep == "xcomp" and tokens.lemma[matrix] in strip and tokens.pos[c] == "VERB":
            return c
        if dep in ("acomp", "dobj", "attr", "xcomp", "oprd") and tokens.lemma[c] in strip:
            deeper = next((g for g in tokens.children[c] if tokens.dep[g] in ("xcomp", "acl") and c < g < start), None)
            if deeper is not None and tokens.tag[deeper] == "VB":
                return deeper
    return None


def antecedent_end(context: ConditionContext, head: int, last: int, cue: int) -> int:
    """Return where the condition's own clause or phrase ends."""
    tokens = context.tokens
    end = min(max(tokens.right[head] + 1, head + 1), last)
    owner = context.owner[cue]
    for start, _ in context.sources_and_cues(owner if owner >= 0 else None):
        if head < start < end:
            end = start
    breakers = words("breakers")
    depth = 0
    for t in range(head + 1, end):
        low = tokens.lower[t]
        if low in (";", ":", "\u2014", "--", "\u2013"):
            return t
        if low in ("(", ")"):
            depth += 1
        if low in _QUOTES and t + 1 < end and tokens.lower[t - 1] in (",", "."):
            return t
        if low == "," and tokens.lower[t + 1 : t + 3] == ["and", "not"]:
            return t
        if low == "," and t + 1 < end and not depth % 2 and _breaks(tokens, t + 1, head, breakers):
            return t
    return _whole_word(tokens, end, last)


def _whole_word(tokens: Tokens, end: int, last: int) -> int:
    """Take in the rest of "re-exports of goods" where the parse parted it at the hyphen."""
    if end + 1 >= last or tokens.text[end] != "-" or not tokens.joined(end) or not tokens.joined(end + 1):
        return end
    return min(max(tokens.right[end + 1], end + 1) + 1, last)


def _breaks(tokens: Tokens, t: int, head: int, breakers: frozenset[str]) -> bool:
    """Tell whether what follows a comma leaves the condition's clause."""
    if tokens.lower[t] in breakers or tokens.tag[t] == "VBG":
        return True
    if tokens.pos[t] != "CCONJ" or tokens.lower[t] == "or":
        return False
    for c in tokens.children[head]:
        if c > t and tokens.dep[c] == "conj":
            return has_subject(tokens, c)
    return False


def after_colon(context: ConditionContext, colon: int) -> TokenSpan | None:
    """Return the clause that a colon or dash announces, whether the sentence goes on after it or ends there."""
    tokens = context.tokens
    if colon >= tokens.n or tokens.lower[colon] not in (":", "\u2014", "\u2013", "--"):
        return None
    begin = colon + 1
    while begin < tokens.n and (tokens.pos[begin] in ("PUNCT", "SPACE") or tokens.lower[begin] in ("that", "if")):
        if "\n" in tokens.text[begin]:
            return None
        begin += 1
    if begin >= tokens.n:
        return None
    end = bounds(tokens, begin)[1]
    for start, _ in tags(context, begin):
        if begin < start < end:
            end = start
    for t in range(begin, end):
        if tokens.lower[t] == ";" or (tokens.lower[t] in _QUOTES and tokens.lower[t - 1] in (",", ".")):
            end = t
            break
    return trim_clause(tokens, (begin, end))


def _first_joined(context: ConditionContext, matrix: int) -> int:
    """Return the first verb of "would freeze output and lift the ban" for its last."""
    tokens = context.tokens
    for _ in range(_STEPS):
        up = tokens.head[matrix]
        if tokens.dep[matrix] != "conj" or up >= matrix or up in context.cue_heads or tokens.pos[up] not in VERBAL:
            break
        own = [c for c in tokens.children[matrix] if is_auxiliary(tokens, c) and tokens.lower[c] != "to"]
        if has_subject(tokens, matrix) or own or not auxiliaries(tokens, up):
            break
        matrix = up
    return matrix


def clause_after(
    context: ConditionContext, matrix: int, start: int | None, stop: int, cue: int
) -> tuple[TokenSpan, ...]:
    """Return the clause of a main verb between two tokens, without the words that attribute it.

    ``start`` is None for a clause that comes before its condition; it then begins at the verb's own subject.
    """
    tokens = context.tokens
    begin = _left(context, matrix)
    holes: list[TokenSpan] = []
    if start is None:
        end = min([stop, *_other_conditions(tokens, matrix, stop)])
    else:
        begin = max(begin, start)
        end = _right(context, matrix, min(tokens.right[matrix] + 1, stop))
    index = context.common(cue, matrix)
    for first, last in (*context.sources_and_cues(index), *tags(context, matrix)):
        if first < end and last > begin:
            holes.append((first, last))
    if index is not None:
        outside = context.attributions[index].content
        if start is not None and outside and begin < outside[-1][1] < end:
            end = outside[-1][1]
    for t in range(begin + 2, end):
        if tokens.lower[t] in _QUOTES and tokens.lower[t - 1] in (",", "."):
            end = t
            break
    if begin >= end:
        return ()
    return cut(tokens, (begin, end), holes)


def _other_conditions(tokens: Tokens, matrix: int, stop: int) -> list[int]:
    """Return where other conditions on the same verb begin: "works if A; if B"."""
    return [
        tokens.left[c]
        for c in tokens.children[matrix]
        if matrix < c < stop and tokens.dep[c] == "advcl" and tokens.lower[tokens.left[c]] in _CONDITIONERS
    ]


def _left(context: ConditionContext, matrix: int) -> int:
    tokens = context.tokens
    verb = _first_joined(context, matrix)
    begin = verb
    for c in tokens.children[verb]:
        if c >= verb:
            break
        if tokens.dep[c] in ("advcl", "ccomp", "parataxis") or (tokens.dep[c] == "prep" and _set_off(tokens, c, verb)):
            begin = verb
        elif tokens.dep[c] not in _NOT_OWN and not (tokens.dep[c] == AUXILIARY and tokens.lower[c] == "to"):
            begin = min(begin, tokens.left[c])
    if is_modal(tokens, verb) and begin == verb and tokens.head[verb] > verb:
        begin = min([begin, *(tokens.left[c] for c in tokens.children[tokens.head[verb]] if tokens.dep[c] in SUBJECTS)])
    if tokens.dep[verb] == "relcl":
        begin = max(begin, tokens.left[verb])
        subject = next((c for c in tokens.children[verb] if tokens.dep[c] in SUBJECTS), None)
        if subject is not None and tokens.lower[subject] in _RELATIVE_THAT_WHICH_WHO:
            begin = subject + 1
    return begin


def _set_off(tokens: Tokens, prep: int, verb: int) -> bool:
    """Tell whether a phrase before a verb stands apart from its clause: "under the draft, ...", "in which ..."."""
    after = tokens.right[prep] + 1
    return after < verb and (tokens.lower[after] == "," or tokens.lower[after - 1] in ("which", "whom"))


def _right(context: ConditionContext, matrix: int, end: int) -> int:
    """Cut a clause at a clause joined to it with a subject of its own, or at another attribution joined to it."""
    tokens = context.tokens
    for c in tokens.children[matrix]:
        if c <= matrix or c >= end:
            continue
        joined = tokens.dep[c] in ("conj", "advcl", "parataxis", "ccomp")
        if not joined:
            continue
        comma = tokens.left[c] > 0 and tokens.lower[tokens.left[c] - 1] in (",", ";", "and", "but")
        if tokens.dep[c] == "conj" and has_subject(tokens, c):
            return min(end, _before_link(tokens, tokens.left[c], matrix))
        if comma and tokens.dep[c] in ("advcl", "parataxis") and (c in context.cue_heads or tokens.tag[c] == "VBG"):
            return min(end, _before_link(tokens, tokens.left[c], matrix))
    return end


def _before_link(tokens: Tokens, t: int, floor: int) -> int:
    while t - 1 > floor and (tokens.pos[t - 1] in ("CCONJ", "PUNCT", "SPACE") or tokens.lower[t - 1] == "but"):
        t -= 1
    return t
