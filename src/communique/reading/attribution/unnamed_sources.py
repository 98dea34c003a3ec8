"""Those who speak, or are told, and whom the entities do not know yet: "shopkeepers", "one of them", "the statement".

Whoever makes a statement is an actor, however nameless. A text speaks for whoever issued it; "his government" is the
state of the one whose government it is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from communique.lexicon import listed
from communique.lexicon.cities import state_of_city
from communique.lexicon.cues import cues
from communique.lexicon.officeholders import slug
from communique.model import Actor, ActorKind, Span
from communique.reading.annotations import Attribution, Entities
from communique.reading.attribution.candidates import noun_phrase, subject_of
from communique.reading.attribution.relays import actor_at, carriers, cited_tokens, group_of, joined_actors, quoters
from communique.reading.grammar.auxiliaries import has_modal_of_its_own
from communique.reading.grammar.labels import AUXILIARY, PASSIVE_SUBJECT
from communique.reading.grammar.possessives import is_possessive_mark
from communique.reading.grammar.subjects import active_subject, is_of_us
from communique.reading.tokens import Tokens, TokenSpan

_QUANTITIES = listed("closed_classes", "quantities")
_ALSO_OFFICES = {"agency", "service"}
_THINGS = listed("cues", "unsaid", "things")
_NEWS = listed("cues", "constructions", "of_news")
_CITY_HEADS = listed("entities", "city_heads")
_DETERMINERS = {"DET", "PUNCT"}
_ISSUER_REACH = 3
_INDEFINITE = frozenset(("a", "an"))

_PHRASE_REACH = 40
"""Words of a source's phrase that are looked at for an actor."""


def with_unnamed(
    tokens: Tokens, attributions: Sequence[Attribution], entities: Entities, *, own_words: bool = False
) -> Entities:
    """Return the entities with an actor for every source and addressee that had none.

    In ``own_words``, a transcript's or a document's, "my government" is the one who speaks.
    """
    actors = {actor.id: actor for actor in entities.actors}
    found: dict[str, list[Span]] = {}
    actor_of, heads = dict(entities.actor_of), dict(entities.heads)
    grown = Entities(entities.actors, actor_of, heads)
    for index, a in enumerate(attributions):
        # A label that names nobody is nobody's.
        for token in () if a.construction.is_labelled else _speaking(tokens, a):
            if own_words and is_of_us(tokens, token):
                continue
            if actor_at(tokens, grown, token) is not None or not _can_speak(tokens, token):
                continue
            piece = name_phrase(tokens, token)
            known = (
                _apposed(tokens, token, grown)
                or _issuer(tokens, attributions, index, token, grown)
                or _government(tokens, token, grown, actors)
            )
            actor = known or _unnamed(tokens, token, piece, grown, actors)
            heads[token] = actor
            for i in range(*piece):
                actor_of.setdefault(i, actor)
            found.setdefault(actor, []).append(tokens.span(piece))
        joined = joined_actors(tokens, grown, a.source_head)
        if len(joined) > 1:
            found.setdefault(group_of(joined, actors), []).append(tokens.span(a.source[0]))
    if not found:
        return entities
    for actor, mentions in found.items():
        old = actors[actor]
        actors[actor] = dataclasses.replace(old, mentions=tuple(sorted({*old.mentions, *mentions})))
    ordered = sorted(actors.values(), key=lambda actor: (actor.mentions[:1], actor.id))
    return Entities(tuple(ordered), actor_of, heads)


def _speaking(tokens: Tokens, a: Attribution) -> Iterator[int]:
    if a.source_head is not None:
        yield a.source_head
    yield from told(tokens, a)
    yield from cited_tokens(tokens, a)
    yield from quoters(tokens, a)
    yield from (goal for goal, _ in carriers(tokens, a))


