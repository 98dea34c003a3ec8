"""Single people: who bears a title, and whom a title without a name means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from communique.lexicon import listed, load
from communique.lexicon.officeholders import by_office, fold, person_called, slug, terms_of
from communique.model import ActorKind
from communique.reading.entities.affiliations import (
    bare,
    gender_of,
    interviewer_state,
    office_of,
    owner_figure,
    owner_of,
    speaks,
    state_of_speech,
    title_of,
)
from communique.reading.entities.gazetteer import OF_STATES, coded_states
from communique.reading.entities.home_states import first_subject, home_state, place_told_at, state_at_home
from communique.reading.entities.noun_phrases import Phrase, lexicon
from communique.reading.entities.people_in_view import (
    EQUIVALENT,
    body_that_spoke,
    described_office,
    is_called,
    latest,
    person_in_view,
    same_office,
)
from communique.reading.entities.person_linking import find_person, from_terms, name_text
from communique.reading.entities.registry import Entity, EntityRegistry
from communique.reading.entities.town_offices import town_served
from communique.reading.grammar.labels import FULL_SUBJECTS
from communique.reading.grammar.subjects import active_subject
from communique.reading.tokens import Tokens

_SPOKESPERSONS = listed("entities", "spokespersons")
_SINGLE_DETERMINERS = listed("entities", "single_determiners")
_DESCRIBED_DETERMINERS = listed("entities", "described_determiners")
_CHIEFS = listed("entities", "chiefs")
_HEADS_OF_GOVERNMENT = listed("entities", "heads_of_government")
_NO_SINGLE_ONE = listed("entities", "no_single_one")
_NAMELESS = listed("entities", "nameless")
_ASSUMED = listed("entities", "assumed")
_ELECTED = listed("entities", "elected")
_EPITHETS = listed("entities", "epithets")

_GOVERNING = listed("entities", "governing")
_OF_GOVERNMENTS = listed("entities", "of_governments")
_OF_BODIES_TOO = listed("entities", "of_bodies_too")
_COLLEAGUES = listed("entities", "colleagues")
_COUNTERPARTS = listed("entities", "counterparts")
_NATIONAL_OFFICES = listed("entities", "national_offices")
_NO_PORTFOLIOS = listed("entities", "no_portfolio")

_HOME_REACH, _OFFICIAL_VIEW, _LEADER_VIEW, _CALLED_VIEW, _SPOKESPERSON_VIEW = 6, 8, 10, 12, 10
"""Sentences back for an office's state, an official, a leader, one called by an office, a spokesperson."""


@dataclass(frozen=True, slots=True)
class _Post:
    """What a title says of its bearer: the office, whose it is, the country, and for whom the bearer speaks."""

    owner: str | None
    country: str | None
    office: str
    principal: str | None


def single_of(registry: EntityRegistry, p: Phrase) -> Entity | None:
    """Return the person who bears a title, the office, or the nameless one whom a phrase describes."""
    owner, country = owner_of(registry, p)
    if owner is None and country is None:
        owner, country = _state_by_portfolio(registry, p)
    body = None
    if p.body is not None:
        body = registry.actor_of.get(p.body.head)
        owner2, country2 = owner_figure(registry, body)
        owner, country = owner or owner2, country or country2
    office = _office_id(registry, p, owner)
    spokes = registry.tokens.lower[p.head] in _SPOKESPERSONS
    principal = body if spokes and body else owner
    if spokes and not body:
        principal = _spoken_for(registry, p) or principal
    entity = _apposed(registry, p)
    if p.name is not None:
        name = name_text(registry, p.name)
        if body and not p.owners and body not in registry.sure and person_called(fold(name)):
            owner = country = None
        if _is_counterpart(registry, p) and not any(h.entry.sort in OF_STATES for h in p.owners):
            owner = country = principal = None  # "his counterpart, João Lourenço": another state's
        entity = find_person(registry, name, country)
        if _is_counterpart(registry, p):
            model = _model(registry, p)
            office = model.office if model is not None and model.office else office
    if entity is not None:
        return _assume(registry, p, entity, _Post(owner, country, office, principal))
    if _is_counterpart(registry, p):
        return _counterpart(registry, p, owner, country)
    if p.determiner in _SINGLE_DETERMINERS:
        return _nameless(registry, p, owner, country, principal)
    if p.sort == "person":
        return _described_person(registry, p, owner, country, principal)
    return _office(registry, p, _Post(owner, country, office, principal))


