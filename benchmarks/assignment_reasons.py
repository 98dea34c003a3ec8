#!/usr/bin/env python3
"""How often each reason for which a statement is given to a followed issue is right, and the probabilities that fit.

    assignment_reasons.py DOSSIER...

Each DOSSIER is a folder with ``dossier.toml``, ``reports.jsonl`` and ``gold.json``, read anew. Looked at are the
statements of its parties that the reader gave to one of its issues; one counts as right where gold names that party and
that issue with that report (positions, unchanged ones, changes, contradictions and waits). Who speaks of an issue need
not take a position on it, so that the share of right ones is a lower bound, for every reason alike. Fitted is therefore
in proportion: a name is taken to be right as often as `communique.reading.issues.assignments` has it, and the other
reasons as their shares stand to that of a name, each share drawn towards the one set by hand as by `PRIOR` statements.
Statements with a stance are told beside: of these gold should name nearly all.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from communique.collect.intake import take_in
from communique.ingest import gather
from communique.ingest.dossier import load_dossier
from communique.model import AssignmentReason
from communique.reading.issues.assignments import PROBABLE
from communique.record import Record
from communique.record.database.sql import ask
from communique.record.query.followed import followed_issues, followed_parties

PRIOR = 10
"""How many statements the probability that is set by hand counts for."""

Triple = tuple[str, str, str]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dossiers", nargs="+", type=Path)
    options = parser.parse_args()
    every: list[tuple[str, bool, bool]] = []
    for folder in options.dossiers:
        with tempfile.TemporaryDirectory() as place, Record.open(Path(place) / "r.db", create=True) as record:
            dossier = load_dossier(folder)
            record.follow(dossier.name, dossier.frame)
            take_in(record, gather([str(folder)]), lambda _: None)
            every += assigned(record, folder)
    print("\n".join(lines(every)))
    return 0


def assigned(record: Record, folder: Path) -> Iterator[tuple[str, bool, bool]]:
    """Yield the reason of each assignment to a dossier's issue, whether gold has it, and whether it takes a stance."""
    gold = triples(json.loads((folder / "gold.json").read_text("utf-8")))
    with record.reading() as connection:
        parties = {party.id: party.name for party in followed_parties(connection)}
        issues = {issue.id: issue.name for issue in followed_issues(connection)}
        rows = ask(
            connection,
            "SELECT i.party_root, i.issue_root, i.reason, i.stance, r.key FROM statement_issue i"
            " JOIN statement s ON s.id = i.statement_id JOIN report r ON r.id = s.report_id WHERE i.current = 1",
        )
    for row in rows:
        if row.party_root in parties and row.issue_root in issues and row.reason:
            named = parties[row.party_root], issues[row.issue_root], row.key
            yield row.reason, named in gold, row.stance is not None


def triples(gold: dict[str, Any]) -> frozenset[Triple]:
    """Return each party, issue and report that gold names together."""
    found: set[Triple] = set()
    for each in (*gold["positions"], *gold.get("unchanged", ()), *gold.get("waits", ())):
        party = each.get("party") or each.get("holder")
        found |= {(party, each["issue"], report) for report in each.get("reports", ())}
    for each in (*gold.get("changes", ()), *gold.get("contradictions", ())):
        reports = [*each.get("before", ()), *each.get("after", ()), *each.get("reports", ())]
        found |= {(each["party"], each["issue"], report) for report in _flat(reports)}
    return frozenset(found)


def _flat(reports: Iterable[Any]) -> Iterator[str]:
    for each in reports:
        yield from (each,) if isinstance(each, str) else _flat(each)


def lines(every: Iterable[tuple[str, bool, bool]]) -> Iterator[str]:
    """Yield the table: by reason, how many there are, how many of them are right, and what fits."""
    listed = list(every)
    count = Counter(reason for reason, _, _ in listed)
    right = Counter(reason for reason, is_right, _ in listed if is_right)
    stance = Counter(reason for reason, _, has in listed if has)
    both = Counter(reason for reason, is_right, has in listed if has and is_right)
    by_name = AssignmentReason.NAME.value
    base = right[by_name] / count[by_name] if count[by_name] else 0.0
    yield "| reason | statements | right (at least) | with a stance | right (at least) | set | fitted |"
    yield "|---|---|---|---|---|---|---|"
    for reason, is_set in PROBABLE.items():
        if reason is not AssignmentReason.JUDGED:
            n, ok = count[reason.value], right[reason.value]
            scale = PROBABLE[AssignmentReason.NAME] / base if base else 0.0
            fitted = min(0.95, (ok * scale + PRIOR * is_set) / (n + PRIOR))
            sure = stance[reason.value]
            shown = f"| `{reason.value}` | {n} | {_share(ok, n)} | {sure} | {_share(both[reason.value], sure)}"
            yield f"{shown} | {is_set:.2f} | {fitted:.2f} |"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"


if __name__ == "__main__":
    raise SystemExit(main())
