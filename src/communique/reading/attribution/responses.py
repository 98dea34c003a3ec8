"""Which earlier statement a statement answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.model import Actor
from communique.reading.annotations import Attribution, Entities
from communique.reading.attribution.candidates import LONGEST_LOOK
from communique.reading.attribution.relays import actor_at, is_carrying
from communique.reading.grammar.base_forms import base_form
from communique.reading.tokens import Tokens

_ABOUT = listed("responses", "constructions", "about")
_SAID_OF = frozenset(("of", "about"))
_FOLLOWING = _ABOUT | _SAID_OF | {"to"}
_POSSESSOR_PREPOSITIONS = listed("responses", "constructions", "possessor_prepositions")

_REACTS = {"blame", "praise", "judge"}
_POINTING = listed("closed_classes", "pointing_determiners")
_OWN = listed("closed_classes", "third_person_possessives")
_SHORT = 4
_NEAR = 3
_FAR = 15
_DEEP = 25
_NAMED = 1.5
_KINDS = ("accusing", "asking", "offering", "threatening", "ruling")


@dataclass(frozen=True, slots=True)
class _Reference:
    """A noun by which a statement refers to somebody's words, and whose they are, where the report says so.

    ``worded`` asks that the words meant share one with the reference.
    """

    noun: int
    owner: str | None
    worded: bool = False


def pointed_at(tokens: Tokens, attributions: Sequence[Attribution], index: int) -> int | None:
    """Return the earlier attribution to which a content such as "this response" points."""
    a = attributions[index]
    first, last = a.content[0]
    if tokens.lower[first] == "that" and tokens.dep[first] == "mark":
        first += 1
    low = tokens.lower[first] if first < last and tokens.tag[first] != "WDT" else ""
    if low not in _POINTING and not (low in _OWN and is_carrying(tokens, a)):
        return None
    long = last - first > _SHORT
    if long:
        # In a longer content only what it opens with can point: "such remarks will embolden Manila".
        if low == "the":
            return None
        last = first + _NEAR
    utterances = cues().sets["utterances"]
    named = any(tokens.lemma[i] in utterances or tokens.lower[i] in utterances for i in range(first, last))
    if not named and (tokens.pos[first] != "PRON" or (long and not _reacts(tokens, a))):
        return None
    return _latest(tokens, attributions, index, reach=2)


def _latest(tokens: Tokens, attributions: Sequence[Attribution], index: int, reach: int) -> int | None:
    here = tokens.sentence[attributions[index].cue_head]
    for k in range(index - 1, -1, -1):
        other = attributions[k]
        gap = here - tokens.sentence[other.cue_head]
        if gap > reach:
            return None
        if other.parent is None and (gap > 0 or other.cue_head < attributions[index].cue_head):
            return k
    return None


def answered(
    tokens: Tokens,
    entities: Entities,
    attributions: Sequence[Attribution],
    speakers: Sequence[str | None],
    index: int,
    actors: dict[str, Actor],
) -> int | None:
    """Return the index of the statement that attribution ``index`` answers, if it says that it answers one."""
    a = attributions[index]
    lemma = tokens.lemma[a.cue_head]
    answering = lemma in cues().sets["answering"] or _in_response(tokens, a)
    if answering:
        asked = _question_just_put(tokens, attributions, index)
        if asked is not None:
            return asked
    if answering or _reacts(tokens, a):
        inside = _nested_words_of_another(attributions, speakers, index)
        if inside is not None:
            return inside
    if is_carrying(tokens, a):
        return None
    for reference in _references(tokens, entities, a):
        if _same_side(speakers[index], reference.owner, actors):
            continue
        found = _meant(tokens, attributions, speakers, index, reference, actors)
        if found is not None:
            return found
    pointed = pointed_at(tokens, attributions, index)
    if pointed is not None and speakers[pointed] != speakers[index]:
        return pointed
    return _just_before(tokens, attributions, speakers, index) if answering else None


def _in_response(tokens: Tokens, a: Attribution) -> bool:
    """Tell whether "said in response" answers without saying whom."""
    above = tokens.head[a.cue_head]
    if tokens.dep[a.cue_head] in {"advcl", "xcomp"} and tokens.lemma[above] in cues().sets["answering"]:
        return True
    for i in range(max(0, a.cue_head - _SHORT), min(tokens.n - 1, a.cue_head + _SHORT)):
        noun = tokens.lower[i] == "in" and tokens.lower[i + 1] in listed("responses", "answering_to")
        if noun and tokens.sentence[i] == tokens.sentence[a.cue_head] and tokens.lower[i + 2 : i + 3] != ["to"]:
            return not any(start <= i < end for start, end in a.content)
    return False


def _just_before(
    tokens: Tokens, attributions: Sequence[Attribution], speakers: Sequence[str | None], index: int
) -> int | None:
    """The statement of another speaker that a reply is to where it does not say: by its words, else the latest."""
    a = attributions[index]
    own = _forms(tokens, (t for start, end in a.content for t in range(start, end)))
    best: tuple[float, int] | None = None
    for k in range(index - 1, max(-1, index - 1 - LONGEST_LOOK), -1):
        other = attributions[k]
        gap = tokens.sentence[a.cue_head] - tokens.sentence[other.cue_head]
        if gap > _NEAR:
            break
        if speakers[k] is None or speakers[k] == speakers[index] or other.parent is not None:
            continue
        said = _forms(tokens, (t for start, end in other.content for t in range(start, end)))
        score = min(len(own & said), 2) - 0.4 * gap
        if best is None or score > best[0]:
            best = (score, k)
    return None if best is None else best[1]


def _question_just_put(tokens: Tokens, attributions: Sequence[Attribution], index: int) -> int | None:
    here = tokens.sentence[attributions[index].cue_head]
    for k in range(index - 1, max(-1, index - 4), -1):
        other = attributions[k]
        if (
            tokens.lemma[other.cue_head] == "ask"
            and here - tokens.sentence[other.cue_head] <= 1
            and other.parent is None
        ):
            return k
    return None


def _reacts(tokens: Tokens, a: Attribution) -> bool:
    """Tell whether a cue, or the verb or noun right under it, judges what somebody said."""
    lexicon = cues()
    classes = lexicon.verbs.get(tokens.lemma[a.cue_head], frozenset())
    if classes & _REACTS or tokens.lemma[a.cue_head] in lexicon.sets["reactions"]:
        return True
    head = a.clause
    if head is None:
        return False
    if a.construction.is_object:
        return tokens.lemma[head] in lexicon.sets["reactions"]
    return tokens.lemma[head] in listed("responses", "judging")


def _nested_words_of_another(
    attributions: Sequence[Attribution], speakers: Sequence[str | None], index: int
) -> int | None:
    # What stands within a content has its cue there, so its index is near.
    near = range(max(0, index - LONGEST_LOOK), min(len(attributions), index + LONGEST_LOOK))
    for k in near:
        inner = attributions[k]
        if inner.parent != index or not inner.construction.holds_words:
            continue
        if speakers[k] is not None and speakers[k] != speakers[index]:
            return k
    return None


def _references(tokens: Tokens, entities: Entities, a: Attribution) -> Iterator[_Reference]:
    """The nouns by which a statement refers to earlier words: what it judges, then what it is said to be about."""
    if _reacts(tokens, a) or tokens.lemma[a.cue_head] in cues().sets["answering"]:
        for first, last in a.content[:1]:
            denied = tokens.lemma[a.cue_head] in listed("responses", "denying")
            if tokens.lower[first] == "it" and denied and tokens.head[first] == a.cue_head:
                yield _Reference(first, None)
            for i in range(first, min(last, first + _DEEP)):
                found = _reference(tokens, entities, i, False)
                if found is not None and (found.owner is not None or i < first + _SHORT):
                    yield found
    subject = tokens.child(a.clause, "nsubj", "nsubjpass") if a.clause is not None else None
    if subject is not None and a.construction.governs_clause:
        found = _reference(tokens, entities, subject, False)
        if found is not None:
            yield replace(found, worded=True)
    first, last = tokens.sentences[tokens.sentence[a.cue_head]]
    first, last = max(first, a.cue_head - LONGEST_LOOK), min(last, a.cue_head + LONGEST_LOOK)
    held = [piece for piece in a.content if piece[1] > a.cue_head] if tokens.lower[first] != "asked" else []
    for i in range(first, last - 2):
        if not _about(tokens, i, a.cue_head) or any(start <= i < end for start, end in held):
            continue
        for k in range(i + 2, min(last, i + 14)):
            found = _reference(tokens, entities, k, True)
            if found is not None:
                yield found


def _about(tokens: Tokens, i: int, cue: int) -> bool:
    """Tell whether "in response to", "asked about", "said of" begins at a token."""
    low, following = tokens.lower[i], tokens.lower[i + 1]
    if following not in _FOLLOWING:
        return False
    if low in listed("responses", "answering_to"):
        return following == "to"
    if low in listed("responses", "asked_about"):
        return following in _ABOUT
    return i == cue and tokens.pos[i] == "VERB" and following in _SAID_OF


def _reference(tokens: Tokens, entities: Entities, i: int, about: bool) -> _Reference | None:
    """The reference that a token is: a noun of saying with a determiner or an owner; a deed only with an owner.

    ``about`` says that the report tells so outright: "asked about the plan".
    """
    said = tokens.lower[i] in cues().sets["utterances"]
    if tokens.pos[i] != "NOUN" or not (said or tokens.lemma[i] in listed("responses", "deeds")):
        return None
    owner = _possessor(tokens, entities, i)
    pointing = any(tokens.lower[c] in _POINTING for c in tokens.children[i] if c < i)
    return _Reference(i, owner, not (said or about)) if owner is not None or pointing else None


def _possessor(tokens: Tokens, entities: Entities, noun: int) -> str | None:
    """Whose words a noun names: "Putin's remarks", "the Russian demands", "an appeal by the bloc"."""
    for child in tokens.children[noun]:
        if tokens.dep[child] == "poss":
            return actor_at(tokens, entities, child)
    for child in tokens.children[noun]:
        if tokens.dep[child] in {"prep", "agent"} and tokens.lower[child] in _POSSESSOR_PREPOSITIONS:
            found = actor_at(tokens, entities, tokens.child(child, "pobj"))
            if found is not None:
                return found
    for child in tokens.children[noun]:
        if child < noun and tokens.dep[child] in {"amod", "compound", "nmod"} and child in entities.actor_of:
            return entities.actor_of[child]
    return None


def _meant(
    tokens: Tokens,
    attributions: Sequence[Attribution],
    speakers: Sequence[str | None],
    index: int,
    reference: _Reference,
    actors: dict[str, Actor],
) -> int | None:
    """Return the earlier statement that a reference means: by whose it is, by its words, by how near it stands."""
    own = _kin(index, attributions)
    here = tokens.sentence[attributions[index].cue_head]
    asked = _forms(tokens, [reference.noun, *tokens.children[reference.noun]])
    for c in tokens.children[reference.noun]:
        if c > reference.noun and tokens.dep[c] in {"prep", "acl", "relcl"}:
            asked |= _forms(tokens, range(tokens.left[c], min(tokens.right[c] + 1, c + _DEEP)))
    best: tuple[float, int] | None = None
    for k in range(index - 1, max(-1, index - 1 - LONGEST_LOOK), -1):
        other = attributions[k]
        gap = here - tokens.sentence[other.cue_head]
        if gap > (_NEAR if reference.owner is None else _FAR):
            break
        if k in own or speakers[k] is None or speakers[k] == speakers[index]:
            continue
        score = _by_owner(speakers[k], reference.owner, actors)
        if score is None:
            continue
        said = _forms(tokens, [other.cue_head, *(t for start, end in other.content for t in range(start, end))])
        kind = _of_kind(tokens, reference.noun, other.cue_head)
        if reference.worded and reference.owner is None and not asked & said and kind <= 0:
            continue
        score += min(len(asked & said), 2) + kind
        score -= 0.3 * gap + (0.4 if other.parent is not None else 0.0)
        if best is None or score > best[0]:
            best = (score, k)
    return None if best is None else best[1]


def _kin(index: int, attributions: Sequence[Attribution]) -> set[int]:
    """The statements around one."""
    found: set[int] = set()
    parent = attributions[index].parent
    while parent is not None and parent not in found:
        found.add(parent)
        parent = attributions[parent].parent
    return found


def _same_side(speaker: str | None, owner: str | None, actors: dict[str, Actor]) -> bool:
    """Tell whether a speaker would be answering himself or his own state."""
    if owner is None or speaker is None:
        return False
    a, b = actors.get(speaker), actors.get(owner)
    return speaker == owner or (a is not None and b is not None and a.country is not None and a.country == b.country)


def _by_owner(speaker: str | None, owner: str | None, actors: dict[str, Actor]) -> float | None:
    """How well a speaker fits the owner of the words meant; None where it is somebody else."""
    if owner is None:
        return 0.0
    if speaker == owner:
        return _NAMED
    a, b = actors.get(speaker or ""), actors.get(owner)
    if a is None or b is None:
        return None
    if owner in a.members or (a.country is not None and a.country == b.country):
        return _NAMED / 2
    return None


def _forms(tokens: Tokens, places: Iterable[int]) -> set[str]:
    """The base forms of the words that carry meaning, so that "coercion" meets "coercing"."""
    return {
        base_form(tokens.lower[t])
        for t in places
        if tokens.pos[t] in {"NOUN", "VERB", "ADJ", "PROPN"} and len(tokens.lower[t]) >= _SHORT
    }


def _of_kind(tokens: Tokens, noun: int, cue: int) -> float:
    """How well a cue does what a noun calls it: "accused" fits "the charge", "demanded" does not."""
    verbs = [kind for kind in _KINDS if tokens.lemma[cue] in listed("responses", f"{kind}_verbs")]
    nouns = [kind for kind in _KINDS if tokens.lemma[noun] in listed("responses", f"{kind}_nouns")]
    if not nouns or not verbs:
        return 0.0
    return 1.0 if set(nouns) & set(verbs) else -0.7
