"""The constructions in which English attributes words to somebody.

Later stages ask what a construction is like, never what the extractor that found it calls its rule: a learned extractor
names the construction of what it found, and is read like the rules.
"""

from __future__ import annotations

from enum import Enum, Flag, auto


class _Is(Flag):
    NOTHING = 0
    REPORTING = auto()
    SAID = auto()
    CLAUSE = auto()
    DIRECT = auto()
    INTERRUPTED = auto()
    PASSIVE = auto()
    OBJECT = auto()
    NOMINAL = auto()
    LABELLED = auto()


_TOLD = _Is.REPORTING | _Is.SAID
_CLAUSE = _TOLD | _Is.CLAUSE | _Is.INTERRUPTED
_QUOTED = _TOLD | _Is.DIRECT
_BESIDE = _TOLD | _Is.INTERRUPTED


class Construction(Enum):
    """How the words attribute, each with an example where the name is not enough.

    - ``reports_words``: the content is given as told, so that what is inside came through the source.
    - ``has_clause``: the content is a clause or a quotation that somebody must have said, whoever is named.
    - ``governs_clause``: the cue verb itself has the content as its clause.
    - ``is_direct``: the content stands between quotation marks.
    - ``joins_quotation``: a quotation beside the content is the same saying.
    - ``is_passive``: the source, where there is one, stands after "by".
    - ``is_object``: the content is the thing that the cue verb acts on.
    - ``is_noun``: the cue is a noun.
    - ``is_labelled``: the source is a label, which names a speaker whoever that is.
    - ``holds_words``: what stands within another's words is somebody's own words: a clause, a quotation or a noun's.
    """

    CLAUSE = "clause", _CLAUSE
    CLAUSE_THAT = "clause-that", _CLAUSE
    CLAUSE_BEFORE = "clause-before", _CLAUSE
    """ "Talks would resume, the envoy said." """
    ASIDE = "aside", _BESIDE
    """ "Talks, said the envoy, would resume." """
    AS = "as", _BESIDE
    """ "As the envoy put it, talks would resume." """
    REST = "rest", _BESIDE
    """What follows a verb of saying, where the parse lost the clause."""
    QUOTE_AFTER = "quote-after", _QUOTED
    """The cue stands after the quotation."""
    QUOTE_BEFORE = "quote-before", _QUOTED
    """The cue stands before the quotation."""
    QUOTE_COLON = "quote-colon", _QUOTED
    QUOTE_SIGNED = "quote-signed", _QUOTED
    """As in "..." — Ann Lee."""
    QUOTED_AS_SAYING = "quoted-as-saying", _QUOTED
    ACCORDING = "according", _TOLD
    ACCORDING_FIRST = "according-first", _TOLD
    """ "According to the envoy, talks would resume." """
    PASSIVE_CLAUSE = "passive-clause", _TOLD | _Is.PASSIVE
    """ "It was announced that talks would resume." """
    PASSIVE_TOLD = "passive-told", _Is.PASSIVE
    """ "Reporters were told that talks would resume." """
    PASSIVE_INFINITIVE = "passive-infinitive", _Is.PASSIVE
    """ "Talks are expected to resume." """
    PASSIVE_SUBJECT = "passive-subject", _Is.PASSIVE
    """ "The plan was rejected by the envoy." """
    IN_VIEW = "in-view", _Is.REPORTING
    """ "In the envoy's view, talks would resume." """
    VIEWPOINT = "viewpoint", _Is.NOTHING
    """ "For Tokyo, talks would be a first step." """
    HEADLINE_FIRST = "headline-first", _Is.REPORTING
    """ "Kremlin: talks to resume", at the head of a report."""
    HEADLINE_LATER = "headline-later", _Is.REPORTING
    HEADLINE_LINE = "headline-line", _Is.REPORTING
    """The same, on a line of its own."""
    TURN = "turn", _Is.LABELLED
    """A turn in a transcript."""
    OWN = "own", _Is.LABELLED
    """A sentence of the speaker's own words: in a turn, a statement, a resolution."""
    HEARSAY = "hearsay", _Is.NOTHING
    """ "Talks would reportedly resume." """
    INFINITIVE = "infinitive", _Is.NOTHING
    GERUND = "gerund", _Is.NOTHING
    SEEM = "seem", _Is.NOTHING
    OBJECT = "object", _Is.OBJECT
    """ "Rejected the plan." """
    OBJECT_BEFORE = "object-before", _Is.OBJECT
    OBJECT_CUE_NOUN = "object-cue-noun", _Is.OBJECT
    """The object is itself a noun of saying: "rejected the demand"."""
    PREPOSITION = "preposition", _Is.NOTHING
    """ "Called for talks." """
    NOUN = "noun", _Is.NOMINAL
    """ "The envoy's demand that talks resume." """
    ADJECTIVE = "adjective", _Is.NOTHING
    """ "The envoy is ready to talk." """

    def __init__(self, label: str, traits: _Is) -> None:
        """Take the construction's name and what is true of it."""
        self.label: str = label
        self.reports_words: bool = _Is.REPORTING in traits
        self.has_clause: bool = _Is.SAID in traits
        self.governs_clause: bool = _Is.CLAUSE in traits
        self.is_direct: bool = _Is.DIRECT in traits
        self.joins_quotation: bool = _Is.INTERRUPTED in traits
        self.is_passive: bool = _Is.PASSIVE in traits
        self.is_object: bool = _Is.OBJECT in traits
        self.is_noun: bool = _Is.NOMINAL in traits
        self.is_labelled: bool = _Is.LABELLED in traits
        self.holds_words: bool = bool(traits & (_Is.CLAUSE | _Is.DIRECT | _Is.NOMINAL))
