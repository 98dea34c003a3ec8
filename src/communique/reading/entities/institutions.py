"""Bodies, governments and groups: the figures for phrases that are no single person."""

from __future__ import annotations

from communique.lexicon import listed, load
from communique.lexicon.cues import cues
from communique.lexicon.officeholders import slug
from communique.model import ActorKind
from communique.reading.entities.affiliations import (
    bare,
    coming_state,
    latest_described,
    leading_state,
    nearest_state,
    owner_of,
    speaks,
)
from communique.reading.entities.gazetteer import OF_STATES, coded_states, state_names
from communique.reading.entities.home_states import home_state, issuing_state, state_at_home
from communique.reading.entities.noun_phrases import Phrase, lexicon
from communique.reading.entities.registry import Entity, EntityRegistry
from communique.reading.entities.town_offices import Town, town_served
from communique.reading.entities.whereabouts import fronted_state

_FORMS_OF_STATE = listed("entities", "forms_of_state")
_GOVERNMENT_DETERMINERS = listed("entities", "government_determiners")
_ARTICLES_AND_POSSESSIVES = listed("closed_classes", "articles_and_possessives")
_PLURAL_DETERMINERS = listed("entities", "plural_determiners")
_NO_SINGLE_ONE = listed("entities", "no_single_one")
_GROUPS = listed("entities", "groups")
_SAME_THROUGHOUT = listed("entities", "same_throughout")

_HOME_VIEW = 5
"""Sentences back in which the state has been named whose body it is."""


def government_of(registry: EntityRegistry, p: Phrase) -> Entity | None:
    """Return the state whose government, side or delegation a phrase names."""
    tokens = registry.tokens
    if (p.former or p.determiner in ("a", "an")) and tokens.lower[p.head] in _FORMS_OF_STATE:
        return None
    owner, country = owner_of(registry, p)
    head = tokens.lower[p.head]
    if owner in state_names() and owner is not None:
        if tokens.lower[p.end] == "-" if p.end < tokens.n else False:
            return None
        return registry.state(owner)
    if owner is not None and owner.startswith("org:"):
        return registry.entities.get(owner) or next((registry.entry(h.entry) for h in p.owners), None)
    if country and country.lower() in coded_states():
        return registry.state(country.lower())
    if p.former or head in lexicon().strict or p.determiner not in _GOVERNMENT_DETERMINERS or p.whose is not None:
        return None
    if p.start < p.title[0] and p.owners:
        return None
    if p.end < tokens.n and tokens.lower[p.end] == "of":
        return None
    state = _named_so_before(registry, p) or nearest_state(registry, p.start) or home_state(registry)
    return registry.state(state) if state else None


def _named_so_before(registry: EntityRegistry, p: Phrase) -> str | None:
    """Return the state that the same bare words, "the government", meant before: a report means one by them."""
    tokens = registry.tokens
    first, *words = tokens.lower[p.start : p.end]
    if first != "the" or len(words) != 1 or words[0] not in _SAME_THROUGHOUT:
        return None
    here = tokens.sentence[p.start]
    for m in registry.before(p.start):
        if m.sentence == here and m.subject and m.entity in state_names():
            return None
        if tokens.lower[m.start : m.end] == tokens.lower[p.start : p.end] and m.entity in state_names():
            return m.entity
    return None


def body_of(registry: EntityRegistry, p: Phrase) -> Entity | None:
    """Return the ministry, parliament, army or the like; of the state in view where the phrase names none."""
    tokens = registry.tokens
    match = registry.match_at.get(p.head)
    body = match.entry.id if match is not None else slug(tokens.surface(p.title))
    if body in ("ministry", "department"):
        portfolio = [tokens.lower[k] for k in range(*p.title) if tokens.pos[k] != "DET"]
        if portfolio in (["ministry"], ["department"]):
            return _ministry_in_view(registry, p)
        if tokens.lower[p.head] == "department" and not tokens.text[p.head][0].isupper():
            return None
        body = slug(" ".join(portfolio))
    owner, country = owner_of(registry, p)
    if match is not None and body == "state-media":
        return _state_media(registry, p, owner, country)
    if owner is not None and owner.startswith("org:") and p.possessor is not None:
        return None
    if owner is None and (town := town_served(registry, p)) is not None:
        return _body_of_town(registry, p, town)
    return _body_of_owner(registry, p, body, owner, country)


