"""What a text tells as not said: asked about, supposed, denied, left out, or said by nobody.

"Has Turkey agreed?", "neither side promised", "left without promising", "had Russia promised", "has yet to say": the
verb is there, and its subject, but nobody has said, promised or threatened anything.
"""

from __future__ import annotations

import re

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.reading.attribution.candidates import Candidate
from communique.reading.constructions import Construction
from communique.reading.grammar.auxiliaries import has_active_auxiliary
from communique.reading.grammar.labels import AUXILIARIES
from communique.reading.grammar.negation import is_denied
from communique.reading.grammar.subjects import nominal_subject
from communique.reading.grammar.told_as_untrue import disowned_clause
from communique.reading.tokens import Tokens

_SUPPOSITIONS = listed("closed_classes", "suppositions")
_OPEN_QUESTIONS = listed("cues", "unsaid", "open_questions")
_NOBODY = listed("cues", "unsaid", "nobody")
_LEAVING_OUT = listed("cues", "unsaid", "leaving_out")
_NUMBERED = re.compile(r"[A-Za-z]{3,}-\d+")
"""As in "COVID-19", which says nothing."""

_TIMES = listed("cues", "unsaid", "times")
_DENYING = listed("cues", "unsaid", "denying")
_SHORT_OF = listed("cues", "unsaid", "short_of")
_NONETHELESS = listed("cues", "unsaid", "nonetheless")
_TALES = listed("cues", "disowned", "told")

_SUPPOSING = listed("cues", "unsaid", "supposing")
_NOMINAL = frozenset(("DET", "NOUN", "PRON", "PROPN"))
_CLAUSE_STARTS = frozenset(("CCONJ", "PUNCT", "SPACE"))
_NEAR = 8
"""Tokens before an auxiliary in which a word can undo that it stands before its subject."""


def is_unsaid(tokens: Tokens, c: Candidate) -> bool:
    """Tell whether the cue of a candidate is told as something that was not said."""
    verb = c.cue_head
    if disowned_clause(tokens, verb) is not None or _in_a_hypothesis(tokens, verb):
        return True
    if c.construction is Construction.ADJECTIVE:
        held = tokens.head[verb]
        return tokens.pos[held] in {"VERB", "AUX"} and (_under_question(tokens, held) or _inverted(tokens, held))
    if tokens.pos[verb] not in {"VERB", "AUX"}:
        return False
    if _reported_by_others(tokens, c):
        return True
    return (
        _by_nobody(tokens, c)
        or _supposed(tokens, verb)
        or _under_question(tokens, verb)
        or (not c.construction.is_direct and _inverted(tokens, verb))
        or _left_out(tokens, verb)
        or _in_a_denial(tokens, verb)
    )


def _reported_by_others(tokens: Tokens, c: Candidate) -> bool:
    """As in "has followed the reports, carried since Monday, that ships sank": who follows them does not say so."""
    if c.clause is None or tokens.lemma[c.cue_head] in cues().verbs or tokens.lower[c.content[0][0]] != "that":
        return False
    before = range(c.cue_head + 1, c.content[0][0])
    return any(tokens.tag[t] == "NNS" and tokens.lemma[t] in _TALES for t in before)


def _by_nobody(tokens: Tokens, c: Candidate) -> bool:
    """As in "neither side has said", "no government threatened"; a week that promises talks promises nothing."""
    source = nominal_subject(tokens, c.cue_head)
    if source is None:
        source = c.source_head
    if source is None:
        return False
    if (
        tokens.lower[source] in _NOBODY
        or _NUMBERED.fullmatch(tokens.text[source])
        or (tokens.pos[source] == "NOUN" and tokens.lemma[source] in _TIMES)
    ):
        return True
    before = (t for t in tokens.children[source] if t < source and tokens.lower[t] in _NOBODY)
    return any(tokens.pos[i] != "PUNCT" for t in before for i in (t + 1,))


