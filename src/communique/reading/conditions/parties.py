"""Who holds a condition, and who could meet it."""

from __future__ import annotations

from communique.lexicon import endings, listed
from communique.model import ActorKind, Manner
from communique.reading.annotations import Entities, ResolvedSource
from communique.reading.attribution.relays import group_id, joined_actors
from communique.reading.conditions.context import ConditionContext, ConditionMatch
from communique.reading.conditions.cues import words
from communique.reading.conditions.ownership import (
    other_of_two,
    other_side,
    owner_of_thing,
    owner_of_will,
)
from communique.reading.conditions.spoken_on import speaks_on
from communique.reading.grammar.labels import ACTIVE_SUBJECT, CLAUSAL_SUBJECT, SUBJECTS
from communique.reading.grammar.subjects import (
    active_subject,
    has_expletive,
    has_subject,
    is_passive,
    is_passive_subject,
    nominal_subject,
)
from communique.reading.grammar.verbs import VERBAL, auxiliaries, modal
from communique.reading.tokens import Tokens, TokenSpan

_READINESS = listed("conditions", "constructions", "readiness")
_STAND_INS = listed("conditions", "constructions", "stand_ins")
_PARTIES = (ActorKind.STATE, ActorKind.TERRITORY, ActorKind.ORGANISATION)
_GIVEN_NOUNS = listed("conditions", "constructions", "given_nouns")

_DEMANDING = listed("conditions", "constructions", "demanding")
_THEIRS = listed("closed_classes", "third_person_possessives")
_OWNERS = ("poss", "amod", "compound", "nmod")
_ACTING = endings("conditions", "constructions", "act_endings")
_MAY = listed("conditions", "constructions", "possibility")
_STEPS = 20


def must_act(
    context: ConditionContext,
    found: ConditionMatch,
    statement: int | None = None,
    sources: tuple[ResolvedSource, ...] = (),
) -> str | None:
    """Return the actor who does what the antecedent says; None where it names nobody (an agentless passive).

    "We" is the speaker's side and "you" the one spoken to; an armed force stands for its state where the report has it.
    """
    tokens, entities = context.tokens, context.entities
    head = found.head
    if head is None or not found.antecedent:
        return None
    head = _asked_for(tokens, head, found)
    resolved = sources[statement] if statement is not None and statement < len(sources) else None
    if tokens.pos[head] in VERBAL or has_subject(tokens, head):
        agent = _agent_of_verb(tokens, entities, head, found.antecedent) or _pronoun(context, head, found, resolved)
    elif any(tokens.dep[c] == "mark" for c in tokens.children[head]):
        # A verb that the tagger took for a noun: whoever opens the clause is its subject.
        start = found.antecedent[0][0]
        agent = next((entities.actor_of[t] for t in range(start, head) if t in entities.actor_of), None)
    else:
        agent = _agent_of_noun(tokens, entities, head, found.antecedent) or _by_whom(tokens, entities, found.antecedent)
    speaker = None if resolved is None else resolved.speaker
    agent = other_side(tokens, entities, found, speaker) or _their_side(tokens, found, resolved) or agent
    agent = _named_in_words(context, head, found, statement, speaker) or agent
    agent = agent or owner_of_thing(tokens, entities, found)
    if agent is not None and _is_let(context, head, agent, speaker):
        return other_of_two(entities, speaker)
    if agent is None and not _has_doer(tokens, head, found):
        agent = _by_whom(tokens, entities, found.antecedent)
    return _principal(
        entities, agent or _unnamed(context, head, found, resolved, _whose(context, found, statement, sources))
    )


def _is_let(context: ConditionContext, head: int, agent: str, speaker: str | None) -> bool:
    """As in "we will go, provided that we may see them": who sets the condition is to be let, whoever lets him."""
    side = _side(context.entities, speaker)
    if speaker is None or agent not in (speaker, side):
        return False
    return modal(context.tokens, head) == "may"


def _whose(
    context: ConditionContext, found: ConditionMatch, statement: int | None, sources: tuple[ResolvedSource, ...]
) -> str | None:
    """Who sets a condition that the report itself tells."""
    return holder(context, found, statement, sources) if statement is None else None


