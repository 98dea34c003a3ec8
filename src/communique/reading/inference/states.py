"""The part of spaCy's transition models that scores a state: what its words give together, and each move's score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from thinc.api import NumpyOps

from communique.reading.inference.layers import Floats, Linear, largest, linear, times


@dataclass(frozen=True, slots=True, eq=False)
class States:
    """What scores states: ``narrow`` makes a word's vector smaller; a state's words each have a slot.

    ``weights`` are a slot's, pieces apart; ``nothing`` is what a slot gives where there is no word; ``upper`` makes the
    scores of the moves.
    """

    narrow: Linear
    weights: Sequence[Floats]
    nothing: Sequence[Floats]
    bias: Floats
    pieces: int
    upper: Linear

    def given(self, narrowed: Floats, slot: int) -> Floats:
        """Return what each word gives to a state that has it in a slot."""
        return times(narrowed, self.weights[slot])

    def scores(self, sums: Floats) -> Floats:
        """Return the moves' scores from what the slots give together, in their order; the sums are lost."""
        sums += self.bias
        return self.upper(np.ascontiguousarray(largest(sums, self.pieces)))


def states(model: Any, slots: int) -> States | None:
    """Return the quick form of a transition model of so many slots; None where it is of another kind."""
    if not isinstance(model.ops, NumpyOps) or not model.attrs.get("has_upper") or model.attrs.get("unseen_classes"):
        return None
    tokens, lower, upper = model.layers
    if [layer.name for layer in tokens.layers[1:]] != ["list2array", "linear"]:
        return None
    narrow, last = linear(tokens.layers[-1]), linear(upper)
    if narrow is None or last is None or lower.get_dim("nF") != slots or lower.get_dim("nP") == 1:
        return None
    weights, pad = lower.get_param("W"), lower.get_param("pad")[0]
    apart = [np.ascontiguousarray(each.swapaxes(0, 1).reshape(-1, each.shape[-1])) for each in weights]
    nothing = [np.ascontiguousarray(each.T).ravel() for each in pad]
    return States(narrow, apart, nothing, np.ascontiguousarray(lower.get_param("b").T).ravel(), weights.shape[2], last)
