#!/usr/bin/env python
"""Kills Communique at random moments, and looks what has become of the record.

    benchmarks/kills.py [--kills 1000] [--minutes N] [--seed 1] [--postgresql] [--figures FILE] [--folder FOLDER]
                        [--from-scratch]

In turn `add`, `watch` (a feed on loopback), `judge`, `merge`, `import` and, on SQLite, `backup` run as processes of
their own, forked from one that has the model loaded, so that a kill meets work and not a start; `--from-scratch` starts
each as a user does. Each is killed (SIGKILL) at any moment of the time that it takes whole (from scratch: of the last
two thirds, as the first is starting up). After each kill the record is opened and looked through as `communique check`
does; what the command had told as kept must be there, once, and what was there before too. In a round each command is
killed twice, so that what was stopped is taken up and stopped again; then all are run to their end, and everything must
be there, once, and no actor may be left to be joined. After every six rounds, and at the end, a hand-over of the
record must make the same record again; then a new record is begun.

With `--figures FILE` the figures of each record are put into a file, and those of earlier runs that it holds are
counted in what is printed at the end, towards `--kills` too.

Prints how many kills met a command under way, how many of them after it had begun to write, and what was lost, doubled,
left unjoined or unsound; exit status 1 where anything was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sqlalchemy import func, select

from communique.record import Record
from communique.record.archive.whole_check import check
from communique.record.database import tables as t
from communique.record.resolution import unjoined
from forked import Forked, Nursery, Started

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import stores

REPORTS = 3
"""Of each command in each round."""

PASSES = 2
"""How often each command is killed in a round."""

ROUNDS = 6
"""With one record; an even number, as every second merge undoes the one before."""

COMMANDS = ("add", "watch", "judge", "merge", "import", "backup")
FAULTS = ("lost", "doubled", "unjoined", "unsound", "failed")
NAMES = ("Petrov", "Sato", "Lindqvist", "Okafor", "Moreau", "Haddad", "Novak", "Silva")


def text_of(source: str, number: int, place: int) -> str:
    """Return a report of our own: no two are alike, most share their speakers."""
    name = NAMES[(number + place) % len(NAMES)]
    return (
        f"Russia said on Monday that offer {source}-{number}-{place} would stand only if Japan changed course. "
        f"Foreign minister {name} of Japan said in round {number} that Tokyo had read the offer. "
        f"TASS reported that Moscow remained open to talks on the peace treaty."
    )


class Feed:
    """A feed on loopback; ``items`` are the texts that it has now."""

    def __init__(self) -> None:
        """Serve no item yet, on a free port."""
        self.items: list[tuple[str, str]] = []
        feed = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = feed.body()
                self.send_response(200)
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def body(self) -> bytes:
        """Return the feed as RSS."""
        items = "".join(
            f"<item><guid>{guid}</guid><title>Offer {guid}</title><description>{words}</description></item>"
            for guid, words in self.items
        )
        return f"<rss version='2.0'><channel><title>Fjord Post</title>{items}</channel></rss>".encode()

    @property
    def url(self) -> str:
        """Where the feed is."""
        return f"http://127.0.0.1:{self.server.server_address[1]}/rss"


@dataclass
class Run:
    """All that is known of one run: where it takes place, what must be in the record, what went wrong."""

    folder: Path
    feed: Feed
    rng: random.Random
    nursery: Nursery | None
    server: stores.PostgreSQL | None = None
    record: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    kept: dict[str, set[str]] = field(default_factory=dict)
    figures: Counter[str] = field(default_factory=Counter)

    @property
    def commands(self) -> tuple[str, ...]:
        """What is killed; PostgreSQL is backed up by its own tools."""
        return COMMANDS[:-1] if self.server else COMMANDS

    def begin(self) -> None:
        """Choose the place of the next record."""
        self.record = self.server.make() if self.server else str(self.folder / "communique.db")
        self.told, self.held = set(), set()

    def fault(self, kind: str, words: str) -> None:
        """Tell and count something that is wrong."""
        self.figures[kind] += 1
        print(f"{kind}: {words}", flush=True)


def arguments(run: Run, command: str, number: int, who: str) -> list[str]:
    """Return what a command of a round is called with."""
    with_record = ["--record", run.record]
    return {
        "add": ["add", "--json", f"add-{number}", *with_record],
        "watch": ["watch", "dossier", "--once", "--json", "--allow-loopback", *with_record],
        "judge": ["judge", "rus", "accept", "--by", who, *with_record],
        "merge": ["merge", "rus", "jpn", "--by", who, *(["--undo"] if number % 2 else []), *with_record],
        "import": ["import", f"import-{number}.jsonl", *with_record],
        "backup": ["backup", f"backup-{number}.db", *with_record],
    }[command]


def prepare(run: Run) -> None:
    """Write what is read: folders of reports, a dossier, hand-overs of another record."""
    (run.folder / "dossier").mkdir()
    dossier = f'communique = 1\nname = "Offers"\n[[feed]]\nurl = {json.dumps(run.feed.url)}\n'
    (run.folder / "dossier" / "dossier.toml").write_text(dossier, "utf-8")
    (run.folder / "other").mkdir()
    for number in range(ROUNDS):
        (run.folder / f"add-{number}").mkdir()
        for place in range(REPORTS):
            (run.folder / f"add-{number}" / f"add-{number}-{place}.txt").write_text(
                text_of("add", number, place), "utf-8"
            )
            (run.folder / "other" / f"import-{number}-{place}.txt").write_text(
                text_of("import", number, place), "utf-8"
            )
    whole(run, ["add", "other", "--record", "other.db"])
    whole(run, ["export", "--record", "other.db", "-o", "other.jsonl"])
    lines = (run.folder / "other.jsonl").read_text("utf-8").splitlines()
    common = [line for line in lines if json.loads(line)["type"] not in ("report", "merge", "judgement")]
    for number in range(ROUNDS):
        own = [line for line in lines if json.loads(line)["type"] == "report" and f"offer import-{number}-" in line]
        assert len(own) == REPORTS
        (run.folder / f"import-{number}.jsonl").write_text("\n".join([*common, *own]) + "\n", "utf-8")


def started(run: Run, words: Sequence[str]) -> Forked | Started:
    return run.nursery.start(words, run.folder) if run.nursery else Started(words, run.folder)


def whole(run: Run, words: Sequence[str]) -> tuple[int, str, str]:
    return started(run, words).wait()


def logged(run: Run) -> object:
    """What the log of the record was last, none where there is none: it tells that a command has begun to write."""
    if run.server:
        import psycopg

        with psycopg.connect(run.record) as connection:
            # The next transaction's number; one that only reads gets none.
            return connection.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())").fetchone()
    try:
        there = Path(f"{run.record}-wal").stat()
    except FileNotFoundError:
        return None
    return (there.st_mtime_ns, there.st_size)


def killed(run: Run, command: str, number: int, turn: int) -> None:
    """Run a command of a round, kill it at a random moment, and look what has become of the record."""
    before = logged(run)
    who = f"round-{number}-{turn}"
    process = started(run, arguments(run, command, number, who))
    first = 0.0 if run.nursery else run.seconds[command] / 3
    time.sleep(run.rng.uniform(first, run.seconds[command]))
    under_way = not process.ended()
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        under_way = False
    _, out, err = process.wait()
    run.figures["kills"] += 1
    run.figures["under way"] += under_way
    run.figures["writing had begun"] += under_way and (logged(run) not in (before, None) or command == "backup")
    if command in ("add", "watch"):
        run.told |= {json.loads(line)["report"] for line in out.splitlines() if line.endswith("}")}
    looked_at(run, f"{command} {number}")
    if command in ("judge", "merge"):
        signed(run, command, who, told=f"{who}: " in err)
    backup = run.folder / f"backup-{number}.db"
    if backup.exists() and list(check(backup)):
        run.fault("unsound", f"{backup.name} is there and damaged")


def signatures(run: Run, command: str, pattern: str) -> int:
    """How many verdicts or merges are by a name like this."""
    table = t.judgement if command == "judge" else t.merge
    with Record.open(run.record, read_only=True) as record, record.reading() as connection:
        return connection.scalar(select(func.count()).select_from(table).where(table.c.by.like(pattern))) or 0


def signed(run: Run, command: str, who: str, *, told: bool) -> None:
    count = signatures(run, command, who)
    if told and not count:
        run.fault("lost", f"{command} of {who}")
    if count > 1:
        run.fault("doubled", f"{command} of {who}")


def looked_at(run: Run, after: str) -> None:
    """The record opens, is sound, and has what it had and what was told; no text is there twice."""
    for finding in check(run.record):
        run.fault("unsound", f"after {after}: {finding.where}: {finding.what}")
    with Record.open(run.record) as record, record.reading() as connection:
        rows = connection.execute(
            select(t.report.c.key, t.report_version.c.text_sha256).join(
                t.report_version, t.report_version.c.report_id == t.report.c.id
            )
        ).all()
    keys = {row.key for row in rows}
    for key in sorted((run.told | run.held) - keys):
        run.fault("lost", f"after {after}: {key}")
    texts = Counter(row.text_sha256 for row in rows)
    for text, count in texts.items():
        if count > 1:
            run.fault("doubled", f"after {after}: the text {text[:8]}, {count} times")
    run.held = keys


def finished(run: Run, number: int, measured: bool) -> None:
    """Run all commands of a round to their end; then everything is there, once, and nothing is left to be joined."""
    for command in run.commands:
        if command in ("judge", "merge") and not measured and signatures(run, command, f"round-{number}-%"):
            continue
        (run.folder / f"backup-{number}.db").unlink(missing_ok=True)
        begun = time.monotonic()
        status, _, err = whole(run, arguments(run, command, number, f"round-{number}-{PASSES}"))
        if measured:
            run.seconds[command] = time.monotonic() - begun
        if status:
            run.fault("failed", f"{command} of round {number} run again: {err.strip()}")
    looked_at(run, f"round {number}")
    wanted = {
        hashlib.sha256(text_of(source, number, place).encode()).hexdigest()
        for source in ("add", "watch", "import")
        for place in range(REPORTS)
    }
    with Record.open(run.record, read_only=True) as record, record.reading() as connection:
        there = set(connection.scalars(select(t.report_version.c.text_sha256)))
        waiting = unjoined.waiting(connection, 100)
    for text in sorted(wanted - there):
        run.fault("lost", f"a text of round {number}: {text[:8]}")
    for key in waiting:
        run.fault("unjoined", key)
    (run.folder / f"backup-{number}.db").unlink(missing_ok=True)


def more(run: Run, asked: argparse.Namespace, begun: float) -> bool:
    """Whether another round is to be begun."""
    return bool(run.figures["kills"] < asked.kills and time.monotonic() - begun < asked.minutes * 60)


def one_round(run: Run, number: int, kills: int) -> None:
    """Kill each command, then run all to their end; the first with a record makes it, and nothing is killed."""
    run.feed.items = [
        (f"watch-{n}-{i}", text_of("watch", n, i))
        for n in range(max(0, number - 1), number + 1)
        for i in range(REPORTS)
    ]
    for turn in range(PASSES if number else 0):
        for command in run.commands:
            if run.figures["kills"] < kills:
                killed(run, command, number, turn)
    finished(run, number, measured=not number)


def handed_over(run: Run) -> None:
    """A record made of the hand-over hands over the same; then both are removed, and the next begins."""
    whole(run, ["export", "--record", run.record, "-o", "one.jsonl"])
    whole(run, ["import", "one.jsonl", "--record", "again.db"])
    whole(run, ["export", "--record", "again.db", "-o", "two.jsonl"])
    if (run.folder / "one.jsonl").read_bytes() != (run.folder / "two.jsonl").read_bytes():
        run.fault("unsound", "the record and what its hand-over makes are not the same")
    for name in ("communique.db", "again.db"):
        for path in run.folder.glob(f"{name}*"):
            path.unlink()
    run.figures["reports"] += len(run.held)
    run.figures["records"] += 1


@contextmanager
def place(given: str | None) -> Iterator[Path]:
    if given:
        Path(given).mkdir(parents=True)
        yield Path(given).resolve()
        return
    with tempfile.TemporaryDirectory(prefix="communique-kills-") as made:
        yield Path(made)


def earlier(figures: str | None) -> Counter[str]:
    """Return the sum of what earlier runs have put into a file of figures."""
    counts: Counter[str] = Counter()
    if figures and Path(figures).exists():
        for line in Path(figures).read_text("utf-8").splitlines():
            counts.update(json.loads(line))
    return counts


def kept(run: Run, figures: str | None, before: Counter[str]) -> Counter[str]:
    """Put into the file what a record has added to the figures; return a copy of these."""
    now = Counter(run.figures)
    if figures:
        with Path(figures).open("a", encoding="utf-8") as to:
            to.write(json.dumps({kind: now[kind] - before[kind] for kind in now}) + "\n")
    return now


def told_of(figures: Counter[str]) -> str:
    faults = [f"{figures[kind]} {kind}" for kind in FAULTS]
    met = f"{figures['under way']} under way, {figures['writing had begun']} of these when writing had begun"
    rest = f"{figures['reports']} reports in {figures['records']} records"
    parts = f"{figures['parts left']} unfinished backups left as .part"
    return f"{figures['kills']} kills, {met}; {', '.join(faults)}; {rest}, {parts}"


def all_rounds(run: Run, asked: argparse.Namespace) -> None:
    """Kill until there were as many as are asked for, or the time is over."""
    before = Counter(run.figures)
    begun = time.monotonic()
    while more(run, asked, begun):
        run.begin()
        for number in range(ROUNDS):
            if more(run, asked, begun):
                one_round(run, number, asked.kills)
        handed_over(run)
        for left in run.folder.glob(".*.part"):
            left.unlink()
            run.figures["parts left"] += 1
        before = kept(run, asked.figures, before)
        print(f"{time.monotonic() - begun:.0f} s: {told_of(run.figures)}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="begin no round after so many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgresql", action="store_true", help="on a server of its own, started for this")
    parser.add_argument("--figures", help="a file of figures to add to")
    parser.add_argument("--from-scratch", action="store_true", help="start each command as a user does")
    parser.add_argument("--folder", help="a new folder that stays; by default one that is removed")
    asked = parser.parse_args()
    # So that a server that was started is stopped too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with place(asked.folder) as folder, ExitStack() as stack:
        feed, nursery, server = Feed(), None, None
        if asked.postgresql:
            server = stack.enter_context(stores.postgresql())
        if not asked.from_scratch:
            (folder / "said").mkdir()
            nursery = stack.enter_context(closing(Nursery(folder / "said")))
        figures = earlier(asked.figures)
        run = Run(folder, feed, random.Random(asked.seed + figures["kills"]), nursery, server, figures=figures)
        prepare(run)
        all_rounds(run, asked)
    print(told_of(run.figures))
    return int(any(run.figures[kind] for kind in FAULTS))


if __name__ == "__main__":
    sys.exit(main())
