"""Which statements count: filters, dates, qualifiers, and the same thing said twice."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from communique.analysis.networks.coded_statements import Coded
from communique.analysis.networks.grouping import groups
from communique.analysis.networks.periods import CalendarPeriod, periods
from communique.analysis.networks.settings import Aggregation, Duplicates, Settings
from communique.errors import BadNetwork


def chosen(statements: Coded, settings: Settings, *, dated: bool = False) -> Coded:
    """Return the statements that count, in order of time, then document, then as they were given.

    Where a day is needed (``dated``, or by the settings), statements without one are left out; where the qualifier
    is not ignored, those without a qualifier are. Raises BadNetwork for a filter on a variable that there is not, and
    where nothing is left because no statement has what is needed.
    """
    dated = dated or settings.dated
    counts = _matching(statements, settings.include, settings.exclude)
    counts &= (statements.actor.codes >= 0) & (statements.concept.codes >= 0)
    if settings.aggregation is not Aggregation.IGNORE:
        _need(statements.qualified, settings.aggregation, "it compares qualifiers, and no statement has one")
        counts &= statements.qualified
    if dated:
        known = ~np.isnat(statements.when)
        _need(known, "dates", "no statement has one")
        counts &= known
    if settings.since:
        counts &= statements.when >= np.datetime64(settings.since)
    if settings.until:
        counts &= statements.when < np.datetime64(settings.until) + np.timedelta64(1, "D")
    rows = np.flatnonzero(counts)
    kept = statements.take(rows[np.lexsort((rows, statements.document.codes[rows], statements.when[rows]))])
    if settings.duplicates is Duplicates.INCLUDE:
        return kept
    return kept.take(_first(kept, settings))


def _need(known: NDArray[np.bool_], where: str, reason: str) -> None:
    if known.size and not known.any():
        raise BadNetwork(where, reason)


def _matching(
    statements: Coded, include: Mapping[str, frozenset[str]], exclude: Mapping[str, frozenset[str]]
) -> NDArray[np.bool_]:
    counts = np.ones(len(statements), bool)
    for asked, inside in ((include, True), (exclude, False)):
        for name, values in asked.items():
            factor = statements.variable(name)
            codes = [at for at, value in enumerate(factor.names) if value in values]
            if "" in values:
                codes.append(-1)
            counts &= np.isin(factor.codes, codes) == inside
    return counts


def _first(statements: Coded, settings: Settings) -> NDArray[np.int64]:
    """The first of each group of statements that count as one."""
    columns = [statements.actor.codes, statements.concept.codes]
    if settings.aggregation is not Aggregation.IGNORE:
        columns.append(statements.qualifier)
    if settings.duplicates is Duplicates.DOCUMENT:
        _need(statements.document.codes >= 0, "duplicates by document", "no statement has a document")
        # A statement without a document stands for a document of its own.
        alone = statements.document.codes < 0
        columns.append(np.where(alone, -1 - np.arange(len(statements)), statements.document.codes))
    elif settings.duplicates is not Duplicates.RANGE:
        columns.append(periods(statements.when, CalendarPeriod(settings.duplicates)))
    return np.sort(np.unique(groups(columns), return_index=True)[1])
