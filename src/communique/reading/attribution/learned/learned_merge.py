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
    return Both(tagger())


def fitted_and_learned() -> Scorer[Candidate]:
    """Make the scorer that weighs the rules' candidates as ever, and the learned reader's where they add something."""
    return Weighed(tagger(), Fitted(model()))


@dataclass(frozen=True, slots=True)
class Both:
    """The rules' candidates, sources filled in, and those of the learned reader."""

    tagger: Tagger

    def __call__(self, text: Text) -> list[Candidate]:
        """Return what could be attributions."""
        reading = self.tagger(text)
        found: list[Candidate] = []
        for c in find_candidates(text):
            same = reading.statements.get(c.cue_head)
            found.append(c if same is None or c.source or same.sure < _FILLED_FROM else self._filled(text, c))
        for tagged in reading.statements.values():
            likely = self.tagger.calibrated(tagged.sure)
            made = candidate_of(text, tagged, likely) if likely >= THRESHOLD else None
            if made is not None and not is_left_out(text, made):
                found.append(made)
        return found

    def _filled(self, text: Text, c: Candidate) -> Candidate:
        """Return a candidate without a source with the one that the learned reader has at its cue."""
        source = pieces_of(text.tokens, self.tagger(text).statements[c.cue_head].source)
        if not source or tokens_of(source) & tokens_of(c.content):
            return c
        learned = candidate_of(text, self.tagger(text).statements[c.cue_head], 0.0)
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
        scores = self.fitted(text, ruled)
        kept = standing(text, ruled, scores)
        contents = [tokens_of(c.content) for c in kept]
        cues = [tokens_of(c.cue) | {c.cue_head} for c in kept]
        own = iter(scores)
        return [
            (c.likely if c.likely >= ADDED_FROM and _adds(c, contents, cues) else 0.0)
            if isinstance(c, Learned)
            else next(own)
            for c in found
        ]


def standing(text: Text, found: Sequence[Candidate], scores: Sequence[float]) -> list[Candidate]:
    """Return the candidates that stand where nobody adds to them."""
    sure = [
        (p, c)
        for p, c in zip(scores, found, strict=True)
        if p >= THRESHOLD + (0.0 if has_speaker(text.tokens, c, text.entities) else MARGIN)
    ]
    return [c for _, c in select(sure, THRESHOLD)]


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
