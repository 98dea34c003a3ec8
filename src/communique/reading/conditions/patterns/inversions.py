"""Conditions told by the order of words or steps: "should Japan ...", "first X, then Y"."""

from __future__ import annotations

from communique.lexicon import listed
from communique.reading.conditions.context import ConditionContext, ConditionMatch
from communique.reading.conditions.cues import CueMatch
from communique.reading.conditions.patterns.steps import opening as step_opening
from communique.reading.conditions.spans import (
    antecedent_end,
    clause_after,
    clause_before,
    comma_split,
    matrix_of,
    opens_clause,
)
from communique.reading.grammar.auxiliaries import has_passive_auxiliary, is_auxiliary, is_modal
from communique.reading.grammar.labels import MODAL, PAST_TENSE, PRESENT_TENSE, THIRD_PERSON
from communique.reading.grammar.subjects import has_subject, nominal_subject
from communique.reading.grammar.token_ranges import bounds, trim_clause
from communique.reading.grammar.verbs import VERBAL, outlook
from communique.reading.tokens import Tokens

_BETWEEN_INVERTED = listed("conditions", "constructions", "between_inverted")
_BEFORE_INVERTED = listed("conditions", "constructions", "before_inverted")

_REACH = 60
_DUTIES = listed("conditions", "constructions", "duties")
_WH = frozenset(("WP", "WRB", "WDT", "WP$"))
_FOLLOWING = listed("conditions", "constructions", "following")
_PAIR = 10
_NEXT = (["only", "then"],)

_VERB_REACH = 25
"""Words after "should" or "were" within which the verb stands."""
_LONGEST_INVERSION = 12
"""Words of a short condition: to its comma, or to its verb at the end of a sentence."""
_TO_REACH = 10
"""Words after "were" within which "to" and the verb stand."""


