"""The backbone: the concepts that already give the actors' network its structure.

Concepts are taken out one at a time, each time the one without which the network stays most like the whole one, as in
the nested backbone of Discourse Network Analyzer. How unlike two networks are is the Euclidean distance between the
sorted eigenvalues of their Laplacians, each over its sum (spectral distance; Wilson and Zhu 2008, "A study of graph
spectra for comparing graphs and trees", Pattern Recognition 41).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from communique.analysis.networks.coded_statements import Coded
from communique.analysis.networks.counts import Floats
from communique.analysis.networks.matrices import Network, counted_network
from communique.analysis.networks.settings import Aggregation, NetworkMode, Settings
from communique.analysis.networks.statement_filter import chosen
from communique.errors import BadNetwork, NetworkTooLarge

_AS_GOOD = 1e-12
"""How much more two concepts may lose and be as good to leave out."""

MOST_WORK = 20_000_000_000
"""Steps that finding a backbone may take: actors cubed, times the pairs of concepts."""


@dataclass(frozen=True, slots=True)
class Backbone:
    """``kept`` are the concepts that stay, by name; ``redundant`` those taken out, in order, each with the loss.

    The loss is the distance, 0 to 1.42, between the whole network and the one without it and all before it.
    """

    kept: tuple[str, ...]
    redundant: tuple[tuple[str, float], ...]


def backbone(statements: Coded, settings: Settings, keep: int) -> Backbone:
    """Return the ``keep`` concepts that make up the backbone of a one-mode network.

    Raises BadNetwork where the network is not one-mode or has negative ties (subtract), NetworkTooLarge.
    """
    if settings.mode is not NetworkMode.ONE or settings.aggregation is Aggregation.SUBTRACT:
        raise BadNetwork("backbone", "it is of a one-mode network of congruence, conflict, or with ignored qualifiers")
    if keep < 1:
        raise BadNetwork(f"a backbone of {keep}", "it has at least 1 concept")
    counted = chosen(statements, settings)
    left = [int(code) for code in np.unique(counted.concept.codes)]
    actors = len(np.unique(counted.actor.codes))
    work = actors**3 * len(left) * (len(left) + 1) // 2
    if len(left) > keep and work > MOST_WORK:
        reason = f"{actors:,} actors and {len(left):,} concepts are too many; take fewer by filters"
        raise NetworkTooLarge("backbone", reason)
    whole = _spectrum(counted_network(counted, settings, np.ones(len(counted))), actors)
    redundant = []
    while len(left) > keep:
        losses = [_loss(counted, settings, [code for code in left if code != out], whole) for out in left]
        # The first by name among equals, whatever the last digit says.
        at = next(n for n, loss in enumerate(losses) if loss <= min(losses) + _AS_GOOD)
        redundant.append((counted.concept.names[left.pop(at)], losses[at]))
    return Backbone(tuple(counted.concept.names[code] for code in left), tuple(redundant))


def on_backbone(statements: Coded, found: Backbone) -> Coded:
    """Return the statements on the concepts of a backbone."""
    kept = [at for at, name in enumerate(statements.concept.names) if name in set(found.kept)]
    return statements.take(np.flatnonzero(np.isin(statements.concept.codes, kept)))


def _loss(statements: Coded, settings: Settings, concepts: list[int], whole: Floats) -> float:
    rows = np.flatnonzero(np.isin(statements.concept.codes, concepts))
    part = counted_network(statements.take(rows), settings, np.ones(len(rows)))
    return float(np.linalg.norm(whole - _spectrum(part, len(whole))))


def _spectrum(network: Network, actors: int) -> Floats:
    """The sorted eigenvalues of the Laplacian over their sum, with a 0 for each actor that has dropped out."""
    weights = network.matrix
    laplacian = np.diag(weights.sum(axis=1)) - weights
    values = np.linalg.eigvalsh(laplacian)
    total = values.sum()
    values = values / total if total > 0 else values
    return np.sort(np.concatenate([np.zeros(actors - len(values)), values]))
