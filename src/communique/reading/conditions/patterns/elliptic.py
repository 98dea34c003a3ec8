"""Conditions that leave a half out or hide it in a noun: "any attempt ... will be met", "if so", "in exchange, Y"."""

from __future__ import annotations

from communique.lexicon import listed
from communique.model import ConditionKind
from communique.reading.conditions.context import ConditionContext, ConditionMatch
from communique.reading.conditions.cues import CueMatch, words
from communique.reading.conditions.patterns.clauses import clause
from communique.reading.conditions.spans import clause_after, opens_clause
from communique.reading.grammar.auxiliaries import is_auxiliary, is_modal
from communique.reading.grammar.labels import ACTIVE_SUBJECT, AUXILIARY, PASSIVE_SUBJECT, SUBJECTS
from communique.reading.grammar.subjects import has_subject
from communique.reading.grammar.token_ranges import bounds, trim_clause
from communique.reading.grammar.verbs import VERBAL, auxiliaries, outlook
from communique.reading.tokens import Tokens, TokenSpan

_RULING = listed("conditions", "constructions", "ruling_modals")
_WHOEVER = listed("conditions", "constructions", "whoever")
_ANSWERS = listed("issued_documents", "sentences", "before_fragments")
_OFFERING = listed("conditions", "constructions", "putting_forward")
_LONGEST_ANSWER = 8
_NEAR = 3
_REACH = 12


