"""Resolve pronouns and definite descriptions: "he", "its", "who", "the agency", "both sides".

The subject of the clause that a pronoun stands under comes first, then the mention most in view: near, a subject,
often. A pronoun is never its own co-argument, and outside a quotation it looks past what is inside one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from communique.lexicon import listed
from communique.model import ActorKind
from communique.reading.coreference.utterances import author_of_remarks, named_in_quotation
from communique.reading.entities.registry import Entity, EntityRegistry, Mention
from communique.reading.grammar.auxiliaries import has_passive_auxiliary
from communique.reading.grammar.labels import FULL_SUBJECTS
from communique.reading.grammar.subjects import is_active_subject, is_expletive, nominal_subject, told_by

_RELATIVE_PRONOUNS = listed("closed_classes", "relative_pronouns")
_BEFORE_RELATIVE = listed("coreference", "constructions", "before_relative")
_WEATHER = listed("coreference", "constructions", "weather")
_LINKING = listed("coreference", "constructions", "linking")
_RELATIVE_THAT_WHICH_WHO = listed("closed_classes", "relative_that_which_who")
_AFTER_SUBJECT = listed("coreference", "constructions", "after_subject")
_CLAUSAL_OPENERS = listed("coreference", "constructions", "clausal_openers")
_EXTRAPOSED_OPENERS = listed("coreference", "constructions", "extraposed_openers")

_HE = listed("closed_classes", "he")

_SHE = listed("closed_classes", "she")

_IT = listed("closed_classes", "it")

_THEY = listed("closed_classes", "they")

_POSSESSIVE = listed("closed_classes", "possessive_pronouns")

PRONOUNS = _HE | _SHE | _IT | _THEY | listed("closed_classes", "relative_pronouns")

_PLACING = listed("coreference", "constructions", "placing")

_REACH = 4

_CLIMB = 12

_NEUTER = {ActorKind.STATE, ActorKind.TERRITORY, ActorKind.BODY, ActorKind.ORGANISATION, ActorKind.OUTLET}

_PLEONASTIC_REACH = 12
"""Words after "it" that may show that it stands for nothing."""
_MOST_JOINED = 6
"""Subjects that "and" joins to be one."""
_LATEST_MENTIONS = 40
"""Mentions back in which two are joined by words alone."""
_FRONTED = 12
"""Words of a sentence within which a phrase before its subject stands."""


def resolve_pronoun(registry: EntityRegistry, i: int) -> str | None:
    """Return the figure for the pronoun at token i, mentioned; None where nothing in view fits."""
    tokens = registry.tokens
    word = tokens.lower[i]
    if word in _RELATIVE_PRONOUNS:
        key = _relative(registry, i, word)
    elif word in _IT and _pleonastic(registry, i):
        key = None
    else:
        key = _antecedent(registry, i, word)
    if key is None:
        return None
    entity = registry.entities[key]
    if entity.personal and not entity.gender:
        if word in _HE:
            entity.gender = "m"
        elif word in _SHE:
            entity.gender = "f"
    registry.mention(i, i + 1, key, i)
    return key


def _relative(registry: EntityRegistry, i: int, word: str) -> str | None:
    tokens = registry.tokens
    node = i
    for _ in range(4):
        if tokens.dep[node] == "relcl":
            key = registry.heads.get(tokens.head[node]) if tokens.head[node] < i else None
            if key is not None:
                return key if _relates(registry.entities[key], word) else None
            break
        node = tokens.head[node]
    k = i - 1
    while k >= 0 and i - k < 3 and tokens.lower[k] in _BEFORE_RELATIVE:
        k -= 1
    key = registry.actor_of.get(k) if k >= 0 else None
    return key if key is not None and _relates(registry.entities[key], word) else None


def _relates(entity: Entity, word: str) -> bool:
    if word in ("who", "whom"):
        return entity.personal or entity.plural
    if word == "which":
        return not entity.personal
    return True


def fits(entity: Entity, word: str) -> bool:
    """Tell whether a pronoun may stand for a figure, by kind, number and gender."""
    if word in _HE:
        return entity.personal and entity.gender != "f"
    if word in _SHE:
        return entity.personal and entity.gender != "m"
    if word in _IT:
        return entity.kind in _NEUTER and not entity.plural or entity.kind is ActorKind.GROUP and not entity.plural
    if entity.plural or entity.members:
        return True
    many = entity.kind is ActorKind.ORGANISATION and entity.name.endswith("s") and " " not in entity.name
    return many or bool(entity.tokens & listed("coreference", "many"))


def _pleonastic(registry: EntityRegistry, i: int) -> bool:
    """As in "It is clear that", "it remains to be seen", "it seems": an "it" that stands for nobody."""
    tokens = registry.tokens
    if tokens.lower[i] != "it":
        return False
    verb = tokens.head[i]
    if is_expletive(tokens, i) or tokens.lemma[verb] in _WEATHER:
        return True
    if tokens.dep[i] in FULL_SUBJECTS and tokens.lemma[verb] in _LINKING:
        limit = min(tokens.n, i + _PLEONASTIC_REACH)
        if tokens.lemma[verb] == "take":
            return True
        what = tokens.child(verb, "acomp", "oprd")
        if what is not None and tokens.lower[what] in listed("coreference", "disposed"):
            return False
        return any(tokens.lower[k] in _EXTRAPOSED_OPENERS for k in range(i + 2, limit))
    if tokens.dep[i] in FULL_SUBJECTS and has_passive_auxiliary(tokens, verb):
        after = tokens.lower[verb + 1] if verb + 1 < tokens.n else ""
        return after in _CLAUSAL_OPENERS or tokens.lemma[verb] in ("understand", "expect") and after != "by"
    return False


def _antecedent(registry: EntityRegistry, i: int, word: str) -> str | None:
    tokens = registry.tokens
    visitor = _visitor(registry, i, word)
    if visitor is not None:
        return visitor
    barred = _barred(registry, i, word) | named_in_quotation(registry, i)
    teller = _of_inserted_source(registry, i, word)
    if teller is not None:
        return teller
    author = author_of_remarks(registry, i) if tokens.dep[i] in FULL_SUBJECTS else None
    if author is not None and author not in barred and fits(registry.entities[author], word):
        return author
    node, above = i, tokens.head[i]
    for _ in range(_CLIMB):
        if above == node:
            break
        if tokens.pos[above] in ("VERB", "AUX"):
            subject = tokens.child(above, *FULL_SUBJECTS)
            if subject is not None and subject < i and subject != node and tokens.left[subject] <= i:
                verdict = _by_subject(registry, i, word, subject, barred)
                if verdict is not None:
                    return verdict or None
        node, above = above, tokens.head[above]
    found = _most_in_view(registry, i, word, barred)
    if found is None and word in _THEY and tokens.sentence[i]:
        found = _pair_by_words(registry, tokens.sentence[i] - 1)
    # As in "Tokyo would not sign, it said", where nobody else is in view.
    named = _named_in_content(registry, i) if found is None and tokens.dep[i] in FULL_SUBJECTS else set()
    return found or next((key for key in named if fits(registry.entities[key], word)), None)


def _visitor(registry: EntityRegistry, i: int, word: str) -> str | None:
    """As in "welcomed Ueda's visit to India, where he spoke": he whose visit it was."""
    tokens = registry.tokens
    verb = tokens.head[i]
    placed = any(tokens.lower[c] in _PLACING for c in tokens.children[verb])
    if tokens.dep[verb] != "relcl" or not placed or tokens.dep[i] not in FULL_SUBJECTS:
        return None
    node = tokens.head[verb]
    for _ in range(_REACH):
        owner = tokens.child(node, "poss")
        key = registry.heads.get(owner) if owner is not None else None
        if key is not None:
            return key if fits(registry.entities[key], word) and registry.entities[key].personal else None
        if tokens.dep[node] not in ("pobj", "prep", "conj") or tokens.head[node] == node:
            return None
        node = tokens.head[node]
    return None


def _of_inserted_source(registry: EntityRegistry, i: int, word: str) -> str | None:
    """As in "Zambia will buy it even if Angola bids more, its minister said": of whom it is told, whoever is nearer."""
    tokens = registry.tokens
    said = tokens.head[tokens.head[i]]
    if word not in _IT or tokens.dep[i] != "poss" or not is_active_subject(tokens, tokens.head[i]):
        return None
    clause = next((c for c in tokens.children[said] if tokens.dep[c] == "ccomp" and c < i), None)
    subject = None if clause is None else nominal_subject(tokens, clause)
    key = None if subject is None else registry.heads.get(subject)
    return key if key is not None and fits(registry.entities[key], word) else None


def _by_subject(registry: EntityRegistry, i: int, word: str, subject: int, barred: set[str]) -> str | None:
    """What the subject of a clause above says: an id, "" for "nobody", None for no verdict."""
    tokens = registry.tokens
    if not _same_voice(registry, i, subject):
        return None
    key = registry.heads.get(subject)
    if key is None and tokens.lower[subject] in _RELATIVE_THAT_WHICH_WHO:
        key = registry.actor_of.get(subject)
    if word in _THEY:
        pair = _pair(registry, subject) or _pair_by_words(registry, tokens.sentence[subject], subject)
        if pair is not None:
            return pair
    if key is not None and key not in barred and fits(registry.entities[key], word):
        return key
    if key is not None:
        return None
    plain = tokens.pos[subject] == "NOUN" and tokens.lower[subject] not in _AFTER_SUBJECT
    if not plain or tokens.head[i] == tokens.head[subject]:
        return None
    plural = tokens.tag[subject] in ("NNS", "NNPS")
    if _acts(registry, i):
        return None
    if word in _IT and not plural or word in _THEY and plural:
        return ""
    return None


def _acts(registry: EntityRegistry, i: int) -> bool:
    """Whether a pronoun is the subject of a verb that only somebody who can act does: "it claims"."""
    tokens = registry.tokens
    return tokens.dep[i] in FULL_SUBJECTS and tokens.lemma[tokens.head[i]] in listed("coreference", "agentive")


def _of_a_state(registry: EntityRegistry, i: int) -> bool:
    """As in "its government": what only a state has."""
    tokens = registry.tokens
    return tokens.dep[i] == "poss" and tokens.lemma[tokens.head[i]].lower() in listed("coreference", "of_a_state")


def _pair(registry: EntityRegistry, subject: int) -> str | None:
    """As in "Putin and Xi said they": the joined subjects as one."""
    tokens = registry.tokens
    keys = []
    node = subject
    for _ in range(_MOST_JOINED):
        key = registry.heads.get(node)
        if key is None:
            return None
        keys.append(key)
        nxt = tokens.child(node, "conj")
        if nxt is None:
            break
        node = nxt
    return joined(registry, keys) if len(set(keys)) > 1 else None


def joined(registry: EntityRegistry, keys: list[str]) -> str:
    """Return the figure that joins several."""
    ids = tuple(dict.fromkeys(keys))
    names = [registry.entities[k].name for k in ids]
    name = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else names[0]
    key = "group:" + "+".join(sorted(ids))
    return registry.entity(Entity(key, name, ActorKind.GROUP, members=ids, plural=True)).id


def _pair_by_words(registry: EntityRegistry, within: int, subject: int | None = None) -> str | None:
    """Two mentions that "and" joins in a sentence, whatever the parse says."""
    tokens = registry.tokens
    ends = {m.end: m for m in registry.mentions[-_LATEST_MENTIONS:] if m.sentence == within}
    for m in reversed(registry.mentions[-_LATEST_MENTIONS:]):
        if m.sentence < within:
            return None
        first = ends.get(m.start - 1)
        if m.sentence != within or first is None or first.entity == m.entity or tokens.lower[m.start - 1] != "and":
            continue
        if registry.entities[first.entity].kind is not registry.entities[m.entity].kind:
            continue
        if (first.start <= subject < m.end) if subject is not None else (first.subject or m.subject):
            return joined(registry, [first.entity, m.entity])
    return None


def _same_voice(registry: EntityRegistry, i: int, other: int) -> bool:
    """Whether a mention may serve a pronoun: not inside a quotation that the pronoun is outside of, nor its speaker."""
    return registry.quote[i] == registry.quote[other]


def _barred(registry: EntityRegistry, i: int, word: str) -> set[str]:
    """Figures that cannot be meant: the clause's own subject for an object, the speaker of a quotation inside it."""
    tokens = registry.tokens
    found: set[str] = set()
    if word not in _POSSESSIVE and not word.endswith(("self", "selves")) or word == "her" and tokens.tag[i] != "PRP$":
        verb = tokens.head[i]
        if tokens.dep[verb] in ("prep", "agent", "dative"):
            verb = tokens.head[verb]
        if tokens.dep[i] not in FULL_SUBJECTS:
            for _ in range(4):
                if tokens.dep[verb] not in ("conj", "advcl", "xcomp") or tokens.has_child(verb, *FULL_SUBJECTS):
                    break
                verb = tokens.head[verb]
            for child in tokens.children[verb]:
                if tokens.dep[child] in FULL_SUBJECTS and child in registry.heads:
                    found.add(registry.heads[child])
    else:
        # "Lavrov and his counterpart": an owner may be a co-argument, but not of its own phrase.
        pass
    if tokens.dep[i] in FULL_SUBJECTS and word not in _POSSESSIVE:
        found |= _named_in_content(registry, i)
    quote = registry.quote[i]
    if quote >= 0:
        speaker = _speaker_of(registry, i, quote)
        if speaker is not None:
            found.add(speaker)
    return found


