"""The learned reader's weights, loaded once, and what it finds in a text, found once."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from communique.errors import OtherFeatures
from communique.reading.attribution.learned.tagger_decoding import LEAST_CUE, Tagged, cues_in, statements_at
from communique.reading.attribution.learned.tagger_features import LISTED, Seen, seen, tagger_digest
from communique.reading.attribution.learned.tagger_network import Floats, TaggerNetwork, Weights
from communique.reading.protocols import Text

FILE = "attribution_tagger.npz"
_DIGITS = 4
"""Kept of a likelihood: what two processors compute alike."""
_LEEWAY = 0.001
"""Below the least that is needed: what rounding may bring up."""


@dataclass(frozen=True, slots=True)
class Tagger:
    """Weights, what numbers stand for, and the scale and shift that make a probability of how sure the network is."""

    weights: Weights
    vocabulary: Mapping[str, Mapping[str, int]]
    statement: tuple[float, float]

    def __call__(self, text: Text) -> TaggedText:
        """Return what the network finds in a text."""
        tokens = text.tokens
        noted = tokens.found.get(self._key)
        if not isinstance(noted, TaggedText):
            words = [pos != "SPACE" for pos in tokens.pos]
            net, numbers = TaggerNetwork(self.weights), seen(tokens, text.quotations, self.vocabulary)
            noted = TaggedText(net, numbers, *cues_in(net, numbers, words))
            tokens.found[self._key] = noted
        return noted

    @property
    def _key(self) -> object:
        return (Tagger, id(self.weights))

    def least(self, probability: float) -> float:
        """Return how sure the network must be at least of a statement that has this probability."""
        scale, shift = self.statement
        if scale <= 0:
            return LEAST_CUE
        total = (math.log(probability / (1 - probability)) - shift) / scale
        return max(LEAST_CUE, 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - _LEEWAY)

    def calibrated(self, sure: float) -> float:
        """Return the probability that a statement is right of which the network is so sure."""
        scale, shift = self.statement
        p = min(max(sure, 1e-4), 1 - 1e-4)
        total = scale * math.log(p / (1 - p)) + shift
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), _DIGITS)


@dataclass(frozen=True, slots=True, eq=False)
class TaggedText:
    """How likely each word is a cue, and the statement at each that is asked for."""

    net: TaggerNetwork
    numbers: Seen
    vectors: Floats
    likely: Floats
    known: dict[int, Tagged | None] = field(default_factory=dict)

    def cues(self, least: float) -> list[int]:
        """Return the words that are so likely to be cues."""
        found: list[int] = np.flatnonzero(self.likely >= least).tolist()
        return found

    def at(self, cues: Iterable[int]) -> dict[int, Tagged]:
        """Return the statements at some cues, by their main words; those that have no content are left out."""
        asked = sorted(set(cues))
        missing = [head for head in asked if head not in self.known]
        if missing:
            self.known.update(dict.fromkeys(missing))
            made = statements_at(self.net, self.numbers, self.vectors, self.likely, missing)
            self.known.update((tagged.cue_head, tagged) for tagged in made)
        return {head: tagged for head in asked if (tagged := self.known[head]) is not None}

    @property
    def statements(self) -> Mapping[int, Tagged]:
        """The statement at each word that may be a cue."""
        return self.at(self.cues(LEAST_CUE))


def stored(tagger: Tagger) -> bytes:
    """Return a tagger as a file's content: half precision, numbers and words alone."""
    arrays: dict[str, Any] = {f"w/{name}": w.astype(np.float16) for name, w in tagger.weights.items()}
    for name in LISTED:
        words = sorted(tagger.vocabulary[name], key=tagger.vocabulary[name].__getitem__)
        arrays[f"v/{name}"] = np.frombuffer(json.dumps(words).encode(), np.uint8)
    arrays["statement"] = np.array(tagger.statement)
    arrays["features"] = np.array(tagger_digest())
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def restored(content: bytes) -> Tagger:
    """Return the tagger of a file's content; raises OtherFeatures where it was fitted on other features."""
    with np.load(io.BytesIO(content), allow_pickle=False) as data:
        fitted_on = str(data["features"])
        if fitted_on != tagger_digest():
            reason = f"it was fitted on the features {fitted_on}; this version's are {tagger_digest()}; fit it again"
            raise OtherFeatures("the learned reader", reason)
        weights: Weights = {name[2:]: data[name].astype(np.float32) for name in data.files if name.startswith("w/")}
        vocabulary = {
            name: {word: k for k, word in enumerate(json.loads(data[f"v/{name}"].tobytes()), 1)} for name in LISTED
        }
        scale, shift = data["statement"].tolist()
    return Tagger(weights, vocabulary, (scale, shift))


@cache
def tagger() -> Tagger:
    """Return the tagger that comes along, read once."""
    return restored(files("communique.lexicon").joinpath(FILE).read_bytes())
