#!/usr/bin/env python3
"""Fit how likely a statement's speaker, and whoever must act on a condition, is right; print how well it is calibrated.

usage: fit_parties.py CASES.jsonl... [--stances STANCES.jsonl] [--polnear POLNEAR-TRAIN.jsonl] [--write]

Learned from the seen part of ``benchmarks/reports`` and from small texts with checks (``benchmarks/cases``,
``../shared/cases``): each speaker that a check, or the annotation, says is right or wrong; and from the training part
of PolNeAR, whose articles nobody tuned these rules on. What is printed comes from folds held back, whole texts each:
Brier's score, that of always saying the mean, and the reliability by tenths.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from communique.model import Reading, Report, as_json
from communique.reading.annotations import Annotations, annotations_of, tokens_in
from communique.reading.assembly import assemble
from communique.reading.party_confidence import features_digest, must_act_features, speaker_features
from communique.reading.pipeline import load, prepare
from communique.reading.tokens import Tokens

sys.path.insert(0, str(Path(__file__).resolve().parent))

from gold_reports import load_part
from score_matching import Cast, best_pairs, overlap, token_starts

TARGET = Path(__file__).resolve().parent.parent / "src/communique/lexicon/party_weights.json"
FOLDS = 5
PENALTY = 4.0
STEPS = 12
BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.001)

Row = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """One choice of a party: its features, whether it is right, and the text that it is from."""

    features: list[str]
    right: bool
    text: str


@dataclass(frozen=True)
class Read:
    """A read text with what the stages noted."""

    tokens: Tokens
    notes: Annotations
    reading: Reading
    row: Row


def read(report: Report) -> Read:
    """Read one text."""
    nlp = load().nlp
    doc = prepare(nlp, report)
    for _, component in nlp.pipeline:
        doc = component(doc)
    reading = assemble(doc, "")
    return Read(tokens_in(doc), annotations_of(doc), reading, as_json(reading))


def speaker_choice(found: Read, index: int, right: bool) -> Iterator[Choice]:
    """Yield the choice of a statement's speaker, if it has one."""
    features = speaker_features(found.tokens, found.notes, index)
    if features:
        yield Choice(features, right, found.reading.report.id)


def must_act_choice(found: Read, index: int, right: bool) -> Iterator[Choice]:
    """Yield the choice of who must act on a condition, if somebody must."""
    features = must_act_features(found.tokens, found.notes, found.reading.conditions[index])
    if features:
        yield Choice(features, right, found.reading.report.id)


def of_reports() -> tuple[list[Choice], list[Choice]]:
    """Return the choices in the seen reports, paired with the annotation as the scorer pairs them."""
    speakers: list[Choice] = []
    acting: list[Choice] = []
    for gold in load_part("seen"):
        found = read(Report(gold.id, gold.text, outlet=gold.outlet, published=gold.published))
        cast, rows = Cast(gold.text, found.row["actors"]), found.row["statements"]
        ours = [token_starts(gold.text, g.content) for g in gold.statements]
        theirs = [token_starts(gold.text, row["content"]) for row in rows]
        for i, j in best_pairs(ours, theirs, overlap):
            right = cast.is_named(rows[j]["speaker"], gold.statements[i].speaker)
            speakers.extend(speaker_choice(found, j, right))
        sides = [
            (token_starts(gold.text, g.antecedent), token_starts(gold.text, g.consequent)) for g in gold.conditions
        ]
        rows = found.row["conditions"]
        made = [(token_starts(gold.text, r["antecedent"]), token_starts(gold.text, r["consequent"])) for r in rows]
        for i, j in best_pairs(sides, made, lambda a, b: min(overlap(a[0], b[0]), overlap(a[1], b[1]))):
            right = cast.is_named(rows[j]["must_act"], gold.conditions[i].must_act)
            acting.extend(must_act_choice(found, j, right))
    return speakers, acting


