"""Train the learned reader of attributions, and write its weights where asked to.

usage: fit_reader.py POLNEAR-TRAIN.jsonl [--dev POLNEAR-DEV.jsonl] [--cache FOLDER] [--epochs N] [--write]

It learns from the training part of PolNeAR (Newell et al. 2018) and, ``OWN`` times an epoch, from the seen part of
``benchmarks/reports``. After each epoch the figures on dev are printed, and weights and state are kept in the cache
folder: a run that was cut goes on from there. PolNeAR annotates no statement within a statement, so a word inside a
content counts little where the network takes it for a cue. ``--without 0/2`` leaves every second of our own reports
out, to find thresholds on the others.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import pickle
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # before NumPy is imported
    os.environ.setdefault(_name, "1")

import numpy as np

from communique.model import Report
from communique.reading.annotations import tokens_in
from communique.reading.attribution.candidates import Candidate
from communique.reading.attribution.learned.learned_candidates import candidate_of
from communique.reading.attribution.learned.tagger_features import (
    LISTED,
    Pairs,
    Seen,
    cue_root,
    described,
    pairs,
    seen,
    tokens_within,
)
from communique.reading.attribution.learned.tagger_model import FILE, Tagger, stored
from communique.reading.attribution.learned.tagger_network import TaggerNetwork, Weights, fresh
from communique.reading.attribution.selection import THRESHOLD, arrange, select
from communique.reading.pipeline import DEFAULT_MODEL, load, prepare
from communique.reading.protocols import Text
from communique.reading.segmentation.quotations import find_quotations
from communique.reading.tokens import Tokens
from gold_reports import load_part

TARGET = Path(__file__).resolve().parent.parent / "src/communique/lexicon" / FILE
WORD = re.compile(r"\w+")
OWN = 3
WITHIN = 0.2
"""What a word inside a content counts, where PolNeAR says that it is no cue."""
DROPPED, UNKNOWN = 0.25, 0.08
"""Shares of what is computed, and of the words, that training leaves out."""
RATE, WARM = 2e-3, 200
LEAST = {"word": 3, "suffix": 10, "tag": 1, "dep": 1, "shape": 10, "class": 1}

Vocabulary = dict[str, dict[str, int]]
Parsed = tuple[Tokens, list[dict[str, Any]]]


@dataclass(frozen=True)
class Lesson:
    """A text with what is right: its cues, what each word counts as a cue, and what the words beside them are."""

    text: Seen
    cue: Any
    weight: Any
    rows: Pairs
    labels: Any


def parse(report: Report) -> Tokens:
    """Parse one text with the model alone."""
    nlp = load(DEFAULT_MODEL).nlp
    off = [name for name in nlp.pipe_names if name.startswith("communique_") and name != "communique_paragraphs"]
    with nlp.select_pipes(disable=off), nlp.memory_zone():
        return tokens_in(nlp(prepare(nlp, report)))


def polnear(path: Path, cache: Path | None, most: int | None = None) -> list[Parsed]:
    """Parse a PolNeAR file, or load its cached parse; at most so many articles."""
    kept = cache / f"{path.stem}.pkl" if cache else None
    if kept and kept.exists():
        stored: list[Parsed] = pickle.loads(kept.read_bytes())
        return stored[:most]
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()[:most]]
    out = [(parse(Report(id=row["doc_id"], text=row["text"])), row["attributions"]) for row in rows]
    if kept and most is None:
        kept.write_bytes(pickle.dumps(out))
    return out


def own_reports() -> list[Parsed]:
    """Parse the seen part of our own annotated reports."""
    out: list[Parsed] = []
    for r in load_part("seen"):
        gold = [{"source": s.source, "cue": s.cue, "content": s.content} for s in r.statements]
        out.append((parse(Report(id=r.id, text=r.text, outlet=r.outlet, published=r.published)), gold))
    return out


def vocabulary_of(texts: Iterable[Tokens]) -> Vocabulary:
    """Return what is seen often enough, numbered from 1."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in LISTED}
    for tokens in texts:
        for name, words in described(tokens).items():
            counts[name].update(words)
    return {
        name: {word: k for k, word in enumerate(sorted(w for w, c in count.items() if c >= LEAST[name]), 1)}
        for name, count in counts.items()
    }


