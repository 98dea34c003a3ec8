"""A graph model of an issue, derived from what the parties say of it; every part of it names its statements.

**Options** are the actions that preconditions speak of: what the one who must act is asked to do, and what the holder
would then do; and some that a party offers, promises, threatens or refuses without a condition. Two texts name one
action of a party where their content words agree (`SAME`). What takes two, such as talks or a treaty (lexicon
``comparison``, ``joint``), comes about where every party to it agrees to it: each has an option of its own, and the
outcome is all of them together.

**Preferences** are ranked option statements, the most important first: a party's explicit conditions and red lines;
what it reaffirms or turns down; what it wishes or asks of others. Within a rank the evidence leaves the order open:
`communique.standoff.derived.robustness` goes through it.

**The status quo** is what is so today: a party that is for an outcome, or open to it, agrees to it; what conditions are
about has not happened; what goes on until something else happens, does.

Where the record is too thin for a model, `Derived.missing` says what is missing; nothing is invented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from communique.analysis.evidence import Evidence, evidence_on, newest, of_words, topics_of, with_parties
from communique.analysis.own_sentences import own_sentences
from communique.analysis.positions import Position, day_before, position_of
from communique.analysis.terms import overlap
from communique.lexicon import load
from communique.model import Act, ConditionKind, Stance, Trait
from communique.reading.propositions.affirming import affirmed, outcome_of
from communique.reading.propositions.words import terms_of
from communique.record.database.sql import Askable
from communique.record.query.followed import followed_parties
from communique.record.query.lookup import Named
from communique.standoff.derived.preconditions import (
    SAME,
    Preconditions,
    canonical_actors,
    find_preconditions,
    matter,
    waiting,
)
from communique.standoff.derived.waits import Precondition, Said
from communique.standoff.graph_model import (
    DecisionMaker,
    GraphModel,
    Option,
    PreferenceStatement,
    StatementPreference,
    StatusQuo,
)

MOST_STATEMENTS = 1000
MOST_OF_A_PARTY = 400
MOST_PARTIES = 8
"""Parties whose words are looked through, and at most so many in a model, whatever the record follows."""
MOST_FURTHER = 2
"""Options that come from what a party offers, promises, threatens or refuses to do without a condition."""
LATELY = 180
"""Days before the newest statement within which such a word makes an option of its own."""
MOST_PRECONDITIONS = 6
"""Preconditions that go into a model, those that most voices carry; one more for each party beyond the fourth."""
MOST_DECISION_MAKERS = 4
"""Parties in a model of a record that follows fewer; else as many as it follows (`MOST_PARTIES` at most)."""
MOST_OPTIONS = 12
"""Beyond these, and one for each party beyond the fourth, no further precondition goes into a model: the states double
with each option."""

_LONGEST_NAME = 60
"""Characters of an option's name."""

_MOST_SAID = 5
"""Statements that a wish rests on."""

_MOST_UNOWNED = 3
"""Conditions that nobody can meet, of those that are named as missing."""

RANKS = ("condition", "position", "wish")
"""What ranks before what: explicit conditions, then what is reaffirmed or turned down, then wishes."""

