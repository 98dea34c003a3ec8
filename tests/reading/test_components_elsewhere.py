"""The stages work in anybody's spaCy pipeline, found by their entry points."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import DocBin

from communique.reading.factories import STAGES
from communique.reading.pipeline import DEFAULT_MODEL

TEXT = "The Norwegian minister said that talks would resume only if Russia withdrew its ships."


def test_every_stage_is_registered_by_entry_point() -> None:
    nlp = spacy.blank("en")
    for name in ("communique_paragraphs", *STAGES):
        assert nlp.has_factory(name)


def test_the_stages_fill_in_their_annotations_in_a_pipeline_of_somebody_elses() -> None:
    nlp = spacy.load(DEFAULT_MODEL)
    for name in STAGES:
        nlp.add_pipe(name)
    annotations = nlp(TEXT)._.communique
    assert [a.name for a in annotations.entities.actors if a.country == "RUS"] == ["Russia"]
    assert len(annotations.attributions) == len(annotations.sources) == len(annotations.acts) == 1
    assert len(annotations.conditions) == 1


def test_the_first_stages_work_without_the_later_ones() -> None:
    nlp = spacy.load(DEFAULT_MODEL)
    for name in STAGES[:3]:
        nlp.add_pipe(name)
    assert len(nlp(TEXT)._.communique.attributions) == 1


@pytest.mark.parametrize("part", ["parser", "ner"])
def test_a_missing_part_of_the_model_costs_findings_not_the_reading(part: str) -> None:
    nlp = spacy.load(DEFAULT_MODEL, exclude=[part])
    for name in STAGES:
        nlp.add_pipe(name)
    assert nlp(TEXT)._.communique is not None


def test_a_doc_without_words_has_no_findings() -> None:
    nlp = spacy.load(DEFAULT_MODEL)
    for name in STAGES:
        nlp.add_pipe(name)
    annotations = nlp("")._.communique
    assert (annotations.attributions, annotations.conditions, annotations.issues) == ((), (), ())


def test_docs_can_be_stored_without_the_notes() -> None:
    nlp = spacy.load(DEFAULT_MODEL)
    for name in STAGES:
        nlp.add_pipe(name)
    stored = DocBin(store_user_data=False, docs=[nlp(TEXT)])
    assert len(list(stored.get_docs(nlp.vocab))) == 1
