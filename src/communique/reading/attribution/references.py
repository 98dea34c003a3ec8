"""The nouns by which a statement refers to somebody else's words: "these remarks", "Putin's offer", "no such talk"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.reading.annotations import Attribution, Entities
from communique.reading.attribution.candidates import LONGEST_LOOK
from communique.reading.attribution.relays import actor_at
from communique.reading.grammar.subjects import nominal_subject
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
    ``called`` that they do what the noun calls them; ``verbal`` that they tell of the deed that the noun names;
    ``near`` that they stand close by.
    """

    noun: int
    owner: str | None
    worded: bool = False
    next_to: bool = False
    called: bool = False
    verbal: bool = False
    near: bool = False


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
    subject = nominal_subject(tokens, a.clause) if a.clause is not None else None
    counted = subject is not None and tokens.lemma[subject] in listed("responses", "counting_nouns")
    if subject is not None and a.construction.governs_clause and not counted:
        found = _reference(tokens, entities, subject, False)
        # "The deal must be revived" speaks of the thing; "the offer", "that step" of what was said.
        only_the = tokens.lower[tokens.left[subject]] == "the" and not _is_utterance(tokens, subject)
        if found is not None and (found.owner is not None or not only_the):
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
            elif found is None and i < first + _SHORT and _is_deed(tokens, i):
                owner = possessor(tokens, entities, i)
                yield Reference(i, owner, worded=True, verbal=True)
                if owner is not None and denies(tokens, a) and tokens.head[i] == a.cue_head:
                    yield Reference(i, owner, near=True)


def _is_deed(tokens: Tokens, i: int) -> bool:
    """As in "called the closure a scam": a noun with a determiner that points, right under the verb."""
    pointing = any(tokens.lower[c] in _POINTING for c in tokens.children[i] if c < i)
    return tokens.pos[i] == "NOUN" and (pointing or tokens.has_child(i, "poss"))


def _spoken_about(tokens: Tokens, entities: Entities, a: Attribution) -> Iterator[Reference]:
    first, last = tokens.sentences[tokens.sentence[a.cue_head]]
    first, last = max(first, a.cue_head - LONGEST_LOOK), min(last, a.cue_head + LONGEST_LOOK)
    held = [piece for piece in a.content if piece[1] > a.cue_head] if tokens.lower[first] != "asked" else []
    for i in range(first, last - 2):
        begin = _about(tokens, i, a.cue_head, first)
        if not begin or any(start <= i < end for start, end in held):
            continue
        to = tokens.lower[i] in listed("responses", "answering_to")
        for k in range(begin, min(last, i + _PHRASE)):
            if begin == i + 1 and tokens.head[k] != i:
                continue
            found = _reference(tokens, entities, k, True)
            if found is None and to and tokens.dep[k] == "pobj" and tokens.head[k] < begin:
                whom = actor_at(tokens, entities, k)
                found = None if whom is None else Reference(k, whom)
            if found is not None:
                yield found


def _about(tokens: Tokens, i: int, cue: int, first: int) -> int:
    """Return where what is spoken about begins if a token opens it, else 0.

    As in "in response to", "asked about", "said of", "spoke highly of", "regarding the charge that".
    """
    low, following = tokens.lower[i], tokens.lower[i + 1]
    if low in listed("responses", "regarding") or (i == first and low in listed("responses", "openers")):
        return i + 1
    if following not in _FOLLOWING:
        return i + 1 if low in _SAID_OF and _said_of(tokens, i, cue) else 0
    spoken = (i == cue or (i == cue + 1 and tokens.pos[i] == "ADV")) and tokens.pos[cue] == "VERB"
    if low in listed("responses", "answering_to"):
        opened = following == "to"
    elif low in listed("responses", "asked_about"):
        opened = following in _ABOUT
    else:
        opened = spoken and following in _SAID_OF
    return i + 2 if opened else 0


def _said_of(tokens: Tokens, i: int, cue: int) -> bool:
    """As in "said Mulino of the American claim"."""
    above = tokens.head[i]
    return i > cue and tokens.pos[cue] == "VERB" and (above == cue or (above > cue and tokens.head[above] == cue))


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
