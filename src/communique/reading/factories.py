"""The reading's stages as spaCy components.

Each factory returns a function from Doc to Doc that fills in one field of ``doc._.communique``. They run after the
parse, in the order of ``STAGES``; ``communique_paragraphs`` runs before the parser.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from communique.reading.acts.classifier import classify_acts
from communique.reading.annotations import Quotation, annotations_of, tokens_in
from communique.reading.attribution.candidates import Candidate
from communique.reading.attribution.extractor import candidates_of, find_attributions
from communique.reading.attribution.sources import resolve_sources
from communique.reading.attribution.turn_cues import turn_candidates, within_turns
from communique.reading.attribution.unnamed_sources import with_unnamed
from communique.reading.conditions.extractor import find_conditions
from communique.reading.conditions.unnamed_parties import only_named, with_parties
from communique.reading.coreference.resolver import find_actors
from communique.reading.entities.turn_speakers import with_turn_speakers
from communique.reading.issues.extractor import find_issues
from communique.reading.segmentation.paragraphs import mark_paragraphs
from communique.reading.segmentation.quotations import find_quotations
from communique.reading.segmentation.turns import find_turns
from communique.reading.tokens import Tokens

Component = Callable[[Doc], Doc]

STAGES = (
    "communique_quotations",
    "communique_actors",
    "communique_statements",
    "communique_speakers",
    "communique_acts",
    "communique_conditions",
    "communique_issues",
)


@Language.factory("communique_paragraphs")
def paragraphs(nlp: Language, name: str) -> Component:
    """Start a sentence at every paragraph, so that the parser never joins two."""
    return mark_paragraphs


@Language.factory("communique_quotations")
def quotations(nlp: Language, name: str) -> Component:
    """Fill in ``quotations`` and ``turns``."""

    def stage(doc: Doc) -> Doc:
        annotations_of(doc).turns = find_turns(doc.text)
        annotations_of(doc).quotations = find_quotations(tokens_in(doc))
        return doc

    return stage


@Language.factory("communique_actors")
def actors(nlp: Language, name: str) -> Component:
    """Fill in ``entities``."""

    def stage(doc: Doc) -> Doc:
        annotations = annotations_of(doc)
        found = find_actors(tokens_in(doc), annotations.quotations, annotations.report)
        annotations.entities = with_turn_speakers(tokens_in(doc), found, annotations.turns)
        return doc

    return stage


@Language.factory("communique_statements")
def statements(nlp: Language, name: str) -> Component:
    """Fill in ``attributions``."""

    def stage(doc: Doc) -> Doc:
        annotations = annotations_of(doc)
        turns = annotations.turns

        def propose(tokens: Tokens, quotations: tuple[Quotation, ...]) -> list[Candidate]:
            found = within_turns(tokens, turns, candidates_of(tokens, quotations))
            return [*found, *turn_candidates(tokens, turns)]

        annotations.attributions = find_attributions(
            tokens_in(doc), annotations.quotations, annotations.entities, propose
        )
        return doc

    return stage


@Language.factory("communique_speakers")
def speakers(nlp: Language, name: str) -> Component:
    """Fill in ``sources``, and add to ``entities`` those who speak and are nobody's name."""

    def stage(doc: Doc) -> Doc:
        annotations = annotations_of(doc)
        annotations.entities = with_unnamed(tokens_in(doc), annotations.attributions, annotations.entities)
        annotations.sources = resolve_sources(
            tokens_in(doc), annotations.attributions, annotations.entities, annotations.report
        )
        return doc

    return stage


@Language.factory("communique_acts")
def acts(nlp: Language, name: str) -> Component:
    """Fill in ``acts``."""

    def stage(doc: Doc) -> Doc:
        annotations = annotations_of(doc)
        annotations.acts = classify_acts(tokens_in(doc), annotations.attributions)
        return doc

    return stage


@Language.factory("communique_conditions")
def conditions(nlp: Language, name: str) -> Component:
    """Fill in ``conditions``, and add to ``entities`` those who could meet one and are nobody's name."""

    def stage(doc: Doc) -> Doc:
        annotations = annotations_of(doc)
        grown = with_parties(tokens_in(doc), annotations.entities)
        annotations.conditions = find_conditions(tokens_in(doc), annotations.attributions, annotations.sources, grown)
        annotations.entities = only_named(annotations.entities, grown, annotations.conditions)
        return doc

    return stage


@Language.factory("communique_issues")
def issues(nlp: Language, name: str) -> Component:
    """Fill in ``issues`` and ``about``."""

    def stage(doc: Doc) -> Doc:
        annotations = annotations_of(doc)
        annotations.issues, annotations.about = find_issues(
            tokens_in(doc), annotations.attributions, annotations.sources, annotations.entities
        )
        return doc

    return stage
