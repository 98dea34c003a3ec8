"""How long grouping wire copies takes as the record grows, how much memory, and how many planted copies it finds.

Reports of our own making go into a record on SQLite and through the index that `communique add` fills; they are not
read, and not indexed for search, so that only the grouping is timed. Of every ten reports two are planted copies of an
earlier one: lightly edited, cut to their first half, or with a paragraph of the outlet's own. One in fifty is a daily
report by a form, one in ten ends with its outlet's standing paragraph.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from sqlalchemy import Connection, insert, select, text

from communique.record import Record
from communique.record.archive.copies import regroup
from communique.record.database import tables as t

_BATCH = 500
_RECENT = 5000
_WORDS = 30_000
_SYLLABLES = tuple(re.findall("[a-z]+", "ka to mi re sol ven dar pi lo gu ter mon si fa bri cu ne ova hin sta"))
_FIRST_DAY = date(2005, 1, 1)


class Maker:
    """Makes reports, the same ones for the same seed: ``(text, published, planted kind, its original)``."""

    def __init__(self, seed: int) -> None:
        """Take the seed."""
        self.rng = random.Random(seed)
        self.words = ["".join(self.rng.choices(_SYLLABLES, k=self.rng.randint(1, 4))) for _ in range(_WORDS)]
        self.weights = list(accumulate(1 / (n + 3) for n in range(_WORDS)))
        self.standing = [self._words(45) for _ in range(200)]
        self.forms = [self._words(80) for _ in range(20)]
        self.recent: deque[tuple[int, str]] = deque(maxlen=_RECENT)

    def next(self, number: int) -> tuple[str, str, str, int]:
        """Make the report of this number."""
        published = (_FIRST_DAY + timedelta(days=number // 150)).isoformat()
        drawn = self.rng.random()
        if drawn < 0.2 and self.recent:
            original, words = self.rng.choice(self.recent)
            kind = self.rng.choice(["edited", "cut", "with a paragraph of its own"])
            return self._copied(words.split(" "), kind), published, kind, original
        if drawn < 0.22:
            return self._filled(self.rng.choice(self.forms)), published, "by a form", 0
        made = self._words(self.rng.randint(120, 260))
        self.recent.append((number, made))
        if drawn < 0.32:
            made = f"{made}\n\n{self.rng.choice(self.standing)}"
        return made, published, "", 0

    def _words(self, count: int) -> str:
        return " ".join(self.rng.choices(self.words, cum_weights=self.weights, k=count))

    def _filled(self, form: str) -> str:
        return " ".join(
            str(self.rng.randint(1, 9999)) if n % 6 == 5 else word for n, word in enumerate(form.split(" "))
        )

    def _copied(self, words: Sequence[str], kind: str) -> str:
        if kind == "cut":
            return " ".join(words[: len(words) // 2])
        if kind == "edited":
            edited = list(words)
            for place in self.rng.sample(range(len(words)), len(words) // 40):
                edited[place] = self.rng.choice(self.words)
            return " ".join(edited)
        return f"{' '.join(words[: len(words) * 2 // 3])}\n\n{self._words(60)}"


def _insert(connection: Connection, made: Sequence[tuple[int, str, str]]) -> None:
    """Add reports with one version each; their numbers are given."""
    stamp = "2026-01-01T00:00:00Z"
    reports = [
        {"id": n, "key": f"r{n}", "version_id": n, "published_at": day, "added_at": stamp, "voice": n, "copies": 0}
        for n, _, day in made
    ]
    versions = [
        {
            "id": n,
            "report_id": n,
            "number": 1,
            "text": words,
            "text_sha256": hashlib.sha256(words.encode()).hexdigest(),
            "came_from": "made",
            "added_at": stamp,
        }
        for n, words, _ in made
    ]
    connection.execute(insert(t.report), reports)
    connection.execute(insert(t.report_version), versions)


def _without_search(record: Record) -> None:
    with record.writing() as connection:
        named = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search_%'")
        for name in connection.scalars(named).all():
            connection.execute(text(f"DROP TRIGGER {name}"))


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def run(folder: Path, reports: int, versions: int, seed: int) -> None:
    """Fill a record in the folder, printing what each tenth of the reports cost."""
    maker = Maker(seed)
    planted: dict[int, tuple[str, int]] = {}
    with Record.open(folder / "communique.db", create=True) as record:
        _without_search(record)
        spent, busy, since, tenth = 0.0, 0.0, 0, max(_BATCH, reports // 10)
        for start in range(1, reports + 1, _BATCH):
            made = []
            for number in range(start, min(start + _BATCH, reports + 1)):
                words, published, kind, original = maker.next(number)
                made.append((number, words, published))
                if kind:
                    planted[number] = (kind, original)
            with record.writing() as connection:
                _insert(connection, made)
                began, busy_before = time.perf_counter(), time.process_time()
                for number, words, _ in made:
                    regroup(connection, number, words, None)
                spent += time.perf_counter() - began
                busy += time.process_time() - busy_before
            since += len(made)
            if since >= tenth or start + _BATCH > reports:
                wall, cpu = spent / since * 1000, busy / since * 1000
                print(
                    f"{start + len(made) - 1:>9,} reports  {wall:6.2f} ms each, {cpu:.2f} of it computing", flush=True
                )
                spent, busy, since = 0.0, 0.0, 0
        print(f"peak memory {_megabytes():,.0f} MB, file {_size(folder):,.0f} MB")
        _found(record, planted)
        _replace(record, maker, reports, versions)


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6


def _found(record: Record, planted: dict[int, tuple[str, int]]) -> None:
    """Print how many planted copies have their original's voice, and how many other reports were joined."""
    r = t.report.c
    total: Counter[str] = Counter(kind for kind, _ in planted.values())
    found: Counter[str] = Counter()
    with record.reading() as connection:
        copies = {row.id: row.voice for row in connection.execute(select(r.id, r.voice).where(r.copy_of.is_not(None)))}
    for number, (kind, original) in planted.items():
        found[kind] += copies.get(number, 0) == (original or copies.get(number))
    for kind in sorted(total):
        name = "reports by a form joined" if kind == "by a form" else f"copies found, {kind}"
        print(f"{name}: {found[kind]:,} of {total[kind]:,} ({found[kind] / total[kind]:.2%})")
    print(f"other reports joined: {sum(number not in planted for number in copies):,}")


def _replace(record: Record, maker: Maker, reports: int, versions: int) -> None:
    """Give some reports new texts, as new versions do, and print what that costs."""
    v = t.report_version.c
    spent = 0.0
    for number in maker.rng.sample(range(1, reports + 1), min(versions, reports)):
        words, *_ = maker.next(reports + number)
        with record.writing() as connection:
            former = connection.scalar(select(v.text).where(v.report_id == number))
            began = time.perf_counter()
            regroup(connection, number, words, former)
            spent += time.perf_counter() - began
    if versions:
        print(f"new versions: {spent / min(versions, reports) * 1000:.2f} ms each")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=20_000, help="how many reports (default: 20,000)")
    parser.add_argument("--versions", type=int, default=200, help="reports that get a new version at the end")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the record is made (default: a folder that is removed)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        run(Path(folder), args.reports, args.versions, args.seed)


if __name__ == "__main__":
    main()
