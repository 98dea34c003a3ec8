#!/usr/bin/env python3
"""Score readings against the annotated reports of ``benchmarks/reports``: see ``benchmarks/README.md``."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from gold_reports import GoldActor, GoldCondition, GoldReport, GoldStatement, load_part
from score_matching import Cast, best_pairs, overlap, token_starts, word_set

Row = dict[str, Any]
Miss = Callable[[str, str], None]
NAMED = ("statement", "content", "exact", "condition", "chain", "addressee", "responds_to")


def score(gold: Sequence[GoldReport], predicted: dict[str, Row], miss: Miss = lambda _kind, _line: None) -> Row:
    """Return the figures of ``predicted``, report id to JSON reading; ``miss`` is told of each miss and false alarm."""
    count: Counter[str] = Counter()
    for report in gold:
        reading = predicted.get(report.id)
        count["documents"] += 1
        if reading is None:
            count["missing"] += 1
            reading = {}
        cast = Cast(report.text, reading.get("actors", []))

        def tell(kind: str, line: str, name: str = report.id) -> None:
            miss(kind, f"{name}: {line}")

        _statements(report, reading, cast, count, tell)
        _conditions(report, reading, cast, count, tell)
        _actors(report, cast, count, tell)
        _issues(report, reading, cast, count, tell)
    return _figures(count)


def _statements(report: GoldReport, reading: Row, cast: Cast, count: Counter[str], tell: Miss) -> None:
    text = report.text
    rows = [row for row in reading.get("statements", []) if token_starts(text, row["content"])]
    ours = [token_starts(text, g.content) for g in report.statements]
    theirs = [token_starts(text, row["content"]) for row in rows]
    pairs = best_pairs(ours, theirs, lambda a, b: overlap(a, b), _tie(text, report, rows))
    partner = dict(pairs)
    taken = {p for g, p in pairs if report.statements[g].optional}
    count["statement gold"] += sum(not g.optional for g in report.statements)
    count["statement found"] += len(rows) - len(taken)
    for i, g in enumerate(report.statements):
        if i not in partner and not g.optional:
            tell("statement missed", _line(text, g.source, g.cue, g.content))
    for j, row in enumerate(rows):
        if j not in partner.values():
            tell("statement invented", f"[{row.get('rule')}] " + _line(text, row["source"], row["cue"], row["content"]))
    back = {rows[p].get("id"): g for g, p in pairs}
    for i, j in pairs:
        g, row = report.statements[i], rows[j]
        if g.optional:
            continue
        count["content hit"] += 1
        count["exact hit"] += ours[i] == theirs[j]
        if ours[i] != theirs[j]:
            tell("content differs", f"wanted {_cut(text, g.content)!r}, got {_cut(text, row['content'])!r}")
        if g.source and not token_starts(text, g.source) & token_starts(text, row["source"]):
            tell("source differs", f"wanted {_cut(text, g.source)!r}, got {_cut(text, row['source'])!r}")
            continue
        count["statement hit"] += 1
        _voice(text, g, row, cast, count, tell)
        wanted, got = g.responds_to, back.get(row.get("responds_to"))
        count["responds_to gold"] += wanted is not None
        count["responds_to found"] += row.get("responds_to") is not None
        count["responds_to hit"] += wanted is not None and wanted == got
        if (wanted is None) != (row.get("responds_to") is None) or (wanted is not None and wanted != got):
            kind = "answer missed" if wanted is not None else "answer invented"
            tell(kind, _line(text, g.source, g.cue, g.content))


def _tie(text: str, report: GoldReport, rows: Sequence[Row]) -> Callable[[int, int], float]:
    """Between equal contents, the cue decides, then the source."""
    cues = [token_starts(text, g.cue) for g in report.statements]
    sources = [token_starts(text, g.source) for g in report.statements]

    def tie(i: int, j: int) -> float:
        return overlap(cues[i], token_starts(text, rows[j]["cue"])) + 0.5 * overlap(
            sources[i], token_starts(text, rows[j]["source"])
        )

    return tie


def _voice(text: str, g: GoldStatement, row: Row, cast: Cast, count: Counter[str], tell: Miss) -> None:
    at = _line(text, g.source, g.cue, g.content)
    count["speaker of"] += 1
    right = cast.is_named(row.get("speaker"), g.speaker)
    count["speaker right"] += right
    if not right:
        tell("speaker", f"wanted {' + '.join(g.speaker) or None}, got {cast.name(row.get('speaker'))}: {at}")
    if g.speaker_country:
        count["speaker_country of"] += 1
        country = cast.country(row.get("speaker"))
        count["speaker_country right"] += country == g.speaker_country
        if country != g.speaker_country:
            tell("speaker country", f"wanted {g.speaker_country}, got {country}: {at}")
    _chain(g, row, cast, count, tell, at)
    told = row.get("addressee", [])
    hits = sum(any(cast.is_named(actor, (name,)) for actor in told) for name in g.addressee)
    count["addressee gold"] += len(g.addressee)
    count["addressee found"] += len(told)
    count["addressee hit"] += hits
    if not hits == len(told) == len(g.addressee):
        tell("addressee", f"wanted {list(g.addressee)}, got {[cast.name(a) for a in told]}: {at}")
    count["act of"] += 1
    count["act right"] += row.get("act") in g.acts
    if row.get("act") not in g.acts:
        tell("act", f"wanted {'|'.join(g.acts)}, got {row.get('act')}: {at}")


def _chain(g: GoldStatement, row: Row, cast: Cast, count: Counter[str], tell: Miss, at: str) -> None:
    """Relayers in order; where a relayer was itself taken for the speaker, only those after it are due."""
    if g.parent is not None and not g.chain:
        return
    chain = [relay["actor"] for relay in row.get("chain", [])]
    due = g.chain[1:] if g.chain and cast.is_named(row.get("speaker"), g.chain[:1]) else g.chain
    hits = sum(cast.is_named(actor, (name,)) for actor, name in zip(chain, due, strict=False))
    count["chain gold"] += len(due)
    count["chain found"] += len(chain)
    count["chain hit"] += hits
    if not hits == len(chain) == len(due):
        tell("chain", f"wanted {list(due)}, got {[cast.name(a) for a in chain]}: {at}")


def _conditions(report: GoldReport, reading: Row, cast: Cast, count: Counter[str], tell: Miss) -> None:
    text = report.text
    rows = reading.get("conditions", [])
    ours = [(g, token_starts(text, g.antecedent), token_starts(text, g.consequent)) for g in report.conditions]
    theirs = [(token_starts(text, r["antecedent"]), token_starts(text, r["consequent"])) for r in rows]

    def alike(a: tuple[GoldCondition, set[int], set[int]], b: tuple[set[int], set[int]]) -> float:
        if "waived" in a[0].kinds:
            return overlap(a[2], b[1])
        return min(overlap(a[1], b[0]), overlap(a[2], b[1]))

    pairs = best_pairs(ours, theirs, alike)
    partner = dict(pairs)
    count["condition gold"] += sum(not g.optional for g in report.conditions)
    count["condition found"] += len(rows) - sum(report.conditions[g].optional for g, _ in pairs)
    for i, g in enumerate(report.conditions):
        if i not in partner and not g.optional:
            tell("condition missed", f"{_cut(text, g.consequent)!r} <- {_cut(text, g.antecedent)!r}")
    for j, row in enumerate(rows):
        if j not in partner.values():
            cue = _cut(text, row["cue"])
            tell("condition invented", f"{_cut(text, row['consequent'])!r} <-({cue}) {_cut(text, row['antecedent'])!r}")
    for i, j in pairs:
        g, row = report.conditions[i], rows[j]
        if g.optional:
            continue
        count["condition hit"] += 1
        count["condition parts of"] += 1
        right = {
            "kind": row["kind"] in g.kinds,
            "holder": cast.is_named(row["holder"], g.holder),
            "must_act": cast.is_named(row["must_act"], g.must_act),
        }
        wanted = {"kind": "|".join(g.kinds), "holder": " + ".join(g.holder), "must_act": " + ".join(g.must_act)}
        for part, ok in right.items():
            count[f"condition {part} right"] += ok
            if not ok:
                got = row[part] if part == "kind" else cast.name(row[part])
                tell(f"condition {part}", f"wanted {wanted[part] or None}, got {got}: {_cut(text, g.antecedent)!r}")


def _actors(report: GoldReport, cast: Cast, count: Counter[str], tell: Miss) -> None:
    for g in report.actors:
        found = cast.find(g.name)
        count["actor of"] += 1
        count["actor right"] += found is not None
        if found is None:
            tell("actor missed", g.name)
        _actor(report.text, g, found, cast, count, tell)


def _actor(text: str, g: GoldActor, found: Row | None, cast: Cast, count: Counter[str], tell: Miss) -> None:
    got = found or {}
    wanted = {"kind": g.kinds or None, "country": g.country and (g.country,), "role": g.role}
    for part, value in wanted.items():
        if value is None:
            continue
        held = got.get(part)
        right = _same_role(held or "", value) if isinstance(value, str) else held in value
        count[f"actor {part} of"] += 1
        count[f"actor {part} right"] += right
        if found is not None and not right:
            tell(f"actor {part}", f"{g.name}: wanted {value}, got {held}")
    for span in g.mentions:
        count["coreference of"] += 1
        holders = cast.mentioning(span)
        right = found is not None and found["id"] in holders
        count["coreference right"] += right
        if not right:
            where = text[max(0, span[0] - 25) : span[0]] + "<" + text[slice(*span)] + ">" + text[span[1] :][:25]
            names = ", ".join(str(cast.name(h)) for h in holders) or "nobody"
            tell("coreference", f"wanted {g.name}, got {names}: {_flat(where)!r}")


def _same_role(held: str, wanted: str) -> bool:
    a, b = word_set(held), word_set(wanted)
    return b <= a or overlap(a, b) >= 0.5


def _issues(report: GoldReport, reading: Row, cast: Cast, count: Counter[str], tell: Miss) -> None:
    text = report.text
    for g in report.issues:
        wanted = set(g.names)
        best: Row = {}
        held: set[str] = set()
        for row in reading.get("issues", []):
            theirs = [word_set(name) for name in (row["name"], *row["aliases"])]
            names = {name for name in wanted if any(overlap(word_set(name), words) >= 0.5 for words in theirs)}
            if len(names) > len(held):
                best, held = row, names
        count["issue of"] += 1
        count["issue right"] += bool(held)
        count["issue name of"] += len(wanted)
        count["issue name right"] += len(held)
        if held != wanted:
            tell("issue names", f"missing {sorted(wanted - held)}")
        for actor, grounds in g.claims:
            count["issue claim of"] += 1
            claims = [c for c in best.get("claims", []) if cast.is_named(c["actor"], (actor,))]
            needed = token_starts(text, grounds)
            ok = any(not needed or overlap(needed, token_starts(text, c["grounds"])) >= 0.5 for c in claims)
            count["issue claim right"] += ok
            if not ok:
                tell("issue claim", f"{g.names[0]}: {actor}, {_cut(text, grounds)!r}")


def _figures(count: Counter[str]) -> Row:
    for name in ("content", "exact"):
        count[f"{name} gold"], count[f"{name} found"] = count["statement gold"], count["statement found"]
    out: Row = {"documents": count["documents"], "documents_missing": count["missing"]}
    for name in NAMED:
        hit, found, gold = (count[f"{name} {part}"] for part in ("hit", "found", "gold"))
        p, r = (hit / found if found else 0.0), (hit / gold if gold else 0.0)
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        out[name] = {"P": _percent(p), "R": _percent(r), "F1": _percent(f1), "gold": gold, "found": found}
    for part in ("kind", "holder", "must_act"):
        count[f"condition {part} of"] = count["condition parts of"]
    for name in sorted(key[:-3] for key in count if key.endswith(" of") and key != "condition parts of"):
        of = count[f"{name} of"]
        out[name + "_accuracy"] = {"right": _percent(count[f"{name} right"] / of) if of else None, "of": of}
    return out


def _percent(part: float) -> float:
    return round(100 * part, 1)


def _cut(text: str, spans: Sequence[Sequence[int]], most: int = 90) -> str:
    words = _flat(" | ".join(text[s:e] for s, e in spans))
    return words if len(words) <= most else words[: most * 2 // 3] + " ... " + words[-most // 3 :]


def _flat(words: str) -> str:
    return " ".join(words.split())


def _line(text: str, source: Sequence[Any], cue: Sequence[Any], content: Sequence[Any]) -> str:
    return f"{_cut(text, source, 50)} / {_cut(text, cue)} / {_cut(text, content)}"


def read_part(gold: Sequence[GoldReport]) -> dict[str, Row]:
    """Read the reports with the library, one after the other."""
    from communique.model import Report, as_json
    from communique.reading.pipeline import read_all

    reports = [Report(id=g.id, text=g.text, outlet=g.outlet, published=g.published) for g in gold]
    return {reading.report.id: as_json(reading) for reading in read_all(reports)}


def main(argv: Sequence[str] | None = None) -> int:
    """Score a part of the reports and print the figures."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--part", choices=("seen", "unseen"), default="seen")
    ask.add_argument("--predictions", type=Path, help="output of `communique read --json` instead of reading anew")
    ask.add_argument("--only", help="the reports whose id holds this")
    ask.add_argument("--errors", action="store_true", help="list every miss and false alarm")
    ask.add_argument("--json", action="store_true")
    args = ask.parse_args(argv)
    if args.errors and args.part == "unseen":
        ask.error("the kept-back part gives its figures only")
    gold = [g for g in load_part(args.part) if not args.only or args.only in g.id]
    if args.predictions:
        lines = args.predictions.read_text(encoding="utf-8").splitlines()
        predicted = {row["id"]: row for row in map(json.loads, filter(str.strip, lines))}
    else:
        predicted = read_part(gold)
    misses: list[tuple[str, str]] = []
    figures = score(gold, predicted, lambda kind, line: misses.append((kind, line)))
    if args.errors:
        for kind, line in sorted(misses, key=lambda miss: miss[0]):
            print(f"{kind}: {line}", file=sys.stderr if args.json else sys.stdout)
    if args.json:
        print(json.dumps(figures))
        return 0
    print(f"{args.part}: {figures['documents']} reports ({figures['documents_missing']} missing)")
    for name, row in figures.items():
        if isinstance(row, dict) and "F1" in row:
            print(f"{name:12s} P {row['P']:5.1f}  R {row['R']:5.1f}  F1 {row['F1']:5.1f}  ({row['gold']} in gold)")
        elif isinstance(row, dict) and row["of"]:
            print(f"{name:26s} {row['right']:5.1f} of {row['of']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
