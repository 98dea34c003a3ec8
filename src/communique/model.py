"""The types of the diplomatic record: what a reading of one report holds.

Everything here is plain, frozen data without I/O. Offsets are ``[start, end)`` in Python characters (code points) of
the report's text exactly as it was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


class Span(NamedTuple):
    """A stretch of a report's text: ``text[start:end]``."""

    start: int
    end: int


Spans = tuple[Span, ...]


class ActorKind(StrEnum):
    """What an actor is. A government, and a capital that stands for it, is the state's own actor."""

    STATE = "state"
    TERRITORY = "territory"
    BODY = "body"
    OFFICE = "office"
    PERSON = "person"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    GROUP = "group"
    UNNAMED = "unnamed"


class Manner(StrEnum):
    """How the content is given: between quotation marks, in the reporter's words, or both."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Mode(StrEnum):
    """How the source holds the content."""

    SAID = "said"
    WRITTEN = "written"
    BELIEVED = "believed"
    INTENDED = "intended"


class Act(StrEnum):
    """What a statement does."""

    ASSERT = "assert"
    DENY = "deny"
    DEMAND = "demand"
    PROPOSE = "propose"
    OFFER = "offer"
    PROMISE = "promise"
    THREATEN = "threaten"
    REFUSE = "refuse"
    ACCUSE = "accuse"
    CRITICISE = "criticise"
    PRAISE = "praise"
    REAFFIRM = "reaffirm"
    ASK = "ask"


class Stance(StrEnum):
    """Where a statement stands on a matter: wants it, rejects it, ties it to a condition, or is ready for it."""

    FOR = "for"
    AGAINST = "against"
    CONDITIONAL = "conditional"
    OPEN = "open"


class ConditionKind(StrEnum):
    """How the consequent depends on the antecedent; ``waived`` is an explicit "no preconditions"."""

    NECESSARY = "necessary"
    SUFFICIENT = "sufficient"
    BOTH = "both"
    EXCEPTION = "exception"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Report:
    """One news text with its outlet, date and address.

    ``published`` is an ISO 8601 date or date-time, ``agency`` the agency that the report credits as it names it; None
    where it is not known.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    author: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """One who speaks, is spoken to, or must act.

    ``country`` is an ISO 3166-1 alpha-3 code. ``role`` is the office in the report's own words where it gives one.
    ``principal`` is the actor for whom this one speaks (a spokesperson's ministry or president, a ministry's state);
    ``members`` are the actors whom a plural mention joins ("both sides").
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    role: str | None = None
    mentions: Spans = ()
    principal: str | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relay:
    """One who passed the words on, and where the report says so."""

    actor: str
    span: Span


@dataclass(frozen=True, slots=True)
class IssueStance:
    """A statement's stance on one of the issues that it is about."""

    issue: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution: source, cue and content, and whose stance it is.

    ``chain`` lists relayers from the one nearest the speaker outwards. ``rule`` names the pattern that found it.
    ``confidence`` is the estimated probability that the attribution stands as given. ``said_on`` is the day, month or
    year of the saying ("2023-10-02", "2022-03", "2019") where the words at ``when`` tell it, else None.
    """

    id: str
    source: Spans
    cue: Spans
    content: Spans
    speaker: str | None
    chain: tuple[Relay, ...]
    addressee: tuple[str, ...]
    manner: Manner
    mode: Mode
    act: Act
    parent: str | None
    responds_to: str | None
    about: tuple[str, ...]
    conditions: tuple[str, ...]
    confidence: float
    rule: str
    said_on: str | None = None
    when: Spans = ()
    stances: tuple[IssueStance, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """``consequent`` only if / if / unless / after ``antecedent``.

    ``holder`` set the condition, ``must_act`` could meet it. ``statement`` is None where the report itself states it.
    """

    id: str
    statement: str | None
    antecedent: Spans
    consequent: Spans
    cue: Spans
    kind: ConditionKind
    holder: str | None
    must_act: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, in PLOVER's terms."""

    id: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    type: str
    mode: str | None
    modality: str
    date: str | None
    span: Span
    statement: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One party's claim to a disputed thing, and the words that give its grounds."""

    actor: str
    grounds: Spans
    statement: str | None


@dataclass(frozen=True, slots=True)
class Issue:
    """What is disputed or negotiated. ``mentions`` are the places where the report names it."""

    id: str
    name: str
    aliases: tuple[str, ...]
    claims: tuple[Claim, ...]
    mentions: Spans = ()


@dataclass(frozen=True, slots=True)
class Party:
    """A party to a dispute. ``country`` is an ISO 3166-1 alpha-3 code, None for a party that is no state."""

    name: str
    country: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DisputedIssue:
    """What parties dispute or negotiate, and what else it is called."""

    name: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called, the main name first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Frame:
    """The parties and issues that a user follows, in his own order: rows and columns of all that is asked."""

    parties: tuple[Party, ...] = ()
    issues: tuple[DisputedIssue, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything in it."""
        return bool(self.parties or self.issues)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one reading of one report found; ``reader`` names the version and model that made it."""

    report: Report
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    conditions: tuple[Condition, ...] = ()
    events: tuple[Event, ...] = ()
    issues: tuple[Issue, ...] = ()
    reader: str = ""
    notes: tuple[str, ...] = field(default=())


def as_json(reading: Reading) -> dict[str, Any]:
    """Return the reading as the JSON object that ``communique read --json`` prints: dicts, lists, str, int, float."""
    report = reading.report
    head: dict[str, Any] = {
        "id": report.id,
        "title": report.title,
        "url": report.url,
        "outlet": report.outlet,
        "published": report.published,
        "author": report.author,
        "agency": report.agency,
        "text": report.text,
    }
    for name in ("actors", "statements", "conditions", "events", "issues"):
        head[name] = [_plain(item) for item in getattr(reading, name)]
    head["reader"] = reading.reader
    head["notes"] = list(reading.notes)
    return head


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    names = getattr(type(value), "__dataclass_fields__", None)
    if names is not None:
        return {name: _plain(getattr(value, name)) for name in names}
    return value