def _named_in_content(registry: EntityRegistry, i: int) -> set[str]:
    """As in "Washington had pressed others, it said": whoever the content names as its subject is not the speaker.

    Nor is a person whom it names in another place: "the pictures by Khan, he said, lie".
    """
    tokens = registry.tokens
    verb = tokens.head[i]
    if not _acts(registry, i):
        return set()
    content = next((c for c in tokens.children[verb] if tokens.dep[c] == "ccomp" and c < i), None)
    if content is None and tokens.dep[verb] == "parataxis" and tokens.head[verb] != verb:
        content = tokens.head[verb]
    subject = tokens.child(content, *FULL_SUBJECTS) if content is not None else None
    if content is None or subject is None or subject > i:
        return set()
    first = tokens.left[content]
    mentions = takewhile(lambda m: m.start >= first, registry.before(i))
    inside = {m.entity for m in mentions if tokens.pos[m.head] == "PROPN"}
    found = {key for key in inside if registry.entities[key].kind is ActorKind.PERSON}
    if tokens.pos[subject] == "PROPN" and subject in registry.heads:
        found.add(registry.heads[subject])
    return found


def _speaker_of(registry: EntityRegistry, i: int, quote: int) -> str | None:
    """The subject of the clause that a quotation hangs under, if already known."""
    tokens = registry.tokens
    node = i
    for _ in range(_CLIMB):
        above = tokens.head[node]
        if above == node:
            return None
        if registry.quote[above] != quote:
            subject = tokens.child(above, *FULL_SUBJECTS)
            if subject is not None and registry.quote[subject] != quote:
                return registry.heads.get(subject)
        node = above
    return None