def whoever(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "Any attempt to divert the river will be met", "whoever crosses the line will pay"."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    if not (opens_clause(tokens, match.start, first) or _begins_content(context, match.start)):
        return None
    subject = _subject(tokens, match.start, last)
    if subject is None:
        return None
    matrix = tokens.head[subject]
    if matrix <= subject:
        return None
    if outlook(tokens, matrix) != "future" or tokens.lemma[matrix] in words("fortunes") | words("futile"):
        return None
    own = tokens.right[subject] + 1
    antecedent = trim_clause(tokens, (match.end, own))
    consequent = clause_after(context, matrix, own, last, match.start)
    if antecedent is None or not consequent:
        return None
    cue = ((match.start, match.end),)
    return ConditionMatch(match.cue.kind, cue, (antecedent,), consequent, subject, matrix, match.cue.reliability)


def _begins_content(context: ConditionContext, start: int) -> bool:
    index = context.owner[start]
    low = context.tokens.lower
    return index >= 0 and any(a == start or (low[a] == "that" and a + 1 == start) for a, _ in _content(context, index))


def _content(context: ConditionContext, index: int) -> tuple[TokenSpan, ...]:
    return context.attributions[index].content


def _subject(tokens: Tokens, start: int, last: int) -> int | None:
    """Return the subject that opens with a word such as "any": an act that may be tried, or whoever does something."""
    for t in range(start, min(last, start + _REACH)):
        if tokens.dep[t] not in SUBJECTS or tokens.left[t] != start or not _announced(tokens, tokens.head[t]):
            continue
        does = any(tokens.dep[c] == "relcl" for c in tokens.children[t])
        tried = tokens.lemma[t].lower() in words("attempts")
        if tried or does or tokens.lower[start] in _WHOEVER:
            return t
    return None


def where(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "Where no settlement is found, either Party may ...": a rule's case, at the head of its sentence."""
    tokens = context.tokens
    first, _ = bounds(tokens, match.start)
    if any(tokens.pos[t] not in ("SPACE", "PUNCT", "NUM", "X") for t in range(first, match.start)):
        return None
    made = clause(context, match)
    if made is None or made.matrix is None or made.consequent[0][0] < made.antecedent[0][0]:
        return None
    ruled = {tokens.lower[c] for c in auxiliaries(tokens, made.matrix)} & _RULING
    return made if ruled else None


def if_so(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "The talks could start in May. If so, Oslo would host them": what the sentence before says."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    if any(tokens.pos[t] not in ("SPACE", "PUNCT", "CCONJ") for t in range(first, match.start)):
        return None
    after = match.end + (match.end < last and tokens.lower[match.end] == ",")
    matrix = _main_verb(tokens, after, last)
    before = _said_before(context, match.start)
    if matrix is None or before is None or outlook(tokens, matrix) != "future" or not has_subject(tokens, matrix):
        return None
    consequent = clause_after(context, matrix, after, last, match.start)
    if not consequent:
        return None
    piece, head = before
    cue = ((match.start, match.start + 2),)
    return ConditionMatch(match.cue.kind, cue, (piece,), consequent, head, matrix, match.cue.reliability)


def given_back(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "She proposed mixed teams. In exchange, she said, Bolivia would hand back the vehicles"."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    if any(tokens.pos[t] not in ("SPACE", "PUNCT", "CCONJ") for t in range(first, match.start)):
        return None
    matrix = _main_verb(tokens, _past_aside(tokens, match.end, last), last)
    before = _said_before(context, match.start)
    if matrix is None or before is None or outlook(tokens, matrix) != "future" or not has_subject(tokens, matrix):
        return None
    index = context.owner[before[1]]
    asked = index >= 0 and tokens.lemma[context.attributions[index].cue_head] in _OFFERING
    consequent = clause_after(context, matrix, _past_aside(tokens, match.end, last), last, match.start)
    if not consequent or not (asked or outlook(tokens, before[1]) == "future"):
        return None
    cue = ((match.start, match.end),)
    return ConditionMatch(ConditionKind.BOTH, cue, (before[0],), consequent, before[1], matrix, match.cue.reliability)


def order(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "Withdraw the fee and the cable is live again", "let them go and I will be the first to applaud"."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    start = next((t for t in range(first, match.start) if tokens.pos[t] not in ("PUNCT", "SPACE")), match.start)
    verb = tokens.tag[start] == "VB" and not tokens.has_child(start, ACTIVE_SUBJECT, AUXILIARY, PASSIVE_SUBJECT)
    index = context.owner[start]
    if not verb or index < 0 or context.owner[match.start] != index:
        return None
    matrix = _main_verb(tokens, match.end, last)
    if (
        matrix is None
        or not has_subject(tokens, matrix)
        or tokens.tag[matrix] == "VB"
        and not _announced(tokens, matrix)
    ):
        return None
    if not (_announced(tokens, matrix) or tokens.lower[match.start - 1] == ","):
        return None
    antecedent = trim_clause(tokens, (start, match.start))
    consequent = clause_after(context, matrix, match.end, last, match.start)
    if antecedent is None or not consequent:
        return None
    cue = ((match.start, match.end),)
    return ConditionMatch(match.cue.kind, cue, (antecedent,), consequent, start, matrix, match.cue.reliability)


def _announced(tokens: Tokens, verb: int) -> bool:
    return any(is_modal(tokens, c) for c in auxiliaries(tokens, verb))


def short_answer(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "In principle, yes, on condition that Serbia signs first": an answer without a verb."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    lead = [t for t in range(first, match.start) if tokens.pos[t] not in ("PUNCT", "SPACE")]
    if not lead or len(lead) > _LONGEST_ANSWER or match.cue.pattern not in ("clause", "before", "noun", "phrase"):
        return None
    apart = tokens.pos[match.start - 1] == "PUNCT"
    if not apart or any(tokens.pos[t] in VERBAL for t in lead) or not any(tokens.lower[t] in _ANSWERS for t in lead):
        return None
    verb = next((t for t in range(match.end, last) if tokens.pos[t] in VERBAL and tokens.has_child(t, *SUBJECTS)), None)
    end = next((t for t in range(match.end, last) if tokens.text[t] in {'"', "\u201d", "."}), last)
    antecedent = trim_clause(tokens, (match.end, end))
    consequent = trim_clause(tokens, (lead[0], match.start))
    if verb is None or verb >= end or antecedent is None or consequent is None:
        return None
    cue = ((match.start, match.end),)
    return ConditionMatch(match.cue.kind, cue, (antecedent,), (consequent,), verb, None, match.cue.reliability)


def _past_aside(tokens: Tokens, start: int, last: int) -> int:
    """Return where a clause goes on after ", she said,"."""
    if start >= last or tokens.lower[start] != ",":
        return start
    close = next((t for t in range(start + 1, min(last, start + _REACH)) if tokens.lower[t] == ","), None)
    said = close is not None and any(tokens.lemma[t] in words("says") for t in range(start + 1, close))
    return close + 1 if said and close is not None else start + 1


def _main_verb(tokens: Tokens, begin: int, last: int) -> int | None:
    for t in range(begin, min(last, begin + _REACH)):
        if tokens.pos[t] in VERBAL or is_modal(tokens, t):
            up = tokens.head[t]
            return up if is_auxiliary(tokens, t) and begin <= up < last else t
    return None


def _said_before(context: ConditionContext, start: int) -> tuple[TokenSpan, int] | None:
    """Return what is said last in the sentence before one, in its paragraph, and the main word of it."""
    tokens = context.tokens
    first, _ = bounds(tokens, start)
    before = first - 1
    while before > 0 and tokens.pos[before] in ("SPACE", "PUNCT"):
        if "\n" in tokens.text[before]:
            return None
        before -= 1
    if before <= 0:
        return None
    begin, end = bounds(tokens, before)
    for a in reversed(context.attributions):
        for content in reversed(a.content):
            if begin <= content[0] < content[1] <= end and content[1] >= end - _NEAR:
                piece = trim_clause(tokens, content)
                head = a.clause if a.clause is not None and content[0] <= a.clause < content[1] else None
                head = _main_verb(tokens, content[0], content[1]) if head is None else head
                return None if piece is None else (piece, piece[1] - 1 if head is None else head)
    piece = trim_clause(tokens, (begin, end))
    head = _main_verb(tokens, begin, end)
    return None if piece is None or head is None else (piece, head)
