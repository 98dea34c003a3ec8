"""Which earlier statement a statement answers."""

from __future__ import annotations

from collections.abc import Sequence

from communique.model import Actor
from communique.reading.candidates import LONGEST_LOOK, cues
from communique.reading.notes import Attribution, Cast
from communique.reading.relays import actor_at, is_carrying
from communique.reading.words import Words

_REACTS = {"blame", "praise", "judge"}
_POINTING = {"this", "that", "these", "those", "the", "such"}


def pointed_at(words: Words, attributions: Sequence[Attribution], index: int) -> int | None:
    """Return the earlier attribution to which a content such as "this response" points."""
    a = attributions[index]
    first, last = a.content[0]
    if words.lower[first] == "that" and words.tag[first] == "IN":
        first += 1
    if first >= last or words.lower[first] not in _POINTING:
        return None
    if last - first > 4:
        # In a longer content only what it opens with can point: "such remarks will embolden Manila".
        if words.lower[first] == "the":
            return None
        last = first + 3
    utterances = cues().sets["utterances"]
    named = any(words.lemma[i] in utterances or words.lower[i] in utterances for i in range(first, last))
    if not named and words.pos[first] != "PRON":
        return None
    return _latest(words, attributions, index, reach=2)


def _latest(words: Words, attributions: Sequence[Attribution], index: int, reach: int) -> int | None:
    here = words.sentence[attributions[index].cue_head]
    for k in range(index - 1, -1, -1):
        other = attributions[k]
        gap = here - words.sentence[other.cue_head]
        if gap > reach:
            return None
        if other.parent is None and (gap > 0 or other.cue_head < attributions[index].cue_head):
            return k
    return None


def answered(
    words: Words,
    cast: Cast,
    attributions: Sequence[Attribution],
    speakers: Sequence[str | None],
    index: int,
    actors: dict[str, Actor],
) -> int | None:
    """Return the index of the statement that attribution ``index`` answers, if it says that it answers one."""
    a = attributions[index]
    lemma = words.lemma[a.cue_head]
    classes = cues().verbs.get(lemma, frozenset())
    if lemma in cues().sets["answering"]:
        asked = _question_just_put(words, attributions, index)
        if asked is not None:
            return asked
    reacts = bool(classes & _REACTS) or lemma in cues().sets["answering"] or _reacting_noun(words, a)
    if reacts:
        inside = _nested_words_of_another(attributions, speakers, index)
        if inside is not None:
            return inside
    pointed = pointed_at(words, attributions, index)
    if pointed is not None and not is_carrying(words, a) and speakers[pointed] != speakers[index]:
        return pointed
    owner = _owner_of_utterance(words, cast, a, reacts)
    if owner is not None:
        earlier = _earlier_by(attributions, speakers, index, owner, actors)
        if earlier is not None:
            return earlier
    if lemma in cues().sets["answering"]:
        for k in range(index - 1, -1, -1):
            if words.sentence[a.cue_head] - words.sentence[attributions[k].cue_head] > 3:
                return None
            if speakers[k] is not None and speakers[k] != speakers[index] and attributions[k].parent is None:
                return k
    return None


def _question_just_put(words: Words, attributions: Sequence[Attribution], index: int) -> int | None:
    here = words.sentence[attributions[index].cue_head]
    for k in range(index - 1, max(-1, index - 4), -1):
        other = attributions[k]
        if words.lemma[other.cue_head] == "ask" and here - words.sentence[other.cue_head] <= 1 and other.parent is None:
            return k
    return None


def _reacting_noun(words: Words, a: Attribution) -> bool:
    if words.lemma[a.cue_head] in cues().sets["reactions"]:
        return True
    head = a.clause
    return head is not None and a.rule.startswith("object") and words.lemma[head] in cues().sets["reactions"]


def _nested_words_of_another(
    attributions: Sequence[Attribution], speakers: Sequence[str | None], index: int
) -> int | None:
    # What stands within a content has its cue there, so its index is near.
    near = range(max(0, index - LONGEST_LOOK), min(len(attributions), index + LONGEST_LOOK))
    for k in near:
        inner = attributions[k]
        if inner.parent != index or not inner.rule.startswith(("noun", "clause", "quote")):
            continue
        if speakers[k] is not None and speakers[k] != speakers[index]:
            return k
    return None


def _owner_of_utterance(words: Words, cast: Cast, a: Attribution, reacts: bool) -> str | None:
    """Whose remarks the content, or "in response to ..." beside the cue, is about."""
    if reacts:
        for first, last in a.content[:1]:
            for i in range(first, min(last, first + 25)):
                if words.lower[i] in cues().sets["utterances"] and words.pos[i] == "NOUN":
                    owner = _possessor(words, cast, i)
                    if owner is not None:
                        return owner
    first, last = words.sentences[words.sentence[a.cue_head]]
    first, last = max(first, a.cue_head - LONGEST_LOOK), min(last, a.cue_head + LONGEST_LOOK)
    for i in range(first, last - 3):
        if words.lower[i] in {"response", "reaction", "reply", "responding", "reacting", "replying"} and (
            words.lower[i + 1] == "to"
        ):
            for k in range(i + 2, min(last, i + 14)):
                if words.lower[k] in cues().sets["utterances"] and words.pos[k] == "NOUN":
                    return _possessor(words, cast, k)
    return None


def _possessor(words: Words, cast: Cast, noun: int) -> str | None:
    for child in words.children[noun]:
        if words.dep[child] == "poss":
            return actor_at(words, cast, child)
    for child in words.children[noun]:
        if words.dep[child] in {"prep", "agent"} and words.lower[child] in {"by", "from", "of"}:
            return actor_at(words, cast, words.child(child, "pobj"))
    return None


def _earlier_by(
    attributions: Sequence[Attribution],
    speakers: Sequence[str | None],
    index: int,
    owner: str,
    actors: dict[str, Actor],
) -> int | None:
    """The latest earlier statement by the owner, else by one who speaks for the same state."""
    country = actors[owner].country if owner in actors else None
    second: int | None = None
    for k in range(index - 1, max(-1, index - 1 - LONGEST_LOOK), -1):
        speaker = speakers[k]
        if speaker is None or attributions[index].parent == k:
            continue
        if speaker == owner:
            return k
        if second is None and country and speaker in actors and actors[speaker].country == country:
            second = k
    return second
