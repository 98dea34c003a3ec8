"""``communique frame``: what the record follows, and changing that."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli.endings import endings, tell
from communique.cli.listing_options import AsCsv, AsJson
from communique.cli.options import Output
from communique.cli.outputs import output
from communique.cli.record_place import DEFAULT, RecordPlace
from communique.cli.row_formats import Column, write_rows
from communique.cli.signing import By, signer

if TYPE_CHECKING:
    from communique.record import Record

_COLUMNS = (
    Column("kind", "What"),
    Column("name", "Name", 4),
    Column("aliases", "Also", 5),
    Column("words", "Words that lead there", 4),
    Column("statements", "Statements"),
)
_CHANGES = (
    Column("uid", "Change"),
    Column("told", "What", 5),
    Column("by", "By", 2),
    Column("at", "When (UTC)"),
    Column("reason", "Why", 3),
    Column("state", "State"),
)


class FrameCommand(StrEnum):
    """What is done to the frame."""

    ADD = "add"
    RENAME = "rename"
    JOIN = "join"
    UNDO = "undo"


def frame(
    change: Annotated[
        FrameCommand | None, typer.Argument(metavar="[CHANGE]", help="add, rename, join or undo.", show_default=False)
    ] = None,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="An issue or party by name; for undo, the change.", show_default=False),
    ] = None,
    other: Annotated[
        str | None,
        typer.Argument(metavar="[OTHER]", help="Its new name, or what it is joined to.", show_default=False),
    ] = None,
    where: RecordPlace = DEFAULT,
    by: By = None,
    party: Annotated[bool, typer.Option("--party", help="A party is meant, not an issue.")] = False,
    alias: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="What is added is also called so; may be given again.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar="CODE", help="The state of a party that is added, as ISO 3166-1 alpha-3.")
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="WORDS", help="Why.")] = None,
    log: Annotated[bool, typer.Option("--log", help="List the changes that people made.")] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    to: Output = None,
) -> None:
    """Show the parties and issues that the record follows, or change them.

    To add what is followed already gives it more names. Statements are given to the issues anew without reading the
    reports again. A change is appended, signed and dated; --log lists them, undo takes one back.

    Exit status: 0 done, 1 it cannot be so, 2 wrong usage.
    """
    from communique.record import Record

    with endings():
        if change is None:
            with Record.open(where, read_only=True) as record, output(to) as stream:
                rows = list(_changes(record) if log else _rows(record))
                columns, nothing = (_CHANGES, "Nobody has changed it.") if log else (_COLUMNS, "Nothing is followed.")
                write_rows(rows, stream, columns=columns, as_json=as_json, as_csv=as_csv, nothing=nothing)
            return
        if name is None or (other is None) is (change in (FrameCommand.RENAME, FrameCommand.JOIN)):
            raise typer.BadParameter("name both, NAME and OTHER, to rename or join; NAME alone to add or undo")
        if (alias or country) and change is not FrameCommand.ADD or country and not party:
            raise typer.BadParameter("--alias goes with add, --country with add --party")
        from communique.collect.reframing import change_frame
        from communique.record.decisions.frame_log import FrameAction, FrameRequest

        details: dict[str, Any] = {"aliases": list(alias)} if alias else {}
        details |= {"country": country} if country else {}
        kind, action, signed = "party" if party else "issue", FrameAction(change.value), signer(by)
        asked = FrameRequest(
            kind=kind, action=action, name=name, other=other, details=details, by=signed, reason=reason
        )
        with Record.open(where) as record:
            made = change_frame(record, asked)
        tell(f"{made.by}: {_told(made)} ({made.uid})")


def _rows(record: Record) -> Iterator[dict[str, Any]]:
    from communique.reading.issues.frame_names import leads_of
    from communique.record.query.frame_view import frame_rows

    with record.reading() as connection:
        found = frame_rows(connection)
    followed = record.frame()
    if not followed:
        return
    places = {issue.name: at for at, issue in enumerate(followed.issues)}
    for row in found:
        parts, verbs = leads_of(followed, places[row.name]) if row.kind == "issue" else ((), ())
        yield {
            "kind": row.kind,
            "key": row.key,
            "name": row.name,
            "aliases": list(row.aliases),
            "country": row.country,
            "parts": list(parts),
            "verbs": list(verbs),
            "words": list(parts),
            "statements": row.statements,
            "dossiers": list(row.dossiers),
        }


def _changes(record: Record) -> Iterator[dict[str, Any]]:
    from communique.record.decisions.frame_log import standing

    entries = record.frame_changes()
    stands = {each.uid for each in standing(entries)}
    for each in entries:
        yield {
            "uid": each.uid,
            "told": _told(each),
            "kind": each.kind,
            "action": each.action.value,
            "name": each.name,
            "other": each.other,
            "details": dict(each.details),
            "state": "stands" if each.uid in stands else "undone",
            "reason": each.reason,
            "by": each.by,
            "at": each.at,
        }


def _told(made: Any) -> str:
    """A change as a person would say it."""
    more = ", ".join(made.details.get("aliases", ()))
    words = [made.action.value, made.kind, made.name, *([made.other] if made.other else [])]
    return " ".join(words) + (f" (also {more})" if more else "")
