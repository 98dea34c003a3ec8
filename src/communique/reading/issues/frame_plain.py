"""Followed issues found in words alone, without a parse: for texts that were read before the issue was followed.

The ways are those of `frame_mentions`, as far as words tell: names, a verb with its object in the words beside it, what
tells a bargain right before a word for one, parts of names. Less is sure without a parse, so that it has less weight.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from communique.model import AssignmentReason, Frame, Span
from communique.reading.grammar.base_forms import base_form
from communique.reading.grammar.possessives import without_possessive
from communique.reading.issues.assignments import PROBABLE
from communique.reading.issues.frame_names import BARGAIN, FollowedIssue, followed_in, plain_word
from communique.reading.issues.issue_words import DETERMINERS, POINTING

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BEHIND = 8
"""Words behind a verb in which its object is looked for."""

_BEFORE_NOUNS = DETERMINERS | POINTING

_LESS = 0.9
"""What a parse would have added to an assignment's probability is taken off it."""

Found = tuple[int, Span, AssignmentReason]
"""An issue by its place in the frame, where the text means it, and why."""


def probability(reason: AssignmentReason) -> float:
    """How probable an assignment is that words alone made for a reason."""
    return round(PROBABLE[reason] * _LESS, 2)


def plain_mentions(text: str, pieces: Sequence[Span], frame: Frame, wanted: Collection[int]) -> list[Found]:
    """Return where pieces of a text mean the issues of a frame that are wanted, by their places, in text order."""
    issues = followed_in(frame)
    found: list[Found] = []
    for start, end in pieces:
        matches = list(_WORD.finditer(text, start, end))
        words = [without_possessive(match.group().casefold()) for match in matches]
        forms = [plain_word(word) for word in words]
        for at in wanted:
            for first, last, reason in _in_words(issues[at], words, forms, [match.group() for match in matches]):
                found.append((at, Span(matches[first].start(), matches[last].end()), reason))
    return sorted(found, key=lambda each: each[1])


def _in_words(
    issue: FollowedIssue, words: Sequence[str], forms: Sequence[str], spelt: Sequence[str]
) -> Iterator[tuple[int, int, AssignmentReason]]:
    verbs = {base_form(verb) for verb in issue.verbs if "_" not in verb}
    for i, form in enumerate(forms):
        for name in issue.names:
            last = _reaches(words, forms, i, name.words)
            if last is not None and not (name.proper and len(name.words) == 1 and not spelt[i][:1].isupper()):
                yield i, last, AssignmentReason.NAME
        bargain = form in BARGAIN and any(which <= set(forms[max(0, i - 3) : i]) for which in issue.bargains)
        noun = i > 0 and words[i - 1] in _BEFORE_NOUNS
        if bargain or (not noun and base_form(words[i]) in verbs and _done(issue, forms, i)):
            yield i, i, AssignmentReason.WORD
        thing = words[i] in issue.things and form != words[i]
        head = form in issue.heads and i and words[i - 1] in POINTING and spelt[i][:1].isupper()
        if form in issue.parts or thing or head:
            yield i, i, AssignmentReason.PART


def _reaches(words: Sequence[str], forms: Sequence[str], i: int, wanted: Sequence[str]) -> int | None:
    at = i
    for number, word in enumerate(wanted):
        while number and at < len(words) and words[at] in DETERMINERS:
            at += 1
        if at >= len(words) or forms[at] != word:
            return None
        at += 1
    return at - 1


def _done(issue: FollowedIssue, forms: Sequence[str], i: int) -> bool:
    """Whether what the names say the verb is done to stands behind it, or before it."""
    near = {*forms[max(0, i - _BEHIND) : i], *forms[i + 1 : i + 1 + _BEHIND]}
    return bool(issue.objects & near)
