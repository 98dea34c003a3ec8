"""``communique check``: whether the record is sound, and where it is not, what is lost and what to do."""

from __future__ import annotations

import dataclasses
import json
import sys
from typing import Annotated

import typer

from communique.cli.endings import endings, tell
from communique.cli.record_place import DEFAULT, RecordPlace
from communique.cli.terminal_words import plain


def check(
    where: RecordPlace = DEFAULT,
    as_json: Annotated[bool, typer.Option("--json", help="Print each finding as a JSON object, one a line.")] = False,
) -> None:
    """Look through the whole record: its file, each text against its hash, each row, each reference, each signature.

    Nothing is written. What is wrong is a line each, with what is lost by it; at the end stands what to do.

    Exit status: 0 it is sound, 1 it is damaged or cannot be opened, 2 wrong usage.
    """
    with endings():
        from communique.record.archive.whole_check import check as findings_of
        from communique.record.database.address import parse

        count = 0
        remedies: dict[str, None] = {}
        for finding in findings_of(where):
            count += 1
            remedies.setdefault(finding.remedy)
            if as_json:
                line = json.dumps(dataclasses.asdict(finding))
            else:
                line = plain(f"{finding.where}: {finding.what}. Lost: {finding.lost}")
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
        shown = parse(where).shown
        if not count:
            tell(f"{shown} is sound")
            return
        if not as_json:
            for remedy in remedies:
                sys.stdout.write(f"What to do: {remedy}\n")
        tell(f"{shown} is damaged: {count:,} finding{'' if count == 1 else 's'}")
        raise typer.Exit(1)
