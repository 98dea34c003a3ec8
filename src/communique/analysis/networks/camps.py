"""Camps and communities: who stands together, and how far the camps are apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from communique.analysis.networks.counts import Floats
from communique.analysis.networks.matrices import Network
from communique.analysis.networks.settings import Aggregation, NetworkMode
from communique.errors import BadNetwork, NetworkTooLarge

MOST_ACTORS = 4_000
"""Actors among whom camps are looked for."""

_ALL_TRIED = 14
"""Actors up to whom every division is tried."""

_STARTS = 3
"""Leading eigenvectors from which a division is looked for."""

_EXACT = 200
"""Actors up to whom all eigenvectors are worked out."""

_NOTHING = 1e-12
"""What is no more than the last digit of a sum, as a share of it."""

_AS_GOOD = 1e-9
"""The share by which a division may fall short of the best and be as good."""


@dataclass(frozen=True, slots=True)
class Polarisation:
    """How far actors fall into two camps, 0 to 1, and the camps. ``unaligned`` have no tie at all."""

    score: float
    camps: tuple[tuple[str, ...], tuple[str, ...]]
    unaligned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Communities:
    """Groups of actors, the largest first, and the modularity of the division."""

    groups: tuple[tuple[str, ...], ...]
    modularity: float


def polarisation(congruence: Network, conflict: Network) -> Polarisation:
    """Return how polarised the actors of a congruence and a conflict network of the same statements are.

    The score is the modularity of the best division into two camps, for networks whose ties are positive and negative
    (Gómez, Jensen and Arenas 2009, "Analysis of community structure in networks of correlated data", Physical Review E
    80, 016114, eq. 4), over its greatest value for two camps, 1/2. Up to 14 actors every division is tried; beyond,
    the best is looked for by the leading eigenvectors and by moving actors one by one (Newman 2006, "Modularity and
    community structure in networks", PNAS 103). Raises BadNetwork where the two networks do not fit together,
    NetworkTooLarge beyond 4,000 actors with ties.
    """
    kinds = (congruence.settings.aggregation, conflict.settings.aggregation)
    if kinds != (Aggregation.CONGRUENCE, Aggregation.CONFLICT) or congruence.rows != conflict.rows:
        raise BadNetwork("polarisation", "it takes the congruence and the conflict network of the same statements")
    has_ties = _degrees(congruence) + _degrees(conflict) > 0
    tied = np.flatnonzero(has_ties)
    if len(tied) > MOST_ACTORS:
        raise NetworkTooLarge("polarisation", f"{len(tied):,} actors have ties; at most {MOST_ACTORS:,} are divided")
    names = congruence.rows
    unaligned = tuple(name for name, held in zip(names, has_ties, strict=True) if not held)
    if not tied.size:
        return Polarisation(0.0, ((), ()), unaligned)
    surplus = _surplus(congruence, tied) - _surplus(conflict, tied)
    mass = float(congruence.entries.values.sum() + conflict.entries.values.sum())
    sides = _best(surplus)
    score = float(sides @ surplus @ sides) / mass
    if score <= _NOTHING:
        return Polarisation(0.0, (tuple(names[at] for at in tied), ()), unaligned)
    sides = sides * sides[0]
    camps = tuple(tuple(names[at] for at in tied[sides == side]) for side in (1.0, -1.0))
    return Polarisation(min(score, 1.0), (camps[0], camps[1]), unaligned)


def _degrees(network: Network) -> Floats:
    sums = np.bincount(network.entries.rows, network.entries.values, minlength=len(network.rows))
    return sums.astype(np.float64)  # of no ties at all, they are whole numbers


def _surplus(network: Network, tied: NDArray[np.int64]) -> Floats:
    """Ties beyond those that the actors' sums of ties alone would give."""
    held = network.entries
    part = np.zeros((len(tied), len(tied)))
    part[np.searchsorted(tied, held.rows), np.searchsorted(tied, held.cols)] = held.values
    degrees = part.sum(axis=1)
    total = degrees.sum()
    return part - np.outer(degrees, degrees) / total if total else part


def _best(surplus: Floats) -> Floats:
    size = len(surplus)
    if size <= _ALL_TRIED:
        return _tried(surplus)
    best, most = np.ones(size), 0.0
    for start in _starts(surplus):
        sides = _improved(surplus, start)
        reached = float(sides @ surplus @ sides)
        if reached > most + _NOTHING * np.abs(surplus).sum():
            best, most = sides, reached
    return best


def _tried(surplus: Floats) -> Floats:
    size = len(surplus)
    numbers = np.arange(1 << (size - 1))
    sides = 1.0 - 2.0 * ((numbers[:, None] >> np.arange(size)) & 1)
    reached = np.einsum("ni,ni->n", sides @ surplus, sides)
    # The first among equals, whatever the last digit says.
    return np.asarray(sides[np.flatnonzero(reached >= reached.max() - _AS_GOOD * (1 + abs(reached.max())))[0]])


def _starts(surplus: Floats) -> list[Floats]:
    vectors = _leading(surplus) if len(surplus) > _EXACT else None
    if vectors is None:
        vectors = np.linalg.eigh(surplus).eigenvectors
    return [np.where(vectors[:, -n] >= 0, 1.0, -1.0) for n in range(1, _STARTS + 1)]


def _leading(surplus: Floats) -> Floats | None:
    from scipy.sparse.linalg import ArpackError, eigsh

    try:
        return np.asarray(eigsh(surplus, k=_STARTS, which="LA", v0=np.cos(np.arange(len(surplus))))[1])
    except ArpackError:
        return None


def _improved(surplus: Floats, sides: Floats) -> Floats:
    """Move actors one by one, each once, and keep the best division on the way; again, as long as it gets better."""
    own = np.diag(surplus)
    least = _NOTHING * np.abs(surplus).sum()
    while True:
        trial, pull = sides.copy(), surplus @ sides
        left = np.zeros(len(sides))  # minus infinity for who has moved
        gained, best, best_at = 0.0, least, -1
        order = []
        for step in range(len(sides)):
            at = int((own - trial * pull + left).argmax())
            gained += 4.0 * float(own[at] - trial[at] * pull[at])
            pull -= surplus[at] * (2.0 * trial[at])
            trial[at] = -trial[at]
            left[at] = -np.inf
            order.append(at)
            if gained > best:
                best, best_at = gained, step
        if best_at < 0:
            return sides
        sides = sides.copy()
        sides[order[: best_at + 1]] *= -1.0


def communities(network: Network, *, resolution: float = 1.0, seed: int = 0) -> Communities:
    """Return the communities of a one-mode network by its positive ties.

    The method is that of Blondel, Guillaume, Lambiotte and Lefebvre (2008, "Fast unfolding of communities in large
    networks"); the same network and seed give the same communities. Raises BadNetwork for a two-mode network.
    """
    from networkx import Graph
    from networkx.algorithms.community import louvain_communities, modularity

    if network.settings.mode is NetworkMode.TWO:
        raise BadNetwork("communities", "they are of a one-mode network")
    # Nodes are numbers: sets of names come in another order in each process.
    graph = Graph()
    graph.add_nodes_from(range(len(network.rows)))
    graph.add_weighted_edges_from((row, col, weight) for row, col, weight in network.ties() if weight > 0)
    if not graph.number_of_edges():
        return Communities(tuple((name,) for name in network.rows), 0.0)
    found = louvain_communities(graph, weight="weight", resolution=resolution, seed=seed)
    reached = modularity(graph, found, weight="weight", resolution=resolution)
    groups = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    return Communities(tuple(tuple(network.rows[at] for at in group) for group in groups), float(reached))
