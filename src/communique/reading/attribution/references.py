"""The nouns by which a statement refers to somebody else's words: "these remarks", "Putin's offer", "no such talk"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.reading.annotations import Attribution, Entities
from communique.reading.attribution.candidates import LONGEST_LOOK
from communique.reading.attribution.relays import actor_at
from communique.reading.tokens import Tokens

_ABOUT = listed("responses", "constructions", "about")
_SAID_OF = frozenset(("of", "about"))
_FOLLOWING = _ABOUT | _SAID_OF | {"to"}
_POSSESSOR_PREPOSITIONS = listed("responses", "constructions", "possessor_prepositions")
_POINTING = listed("closed_classes", "pointing_determiners")

_REACTS = {"blame", "praise", "judge"}
_SHORT = 4
_DEEP = 25
_PHRASE = 14


@dataclass(frozen=True, slots=True)
class Reference:
    """A noun by which a statement refers to somebody's words, and whose they are, where the report says so.

    ``worded`` asks that the words meant share one with the reference; ``next_to`` that they are the last ones said;
    ``called`` that they do what the noun calls them.
    """

    noun: int
    owner: str | None
    worded: bool = False
    next_to: bool = False
    called: bool = False


def cue_classes(tokens: Tokens, cue: int) -> frozenset[str]:
    """Return the lexicon's classes of a verb, with its particle where it has one: "turned down"."""
    lexicon = cues()
    particle = tokens.lower[cue + 1] if cue + 1 < tokens.n else ""
    with_particle = lexicon.phrasal.get(f"{tokens.lemma[cue]}_{particle}")
    return with_particle or lexicon.verbs.get(tokens.lemma[cue], frozenset())


def reacts(tokens: Tokens, a: Attribution) -> bool:
    """Tell whether a cue, or the verb or noun right under it, judges what somebody said."""
    reactions = cues().sets["reactions"]
    if cue_classes(tokens, a.cue_head) & _REACTS or tokens.lemma[a.cue_head] in reactions:
        return True
    head = a.clause
    if head is None:
        return False
    if a.construction.is_object:
        return tokens.lemma[head] in reactions
    return tokens.lemma[head] in listed("responses", "judging")


def denies(tokens: Tokens, a: Attribution) -> bool:
    """Tell whether a cue says that what was said is not so."""
    return tokens.lemma[a.cue_head] in listed("responses", "denying")


def references(tokens: Tokens, entities: Entities, a: Attribution) -> Iterator[Reference]:
    """Yield the nouns that refer to earlier words: what is judged, what is called "such", what is spoken about."""
    if reacts(tokens, a) or tokens.lemma[a.cue_head] in cues().sets["answering"]:
        yield from _judged(tokens, entities, a)
    subject = tokens.child(a.clause, "nsubj", "nsubjpass") if a.clause is not None else None
    counted = subject is not None and tokens.lemma[subject] in listed("responses", "counting_nouns")
    if subject is not None and a.construction.governs_clause and not counted:
        found = _reference(tokens, entities, subject, False)
        if found is not None:
            yield replace(found, worded=True)
    yield from _spoken_about(tokens, entities, a)
    yield from _within(tokens, entities, a)


def _within(tokens: Tokens, entities: Entities, a: Attribution) -> Iterator[Reference]:
    """As in "saw no reason to accept the offer", "would not yield to threats", "knew of no such talk"."""
    for first, last in a.content[:1]:
        for i in range(first, min(last, first + _DEEP)):
            if not _names_words(tokens, i):
                continue
            pointing = any(tokens.lower[c] in _POINTING for c in tokens.children[i] if c < i)
            bare = tokens.left[i] == i and tokens.lower[i] in listed("responses", "bare_plurals")
            told = a.construction.has_clause or a.construction.is_object
            if told and (pointing or bare or tokens.has_child(i, "poss")):
                yield Reference(i, possessor(tokens, entities, i), called=True)
            such = any(tokens.lower[c] == "such" for c in tokens.children[i] if c < i)
            if such and tokens.lower[i + 1 : i + 2] != ["as"]:
                yield Reference(i, None, next_to=True)


