"""Which earlier statement a statement answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.reading.annotations import Attribution
from communique.reading.attribution.candidates import LONGEST_LOOK
from communique.reading.attribution.exchanges import Exchange
from communique.reading.attribution.references import Reference, denies, reacts, references
from communique.reading.attribution.rejoinders import rejoinder
from communique.reading.attribution.relays import is_carrying
from communique.reading.grammar.negation import holds_denial
from communique.reading.grammar.subjects import has_nominal_subject
from communique.reading.tokens import Tokens

_POINTING = listed("closed_classes", "pointing_determiners")
_OWN = listed("closed_classes", "third_person_possessives")
_SHORT = 4
_NEAR = 3
_CALLED = 8
_FAR = 15
_ADDRESSED = 1.0
_AMONG_THEMSELVES = 0.6


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
    if not named and (tokens.pos[first] != "PRON" or (long and not reacts(tokens, a))):
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


def answered(exchange: Exchange, index: int) -> int | None:
    """Return the index of the statement that attribution ``index`` answers, if it says that it answers one.

    It says so by its verb ("replied"), by a question put to its speaker, by words of another's within its own, by a
    noun that refers to them ("the charge", "Baku's offer", "no such talk"), by denying what they said, or by what the
    report says of its speaker just before ("Berrada was having none of it").
    """
    tokens, attributions = exchange.tokens, exchange.attributions
    a = attributions[index]
    after = _after_another(exchange, index)
    if after is not None or tokens.lemma[a.cue_head] in _unanswering():
        return after
    answering = tokens.lemma[a.cue_head] in cues().sets["answering"] or _in_response(tokens, a)
    asked = _question_just_put(exchange, index, answering)
    if asked is not None:
        return asked
    if answering or reacts(tokens, a):
        inside = _nested_words_of_another(exchange, index)
        if inside is not None:
            return inside
    if is_carrying(tokens, a):
        return None
    for reference in references(tokens, exchange.entities, a):
        if exchange.same_side(exchange.speakers[index], reference.owner):
            continue
        found = _meant(exchange, index, reference)
        if found is not None:
            return found
    judged = a.construction.has_clause or reacts(tokens, a) or denies(tokens, a) or a.construction.is_passive
    pointed = pointed_at(tokens, attributions, index) if judged else None
    if pointed is not None and exchange.speakers[pointed] != exchange.speakers[index]:
        return pointed
    refuted = tokens.lemma[a.cue_head] in listed("responses", "refuting") and not a.construction.is_object
    denied = _denied(exchange, index) if refuted else None
    if denied is not None:
        return denied
    granted = _granted_or_refused(exchange, index)
    if granted is not None:
        return granted
    told = rejoinder(exchange, index)
    if answering or told is not None:
        return _just_before(exchange, index, None if told is None else told.to)
    return _contrary(exchange, index)


def _answers(tokens: Tokens, verb: int) -> bool:
    """As in "said it had never asked, contradicting the pair"."""
    return tokens.tag[verb] == "VBG" and tokens.lemma[verb] in cues().sets["answering"]


@cache
def _unanswering() -> frozenset[str]:
    """Verbs that answer nobody, whatever they speak about: they ask, stand by one's own, learn, repeat."""
    kinds = ("asking", "standing_by", "learning", "repeating")
    return frozenset().union(*(listed("responses", kind) for kind in kinds))


def _in_response(tokens: Tokens, a: Attribution) -> bool:
    """Tell whether "said in response" answers without saying whom."""
    above = tokens.head[a.cue_head]
    if tokens.dep[a.cue_head] == "pcomp" and tokens.lower[above] in {"by", "with"}:
        above = tokens.head[above]
    elif tokens.dep[a.cue_head] not in {"advcl", "xcomp"}:
        above = a.cue_head
    if above != a.cue_head and tokens.lemma[above] in cues().sets["answering"]:
        return True
    if any(tokens.dep[c] == "advcl" and _answers(tokens, c) for c in tokens.children[a.cue_head]):
        return True
    for i in range(max(0, a.cue_head - _SHORT), min(tokens.n - 1, a.cue_head + _SHORT)):
        noun = tokens.lower[i] == "in" and tokens.lower[i + 1] in listed("responses", "answering_to")
        if noun and tokens.sentence[i] == tokens.sentence[a.cue_head] and tokens.lower[i + 2 : i + 3] != ["to"]:
            return not any(start <= i < end for start, end in a.content)
    return False