def _unnamed(
    context: ConditionContext,
    head: int,
    found: ConditionMatch,
    resolved: ResolvedSource | None,
    setter: str | None = None,
) -> str | None:
    """Return who must act where the antecedent leaves it out: who is pressed or spoken to, else the other of two."""
    tokens, entities = context.tokens, context.entities
    speaker = setter if resolved is None else resolved.speaker
    agentless = _agentless(tokens, head)
    if _described_state(tokens, head):
        return _one_state_in(entities, found, speaker) or other_of_two(entities, speaker)
    makers = entities.known.get(speaker or "")
    if makers is not None and makers.members and _joint_act(tokens, head):
        return speaker
    if not agentless and _stand_in(tokens, head) is None:
        return None
    agent = _pressed(context, found, speaker) if agentless else None
    if agent is None and agentless and tokens.lemma[head] == "be":
        agent = _told(entities, resolved)
    return agent or other_of_two(entities, speaker)


def _described_state(tokens: Tokens, head: int) -> bool:
    """As in "unless the former Soviet republic pays its debts": a state by what it is."""
    subject = active_subject(tokens, head) if tokens.pos[head] in VERBAL else None
    if subject is None or tokens.lemma[subject].lower() not in words("state_nouns"):
        return False
    return any(tokens.lower[c] in ("the", "that") for c in tokens.children[subject])


def _one_state_in(entities: Entities, found: ConditionMatch, speaker: str | None) -> str | None:
    """Return the one state that the consequent names beside the speaker's own."""
    own = {speaker, _side(entities, speaker)}
    named = {
        entities.actor_of[t] for start, end in found.consequent for t in range(start, end) if t in entities.actor_of
    }
    states = {key for key in named - own if key in entities.known and entities.known[key].kind is ActorKind.STATE}
    return states.pop() if len(states) == 1 else None


def _has_doer(tokens: Tokens, head: int, found: ConditionMatch) -> bool:
    """Tell whether an antecedent has somebody for its verb's subject: what stands behind "by" is then another's."""
    subject = active_subject(tokens, head) if tokens.pos[head] == "VERB" else None
    return subject is not None and tokens.lemma[head] != "come" and _inside(subject, found.antecedent)


def _asked_for(tokens: Tokens, head: int, found: ConditionMatch) -> int:
    """Return what is asked for where an antecedent says that it is: "insists on an amendment to the law"."""
    if tokens.lemma[head].lower() not in _DEMANDING or tokens.pos[head] not in VERBAL:
        return head
    inner = tokens.child(head, "ccomp", "dobj")
    if inner is None:
        on = next((c for c in tokens.children[head] if tokens.dep[c] == "prep" and c > head), None)
        inner = None if on is None else tokens.child(on, "pobj", "pcomp")
    return inner if inner is not None and _inside(inner, found.antecedent) else head


def _their_side(tokens: Tokens, found: ConditionMatch, resolved: ResolvedSource | None) -> str | None:
    """As in "told the envoy that ... if his side went on": the side of the one spoken to."""
    if resolved is None or len(resolved.addressee) != 1:
        return None
    for start, end in found.antecedent:
        for t in range(start, end):
            owner = tokens.child(t, "poss") if tokens.lower[t] == "side" else None
            if owner is not None and tokens.lower[owner] in _THEIRS:
                return resolved.addressee[0]
    return None


def _stand_in(tokens: Tokens, head: int) -> int | None:
    """Return the pronoun that is an antecedent's subject and may mean a party: "it", "they"."""
    subject = nominal_subject(tokens, head)
    return subject if subject is not None and tokens.lower[subject] in _STAND_INS else None


def _named_in_words(
    context: ConditionContext, head: int, found: ConditionMatch, statement: int | None, speaker: str | None
) -> str | None:
    """As in "“No talks with Peru until it withdraws,” said Chile's envoy to Lima": the party last named in the words.

    Only where the words themselves do not name whom the pronoun was taken for: then it is sought too far away.
    """
    tokens, entities = context.tokens, context.entities
    subject = _stand_in(tokens, head)
    if subject is None or statement is None or not _inside(subject, found.antecedent):
        return None
    if context.attributions[statement].manner is Manner.INDIRECT:
        return None
    actors = entities.known
    own = actors.get(speaker or "")
    words_before = [t for a, b in context.attributions[statement].content for t in range(a, min(b, subject)) if b > a]
    named = [(t, entities.actor_of[t]) for t in words_before if t in entities.actor_of and tokens.pos[t] != "PRON"]
    if entities.actor_of.get(subject) in {key for _, key in named}:
        return None
    others = [
        key
        for _, key in named
        if key in actors and actors[key].kind in _PARTIES and key != speaker
        if own is None or own.country is None or actors[key].country != own.country
    ]
    return others[-1] if others else None


