"""Conditions that name what it takes: "only through Y", "X requires Y", "for X to Y, Z must", "the only way is"."""

from __future__ import annotations

from communique.lexicon import endings, listed, phrases
from communique.model import ConditionKind
from communique.reading.conditions.context import ConditionContext, ConditionMatch, says_no
from communique.reading.conditions.cues import CueMatch, words
from communique.reading.conditions.patterns.needs import takes
from communique.reading.conditions.patterns.phrases import phrase_end, said_before
from communique.reading.conditions.spans import antecedent_end, clause_after, clause_before, comma_split, opens_clause
from communique.reading.grammar.auxiliaries import has_modal_of_its_own, has_passive_auxiliary, is_modal, is_past_form
from communique.reading.grammar.labels import (
    ACTIVE_SUBJECT,
    CLAUSAL_SUBJECT,
    MODAL,
    PASSIVE_AUXILIARY,
    PAST_TENSE,
    PRESENT_TENSE,
    THIRD_PERSON,
)
from communique.reading.grammar.negation import is_denied
from communique.reading.grammar.subjects import is_nominal_subject
from communique.reading.grammar.token_ranges import bounds, cut, trim_clause
from communique.reading.grammar.verbs import VERBAL, obliges, outlook
from communique.reading.tokens import Tokens, TokenSpan

_TERMS_PREPOSITIONS = listed("conditions", "constructions", "terms_prepositions")
_BACK_REFERENCES = listed("closed_classes", "back_references")
_AFTER_ONLY_WAY = listed("conditions", "constructions", "after_only_way")
_AT_A_NOUN = listed("conditions", "constructions", "looking_at_a_noun")
_AT_A_CLAUSE = listed("conditions", "constructions", "looking_at_a_clause")
_WAY_IS = listed("conditions", "constructions", "way_is")
_BEFORE_MEANS = listed("conditions", "constructions", "before_means")
_BY_MEANS = listed("conditions", "constructions", "by_means")
_POSSIBLE = listed("conditions", "constructions", "possible")
_WAY_VERBS = listed("conditions", "constructions", "way_verbs")
_TERMS_VERBS = listed("conditions", "constructions", "terms_verbs")

_BY = listed("conditions", "constructions", "means_prepositions")
_WITHIN = phrases("conditions", "constructions", "within")
_BY_WHATEVER = phrases("conditions", "constructions", "by_whatever")
_ACTING = endings("conditions", "constructions", "act_endings")
_FREE = frozenset(("through", "via"))
_LOOK = 12
_NEAR = 8

_ONLY_REACH = 5
"""Words after "only" within which the verb stands that it restricts."""
_MEANS_REACH = 25
"""Words of a means, to the modal or the copula after it."""
_CLEFT_REACH = 30
"""Words of a means to the "that" of "it is only by ... that"."""
_MODAL_REACH = 20
"""Words after "that", or after "for", to the verb of what is made possible."""


