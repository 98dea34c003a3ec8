"""Who waits for whom: the conditions of parties that another party must meet, and where that goes in a circle.

A party that is waited for is either free to act or has turned the demand down: it answered with a refusal or criticism,
denies or refuses what is asked, says that it will not do it, or calls its position unchanged. Who waits for somebody
who turned it down, and circles of parties that wait for each other, are deadlocks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import combinations
from typing import Any

from communique.analysis.evidence import Evidence, HeldCondition
from communique.analysis.own_sentences import OwnSentence
from communique.analysis.terms import overlap
from communique.lexicon import load
from communique.model import Act, ConditionKind, Proposition, Trait
from communique.reading.grammar.state_words import is_state
from communique.reading.propositions.words import terms_of
from communique.record.database.fold import folded
from communique.record.database.sql import Askable, ask
from communique.record.query.followed import followed_parties
from communique.standoff.derived.counterparts import Counterparts
from communique.standoff.derived.fates import fates
from communique.standoff.derived.waits import Precondition, Said

SAME = 0.5
"""Share of the shorter text's content words from which two name the same action."""

_TURNED_DOWN = frozenset((Act.REFUSE, Act.DENY, Act.CRITICISE, Act.ACCUSE))
_REFUSING = frozenset((Act.REFUSE, Act.DENY, Act.CRITICISE))
_ABOUT = 0.34
_KEYS_AT_ONCE = 500
"""Actors in one question."""

_MOST_PARTIES = 5000
"""Holders of conditions, and who must act, that are looked up."""

_MOST_REMEMBERED = 16_384
"""Propositions whose matter is."""

_MOST_CYCLES = 200
_Matter = tuple[str, frozenset[str]]
_MOST_OPENINGS = 50
_LARGEST_OPENING = 4


@dataclass(frozen=True, slots=True)
class Deadlock:
    """Parties who wait in a circle (two or more), or one who waits for what another turned down (one precondition)."""

    preconditions: tuple[int, ...]
    circular: bool


@dataclass(frozen=True, slots=True)
class Preconditions:
    """The graph: preconditions by number from 1, the deadlocks, and the smallest sets of preconditions that, dropped or
    met, open them all. ``unowned`` are conditions that nobody is said to be able to meet.

    Those that were met, dropped or overtaken come last, and deadlock nothing.
    """

    all: tuple[Precondition, ...]
    deadlocks: tuple[Deadlock, ...]
    openings: tuple[tuple[int, ...], ...]
    unowned: tuple[Said, ...]

    @property
    def open(self) -> tuple[Precondition, ...]:
        """Those that stand."""
        return tuple(each for each in self.all if each.fate is None)


def find_preconditions(
    connection: Askable,
    spoken: Sequence[Evidence],
    about: Collection[str] | None = None,
    own: Sequence[OwnSentence] = (),
) -> Preconditions:
    """Return who waits for whom in statements, those that most voices carry first.

    With ``about``, the keys of statements on an issue, only what they wait for, and what that in turn hangs on. ``own``
    is what reports tell in their own name: it may show that a condition was met.
    """
    parties = _parties(connection, spoken)
    names = _names(connection, {key for key in parties.values() if key} | {e.party for e in spoken if e.party})
    held, unowned = _wordings(spoken, parties, Counterparts.of(connection))
    # Only one holder's wordings of what it waits for from one party can be the same condition.
    between: dict[tuple[str, str], list[list[_Held]]] = {}
    for each in held:
        near = between.setdefault((each.holder, each.must_act), [])
        group = next((group for group in near if any(_one(held, each, names) for held in group)), None)
        if group is None:
            near.append([each])
        else:
            group.append(each)
    groups = [group for near in between.values() for group in near]
    if about is not None:
        groups = _connected(groups, about, names)
        unowned = [said for said in unowned if said.statement.key in about]
    groups.sort(key=lambda group: (-len({held.said.statement.voice for held in group}), _order(group[0])))
    answers = _Answers(spoken)
    # Whom the user follows he calls by his own name for them.
    called = {**names, **{party.key: party.name for party in followed_parties(connection)}}
    made = [_precondition(number, group, called, answers) for number, group in enumerate(groups, 1)]
    ended = fates(made, spoken, own, names)
    made.sort(key=lambda each: each.number in ended)
    found = tuple(replace(each, number=at, fate=ended.get(each.number)) for at, each in enumerate(made, 1))
    deadlocks = tuple(_deadlocks([each for each in found if each.fate is None]))
    return Preconditions(found, deadlocks, tuple(_openings(deadlocks)), tuple(unowned))