def _told(entities: Entities, resolved: ResolvedSource | None) -> str | None:
    """Return the state that is spoken to, of whom what nobody is named for is asked."""
    if resolved is None or len(resolved.addressee) != 1:
        return None
    actors = entities.known
    told, speaker = actors.get(resolved.addressee[0]), actors.get(resolved.speaker or "")
    foreign = told is not None and speaker is not None and told.country not in (None, speaker.country)
    return told.id if told is not None and foreign else None


def _agentless(tokens: Tokens, head: int) -> bool:
    """Tell whether an antecedent leaves out who acts: a passive, or an act named by a noun."""
    if tokens.pos[head] in VERBAL:
        if _joint_act(tokens, head):
            return False
        if tokens.lemma[head] == "be" and (subject := active_subject(tokens, head)) is not None:
            return _names_act(tokens.lemma[subject].lower()) and not tokens.has_child(subject, "poss")
        return is_passive(tokens, head) and _by(tokens, head) is None
    lemma = tokens.lemma[head].lower()
    named = _names_act(lemma) or lemma in words("blows")
    return not has_subject(tokens, head) and named and not _of_somebody(tokens, head)


def _joint_act(tokens: Tokens, head: int) -> bool:
    """As in "if no settlement is reached": what several do together; of a joint statement, those who make it."""
    passive = tokens.pos[head] in VERBAL and is_passive(tokens, head)
    return passive and tokens.lemma[head] in words("joint_acts")


def _of_somebody(tokens: Tokens, noun: int) -> bool:
    """As in "the approval of the Cortes": an act of one who is named, if not known."""
    if tokens.lemma[noun].lower() not in words("own_acts"):
        return False
    inner = [d for c in tokens.children[noun] if tokens.lower[c] in ("of", "by") for d in tokens.children[c]]
    return any(tokens.pos[d] == "PROPN" for d in inner)


def _pressed(context: ConditionContext, found: ConditionMatch, speaker: str | None) -> str | None:
    """Return the one state that the consequent puts under pressure: "suspend Ecuador until an apology is made"."""
    tokens, entities = context.tokens, context.entities
    inside = [t for start, end in found.consequent for t in range(start, end)]
    if not any(tokens.lemma[t].lower() in words("pressure") for t in inside):
        return None
    actors = entities.known
    own = {speaker, _side(entities, speaker)}
    pressed = {
        key
        for t in inside
        if tokens.dep[t] not in SUBJECTS or is_passive_subject(tokens, t)
        if (key := entities.actor_of.get(t)) is not None and key not in own
        if key in actors and actors[key].kind in (ActorKind.STATE, ActorKind.TERRITORY)
    }
    return pressed.pop() if len(pressed) == 1 else None


def _pronoun(
    context: ConditionContext, verb: int, found: ConditionMatch, resolved: ResolvedSource | None
) -> str | None:
    """Return whose side "we" and "you" are, and who an order is given to."""
    tokens = context.tokens
    if resolved is None:
        return None
    subject = tokens.child(verb, *SUBJECTS)
    if subject is not None and is_passive_subject(tokens, subject):
        return None
    low = "you" if subject is None else tokens.lower[subject]
    if subject is None and (tokens.tag[verb] != "VB" or found.antecedent[0][0] != verb):
        return None
    if low in ("we", "i"):
        return _side(context.entities, resolved.speaker)
    if low == "you" and len(resolved.addressee) == 1:
        return resolved.addressee[0]
    return None


def _side(entities: Entities, speaker: str | None) -> str | None:
    """Return the state that an official speaks for where the report has it as an actor, else the speaker."""
    actors = entities.known
    actor = actors.get(speaker) if speaker is not None else None
    if actor is None or actor.kind not in (ActorKind.PERSON, ActorKind.OFFICE):
        return speaker
    state = actor.country.lower() if actor.country and (actor.role or actor.principal) else ""
    return state if state in actors else speaker


