"""Two statements next to each other: what the rows of changes and contradictions share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from communique.cli.row_formats import Column

TO_CHECK = "To check:"
"""The line over what is less sure."""

SHOWN = ("first", "second", "shown")
"""Keys that are there for the table alone."""


def side_of(evidence: Any, name: str) -> dict[str, Any]:
    """Return a statement's part of a row, its keys starting with ``name``; ``name`` itself is what the table shows."""
    told = " · ".join(filter(None, (evidence.speaker_name, evidence.outlet, evidence.day, evidence.report)))
    return {
        f"{name}_speaker": evidence.speaker_name,
        f"{name}_party": evidence.party,
        f"{name}_day": evidence.day,
        f"{name}_published": evidence.published_at,
        f"{name}_outlet": evidence.outlet,
        f"{name}_report": evidence.report,
        f"{name}_url": evidence.url,
        f"{name}_statement": evidence.key,
        f"{name}_quote": evidence.content,
        f"{name}_spans": [list(span) for span in evidence.at],
        f"{name}_stance": evidence.stance.value if evidence.stance else None,
        f"{name}_voices": evidence.voices,
        name: f"{evidence.content}\n({told})",
    }


def write_pairs(
    rows: Iterable[Mapping[str, Any]],
    stream: BinaryIO,
    *,
    columns: Sequence[Column],
    as_json: bool,
    as_csv: bool,
    nothing: str,
) -> None:
    """Write rows as `communique.cli.row_formats.write_rows` does; what is for the table alone stands nowhere else."""
    from communique.cli.row_formats import write_rows

    kept = without_shown(rows) if as_json or as_csv else rows
    write_rows(kept, stream, columns=columns, as_json=as_json, as_csv=as_csv, nothing=nothing)


def write_apart(
    rows: Sequence[Mapping[str, Any]],
    stream: BinaryIO,
    *,
    columns: Sequence[Column],
    as_json: bool,
    as_csv: bool,
    nothing: str,
) -> None:
    """Write rows as `write_pairs` does; for people those to be checked stand apart, under a line that says so."""
    if as_json or as_csv:
        write_pairs(rows, stream, columns=columns, as_json=as_json, as_csv=as_csv, nothing=nothing)
        return
    sure, doubtful = (list(filter(lambda row: bool(row["to_check"]) is wanted, rows)) for wanted in (False, True))
    write_pairs(sure, stream, columns=columns, as_json=False, as_csv=False, nothing=nothing)
    write_to_check(doubtful, stream, columns)


def write_to_check(rows: Sequence[Mapping[str, Any]], stream: BinaryIO, columns: Sequence[Column]) -> None:
    """Write what is to be checked as a table under a line that says so, nothing where there is none."""
    if rows:
        stream.write(f"{TO_CHECK}\n".encode())
        write_pairs(rows, stream, columns=columns, as_json=False, as_csv=False, nothing="")


def lower_bound(least: float | None, usual: float, to_check: float, *, for_programs: bool) -> float:
    """Return the confidence from which rows are shown: the given one, else for people what is to be checked as well."""
    return least if least is not None else usual if for_programs else to_check


def without_shown(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows without what is there for the table alone."""
    return [{key: value for key, value in row.items() if key not in SHOWN} for row in rows]
