"""Who must act where no report says so: in a dispute of two parties the other one, on what the dispute is about.

"Belgrade would come once the Association was on the agenda" names nobody who puts it there. Where the record follows
exactly two states or territories, whatever else takes part, and what is asked for names one of the followed issues, it
is the other one who is waited for. Such a wait is marked as inferred.
"""

from __future__ import annotations

from dataclasses import dataclass

from communique.record.database.fold import folded
from communique.record.database.sql import Askable
from communique.record.query.followed import followed_parties
from communique.record.resolution.frames import followed


@dataclass(frozen=True, slots=True)
class Counterparts:
    """The two parties of a dispute, each with the other one, and the names of what it is about."""

    other: dict[str, str]
    names: tuple[str, ...]

    @classmethod
    def of(cls, connection: Askable) -> Counterparts:
        """Return those of the dispute that a record follows; none where it has not two parties."""
        frame = followed(connection)
        named = followed_parties(connection)
        states = [one.key for one, party in zip(named, frame.parties, strict=True) if party.country]
        names = tuple(folded(name) for issue in frame.issues for name in issue.names)
        if len(states) != 2:
            return cls({}, ())
        return cls({states[0]: states[1], states[1]: states[0]}, names)

    def is_matter(self, key: str) -> bool:
        """Tell whether an actor by this key is what the dispute is about, and so none who could act in it."""
        name = folded(key.rsplit(":", 1)[-1].replace("-", " "))
        return name in self.names

    def must_act(self, holder: str, antecedent: str) -> str | None:
        """Return who is to bring about what a holder asks for, by key; None where that is not to be inferred."""
        words = f" {folded(antecedent)} "
        asked = any(f" {name} " in words for name in self.names)
        return self.other.get(holder) if asked else None