def _state_by_portfolio(registry: EntityRegistry, p: Phrase) -> tuple[str | None, str | None]:
    """As in "the Brexit minister": a portfolio that only one state has."""
    for low in registry.tokens.lower[p.title[0] : p.title[1]]:
        state = load("offices")["portfolios_of_states"].get(low)
        if state is not None:
            return state, state.upper()
    return None, None


def _is_counterpart(registry: EntityRegistry, p: Phrase) -> bool:
    """As in "his counterpart", "his Hungarian colleague": any colleague is one only with another state's name."""
    word = registry.tokens.lower[p.head]
    if word in _COLLEAGUES:
        return any(h.entry.sort in OF_STATES for h in p.owners)
    return word in _COUNTERPARTS


def _office_id(registry: EntityRegistry, p: Phrase, owner: str | None) -> str:
    """The office that a title names; "the IAEA chief" is whatever office heads it."""
    word = registry.tokens.lower[p.head]
    if word in _CHIEFS and p.title[1] - p.title[0] == 1 and owner and owner.startswith("org:"):
        offices = {office for holder, office in by_office() if holder == owner and office in lexicon().sole}
        if len(offices) == 1:
            return offices.pop()
        return "head"
    office = office_of(registry, p)
    # "The president-elect" is not yet who the president is.
    return f"{office}-elect" if registry.tokens.lower[p.end - 1] in _ELECTED else office


def _spoken_for(registry: EntityRegistry, p: Phrase) -> str | None:
    """Whom a spokesperson speaks for: a named body, or whoever "its" and "the rebels'" are."""
    for match in p.owners:
        if match.entry.sort in ("body", "body-default", "organisation", "group", "outlet"):
            return match.entry.id
    at = p.whose if p.whose is not None else p.possessor
    return registry.actor_of.get(at) if at is not None else None


def _apposed(registry: EntityRegistry, p: Phrase) -> Entity | None:
    """The person named right before a title that commas set off: "Wang Wenbin, a Foreign Ministry spokesman,"."""
    tokens = registry.tokens
    front = p.front if p.front is not None else p.start
    if p.name is not None or front < 2:
        return None
    before = tokens.lower[front - 1]
    if before not in (",", "-", "–", "—", "(") and not (before in ("is", "was") and tokens.dep[p.head] == "attr"):
        return None
    if _speaks_after(registry, p, front - 2):
        return None
    if before in ("is", "was"):
        subject = active_subject(tokens, tokens.head[p.head])
        key = registry.heads.get(subject) if subject is not None else None
    else:
        key = registry.actor_of.get(front - 2)
        if key is None or key.startswith("org:") and registry.entities[key].kind is ActorKind.ORGANISATION:
            key = _bare_name(registry, front - 2, key)
    if key is None or registry.entities[key].kind is not ActorKind.PERSON:
        return None
    if _of_another_state(p, registry.entities[key]):
        return None
    after = tokens.text[p.end] if p.end < tokens.n else "."
    closed = (
        after in (",", ".", ")", ";", ":", "-", "–", "—", '"')
        or tokens.dep[p.head] == "appos"
        or (tokens.pos[p.end] in ("VERB", "AUX", "ADP", "PRON", "SPACE") if p.end < tokens.n else True)
    )
    if after == "," and p.end + 1 < tokens.n and tokens.lower[p.end + 1] == "and" and tokens.dep[p.head] == "conj":
        return None
    return registry.entities[key] if closed else None


