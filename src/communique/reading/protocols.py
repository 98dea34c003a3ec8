"""The one door of reading: what an extractor, a scorer and a resolver are, and the text that they look at.

Each task of reading goes through an extractor, which finds what there could be, a scorer, which says how likely each of
it is to stand, and a resolver, which decides. A set of rules and a learned model fill the same place; who comes later
cannot tell which was at work. ``registered_parts.py`` finds them by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from communique.model import Act, Condition, Frame, Report
from communique.reading.annotations import Attribution, Document, Entities, Meeting, Quotation, ResolvedSource, Turn
from communique.reading.tokens import Tokens

Found = TypeVar("Found")
Extracted = TypeVar("Extracted", covariant=True)
Rated = TypeVar("Rated", contravariant=True)
Resolved = TypeVar("Resolved", covariant=True)

CERTAIN = 1.0
"""The score of what is found by rules that know no doubt."""


@dataclass(frozen=True, slots=True)
class Text:
    """One report's tokens and what earlier tasks have found in it; nobody changes it.

    ``attributions``, ``sources``, ``acts`` and ``about`` are parallel; each is empty until its task is done.
    A condition names its statement as ``s<index>``. ``report`` is None where a bare text
    is read in somebody else's pipeline. ``turns`` are those of a transcript, none elsewhere;
    ``document`` is what primary document the text is, ``issuer`` the actor whose words it is, ``meeting`` the two sides
    of which a readout tells. ``frame`` are the parties and issues that the user follows, None where nothing is said of
    them.
    """

    tokens: Tokens
    report: Report | None = None
    quotations: tuple[Quotation, ...] = ()
    entities: Entities = field(default_factory=Entities)
    attributions: tuple[Attribution, ...] = ()
    sources: tuple[ResolvedSource, ...] = ()
    acts: tuple[Act, ...] = ()
    turns: tuple[Turn, ...] = ()
    document: Document | None = None
    issuer: str | None = None
    meeting: Meeting | None = None
    conditions: tuple[Condition, ...] = ()
    about: tuple[tuple[str, ...], ...] = ()
    frame: Frame | None = None


class Extractor(Protocol[Extracted]):
    """Finds all that there could be: better one too many than one too few, since nothing is added later.

    Takes a text and returns what it found, in an order that depends on the text alone. It leaves out what can be told
    at sight to be nothing of the kind: "issued no statement" is no statement. What attributes says its construction.
    It raises nothing on any text, also an empty one; where it breaks, the report is named as failed.
    """

    def __call__(self, text: Text, /) -> Sequence[Extracted]:
        """Return what there could be in a text."""
        ...


class Scorer(Protocol[Rated]):
    """Says how likely each of what was found is to stand, all of a text at once.

    Returns as many scores as things found, in their order, each from 0 to 1: a probability where it was fitted and
    calibrated, else a rank that means the same from text to text. The same text gives the same scores, alone or among
    others.
    """

    @property
    def features(self) -> str:
        """The digest of Communique's features that it was fitted on; "" where it uses none of them.

        One that was fitted on others than this version's raises OtherFeatures when it is loaded.
        """
        ...

    def __call__(self, text: Text, found: Sequence[Rated], /) -> Sequence[float]:
        """Return a score for each thing found."""
        ...


class Resolver(Protocol[Rated, Resolved]):
    """Decides: which of what was found stands, and whom or what it means.

    Takes what an extractor found with its scores; a task that goes by what earlier ones found (whose stance an
    attribution is) is given that. It must not ask what found it, and the same input gives the same result.
    """

    def __call__(self, text: Text, found: Sequence[Rated], scores: Sequence[float], /) -> Resolved:
        """Return the task's result for a text."""
        ...


@dataclass(frozen=True, slots=True)
class Even:
    """The scorer of what rules find and nobody weighs: everything stands."""

    features: str = ""

    def __call__(self, _text: Text, found: Sequence[object]) -> list[float]:
        """Return 1.0 for each."""
        return [CERTAIN] * len(found)


def even() -> Scorer[object]:
    """Make the scorer that weighs nothing."""
    return Even()
