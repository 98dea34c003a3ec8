"""Who the named are, and every place where a report mentions them.

Phrases grow around the names and the nouns for offices, bodies and groups; one walk through the text resolves all of
them in order, with pronouns and descriptions: each tells who the next can be.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.lexicon.officeholders import by_family_name, family_name, fold
from communique.model import ActorKind
from communique.reading.annotations import Entities
from communique.reading.coreference.descriptions import described_at, is_description, may_describe, pair_at
from communique.reading.coreference.named_later import name_those_introduced
from communique.reading.coreference.ordinals import ordinal_at
from communique.reading.coreference.pronouns import PRONOUNS, cataphor, resolve_pronoun
from communique.reading.entities.affiliations import organisation
from communique.reading.entities.extractor import Named
from communique.reading.entities.gazetteer import GENERIC, GazetteerMatch
from communique.reading.entities.mentions import mention_hit, resolve
from communique.reading.entities.ner import Name
from communique.reading.entities.noun_phrases import Phrase, lexicon
from communique.reading.entities.person_linking import find_person, gender_by, name_text, nation_beside
from communique.reading.entities.registry import Entity, EntityRegistry, cast_of, make_scene
from communique.reading.entities.titles import find_phrases
from communique.reading.grammar.labels import FULL_SUBJECTS
from communique.reading.grammar.possessives import is_possessive_mark
from communique.reading.protocols import Resolver, Text

_SIGNERS = listed("cues", "bare_quotations", "signers")
_SIGNING_MARKS = frozenset((":", "-", "–", "—", "--"))
_OWNING_OFFICES = listed("coreference", "owning_offices")
_RELATIVE_PRONOUNS = listed("closed_classes", "relative_pronouns")

SURE = 0.5
"""The score from which a name is taken for one."""

_TELLING_NAME = 5
"""Letters of a surname up to which it may be an everyday word."""


def rules() -> Resolver[Named, Entities]:
    """Make the resolver that walks through a text once and joins names, titles, descriptions and pronouns."""
    return resolve_entities


def resolve_entities(text: Text, found: Sequence[Named], scores: Sequence[float]) -> Entities:
    """Return the entities: actors with all their mentions, names, titles, descriptions and pronouns joined."""
    tokens = text.tokens
    if not tokens.n:
        return Entities()
    sure = [named for named, score in zip(found, scores, strict=True) if score >= SURE]
    matches = [named for named in sure if isinstance(named, GazetteerMatch)]
    names = {named.start: named for named in sure if isinstance(named, Name)}
    registry = make_scene(tokens, text.quotations, text.report, matches)
    # A longer name takes the place of those inside it: "the Russian Agricultural Bank".
    for name in names.values():
        for k in range(name.start, name.end):
            registry.match_at.pop(k, None)
    _announce(registry, names)
    phrases = find_phrases(tokens, matches, registry.match_at, names)
    _walk(registry, phrases, names)
    return cast_of(registry)


def _announce(registry: EntityRegistry, names: dict[int, Name]) -> None:
    """Note by family name whom the report names in full, so that a headline's "Hayashi" finds him."""
    tokens = registry.tokens
    for name in names.values():
        if name.personal and name.end - name.start > 1:
            surface = tokens.surface((name.start, name.end))
            registry.coming.setdefault(fold(tokens.text[name.end - 1]), surface)
    seen: set[str] = set()
    for match in registry.match_at.values():
        if match.entry.sort == "person" and match.entry.id not in seen and match.end - match.start > 1:
            seen.add(match.entry.id)
            state = match.entry.country.lower() if match.entry.country else None
            registry.coming[family_name(match.entry.name, state)] = tokens.surface((match.start, match.end))


def _walk(registry: EntityRegistry, phrases: list[Phrase], names: dict[int, Name]) -> None:
    grown: dict[int, list[Phrase]] = {}
    for p in phrases:
        grown.setdefault(p.start, []).append(p)
    waiting: list[int] = []
    for i in range(registry.tokens.n):
        for p in grown.get(i, ()):
            _resolve_phrase(registry, p, waiting)
        if i in registry.taken or _resolve_name(registry, i, names, grown):
            continue
        if registry.tokens.lower[i] not in PRONOUNS:
            _resolve_noun(registry, i)
        elif not _resolved_at_once(registry, i):
            waiting.append(i)
    registry.mentions.sort(key=lambda m: (m.start, m.end))
    _sign_headlines(registry)
    for i in waiting:
        if i in registry.actor_of:
            continue
        key = resolve_pronoun(registry, i) if registry.quote[i] >= 0 else cataphor(registry, i)
        if key is not None:
            insort(registry.mentions, registry.mentions.pop(), key=lambda m: m.start)
    name_those_introduced(registry)


