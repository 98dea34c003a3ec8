"""One story on eighteen pages: are they one voice, and are the stories of others kept apart?

    .venv/bin/python benchmarks/wire_noise.py [--rounds N] [--stories N] [--seed N] [--show]

Takes texts of our own writing (tests/data/wire_pairs_*.toml, the bundled dossier, benchmarks/reports), and makes of
each what papers make of a dispatch: cut after some paragraphs or with one left out, another headline, a word here and
there, a paragraph of their own, and what pages leave in a text: menus, teasers of other stories, lines about cookies
and letters. All go through the record's own index on SQLite, in an order of no meaning, half without a date.

Beside them stand texts that share something without being copies: reports of the same events in other words, quotations
and standing paragraphs among them; and digests of two stories each, which may go with either and must not make one
voice of them (their own pairs do not count). Prints precision and recall by pairs, voices by story, and how often the
first hundred words of a long text are found.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from sqlalchemy import Connection, insert, select

from communique.duplicates.shingles import SURELY, Shingled
from communique.ingest.credits import read_credit
from communique.record import Record
from communique.record.archive.copies import regroup
from communique.record.database import tables as t
from wire_pairs import FILES, texts

DOSSIER = Path(__file__).parents[1] / "src" / "communique" / "dossiers" / "japan-russia" / "reports.jsonl"
REPORTS = Path(__file__).parent / "reports"
COPIES = 18
DIGEST = "a digest of two"
_LEAST_WORDS = 60
"""Words of a cutting; a story has twice as many."""

MENU = (
    "Home\nWorld\nPolitics\nBusiness\nOpinion\nSport\nSubscribe now\nSign in",
    "Latest news | Video | Podcasts | Newsletters\nShare this article\nFacebook\nWhatsApp\nCopy link",
    "Skip to main content\nMenu\nSearch\nWeather\nGames\nCrossword\nPuzzles",
)
TEASERS = (
    "More on this story\nThe budget and the farmers\nTen walks along the southern coast\nStorm leaves thousands dark",
    "Most read\nWhy the old bridge will not reopen\nHow to store apples\nCouncil names new harbour master",
    "Related\nA year on, the mill is still closed\nFerry fares to rise again in June",
)
LETTERS = (
    "We use cookies to give you the best of our site. By going on you accept our terms and our privacy notice.",
    "Our morning letter has all that matters in five minutes of reading. Sign up and have it before breakfast.",
    "Get unlimited access to every story for one pound a week. Cancel whenever you like, no questions asked.",
    "Do you have a view on what you have just read? Write to us with your name and town, and we may print it.",
)
HEADLINES = (
    "Talks hang by a thread",
    "Both sides wait for the other to move first",
    "No way out yet, say diplomats",
    "What was said, and what was not",
    "Officials dig in",
)


@dataclass(frozen=True)
class Made:
    """A page's text, the story that it was made from (None: it is nobody's copy), its date and its outlet."""

    text: str
    story: str | None
    published: str
    outlet: str


def stories() -> tuple[dict[str, str], list[Made]]:
    """Return texts to be copied, by name, and the texts of others, which are copies of none of them."""
    own: dict[str, str] = {}
    others: list[Made] = []
    for path in FILES:
        data = tomllib.loads(path.read_text("utf-8"))
        made, copied = texts(data), set[str]()
        joined = [entry["texts"] for entry in data["pair"] if entry["copy"]]
        for name, entry in data["text"].items():
            root = entry.get("of", name)
            alike = any(name in pair and set(pair) & set(own_names(own, path)) for pair in joined)
            if name == root and len(made[name].split()) >= 2 * _LEAST_WORDS and name not in copied and not alike:
                own[f"{path.stem}:{name}"] = made[name]
            elif "of" not in entry and not any(name in pair for pair in joined):
                others.append(Made(made[name], None, entry["published"], entry["outlet"]))
    for path in sorted((DOSSIER, *REPORTS.glob("*.toml"))):
        for made_text in _reports(path):
            key, text, published, outlet = made_text
            if any(Shingled(text).overlap(Shingled(known)).jaccard >= SURELY for known in own.values()):
                continue  # the dossier has a wire copy of its own
            if len(text.split()) >= 2 * _LEAST_WORDS and text.count("\n\n") >= 2:
                own[key] = text
            else:
                others.append(Made(text, None, published, outlet))
    return own, others


def _reports(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield key, text, date and outlet of the reports of a file."""
    rows: list[dict[str, str]]
    if path.suffix == ".toml":
        rows = [tomllib.loads(path.read_text("utf-8"))]
    else:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for n, row in enumerate(rows):
        yield f"{path.stem}:{n}", row["text"].strip(), row.get("published") or "", row.get("outlet") or ""


