"""Conditions between two clauses side by side: "X must ...; otherwise Y", "X, and only then Y", "Y; in return, X"."""

from __future__ import annotations

from communique.lexicon import listed
from communique.model import ConditionKind
from communique.reading.conditions.context import ConditionContext, ConditionMatch
from communique.reading.conditions.cues import CueMatch, words
from communique.reading.conditions.patterns.needs import asked_of
from communique.reading.conditions.spans import after_colon, antecedent_end, clause_after, clause_before
from communique.reading.grammar.auxiliaries import is_auxiliary, is_modal
from communique.reading.grammar.labels import ACTIVE_SUBJECT, AUXILIARY, PRESENT_TENSE
from communique.reading.grammar.subjects import has_subject
from communique.reading.grammar.token_ranges import bounds, trim_clause
from communique.reading.grammar.verbs import VERBAL, obliges, outlook
from communique.reading.tokens import Tokens, TokenSpan

_STOPS = listed("conditions", "constructions", "stops")
_THAT_IS = listed("conditions", "constructions", "that_is")
_REACH = 40

_NEXT_VERB = 8
"""Words within which the verb of the second clause stands."""
_MODAL_AFTER = 12
"""Words after "then" within which a modal stands."""
_ASKING_VERB = 6
"""Words after "in return" within which the verb of asking stands."""
_LONGEST_THING = 8
"""Words of each thing in "no guarantee, no oil"."""


