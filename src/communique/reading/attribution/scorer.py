"""How likely a candidate attribution is to stand: a logistic regression over what the rules saw.

The weights in ``lexicon/attribution_weights.json`` were fitted on the training part of PolNeAR by
``benchmarks/fit_attributions.py``; ``docs/attribution-model.md`` is their card.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import repeat

from communique.identity import digest
from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.reading.annotations import Entities
from communique.reading.attribution.candidates import Candidate, speech_tokens
from communique.reading.attribution.issued_words import speaks_for_itself
from communique.reading.constructions import Construction
from communique.reading.grammar.auxiliaries import is_modal
from communique.reading.grammar.labels import AUXILIARY
from communique.reading.grammar.negation import is_denied
from communique.reading.protocols import Scorer, Text
from communique.reading.tokens import Tokens

_FURTHEST = 30.0
"""Log odds beyond which a probability changes no more."""
_MOST_BITS = 7
"""Sizes of contents that are told apart, in bits of the number of words."""
_LOOKED_INTO = 40
"""Words of each piece of a content that are looked at for quotation marks."""
_HOLE = 6
"""Words of a hole in a content from which on it counts as spread."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature name, and Platt's sigmoid that makes their sum a probability.

    ``features`` is the digest of the features that they were fitted on.
    """

    weights: dict[str, float]
    scale: float
    shift: float
    features: str

    def probability(self, features: list[str]) -> float:
        """Return the calibrated probability of a candidate with these features."""
        table = self.weights
        total = self.scale * sum(map(table.get, features, repeat(0.0))) + self.shift
        return 1.0 / (1.0 + math.exp(-max(-_FURTHEST, min(_FURTHEST, total))))


@cache
def model() -> Model:
    """Return the fitted model, read once."""
    data = json.loads(files("communique.lexicon").joinpath("attribution_weights.json").read_text("utf-8"))
    weights = {name: float(value) for name, value in data["weights"].items()}
    return Model(weights, data["scale"], data["shift"], data["features"])


def fitted() -> Scorer[Candidate]:
    """Make the scorer that weighs candidates by the fitted model."""
    return Fitted(model())


@dataclass(frozen=True, slots=True)
class Fitted:
    """The fitted model, with fixed scores for constructions too rare to fit."""

    model: Model

    @property
    def features(self) -> str:
        """The digest of the features that the model was fitted on."""
        return self.model.features

    def __call__(self, text: Text, found: Sequence[Candidate]) -> list[float]:
        """Return each candidate's probability."""
        quoted = speech_tokens(text.quotations)
        return [self._weigh(text, candidate, quoted) for candidate in found]

    def _weigh(self, text: Text, candidate: Candidate, quoted: frozenset[int]) -> float:
        entities, source = text.entities, candidate.source_head
        prior = cues().priors.get(candidate.form)
        known = source in entities.heads or source in entities.actor_of
        likely = self.model.probability(features_of(text.tokens, candidate, quoted, entities))
        stands = prior is not None and (known or candidate.construction.is_labelled)
        if speaks_for_itself(text, candidate):
            prior, stands = cues().priors["own"], True
        return max(likely, prior) if prior is not None and stands else likely


def features_digest() -> str:
    """Return the digest of the features that this version makes: their templates and what fills them.

    Weights that were fitted on others would be looked up under names that no longer mean the same, or nothing.
    """
    filled = (sorted(c.label for c in Construction), sorted(_PRONOUNS), sorted(_OPENINGS))
    return digest(TEMPLATES, *filled)


TEMPLATES = (
    "aux",
    "bias",
    "clause-entity",
    "clause-tag|rule",
    "cue-in-quote",
    "cue-in-quote|rule",
    "dep",
    "family|lemma",
    "first",
    "headline",
    "modal",
    "negated",
    "negated|class",
    "particle",
    "particle|lemma",
    "quoted",
    "quoted-whole",
    "quoted|rule",
    "rule",
    "rule|class",
    "rule|lemma",
    "rule|tag",
    "size",
    "size|rule",
    "source",
    "source-is",
    "source-is|class",
    "source-is|rule",
    "source-noun",
    "source-side",
    "source|class",
    "source|rule",
    "spread",
    "tag",
)
"""The features by name, without their values. Whoever adds one, or changes what one means, adds it here under a name
of its own and fits the weights again (``benchmarks/fit_attributions.py``)."""


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
    if is_denied(tokens, v, ended=False):
        out += ["negated", f"negated|class={c.cue_class}"]
    for child in tokens.children[v]:
        if tokens.dep[child] == "prt":
            out += [f"particle={tokens.lower[child]}", f"particle={tokens.lower[child]}|lemma={lemma}"]
        if tokens.dep[child] == AUXILIARY:
            out.append(f"aux={tokens.lower[child]}")
            if is_modal(tokens, child):
                out.append("modal")
    first, last = c.content[0][0], c.content[-1][1]
    size = sum(b - a for a, b in c.content)
    out.append(f"size={min(size.bit_length(), _MOST_BITS)}")
    out.append(f"size={min(size.bit_length(), _MOST_BITS)}|rule={form}")
    inside = sum(1 for a, b in c.content for i in range(a, min(b, a + _LOOKED_INTO)) if i in quoted)
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
    if last - first > size + _HOLE:
        out.append("spread")
    return out


_PRONOUNS = listed("closed_classes", "pronouns_and_who")
_OPENINGS = listed("cues", "constructions", "content_openings")
