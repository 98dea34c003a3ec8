"""Why an attribution is held to be about an issue, and how probable that is, by how sure each reason is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from communique.model import AssignmentReason, IssueAssignment, Span, Spans
from communique.reading.annotations import Annotations
from communique.reading.issues.frame_names import issue_ids
from communique.reading.tokens import Tokens

PROBABLE = {
    AssignmentReason.NAME: 0.95,
    AssignmentReason.WORD: 0.85,
    AssignmentReason.PART: 0.75,
    AssignmentReason.PHRASE: 0.7,
    AssignmentReason.PRONOUN: 0.65,
    AssignmentReason.TIE: 0.6,
    AssignmentReason.SOURCE: 0.5,
    AssignmentReason.JUDGED: 1.0,
}
"""How probable an assignment is, by why it was made."""

_Place = tuple[Span, AssignmentReason]


@dataclass(frozen=True, slots=True)
class AssignmentIndex:
    """Where a text means each issue, by its id and in text order, and why."""

    places: dict[str, list[_Place]]

    @classmethod
    def of(cls, annotations: Annotations, tokens: Tokens) -> AssignmentIndex:
        """Lay out the places of a text's issues."""
        found: dict[str, dict[Span, AssignmentReason]] = {
            issue.id: dict.fromkeys(issue.mentions, AssignmentReason.PHRASE) for issue in annotations.issues
        }
        names = issue_ids(annotations.frame) if annotations.frame else []
        for mention in annotations.framed:
            found.setdefault(names[mention.issue], {})[tokens.span(mention.piece)] = mention.reason
        for name, place in annotations.pointers:
            found.setdefault(name, {})[place] = AssignmentReason.PRONOUN
        return cls({name: sorted(places.items()) for name, places in found.items()})

    def assigned(self, about: Sequence[str], content: Spans) -> tuple[IssueAssignment, ...]:
        """Say of each issue why an attribution of this content is about it: by the surest of the places in it.

        Where no place is in it, the words that name its source name the issue, or what its conditions hang on it.
        """
        made = []
        for name in about:
            inside = [each for span in content for each in self._inside(name, span)]
            if inside:
                place, reason = max(inside, key=lambda each: (PROBABLE[each[1]], -each[0].start))
                made.append(IssueAssignment(name, PROBABLE[reason], reason, place))
            else:
                reason = AssignmentReason.SOURCE if name in self.places else AssignmentReason.TIE
                made.append(IssueAssignment(name, PROBABLE[reason], reason))
        return tuple(made)

    def _inside(self, name: str, span: Span) -> list[_Place]:
        places = self.places.get(name, [])
        first = bisect_left(places, span.start, key=lambda each: each[0].start)
        last = bisect_left(places, span.end, key=lambda each: each[0].start)
        return places[first:last]