def _most_in_view(registry: EntityRegistry, i: int, word: str, barred: set[str]) -> str | None:
    scores: dict[str, float] = {}
    for m in _in_view(registry, i, word, barred):
        weight = _weight_in_view(registry, m, i)
        scores[m.entity] = scores[m.entity] * 0.6 + weight if m.entity in scores else weight
    if not scores:
        return None
    best = max(scores, key=lambda k: scores[k])
    if (word in _IT or word in _THEY) and _thing_in_view(registry, i, word, best):
        return None
    return best


def _in_view(registry: EntityRegistry, i: int, word: str, barred: set[str]) -> Iterator[Mention]:
    """Yield the mentions before a pronoun that it may stand for, the latest first."""
    here, quote = registry.tokens.sentence[i], registry.quote[i]
    reach = 2 if word in _IT or word in _THEY else _REACH
    for m in registry.before(i):
        if here - m.sentence > reach:
            break
        quoted_elsewhere = quote < 0 <= m.quote
        if m.start < i and m.entity not in barred and not quoted_elsewhere and fits(registry.entities[m.entity], word):
            yield m


def _weight_in_view(registry: EntityRegistry, m: Mention, i: int) -> float:
    """How much a mention is in view of the pronoun at i: near, a subject, of the main clause, as the pronoun is."""
    tokens = registry.tokens
    away = tokens.sentence[i] - m.sentence
    parallel = tokens.dep[i] in FULL_SUBJECTS
    speaks = m.subject or _is_source(registry, m)
    weight = (3.0 if speaks else 1.2) * (0.45**away)
    if speaks and parallel:
        weight *= 1.3
    if tokens.dep[m.head] == "poss" or tokens.pos[m.head] == "PRON" and not m.subject:
        weight *= 0.7
    if m.subject and tokens.dep[tokens.head[m.head]] == "ROOT":
        weight *= 1.2
    elif away == 0 and m.subject and parallel and tokens.dep[tokens.head[i]] == "ROOT":
        weight *= 0.3
    return weight