def _speaks_after(registry: EntityRegistry, p: Phrase, last: int) -> bool:
    """As in "... would call Xi, the leader said": the title is the subject of what follows, not of the name before."""
    tokens = registry.tokens
    if tokens.dep[p.head] not in FULL_SUBJECTS or p.end >= tokens.n or tokens.pos[p.end] not in ("VERB", "AUX"):
        return False
    start = last
    first = tokens.sentences[tokens.sentence[p.head]][0]
    while start > first and tokens.pos[start] == "PROPN":
        start -= 1
    return any(tokens.pos[k] not in ("PUNCT", "SPACE", "CCONJ", "PROPN") for k in range(first, start + 1))


def _of_another_state(p: Phrase, entity: Entity) -> bool:
    """Whether a title's nation is not that of the office holder named before it."""
    nations = {h.entry.country for h in p.owners if h.entry.sort in ("people", "state") and h.entry.country}
    offices = terms_of(entity.id)
    return bool(nations and offices) and not any(t.owner.upper() in nations for t in offices)


def _bare_name(registry: EntityRegistry, last: int, label: str | None) -> str | None:
    """Mention the two or more capitalised words that end at a token as a person, where no label says who they are."""
    tokens = registry.tokens
    start = last + 1
    while (
        start > 0
        and last - start < 4
        and tokens.pos[start - 1] == "PROPN"
        and tokens.text[start - 1][0].isupper()
        and start - 1 not in registry.match_at
        and registry.actor_of.get(start - 1) in ((label,) if start == last + 1 else (label, None))
    ):
        start -= 1
    if last - start < 1 or tokens.sentence[start] != tokens.sentence[last]:
        return None
    entity = find_person(registry, tokens.surface((start, last + 1)))
    if label is not None:
        registry.merge(label, entity.id)
    registry.mention(start, last + 1, entity.id)
    return entity.id


def _assume(registry: EntityRegistry, p: Phrase, entity: Entity, post: _Post) -> Entity:
    """Note what a title says of a person: the report's own words come before the lexicon."""
    entity.gender = entity.gender or gender_of(p, registry)
    post = _taken_over(registry, p, entity, post)
    stateless = post.country is None and post.owner is None and entity.country is None
    mouthpiece = stateless and registry.tokens.lower[p.head] in _SPOKESPERSONS and post.principal is None
    body = body_that_spoke(registry, p) if mouthpiece else None
    if body is not None:
        post = replace(post, country=body.country, principal=body.id)
    elif stateless and p.sort == "office" and p.org is None:
        state = _state_in_view(registry, p)
        post = replace(post, owner=state, country=state.upper() if state else None, principal=post.principal or state)
    if post.country and (entity.country is None or entity.role is None and not terms_of(entity.id)):
        entity.country = post.country
    _note_role(registry, p, entity)
    if p.sort == "office" and not p.former:
        entity.office = post.office
        entity.owner = post.owner or entity.owner
        registry.offices[(entity.owner, post.office)] = entity.id
        registry.offices[(None, post.office)] = entity.id
    _note_principal(p, entity, post)
    return entity


def _taken_over(registry: EntityRegistry, p: Phrase, entity: Entity, post: _Post) -> _Post:
    """Give a person the place of the office that the report named without its holder, and return what is now known."""
    if post.owner is not None:
        key: str | None = f"{post.owner}/{post.office}"
        if key in registry.entities and registry.offices.get((post.owner, post.office), entity.id) == entity.id:
            registry.merge(key, entity.id)
        return post
    if entity.kind is not ActorKind.PERSON or p.determiner != "the" or p.sort != "office":
        return post
    key = described_office(registry, p, registry.tokens.lower[p.head])
    former = registry.entities[key] if key else None
    if key is None or former is None or former.kind is not ActorKind.OFFICE:
        return post
    if entity.country not in (None, former.country):
        return post
    known = _Post(former.owner, former.country, former.office or post.office, post.principal or former.principal)
    registry.merge(key, entity.id)
    return known


