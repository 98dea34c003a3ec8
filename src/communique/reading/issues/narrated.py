"""Stances that a report tells in its own words: "Egypt opposes the filling", "parliament threw out the treaty".

A statement is found where words are told. Where the reporter tells what a party wants, signs or turns down, nobody is
quoted, and yet it is the party's stance. Such a clause (see `telling`) becomes a statement of the party's will where it
names one of the report's issues. What stands inside somebody's words is left to these.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from communique.model import Act, ActorKind, Condition, Issue, Manner, Mode, Span
from communique.reading.acts.classifier import find_acts
from communique.reading.acts.content import reserves_a_right
from communique.reading.annotations import Attribution, ResolvedSource
from communique.reading.conditions.ownership import owner_of_will
from communique.reading.constructions import Construction
from communique.reading.grammar.negation import holds_denial, is_denied_with_subject
from communique.reading.grammar.subjects import is_nominal_subject
from communique.reading.issues.issue_pronouns import pronouns_outside
from communique.reading.issues.stance_clauses import Telling, joined, of_nobody, tellings, told_words
from communique.reading.protocols import Text
from communique.reading.tokens import Tokens, TokenSpan

CONFIDENCE = 0.5
"""How sure a stance is that nobody is quoted for."""

_STATES = frozenset((ActorKind.STATE, ActorKind.TERRITORY, ActorKind.BODY))
_NO_PARTY = frozenset((ActorKind.OUTLET, ActorKind.UNNAMED))


@dataclass(frozen=True, slots=True)
class Narrated:
    """A stance that the report tells, as an attribution with whose it is, its act and the issues that it is on."""

    attribution: Attribution
    source: ResolvedSource
    act: Act
    about: tuple[str, ...]


def narrated(text: Text, issues: Sequence[Issue], tied: Sequence[Condition] = ()) -> list[Narrated]:
    """Return the stances that a text tells outside everybody's words, in text order.

    ``tied`` are the conditions that it states: where a party sets terms for a thing, they are its stance on it, and the
    same words ("its terms for reopening the border") are no other one.
    """
    told = told_words(text)
    kinds = {actor.id: actor.kind for actor in text.entities.actors}
    found: dict[tuple[int, int, TokenSpan], tuple[Telling, list[str]]] = {}
    named = [(issue.id, place) for issue in issues for place in issue.mentions]
    nameless = {text.attributions[at].cue_head for at in of_nobody(text)}
    for issue, place in (*named, *pronouns_outside(text, issues, told)):
        for party in (each for one in tellings(text, place, told) for each in joined(text, one)):
            # Of whom no state is known, what he says is his alone, and is told already.
            if kinds.get(party.speaker) not in _NO_PARTY and party.head not in nameless:
                found.setdefault((party.head, party.subject, party.content), (party, []))[1].append(issue)
    return [
        _made(text, one, tuple(dict.fromkeys(about)))
        for _, (one, about) in sorted(found.items())
        if not any(_sets_terms(text.tokens, one, condition) for condition in tied)
    ]


def _sets_terms(tokens: Tokens, one: Telling, condition: Condition) -> bool:
    """Whether a telling is of what its party hangs on a condition."""
    first, last = tokens.start[one.content[0]], tokens.end[one.content[1] - 1]
    return condition.holder == one.speaker and any(first < s.end and s.start < last for s in condition.consequent)


def narrated_conditions(text: Text, conditions: Sequence[Condition], issues: Sequence[Issue]) -> dict[int, Narrated]:
    """Return, by their number, the conditions that the report itself states as a party's on one of its issues.

    "Belgrade would come to the dialogue as long as the plates were on the agenda" hangs a party's will on something,
    also where nobody is quoted, or somebody nameless who belongs to nobody. The stance is on what hangs on it, and on
    what is asked for.
    """
    tokens = text.tokens
    kinds = {actor.id: actor.kind for actor in text.entities.actors}
    nameless = of_nobody(text)
    found = {}
    for at, condition in enumerate(conditions):
        sides = (*condition.consequent, *condition.antecedent)
        holder = condition.holder
        if condition.statement and int(condition.statement[1:]) in nameless:
            holder = _whose_will(text, condition, kinds)
        elif condition.statement:
            continue
        if holder is None or not (condition.consequent and condition.antecedent):
            continue
        if kinds.get(holder) in (*_NO_PARTY, None):
            continue
        about = [i.id for i in issues if any(_meets(place, side) for place in i.mentions for side in sides)]
        pieces = tuple(sorted(filter(None, (_tokens(tokens, side) for side in sides))))
        cue = tuple(filter(None, (_tokens(tokens, span) for span in condition.cue)))
        if not about or not cue or not pieces:
            continue
        attribution = Attribution(
            source=(),
            cue=cue,
            content=pieces,
            source_head=None,
            cue_head=cue[0][0],
            clause=None,
            construction=Construction.HEARSAY,
            rule="narrated-condition",
            manner=Manner.INDIRECT,
            mode=Mode.INTENDED,
            confidence=CONFIDENCE,
        )
        hanging = tuple(filter(None, (_tokens(tokens, span) for span in condition.consequent)))
        act = Act.REFUSE if holds_denial(tokens, hanging) else Act.OFFER
        if any(reserves_a_right(tokens, t) for start, end in hanging for t in range(start, end)):
            act = Act.THREATEN
        found[at] = Narrated(attribution, ResolvedSource(holder), act, tuple(about))
    return found


def _whose_will(text: Text, condition: Condition, kinds: Mapping[str, ActorKind]) -> str | None:
    """The party that does, or lets be, what hangs on a condition: the subject of it."""
    tokens = text.tokens
    pieces = list(filter(None, (_tokens(tokens, span) for span in condition.consequent)))
    for piece in pieces:
        for t in range(*piece):
            party = text.entities.actor_of.get(t)
            if is_nominal_subject(tokens, t):
                return party if kinds.get(party or "") in _STATES else None
    owner = owner_of_will(tokens, text.entities, pieces)
    return owner if kinds.get(owner or "") in _STATES else None


def _meets(place: Span, side: Span) -> bool:
    return side.start <= place.start and place.end <= side.end


def _tokens(tokens: Tokens, span: Span) -> TokenSpan | None:
    first, last = bisect_left(tokens.start, span.start), bisect_left(tokens.start, span.end)
    return (first, last) if first < last else None


def _made(text: Text, one: Telling, about: tuple[str, ...]) -> Narrated:
    tokens = text.tokens
    source = tokens.subtree(one.subject)
    attribution = Attribution(
        source=(source if source[1] <= one.head else (one.subject, one.subject + 1),),
        cue=one.cue,
        content=(one.content,),
        source_head=one.subject,
        cue_head=one.head,
        clause=None,
        construction=Construction.OBJECT,
        rule="narrated-stance",
        manner=Manner.INDIRECT,
        mode=Mode.INTENDED,
        confidence=CONFIDENCE,
        negated=is_denied_with_subject(tokens, one.head),
    )
    (told,) = find_acts(replace(text, attributions=(attribution,), sources=(), acts=()))
    act = Act.REFUSE if one.against and told.act is Act.ASSERT else told.act
    return Narrated(attribution, ResolvedSource(one.speaker), act, about)
