"""The quick forms of a model's components: what they make is what spaCy makes, to the last bit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.attrs import ENT_IOB, ENT_TYPE
from spacy.language import Language
from spacy.tokens import Doc, Span

import texts
from communique.reading.inference import word_vectors
from communique.reading.inference.name_moves import NameMoves, name_moves
from communique.reading.inference.quick_forms import quick_forms, quickened
from communique.reading.inference.shared_vectors import shared_vectors
from communique.reading.pipeline import DEFAULT_MODEL

ODD = [
    "",
    " ",
    "Peru",
    "\n\n \n",
    "IN LIMA\n\nAnn Lee\n\nPresident\nof  the  Republic \n of Peru",
    "On 3 May 2031 Chad's",
]


@pytest.fixture(scope="module")
def model() -> Language:
    return spacy.load(DEFAULT_MODEL)


@pytest.fixture(scope="module")
def written() -> list[str]:
    return [*(report.text for report in islice(texts.reports(None), 12)), *ODD]


def before(nlp: Language, component: str, written: Sequence[str]) -> list[Doc]:
    """Return the texts as they are when they come to a component."""
    docs = [nlp.make_doc(text) for text in written]
    for name, earlier in nlp.pipeline:
        if name == component:
            break
        docs = [earlier(doc) for doc in docs]
    return docs


def named(docs: Sequence[Doc]) -> list[Any]:
    columns: list[int | str] = [ENT_IOB, ENT_TYPE]
    return [[doc.to_array(columns).tolist(), [(ent.start, ent.end, ent.label_) for ent in doc.ents]] for doc in docs]


def filled(names: Sequence[str], seed: int) -> Language:
    """Return a pipeline of a recogniser alone, with weights by lot: it opens names everywhere and mostly at odds."""
    nlp = spacy.blank("en")
    ner: Any = nlp.add_pipe("ner")
    for name in names:
        ner.add_label(name)
    nlp.initialize()
    chance = np.random.default_rng(seed)
    for node in ner.model.walk():
        for param in node.param_names:
            shape = node.get_param(param).shape
            node.set_param(param, chance.normal(0, 0.7, shape).astype(np.float32))
    return nlp


def test_vectors_are_the_same_to_the_last_bit(model: Language, written: list[str]) -> None:
    quick = shared_vectors(model.get_pipe("tok2vec"))
    assert quick is not None
    docs = before(model, "tok2vec", written)
    for theirs, own in zip(quick.given.predict(docs), quick.vectors(docs), strict=True):
        assert np.array_equal(theirs, own)
    for doc in docs[:3]:
        together = quick.vectors(docs)[docs.index(doc)]
        assert np.array_equal(quick(doc).tensor, together)


def test_names_are_the_same(model: Language, written: list[str]) -> None:
    quick = name_moves(model.get_pipe("ner"))
    assert quick is not None
    theirs = named([quick.given(doc) for doc in before(model, "ner", written)])
    full = [doc for doc in before(model, "ner", written) if len(doc)]
    assert named(list(quick.pipe(full, batch_size=len(full)))) == [each for each in theirs if each[0]]
    assert named([quick(doc) for doc in before(model, "ner", written)]) == theirs
    assert named(list(quick.pipe(before(model, "ner", written), batch_size=4))) == theirs


@pytest.mark.parametrize("seed", range(4))
def test_names_by_lot_are_the_same(seed: int, written: list[str]) -> None:
    nlp = filled(["GPE", "PERSON", "ORG"], seed)
    quick = name_moves(nlp.get_pipe("ner"))
    assert quick is not None
    docs, copies = ([nlp.make_doc(text) for text in written if text] for _ in range(2))
    for doc in (*docs, *copies):  # some sentences, so that names would run over their borders
        for token in doc:
            token.is_sent_start = token.i % 7 == 0
    theirs = named([quick.given(doc) for doc in docs])
    assert sum(len(names) for _, names in theirs) > 20
    assert named(list(quick.pipe(copies, batch_size=len(copies)))) == theirs


def test_what_is_named_beforehand_is_left_to_the_component(model: Language) -> None:
    quick = name_moves(model.get_pipe("ner"))
    assert quick is not None
    docs = [before(model, "ner", ["Ann Lee met Omar in Lima on Monday."])[0] for _ in range(2)]
    for doc in docs:
        doc.set_ents([Span(doc, 2, 4, label="EVENT")], default="unmodified")
    assert named([quick(docs[0])]) == named([quick.given(docs[1])])
    assert "met Omar" in [ent.text for ent in docs[0].ents]


def test_no_more_than_so_many_sorts_are_kept(model: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = shared_vectors(model.get_pipe("tok2vec"))
    assert quick is not None
    monkeypatch.setattr(word_vectors, "MOST_KEPT", 3)
    for text in ("They met twice in Lima.", "Nobody spoke.", "Talks went on."):
        doc = model.make_doc(text)
        assert np.array_equal(quick(doc).tensor, quick.given.predict([doc])[0])
        assert len(quick.vectors.place) <= 9  # at most 3 of before, and those of one text


def test_other_kinds_have_none(model: Language) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": {"window_size": 2}})
    nlp.add_pipe("ner", config={"model": {"tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}}})
    nlp.initialize()
    assert quick_forms(nlp) == ()
    beamed = spacy.blank("en")
    beamed.add_pipe("beam_ner").add_label("GPE")  # type: ignore[attr-defined]
    beamed.initialize()
    assert quick_forms(beamed) == ()
    assert [type(form) for form in quick_forms(model)].count(NameMoves) == 1


def test_they_stand_in_their_components_places(model: Language) -> None:
    forms = quick_forms(model)
    steps = quickened(model.pipeline, forms)
    assert [name for name, _ in steps] == model.pipe_names
    assert [name for (name, given), (_, now) in zip(model.pipeline, steps, strict=True) if given is not now] == [
        "tok2vec",
        "ner",
    ]
