"""Tell a capital that stands for its government from the city itself, by the words around it."""

from __future__ import annotations

from communique.lexicon import listed
from communique.reading.grammar.auxiliaries import has_passive_auxiliary
from communique.reading.grammar.labels import ACTIVE_SUBJECT, PASSIVE_SUBJECT
from communique.reading.grammar.possessives import is_possessive_mark
from communique.reading.grammar.subjects import active_subject
from communique.reading.tokens import Tokens

_PLACE_MODIFIERS = listed("entities", "place_modifiers")
_AFTER_STATE = listed("entities", "after_state")
_GOVERNMENT_NOUNS = listed("entities", "government_nouns")
_METONYM_PREPOSITIONS = listed("entities", "metonym_prepositions")
_OWN_OFFICES = listed("entities", "own_offices")
_PLACE_NOUNS = listed("entities", "place_nouns")
_OF_POLICY = listed("entities", "of_policy")
_GOING = listed("entities", "going")

_LISTED_STEPS = 8
"""Names of a list that are gone up to the first."""
_DATELINE_REACH = 9
"""Words after a place within which a dateline's dash stands."""
_MOVE_REACH = 5
"""Words before a place within which a verb tells of a journey there."""


def stands_for_government(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether the city named by tokens ``[start, end)`` is its government here."""
    head = _head(tokens, start, end)
    after = tokens.lower[end] if end < tokens.n else ""
    if _is_dateline(tokens, start, end):
        return False
    if after == "-" and tokens.start[end] == tokens.end[end - 1]:
        return False
    if start and tokens.lower[start - 1] == "-" and tokens.start[start] == tokens.end[start - 1]:
        return False
    if is_possessive_mark(tokens, end):
        return _owns(tokens, end + 1)
    if after == "," and end + 1 < tokens.n and tokens.pos[end + 1] == "PROPN" and _place_name(tokens, end + 1):
        return False
    dep = tokens.dep[head]
    above = tokens.head[head]
    k = 0
    while dep in ("conj", "appos") and above != head and k < _LISTED_STEPS and tokens.pos[above] in ("PROPN", "NOUN"):
        head, k = above, k + 1
        dep, above = tokens.dep[head], tokens.head[head]
    before = tokens.lower[start - 1] if start else ""
    if dep not in (ACTIVE_SUBJECT, PASSIVE_SUBJECT) or before in listed("metonymy", "inside"):
        by_word = _by_preposition(tokens, before, start)
        if by_word is not None:
            return by_word
    return _by_role(tokens, head, dep, above, end)


def _head(tokens: Tokens, start: int, end: int) -> int:
    for i in range(end - 1, start - 1, -1):
        if not start <= tokens.head[i] < end:
            return i
    return end - 1


def _owns(tokens: Tokens, i: int) -> bool:
    """As in "Tokyo's position" against "Tokyo's Haneda airport" and "Tokyo's streets"."""
    for k in range(i, min(i + 4, tokens.n)):
        if tokens.lower[k] in listed("metonymy", "parts"):
            return False
        if tokens.pos[k] == "PROPN" and k == i:
            return tokens.lower[k] in _OWN_OFFICES
        if tokens.pos[k] == "NOUN" and (k + 1 >= tokens.n or tokens.pos[k + 1] != "NOUN"):
            return True
    return True


def _is_dateline(tokens: Tokens, start: int, end: int) -> bool:
    """As in "TOKYO, June 5 (Kyodo) --", "Tokyo — ", "MOSCOW (Reuters) -" at the head of a paragraph."""
    if start and tokens.pos[start - 1] != "SPACE" and not tokens.text[start].isupper():
        return False
    window = tokens.lower[end : end + _DATELINE_REACH]
    if not window:
        return False
    if window[0] in ("-", "--", "—", "–", "("):
        return True
    return window[0] in (",", "/") and any(w in ("-", "--", "—", "–", "(") for w in window)


def _place_name(tokens: Tokens, i: int) -> bool:
    after = tokens.lower[i + 1] if i + 1 < tokens.n else ""
    return tokens.entity[i] in ("GPE", "LOC") and after not in _AFTER_STATE


def _by_preposition(tokens: Tokens, before: str, start: int) -> bool | None:
    """Decide by the word right before the city; None where it does not tell."""
    if before in listed("metonymy", "inside"):
        return False
    if before in ("to", "from"):
        moves = listed("metonymy", "moves") if before == "to" else listed("metonymy", "comes")
        if start > 1 and tokens.lemma[start - 2] in listed("metonymy", "messages"):
            return True
        for k in range(max(0, start - _MOVE_REACH), start - 1):
            if tokens.lemma[k] == "come" and before == "from":
                continue
            if tokens.lemma[k] in moves or tokens.lower[k] in moves:
                return False
        above = tokens.head[start - 1]
        if tokens.lemma[above] == "come" and before == "from":
            subject = active_subject(tokens, above)
            return subject is not None and tokens.pos[subject] == "NOUN"
        return tokens.lemma[above] not in moves
    if before == "of":
        lemma = tokens.lemma[start - 2] if start > 1 else ""
        if lemma in listed("metonymy", "place_heads") or (
            start > 1 and tokens.lower[start - 2] in listed("metonymy", "place_heads")
        ):
            return False
        return not (start > 1 and tokens.pos[start - 2] == "PROPN")
    if before == "between":
        return not any(
            tokens.lower[k] in listed("metonymy", "journey") for k in range(max(0, start - _MOVE_REACH), start - 1)
        )
    if before in _PLACE_MODIFIERS:
        return False
    return None


def _acts_as_subject(tokens: Tokens, dep: str, verb: int) -> bool:
    """Tell whether the subject of a verb is a government: a place lies, or is struck."""
    lemma = tokens.lemma[verb]
    if dep == PASSIVE_SUBJECT or has_passive_auxiliary(tokens, verb):
        return lemma not in listed("metonymy", "struck")
    if lemma in listed("metonymy", "lies"):
        return False
    if lemma == "be":
        what = tokens.child(verb, "attr")
        return what is None or tokens.lemma[what] not in _PLACE_NOUNS
    return True


def _by_role(tokens: Tokens, head: int, dep: str, above: int, end: int) -> bool:
    if dep in (ACTIVE_SUBJECT, PASSIVE_SUBJECT):
        return _acts_as_subject(tokens, dep, above)
    if dep in ("dobj", "dative", "obj"):
        return tokens.lemma[above] not in listed("metonymy", "struck")
    if dep in ("compound", "nmod", "amod"):
        if (
            head
            and tokens.pos[head - 1] == "VERB"
            and tokens.lemma[head - 1] not in listed("metonymy", "struck") | listed("metonymy", "moves")
        ):
            return True
        nxt = tokens.lower[end] if end < tokens.n else ""
        if end < tokens.n and tokens.pos[end] not in ("NOUN", "PROPN", "ADJ", "NUM"):
            return True
        return nxt in _GOVERNMENT_NOUNS
    if dep == "pobj":
        link = tokens.lower[above]
        if link in _METONYM_PREPOSITIONS:
            return tokens.pos[tokens.head[above]] in ("NOUN", "VERB")
        return (
            link in listed("metonymy", "links")
            and link not in _OF_POLICY
            or link == "for"
            and (
                tokens.dep[above] == "prep"
                and above < tokens.n
                and tokens.pos[tokens.head[above]] in ("NOUN", "VERB", "AUX")
                and tokens.lemma[tokens.head[above]] not in _GOING
            )
        )
    if dep == "poss":
        return True
    return (
        dep in ("ROOT", "ccomp", "npadvmod", "dep", "attr")
        and end < tokens.n
        and (tokens.pos[end] in ("VERB", "AUX") or tokens.lower[end] == ":")
    )
