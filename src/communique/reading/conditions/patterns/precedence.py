"""Conditions told by what comes first: "Y must X before Z", "no Z before Y does X"."""

from __future__ import annotations

from dataclasses import dataclass

from communique.lexicon import listed
from communique.model import ConditionKind
from communique.reading.conditions.context import ConditionContext, ConditionMatch, says_no
from communique.reading.conditions.cues import CueMatch, words
from communique.reading.conditions.patterns.clauses import backshifted, clause_head, has_own_subject
from communique.reading.conditions.patterns.needs import asked_of, wanted_thing
from communique.reading.conditions.spans import antecedent_end, clause_after, clause_before
from communique.reading.grammar.auxiliaries import is_past_tense
from communique.reading.grammar.subjects import active_subject, has_subject
from communique.reading.grammar.token_ranges import bounds, trim_clause
from communique.reading.grammar.verbs import VERBAL, auxiliaries, obliges, outlook, tense
from communique.reading.tokens import Tokens, TokenSpan

_NOT_NEEDED = listed("conditions", "constructions", "not_needed")
_HAVE = listed("closed_classes", "have")
_SUPPOSITIONS = listed("closed_classes", "suppositions")
_ANY = listed("conditions", "constructions", "whichever_it_is")
_STEPS_UP = 4
"""Verbs above one that are looked at."""


@dataclass(frozen=True, slots=True)
class _Order:
    """What stands before the cue, with its main verb, and what comes later, with its main token.

    ``reported`` tells that the later one's past may be a reported present: "would not talk before they left".
    """

    earlier: tuple[TokenSpan, ...]
    matrix: int
    later: TokenSpan
    head: int
    reported: bool


