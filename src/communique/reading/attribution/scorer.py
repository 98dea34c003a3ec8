"""How likely a candidate attribution is to stand: a logistic regression over what the rules saw.

The weights in ``lexicon/attribution_weights.json`` were fitted on the training part of PolNeAR by
``benchmarks/fit_attributions.py``; ``docs/attribution-model.md`` is their card.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from communique.reading.annotations import Entities
from communique.reading.attribution.candidates import Candidate, is_negated
from communique.reading.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature name, and Platt's sigmoid that makes their sum a probability."""

    weights: dict[str, float]
    scale: float
    shift: float


@cache
def fitted() -> Model:
    """Return the fitted model, read once."""
    data = json.loads(files("communique.lexicon").joinpath("attribution_weights.json").read_text("utf-8"))
    return Model({name: float(value) for name, value in data["weights"].items()}, data["scale"], data["shift"])


def probability(features: list[str]) -> float:
    """Return the calibrated probability of a candidate with these features."""
    model = fitted()
    table = model.weights
    total = model.scale * sum(table.get(name, 0.0) for name in features) + model.shift
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def features_of(tokens: Tokens, c: Candidate, quoted: frozenset[int], entities: Entities) -> list[str]:
    """Describe a candidate. ``quoted`` are the tokens inside quotations that are speech."""
    v, s = c.cue_head, c.source_head
    lemma, form = tokens.lemma[v], c.form
    out = [
        "bias",
        f"rule={form}",
        f"rule={form}|class={c.cue_class}",
        f"family={form.split('-')[0]}|lemma={lemma}",
        f"rule={form}|lemma={lemma}",
        f"tag={tokens.tag[v]}",
        f"dep={tokens.dep[v]}",
        f"rule={form}|tag={tokens.tag[v]}",
    ]
    if s is None:
        out += ["source=none", f"source=none|rule={form}"]
    else:
        kind = tokens.entity[s] or tokens.pos[s]
        low = tokens.lower[s]
        if tokens.pos[s] == "PRON":
            kind = low if low in _PRONOUNS else "PRON"
        out += [f"source={kind}", f"source={kind}|class={c.cue_class}", f"source-side={'before' if s < v else 'after'}"]
        if tokens.pos[s] == "NOUN":
            out.append(f"source-noun={tokens.lemma[s]}")
        known = "actor" if s in entities.heads or s in entities.actor_of else "thing"
        out += [f"source-is={known}", f"source-is={known}|rule={form}", f"source-is={known}|class={c.cue_class}"]
    if is_negated(tokens, v):
        out += ["negated", f"negated|class={c.cue_class}"]
    for child in tokens.children[v]:
        if tokens.dep[child] == "prt":
            out += [f"particle={tokens.lower[child]}", f"particle={tokens.lower[child]}|lemma={lemma}"]
        if tokens.dep[child] == "aux":
            out.append(f"aux={tokens.lower[child]}")
            if tokens.tag[child] == "MD":
                out.append("modal")
    first, last = c.content[0][0], c.content[-1][1]
    size = sum(b - a for a, b in c.content)
    out.append(f"size={min(size.bit_length(), 7)}")
    out.append(f"size={min(size.bit_length(), 7)}|rule={form}")
    inside = sum(1 for a, b in c.content for i in range(a, min(b, a + 40)) if i in quoted)
    if inside:
        out += ["quoted", f"quoted|rule={form}"]
        if inside >= size - 2:
            out.append("quoted-whole")
    if v in quoted:
        out += ["cue-in-quote", f"cue-in-quote|rule={form}"]
    if c.clause is not None:
        out.append(f"clause-tag={tokens.tag[c.clause]}|rule={form}")
        out.append(f"clause-entity={tokens.entity[c.clause]}")
    out.append(f"first={tokens.lower[first]}" if tokens.lower[first] in _OPENINGS else "first=other")
    if tokens.sentence[v] == 0:
        out.append("headline")
    if last - first > size + 6:
        out.append("spread")
    return out


_PRONOUNS = {"he", "she", "they", "it", "i", "we", "you", "who", "that", "which", "this", "what"}
_OPENINGS = {
    "that",
    "to",
    "whether",
    "if",
    "how",
    "why",
    "what",
    "the",
    "a",
    "his",
    "her",
    "their",
    "it",
    "when",
    "who",
}
