"""Decide whose stance each attribution is, who passed it on, to whom it speaks and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.lexicon import listed
from communique.model import ActorKind
from communique.reading.annotations import Attribution, Entities, ResolvedSource
from communique.reading.attribution.candidates import LONGEST_LOOK
from communique.reading.attribution.exchanges import Exchange
from communique.reading.attribution.issued_words import own_speaker
from communique.reading.attribution.relays import (
    Relayed,
    actor_at,
    carried_by,
    cited_by,
    is_carrying,
    is_relayer,
    quoted_through,
    reports_words,
    source_actor,
    stance_holder,
)
from communique.reading.attribution.responses import answered, pointed_at
from communique.reading.attribution.unnamed_sources import told
from communique.reading.entities.meetings import other_side
from communique.reading.protocols import Resolver, Text
from communique.reading.tokens import Tokens, TokenSpan

_FIRST_PERSON = listed("closed_classes", "first_person")


def rules() -> Resolver[Attribution, tuple[ResolvedSource, ...]]:
    """Make the resolver of sources that goes by the parse and by who relays words by trade."""
    return resolve_sources


@dataclass(frozen=True, slots=True)
class _Speakers:
    """Who speaks in each attribution, while it is being settled: parallel lists.

    ``sources`` are the actors whom the source's words name, ``speakers`` those whose stance it is, ``named`` where each
    speaker is named, None where that is not the source. ``kinds`` gives each actor's kind.
    """

    tokens: Tokens
    entities: Entities
    attributions: Sequence[Attribution]
    kinds: dict[str, ActorKind]
    sources: list[str | None]
    speakers: list[str | None]
    named: list[TokenSpan | None]
    chains: list[list[Relayed]]

    def relays(self, actor: str | None) -> bool:
        """Tell whether an actor passes on words by trade."""
        return is_relayer(self.kinds, actor)


def resolve_sources(text: Text, found: Sequence[Attribution], _scores: Sequence[float]) -> tuple[ResolvedSource, ...]:
    """Return one resolved source for each attribution found, in their order."""
    tokens, entities, attributions = text.tokens, text.entities, found
    state = _unsettled(tokens, entities, attributions)
    speakers = state.speakers
    order = sorted(range(len(attributions)), key=lambda i: _depth(attributions, i))
    for i in order:
        head, parent = attributions[i].source_head, attributions[i].parent
        if head is not None and parent is not None and tokens.lower[head] in _FIRST_PERSON:
            speakers[i] = state.sources[i] = speakers[parent]
        if speakers[i] is None:
            speakers[i] = state.sources[i] = own_speaker(text, attributions, i, speakers)
    for i in order:
        _resolve(state, i)
    for i, a in enumerate(attributions):
        origin = pointed_at(tokens, attributions, i) if is_carrying(tokens, a) else None
        if origin is not None and state.relays(state.sources[i]):
            _relay_earlier(state, i, origin)
    addressees = [
        _addressees(tokens, entities, a, speakers[i]) or _counterparts(text, a, speakers[i])
        for i, a in enumerate(attributions)
    ]
    exchange = Exchange(tokens, entities, attributions, speakers, addressees)
    return tuple(
        ResolvedSource(
            speaker=speakers[i],
            chain=tuple(state.chains[i]),
            addressee=addressees[i],
            responds_to=answered(exchange, i),
        )
        for i in range(len(attributions))
    )


def _unsettled(tokens: Tokens, entities: Entities, attributions: Sequence[Attribution]) -> _Speakers:
    sources = [source_actor(tokens, entities, a) for a in attributions]
    return _Speakers(
        tokens=tokens,
        entities=entities,
        attributions=attributions,
        kinds={actor.id: actor.kind for actor in entities.actors},
        sources=sources,
        speakers=list(sources),
        named=[a.source[0] if a.source else None for a in attributions],
        chains=[[] for _ in attributions],
    )


def _depth(attributions: Sequence[Attribution], i: int) -> int:
    depth, parent = 0, attributions[i].parent
    while parent is not None and depth < len(attributions):
        depth, parent = depth + 1, attributions[parent].parent
    return depth


def _resolve(state: _Speakers, i: int) -> None:
    """Settle one attribution's speaker and chain; its parent's are settled already."""
    a = state.attributions[i]
    cited = cited_by(state.tokens, state.entities, a)
    through = quoted_through(state.tokens, state.entities, a)
    chain = [*_cite(state, i, cited), *(c for c in through if c[0] != state.sources[i])]
    carriers = carried_by(state.tokens, state.entities, a, state.kinds)
    chain.extend(c for c in carriers if c[0] != state.sources[i])
    chain.extend(_pass_on(state, i, cited))
    chain.extend(_from_outside(state, a.parent))
    seen: set[str] = set()
    for actor, piece in chain:
        if actor not in seen and actor != state.speakers[i]:
            seen.add(actor)
            state.chains[i].append((actor, piece))


def _cite(state: _Speakers, i: int, cited: list[Relayed]) -> list[Relayed]:
    """As in "Yonhap, quoting KCNA, reported": the last one quoted speaks. Return those quoted who only relay."""
    if not cited:
        return []
    if state.relays(state.sources[i]):
        state.speakers[i], state.named[i] = cited[-1]
        return [cited[-1]] if state.relays(cited[-1][0]) else []
    source, a = state.sources[i], state.attributions[i]
    if len(cited) == 1 and source is not None and a.source and _quotes_a_person(state, a, cited[0]):
        state.speakers[i], state.named[i] = cited[0]
        return [(source, a.source[0])]
    return [c for c in cited if c[0] != state.sources[i] and state.relays(c[0])]


def _quotes_a_person(state: _Speakers, a: Attribution, cited: Relayed) -> bool:
    """As in "The minister, quoting his Iranian counterpart, said": the words are the counterpart's."""
    before = cited[1][0]
    kind = state.kinds.get(cited[0])
    verb = state.tokens.head[before]
    named = kind in {ActorKind.PERSON, ActorKind.OFFICE, ActorKind.UNNAMED}
    return named and state.tokens.lower[verb] == "quoting" and a.construction.governs_clause


