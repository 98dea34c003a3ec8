"""``communique judge``: what people decide about what the reader made."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Annotated, Any

import typer

from communique.cli.endings import endings, tell
from communique.cli.listing_options import AsCsv, AsJson
from communique.cli.options import Output
from communique.cli.outputs import output
from communique.cli.record_place import DEFAULT, RecordPlace
from communique.cli.row_formats import Column, write_rows
from communique.cli.signing import By, signer

_SPANS = {"source", "cue", "content", "antecedent", "consequent"}
_LISTS = {"addressee", "about", "aliases"}
_COLUMNS = (
    Column("key", "What", 2),
    Column("kind", "Kind"),
    Column("state", "State"),
    Column("verdict", "Verdict"),
    Column("changes", "Correction", 3),
    Column("by", "By", 2),
    Column("at", "When (UTC)"),
    Column("note", "Note", 4),
)
_AGREEMENT = (
    Column("one", "One", 2),
    Column("other", "Other", 2),
    Column("things", "Both judged"),
    Column("percent", "Alike"),
    Column("kappa", "Kappa"),
)


def judge(
    key: Annotated[
        str | None, typer.Argument(metavar="[KEY]", help="A statement, condition, actor or issue.", show_default=False)
    ] = None,
    verdict: Annotated[
        str | None, typer.Argument(metavar="[VERDICT]", help="accept, reject, correct or withdraw.", show_default=False)
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FIELD=VALUE]...", help="What is right, for correct.", show_default=False),
    ] = None,
    where: RecordPlace = DEFAULT,
    by: By = None,
    note: Annotated[str | None, typer.Option(metavar="WORDS", help="Why.")] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Of what kind KEY is, where it is the key of two.")
    ] = None,
    issue: Annotated[
        str | None, typer.Option(metavar="ISSUE", help="Judge only whether the statement KEY is about this issue.")
    ] = None,
    as_list: Annotated[
        bool, typer.Option("--list", help="List the judgements, those on KEY where it is given.")
    ] = False,
    agreement: Annotated[bool, typer.Option("--agreement", help="Tell how far people agree.")] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    to: Output = None,
) -> None:
    """Accept, reject or correct what the reader made; or list what was judged.

    A judgement is appended, signed and dated; it stays through every new reading. Spans are START-END in the
    characters of the report, several with commas, as names are: content=120-180 addressee=jpn,usa speaker=rus.

    Exit status: 0 done, 1 it cannot be so, 2 wrong usage.
    """
    from communique.record import Record

    with endings():
        if agreement or as_list or key is None:
            with Record.open(where, read_only=True) as record, output(to) as stream:
                columns = _AGREEMENT if agreement else _COLUMNS
                nothing = "Nobody has judged anything yet."
                with closing(_agreement(record) if agreement else _listed(record, kind, key)) as rows:
                    write_rows(rows, stream, columns=columns, as_json=as_json, as_csv=as_csv, nothing=nothing)
            return
        if verdict is None:
            raise typer.BadParameter("say accept, reject, correct or withdraw")
        signed = signer(by)
        with Record.open(where) as record:
            if issue is not None:
                made = record.judge_issue(key, issue, verdict, by=signed, note=note)
            else:
                made = record.judge(kind, key, verdict, by=signed, correction=_correction(changes or ()), note=note)
        tell(f"{made.by}: {made.verdict.value} {made.kind} {made.key}")


def _correction(changes: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for change in changes:
        field, sign, value = change.partition("=")
        if not sign:
            raise typer.BadParameter(f"{change!r} is not FIELD=VALUE")
        if field in _SPANS:
            found[field] = [_span(piece) for piece in value.split(",") if piece]
        elif field in _LISTS:
            found[field] = [name.strip() for name in value.split(",") if name.strip()]
        else:
            found[field] = value or None
    return found


def _span(piece: str) -> list[int]:
    start, sign, end = piece.strip().partition("-")
    if not sign or not (start + end).isdecimal() or len(piece) > 40:
        raise typer.BadParameter(f"{piece!r} is no span such as 120-180")
    return [int(start), int(end)]


def _listed(record: Any, kind: str | None, key: str | None) -> Generator[dict[str, Any], None, None]:
    for each in record.judgements(kind, key):
        made = each.judgement
        yield {
            "kind": made.kind,
            "key": made.key,
            "key_now": each.key_now,
            "state": "orphaned" if each.orphaned else "stands",
            "report": made.report,
            "verdict": made.verdict.value,
            "changes": [_change(field, value) for field, value in made.correction.items()],
            "correction": dict(made.correction) or None,
            "note": made.note,
            "by": made.by,
            "at": made.at,
            "uid": made.uid,
        }


def _change(field: str, value: Any) -> str:
    """A correction as it was given, spans with their words."""
    pieces = value if isinstance(value, list) else [value]
    told = (f"{p['start']}-{p['end']} “{p['exact']}”" if isinstance(p, dict) else str(p or "nobody") for p in pieces)
    return f"{field}={', '.join(told)}"


def _agreement(record: Any) -> Generator[dict[str, Any], None, None]:
    found = record.agreement()
    for pair in found.pairs:
        yield {
            "one": pair.one,
            "other": pair.other,
            "things": pair.things,
            "percent": pair.percent,
            "kappa": pair.cohen,
            "measure": "Cohen",
        }
    if len(found.people) > 2:
        yield {
            "one": "everybody",
            "other": "everybody",
            "things": found.by_all,
            "percent": found.percent,
            "kappa": found.fleiss,
            "measure": "Fleiss",
        }