def _note_role(registry: EntityRegistry, p: Phrase, entity: Entity) -> None:
    """Let the first title be a person's role, and a longer one after it; "leader" and the like never replace one."""
    if p.sort not in ("office", "person"):
        return
    title, head = title_of(registry, p), registry.tokens.lower[p.head]
    if not title or head in _ASSUMED:
        return
    if entity.role is None or len(title) > len(entity.role) and head != "leader":
        entity.role = title


def _note_principal(p: Phrase, entity: Entity, post: _Post) -> None:
    """Note for whom a person speaks: what the title says, else the country; a body is noted in any case."""
    unbound = entity.principal is None and not p.former
    if post.principal is not None and unbound or post.principal and "/" in post.principal:
        entity.principal = post.principal
    elif post.country and unbound and p.sort == "office":
        entity.principal = post.country.lower()


def _state_in_view(registry: EntityRegistry, p: Phrase) -> str | None:
    """A minister or a government's spokesman without a country is of the state that the report speaks of."""
    tokens = registry.tokens
    governs = any(tokens.lower[k] in _GOVERNING for k in range(min(p.start, p.title[0]), p.title[1]))
    title = " ".join(tokens.lower[k] for k in range(*p.title))
    national = governs or tokens.lower[p.head] in _HEADS_OF_GOVERNMENT or title in _NATIONAL_OFFICES
    if not national and tokens.lower[p.head] not in _OF_GOVERNMENTS or p.former or _of_a_body(tokens, p):
        return None
    before = tokens.lower[p.start - 1] if p.start else ""
    if p.start and tokens.pos[p.start - 1] == "PROPN" and before not in lexicon().courtesy:
        return None
    if not national:
        state = place_told_at(registry, p.start) or (home_state(registry) if p.whose is None else None)
        return state if state in coded_states() else None
    state = first_subject(registry, p.start) or state_at_home(
        registry, p.start, _HOME_REACH, somebodys=p.whose is not None
    )
    state = state or state_of_speech(registry, p.end) or interviewer_state(registry, p.start)
    return state if state in coded_states() else None


def _of_a_body(tokens: Tokens, p: Phrase) -> bool:
    """As in "the president of the local committee", "the secretary of a union": no office of a state."""
    at = p.title[1]
    if at + 1 >= tokens.n or tokens.lower[at] != "of" or tokens.lower[p.head] not in _OF_BODIES_TOO:
        return False
    return tokens.lower[at + 1] in ("a", "an") or tokens.lower[at + 1] == "the" and not tokens.text[at + 2][0].isupper()


def _nameless(
    registry: EntityRegistry, p: Phrase, owner: str | None, country: str | None, principal: str | None
) -> Entity | None:
    tokens = registry.tokens
    if p.determiner in _NO_SINGLE_ONE or tokens.dep[p.head] in ("attr", "appos", "oprd"):
        return None
    if tokens.lower[p.start - 1 if p.start else 0] in ("as",) and tokens.dep[p.head] == "pobj":
        return None
    if not speaks(registry, p.head) and tokens.lower[p.head] not in _NAMELESS:
        return None
    surface = tokens.surface((p.start, p.end))
    country = country or _country_of_town(registry, p)
    key = f"unnamed:{slug(bare(surface))}-{p.start}"
    spokes = tokens.lower[p.head] in _SPOKESPERSONS
    if spokes:
        key = f"{principal or 'office:'}/spokesperson" if principal else f"unnamed:spokesperson-{p.start}"
    kind = ActorKind.OFFICE if spokes and principal else ActorKind.UNNAMED
    entity = Entity(key, bare(surface), kind, country, title_of(registry, p), principal, gender=gender_of(p, registry))
    entity.office, entity.owner = ("spokesperson" if spokes else None), owner
    return registry.entity(entity)