def _supposed(tokens: Tokens, verb: int) -> bool:
    """As in "if Beijing agreed to wait", "demanded that Tokyo propose a date": nobody has agreed or proposed."""
    mark = tokens.child(verb, "mark")
    if tokens.dep[verb] == "ccomp" and tokens.tag[verb] == "VB" and not has_active_auxiliary(tokens, verb):
        return tokens.lemma[tokens.head[verb]] in cues().sets["mandating"]
    if tokens.dep[verb] != "advcl" or mark is None or tokens.lower[mark] not in _SUPPOSITIONS:
        return False
    return tokens.lemma[verb] in cues().sets["committing"]


def _under_question(tokens: Tokens, verb: int) -> bool:
    """As in "whether Israel has threatened", "if Iran threatens": open, whatever the verb."""
    mark = tokens.child(verb, "mark")
    if mark is None or tokens.lower[mark] not in _OPEN_QUESTIONS or mark > verb:
        return False
    subject = nominal_subject(tokens, verb)
    if subject is None:
        return tokens.tag[verb] == "VBN" and tokens.dep[verb] == "advcl"  # "if forced to fight"
    if not mark < subject < verb:
        return False
    return not any(tokens.text[t] in {",", '"'} for t in range(mark + 1, verb))


def _inverted(tokens: Tokens, verb: int) -> bool:
    """As in "Has Turkey agreed?", "Had Russia promised, ...", "Never has Russia promised": before its subject."""
    subject = nominal_subject(tokens, verb)
    if subject is None or subject > verb:
        return False
    ahead = [t for t in tokens.children[verb] if tokens.dep[t] in AUXILIARIES and t < tokens.left[subject]]
    if not ahead:
        return False
    first = tokens.sentences[tokens.sentence[verb]][0]
    before = range(max(first, ahead[0] - _NEAR), ahead[0])
    return not any(tokens.lower[t] in _NONETHELESS for t in before)


def _in_a_hypothesis(tokens: Tokens, verb: int) -> bool:
    """As in "Were Washington to say no", whatever the parse makes of it."""
    before = verb - 1
    while before > 0 and tokens.pos[before] == "ADV":
        before -= 1
    if before < 1 or tokens.lower[before] != "to":
        return False
    first = tokens.sentences[tokens.sentence[verb]][0]
    for t in range(before - 2, max(first, before - _NEAR) - 1, -1):
        if tokens.pos[t] == "PUNCT":
            return False
        if tokens.lower[t] in _SUPPOSING and tokens.pos[t + 1] in _NOMINAL:
            return t == first or tokens.pos[t - 1] in _CLAUSE_STARTS
    return False


def _left_out(tokens: Tokens, verb: int) -> bool:
    """As in "without promising", "instead of agreeing", "has yet to say", "stopped short of saying"."""
    before = verb - 1
    while before >= 0 and tokens.pos[before] == "ADV" and tokens.lower[before] not in _SHORT_OF:
        before -= 1
    if before < 1:
        return False
    word, earlier = tokens.lower[before], tokens.lower[before - 1]
    if tokens.tag[verb] == "VBG":
        return word in _LEAVING_OUT or (word in {"of", "than"} and earlier in _LEAVING_OUT | _SHORT_OF)
    return word == "to" and earlier in _SHORT_OF and tokens.tag[verb] == "VB"


def _in_a_denial(tokens: Tokens, verb: int) -> bool:
    """As in "denied that it had agreed", "denies wanting": what is denied was not done."""
    node = verb
    if tokens.dep[node] == "pcomp" and tokens.dep[tokens.head[node]] == "prep":
        node = tokens.head[node]
    if tokens.dep[node] not in {"ccomp", "xcomp", "prep"}:
        return False
    above = tokens.head[node]
    return above < verb and tokens.lemma[above] in _DENYING and not is_denied(tokens, above)
