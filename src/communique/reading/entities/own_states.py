"""The state for which somebody speaks, by his own words: "China firmly opposes it. We urge ..."."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache

from communique.lexicon import listed, load
from communique.lexicon.cues import cues
from communique.lexicon.officeholders import terms_of
from communique.model import Actor, ActorKind, Span
from communique.reading.annotations import Document, Entities, Meeting, Part, Turn
from communique.reading.entities.whom_they_serve import with_officers_of
from communique.reading.grammar.auxiliaries import is_modal, is_present_tense
from communique.reading.grammar.labels import PASSIVE_AUXILIARY, THIRD_PERSON
from communique.reading.grammar.negation import has_negation, is_denied
from communique.reading.grammar.subjects import active_subject, has_active_subject, is_active_subject
from communique.reading.grammar.verbs import is_infinitive
from communique.reading.tokens import Tokens, TokenSpan

_IN_OFFICE = (ActorKind.PERSON, ActorKind.OFFICE)
_PEOPLE = (ActorKind.PERSON, ActorKind.OFFICE, ActorKind.UNNAMED)


@cache
def performative_verbs() -> frozenset[str]:
    """Return the lemmas of verbs that settle by themselves what a statement does."""
    verbs = load("acts")["verbs"]
    return frozenset(lemma.partition("_")[0] for lemmas in verbs.values() for lemma in lemmas.split())


def with_own_states(
    tokens: Tokens,
    entities: Entities,
    turns: tuple[Turn, ...],
    document: Document | None,
    issuer: str | None,
    meeting: Meeting | None,
) -> Entities:
    """Return the entities with the state of a transcript's speakers, or of a document's issuer, as they tell it."""
    spoken: dict[str, list[TokenSpan]] = {}
    for turn in turns:
        if turn.part in (Part.SPEAKER, Part.ANSWER):
            at, end = _range(tokens, turn.label)
            speaker = next((entities.actor_of[i] for i in range(at, end) if i in entities.actor_of), None)
            if speaker is not None:
                spoken.setdefault(speaker, []).extend(_range(tokens, piece) for piece in turn.body)
    if meeting is not None:
        return _of_meeting(tokens, entities, meeting)
    if not turns and document is None:
        return _of_sayings(tokens, entities)
    if document is not None and issuer is not None:
        spoken[issuer] = [_range(tokens, document.body)]
    for speaker, words in spoken.items():
        entities = with_own_state(tokens, entities, speaker, words)
    return entities


def _of_meeting(tokens: Tokens, entities: Entities, meeting: Meeting) -> Entities:
    """As in "Hale made clear that Britain would lift it": whose will one tells at a meeting is one's own state."""
    known = {a.id: a for a in entities.actors}
    found: dict[str, set[str]] = {}
    for i in range(meeting.after, tokens.n):
        state = _state_of(tokens, entities, known, i)
        verb = tokens.head[i]
        wills = any(tokens.lower[c] in listed("issued_documents", "own_states", "wills") for c in tokens.children[verb])
        if state is None or tokens.dep[verb] != "ccomp" or not wills:
            continue
        saying = tokens.head[verb]
        while tokens.dep[saying] == "conj" and not has_active_subject(tokens, saying):
            saying = tokens.head[saying]
        subject = active_subject(tokens, saying)
        if subject is not None and subject in entities.heads:
            found.setdefault(entities.heads[subject], set()).add(state)
    taken = {known[k].country for k in (*meeting.first, *meeting.second)}
    for speaker, states in found.items():
        actor, state = known[speaker], next(iter(states))
        plain = actor.kind in _PEOPLE and not actor.country and speaker in (*meeting.first, *meeting.second)
        if plain and len(states) == 1 and state.upper() not in taken:
            entities = _given(entities, actor, state)
    return entities


def _of_sayings(tokens: Tokens, entities: Entities) -> Entities:
    """As in "the undersecretary, Ann Lee, said Chile was willing to wait": an official tells the will of his own state.

    Only of one who holds an office and has no state, where all that he says so is of one.
    """
    known = {a.id: a for a in entities.actors}
    found: dict[str, set[str]] = {}
    for i in range(tokens.n):
        state = _state_of(tokens, entities, known, i)
        verb = tokens.head[i]
        saying = None if state is None else _saying(tokens, verb)
        if state is None or saying is None or not _tells_will(tokens, verb):
            continue
        subject = _sayer(tokens, saying)
        if subject is not None and subject in entities.heads and not is_denied(tokens, saying):
            found.setdefault(entities.heads[subject], set()).add(state)
    entities = with_officers_of(tokens, entities)
    known = {a.id: a for a in entities.actors}
    for speaker, states in found.items():
        actor = known.get(speaker)
        if actor is None or len(states) != 1 or actor.kind not in _IN_OFFICE or actor.country or actor.principal:
            continue
        title = (actor.role or actor.name).lower().split()
        if title and title[-1] in listed("issued_documents", "own_states", "officials") and not terms_of(actor.id):
            entities = _given(entities, actor, states.pop())
    return entities


def _saying(tokens: Tokens, verb: int) -> int | None:
    """The verb of saying that a clause hangs on, or that is set behind it: "Chile will wait, Prince Lee told them"."""
    if tokens.dep[verb] == "ccomp":
        return tokens.head[verb]
    if tokens.head[verb] != verb:
        return None
    for c in tokens.children[verb]:
        aside = tokens.dep[c] in ("conj", "parataxis", "ccomp") and c > verb and tokens.lemma[c] in cues().strong
        if aside and not any(tokens.dep[d] == "cc" and verb < d < c for d in tokens.children[verb]):
            return c
    return None