def lesson(tokens: Tokens, gold: Sequence[dict[str, Any]], vocabulary: Vocabulary, within: float) -> Lesson:
    """Return what is to be learned from a text."""
    text = seen(tokens, find_quotations(tokens), vocabulary)
    cue, weight = np.zeros(tokens.n, np.float32), np.ones(tokens.n, np.float32)
    weight[[i for i, pos in enumerate(tokens.pos) if pos == "SPACE"]] = 0
    parts: dict[int, tuple[list[int], ...]] = {}
    for row in gold:
        words = tuple(tokens_within(tokens, row[part]) for part in ("cue", "source", "content"))
        weight[words[2]] *= within
        if words[0] and words[2]:
            parts[cue_root(tokens, words[0])] = words
    heads = sorted(parts)
    cue[heads], weight[heads] = 1, 1
    rows = pairs(text, heads)
    labels = np.zeros(len(rows.token), np.int64)
    for k, head in enumerate(heads):
        first, last = rows.starts[k], rows.starts[k + 1]
        start, end = int(rows.token[first]), int(rows.token[last - 1]) + 1
        for label, part in zip((3, 2, 1), reversed(parts[head]), strict=True):
            labels[[int(first) + i - start for i in part if start <= i < end]] = label
    return Lesson(text, cue, weight, rows, labels)


def step(weights: Weights, one: Lesson, rng: Any) -> tuple[Weights, float, float]:
    """Return the gradients of one text, and what is lost on cues and on labels."""
    ids = dict(one.text.ids)
    ids["word"] = np.where(rng.random(one.text.n) < UNKNOWN, 0, ids["word"])
    text = Seen(
        one.text.n, ids, one.text.head, one.text.sentence, one.text.paragraph, one.text.quote, one.text.sentences
    )
    net = TaggerNetwork(weights, rng, DROPPED)
    vectors, back = net.encode(text)
    scores, back_cues = net.cues(vectors)
    likely = 1 / (1 + np.exp(-scores))
    count = float(one.weight.sum())
    lost_cue = -float((one.weight * np.log(np.where(one.cue > 0, likely, 1 - likely) + 1e-9)).sum()) / count
    given = back_cues((20 / count * one.weight * (likely - one.cue)).astype(np.float32))
    lost = 0.0
    if len(one.labels):
        out, back_labels = net.labels(vectors, one.rows)
        share = np.exp(out - out.max(1, keepdims=True))
        share /= share.sum(1, keepdims=True)
        here = np.arange(len(one.labels))
        lost = -float(np.log(share[here, one.labels] + 1e-9).mean())
        share[here, one.labels] -= 1
        share *= np.float32(10 / len(here))
        given = given + back_labels(share)
    back(given)
    return net.grads, lost_cue, lost


class Adam:
    """Adam with decoupled decay and clipping; ``state`` is what a run that goes on needs."""

    def __init__(self, weights: Weights, steps: int) -> None:
        """Start from nothing, for so many steps."""
        self.state: dict[str, Any] = {"step": 0}
        self.one = {name: np.zeros_like(w) for name, w in weights.items()}
        self.two = {name: np.zeros_like(w) for name, w in weights.items()}
        self.steps = steps

    def __call__(self, weights: Weights, gradients: Weights) -> None:
        """Move the weights."""
        self.state["step"] += 1
        k = self.state["step"]
        rate = RATE * min(k / WARM, 1.0) * max(1 - k / self.steps, 0.01)
        size = float(np.sqrt(sum(float((g * g).sum()) for g in gradients.values())))
        shrink = np.float32(min(1.0, 1.0 / (size + 1e-6)))
        for name, gradient in gradients.items():
            gradient *= shrink
            one, two, weight = self.one[name], self.two[name], weights[name]
            one += 0.1 * (gradient - one)
            gradient *= gradient
            two += 0.002 * (gradient - two)
            change = one / (1 - 0.9**k)
            change /= np.sqrt(two / (1 - 0.998**k)) + 1e-8
            if name.endswith(".W"):
                weight *= 1 - rate * 0.01
            weight -= np.float32(rate) * change


