"""Bodies, governments and groups: the figures for phrases that are no single person."""

from __future__ import annotations

from communique.lexicon.cues import cues
from communique.lexicon.officeholders import slug
from communique.model import ActorKind
from communique.reading.entities.affiliations import (
    bare,
    coming_state,
    latest_described,
    nearest_state,
    owner_of,
    speaks,
)
from communique.reading.entities.gazetteer import coded_states, state_names
from communique.reading.entities.noun_phrases import Phrase, lexicon
from communique.reading.entities.registry import Figure, Scene

_STATE_SORTS = {"state", "people", "city", "seat", "territory"}


def government_of(scene: Scene, p: Phrase) -> Figure | None:
    """Return the state whose government, side or delegation a phrase names."""
    words = scene.words
    if (p.former or p.determiner in ("a", "an")) and words.lower[p.head] in ("state", "republic", "kingdom"):
        return None
    owner, country = owner_of(scene, p)
    head = words.lower[p.head]
    if owner in state_names() and owner is not None:
        if words.lower[p.end] == "-" if p.end < words.n else False:
            return None
        return scene.state(owner)
    if owner is not None and owner.startswith("org:"):
        return scene.figures.get(owner) or next((scene.entry(h.entry) for h in p.owners), None)
    if country and country.lower() in coded_states():
        return scene.state(country.lower())
    if p.former or head in lexicon().strict or p.determiner not in ("the", "its", "this") or p.whose is not None:
        return None
    if p.start < p.title[0] and p.owners:
        return None
    if p.end < words.n and words.lower[p.end] == "of":
        return None
    state = _named_so_before(scene, p) or nearest_state(scene, p.start)
    return scene.state(state) if state else None


def _named_so_before(scene: Scene, p: Phrase) -> str | None:
    """Return the state that the same bare words, "the government", meant before: a report means one by them."""
    words = scene.words
    if words.lower[p.start : p.end] not in (["the", "government"], ["the", "cabinet"], ["the", "administration"]):
        return None
    here = words.sentence[p.start]
    for m in scene.before(p.start):
        if m.sentence == here and m.subject and m.figure in state_names():
            return None
        if words.lower[m.start : m.end] == words.lower[p.start : p.end] and m.figure in state_names():
            return m.figure
    return None


def body_of(scene: Scene, p: Phrase) -> Figure | None:
    """Return the ministry, parliament, army or the like; of the state in view where the phrase names none."""
    words = scene.words
    hit = scene.hit_at.get(p.head)
    body = hit.entry.id if hit is not None else slug(words.surface(p.title))
    if (
        body in ("ministry", "department")
        or words.lower[p.head] == "ministry"
        and p.title[1] - p.title[0] > 1
        and (hit is not None and hit.entry.id == "ministry")
    ):
        portfolio = [words.lower[k] for k in range(*p.title) if words.pos[k] != "DET"]
        if portfolio in (["ministry"], ["department"]):
            found = latest_described(scene, p.head, {"ministry", "department"}, ActorKind.BODY)
            return scene.figures[found] if found and p.determiner in ("the", "its", "") else None
        if words.lower[p.head] == "department" and not words.text[p.head][0].isupper():
            return None
        body = slug(" ".join(portfolio))
    owner, country = owner_of(scene, p)
    if hit is not None and body == "state-media":
        return _state_media(scene, p, owner, country)
    if owner is not None and owner.startswith("org:") and p.possessor is not None:
        return None
    if owner is not None:
        scene.sure.add(f"{owner}/{body}")
    if owner is None:
        owner = _owner_of_body(scene, p, body)
        country = owner.upper() if owner in coded_states() and owner else None
    name = words.surface((p.title[0], p.end))
    start = p.start
    while start < p.title[0] and (words.lower[start] in ("the", "a", "an", "its", "his", "her", "their")):
        start += 1
    name = words.surface((start, p.end))
    key = f"{owner}/{body}" if owner else f"body:{body}"
    if p.determiner in ("a", "an") and owner is None:
        return None
    return scene.figure(Figure(key, name, ActorKind.BODY, country, principal=owner))


def _state_media(scene: Scene, p: Phrase, owner: str | None, country: str | None) -> Figure | None:
    named = scene.hit_at.get(p.end)
    if named is not None and named.entry.kind is ActorKind.OUTLET:
        return scene.entry(named.entry)
    state = owner or nearest_state(scene, p.start)
    name = scene.words.surface((p.start, p.end)).removeprefix("the ").removeprefix("The ")
    key = f"outlet:{state}-state-media" if state else "outlet:state-media"
    code = country or (state.upper() if state in coded_states() and state else None)
    return scene.figure(Figure(key, name, ActorKind.OUTLET, code, principal=state))


