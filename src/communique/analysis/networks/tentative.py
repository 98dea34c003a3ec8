"""Which ties rest on tentative positions alone: positions that one unsure voice carries.

A tie of a party to an issue does where that position is tentative; a tie of two parties where on each issue that both
speak of the position of the one or the other is.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from communique.analysis.networks.coded_statements import Coded
from communique.analysis.networks.counts import Entries
from communique.analysis.positions import tentative_positions
from communique.record.database.sql import Askable

Places = frozenset[tuple[int, int]]


def tentative_cells(
    connection: Askable, parties: Mapping[int, str], issues: Mapping[int, str]
) -> frozenset[tuple[str, str]]:
    """Return the tentative positions of a record, of those that `positions` shows, by the names given to rows.

    ``parties`` and ``issues`` are these names by row of the record.
    """
    found = ((parties.get(party.id), issues.get(issue.id)) for party, issue in tentative_positions(connection))
    return frozenset((one, other) for one, other in found if one is not None and other is not None)


def between_parties(statements: Coded, rows: tuple[str, ...], made: Entries) -> Places:
    """Return the places of the ties between actors that rest on tentative positions alone."""
    unsure = {actor for actor, _ in statements.tentative}
    near = [at for at, name in enumerate(rows) if name in unsure]
    if not near:
        return frozenset()
    said: dict[str, set[str]] = {}
    pairs = np.unique(np.stack([statements.actor.codes, statements.concept.codes]), axis=1)
    for actor, concept in pairs.T.tolist():
        if actor >= 0 and concept >= 0:
            said.setdefault(statements.actor.names[actor], set()).add(statements.concept.names[concept])
    touched = np.isin(made.rows, near) | np.isin(made.cols, near)
    ties = zip(made.rows[touched].tolist(), made.cols[touched].tolist(), strict=True)
    return frozenset((one, other) for one, other in ties if _alone(statements.tentative, said, rows[one], rows[other]))


def _alone(tentative: frozenset[tuple[str, str]], said: Mapping[str, set[str]], one: str, other: str) -> bool:
    shared = said.get(one, set()) & said.get(other, set())
    return bool(shared) and all((one, issue) in tentative or (other, issue) in tentative for issue in shared)


def on_concepts(statements: Coded, rows: tuple[str, ...], cols: tuple[str, ...], made: Entries) -> Places:
    """Return the places of the ties of actors to concepts that are tentative positions."""
    if not statements.tentative:
        return frozenset()
    ties = zip(made.rows.tolist(), made.cols.tolist(), strict=True)
    return frozenset((row, col) for row, col in ties if (rows[row], cols[col]) in statements.tentative)
