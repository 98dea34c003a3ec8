"""Verbs that the model takes for plural nouns: "Madagascar objects that ...", "Athens mistrusts the mediation".

A small model reads a name before an unusual verb in the present tense as part of a noun. A sentence then has no verb at
all, and nobody in it does anything. Where the word that all hangs on follows a name, is known as a verb of taking sides
and has behind it what such a verb takes, it is read as that verb, and the name as its subject.
"""

from __future__ import annotations

from functools import cache

from communique.lexicon import listed

_NAMES = frozenset(("NNP", "NNPS", "JJ"))
_BEFORE = frozenset(("compound", "amod", "nmod", "det", "poss"))
_REACH = 30
"""Tokens from a verb within which what hangs on it is looked for."""

_OBJECTS = frozenset(("appos", "npadvmod", "dep", "dobj"))


def mend_misread_verbs(
    text: list[str], lemma: list[str], pos: list[str], tag: list[str], dep: list[str], head: list[int]
) -> None:
    """Change the lists of a text's tokens in place, where a sentence hangs on a noun that is a verb."""
    for i, t in enumerate(tag):
        if t == "VBZ" and i and head[i - 1] == i and dep[i - 1] == "compound" and tag[i - 1] == "NNP":
            dep[i - 1] = "nsubj"
            continue
        if t != "NNS" or head[i] != i or not i:
            continue
        subject = i - 1
        named = (
            head[subject] == i and tag[subject] in _NAMES and dep[subject] in _BEFORE and text[subject][:1].isupper()
        )
        if named and text[i].islower():
            _mend(i, lemma, pos, tag, dep, head)


def _mend(verb: int, lemma: list[str], pos: list[str], tag: list[str], dep: list[str], head: list[int]) -> None:
    reach = range(verb + 1, min(len(head), verb + _REACH))
    below = [t for t in reach if head[t] == verb]
    if not below:
        return
    first = below[0]
    if dep[first] == "acl" and any(head[t] == first and dep[t] == "mark" for t in reach):
        role = "ccomp"
    elif dep[first] in _OBJECTS and pos[first] in ("NOUN", "PROPN", "PRON"):
        role = "dobj"
    elif dep[first] == "prep":
        role = "prep"
    else:
        return
    key = lemma[verb] if role != "prep" else f"{lemma[verb]}_{lemma[first]}"
    if key not in _known():
        return
    subject = verb - 1
    for t in range(max(0, verb - _REACH), subject):
        if head[t] == verb and dep[t] in _BEFORE:
            head[t] = subject
    pos[verb], tag[verb], dep[first], dep[subject] = "VERB", "VBZ", role, "nsubj"
    if tag[subject] == "JJ":
        pos[subject], tag[subject] = "PROPN", "NNP"


@cache
def _known() -> frozenset[str]:
    return listed("stances", "government", "turning") | listed("stances", "government", "favouring")
