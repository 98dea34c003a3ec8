"""How far what is said under a cue goes."""

from __future__ import annotations

from communique.lexicon import listed, phrases
from communique.lexicon.cues import cues
from communique.reading.attribution.candidates import LONGEST_LOOK, governing_cue, inserted_source, own_subject
from communique.reading.grammar.token_ranges import trim
from communique.reading.tokens import Tokens, TokenSpan

_TURNING_WITH_SUBJECT = listed("cues", "constructions", "turning_with_subject")
_TURNING = listed("cues", "constructions", "turning")

_NONE: frozenset[str] = frozenset()
SUPPOSING = listed("closed_classes", "suppositions")
"""Words that open what is only supposed."""

_HANGING = listed("cues", "constructions", "hanging")
_HANGING_PHRASES = phrases("cues", "constructions", "hanging_phrases")


def cue_clause(tokens: Tokens, v: int, content: int) -> TokenSpan:
    """Return the range of a cue's own clause, what depends on the content left out."""
    first = last = v
    for child in tokens.children[v]:
        if child == content or tokens.dep[child] in {"punct", "ccomp", "conj", "cc", "parataxis"}:
            continue
        if tokens.left[child] <= content <= tokens.right[child]:
            continue
        first = min(first, tokens.left[child])
        last = max(last, tokens.right[child])
    return first, last + 1


def cut_at_next_cue(tokens: Tokens, piece: TokenSpan, clause: int | None) -> TokenSpan:
    """End a content where another speaker's or the same speaker's next cue begins.

    The parser often hangs ", adding that ..." or ", and X said ..." under the content's verb.
    """
    strong = cues().strong
    first, last = piece
    text = tokens.text
    depth = 0
    for i in range(first, min(last + 1, tokens.n, first + LONGEST_LOOK)):
        if i == last and (tokens.pos[i] != "VERB" or tokens.sentence[i] != tokens.sentence[first]):
            break
        if text[i] in {'"', "“", "”"}:
            depth ^= 1
        if tokens.lower[i] == "according" and not depth and text[i - 1] == "," and i > first + 2:
            return first, i - 1
        if depth or i <= first + 2 or tokens.pos[i] != "VERB":
            continue
        closing = inserted_source(tokens, i)
        if closing is not None and closing[0][0] > first + 2:
            return trim(tokens, (first, closing[0][0] - 1))
        if i in (clause, last):
            continue
        if tokens.dep[i] == "conj" and tokens.pos[i - 1] in {"CCONJ", "ADV"} and governing_cue(tokens, i) is not None:
            return trim(tokens, (first, i - 1))
        if tokens.lemma[i] not in strong and not cues().verbs.get(tokens.lemma[i], _NONE) & {"blame", "praise"}:
            continue
        before = i - 1
        if tokens.tag[i] == "VBG" and tokens.dep[i] in {"advcl", "acl", "conj", "xcomp"}:
            while before > first and tokens.pos[before] in {"ADV", "SCONJ", "CCONJ"}:
                before -= 1
            if text[before] in {",", "–", "—", "-", '"'}:
                return first, before
            if tokens.lower[before + 1] == "while":
                return first, before + 1
        if tokens.tag[i] in {"VBD", "VBZ", "VBP"} and tokens.dep[i] in {"conj", "advcl", "ccomp"}:
            own, mark = own_subject(tokens, i), tokens.child(i, "mark")
            if own is None or own > i or (mark is not None and tokens.lower[mark] in SUPPOSING):
                continue
            start = tokens.left[own]
            k = start - 1
            while k > first and tokens.lower[k] in _TURNING:
                k -= 1
            if k > first and text[k] in {",", ";"} and k < start:
                return first, k
    return piece


def with_condition(tokens: Tokens, piece: TokenSpan) -> TokenSpan:
    """Take in the condition that follows a content: the parser often hangs it under the cue instead.

    "Said talks would resume if ...": what is said is conditional, the saying hardly ever is.
    """
    last = tokens.sentences[tokens.sentence[piece[1] - 1]][1]
    k = piece[1]
    if k < last and tokens.text[k] == ",":
        k += 1
    if tokens.lower[k : k + 2] == ["but", "only"]:
        k += 1
    if k >= last or tokens.lower[k] not in _HANGING:
        return piece
    if not any(tuple(tokens.lower[k : k + len(phrase)]) == phrase for phrase in _HANGING_PHRASES):
        return piece
    end = k + 1
    last = min(last, end + LONGEST_LOOK)
    while end < last:
        if tokens.text[end] in {",", ";"} and end + 1 < last:
            following = tokens.lower[end + 1]
            if following in _TURNING_WITH_SUBJECT:
                break
            if tokens.tag[end + 1] == "VBG" or following in {"according", "as"}:
                break
        if tokens.text[end] in {'"', ";"}:
            break
        end += 1
    return trim(tokens, (piece[0], end))
