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
    where it is not known. ``speaker`` is whose own words the text is, by name, where its source says so, ``country``
    that one's state, by name or ISO 3166-1 code.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    author: str | None = None
    agency: str | None = None
    speaker: str | None = None
    country: str | None = None


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


class Modality(StrEnum):
    """How a proposition's main verb holds what it says."""

    ACTUAL = "actual"
    WILL = "will"
    WOULD = "would"
    MUST = "must"
    CAN = "can"
    MAY = "may"


class Time(StrEnum):
    """How a proposition stands in time; ``unreal`` is what would have been."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    UNREAL = "unreal"


class Trait(StrEnum):
    """What the words of a proposition say beside what it is about.

    It waives all conditions; calls somebody's words a claim; speaks of somebody's words; holds regardless of a
    condition; tells of a wish, of what is free to be done, asked, wished or willed; agrees; goes on; is willing; has a
    verb at all; denies for good. ``until`` is a condition's: what hangs on it is denied only until it is met.
    """

    WAIVES = "waives"
    CLAIM = "claim"
    OF_WORDS = "of-words"
    REGARDLESS = "regardless"
    WANTED = "wanted"
    FREE = "free"
    ASKED = "asked"
    WISHED = "wished"
    WILLED = "willed"
    AGREES = "agrees"
    GOES_ON = "goes-on"
    WILLING = "willing"
    CLAUSE = "clause"
    FINAL = "final"
    UNTIL = "until"


class Role(StrEnum):
    """What an argument is to its predicate: who does it, who undergoes it, or who else is named with it."""

    AGENT = "agent"
    PATIENT = "patient"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the base form of what it counts, or a year and "by"; where the number stands."""

    number: str
    unit: str
    at: Span


@dataclass(frozen=True, slots=True)
class Argument:
    """One who has to do with a predicate, by actor id, and where it is named."""

    actor: str
    role: Role
    at: Span


@dataclass(frozen=True, slots=True)
class Naming:
    """Words of a text that a construction names, as ``what``: their terms, and those of what stands before them."""

    terms: tuple[str, ...]
    before: tuple[str, ...]
    at: Span


@dataclass(frozen=True, slots=True)
class Proposition:
    """What a statement, or one half of a condition, says.

    ``terms`` are the base forms of the words that carry content, each once in text order, ``terms_at`` where each first
    stands; a state is "@" and its code. ``names`` are those of them that are names; the first ``main`` of them stand
    before what only places or describes a thing. ``denied`` is the sign of its main part, ``steady`` tells that it says
    of a position that it stays as it was. ``predicate`` is the lemma of its main verb, noun or adjective, "" where it
    was made from words without a parse, as are ``arguments``, ``modality`` and ``time`` then left at what is usual.
    ``none_of``, ``instead_of`` and ``holder`` are what "there will be no ...", "instead of ..." and "belongs to ..."
    name. ``about`` are issue ids.
    """

    terms: tuple[str, ...] = ()
    terms_at: Spans = ()
    names: tuple[str, ...] = ()
    main: int = 0
    quantities: tuple[Quantity, ...] = ()
    denied: bool = False
    steady: bool = False
    traits: tuple[Trait, ...] = ()
    none_of: Naming | None = None
    instead_of: Naming | None = None
    holder: Naming | None = None
    predicate: str = ""
    predicate_at: Spans = ()
    modality: Modality = Modality.ACTUAL
    time: Time = Time.PRESENT
    arguments: tuple[Argument, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueStance:
    """A statement's stance on one of the issues that it is about."""

    issue: str
    stance: Stance


class AssignmentReason(StrEnum):
    """Why a statement is held to be about an issue.

    ``name``: by its name or an alias. ``word``: by a word that the name is made from, or another word for its kind.
    ``part``: by a part of its name. ``phrase``: by what the report's own words made of it. ``pronoun``: a pronoun means
    it. ``source``: only the words that name the speaker do. ``tie``: a condition or verdict shows it. ``judged``:
    somebody said so.
    """

    NAME = "name"
    WORD = "word"
    PART = "part"
    PHRASE = "phrase"
    PRONOUN = "pronoun"
    SOURCE = "source"
    TIE = "tie"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True)
class IssueAssignment:
    """That a statement is about an issue: how probable that is, why, and the words that say so where there are any."""

    issue: str
    probability: float
    reason: AssignmentReason
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution: source, cue and content, and whose stance it is.

    ``chain`` lists relayers from the one nearest the speaker outwards. ``rule`` names the pattern that found it.
    ``confidence`` is the estimated probability that the attribution stands as given. ``said_on`` is the day, month or
    year of the saying ("2023-10-02", "2022-03", "2019") where the words at ``when`` tell it, else None.
    ``proposition`` is what the content says, less the antecedents of its conditions, which have their own.
    ``speaker_confidence`` is the probability that the speaker is the right one, given that the attribution stands; None
    where it has none.
    ``assigned`` says of each issue that it is ``about`` how probable that is, and why.
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
    proposition: Proposition | None = None
    speaker_confidence: float | None = None
    assigned: tuple[IssueAssignment, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """``consequent`` only if / if / unless / after ``antecedent``.

    ``holder`` set the condition, ``must_act`` could meet it. ``statement`` is None where the report itself states it.
    ``asks`` is what the antecedent says, ``grants`` what the consequent does. ``must_act_confidence`` is the
    probability that ``must_act`` is the right one, given that the condition stands; None where it names nobody.
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
    asks: Proposition | None = None
    grants: Proposition | None = None
    must_act_confidence: float | None = None


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
    """All that one reading of one report found; ``reader`` names the version and model that made it.

    ``frame`` are the names of the followed issues in whose frame it was read, none where in no frame.
    """

    report: Report
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    conditions: tuple[Condition, ...] = ()
    events: tuple[Event, ...] = ()
    issues: tuple[Issue, ...] = ()
    reader: str = ""
    notes: tuple[str, ...] = field(default=())
    frame: tuple[str, ...] = ()


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
        head[name] = [plain(item) for item in getattr(reading, name)]
    head["reader"] = reading.reader
    head["notes"] = list(reading.notes)
    return head


def plain(value: Any) -> Any:
    """Return a value of this model as JSON has it: dicts, lists, str, int, float; a span is two numbers."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    names = getattr(type(value), "__dataclass_fields__", None)
    if names is not None:
        return {name: plain(getattr(value, name)) for name in names}
    return value