def _sign_headlines(registry: EntityRegistry) -> None:
    """As in "Talks to resume: ministry" over a report: the ministry that it goes on to name first."""
    tokens = registry.tokens
    for i in range(1, tokens.n):
        if tokens.lower[i] not in _SIGNERS or i in registry.actor_of or tokens.text[i - 1] not in _SIGNING_MARKS:
            continue
        if i + 1 < tokens.n and not (tokens.pos[i + 1] == "SPACE" and "\n" in tokens.text[i + 1]):
            continue
        later = (m for m in registry.mentions if m.start > i and tokens.lower[i] in registry.entities[m.entity].tokens)
        found = next(later, None)
        if found is not None:
            registry.mention(i, i + 1, found.entity)
            insort(registry.mentions, registry.mentions.pop(), key=lambda m: m.start)


def _resolve_phrase(registry: EntityRegistry, p: Phrase, waiting: list[int]) -> None:
    """Resolve a phrase, after whoever it belongs to."""
    if _pair_first(registry, p):
        return
    if p.whose is not None and p.whose not in registry.actor_of:
        _own(registry, p.whose, waiting)
    if p.possessor is not None:
        _describe(registry, p.possessor)
    resolve(registry, p)


def _resolve_name(registry: EntityRegistry, i: int, names: dict[int, Name], grown: dict[int, list[Phrase]]) -> bool:
    """Mention the name that starts at a token, if any; tell whether the token is one of a name's."""
    match = registry.match_at.get(i)
    if match is not None:
        if match.start == i and match.entry.sort not in GENERIC:
            registry.taken.update(range(match.start, match.end))
            mention_hit(registry, match)
        return True
    name = names.get(i)
    if name is None:
        return False
    registry.taken.update(range(name.start, name.end))
    if not any(p.sort == "office" and p.name for p in grown.get(name.end, ())):
        _mention_name(registry, name)
    return True


def _resolved_at_once(registry: EntityRegistry, i: int) -> bool:
    """Resolve a pronoun by what stands before it; one in a quotation waits until all who may speak are known."""
    if registry.quote[i] >= 0 and registry.tokens.lower[i] not in _RELATIVE_PRONOUNS:
        return False
    return i in registry.actor_of or resolve_pronoun(registry, i) is not None


def _resolve_noun(registry: EntityRegistry, i: int) -> None:
    """Mention what a word outside all phrases and names stands for: a description, an office, "the North", a name."""
    tokens, word = registry.tokens, registry.tokens.lower[i]
    before = tokens.lower[i - 1] if i else ""
    if may_describe(word):
        _describe(registry, i)
    elif word == "office" and before in _OWNING_OFFICES:
        _office_of_person(registry, i)
    elif word in _HALVES and before == "the" and tokens.text[i][0].isupper():
        _mention_half(registry, i)
    elif tokens.pos[i] == "PROPN" or _labels_line(registry, i):
        _mention_short(registry, i)


def _labels_line(registry: EntityRegistry, i: int) -> bool:
    """As in "Aliyev: no treaty until ...": the family name of somebody who is named further on opens a line."""
    tokens = registry.tokens
    if i + 1 >= tokens.n or tokens.text[i + 1] != ":" or fold(tokens.text[i]) not in registry.coming:
        return False
    return i == 0 or tokens.pos[i - 1] == "SPACE"


def _own(registry: EntityRegistry, whose: int, waiting: list[int]) -> None:
    """Resolve the pronoun that owns a phrase before the phrase itself."""
    if registry.tokens.lower[whose] in PRONOUNS and resolve_pronoun(registry, whose) is None:
        waiting.append(whose)


def _pair_first(registry: EntityRegistry, p: Phrase) -> bool:
    """As in "The two leaders" joins two who are known, rather than being leaders of its own."""
    if p.sort not in ("plural", "government", "group") or p.owners or p.body is not None or p.org is not None:
        return False
    return _describe(registry, p.head)


def _describe(registry: EntityRegistry, i: int) -> bool:
    found = pair_at(registry, i)
    if found is None and is_description(registry.tokens.lower[i]):
        found = described_at(registry, i)
    if found is None:
        found = ordinal_at(registry, i)
    if found is None:
        return False
    start, end, key = found
    if i in registry.heads:
        return True
    registry.mention(start, end, key)
    registry.taken.update(range(start, end))
    return True


_HALVES = {"north": "prk", "south": "kor"}


def _mention_half(registry: EntityRegistry, i: int) -> None:
    """As in "The North" and "the South" where the report speaks of both Koreas."""
    tokens = registry.tokens
    after = tokens.pos[i + 1] if i + 1 < tokens.n else ""
    if "prk" in registry.entities and "kor" in registry.entities and after not in ("PROPN", "NOUN", "ADP"):
        registry.mention(i - 1, i + 1, _HALVES[tokens.lower[i]])


