"""Those who speak, or are told, and whom the cast does not know yet: "shopkeepers", "one of them", "the statement".

Whoever makes a statement is an actor, however nameless. A text speaks for whoever issued it; "his government" is the
state of the one whose government it is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.lexicon.officeholders import slug
from communique.model import Actor, ActorKind, Span
from communique.reading.annotations import Attribution, Cast
from communique.reading.attribution.candidates import noun_phrase
from communique.reading.attribution.relays import actor_at, cited_tokens, group_of, joined_actors
from communique.reading.tokens import Piece, Words

_QUANTITIES = {"one", "two", "some", "many", "several", "others", "few", "most", "both", "another"}
_ALSO_OFFICES = {"agency", "service"}
_NEWS = {
    "news",
    "press",
    "wire",
    "media",
    "state",
    "language",
    "official",
    "independent",
    "local",
    "private",
    "foreign",
    "domestic",
}
_DETERMINERS = {"DET", "PUNCT"}
_ISSUER_REACH = 3


def with_unnamed(words: Words, attributions: Sequence[Attribution], cast: Cast) -> Cast:
    """Return the cast with an actor for every source and addressee that had none."""
    actors = {actor.id: actor for actor in cast.actors}
    found: dict[str, list[Span]] = {}
    actor_of, heads = dict(cast.actor_of), dict(cast.heads)
    grown = Cast(cast.actors, actor_of, heads)
    for index, a in enumerate(attributions):
        for token in _speaking(words, a):
            if actor_at(words, grown, token) is not None or not _can_speak(words, token):
                continue
            piece = name_phrase(words, token)
            known = _issuer(words, attributions, index, token, grown) or _government(words, token, grown, actors)
            actor = known or _unnamed(words, token, piece, grown, actors)
            heads[token] = actor
            for i in range(*piece):
                actor_of.setdefault(i, actor)
            found.setdefault(actor, []).append(words.span(piece))
        joined = joined_actors(words, grown, a.source_head)
        if len(joined) > 1:
            found.setdefault(group_of(joined, actors), []).append(words.span(a.source[0]))
    if not found:
        return cast
    for actor, mentions in found.items():
        old = actors[actor]
        actors[actor] = dataclasses.replace(old, mentions=tuple(sorted({*old.mentions, *mentions})))
    ordered = sorted(actors.values(), key=lambda actor: (actor.mentions[:1], actor.id))
    return Cast(tuple(ordered), actor_of, heads)


def _speaking(words: Words, a: Attribution) -> Iterator[int]:
    if a.source_head is not None:
        yield a.source_head
    yield from told(words, a)
    yield from cited_tokens(words, a)


def told(words: Words, a: Attribution) -> list[int]:
    """Return the tokens that name those to whom an attribution speaks: told, asked, urged; "an appeal to"."""
    verb = a.cue_head
    lemma = words.lemma[verb]
    sets = cues().sets
    spots: list[int] = []
    for child in words.children[verb]:
        dep, low = words.dep[child], words.lower[child]
        if dep in {"dobj", "dative", "nsubjpass"} and lemma in sets["told"] and lemma not in sets["called_on"]:
            spots.append(child)
        elif dep == "ccomp":
            subject = words.child(child, "nsubj")
            to = any(words.lower[c] == "to" and words.dep[c] == "aux" for c in words.children[child])
            bare = words.tag[child] == "VB" and not any(words.tag[c] == "MD" for c in words.children[child])
            asked = lemma in sets["told"] and to or lemma in sets["demanding"] and bare
            if subject is not None and asked:
                spots.append(subject)
        elif dep in {"prep", "dative"}:
            on = low in {"on", "upon"} and lemma in sets["called_on"]
            to = low in {"to", "with"} and (lemma in sets["told_to"] or words.lemma[verb] in cues().nouns)
            goal = words.child(child, "pobj")
            if goal is not None and (on or to):
                spots.append(goal)
    venues = sets["venues"]
    return [t for spot in spots for t in (spot, *_conjuncts(words, spot)) if words.lemma[t] not in venues]


def _conjuncts(words: Words, token: int) -> list[int]:
    return [c for c in words.children[token] if words.dep[c] == "conj"]


def _can_speak(words: Words, token: int) -> bool:
    if words.pos[token] in {"NOUN", "PROPN"}:
        return words.entity[token] not in {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"}
    return words.lower[token] in _QUANTITIES


def name_phrase(words: Words, token: int) -> Piece:
    """Return a noun's phrase without its determiner and what stands after a comma."""
    first, last = noun_phrase(words, token)
    while first < token and (words.pos[first] in _DETERMINERS or words.pos[first] == "SPACE"):
        first += 1
    for k in range(token + 1, last):
        if words.text[k] in {",", "(", "–", "—"} or words.pos[k] == "SPACE":
            last = k
            break
    while last - 1 > token and words.lower[last - 1] in {"'s", "\u2019s", "'", "\u2019"}:
        last -= 1
    return first, last


