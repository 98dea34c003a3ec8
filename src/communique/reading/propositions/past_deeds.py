"""What the sentences of a statement tell of what is past, by their words: deeds, done or not, and consents denied.

A deed is the base form of a verb in a past form; whether it was done, a negation before it in one stretch without a
mark tells. A sentence that leaves open whether something was done ("would have", "if") tells of none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from communique.lexicon import alternatives, listed
from communique.model import Proposition
from communique.reading.grammar.base_forms import base_form, is_past
from communique.reading.grammar.negation import is_negation
from communique.reading.propositions.named_times import times_in
from communique.reading.propositions.wording import proposition_of
from communique.reading.segmentation.plain_sentences import sentences

_words = partial(listed, "propositions_compared", "past")
_PIECE = re.compile(r"[a-z]+(?:['’]t)?|[,;:.!?]")
_REACH = 6
"""Words after a negation among which it denies a verb."""

_LONGEST = 40
"""Words of a sentence above which the signs of its verbs are not told by its words."""

_MOST = 8192
"""Contents whose deeds are remembered."""


@dataclass(frozen=True, slots=True)
class DeedSentence:
    """A sentence with what it says, the deeds that it tells as done and as not done, and the times that it names."""

    words: str
    proposition: Proposition
    done: frozenset[str]
    not_done: frozenset[str]
    times: frozenset[str]

    def spelt(self, deed: str) -> str:
        """Return the first word of the sentence for a deed of it, in small letters."""
        words: list[str] = _PIECE.findall(self.words.lower())
        return next(word for word in words if base_form(word) == deed)


@lru_cache(maxsize=_MOST)
def deed_sentences(content: str) -> tuple[DeedSentence, ...]:
    """Return the sentences of a statement's content that tell of deeds."""
    found = []
    for start, end in sentences(content):
        words = _without_opening(content[start:end])
        pieces = _PIECE.findall(words.lower())
        if not _words("open").isdisjoint(pieces) or "?" in pieces or len(pieces) > _LONGEST:
            continue
        signs = tuple(_signs(pieces))
        if signs:
            done, not_done = (frozenset(deed for deed, denied in signs if denied == sign) for sign in (False, True))
            found.append(DeedSentence(words, proposition_of(words), done, not_done, times_in(words)))
    return tuple(found)


@lru_cache(maxsize=_MOST)
def denies_consent(content: str) -> bool:
    """Tell whether a sentence says that nothing was agreed, promised or given: "no date was agreed"."""
    return any(
        speaks_of_consent(content[start:end]) and proposition_of(content[start:end]).denied
        for start, end in sentences(content)
    )


def speaks_of_consent(words: str) -> bool:
    """Tell whether words speak of agreeing, promising, granting or signing."""
    return not listed("propositions_compared", "willing", "consent").isdisjoint(_PIECE.findall(words.lower()))


def opens_denied(words: str) -> bool:
    """Tell whether words open with what denies them: "neither independence nor a seat"."""
    return is_negation(next(iter(_PIECE.findall(words.lower())), ""))


def _without_opening(sentence: str) -> str:
    """Leave out that one wants to say what follows: "I want to stress that ..."."""
    opening = _opening().match(sentence)
    return sentence[opening.end() :] if opening else sentence


def _signs(pieces: list[str]) -> Iterator[tuple[str, bool]]:
    denied, auxiliary = 0, False
    for word in pieces:
        if not word[0].isalpha():
            denied, auxiliary = 0, False
        elif is_negation(word):
            denied, auxiliary = _REACH, auxiliary or word in _words("auxiliaries")
        else:
            auxiliary = auxiliary or word in _words("auxiliaries")
            deed = base_form(word)
            # Of what "did not" stands before any word may be the verb.
            if deed not in _no_deeds() and (is_past(word) or (denied and auxiliary)):
                yield deed, denied > 0
            denied = max(0, denied - 1)


@cache
def _no_deeds() -> frozenset[str]:
    """Words that say nothing by themselves, verbs too: "made it clear"."""
    return frozenset(map(base_form, listed("propositions_compared", "words", "empty") | _words("light")))


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(
        rf"[^.;]*\b(?:{alternatives('propositions_compared', 'past', 'saying')})\b[^.;]*?\bthat\s+", re.IGNORECASE
    )
