"""One party's wait for another: a condition, the words that make it, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from communique.analysis.evidence import Evidence
from communique.model import ConditionKind, Proposition, Spans


class FateKind(StrEnum):
    """What became of a condition."""

    MET = "met"
    DROPPED = "dropped"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True)
class ConditionFate:
    """What became of a condition, and the words that show it, at the spans ``at`` of their report.

    ``said`` is the statement that does, None where the report tells it in its own name.
    """

    kind: FateKind
    words: str
    report: str
    outlet: str | None
    day: str
    at: Spans
    said: Evidence | None = None

    @property
    def told(self) -> str:
        """What became of it in a sentence without its full stop, with the words and who has them."""
        quoted = f"“{' '.join(self.words.split())}”"
        source = self.outlet or self.report
        if self.said is None:
            return f"{self.kind} as of {self.day}, as {source} tells: {quoted}"
        return f"{self.kind} as of {self.day}: {quoted} ({self.said.speaker_name}, {source}, {self.said.key})"


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the record that something rests on: a statement and which of its words."""

    statement: Evidence
    words: str


@dataclass(frozen=True, slots=True)
class Precondition:
    """A party's condition on another: ``consequent`` only if (or if, or unless) ``must_act`` brings ``antecedent``.

    Parties are keys, with their names beside them. ``asks`` is what the antecedent says, ``grants`` what the consequent
    does. ``evidence`` are the statements that make it, ``refusals`` those with which ``must_act`` turned it down.
    ``number`` is what people call it by. ``fate`` is what became of it, None while it stands. ``inferred`` tells that
    no report says who must act (`communique.standoff.derived.counterparts`).
    """

    number: int
    holder: str
    holder_name: str
    must_act: str
    must_act_name: str
    kind: ConditionKind
    antecedent: str
    consequent: str
    asks: Proposition
    grants: Proposition
    evidence: tuple[Said, ...]
    refusals: tuple[Said, ...]
    inferred: bool = False
    fate: ConditionFate | None = None

    @property
    def voices(self) -> int:
        """How many independent reports carry it."""
        return len({said.statement.voice for said in self.evidence})