def otherwise(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "X must withdraw, otherwise Y will act": Y follows but for X."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    after = match.end + (match.end < last and tokens.lower[match.end] == ",")
    matrix = _next_verb(tokens, after, last)
    if matrix is None or outlook(tokens, matrix) != "future" or not has_subject(tokens, matrix):
        return None
    if match.start > first and tokens.lower[match.start - 1] not in _STOPS and tokens.pos[match.start - 1] != "PUNCT":
        return None
    earlier = _earlier(context, first, match.start)
    head = None if earlier is None else _next_verb(tokens, *earlier)
    asked = None if head is None else asked_of(tokens, head)
    if earlier is None or not (asked or _ordered(context, earlier)):
        return None
    head = head if asked is None else asked
    consequent = clause_after(context, matrix, after, last, match.start)
    if head is None or not consequent:
        return None
    return _joined(context, match, (earlier, head), (consequent, matrix))


def _joined(
    context: ConditionContext,
    match: CueMatch,
    asked: tuple[TokenSpan, int],
    follows: tuple[tuple[TokenSpan, ...], int],
) -> ConditionMatch | None:
    """Join what is asked for, by its words and verb, to what follows on it; None where nothing bare is left of it."""
    (earlier, head), (consequent, matrix) = asked, follows
    pieces = _bare(context, earlier, head)
    if not pieces:
        return None
    return ConditionMatch(
        match.cue.kind, ((match.start, match.end),), pieces, consequent, head, matrix, match.cue.reliability
    )


def alternative(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "Withdraw or face sanctions", "they must leave or we will act", "either they go or there is no deal"."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    after = match.end
    if after >= last or match.start - first < 2:
        return None
    either = next((t for t in range(first, match.start) if tokens.lower[t] == "either"), None)
    threat = tokens.lemma[after] in words("penalties") and tokens.tag[after] in ("VB", PRESENT_TENSE, "NN")
    matrix = after if threat else _announced_verb(tokens, after, last)
    earlier = _earlier(context, first if either is None else either + 1, match.start)
    if matrix is None or earlier is None:
        return None
    head = _next_verb(tokens, *earlier)
    if head is None:
        return None
    if not (_left_to_do(context, earlier) if either is None else has_subject(tokens, head)):
        return None
    pieces = _bare(context, earlier, head)
    consequent = (
        trim_clause(tokens, (after, min(tokens.right[matrix] + 1, _tail(tokens, matrix, last)))) if threat else None
    )
    later = (consequent,) if consequent is not None else clause_after(context, matrix, after, last, match.start)
    if not pieces or not later:
        return None
    cue: tuple[TokenSpan, ...] = ((match.start, match.end),)
    if either is not None:
        cue = ((either, either + 1), *cue)
    return ConditionMatch(match.cue.kind, cue, pieces, later, head, matrix, match.cue.reliability)


def _announced_verb(tokens: Tokens, after: int, last: int) -> int | None:
    """Return the verb of "or we will act": near, with a subject and still to come."""
    verb = _next_verb(tokens, after, last)
    if verb is None or verb - after > _NEXT_VERB or not has_subject(tokens, verb) or outlook(tokens, verb) != "future":
        return None
    return verb


def _left_to_do(context: ConditionContext, piece: TokenSpan) -> bool:
    """Tell an order or a duty from what may or will happen anyway: "they could go or we will act"."""
    tokens = context.tokens
    return _ordered(context, piece) and not any(
        is_modal(tokens, t) and tokens.lower[t] != "must" for t in range(*piece)
    )


def thereafter(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "They must disarm, and only then can we talk": the second step waits for the first."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    strict = "only" in tokens.lower[match.start : match.end]
    bare = match.end == match.start + 1
    if bare and match.start > 0 and tokens.pos[match.start - 1] not in ("PUNCT", "SPACE"):
        return None
    matrix = _next_verb(tokens, match.end, last)
    if matrix is None or not any(is_modal(tokens, t) for t in range(match.end, min(last, match.end + _MODAL_AFTER))):
        return None
    earlier = _earlier(context, first, match.start)
    if earlier is None or any(tokens.lower[t] == "first" for t in range(*earlier)):
        return None
    if bare and not _is_order(tokens, earlier[0]):
        return None
    if not (_ordered(context, earlier) or (strict and any(is_modal(tokens, t) for t in range(*earlier)))):
        return None
    head = _next_verb(tokens, *earlier)
    while head is not None and tokens.tag[head] == "VBN" and tokens.dep[head] == "acl":
        # "Under the text put forward by Oslo, Peru would pay": what is put forward is no step.
        head = _next_verb(tokens, head + 1, earlier[1])
    consequent = clause_after(context, matrix, match.end, last, match.start)
    if head is None or not has_subject(tokens, matrix) or not consequent:
        return None
    if bare and any(tokens.lower[c] == "you" for c in tokens.children[matrix]):
        return None  # "then you won't need buses": advice
    return _joined(context, match, (earlier, head), (consequent, matrix))


def in_return(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "Y would freeze output; in return, it wants X": each is given for the other."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    after = match.end + (match.end < last and tokens.lower[match.end] == ",")
    asks = _next_verb(tokens, after, last)
    if (
        asks is not None
        and outlook(tokens, asks) == "future"
        and has_subject(tokens, asks)
        and asks - after < _NEXT_VERB
    ):
        return _each_gives(context, match, asks, (first, after, last))
    if asks is None or tokens.lemma[asks] not in words("asks") or asks - after > _ASKING_VERB:
        return None
    wanted = next((c for c in tokens.children[asks] if c > asks and tokens.dep[c] in ("dobj", "ccomp", "xcomp")), None)
    if wanted is None:
        return None
    begin = asks + 1
    antecedent = trim_clause(tokens, (begin, min(max(tokens.right[wanted] + 1, begin), last)))
    earlier = _earlier(context, first, match.start)
    head = None if earlier is None else _next_verb(tokens, *earlier)
    if antecedent is None or earlier is None or head is None or outlook(tokens, head) != "future":
        return None
    consequent = _bare(context, earlier, head)
    if not consequent:
        return None
    return ConditionMatch(
        ConditionKind.BOTH, ((match.start, match.end),), (antecedent,), consequent, wanted, head, match.cue.reliability
    )


def _each_gives(
    context: ConditionContext, match: CueMatch, gives: int, places: tuple[int, int, int]
) -> ConditionMatch | None:
    """As in "Y would open the road; in return, X would free the men": what X gives is for what Y gives."""
    tokens = context.tokens
    first, after, last = places
    stop = match.start - (tokens.lower[match.start - 1] == ",")
    stop -= tokens.lower[stop - 1] == "and"
    earlier = _earlier(context, first, stop)
    head = None if earlier is None else _next_verb(tokens, *earlier)
    antecedent = clause_after(context, gives, after, last, match.start)
    if earlier is None or head is None or not antecedent or outlook(tokens, head) != "future":
        return None
    consequent = _bare(context, earlier, head)
    if not consequent or not has_subject(tokens, head):
        return None
    cue = ((match.start, match.end),)
    return ConditionMatch(ConditionKind.BOTH, cue, antecedent, consequent, gives, head, match.cue.reliability)


def counted(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "Y will attend on one condition: X must resign": what is counted stands after a colon or a dash."""
    tokens = context.tokens
    colon = match.end
    while colon < tokens.n and tokens.lower[colon] in ("only", "alone"):
        colon += 1
    matrix = clause_before(context, match.start, match.start)
    antecedent = after_colon(context, colon) or _namely(context, colon)
    if matrix is None or antecedent is None or outlook(tokens, matrix) in ("past", "unreal"):
        return None
    consequent = clause_after(context, matrix, None, match.start, match.start)
    head = _next_verb(tokens, *antecedent)
    if not consequent:
        return None
    head = antecedent[0] if head is None or head >= antecedent[1] else head
    return ConditionMatch(
        match.cue.kind, ((match.start, match.end),), (antecedent,), consequent, head, matrix, match.cue.reliability
    )


def _namely(context: ConditionContext, comma: int) -> TokenSpan | None:
    """Return the clause after a comma that says what is counted: "on one condition, namely that X resign"."""
    tokens = context.tokens
    _, last = bounds(tokens, min(comma, tokens.n - 1))
    begin = comma
    while begin < last and tokens.lower[begin] in _THAT_IS:
        begin += 1
    that = begin < last and tokens.lower[begin] == "that" and begin > comma
    head = _next_verb(tokens, begin + 1, last) if that else None
    if head is None or head >= last:
        return None
    return trim_clause(tokens, (begin + 1, antecedent_end(context, head, last, begin)))


def bargain(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "No guarantee, no oil": two things without a verb, the second for the first."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    if match.start > first and tokens.pos[match.start - 1] not in ("PUNCT", "SPACE"):
        return None
    comma = next(
        (t for t in range(match.end, min(last, match.end + _LONGEST_THING)) if tokens.lower[t] in (",", "\u2014", "-")),
        None,
    )
    if comma is None or tokens.lower[comma + 1 : comma + 2] != ["no"]:
        return None
    end = next((t for t in range(comma + 2, last) if tokens.pos[t] == "PUNCT"), last)
    if end - comma > _LONGEST_THING or any(
        tokens.pos[t] in VERBAL for t in (*range(match.end, comma), *range(comma + 2, end))
    ):
        return None
    antecedent, consequent = trim_clause(tokens, (match.end, comma)), trim_clause(tokens, (comma + 2, end))
    if antecedent is None or consequent is None or context.owner[match.start] < 0:
        return None
    things = words("acts") | words("outcomes") | words("means")
    if not {tokens.lemma[antecedent[1] - 1], tokens.lemma[consequent[1] - 1]} & things:
        return None
    cue = ((match.start, match.end), (comma + 1, comma + 2))
    return ConditionMatch(
        match.cue.kind, cue, (antecedent,), (consequent,), antecedent[1] - 1, consequent[1] - 1, match.cue.reliability
    )


def _next_verb(tokens: Tokens, begin: int, last: int) -> int | None:
    """Return the main verb of the clause that starts at a token."""
    for t in range(begin, min(last, begin + _REACH)):
        if tokens.pos[t] in VERBAL or is_modal(tokens, t):
            up = tokens.head[t]
            return up if is_auxiliary(tokens, t) and begin <= up < last else t
    return None


def _earlier(context: ConditionContext, first: int, stop: int) -> TokenSpan | None:
    """Return the clause before the turn: in its sentence, else the sentence before it in the paragraph."""
    tokens = context.tokens
    piece = trim_clause(tokens, (first, stop))
    if piece is None and first > 0:
        before = first - 1
        while before > 0 and tokens.pos[before] in ("SPACE", "PUNCT"):
            if "\n" in tokens.text[before]:
                return None
            before -= 1
        piece = trim_clause(tokens, bounds(tokens, before))
    if piece is None:
        return None
    start, end = piece
    for t in range(end - 1, start, -1):
        if tokens.lower[t] in (";", ":"):
            return trim_clause(tokens, (t + 1, end))
    return piece


def _ordered(context: ConditionContext, piece: TokenSpan) -> bool:
    """Tell whether a clause says what has to be done: by a duty, or by an order that opens it."""
    tokens = context.tokens
    if obliges(tokens, (piece,), words("duties")):
        return True
    start = piece[0]
    return _is_order(tokens, start) or (tokens.lower[start] in ("either", "do") and start + 1 < piece[1])


def _is_order(tokens: Tokens, start: int) -> bool:
    """As in "Withdraw", "Let them withdraw"."""
    if tokens.tag[start] != "VB":
        return False
    return tokens.lemma[start] == "let" or not tokens.has_child(start, *(ACTIVE_SUBJECT, AUXILIARY))


def _bare(context: ConditionContext, piece: TokenSpan, head: int) -> tuple[TokenSpan, ...]:
    """Return the clause without the words that attribute it."""
    tokens = context.tokens
    index = context.owner[head]
    start, end = piece
    if index >= 0:
        for a, b in context.attributions[index].content:
            if a <= head < b:
                start, end = max(start, a), min(end, b)
    inner = trim_clause(tokens, (start, end))
    return () if inner is None else (inner,)


def _tail(tokens: Tokens, verb: int, last: int) -> int:
    """Return where the clause of a threat ends: at the next mark."""
    return next((t for t in range(verb + 1, last) if tokens.pos[t] == "PUNCT"), last)