def _described_person(
    registry: EntityRegistry, p: Phrase, owner: str | None, country: str | None, principal: str | None
) -> Entity | None:
    """As in "The official", "the diplomat": one already described so; a bare or possessed one is nameless."""
    tokens = registry.tokens
    if p.determiner in _DESCRIBED_DETERMINERS:
        for m in latest(registry, p, p.end, _OFFICIAL_VIEW):
            entity = registry.entities[m.entity]
            if entity.personal and is_called(entity, tokens.lower[p.head]):
                return entity
        if p.end - p.start == 2:
            return None
    if tokens.lower[p.head] in lexicon().weak and owner is None:
        return None
    return _nameless(registry, p, owner, country, principal)


def _counterpart(registry: EntityRegistry, p: Phrase, owner: str | None, country: str | None) -> Entity | None:
    """As in "His Japanese counterpart": the same office in another state."""
    model = _model(registry, p)
    if p.whose is not None and not any(h.entry.sort in OF_STATES for h in p.owners):
        owner = country = None
    if model is None or model.office is None:
        return None
    if owner is None:
        for m in registry.before(p.end):
            other = registry.entities[m.entity]
            if other.office == model.office and other.owner != model.owner and other.personal:
                return other
        return None
    return _holder(registry, owner, country, model.office, registry.tokens.surface((p.start, p.end)))


def _model(registry: EntityRegistry, p: Phrase) -> Entity | None:
    """Whose counterpart it is."""
    whose = registry.actor_of.get(p.whose) if p.whose is not None else None
    if whose is None and p.possessor is not None:
        whose = registry.actor_of.get(p.possessor)
    if whose is None:
        whose = next((m.entity for m in registry.before(p.end) if registry.entities[m.entity].office), None)
    return registry.entities.get(whose) if whose else None


def _holder(registry: EntityRegistry, owner: str, country: str | None, office: str, surface: str) -> Entity:
    """Return who holds an office: by the report, by the lexicon at the report's date, else the office itself."""
    office = EQUIVALENT.get((owner, office), office)
    if office == "secretary-of-state" and owner not in ("usa", "vat"):
        office = "foreign-minister"
    known = registry.offices.get((owner, office))
    if known:
        return registry.entities[known]
    month = registry.month
    if month is not None:
        rows = [t for t in by_office().get((owner, office), ()) if t.holds(month)]
        if len({t.person for t in rows}) == 1:
            return from_terms(registry, (rows[0],))
    entity = Entity(f"{owner}/{office}", bare(surface), ActorKind.OFFICE, country, principal=owner)
    entity.office, entity.owner = office, owner
    return registry.entity(entity)


def _leader(registry: EntityRegistry, p: Phrase, owner: str | None) -> Entity | None:
    """As in "The Russian leader", "the leader": the latest in view of those who lead."""
    leaders = lexicon().leaders
    for m in latest(registry, p, p.end, _LEADER_VIEW):
        entity = registry.entities[m.entity]
        if entity.personal and entity.office in leaders and (owner is None or entity.owner == owner):
            return entity
        if owner is None and entity.personal and "leader" in entity.tokens:
            return entity
    if owner is None:
        return None
    for office in leaders:
        key = registry.offices.get((owner, office))
        if key:
            return registry.entities[key]
        if registry.month and (owner, office) in by_office():
            return _holder(registry, owner, owner.upper(), office, registry.tokens.surface((p.start, p.end)))
    return None


