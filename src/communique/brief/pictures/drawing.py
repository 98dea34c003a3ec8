"""Pictures of the record by name: what each shows, drawn from an open record."""

from __future__ import annotations

from sqlalchemy import Connection

from communique.analysis.evidence import evidence_on
from communique.analysis.positions import positions
from communique.analysis.series import series
from communique.brief.pictures.distance import distance_picture
from communique.brief.pictures.matrix import matrix_picture
from communique.brief.pictures.spoken import days_of, names_in, timeline_of, waiting_of
from communique.errors import UnknownName
from communique.record.query.lookup import Named

KINDS = ("timeline", "waiting", "distance", "matrix")
"""The pictures of an issue; the matrix is also one of all issues."""

MOST_STATEMENTS = 1000


def draw(connection: Connection, kind: str, issue: Named | None, as_of: str | None = None) -> str | None:
    """Return a picture as SVG, None where there is nothing to draw. Raises UnknownName for a kind there is not.

    ``issue`` may be None for the matrix alone, which then has the issues most spoken of.
    """
    if kind == "matrix":
        matrix = positions(connection, issues=[issue] if issue else [], as_of=as_of)
        return matrix_picture(f"Positions{f' on {issue.name}' if issue else ''}", matrix) if matrix.cells else None
    if kind not in KINDS or issue is None:
        raise UnknownName(kind, f"a picture of an issue is one of {', '.join(KINDS)}")
    if kind == "distance":
        found = series(connection, issue, as_of=as_of)
        return distance_picture(f"How far apart on {issue.name}", found) if found.points else None
    spoken = evidence_on(connection, issue.id, as_of=as_of, limit=MOST_STATEMENTS)
    if kind == "waiting":
        return waiting_of(f"Who waits for whom on {issue.name}", spoken, names_in(connection, spoken))
    days = days_of(spoken)
    return timeline_of(f"Who spoke on {issue.name}, and when", spoken, *days) if days else None