def _judged(tokens: Tokens, entities: Entities, a: Attribution) -> Iterator[Reference]:
    for first, last in a.content[:1]:
        if tokens.lower[first] == "it" and denies(tokens, a) and tokens.head[first] == a.cue_head:
            yield Reference(first, None)
        for i in range(first, min(last, first + _DEEP)):
            found = _reference(tokens, entities, i, False)
            if found is not None and (found.owner is not None or i < first + _SHORT):
                yield found


def _spoken_about(tokens: Tokens, entities: Entities, a: Attribution) -> Iterator[Reference]:
    first, last = tokens.sentences[tokens.sentence[a.cue_head]]
    first, last = max(first, a.cue_head - LONGEST_LOOK), min(last, a.cue_head + LONGEST_LOOK)
    held = [piece for piece in a.content if piece[1] > a.cue_head] if tokens.lower[first] != "asked" else []
    for i in range(first, last - 2):
        if not _about(tokens, i, a.cue_head) or any(start <= i < end for start, end in held):
            continue
        for k in range(i + 2, min(last, i + _PHRASE)):
            found = _reference(tokens, entities, k, True)
            if found is not None:
                yield found


def _about(tokens: Tokens, i: int, cue: int) -> bool:
    """Tell whether "in response to", "asked about", "said of", "spoke highly of" begins at a token."""
    low, following = tokens.lower[i], tokens.lower[i + 1]
    if following not in _FOLLOWING:
        return False
    if low in listed("responses", "answering_to"):
        return following == "to"
    if low in listed("responses", "asked_about"):
        return following in _ABOUT
    spoken = i == cue or (i == cue + 1 and tokens.pos[i] == "ADV")
    return spoken and tokens.pos[cue] == "VERB" and following in _SAID_OF


def _reference(tokens: Tokens, entities: Entities, i: int, about: bool) -> Reference | None:
    """The reference that a token is: a noun of saying with a determiner or an owner; a deed only with an owner.

    ``about`` says that the report tells so outright: "asked about the plan".
    """
    if not _names_words(tokens, i):
        return None
    said = _is_utterance(tokens, i)
    owner = possessor(tokens, entities, i)
    pointing = any(tokens.lower[c] in _POINTING for c in tokens.children[i] if c < i)
    return Reference(i, owner, not (said or about)) if owner is not None or pointing else None


def _is_utterance(tokens: Tokens, i: int) -> bool:
    utterances = cues().sets["utterances"]
    return tokens.lower[i] in utterances or tokens.lemma[i] in utterances


def _names_words(tokens: Tokens, i: int) -> bool:
    """Tell whether a noun can name what was said, or what was decided or offered with it."""
    return tokens.pos[i] == "NOUN" and (_is_utterance(tokens, i) or tokens.lemma[i] in listed("responses", "deeds"))


def possessor(tokens: Tokens, entities: Entities, noun: int) -> str | None:
    """Return whose words a noun names: "Putin's remarks", "the Russian demands", "remarks made by the envoy"."""
    for child in tokens.children[noun]:
        if tokens.dep[child] == "poss":
            return actor_at(tokens, entities, child)
    for child in tokens.children[noun]:
        made = tokens.child(child, "agent") if tokens.dep[child] == "acl" else None
        by = child if tokens.dep[child] in {"prep", "agent"} else made
        if by is not None and tokens.lower[by] in _POSSESSOR_PREPOSITIONS:
            found = actor_at(tokens, entities, tokens.child(by, "pobj"))
            if found is not None:
                return found
    for child in tokens.children[noun]:
        if child < noun and tokens.dep[child] in {"amod", "compound", "nmod"} and child in entities.actor_of:
            return entities.actor_of[child]
    return None