_QUOTATION_MARKS = dict.fromkeys(map(ord, '"“”'))
_OWN = frozenset((Act.OFFER, Act.PROMISE, Act.THREATEN, Act.REFUSE))
_SPEAKING_OF_ACTION = _OWN | {Act.DEMAND, Act.PROPOSE}
_WANTED = (Stance.FOR, Stance.OPEN, Stance.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a party can do: ``option`` is its name in the model, ``words`` how a report puts it.

    ``joint`` names the outcome that it is this party's share of, None for what it does alone. ``taken``: done today.
    """

    party: str
    option: str
    words: str
    said: tuple[Said, ...]
    joint: str | None = None
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """A preference statement with its rank (`RANKS`), in plain words, and the precondition that it is of, if any."""

    party: str
    statement: PreferenceStatement
    rank: str
    words: str
    said: tuple[Said, ...]
    precondition: int | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """A model with all that it rests on. ``model`` is None where ``missing`` says that there is too little for one.

    ``modelled`` are the preconditions that are in it. ``names`` are the parties' names by key, ``outcomes`` the joint
    outcomes by name, each with the options it takes.
    """

    issue: Named
    preconditions: Preconditions
    modelled: tuple[Precondition, ...]
    actions: tuple[Action, ...]
    ranked: tuple[Ranked, ...]
    outcomes: tuple[tuple[str, tuple[str, ...]], ...]
    names: tuple[tuple[str, str], ...]
    model: GraphModel | None
    missing: tuple[str, ...]

    def name(self, party: str) -> str:
        """Return a party's name."""
        return dict(self.names).get(party, party)


def derive(
    connection: Askable,
    issue: Named,
    *,
    as_of: str | None = None,
    without: Sequence[str] = (),
) -> Derived:
    """Return the model of an issue as of a day; ``without`` are outlets and reports (by name or key) to leave out."""
    left_out = {each.casefold() for each in without}
    on_issue = with_parties(connection, evidence_on(connection, issue.id, as_of=as_of, limit=MOST_STATEMENTS))
    spoken = {e.key: e for e in on_issue}
    for party in _speaking(connection, on_issue):
        # What an action on this issue hangs on may be said on another one.
        for e in newest(connection, party=party, as_of=as_of, limit=MOST_OF_A_PARTY):
            spoken.setdefault(e.key, e)
    kept = [e for e in spoken.values() if not {(e.outlet or "").casefold(), e.report.casefold()} & left_out]
    about = topics_of(connection, [e.id for e in kept])
    every = [replace(e, topics=about.get(e.id, ())) for e in with_parties(connection, kept)]
    tied = min((e.day for e in every if e.binding), default=None)
    told = [] if tied is None else own_sentences(connection, issue.id, tied, as_of)
    own = [each for each in told if not {(each.outlet or "").casefold(), each.report.casefold()} & left_out]
    found = find_preconditions(connection, every, {e.key for e in on_issue}, own)
    most = min(MOST_PARTIES, max(MOST_DECISION_MAKERS, len(followed_parties(connection))))
    return _Draft(issue, every, found, most).finished()


def _speaking(connection: Askable, spoken: Sequence[Evidence]) -> list[int]:
    """The rows of the parties that most often wait and are waited for, then of those that say most on the issue."""
    waits = waiting(connection, spoken)
    says = Counter(e.party for e in spoken if e.party and "#" not in e.party)
    most = sorted({*waits, *says}, key=lambda party: (-waits[party], -says[party], party))[:MOST_PARTIES]
    return sorted(row.id for row in canonical_actors(connection, most))


@dataclass(slots=True)
class _Draft:
    issue: Named
    spoken: Sequence[Evidence]
    found: Preconditions
    most: int = MOST_DECISION_MAKERS
    actions: list[Action] = field(default_factory=list)
    ranked: list[Ranked] = field(default_factory=list)
    outcomes: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    chosen: list[Precondition] = field(default_factory=list)

    def finished(self) -> Derived:
        for each in self._chosen():
            if len(self.actions) + 2 > MOST_OPTIONS + self._beyond:
                break
            self._take_up(each)
            self.chosen.append(each)
        inside = {key for each in self.chosen for key in (each.holder, each.must_act)}
        self.names = {key: name for key, name in self.names.items() if key in inside}
        self._heed()
        for outcome in list(self.outcomes):
            for party in self.names:
                position = self._position(party, outcome)
                self._agree(outcome, party, position)
        for outcome in self.outcomes:
            for party in self.names:
                self._want(outcome, party, self._position(party, outcome))
        stands = {party: self._position(party) for party in self.names}
        self.ranked.sort(key=lambda ranked: RANKS.index(ranked.rank))
        self.actions.sort(key=lambda action: list(self.names).index(action.party))
        missing = tuple(self._missing(stands))
        return Derived(
            self.issue,
            self.found,
            tuple(self.chosen),
            tuple(self.actions),
            tuple(self.ranked),
            tuple((name, tuple(options)) for name, options in self.outcomes.items()),
            tuple(self.names.items()),
            self._model() if self.chosen else None,
            missing,
        )

    def _chosen(self) -> list[Precondition]:
        """The preconditions that most voices carry, and their parties, as long as these are few."""
        chosen: list[Precondition] = []
        for each in self.found.open:
            names = self.names | {each.holder: each.holder_name, each.must_act: each.must_act_name}
            beyond = max(0, len(names) - MOST_DECISION_MAKERS)
            if len(names) <= self.most and len(chosen) < MOST_PRECONDITIONS + beyond:
                self.names = names
                chosen.append(each)
        return chosen

    @property
    def _beyond(self) -> int:
        """How many parties the model has beyond the fourth."""
        return max(0, len(self.names) - MOST_DECISION_MAKERS)

    def _heed(self) -> None:
        """Take up what parties demand, offer, promise, threaten and refuse without a condition.

        What is older than the newest word on the same action is superseded by it.
        """
        further = 0
        newest = max((e.day for e in self.spoken), default="")
        for e in sorted(self.spoken, key=lambda e: (e.day, e.published_at, e.rank, e.key), reverse=True):
            if e.party not in self.names or e.conditions or e.act not in _SPEAKING_OF_ACTION:
                continue
            action = self._spoken_of(e)
            own = action is None and e.act in _OWN and any(topic.key == self.issue.key for topic in e.topics)
            if own and further < MOST_FURTHER and e.day >= day_before(newest, LATELY):
                what = affirmed(e.content, e.proposition)
                action = self._action(e.party, what, (Said(e, e.content),), joint=True)
                further += 1
            if action is not None and not self._is_overtaken(e, action):
                self._rank_speech(e, action)

    def _is_overtaken(self, e: Evidence, action: Action) -> bool:
        """Whether a party that refused an outcome has since been for it, on a condition or without one."""
        if action.joint is None or action.party != e.party or e.act != Act.REFUSE:
            return False
        position = self._position(action.party, action.joint)
        return position is not None and position.stance is not Stance.AGAINST and e.day < (position.newest or "")

    def _spoken_of(self, e: Evidence) -> Action | None:
        """The action that a statement speaks of, unless there is a newer word on it."""
        for action in self.actions:
            name = self.names[action.party]
            own = action.party == e.party
            alike = overlap(matter(e.proposition, name), matter(of_words(action.words), name)) >= SAME
            latest = max((said.statement.day for said in action.said), default="")
            if alike and own == (e.act in _OWN) and e.day >= latest:
                return action
        return None

    def _rank_speech(self, e: Evidence, action: Action) -> None:
        assert e.party is not None
        option, said = quoted(action.option), [Said(e, e.content)]
        if e.act in (Act.DEMAND, Act.PROPOSE):
            self._rank(e.party, option, "wish", f"demands “{action.words}” of {self.names[action.party]}", said, None)
        elif e.act == Act.REFUSE:
            self._rank(e.party, f"NOT ({option})", "position", f"refuses “{action.words}”", said, None)
        else:
            verb = {"offer": "offers", "promise": "promises", "threaten": "threatens"}[e.act]
            self._rank(e.party, option, "wish", f"{verb} “{action.words}”", said, None)

    def _position(self, party: str, outcome: str | None = None) -> Position | None:
        """Where a party stands: on an outcome by what it says of it, else on the issue.

        To be against the issue (tariffs) is not to be against whatever else hangs on it (talks about them).
        """
        found = None
        if outcome is not None:
            found = self._stance(party, terms_of(outcome))
        if found is None:
            found = self._stance(party, terms_of(self.issue.name))
            apart = outcome is not None and not overlap(terms_of(outcome), terms_of(self.issue.name))
            if found is not None and found.stance is Stance.AGAINST and apart:
                return None
        return found

    def _stance(self, party: str, words: frozenset[str]) -> Position | None:
        own = [
            replace(e, stance=topic.stance)
            for e in self.spoken
            if e.party == party
            for topic in e.topics
            if topic.stance and overlap(terms_of(topic.name), words) >= SAME
        ]
        return position_of(own, party, self.issue.key, max((e.day for e in own), default=""))

    def _take_up(self, each: Precondition) -> None:
        """Make the options of a precondition, and what its holder and the one who must act want of them."""
        asked_not, then_not = each.asks.denied, each.grants.denied
        what, then_what = affirmed(each.antecedent, each.asks), affirmed(each.consequent, each.grants)
        # "It goes on unless": what is said to go on is so today. "It will strike unless" is a threat.
        unless = each.kind is ConditionKind.EXCEPTION and not then_not
        goes_on = unless and Trait.GOES_ON in each.grants.traits
        asked = self._action(
            each.must_act, what, each.evidence, joint=Trait.AGREES in each.asks.traits, taken=asked_not
        )
        then = self._action(each.holder, then_what, each.evidence, joint=not goes_on, taken=goes_on)
        condition = f"NOT {quoted(asked.option)}" if asked_not else quoted(asked.option)
        outcome = quoted(then.option)
        if unless:
            formula = f"{outcome} {'IFF' if goes_on else 'IF'} NOT ({condition})"
        elif each.kind is ConditionKind.SUFFICIENT:
            formula = f"{'NOT ' if then_not else ''}{outcome} IF {condition}"
        elif each.kind is ConditionKind.BOTH and not then_not:
            formula = f"{outcome} IFF {condition}"
        else:
            formula = f"{condition} IF {outcome}"
        told = f"condition {each.number}: “{each.consequent}” hangs on “{each.antecedent}”"
        self._rank(each.holder, formula, "condition", told, each.evidence, each.number)
        wished = f"wants “{each.antecedent}” of {each.must_act_name}"
        self._rank(each.holder, condition, "wish", wished, each.evidence, each.number)
        if each.refusals:
            told = f"turns down “{each.antecedent}”"
            self._rank(each.must_act, f"NOT ({condition})", "position", told, each.refusals, None)

    def _action(self, party: str, words: str, said: Iterable[Said], *, joint: bool, taken: bool = False) -> Action:
        line = " ".join(words.split())
        kind = _takes_two(line) if joint else None
        if kind is not None:
            return self._share(party, kind, line, tuple(said))
        name = self.names[party]
        done = matter(of_words(line), name)
        for at, known in enumerate(self.actions):
            alike = overlap(matter(of_words(known.words), name), done) >= SAME
            if known.party == party and known.joint is None and alike:
                self.actions[at] = replace(known, said=_joined(known.said, said))
                return self.actions[at]
        own = line.removeprefix(f"{name} ").removeprefix("the ")
        made = Action(party, self._named(f"{name}: {_short(own)}"), line, tuple(said), None, taken)
        self.actions.append(made)
        return made

    def _share(self, party: str, kind: str, line: str, said: tuple[Said, ...]) -> Action:
        """A party's agreement to what takes two; an issue has one such outcome of a kind."""
        outcome = self.kinds.setdefault(kind, _short(outcome_of(line)))
        self.outcomes.setdefault(outcome, [])
        for at, known in enumerate(self.actions):
            if known.party == party and known.joint == outcome:
                self.actions[at] = replace(known, said=_joined(known.said, said))
                return self.actions[at]
        made = Action(party, self._named(f"{self.names[party]} agrees: {outcome}"), line, said, outcome)
        self.actions.append(made)
        self.outcomes[outcome].append(made.option)
        return made

    def _agree(self, outcome: str, party: str, position: Position | None) -> None:
        """Give a party to an outcome its share of it, taken where it is for it or open to it without conditions."""
        own = next((a for a in self.actions if a.party == party and a.joint == outcome), None)
        if own is None:
            if position is None:
                return
            said = (Said(position.decisive, position.decisive.content),)
            words = position.decisive.content
            own = Action(party, self._named(f"{self.names[party]} agrees: {outcome}"), words, said, outcome)
            self.actions.append(own)
            self.outcomes[outcome].append(own.option)
        of_party = (r for r in self.ranked if r.party == party and r.rank == "condition")
        bound = any(quoted(own.option) in r.statement.formula for r in of_party)
        settled = position is not None and position.stance in (Stance.FOR, Stance.OPEN) and not position.tentative
        if position is not None and settled and not bound:
            at = self.actions.index(own)
            decisive = Said(position.decisive, position.decisive.content)
            self.actions[at] = replace(own, taken=True, said=_joined(own.said, [decisive]))

    def _want(self, outcome: str, party: str, position: Position | None) -> None:
        options = self.outcomes[outcome]
        if position is None or not any(a.party == party and a.joint == outcome for a in self.actions):
            return
        formula = " AND ".join(map(quoted, options))
        said = tuple(Said(e, e.content) for e in position.evidence if e.stance is position.stance)[:_MOST_SAID]
        if position.stance not in _WANTED:
            self._rank(party, f"NOT ({formula})", "position", f"is against “{outcome}”", said, None)
            return
        rank = "position" if position.stance is Stance.FOR and position.reaffirmed else "wish"
        unsure = ", tentative" if position.tentative else ""
        told = f"wants “{outcome}” ({position.stance.value}, {position.firmness}{unsure})"
        self._rank(party, formula, rank, told, said, None)

    def _rank(
        self, party: str, formula: str, rank: str, words: str, said: Iterable[Said], precondition: int | None
    ) -> None:
        several = tuple(said)
        for at, known in enumerate(self.ranked):
            if known.party == party and known.statement.formula == formula:
                self.ranked[at] = replace(known, said=_joined(known.said, several))
                return
        keys = tuple(dict.fromkeys(each.statement.key for each in several))
        statement = PreferenceStatement(formula, evidence=keys)
        self.ranked.append(Ranked(party, statement, rank, words, several, precondition))

    def _model(self) -> GraphModel:
        makers = tuple(
            DecisionMaker(
                name,
                StatementPreference(tuple(r.statement for r in self.ranked if r.party == party)),
                tuple(
                    Option(action.option, evidence=_keys(action.said))
                    for action in self.actions
                    if action.party == party
                ),
            )
            for party, name in self.names.items()
        )
        taken = tuple(action for action in self.actions if action.taken)
        quo = StatusQuo(
            taken=tuple(action.option for action in taken), evidence=_keys(s for a in taken for s in a.said)
        )
        return GraphModel(makers, status_quo=quo, name=self.issue.name, where=self.issue.key)

    def _missing(self, stands: dict[str, Position | None]) -> Iterable[str]:
        if not self.found.all:
            yield "no party is on record with a condition that another party could meet"
        elif not self.found.open:
            yield "no condition stands any more that another party could meet"
        if self.found.unowned:
            some = "; ".join(dict.fromkeys(f"“{said.words}”" for said in self.found.unowned[:_MOST_UNOWNED]))
            yield f"nobody is said to be able to bring about {some}"
        for party, position in stands.items():
            if position is None:
                yield f"{self.names[party]} has taken no stance on {self.issue.name}"
            wants = [r for r in self.ranked if r.party == party]
            if not wants:
                yield f"nothing is on record of what {self.names[party]} wants"
        left = len(self.found.open) - len(self.chosen)
        if left > 0:
            yield f"{left} preconditions that fewer voices carry are not in the model"

    def _named(self, name: str) -> str:
        """An option's name that no other has."""
        taken = {action.option for action in self.actions}
        others = (f"{name} ({number})" for number in range(2, len(taken) + 3))
        return name if name not in taken else next(other for other in others if other not in taken)


def _keys(said: Iterable[Said]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.statement.key for each in said))


def _joined(one: Iterable[Said], other: Iterable[Said]) -> tuple[Said, ...]:
    return tuple({(said.statement.key, said.words): said for said in (*one, *other)}.values())


def _short(words: str) -> str:
    line = words.translate(_QUOTATION_MARKS).strip(" ,.;:")
    return line if len(line) <= _LONGEST_NAME else line[: _LONGEST_NAME - 1].rsplit(" ", 1)[0] + "…"


def quoted(option: str) -> str:
    """Return an option's name as formulas have it."""
    return '"' + option.replace('"', "'") + '"'


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """Base forms of what takes two, by kind."""
    return {kind: terms_of(words) for kind, words in load("propositions_compared")["joint"].items()}


def _takes_two(line: str) -> str | None:
    """Return the kind of joint outcome that a text speaks of, None where one party can do it alone."""
    found = terms_of(line)
    return next((kind for kind, words in _kinds().items() if found & words), None)