def _office(registry: EntityRegistry, p: Phrase, post: _Post) -> Entity | None:
    """An office without a name: its holder where known, else the office."""
    head = registry.tokens.lower[p.head]
    if p.former and p.determiner == "the" and p.name is None:
        found = _described_by(registry, p, head)
        if found is not None:
            return found
    if p.former or p.whose is None and p.owners == [] and _epithet(registry, p):
        return person_in_view(registry, p) if p.determiner == "the" and speaks(registry, p.head) else None
    if head in ("leader", "mandatary") and p.title[1] - p.title[0] == 1:
        found = _leader(registry, p, post.owner)
        if found is not None or post.owner is None:
            return found
    if head in _SPOKESPERSONS:
        return _spokes(registry, p, post.country, post.principal, registry.tokens.surface((p.start, p.end)))
    if post.owner is None:
        return _office_of_nobody(registry, p, post)
    return _office_of(registry, p, post.owner, post)


def _office_of_nobody(registry: EntityRegistry, p: Phrase, post: _Post) -> Entity | None:
    """An office that is said to be nobody's: one spoken of before, that of the state in view, else the office alone."""
    tokens, office = registry.tokens, post.office
    key = (
        _holder_in_view(registry, p, office)
        or described_office(registry, p, tokens.lower[p.head])
        or same_office(registry, p, office)
    )
    if key:
        return _named_by(registry, p, registry.entities[key])
    common = p.determiner == "" and not tokens.text[p.head][0].isupper()
    if common or not _is_sole(office) or tokens.dep[p.head] in ("attr", "appos"):
        alone = p.determiner == "the" and office not in lexicon().weak and speaks(registry, p.head)
    else:
        everyones = _is_of_organisations(office)
        state = None
        if not everyones and not _of_a_body(tokens, p):
            state = state_at_home(registry, p.start, 2, somebodys=p.whose is not None)
        if state is not None:
            code = state.upper() if state in coded_states() else None
            return _office_of(registry, p, state, replace(post, owner=state, country=code))
        alone = everyones or speaks(registry, p.head)
    person = _unexplained(registry, p, "") if alone and p.determiner == "the" else None
    if person is not None:
        return _assume(registry, p, person, post)
    surface = tokens.surface((p.start, p.end))
    return registry.entity(_plain_office(p, office, surface, registry)) if alone else None


def _office_of(registry: EntityRegistry, p: Phrase, owner: str, post: _Post) -> Entity | None:
    """An office of a known owner: the holder, one described so before, or a person not yet explained."""
    tokens, office = registry.tokens, post.office
    if tokens.dep[p.head] in ("attr", "oprd") and p.determiner != "the":
        return None
    if office in lexicon().weak and not speaks(registry, p.head):
        return None
    known = registry.offices.get((owner, office))
    if known is None and p.determiner in ("the", "its") and not _is_sole(office):
        key = described_office(registry, p, tokens.lower[p.head], owner)
        if key:
            return registry.entities[key]
    fresh = known is None and f"{owner}/{office}" not in registry.entities
    holder = _holder(registry, owner, post.country, office, tokens.surface((p.start, p.end)))
    person = _unexplained(registry, p, owner) if fresh and holder.kind is ActorKind.OFFICE else None
    if person is not None:
        registry.entities.pop(holder.id, None)
        return _assume(registry, p, person, post)
    return _named_by(registry, p, holder)


def _holder_in_view(registry: EntityRegistry, p: Phrase, office: str) -> str | None:
    """Return whom an office means, of several holders the one who spoke: "the president" is not the one he met."""
    holders = {e.id for e in registry.entities.values() if e.office == office and e.personal}
    here = registry.tokens.sentence[p.head]
    for m in registry.before(p.start) if len(holders) > 1 and p.determiner == "the" else ():
        if here - m.sentence > 3:
            break
        if m.entity in holders and m.subject and speaks(registry, m.head):
            return m.entity
    return registry.offices.get((None, office))


def _is_sole(office: str) -> bool:
    """Whether a state has one of it: so it has of ministers of any portfolio."""
    portfolio, _, head = office.rpartition("-")
    return office in lexicon().sole or head == "minister" and portfolio.split("-")[0] not in _NO_PORTFOLIOS


