"""How well wire copies are told from independent reports: precision and recall on pairs of our own writing.

Prints, for a file of pairs, the figures with the thresholds in use, each pair that is decided wrongly, and, with
``--sweep``, the figures with others. The thresholds were chosen on tests/data/wire_pairs_tuned.toml alone.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.duplicates import shingles
from communique.duplicates.shingles import Shared, Shingled
from communique.duplicates.voices import WireReport, kind_between

DATA = Path(__file__).parents[1] / "tests" / "data"
FILES = (DATA / "wire_pairs_tuned.toml", DATA / "wire_pairs_held.toml")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, whether they are copies, and what makes it hard; ``indexed`` is how many keys they have in common."""

    names: tuple[str, str]
    kind: str
    copy: bool
    told: tuple[WireReport, WireReport]
    shared: Shared
    indexed: int

    @property
    def said(self) -> bool:
        """Whether they are taken for copies: found by the index, and measured as such."""
        return self.indexed >= 2 and kind_between(*self.told, self.shared) is not None


def texts(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts of a file of pairs by name, those that are made of others made."""
    return {name: _made(data["text"], name) for name in data["text"]}


def _made(entries: Mapping[str, Any], name: str) -> str:
    entry = entries[name]
    if "body" in entry:
        return str(entry["body"]).strip()
    paragraphs = str(entries[entry["of"]]["body"]).strip().split("\n\n")[: entry.get("paragraphs")]
    if "insert" in entry:
        paragraphs.insert(1, entry["insert"])
    text = "\n\n".join([*paragraphs, *([entry["tail"]] if "tail" in entry else [])])
    for old, new in entry.get("replace", []):
        if old not in text and "paragraphs" not in entry:
            raise ValueError(f"text {name}: there is no {old!r} in {entry['of']}")
        text = text.replace(old, new)
    return f"{entry.get('head', '')}{text}"


def pairs(path: Path) -> Iterator[Pair]:
    """Yield the pairs of a file, measured."""
    data = tomllib.loads(path.read_text("utf-8"))
    made = texts(data)
    for entry in data["pair"]:
        one, other = entry["texts"]
        first, second = Shingled(made[one]), Shingled(made[other])
        heads = [data["text"][name] for name in (one, other)]
        told = [WireReport(n, head["published"], head["outlet"], head.get("agency")) for n, head in enumerate(heads)]
        common = len(set(first.keys()) & set(second.keys()))
        shared = first.shared(second)
        yield Pair((one, other), entry["kind"], entry["copy"], (told[0], told[1]), shared, common)


def figures(found: list[Pair]) -> tuple[float, float]:
    """Return precision and recall."""
    right = sum(pair.said and pair.copy for pair in found)
    said, true = sum(pair.said for pair in found), sum(pair.copy for pair in found)
    return right / said if said else 1.0, right / true if true else 1.0


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=FILES, help="files of pairs (default: both of ours)")
    parser.add_argument("--sweep", action="store_true", help="try other thresholds too")
    parser.add_argument("--all", action="store_true", help="print every pair with its measures")
    args = parser.parse_args()
    for path in args.files:
        found = list(pairs(path))
        precision, recall = figures(found)
        print(f"{path.name}: {len(found)} pairs, {sum(p.copy for p in found)} copies", end="; ")
        print(f"precision {precision:.3f}, recall {recall:.3f}")
        for pair in found:
            if args.all or pair.said != pair.copy:
                s = pair.shared
                judged = "right" if pair.said == pair.copy else "WRONG"
                measures = f"jaccard {s.jaccard:.2f}, contained {s.contained:.2f}, {s.words} words, {pair.indexed} keys"
                print(f"  {judged} {'-'.join(pair.names)} ({pair.kind}): {measures}")
        if args.sweep:
            _sweep(found)


def _sweep(found: list[Pair]) -> None:
    for part in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
        for words in (20, 30, 40, 50):
            shingles.PART, shingles.LEAST_WORDS = part, words
            precision, recall = figures(found)
            print(f"  PART {part:.2f}, LEAST_WORDS {words}: precision {precision:.3f}, recall {recall:.3f}")


if __name__ == "__main__":
    main()
