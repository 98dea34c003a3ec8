"""Stability of every state for every decision maker, by comparing ranks.

With ranks, "some sanction in reach of s1 is no better than s" is "the least rank in reach of s1 is at most that of s",
and s is stable where that holds for the worst of the improvements from s. For symmetric concepts the rank of a sanction
is that of the best the decision maker can make of it by one move. So a concept takes one minimum over the opponents'
joint moves and one maximum over improvements, whatever the number of sanctions.

Definitions: Fang, Hipel and Kilgour (1993), chapter 3, for Nash (R), GMR, SMR and SEQ with any number of decision
makers, as in Xu, Hipel, Kilgour and Fang (2018), chapter 4; Rego and Vieira, "Symmetric sequential stability in the
graph model for conflict resolution with multiple decision makers" (GDN 26, 2017), for SSEQ; Hamouda, Kilgour and Hipel,
"Strength of preference in graph models for multiple-decision-maker conflicts" (AMC 179, 2006), for strong stability.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from communique.standoff.graph import Graph
from communique.standoff.graph_model import Concept
from communique.standoff.moves_protocol import Mask, Values

SANCTIONED = (Concept.GMR, Concept.SMR, Concept.SEQ, Concept.SSEQ)
"""The concepts in which a state may be stable because improvements from it are answered."""


def answers(graph: Graph, maker: int, concepts: Collection[Concept] = SANCTIONED) -> Iterator[tuple[Concept, Values]]:
    """Yield, for each of the concepts that is sanctioned, what a move to each cell ends at worst in: a rank of the
    decision maker's."""
    moves = graph.moves
    rank = moves.ranks[maker]
    others = [other for other in range(moves.makers) if other != maker]
    if Concept.GMR in concepts:
        yield Concept.GMR, moves.joint_min(others, rank)
    if Concept.SEQ in concepts:
        yield Concept.SEQ, moves.joint_improving_min(others, rank)
    if Concept.SMR not in concepts and Concept.SSEQ not in concepts:
        return
    escaped = moves.reach_max(maker, rank)
    if Concept.SMR in concepts:
        yield Concept.SMR, moves.joint_min(others, escaped)
    if Concept.SSEQ in concepts:
        yield Concept.SSEQ, moves.joint_improving_min(others, escaped)


def stability(
    graph: Graph, maker: int, concepts: Collection[Concept] = tuple(Concept)
) -> tuple[dict[Concept, Mask], dict[Concept, Mask], Mask]:
    """Return where the decision maker is stable and strongly stable, by concept, and where it has no move.

    Stability is given by those of ``concepts``, and by Nash; strong stability for the sanctioned ones among them, and
    nothing where preference has one degree. A state without improvement is strongly stable. Masks have a value a state.
    """
    moves, ranking = graph.moves, graph.rankings[maker]
    collect = moves.collect
    rank = ranking.rank
    strong_below = None if ranking.strongly_below is None else ranking.strongly_below[rank]
    content = collect(moves.improving_max(maker, np.zeros_like(moves.ranks[maker]))) < 0
    stable: dict[Concept, Mask] = {Concept.NASH: content}
    strong: dict[Concept, Mask] = {}
    for concept, ends in answers(graph, maker, concepts):
        worst = collect(moves.improving_max(maker, ends))
        stable[concept] = worst <= rank
        if strong_below is not None:
            strong[concept] = content | (worst <= strong_below)
    return stable, strong, ~collect(moves.can_move(maker))