def _body_of_town(registry: EntityRegistry, p: Phrase, town: Town) -> Entity:
    """As in "Gdańsk's police": of the town's state, or of nobody's where that is not known."""
    body = f"{town.name}'s {registry.tokens.surface(p.title)}"
    owner = town.state if town.country else None
    return registry.entity(
        Entity(f"{owner or 'body:'}/{slug(body)}", body, ActorKind.BODY, town.country, principal=owner)
    )


def _ministry_in_view(registry: EntityRegistry, p: Phrase) -> Entity | None:
    """As in "the ministry", "its department": the latest that the report describes so, else the one that issues it.

    In its own release "the Ministry", in capitals, is whoever issues it.
    """
    if p.determiner not in ("the", "its", ""):
        return None
    issuer = _issuing_body(registry, p)
    if issuer is not None and registry.tokens.text[p.head][0].isupper():
        return issuer
    found = latest_described(registry, p.head, {"ministry", "department"}, ActorKind.BODY)
    return registry.entities[found] if found else issuer


def _issuing_body(registry: EntityRegistry, p: Phrase) -> Entity | None:
    """Return the ministry that issues a report, where the phrase may mean it."""
    outlet = (registry.report.outlet if registry.report is not None else None) or ""
    state = issuing_state(registry) if registry.tokens.lower[p.head] in outlet.lower().split() else None
    if state is None or p.determiner != "the":
        return None
    return registry.entity(Entity(f"{state}/{slug(outlet)}", outlet, ActorKind.BODY, state.upper(), principal=state))


def _body_of_owner(
    registry: EntityRegistry, p: Phrase, body: str, owner: str | None, country: str | None
) -> Entity | None:
    """Return the body of the owner that the phrase names, or else of the state in view."""
    if owner is not None:
        registry.sure.add(f"{owner}/{body}")
    else:
        owner = _owner_of_body(registry, p, body)
        if registry.tokens.lower[p.head] == "congress" and owner not in load("offices")["congresses"]["states"]:
            owner = None  # "Congress" in a report of a state whose parliament has another name
        country = owner.upper() if owner in coded_states() and owner else None
    if p.determiner in ("a", "an") and owner is None:
        return None
    start = p.start
    while start < p.title[0] and registry.tokens.lower[start] in _ARTICLES_AND_POSSESSIVES:
        start += 1
    name = registry.tokens.surface((start, p.end))
    key = f"{owner}/{body}" if owner else f"body:{body}"
    return registry.entity(Entity(key, name, ActorKind.BODY, country, principal=owner))


def _state_media(registry: EntityRegistry, p: Phrase, owner: str | None, country: str | None) -> Entity | None:
    named = registry.match_at.get(p.end)
    if named is not None and named.entry.kind is ActorKind.OUTLET:
        return registry.entry(named.entry)
    state = owner or leading_state(registry, p.start) or nearest_state(registry, p.start)
    name = registry.tokens.surface((p.start, p.end)).removeprefix("the ").removeprefix("The ")
    key = f"outlet:{state}-state-media" if state else "outlet:state-media"
    code = country or (state.upper() if state in coded_states() and state else None)
    return registry.entity(Entity(key, name, ActorKind.OUTLET, code, principal=state))


def _owner_of_body(registry: EntityRegistry, p: Phrase, body: str) -> str | None:
    there = fronted_state(registry, p.start)
    if there is not None:
        return there
    for m in registry.before(p.end):
        if m.entity.endswith(f"/{body}"):
            return m.entity.split("/")[0]
    return state_at_home(registry, p.start, _HOME_VIEW, somebodys=p.whose is not None) or coming_state(registry, p.end)


