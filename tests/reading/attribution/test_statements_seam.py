"""Another model, or another generator, can take the place of the built-in ones."""

from __future__ import annotations

from communique.model import Report
from communique.reading.annotations import Entities, annotations_of
from communique.reading.attribution.candidates import Candidate
from communique.reading.attribution.extractor import candidates_of, find_attributions
from communique.reading.pipeline import DEFAULT_MODEL, load, prepare
from communique.reading.tokens import Tokens

TEXT = "The minister said that the ferry would return. Norway backed the plan."


def parsed() -> Tokens:
    nlp = load(DEFAULT_MODEL).nlp
    tokens = annotations_of(nlp(prepare(nlp, Report(id="r", text=TEXT)))).tokens
    assert tokens is not None
    return tokens


def test_a_model_that_believes_everything_keeps_every_cue_once() -> None:
    tokens = parsed()
    proposed = {c.cue_head for c in candidates_of(tokens, ())}
    found = find_attributions(tokens, (), Entities(), weigh=lambda *_: 1.0)
    assert {a.cue_head for a in found} <= proposed
    assert all(a.confidence == 1.0 for a in found)
    assert len(found) >= 2


def test_a_model_that_believes_nothing_keeps_nothing() -> None:
    assert find_attributions(parsed(), (), Entities(), weigh=lambda *_: 0.0) == ()


def test_a_generator_of_ones_own_is_all_there_is() -> None:
    tokens = parsed()

    def first(tokens: Tokens, quotations: object) -> list[Candidate]:
        return candidates_of(tokens, ())[:1]

    assert len(find_attributions(tokens, (), Entities(), propose=first, weigh=lambda *_: 0.9)) == 1
