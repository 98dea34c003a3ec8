#!/usr/bin/env python
"""All that writes at once over one record: is anything lost, doubled, refused or left unjoined?

    benchmarks/at_once.py [--postgresql] [--adds 3]

Several `add` (two of them of the same reports), `watch` (a feed on loopback), `import`, `judge`, `merge` and, on
SQLite, `backup` run side by side, while a desk (`serve`) takes sixty verdicts by POST and shows its pages to two
readers. At the end everything must be there, once; `check` must find the record and each backup sound; and a hand-over
must make the same record again. Prints what went wrong; exit status 1 where anything did.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import itertools
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from communique.record import Record
from communique.record.database import tables as t
from communique.record.resolution import unjoined
from forked import Forked, Nursery
from kills import Feed, text_of

PAGES = (
    *("/", "/statements", "/actors", "/issues", "/reports", "/actors/rus", "/judge", "/network", "/conditions.csv"),
    *("/api/v1/facets", "/statements?text=offer"),
)
POSTS = 60
TURNS = 6
"""Of those who judge, merge and back up."""


@dataclass
class Desk:
    """A running desk, what was posted to it, and how often it answered with which status."""

    process: subprocess.Popen[bytes]
    port: int
    posted: list[str] = field(default_factory=list)
    answered: Counter[tuple[str, int]] = field(default_factory=Counter)
    done: threading.Event = field(default_factory=threading.Event)

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, bytes]:
        """Return the status and the body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        with closing(connection):
            headers = {"Content-Type": "application/json"} if body is not None else {}
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            data = answer.read()
        self.answered[method, answer.status] += 1
        return answer.status, data

    def post(self, keys: list[str]) -> None:
        """Judge these statements, one after another."""
        for number in range(POSTS):
            note, verdict = f"note {number}", "accept" if number % 3 else "reject"
            verdict_on = {"kind": "statement", "key": keys[number % len(keys)], "verdict": verdict, "note": note}
            if self.ask("POST", "/api/v1/judgements", verdict_on)[0] == http.HTTPStatus.CREATED:
                self.posted.append(note)

    def read(self, seed: int) -> None:
        """Look at page after page until all is done."""
        rng = random.Random(seed)
        while not self.done.is_set():
            self.ask("GET", rng.choice(PAGES))


def write_reports(folder: Path, adds: int) -> tuple[Feed, set[str]]:
    """Write what is read; return the feed, and the hashes of all texts."""
    feed = Feed()
    (folder / "dossier").mkdir()
    told = f'communique = 1\nname = "Offers"\n[[feed]]\nurl = {json.dumps(feed.url)}\n'
    (folder / "dossier" / "dossier.toml").write_text(told, "utf-8")
    texts = []
    for source, number in [("first", 0), ("both", 0), ("import", 0), *(("add", n) for n in range(adds))]:
        (folder / f"{source}-{number}").mkdir()
        for place in range(5):
            texts.append(text_of(source, number, place))
            (folder / f"{source}-{number}" / f"{place}.txt").write_text(texts[-1], "utf-8")
    feed.items = [(f"watch-{n}", text_of("watch", 0, n)) for n in range(5)]
    texts += [words for _, words in feed.items]
    return feed, {hashlib.sha256(text.encode()).hexdigest() for text in texts}


def serving(record: str, folder: Path) -> Desk:
    """Start a desk."""
    command = [sys.executable, "-m", "communique", "serve", "--record", record, "--port", "0", "--by", "web"]
    log = folder / "serve.err"
    with log.open("wb") as to:
        process = subprocess.Popen(command, cwd=folder, stderr=to)
    while (found := re.search(r":(\d+)/", log.read_text())) is None:
        if process.poll() is not None:
            raise RuntimeError(log.read_text())
        time.sleep(0.1)
    return Desk(process, int(found[1]))