def told(tokens: Tokens, a: Attribution) -> list[int]:
    """Return the tokens that name those to whom an attribution speaks: told, asked, urged; "an appeal to"."""
    verb = a.cue_head
    lemma = tokens.lemma[verb]
    sets = cues().sets
    spots: list[int] = []
    for child in tokens.children[verb]:
        dep, low = tokens.dep[child], tokens.lower[child]
        if dep in {"dobj", "dative", PASSIVE_SUBJECT} and lemma in sets["told"] and lemma not in sets["called_on"]:
            spots.append(child)
        elif dep == "ccomp":
            subject = active_subject(tokens, child)
            to = any(tokens.lower[c] == "to" and tokens.dep[c] == AUXILIARY for c in tokens.children[child])
            bare = tokens.tag[child] == "VB" and not has_modal_of_its_own(tokens, child)
            asked = lemma in sets["told"] and to or lemma in sets["demanding"] and bare
            if subject is not None and asked:
                spots.append(subject)
        elif dep in {"prep", "dative"}:
            on = low in {"on", "upon"} and lemma in sets["called_on"]
            to = low in {"to", "with"} and (lemma in sets["told_to"] or tokens.lemma[verb] in cues().nouns)
            goal = tokens.child(child, "pobj")
            if goal is not None and (on or to):
                spots.append(goal)
    spots += _told_in_label(tokens, verb)
    venues = sets["venues"]
    return [t for spot in spots for t in (spot, *_conjuncts(tokens, spot)) if tokens.lemma[t] not in venues]


def _apposed(tokens: Tokens, token: int, entities: Entities) -> str | None:
    """As in "one, Dr Ann Lee, argues", "one of them, Ann Lee, said": whoever is named beside a number."""
    if tokens.lower[token] not in _QUANTITIES:
        return None
    beside = (c for c in tokens.children[token] if tokens.dep[c] == "appos")
    return next((actor for c in beside if (actor := actor_at(tokens, entities, c)) is not None), None)


def _told_in_label(tokens: Tokens, verb: int) -> list[int]:
    """As in "EU Warns Skopje: ...", where the parse makes one name of a headline's label."""
    if tokens.pos[verb] != "PROPN":
        return []
    return [k - 1 for k in range(verb + 2, min(tokens.n, verb + _ISSUER_REACH + 3)) if tokens.text[k] == ":"][:1]


def _conjuncts(tokens: Tokens, token: int) -> list[int]:
    return [c for c in tokens.children[token] if tokens.dep[c] == "conj"]