def _principal(entities: Entities, agent: str | None) -> str | None:
    """Return the state for its armed forces ("Russian troops"), where the report has it as an actor."""
    actor = entities.known.get(agent) if agent is not None else None
    several = actor is not None and actor.kind in (ActorKind.GROUP, ActorKind.UNNAMED)
    if actor is None or not several or not actor.country or actor.members:
        return agent
    state = actor.country.lower()
    last = actor.name.lower().split()[-1:]
    if not last or last[0] not in words("arms") or state not in entities.known:
        return agent
    return state


def _by_whom(tokens: Tokens, entities: Entities, pieces: tuple[TokenSpan, ...]) -> str | None:
    """Return the one actor that an antecedent without another agent names after "by"."""
    agents = {
        entities.actor_of[noun]
        for start, end in pieces
        for t in range(start, end)
        if tokens.lower[t] == "by"
        or (tokens.lower[t] == "from" and tokens.lemma[tokens.head[t]] == "come")
        or (tokens.lower[t] == "from" and {tokens.lemma[tokens.head[t]].lower(), tokens.lemma[t - 1]} & _GIVEN_NOUNS)
        if (noun := tokens.child(t, "pobj")) is not None and noun in entities.actor_of
        if tokens.lower[noun] not in words("times")
    }
    return agents.pop() if len(agents) == 1 else None


def _inside(i: int, pieces: tuple[TokenSpan, ...]) -> bool:
    return any(start <= i < end for start, end in pieces)


def _agent_of_verb(tokens: Tokens, entities: Entities, verb: int, pieces: tuple[TokenSpan, ...]) -> str | None:
    for _ in range(_STEPS):
        passive = is_passive(tokens, verb)
        by = _by(tokens, verb)
        if by is not None:
            return _actor(tokens, entities, by)
        subject = tokens.child(verb, ACTIVE_SUBJECT, CLAUSAL_SUBJECT)
        if subject is None and has_expletive(tokens, verb) and (there := tokens.child(verb, "attr")) is not None:
            # "Until there is an Israeli withdrawal": whose act it is that has to be there.
            return _agent_of_noun(tokens, entities, there, pieces)
        if passive:
            return None
        if subject is not None:
            if not _inside(subject, pieces) or tokens.lemma[verb] in words("undergoes"):
                return None
            group = _group(tokens, entities, subject)
            if group is not None:
                return group
            actor = _actor(tokens, entities, subject)
            return actor if actor is not None else _agent_of_noun(tokens, entities, subject, pieces)
        if tokens.dep[verb] == "conj":
            verb = tokens.head[verb]
            continue
        first = next((t for start, end in pieces for t in range(start, end) if t in entities.heads), None)
        if first is not None and first < verb and _opens(tokens, pieces[0][0], first):
            return _group(tokens, entities, first) or entities.heads[first]
        return None
    return None


def _by(tokens: Tokens, verb: int) -> int | None:
    """Return by whom a passive's act is done; None for a day, as in "freed by Friday"."""
    agent = tokens.child(verb, "agent")
    noun = None if agent is None else tokens.child(agent, "pobj")
    if noun is None or tokens.entity[noun] in ("DATE", "TIME") or tokens.lower[noun] in words("times"):
        return None
    return noun


def _opens(tokens: Tokens, start: int, head: int) -> bool:
    """Tell whether a piece opens with a noun phrase: "the US Congress approving it"."""
    return all(tokens.pos[t] in ("DET", "ADJ", "NOUN", "PROPN") for t in range(start, head))


def _group(tokens: Tokens, entities: Entities, subject: int) -> str | None:
    """Return the actor of a joint subject, "Turkey and the United Nations", where the entities have one."""
    joined = joined_actors(tokens, entities, subject)
    own = group_id(joined)
    return own if len(joined) > 1 and own in entities.known else None


def _actor(tokens: Tokens, entities: Entities, i: int) -> str | None:
    """Return the actor of a noun phrase: its own mention, else the nation that describes it ("Rwandan troops")."""
    found = entities.heads.get(i) or entities.actor_of.get(i)
    named = tokens.child(i, "appos") if tokens.pos[i] == "PRON" else None
    if named is not None:
        # "If they (the U.S.) keep their word": the reporter says whom the quoted word means.
        found = entities.heads.get(named) or entities.actor_of.get(named) or found
    if found is not None:
        return found
    if tokens.lemma[i] not in words("agents"):
        return None
    for c in tokens.children[i]:
        if tokens.dep[c] in _OWNERS and c < i and c in entities.actor_of:
            return entities.actor_of[c]
    return None


