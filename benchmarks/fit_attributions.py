"""Fit the weights of the attribution model and write them to the lexicon, with their calibration to stdout.

usage: fit_attributions.py POLNEAR-TRAIN.jsonl [--dev POLNEAR-DEV.jsonl] [--cache FOLDER] [--write]

The candidates that the rules propose are labelled by the gold: right where content overlaps by half (token Jaccard)
and the sources share a token. Learned from: the training part of PolNeAR (Newell et al. 2018), and the seen part of
``benchmarks/reports``, each of whose candidates counts ``OWN`` times. PolNeAR annotates no statement within a
statement, so a wrong candidate inside a right content is left out rather than taken for a mistake.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from communique.model import Report
from communique.reading.annotations import tokens_in
from communique.reading.attribution.candidates import speech_tokens
from communique.reading.attribution.extractor import candidates_of
from communique.reading.attribution.scorer import features_digest, features_of
from communique.reading.attribution.selection import arrange, select
from communique.reading.coreference.resolver import resolve_entities
from communique.reading.entities.extractor import find_named
from communique.reading.pipeline import DEFAULT_MODEL, load, prepare
from communique.reading.protocols import Even, Text
from communique.reading.segmentation.quotations import find_quotations
from communique.reading.tokens import Tokens
from gold_reports import load_part

OWN = 3.0
TARGET = Path(__file__).resolve().parent.parent / "src/communique/lexicon/attribution_weights.json"
TOKEN = re.compile(r"\w+")


@dataclass(frozen=True)
class Example:
    """A parsed text with its gold: content and source token starts."""

    report: Report
    tokens: Tokens
    gold: list[tuple[frozenset[int], frozenset[int]]]
    own: bool


def words_in_spans(text: str, spans: Iterable[Any]) -> frozenset[int]:
    """Return the starts of the word tokens in some spans."""
    return frozenset(m.start() + s for s, e in spans for m in TOKEN.finditer(text[s:e]))


def polnear(path: Path, cache: Path | None) -> list[Example]:
    """Parse a PolNeAR file, or load its cached parse."""
    kept = cache / f"{path.stem}.pickle" if cache else None
    if kept and kept.exists():
        stored: list[Example] = pickle.loads(kept.read_bytes())
        return stored
    out = []
    for line in path.read_text("utf-8").splitlines():
        doc = json.loads(line)
        gold = [
            (words_in_spans(doc["text"], a["content"]), words_in_spans(doc["text"], a["source"]))
            for a in doc["attributions"]
        ]
        out.append(example(Report(id=doc["doc_id"], text=doc["text"]), [g for g in gold if g[0]], own=False))
    if kept:
        kept.write_bytes(pickle.dumps(out))
    return out


def own_reports() -> list[Example]:
    """Parse the seen part of our own annotated reports."""
    out = []
    for r in load_part("seen"):
        gold = [(words_in_spans(r.text, s.content), words_in_spans(r.text, s.source)) for s in r.statements]
        out.append(example(Report(id=r.id, text=r.text, outlet=r.outlet, published=r.published), gold, own=True))
    return out


def example(report: Report, gold: list[tuple[frozenset[int], frozenset[int]]], own: bool) -> Example:
    """Parse one text with the model alone."""
    nlp = load(DEFAULT_MODEL).nlp
    with nlp.select_pipes(
        disable=[
            name for name in nlp.pipe_names if name.startswith("communique_") and (name != "communique_paragraphs")
        ]
    ):
        return Example(report, tokens_in(nlp(prepare(nlp, report))), gold, own)


def rows(ex: Example, training: bool) -> Iterator[tuple[Any, list[str], int]]:
    """Yield each candidate with its features and label, also those that the extractor leaves out at sight."""
    tokens, text = ex.tokens, ex.report.text
    quotations = find_quotations(tokens)
    unread = Text(tokens, ex.report, quotations)
    named = find_named(unread)
    entities = resolve_entities(unread, named, Even()(unread, named))
    quoted = speech_tokens(quotations)
    for c in candidates_of(tokens, quotations):
        content = words_in_spans(text, [tokens.span(p) for p in c.content])
        source = words_in_spans(text, [tokens.span(p) for p in c.source])
        right = any(
            2 * len(content & g) >= len(content | g) and (not s or s & source) for g, s in ex.gold if g & content
        )
        if training and not right and not ex.own and tokens.tag[c.cue_head] != "VB":
            cue = tokens.start[c.cue_head]
            if any(content < g and cue in g for g, _ in ex.gold):
                continue
        yield c, features_of(tokens, c, quoted, entities), int(right)


def matrix(data: list[list[tuple[Any, list[str], int]]], index: dict[str, int]) -> Any:
    """Lay features out as a sparse 0/1 matrix."""
    indices: list[int] = []
    pointers = [0]
    for document in data:
        for _, features, _ in document:
            indices += sorted({index[f] for f in features if f in index})
            pointers.append(len(indices))
    return sparse.csr_matrix((np.ones(len(indices)), indices, pointers), shape=(len(pointers) - 1, len(index)))


def score(
    examples: list[Example], data: list[list[tuple[Any, list[str], int]]], p: Any, threshold: float
) -> dict[str, Any]:
    """Statement, content and exact F1 by the definition of the attribution scorer."""
    n: Counter[str] = Counter()
    at = 0
    for ex, document in zip(examples, data, strict=True):
        rated = [(float(p[at + i]), row[0]) for i, row in enumerate(document)]
        at += len(document)
        text, tokens = ex.report.text, ex.tokens
        found = arrange(tokens, select(rated, threshold), frozenset())
        pred = [
            (
                words_in_spans(text, [tokens.span(x) for x in a.content]),
                words_in_spans(text, [tokens.span(x) for x in a.source]),
            )
            for a in found
        ]
        pairs = sorted(
            (
                (len(g[0] & q[0]) / len(g[0] | q[0]), i, j)
                for i, g in enumerate(ex.gold)
                for j, q in enumerate(pred)
                if g[0] & q[0]
            ),
            key=lambda x: (-x[0], x[1], x[2]),
        )
        used_g: set[int] = set()
        used_p: set[int] = set()
        for overlap, i, j in pairs:
            if overlap < 0.5:
                break
            if i in used_g or j in used_p:
                continue
            used_g.add(i)
            used_p.add(j)
            n["content"] += 1
            n["statement"] += not ex.gold[i][1] or bool(ex.gold[i][1] & pred[j][1])
            n["exact"] += ex.gold[i][0] == pred[j][0]
        n["gold"] += len(ex.gold)
        for j, a in enumerate(found):
            n["pred"] += j in used_p or a.parent is None or not pred[j][0] <= pred[a.parent][0]
    total = max(1, n["gold"] + n["pred"])
    return {k: round(200 * n[k] / total, 1) for k in ("statement", "content", "exact")} | {
        "P": round(100 * n["statement"] / max(1, n["pred"]), 1),
        "R": round(100 * n["statement"] / max(1, n["gold"]), 1),
    }


def calibration(model: Any, index: dict[str, int], dev: list[Example]) -> tuple[float, float]:
    """Fit Platt's (1999) sigmoid to the scores of held-out candidates: (scale, shift)."""
    held = [list(rows(ex, training=True)) for ex in dev]
    scores = model.decision_function(matrix(held, index)).reshape(-1, 1)
    platt = LogisticRegression(C=1e6).fit(scores, [r[2] for document in held for r in document])
    return round(float(platt.coef_[0][0]), 3), round(float(platt.intercept_[0]), 3)


