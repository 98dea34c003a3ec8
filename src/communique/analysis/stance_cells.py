"""What each party said with a stance on each issue: the statements that all sequences of stances are made of."""

from __future__ import annotations

from collections.abc import Sequence

from communique.analysis.evidence import MOST_OF_A_CELL, Evidence, evidence_by_cell
from communique.model import Stance
from communique.reading.propositions.words import head_of, name_terms
from communique.record.database.sql import Askable, ask
from communique.record.query.lookup import Named


def spoken_by_cell(
    connection: Askable,
    issues: Sequence[Named],
    parties: Sequence[Named],
    *,
    as_of: str | None = None,
    most: int = MOST_OF_A_CELL,
) -> dict[tuple[str, str], list[Evidence]]:
    """Return what parties said with a stance on issues, by the keys of both: of each the ``most`` newest statements,
    newest first, without those that name the issue in passing.

    ``as_of`` (ISO 8601) leaves out what was published later than that day. Raises BadFilter for what is no date.
    """
    found = evidence_by_cell(connection, [i.id for i in issues], [p.id for p in parties], as_of=as_of, most=most)
    heads = {issue.id: _heads_of(connection, issue) for issue in issues}
    return {
        (party.key, issue.key): on_issue(found[party.id, issue.id], heads[issue.id])
        for issue in issues
        for party in parties
        if (party.id, issue.id) in found
    }


def _heads_of(connection: Askable, issue: Named) -> frozenset[str]:
    """Return the last words of an issue's names, in base forms: what has one of them names the issue itself."""
    names = ask(
        connection,
        "SELECT n.name FROM issue_name n JOIN canonical_issue c ON c.id = n.issue_id WHERE c.root_id = :issue LIMIT 50",
        issue=issue.id,
    )
    last = (head_of(name) for name in (issue.name, *(row.name for row in names)))
    return frozenset().union(*map(name_terms, last))


def on_issue(found: Sequence[Evidence], heads: frozenset[str]) -> list[Evidence]:
    """Return the statements without those that name the issue only where they place or describe something else.

    Of those that make something hang on a condition, the ones whose condition is on the issue.
    """
    near = [e for e in found if _is_on(e, heads) or not _speaks_of(e, heads)]
    return [e for e in near if e.stance is not Stance.CONDITIONAL or _ties(e, heads)] or near or list(found)


def _ties(e: Evidence, heads: frozenset[str]) -> bool:
    if not e.binding or _is_on(e, heads) or not _speaks_of(e, heads):
        return True
    return any(not heads.isdisjoint(c.grants.terms) for c in e.binding)


def _speaks_of(e: Evidence, heads: frozenset[str]) -> bool:
    return not heads.isdisjoint((*e.proposition.terms, *(term for c in e.binding for term in c.asks.terms)))


def _is_on(e: Evidence, heads: frozenset[str]) -> bool:
    return not heads.isdisjoint(e.proposition.terms[: e.proposition.main])
