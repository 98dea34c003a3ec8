"""Conditions named by a phrase ("in exchange for Y", "without Y") or a predicate ("X hinges on Y")."""

from __future__ import annotations

from communique.lexicon import listed
from communique.model import ConditionKind
from communique.reading.conditions.context import ConditionContext, ConditionMatch
from communique.reading.conditions.cues import CueMatch, words
from communique.reading.conditions.parentheticals import inside, tags
from communique.reading.conditions.spans import (
    after_colon,
    antecedent_end,
    clause_after,
    clause_before,
    matrix_of,
    opens_clause,
)
from communique.reading.grammar.negation import holds_word, is_denied, is_denied_predicate
from communique.reading.grammar.subjects import SUBJECTS
from communique.reading.grammar.token_ranges import bounds, trim_clause
from communique.reading.grammar.verbs import VERBAL, has_modal, outlook
from communique.reading.tokens import Tokens, TokenSpan

_LACKING = listed("conditions", "constructions", "lacking")
_TYING = listed("conditions", "constructions", "tying")
_NOTHING = listed("conditions", "constructions", "nothing")
_OPEN_QUESTIONS = listed("conditions", "constructions", "open_questions")
_ASKED = listed("conditions", "constructions", "asked")
_CONDITION_NOUNS = listed("conditions", "constructions", "condition_nouns")
_OF_THE = listed("conditions", "constructions", "of_the")
_LOOK = 12
_BACK = listed("closed_classes", "back_references")
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))


def phrase_end(context: ConditionContext, begin: int, last: int, cue: int) -> tuple[int, int] | None:
    """Return the main token and the end of the noun phrase, gerund or clause that starts at ``begin``."""
    tokens = context.tokens
    if begin >= last:
        return None
    t = begin
    while (
        t < last
        and tokens.pos[t] in ("DET", "ADJ", "ADV", "NUM", "PUNCT", "PART")
        and tokens.lower[t] not in (",", ".")
    ):
        t += 1
    if t >= last or tokens.lower[t] in (",", "."):
        return None
    head = t
    for _ in range(60):
        up = tokens.head[head]
        if up == head or up < begin or up >= last or tokens.dep[head] in ("ROOT", "conj", "appos", "relcl"):
            break
        loose = tokens.dep[head] in ("nsubj", "nsubjpass", "poss") or tokens.tag[head] in ("WP", "WDT", "WP$")
        if tokens.pos[head] in _NOMINAL and tokens.pos[up] in VERBAL and not loose:
            break
        head = up
    end = antecedent_end(context, head, begin, last, cue)
    while end < last and tokens.dep[end] == "prep" and tokens.pos[head] in _NOMINAL and tokens.right[end] > end:
        end = antecedent_end(context, end, begin, last, cue)
    doing = _doing(tokens, head, end, last)
    if doing is not None:
        head, end = doing, antecedent_end(context, doing, begin, last, cue)
    return head, end


def _doing(tokens: Tokens, noun: int, end: int, last: int) -> int | None:
    """Return the gerund of "on Congress approving the sale", which the parse hangs on something before the noun."""
    if end >= last or tokens.pos[noun] not in _NOMINAL or tokens.head[end] >= noun:
        return None
    own = tokens.tag[end] == "VBG" and tokens.dep[end] in ("acl", "advcl", "pcomp", "ccomp")
    return end if own else None