def waiting(connection: Askable, spoken: Sequence[Evidence]) -> Counter[str]:
    """Return how often statements tell of a party that it waits for another, or is waited for."""
    held, _ = _wordings(spoken, _parties(connection, spoken), Counterparts.of(connection))
    return Counter(party for each in held for party in (each.holder, each.must_act))


def _wordings(
    spoken: Sequence[Evidence], parties: Mapping[str, str | None], counterparts: Counterparts
) -> tuple[list[_Held], list[Said]]:
    """The conditions on other parties, the newest first, and those that nobody is said to be able to meet."""
    found: list[_Held] = []
    unowned: list[Said] = []
    for e in sorted(spoken, key=lambda e: (e.day, e.published_at, e.key), reverse=True):
        for c in e.binding:
            if not c.antecedent or not c.consequent:
                continue
            own = c.holder is None or (c.holder == e.speaker and c.holder.startswith("person:"))
            holder = e.party if own else parties.get(c.holder or "", e.party) or e.party
            must_act = parties.get(c.must_act or "")
            named = c.must_act is not None and not counterparts.is_matter(c.must_act)
            must_act = must_act if named else None
            inferred = must_act is None and holder is not None and not named
            if inferred and holder is not None:
                must_act = counterparts.must_act(holder, c)
            if counterparts.parties and holder not in counterparts.parties:
                continue  # whom the user follows is who waits: an analyst's forecast is no party's condition
            if holder is not None and must_act is None:
                unowned.append(Said(e, c.antecedent))
            elif holder is not None and must_act is not None and holder != must_act:
                found.append(_Held(holder, must_act, c, Said(e, c.antecedent), inferred))
    return found, unowned


@dataclass(frozen=True, slots=True)
class _Held:
    """One wording of a condition on another party."""

    holder: str
    must_act: str
    condition: HeldCondition
    said: Said
    inferred: bool = False


def _order(held: _Held) -> tuple[str, str, ConditionKind, str, str]:
    c = held.condition
    return held.holder, held.must_act, c.kind, c.antecedent, c.consequent


@lru_cache(maxsize=_MOST_REMEMBERED)
def matter(said: Proposition, party: str) -> frozenset[str]:
    """Return the terms of what an action is, without who does it: that all of a party's actions share."""
    found = frozenset(said.terms)
    return found - terms_of(party) - frozenset(said.names) or found


def _one(one: _Held, other: _Held, names: Mapping[str, str]) -> bool:
    """Whether two wordings, of one holder about one party, ask for the same.

    They share words for it; or, where the same hangs on both, some of them, or whom they name beside the parties
    ("hands over Ali", "delivers Ali").
    """
    name = names.get(one.must_act, "")
    asked = [matter(held.condition.asks, name) for held in (one, other)]
    if overlap(*asked) >= SAME:
        return True
    granted = [matter(held.condition.grants, names.get(one.holder, "")) for held in (one, other)]
    if overlap(*granted) < SAME:
        return False
    named = [_named(held.condition.asks, (one.holder, one.must_act), names) for held in (one, other)]
    return overlap(*asked) >= _ABOUT or bool(named[0] & named[1])


def _named(said: Proposition, parties: Iterable[str], names: Mapping[str, str]) -> frozenset[str]:
    """Whom or what words name beside the parties and states."""
    own = frozenset[str]().union(*(terms_of(names.get(party, "")) for party in parties))
    return frozenset(folded(term) for term in said.names if not is_state(term)) - own