def reliability(p: Any, y: Any) -> list[tuple[str, int, float, float]]:
    """Say for each tenth of probability how many candidates it holds, the mean forecast and the share right."""
    out = []
    for k in range(10):
        mask = (p >= k / 10) & (p < (k + 1) / 10 + (k == 9))
        if mask.sum():
            forecast, right = round(float(p[mask].mean()), 3), round(float(y[mask].mean()), 3)
            out.append((f"{k / 10:.1f}", int(mask.sum()), forecast, right))
    return out


def main() -> None:
    """Fit, print figures, and write the weights where asked to."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("train", type=Path)
    ap.add_argument("--dev", type=Path)
    ap.add_argument("--cache", type=Path)
    ap.add_argument("--strength", type=float, default=0.3, help="inverse of the L2 penalty")
    ap.add_argument("--own", type=float, default=OWN, help="weight of a candidate of our own reports")
    ap.add_argument("--write", action="store_true")
    args = ap.parse_args()
    own = own_reports()
    train = polnear(args.train, args.cache) + (own if args.own else [])
    data = [list(rows(ex, training=True)) for ex in train]
    counts = Counter(f for document in data for row in document for f in set(row[1]))
    names = sorted(f for f, k in counts.items() if k >= 4)
    index = {f: i for i, f in enumerate(names)}
    y = np.array([row[2] for document in data for row in document])
    weight = np.array([args.own if ex.own else 1.0 for ex, document in zip(train, data, strict=True) for _ in document])
    model = LogisticRegression(C=args.strength, max_iter=400, fit_intercept=False, solver="liblinear")
    model.fit(matrix(data, index), y, sample_weight=weight)
    print(f"{len(y)} candidates, {y.mean():.3f} right, {len(names)} features")
    dev = polnear(args.dev, args.cache) if args.dev else []
    scale, shift = calibration(model, index, dev) if dev else (1.0, 0.0)
    print(f"calibration on dev: scale {scale}, shift {shift}")
    for name, examples in (("dev", dev), ("own, seen", own)):
        if not examples:
            continue
        held = [list(rows(ex, training=False)) for ex in examples]
        p = 1 / (1 + np.exp(-(scale * model.decision_function(matrix(held, index)) + shift)))
        for threshold in (0.3, 0.35, 0.4, 0.45, 0.5):
            print(name, threshold, score(examples, held, p, threshold))
    if dev:
        held = [list(rows(ex, training=True)) for ex in dev]
        p = 1 / (1 + np.exp(-(scale * model.decision_function(matrix(held, index)) + shift)))
        print("calibrated forecasts on dev: from, candidates, mean forecast, share right")
        for row in reliability(p, np.array([r[2] for document in held for r in document])):
            print(" ", *row)
    if args.write:
        weights = {f: round(float(v), 3) for f, v in zip(names, model.coef_[0], strict=True) if abs(v) >= 0.02}
        table = {"features": features_digest(), "scale": scale, "shift": shift, "weights": weights}
        TARGET.write_text(json.dumps(table, indent=0, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
