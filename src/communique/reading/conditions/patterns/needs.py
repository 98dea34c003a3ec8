"""What it takes: "if X wants Z, it must do Y" makes Y necessary for Z; "wants Y from X before it will ..."."""

from __future__ import annotations

from dataclasses import replace

from communique.lexicon import listed
from communique.model import ConditionKind
from communique.reading.conditions.context import ConditionContext, ConditionMatch, says_no
from communique.reading.conditions.cues import words
from communique.reading.grammar.auxiliaries import is_past_tense
from communique.reading.grammar.labels import ACTIVE_SUBJECT, AUXILIARY, EXPLETIVE, SUBJECTS
from communique.reading.grammar.subjects import has_subject, is_passive_subject
from communique.reading.grammar.token_ranges import trim_clause
from communique.reading.grammar.verbs import VERBAL, auxiliaries, obliges
from communique.reading.tokens import Tokens, TokenSpan

_WISHING = listed("conditions", "needs", "wishing")
_OBTAINING = listed("conditions", "needs", "obtaining")
_NEEDFUL = listed("conditions", "needs", "needful")
_SINCERELY = listed("conditions", "needs", "sincerely")
_STANDING_IN = listed("closed_classes", "standing_in")
_NEAR = 4
_FAR = 20
_GIVEN = listed("conditions", "constructions", "given_nouns")


def needed_for(context: ConditionContext, made: ConditionMatch) -> ConditionMatch | None:
    """Turn "X must do Y if it wants Z" round: what must be done is needed for what is wanted."""
    tokens, head, matrix = context.tokens, made.head, made.matrix
    if made.kind is not ConditionKind.SUFFICIENT or head is None or matrix is None or not made.antecedent:
        return None
    goal = _goal(tokens, head, made.antecedent)
    if goal is None or not _binds(context, made) or says_no(tokens, made.consequent):
        return None
    subject, own = _subject(tokens, head), _subject(tokens, matrix)
    wishes = tokens.lemma[head] in _WISHING
    if wishes and any(tokens.lower[c] in _SINCERELY for c in tokens.children[head]):
        return None  # "if it truly wants peace" puts the wish itself to the test
    if wishes and not _same(context, subject, own):
        return None
    aim = trim_clause(tokens, (goal, made.antecedent[-1][1]))
    if aim is None:
        return None
    return replace(
        made, kind=ConditionKind.NECESSARY, antecedent=made.consequent, consequent=(aim,), head=matrix, matrix=head
    )


def _goal(tokens: Tokens, head: int, pieces: tuple[TokenSpan, ...]) -> int | None:
    """Return where what is wanted begins: after "wants", or in "if talks are to resume", "if there is to be peace"."""
    first, last = pieces[0][0], pieces[-1][1]
    if tokens.lemma[head] in _WISHING and first <= head < last - 1:
        return head + 1
    for t in range(first + 1, min(head + 1, last - 1)):
        if tokens.lemma[t] == "be" and tokens.lower[t + 1] == "to" and tokens.pos[t] in VERBAL:
            be = tokens.lower[first] == "there" and tokens.lower[t + 2 : t + 3] == ["be"]
            return t + 3 if be else t + 2 if tokens.lower[first] == "there" else first
    return None


def _binds(context: ConditionContext, made: ConditionMatch) -> bool:
    """Tell whether a clause says what has to be done: by a duty, or by a word for what is needed."""
    tokens = context.tokens
    needful = any(tokens.lower[t] in _NEEDFUL for start, end in made.consequent for t in range(start, end))
    return needful or obliges(tokens, made.consequent, words("duties"))


def _subject(tokens: Tokens, verb: int) -> int | None:
    for _ in range(_NEAR):
        subject = tokens.child(verb, *SUBJECTS)
        if subject is not None:
            return subject
        if tokens.dep[verb] not in ("xcomp", "conj", AUXILIARY) or tokens.head[verb] == verb:
            return None
        verb = tokens.head[verb]
    return None


def _same(context: ConditionContext, one: int | None, other: int | None) -> bool:
    """Tell whether he who wants it is he who must act: a pronoun, the same name, or nobody (a passive)."""
    tokens, actor_of = context.tokens, context.entities.actor_of
    if one is None or other is None:
        return other is None or is_passive_subject(tokens, other)
    if is_passive_subject(tokens, other) and other not in actor_of:
        return True
    if one in actor_of and other in actor_of:
        return actor_of[one] == actor_of[other]
    lows = {tokens.lower[one], tokens.lower[other]}
    return len(lows) == 1 or bool(lows & _STANDING_IN)


def wanted_thing(tokens: Tokens, asks: int, stop: int) -> int | None:
    """Return the thing of "wants to see steps from X" and "wants guarantees from X"."""
    inner = tokens.child(asks, "xcomp")
    verb = asks
    if inner is not None and tokens.lemma[inner] in _OBTAINING and not tokens.has_child(inner, *SUBJECTS):
        verb = inner
    elif inner is not None:
        return None
    thing = tokens.child(verb, "dobj")
    if thing is None or not verb < thing < stop or any(is_past_tense(tokens, c) for c in auxiliaries(tokens, verb)):
        return None
    somebodys = any(tokens.lower[t] in ("from", "by") for t in range(thing, stop))
    if verb == asks and not somebodys and tokens.lemma[thing].lower() not in words("acts") | _GIVEN:
        return None
    return thing if tokens.pos[thing] in ("NOUN", "PROPN") and tokens.lemma[asks] in words("asks") else None


def takes(tokens: Tokens, stop: int, first: int) -> int | None:
    """Return the thing of "it takes a pardon for ..." before a token; None where it takes time, money or virtues."""
    for verb in range(max(first, stop - _FAR), stop):
        if tokens.lemma[verb] != "take" or tokens.pos[verb] != "VERB":
            continue
        subject, thing = tokens.child(verb, ACTIVE_SUBJECT, EXPLETIVE), tokens.child(verb, "dobj")
        if subject is None or tokens.lower[subject] != "it" or thing is None or not verb < thing < stop:
            continue
        measured = tokens.entity[thing] in ("DATE", "TIME", "MONEY", "CARDINAL", "PERCENT")
        if not measured and tokens.lemma[thing] not in words("virtues"):
            return thing
    return None


def asked_of(tokens: Tokens, asks: int) -> int | None:
    """Return what somebody is asked to do: "leave" of "Sudan wants the herders to leave"; None where nobody is."""
    if tokens.lemma[asks] not in words("asks") or tokens.pos[asks] != "VERB":
        return None
    inner = tokens.child(asks, "ccomp", "xcomp")
    return inner if inner is not None and inner > asks and has_subject(tokens, inner) else None
