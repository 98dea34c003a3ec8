"""The actors of one report while they are being found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from communique.lexicon.officeholders import family_name, fold, slug
from communique.model import Actor, ActorKind, Report
from communique.reading.annotations import Entities, Quotation
from communique.reading.entities.gazetteer import GazetteerEntry, GazetteerMatch, coded_states, state_names
from communique.reading.entities.namesakes import sounds_of, spelt_alike
from communique.reading.grammar.labels import FULL_SUBJECTS
from communique.reading.tokens import Tokens

_MEMORY = 250


@dataclass(slots=True)
class Entity:
    """An actor in the making; ``office`` is an office id, ``tokens`` the nouns by which the report describes it."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    role: str | None = None
    principal: str | None = None
    members: tuple[str, ...] = ()
    gender: str = ""
    plural: bool = False
    office: str | None = None
    owner: str | None = None
    tokens: set[str] = field(default_factory=set)

    @property
    def personal(self) -> bool:
        """Whether "he" or "she" may stand for it."""
        return not self.plural and self.kind in (ActorKind.PERSON, ActorKind.OFFICE, ActorKind.UNNAMED)


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens ``[start, end)`` with their syntactic head, and the figure they stand for."""

    start: int
    end: int
    head: int
    entity: str
    sentence: int
    subject: bool
    quote: int


@dataclass(slots=True)
class EntityRegistry:
    """One report's words, the figures found so far and where they are mentioned, in text order."""

    tokens: Tokens
    report: Report | None
    quote: list[int]
    match_at: dict[int, GazetteerMatch]
    entities: dict[str, Entity] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    actor_of: dict[int, str] = field(default_factory=dict)
    heads: dict[int, str] = field(default_factory=dict)
    called: dict[str, dict[str, None]] = field(default_factory=dict)
    sounding: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    offices: dict[tuple[str | None, str], str] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    coming: dict[str, str] = field(default_factory=dict)
    sure: set[str] = field(default_factory=set)
    kept: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    home: tuple[str | None, str | None] | None = None

    @property
    def month(self) -> str | None:
        """The month of publication, "YYYY-MM", where known."""
        published = self.report.published if self.report else None
        if published is None or len(published) < 7 or not published[:4].isdigit() or published[4] != "-":
            return None
        return published[:7]

    def named(self, sorts: frozenset[str]) -> frozenset[str]:
        """Return the ids of what the text names by names of these sorts; looked for once."""
        if sorts not in self.kept:
            self.kept[sorts] = frozenset(m.entry.id for m in self.match_at.values() if m.entry.sort in sorts)
        return self.kept[sorts]

    def mention(self, start: int, end: int, entity: str, head: int | None = None) -> Mention:
        """Note a mention; tokens that an inner mention holds keep it, all but the head."""
        tokens = self.tokens
        top = head if head is not None else head_of(tokens, start, end)
        found = Mention(
            start,
            end,
            top,
            entity,
            tokens.sentence[top],
            tokens.dep[top] in FULL_SUBJECTS or _agent(tokens, top),
            self.quote[top],
        )
        self.mentions.append(found)
        for i in range(start, end):
            if i not in self.actor_of:
                self.actor_of[i] = entity
        self.actor_of[top] = entity
        self.heads[top] = entity
        return found

    def before(self, at: int) -> Iterator[Mention]:
        """Return the mentions that start before a token, latest first; only so many, so that no text takes for ever."""
        mentions = self.mentions
        last = len(mentions)
        if last and mentions[-1].start >= at:
            last = bisect_left(mentions, at, key=lambda m: m.start)
        return reversed(mentions[max(0, last - _MEMORY) : last])

    def merge(self, old: str, new: str) -> None:
        """Let one figure take over another's mentions: an office whose holder is then named."""
        if old == new:
            return
        self.entities.pop(old, None)
        self.mentions[:] = [replace(m, entity=new) if m.entity == old else m for m in self.mentions]
        for table in (self.actor_of, self.heads):
            for token, key in table.items():
                if key == old:
                    table[token] = new
        for slot, key in self.offices.items():
            if key == old:
                self.offices[slot] = new
        for entity in self.entities.values():
            if entity.principal == old:
                entity.principal = new
            if old in entity.members:
                entity.members = tuple(new if k == old else k for k in entity.members)

    def entity(self, found: Entity) -> Entity:
        """Return the figure of this id, added if new."""
        known = self.entities.setdefault(found.id, found)
        if known is found and found.kind is ActorKind.PERSON:
            self.sounding.setdefault(sounds_of(found.name), []).append(found.id)
        return known

    def rename(self, entity: Entity, name: str) -> None:
        """Let a figure bear another name."""
        if name != entity.name:
            entity.name = name
            self.sounding.setdefault(sounds_of(name), []).append(entity.id)

    def alike(self, name: str) -> Entity | None:
        """Return the first person whom the report has named so in another spelling."""
        keys = {key for key in self.sounding.get(sounds_of(name), ()) if self._spelt_alike(key, name)}
        if len(keys) > 1:
            return next(entity for key, entity in self.entities.items() if key in keys)
        return self.entities[keys.pop()] if keys else None

    def _spelt_alike(self, key: str, name: str) -> bool:
        known = self.entities.get(key)
        return known is not None and known.kind is ActorKind.PERSON and spelt_alike(known.name, name)

    def state(self, key: str) -> Entity:
        """Return a state's or territory's figure."""
        known = self.entities.get(key)
        if known is not None:
            return known
        coded = key in coded_states()
        from communique.lexicon import load

        row = load("states")["states"].get(key, {}) if coded else {"kind": "territory"}
        kind = ActorKind.TERRITORY if row.get("kind") == "territory" else ActorKind.STATE
        return self.entity(Entity(key, state_names()[key], kind, key.upper() if coded else None))

    def entry(self, entry: GazetteerEntry) -> Entity:
        """Return the figure that a name of the lexicon stands for."""
        if entry.id in state_names():
            return self.state(entry.id)
        known = self.entities.get(entry.id)
        if known is not None:
            return known
        return self.entity(Entity(entry.id, entry.name, entry.kind, entry.country, principal=entry.principal))

    def call(self, names: Iterable[str], entity: str) -> None:
        """Note single words by which the report may go on to call a figure; the latest bearer counts first."""
        for name in (name.replace("\u2019", "'") for name in names):
            bearers = self.called.setdefault(name, {})
            bearers.pop(entity, None)
            bearers[entity] = None

    def person(self, name: str, country: str | None = None, key: str | None = None) -> Entity:
        """Return the person of a full name, added if new."""
        key = key or f"person:{slug(name)}"
        known = self.entities.get(key)
        if known is None:
            known = self.entity(Entity(key, name, ActorKind.PERSON, country))
        state = country.lower() if country else None
        parts = [fold(p).strip(".") for p in name.replace("-", " ").split()]
        self.call([p for p in parts if len(p) > 2 and p[0].isalpha()], key)
        self.call([family_name(name, state)], key)
        return known