def own_names(own: dict[str, str], path: Path) -> Iterator[str]:
    """Yield the names of a file's texts among the stories."""
    return (key.partition(":")[2] for key in own if key.startswith(f"{path.stem}:"))


class Desk:
    """What a paper's desk, and its page, make of a dispatch."""

    def __init__(self, seed: int, words: list[str]) -> None:
        """Take words to put for others."""
        self.rng = random.Random(seed)
        self.words = words

    def page(self, text: str) -> str:
        """Return one page's text."""
        rng = self.rng
        body = self._edited(self._cut(text))
        paragraphs = body.split("\n\n")
        if rng.random() < 0.25:
            paragraphs.insert(rng.randint(1, len(paragraphs)), self._own_paragraph())
        if rng.random() < 0.3:
            paragraphs.insert(rng.randint(1, len(paragraphs)), rng.choice(TEASERS))
        body = "\n\n".join(paragraphs)
        parts = [
            *((rng.choice(MENU),) if rng.random() < 0.5 else ()),
            *((rng.choice(HEADLINES),) if rng.random() < 0.8 else ()),
            body,
            *rng.sample(LETTERS, rng.choice((0, 0, 1, 2))),
            *((rng.choice(TEASERS),) if rng.random() < 0.4 else ()),
        ]
        return "\n\n".join(parts)

    def digests(self, several: list[str]) -> Iterator[str]:
        """Yield what takes the larger half of two stories each: of one voice with either, but not both."""
        for one, other in zip(several[::2], several[1::2], strict=False):
            yield "\n\n".join((_opening(one), self._own_paragraph(), _opening(other)))

    def _own_paragraph(self) -> str:
        """Words that no other has in this order."""
        words = [word.strip('.,"“”') for word in self.rng.choices(self.words, k=self.rng.randint(25, 60))]
        return f"{' '.join(words)}."

    def _cut(self, text: str) -> str:
        """The text whole, its first paragraphs, or with one left out in the middle."""
        paragraphs = text.split("\n\n")
        chance = self.rng.random()
        if chance < 0.5:
            kept = paragraphs[: self.rng.randint(1, len(paragraphs))]
        elif chance < 0.7 and len(paragraphs) > 2:
            out = self.rng.randrange(1, len(paragraphs))
            kept = paragraphs[:out] + paragraphs[out + 1 :]
        else:
            kept = paragraphs
        while sum(len(each.split()) for each in kept) < _LEAST_WORDS and len(kept) < len(paragraphs):
            kept = paragraphs[: len(kept) + 1]
        return "\n\n".join(kept)

    def _edited(self, text: str) -> str:
        """One word in forty is another."""
        words = text.split(" ")
        for place in range(len(words)):
            if self.rng.random() < 1 / 40:
                words[place] = self.rng.choice(self.words)
        return " ".join(words)


