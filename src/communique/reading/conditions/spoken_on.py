"""Who speaks where no statement holds a condition: its sentence's own verb of saying, or who spoke just before."""

from __future__ import annotations

from communique.lexicon import listed
from communique.reading.annotations import ResolvedSource
from communique.reading.conditions.context import ConditionContext, ConditionMatch
from communique.reading.grammar.verbs import auxiliaries, is_infinitive, outlook, tense

_BACKSHIFTED = listed("conditions", "constructions", "backshifted")
_OPENERS = listed("conditions", "constructions", "openers")
_WITHIN = ("xcomp", "ccomp", "conj")
_STEPS = 8


def around(context: ConditionContext, found: ConditionMatch) -> int | None:
    """Return the statement whose content was cut where a condition opens it; None where there is none.

    As in "adding that should Chile refuse, Peru would act", "urges the Council, should she be held, to extend them".
    """
    tokens = context.tokens
    if not found.antecedent or not found.consequent or found.matrix is None:
        return None
    start, end = found.antecedent[0][0], found.consequent[0][0]
    if start > end or tokens.sentence[start] != tokens.sentence[end]:
        return None
    owner = context.owner[start]
    cue = found.cue[0][0]
    if owner >= 0 and context.owner[cue] == owner and _opens(context, owner, cue):
        return owner
    if is_infinitive(tokens, found.matrix) and tokens.lower[cue - 1] == ",":
        asked = [k for k, a in enumerate(context.attributions) if a.content and a.content[-1][1] == cue - 1]
        return max(asked, default=None)
    verb = found.matrix
    for _ in range(_STEPS):
        if tokens.dep[verb] not in _WITHIN or tokens.head[verb] >= verb:
            return None
        verb = tokens.head[verb]
        if verb < cue and verb in context.cue_heads:
            return context.cue_heads[verb]
    return None


def _opens(context: ConditionContext, index: int, cue: int) -> bool:
    """Tell whether a condition's cue is the first word of a content, but for "that" and marks."""
    tokens = context.tokens
    first = context.attributions[index].content[0][0]
    return all(tokens.pos[t] in ("PUNCT", "SPACE") or tokens.lower[t] in _OPENERS for t in range(first, cue))


def speaks_on(context: ConditionContext, found: ConditionMatch, sources: tuple[ResolvedSource, ...]) -> str | None:
    """Return the one speaker of the sentence before, whose words run on: "The fleet would stay, she said. Talks could
    resume if Peru withdrew." Only where both halves are told as reported words are, in the same paragraph.
    """
    tokens, head, matrix = context.tokens, found.head, found.matrix
    if head is None or matrix is None or not found.antecedent:
        return None
    here = tokens.sentence[found.antecedent[0][0]]
    backshifted = any(tokens.lower[c] in _BACKSHIFTED for c in auxiliaries(tokens, matrix))
    if not here or not backshifted or outlook(tokens, matrix) == "unreal" or tense(tokens, head) != "past":
        return None
    first, last = tokens.sentences[here]
    begin, _ = tokens.sentences[here - 1]
    if any(tokens.pos[t] == "SPACE" and "\n" in tokens.text[t] for t in range(begin, first + 1)):
        return None
    told = (*found.antecedent, *found.consequent)
    for a in context.attributions:
        if first <= a.cue_head < last and not any(start <= a.cue_head < end for start, end in told):
            return None
    speakers = {
        sources[k].speaker
        for k, a in enumerate(context.attributions)
        if begin <= a.cue_head < first and a.parent is None and k < len(sources)
    }
    return speakers.pop() if len(speakers) == 1 else None
