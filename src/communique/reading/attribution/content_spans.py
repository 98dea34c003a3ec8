"""How far what is said under a cue goes."""

from __future__ import annotations

from collections.abc import Iterator

from communique.lexicon import listed, phrases
from communique.lexicon.cues import cues
from communique.reading.attribution.candidates import LONGEST_LOOK, governing_cue, inserted_source, own_subject
from communique.reading.grammar.auxiliaries import is_tensed
from communique.reading.grammar.possessives import makes_owner
from communique.reading.grammar.token_ranges import trim
from communique.reading.tokens import Tokens, TokenSpan

_TURNING_WITH_SUBJECT = listed("cues", "constructions", "turning_with_subject")
_TURNING = listed("cues", "constructions", "turning")

_NONE: frozenset[str] = frozenset()
_OWNING = {"GPE", "NORP", "ORG", "PERSON"}
_NAME = 5  # words of an owner's name
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
    first, last = piece
    for i in _outside_quotations(tokens, piece):
        if tokens.lower[i] == "according" and tokens.text[i - 1] == ",":
            return first, i - 1
        if tokens.pos[i] != "VERB":
            continue
        if tokens.text[i - 1] == "," and names_voice(tokens, i):
            return first, i - 1
        closing = inserted_source(tokens, i)
        if closing is not None and closing[0][0] > first + 2:
            return trim(tokens, (first, closing[0][0] - 1))
        if i in (clause, last):
            continue
        if _joined_cue(tokens, i):
            return trim(tokens, (first, i - 1))
        end = _before_own_clause(tokens, i, first) if _says_or_judges(tokens, i) else None
        if end is not None:
            return first, end
    return piece


def _outside_quotations(tokens: Tokens, piece: TokenSpan) -> Iterator[int]:
    """Yield the tokens at which a content may end; a verb that follows it in its sentence is looked at too."""
    first, last = piece
    quoted = False
    for i in range(first, min(last + 1, tokens.n, first + LONGEST_LOOK)):
        if i == last and (tokens.pos[i] != "VERB" or tokens.sentence[i] != tokens.sentence[first]):
            break
        if tokens.text[i] in {'"', "“", "”"}:
            quoted = not quoted
        if not quoted and i > first + 2:
            yield i


def _joined_cue(tokens: Tokens, v: int) -> bool:
    """As in "said the border was settled and urged Hanoi to talk": the speaker urges."""
    joined = tokens.dep[v] == "conj" and tokens.pos[v - 1] in {"CCONJ", "ADV"}
    return joined and governing_cue(tokens, v) is not None


def _says_or_judges(tokens: Tokens, v: int) -> bool:
    lemma = tokens.lemma[v]
    return lemma in cues().strong or bool(cues().verbs.get(lemma, _NONE) & {"blame", "praise"})


def _before_own_clause(tokens: Tokens, v: int, first: int) -> int | None:
    """Return where a content ends that a cue's own clause follows; None where the cue is part of the content."""
    if tokens.tag[v] == "VBG" and tokens.dep[v] in {"advcl", "acl", "conj", "xcomp"}:
        return _before_participle(tokens, v, first)
    if is_tensed(tokens, v) and tokens.dep[v] in {"conj", "advcl", "ccomp"}:
        return _before_subject(tokens, v, first)
    return None


def _before_participle(tokens: Tokens, v: int, first: int) -> int | None:
    """As in "talks would resume, adding that ..." and "talks would resume while accusing ..."."""
    before = v - 1
    while before > first and tokens.pos[before] in {"ADV", "SCONJ", "CCONJ"}:
        before -= 1
    if tokens.text[before] in {",", "–", "—", "-", '"'}:
        return before
    return before + 1 if tokens.lower[before + 1] == "while" else None


def _before_subject(tokens: Tokens, v: int, first: int) -> int | None:
    """As in "talks would resume, and the envoy said ..."; "if the envoy said so" is only supposed."""
    own, mark = own_subject(tokens, v), tokens.child(v, "mark")
    if own is None or own > v or (mark is not None and tokens.lower[mark] in SUPPOSING):
        return None
    start = tokens.left[own]
    k = start - 1
    while k > first and tokens.lower[k] in _TURNING:
        k -= 1
    return k if k > first and tokens.text[k] in {",", ";"} and k < start else None


def names_voice(tokens: Tokens, v: int) -> bool:
    """Tell whether a participle names whose words they are: ", citing a diplomat"."""
    goal = tokens.child(v, "dobj")
    if tokens.tag[v] != "VBG" or goal is None or tokens.lemma[v] not in cues().sets["quoting"]:
        return False
    return tokens.entity[goal] in {"ORG", "PERSON"} or tokens.lemma[goal].lower() in cues().sets["voices"]


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


def after_its_place(tokens: Tokens, v: int, classes: frozenset[str]) -> tuple[int, int] | None:
    """Return the head and the start of what is judged behind where it was said: "condemned in a statement Peru's raid".

    The parse makes one phrase of both.
    """
    if not classes & {"blame", "praise", "cite"}:
        return None
    places = cues().sets["issued"] | cues().sets["venues"]
    for c in tokens.children[v]:
        noun = tokens.child(c, "pobj") if tokens.dep[c] == "prep" and c > v else None
        if noun is None:
            continue
        goal = tokens.child(noun, "appos")
        if tokens.lemma[noun] in places and goal is not None and tokens.left[goal] == noun + 1:
            return goal, noun + 1
        for t in range(c + 1, noun - 1):
            if tokens.lemma[t] in places and tokens.entity[t + 1] in _OWNING and tokens.tag[t + 1] == "NNP":
                owned = any(makes_owner(tokens, k) for k in range(t + 2, min(noun, t + _NAME)))
                return (noun, t + 1) if owned else None
    return None
