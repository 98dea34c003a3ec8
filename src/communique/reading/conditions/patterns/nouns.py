"""Conditions called by their name: preconditions set, and preconditions waived."""

from __future__ import annotations

from communique.lexicon import listed
from communique.model import ConditionKind
from communique.reading.conditions.context import ConditionContext, ConditionMatch, says_no
from communique.reading.conditions.cues import CueMatch, words
from communique.reading.conditions.patterns.phrases import phrase_end
from communique.reading.conditions.spans import antecedent_end, clause_after, clause_before
from communique.reading.grammar.labels import SUBJECTS
from communique.reading.grammar.negation import is_denied
from communique.reading.grammar.subjects import active_subject, is_active_subject, is_expletive, nominal_subject
from communique.reading.grammar.token_ranges import bounds, trim_clause
from communique.reading.grammar.verbs import LOOKING_AHEAD, VERBAL, outlook
from communique.reading.tokens import Tokens, TokenSpan

_NOUN_PREPOSITIONS = listed("conditions", "constructions", "noun_prepositions")
_COPULAR_SUBJECTS = listed("conditions", "constructions", "copular_subjects")
_COPULAR_COMPLEMENTS = listed("conditions", "constructions", "copular_complements")

_CONDITION_NOUNS = listed("conditions", "constructions", "condition_nouns")
_TO_WHAT = listed("conditions", "constructions", "to_what")
_LOOK = 14
_IS = listed("conditions", "constructions", "being")
_PLAIN = frozenset(("condition", "conditions"))

_OUTCOME_REACH = 12
"""Words after a verb that belong to what comes without conditions."""
_AS_REACH = 6
"""Words before "precondition" within which "as" stands."""


