"""``communique merge``: actors and issues that are one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from communique.cli.endings import endings, tell
from communique.cli.listing_options import AsCsv, AsJson
from communique.cli.options import Output
from communique.cli.outputs import output
from communique.cli.record_place import DEFAULT, RecordPlace
from communique.cli.row_formats import Column, write_rows
from communique.cli.signing import By, signer

_COLUMNS = (
    Column("from", "Who", 3),
    Column("into", "May be", 3),
    Column("sure", "Sure"),
    Column("reason", "Why", 5),
    Column("words", "Words it rests on", 4),
)


def merge(
    from_key: Annotated[
        str | None, typer.Argument(metavar="[FROM]", help="An actor or issue, by key.", show_default=False)
    ] = None,
    into_key: Annotated[
        str | None, typer.Argument(metavar="[INTO]", help="The one that it is.", show_default=False)
    ] = None,
    where: RecordPlace = DEFAULT,
    by: By = None,
    reason: Annotated[str | None, typer.Option(metavar="WORDS", help="Why.")] = None,
    report: Annotated[
        str | None, typer.Option(metavar="KEY", help="In this report alone, FROM is its own id of an actor.")
    ] = None,
    issue: Annotated[bool, typer.Option("--issue", help="Both are issues, not actors.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Part them again; all is as it was.")] = False,
    apart: Annotated[bool, typer.Option("--apart", help="Note that they are two, so that nobody proposes it.")] = False,
    propose: Annotated[bool, typer.Option("--propose", help="List who may be one, with reasons and evidence.")] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Join those proposals that a rule makes sure.")] = False,
    dossier: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="Join what this dossier calls one issue by several names.")
    ] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    to: Output = None,
) -> None:
    """Make two actors or issues one in every report, or undo it; or say what may be one.

    Nothing is lost by it: the rows keep what the reports say, and undoing restores them. An office is resolved for a
    report, with --report, as another holds it later.

    Exit status: 0 done, 1 it cannot be so, 2 wrong usage.
    """
    from communique.record import Record

    with endings():
        if propose or apply:
            with Record.open(where, read_only=not apply) as record, output(to) as stream:
                found = record.join_sure() if apply else record.proposals()
                nothing = "Nothing to join."
                # All at once: a reader that stops half-way must not leave the record open.
                rows = list(_rows(record, found))
                write_rows(rows, stream, columns=_COLUMNS, as_json=as_json, as_csv=as_csv, nothing=nothing)
            return
        if dossier is not None:
            with Record.open(where) as record:
                for entry in record.join_aliases("issue", _issues(dossier)):
                    tell(f"{entry.by}: {entry.action.value} {entry.from_key} {entry.into_key}")
            return
        if from_key is None or (into_key is None and not undo):
            raise typer.BadParameter("name both, FROM and INTO; or ask with --propose")
        signed = signer(by)
        with Record.open(where) as record:
            entry = _decide(
                record, from_key, into_key, "issue" if issue else "actor", report, undo, apart, signed, reason
            )
        tell(f"{entry.by}: {entry.action.value} {entry.from_key} {entry.into_key}")


def _issues(dossier: str) -> list[list[str]]:
    from communique.ingest.dossier import load_dossier

    return [[issue.name, *issue.aliases] for issue in load_dossier(dossier).issues]


def _decide(
    record: Any,
    from_key: str,
    into_key: str | None,
    kind: str,
    report: str | None,
    undo: bool,
    apart: bool,
    by: str,
    reason: str | None,
) -> Any:
    if report is not None:
        act = record.unresolve if undo else record.resolve
        return act(report, from_key, into_key, by=by, reason=reason)
    act = record.unmerge if undo else record.keep_apart if apart else record.merge
    return act(kind, from_key, into_key, by=by, reason=reason)


def _rows(record: Any, found: list[Any]) -> Iterator[dict[str, Any]]:
    from communique.record.resolution.proposals import words_of_evidence

    with record.reading() as connection:
        for each in found:
            words = [f"{words_of_evidence(connection, one)} ({one.report})" for one in each.evidence]
            yield {
                "action": each.action.value,
                "from": each.local_id or each.from_key,
                "report": each.report,
                "into": each.into_key,
                "rule": each.rule,
                "sure": "yes" if each.sure else "no",
                "reason": each.reason,
                "evidence": [{"report": one.report, "span": list(one.span)} for one in each.evidence],
                "words": words,
            }