def train(lessons: list[Lesson], own: list[Lesson], weights: Weights, options: argparse.Namespace, report: Any) -> None:
    """Train the weights in place, an epoch after the other; what ``report`` is called with after each."""
    order_of = [*lessons, *(own * OWN)]
    adam = Adam(weights, options.epochs * len(order_of))
    begun = 0
    kept = options.cache / f"state-{options.name}.pkl" if options.cache else None
    if kept and kept.exists():
        begun, stored, adam.one, adam.two, adam.state = pickle.loads(kept.read_bytes())
        weights.update(stored)
    for epoch in range(begun, options.epochs):
        rng = np.random.default_rng((options.seed, epoch))
        started, lost = time.process_time(), np.zeros(2)
        for k in rng.permutation(len(order_of)):
            gradients, *both = step(weights, order_of[k], rng)
            adam(weights, gradients)
            lost += both
        lost /= len(order_of)
        took = time.process_time() - started
        print(f"epoch {epoch + 1}: lost {lost[0]:.4f} {lost[1]:.4f}, {took:.0f} s of processor", flush=True)
        if kept:
            kept.write_bytes(pickle.dumps((epoch + 1, weights, adam.one, adam.two, adam.state)))
        report(epoch + 1)


def found_in(tagger: Tagger, tokens: Tokens) -> list[tuple[float, Candidate]]:
    """Return what a tagger finds alone, each with how sure it is before it is calibrated."""
    text = Text(tokens, None, find_quotations(tokens))
    made = [(one.sure, candidate_of(text, one, 0.0)) for one in tagger(text).statements.values()]
    return [(sure, c) for sure, c in made if c is not None]


def words_of(tokens: Tokens, pieces: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Return where the words of some ranges start, marks left out."""
    return words_in(tokens.doc_text, [tokens.span(piece) for piece in pieces])


def words_in(text: str, spans: Iterable[Sequence[int]]) -> frozenset[int]:
    """Return where the words in some spans of characters start."""
    return frozenset(first + found.start() for first, last in spans for found in WORD.finditer(text[first:last]))


def figures(tagger: Tagger, parsed: Sequence[Parsed], threshold: float) -> dict[str, float]:
    """Return statement, content and exact F1 of the tagger alone, by the definition of the attribution scorer."""
    n: Counter[str] = Counter()
    for tokens, gold in parsed:
        found = arrange(tokens, select(found_in(tagger, tokens), threshold), frozenset())
        made = [(words_of(tokens, a.content), words_of(tokens, a.source)) for a in found]
        wanted = [tuple(words_in(tokens.doc_text, row[part]) for part in ("content", "source")) for row in gold]
        wanted = [row for row in wanted if row[0]]
        alike = sorted(
            ((-len(g[0] & p[0]) / len(g[0] | p[0]), i, j) for i, g in enumerate(wanted) for j, p in enumerate(made)),
        )
        taken: set[tuple[str, int]] = set()
        for share, i, j in alike:
            if share > -0.5 or ("gold", i) in taken or ("made", j) in taken:
                continue
            taken |= {("gold", i), ("made", j)}
            n["content"] += 1
            n["statement"] += not wanted[i][1] or bool(wanted[i][1] & made[j][1])
            n["exact"] += wanted[i][0] == made[j][0]
        nested = [a.parent is not None and made[j][0] <= made[a.parent][0] for j, a in enumerate(found)]
        n["all"] += len(wanted) + sum(("made", j) in taken or not inner for j, inner in enumerate(nested))
    return {name: round(200 * n[name] / max(1, n["all"]), 1) for name in ("statement", "content", "exact")}


def judged(tagger: Tagger, parsed: Sequence[Parsed]) -> list[tuple[int, float, bool]]:
    """Return for each statement its article, how sure the tagger was, and whether it is right.

    Left out are wrong ones inside a content, of which PolNeAR says nothing.
    """
    out: list[tuple[int, float, bool]] = []
    for at, (tokens, gold) in enumerate(parsed):
        wanted = [tuple(words_in(tokens.doc_text, row[part]) for part in ("content", "source")) for row in gold]
        for sure, c in found_in(tagger, tokens):
            content, source = words_of(tokens, c.content), words_of(tokens, c.source)
            right = any(2 * len(content & g) >= len(content | g) and (not s or s & source) for g, s in wanted)
            if right or not any(tokens.start[c.cue_head] in g for g, _ in wanted):
                out.append((at, sure, right))
    return out


def platt(rows: Sequence[tuple[int, float, bool]]) -> tuple[float, float]:
    """Fit Platt's (1999) sigmoid to the logit of how sure: (scale, shift)."""
    x = np.array([[math.log(p / (1 - p)), 1.0] for _, sure, _ in rows for p in [min(max(sure, 1e-4), 1 - 1e-4)]])
    y = np.array([right for *_, right in rows], float)
    weights = np.zeros(2)
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ weights))
        weights -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.eye(2), x.T @ (p - y) + weights)
    return round(float(weights[0]), 3), round(float(weights[1]), 3)