def _just_before(exchange: Exchange, index: int, to: str | None = None) -> int | None:
    """The statement of another speaker that a reply is to where it does not say: by its words, else the latest.

    ``to`` is whom the report says that it answers.
    """
    own = exchange.forms(index)
    best: tuple[float, int] | None = None
    for k in _earlier(exchange, index, _NEAR if to is None else _CALLED):
        score = min(len(own & exchange.forms(k)), 2) - 0.4 * exchange.gap(k, index)
        owned = exchange.owned(k, to)
        if owned is None:
            continue
        named = exchange.names_source_of(k, index)
        score += owned + (_ADDRESSED if named else 0.0)
        if exchange.spoken_to(k, index):
            score += _ADDRESSED
        elif exchange.attributions[k].parent is not None:
            continue
        if exchange.same_side(exchange.speakers[k], exchange.speakers[index]) and to is None and not named:
            score -= 2 * _AMONG_THEMSELVES
        if best is None or score > best[0]:
            best = (score, k)
    return None if best is None else best[1]


def _earlier(exchange: Exchange, index: int, reach: int) -> Iterator[int]:
    """Yield the statements of other speakers at most ``reach`` sentences before one, the nearest first."""
    kin = exchange.around(index)
    for k in range(index - 1, max(-1, index - 1 - LONGEST_LOOK), -1):
        # A content around several sentences reaches further down than its cue, so one may come after one too far.
        if exchange.gap(k, index) > reach:
            if exchange.attributions[k].parent is None:
                return
            continue
        speaker = exchange.speakers[k]
        if k not in kin and speaker is not None and not exchange.one_government(speaker, exchange.speakers[index]):
            yield k


def _question_just_put(exchange: Exchange, index: int, answering: bool) -> int | None:
    """As in "Asked whether it would sign, he said no": the question before the answer."""
    tokens, attributions = exchange.tokens, exchange.attributions
    here = tokens.sentence[attributions[index].cue_head]
    for k in range(index - 1, max(-1, index - _SHORT), -1):
        other = attributions[k]
        apart = here - tokens.sentence[other.cue_head]
        if tokens.lemma[other.cue_head] != "ask" or apart > answering or other.parent is not None:
            continue
        put = (
            other.clause is not None
            and tokens.tag[other.cue_head] == "VBN"
            and not has_nominal_subject(tokens, other.cue_head)
        )
        if answering or (put and attributions[index].parent is None):
            return k
    return None


def _nested_words_of_another(exchange: Exchange, index: int) -> int | None:
    # What stands within a content has its cue there, so its index is near.
    attributions, speakers = exchange.attributions, exchange.speakers
    for k in range(max(0, index - LONGEST_LOOK), min(len(attributions), index + LONGEST_LOOK)):
        inner = attributions[k]
        if inner.parent != index or not inner.construction.holds_words:
            continue
        if None not in (speakers[k], speakers[index]) and not exchange.same_side(speakers[k], speakers[index]):
            return k
    return None


def _meant(exchange: Exchange, index: int, reference: Reference) -> int | None:
    """Return the earlier statement that a reference means: by whose it is, by its words, by how near it stands."""
    asked = exchange.words_of(reference.noun)
    best: tuple[float, int] | None = None
    for k in _earlier(exchange, index, _FAR):
        gap, kind = exchange.gap(k, index), exchange.of_kind(reference.noun, k)
        if reference.owner is None and gap > (_CALLED if kind > 0 else _NEAR):
            continue
        if reference.called and kind <= 0:
            continue
        if reference.next_to and exchange.between(k, index):
            continue
        score = exchange.owned(k, reference.owner)
        if score is None:
            continue
        shared = len(asked & (exchange.forms(k) | exchange.cue_form(k)))
        if reference.near and gap > _NEAR:
            continue
        if reference.verbal and not exchange.tells_of(reference.noun, k):
            continue
        far = reference.worded or (gap > 1 and exchange.is_called(reference.noun))
        if far and reference.owner is None and not shared and kind <= 0:
            continue
        score += min(shared, 2) + kind
        score -= 0.3 * gap + (0.4 if exchange.attributions[k].parent is not None else 0.0)
        if reference.owner is None and exchange.same_side(exchange.speakers[k], exchange.speakers[index]):
            score -= _AMONG_THEMSELVES
        if best is None or score > best[0]:
            best = (score, k)
    return None if best is None else best[1]