def of_cases(path: Path) -> tuple[list[Choice], list[Choice]]:
    """Return the choices that the checks of small texts tell right or wrong."""
    speakers: list[Choice] = []
    acting: list[Choice] = []
    keys = ("text", "title", "outlet", "published", "author")
    for line in path.read_text("utf-8").splitlines():
        case = json.loads(line)
        found = read(Report(case["id"], **{k: case[k] for k in keys if case.get(k)}))
        view = View(found.row)
        for check in case["expect"]:
            if check[0] in ("speaker", "not-speaker"):
                for index, right in view.judged(check):
                    speakers.extend(speaker_choice(found, index, right))
            elif check[0] == "condition" and check[5] is not None:
                for index, right in view.acting(check):
                    acting.extend(must_act_choice(found, index, right))
    return speakers, acting


def of_polnear(path: Path, most: int) -> list[Choice]:
    """Return the speakers of PolNeAR's first articles whose source the words name, right where it is gold's source.

    Whom a pronoun means it does not say, nor whose words stand without a source.
    """
    speakers: list[Choice] = []
    for line in path.read_text("utf-8").splitlines()[:most]:
        case = json.loads(line)
        text = case["text"]
        found = read(Report(case["doc_id"], text))
        gold = [(token_starts(text, a["content"]), token_starts(text, a["source"])) for a in case["attributions"]]
        made = [token_starts(text, s.content) for s in found.reading.statements]
        for i, j in best_pairs([content for content, _ in gold], made, overlap):
            head = found.notes.attributions[j].source_head
            if head is not None and found.tokens.pos[head] != "PRON" and gold[i][1]:
                named = token_starts(text, found.reading.statements[j].source)
                speakers.extend(speaker_choice(found, j, bool(named & gold[i][1])))
    return speakers


def of_stances(path: Path) -> list[Choice]:
    """Return who must act in the conditions of short texts."""
    acting: list[Choice] = []
    for line in path.read_text("utf-8").splitlines():
        case = json.loads(line)
        found = read(Report(case["id"], case["text"], outlet=case.get("outlet"), published=case.get("published")))
        view = View(found.row)
        for gold in case.get("conditions", ()):
            wanted = [x for x in (gold.get("must_act"), gold.get("must_act_country")) if x]
            if wanted:
                check = ["condition", gold["antecedent"], gold["consequent"], [], None, wanted]
                acting.extend(c for index, right in view.acting(check) for c in must_act_choice(found, index, right))
    return acting


class View:
    """One reading, asked by words."""

    def __init__(self, row: Row) -> None:
        """Take what ``communique read --json`` prints of a text."""
        self.row = row
        self.actors = {a["id"]: a for a in row["actors"]}

    def words(self, spans: Sequence[Sequence[int]]) -> str:
        """Return the words of some spans."""
        return folded(" ".join(self.row["text"][a:b] for a, b in spans))

    def is_named(self, key: str | None, names: str | list[str]) -> bool:
        """Tell whether an actor, its country or whoever it speaks for goes by one of some names."""
        wanted = [names] if isinstance(names, str) else names
        seen = 0
        while key in self.actors and seen < 4:
            actor = self.actors[key]
            if any(within(n, actor["name"]) or n == actor["country"] for n in wanted):
                return True
            if any(self.is_named(m, names) for m in actor.get("members") or ()):
                return True
            key, seen = actor.get("principal"), seen + 1
        return False

    def judged(self, check: list[Any]) -> Iterator[tuple[int, bool]]:
        """Yield the statements of which a check says whose they are, or whose they are not."""
        _, words, name, *country = check
        those = [k for k, s in enumerate(self.row["statements"]) if within(words, self.words(s["content"]))]
        speakers = {k: self.row["statements"][k]["speaker"] for k in those}
        if name is None:
            yield from ((k, False) for k in those if speakers[k])
        elif check[0] == "not-speaker":
            # Of whom it is, nothing is said.
            yield from ((k, False) for k in those if self.called(speakers[k], name))
        else:
            right = {k for k in those if self.called(speakers[k], name, country)}
            yield from ((k, True) for k in right)
            yield from ((k, False) for k in those if not right)

    def called(self, key: str | None, name: str | list[str], country: Sequence[str | None] = ()) -> bool:
        """Tell whether an actor itself goes by a name and has the country, if one is given."""
        actor = self.actors.get(key or "")
        if actor is None:
            return False
        wanted = [name] if isinstance(name, str) else name
        state = actor["country"] in wanted and actor["kind"] in ("state", "territory")
        named = state or any(within(n, actor["name"]) for n in wanted)
        return named and all(c in (None, actor["country"]) for c in country)

    def acting(self, check: list[Any]) -> Iterator[tuple[int, bool]]:
        """Yield the conditions of which a check says who must act."""
        _, antecedent, consequent, _, _, must_act = check
        for k, c in enumerate(self.row["conditions"]):
            if within(antecedent, self.words(c["antecedent"])) and within(consequent, self.words(c["consequent"])):
                yield k, self.is_named(c["must_act"], must_act)


