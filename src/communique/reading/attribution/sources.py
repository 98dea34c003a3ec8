"""Decide whose stance each attribution is, who passed it on, to whom it speaks and what it answers."""

from __future__ import annotations

from collections.abc import Sequence

from communique.lexicon import listed
from communique.model import ActorKind
from communique.reading.annotations import Attribution, Entities, ResolvedSource
from communique.reading.attribution.candidates import LONGEST_LOOK
from communique.reading.attribution.issuers import own_speaker
from communique.reading.attribution.relays import (
    Relayed,
    actor_at,
    carried_by,
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


def resolve_sources(text: Text, found: Sequence[Attribution], scores: Sequence[float]) -> tuple[ResolvedSource, ...]:
    """Return one resolved source for each attribution found, in their order."""
    tokens, entities, attributions = text.tokens, text.entities, found
    kinds = {actor.id: actor.kind for actor in entities.actors}
    sources = [source_actor(tokens, entities, a) for a in attributions]
    order = sorted(range(len(attributions)), key=lambda i: _depth(attributions, i))
    speakers: list[str | None] = list(sources)
    for i in order:
        head, parent = attributions[i].source_head, attributions[i].parent
        if head is not None and parent is not None and tokens.lower[head] in _FIRST_PERSON:
            speakers[i] = sources[i] = speakers[parent]
        if speakers[i] is None:
            speakers[i] = sources[i] = own_speaker(text, attributions, i, speakers)
    chains: list[list[Relayed]] = [[] for _ in attributions]
    named = [a.source[0] if a.source else None for a in attributions]
    for i in order:
        _resolve(tokens, entities, attributions, i, kinds, sources, speakers, chains, named)
    for i, a in enumerate(attributions):
        origin = pointed_at(tokens, attributions, i) if is_carrying(tokens, a) else None
        if origin is not None and is_relayer(kinds, sources[i]):
            _relay_earlier(tokens, a, i, origin, sources, speakers, chains)
    actors = {actor.id: actor for actor in entities.actors}
    return tuple(
        ResolvedSource(
            speaker=speakers[i],
            chain=tuple(chains[i]),
            addressee=_addressees(tokens, entities, a, speakers[i]) or _counterparts(text, a, speakers[i]),
            responds_to=answered(tokens, entities, attributions, speakers, i, actors),
        )
        for i, a in enumerate(attributions)
    )


def _depth(attributions: Sequence[Attribution], i: int) -> int:
    depth, parent = 0, attributions[i].parent
    while parent is not None and depth < len(attributions):
        depth, parent = depth + 1, attributions[parent].parent
    return depth


def _resolve(
    tokens: Tokens,
    entities: Entities,
    attributions: Sequence[Attribution],
    i: int,
    kinds: dict[str, ActorKind],
    sources: list[str | None],
    speakers: list[str | None],
    chains: list[list[Relayed]],
    named: list[TokenSpan | None],
) -> None:
    """Settle one attribution's speaker and chain; its parent's are settled already.

    ``named`` keeps where each speaker is named, None where that is not the source.
    """
    a = attributions[i]
    chain: list[Relayed] = []
    cited = quoted_through(tokens, entities, a)
    if cited and is_relayer(kinds, sources[i]):
        speakers[i], named[i] = cited[-1]
        if is_relayer(kinds, cited[-1][0]):
            chain.append(cited[-1])
    elif cited:
        chain.extend(c for c in cited if c[0] != sources[i] and is_relayer(kinds, c[0]))
    chain.extend(c for c in carried_by(tokens, entities, a, kinds) if c[0] != sources[i])
    source = sources[i]
    if source is not None and is_relayer(kinds, source) and reports_words(a):
        holder = _inner_speaker(tokens, entities, attributions, i, sources)
        if cited and not is_relayer(kinds, cited[-1][0]):
            holder = None
        if holder is not None and holder != source:
            speakers[i], named[i] = holder, None
        if speakers[i] != source and a.source_head is not None:
            chain.append((source, a.source[0] if a.source else (a.source_head, a.source_head + 1)))
    parent = a.parent
    if parent is not None and reports_words(attributions[parent]):
        through, where = speakers[parent], named[parent]
        if through is not None and where is not None:
            chain.append((through, where))
        chain.extend(chains[parent])
    seen: set[str] = set()
    for actor, piece in chain:
        if actor not in seen and actor != speakers[i]:
            seen.add(actor)
            chains[i].append((actor, piece))


def _inner_speaker(
    tokens: Tokens, entities: Entities, attributions: Sequence[Attribution], i: int, sources: Sequence[str | None]
) -> str | None:
    """Whose words or stance a relayed content is: that of the statement it consists of, or its clause's subject."""
    a = attributions[i]
    size = sum(last - first for first, last in a.content)
    for k in range(max(0, i - LONGEST_LOOK), min(len(attributions), i + LONGEST_LOOK)):
        other = attributions[k]
        if other.parent != i or sources[k] is None:
            continue
        inner = sum(last - first for first, last in (*other.content, *other.cue, *other.source))
        if other.cue_head == a.clause or 2 * inner >= size and not a.construction.is_direct:
            return sources[k]
    subject = stance_holder(tokens, entities, a)
    return actor_at(tokens, entities, subject)


def _relay_earlier(
    tokens: Tokens,
    a: Attribution,
    i: int,
    origin: int,
    sources: Sequence[str | None],
    speakers: list[str | None],
    chains: list[list[Relayed]],
) -> None:
    """As in "This response was reported by TASS": the agency relays the statement before."""
    relayer = sources[i]
    if relayer is None or not a.source:
        return
    speakers[i] = speakers[origin]
    chains[i] = [(relayer, a.source[0])]
    if all(actor != relayer for actor, _ in chains[origin]) and speakers[origin] != relayer:
        chains[origin].append((relayer, a.source[0]))


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
