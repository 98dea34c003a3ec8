#!/usr/bin/env python3
"""Compare ways of telling which followed issue a statement is about: by words as now, by a sentence encoder, by both.

    frame_meaning.py DOSSIER... --encoder MODEL.onnx --tokenizer TOKENIZER.json

Each DOSSIER is a folder with ``dossier.toml``, ``reports.jsonl`` and ``gold.json`` (positions and waits with the
reports that show them). Asked is, for each party, issue and report that gold names, whether a statement of that party
in that report is given to that issue; recall is the share that is, precision the share of all such triples given that
gold names too (a lower bound: who speaks of an issue need not take a position in that report). The threshold of the
encoder is that which is best on the other dossiers. Needs onnxruntime and tokenizers, as the program itself does not.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

Triple = tuple[str, str, str]
THRESHOLDS = tuple(step / 100 for step in range(20, 75, 5))


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a party: its words, its report, and which followed issues the reader gave it to."""

    party: str
    report: str
    words: str
    issues: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A dossier's issues with all their names, its parties' statements, and what gold names."""

    name: str
    issues: dict[str, tuple[str, ...]]
    said: tuple[Said, ...]
    gold: frozenset[Triple]
    seconds: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dossiers", nargs="+", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    options = parser.parse_args()
    asked = [_read(folder) for folder in options.dossiers]
    started = time.process_time()
    encoder = _Encoder(options.encoder, options.tokenizer)
    loaded = time.process_time() - started
    started = time.process_time()
    nearest = [_nearest(encoder, each) for each in asked]
    spent = time.process_time() - started
    count = sum(len(each.said) for each in asked)
    print(f"statements {count}, gold triples {sum(len(each.gold) for each in asked)}")
    print(f"reading: {1000 * sum(each.seconds for each in asked) / count:.1f} ms a statement")
    print(f"encoder: loaded in {1000 * loaded:.0f} ms, {1000 * spent / count:.1f} ms a statement\n")
    print("| way | recall | precision (at least) | F1 |\n|---|---|---|---|")
    print(_row("words", [(_words(each), each.gold) for each in asked]))
    for name, make in (("encoder", _meaning), ("both", _both)):
        pairs = []
        for at, each in enumerate(asked):
            others = [k for k in range(len(asked)) if k != at] or [at]
            best = max(
                THRESHOLDS, key=lambda edge: _f1([(make(asked[k], nearest[k], edge), asked[k].gold) for k in others])[2]
            )
            pairs.append((make(each, nearest[at], best), each.gold))
        print(_row(name, pairs))
    print("\n| both, threshold | recall | precision (at least) | F1 |\n|---|---|---|---|")
    for edge in THRESHOLDS:
        print(_row(f"{edge:.2f}", [(_both(e, n, edge), e.gold) for e, n in zip(asked, nearest, strict=True)]))
    return 0


def _read(folder: Path) -> Asked:
    from communique.collect.intake import take_in
    from communique.ingest import gather
    from communique.ingest.dossier import load_dossier
    from communique.record import Record

    dossier = load_dossier(folder)
    issues = {issue.name: issue.names for issue in dossier.issues}
    parties = {party.country or party.name: party.name for party in dossier.parties}
    with tempfile.TemporaryDirectory() as place, Record.open(Path(place) / "r.db", create=True) as record:
        record.follow(dossier.name, dossier.frame)
        started = time.process_time()
        take_in(record, gather([str(folder)]), lambda _: None)
        seconds = time.process_time() - started
        said = tuple(
            Said(party, row.report, row.content_text, frozenset(row.issue_names) & issues.keys())
            for row in record.statements()
            if (party := parties.get(row.country or row.party_name or "")) is not None
        )
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    triples = {(p["party"], p["issue"], report) for p in gold["positions"] for report in p.get("reports", ())}
    triples |= {(w["holder"], w["issue"], report) for w in gold["waits"] for report in w.get("reports", ())}
    return Asked(folder.name, issues, said, frozenset(triples), seconds)


class _Encoder:
    """A sentence encoder: the mean of its last layer over a text's pieces, of length one."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        onnxruntime, tokenizers = import_module("onnxruntime"), import_module("tokenizers")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self.tokenizer = tokenizers.Tokenizer.from_file(str(tokenizer))
        self.tokenizer.enable_truncation(128)
        self.tokenizer.no_padding()
        self.wanted = {each.name for each in self.session.get_inputs()}

    def __call__(self, texts: Sequence[str]) -> Any:
        import numpy

        out = []
        for text in texts:
            made = self.tokenizer.encode(text)
            ids = numpy.array([made.ids], dtype=numpy.int64)
            given = {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.zeros_like(ids)}
            found = self.session.run(None, {name: given[name] for name in self.wanted})[0]
            vector = found[0].mean(axis=0) if found.ndim == 3 else found[0]
            out.append(vector / numpy.linalg.norm(vector))
        return numpy.stack(out)


def _nearest(encoder: _Encoder, asked: Asked) -> list[list[tuple[float, str]]]:
    """For each statement the issues with their likeness, the likest first: that of the likest of its names."""
    names = [(issue, name) for issue, called in asked.issues.items() for name in called]
    vectors = encoder([name for _, name in names])
    out = []
    for likeness in encoder([said.words for said in asked.said]) @ vectors.T:
        best: dict[str, float] = {}
        for (issue, _), value in zip(names, likeness, strict=True):
            best[issue] = max(best.get(issue, -1.0), float(value))
        out.append(sorted(((value, issue) for issue, value in best.items()), reverse=True))
    return out


def _words(asked: Asked) -> set[Triple]:
    return {(said.party, issue, said.report) for said in asked.said for issue in said.issues}


def _meaning(asked: Asked, nearest: list[list[tuple[float, str]]], edge: float) -> set[Triple]:
    return {
        (said.party, near[0][1], said.report)
        for said, near in zip(asked.said, nearest, strict=True)
        if near[0][0] >= edge
    }


def _both(asked: Asked, nearest: list[list[tuple[float, str]]], edge: float) -> set[Triple]:
    """By words; what these leave under other matters, by the encoder."""
    other = {
        (said.party, near[0][1], said.report)
        for said, near in zip(asked.said, nearest, strict=True)
        if not said.issues and near[0][0] >= edge
    }
    return _words(asked) | other


def _f1(pairs: Sequence[tuple[set[Triple], frozenset[Triple]]]) -> tuple[float, float, float]:
    right = sum(len(given & gold) for given, gold in pairs)
    recall = right / max(1, sum(len(gold) for _, gold in pairs))
    precision = right / max(1, sum(len(given) for given, _ in pairs))
    return recall, precision, 2 * recall * precision / (recall + precision) if right else 0.0


def _row(name: str, pairs: Sequence[tuple[set[Triple], frozenset[Triple]]]) -> str:
    recall, precision, f1 = (100 * value for value in _f1(pairs))
    return f"| {name} | {recall:.1f} | {precision:.1f} | {f1:.1f} |"


if __name__ == "__main__":
    sys.exit(main())
