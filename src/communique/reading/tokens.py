"""A parsed text as plain lists, one entry a token.

Reading spaCy's token objects one attribute at a time costs more than the parse; every stage works on these lists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import add
from typing import Any, TypeVar

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, LEMMA, LENGTH, LOWER, ORTH, POS, SENT_START, TAG
from spacy.tokens import Doc

from communique.lexicon import load
from communique.model import Span
from communique.reading.misread_verbs import mend_misread_verbs
from communique.reading.typesetting import undone

T = TypeVar("T")

TokenSpan = tuple[int, int]
"""``[start, end)`` in tokens."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token attributes as parallel lists of length ``n``.

    ``head[i]`` is the index of token i's head (itself at a root), ``children[i]`` its dependents in text order,
    ``left[i]``/``right[i]`` the first and last token of its subtree, ``sentence[i]`` the index of its sentence in
    ``sentences`` (token ranges). ``entity[i]`` is the model's entity type or "", ``entity_start[i]`` whether one
    starts there. Whitespace tokens (paragraph breaks) are kept: ``pos`` is "SPACE". ``found`` keeps
    what was asked ``once``.
    """

    doc_text: str
    n: int
    text: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    entity: list[str]
    entity_start: list[bool]
    start: list[int]
    end: list[int]
    head: list[int]
    children: list[list[int]]
    left: list[int]
    right: list[int]
    sentence: list[int]
    sentences: list[TokenSpan]
    altered: bool = False
    found: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def span(self, piece: TokenSpan) -> Span:
        """Return the characters of a token range; of an empty range, an empty span."""
        first, last = piece
        if first >= last:
            return Span(0, 0)
        return Span(self.start[first], self.end[last - 1])

    def once(self, find: Callable[[Tokens], T]) -> T:
        """Return what a function finds in these tokens, which it is asked for once.

        It must go by the tokens alone, and what it returns is not to be changed.
        """
        if find not in self.found:
            self.found[find] = find(self)
        made: T = self.found[find]
        return made

    def joined(self, i: int) -> bool:
        """Tell whether token i starts where the one before it ends, without a space between."""
        return i > 0 and self.start[i] == self.end[i - 1]

    def surface(self, piece: TokenSpan) -> str:
        """Return a token range's text as given, without what setting it has left in its words."""
        start, end = self.span(piece)
        given = self.doc_text[start:end]
        return undone(given)[0] if self.altered else given

    def subtree(self, i: int) -> TokenSpan:
        """Return the token range from the first to the last token of i's subtree."""
        return self.left[i], self.right[i] + 1

    def has_child(self, i: int, *deps: str) -> bool:
        """Tell whether token i has a dependent with one of these labels."""
        return self.child(i, *deps) is not None

    def child(self, i: int, *deps: str) -> int | None:
        """Return token i's first dependent with one of these labels."""
        dep = self.dep
        for c in self.children[i]:
            if dep[c] in deps:
                return c
        return None


_LEMMAS: dict[str, str] = load("cues")["lemmas"]
"""Lemmas that the model's rules get wrong for common cue verbs."""

_ATTRS = [ORTH, LOWER, LEMMA, POS, TAG, DEP, ENT_TYPE, ENT_IOB, HEAD, SENT_START, LENGTH, IDX]
_NAMED = 7  # so many of these, the first, are strings


def _sentences(starts: list[int]) -> tuple[list[int], list[TokenSpan]]:
    """Return each token's sentence and each sentence's tokens; 1 in ``starts`` opens one."""
    sentence: list[int] = []
    sentences: list[TokenSpan] = []
    opened = 0
    for i, code in enumerate(starts):
        if i and code == 1:
            sentences.append((opened, i))
            opened = i
        sentence.append(len(sentences))
    if starts:
        sentences.append((opened, len(starts)))
    return sentence, sentences


def tokens_of(doc: Doc, original: str | None = None, places: list[int] | None = None) -> Tokens:
    """Lay a parsed Doc out as lists.

    ``original`` is the report's text as given where the model read a prepared copy of it; ``places`` tells where each
    character of that copy stands in it, where the copy is of another length.
    Without a parse each token is its own head and the text one sentence.
    """
    n = len(doc)
    strings = doc.vocab.strings
    columns = doc.to_array(_ATTRS).T.tolist()
    seen = {key: strings[key] for key in set().union(*columns[:_NAMED])} | {0: ""}
    text, lower, lemma, pos, tag, dep, entity = (list(map(seen.__getitem__, keys)) for keys in columns[:_NAMED])
    iob, heads, starts, lengths, start = columns[_NAMED:]
    # What is negative comes as a large number.
    head = [i + (h - 2**64 if h >= 2**63 else h) for i, h in enumerate(heads)]
    end = list(map(add, start, lengths))
    if places is not None:
        start, end = [places[at] for at in start], [places[at - 1] + 1 for at in end]

    lemma = [_LEMMAS.get(low) or lem or low for lem, low in zip(lemma, lower, strict=True)]
    mend_misread_verbs(text, lemma, pos, tag, dep, head)
    children: list[list[int]] = [[] for _ in range(n)]
    for i, h in enumerate(head):
        if h != i:
            children[h].append(i)
    left, right = _edges(head, children)
    sentence, sentences = _sentences(starts)
    return Tokens(
        doc_text=doc.text if original is None else original,
        n=n,
        text=text,
        lower=lower,
        lemma=lemma,
        pos=pos,
        tag=tag,
        dep=dep,
        entity=entity,
        entity_start=[code == 3 for code in iob],
        start=start,
        end=end,
        head=head,
        children=children,
        left=left,
        right=right,
        sentence=sentence,
        sentences=sentences,
        altered=places is not None,
    )


def _edges(head: list[int], children: list[list[int]]) -> tuple[list[int], list[int]]:
    """First and last token of every subtree, children before parents, without recursion."""
    n = len(head)
    left, right = list(range(n)), list(range(n))
    order: list[int] = []
    stack = [i for i in range(n) if head[i] == i]
    while stack:
        node = stack.pop()
        order.append(node)
        stack.extend(children[node])
    for node in reversed(order):
        parent = head[node]
        if left[node] < left[parent]:
            left[parent] = left[node]
        if right[node] > right[parent]:
            right[parent] = right[node]
    return left, right