def _can_speak(tokens: Tokens, token: int) -> bool:
    if tokens.lemma[token].lower() in _THINGS:
        return False
    if tokens.pos[token] in {"NOUN", "PROPN"}:
        return tokens.entity[token] not in {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"}
    return tokens.lower[token] in _QUANTITIES or tokens.lower[token] in cues().sets["media"]


def name_phrase(tokens: Tokens, token: int) -> TokenSpan:
    """Return a noun's phrase without its determiner and what stands after a comma."""
    first, last = noun_phrase(tokens, token)
    while first < token and (tokens.pos[first] in _DETERMINERS or tokens.pos[first] == "SPACE"):
        first += 1
    for k in range(token + 1, last):
        if tokens.text[k] in {",", "(", "–", "—"} or tokens.pos[k] == "SPACE":
            last = k
            break
    while last - 1 > token and is_possessive_mark(tokens, last - 1):
        last -= 1
    return first, last


def _inner(tokens: Tokens, token: int, entities: Entities) -> str | None:
    """The actor inside a source's phrase: "his delegation", "residents of Gaza", "leadership in Moscow"."""
    first, last = noun_phrase(tokens, token)
    for i in range(first, min(last, first + _PHRASE_REACH)):
        actor = entities.heads.get(i) or entities.actor_of.get(i)
        if actor is not None:
            return actor
    return None


def _issuer(
    tokens: Tokens, attributions: Sequence[Attribution], index: int, token: int, entities: Entities
) -> str | None:
    """Whoever issued the statement that speaks: its owner, else the last one who spoke."""
    sets = cues().sets
    issued = tokens.lemma[token] in sets["issued"]
    if tokens.entity[token] or not (issued or tokens.lemma[token] in sets["held"]):
        return None
    owner = _inner(tokens, token, entities)
    if owner is not None or not issued:
        return owner
    issuer = _issued_before(tokens, token, entities)
    if issuer is not None:
        return issuer
    here = tokens.sentence[token]
    for k in range(index - 1, -1, -1):
        other = attributions[k]
        if here - tokens.sentence[other.cue_head] > _ISSUER_REACH:
            return None
        if other.parent is None and other.source_head is not None:
            actor = actor_at(tokens, entities, other.source_head)
            if actor is not None:
                return actor
    return None


def _issued_before(tokens: Tokens, token: int, entities: Entities) -> str | None:
    """As in "condemned in a statement ...": "the statement" that speaks later is that one, whoever spoke between."""
    first = tokens.sentences[max(0, tokens.sentence[token] - 2 * _ISSUER_REACH)][0]
    for t in range(token - 1, first, -1):
        if tokens.lemma[t] != tokens.lemma[token] or tokens.lower[t - 1] not in _INDEFINITE:
            continue
        node = t
        while tokens.pos[node] not in {"VERB", "AUX"} and tokens.head[node] != node:
            node = tokens.head[node]
        return actor_at(tokens, entities, subject_of(tokens, node)) if tokens.pos[node] == "VERB" else None
    return None


def _government(tokens: Tokens, token: int, entities: Entities, actors: dict[str, Actor]) -> str | None:
    if tokens.lemma[token] not in cues().sets["governing"]:
        return None
    inner = _inner(tokens, token, entities)
    country = actors[inner].country if inner in actors else None
    if country is None:
        return None
    return next((a.id for a in actors.values() if a.kind is ActorKind.STATE and a.country == country), None)


def _is_medium(tokens: Tokens, token: int, piece: TokenSpan) -> bool:
    """Whether a noun is an outlet: an agency or a service is one by itself or with news, not a weather service."""
    lemma = tokens.lemma[token].lower()
    if lemma not in cues().sets["media"]:
        return False
    before = [
        tokens.lower[i]
        for i in range(piece[0], token)
        if tokens.pos[i] == "NOUN" or (tokens.pos[i] == "ADJ" and not tokens.entity[i])
    ]
    return lemma not in _ALSO_OFFICES or not before or not _NEWS.isdisjoint(before)


def _is_name(tokens: Tokens, token: int, piece: TokenSpan) -> bool:
    """As in "Teresa Ribera said", where the model labels nobody: two to four capitals, no organisation's word."""
    span = range(*piece)
    capitals = all(tokens.tag[i] == "NNP" and tokens.text[i][0].isupper() and not tokens.entity[i] for i in span)
    organised = any(tokens.lower[i] in listed("parts_of_names", "organised") for i in span)
    return 2 <= len(span) <= 4 and token == piece[1] - 1 and capitals and not organised


def _unnamed(tokens: Tokens, token: int, piece: TokenSpan, entities: Entities, actors: dict[str, Actor]) -> str:
    """Add an actor under the report's own words; its country and principal are those of the actor inside them."""
    name = " ".join(tokens.surface(piece).split())
    plural = tokens.tag[token] in {"NNS", "NNPS"}
    proper = tokens.pos[token] == "PROPN"
    kind = ActorKind.GROUP if plural or proper else ActorKind.UNNAMED
    kind = ActorKind.PERSON if _is_name(tokens, token, piece) else kind
    kind = ActorKind.OUTLET if _is_medium(tokens, token, piece) else kind
    own = f"{kind.value}:{slug(name) or token}"
    if own not in actors:
        inner = _inner(tokens, token, entities)
        owner = actors.get(inner) if inner is not None else None
        actors[own] = Actor(
            id=own,
            name=name,
            kind=kind,
            country=(owner.country if owner else None) or _country_of_town(tokens, token),
            principal=owner.id if owner else None,
        )
    return own


def _country_of_town(tokens: Tokens, token: int) -> str | None:
    """As in "Basra's governor": that of the town whose name alone means one."""
    town = tokens.child(token, "poss")
    if town is None or tokens.pos[town] != "PROPN" or tokens.lower[token] not in _CITY_HEADS:
        return None
    state = state_of_city(tokens.surface((tokens.left[town], town + 1)))
    return None if state is None else state.upper()