def before(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "Y must X before Z" and "no Z before Y does X"."""
    tokens = context.tokens
    order = _order(context, match)
    if order is None:
        return _wanted_first(context, match)
    if _refuses(tokens, order):
        return _refused_until(tokens, match, order)
    return _asked_first(tokens, match, order) or _obliged_first(context, match, order)


def _wanted_first(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "Before it reopens the road, Peru expects an apology from Chile": who expects it sets it."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    head = clause_head(tokens, match, match.end, last)
    if match.start != first or head is None or tokens.dep[head] != "advcl" or tense(tokens, head) != "present":
        return None
    asks = tokens.head[head]
    if asks < head or tokens.lemma[asks] not in words("asks") or is_past_tense(tokens, asks):
        return None
    end = tokens.right[asks] + 1
    thing = wanted_thing(tokens, asks, end)
    asked = asked_of(tokens, asks) if thing is None else thing
    later = trim_clause(tokens, (match.end, tokens.right[head] + 1))
    if asked is None or later is None:
        return None
    wanted = trim_clause(tokens, (tokens.left[asked], tokens.right[asked] + 1))
    if wanted is None:
        return None
    cue = ((match.start, match.end),)
    holder = active_subject(tokens, asks)
    return ConditionMatch(
        ConditionKind.NECESSARY, cue, (wanted,), (later,), asked, head, match.cue.reliability, 1.0, holder
    )


def _order(context: ConditionContext, match: CueMatch) -> _Order | None:
    """Return what comes before what; None where it only tells the time, or is over."""
    tokens = context.tokens
    _, last = bounds(tokens, match.start)
    head = _later_head(tokens, match, last)
    if head is None:
        return None
    matrix = clause_before(context, head if tokens.pos[head] in VERBAL else match.start, match.start)
    if matrix is None:
        return None
    past = tense(tokens, head) in ("past", "perfect past")
    reported = context.owner[match.start] >= 0 and backshifted(tokens, matrix) and past
    if _is_over(tokens, head) and not reported:
        return None
    earlier = clause_after(context, matrix, None, match.start, match.start)
    later = trim_clause(tokens, (match.end, antecedent_end(context, head, last, match.start)))
    if later is None or not earlier:
        return None
    return _Order(earlier, matrix, later, head, reported)


def _later_head(tokens: Tokens, match: CueMatch, last: int) -> int | None:
    """Return the main token of what comes later: a clause's verb, a gerund or the noun of an outcome."""
    begin = match.end
    head = clause_head(tokens, match, begin, last)
    if head is None:
        head = tokens.child(match.start, "pobj", "pcomp")
        if head is None or tokens.entity[head] in ("DATE", "TIME"):
            return None
        fits = tokens.lemma[head] in words("outcomes") or tokens.tag[head] == "VBG"
    else:
        fits = has_own_subject(tokens, head, begin) or tokens.tag[head] == "VBG"
    timed = any(_tells_time(tokens, t) for t in range(begin, head + 1))
    return head if fits and not timed else None


def _tells_time(tokens: Tokens, t: int) -> bool:
    """Whether a word names a time: "before the start of June", not "before talks can start"."""
    return tokens.entity[t] in ("DATE", "TIME") or (tokens.lower[t] in words("times") and tokens.pos[t] not in VERBAL)


def _is_over(tokens: Tokens, head: int) -> bool:
    return tokens.pos[head] in VERBAL and tense(tokens, head) == "past" and outlook(tokens, head) == "past"


def _refuses(tokens: Tokens, order: _Order) -> bool:
    ahead = outlook(tokens, order.matrix) in ("future", "present")
    return says_no(tokens, order.earlier) and ahead and tokens.pos[order.head] in VERBAL


def _refused_until(tokens: Tokens, match: CueMatch, order: _Order) -> ConditionMatch | None:
    """As in "no talks before they leave": what comes later is needed for what is refused."""
    head, matrix = order.head, order.matrix
    if any(tokens.lower[c] in _HAVE for c in auxiliaries(tokens, matrix)):
        return None
    when = tense(tokens, head)
    if when not in ("present", "modal") and not order.reported:
        return None
    if when == "modal" and backshifted(tokens, head) and not backshifted(tokens, matrix):
        return None
    cue = ((match.start, match.end),)
    return ConditionMatch(
        ConditionKind.NECESSARY, cue, (order.later,), order.earlier, head, matrix, match.cue.reliability
    )


def _asked_first(tokens: Tokens, match: CueMatch, order: _Order) -> ConditionMatch | None:
    """As in "demands that X withdraw before Y", "wants guarantees from X before it will Y": who demands sets it."""
    asks = _asking(tokens, order.matrix)
    asked = None if asks is None else _asked(tokens, asks, match.start, over=not _still_to_come(tokens, order))
    if asks is None or asked is None:
        return None
    wanted = wanted_thing(tokens, asks, match.start)
    return ConditionMatch(
        ConditionKind.NECESSARY,
        ((match.start, match.end),),
        (asked,),
        (order.later,),
        tokens.child(asks, "ccomp", "xcomp") if wanted is None else wanted,
        order.head,
        match.cue.reliability,
        1.0,
        active_subject(tokens, asks),
    )


def _obliged_first(context: ConditionContext, match: CueMatch, order: _Order) -> ConditionMatch | None:
    """As in "they must withdraw before talks": nobody is said to have set the condition."""
    tokens, earlier, matrix = context.tokens, order.earlier, order.matrix
    asks = tokens.lemma[matrix] in words("asks") and not tokens.has_child(matrix, "ccomp")
    if is_past_tense(tokens, matrix) and asks:
        return None
    needed = tokens.lemma[matrix] in ("need", "require") and tokens.has_child(matrix, "dobj")
    if not (needed or obliges(tokens, earlier, words("must"))):
        return None
    told = context.owner[match.start] >= 0 and (needed or _had_to(tokens, earlier))
    view = outlook(tokens, matrix)
    lows = {low for start, end in earlier for low in tokens.lower[start:end]}
    if view == "unreal" or lows & _NOT_NEEDED or (not told and (view == "past" or "had" in lows)):
        return None
    if _is_supposed(tokens, matrix):
        return None
    cue = ((match.start, match.end),)
    return ConditionMatch(
        ConditionKind.NECESSARY,
        cue,
        earlier,
        (order.later,),
        matrix,
        order.head,
        match.cue.reliability,
        holder_at=-1,
    )


def _is_supposed(tokens: Tokens, verb: int) -> bool:
    """Tell whether a need is itself only supposed: "if Manila needs to supply it before ..."."""
    for _ in range(_STEPS_UP):
        mark = tokens.child(verb, "mark")
        if mark is not None:
            return tokens.lower[mark] in _SUPPOSITIONS
        if tokens.dep[verb] not in ("xcomp", "conj") or tokens.head[verb] >= verb:
            return False
        verb = tokens.head[verb]
    return False


def _had_to(tokens: Tokens, pieces: tuple[TokenSpan, ...]) -> bool:
    return any(tokens.lower[t : t + 2] == ["had", "to"] for start, end in pieces for t in range(start, end))


def _asking(tokens: Tokens, matrix: int) -> int | None:
    """Return the verb of asking that a clause, or the first of some joined ones, hangs on: itself, or one above it."""
    for _ in range(4):
        if tokens.lemma[matrix] in words("asks"):
            return matrix
        if tokens.dep[matrix] not in ("conj", "ccomp", "xcomp") or tokens.head[matrix] > matrix:
            return None
        matrix = tokens.head[matrix]
    return None


def _still_to_come(tokens: Tokens, order: _Order) -> bool:
    """As in "demanded an apology before it would talk", "before any talks": open though the asking is over."""
    head = order.head
    if tokens.pos[head] not in VERBAL:
        return any(tokens.lower[c] in _ANY for c in tokens.children[head])
    return tense(tokens, head) == "modal" and not any(tokens.lower[c] in _HAVE for c in auxiliaries(tokens, head))


def _asked(tokens: Tokens, matrix: int, stop: int, *, over: bool) -> TokenSpan | None:
    """Return what is asked for in "demands that X withdraw" and "wants X to withdraw"; None without a subject.

    What was asked for counts only where it is not ``over``.
    """
    if tokens.lemma[matrix] not in words("asks") or (over and is_past_tense(tokens, matrix)):
        return None
    wanted = wanted_thing(tokens, matrix, stop)
    if wanted is not None:
        return trim_clause(tokens, (tokens.left[wanted], stop))
    inner = tokens.child(matrix, "ccomp", "xcomp")
    if inner is None or not matrix < inner < stop or not has_subject(tokens, inner):
        return None
    return trim_clause(tokens, (matrix + 1, stop))
