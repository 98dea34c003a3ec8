"""The reading's stages as spaCy components.

Each factory returns a function from Doc to Doc that fills in one field of ``doc._.communique``. They run after the
parse, in the order of ``STAGES``; ``communique_paragraphs`` runs before the parser.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from communique.reading.acts.classifier import classify_acts
from communique.reading.annotations import notes_of, words_in
from communique.reading.attribution.extractor import find_attributions
from communique.reading.attribution.sources import find_voices
from communique.reading.attribution.unnamed_sources import with_unnamed
from communique.reading.conditions.extractor import find_conditions
from communique.reading.conditions.unnamed_parties import only_named, with_parties
from communique.reading.coreference.resolver import find_actors
from communique.reading.issues.extractor import find_issues
from communique.reading.segmentation.paragraphs import mark_paragraphs
from communique.reading.segmentation.quotations import find_quotations

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
    """Fill in ``quotations``."""

    def stage(doc: Doc) -> Doc:
        notes_of(doc).quotations = find_quotations(words_in(doc))
        return doc

    return stage


@Language.factory("communique_actors")
def actors(nlp: Language, name: str) -> Component:
    """Fill in ``cast``."""

    def stage(doc: Doc) -> Doc:
        notes = notes_of(doc)
        notes.cast = find_actors(words_in(doc), notes.quotations, notes.report)
        return doc

    return stage


@Language.factory("communique_statements")
def statements(nlp: Language, name: str) -> Component:
    """Fill in ``attributions``."""

    def stage(doc: Doc) -> Doc:
        notes = notes_of(doc)
        notes.attributions = find_attributions(words_in(doc), notes.quotations, notes.cast)
        return doc

    return stage


@Language.factory("communique_speakers")
def speakers(nlp: Language, name: str) -> Component:
    """Fill in ``voices``, and add to ``cast`` those who speak and are nobody's name."""

    def stage(doc: Doc) -> Doc:
        notes = notes_of(doc)
        notes.cast = with_unnamed(words_in(doc), notes.attributions, notes.cast)
        notes.voices = find_voices(words_in(doc), notes.attributions, notes.cast, notes.report)
        return doc

    return stage


@Language.factory("communique_acts")
def acts(nlp: Language, name: str) -> Component:
    """Fill in ``acts``."""

    def stage(doc: Doc) -> Doc:
        notes = notes_of(doc)
        notes.acts = classify_acts(words_in(doc), notes.attributions)
        return doc

    return stage


@Language.factory("communique_conditions")
def conditions(nlp: Language, name: str) -> Component:
    """Fill in ``conditions``, and add to ``cast`` those who could meet one and are nobody's name."""

    def stage(doc: Doc) -> Doc:
        notes = notes_of(doc)
        grown = with_parties(words_in(doc), notes.cast)
        notes.conditions = find_conditions(words_in(doc), notes.attributions, notes.voices, grown)
        notes.cast = only_named(notes.cast, grown, notes.conditions)
        return doc

    return stage


@Language.factory("communique_issues")
def issues(nlp: Language, name: str) -> Component:
    """Fill in ``issues`` and ``about``."""

    def stage(doc: Doc) -> Doc:
        notes = notes_of(doc)
        notes.issues, notes.about = find_issues(words_in(doc), notes.attributions, notes.voices, notes.cast)
        return doc

    return stage
