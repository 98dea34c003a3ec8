"""A party that disowns what it did with words: "we have never refused", years after it refused.

To act otherwise later is a change. To say that one never did is no new policy but a contradiction, however long ago it
was. The words of the denial name the act by a verb (lexicon ``propositions_compared``, ``performing``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from communique.analysis.clashes import Clash, Found, shared_topics
from communique.analysis.likeness import Side
from communique.lexicon import listed
from communique.model import Act, Modality, Stance, Trait
from communique.reading.grammar.base_forms import base_form

_verbs = partial(listed, "propositions_compared", "performing")
_SURENESS = 0.8
_ON_ONE_ISSUE = 0.6
"""How sure it is where the words share nothing, and only the issue tells that it is one matter."""

_JOINT = "group:"
_ACTS = {"refuse": frozenset((Act.REFUSE,)), "threaten": frozenset((Act.THREATEN,))}
_ASSENTING = frozenset(("refuse",))
"""Acts whose denial is an assent in its grammar: "has never refused" denies nothing of the matter."""


def disowned(first: Side, second: Side) -> Found | None:
    """Return that the later of two statements of one party says that it never did what it does in the earlier."""
    said = second.evidence.proposition
    if Trait.FINAL not in said.traits or said.modality is not Modality.ACTUAL or second.day == first.day:
        return None
    for name, acts in _ACTS.items():
        if said.predicate in _verbs(name) and said.denied == (name not in _ASSENTING) and _did(first, name, acts):
            rest = second.words - {base_form(said.predicate)}
            shared = first.words & rest
            one_issue = shared_topics(first, second)
            if len(shared) > 1 or (one_issue and (shared or _same_verb(first, said.predicate))):
                return Found(Clash.DENIAL, _SURENESS, f"“never” did what it did then: {name}")
            if one_issue and first.evidence.act in acts:
                return Found(Clash.DENIAL, _ON_ONE_ISSUE, f"“never” did what it did then: {name}")
    return None


def disowned_together(sides: Sequence[Side]) -> Iterator[tuple[Side, Side, Found]]:
    """Yield what two parties did as one with the later words of one of them that say that it never did.

    "Egypt and Sudan turned the offer down", and three years later "Egypt has never turned down an offer".
    """
    joint: dict[str, list[Side]] = {}
    for side in sides:
        for member in _members(side.evidence.party):
            joint.setdefault(member, []).append(side)
    for second in sides:
        if Trait.FINAL in second.evidence.proposition.traits and not second.hearsay:
            for first in joint.get(second.evidence.party or "", ()):
                before = first.day is not None and second.day is not None and first.day < second.day
                found = disowned(first, second) if before else None
                if found is not None:
                    yield first, second, found


def _members(party: str | None) -> Sequence[str]:
    """The parties that speak as one, by key; none for one party alone."""
    return party.removeprefix(_JOINT).split("+") if party and party.startswith(_JOINT) and "+" in party else ()


def _did(one: Side, name: str, acts: frozenset[Act]) -> bool:
    said = one.evidence.proposition
    if Trait.FINAL in said.traits and said.modality is Modality.ACTUAL:
        return False
    if one.evidence.act in acts or said.predicate in _verbs(name):
        return True
    if name == "refuse":
        return any(topic.stance is Stance.AGAINST for topic in one.evidence.topics)
    return said.modality is Modality.WILL and bool(one.evidence.conditions)


def _same_verb(one: Side, verb: str) -> bool:
    return one.evidence.proposition.predicate == verb