def _opening(text: str) -> str:
    paragraphs = text.split("\n\n")
    return "\n\n".join(paragraphs[: -(-len(paragraphs) * 2 // 3)])


def run(record: Record, made: list[Made]) -> list[int]:
    """Add the pages; return the voice of each."""
    with record.writing() as connection:
        for number, each in enumerate(made, 1):
            _insert(connection, number, each)
            regroup(connection, number, each.text, None)
    with record.reading() as connection:
        rows = connection.execute(select(t.report.c.id, t.report.c.voice))
        voices = {row.id: row.voice for row in rows}
    return [voices[number] for number in range(1, len(made) + 1)]


def _insert(connection: Connection, number: int, made: Made) -> None:
    stamp = "2026-01-01T00:00:00Z"
    credit = read_credit(made.text)
    row = {"id": number, "key": f"r{number}", "version_id": number, "published_at": made.published, "added_at": stamp}
    row |= {"voice": number, "copies": 0, "outlet": made.outlet, "agency": credit.agency}
    connection.execute(insert(t.report), [row])
    version = {
        "id": number,
        "report_id": number,
        "number": 1,
        "text": made.text,
        "came_from": "made",
        "added_at": stamp,
    }
    version["text_sha256"] = hashlib.sha256(made.text.encode()).hexdigest()
    connection.execute(insert(t.report_version), [version])


def parts_found(own: dict[str, str], others: list[Made], rng: random.Random, tries: int = 400) -> float:
    """Return how often the index finds the first hundred words of a text of some 10,000 as that text's copy."""
    pool = [*own.values(), *(each.text for each in others)]
    found = 0
    for _ in range(tries):
        words = re.findall(r"[\w’-]+", " ".join(rng.sample(pool, len(pool))))
        # Words of other texts are put between, so that no two long texts are alike.
        long = " ".join(rng.choice(words) if rng.random() < 0.2 else word for word in (words * 3)[:10_000])
        part = " ".join(long.split()[:100])
        found += len(set(Shingled(long).keys()) & set(Shingled(part).keys())) >= 2
    return found / tries


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3, help="times that all pages are made anew (default: 3)")
    parser.add_argument("--stories", type=int, default=0, help="take every n-th story alone (default: all)")
    parser.add_argument("--show", action="store_true", help="print the pages that are joined wrongly or stand apart")
    options = parser.parse_args()
    own, others = stories()
    if options.stories:
        own = dict(list(own.items())[:: options.stories])
    words = sorted({word for text in own.values() for word in text.split()})
    right = said = true = whole = voices = 0
    for turn in range(options.rounds):
        desk = Desk(options.seed + turn, words)
        made = list(others)
        for name, text in own.items():
            for n in range(COPIES):
                day = "" if desk.rng.random() < 0.5 else f"2023-10-{4 + n % 3:02}"
                made.append(Made(desk.page(text), name, day, f"Outlet {len(made)}"))
        made += [Made(each, DIGEST, "", f"Digest {n}") for n, each in enumerate(desk.digests(list(own.values())))]
        desk.rng.shuffle(made)
        with tempfile.TemporaryDirectory() as folder, Record.open(Path(folder) / "n.db", create=True) as record:
            found = run(record, made)
        told = [(page, voice) for page, voice in zip(made, found, strict=True) if page.story != DIGEST]
        for (one, at), (other, there) in combinations(told, 2):
            alike, together = one.story is not None and one.story == other.story, at == there
            right, said, true = right + (alike and together), said + together, true + alike
            if options.show and together and not alike:
                print(f"--- joined: {one.story} {one.outlet}\n{one.text[:300]}")
                print(f"--- with: {other.story} {other.outlet}\n{other.text[:300]}")
        for name in own:
            of_story = {at for each, at in zip(made, found, strict=True) if each.story == name}
            voices, whole = voices + len(of_story), whole + (len(of_story) == 1)
    number = len(own) * options.rounds
    print(f"{number} stories on {COPIES} pages each, {len(others)} other texts")
    print(f"pairs: precision {right / said:.4f}, recall {right / true:.4f}")
    print(f"voices of a story: {voices / number:.2f}; one voice: {whole} of {number}")
    print(f"first hundred words of 10,000 found: {parts_found(own, others, random.Random(options.seed)):.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
