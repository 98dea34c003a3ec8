"""What has to come with a thing: "any deal that does not include Y is unacceptable"."""

from __future__ import annotations

from communique.lexicon import listed
from communique.reading.conditions.context import ConditionContext, ConditionMatch
from communique.reading.conditions.cues import CueMatch, words
from communique.reading.conditions.spans import antecedent_end, clause_after
from communique.reading.grammar.labels import SUBJECTS
from communique.reading.grammar.negation import has_negation
from communique.reading.grammar.subjects import active_subject
from communique.reading.grammar.token_ranges import bounds, cut, trim_clause
from communique.reading.grammar.verbs import VERBAL
from communique.reading.tokens import Tokens

_INCLUDING = listed("conditions", "needs", "including")
_UNWANTED = listed("conditions", "needs", "unwanted")
_ACCEPTING = listed("conditions", "needs", "accepting")
_STEPS = 6


def lacking(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """Read "that does not include Y" on a thing that is refused: with Y it would not be."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    verb = next((t for t in range(match.end, min(last, match.end + 3)) if tokens.lemma[t] in _INCLUDING), None)
    noun = match.start - 1
    if verb is None or noun < first or tokens.pos[noun] not in ("NOUN", "PROPN"):
        return None
    thing = tokens.child(verb, "dobj")
    if thing is None:
        prep = next((c for c in tokens.children[verb] if c > verb and tokens.dep[c] in ("agent", "prep")), None)
        thing = None if prep is None else tokens.child(prep, "pobj")
    matrix = _refusal(context, noun)
    torn = tokens.child(verb, "ccomp")
    if thing is None and torn is not None and _calls_unwanted(tokens, torn):
        # The parse took "the lighthouse is unacceptable" for a clause.
        thing, matrix = active_subject(tokens, torn), torn
    if thing is None or thing < verb or matrix is None:
        return None
    begin = tokens.left[thing]
    end = antecedent_end(context, thing, last, match.start)
    antecedent = trim_clause(tokens, (begin, min(end, matrix) if matrix > begin else end))
    hole = (match.start, max(verb + 1, end))
    stop = last if matrix > verb else match.start
    whole = clause_after(context, matrix, None, stop, match.start)
    if matrix == torn and thing is not None:
        hole = (match.start, tokens.right[thing] + 1)
        whole = ((tokens.left[noun], match.start), *whole)
    consequent = tuple(part for piece in whole for part in cut(tokens, piece, [hole]))
    if antecedent is None or not consequent:
        return None
    cue = ((match.start, begin),)
    return ConditionMatch(match.cue.kind, cue, (antecedent,), consequent, thing, matrix, match.cue.reliability)


def _refusal(context: ConditionContext, noun: int) -> int | None:
    """Return the verb that turns the thing down: "is unacceptable", "will not accept it", "rejected any draft"."""
    tokens = context.tokens
    node = noun
    for _ in range(_STEPS):
        if tokens.pos[node] in VERBAL:
            break
        if tokens.head[node] == node:
            return None
        node = tokens.head[node]
    if tokens.pos[node] not in VERBAL:
        return None
    if tokens.dep[noun] in SUBJECTS and _calls_unwanted(tokens, node):
        return node
    turned_down, accepting = tokens.lemma[node] in _UNWANTED, tokens.lemma[node] in _ACCEPTING
    denied = _denied(tokens, node)
    while tokens.dep[node] == "xcomp" and tokens.head[node] < node and tokens.pos[tokens.head[node]] in VERBAL:
        node = tokens.head[node]
        denied = denied or _denied(tokens, node) or tokens.lemma[node] in words("refusals")
    return node if node < noun and (turned_down or (accepting and denied)) else None


def _denied(tokens: Tokens, verb: int) -> bool:
    return has_negation(tokens, verb) or any(tokens.lower[c] == "never" for c in tokens.children[verb])


def _calls_unwanted(tokens: Tokens, verb: int) -> bool:
    return any(
        tokens.lemma[c] in _UNWANTED or tokens.lower[c] in _UNWANTED for c in (verb, *tokens.children[verb])
    ) or has_negation(tokens, verb)