def _names_act(lemma: str) -> bool:
    """Tell whether a noun names an act that its owner does."""
    return lemma in words("acts") or lemma in words("own_acts") or lemma in words("agents") or lemma.endswith(_ACTING)


def _agent_of_noun(tokens: Tokens, entities: Entities, noun: int, pieces: tuple[TokenSpan, ...]) -> str | None:
    """Return whose act a noun names: "Israel's withdrawal", "a pullout by Israel", "approval by parliament"."""
    for c in tokens.children[noun] if _names_act(tokens.lemma[noun].lower()) else ():
        if tokens.dep[c] in _OWNERS and c < noun and c in entities.actor_of and _inside(c, pieces):
            return entities.actor_of[c]
    for c in tokens.children[noun]:
        if c > noun and tokens.dep[c] == "acl" and tokens.has_child(c, "agent"):
            return _agent_of_verb(tokens, entities, c, pieces)
        if c < noun or not _inside(c, pieces) or tokens.dep[c] not in ("prep", "agent"):
            continue
        what = tokens.child(c, "pobj")
        if what is None:
            continue
        own = tokens.lower[c] == "by" or (tokens.lower[c] == "of" and tokens.lemma[noun].lower() in words("own_acts"))
        if own or (tokens.lower[c] == "from" and tokens.lemma[noun].lower() in _GIVEN_NOUNS):
            return _actor(tokens, entities, what)
    for c in tokens.children[noun]:
        if tokens.dep[c] == "prep" and tokens.lower[c] == "of":
            inner = tokens.child(c, "pobj")
            if inner is not None and tokens.lemma[inner].lower() in words("own_acts"):
                return _agent_of_noun(tokens, entities, inner, pieces) if inner > noun else None
    return None


def _whose_readiness(tokens: Tokens, entities: Entities, found: ConditionMatch) -> str | None:
    """As in "welcomes the readiness of Peru to talk, on condition that ...": Peru's, whoever tells of it."""
    verb = found.matrix
    if verb is None or tokens.dep[verb] not in ("acl", "xcomp", "ccomp"):
        return None
    noun = tokens.head[verb]
    if tokens.pos[noun] != "NOUN" or tokens.lemma[noun] not in _READINESS or noun > verb:
        return None
    for c in tokens.children[noun]:
        if tokens.dep[c] == "poss" and tokens.pos[c] == "PROPN":
            return _actor(tokens, entities, c)
        if tokens.dep[c] == "prep" and tokens.lower[c] in ("of", "by") and noun < c < verb:
            owner = tokens.child(c, "pobj")
            return None if owner is None else _actor(tokens, entities, owner)
    return None


def holder(
    context: ConditionContext, found: ConditionMatch, statement: int | None, sources: tuple[ResolvedSource, ...]
) -> str | None:
    """Return who holds it: its statement's speaker, else whose will the act is, else who spoke just before."""
    own = _own_holder(context, found, statement, sources)
    return own if own is not None or statement is not None else speaks_on(context, found, sources)


def _own_holder(
    context: ConditionContext, found: ConditionMatch, statement: int | None, sources: tuple[ResolvedSource, ...]
) -> str | None:
    entities, tokens = context.entities, context.tokens
    ready = _whose_readiness(tokens, entities, found)
    if ready is not None:
        return ready
    if statement is not None and statement < len(sources):
        return sources[statement].speaker
    at = found.holder_at
    if at is not None and at >= 0:
        return _actor(tokens, entities, at)
    owner = owner_of_will(tokens, entities, (*found.cue, *found.consequent))
    if owner is not None or at is not None:
        return owner
    verb = found.matrix
    if verb is None or any(tokens.lower[c] in _MAY for c in auxiliaries(tokens, verb)):
        return None
    for _ in range(_STEPS):
        passive = is_passive(tokens, verb)
        subject = active_subject(tokens, verb)
        if passive:
            return None
        if subject is not None:
            return entities.heads.get(subject) or entities.actor_of.get(subject)
        if tokens.dep[verb] not in ("conj", "xcomp", "acl", "acomp", "dobj") or tokens.head[verb] == verb:
            return None
        verb = tokens.head[verb]
    return None