def phrase(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "Y in exchange for X", "in the event of X, Y", "Y pending X"."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    if tokens.lower[match.start] == "pending" and not (
        tokens.dep[match.start] == "prep" and (match.start == first or tokens.lower[match.start - 1] not in _OF_THE)
    ):
        return None
    if tokens.lower[match.end : match.end + 1] == ["which"]:
        return _for_which(context, match, last)
    inner = phrase_end(context, match.end, last, match.start)
    if inner is None:
        return None
    head, end = inner
    if tokens.lower[match.start] == "pending" and tokens.lemma[head] not in words("acts") | words("outcomes"):
        return None
    opening = opens_clause(tokens, match.start, first)
    ahead = tokens.head[match.start]
    if opening and (
        ahead > head or all(tokens.pos[t] in ("PUNCT", "CCONJ", "SPACE") for t in range(first, match.start))
    ):
        comma = next((t for t in range(match.end, last) if tokens.lower[t] == ","), None)
        if comma is None:
            return None
        end = min(end, comma) if end > comma and ahead > comma else end
        reached = ahead > comma and tokens.pos[ahead] in VERBAL and not _said(context, ahead)
        matrix = ahead if reached else _verb_after(context, comma, last)
        if matrix is None:
            return None
        matrix = matrix_of(context, matrix, match.start, end)
        consequent = clause_after(context, matrix, max(end, comma), last, match.start)
    else:
        matrix = clause_before(context, match.start, match.start)
        if matrix is None:
            return None
        consequent = clause_after(context, matrix, None, match.start, match.start)
        thing = _offered(tokens, matrix, match.start) if match.cue.kind is ConditionKind.BOTH else None
        consequent = consequent if thing is None else (thing,)
    antecedent = trim_clause(tokens, (match.end, end))
    if antecedent is None or not consequent:
        return None
    view = outlook(tokens, matrix)
    if match.cue.needs == "future" and view not in ("future", "present") and not has_modal(tokens, consequent):
        return None
    if match.cue.needs == "future" and view == "present" and match.cue.kind is not ConditionKind.BOTH:
        return None
    return ConditionMatch(
        match.cue.kind, ((match.start, match.end),), (antecedent,), consequent, head, matrix, match.cue.reliability
    )


def _for_which(context: ConditionContext, match: CueMatch, last: int) -> ConditionMatch | None:
    """As in "Y would let the ship go, in exchange for which X would send a delegation"."""
    tokens = context.tokens
    head = _verb_after(context, match.end, last)
    matrix = clause_before(context, match.start, match.start)
    if head is None or matrix is None or outlook(tokens, matrix) != "future":
        return None
    antecedent = trim_clause(tokens, (match.end + 1, antecedent_end(context, head, match.end + 1, last, match.start)))
    consequent = clause_after(context, matrix, None, match.start, match.start)
    if antecedent is None or not consequent:
        return None
    cue = ((match.start, match.end + 1),)
    return ConditionMatch(match.cue.kind, cue, (antecedent,), consequent, head, matrix, match.cue.reliability)


def _offered(tokens: Tokens, matrix: int, stop: int) -> TokenSpan | None:
    """Return what is offered where the verb only puts it forward: "floated lower tariffs", "offered to go"."""
    if tokens.lemma[matrix] not in words("forward") or any(tokens.tag[c] == "MD" for c in tokens.children[matrix]):
        return None
    thing = tokens.child(matrix, "dobj", "xcomp")
    return trim_clause(tokens, (tokens.left[thing], stop)) if thing is not None and thing < stop else None


def _said(context: ConditionContext, verb: int) -> bool:
    return inside(tags(context, verb), verb)


def _verb_after(context: ConditionContext, t: int, last: int) -> int | None:
    tokens = context.tokens
    said = tags(context, t)
    verb = next((v for v in range(t + 1, last) if tokens.pos[v] in VERBAL and not inside(said, v)), None)
    if verb is not None and tokens.dep[verb] in ("aux", "auxpass") and tokens.head[verb] > t:
        return tokens.head[verb]
    return verb


