"""The rules with the learned reader beside them: an extractor and a scorer.

What the rules keep stays whole. A statement of the learned reader's is added where nothing of theirs says nearly the
same or cuts into it; where both found one cue, it fills in the source that the rules lack.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.reading.attribution.candidates import Candidate, has_speaker
from communique.reading.attribution.extractor import find_candidates, is_left_out
from communique.reading.attribution.learned.learned_candidates import Learned, candidate_of, pieces_of
from communique.reading.attribution.learned.tagger_decoding import Tagged
from communique.reading.attribution.learned.tagger_model import Tagger, tagger
from communique.reading.attribution.scorer import Fitted, model
from communique.reading.attribution.selection import MARGIN, THRESHOLD, select, tokens_of
from communique.reading.protocols import Extractor, Scorer, Text

ADDED_FROM = 0.5
"""The probability from which a statement of the learned reader's is added."""
_APART = 0.2
"""How much of two contents may be the same (Jaccard) for them to be two statements."""
_FILLED_FROM = 0.5


def rules_and_learned() -> Extractor[Candidate]:
    """Make the extractor that gives the rules' candidates and the learned reader's."""
    return Both(tagger(), Fitted(model()))


def fitted_and_learned() -> Scorer[Candidate]:
    """Make the scorer that weighs the rules' candidates as ever, and the learned reader's where they add something."""
    return Weighed(tagger(), Fitted(model()))


@dataclass(frozen=True, slots=True)
class Both:
    """The rules' candidates, sources filled in, and those of the learned reader at cues that the rules leave free."""

    tagger: Tagger
    fitted: Fitted

    def __call__(self, text: Text) -> list[Candidate]:
        """Return what could be attributions."""
        reading = self.tagger(text)
        found = find_candidates(text)
        sure = frozenset(reading.cues(_FILLED_FROM))
        there = reading.at(c.cue_head for c in found if not c.source and c.cue_head in sure)
        found = [self._filled(text, c, there.get(c.cue_head)) for c in found]
        taken = {i for c in rated(text, self.fitted, found).kept for i in (c.cue_head, *tokens_of(c.cue))}
        free = [head for head in reading.cues(self.tagger.least(ADDED_FROM)) if head not in taken]
        made: list[Candidate] = []
        for tagged in reading.at(free).values():
            likely = self.tagger.calibrated(tagged.sure)
            one = candidate_of(text, tagged, likely) if likely >= ADDED_FROM else None
            if one is not None and not is_left_out(text, one):
                made.append(one)
        return [*found, *made]

    def _filled(self, text: Text, c: Candidate, tagged: Tagged | None) -> Candidate:
        """Return a candidate without a source with the one that the learned reader has at its cue."""
        if c.source or tagged is None or tagged.sure < _FILLED_FROM:
            return c
        source = pieces_of(text.tokens, tagged.source)
        if not source or tokens_of(source) & tokens_of(c.content):
            return c
        learned = candidate_of(text, tagged, 0.0)
        return c if learned is None else replace(c, source=source, source_head=learned.source_head)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The fitted model for the rules' candidates; the learned reader's own probability for what it adds."""

    tagger: Tagger
    fitted: Fitted

    @property
    def features(self) -> str:
        """The digest of the features that the rules' weights were fitted on."""
        return self.fitted.features

    def __call__(self, text: Text, found: Sequence[Candidate]) -> list[float]:
        """Return each candidate's probability; 0 for what the learned reader adds to nothing."""
        ruled = [c for c in found if not isinstance(c, Learned)]
        rules = rated(text, self.fitted, ruled)
        contents = [tokens_of(c.content) for c in rules.kept]
        cues = [tokens_of(c.cue) | {c.cue_head} for c in rules.kept]
        own = iter(rules.scores)
        return [
            (c.likely if c.likely >= ADDED_FROM and _adds(c, contents, cues) else 0.0)
            if isinstance(c, Learned)
            else next(own)
            for c in found
        ]


@dataclass(frozen=True, slots=True)
class Rated:
    """The rules' candidates with their scores, and those of them that stand where nobody adds to them."""

    found: Sequence[Candidate]
    scores: Sequence[float]
    kept: Sequence[Candidate]


def rated(text: Text, fitted: Fitted, found: Sequence[Candidate]) -> Rated:
    """Weigh the rules' candidates of a text; those weighed last are not weighed anew."""
    noted = text.tokens.found.get(Rated)
    if not isinstance(noted, Rated) or list(noted.found) != list(found):
        scores = fitted(text, found)
        sure = [
            (p, c)
            for p, c in zip(scores, found, strict=True)
            if p >= THRESHOLD + (0.0 if has_speaker(text.tokens, c, text.entities) else MARGIN)
        ]
        noted = text.tokens.found[Rated] = Rated(found, scores, [c for _, c in select(sure, THRESHOLD)])
    return noted


def _adds(c: Candidate, contents: Sequence[set[int]], cues: Sequence[set[int]]) -> bool:
    """Tell whether a content is apart from all others, or lies within or around them, and its cue is nobody's."""
    mine, cue = tokens_of(c.content), tokens_of(c.cue) | {c.cue_head}
    for content, taken in zip(contents, cues, strict=True):
        shared = len(mine & content)
        if cue & taken:
            return False
        if shared and (shared > _APART * len(mine | content) or not (mine <= content or content <= mine)):
            return False
    return True