def _connected(groups: Sequence[list[_Held]], about: Collection[str], names: Mapping[str, str]) -> list[list[_Held]]:
    """The groups that speak on the issue, and those that share an action with one that is in already."""
    inside = [group for group in groups if any(held.said.statement.key in about for held in group)]
    left = [group for group in groups if group not in inside]
    while True:
        actions: dict[str, list[frozenset[str]]] = {}
        for party, matter in (action for group in inside for action in _actions(group[0], names)):
            actions.setdefault(party, []).append(matter)
        more = [group for group in left if any(_among(actions, *action) for action in _actions(group[0], names))]
        if not more:
            return inside
        inside += more
        left = [group for group in left if group not in more]


def _actions(held: _Held, names: Mapping[str, str]) -> tuple[_Matter, _Matter]:
    asked = matter(held.condition.asks, names.get(held.must_act, ""))
    return (held.must_act, asked), (held.holder, matter(held.condition.grants, names.get(held.holder, "")))


def _among(actions: Mapping[str, Sequence[frozenset[str]]], party: str, matter: frozenset[str]) -> bool:
    return any(overlap(matter, other) >= SAME for other in actions.get(party, ()))


def _precondition(number: int, group: Sequence[_Held], names: Mapping[str, str], answers: _Answers) -> Precondition:
    # Of several wordings the one that says most of what hangs on it, and of those the newest.
    fullest = max(group, key=lambda held: len(held.condition.grants.terms))
    said = tuple(held.said for held in group)
    return Precondition(
        number,
        fullest.holder,
        names.get(fullest.holder, fullest.holder),
        fullest.must_act,
        names.get(fullest.must_act, fullest.must_act),
        fullest.condition.kind,
        fullest.condition.antecedent,
        fullest.condition.consequent,
        fullest.condition.asks,
        fullest.condition.grants,
        said,
        tuple(_refusals(answers, fullest.must_act, said, fullest.condition)),
        all(held.inferred for held in group),
    )


class _Answers:
    """The statements of parties that can turn a demand down: by what they answer, by terms, and those of no change."""

    def __init__(self, spoken: Sequence[Evidence]) -> None:
        self._spoken = spoken
        self._replies: dict[tuple[str, str], list[int]] = {}
        self._by_term: dict[tuple[str, str], list[int]] = {}
        self._steady: dict[str, list[int]] = {}
        for at, e in enumerate(spoken):
            if not e.party:
                continue
            if e.responds_to and e.act in _TURNED_DOWN:
                self._replies.setdefault((e.party, e.responds_to), []).append(at)
            said = e.proposition
            if said.steady:
                self._steady.setdefault(e.party, []).append(at)
            if e.act in _REFUSING or Trait.WILLED in said.traits:
                for term in _without_states(said.terms):
                    self._by_term.setdefault((e.party, term), []).append(at)

    def near(self, party: str, answered: Iterable[str], terms: Iterable[str]) -> list[Evidence]:
        """Return what a party answered to statements, or said with one of some terms, or of no change, in order."""
        found = set(self._steady.get(party, ()))
        found.update(at for key in answered for at in self._replies.get((party, key), ()))
        found.update(at for term in terms for at in self._by_term.get((party, term), ()))
        return [self._spoken[at] for at in sorted(found)]


def _refusals(answers: _Answers, party: str, made: Sequence[Said], asked: HeldCondition) -> Iterator[Said]:
    """What a party said that turns a demand down."""
    answered = {said.statement.key for said in made}
    of_position = not _positions().isdisjoint(asked.asks.terms)
    terms = _without_states((*asked.asks.terms, *asked.grants.terms))
    since = min((said.statement.day for said in made), default="")
    for e in answers.near(party, answered, terms):
        replies = e.responds_to in answered and e.act in _TURNED_DOWN
        if e.day < since and not replies:
            continue
        about = overlap(_without_states(e.proposition.terms), terms) >= _ABOUT
        # "Our policy is unchanged" turns down what asks for another policy, not whatever else is asked.
        unmoved = e.proposition.steady and (of_position or about)
        if replies or unmoved or (about and e.act in _REFUSING) or _will_not(e, asked.asks):
            yield Said(e, e.content)