def without(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "No X without Y" makes Y necessary; "without Y, X would ..." has Y keep X away."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    if (
        tokens.lower[match.start] == "absent"
        and tokens.lower[match.start - 1] not in (",", "\u2014")
        and match.start > first
    ):
        return None
    if any(tokens.lower[t] in _CONDITION_NOUNS for t in range(match.end, min(last, match.end + 4))):
        return None
    inner = phrase_end(context, match.end, last, match.start)
    if inner is None:
        return None
    head, end = inner
    ahead = tokens.head[match.start]
    if opens_clause(tokens, match.start, first) and (ahead > head or match.start == first):
        stop = ahead if ahead > head else last
        comma = next((t for t in range(match.end, stop) if tokens.lower[t] == ","), end)
        reached = ahead >= comma and tokens.pos[ahead] in VERBAL and not _said(context, ahead)
        matrix = ahead if reached else _verb_after(context, comma, last)
        if matrix is None:
            return None
        matrix = matrix_of(context, matrix, match.start, min(end, comma))
        antecedent = trim_clause(tokens, (match.end, min(end, comma)))
        consequent = clause_after(context, matrix, comma, last, match.start)
    else:
        matrix = clause_before(context, match.start, match.start)
        if matrix is None:
            return None
        antecedent = trim_clause(tokens, (match.end, end))
        consequent = clause_after(context, matrix, None, match.start, match.start)
    if antecedent is None or not consequent or tokens.lower[antecedent[0]] in match.cue.not_before:
        return None
    view = outlook(tokens, matrix)
    no = holds_word(tokens, consequent, words("negatives"))
    lacking = tokens.lower[match.start] in _LACKING
    if view in ("past", "unreal") or not (no or (view == "future" and (lacking or antecedent[0] < consequent[0][0]))):
        return None
    if not no and tokens.tag[head] == "VBG":
        return None
    if view == "present" and not holds_word(tokens, consequent, words("barred")):
        return None
    kind = match.cue.kind if no else ConditionKind.EXCEPTION
    return ConditionMatch(
        kind, ((match.start, match.end),), (antecedent,), consequent, head, matrix, match.cue.reliability
    )