def _pass_on(state: _Speakers, i: int, cited: list[Relayed]) -> list[Relayed]:
    """As in "TASS reported that Moscow is open to talks": Moscow speaks. Return the source where another speaks."""
    a, source = state.attributions[i], state.sources[i]
    if source is None or not state.relays(source) or not reports_words(a):
        return []
    holder = _inner_speaker(state, i)
    if cited and not state.relays(cited[-1][0]):
        holder = None
    if holder is not None and holder != source:
        state.speakers[i], state.named[i] = holder, None
    if state.speakers[i] == source or a.source_head is None:
        return []
    return [(source, a.source[0] if a.source else (a.source_head, a.source_head + 1))]


def _from_outside(state: _Speakers, parent: int | None) -> list[Relayed]:
    """Return who passed on what the attribution around this one reports, its own speaker first."""
    if parent is None or not reports_words(state.attributions[parent]):
        return []
    through, where = state.speakers[parent], state.named[parent]
    own = [(through, where)] if through is not None and where is not None else []
    return [*own, *state.chains[parent]]


def _inner_speaker(state: _Speakers, i: int) -> str | None:
    """Whose words or stance a relayed content is: that of the statement it consists of, or its clause's subject."""
    attributions, sources = state.attributions, state.sources
    a = attributions[i]
    size = sum(last - first for first, last in a.content)
    for k in range(max(0, i - LONGEST_LOOK), min(len(attributions), i + LONGEST_LOOK)):
        other = attributions[k]
        if other.parent != i or sources[k] is None:
            continue
        inner = sum(last - first for first, last in (*other.content, *other.cue, *other.source))
        if other.cue_head == a.clause or 2 * inner >= size and not a.construction.is_direct:
            return sources[k]
    subject = stance_holder(state.tokens, state.entities, a)
    return actor_at(state.tokens, state.entities, subject)


def _relay_earlier(state: _Speakers, i: int, origin: int) -> None:
    """As in "This response was reported by TASS": the agency relays the statement before."""
    relayer, source = state.sources[i], state.attributions[i].source
    if relayer is None or not source:
        return
    speaker, chain = state.speakers[origin], state.chains[origin]
    state.speakers[i] = speaker
    state.chains[i] = [(relayer, source[0])]
    if all(actor != relayer for actor, _ in chain) and speaker != relayer:
        chain.append((relayer, source[0]))


def _counterparts(text: Text, a: Attribution, speaker: str | None) -> tuple[str, ...]:
    """As in a readout: what one side said there it said to the other."""
    if text.meeting is None or a.parent is not None or a.cue_head < text.meeting.after:
        return ()
    return other_side(text.meeting, text.entities, speaker)


def _addressees(tokens: Tokens, entities: Entities, a: Attribution, speaker: str | None) -> tuple[str, ...]:
    """Those to whom the words are said: told, asked, urged; "said to", "an appeal to"."""
    found: list[str] = []
    for token in told(tokens, a):
        actor = entities.heads.get(token) or entities.actor_of.get(token)
        if actor is not None and actor != speaker and actor not in found:
            found.append(actor)
    return tuple(found)
