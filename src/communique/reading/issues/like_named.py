"""Two matters of one name: "the peace treaty" that Peru will not sign, and Mali's "peace treaty with Kenya"."""

from __future__ import annotations

from communique.lexicon import listed
from communique.reading.grammar.state_words import plain, state_at
from communique.reading.grammar.subjects import nominal_subject
from communique.reading.issues.candidates import IssuePhrase
from communique.reading.tokens import Tokens, TokenSpan

_PARTNERS = listed("issues", "constructions", "partners")
_SIGNING = listed("issues", "constructions", "signing")
_NEAR = 5
_STEPS = 4


def others_of_a_name(tokens: Tokens, phrases: list[IssuePhrase]) -> dict[int, frozenset[str]]:
    """Return, by where a phrase begins, the states that tell what it names from another thing of the same words.

    A phrase tells its partners ("with Kenya"), another of the same words who signs it; where the sentence of neither
    names those of the other, they are two.
    """
    found: dict[int, frozenset[str]] = {}
    same: dict[object, list[IssuePhrase]] = {}
    for phrase in phrases:
        if phrase.known is None and phrase.kind != "bare":
            same.setdefault((phrase.head, phrase.modifiers), []).append(phrase)
    for group in same.values():
        first = group[0]
        for told in group[1:]:
            apart = _apart(tokens, told, first)
            if apart is None and (turned := _apart(tokens, first, told)) is not None:
                apart = (turned[1], turned[0])
            if apart is not None:
                found[told.start] = apart[0]
                for phrase in group:
                    found.setdefault(phrase.start, apart[1])
    return found


def _apart(tokens: Tokens, one: IssuePhrase, other: IssuePhrase) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return the partners of one and who signs the other where these are two things."""
    partners, signer = _partners(tokens, one), _signer(tokens, other)
    if not partners or signer is None:
        return None
    here, there = (_states(tokens, tokens.sentences[tokens.sentence[p.start]]) for p in (one, other))
    return (partners, frozenset((signer,))) if signer not in here | partners and not partners & there else None


def _partners(tokens: Tokens, phrase: IssuePhrase) -> frozenset[str]:
    """Return the states that "with" or "between" names right after a phrase."""
    if phrase.end >= tokens.n or tokens.lower[phrase.end] not in _PARTNERS:
        return frozenset()
    return _states(tokens, (phrase.end + 1, min(tokens.n, phrase.end + _NEAR)))


def _signer(tokens: Tokens, phrase: IssuePhrase) -> str | None:
    """Return the state that signs what a phrase names, by the verb's own subject."""
    verb = tokens.head[phrase.end - 1]
    if tokens.dep[phrase.end - 1] != "dobj" or tokens.lemma[verb] not in _SIGNING:
        return None
    for _ in range(_STEPS):
        subject = nominal_subject(tokens, verb)
        if subject is not None:
            named = state_at([plain(tokens.lower[subject])], 0)
            return None if named is None else named[0]
        if tokens.dep[verb] not in ("xcomp", "conj"):
            return None
        verb = tokens.head[verb]
    return None


def _states(tokens: Tokens, piece: TokenSpan) -> frozenset[str]:
    words = [plain(word) for word in tokens.lower[slice(*piece)]]
    return frozenset(named[0] for at in range(len(words)) if (named := state_at(words, at)) is not None)
