"""Camps, communities and the backbone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from communique.analysis.networks import (
    Aggregation,
    Coded,
    CodedStatement,
    NetworkMode,
    Polarisation,
    Settings,
    backbone,
    coded,
    communities,
    network,
    polarisation,
)
from communique.analysis.networks.backbones import on_backbone
from communique.errors import BadNetwork, NetworkTooLarge

AGREE, DIFFER = Settings(), Settings(aggregation=Aggregation.CONFLICT)


def split(statements: Coded) -> Polarisation:
    return polarisation(network(statements, AGREE), network(statements, DIFFER))


def camps(size: int, strays: float = 0.0, seed: int = 1) -> Coded:
    """Two camps of so many actors each, who differ on ten concepts; some statements stray."""
    rng = np.random.default_rng(seed)
    return coded(
        CodedStatement(f"{side}{member:03}", f"c{concept}", int((side == "a") ^ bool(rng.random() < strays)))
        for side in "ab"
        for member in range(size)
        for concept in range(10)
    )


@pytest.mark.parametrize("size", [3, 40, 110])
def test_two_camps_that_differ_in_everything_are_fully_polarised(size: int) -> None:
    found = split(camps(size))
    assert found.score == pytest.approx(1)
    assert [{name[0] for name in camp} for camp in found.camps] == [{"a"}, {"b"}]
    assert [len(camp) for camp in found.camps] == [size, size]


def test_camps_are_found_among_those_who_stray() -> None:
    found = split(camps(60, strays=0.1))
    assert [{name[0] for name in camp} for camp in found.camps] == [{"a"}, {"b"}]
    assert 0.1 < found.score < split(camps(60)).score


def test_who_all_agree_are_not_polarised() -> None:
    found = split(coded(CodedStatement(name, concept, 1) for name in "ABCD" for concept in "xy"))
    assert found.score == 0
    assert found.camps == (("A", "B", "C", "D"), ())


def test_who_has_no_tie_is_in_no_camp() -> None:
    said = [CodedStatement("A", "x", 1), CodedStatement("B", "x", 0), CodedStatement("C", "alone", 1)]
    found = split(coded(said))
    assert (found.camps, found.unaligned) == ((("A",), ("B",)), ("C",))


def test_camps_need_the_congruence_and_the_conflict_network_of_one_set_of_statements() -> None:
    statements, others = camps(2), camps(3)
    with pytest.raises(BadNetwork, match="congruence and the conflict"):
        polarisation(network(statements, DIFFER), network(statements, AGREE))
    with pytest.raises(BadNetwork, match="congruence and the conflict"):
        polarisation(network(statements, AGREE), network(others, DIFFER))


def test_communities_are_those_who_agree() -> None:
    found = communities(network(camps(5), AGREE))
    assert [{name[0] for name in group} for group in found.groups] == [{"a"}, {"b"}]
    assert found.modularity == pytest.approx(0.5)


def test_who_agrees_with_nobody_is_a_community_alone() -> None:
    found = communities(network(coded([CodedStatement("A", "x", 1), CodedStatement("B", "y", 1)]), AGREE))
    assert found.groups == (("A",), ("B",))


def test_communities_are_of_one_mode() -> None:
    with pytest.raises(BadNetwork, match="one-mode"):
        communities(network(camps(2), Settings(NetworkMode.TWO, Aggregation.IGNORE)))


def test_camps_and_communities_are_the_same_in_every_process() -> None:
    code = (
        "from test_networks_camps import *\n"
        "s = camps(30, 0.4); print(split(s), communities(network(s, Settings(aggregation=Aggregation.SUBTRACT))))"
    )
    here = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": here},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1


def test_the_backbone_keeps_the_concepts_that_divide_and_gives_up_those_that_change_nothing() -> None:
    said = [CodedStatement(name, concept, int(name < "D")) for name in "ABCDEF" for concept in ("war", "peace")]
    said += [CodedStatement("A", f"aside {n}", 1) for n in range(3)]
    found = backbone(coded(said), AGREE, 2)
    assert found.kept == ("peace", "war")
    assert found.redundant == (("aside 0", 0.0), ("aside 1", 0.0), ("aside 2", 0.0))
    kept = network(on_backbone(coded(said), found), Settings(NetworkMode.TWO, Aggregation.SUBTRACT))
    assert kept.cols == ("peace", "war")


def test_the_backbone_gives_up_first_what_changes_the_network_least() -> None:
    said = [CodedStatement(name, "common", 1) for name in "ABCDEF"]
    said += [CodedStatement(name, "half", 1) for name in "ABC"] + [CodedStatement(name, "pair", 1) for name in "AB"]
    found = backbone(coded(said), AGREE, 1)
    losses = [loss for _, loss in found.redundant]
    assert found.kept == ("common",)
    assert losses == sorted(losses)
    assert losses[0] > 0


def test_a_backbone_larger_than_the_concepts_is_all_of_them() -> None:
    found = backbone(camps(2), AGREE, 50)
    assert (len(found.kept), found.redundant) == (10, ())


@pytest.mark.parametrize(
    "settings", [Settings(aggregation=Aggregation.SUBTRACT), Settings(NetworkMode.TWO, Aggregation.IGNORE)]
)
def test_a_backbone_is_of_ties_that_are_not_negative(settings: Settings) -> None:
    with pytest.raises(BadNetwork, match="one-mode"):
        backbone(camps(2), settings, 1)


def test_a_backbone_keeps_something() -> None:
    with pytest.raises(BadNetwork, match="at least 1"):
        backbone(camps(2), AGREE, 0)


def test_a_backbone_that_would_take_hours_is_refused_before_it_is_begun() -> None:
    said = (CodedStatement(f"a{n}", f"c{n % 500}", 1) for n in range(2000))
    with pytest.raises(NetworkTooLarge, match="2,000 actors and 500 concepts"):
        backbone(coded(said), AGREE, 5)
