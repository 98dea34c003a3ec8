"""What a report tells of an answer before its words: "The envoy was unmoved. ...", "Oslo was quick to reply. ..."."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from communique.lexicon import listed, phrases
from communique.reading.attribution.candidates import LONGEST_LOOK
from communique.reading.attribution.exchanges import Exchange
from communique.reading.attribution.relays import actor_at
from communique.reading.grammar.negation import is_denied
from communique.reading.grammar.subjects import is_nominal_subject
from communique.reading.tokens import Tokens

_TO = frozenset(("to", "at"))
_STEPS = 3
_NEAR = 4

ByFirst = dict[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Rejoinder:
    """That the words of a statement answer somebody; ``to`` is whom, where the report says so."""

    to: str | None


def rejoinder(exchange: Exchange, index: int) -> Rejoinder | None:
    """Return what tells that a statement answers: a turn of speech in its own sentence, or told in the one before.

    As in "Berrada was having none of it. There had never been a promise, he said", "The opposition was not slow to
    reply to the minister. Its spokesman said ...", "Not so, the envoy said".
    """
    tokens, a = exchange.tokens, exchange.attributions[index]
    if a.parent is not None:
        return None
    if _opens_with_a_no(tokens, a.content[0][0] if a.content else tokens.n):
        return Rejoinder(None)
    first, last = tokens.sentences[tokens.sentence[a.cue_head]]
    spot = _phrase_at(tokens, first, min(last, first + LONGEST_LOOK))
    if spot is not None and not any(s <= spot < e for s, e in a.content):
        who = _subject(exchange, first, spot)
        if who is None or not exchange.of_another_state(exchange.speakers[index], who):
            return Rejoinder(_told_whom(exchange, spot))
    return _told_before(exchange, index, first)


def _told_before(exchange: Exchange, index: int, first: int) -> Rejoinder | None:
    """The sentence before, where it tells of this speaker or of nobody by name, in the same paragraph."""
    tokens = exchange.tokens
    start, end = exchange.sentence_before(first)
    if end - start > LONGEST_LOOK or any(tokens.text[t].count("\n") > 1 for t in range(start, end)):
        return None
    spot = _phrase_at(tokens, start, end)
    if spot is None:
        spot = _answering_verb(exchange, start, end)
    if spot is None or _has_own_words(exchange, index, spot):
        return None
    who = _subject(exchange, start, spot)
    speaker = exchange.speakers[index]
    own = who is None or exchange.same_side(who, speaker) or exchange.may_speak_for(speaker, who)
    return Rejoinder(_told_whom(exchange, spot)) if own else None


def _answering_verb(exchange: Exchange, start: int, end: int) -> int | None:
    """As in "Bulgaria answered within hours": told without the words, and told to have been done."""
    tokens = exchange.tokens
    for t in range(start, end):
        if tokens.pos[t] == "VERB" and tokens.lemma[t] in listed("responses", "answering_verbs"):
            yet = any(tokens.lower[k] in listed("responses", "still_open") for k in range(start, t))
            if not yet and not is_denied(tokens, t):
                return t
    return None


def _has_own_words(exchange: Exchange, index: int, spot: int) -> bool:
    """Tell whether what answers there is a statement already told: the one after it goes on."""
    near = exchange.attributions[max(0, index - _NEAR) : index + _NEAR]
    return any(first <= spot < last for a in near for first, last in a.cue) or any(a.cue_head == spot for a in near)


def _subject(exchange: Exchange, start: int, spot: int) -> str | None:
    tokens = exchange.tokens
    subject = next((c for c in range(spot, start - 1, -1) if is_nominal_subject(tokens, c)), None)
    return actor_at(tokens, exchange.entities, subject)


def _told_whom(exchange: Exchange, spot: int) -> str | None:
    """As in "was not slow to reply to the minister", "answered Moscow in kind"."""
    tokens = exchange.tokens
    for t in range(spot + 1, min(tokens.n, spot + 1 + _STEPS)):
        if tokens.sentence[t] != tokens.sentence[spot]:
            return None
        if tokens.lower[t] in _TO:
            return actor_at(tokens, exchange.entities, tokens.child(t, "pobj"))
    return actor_at(tokens, exchange.entities, tokens.child(spot, "dobj"))


def _opens_with_a_no(tokens: Tokens, at: int) -> bool:
    """As in "Not at all, the envoy said": words that turn down what has just been said, at the head of a content."""
    while at < tokens.n and tokens.pos[at] in ("PUNCT", "SPACE"):
        at += 1
    return any(end < tokens.n and tokens.pos[end] == "PUNCT" for end in _ends(tokens, at, "disclaimers"))


def _phrase_at(tokens: Tokens, start: int, end: int) -> int | None:
    """Return where a phrase such as "hit back" stands between two tokens."""
    return next((i for i in range(start, end) if any(_ends(tokens, i, "rejoinders"))), None)


def _ends(tokens: Tokens, at: int, name: str) -> Iterator[int]:
    """Yield where the phrases of the lexicon that begin at a token end."""
    for words in _by_first(name).get(tokens.lower[at] if at < tokens.n else "", ()):
        if tuple(tokens.lower[at : at + len(words)]) == words:
            yield at + len(words)


@cache
def _by_first(name: str) -> ByFirst:
    """Phrases of the lexicon's responses by their first word."""
    every = phrases("responses", name)
    return {first: tuple(words for words in every if words[0] == first) for first in {words[0] for words in every}}
