"""The rules of a model's attribute ruler and lemmatiser, kept for every sort of word: they do as spaCy's own do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import texts
from communique.reading import attribute_rules
from communique.reading.attribute_rules import AttributeRules, rules_of
from communique.reading.pipeline import DEFAULT_MODEL, load

SET: list[int | str] = ["TAG", "DEP", "POS", "LEMMA", "MORPH", "HEAD"]

# Each pattern of the model that spans several words, and words that come near one.
LONGER = """I ain't got nothin', and y'all ain't either. We're gonna talk; they gotta sign. Let's go, c'mon.
There's a treaty. There are two. Gon na, got ta. Let 's. It let us on. He gave it to you and I.
She don't know. That is what they've done. N't. Nowt, nuthin', nothin'. Y' all. The gon said na."""
LABELS = ["ROOT", "expl", "dobj", "pobj", "aux", "auxpass", "det", "quantmod", "conj", "xcomp", "nsubj"]
TAGS = ["VBZ", "VBP", "VBD", "VB", "RB", "IN", "DT", "WDT", "NN", "NNS", "PRP", "TO", "_SP", "EX", "JJ"]
WORDS = ["ai", "n't", "gon", "na", "got", "ta", "let", "'s", "c'm", "on", "y", "y'", "all", "i", "you", "it", "there"]
WORDS += ["is", "are", "'re", "do", "had", "that", "nothin'", "nouthin'", "Not", "treaties", "Treaty", "spoke", " "]


def as_spacy(nlp: Language, doc: Doc) -> Doc:
    for name in ("attribute_ruler", "lemmatizer"):
        if name in nlp.pipe_names:
            doc = nlp.get_pipe(name)(doc)
    return doc


def assert_same(nlp: Language, rules: AttributeRules, docs: Sequence[Doc]) -> None:
    for doc in docs:
        own, theirs = rules(doc.copy()), as_spacy(nlp, doc)
        assert own.to_array(SET).tolist() == theirs.to_array(SET).tolist()
        assert [(t.lemma_, str(t.morph)) for t in own] == [(t.lemma_, str(t.morph)) for t in theirs]


def parsed(nlp: Language, written: Sequence[str]) -> Iterator[Doc]:
    with nlp.select_pipes(disable=["attribute_ruler", "lemmatizer", "ner"]):
        yield from nlp.pipe(written)


@pytest.fixture(scope="module")
def model() -> Language:
    return spacy.load(DEFAULT_MODEL)


@pytest.fixture(scope="module")
def rules(model: Language) -> AttributeRules:
    made = rules_of(model)
    assert made is not None
    return made


def ruled(*patterns: dict[str, Any]) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("attribute_ruler").add_patterns(patterns)  # type: ignore[attr-defined]
    return nlp


def test_news_gets_the_same_from_them(model: Language, rules: AttributeRules) -> None:
    written = [report.text for report in islice(texts.reports(None), 30)]
    assert_same(model, rules, list(parsed(model, [*written, LONGER, LONGER.upper(), "", " \n\n\t"])))


@settings(max_examples=150, deadline=None)
@given(tokens=st.lists(st.tuples(*map(st.sampled_from, (WORDS, TAGS, LABELS))), min_size=1, max_size=8))
def test_any_words_under_any_tags_and_labels_get_the_same(tokens: list[tuple[str, str, str]]) -> None:
    reader = load(DEFAULT_MODEL)
    assert reader.rules is not None
    words, tags, labels = zip(*tokens, strict=True)
    doc = Doc(reader.nlp.vocab, words=list(words), tags=list(tags), deps=list(labels), heads=[0] * len(tokens))
    assert_same(reader.nlp, reader.rules, [doc])


def test_an_answer_of_one_batch_holds_in_the_next(model: Language) -> None:
    made = rules_of(model)
    assert made is not None
    for _ in range(2):
        with model.memory_zone():
            assert_same(model, made, list(parsed(model, ["The zorgonauts were quibbling."])))


def test_no_more_than_so_many_answers_are_kept(model: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    made = rules_of(model)
    assert made is not None
    monkeypatch.setattr(attribute_rules, "MOST_KEPT", 3)
    for text in ("They met twice in Lima.", "Nobody spoke.", "Talks went on."):
        assert_same(model, made, list(parsed(model, [text])))
        assert len(made.kept) <= 6  # at most 3 of before, and those of one text


@pytest.mark.parametrize(
    "patterns",
    [
        [{"patterns": [[{"LOWER": "sea"}, {"LOWER": "lion"}]], "attrs": {"LEMMA": "seal"}, "index": -1}],
        [
            {"patterns": [[{"LOWER": {"REGEX": "^l"}}]], "attrs": {"POS": "X"}},
            {"patterns": [[{"LOWER": "lion"}]], "attrs": {"POS": "NOUN"}},
        ],
        [{"patterns": [[{"LENGTH": {">=": 4}}], [{"IS_PUNCT": True}]], "attrs": {"MORPH": "Number=Sing"}}],
        [{"patterns": [[{"ORTH": "Sea"}, {"IS_ALPHA": True}, {"IS_PUNCT": True}]], "attrs": {"TAG": "NN"}, "index": 1}],
    ],
)
def test_rules_of_another_model_are_its_own(patterns: list[dict[str, Any]]) -> None:
    nlp = ruled(*patterns)
    made = rules_of(nlp)
    assert made is not None
    assert_same(nlp, made, [nlp.make_doc("Sea lion. Sea lion, sea lions. Lion")])


@pytest.mark.parametrize(
    "pattern",
    [
        {"patterns": [[{"LOWER": "sea", "OP": "+"}]], "attrs": {"POS": "X"}},
        {"patterns": [[{"ENT_TYPE": "GPE"}]], "attrs": {"POS": "X"}},
        {"patterns": [[{}, {"LOWER": "sea"}]], "attrs": {"POS": "X"}},
        {"patterns": [[{"LOWER": "sea"}]], "attrs": {"NORM": "x"}},
        {"patterns": [[{"LOWER": "sea"}]], "attrs": {"POS": "X"}, "index": 1},
    ],
)
def test_a_pattern_of_another_kind_is_left_to_spacy(pattern: dict[str, Any]) -> None:
    assert rules_of(ruled(pattern)) is None


def test_a_model_without_a_ruler_has_none() -> None:
    assert rules_of(spacy.blank("en")) is None


def test_they_stand_in_the_place_of_both(model: Language, rules: AttributeRules) -> None:
    names = [name for name, _ in rules.steps(model.pipeline)]
    assert names == [name for name in model.pipe_names if name != "lemmatizer"]
    assert dict(rules.steps(model.pipeline))["attribute_ruler"] is rules


def test_a_pipeline_that_was_changed_since_goes_as_it_is() -> None:
    nlp = ruled({"patterns": [[{"LOWER": "sea"}]], "attrs": {"POS": "X"}})
    made = rules_of(nlp)
    assert made is not None
    assert dict(made.steps(nlp.pipeline))["attribute_ruler"] is made
    nlp.get_pipe("attribute_ruler").add([[{"LOWER": "lion"}]], {"POS": "X"})  # type: ignore[attr-defined]
    assert made.steps(nlp.pipeline) == list(nlp.pipeline)
