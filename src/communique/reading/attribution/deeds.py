"""Verbs that can tell of words or of deeds, where the words around them tell of a deed.

"Attacked the plan" speaks, "attacked the port" does not; "addresses a briefing" only says where somebody speaks.
"""

from __future__ import annotations

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.reading.annotations import Entities
from communique.reading.attribution.candidates import Candidate, has_speaker, speaks
from communique.reading.grammar.negation import has_negation
from communique.reading.grammar.subjects import undergoer
from communique.reading.tokens import Tokens

_STRIKING = listed("cues", "deeds", "striking")
_STRUCK = listed("cues", "deeds", "struck")
_SEEING = listed("cues", "deeds", "seeing")
_SEEN = listed("cues", "deeds", "seen_with_the_mind")
_CHARGING = listed("cues", "deeds", "charging")
_CHARGED_WITH = listed("cues", "deeds", "charged_with")
_CHARGED = listed("cues", "deeds", "charged")
_HANDING = listed("cues", "deeds", "handing")
_WORKS = listed("cues", "deeds", "works")
_CALLED = listed("cues", "deeds", "called")
_DOING_AGAIN = listed("cues", "deeds", "doing_again")
_DONE_AGAIN = listed("cues", "deeds", "done_again")
_VENUES = listed("cues", "deeds", "venues")
_MEANING = listed("cues", "deeds", "meaning")
_TRYING = listed("cues", "deeds", "trying")
_MAKING = listed("cues", "deeds", "making_possible")


def is_deed(tokens: Tokens, c: Candidate, entities: Entities) -> bool:
    """Tell whether a candidate's verb tells of something done, had or meant, not of something said."""
    verb, lemma = c.cue_head, tokens.lemma[c.cue_head]
    if tokens.pos[verb] not in {"VERB", "AUX"}:
        return False
    if _only_charged(tokens, verb):
        return True
    if _pictures(tokens, c):
        return True
    if lemma in _MEANING and not c.construction.is_direct:
        return not has_speaker(tokens, c, entities)
    if lemma in _TRYING and tokens.has_child(verb, "xcomp") and not has_negation(tokens, verb):
        return True
    if lemma in _MAKING and tokens.tag[verb] == "VBG" and tokens.dep[verb] == "advcl":
        return not speaks(tokens, tokens.head[verb])
    return c.construction.is_object and _does(tokens, verb, lemma)


def _pictures(tokens: Tokens, c: Candidate) -> bool:
    """As in "the film tells of a town", "the video showed two men talking": what is seen in it, nobody says."""
    named = [t for a, b in c.source for t in range(a, min(b, a + 3))]
    if c.construction.is_direct or not any(tokens.lower[t] in _WORKS for t in named):
        return False
    mark = None if c.clause is None else tokens.child(c.clause, "mark")
    return mark is None or tokens.lower[mark] != "that"


def _does(tokens: Tokens, verb: int, lemma: str) -> bool:
    """Tell by its object what a verb does: it strikes a port, sees ships, issues fines, addresses a briefing."""
    thing = undergoer(tokens, verb)
    if thing is None:
        return False
    kind = tokens.lemma[thing].lower()
    if lemma in _STRIKING:
        return kind in _STRUCK
    if lemma == "address":
        return kind in _VENUES
    if lemma in _SEEING:
        return tokens.pos[thing] == "NOUN" and kind not in _SEEN and not tokens.has_child(thing, "ccomp", "acl")
    if lemma == "call":
        return kind in _CALLED
    if lemma in _DOING_AGAIN and kind in _DONE_AGAIN:
        return True
    if lemma in _HANDING:
        return tokens.pos[thing] == "NOUN" and kind in listed("cues", "deeds", "handed")
    return False


def _only_charged(tokens: Tokens, verb: int) -> bool:
    """As in "accused of backing the rebels": what somebody is charged with, he has not said."""
    prep = tokens.head[verb]
    if tokens.tag[verb] != "VBG" or tokens.dep[verb] != "pcomp" or tokens.lower[prep] not in _CHARGED_WITH:
        return False
    return tokens.lemma[tokens.head[prep]] in _CHARGING and (
        tokens.lemma[verb] in _CHARGED or bool(cues().verbs.get(tokens.lemma[verb], frozenset()) & {"praise"})
    )
