"""Who holds a condition, and who could meet it."""

from __future__ import annotations

from communique.model import ActorKind
from communique.reading.annotations import Cast, Voice
from communique.reading.attribution.relays import group_id, joined_actors
from communique.reading.conditions.context import SUBJECTS, VERBAL, Found, Scene, auxiliaries, has_subject
from communique.reading.conditions.cues import listed
from communique.reading.tokens import Piece, Words

_OWNERS = ("poss", "amod", "compound", "nmod")
_ACTING = ("tion", "sion", "ment", "ance", "ence", "al", "ing", "ure")
_MAY = frozenset(("can", "could", "may", "might", "must", "should", "ca", "cannot"))
_STEPS = 20


def must_act(scene: Scene, found: Found, statement: int | None = None, voices: tuple[Voice, ...] = ()) -> str | None:
    """Return the actor who does what the antecedent says; None where it names nobody (an agentless passive).

    "We" is the speaker's side and "you" the one spoken to; an armed force stands for its state where the report has it.
    """
    words, cast = scene.words, scene.cast
    head = found.head
    if head is None or not found.antecedent:
        return None
    voice = voices[statement] if statement is not None and statement < len(voices) else None
    if words.pos[head] in VERBAL or has_subject(words, head):
        agent = _agent_of_verb(words, cast, head, found.antecedent) or _pronoun(scene, head, found, voice)
    elif any(words.dep[c] == "mark" for c in words.children[head]):
        # A verb that the tagger took for a noun: whoever opens the clause is its subject.
        start = found.antecedent[0][0]
        agent = next((cast.actor_of[t] for t in range(start, head) if t in cast.actor_of), None)
    else:
        agent = _agent_of_noun(words, cast, head, found.antecedent) or _by_whom(words, cast, found.antecedent)
    if agent is None and _agentless(words, head, found):
        agent = _pressed(scene, found, None if voice is None else voice.speaker)
    return _principal(cast, agent)


def _agentless(words: Words, head: int, found: Found) -> bool:
    """Tell whether an antecedent leaves out who acts: a passive, or an act named by a noun."""
    if words.pos[head] in VERBAL:
        return words.has_child(head, "auxpass", "nsubjpass") and not words.has_child(head, "agent")
    return not has_subject(words, head) and _names_act(words.lemma[head].lower())


def _pressed(scene: Scene, found: Found, speaker: str | None) -> str | None:
    """Return the one state that the consequent puts under pressure: "suspend Ecuador until an apology is made"."""
    words, cast = scene.words, scene.cast
    tokens = [t for start, end in found.consequent for t in range(start, end)]
    if not any(words.lemma[t].lower() in listed("pressure") for t in tokens):
        return None
    actors = {a.id: a for a in cast.actors}
    own = {speaker, _side(cast, speaker)}
    pressed = {
        key
        for t in tokens
        if words.dep[t] not in SUBJECTS or words.dep[t] == "nsubjpass"
        if (key := cast.actor_of.get(t)) is not None and key not in own
        if key in actors and actors[key].kind in (ActorKind.STATE, ActorKind.TERRITORY)
    }
    return pressed.pop() if len(pressed) == 1 else None


def _pronoun(scene: Scene, verb: int, found: Found, voice: Voice | None) -> str | None:
    """Return whose side "we" and "you" are, and who an order is given to."""
    words = scene.words
    if voice is None:
        return None
    subject = words.child(verb, *SUBJECTS)
    if subject is not None and words.dep[subject] == "nsubjpass":
        return None
    low = "you" if subject is None else words.lower[subject]
    if subject is None and (words.tag[verb] != "VB" or found.antecedent[0][0] != verb):
        return None
    if low in ("we", "i"):
        return _side(scene.cast, voice.speaker)
    if low == "you" and len(voice.addressee) == 1:
        return voice.addressee[0]
    return None


def _side(cast: Cast, speaker: str | None) -> str | None:
    """Return the state that an official speaks for where the report has it as an actor, else the speaker."""
    actors = {a.id: a for a in cast.actors}
    actor = actors.get(speaker) if speaker is not None else None
    if actor is None or actor.kind not in (ActorKind.PERSON, ActorKind.OFFICE):
        return speaker
    state = actor.country.lower() if actor.country and (actor.role or actor.principal) else ""
    return state if state in actors else speaker


def _principal(cast: Cast, agent: str | None) -> str | None:
    """Return the state for its armed forces ("Russian troops"), where the report has it as an actor."""
    actor = next((a for a in cast.actors if a.id == agent), None) if agent is not None else None
    if actor is None or actor.kind is not ActorKind.GROUP or not actor.country or actor.members:
        return agent
    state = actor.country.lower()
    last = actor.name.lower().split()[-1:]
    if not last or last[0] not in listed("arms") or not any(a.id == state for a in cast.actors):
        return agent
    return state


