"""Turn phrases and names into figures and note their mentions."""

from __future__ import annotations

from functools import cache

from communique.lexicon import listed, load
from communique.lexicon.officeholders import family_name
from communique.model import ActorKind
from communique.reading.entities.affiliations import organisation
from communique.reading.entities.gazetteer import GazetteerMatch
from communique.reading.entities.institutions import body_of, government_of, group_of, plural_of
from communique.reading.entities.metonymy import stands_for_government
from communique.reading.entities.noun_phrases import Phrase
from communique.reading.entities.person_linking import known_person
from communique.reading.entities.registry import Entity, EntityRegistry
from communique.reading.entities.title_bearers import single_of
from communique.reading.grammar.labels import FULL_SUBJECTS
from communique.reading.tokens import Tokens

_CITING = listed("entities", "citing")
_ARTICLES = listed("closed_classes", "articles")
_PLACE_PREPOSITIONS = listed("entities", "place_prepositions")
_ABBREVIATED_STATES = listed("entities", "abbreviated_states")
_PATH_MARKS = frozenset(("/", "|", ">", "»", "›"))
_OF_NEWS = listed("cues", "constructions", "of_news")
_MEDIA = listed("cues", "sets", "media")
_PUBLISHING = listed("entities", "publishing")


def mention_owners(registry: EntityRegistry, p: Phrase, entity: Entity | None) -> None:
    """Mention the states and organisations inside a phrase ("Japan's foreign minister"); adjectives are none."""
    for match in sorted(p.owners, key=lambda h: h.start):
        if match.start in registry.taken or match.entry.sort in ("people", "person"):
            registry.taken.update(range(match.start, match.end))
            continue
        registry.taken.update(range(match.start, match.end))
        if match.entry.sort == "city" and not stands_for_government(registry.tokens, match.start, match.end):
            continue
        if p.place and match.entry.sort == "city":
            continue
        if entity is None or entity.id != match.entry.id:
            registry.mention(match.start, match.end, registry.entry(match.entry).id)
    if p.org is not None and p.org.start not in registry.taken and not p.org.personal:
        registry.taken.update(range(p.org.start, p.org.end))
        registry.mention(p.org.start, p.org.end, organisation(registry, p.org).id)


def resolve(registry: EntityRegistry, p: Phrase) -> str | None:
    """Return the id of the figure for a phrase, mentioned; None where it stands for no actor."""
    if p.start in registry.taken and p.head in registry.taken:
        return registry.heads.get(p.head)
    if p.body is not None:
        if p.body.start < p.head and registry.tokens.lower[p.body.start] in _ARTICLES:
            p.body.start += 1
        resolve(registry, p.body)
    entity = _figure(registry, p)
    mention_owners(registry, p, entity)
    registry.taken.update(range(p.start, p.end))
    if entity is None:
        return None
    if p.body is not None and entity.id == registry.actor_of.get(p.body.head):
        return entity.id
    entity.tokens.add(registry.tokens.lemma[p.head].lower())
    if p.beside and p.name is not None:
        registry.mention(p.start, p.end, entity.id)
        registry.taken.update(range(*p.name))
        registry.mention(p.name[0], p.name[1], entity.id)
    else:
        registry.mention(p.start, p.end, entity.id)
    return entity.id


def _figure(registry: EntityRegistry, p: Phrase) -> Entity | None:
    if p.sort == "government":
        return government_of(registry, p)
    if p.sort == "body":
        return body_of(registry, p)
    if p.sort == "plural":
        return plural_of(registry, p)
    if p.sort == "group":
        return group_of(registry, p)
    return single_of(registry, p)


def mention_hit(registry: EntityRegistry, match: GazetteerMatch) -> str | None:
    """Mention what a name of the lexicon stands for where it stands for an actor."""
    tokens, sort = registry.tokens, match.entry.sort
    if sort == "people":
        return _people(registry, match)
    if sort == "person":
        return _person(registry, match)
    if sort == "state" and _before_its_noun(tokens, match):
        return _act_of(registry, match) if tokens.text[match.start].isupper() else None
    if not _stands_for_actor(registry, match):
        return None
    start = match.start - 1 if match.start and tokens.lower[match.start - 1] == "the" else match.start
    entity = registry.entry(match.entry)
    registry.mention(start, _medium_end(tokens, match), entity.id)
    return entity.id


def _stands_for_actor(registry: EntityRegistry, match: GazetteerMatch) -> bool:
    """Whether a name is somebody's here: not a place, not part of a word, not a noun for any body or government."""
    tokens, sort = registry.tokens, match.entry.sort
    if sort in ("city", "territory"):
        return stands_for_government(tokens, match.start, match.end)
    if sort == "seat":
        return not _at_a_place(tokens, match)
    if sort == "state":
        return not _hyphened(tokens, match)
    if sort == "outlet":
        return not match.entry.doubtful or _reports(registry, match)
    if sort == "body-default":
        return default_holds(tokens, match, registry.match_at)
    return sort not in ("body-word", "government-word")


def _person(registry: EntityRegistry, match: GazetteerMatch) -> str:
    """Mention a person of the lexicon, whom the report may go on to call by family name."""
    entity = known_person(registry, match.entry, registry.tokens.surface((match.start, match.end)))
    registry.call([family_name(entity.name, entity.country.lower() if entity.country else None)], entity.id)
    registry.mention(match.start, match.end, entity.id)
    return entity.id


def _before_its_noun(tokens: Tokens, match: GazetteerMatch) -> bool:
    """As in "U.S. proposal", "Japan visit": the state only describes the noun that follows."""
    last, nxt = match.end - 1, match.end
    return (
        nxt < tokens.n
        and tokens.pos[nxt] == "NOUN"
        and tokens.dep[last] in ("compound", "nmod", "amod")
        and tokens.head[last] >= nxt
        and tokens.sentence[nxt] == tokens.sentence[match.start]
    )