def means(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "X can be settled only through Y", "can only be settled by doing Y", "only with Y will X"."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    prep = _means_at(tokens, match, last)
    if prep is None or (match.start > first and tokens.lower[match.start - 1] in _BEFORE_MEANS):
        return None
    inner = phrase_end(context, prep + 1, last, match.start)
    if inner is None:
        return None
    head, _ = inner
    noun = tokens.child(prep, "pobj", "pcomp") or head
    if not _is_means(tokens, noun, prep):
        return None
    if opens_clause(tokens, match.start, first):
        return _means_first(context, match, prep, noun, last)
    if tokens.lower[match.start - 1] in listed("closed_classes", "is") and tokens.lower[match.start - 2] == "it":
        return _cleft(context, match, prep, noun, last)
    matrix = clause_before(context, prep, match.start)
    antecedent = trim_clause(tokens, (prep + 1, antecedent_end(context, noun, last, match.start)))
    if matrix is None or antecedent is None:
        return None
    cue: tuple[TokenSpan, ...] = ((match.start, prep + 1),)
    if prep > match.end + 2:
        cue = ((match.start, match.end), (prep, prep + 1))
    stop = prep if len(cue) > 1 else match.start
    consequent = clause_after(context, matrix, None, stop, match.start)
    if len(cue) > 1:
        consequent = tuple(part for piece in consequent for part in cut(tokens, piece, [cue[0]]))
    able = outlook(tokens, matrix) == "future" or any(
        tokens.lower[t] in _POSSIBLE for piece in consequent for t in range(*piece)
    )
    if not consequent or not able:
        return None
    return ConditionMatch(match.cue.kind, cue, (antecedent,), consequent, noun, matrix, match.cue.reliability)


def _means_at(tokens: Tokens, match: CueMatch, last: int) -> int | None:
    """Return the preposition that "only" restricts: beside it, or after the verb that it stands before."""
    for phrase in _WITHIN:
        if tokens.lower[match.end : match.end + len(phrase)] == list(phrase):
            return match.end + len(phrase) - 1
    if match.end < last and tokens.lower[match.end] in _BY:
        whole = tokens.lower[match.end : match.end + 3]
        return match.end + 2 * (tuple(whole) in _BY_WHATEVER)
    verb = tokens.head[match.start]
    if not match.end <= verb < min(last, match.end + _ONLY_REACH) or tokens.pos[verb] not in VERBAL:
        return None
    for t in range(verb + 1, min(last, verb + _NEAR)):
        if tokens.lower[t] in (",", ";", "and", "but"):
            return None
        if tokens.lower[t] in _BY_MEANS and tokens.head[t] == verb:
            return t
    return None


def _is_means(tokens: Tokens, noun: int, prep: int) -> bool:
    """Tell a step that somebody can take from an agent ("only by the president") or a tool."""
    if tokens.tag[noun] == "VBG":
        return tokens.lower[prep] not in _TERMS_PREPOSITIONS
    if tokens.entity[noun] in ("PERSON", "GPE", "DATE", "TIME", "CARDINAL", "MONEY"):
        return False
    if tokens.lower[prep] == "with" and any(is_past_form(tokens, c) and c > noun for c in tokens.children[noun]):
        return True
    if tokens.lower[prep] == "with" and _of_something(tokens, noun):
        return True
    known = words("outcomes") | words("acts") | words("own_acts") | words("means")
    return tokens.lemma[noun] in known or (
        tokens.lower[prep] in _FREE and tokens.lower[noun].endswith(("tion", "ment"))
    )


def _of_something(tokens: Tokens, noun: int) -> bool:
    """Tell an act by the end of its noun and its object: "only with the confirmation of equal rights"."""
    acts = tokens.pos[noun] == "NOUN" and tokens.lower[noun].endswith(_ACTING)
    return acts and any(tokens.lower[c] == "of" and c > noun for c in tokens.children[noun])


def _means_first(context: ConditionContext, match: CueMatch, prep: int, noun: int, last: int) -> ConditionMatch | None:
    tokens = context.tokens
    turn = next((t for t in range(noun + 1, min(last, noun + _MEANS_REACH)) if is_modal(tokens, t)), None)
    if turn is None or any(tokens.lower[t] == "," for t in range(noun, turn)):
        return None
    matrix = max(turn, tokens.head[turn])
    antecedent = trim_clause(tokens, (prep + 1, turn))
    consequent = clause_after(context, matrix, turn, last, match.start)
    if antecedent is None or not consequent:
        return None
    return ConditionMatch(
        match.cue.kind, ((match.start, prep + 1),), (antecedent,), consequent, noun, matrix, match.cue.reliability
    )


def _cleft(context: ConditionContext, match: CueMatch, prep: int, noun: int, last: int) -> ConditionMatch | None:
    """As in "It is only by doing Y that X can ..."."""
    tokens = context.tokens
    that = next((t for t in range(noun + 1, min(last, noun + _CLEFT_REACH)) if tokens.lower[t] == "that"), None)
    if that is None:
        return None
    modal = next((t for t in range(that + 1, min(last, that + _MODAL_REACH)) if is_modal(tokens, t)), None)
    antecedent = trim_clause(tokens, (prep + 1, that))
    if modal is None or antecedent is None:
        return None
    matrix = max(modal, tokens.head[modal])
    consequent = clause_after(context, matrix, that + 1, last, match.start)
    if not consequent:
        return None
    cue = ((match.start, prep + 1), (that, that + 1))
    return ConditionMatch(match.cue.kind, cue, (antecedent,), consequent, noun, matrix, match.cue.reliability)


def requires(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "Peace requires the departure of the mercenaries": what is negotiated asks for an act."""
    tokens = context.tokens
    verb = match.start
    first, last = bounds(tokens, verb)
    subject = tokens.child(verb, ACTIVE_SUBJECT, CLAUSAL_SUBJECT)
    if subject is None or not _requires_now(tokens, verb):
        return None
    if tokens.lower[subject] in _BACK_REFERENCES and verb - subject < 4:
        return _looks_back(context, match, subject, first, last)
    thing = tokens.child(verb, "dobj", "ccomp")
    if thing is None or not verb < thing < last:
        return None
    if not _is_negotiated(context, subject, verb) or not _is_step(tokens, thing, verb):
        return None
    antecedent = trim_clause(tokens, (match.end, antecedent_end(context, thing, last, verb)))
    consequent = trim_clause(tokens, (max(tokens.left[subject], first), tokens.right[subject] + 1))
    if antecedent is None or consequent is None or consequent[1] > verb:
        return None
    start = verb
    while start - 1 > consequent[1] - 1 and is_modal(tokens, start - 1):
        start -= 1
    cue = ((start, match.end),)
    return ConditionMatch(match.cue.kind, cue, (antecedent,), (consequent,), thing, subject, match.cue.reliability)


def _requires_now(tokens: Tokens, verb: int) -> bool:
    """Tell "requires" and "would require" from "required", "is required" and "does not require"."""
    if tokens.pos[verb] != "VERB" or tokens.tag[verb] not in ("VB", THIRD_PERSON, PRESENT_TENSE):
        return False
    return not (is_denied(tokens, verb) or has_passive_auxiliary(tokens, verb))


def _is_negotiated(context: ConditionContext, subject: int, verb: int) -> bool:
    """Tell what is negotiated from an actor who asks, and from a paper that only says what has to be done."""
    tokens = context.tokens
    if subject in context.entities.heads:
        return False
    anything = tokens.pos[subject] == "NOUN" and any(tokens.lower[c] == "any" for c in tokens.children[subject])
    if not anything and tokens.lemma[subject].lower() not in words("outcomes") | words("acts"):
        return False
    return tokens.lemma[subject] not in words("papers") or tokens.tag[verb] == "VB"


def _is_step(tokens: Tokens, thing: int, verb: int) -> bool:
    """Tell a step that can be taken from a virtue ("would require patience") and, without a modal, from any thing."""
    if tokens.pos[thing] in VERBAL:
        return True
    if has_modal_of_its_own(tokens, verb):
        return tokens.lemma[thing] not in words("virtues")
    return tokens.lemma[thing] in words("acts") | words("own_acts") | words("outcomes") | words("means")


def _looks_back(
    context: ConditionContext, match: CueMatch, subject: int, first: int, last: int
) -> ConditionMatch | None:
    """As in "A partition is possible, but it presupposes that ...", "That would require Japan to open the plant"."""
    tokens = context.tokens
    verb = match.start
    thing = tokens.child(verb, "dobj", "ccomp", "xcomp")
    begin = first
    index = context.owner[verb]
    if index >= 0 and first <= context.attributions[index].content[0][0] < verb:
        begin = context.attributions[index].content[0][0]
    before = next((t for t in range(begin, subject) if is_nominal_subject(tokens, t)), None)
    clause: tuple[TokenSpan, ...] = ()
    if tokens.lower[subject] in _AT_A_NOUN and before is not None and tokens.pos[before] == "NOUN":
        piece = trim_clause(tokens, (max(tokens.left[before], first), tokens.right[before] + 1))
        clause = () if piece is None else (piece,)
    elif tokens.lower[subject] in _AT_A_CLAUSE:
        earlier = said_before(context, first)
        clause = () if earlier is None else (earlier[0],)
    if thing is None or not verb < thing < last or not clause:
        return None
    antecedent = trim_clause(tokens, (match.end, antecedent_end(context, thing, last, verb)))
    if antecedent is None:
        return None
    return ConditionMatch(
        match.cue.kind, ((verb, match.end),), (antecedent,), clause, thing, clause[0][0], match.cue.reliability, 0.8
    )


def purpose(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "For talks to resume, Y must act" and "Y must act in order for talks to resume"."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    verb = _purpose_verb(tokens, match, last)
    if verb is None or is_past_form(tokens, tokens.head[match.start]) and match.end == match.start + 1:
        return None
    taken = takes(tokens, match.start, first)
    goal = antecedent_end(context, verb, last, match.start)
    if taken is not None:
        return _takes(context, match, taken, verb, goal)
    if opens_clause(tokens, match.start, first) and (tokens.lower[match.start - 1] != "," or match.start == first):
        comma = next((t for t in range(verb + 1, last) if tokens.lower[t] == ","), None)
        if comma is None:
            return None
        split = comma_split(context, verb, last)
        matrix = tokens.head[verb] if tokens.head[verb] > comma else None if split is None else split[1]
        if matrix is None or tokens.pos[matrix] not in VERBAL:
            return None
        earlier = clause_after(context, matrix, comma, last, match.start)
        goal = comma
    elif match.end > match.start + 1:
        matrix = clause_before(context, verb, match.start)
        if matrix is None:
            return None
        earlier = clause_after(context, matrix, None, match.start, match.start)
    else:
        return None
    later = trim_clause(tokens, (match.end, goal))
    if later is None or not earlier or not obliges(tokens, earlier, words("duties")) or says_no(tokens, earlier):
        return None
    return ConditionMatch(
        match.cue.kind, ((match.start, match.end),), earlier, (later,), matrix, verb, match.cue.reliability, 1.0, -1
    )


def _takes(context: ConditionContext, match: CueMatch, taken: int, verb: int, goal: int) -> ConditionMatch | None:
    """As in "It takes a pardon for Y to support the charter"."""
    tokens = context.tokens
    antecedent = trim_clause(tokens, (tokens.left[taken], match.start))
    later = trim_clause(tokens, (match.end, goal))
    if antecedent is None or later is None or any(tokens.lower[t] == "for" for t in range(match.end, verb)):
        return None
    cue = ((match.start, match.end),)
    return ConditionMatch(match.cue.kind, cue, (antecedent,), (later,), taken, verb, match.cue.reliability)


def _purpose_verb(tokens: Tokens, match: CueMatch, last: int) -> int | None:
    """Return the infinitive of "for talks to resume"; None where the phrase has none."""
    for t in range(match.end + 1, min(last, match.end + _LOOK)):
        if tokens.pos[t] == "PUNCT" or tokens.pos[t] == "VERB":
            return None
        if tokens.lower[t] == "to" and t + 1 < last:
            verb = t + 1
            if tokens.tag[verb] != "VB":
                return None
            return tokens.head[verb] if tokens.dep[verb] == PASSIVE_AUXILIARY and tokens.head[verb] > verb else verb
    return None


def only_way(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "The only way to end the war is to talk": what follows the copula is needed for what follows "to"."""
    tokens = context.tokens
    _, last = bounds(tokens, match.start)
    begin = match.end
    if begin >= last or tokens.lower[begin] not in _AFTER_ONLY_WAY:
        return None
    copula = next(
        (t for t in range(begin + 1, min(last, begin + _MEANS_REACH)) if tokens.lower[t] in _WAY_VERBS),
        None,
    )
    if copula is None or tokens.lower[copula + 1 : copula + 2] in (["not"], ["n't"]):
        return None
    start = copula + 1
    while start < last and tokens.lower[start] in _WAY_IS:
        start += 1
    inner = phrase_end(context, start, last, match.start)
    goal = trim_clause(tokens, (begin + (tokens.lower[begin] != "out"), copula))
    if inner is None or goal is None:
        return None
    antecedent = trim_clause(tokens, (start, inner[1]))
    if antecedent is None or is_past_form(tokens, inner[0]):
        return None
    cue = ((match.start, match.end), (copula, copula + 1))
    return ConditionMatch(
        ConditionKind.NECESSARY, cue, (antecedent,), (goal,), inner[0], goal[0], match.cue.reliability
    )


def terms(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "Conditions for X include Y" and "among the conditions set for X is Y"."""
    tokens = context.tokens
    _, last = bounds(tokens, match.start)
    target = next((t for t in range(match.end, min(last, match.end + _NEAR)) if tokens.lower[t] == "for"), None)
    if target is None or any(tokens.pos[t] == "PUNCT" for t in range(match.end, target)):
        return None
    verb = next(
        (t for t in range(target + 2, min(last, target + _MODAL_REACH)) if tokens.lower[t] in _TERMS_VERBS),
        None,
    )
    if verb is None:
        return None
    goal = trim_clause(tokens, (target + 1, verb))
    inner = phrase_end(context, verb + 1, last, match.start)
    if goal is None or inner is None or any(tokens.tag[t] in (PAST_TENSE, THIRD_PERSON, MODAL) for t in range(*goal)):
        return None
    head, end = inner
    if tokens.pos[head] not in ("NOUN", "PROPN") and tokens.tag[head] not in ("VBG", "VB"):
        return None
    antecedent = trim_clause(tokens, (verb + 1, end))
    if antecedent is None:
        return None
    return ConditionMatch(
        match.cue.kind, ((match.start, target + 1),), (antecedent,), (goal,), head, goal[0], match.cue.reliability, 0.9
    )