def _by_whom(words: Words, cast: Cast, pieces: tuple[Piece, ...]) -> str | None:
    """Return the one actor that an antecedent without another agent names after "by"."""
    agents = {
        cast.actor_of[noun]
        for start, end in pieces
        for t in range(start, end)
        if words.lower[t] == "by" and (noun := words.child(t, "pobj")) is not None and noun in cast.actor_of
    }
    return agents.pop() if len(agents) == 1 else None


def _inside(i: int, pieces: tuple[Piece, ...]) -> bool:
    return any(start <= i < end for start, end in pieces)


def _agent_of_verb(words: Words, cast: Cast, verb: int, pieces: tuple[Piece, ...]) -> str | None:
    for _ in range(_STEPS):
        passive = any(words.dep[c] in ("auxpass", "nsubjpass") for c in words.children[verb])
        agent = words.child(verb, "agent")
        if agent is not None:
            by = words.child(agent, "pobj")
            return None if by is None else _actor(words, cast, by)
        subject = words.child(verb, "nsubj", "csubj")
        if passive:
            return None
        if subject is not None:
            if not _inside(subject, pieces) or words.lemma[verb] in listed("undergoes"):
                return None
            group = _group(words, cast, subject)
            if group is not None:
                return group
            actor = _actor(words, cast, subject)
            return actor if actor is not None else _agent_of_noun(words, cast, subject, pieces)
        if words.dep[verb] == "conj":
            verb = words.head[verb]
            continue
        first = next((t for start, end in pieces for t in range(start, end) if t in cast.heads), None)
        if first is not None and first == pieces[0][0] and first < verb:
            return _group(words, cast, first) or cast.heads[first]
        return None
    return None


def _group(words: Words, cast: Cast, subject: int) -> str | None:
    """Return the actor of a joint subject, "Turkey and the United Nations", where the cast has one."""
    joined = joined_actors(words, cast, subject)
    own = group_id(joined)
    return own if len(joined) > 1 and any(a.id == own for a in cast.actors) else None


def _actor(words: Words, cast: Cast, i: int) -> str | None:
    """Return the actor of a noun phrase: its own mention, else the nation that describes it ("Rwandan troops")."""
    found = cast.heads.get(i) or cast.actor_of.get(i)
    if found is not None:
        return found
    if words.lemma[i] not in listed("agents"):
        return None
    for c in words.children[i]:
        if words.dep[c] in _OWNERS and c < i and c in cast.actor_of:
            return cast.actor_of[c]
    return None


def _names_act(lemma: str) -> bool:
    """Tell whether a noun names an act that its owner does."""
    return (
        lemma in listed("acts") or lemma in listed("own_acts") or lemma in listed("agents") or lemma.endswith(_ACTING)
    )


def _agent_of_noun(words: Words, cast: Cast, noun: int, pieces: tuple[Piece, ...]) -> str | None:
    """Return whose act a noun names: "Israel's withdrawal", "a pullout by Israel", "approval by parliament"."""
    for c in words.children[noun] if _names_act(words.lemma[noun].lower()) else ():
        if words.dep[c] in _OWNERS and c < noun and c in cast.actor_of and _inside(c, pieces):
            return cast.actor_of[c]
    for c in words.children[noun]:
        if c > noun and words.dep[c] == "acl" and words.has_child(c, "agent"):
            return _agent_of_verb(words, cast, c, pieces)
        if c < noun or not _inside(c, pieces) or words.dep[c] not in ("prep", "agent"):
            continue
        what = words.child(c, "pobj")
        if what is None:
            continue
        own = words.lower[c] == "by" or (words.lower[c] == "of" and words.lemma[noun].lower() in listed("own_acts"))
        if own or (
            words.lower[c] == "from"
            and words.lemma[noun].lower() in ("approval", "guarantee", "consent", "concession", "commitment", "apology")
        ):
            return _actor(words, cast, what)
    for c in words.children[noun]:
        if words.dep[c] == "prep" and words.lower[c] == "of":
            inner = words.child(c, "pobj")
            if inner is not None and words.lemma[inner].lower() in listed("own_acts"):
                return _agent_of_noun(words, cast, inner, pieces) if inner > noun else None
    return None


def holder(scene: Scene, found: Found, statement: int | None, voices: tuple[Voice, ...]) -> str | None:
    """Return who holds the condition: the speaker of its statement, else whose will the act is that hangs on it."""
    cast, words = scene.cast, scene.words
    if statement is not None and statement < len(voices):
        return voices[statement].speaker
    at = found.holder_at
    if at is not None:
        return _actor(words, cast, at) if at >= 0 else None
    verb = found.matrix
    if verb is None or any(words.lower[c] in _MAY for c in auxiliaries(words, verb)):
        return None
    for _ in range(_STEPS):
        passive = any(words.dep[c] in ("auxpass", "nsubjpass") for c in words.children[verb])
        subject = words.child(verb, "nsubj")
        if passive:
            return None
        if subject is not None:
            return cast.heads.get(subject) or cast.actor_of.get(subject)
        if words.dep[verb] not in ("conj", "xcomp", "acl", "acomp", "dobj") or words.head[verb] == verb:
            return None
        verb = words.head[verb]
    return None
