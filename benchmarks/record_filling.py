"""Readings of our own making, by the thousand, with the skew of news: for benchmarks of the record.

A few actors, issues, outlets and words make up most of what is read, and which actor speaks on which issue hangs
together. Statements and conditions carry propositions, as those of the reader do. The same seed gives the same
readings.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate

from communique.identity import digest
from communique.lexicon import load
from communique.model import (
    Act,
    Actor,
    ActorKind,
    Condition,
    ConditionKind,
    Issue,
    IssueStance,
    Manner,
    Mode,
    Reading,
    Relay,
    Report,
    Span,
    Stance,
    Statement,
)
from communique.reading.propositions.wording import proposition_of

STATEMENTS = 12
"""Statements of a report."""

READER = "made for benchmarks"
_FIRST_DAY = date(2005, 1, 1)
_DAYS = 7300
_SYLLABLES = tuple(re.findall("[a-z]+", "ka to mi re sol ven dar pi lo gu ter mon si fa bri cu ne ova hin sta"))
_COMMON = tuple(
    re.findall("[a-z]+", "the of to a and in that would not its on talks with for said be ready russia is treaty japan")
)
_ACT_WEIGHTS = dict(zip(Act, (40, 8, 8, 6, 5, 7, 3, 6, 5, 5, 2, 6, 4), strict=True))


class Skewed:
    """Picks items, the first most often: the weight of the n-th is 1/n."""

    def __init__(self, items: Sequence[object], lean: float = 1.0) -> None:
        """Take the items, and how steeply the weights fall."""
        self.items = items
        self.weights = list(accumulate(1 / (n + 1) ** lean for n in range(len(items))))

    def some(self, rng: random.Random, count: int) -> list[object]:
        """Return some items, drawn anew each time."""
        return rng.choices(self.items, cum_weights=self.weights, k=count)


def words(rng: random.Random, count: int = 30_000) -> list[str]:
    """Return a vocabulary, the commonest first."""
    made = dict.fromkeys(_COMMON)
    while len(made) < count:
        made["".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4)))] = None
    return list(made)


def actors() -> list[Actor]:
    """Return states, and persons of theirs, the most heard first."""
    states = load("states")["states"]
    codes = ["rus", "jpn", "usa", "chn", "ukr", *(code for code in states if len(code) == 3)][:120]
    found: dict[str, Actor] = {}
    for rank in range(3000):
        code = codes[min(rank * 7919 % (rank + 1), len(codes) - 1)] if rank >= len(codes) else codes[rank]
        if rank < len(codes):
            actor = Actor(code, states[code]["name"], ActorKind.STATE, code.upper())
        else:
            name = f"Person {_SYLLABLES[rank % 20].title()} Number {rank}"
            actor = Actor(f"person:{code}-{rank}", name, ActorKind.PERSON, code.upper(), "minister", (), code)
        found.setdefault(actor.id, actor)
    return list(found.values())


def readings(count: int, seed: int = 7, first: int = 0) -> Iterator[Reading]:
    """Yield readings of ``count`` statements or a few more; ``first`` numbers the first report."""
    rng = random.Random(seed)
    vocabulary = Skewed(words(rng))
    cast = actors()
    speakers = Skewed(cast)
    issues = [Issue(f"issue-{n}", f"matter of {vocabulary.items[200 + n]}", (), ()) for n in range(400)]
    on = Skewed(issues)
    close = {issue.id: Skewed(rng.sample(cast, 30)) for issue in issues}
    outlets = Skewed([f"Outlet {n}" for n in range(80)])
    agency = Actor("outlet:tass", "TASS", ActorKind.OUTLET, "RUS")
    acts = Skewed([act for act, weight in _ACT_WEIGHTS.items() for _ in range(weight)], 0.0)
    reports = -(-count // STATEMENTS)
    for n in range(reports):
        # Most come in the order of their days; a tenth are archives, of any day.
        day = rng.randrange(_DAYS) if rng.random() < 0.1 else n * _DAYS // reports
        published = (_FIRST_DAY + timedelta(day)).isoformat()
        if n % 3:
            published += f"T{rng.randrange(24):02}:{rng.randrange(60):02}:00Z"
        yield _reading(rng, first + n, published, vocabulary, speakers, on, close, outlets, acts, agency)


def _reading(
    rng: random.Random,
    number: int,
    published: str,
    vocabulary: Skewed,
    speakers: Skewed,
    on: Skewed,
    close: dict[str, Skewed],
    outlets: Skewed,
    acts: Skewed,
    agency: Actor,
) -> Reading:
    key = f"made-{number}"
    topics = [topic for topic in on.some(rng, 2) if isinstance(topic, Issue)]
    cast: dict[str, Actor] = {}
    text = ""
    statements: list[Statement] = []
    conditions: list[Condition] = []
    for place in range(STATEMENTS):
        topic = topics[place % 2]
        pool = close[topic.id] if rng.random() < 0.6 else speakers
        speaker, other = (actor for actor in pool.some(rng, 2) if isinstance(actor, Actor))
        cast |= {speaker.id: speaker, other.id: other}
        start = len(text)
        name, cue = speaker.name, "said"
        content = " ".join(map(str, vocabulary.some(rng, rng.randint(10, 34))))
        text += f"{name} {cue} {content}.\n"
        at = Span(start + len(name) + len(cue) + 2, len(text) - 2)
        own = f"s{digest(key, at)}"
        bound = place % 5 == 4
        if bound:
            half = Span(at.start, (at.start + at.end) // 2)
            rest = Span(half.end, at.end)
            conditions.append(
                Condition(
                    f"c{digest(key, at)}",
                    own,
                    (half,),
                    (rest,),
                    (half,),
                    rng.choice(list(ConditionKind)),
                    speaker.id,
                    other.id,
                    rng.uniform(0.4, 0.99),
                    proposition_of(text, (half,)),
                    proposition_of(text, (rest,)),
                )
            )
        relayed = rng.random() < 0.2
        if relayed:
            cast[agency.id] = agency
        (act,) = acts.some(rng, 1)
        statements.append(
            Statement(
                own,
                (Span(start, start + len(name)),),
                (Span(start + len(name) + 1, start + len(name) + 1 + len(cue)),),
                (at,),
                speaker.id,
                (Relay(agency.id, Span(start, start + 1)),) if relayed else (),
                (other.id,) if rng.random() < 0.15 else (),
                Manner.INDIRECT,
                Mode.SAID,
                Act(str(act)),
                None,
                None,
                (topic.id,) if rng.random() < 0.8 else (),
                (conditions[-1].id,) if bound else (),
                min(0.99, max(0.3, rng.gauss(0.8, 0.12))),
                "clause",
                str(rng.randrange(1990, 2005)) if rng.random() < 0.03 else None,
                (),
                (IssueStance(topic.id, rng.choice(list(Stance))),) if rng.random() < 0.3 else (),
                proposition_of(text, (rest,) if bound else (at,)),
            )
        )
    (outlet,) = outlets.some(rng, 1)
    for actor in [*cast.values()]:
        if actor.principal and actor.principal not in cast:
            cast[actor.principal] = Actor(actor.principal, actor.country or "", ActorKind.STATE, actor.country)
    return Reading(
        Report(key, text, f"Report {number}", f"https://news.example/{number}", str(outlet), published),
        tuple(cast.values()),
        tuple(statements),
        tuple(conditions),
        (),
        tuple({topic.id: topic for topic in topics}.values()),
        READER,
    )