def _office_of_person(registry: EntityRegistry, i: int) -> None:
    """As in "Netanyahu's office said": a body that speaks for whoever has it."""
    tokens = registry.tokens
    at = i - 2 if is_possessive_mark(tokens, i - 1) else i - 1
    owner = registry.entities.get(registry.actor_of.get(at, ""))
    if owner is None or not owner.personal or owner.kind is ActorKind.UNNAMED:
        return
    entity = registry.entity(
        Entity(f"{owner.id}/office", f"{owner.name}'s office", ActorKind.BODY, owner.country, principal=owner.id)
    )
    registry.mention(i, i + 1, entity.id)


def _courtesy_start(registry: EntityRegistry, start: int) -> int:
    tokens = registry.tokens
    while start > 0 and tokens.lower[start - 1] in lexicon().courtesy and tokens.text[start - 1][0].isupper():
        start -= 1
    return start


def _mention_name(registry: EntityRegistry, name: Name) -> None:
    tokens = registry.tokens
    last = fold(tokens.text[name.end - 1])
    single = name.end - name.start == 1
    spoken = len(last) > _TELLING_NAME or _speaks_alone(registry, name.start)
    known = last in registry.called or last in by_family_name() and spoken
    if not name.personal and (last in registry.coming or single and known):
        name = Name(name.start, name.end, True)
    if not name.personal:
        entity = organisation(registry, name)
        start = name.start - 1 if name.start and tokens.lower[name.start - 1] == "the" else name.start
        registry.mention(start, name.end, entity.id)
        return
    surface = name_text(registry, (name.start, name.end))
    start = _courtesy_start(registry, name.start)
    gender = gender_by(registry, start, name.end)
    entity = find_person(registry, surface, nation_beside(registry, name.start, name.end), gender)
    if not entity.gender:
        entity.gender = gender
    registry.mention(start, name.end, entity.id)


def _mention_short(registry: EntityRegistry, i: int) -> None:
    """A single capitalised word: a name already introduced, or an office holder's well-known family name."""
    tokens = registry.tokens
    word = tokens.text[i]
    if not word[0].isupper() or len(word) < 2:
        return
    folded = fold(word)
    keys = registry.called.get(folded)
    if keys:
        if _part_of_longer(registry, i):
            return
        start = _courtesy_start(registry, i)
        entity = find_person(registry, word, nation_beside(registry, i, i + 1), gender_by(registry, start, i + 1))
        registry.mention(start, i + 1, entity.id if entity.id in keys else next(reversed(keys)))
        return
    known = folded in registry.coming or (
        len(folded) > 3
        and folded in by_family_name()
        and (tokens.entity[i] in ("PERSON", "ORG", "GPE", "NORP") or len(folded) > _TELLING_NAME or _signs(registry, i))
    )
    if known and not _part_of_longer(registry, i):
        entity = find_person(registry, word, nation_beside(registry, i, i + 1))
        registry.mention(_courtesy_start(registry, i), i + 1, entity.id)


def _signs(registry: EntityRegistry, i: int) -> bool:
    """Tell whether a word is a name by its place: it signs a headline, or stands after a state ("Kenya's Ruto")."""
    tokens = registry.tokens
    if i > 1 and is_possessive_mark(tokens, i - 1) and tokens.tag[i] == "NNP":
        match = registry.match_at.get(i - 2)
        return match is not None and match.entry.sort == "state"
    if _speaks_alone(registry, i):
        return True
    ends = i + 1 >= tokens.n or tokens.pos[i + 1] == "SPACE"
    return ends and i > 0 and tokens.text[i - 1] in (":", "–", "—", "-")


def _speaks_alone(registry: EntityRegistry, i: int) -> bool:
    """Tell whether a single word in title case is the subject of a verb of saying: "Petro declared"."""
    tokens = registry.tokens
    says = tokens.lemma[tokens.head[i]] in cues().strong and tokens.dep[i] in FULL_SUBJECTS
    return says and tokens.text[i].istitle() and tokens.left[i] == i


def _part_of_longer(registry: EntityRegistry, i: int) -> bool:
    """Whether the word stands inside a longer name: "the Erdogan Centre", "the Kim Il Sung Square"."""
    tokens = registry.tokens
    nxt, prev = i + 1, i - 1
    if (
        nxt < tokens.n
        and tokens.pos[nxt] == "PROPN"
        and nxt not in registry.match_at
        and tokens.text[nxt][0].isupper()
        and (tokens.sentence[nxt] == tokens.sentence[i] and tokens.head[i] == nxt)
    ):
        return True
    return (
        prev >= 0
        and tokens.pos[prev] == "PROPN"
        and tokens.head[prev] == i
        and prev not in registry.match_at
        and (tokens.lower[prev] not in lexicon().courtesy and prev not in registry.taken)
    )
