"""Who spoke on an issue, and when: statements without their words, for pictures that show hundreds of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from communique.analysis.evidence import MOST, HeldCondition, binding_of, bounded, conditions_of, without_restatements
from communique.record.database.sql import NOT_REJECTED, Askable, ask

_QUERY = f"""
    SELECT s.id, s.key, s.act, s.parent, s.chain <> '[]' AS relayed, s.said_on, s.published_at, s.speaker_root,
        party_actor.key AS party, party_actor.name AS party_name, r.key AS report, r.outlet
    FROM statement_issue i
    JOIN statement s ON s.id = i.statement_id
    JOIN report r ON r.id = s.report_id
    LEFT JOIN canonical_actor party_actor ON party_actor.id = i.party_root
    WHERE i.current = 1 AND i.issue_root = :issue AND {NOT_REJECTED}"""


class ShownSaying(Protocol):
    """What a picture shows of a statement: of `Saying` and of `Evidence`."""

    @property
    def party(self) -> str | None:
        """The party that speaks, by key."""

    @property
    def party_name(self) -> str:
        """What it is called."""

    @property
    def day(self) -> str:
        """When it was said, as closely as is known (ISO 8601)."""

    @property
    def act(self) -> str:
        """What it does."""

    @property
    def conditions(self) -> tuple[HeldCondition, ...]:
        """Its conditions, those among them that it waives."""

    @property
    def binding(self) -> tuple[HeldCondition, ...]:
        """Its conditions, without those that it waives."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement without its words; ``speaker`` is a row of the record."""

    key: str
    report: str
    outlet: str | None
    speaker: int | None
    parent: str | None
    relayed: bool
    party: str | None
    party_name: str
    day: str
    act: str
    conditions: tuple[HeldCondition, ...]

    @property
    def binding(self) -> tuple[HeldCondition, ...]:
        """Its conditions, without those that it waives."""
        return binding_of(self.conditions)


def sayings_on(connection: Askable, issue: int, *, as_of: str | None = None, limit: int = MOST) -> list[Saying]:
    """Return the newest statements on an issue, newest first, the same as `evidence_on` does.

    ``as_of`` (ISO 8601) leaves out what was published later than that day. Raises BadFilter for what is no date.
    """
    values: dict[str, Any] = {"issue": issue, "most": limit}
    question = _QUERY + bounded(values, "i", None, as_of)
    rows = ask(connection, f"{question} ORDER BY i.published_at DESC, i.statement_id DESC LIMIT :most", **values)
    held = conditions_of(connection, [row.id for row in rows])
    return without_restatements([_saying(row, tuple(held.get(row.id, ()))) for row in rows])


def _saying(row: Any, conditions: tuple[HeldCondition, ...]) -> Saying:
    return Saying(
        key=row.key,
        report=row.report,
        outlet=row.outlet,
        speaker=row.speaker_root,
        parent=row.parent,
        relayed=bool(row.relayed),
        party=row.party,
        party_name=row.party_name or "",
        day=row.said_on or row.published_at[:10],
        act=row.act,
        conditions=conditions,
    )
