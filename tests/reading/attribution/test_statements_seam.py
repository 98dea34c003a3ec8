"""Another scorer, or another extractor, can take the place of the built-in one of attributions."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import communique
from communique.ingest.arrivals import Arrival
from communique.ingest.gather import gather
from communique.model import Reading, Report
from communique.reading import factories
from communique.reading.annotations import Attribution, annotations_of
from communique.reading.assembly import assemble
from communique.reading.attribution import scorer
from communique.reading.attribution.candidates import Candidate
from communique.reading.attribution.extractor import find_candidates
from communique.reading.attribution.scorer import TEMPLATES, features_digest, features_of, model
from communique.reading.attribution.selection import choose
from communique.reading.constructions import Construction
from communique.reading.issues import narrated as telling
from communique.reading.pipeline import DEFAULT_MODEL, load, prepare
from communique.reading.protocols import Text
from communique.reading.registered_parts import Task

TEXT = "The minister said that the ferry would return. Norway backed the plan."
RELAYED = (
    'TASS reported that Moscow remains open to dialogue. "Talks will resume," the envoy said. "They must." According '
    "to Kyodo, Japan's foreign minister rejected the demand and called for calm, in remarks carried by Reuters. In "
    "Tokyo's view, the charge is baseless. It was announced by the Kremlin that it would respond only if sanctions "
    "were lifted. Beijing's appeal for restraint was welcomed by Hanoi, which is ready to talk."
)
DOSSIER = Path(communique.__file__).parent / "dossiers" / "japan-russia"


def parsed(text: str = TEXT) -> Text:
    nlp = load(DEFAULT_MODEL).nlp
    annotations = annotations_of(nlp(prepare(nlp, Report(id="r", text=text))))
    assert annotations.tokens is not None
    return Text(annotations.tokens, annotations.report, annotations.quotations, annotations.entities)


def test_a_scorer_that_believes_everything_keeps_every_cue_once() -> None:
    text = parsed()
    proposed = find_candidates(text)
    found = choose(text, proposed, [1.0] * len(proposed))
    assert {a.cue_head for a in found} <= {c.cue_head for c in proposed}
    assert all(a.confidence == 1.0 for a in found)
    assert len(found) >= 2


def test_a_scorer_that_believes_nothing_keeps_nothing() -> None:
    text = parsed()
    proposed = find_candidates(text)
    assert choose(text, proposed, [0.0] * len(proposed)) == ()


def test_what_an_extractor_of_ones_own_finds_is_all_there_is() -> None:
    text = parsed()
    assert len(choose(text, find_candidates(text)[:1], [0.9])) == 1


def test_what_was_not_said_is_left_out_before_it_is_weighed() -> None:
    assert "say" not in cue_lemmas("The minister declined to say that the ferry would return.")
    assert "say" in cue_lemmas("The minister said that the ferry would return.")


def cue_lemmas(words: str) -> set[str]:
    text = parsed(words)
    return {text.tokens.lemma[c.cue_head] for c in find_candidates(text)}


def test_renamed_rules_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the rules are called is provenance: nobody downstream may go by it."""
    nlp = load(DEFAULT_MODEL).nlp
    stages = {name: component for name, component in nlp.pipeline if name in factories.STAGES}

    def renamed(text: Text) -> list[Candidate]:
        return [replace(c, rule=f"rule {k}") for k, c in enumerate(find_candidates(text))]

    def renamed_too(**told: Any) -> Attribution:
        return Attribution(**told | {"rule": f"rule of {told['cue_head']}"})

    monkeypatch.setattr(factories, "task", lambda *_: Task(renamed, scorer.fitted(), choose))
    others = stages | {"communique_statements": factories.statements(nlp, "renamed", "", "", "")}
    rules = set()
    arrived = [found.report for found in gather([DOSSIER]) if isinstance(found, Arrival)]
    for report in [Report(id="r", text=RELAYED), *arrived]:
        before = through(stages, report)
        with monkeypatch.context() as patched:  # what a report tells in its own words has rules of its own
            patched.setattr(telling, "Attribution", renamed_too)
            after = through(others, report)
        rules |= {s.rule for s in before.statements}
        assert all(re.fullmatch(r"rule (of )?\d+", s.rule) for s in after.statements)
        assert nameless(after) == nameless(before)
    assert len(rules) > 20


def through(stages: dict[str, Any], report: Report) -> Reading:
    nlp = load(DEFAULT_MODEL).nlp
    doc = nlp(prepare(nlp, report), disable=list(factories.STAGES))
    for stage in stages.values():
        doc = stage(doc)
    return assemble(doc, "")


def nameless(reading: Reading) -> Reading:
    return replace(reading, statements=tuple(replace(s, rule="") for s in reading.statements))


def test_the_weights_were_fitted_on_the_features_of_this_version() -> None:
    assert model().features == features_digest()


def test_every_feature_is_declared_and_weighed() -> None:
    made = {template(name) for name in features_in(RELAYED)}
    weighed = {template(name) for name in model().weights}
    assert made <= set(TEMPLATES)
    assert weighed == set(TEMPLATES)


def features_in(words: str) -> list[str]:
    text = parsed(words)
    return [f for c in find_candidates(text) for f in features_of(text.tokens, c, frozenset(), text.entities)]


def template(feature: str) -> str:
    return re.sub(r"=[^|]*", "", feature)


def test_the_digest_of_the_features_tells_when_one_is_added_or_means_another(monkeypatch: pytest.MonkeyPatch) -> None:
    before = features_digest()
    with monkeypatch.context() as patched:
        patched.setattr(scorer, "TEMPLATES", (*TEMPLATES, "weather"))
        assert features_digest() != before
    monkeypatch.setattr(scorer, "_OPENINGS", {"that"})
    assert features_digest() != before


def test_a_construction_is_asked_for_what_it_is_like() -> None:
    assert {c for c in Construction if c.is_passive} == {
        Construction.PASSIVE_CLAUSE,
        Construction.PASSIVE_TOLD,
        Construction.PASSIVE_INFINITIVE,
        Construction.PASSIVE_SUBJECT,
    }
    assert all(c.has_clause and c.reports_words for c in Construction if c.is_direct or c.governs_clause)
    assert not Construction.NOUN.reports_words
    assert len({c.label for c in Construction}) == len(Construction)


def test_a_candidate_is_called_after_its_form_where_nobody_names_its_rule() -> None:
    text = parsed("Norway called for talks.")
    (found,) = [c for c in find_candidates(text) if c.construction is Construction.PREPOSITION]
    assert (found.rule, found.form) == ("", "preposition-for")
    assert choose(text, [found], [1.0])[0].rule == "preposition-for"
