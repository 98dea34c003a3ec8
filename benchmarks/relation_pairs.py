#!/usr/bin/env python3
"""How often the analyses tell right what one report is to another: precision and recall of each class.

Every pair of short texts of our own writing (tests/data/pairs_PART.toml) is read and put into an
empty record of its own; `contradictions` and `changes` are asked about it as the commands ask. What they say of the two
reports is held against the class that the writer of the pair gave it.

    benchmarks/relation_pairs.py                 # all parts
    benchmarks/relation_pairs.py --part seen --errors
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.analysis.changes import REAL, ChangeKind, changes
from communique.analysis.contradictions import contradictions
from communique.model import Report
from communique.reading.pipeline import read
from communique.record import Record

DATA = Path(__file__).resolve().parents[1] / "tests" / "data"
PARTS = ("seen", "later", "held")
CLASSES = ("contradiction", "change", "rewording", "disagreement", "unrelated")
LEAST = 0.4
"""The confidence below which the commands show nothing either."""


@dataclass(frozen=True)
class Pair:
    """Two reports, and what the writer says that the second is to the first."""

    relation: str
    first: Report
    second: Report


def load(part: str) -> list[Pair]:
    """Return the pairs of a part, one of `PARTS`."""
    entries = tomllib.loads((DATA / f"pairs_{part}.toml").read_text(encoding="utf-8"))["pair"]
    found = []
    for number, entry in enumerate(entries):
        first, second = (Report(f"{part}-{number}-{name}", **entry[name]) for name in ("first", "second"))
        found.append(Pair(entry["class"], first, second))
    return found


def judge(pair: Pair, where: Path) -> str:
    """Return the class that the analyses give the pair, in the record at ``where``, which is to be empty."""
    with Record.open(where) as record:
        for report in (pair.first, pair.second):
            record.add(record.place(report), read(report))
        with record.reading() as connection:
            clashes = contradictions(connection, least=LEAST)
            changed = changes(connection, kinds=ChangeKind, least=LEAST)
    if any(item.kind != "disagreement" for item in clashes):
        return "contradiction"
    if any(item.kind in REAL for item in changed):
        return "change"
    if clashes:
        return "disagreement"
    same = {ChangeKind.REWORDING, ChangeKind.UNCHANGED, ChangeKind.OTHER_REPORT}
    return "rewording" if any(item.kind in same for item in changed) else "unrelated"


def judge_all(pairs: Sequence[Pair]) -> list[str]:
    """Return the classes of all pairs, each in a record of its own."""
    with tempfile.TemporaryDirectory() as folder:
        empty, own = Path(folder, "empty.db"), Path(folder, "own.db")
        with Record.open(empty, create=True):
            pass
        found = []
        for pair in pairs:
            for left in Path(folder).glob("own.db*"):
                left.unlink()
            shutil.copy(empty, own)
            found.append(judge(pair, own))
        return found


def figures(pairs: Sequence[Pair], given: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return precision and recall of each class in per cent, and the share of all that is right."""
    hits = Counter(pair.relation for pair, relation in zip(pairs, given, strict=True) if pair.relation == relation)
    told, true = Counter(given), Counter(pair.relation for pair in pairs)
    table = {
        name: {
            "precision": 100 * hits[name] / told[name] if told[name] else 0.0,
            "recall": 100 * hits[name] / true[name] if true[name] else 0.0,
            "pairs": true[name],
        }
        for name in CLASSES
    }
    return {**table, "all": {"right": 100 * hits.total() / len(pairs), "pairs": len(pairs)}}


def _print(part: str, table: dict[str, dict[str, float]]) -> None:
    print(f"{part} ({table['all']['pairs']} pairs)   precision  recall")
    for name in CLASSES:
        print(f"  {name:<18} {table[name]['precision']:9.1f} {table[name]['recall']:8.1f}")
    print(f"  right of all       {table['all']['right']:9.1f}")


def main() -> None:
    """Read the pairs and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, help="one part alone")
    parser.add_argument("--errors", action="store_true", help="print the pairs of the seen part that are judged wrong")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    asked = parser.parse_args()
    tables: dict[str, Any] = {}
    for part in [asked.part] if asked.part else PARTS:
        pairs = load(part)
        given = judge_all(pairs)
        tables[part] = figures(pairs, given)
        if not asked.json:
            _print(part, tables[part])
        for pair, relation in zip(pairs, given, strict=True):
            if asked.errors and part == "seen" and relation != pair.relation:
                print(f"\n{pair.relation}, judged {relation}\n  {pair.first.text}\n  {pair.second.text}")
    if asked.json:
        print(json.dumps(tables, indent=2))


if __name__ == "__main__":
    main()
