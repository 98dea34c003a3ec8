"""Two matters of one name: "the peace treaty" that Peru will not sign, and "the peace treaty with Kenya" that Mali has."""

from __future__ import annotations

from communique.lexicon import listed
from communique.reading.grammar.subjects import NOMINAL_SUBJECTS
from communique.reading.issues.candidates import IssuePhrase
from communique.reading.propositions.states import plain, state_at
from communique.reading.tokens import Tokens, TokenSpan

_PARTNERS = listed("issues", "constructions", "partners")
_SIGNING = listed("issues", "constructions", "signing")
_NEAR = 5
_STEPS = 4


def others_of_a_name(tokens: Tokens, phrases: list[IssuePhrase]) -> frozenset[int]:
    """Return where phrases begin that name another thing than the first of their words does.

    A phrase tells its partners ("with Kenya"), another of the same words who signs it; where the sentence of neither
    names those of the other, they are two.
    """
    found: set[int] = set()
    same: dict[object, list[IssuePhrase]] = {}
    for phrase in phrases:
        if phrase.known is None and phrase.kind != "bare":
            same.setdefault((phrase.head, phrase.modifiers), []).append(phrase)
    for group in same.values():
        for told in group[1:] if len(group) > 1 else ():
            first = group[0]
            if _are_two(tokens, told, first) or _are_two(tokens, first, told):
                found.add(told.start)
    return frozenset(found)


def _are_two(tokens: Tokens, one: IssuePhrase, other: IssuePhrase) -> bool:
    partners, signer = _partners(tokens, one), _signer(tokens, other)
    if not partners or signer is None:
        return False
    here, there = (_states(tokens, tokens.sentences[tokens.sentence[p.start]]) for p in (one, other))
    return signer not in here | partners and not partners & there


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
        subject = tokens.child(verb, *NOMINAL_SUBJECTS)
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