def _at_a_place(tokens: Tokens, match: GazetteerMatch) -> bool:
    """As in "at the Kremlin": a seat of government as the place it is."""
    before = tokens.lower[match.start - 1] if match.start else ""
    if before == "the" and match.start > 1:
        before = tokens.lower[match.start - 2]
    return before in _PLACE_PREPOSITIONS


def _hyphened(tokens: Tokens, match: GazetteerMatch) -> bool:
    """As in "Japan-based", "anti-China": a name that a hyphen joins to another word."""
    start, end = match.start, match.end
    if end < tokens.n and tokens.lower[end] in ("-", "–") and tokens.start[end] == tokens.end[end - 1]:
        return True
    return bool(start) and tokens.lower[start - 1] == "-" and tokens.start[start] == tokens.end[start - 1]


def _medium_end(tokens: Tokens, match: GazetteerMatch) -> int:
    """Take in "news agency" after an outlet's name: the noun is the outlet."""
    end = match.end
    if match.entry.sort != "outlet":
        return end
    while end < min(tokens.n, match.end + 2) and tokens.lower[end] in _OF_NEWS:
        end += 1
    return end + 1 if end < tokens.n and tokens.lower[end] in _MEDIA and tokens.pos[end] == "NOUN" else match.end


def default_holds(tokens: Tokens, match: GazetteerMatch, match_at: dict[int, GazetteerMatch]) -> bool:
    """Whether "Congress" or "the Senate" is that of the state it is best known for: the report must speak of it."""
    state = match.entry.id.split("/")[0]
    if any(tokens.lower[k] in _ABBREVIATED_STATES for k in range(match.start, match.end)):
        return True
    return any(
        other.entry.id.split("/")[0] == state and other.entry.sort != match.entry.sort for other in match_at.values()
    )


def _people(registry: EntityRegistry, match: GazetteerMatch) -> str | None:
    """As in "The Russians" are their state; other demonyms alone are no actor."""
    tokens = registry.tokens
    last = match.end - 1
    if tokens.dep[last] in ("amod", "compound", "nmod") and tokens.head[last] > last:
        return _act_of(registry, match)
    if not match.start or tokens.lower[match.start - 1] != "the":
        return _nationals(registry, match)
    if tokens.pos[last] not in ("PROPN", "NOUN", "ADJ") or tokens.dep[last] in ("compound", "amod", "nmod"):
        return None
    if (
        match.end < tokens.n
        and tokens.pos[match.end] in ("NOUN", "PROPN", "ADJ", "PUNCT")
        and tokens.lower[match.end]
        not in (
            ",",
            ".",
            '"',
            "'",
            ")",
            ";",
        )
    ):
        return None
    if tokens.tag[last] not in ("NNS", "NNPS") and tokens.lower[last].endswith("n"):
        return None
    entity = registry.entry(match.entry)
    registry.mention(match.start - 1, match.end, entity.id)
    return entity.id


def _nationals(registry: EntityRegistry, match: GazetteerMatch) -> str | None:
    """As in "Greek Cypriots say": a people who speak; adjectives count before a noun of act or utterance."""
    tokens = registry.tokens
    last = match.end - 1
    above = tokens.head[last]
    if tokens.tag[last] in ("NNS", "NNPS") and tokens.dep[last] in FULL_SUBJECTS and tokens.pos[above] == "VERB":
        surface = tokens.surface((match.start, match.end))
        entity = registry.entity(
            Entity(f"{match.entry.id}/people", surface, ActorKind.GROUP, match.entry.country, plural=True)
        )
        registry.mention(match.start, match.end, entity.id)
        return entity.id
    return _act_of(registry, match)


def _act_of(registry: EntityRegistry, match: GazetteerMatch) -> str | None:
    """As in "Egyptian complaints", "the U.S. proposal": the nation is whose act or words they are."""
    tokens = registry.tokens
    last = match.end - 1
    noun = tokens.head[last]
    if tokens.dep[last] not in ("amod", "compound", "nmod", "poss") or not last < noun < last + 4:
        return None
    if tokens.lemma[noun] not in _national_acts() or noun in registry.match_at:
        return None
    entity = registry.entry(match.entry)
    registry.mention(match.start, match.end, entity.id)
    return entity.id


@cache
def _national_acts() -> frozenset[str]:
    return frozenset(load("offices")["acts"]["nouns"])


def _reports(registry: EntityRegistry, match: GazetteerMatch) -> bool:
    """Whether a doubtful name stands where an outlet does: it reports, is cited, or the model calls it one."""
    tokens = registry.tokens
    i = match.end - 1
    if match.end < tokens.n and tokens.text[match.end].startswith("@"):
        return False
    if _in_a_path(tokens, match):
        return False
    if tokens.entity[i] == "ORG" or _medium_end(tokens, match) > match.end:
        return True
    dep, above = tokens.dep[i], tokens.head[i]
    if dep in FULL_SUBJECTS:
        return tokens.pos[above] == "VERB" and tokens.lemma[above] in _PUBLISHING
    if dep in ("dobj", "dative") and tokens.lemma[above] in _CITING:
        return True
    return dep == "pobj" and (tokens.dep[above] == "agent" or tokens.lower[above - 1 if above else 0] == "according")


def _in_a_path(tokens: Tokens, match: GazetteerMatch) -> bool:
    """As in "Nation / National" over a report: the parts of a page."""
    around = (*tokens.text[max(0, match.start - 1) : match.start], *tokens.text[match.end : match.end + 1])
    return any(mark in _PATH_MARKS for mark in around)