def predicate(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "X hinges on Y", "X is contingent on Y", "made X conditional on Y", "conditioned X on Y"."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    prep = match.end
    while (
        prep < min(last, match.end + 4)
        and tokens.pos[prep] in ("ADV", "PUNCT")
        and tokens.lower[prep] not in match.cue.preps
    ):
        prep += 1
    if tokens.lower[match.end : match.end + 1] == [","] and (prep >= last or tokens.lower[prep] not in match.cue.preps):
        prep = _past_aside(tokens, match.end, last)
    if prep >= last or (tokens.pos[match.start] == "NOUN" and match.cue.needs == "outcome"):
        return None
    if tokens.lower[prep] not in match.cue.preps:
        return _carried(context, match, last)
    inner = phrase_end(context, prep + 1, last, match.start)
    if inner is None:
        return None
    head, end = inner
    antecedent = trim_clause(tokens, (prep + 1, end))
    if end < tokens.n and any(tokens.pos[t] == "NUM" or tokens.lower[t] == "following" for t in range(prep + 1, end)):
        antecedent = after_colon(context, end) or antecedent
    adverbial = tokens.lower[match.start] == "subject" and tokens.lower[match.start - 1] == "," and match.start > first
    if tokens.lower[match.start] == "depending" or adverbial:
        return _depending(context, match, head, antecedent, prep)
    made = _made(context, match, first)
    subject = made or _bare_noun(tokens, match.start, first) or _subject(tokens, match.start)
    if antecedent is None or subject is None:
        return None
    piece, noun = subject
    if tokens.lower[prep + 1] in _NOTHING or (made is not None and _made_not(tokens, piece[0])):
        return None
    if piece[1] == piece[0] + 1 and tokens.lower[piece[0]] in _BACK:
        earlier = _asked_about(tokens, first, piece[0]) or said_before(context, first)
        if earlier is None:
            return None
        piece, noun = earlier
    if is_denied_predicate(tokens, match.start) or not _hangs(context, match, made is None, noun, head, prep):
        return None
    if piece[0] > first and tokens.lower[piece[0] - 1] in _OPEN_QUESTIONS and tokens.lower[first] != "asked":
        piece = (piece[0] - 1, piece[1])
    consequent = trim_clause(tokens, piece)
    if consequent is None:
        return None
    clarity = 1.0 if tokens.lemma[noun] in words("outcomes") else 0.85
    holder = None
    if made is not None:
        verb = next((t for t in range(piece[0], first - 1, -1) if tokens.lemma[t] == "make"), None)
        holder = None if verb is None else tokens.child(verb, *SUBJECTS)
    return ConditionMatch(
        match.cue.kind,
        ((match.start, prep + 1),),
        (antecedent,),
        (consequent,),
        head,
        noun,
        match.cue.reliability,
        clarity,
        holder,
    )


def _bare_noun(tokens: Tokens, i: int, first: int) -> tuple[TokenSpan, int] | None:
    """As in "more could follow, each step contingent on a release": no verb, the thing stands right before."""
    noun = i - 1
    if (
        tokens.pos[i] not in ("ADJ", "NOUN")
        or noun <= first
        or tokens.pos[noun] != "NOUN"
        or tokens.tag[noun] not in ("NN", "NNS")
    ):
        return None
    begin = noun
    while begin - 1 > first and tokens.pos[begin - 1] in ("DET", "ADJ", "NOUN", "NUM"):
        begin -= 1
    before = tokens.lower[begin - 1] if begin > first else ","
    return ((begin, i), noun) if before in (",", "with", "\u2014", "\u2013", ";") else None


def _past_aside(tokens: Tokens, comma: int, last: int) -> int:
    """Return the token after words between commas: "hinges, diplomats said, on ..."."""
    end = next((t for t in range(comma + 1, min(last, comma + _LOOK + 4)) if tokens.lower[t] == ","), comma)
    return end + 1


def _made_not(tokens: Tokens, begin: int) -> bool:
    """Tell whether the "made" before "X conditional on Y" is denied."""
    return is_denied(tokens, max(begin - 1, 0))


def _asked_about(tokens: Tokens, first: int, stop: int) -> tuple[TokenSpan, int] | None:
    """Return what an opening "Asked whether X," asks about."""
    if tokens.lower[first] != "asked" or tokens.lower[first + 1 : first + 2] not in (["whether"], ["if"]):
        return None
    comma = next((t for t in range(first + 2, stop) if tokens.text[t] == ","), first)
    verb = next((t for t in range(first + 2, comma) if tokens.pos[t] == "VERB"), None)
    return None if verb is None else ((first + 2, comma), verb)


def said_before(context: ConditionContext, first: int) -> tuple[TokenSpan, int] | None:
    """Return the clause that an opening "that" or "this" looks back to: what the sentence before says is to come."""
    tokens = context.tokens
    before = first - 1
    while before > 0 and tokens.pos[before] in ("SPACE", "PUNCT"):
        if "\n" in tokens.text[before]:
            return None
        before -= 1
    if before < 1:
        return None
    start, last = bounds(tokens, before)
    root = next((t for t in range(start, last) if tokens.head[t] == t), None)
    if root is None:
        return None
    for _ in range(4):
        index = context.cue_heads.get(root)
        inner = tokens.child(root, "ccomp") if index is None else context.attributions[index].clause
        if index is None or inner is None or not start <= inner < last:
            break
        root = inner
    if tokens.pos[root] not in VERBAL or outlook(tokens, root) != "future":
        return None
    pieces = clause_after(context, root, None, last, root)
    return (pieces[0], root) if len(pieces) == 1 else None


def _depending(
    context: ConditionContext, match: CueMatch, head: int, antecedent: TokenSpan | None, prep: int
) -> ConditionMatch | None:
    """As in "Could come sooner, depending on Y"."""
    tokens = context.tokens
    matrix = clause_before(context, match.start, match.start)
    if matrix is None or antecedent is None or outlook(tokens, matrix) != "future":
        return None
    consequent = clause_after(context, matrix, None, match.start, match.start)
    if not consequent:
        return None
    cue = ((match.start, prep + 1),)
    return ConditionMatch(match.cue.kind, cue, (antecedent,), consequent, head, matrix, match.cue.reliability)


def _carried(context: ConditionContext, match: CueMatch, last: int) -> ConditionMatch | None:
    """As in "Conditioned approval on reforms", "linked aid to reforms": the thing is between verb and preposition."""
    tokens = context.tokens
    verb = match.start
    if tokens.pos[verb] != "VERB" or tokens.lemma[verb] not in ("condition", "predicate", "premise", "tie", "link"):
        return None
    prep = next((t for t in range(match.end, min(last, match.end + _LOOK)) if tokens.lower[t] in match.cue.preps), None)
    if prep is None or prep == match.end:
        return None
    inner = phrase_end(context, prep + 1, last, match.start)
    consequent = trim_clause(tokens, (match.end, prep))
    if inner is None or consequent is None or any(tokens.pos[t] in VERBAL for t in range(*consequent)):
        return None
    head, end = inner
    antecedent = trim_clause(tokens, (prep + 1, end))
    things = words("outcomes") | words("acts")
    last_noun = next((t for t in range(consequent[1] - 1, consequent[0] - 1, -1) if tokens.pos[t] == "NOUN"), None)
    named = last_noun is not None and tokens.lemma[last_noun] in things and tokens.lemma[last_noun] != "change"
    noun = last_noun if named else None
    if antecedent is None or (match.cue.needs == "outcome" and noun is None) or is_denied_predicate(tokens, verb):
        return None
    cue = ((verb, match.end), (prep, prep + 1))
    holder = tokens.child(verb, *SUBJECTS)
    at = noun if noun is not None else consequent[1] - 1
    return ConditionMatch(
        match.cue.kind, cue, (antecedent,), (consequent,), head, at, match.cue.reliability, 1.0, holder
    )


def _made(context: ConditionContext, match: CueMatch, first: int) -> tuple[TokenSpan, int] | None:
    """Return what stands between "made" and its "conditional on"."""
    tokens = context.tokens
    for t in range(match.start - 1, max(first, match.start - _LOOK) - 1, -1):
        if tokens.lower[t] in (",", ";"):
            return None
        if tokens.lemma[t] == "make" and tokens.pos[t] == "VERB":
            piece = trim_clause(tokens, (t + 1, match.start))
            if piece is None:
                return None
            return piece, next((n for n in range(*piece) if tokens.pos[n] in ("NOUN", "PROPN", "PRON")), piece[0])
        if tokens.pos[t] in VERBAL and tokens.lower[t] not in ("talks", "moves"):
            return None
    return None


def _subject(tokens: Tokens, i: int) -> tuple[TokenSpan, int] | None:
    """Return the subject that a predicate is said of, or the noun that it modifies."""
    node = i
    if tokens.tag[i] == "NNS" and tokens.left[i] < i:
        # A verb that the tagger took for a plural: its subject is the phrase before it.
        first, _ = bounds(tokens, i)
        begin = tokens.left[i]
        while begin > first and tokens.pos[begin - 1] not in ("PUNCT", "SPACE", "SCONJ", *VERBAL):
            begin -= 1
        return (begin, i), i - 1
    for _ in range(6):
        for c in tokens.children[node]:
            if tokens.dep[c] in SUBJECTS and tokens.dep[c] != "expl" and c < i:
                if tokens.dep[node] == "relcl" and tokens.lower[c] in ("which", "that"):
                    noun = tokens.head[node]
                    return (tokens.left[noun], tokens.left[node]), noun
                return tokens.subtree(c), c
        up = tokens.head[node]
        if tokens.dep[node] in ("amod", "acl") and up < i:
            return (tokens.left[up], tokens.left[node]), up
        if up == node or tokens.dep[node] in ("advcl", "relcl", "ccomp"):
            return None
        node = up
    return None


def _hangs(context: ConditionContext, match: CueMatch, plain: bool, noun: int, head: int, prep: int) -> bool:
    """Tell whether a thing can hang on something: what is "made dependent" always does."""
    return not plain or match.cue.needs != "outcome" or _outcome(context, match, noun, head, prep)


def _outcome(context: ConditionContext, match: CueMatch, noun: int, head: int, prep: int) -> bool:
    """Tell a thing that is negotiated from a plain dependence ("Germany depends on gas")."""
    tokens = context.tokens
    if noun in context.entities.heads or tokens.entity[noun] in ("GPE", "NORP", "PERSON", "ORG"):
        return False
    low = tokens.lower[match.start]
    if tokens.dep[noun] == "csubj" or tokens.pos[noun] in VERBAL:
        return True
    if tokens.lemma[noun] in words("outcomes") or any(tokens.lower[c] == "any" for c in tokens.children[noun]):
        return True
    if low in _TYING:
        return low == "subject" and tokens.lemma[head] in words("sanctioning")
    asks = tokens.lower[prep + 1] in _ASKED if prep + 1 < tokens.n else False
    return asks or tokens.lemma[head] in words("acts")