def _is_source(registry: EntityRegistry, m: Mention) -> bool:
    """As in "according to the envoy": who tells what a sentence says is in view as its subject would be."""
    tokens = registry.tokens
    return told_by(tokens, tokens.head[tokens.head[m.head]]) == m.head


def _bodies_nearer(registry: EntityRegistry, i: int, best: str) -> bool:
    """As in "troops ..., a row of the delegations because they refuse": others who act, of whom no name is known."""
    tokens = registry.tokens
    for k in range(i - 1, tokens.sentences[tokens.sentence[i]][0] - 1, -1):
        if registry.heads.get(k) == best:
            return False
        if tokens.tag[k] == "NNS" and k not in registry.heads and tokens.lemma[k] in listed("coreference", "bodies"):
            return True
    return False


def _thing_in_view(registry: EntityRegistry, i: int, word: str, best: str) -> bool:
    """Whether a thing, subject of this sentence or the one before, is nearer than the actor that would be chosen."""
    tokens = registry.tokens
    if word in _THEY and _bodies_nearer(registry, i, best):
        return True
    if _acts(registry, i) or _of_a_state(registry, i):
        return False
    floor = tokens.sentences[max(0, tokens.sentence[i] - 1)][0]
    for k in range(i - 1, floor - 1, -1):
        if registry.heads.get(k) == best:
            return (
                tokens.dep[k] not in FULL_SUBJECTS
                and tokens.dep[k] not in ("poss", "pobj")
                and tokens.sentence[k] != (tokens.sentence[i])
            )
        if tokens.dep[k] in FULL_SUBJECTS and tokens.pos[k] == "NOUN" and k not in registry.heads:
            plural = tokens.tag[k] in ("NNS", "NNPS")
            if plural == (word in _THEY):
                return True
    return True


def cataphor(registry: EntityRegistry, i: int) -> str | None:
    """Resolve a pronoun in a fronted phrase by the subject of its sentence, once all names are known."""
    tokens = registry.tokens
    first, last = tokens.sentences[tokens.sentence[i]]
    if i - first > _FRONTED:
        return None
    node = i
    for _ in range(_CLIMB):
        above = tokens.head[node]
        if above == node:
            break
        node = above
    subject = tokens.child(node, *FULL_SUBJECTS)
    if subject is None or not i < subject < last or not any(tokens.lower[k] == "," for k in range(i, subject)):
        return None
    key = registry.heads.get(subject)
    if key is None or not fits(registry.entities[key], tokens.lower[i]) or registry.quote[i] != registry.quote[subject]:
        return None
    registry.mention(i, i + 1, key, i)
    return key
