"""What the stages find in one text, each filling in its own field.

The notes travel with the spaCy Doc as ``doc._.communique``; token ranges throughout, characters only in the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from spacy.tokens import Doc

from communique.model import (
    Act,
    Actor,
    AssignmentReason,
    Condition,
    Frame,
    Issue,
    Manner,
    Mode,
    Proposition,
    Report,
    Span,
)
from communique.reading.constructions import Construction
from communique.reading.tokens import Tokens, TokenSpan, tokens_of


class Part(StrEnum):
    """What the one who has the floor does there."""

    SPEAKER = "speaker"
    ANSWER = "answer"
    QUESTIONER = "questioner"
    PRESIDING = "presiding"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: its ``label`` with what stands in brackets after it, the ``mark`` that ends the label, the ``body``.

    ``name`` is the label's own words without brackets and time stamps, ``notes`` what stood in brackets. The body's
    pieces leave out page furniture and time stamps; they may be several, in text order.
    """

    label: Span
    mark: Span
    body: tuple[Span, ...]
    name: str
    notes: tuple[str, ...]
    part: Part


class DocumentKind(StrEnum):
    """What a text is that is no report: somebody's own words."""

    STATEMENT = "statement"
    LETTER = "letter"
    RESOLUTION = "resolution"
    AGREEMENT = "agreement"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Document:
    """A primary document: its kind, its ``issuers`` as it names them, and the ``body`` that is their own words.

    ``alias`` is what the text calls them ("Parties"), ``author`` who may hold the office that a heading names, ``seat``
    the outlet that may tell its state, ``country`` their state where the source of the report said it. ``mention`` is
    where the text names them, ``handle`` whether they are named by the handle of a network.
    """

    kind: DocumentKind
    issuers: tuple[str, ...]
    body: Span
    alias: str = ""
    author: str | None = None
    seat: str | None = None
    country: str | None = None
    mention: Span | None = None
    handle: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting or call that a readout tells of: the actors of its two sides, told before token ``after``.

    ``states`` are the states of whose sides it speaks ("the Chinese side"), where these are two.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    after: int
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks, marks included: tokens ``[start, end)``.

    ``depth`` is 0 for an outermost one. ``closed`` is False where no closing mark was found.
    ``scare`` marks a quoted word or phrase rather than speech.
    """

    start: int
    end: int
    depth: int = 0
    closed: bool = True
    scare: bool = False


@dataclass(frozen=True, slots=True)
class Entities:
    """The actors of a report and which tokens mention them.

    ``actor_of`` maps a token index to an actor id, for every token of every mention (pronouns and definite
    descriptions too); where mentions nest ("Japan's Chief Cabinet Secretary"), the outermost mention's head token maps
    to the outer actor and the inner mention's own tokens to the inner one. ``heads`` maps a mention's syntactic head
    token to the actor, outer mentions only once. ``known`` are the actors by their ids.
    """

    actors: tuple[Actor, ...] = ()
    actor_of: dict[int, str] = field(default_factory=dict)
    heads: dict[int, str] = field(default_factory=dict)
    known: Mapping[str, Actor] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the actors."""
        object.__setattr__(self, "known", {actor.id: actor for actor in self.actors})


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution as found in the words, before anyone is resolved: token ranges.

    ``cue_head`` is the cue's main token (the verb, the noun, "according"), ``source_head`` the source's, or None where
    no source is given. ``clause`` is the content clause's head token, or None for a bare quotation. ``rule`` says what
    found it, for provenance alone: what it is like is asked of its ``construction``. ``parent`` is the index, in the
    same list, of the attribution whose content holds this one.
    """

    source: tuple[TokenSpan, ...]
    cue: tuple[TokenSpan, ...]
    content: tuple[TokenSpan, ...]
    source_head: int | None
    cue_head: int
    clause: int | None
    construction: Construction
    rule: str
    manner: Manner
    mode: Mode
    confidence: float
    parent: int | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class ResolvedSource:
    """Whose stance an attribution is: actor ids; relays as (actor id, token range), nearest the speaker first."""

    speaker: str | None
    chain: tuple[tuple[str, TokenSpan], ...] = ()
    addressee: tuple[str, ...] = ()
    responds_to: int | None = None


@dataclass(frozen=True, slots=True)
class FrameMention:
    """Where a report means a followed issue, by its place in the frame, and by which way; ``verb``: a verb names it."""

    issue: int
    piece: TokenSpan
    reason: AssignmentReason
    verb: bool = False


@dataclass(slots=True)
class Annotations:
    """The working notes of one text. ``attributions``, ``sources``, ``acts`` and ``propositions`` are parallel.

    ``conditions`` and ``issues`` are final but for the ids of statements, which are written ``s<index>`` into
    ``attributions`` until the reading is put together. ``about[i]`` are the issue ids of attribution i. ``document``
    says what primary document the text is, ``issuer`` which actor's. ``places`` tells where each character that the
    model reads stands in the text as given, where that is not the same. ``pointers`` are the places where pronouns mean
    an issue, by its id; ``frame`` is what the user follows, ``framed`` where the text means a followed issue, and by
    which way it does. ``prepared`` is the text as the model reads it.
    """

    report: Report | None = None
    tokens: Tokens | None = None
    quotations: tuple[Quotation, ...] = ()
    turns: tuple[Turn, ...] = ()
    document: Document | None = None
    issuer: str | None = None
    meeting: Meeting | None = None
    entities: Entities = field(default_factory=Entities)
    attributions: tuple[Attribution, ...] = ()
    sources: tuple[ResolvedSource, ...] = ()
    acts: tuple[Act, ...] = ()
    conditions: tuple[Condition, ...] = ()
    issues: tuple[Issue, ...] = ()
    about: tuple[tuple[str, ...], ...] = ()
    propositions: tuple[Proposition, ...] = ()
    pointers: tuple[tuple[str, Span], ...] = ()
    frame: Frame | None = None
    places: list[int] | None = None
    prepared: str | None = None
    framed: tuple[FrameMention, ...] = ()


def annotations_of(doc: Doc) -> Annotations:
    """Return the Doc's notes, made on first use."""
    if not Doc.has_extension("communique"):
        Doc.set_extension("communique", default=None)
    annotations: Annotations | None = doc._.communique
    if annotations is None:
        annotations = Annotations()
        doc._.communique = annotations
    return annotations


def tokens_in(doc: Doc) -> Tokens:
    """Return the Doc's words, laid out on first use; call it only after the parse."""
    annotations = annotations_of(doc)
    if annotations.tokens is None:
        text = annotations.report.text if annotations.report else None
        annotations.tokens = tokens_of(doc, text, annotations.places)
    return annotations.tokens
