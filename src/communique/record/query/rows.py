"""The rows of lists: flat, so that a table's line, a JSON object and a library's answer have the same names.

Texts are quoted from the version of the report that was read; spans are ``(start, end)`` in its characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from communique.model import Spans


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement with its report. Actors and issues are those that the record knows today, after merges.

    ``speaker``, ``party``, ``chain``, ``addressee`` and ``issues`` are keys, the ``..._name`` and ``..._names`` beside
    them what they are called; ``role`` is the speaker's office in the report's words. ``source``, ``cue`` and
    ``content`` are spans, ``..._text`` their words. ``published`` is as the report gives it, ``published_at`` the same
    in UTC (midnight of a day). For each of the ``issues``, ``issue_probabilities`` and ``issue_reasons`` say how
    probable it is that the statement is about it, and why (`communique.model.AssignmentReason`, and the words).
    ``voices`` counts independent reports of the same words. ``verdict`` is what people
    judged, None where nobody did: what they corrected is in its column, and what the reader had found in ``as_read``.
    """

    statement: str
    report: str
    version: int
    title: str | None
    outlet: str | None
    published: str | None
    published_at: datetime | None
    url: str | None
    speaker: str | None
    speaker_name: str | None
    country: str | None
    role: str | None
    party: str | None
    party_name: str | None
    chain: tuple[str, ...]
    chain_names: tuple[str, ...]
    addressee: tuple[str, ...]
    addressee_names: tuple[str, ...]
    act: str
    manner: str
    mode: str
    said_on: str | None
    source: Spans
    cue: Spans
    content: Spans
    source_text: str
    cue_text: str
    content_text: str
    issues: tuple[str, ...]
    issue_names: tuple[str, ...]
    issue_probabilities: tuple[float, ...]
    issue_reasons: tuple[str, ...]
    conditions: tuple[str, ...]
    parent: str | None
    responds_to: str | None
    confidence: float
    voices: int
    verdict: str | None
    as_read: Mapping[str, Any] | None
    rule: str
    reader: str
    speaker_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition with its report: who holds it, who could meet it, and the words of both sides and of the cue.

    ``statement`` is the statement that it belongs to, None where the report itself states it; ``issues`` are what that
    statement is about.
    """

    condition: str
    statement: str | None
    report: str
    version: int
    title: str | None
    outlet: str | None
    published: str | None
    published_at: datetime | None
    url: str | None
    kind: str
    holder: str | None
    holder_name: str | None
    country: str | None
    must_act: str | None
    must_act_name: str | None
    antecedent: Spans
    consequent: Spans
    cue: Spans
    antecedent_text: str
    consequent_text: str
    cue_text: str
    issues: tuple[str, ...]
    issue_names: tuple[str, ...]
    confidence: float
    verdict: str | None
    as_read: Mapping[str, Any] | None
    reader: str
    must_act_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in its newest version, with how many versions, statements and conditions it has.

    ``copy_of`` is the report that it is a copy of, ``copies`` how many are copies of it, ``voice`` the report with
    which it counts as one voice (itself, if it is no copy).
    """

    report: str
    title: str | None
    outlet: str | None
    author: str | None
    agency: str | None
    published: str | None
    published_at: datetime | None
    url: str | None
    added_at: datetime
    versions: int
    copy_of: str | None
    copies: int
    voice: str
    statements: int
    conditions: int
    reader: str | None


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor, after merges: its names, and how many statements it makes in how many reports, from when until when.

    ``first`` and ``last`` are the days on which the first and last report of a statement of its were published.
    """

    actor: str
    name: str
    kind: str
    country: str | None
    principal: str | None
    names: tuple[str, ...]
    merged: tuple[str, ...]
    statements: int
    reports: int
    first: str | None
    last: str | None
    verdict: str | None = None
    as_read: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue, after merges: its names, its claimants, and how many statements in how many reports are about it."""

    issue: str
    name: str
    names: tuple[str, ...]
    merged: tuple[str, ...]
    claimants: tuple[str, ...]
    claimant_names: tuple[str, ...]
    statements: int
    reports: int
    first: str | None
    last: str | None
    verdict: str | None = None
    as_read: Mapping[str, Any] | None = None


Row = StatementRow | ConditionRow | ReportRow | ActorRow | IssueRow