def _will_not(e: Evidence, asked: Proposition) -> bool:
    """As in "Iran would not stop enrichment", where that is asked; to tie it to a condition turns nothing down."""
    own = e.proposition
    if e.binding or own.denied == asked.denied or Trait.WILLED not in own.traits:
        return False
    said, done = _without_states(own.terms), _without_states(asked.terms)
    return len(said & done) > 1 and overlap(said, done) >= SAME


@lru_cache(maxsize=_MOST_REMEMBERED)
def _without_states(words: tuple[str, ...]) -> frozenset[str]:
    """What is asked, without of whom and by whom: the parties are named in all that they say."""
    return frozenset(word for word in words if not is_state(word))


def _deadlocks(found: Sequence[Precondition]) -> Iterator[Deadlock]:
    import networkx as nx

    graph = nx.MultiDiGraph()
    for each in found:
        graph.add_edge(each.holder, each.must_act, each.number)
    simple = nx.DiGraph(graph)
    for count, circle in enumerate(nx.simple_cycles(simple)):
        if count == _MOST_CYCLES:
            break
        numbers: list[int] = []
        for one, other in zip(circle, (*circle[1:], circle[0]), strict=True):
            numbers += sorted(graph[one][other])[:1]
        if len(numbers) > 1:
            yield Deadlock(tuple(sorted(numbers)), circular=True)
    for each in found:
        if each.refusals:
            yield Deadlock((each.number,), circular=False)


def _openings(deadlocks: Sequence[Deadlock]) -> Iterator[tuple[int, ...]]:
    """The smallest sets that have a precondition of every deadlock, by trying small ones first."""
    wanted = [set(each.preconditions) for each in deadlocks]
    numbers = sorted({number for each in wanted for number in each})
    for size in range(1, min(_LARGEST_OPENING, len(numbers)) + 1):
        found = [some for some in combinations(numbers, size) if all(each & set(some) for each in wanted)]
        if found:
            yield from found[:_MOST_OPENINGS]
            return


def _parties(connection: Askable, spoken: Sequence[Evidence]) -> dict[str, str | None]:
    """Whom those who hold conditions and must act belong to: a state for its bodies, offices and people."""
    keys = {key for e in spoken for c in e.conditions for key in (c.holder, c.must_act) if key}
    rows = canonical_actors(connection, sorted(keys)[:_MOST_PARTIES])
    found: dict[str, str | None] = {}
    for row in rows:
        of_state = row.country and row.kind in ("state", "territory", "body", "office", "person")
        nobody = "#" in row.key and not of_state
        found[row.key] = row.country.lower() if of_state else None if nobody else row.key
    return found


def _names(connection: Askable, keys: set[str]) -> Mapping[str, str]:
    return {row.key: row.name for row in canonical_actors(connection, keys)}


def canonical_actors(connection: Askable, keys: Iterable[str]) -> list[Any]:
    """Return the rows (id, key, name, kind, country) of actors by their keys, in the order of these."""
    listed = sorted(keys)
    rows: list[Any] = []
    for start in range(0, len(listed), _KEYS_AT_ONCE):
        some = {f"key{at}": key for at, key in enumerate(listed[start : start + _KEYS_AT_ONCE])}
        names = ", ".join(f":{name}" for name in some) or "NULL"
        rows += ask(
            connection, f"SELECT id, key, name, kind, country FROM canonical_actor WHERE key IN ({names})", **some
        )
    return sorted(rows, key=lambda row: row.key)


@cache
def _positions() -> frozenset[str]:
    """Base forms of what a party calls its position."""
    return terms_of(load("propositions_compared")["positions"]["all"])