def folded(text: str) -> str:
    """Return words without case, accents and marks, one blank between them."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain).strip()


def within(words: str, text: str) -> bool:
    """Tell whether whole words stand in a text."""
    return f" {folded(words)} " in f" {folded(text)} "


def fitted(choices: Sequence[Choice]) -> dict[str, float]:
    """Return the weights by feature name, by Newton's method; those of next to nothing are left out.

    All but the bias are drawn to nothing by ``PENALTY``: half its product with their squares is added to the loss.
    """
    names = sorted({name for c in choices for name in c.features})
    column = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(choices), len(names)))
    for row, c in enumerate(choices):
        x[row, [column[name] for name in c.features]] = 1
    y = np.array([c.right for c in choices], float)
    penalty = np.array([0.01 if name == "bias" else PENALTY for name in names])
    w = np.zeros(len(names))
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (p - y) + penalty * w
        w -= np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(penalty), slope)
    return {name: round(float(w[k]), 3) for name, k in column.items() if abs(w[k]) >= 0.005}


def forecast(weights: dict[str, float], choice: Choice) -> float:
    """Return the probability that a choice is right."""
    return float(1 / (1 + np.exp(-sum(weights.get(name, 0.0) for name in choice.features))))


def held_back(choices: Sequence[Choice]) -> Any:
    """Return forecasts for all choices, each by a fit that has not seen its text."""
    texts = sorted({c.text for c in choices})
    fold = {text: k % FOLDS for k, text in enumerate(texts)}
    p = np.zeros(len(choices))
    for k in range(FOLDS):
        weights = fitted([c for c in choices if fold[c.text] != k])
        for i, c in enumerate(choices):
            if fold[c.text] == k:
                p[i] = forecast(weights, c)
    return p


def told(name: str, choices: Sequence[Choice]) -> None:
    """Print how good the forecasts are."""
    p, y = held_back(choices), np.array([c.right for c in choices], float)
    brier, plain = float(np.mean((p - y) ** 2)), float(np.mean((y.mean() - y) ** 2))
    print(f"{name}: {len(choices)} choices, {y.mean():.3f} right; Brier {brier:.4f}, of the mean alone {plain:.4f}")
    for low, high in pairwise(BINS):
        mask = (p >= low) & (p < high)
        if mask.any():
            said, right = p[mask].mean(), y[mask].mean()
            print(f"  {low:.2f}-{min(high, 1):.2f}  {int(mask.sum()):4d}  said {said:.3f}  right {right:.3f}")
    for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        kept, left = p >= least, p < least
        others = y[left].mean() if left.any() else 0.0
        print(f"  from {least:.1f}: {kept.mean():.3f} kept, right {y[kept].mean():.3f}, of the others {others:.3f}")


def main() -> None:
    """Fit, tell, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", type=Path)
    parser.add_argument("--stances", type=Path)
    parser.add_argument("--polnear", type=Path, help="its training part")
    parser.add_argument("--articles", type=int, default=200, help="so many of it")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    speakers, acting = of_reports()
    print(f"of reports: {len(speakers)} speakers, {len(acting)} who must act")
    for path in options.cases:
        more = of_cases(path)
        speakers += more[0]
        acting += more[1]
    if options.stances:
        acting += of_stances(options.stances)
    if options.polnear:
        speakers += of_polnear(options.polnear, options.articles)
    told("speaker", speakers)
    told("must act", acting)
    if options.write:
        made = {"features": features_digest(), "speaker": fitted(speakers), "must_act": fitted(acting)}
        TARGET.write_text(json.dumps(made, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