def make_scene(
    tokens: Tokens, quotations: tuple[Quotation, ...], report: Report | None, matches: list[GazetteerMatch]
) -> EntityRegistry:
    """Lay out a report for the search: which quotation and which name each token belongs to."""
    quote = [-1] * tokens.n
    for k, q in enumerate(quotations):
        if q.depth == 0 and not q.scare:
            quote[q.start : q.end] = [k] * (q.end - q.start)
    at = {i: match for match in matches for i in range(match.start, match.end)}
    return EntityRegistry(tokens, report, quote, at)


def head_of(tokens: Tokens, start: int, end: int) -> int:
    """Return the token of a range whose head lies outside it: the last noun among them, else the last."""
    found = end - 1
    best = -1
    head, pos = tokens.head, tokens.pos
    for i in range(start, end):
        h = head[i]
        if (h < start or h >= end or h == i) and pos[i] not in ("PUNCT", "PART", "SPACE"):
            rank = 1 if pos[i] in ("NOUN", "PROPN", "PRON") else 0
            if rank >= best:
                found, best = i, rank
    return found


def _agent(tokens: Tokens, i: int) -> bool:
    """Whether the token follows "by" in a passive, or "according to", or names a subject."""
    above = tokens.head[i]
    if tokens.dep[i] == "appos":
        # "Assemblyman Ann Lee slammed it".
        return tokens.dep[above] in FULL_SUBJECTS and tokens.pos[i] == "PROPN" and tokens.pos[above] == "NOUN"
    if tokens.dep[i] != "pobj":
        return False
    return tokens.dep[above] == "agent" or (above > 0 and tokens.lower[above - 1] == "according")


def cast_of(registry: EntityRegistry) -> Entities:
    """Return the figures that are mentioned, with their mentions in text order, and the members of those that join."""
    spans: dict[str, set[tuple[int, int]]] = {}
    order: dict[str, int] = {}
    tokens = registry.tokens
    for m in sorted(registry.mentions, key=lambda m: (m.start, -m.end)):
        order.setdefault(m.entity, len(order))
        spans.setdefault(m.entity, set()).add((m.start, m.end))
    for key in list(order):
        for member in registry.entities[key].members:
            order.setdefault(member, len(order))
    actors = []
    for key in order:
        f = registry.entities[key]
        actors.append(
            Actor(
                id=f.id,
                name=f.name,
                kind=f.kind,
                country=f.country,
                role=f.role,
                mentions=tuple(sorted(tokens.span(piece) for piece in spans.get(key, ()))),
                principal=f.principal,
                members=f.members,
            )
        )
    return Entities(tuple(actors), registry.actor_of, registry.heads)