def all_at_once(nursery: Nursery, record: str, folder: Path, desk: Desk, adds: int) -> list[str]:
    """Run everything; return what failed."""

    def start(*words: str) -> tuple[str, Forked]:
        return words[0], nursery.start([*words, "--record", record], folder)

    keys = [row["statement"] for row in json.loads(desk.ask("GET", "/api/v1/statements?limit=50")[1])["rows"]]
    readers = [threading.Thread(target=desk.read, args=(seed,)) for seed in range(2)]
    poster = threading.Thread(target=desk.post, args=(keys,))
    running = [start("add", f"add-{n}") for n in range(adds)]
    running += [start("add", "both-0"), start("add", "both-0"), start("import", "other.jsonl")]
    running.append(start("watch", "dossier", "--once", "--allow-loopback"))
    for thread in (*readers, poster):
        thread.start()
    for turn in range(TURNS):
        running.append(start("judge", "rus", "accept", "--by", f"turn-{turn}"))
        running.append(start("merge", "rus", "jpn", "--by", f"turn-{turn}"))
        if "://" not in record:
            running.append(start("backup", f"backup-{turn}.db"))
        time.sleep(1)
    ended = [(name, *each.wait(1200)) for name, each in running]
    poster.join()
    desk.done.set()
    for thread in readers:
        thread.join()
    # Of those who merge the two all but the first are told that they are one already.
    return [f"{name}: {err.strip()}" for name, status, _, err in ended if status and "one already" not in err]


def looked_through(nursery: Nursery, record: str, folder: Path, desk: Desk, texts: set[str]) -> list[str]:
    """Return what is wrong with the record, its backups and its hand-over."""

    def run(*words: str) -> tuple[int, str, str]:
        return nursery.start(words, folder).wait()

    with Record.open(record, read_only=True) as opened, opened.reading() as connection:
        held = Counter(connection.scalars(select(t.report_version.c.text_sha256)))
        notes = Counter(connection.scalars(select(t.judgement.c.note)))
        by = Counter(connection.scalars(select(t.judgement.c.by)))
        waiting = unjoined.waiting(connection, 100)
    wrong = [f"lost: {text[:8]}" for text in texts - set(held)]
    wrong += [f"doubled: {text[:8]}" for text, count in held.items() if count > 1]
    wrong += [f"a verdict is there {notes[note]} times: {note}" for note in desk.posted if notes[note] != 1]
    wrong += [f"a verdict is there {by[who]} times: {who}" for n in range(TURNS) if by[who := f"turn-{n}"] != 1]
    wrong += [f"unjoined: {key}" for key in waiting]
    wrong += [f"answered with {status}" for _, status in desk.answered if status >= http.HTTPStatus.BAD_REQUEST]
    for place in itertools.chain([record], map(str, folder.glob("backup-*.db"))):
        status, out, err = run("check", "--record", place)
        wrong += [f"unsound: {out}{err}"] if status else []
    for words in (
        ("export", "--record", record, "-o", "one.jsonl"),
        ("import", "one.jsonl", "--record", "again.db"),
        ("export", "--record", "again.db", "-o", "two.jsonl"),
    ):
        status, _, err = run(*words)
        wrong += [f"{words[0]}: {err}"] if status else []
    same = (folder / "one.jsonl").read_bytes() == (folder / "two.jsonl").read_bytes()
    return wrong if same else [*wrong, "the hand-over made another record"]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--postgresql", action="store_true", help="on a server of its own, started for this")
    parser.add_argument("--adds", type=int, default=3)
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="communique-at-once-")))
        record = str(folder / "communique.db")
        if asked.postgresql:
            sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
            from stores import postgresql

            record = stack.enter_context(postgresql()).make()
        (folder / "said").mkdir()
        nursery = stack.enter_context(closing(Nursery(folder / "said")))
        _, texts = write_reports(folder, asked.adds)
        for words in (("add", "first-0", "--record", record), ("add", "import-0", "--record", "other.db")):
            nursery.start(words, folder).wait()
        nursery.start(("export", "--record", "other.db", "-o", "other.jsonl"), folder).wait()
        desk = serving(record, folder)
        stack.callback(desk.process.wait)
        stack.callback(desk.process.terminate)
        wrong = all_at_once(nursery, record, folder, desk, asked.adds)
        wrong += looked_through(nursery, record, folder, desk, texts)
    told = ", ".join(f"{count} {method} answered {status}" for (method, status), count in sorted(desk.answered.items()))
    print(*wrong, f"{len(wrong)} wrong; {len(texts)} reports, {told}", sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
