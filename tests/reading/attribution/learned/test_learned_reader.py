"""The learned reader of attributions stands behind the door of reading, beside the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from command_runs import communique
from communique.errors import OtherFeatures
from communique.model import Reading, Report
from communique.reading.annotations import tokens_in
from communique.reading.attribution.learned import tagger_model
from communique.reading.attribution.learned.tagger_decoding import LEAST_CUE
from communique.reading.attribution.learned.tagger_features import pairs, seen
from communique.reading.attribution.learned.tagger_model import restored, stored, tagger
from communique.reading.attribution.learned.tagger_network import TaggerNetwork, fresh
from communique.reading.named_readers import ReaderName, parts_of
from communique.reading.pipeline import DEFAULT_MODEL, load, read_batch
from communique.reading.protocols import Text
from communique.reading.segmentation.quotations import find_quotations
from communique.reading.tokens import Tokens

TEXT = (
    "OSLO (Wire) - Norway's fisheries minister said on Monday that the ferry would return in May. "
    '"We have waited long enough," she told reporters. Sweden rejected the plan, and its envoy hinted that '
    "the quota might be cut.\n\nAccording to two officials, the talks resume on Friday."
)


def _read(name: ReaderName, *texts: str) -> list[Reading]:
    reports = [Report(id=f"r{k}", text=text) for k, text in enumerate(texts)]
    made = read_batch(load(DEFAULT_MODEL, parts_of(name)), reports)
    assert all(isinstance(one, Reading) for one in made)
    return made  # type: ignore[return-value]


def _tokens(text: str) -> Tokens:
    nlp = load(DEFAULT_MODEL).nlp
    with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name.startswith("communique_")]):
        return tokens_in(nlp(text))


def test_the_reading_names_the_learned_parts_and_none_where_the_rules_read() -> None:
    (learned,), (ruled,) = _read(ReaderName.LEARNED, TEXT), _read(ReaderName.RULES, TEXT)
    assert "communique_statements.extractor=attribution.rules-and-learned" in learned.reader
    assert "communique_statements.scorer=attribution.fitted-and-learned" in learned.reader
    assert ruled.reader == load().name


def test_what_the_rules_find_stays() -> None:
    (learned,), (ruled,) = _read(ReaderName.LEARNED, TEXT), _read(ReaderName.RULES, TEXT)
    kept = {statement.content for statement in learned.statements}
    assert ruled.statements
    assert {statement.content for statement in ruled.statements} <= kept


def test_a_text_is_read_alike_alone_and_among_others() -> None:
    (alone,) = _read(ReaderName.LEARNED, TEXT)
    among = _read(ReaderName.LEARNED, "The port was closed, a clerk said.", TEXT)[1]
    one, other = ([(s.content, s.source, s.confidence) for s in made.statements] for made in (alone, among))
    assert one == other


def test_statements_are_the_same_asked_for_one_by_one_and_all_at_once() -> None:
    tokens = _tokens(TEXT)
    text = Text(tokens, None, find_quotations(tokens))
    whole = dict(tagger()(text).statements)
    assert len(whole) > 2
    tokens.found.clear()
    reading = tagger()(text)
    apart = [(head, reading.at([head]).get(head)) for head in whole]
    assert [(head, one and (one.cue, one.source, one.content)) for head, one in apart] == [
        (head, (one.cue, one.source, one.content)) for head, one in whole.items()
    ]


@pytest.mark.parametrize("probability", [0.1, 0.5, 0.9])
def test_less_sure_than_the_least_gives_less_than_that_probability(probability: float) -> None:
    least = tagger().least(probability)
    assert tagger().calibrated(least) <= probability or least == LEAST_CUE
    assert tagger().calibrated(least + 0.01) >= probability


@pytest.mark.parametrize("text", ["", " \n\n ", "Talks.", '"'])
def test_a_text_without_statements_is_read(text: str) -> None:
    (made,) = _read(ReaderName.LEARNED, text)
    assert not made.statements


def test_weights_that_were_fitted_on_other_features_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = stored(tagger())
    monkeypatch.setattr(tagger_model, "tagger_digest", lambda: "0123456789abcdef")
    with pytest.raises(OtherFeatures, match="fit it again"):
        restored(content)


def test_weights_come_back_as_they_were_kept() -> None:
    one = tagger()
    again = restored(stored(one))
    assert again.vocabulary == one.vocabulary
    assert again.statement == one.statement
    assert all(np.array_equal(again.weights[name], weight) for name, weight in one.weights.items())


def test_what_is_handed_back_is_the_slope_of_what_is_computed() -> None:
    tokens = _tokens('The envoy said the port was closed. "It will open," he added, in a letter to Oslo.')
    vocabulary = {name: dict.fromkeys(words, 1) for name, words in tagger().vocabulary.items()}
    text = seen(tokens, find_quotations(tokens), vocabulary)
    rows = pairs(text, [2, 12])
    weights: Any = {name: w.astype(np.float64) for name, w in fresh(vocabulary, seed=3).items()}
    rng = np.random.default_rng(5)
    pull: Any = rng.normal(size=tokens.n)
    push: Any = rng.normal(size=(len(rows.token), 4))

    def computed() -> tuple[float, TaggerNetwork]:
        net = TaggerNetwork(weights)
        vectors, back = net.encode(text)
        scores, back_cues = net.cues(vectors)
        labels, back_labels = net.labels(vectors, rows)
        back(np.asarray(back_cues(pull) + back_labels(push)))
        return float((scores * pull).sum() + (labels * push).sum()), net

    slopes = computed()[1].grads
    step = 1e-5
    for name, slope in slopes.items():
        place = np.unravel_index(int(np.abs(slope).argmax()), slope.shape)
        before = weights[name][place]
        weights[name][place] = before + step
        above = computed()[0]
        weights[name][place] = before - step
        below = computed()[0]
        weights[name][place] = before
        assert (above - below) / (2 * step) == pytest.approx(float(slope[place]), rel=0.03, abs=0.05), name


@pytest.mark.parametrize("name", list(ReaderName))
def test_the_command_reads_with_either(name: ReaderName, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(TEXT, encoding="utf-8")
    ran = communique("read", "--json", "--reader", name, report, folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert ("attribution.rules-and-learned" in ran.stdout) is (name is ReaderName.LEARNED)