def calibrated(tagger: Tagger, parsed: Sequence[Parsed]) -> Tagger:
    """Return the tagger with its calibration, and print how far off each half is by the other half's."""
    rows = judged(tagger, parsed)
    forecast = []
    for half in (0, 1):
        scale, shift = platt([row for row in rows if row[0] % 2 != half])
        other = replace(tagger, statement=(scale, shift))
        forecast += [(other.calibrated(sure), right) for at, sure, right in rows if at % 2 == half]
    off = 0.0
    print("calibrated on the other half of dev: from, statements, mean forecast, share right")
    for k in range(10):
        inside = [(p, right) for p, right in forecast if k / 10 <= p < (k + 1) / 10 + (k == 9)]
        if inside:
            mean, share = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            off += abs(mean - share) * len(inside) / len(forecast)
            print(f"  {k / 10:.1f} {len(inside):5d} {mean:.3f} {share:.3f}")
    print(f"expected calibration error {off:.3f}")
    return replace(tagger, statement=platt(rows))


def main() -> None:
    """Train, print the curve, write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("train", type=Path)
    ap.add_argument("--dev", type=Path)
    ap.add_argument("--cache", type=Path)
    ap.add_argument("--epochs", type=int, default=12)
    ap.add_argument("--most", type=int, help="articles to learn from, for a try")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--without", default="")
    ap.add_argument("--name", default="reader")
    ap.add_argument("--write", action="store_true")
    options = ap.parse_args()
    if options.cache:
        options.cache.mkdir(parents=True, exist_ok=True)
    articles = polnear(options.train, options.cache, options.most)
    dev = polnear(options.dev, options.cache) if options.dev else []
    own = own_reports()
    if options.without:
        part, parts = map(int, options.without.split("/"))
        own = [row for k, row in enumerate(own) if k % parts != part]
    trained = trained_on(articles, own, dev, options)
    if dev:
        trained = calibrated(trained, dev)
    if options.write:
        TARGET.write_bytes(stored(trained))


def trained_on(articles: list[Parsed], own: list[Parsed], dev: list[Parsed], options: argparse.Namespace) -> Tagger:
    """Return a tagger trained on articles and our own reports, with the figures on dev printed after each epoch."""
    vocabulary = vocabulary_of(tokens for tokens, _ in (*articles, *own))
    lessons = [lesson(tokens, gold, vocabulary, WITHIN) for tokens, gold in articles]
    ours = [lesson(tokens, gold, vocabulary, 1.0) for tokens, gold in own]
    weights = fresh(vocabulary, options.seed)
    print(f"{len(lessons)} articles, {len(ours)} reports, {sum(w.size for w in weights.values())} weights", flush=True)

    def tagger() -> Tagger:
        return Tagger({name: w.copy() for name, w in weights.items()}, vocabulary, (1.0, 0.0))

    def report(epoch: int) -> None:
        if dev:
            print(f"  dev after {epoch}: {figures(tagger(), dev, THRESHOLD)}", flush=True)

    train(lessons, ours, weights, options, report)
    return tagger()


if __name__ == "__main__":
    main()