def _inner(words: Words, token: int, cast: Cast) -> str | None:
    """The actor inside a source's phrase: "his delegation", "residents of Gaza", "leadership in Moscow"."""
    first, last = noun_phrase(words, token)
    for i in range(first, min(last, first + 40)):
        actor = cast.heads.get(i) or cast.actor_of.get(i)
        if actor is not None:
            return actor
    return None


def _issuer(words: Words, attributions: Sequence[Attribution], index: int, token: int, cast: Cast) -> str | None:
    """Whoever issued the statement that speaks: its owner, else the last one who spoke."""
    sets = cues().sets
    issued = words.lemma[token] in sets["issued"]
    if words.entity[token] or not (issued or words.lemma[token] in sets["held"]):
        return None
    owner = _inner(words, token, cast)
    if owner is not None or not issued:
        return owner
    here = words.sentence[token]
    for k in range(index - 1, -1, -1):
        other = attributions[k]
        if here - words.sentence[other.cue_head] > _ISSUER_REACH:
            return None
        if other.parent is None and other.source_head is not None:
            actor = actor_at(words, cast, other.source_head)
            if actor is not None:
                return actor
    return None


def _government(words: Words, token: int, cast: Cast, actors: dict[str, Actor]) -> str | None:
    if words.lemma[token] not in cues().sets["governing"]:
        return None
    inner = _inner(words, token, cast)
    country = actors[inner].country if inner in actors else None
    if country is None:
        return None
    return next((a.id for a in actors.values() if a.kind is ActorKind.STATE and a.country == country), None)


def _is_medium(words: Words, token: int, piece: Piece) -> bool:
    """Whether a noun is an outlet: an agency or a service is one by itself or with news, not a weather service."""
    lemma = words.lemma[token].lower()
    if lemma not in cues().sets["media"]:
        return False
    before = [
        words.lower[i]
        for i in range(piece[0], token)
        if words.pos[i] == "NOUN" or (words.pos[i] == "ADJ" and not words.entity[i])
    ]
    return lemma not in _ALSO_OFFICES or not before or not _NEWS.isdisjoint(before)


def _is_name(words: Words, token: int, piece: Piece) -> bool:
    """As in "Teresa Ribera said", where the model labels nobody: two to four capitals, no organisation's word."""
    span = range(*piece)
    capitals = all(words.tag[i] == "NNP" and words.text[i][0].isupper() and not words.entity[i] for i in span)
    organised = any(words.lower[i] in listed("names", "organised") for i in span)
    return 2 <= len(span) <= 4 and token == piece[1] - 1 and capitals and not organised


def _unnamed(words: Words, token: int, piece: Piece, cast: Cast, actors: dict[str, Actor]) -> str:
    """Add an actor under the report's own words; its country and principal are those of the actor inside them."""
    name = " ".join(words.surface(piece).split())
    plural = words.tag[token] in {"NNS", "NNPS"}
    proper = words.pos[token] == "PROPN"
    kind = ActorKind.GROUP if plural or proper else ActorKind.UNNAMED
    kind = ActorKind.PERSON if _is_name(words, token, piece) else kind
    kind = ActorKind.OUTLET if _is_medium(words, token, piece) else kind
    own = f"{kind.value}:{slug(name) or token}"
    if own not in actors:
        inner = _inner(words, token, cast)
        owner = actors.get(inner) if inner is not None else None
        actors[own] = Actor(
            id=own,
            name=name,
            kind=kind,
            country=owner.country if owner else None,
            principal=owner.id if owner else None,
        )
    return own
