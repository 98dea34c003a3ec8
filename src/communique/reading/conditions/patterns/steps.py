"""A first step that opens the way to another: "X must act first, which would then allow Y"."""

from __future__ import annotations

from communique.lexicon import listed
from communique.reading.conditions.context import ConditionContext, ConditionMatch
from communique.reading.conditions.cues import CueMatch, words
from communique.reading.conditions.spans import antecedent_end, clause_after
from communique.reading.grammar.subjects import active_subject
from communique.reading.grammar.token_ranges import bounds, trim_clause
from communique.reading.grammar.verbs import obliges
from communique.reading.tokens import Tokens

_BACK_REFERENCES = listed("closed_classes", "back_references")
_OPENING = listed("conditions", "needs", "opening")
_REACH = 30


def opening(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """Read "first" where what follows says what the first step would allow, open or lead to."""
    tokens = context.tokens
    _, last = bounds(tokens, match.start)
    lets = next((t for t in range(match.end, min(last, match.end + _REACH)) if _lets(tokens, t, match.end)), None)
    first = tokens.head[match.start]
    if lets is None or not first < match.start or tokens.pos[first] != "VERB":
        return None
    earlier = clause_after(context, first, None, match.start, match.start)
    thing = tokens.child(lets, "dobj", "ccomp", "xcomp")
    if thing is None:
        prep = tokens.child(lets, "prep")
        thing = None if prep is None else tokens.child(prep, "pobj", "pcomp")
    if thing is None or not earlier or not obliges(tokens, earlier, words("duties")):
        return None
    later = trim_clause(tokens, (tokens.left[thing], antecedent_end(context, thing, last, match.start)))
    if later is None:
        return None
    cue = ((match.start, match.end), (lets, lets + 1))
    return ConditionMatch(match.cue.kind, cue, earlier, (later,), first, thing, match.cue.reliability)


def _lets(tokens: Tokens, verb: int, begin: int) -> bool:
    """Tell "which would then allow": a verb of opening the way whose subject looks back at the step."""
    if tokens.lemma[verb] not in _OPENING | words("lets") or tokens.pos[verb] != "VERB":
        return False
    subject = active_subject(tokens, verb)
    return subject is not None and begin <= subject < verb and tokens.lower[subject] in _BACK_REFERENCES