def plural_of(registry: EntityRegistry, p: Phrase) -> Entity | None:
    """Return the officials, analysts or the like who speak as one."""
    tokens = registry.tokens
    noun = tokens.lower[p.head]
    surface = tokens.surface((p.start, p.end if p.owners or p.org else p.head + 1))
    if p.determiner in _PLURAL_DETERMINERS and not p.owners and (p.org is None and p.body is None):
        return _plural_of_nobody(registry, p, surface)
    joined = _plural_of_several(registry, p, surface)
    if joined is not None:
        return joined
    owner, country = owner_of(registry, p)
    if owner is None and p.body is not None:
        inside = _plural_of_body(registry, p.body, noun, surface)
        if inside is not None:
            return inside
    if noun in lexicon().weak and not speaks(registry, p.head):
        return None
    if owner is not None or country:
        base = owner or (country.lower() if country else "")
        kind = ActorKind.OUTLET if noun in cues().sets["media"] else ActorKind.GROUP
        return registry.entity(
            Entity(f"{base}/{slug(noun)}", bare(surface), kind, country, principal=owner, plural=True)
        )
    if noun in lexicon().weak or not speaks(registry, p.head):
        return None
    return registry.entity(
        Entity(f"unnamed:{slug(bare(surface))}", bare(surface), ActorKind.UNNAMED, None, plural=True)
    )


def _plural_of_nobody(registry: EntityRegistry, p: Phrase, surface: str) -> Entity | None:
    """As in "the officials", "these analysts": those described so before, or else nameless ones who speak."""
    tokens = registry.tokens
    if p.determiner in _NO_SINGLE_ONE:
        return None
    found = latest_described(registry, p.head, {tokens.lemma[p.head].lower()})
    if found and registry.entities[found].plural:
        return registry.entities[found]
    if tokens.lower[p.head] in lexicon().weak or p.determiner in ("both", "two"):
        return None
    _, country = owner_of(registry, p)
    if p.determiner == "the" and not speaks(registry, p.head):
        return None
    return registry.entity(
        Entity(f"unnamed:{slug(surface.removeprefix('the '))}", surface, ActorKind.UNNAMED, country, plural=True)
    )


def _plural_of_several(registry: EntityRegistry, p: Phrase, surface: str) -> Entity | None:
    """As in "Japanese and Russian officials": the group that joins them, its members where named as such."""
    owners = sorted(
        (h for h in p.owners if h.entry.sort in OF_STATES or h.entry.kind is ActorKind.ORGANISATION),
        key=lambda h: h.start,
    )
    ids = tuple(dict.fromkeys(h.entry.id for h in owners))
    if len(ids) < 2:
        return None
    key = f"group:{'+'.join(ids)}/{slug(registry.tokens.lower[p.head])}"
    members = tuple(registry.entry(h.entry).id for h in owners if h.entry.sort != "people")
    return registry.entity(Entity(key, surface, ActorKind.GROUP, None, members=members, plural=True))


def _plural_of_body(registry: EntityRegistry, inner: Phrase, noun: str, surface: str) -> Entity | None:
    """As in "ministry officials": those of the body that the phrase holds, where that is known."""
    body = registry.heads.get(inner.head) or registry.actor_of.get(inner.head)
    if body not in registry.entities:
        return None
    country = registry.entities[body].country
    return registry.entity(
        Entity(f"{body}/{slug(noun)}", surface, ActorKind.GROUP, country, principal=body, plural=True)
    )


def group_of(registry: EntityRegistry, p: Phrase) -> Entity | None:
    """Return the rebels, opposition, troops or the like."""
    tokens = registry.tokens
    noun = tokens.lower[p.head]
    for match in p.owners:
        if match.entry.sort == "group":
            return registry.entry(match.entry)
    owner, country = owner_of(registry, p)
    if noun in lexicon().needy_groups and owner is None and p.org is None:
        found = (
            latest_described(registry, p.head, {tokens.lemma[p.head].lower(), noun}) if p.determiner == "the" else None
        )
        return registry.entities[found] if found else None
    surface = bare(tokens.surface((p.start, p.head + 1)))
    if p.determiner == "the" and p.end - p.start == 2:
        found = latest_described(registry, p.head, {tokens.lemma[p.head].lower(), noun})
        if found:
            return registry.entities[found]
    if noun in _GROUPS and tokens.dep[p.head] in (
        "compound",
        "amod",
    ):
        return None
    if owner is None and not speaks(registry, p.head):
        return None
    key = f"group:{slug(surface)}"
    return registry.entity(
        Entity(key, surface, ActorKind.GROUP, country, principal=None, plural=noun not in ("opposition",))
    )