def noun(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "X is a precondition for Y", "set X as a condition for Y", "no preconditions for Y"."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    start = match.start
    while start > first and (tokens.pos[start - 1] in ("ADJ", "ADV") or tokens.lower[start - 1] in ("any", "other")):
        if tokens.lower[start - 1] in ("no", "without"):
            break
        start -= 1
    before = tokens.lower[start - 1] if start > first else ""
    if before == "no":
        return _none(context, match, start - 1, last)
    if before == "without":
        return _free(context, match, start - 1)
    target = _target(context, match.end, last, match.start)
    if target is None:
        return _named(context, match, first, last)
    goal, end = target
    if tokens.lower[match.start] in _PLAIN and tokens.lower[match.end] not in _NOUN_PREPOSITIONS:
        return None
    return _set_as(context, match, goal, first) or _copular(context, match, goal, end, last)


def _named(context: ConditionContext, match: CueMatch, first: int, last: int) -> ConditionMatch | None:
    """As in "If he wants to stay, the condition would be that he keeps quiet": what follows names the condition."""
    tokens = context.tokens
    here = match.end - 1
    verb = tokens.head[here]
    if tokens.lower[here] not in _CONDITION_NOUNS or not is_active_subject(tokens, here) or tokens.lemma[verb] != "be":
        return None
    if is_denied(tokens, verb) or tokens.lower[verb + 1 : verb + 2] != ["that"]:
        return None
    head = next((c for c in tokens.children[verb] if c > verb and tokens.dep[c] == "ccomp"), None)
    wish = next((c for c in tokens.children[verb] if tokens.dep[c] == "advcl" and c < here), None)
    if head is None:
        return None
    antecedent = trim_clause(tokens, (verb + 2, antecedent_end(context, head, last, match.start)))
    if antecedent is None:
        return None
    cue = ((match.start, verb + 2),)
    if wish is None or not any(tokens.lower[c] == "if" for c in tokens.children[wish]):
        return ConditionMatch(ConditionKind.NECESSARY, cue, (antecedent,), (), head, None, match.cue.reliability, 0.8)
    mark = next(c for c in tokens.children[wish] if tokens.lower[c] == "if")
    consequent = trim_clause(tokens, (max(first, mark + 1), tokens.right[wish] + 1))
    if consequent is None:
        return None
    return ConditionMatch(
        ConditionKind.NECESSARY, cue, (antecedent,), (consequent,), head, wish, match.cue.reliability, 0.8
    )


def _target(context: ConditionContext, prep: int, last: int, cue: int) -> tuple[TokenSpan, int] | None:
    """Return what a condition is "for": (its tokens, where it ends)."""
    tokens = context.tokens
    if prep >= last or tokens.lower[prep] not in _TO_WHAT:
        return None
    inner = phrase_end(context, prep + 1, last, cue)
    if inner is None:
        return None
    piece = trim_clause(tokens, (prep + 1, inner[1]))
    return None if piece is None else (piece, inner[1])


def _none(context: ConditionContext, match: CueMatch, start: int, last: int) -> ConditionMatch | None:
    """As in "There are no preconditions for talks": waived; what it is waived for may be left unsaid."""
    tokens = context.tokens
    if tokens.lower[match.start] == "condition" or (
        tokens.lower[match.start] in _PLAIN and tokens.lower[start - 1] in ("in", "under")
    ):
        return None
    target = _target(context, match.end, last, match.start)
    if target is None and tokens.lower[match.start] in _PLAIN:
        return None
    consequent = () if target is None else (target[0],)
    matrix = None if target is None else target[0][0]
    return ConditionMatch(
        ConditionKind.WAIVED,
        ((start, match.end),),
        (),
        consequent,
        None,
        matrix,
        match.cue.reliability,
        1.0 if target else 0.8,
    )


def _free(context: ConditionContext, match: CueMatch, start: int) -> ConditionMatch | None:
    """As in "Talks without preconditions", "ready to meet without any conditions": waived, unless it is refused."""
    tokens = context.tokens
    cue = ((start, match.end),)
    governor = tokens.head[start]
    matrix = clause_before(context, start, start)
    clause: tuple[TokenSpan, ...] = ()
    if matrix is not None:
        clause = clause_after(context, matrix, None, start, start)
        if says_no(tokens, clause, "rejections") or says_no(tokens, ((max(0, start - 1), start),), "rejections"):
            return None
        above = tokens.head[matrix]
        if tokens.lower[above] in words("rejections") or _says_no(tokens, matrix):
            return None
        over = outlook(tokens, matrix) in ("past", "unreal") and tokens.lemma[matrix] not in LOOKING_AHEAD
        if over and tokens.pos[governor] in VERBAL and matrix == governor:
            return None
    bare = tokens.tag[tokens.head[governor]] == "VB" and tokens.dep[governor] == "dobj" and bool(clause)
    if bare:
        piece = trim_clause(tokens, (tokens.head[governor], start))
        clause = clause if piece is None else (piece,)
    elif tokens.pos[governor] in ("NOUN", "PROPN") and governor < start:
        piece = trim_clause(tokens, (tokens.left[governor], start))
        clause = () if piece is None else (piece,)
        matrix = governor
    elif matrix is not None and tokens.lemma[matrix] in LOOKING_AHEAD:
        thing = tokens.child(matrix, "dobj")
        piece = trim_clause(tokens, (tokens.left[thing], start)) if thing is not None and thing < start else None
        clause = clause if piece is None else (piece,)
    if not clause:
        return None
    return ConditionMatch(ConditionKind.WAIVED, cue, (), clause, None, matrix, match.cue.reliability)


def _says_no(tokens: Tokens, i: int) -> bool:
    return is_denied(tokens, i) or tokens.lower[i] in words("rejections")


def waived(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "Unconditionally" of an act, "unconditional" of talks, a ceasefire, a release."""
    tokens = context.tokens
    cue = ((match.start, match.end),)
    if tokens.lower[match.start] == "unconditional":
        governor = tokens.head[match.start]
        if governor <= match.start or tokens.lemma[governor] in words("cautions"):
            return None
        if tokens.lemma[governor] not in words("outcomes") | words("acts"):
            return None
        piece = trim_clause(
            tokens, (match.end, max(governor + 1, min(tokens.right[governor] + 1, governor + _OUTCOME_REACH)))
        )
        if piece is None:
            return None
        return ConditionMatch(ConditionKind.WAIVED, cue, (), (piece,), None, governor, match.cue.reliability)
    matrix = clause_before(context, match.start, match.start)
    governor = tokens.head[match.start]
    if tokens.pos[governor] == "VERB" and (matrix is None or governor > match.start):
        matrix = governor
    if matrix is None or _says_no(tokens, matrix):
        return None
    view = outlook(tokens, matrix)
    if governor > match.start and tokens.pos[governor] == "VERB":
        piece = trim_clause(tokens, (match.end, tokens.right[governor] + 1))
        clause: tuple[TokenSpan, ...] = () if piece is None else (piece,)
    else:
        clause = clause_after(context, matrix, None, match.start, match.start)
    if not clause or view in ("past", "unreal"):
        return None
    return ConditionMatch(ConditionKind.WAIVED, cue, (), clause, None, matrix, match.cue.reliability)


def _set_as(context: ConditionContext, match: CueMatch, goal: TokenSpan, first: int) -> ConditionMatch | None:
    """As in "Set / demanded / named X as a precondition for Y"."""
    tokens = context.tokens
    at = next(
        (
            t
            for t in range(match.start - 1, max(first, match.start - _AS_REACH) - 1, -1)
            if tokens.lower[t] in ("as", "a")
        ),
        None,
    )
    while at is not None and at > first and tokens.lower[at] != "as":
        at = at - 1 if match.start - at < _AS_REACH else None
    if at is not None and tokens.lower[match.start] in _PLAIN and tokens.lower[at + 1] == "the":
        return None
    if at is None or tokens.lower[at] != "as":
        return _made_a(context, match, goal, first)
    setters = words("setters")
    verb = None
    for t in range(at - 1, max(first, at - 2 * _LOOK) - 1, -1):
        if tokens.lower[t] in (";",):
            break
        if tokens.lemma[t] in setters and tokens.pos[t] == "VERB":
            verb = t
            break
    cue: tuple[TokenSpan, ...] = ((at, match.end + 1),)
    governor = tokens.head[at]
    if verb is None:
        if not first <= governor < at or tokens.pos[governor] not in ("NOUN", "VERB"):
            return None
        whole = trim_clause(tokens, (governor if tokens.pos[governor] == "VERB" else tokens.left[governor], at))
        return None if whole is None else ConditionMatch(match.cue.kind, cue, (whole,), (goal,), governor, goal[0], 0.8)
    holder = active_subject(tokens, verb)
    if verb + 1 == at:
        # "X was set as a precondition for Y"
        subject = nominal_subject(tokens, verb)
        antecedent = None if subject is None else trim_clause(tokens, tokens.subtree(subject))
        head, holder = subject, tokens.child(verb, "agent")
    else:
        antecedent = trim_clause(tokens, (verb + 1, at))
        head = None if antecedent is None else _main(tokens, antecedent)
    if antecedent is None:
        return None
    return ConditionMatch(
        match.cue.kind, cue, (antecedent,), (goal,), head, goal[0], match.cue.reliability, 1.0, holder
    )


def _made_a(context: ConditionContext, match: CueMatch, goal: TokenSpan, first: int) -> ConditionMatch | None:
    """As in "Made X a precondition for Y"."""
    tokens = context.tokens
    verb = next(
        (
            t
            for t in range(match.start - 2, max(first, match.start - _LOOK) - 1, -1)
            if tokens.lemma[t] == "make" and tokens.pos[t] == "VERB"
        ),
        None,
    )
    article = next(
        (t for t in range(match.start - 1, max(first, match.start - 4) - 1, -1) if tokens.pos[t] == "DET"), None
    )
    if verb is None or article is None or article <= verb + 1:
        return None
    antecedent = trim_clause(tokens, (verb + 1, article))
    if antecedent is None:
        return None
    cue = ((article, match.end + 1),)
    holder = active_subject(tokens, verb)
    return ConditionMatch(
        match.cue.kind,
        cue,
        (antecedent,),
        (goal,),
        _main(tokens, antecedent),
        goal[0],
        match.cue.reliability,
        1.0,
        holder,
    )


def _main(tokens: Tokens, piece: TokenSpan) -> int:
    """Return the token of a piece whose head lies outside it."""
    return next((t for t in range(*piece) if not piece[0] <= tokens.head[t] < piece[1]), piece[1] - 1)


def _copular(context: ConditionContext, match: CueMatch, goal: TokenSpan, end: int, last: int) -> ConditionMatch | None:
    """As in "X is a precondition for Y" and "the precondition for Y is X"."""
    tokens = context.tokens
    node = tokens.head[match.end - 1]
    here = match.end - 1
    if tokens.dep[here] in ("attr", "acomp", "oprd") and tokens.pos[node] in VERBAL and node < here:
        subject = tokens.child(node, *SUBJECTS)
        if subject is None or is_expletive(tokens, subject) or is_denied(tokens, node):
            return None
        antecedent = trim_clause(tokens, tokens.subtree(subject))
        if antecedent is None or tokens.lower[antecedent[0]] in _COPULAR_SUBJECTS:
            return None
        start = next((t for t in range(here, node, -1) if tokens.pos[t] == "DET"), here)
        return ConditionMatch(
            match.cue.kind, ((start, match.end + 1),), (antecedent,), (goal,), subject, goal[0], match.cue.reliability
        )
    if end < last and tokens.lower[end] in _IS:
        begin = end + 1
        while begin < last and tokens.lower[begin] in _COPULAR_COMPLEMENTS:
            begin += 1
        inner = phrase_end(context, begin, last, match.start)
        if inner is None:
            return None
        antecedent = trim_clause(tokens, (begin, max(inner[1], antecedent_end(context, inner[0], last, match.start))))
        if antecedent is None:
            return None
        return ConditionMatch(
            match.cue.kind,
            ((match.start, match.end + 1),),
            (antecedent,),
            (goal,),
            inner[0],
            goal[0],
            match.cue.reliability,
            0.9,
        )
    return None
