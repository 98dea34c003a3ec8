#!/usr/bin/env python3
"""Check the reading of the report that started the project, which is not ours to pass on.

usage: founding_report.py [TEXT]    (default ../shared/report/japan-russia-dialogue.txt beside the checkout)

Each expectation is told by a few words of the text as anchors; prints one line each and exits 1 where one fails.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from score_matching import Cast

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "report" / "japan-russia-dialogue.txt"
Row = dict[str, Any]


@dataclass(frozen=True)
class Stance:
    """A statement whose content holds ``anchor`` and whose speaker, chain and act are these."""

    anchor: str
    speaker: str
    act: str = ""
    chain: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hangs:
    """A condition whose antecedent and consequent hold these words; None where nobody is named."""

    antecedent: str
    consequent: str
    holder: str
    must_act: str | None = None
    kind: str = ""


PUTIN = "Vladimir Putin|Putin"
RUSSIA = "Russia|Vladimir Putin"
JAPAN = "Japan|Japanese government"
OFFICIALS = "Japanese officials|Japan"
TASS = ("TASS",)

STANCES = (
    Stance("remarks suggesting", JAPAN, "criticise"),
    Stance("dialogue would only resume after", PUTIN),
    Stance("unfair and entirely unacceptable", "Yoshimasa Hayashi", "criticise|deny|refuse"),
    Stance("in Ukraine with concern", "Yoshimasa Hayashi", "reaffirm"),
    Stance("remains unchanged", "Yoshimasa Hayashi", "reaffirm|assert"),
    Stance("dialogue could resume only if", PUTIN),
    Stance("there are no preconditions", PUTIN),
    Stance("engage if the appropriate conditions", PUTIN, "offer|promise"),
    Stance("does not block bilateral talks", PUTIN, "deny|assert"),
    Stance("intervening in the Ukraine crisis", PUTIN, "accuse"),
    Stance("Japan controls these islands", JAPAN, "assert|reaffirm"),
    Stance("sovereignty grounded in", "Russia", "assert"),
    Stance("the trajectory of talks", "analysts"),
    Stance("Moscow remains open to dialogue", RUSSIA, chain=TASS),
    Stance("the non-negotiable principle", JAPAN),
    Stance("the peace treaty is inseparable", JAPAN),
    Stance("a defined settlement is a key milestone", "Russia"),
    Stance("remains ready to engage", "leadership in Moscow|Russia", chain=TASS),
    Stance("any advancement hinges on", OFFICIALS),
)

CONDITIONS = (
    Hangs("reconsiders its Ukraine stance", "resume", RUSSIA, "Japan", "necessary"),
    Hangs("shifts its current Ukraine policy", "dialogue could resume", RUSSIA, "Japan", "necessary"),
    Hangs("the appropriate conditions are created", "engage", RUSSIA),
    Hangs("reconsiders its stance on the Ukraine crisis", "open to dialogue", RUSSIA, "Japan"),
    Hangs("changes to the Ukrainian context", "any advancement", OFFICIALS),
)

BACKGROUND = (
    "Peace treaty negotiations between",
    "Earlier, the United States",
    "Historically, the Kuril",
    "The region holds",
    "The ongoing discourse",
)


def checks(text: str, reading: Row) -> Iterator[tuple[bool, str]]:
    """Yield what was expected and whether it is so."""
    cast = Cast(text, reading["actors"])
    for stance in STANCES:
        yield _stance(text, reading, cast, stance)
    for hangs in CONDITIONS:
        yield _hangs(text, reading, cast, hangs)
    waived = [c for c in reading["conditions"] if c["kind"] == "waived"]
    held = [c for c in waived if _has(text, c["consequent"], "continue discussions") and _is(cast, c["holder"], RUSSIA)]
    yield bool(held), "'no preconditions' is waived by Putin or Russia"
    yield len(waived) < 2, "nothing else is waived"
    first = text.index("\n") if "\n" in text else len(text)
    relayed = [
        s
        for s in reading["statements"]
        if s["cue"] and s["cue"][0][0] < first and any(_is(cast, r["actor"], "TASS") for r in s["chain"])
    ]
    yield bool(relayed), "Japan's response came by way of TASS"
    yield _answers(text, reading), "Japan's dissatisfaction answers Putin's remarks"
    yield from _islands(text, reading, cast)
    yield from _nothing_invented(text, reading)


def _stance(text: str, reading: Row, cast: Cast, stance: Stance) -> tuple[bool, str]:
    wanted = f"{stance.speaker.split('|')[0]}: ... {stance.anchor} ..."
    found = [s for s in reading["statements"] if _has(text, s["content"], stance.anchor)]
    if not found:
        return False, f"{wanted} (no such statement)"
    complaints = [_complaint(cast, row, stance) for row in found]
    best = min(complaints, key=len)
    return not best, wanted + (f" ({best})" if best else "")


def _complaint(cast: Cast, row: Row, stance: Stance) -> str:
    if not _is(cast, row["speaker"], stance.speaker):
        return f"speaker {cast.name(row['speaker'])}"
    if stance.act and row["act"] not in stance.act.split("|"):
        return f"act {row['act']}"
    chain = [relay["actor"] for relay in row["chain"]]
    if stance.chain and not (
        len(chain) == len(stance.chain) and all(_is(cast, a, n) for a, n in zip(chain, stance.chain, strict=True))
    ):
        return f"chain {[cast.name(a) for a in chain]}"
    return ""


def _hangs(text: str, reading: Row, cast: Cast, hangs: Hangs) -> tuple[bool, str]:
    wanted = f"{hangs.consequent} <- {hangs.antecedent}"
    for row in reading["conditions"]:
        if _has(text, row["antecedent"], hangs.antecedent) and _has(text, row["consequent"], hangs.consequent):
            faults = []
            if not _is(cast, row["holder"], hangs.holder):
                faults.append(f"holder {cast.name(row['holder'])}")
            if hangs.must_act and not _is(cast, row["must_act"], hangs.must_act):
                faults.append(f"must act {cast.name(row['must_act'])}")
            if hangs.kind and row["kind"] != hangs.kind:
                faults.append(f"kind {row['kind']}")
            return not faults, wanted + (f" ({', '.join(faults)})" if faults else "")
    return False, f"{wanted} (no such condition)"


def _answers(text: str, reading: Row) -> bool:
    by_id = {s["id"]: s for s in reading["statements"]}
    for row in reading["statements"]:
        answered = by_id.get(row["responds_to"])
        if answered and _has(text, row["content"], "remarks suggesting"):
            return _has(text, answered["content"], "dialogue would only resume")
    return False


def _islands(text: str, reading: Row, cast: Cast) -> Iterator[tuple[bool, str]]:
    issues = [i for i in reading["issues"] if any("kuril" in n.casefold() for n in (i["name"], *i["aliases"]))]
    yield bool(issues), "the islands are an issue"
    claims = [c for issue in issues for c in issue["claims"]]
    for claimant in ("Japan", "Russia"):
        yield any(_is(cast, c["actor"], claimant) for c in claims), f"{claimant} claims the islands"
    grounds = [c for c in claims if _is(cast, c["actor"], "Russia") and _has(text, c["grounds"], "historical claims")]
    yield bool(grounds), "Russia's grounds are its legal position and historical claims"


def _nothing_invented(text: str, reading: Row) -> Iterator[tuple[bool, str]]:
    for opening in BACKGROUND:
        start = text.index(opening)
        end = text.index(".", start)
        inside = [s for s in reading["statements"] if s["cue"] and start <= s["cue"][0][0] < end]
        got = "; ".join(text[s["cue"][0][0] : s["cue"][0][1]] for s in inside)
        yield not inside, f"no statement in the background: {opening} ..." + (f" ({got})" if got else "")


def _has(text: str, spans: Sequence[Sequence[int]], words: str) -> bool:
    return words in " ".join(" ".join(text[s:e] for s, e in spans).split())


def _is(cast: Cast, actor: str | None, names: str) -> bool:
    return actor is not None and cast.is_named(actor, (names,))


def main(argv: Sequence[str] | None = None) -> int:
    """Read the text, print each expectation with ok or FAIL."""
    args = list(sys.argv[1:] if argv is None else argv)
    path = Path(args[0]) if args else DEFAULT
    if not path.exists():
        print(f"{path}: no such text", file=sys.stderr)
        return 2
    from communique.model import as_json
    from communique.reading.pipeline import read

    text = path.read_text(encoding="utf-8")
    results = list(checks(text, as_json(read(text))))
    for ok, line in results:
        print(f"{'ok  ' if ok else 'FAIL'} {line}")
    print(f"{sum(ok for ok, _ in results)} of {len(results)}")
    return 0 if all(ok for ok, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main())
