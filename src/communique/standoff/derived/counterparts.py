"""Who must act where no report says so: whom a condition names or would serve, else in a dispute of two the other one.

"The draft has to reach the court before we talk of Kosovo's next step" names nobody who sends it there: it is the one
followed party, beside the holder, that the condition names, or failing that the one that what hangs on it names. Where
neither does and the record follows exactly two states or territories, whatever else takes part, it is the other one.
Such a wait is marked as inferred. A condition that asks for nothing by name ("when we are there") makes none.
"""

from __future__ import annotations

from dataclasses import dataclass

from communique.analysis.evidence import HeldCondition
from communique.lexicon import listed
from communique.model import Role
from communique.record.database.fold import folded
from communique.record.database.sql import Askable
from communique.record.query.followed import followed_parties
from communique.record.resolution.frames import followed
from communique.record.resolution.party_and_rank import owner_of

_BEING = "be"
_SMALL = listed("closed_classes", "linking_prepositions")


@dataclass(frozen=True, slots=True)
class Counterparts:
    """The two parties of a dispute, each with the other one, and the names of what it is about."""

    other: dict[str, str]
    parties: frozenset[str]
    called: tuple[str, ...]

    @classmethod
    def of(cls, connection: Askable) -> Counterparts:
        """Return those of the dispute that a record follows; none where it follows none."""
        frame = followed(connection)
        named = followed_parties(connection)
        states = [one.key for one, party in zip(named, frame.parties, strict=True) if party.country]
        called = tuple(name for issue in frame.issues for name in issue.names)
        other = {states[0]: states[1], states[1]: states[0]} if len(states) == 2 else {}
        return cls(other, frozenset(one.key for one in named), called)

    def is_matter(self, key: str) -> bool:
        """Tell whether an actor by this key is what the dispute is about, and so none who could act in it."""
        words = _words(key.rsplit(":", 1)[-1].replace("-", " "))
        names = map(_words, self.called)
        return any(words == name or (len(words) > 1 and words <= name) for name in names)

    def must_act(self, holder: str, condition: HeldCondition) -> str | None:
        """Return who is to bring about what a holder asks for, by key; None where that is not to be inferred."""
        asked, granted = condition.asks, condition.grants
        if not asked.terms:
            return None
        named = {party for party in self.parties if f"@{party}" in asked.terms}
        named |= {owner_of(each.actor) for each in asked.arguments} & self.parties
        served = {owner_of(each.actor) for each in granted.arguments if each.role is Role.OTHER} & self.parties
        for found in (named - {holder}, served - {holder}):
            if len(found) == 1:
                return found.pop()
        # What merely is so ("the weather is fine") nobody brings about, unless it is the matter itself.
        words = f" {folded(condition.antecedent)} "
        on_matter = any(f" {folded(name)} " in words for name in self.called)
        return self.other.get(holder) if on_matter or asked.predicate != _BEING else None


def _words(name: str) -> frozenset[str]:
    return frozenset(folded(name.replace("-", " ")).split()) - _SMALL