def _owner_of_body(scene: Scene, p: Phrase, body: str) -> str | None:
    for m in scene.before(p.end):
        if m.figure.endswith(f"/{body}"):
            return m.figure.split("/")[0]
    return nearest_state(scene, p.start, reach=5) or coming_state(scene, p.end)


def plural_of(scene: Scene, p: Phrase) -> Figure | None:
    """Return the officials, analysts or the like who speak as one."""
    words = scene.words
    noun = words.lower[p.head]
    states = [h for h in p.owners if h.entry.sort in _STATE_SORTS or h.entry.kind is ActorKind.ORGANISATION]
    surface = words.surface((p.start, p.end if p.owners or p.org else p.head + 1))
    if (
        p.determiner in ("the", "both", "these", "those", "two", "no", "any", "every", "each")
        and not p.owners
        and (p.org is None and p.body is None)
    ):
        if p.determiner in ("no", "any", "every", "each"):
            return None
        found = latest_described(scene, p.head, {words.lemma[p.head].lower()})
        if found and scene.figures[found].plural:
            return scene.figures[found]
        if noun in lexicon().weak or p.determiner in ("both", "two"):
            return None
        owner, country = owner_of(scene, p)
        if p.determiner == "the" and not speaks(scene, p.head):
            return None
        return scene.figure(
            Figure(f"unnamed:{slug(surface.removeprefix('the '))}", surface, ActorKind.UNNAMED, country, plural=True)
        )
    if len(states) > 1 and len({h.entry.id for h in states}) > 1:
        ids = tuple(dict.fromkeys(h.entry.id for h in sorted(states, key=lambda h: h.start)))
        key = f"group:{'+'.join(ids)}/{slug(noun)}"
        members = tuple(
            scene.entry(h.entry).id for h in sorted(states, key=lambda h: h.start) if h.entry.sort != "people"
        )
        return scene.figure(Figure(key, surface, ActorKind.GROUP, None, members=members, plural=True))
    owner, country = owner_of(scene, p)
    if owner is None and p.body is not None:
        body = scene.heads.get(p.body.head) or scene.actor_of.get(p.body.head)
        if body in scene.figures:
            figure = scene.figures[body]
            return scene.figure(
                Figure(f"{body}/{slug(noun)}", surface, ActorKind.GROUP, figure.country, principal=body, plural=True)
            )
    if owner is not None or country:
        base = owner or (country.lower() if country else "")
        if noun in lexicon().weak and not speaks(scene, p.head):
            return None
        kind = ActorKind.OUTLET if noun in cues().sets["media"] else ActorKind.GROUP
        return scene.figure(Figure(f"{base}/{slug(noun)}", bare(surface), kind, country, principal=owner, plural=True))
    if noun in lexicon().weak or not speaks(scene, p.head):
        return None
    return scene.figure(Figure(f"unnamed:{slug(bare(surface))}", bare(surface), ActorKind.UNNAMED, None, plural=True))


def group_of(scene: Scene, p: Phrase) -> Figure | None:
    """Return the rebels, opposition, troops or the like."""
    words = scene.words
    noun = words.lower[p.head]
    for hit in p.owners:
        if hit.entry.sort == "group":
            return scene.entry(hit.entry)
    owner, country = owner_of(scene, p)
    if noun in lexicon().needy_groups and owner is None and p.org is None:
        found = latest_described(scene, p.head, {words.lemma[p.head].lower(), noun}) if p.determiner == "the" else None
        return scene.figures[found] if found else None
    surface = bare(words.surface((p.start, p.head + 1)))
    if p.determiner == "the" and p.end - p.start == 2:
        found = latest_described(scene, p.head, {words.lemma[p.head].lower(), noun})
        if found:
            return scene.figures[found]
    if noun in ("rebel", "opposition", "coalition", "union", "guerrilla") and words.dep[p.head] in ("compound", "amod"):
        return None
    if owner is None and not speaks(scene, p.head):
        return None
    key = f"group:{slug(surface)}"
    return scene.figure(
        Figure(key, surface, ActorKind.GROUP, country, principal=None, plural=noun not in ("opposition",))
    )