def _explained(registry: EntityRegistry, entity: Entity, owner: str) -> bool:
    """Whether it is known who a person is: of another state, or in office at the time."""
    terms = terms_of(entity.id)
    if any(t.holds(registry.month) for t in terms) or not terms and entity.office:
        return True
    return entity.country is not None and entity.country.lower() != owner


def _unexplained(registry: EntityRegistry, p: Phrase, owner: str) -> Entity | None:
    """The one person whom the report has just named in full without saying who that is, and now describes."""
    if p.determiner not in ("the", "its") or not speaks(registry, p.head):
        return None
    here = registry.tokens.sentence[p.head]
    found: Entity | None = None
    for m in registry.before(p.start):
        if here - m.sentence > 2:
            break
        entity = registry.entities[m.entity]
        if entity.kind is not ActorKind.PERSON or entity.role or _explained(registry, entity, owner):
            continue
        if found not in (None, entity) or " " not in entity.name or m.sentence == here and m.subject:
            return None
        found = entity
    return found


def _named_by(registry: EntityRegistry, p: Phrase, entity: Entity) -> Entity:
    """Take the role from a title that stands without the name: "the Foreign Secretary was unmoved"."""
    if entity.role is None and entity.kind is ActorKind.PERSON and not p.former:
        entity.role = title_of(registry, p)
    return entity


def _epithet(registry: EntityRegistry, p: Phrase) -> bool:
    """As in "The veteran diplomat", "the 72-year-old leader": a description by age or past."""
    tokens = registry.tokens
    return any(tokens.lower[k] in _EPITHETS for k in range(p.start, p.head))


def _described_by(registry: EntityRegistry, p: Phrase, noun: str) -> Entity | None:
    """As in "The ousted president": the latest person whom the report has called president, now or once."""
    here = registry.tokens.sentence[p.head]
    for m in registry.before(p.end):
        if here - m.sentence > _CALLED_VIEW:
            return None
        entity = registry.entities[m.entity]
        if entity.kind is ActorKind.PERSON and noun in entity.tokens:
            return entity
    return None


@cache
def _is_of_organisations(office: str) -> bool:
    """As a secretary-general's: organisations have one, states have none."""
    owners = {owner for owner, held in by_office() if held == office}
    return bool(owners) and all(owner.startswith("org:") for owner in owners)


def _plain_office(p: Phrase, office: str, surface: str, registry: EntityRegistry) -> Entity:
    country = _country_of_town(registry, p)
    key = office if country is None else slug(bare(surface))  # governors of two towns stay apart
    entity = Entity(f"office:{key}", bare(surface), ActorKind.OFFICE, country, title_of(registry, p))
    entity.office = office
    return entity


def _country_of_town(registry: EntityRegistry, p: Phrase) -> str | None:
    town = town_served(registry, p)
    return None if town is None else town.country


def _spokes(
    registry: EntityRegistry, p: Phrase, country: str | None, principal: str | None, surface: str
) -> Entity | None:
    tokens = registry.tokens
    if principal is None:
        for m in registry.before(p.end):
            entity = registry.entities[m.entity]
            if entity.personal and (entity.tokens & _SPOKESPERSONS or "spokes" in (entity.office or "")):
                return entity
            if tokens.sentence[p.head] - m.sentence > _SPOKESPERSON_VIEW:
                break
        return None
    for m in registry.before(p.end):
        entity = registry.entities[m.entity]
        if entity.personal and entity.principal == principal and entity.tokens & _SPOKESPERSONS:
            return entity
    key = f"{principal}/spokesperson"
    entity = Entity(
        key, bare(surface), ActorKind.OFFICE, country, title_of(registry, p), principal, gender=gender_of(p, registry)
    )
    entity.office, entity.owner = "spokesperson", principal
    return registry.entity(entity)