def _denied(exchange: Exchange, index: int) -> int | None:
    """As in "denied that the valve had been shut": whoever else said before that it had."""
    tokens, own = exchange.tokens, exchange.forms(index)
    best: tuple[float, int] | None = None
    for k in _earlier(exchange, index, _FAR):
        gap, shared = exchange.gap(k, index), len(own & exchange.forms(k))
        charged = tokens.lemma[exchange.attributions[k].cue_head] in listed("responses", "accusing_verbs")
        if shared < (1 if gap <= 1 and charged else 2):
            continue
        score = shared - 0.3 * gap - (0.4 if exchange.attributions[k].parent is not None else 0.0)
        if exchange.same_side(exchange.speakers[k], exchange.speakers[index]):
            score -= 2 * _AMONG_THEMSELVES
        if score > 0 and (best is None or score > best[0]):
            best = (score, k)
    return None if best is None else best[1]


def _granted_or_refused(exchange: Exchange, index: int) -> int | None:
    """As in "Cairo wants guarantees. Ethiopia refused to give any": what was asked for or offered just before."""
    tokens, a = exchange.tokens, exchange.attributions[index]
    if a.parent is not None:
        return None
    bound, doing = tokens.lemma[a.cue_head] in listed("responses", "granting"), listed("responses", "doing_so")
    words = [tokens.lower[t] for first, last in a.content for t in range(first, last)]
    open_ended = any(words[i] in doing and words[i + 1] == "so" for i in range(len(words) - 1))
    if bound and any(word in listed("responses", "elliptic") for word in words):
        open_ended = True
    for k in _earlier(exchange, index, _NEAR if open_ended else 1) if bound or open_ended else ():
        if exchange.same_side(exchange.speakers[k], exchange.speakers[index]) or not exchange.asks_or_offers(k):
            continue
        if open_ended or exchange.forms(index) & exchange.forms(k):
            return k
    return None


def _after_another(exchange: Exchange, index: int) -> int | None:
    """As in "Seoul spoke of its right to drill after Pyongyang demanded a halt": what another state said before."""
    tokens, attributions = exchange.tokens, exchange.attributions
    a = attributions[index]
    if a.parent is not None:
        return None
    here = tokens.sentence[a.cue_head]
    for k in range(max(0, index - _SHORT), min(len(attributions), index + _SHORT + 1)):
        cue = attributions[k].cue_head
        if k == index or tokens.sentence[cue] != here or not _opened_by_after(tokens, cue):
            continue
        if any(first <= cue < last for first, last in a.content):
            continue
        if exchange.of_another_state(exchange.speakers[k], exchange.speakers[index]) and exchange.provokes(k):
            return k
    return None


def _opened_by_after(tokens: Tokens, cue: int) -> bool:
    if tokens.dep[cue] == "xcomp":
        cue = tokens.head[cue]
    return tokens.dep[cue] == "advcl" and any(
        tokens.dep[c] == "mark" and tokens.lower[c] == "after" for c in tokens.children[cue]
    )


def _contrary(exchange: Exchange, index: int) -> int | None:
    """As in "China never asked for haircuts of others": it denies, in his words, what another has just said."""
    tokens, a = exchange.tokens, exchange.attributions[index]
    if a.parent is not None or not (a.construction.has_clause or a.construction.is_direct):
        return None
    denied = holds_denial(tokens, a.content)
    for k in _earlier(exchange, index, 2) if denied else ():
        other = exchange.attributions[k]
        if not exchange.of_another_state(exchange.speakers[k], exchange.speakers[index]):
            continue
        shared = exchange.forms(index) & exchange.forms(k)
        if len(shared) > 1 and not holds_denial(tokens, other.content):
            return k
    return None
