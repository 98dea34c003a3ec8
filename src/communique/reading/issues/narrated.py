"""Stances that a report tells in its own words: "Egypt opposes the filling", "parliament threw out the treaty".

A statement is found where words are told. Where the reporter tells what a party wants, signs or turns down, nobody is
quoted, and yet it is the party's stance. Such a clause becomes a statement of the party's will where all of this holds:
its verb is one that governs stances (lexicon ``stances``), its subject an actor, its object or complement names one of
the report's issues, and it is told as a fact of the present: no question, supposition, possibility, nor a time that has
ended. What stands inside somebody's words is left to these.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from communique.lexicon import listed
from communique.model import Act, ActorKind, Condition, Issue, Manner, Mode, Span
from communique.reading.acts.classifier import find_acts
from communique.reading.acts.government import bygone, governed
from communique.reading.annotations import Attribution, ResolvedSource
from communique.reading.constructions import Construction
from communique.reading.grammar.negation import holds_denial, is_denied_with_subject
from communique.reading.grammar.verbs import is_possible
from communique.reading.protocols import Text
from communique.reading.tokens import Tokens, TokenSpan

_listed = partial(listed, "stances", "government")

CONFIDENCE = 0.5
"""How sure a stance is that nobody is quoted for."""

_OBJECTS = ("dobj", "obj", "nsubjpass")
_NOMINAL = ("NOUN", "PROPN")
_SUPPOSING = frozenset(("mark", "advcl"))
_MAIN = frozenset(("ROOT", "conj", "ccomp", "relcl"))
_NO_PARTY = frozenset((ActorKind.OUTLET, ActorKind.UNNAMED))
_IN = listed("closed_classes", "linking_prepositions")
_VERDICTS = ("favouring", "turning")


@dataclass(frozen=True, slots=True)
class Narrated:
    """A stance that the report tells, as an attribution with whose it is, its act and the issues that it is on."""

    attribution: Attribution
    source: ResolvedSource
    act: Act
    about: tuple[str, ...]


def narrated(text: Text, issues: Sequence[Issue]) -> list[Narrated]:
    """Return the stances that a text tells outside everybody's words, in text order."""
    tokens = text.tokens
    told = _told(text)
    cues = {item.cue_head for item in text.attributions}
    places = sorted((place.start, issue.id, place.end) for issue in issues for place in issue.mentions)
    starts = [start for start, _, _ in places]
    kinds = {actor.id: actor.kind for actor in text.entities.actors}
    found = []
    for verb in range(tokens.n):
        if tokens.pos[verb] != "VERB" or verb in cues or told[verb] or not _as_fact(tokens, verb):
            continue
        subject = _subject(tokens, verb)
        speaker = None if subject is None else text.entities.actor_of.get(subject)
        if subject is None or speaker is None or kinds.get(speaker) in _NO_PARTY or told[subject]:
            continue
        for key, piece in _complements(tokens, verb):
            verdict = next(
                (name for name in _VERDICTS if key in _listed(name) - _listed("deeds")),
                None,
            )
            first, last = tokens.span(piece)
            about = [
                places[k][1]
                for k in range(bisect_right(starts, first - 1), bisect_right(starts, last))
                if _reaches(tokens, piece, Span(starts[k], places[k][2]))
            ]
            if verdict and about:
                found.append(_made(text, verb, subject, speaker, piece, verdict, tuple(dict.fromkeys(about))))
                break
    return found


def narrated_conditions(text: Text, conditions: Sequence[Condition], issues: Sequence[Issue]) -> dict[int, Narrated]:
    """Return, by their number, the conditions that the report itself states as a party's on one of its issues.

    "Belgrade would come to the dialogue as long as the plates were on the agenda" hangs a party's will on something,
    also where nobody is quoted. The stance is on what hangs on it, and on what is asked for.
    """
    tokens = text.tokens
    kinds = {actor.id: actor.kind for actor in text.entities.actors}
    found = {}
    for at, condition in enumerate(conditions):
        sides = (*condition.consequent, *condition.antecedent)
        if condition.statement or condition.holder is None or not (condition.consequent and condition.antecedent):
            continue
        if kinds.get(condition.holder) in (*_NO_PARTY, None):
            continue
        about = [i.id for i in issues if any(_meets(place, side) for place in i.mentions for side in sides)]
        pieces = tuple(sorted(filter(None, (_tokens(tokens, side) for side in sides))))
        cue = tuple(filter(None, (_tokens(tokens, span) for span in condition.cue)))
        if not about or not cue or not pieces or any(tokens.pos[i] in _NOMINAL for i in range(*cue[0])):
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
        hanging = filter(None, (_tokens(tokens, span) for span in condition.consequent))
        act = Act.REFUSE if holds_denial(tokens, hanging) else Act.OFFER
        found[at] = Narrated(attribution, ResolvedSource(condition.holder), act, tuple(about))
    return found


def _meets(place: Span, side: Span) -> bool:
    return side.start <= place.start and place.end <= side.end


