"""The reading's tasks as spaCy components.

Each factory returns a function from Doc to Doc that fills in one field of ``doc._.communique``. They run after the
parse, in the order of ``STAGES``; ``communique_paragraphs`` runs before the parser. What a component is made of is
chosen by name in its configuration, ``DEFAULTS`` unless something else is said; ``registered_parts.py`` finds the
names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from communique.model import Actor, Report
from communique.reading.annotations import (
    Annotations,
    Attribution,
    Quotation,
    ResolvedSource,
    annotations_of,
    tokens_in,
)
from communique.reading.attribution.scorer import features_digest
from communique.reading.attribution.unnamed_sources import with_unnamed
from communique.reading.conditions.unnamed_parties import only_named, with_parties
from communique.reading.entities.issuers import named_in, with_issuer
from communique.reading.entities.meetings import find_meeting, with_meeting
from communique.reading.entities.own_states import with_own_states
from communique.reading.entities.turn_speakers import with_issuers_state, with_turn_speakers
from communique.reading.entities.whom_they_serve import with_those_served
from communique.reading.issues.frame_mentions import in_frame, mentions
from communique.reading.issues.issue_pronouns import pointers
from communique.reading.issues.matters_by_verdict import with_weighed
from communique.reading.issues.narrated import narrated, narrated_conditions
from communique.reading.preparation import plain_copy
from communique.reading.protocols import CERTAIN, Extractor, Resolver, Text
from communique.reading.registered_parts import part, task
from communique.reading.segmentation.documents import find_document
from communique.reading.segmentation.paragraphs import mark_paragraphs
from communique.reading.segmentation.turns import find_turns
from communique.reading.tokens import Tokens

Component = Callable[[Doc], Doc]

DEFAULTS = {
    "communique_quotations": {"extractor": "quotations.marks"},
    "communique_actors": {"extractor": "entities.names", "scorer": "even", "resolver": "entities.rules"},
    "communique_statements": {
        "extractor": "attribution.rules",
        "scorer": "attribution.fitted",
        "resolver": "attribution.best",
    },
    "communique_speakers": {"resolver": "sources.rules"},
    "communique_acts": {"extractor": "acts.rules", "scorer": "even", "resolver": "acts.best"},
    "communique_conditions": {
        "extractor": "conditions.rules",
        "scorer": "conditions.clarity",
        "resolver": "conditions.rules",
    },
    "communique_issues": {"extractor": "issues.rules", "scorer": "issues.weights", "resolver": "issues.rules"},
    "communique_propositions": {
        "extractor": "propositions.rules",
        "scorer": "even",
        "resolver": "propositions.rules",
    },
}
"""The parts of each stage, by name."""

STAGES = tuple(DEFAULTS)


@Language.factory("communique_paragraphs")
def paragraphs(nlp: Language, name: str) -> Component:
    """Start a sentence at every paragraph, so that the parser never joins two."""
    return mark_paragraphs


@Language.factory("communique_quotations", default_config=DEFAULTS["communique_quotations"])
def quotations(nlp: Language, name: str, extractor: str) -> Component:
    """Fill in ``turns`` and ``quotations``: all that are found stand."""
    found: Extractor[Quotation] = part("extractor", extractor)

    def fill(notes: Annotations, text: Text) -> None:
        if notes.report is None:  # else they were found while it was prepared
            notes.turns = find_turns(text.tokens.doc_text)
        if not notes.turns:
            notes.document = find_document(notes.report or Report("", text.tokens.doc_text))
        notes.quotations = tuple(found(text))

    return _stage(fill)


@Language.factory("communique_actors", default_config=DEFAULTS["communique_actors"])
def actors(nlp: Language, name: str, extractor: str, scorer: str, resolver: str) -> Component:
    """Fill in ``entities``: who is named, and every place that means them."""
    own = task(extractor, scorer, resolver)

    def read_name(name_of: str) -> tuple[tuple[Actor, ...], tuple[str, ...]]:
        """Read a name as the subject of a sentence of its own, by the stages before this one."""
        doc = nlp.make_doc(plain_copy(f"{name_of} said so."))
        for earlier, component in nlp.pipeline:
            if earlier == name:
                break
            doc = component(doc)
        tokens = tokens_in(doc)
        return named_in(tokens, own(Text(tokens, None, annotations_of(doc).quotations)))

    def fill(notes: Annotations, text: Text) -> None:
        title = (notes.report and notes.report.title) or ""
        outlet = (notes.report and notes.report.outlet) or ""
        spoken = with_turn_speakers(text.tokens, own(text), text.turns, read_name, title)
        notes.entities = with_issuers_state(spoken, text.turns, title, outlet)
        if notes.document is not None:
            notes.entities, notes.issuer = with_issuer(text.tokens, notes.entities, notes.document, read_name)
        elif not notes.turns and (meeting := find_meeting(text.tokens, notes.entities)) is not None:
            notes.entities, notes.meeting = with_meeting(text.tokens, notes.entities, meeting), meeting
        notes.entities = with_own_states(
            text.tokens,
            with_those_served(text.tokens, notes.entities),
            text.turns,
            notes.document,
            notes.issuer,
            notes.meeting,
        )

    return _stage(fill)


@Language.factory("communique_statements", default_config=DEFAULTS["communique_statements"])
def statements(nlp: Language, name: str, extractor: str, scorer: str, resolver: str) -> Component:
    """Fill in ``attributions``."""
    own = task(extractor, scorer, resolver, features_digest())

    def fill(notes: Annotations, text: Text) -> None:
        notes.attributions = own(text)

    return _stage(fill)


@Language.factory("communique_speakers", default_config=DEFAULTS["communique_speakers"])
def speakers(nlp: Language, name: str, resolver: str) -> Component:
    """Fill in ``sources``, and add to ``entities`` those who speak and are nobody's name.

    That they are actors ("shopkeepers said") only their attributions tell, and those are found with the entities in
    hand: so the one stage cannot make all of them.
    """
    resolve: Resolver[Attribution, tuple[ResolvedSource, ...]] = part("resolver", resolver)

    def fill(notes: Annotations, text: Text) -> None:
        own_words = bool(text.turns) or text.document is not None
        notes.entities = with_unnamed(text.tokens, text.attributions, text.entities, own_words=own_words)
        certain = [CERTAIN] * len(text.attributions)
        notes.sources = resolve(_text(notes, text.tokens), text.attributions, certain)

    return _stage(fill)


@Language.factory("communique_acts", default_config=DEFAULTS["communique_acts"])
def acts(nlp: Language, name: str, extractor: str, scorer: str, resolver: str) -> Component:
    """Fill in ``acts``."""
    own = task(extractor, scorer, resolver)

    def fill(notes: Annotations, text: Text) -> None:
        notes.acts = own(text)

    return _stage(fill)


@Language.factory("communique_conditions", default_config=DEFAULTS["communique_conditions"])
def conditions(nlp: Language, name: str, extractor: str, scorer: str, resolver: str) -> Component:
    """Fill in ``conditions``, and add to ``entities`` those who could meet one and are nobody's name.

    "Applicants" are actors only where something hangs on them: the conditions tell, and were there such actors earlier,
    "he" and "they" would find them.
    """
    own = task(extractor, scorer, resolver)

    def fill(notes: Annotations, text: Text) -> None:
        known = notes.entities
        notes.entities = grown = with_parties(text.tokens, known)
        notes.conditions = own(_text(notes, text.tokens))
        notes.entities = only_named(known, grown, notes.conditions)

    return _stage(fill)


@Language.factory("communique_issues", default_config=DEFAULTS["communique_issues"])
def issues(nlp: Language, name: str, extractor: str, scorer: str, resolver: str) -> Component:
    """Fill in ``issues`` and ``about``, and add to ``attributions`` the stances that the report tells without any.

    Only the issues tell which clauses are stances on something that is followed.
    """
    own = task(extractor, scorer, resolver)

    def fill(notes: Annotations, text: Text) -> None:
        notes.framed = mentions(text)
        issues, about = own(text)
        followed = in_frame(text, issues, about, notes.framed)
        notes.issues, notes.about = with_weighed(text, *followed, notes.conditions)
        told = narrated_conditions(text, notes.conditions, notes.issues)
        number = len(notes.attributions)
        names = {at: f"s{number + place}" for place, at in enumerate(told)}
        notes.conditions = tuple(
            replace(condition, statement=names[at], holder=told[at].source.speaker) if at in told else condition
            for at, condition in enumerate(notes.conditions)
        )
        for stance in (*told.values(), *narrated(text, notes.issues, [notes.conditions[at] for at in told])):
            notes.attributions += (stance.attribution,)
            notes.sources += (stance.source,)
            notes.acts += (stance.act,)
            notes.about += (stance.about,)
        notes.pointers, notes.about = pointers(_text(notes, text.tokens), notes.issues, notes.about)

    return _stage(fill)


@Language.factory("communique_propositions", default_config=DEFAULTS["communique_propositions"])
def propositions(nlp: Language, name: str, extractor: str, scorer: str, resolver: str) -> Component:
    """Fill in ``propositions``, and those of both halves of the ``conditions``."""
    own = task(extractor, scorer, resolver)

    def fill(notes: Annotations, text: Text) -> None:
        notes.propositions, notes.conditions = own(text)

    return _stage(fill)


def _stage(fill: Callable[[Annotations, Text], None]) -> Component:
    def stage(doc: Doc) -> Doc:
        notes = annotations_of(doc)
        fill(notes, _text(notes, notes.tokens or tokens_in(doc)))
        return doc

    return stage


def _text(notes: Annotations, tokens: Tokens) -> Text:
    """Lay out what has been found so far for those who may only look."""
    return Text(
        tokens,
        notes.report,
        notes.quotations,
        notes.entities,
        notes.attributions,
        notes.sources,
        notes.acts,
        notes.turns,
        notes.document,
        notes.issuer,
        notes.meeting,
        notes.conditions,
        notes.about,
        notes.frame,
    )
