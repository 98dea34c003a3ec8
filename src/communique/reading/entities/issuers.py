"""Actors for those whose own words a text is: a heading's, an author's, a signature's."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from communique.lexicon import alternatives, listed, load
from communique.lexicon.officeholders import fold, slug
from communique.model import Actor, ActorKind
from communique.reading.annotations import Document, DocumentKind, Entities
from communique.reading.entities.gazetteer import state_names
from communique.reading.grammar.subjects import active_subject, is_active_subject
from communique.reading.tokens import Tokens

NameReader = Callable[[str], tuple[tuple[Actor, ...], tuple[str, ...]]]
"""Reads a name in a sentence of its own: all actors found in it, and the ids of those whom it names, in order."""

_STATES = (ActorKind.STATE, ActorKind.TERRITORY)
_OFFICES = (ActorKind.OFFICE, ActorKind.UNNAMED)
_ALIASED = listed("issued_documents", "headings", "before_short_names")


def named_in(tokens: Tokens, entities: Entities) -> tuple[tuple[Actor, ...], tuple[str, ...]]:
    """Return the actors found in the sentence of one name, and the ids of those whom its subject joins, in order."""
    verb = next((i for i in range(tokens.n) if tokens.head[i] == i and tokens.pos[i] == "VERB"), None)
    token = None if verb is None else active_subject(tokens, verb)
    named: list[str] = []
    while token is not None:
        key = entities.heads.get(token) or entities.actor_of.get(token)
        if key is not None and key not in named:
            named.append(key)
        token = tokens.child(token, "conj")
    if not named and len(entities.actors) == 1:
        named = [entities.actors[0].id]
    return entities.actors, tuple(named)


def with_issuer(
    tokens: Tokens, entities: Entities, document: Document, read: NameReader
) -> tuple[Entities, str | None]:
    """Return the entities with the one who issues a document, and that actor's id.

    Several who issue it together are a group. What the document calls itself or its issuer by ("the Ministry", "the
    Parties", the "It" of an operative paragraph) means the issuer.
    """
    known = {actor.id: actor for actor in entities.actors if not _kind_of_text(actor, document)}
    found: list[str] = []
    for name in document.issuers:
        found.extend(k for k in _issuers(name, document, known, read) if k not in found)
    key = found[0] if len(found) == 1 else _group(found, known)
    return _meaning(tokens, entities, document, known, key), key


def _meaning(tokens: Tokens, entities: Entities, document: Document, known: dict[str, Actor], key: str) -> Entities:
    """Let the words by which a document calls its issuer mean the issuer, and nobody else."""
    dropped = _lesser_pairs(known, key)
    same = {**_same_by_name(known, key, document), **_same_members(known, key)}
    actor_of = {i: same.get(k, k) for i, k in entities.actor_of.items() if k in known and k not in dropped}
    heads = {i: same.get(k, k) for i, k in entities.heads.items() if k in known and k not in dropped}
    dropped |= same.keys()
    dropped |= _within_mention(tokens, document, known, key, actor_of, heads)
    marked = [m for k in (key, *same) for m in known[k].mentions]
    if document.mention is not None:
        marked.append(document.mention)
    for member, first, last in list(_members(tokens, document, known, key, actor_of)):
        for i in range(first, last):
            actor_of[i] = member
        heads[last - 1] = member
        known[member] = dataclasses.replace(
            known[member], mentions=tuple(sorted({*known[member].mentions, tokens.span((first, last))}))
        )
    if document.mention is not None:
        heads[bisect_left(tokens.start, document.mention.end) - 1] = key
    for first, last in [*_own_names(tokens, document, known[key], actor_of), *_its(tokens, actor_of)]:
        for i in range(first, last):
            actor_of[i] = key
        heads[last - 1] = key
        marked.append(tokens.span((first, last)))
    stand_ins = {tokens.span((i, i + 1)) for i in range(tokens.n) if is_stand_in(tokens, i)}
    meant = set(marked)
    kept = []
    for actor in known.values():
        mentions = [m for m in actor.mentions if m not in meant]
        mentions = sorted(meant - stand_ins) if actor.id == key else mentions
        if actor.id not in dropped and (mentions or not actor.mentions):
            kept.append(dataclasses.replace(actor, mentions=tuple(mentions)))
    return Entities(tuple(kept), actor_of, heads)


def _members(
    tokens: Tokens, document: Document, known: dict[str, Actor], key: str, actor_of: dict[int, str]
) -> Iterator[tuple[str, int, int]]:
    """Yield where the body names one of several issuers and nobody else saw it: "The Eastern Front shall"."""
    names = {k: tuple(known[k].name.lower().split()) for k in known[key].members if k in known}
    first = bisect_left(tokens.start, document.body.start)
    for member, name in names.items():
        for i in range(first, tokens.n - len(name) + 1):
            same = tokens.text[i][:1].isupper() and tuple(tokens.lower[i : i + len(name)]) == name
            if same and i + len(name) - 1 not in actor_of:
                yield member, i, i + len(name)


def _within_mention(
    tokens: Tokens,
    document: Document,
    known: dict[str, Actor],
    key: str,
    actor_of: dict[int, str],
    heads: dict[int, str],
) -> frozenset[str]:
    """As in "The Assembly of Heads of State,": all words there mean the body; return whom only they named."""
    if document.mention is None:
        return frozenset()
    start, end = document.mention
    for i in range(bisect_left(tokens.start, start), bisect_left(tokens.start, end)):
        heads.pop(i, None)
        actor_of[i] = key
    inner = (a for a in known.values() if a.id not in (key, known[key].principal) and a.mentions)
    return frozenset(a.id for a in inner if all(start <= m.start and m.end <= end for m in a.mentions))


def is_stand_in(tokens: Tokens, i: int) -> bool:
    """Tell whether a token is the "It" that an operative paragraph was given for its number."""
    return tokens.text[i] == "It" and tokens.doc_text[tokens.start[i]] != "I"


def _its(tokens: Tokens, actor_of: dict[int, str]) -> list[tuple[int, int]]:
    """As in "5. Expresses its intention": whoever the paragraph's own subject was taken for."""
    found = []
    for i in range(tokens.n):
        if tokens.lower[i] in ("its", "it") and i in actor_of and not is_stand_in(tokens, i):
            first = tokens.sentences[tokens.sentence[i]][0]
            if is_stand_in(tokens, first):
                found.append((i, i + 1))
    return found


def _kind_of_text(actor: Actor, document: Document) -> bool:
    """As in a heading's "Joint Statement", which is nobody."""
    words = fold(actor.name).split()
    kinds = listed("issued_documents", "headings", "kinds") | listed("issued_documents", "headings", "kinds_before")
    above = actor.mentions and all(m.end <= document.body.start or m.start == 0 for m in actor.mentions)
    return bool(above) and actor.kind in (ActorKind.PERSON, ActorKind.ORGANISATION) and all(w in kinds for w in words)


def _same_by_name(known: dict[str, Actor], key: str, document: Document) -> dict[str, str]:
    """Return whom only the heading names, and by the issuer's own name: they are the issuer."""
    name = fold(known[key].name)
    above = (a for a in known.values() if a.id != key and a.mentions and a.mentions[-1].end <= document.body.start)
    return {a.id: key for a in above if fold(a.name) == name}


def _lesser_pairs(known: dict[str, Actor], key: str) -> frozenset[str]:
    """As in "both parties" in a statement of three: they are not two of these."""
    members = {key, *known[key].members}
    for member in [m for m in members if m in known]:
        members |= {k for k in (known[member].principal,) if k}
    pairs = (a for a in known.values() if a.id.startswith("group:") and a.id != key and a.members)
    return frozenset(a.id for a in pairs if set(a.members) < members and set(a.members) != set(known[key].members))


def _same_members(known: dict[str, Actor], key: str) -> dict[str, str]:
    """As in "the two countries affirmed" in a statement of their ministers: all members together are the issuer."""
    members = set(known[key].members)
    groups = (a for a in known.values() if a.id.startswith("group:") and a.id != key)
    return {a.id: key for a in groups if a.members and set(a.members) == members}


def _issuers(name: str, document: Document, known: dict[str, Actor], read: NameReader) -> list[str]:
    """Return the ids of those whom a name means, added to ``known``."""
    if document.handle:
        return [_handle(name, known)]
    code = state_code(name) if name == document.country else None
    if code is not None:
        key = code.lower()
        known.setdefault(key, Actor(key, state_names()[key], ActorKind.STATE, code))
        return [key]
    each = _parts(name)
    if len(each) > 1:
        return [key for part in each for key in _issuers(part, document, known, read)]
    actors, named = read(_spelt_out(name))
    if document.author and document.author != name and _may_hold(actors, named):
        holders, person = read(document.author)
        if any(a.id in person and a.kind is ActorKind.PERSON for a in holders):
            actors, named = _with_office(holders, person, actors, named)
    named = _told_once(actors, named)
    if not named:
        key = f"unnamed:{slug(name)}"
        actors, named = (*actors, Actor(key, _bare(name), ActorKind.UNNAMED)), (key,)
    for actor in actors:
        known.setdefault(actor.id, dataclasses.replace(actor, mentions=()))
    states = [a.id for a in actors if a.kind in _STATES and a.id not in named]
    return [_add(_settled(known[key], states, document, known, read, name), key, known) for key in named]


def _told_once(actors: tuple[Actor, ...], named: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the states of others: "Ministry of Trade, Republic of Malta", "the ministers of Chad and Gabon"."""
    owned = {a.country.lower() for a in actors if a.id in named and a.country and a.kind not in _STATES}
    owned |= {member for a in actors if a.id in named for member in a.members}
    plural = tuple(a.id for a in actors if a.id in named and a.kind is ActorKind.GROUP and not a.members)
    return plural or tuple(k for k in named if k not in owned)


def _add(actor: Actor, key: str, known: dict[str, Actor]) -> str:
    """Put a settled issuer in the place of what its name was first taken for; return its id."""
    if actor.id != key:
        del known[key]
    known[actor.id] = actor
    return actor.id


def _spelt_out(name: str) -> str:
    """As in "Polish MFA", "FM Orlov": the words for which the letters stand."""
    short = load("issued_documents")["short_forms"]
    return " ".join(short.get(word, word) for word in name.split())


def state_code(country: str | None) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of a state given by name or code; None for anything else."""
    if not country:
        return None
    low = country.strip().lower()
    two = load("country_codes")["alpha2"]
    if low in two:
        return low.upper()
    named = {fold(name): key for key, name in state_names().items() if key in two}
    found = named.get(fold(country)) or next((key for key, short in two.items() if short == low), None)
    return found.upper() if found else None


def _may_hold(actors: tuple[Actor, ...], named: tuple[str, ...]) -> bool:
    return not named or all(a.kind in _OFFICES for a in actors if a.id in named)


def _with_office(
    holders: tuple[Actor, ...], person: tuple[str, ...], actors: tuple[Actor, ...], named: tuple[str, ...]
) -> tuple[tuple[Actor, ...], tuple[str, ...]]:
    """Give the author the state of the office that the heading names."""
    office = next((a for a in actors if a.id in named), None)
    made = []
    for actor in holders:
        if actor.id in person and office is not None:
            actor = dataclasses.replace(
                actor,
                country=actor.country or office.country,
                role=actor.role or office.role or office.name,
                principal=actor.principal or office.principal,
            )
        made.append(actor)
    others = [a for a in actors if a.id not in named and all(a.id != h.id for h in holders)]
    return (*made, *others), person


def _plural_office(name: str) -> bool:
    """As in "the foreign ministers of": what follows are states, not others who issue the text."""
    offices = listed("issued_documents", "headings", "offices") | listed("issued_documents", "meetings", "both")
    return "," in name or any(w.endswith("s") and w in offices and w != "affairs" for w in fold(name).split())


def _parts(name: str) -> list[str]:
    """Return the names that "and" joins, each an office or a body of its own; else the one name."""
    joined = re.split(r",?\s+and\s+(?=the\s)", name.strip())
    if len(joined) > 1 and name.strip().lower().startswith("the ") and not _plural_office(joined[0]):
        return joined
    parts = [p.strip() for p in re.split(r",\s+(?:and\s+)?|\s+and\s+", name) if p.strip()]
    offices = listed("issued_documents", "headings", "official")
    if name.strip().lower().startswith("the "):
        return [name]
    if len(parts) > 1 and re.match(rf"(?i:{alternatives('issued_documents', 'headings', 'states_of')})\b", parts[-1]):
        return [name]  # "Ministry of Trade, Government of Malta"
    if len(parts) > 1 and all(fold(re.sub(r"^the\s+", "", p, flags=re.I)).split()[:1] for p in parts):
        titled = [any(w in offices for w in fold(p).split()) for p in parts]
        if all(titled) and all(len(p.split()) > 1 for p in parts):
            return parts
    return [name]


def _settled(
    actor: Actor, states: list[str], document: Document, known: dict[str, Actor], read: NameReader, name: str
) -> Actor:
    """Give an issuer its state: as its source said, as its name has it, as the seat from which it is issued has it."""
    if actor.kind in _STATES or actor.id.startswith("org:") and actor.kind is ActorKind.ORGANISATION:
        return actor
    if actor.kind is ActorKind.GROUP and len(states) > 1 and not actor.members:
        key = f"group:{'+'.join(sorted(states))}/{actor.id.rpartition('/')[2]}"
        return dataclasses.replace(actor, id=key, name=_bare(name), country=None, principal=None, members=tuple(states))
    code = state_code(document.country)
    if code is None and actor.country and actor.country.lower() in states:
        return actor
    if code is None and not actor.country and len(states) == 1:
        code = states[0].upper()
    if code is None and document.seat and not states:
        found, seat = read(document.seat)
        governing = [a for a in found if a.country and a.kind in (*_STATES, ActorKind.BODY) and a.id in seat]
        code = governing[0].country if governing else None
        for a in found:
            if code is not None:
                known.setdefault(a.id, dataclasses.replace(a, mentions=()))
    if code is None or code.lower() not in state_names():
        return actor
    state = code.lower()
    known.setdefault(state, Actor(state, state_names()[state], ActorKind.STATE, code))
    return dataclasses.replace(
        actor, country=code, principal=state if actor.principal not in known else actor.principal
    )


def _group(found: list[str], known: dict[str, Actor]) -> str:
    key = "group:" + "+".join(sorted(found))
    if key not in known:
        names = [known[k].name for k in found]
        known[key] = Actor(key, f"{', '.join(names[:-1])} and {names[-1]}", ActorKind.GROUP, members=tuple(found))
    return key


def _handle(name: str, known: dict[str, Actor]) -> str:
    """As in "MFA_Estonia": whoever posts under a handle, of the state that it names."""
    words = fold(re.sub(r"(?<=[a-z])(?=[A-Z])|_|\d+", " ", name)).split()
    codes = {fold(label): key.upper() for key, label in state_names().items() if len(key) == 3}
    for key, row in load("states")["states"].items():
        codes.update((fold(people), key.upper()) for people in row.get("people", ()) if len(key) == 3)
    code = next((codes[w] for w in words if w in codes), None)
    state = code.lower() if code else None
    if code and state:
        known.setdefault(state, Actor(state, state_names()[state], ActorKind.STATE, code))
    official = any(w in listed("issued_documents", "headings", "handles") for w in words)
    key = f"handle:{slug(name)}"
    known[key] = Actor(
        key, name, ActorKind.BODY if official else ActorKind.PERSON, code, principal=state if official else None
    )
    return key


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|all)\s+", "", name.strip(), flags=re.IGNORECASE)


def _leads(tokens: Tokens, i: int) -> bool:
    verb = tokens.head[i]
    return is_active_subject(tokens, i) and tokens.head[verb] == verb


def _own_names(tokens: Tokens, document: Document, actor: Actor, known: dict[int, str]) -> list[tuple[int, int]]:
    """Return where the body calls its issuer by a short name: "the Ministry", the "It" put for a number."""
    nouns = _short_names(document, actor)
    first = bisect_left(tokens.start, document.body.start)
    found = []
    for i in range(first, tokens.n):
        if tokens.start[i] >= document.body.end:
            break
        if (
            is_stand_in(tokens, i)
            or actor.members
            and tokens.lower[i] == "they"
            and i not in known
            and _leads(tokens, i)
        ):
            found.append((i, i + 1))
        elif actor.members and _both(tokens, i):
            found.append((i - (1 if tokens.lower[i - 1] == "both" else 2), i + 1))
        elif i and tokens.lower[i] in nouns and tokens.text[i][0].isupper() and _is_called(tokens, i):
            after = tokens.lower[i + 1] if i + 1 < tokens.n else ""
            if after not in listed("issued_documents", "headings", "after_short_names") and not (
                i + 1 < tokens.n and tokens.pos[i + 1] == "PROPN"
            ):
                found.append((_first_of(tokens, i), i + 1))
    return found


def _first_of(tokens: Tokens, i: int) -> int:
    """Return where a short name begins: "the High Contracting Parties"."""
    first = i - 1
    while first > 0 and tokens.lower[first] in listed("issued_documents", "headings", "contracting"):
        first -= 1
    return first


def _is_called(tokens: Tokens, i: int) -> bool:
    return tokens.lower[_first_of(tokens, i)] in _ALIASED


def _both(tokens: Tokens, i: int) -> bool:
    """As in "both sides", "the two leaders" of a joint statement."""
    all_of = listed("issued_documents", "meetings", "both") | listed("issued_documents", "headings", "countable")
    if i < 2 or tokens.lower[i] not in all_of or tokens.right[i] > i:
        return False
    counted = tokens.lower[i - 1] in listed("issued_documents", "headings", "counted")
    return tokens.lower[i - 1] == "both" or (counted and tokens.lower[i - 2] == "the")


def _short_names(document: Document, actor: Actor) -> frozenset[str]:
    """Return the nouns by which a text may call its issuer: the head of its name, and its alias."""
    alias = fold(document.alias)
    nouns = {alias, alias[:-1] if alias.endswith("s") else alias, "party" if alias == "parties" else alias}
    if document.kind is DocumentKind.AGREEMENT:
        nouns |= listed("issued_documents", "headings", "parties")
    offices = listed("issued_documents", "headings", "offices") - listed(
        "issued_documents", "headings", "no_short_names"
    )
    links = alternatives("issued_documents", "headings", "after_heads")
    for name in (*document.issuers, actor.name, actor.role or ""):
        head = re.split(rf"\s+(?:{links})\s+|,", _bare(name))[0]
        last = fold(re.sub(r"['’]s?$", "", head)).split()[-1:]
        # Of several who issue it, "the Government" is one.
        last = [w for w in last if w.endswith("s") or not actor.members]
        nouns.update(w for w in last if w in offices or w in listed("issued_documents", "headings", "official"))
    return frozenset(nouns - {""})
