"""Find conditions: what hangs on what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from communique.lexicon import listed
from communique.model import ConditionKind
from communique.reading.conditions.context import ConditionContext, ConditionMatch, context_of
from communique.reading.conditions.cues import CueMatch, find_cues, words
from communique.reading.conditions.patterns.clauses import clause
from communique.reading.conditions.patterns.elliptic import given_back, if_so, order, short_answer, where, whoever
from communique.reading.conditions.patterns.enumerated import listed_terms
from communique.reading.conditions.patterns.fragments import fragment
from communique.reading.conditions.patterns.inversions import inverted, sequence
from communique.reading.conditions.patterns.lacking import lacking
from communique.reading.conditions.patterns.means import means, only_way, purpose, requires, terms
from communique.reading.conditions.patterns.nouns import noun, waived
from communique.reading.conditions.patterns.parataxis import (
    alternative,
    bargain,
    counted,
    in_return,
    otherwise,
    thereafter,
)
from communique.reading.conditions.patterns.phrases import phrase, predicate
from communique.reading.conditions.patterns.precedence import before
from communique.reading.conditions.patterns.without import without
from communique.reading.grammar.subjects import active_subject
from communique.reading.grammar.told_as_untrue import disowned_clause
from communique.reading.protocols import Extractor, Text
from communique.reading.segmentation.term_lists import term_lists

_PATTERNS: dict[str, Callable[[ConditionContext, CueMatch], ConditionMatch | None]] = {
    "clause": clause,
    "before": before,
    "inverted": inverted,
    "sequence": sequence,
    "phrase": phrase,
    "without": without,
    "lacking": lacking,
    "predicate": predicate,
    "noun": noun,
    "waived": waived,
    "means": means,
    "requires": requires,
    "purpose": purpose,
    "only_way": only_way,
    "terms": terms,
    "otherwise": otherwise,
    "alternative": alternative,
    "thereafter": thereafter,
    "in_return": in_return,
    "counted": counted,
    "bargain": bargain,
    "any_subject": whoever,
    "rule_case": where,
    "if_so": if_so,
    "order_and": order,
}
_LEFT_OUT = {"in_return": given_back, "otherwise": if_so}
_CONDITION_NOUNS = listed("conditions", "constructions", "condition_nouns")
_COURTESY = listed("conditions", "constructions", "courtesy")
_LONGEST = 300


def rules() -> Extractor[ConditionMatch]:
    """Make the extractor of conditions that goes by the lexicon's cues and a pattern for each kind of construction."""
    return find_conditions


def find_conditions(text: Text) -> list[ConditionMatch]:
    """Return the text's conditions in the order of their cues; forecasts are none, nor is what is denied.

    A sentence of more than 300 tokens is left alone: nothing that long has a usable parse.
    """
    tokens = text.tokens
    matches, terms = tokens.once(find_cues), tokens.once(term_lists)
    if not matches and not terms:
        return []
    context = context_of(tokens, text.attributions, text.entities)
    lists = list(listed_terms(context, terms))
    found: list[ConditionMatch] = [*lists]
    for match in matches:
        start, end = tokens.sentences[tokens.sentence[match.start]]
        if end - start > _LONGEST or disowned_clause(tokens, match.start, doubted=False) is not None:
            continue
        made = _read(context, match) or fragment(context, match, text.turns) or short_answer(context, match)
        if made is None or _overlaps(made) or _forecast(context, made):
            continue
        made = _less_saying(context, made)
        if _only_opens(context, made) or _is_courtesy(context, made):
            continue
        if not any(_same(made, other) for other in found[-3:]):
            found.append(made)
    return sorted(found, key=lambda each: each.cue[0][0]) if lists else found


def _read(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """Read a cue by its pattern; where that needs what is left out, by the sentence before."""
    made = _PATTERNS[match.cue.pattern](context, match)
    if made is not None or match.cue.pattern not in _LEFT_OUT:
        return made
    return _LEFT_OUT[match.cue.pattern](context, match)


def _is_courtesy(context: ConditionContext, made: ConditionMatch) -> bool:
    """As in "I should be grateful if you would have the letter circulated": a request."""
    tokens, head, verb = context.tokens, made.head, made.matrix
    subject = None if head is None else active_subject(tokens, head)
    if subject is None or verb is None or tokens.lower[subject] != "you":
        return False
    return any(tokens.lemma[t] in _COURTESY for t in (verb, *tokens.children[verb]))


def _only_opens(context: ConditionContext, made: ConditionMatch) -> bool:
    """As in "if he wants to stay, the condition is that ...", which names the condition itself after it."""
    tokens, verb = context.tokens, made.matrix
    if verb is None or tokens.lemma[verb] != "be" or made.antecedent > made.consequent:
        return False
    subject = active_subject(tokens, verb)
    named = subject is not None and tokens.lower[subject] in _CONDITION_NOUNS
    return named and tokens.has_child(verb, "ccomp")


def _overlaps(made: ConditionMatch) -> bool:
    """Tell whether the two halves run into each other: then the parse misled the rule."""
    return any(a < d and c < b for a, b in made.antecedent for c, d in made.consequent)


def _less_saying(context: ConditionContext, made: ConditionMatch) -> ConditionMatch:
    """As in "said on Thursday it would sign only if ...", "Made clear: no deal unless ...": less how it was said."""
    owner = context.owner[made.cue[0][0]]
    if owner < 0 or not made.consequent:
        return made
    start = context.attributions[owner].content[0][0]
    (first, last), *others = made.consequent
    tokens = context.tokens
    day = range(first, min(start, last))
    cue = {i for a, b in context.attributions[owner].cue for i in range(a, b)}
    dated = bool(day) and all(
        i in cue or tokens.entity[i] in ("DATE", "TIME") or tokens.pos[i] in ("ADP", "PUNCT") for i in day
    )
    return replace(made, consequent=((start, last), *others)) if dated and start < last else made


def _forecast(context: ConditionContext, made: ConditionMatch) -> bool:
    """Tell what somebody foretells from what a party makes hang on something.

    "Diplomats fear that ... if ..." foretells; so does whatever hangs on who wins or falls.
    """
    if made.kind is not ConditionKind.SUFFICIENT or made.head is None:
        return False
    tokens = context.tokens
    measured = any(tokens.lower[c] in words("measures") for c in tokens.children[made.head])
    if tokens.lemma[made.head] in words("fortunes") and not measured:
        return True
    statement = context.statement(made)
    if statement is None:
        return False
    cue = context.attributions[statement].cue_head
    return tokens.lemma[cue] in words("foretelling")


def _same(made: ConditionMatch, other: ConditionMatch) -> bool:
    return made.antecedent == other.antecedent and made.consequent == other.consequent