def inverted(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "Should Japan change course, ...", "Were Minsk to free the dissidents, ..."."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    if tokens.lower[last - 1] == "?" or match.end >= last:
        return None
    if tokens.pos[match.end] in VERBAL or tokens.lower[match.end] in _BETWEEN_INVERTED:
        return None
    if not _leads(tokens, match, first, last):
        return _inverted_last(context, match, last)
    found = _inverted_clause(context, match, first, last)
    if found is None:
        return None
    head, end, matrix = found
    matrix = matrix_of(context, matrix, match.start, end)
    antecedent = trim_clause(tokens, (match.end, end))
    consequent = clause_after(context, matrix, end, last, match.start)
    if antecedent is None or not consequent or outlook(tokens, matrix) in ("past", "unreal"):
        return None
    return ConditionMatch(
        match.cue.kind, ((match.start, match.end),), (antecedent,), consequent, head, matrix, match.cue.reliability
    )


def _leads(tokens: Tokens, match: CueMatch, first: int, last: int) -> bool:
    """Tell whether an inverted clause comes first: it opens one, and after a comma another comma closes it."""
    closing = next((tokens.lower[t] for t in range(match.end, last) if tokens.pos[t] == "PUNCT"), ".")
    late = match.start > first and tokens.lower[match.start - 1] == "," and closing != ","
    return not late and opens_clause(tokens, match.start, first)


def _inverted_clause(context: ConditionContext, match: CueMatch, first: int, last: int) -> tuple[int, int, int] | None:
    """Return the verb of an inverted clause, the comma that ends it and the main verb after that."""
    tokens = context.tokens
    head = _verb_after_subject(tokens, match, last)
    split = comma_split(context, match.start, last)
    if head is None and match.start == first and tokens.lower[first] == "should":
        split = split or _split_at_noun(tokens, match, last)
        head = None if split is None else split[0] - 1
    if head is None or split is None:
        return None
    return head, split[0], split[1]


def _verb_after_subject(tokens: Tokens, match: CueMatch, last: int) -> int | None:
    """Return the infinitive of "should Japan change" or of "were Minsk to free"."""
    begin, should = match.end, tokens.lower[match.start] == "should"
    subject = False
    for t in range(begin, min(last, begin + _VERB_REACH)):
        if tokens.lower[t] in (",", "?", ";"):
            break
        if tokens.pos[t] in ("NOUN", "PROPN", "PRON"):
            subject = True
        elif subject and tokens.tag[t] in ("VB", PRESENT_TENSE) and (should or tokens.lower[t - 1] == "to"):
            up = tokens.head[t]
            return up if is_auxiliary(tokens, t) and t < up < last else t
        elif tokens.tag[t] in (PAST_TENSE, THIRD_PERSON, MODAL):
            break
    up = tokens.head[match.start]
    return up if should and begin < up < last else None


def _split_at_noun(tokens: Tokens, match: CueMatch, last: int) -> tuple[int, int] | None:
    """As in "Should talks collapse, ...", where the tagger took the verb for a noun: its comma and the main verb."""
    comma = next(
        (t for t in range(match.end + 2, min(last, match.end + _LONGEST_INVERSION)) if tokens.lower[t] == ","), None
    )
    matrix = tokens.head[tokens.head[match.start]]
    return (comma, matrix) if comma is not None and matrix > comma else None


def _inverted_last(context: ConditionContext, match: CueMatch, last: int) -> ConditionMatch | None:
    """As in "Berlin will retaliate should Washington impose tariffs", "talks could start were both to agree"."""
    tokens = context.tokens
    before = match.start - 1
    head = tokens.head[match.start]
    if tokens.lower[match.start] == "were":
        head = _to_verb(tokens, match.end, last)
    passive = tokens.tag[head] == "VBN" and has_passive_auxiliary(tokens, head)
    if not match.end < head < min(last, match.end + _LONGEST_INVERSION) or not (
        tokens.tag[head] in ("VB", PRESENT_TENSE) or passive
    ):
        return None
    if tokens.lower[before] != "," and (
        tokens.pos[before] not in ("NOUN", "PROPN", "VERB", "ADV", "ADJ", "NUM") or tokens.tag[before] in _WH
    ):
        return None
    subject = nominal_subject(tokens, head)
    if tokens.lower[match.start] == "were":
        subject = next((t for t in range(match.end, head) if tokens.pos[t] in ("NOUN", "PROPN", "PRON")), None)
    if subject is None or subject < match.end or tokens.lower[match.end] in _BEFORE_INVERTED:
        return None
    matrix = clause_before(context, match.start if tokens.lower[match.start] == "were" else head, match.start)
    if matrix is None or outlook(tokens, matrix) in ("past", "unreal"):
        return None
    antecedent = trim_clause(tokens, (match.end, antecedent_end(context, head, last, match.start)))
    consequent = clause_after(context, matrix, None, match.start, match.start)
    if antecedent is None or not consequent:
        return None
    return ConditionMatch(
        match.cue.kind, ((match.start, match.end),), (antecedent,), consequent, head, matrix, match.cue.reliability
    )


def _to_verb(tokens: Tokens, begin: int, last: int) -> int:
    """Return the verb of "both capitals to lower"; ``begin`` where there is none near."""
    for t in range(begin + 1, min(last - 1, begin + _TO_REACH)):
        if tokens.pos[t] in VERBAL or tokens.pos[t] == "PUNCT":
            return begin
        if tokens.lower[t] == "to":
            verb = t + 1 + (tokens.pos[t + 1] == "ADV")
            return verb if verb < last and tokens.tag[verb] == "VB" else begin
    return begin


def sequence(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "First X, then Y", "X must happen first. Then Y will": the second step waits for the first."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    bare = _bare_sequence(context, match, last)
    if bare is not None:
        return bare
    if not any(tokens.lower[t] in _DUTIES for t in range(first, last)):
        return None
    opening = opens_clause(tokens, match.start, first)
    begin, stop = (match.end, last) if opening else (_after_mark(tokens, first, match.start), match.start)
    then = _then(tokens, match.end, last) or _following(tokens, match.end, last)
    if then is None and (made := step_opening(context, match)) is not None:
        return made
    if then is None:
        then = _opens_next(tokens, last)
        if then is None:
            return None
        _, last = bounds(tokens, then)
    elif opening:
        stop = then - 1 if tokens.lower[then - 1] != "only" else then - 2
    antecedent = trim_clause(tokens, (begin, stop))
    if antecedent is None or tokens.tag[antecedent[0]] in _WH:
        return None
    if not any(is_modal(tokens, t) or tokens.lower[t] in _DUTIES for t in range(then, last)):
        return None
    matrix = tokens.head[then] if then < tokens.head[then] < last else _first_verb(tokens, then + 1, last)
    head = _first_verb(tokens, *antecedent)
    if matrix is None or head is None or not has_subject(tokens, matrix):
        return None
    consequent = clause_after(context, matrix, then + 1, last, match.start)
    if not consequent:
        return None
    cue = ((match.start, match.end), (then, then + 1))
    return ConditionMatch(match.cue.kind, cue, (antecedent,), consequent, head, matrix, match.cue.reliability)


def _opens_next(tokens: Tokens, last: int) -> int | None:
    """Return the "then" with which the sentence after token ``last`` opens, "only" before it or not."""
    then = last
    while then < tokens.n and tokens.pos[then] in ("PUNCT", "SPACE"):
        then += 1
    if then >= tokens.n or tokens.lower[then : then + 2] not in _NEXT and tokens.lower[then] != "then":
        return None
    return then + (tokens.lower[then] == "only")


def _bare_sequence(context: ConditionContext, match: CueMatch, last: int) -> ConditionMatch | None:
    """As in "First the arrears, then the oil": two things without a verb, one for the other."""
    tokens = context.tokens
    before = match.start - 1
    if before >= 0 and tokens.pos[before] not in ("PUNCT", "SPACE"):
        return None
    then = next((t for t in range(match.end + 1, min(last, match.end + _PAIR)) if tokens.lower[t] == "then"), None)
    if then is None:
        return None
    end = next((t for t in range(then + 1, last) if tokens.pos[t] == "PUNCT"), last)
    verbal = any(tokens.pos[t] in VERBAL for t in (*range(match.end, then), *range(then + 1, end)))
    if verbal or end - then > _PAIR or context.owner[match.start] < 0:
        return None
    antecedent, consequent = trim_clause(tokens, (match.end, then)), trim_clause(tokens, (then + 1, end))
    if antecedent is None or consequent is None:
        return None
    cue = ((match.start, match.end), (then, then + 1))
    heads = antecedent[1] - 1, consequent[1] - 1
    return ConditionMatch(match.cue.kind, cue, (antecedent,), (consequent,), *heads, match.cue.reliability)


def _after_mark(tokens: Tokens, first: int, stop: int) -> int:
    """Return where the clause before "first" begins: after the last colon or semicolon."""
    return next((t + 1 for t in range(stop - 1, first, -1) if tokens.lower[t] in (":", ";")), first)


def _following(tokens: Tokens, begin: int, last: int) -> int | None:
    """Return the "and" of "the border had to come first, and the deposit could follow"."""
    for t in range(begin, min(last, begin + 3)):
        if tokens.lower[t] == "and":
            verb = _first_verb(tokens, t + 1, last)
            return t if verb is not None and tokens.lemma[verb] in _FOLLOWING else None
    return None


def _then(tokens: Tokens, begin: int, last: int) -> int | None:
    """Return the "then" that answers a "first" in its own sentence."""
    for t in range(begin + 1, min(last, begin + _REACH)):
        if tokens.lower[t] == "then" and tokens.lower[t - 1] in (",", "and", "only", ";", "\u2014", "-"):
            return t
    return None


def _first_verb(tokens: Tokens, begin: int, last: int) -> int | None:
    verbs = [t for t in range(begin, last) if tokens.pos[t] in VERBAL]
    # "Under the text put forward by Oslo, Peru would pay first": what is put forward is no step.
    verb = next((t for t in verbs if tokens.dep[t] != "acl" or tokens.tag[t] != "VBN"), verbs[0] if verbs else None)
    if verb is not None and is_auxiliary(tokens, verb) and begin <= tokens.head[verb] < last:
        return tokens.head[verb]
    return verb