def _tokens(tokens: Tokens, span: Span) -> TokenSpan | None:
    first, last = bisect_left(tokens.start, span.start), bisect_left(tokens.start, span.end)
    return (first, last) if first < last else None


def _told(text: Text) -> list[bool]:
    """Tell for each token whether it stands in some content."""
    inside = [False] * (text.tokens.n + 1)
    for item in text.attributions:
        for start, end in item.content:
            inside[start:end] = [True] * (end - start)
    return inside


def _reaches(tokens: Tokens, piece: TokenSpan, place: Span) -> bool:
    """Whether the matter is what the verb governs, and nothing in the complement leaves open what is thought of it."""
    verdict = governed(tokens, place, (tokens.span(piece),), lambda i: False)
    top = verdict.top
    return top is not None and not verdict.void and not piece[0] <= tokens.head[top] < piece[1]


def _as_fact(tokens: Tokens, verb: int) -> bool:
    if tokens.dep[verb] not in _MAIN or is_possible(tokens, verb) or bygone(tokens, verb):
        return False
    if any(tokens.dep[c] in _SUPPOSING and tokens.dep[c] == "mark" for c in tokens.children[verb]):
        return False
    if any(tokens.lower[c] == "had" and tokens.dep[c] == "aux" for c in tokens.children[verb]) or _dated(tokens, verb):
        return False
    _, end = tokens.sentences[tokens.sentence[verb]]
    return (
        tokens.text[end - 1] != "?"
        and tokens.tag[verb] != "VBG"
        or any(tokens.dep[c] == "aux" for c in tokens.children[verb])
    )


def _dated(tokens: Tokens, verb: int) -> bool:
    """As in "in 1998 it fought the levy": told of another year."""
    if tokens.tag[verb] != "VBD":
        return False
    when = (c for c in tokens.children[verb] if tokens.dep[c] == "prep" and tokens.lower[c] in _IN)
    return any(len(tokens.text[d]) == 4 and tokens.text[d].isdigit() for c in when for d in tokens.children[c])


def _subject(tokens: Tokens, verb: int) -> int | None:
    """Who does it: the verb's own subject or that of the verb it is joined to, "by" whom in the passive."""
    if any(tokens.dep[c] == "auxpass" for c in tokens.children[verb]):
        by = tokens.child(verb, "agent")
        return None if by is None else tokens.child(by, "pobj")
    for _ in range(3):
        subject = tokens.child(verb, "nsubj")
        if subject is not None or tokens.dep[verb] != "conj":
            break
        verb = tokens.head[verb]
    if subject is not None and tokens.lower[subject] in listed("closed_classes", "relative_pronouns"):
        return tokens.head[verb] if tokens.dep[verb] == "relcl" else None
    return subject


def _complements(tokens: Tokens, verb: int) -> Iterator[tuple[str, TokenSpan]]:
    """Yield what a verb governs, each with the key under which the lexicon knows the verb with it."""
    particle = tokens.child(verb, "prt")
    own = tokens.lemma[verb] if particle is None else f"{tokens.lemma[verb]}_{tokens.lower[particle]}"
    done = tokens.child(verb, *_OBJECTS)
    for c in tokens.children[verb]:
        if tokens.dep[c] == "prep" and tokens.children[c]:
            inner = tokens.subtree(c)
            piece = (c + 1, inner[1])
            if done is not None:
                yield f"{own}_{tokens.lemma[done]}_{tokens.lower[c]}", piece
            yield f"{own}_{tokens.lower[c]}", piece if done is None else tokens.subtree(done)
    if done is not None:
        for c in tokens.children[done]:
            if tokens.dep[c] == "prep" and c > verb:
                yield f"{own}_{tokens.lemma[done]}_{tokens.lower[c]}", (c + 1, tokens.subtree(c)[1])
        yield own, tokens.subtree(done)
    clause = tokens.child(verb, "xcomp")
    if clause is not None:
        yield own, tokens.subtree(clause)


def _made(
    text: Text, verb: int, subject: int, speaker: str, piece: TokenSpan, verdict: str, about: tuple[str, ...]
) -> Narrated:
    tokens = text.tokens
    refused = (verdict == "turning") != (is_denied_with_subject(tokens, verb))
    cue = tuple(
        (i, i + 1)
        for i in sorted([verb, *(c for c in tokens.children[verb] if tokens.dep[c] in ("aux", "neg", "prt"))])
        if not piece[0] <= i < piece[1]
    )
    attribution = Attribution(
        source=(tokens.subtree(subject) if tokens.subtree(subject)[1] <= verb else (subject, subject + 1),),
        cue=cue,
        content=(piece,),
        source_head=subject,
        cue_head=verb,
        clause=None,
        construction=Construction.OBJECT,
        rule="narrated-stance",
        manner=Manner.INDIRECT,
        mode=Mode.INTENDED,
        confidence=CONFIDENCE,
        negated=is_denied_with_subject(tokens, verb),
    )
    (told,) = find_acts(replace(text, attributions=(attribution,), sources=(), acts=()))
    act = Act.REFUSE if refused and told.act is Act.ASSERT else told.act
    return Narrated(attribution, ResolvedSource(speaker), act, about)