def _sayer(tokens: Tokens, saying: int) -> int | None:
    """Whose words they are: the subject, or the name before the verb that the parse takes for an apposition."""
    subject = active_subject(tokens, saying)
    if subject is None and saying and tokens.pos[saying - 1] == "PROPN" and tokens.dep[saying - 1] == "appos":
        return saying - 1
    return subject


def _tells_will(tokens: Tokens, verb: int) -> bool:
    """As in "is prepared to", "would not accept", "is weighing": what a state is ready for, weighs or will not do."""
    if tokens.lemma[verb] in listed("issued_documents", "own_states", "copulas"):
        what = tokens.child(verb, "acomp", "attr", "oprd")
        return what is not None and tokens.lower[what] in listed("issued_documents", "sentences", "ready")
    if tokens.lower[verb] in listed("issued_documents", "sentences", "ready") and tokens.has_child(
        verb, PASSIVE_AUXILIARY, "xcomp"
    ):
        return True
    if any(tokens.lower[c] in listed("issued_documents", "own_states", "wills") for c in tokens.children[verb]):
        return True
    if tokens.tag[verb] == THIRD_PERSON and tokens.lemma[verb] in listed("issued_documents", "own_states", "stands"):
        return True
    if tokens.tag[verb] == "VBG" and tokens.lemma[verb] in listed("stances", "government", "pondering"):
        return True
    able = any(tokens.lower[c] in listed("issued_documents", "own_states", "able") for c in tokens.children[verb])
    if able and tokens.lemma[verb] in listed("issued_documents", "own_states", "agreeing"):
        return True
    return has_negation(tokens, verb) and tokens.lemma[verb] in listed("issued_documents", "own_states", "not_done")


def _range(tokens: Tokens, span: Span) -> TokenSpan:
    return bisect_left(tokens.start, span.start), bisect_left(tokens.start, span.end)


def with_own_state(tokens: Tokens, entities: Entities, speaker: str | None, words: Iterable[TokenSpan]) -> Entities:
    """Return the entities with the state of a speaker whom nothing else gives one, by his own ``words``.

    It is the one state that these have do what only who speaks for it says in the present: oppose, urge, regret, be
    ready; where they say so of two states, or that the state must do something, it is not told.
    """
    known = {a.id: a for a in entities.actors}
    actor = known.get(speaker or "")
    if actor is None or actor.kind not in _PEOPLE or actor.country or actor.members or terms_of(actor.id):
        return entities
    own: set[str] = set()
    others: set[str] = set()
    for first, last in words:
        for i in range(first, last):
            state = _state_of(tokens, entities, known, i)
            if state is None:
                continue
            if _binds(tokens, tokens.head[i]):
                others.add(state)
            elif _speaks_for(tokens, tokens.head[i]):
                own.add(state)
    if len(own) != 1 or own & others:
        return entities
    return _given(entities, actor, own.pop())


def _given(entities: Entities, actor: Actor, state: str) -> Entities:
    made = dataclasses.replace(actor, country=state.upper(), principal=actor.principal or state)
    return dataclasses.replace(entities, actors=tuple(made if a.id == actor.id else a for a in entities.actors))


def _state_of(tokens: Tokens, entities: Entities, known: dict[str, Actor], i: int) -> str | None:
    """Return the state that is the subject of a verb at a token."""
    if not is_active_subject(tokens, i) or tokens.pos[tokens.head[i]] not in ("VERB", "AUX"):
        return None
    actor = known.get(entities.heads.get(i, ""))
    return actor.id if actor is not None and actor.kind is ActorKind.STATE and actor.country else None


def _binds(tokens: Tokens, verb: int) -> bool:
    binding = listed("issued_documents", "sentences", "binding")
    if (
        tokens.lemma[verb] == "have"
        and (bound := tokens.child(verb, "xcomp")) is not None
        and is_infinitive(tokens, bound)
    ):
        return True  # "will have to bear the consequences"
    return any(is_modal(tokens, c) and tokens.lower[c] in binding for c in tokens.children[verb])


def _speaks_for(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb in the present says what only its subject's own side says of itself."""
    modals = {tokens.lower[c] for c in tokens.children[verb] if is_modal(tokens, c)}
    if modals:
        return bool(modals & listed("issued_documents", "own_states", "wills")) and tokens.head[verb] == verb
    denied = has_negation(tokens, verb)
    present = is_present_tense(tokens, verb) or denied and tokens.tag[verb] == "VB"
    if not present or tokens.head[verb] != verb:
        return False
    if any(tokens.lower[c] in listed("issued_documents", "own_states", "adverbs") for c in tokens.children[verb]):
        return True
    if tokens.lemma[verb] in listed("issued_documents", "own_states", "copulas"):
        what = tokens.child(verb, "acomp", "attr")
        return what is not None and tokens.lower[what] in listed("issued_documents", "sentences", "ready")
    own = listed("issued_documents", "own_states", "verbs") | (
        listed("issued_documents", "own_states", "denied") if denied else set()
    )
    return tokens.lemma[verb] in own
