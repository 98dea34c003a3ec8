"""Every concept over random models, against the definitions written out with sets and loops."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings

from communique.standoff import Concept, GraphModel, solve
from communique.standoff.graph import Layout
from communique.standoff.solution import numbers
from communique.standoff.stability import SANCTIONED
from communique.standoff.state_relations import EXTENSIONS
from standoff_models import explicit, option_form
from standoff_naive import Naive, stable, stable_coalition, stable_uncertain

EXAMPLES = settings(max_examples=60, deadline=None)


def check_stable(model: GraphModel, naive: Naive, layout: Layout | None = None) -> None:
    found = solve(model, strict=False, layout=layout)
    assert found.states == naive.states
    for i, name in enumerate(model.names):
        for concept in Concept:
            expected = tuple(s + 1 for s in range(naive.states) if stable(naive, i, s, concept.value))
            assert numbers(found.stable[concept][name]) == expected, (concept, name)
        still = [not naive.legal(i, s) for s in range(naive.states)]
        assert found.without_moves[name].tolist() == still
    for concept in Concept:
        everybody = [set(numbers(found.stable[concept][name])) for name in model.names]
        assert set(found.equilibria(concept)) == set.intersection(*everybody)


@EXAMPLES
@given(explicit())
def test_the_concepts_in_explicit_form_with_moves_that_are_not_transitive(models: Any) -> None:
    model, naive = models
    check_stable(model, naive)


@pytest.mark.parametrize("layout", ["cube", "arcs"])
def test_the_concepts_in_option_form(layout: Layout) -> None:
    @EXAMPLES
    @given(option_form())
    def check(models: Any) -> None:
        model, naive = models
        assume(naive.states)
        check_stable(model, naive, layout)

    check()


@pytest.mark.parametrize("layout", ["cube", "arcs"])
def test_strong_stability(layout: Layout) -> None:
    @EXAMPLES
    @given(explicit(strength=True) | option_form(strength=True))
    def check(models: Any) -> None:
        model, naive = models
        assume(naive.states)
        found = solve(model, strict=False, layout=layout)
        two_degrees = [ranking.strongly_below is not None for ranking in found.graph.rankings]
        assume(any(two_degrees))
        assert found.strong is not None
        for i, name in enumerate(model.names):
            for concept in SANCTIONED:
                expected = [stable(naive, i, s, concept.value, strong=True) for s in range(naive.states)]
                assert found.strong[concept][name].tolist() == expected, (concept, name)

    check()


@EXAMPLES
@given(explicit(unknown=True) | option_form(unknown=True))
def test_unknown_preference_in_all_four_extensions(models: Any) -> None:
    model, naive = models
    assume(naive.states)
    found = solve(model, strict=False)
    assume(found.uncertain is not None)
    assert found.uncertain is not None
    for extension in EXTENSIONS:
        for i, name in enumerate(model.names):
            for concept in Concept:
                expected = [stable_uncertain(naive, i, s, concept.value, extension) for s in range(naive.states)]
                assert found.uncertain[extension][concept][name].tolist() == expected, (extension, concept, name)
    assert found.stable == found.uncertain["a"]


@EXAMPLES
@given(explicit(most_makers=4, strength=True) | option_form(strength=True))
def test_every_coalition(models: Any) -> None:
    model, naive = models
    assume(naive.states)
    found = solve(model, strict=False, coalitions=True).coalitions
    assert found is not None
    assert len(found) == 2 ** len(model.names) - len(model.names) - 1
    for members, held in found.items():
        group = tuple(model.names.index(name) for name in members)
        for concept in Concept:
            expected = [stable_coalition(naive, group, s, concept.value) for s in range(naive.states)]
            assert held[concept].tolist() == expected, (concept, members)


@settings(max_examples=15, deadline=None)
@given(option_form(most_options=8))
def test_larger_option_forms_are_the_same_on_the_cube_and_as_arcs(models: Any) -> None:
    model, naive = models
    assume(naive.states)
    assert solve(model, strict=False, layout="cube").as_json() == solve(model, strict=False, layout="arcs").as_json()


@settings(max_examples=30, deadline=None)
@given(explicit())
def test_the_concepts_keep_to_their_known_order(models: Any) -> None:
    found = solve(models[0])
    for name in models[0].names:
        nash, gmr, smr, seq, sseq = (set(numbers(found.stable[concept][name])) for concept in Concept)
        assert nash <= sseq <= seq <= gmr
        assert sseq <= smr <= gmr
