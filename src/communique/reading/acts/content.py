"""The act of a statement whose cue leaves it open ("said"), from what is said."""

from __future__ import annotations

from functools import cache

from communique.lexicon import listed, load, phrases
from communique.model import Act, Manner
from communique.reading.acts.own_side import Sides
from communique.reading.annotations import Attribution
from communique.reading.grammar.auxiliaries import has_active_auxiliary, has_passive_auxiliary, is_present_tense
from communique.reading.grammar.labels import (
    ACTIVE_SUBJECT,
    AUXILIARY,
    EXPLETIVE,
    PASSIVE_SUBJECT,
    PAST_TENSE,
    PRESENT_TENSE,
    THIRD_PERSON,
)
from communique.reading.grammar.negation import is_denied_clause
from communique.reading.grammar.subjects import (
    has_active_subject,
    has_expletive,
    is_passive,
    nominal_subject,
    passive_subject,
)
from communique.reading.grammar.verbs import is_infinitive, modal
from communique.reading.tokens import Tokens

_CHANGING = listed("acts", "constructions", "changing")
_UNABLE_MODALS = listed("acts", "constructions", "unable_modals")
_WANTING = listed("acts", "constructions", "wanting")
_FUTURE_MODALS = listed("closed_classes", "future_modals")
_HARMS = listed("acts", "constructions", "harms")
_OBJECTING = listed("acts", "constructions", "objecting")
_SUPPOSING = listed("acts", "constructions", "supposing")
_STAYING = listed("acts", "constructions", "staying")

_NEGATIVE = listed("closed_classes", "negations")
_NOBODY = Sides()
_WINDOW = 60
_REACH = 5  # words around the place where a speaker's name interrupts a sentence
_AUXILIARIES = 3

_READY_REACH = 12
"""Words of a content within which "ready to" is its own."""
_MOST_VERBS = 8
"""Main verbs of a content that are looked at."""


def content_act(tokens: Tokens, attribution: Attribution, sides: Sides = _NOBODY) -> Act:
    """Return the act that the content performs, the first of its sentences that does more than assert deciding.

    ``sides`` tells which words name the speaker's own side.
    """
    if _asks(tokens, attribution):
        return Act.ASK
    act = _interrupted(tokens, attribution)
    if act is not None:
        return act
    for verb in _main_verbs(tokens, attribution):
        if reserves_a_right(tokens, verb) and _conditional(tokens, attribution):
            return Act.THREATEN
        for rule in (_complement, _upholds, _refuses, _obliges, _commits, _answers_for, _charges):
            act = rule(tokens, attribution, verb, sides)
            if act is not None:
                return act
    return Act.OFFER if _says_ready(tokens, attribution) else Act.ASSERT


def own_act(tokens: Tokens, attribution: Attribution, sides: Sides, *, ours: bool = False) -> Act:
    """Return the act of a sentence of own words: what one must or shall do first, whatever the words for it.

    What a party to an agreement shall do it commits itself to; what others shall do is demanded of them. ``ours``
    tells that the subject is the speaker's own side, by name.
    """
    verb = attribution.cue_head
    subject = nominal_subject(tokens, verb)
    auxiliary = modal(tokens, verb)
    first = subject is not None and tokens.lower[subject] in listed("acts", "content", "first")
    no = is_denied_clause(tokens, verb) or (
        subject is not None and any(tokens.lower[c] == "neither" for c in tokens.children[subject])
    )
    if auxiliary == "shall" and (attribution.source_head is not None or first or _of_the_text(tokens, verb)):
        return shall_act(tokens, attribution)
    if auxiliary in listed("acts", "content", "demands") and not first:
        return Act.DEMAND
    if ours and auxiliary in listed("acts", "content", "wills"):
        if no:
            return Act.REFUSE
        return Act.THREATEN if _harms(tokens, verb, own=True) else Act.PROMISE
    return content_act(tokens, attribution, sides)


def shall_act(tokens: Tokens, attribution: Attribution) -> Act:
    """Return the act of what a party, or the parties to an agreement, shall do or shall not."""
    verb = attribution.cue_head
    if _of_the_text(tokens, verb):
        return Act.ASSERT
    subject = nominal_subject(tokens, verb)
    neither = subject is not None and any(tokens.lower[c] == "neither" for c in tokens.children[subject])
    return Act.REFUSE if neither or is_denied_clause(tokens, verb) else Act.PROMISE


def _of_the_text(tokens: Tokens, verb: int) -> bool:
    """As in "this Agreement shall enter into force", "the Russian text shall prevail"."""
    subject = nominal_subject(tokens, verb)
    if subject is None:
        return False
    this = any(tokens.lower[c] == "this" for c in tokens.children[subject])
    return this or tokens.lemma[subject].lower() in listed("acts", "content", "texts")


def _interrupted(tokens: Tokens, attribution: Attribution) -> Act | None:
    """As in “We will never,” he said, “sign it”: the speaker's name stands in the middle of one sentence.

    The parse takes the halves for two sentences. The first ends in what governs the second's verb.
    """
    for (start, end), (later, _) in zip(attribution.content, attribution.content[1:], strict=False):
        before = [t for t in range(max(start, end - _WINDOW), end) if tokens.pos[t] not in ("PUNCT", "SPACE")]
        after = [t for t in range(later, min(tokens.n, later + _REACH)) if tokens.pos[t] not in ("PUNCT", "SPACE")]
        if not before or not after:
            continue
        act = _over_the_gap(tokens, before, after)
        if act is not None:
            return act
        own = any(tokens.lower[t] in listed("acts", "content", "first") for t in before[-_REACH:])
        if own and tokens.lower[after[0]] == "to":
            no = any(tokens.lower[t] in _NEGATIVE for t in before[-_AUXILIARIES:])
            last = tokens.lemma[before[-1]]
            if last in _refusing():
                return None if no else Act.REFUSE
            if last in load("acts")["adjectives"]["offer"].split():
                return Act.REFUSE if no else Act.OFFER
            if last in load("acts")["adjectives"]["refuse"].split() and not no:
                return Act.REFUSE
    return None


def _over_the_gap(tokens: Tokens, before: list[int], after: list[int]) -> Act | None:
    """As in “We will, of course,” he said, “sign it”: "will" or "never" stands before the gap, its verb behind it.

    ``before`` and ``after`` are the words on either side. None where the first half has a verb of its own.
    """
    wills = (*listed("acts", "content", "wills"), "wo")
    place = next((n for n in range(len(before) - 1, -1, -1) if tokens.lower[before[n]] in wills), None)
    if place is None or not any(tokens.tag[t] in ("VB", PRESENT_TENSE) for t in after):
        return None
    rest = before[place + 1 :]
    own = any(tokens.lower[t] in listed("acts", "content", "first") for t in before[max(0, place - _REACH) : place])
    if not own or any(tokens.pos[t] in ("VERB", "AUX", "SCONJ", "PRON") for t in rest):
        return None
    no = any(tokens.lower[t] in _NEGATIVE for t in (*before[max(0, place - 1) :], after[0]))
    return Act.REFUSE if no else Act.PROMISE


@cache
def _refusing() -> frozenset[str]:
    return frozenset(load("acts")["verbs"]["refuse"].split())


def direct(attribution: Attribution) -> bool:
    """Tell whether the words are the speaker's own: between quotation marks, in a turn, in a text of his."""
    return attribution.manner is Manner.DIRECT or attribution.construction.is_labelled


def indirect(attribution: Attribution) -> bool:
    """Tell whether the words are all the reporter's."""
    return attribution.manner is Manner.INDIRECT and not attribution.construction.is_labelled


def _says_ready(tokens: Tokens, attribution: Attribution) -> bool:
    """Look at the words where the parse showed nothing: "is ready to" near the start of the content."""
    for start, end in attribution.content[:1]:
        for t in range(start + 1, min(end - 1, start + _READY_REACH)):
            if (
                tokens.lower[t] in listed("acts", "content", "offers")
                and tokens.lower[t + 1] == "to"
                and tokens.pos[t - 1] == "AUX"
            ):
                return True
    return False


def _main_verbs(tokens: Tokens, attribution: Attribution) -> list[int]:
    """Return the main verb of each sentence of the content, at most eight."""
    verbs = [
        t
        for start, end in attribution.content
        for t in range(start, min(end, start + _MOST_VERBS * _WINDOW))
        if tokens.head[t] == t and tokens.pos[t] not in ("PUNCT", "SPACE")
    ]
    main = main_verb(tokens, attribution)
    if main is not None and main not in verbs:
        verbs.append(main)
    for verb in tuple(verbs):
        verbs.extend(c for c in tokens.children[verb] if tokens.dep[c] == "conj" and tokens.pos[c] in ("VERB", "AUX"))
    return sorted(set(verbs))[:_MOST_VERBS]


def main_verb(tokens: Tokens, attribution: Attribution) -> int | None:
    """Return the content's main token: its clause's head, else the first that hangs on nothing in the content."""
    if attribution.clause is not None:
        return attribution.clause
    for start, end in attribution.content:
        for t in range(start, min(end, start + _WINDOW)):
            outer = tokens.pos[t] in ("VERB", "AUX") and not start <= tokens.head[t] < end
            if (outer or tokens.head[t] == t) and tokens.pos[t] not in ("PUNCT", "SPACE"):
                return t
    return None


def _asks(tokens: Tokens, attribution: Attribution) -> bool:
    if indirect(attribution) or not attribution.content:
        return False
    start, end = attribution.content[-1]
    return any(tokens.lower[t] == "?" for t in range(max(start, end - 3), min(tokens.n, end + 1)))


def _own(tokens: Tokens, attribution: Attribution, verb: int, sides: Sides) -> bool:
    """Tell whether the content is about the source's own act: "we", "it" after an indirect cue, or its name."""
    subject = nominal_subject(tokens, verb)
    if subject is None:
        return tokens.dep[verb] == "xcomp"
    low = tokens.lower[subject]
    if low in listed("acts", "content", "first") or sides.is_ours(subject):
        return True
    if sides.is_others(subject):
        return False
    source = attribution.source_head
    if indirect(attribution) and low in listed("acts", "content", "self"):
        many = source is not None and tokens.tag[source] in ("NNS", "NNPS")
        return low == "they" or not many
    return source is not None and tokens.lower[source] == low


def _complement(tokens: Tokens, _attribution: Attribution, verb: int, _sides: Sides) -> Act | None:
    """As in "Is ready to", "remains unchanged", "is unacceptable", "is false"."""
    no = is_denied_clause(tokens, verb)
    if (told := _told_of_subject(tokens, verb, no)) is not None:
        return told
    places = [verb, *(c for c in tokens.children[verb] if tokens.dep[c] in ("acomp", "attr", "oprd", "dobj", "xcomp"))]
    for t in places:
        for word in (
            tokens.lower[t],
            *(tokens.lower[c] for c in tokens.children[t] if tokens.dep[c] in ("conj", "amod")),
        ):
            if word in listed("acts", "content", "false"):
                return None if no else Act.DENY
            if word in listed("acts", "content", "bad"):
                return Act.ASSERT if no else Act.CRITICISE
            if word in listed("acts", "content", "offers") and _has_to(tokens, t):
                return Act.REFUSE if no else Act.OFFER
            if word in listed("acts", "content", "unchanged") and tokens.lemma[verb] in _STAYING:
                return None if no else Act.REAFFIRM
        if tokens.lower[t] == "truth" and no:
            return Act.DENY
    if no and tokens.lemma[verb] in _CHANGING and modal(tokens, verb) not in ("can", "could"):
        return Act.REAFFIRM
    return None


def _told_of_subject(tokens: Tokens, verb: int, no: bool) -> Act | None:
    """As in "is a must", "was an unfriendly act", "will not remain unanswered": what a linking verb says."""
    for t in tokens.children[verb]:
        if tokens.dep[t] not in ("acomp", "attr", "oprd"):
            continue
        if no and modal(tokens, verb) in listed("acts", "content", "wills"):
            return Act.THREATEN if tokens.lower[t] in listed("acts", "content", "requited") else None
        if no or modal(tokens, verb):
            continue
        if tokens.pos[t] == "NOUN" and tokens.lower[t] in listed("acts", "content", "requisite"):
            return Act.DEMAND
        words = (tokens.lower[t], *(tokens.lower[c] for c in tokens.children[t] if tokens.dep[c] == "amod"))
        if any(word in listed("acts", "content", "judged_bad") for word in words):
            return Act.CRITICISE
    return None


def _upholds(tokens: Tokens, _attribution: Attribution, verb: int, _sides: Sides) -> Act | None:
    """As in "maintains its veto on it": who keeps up an attitude reaffirms it."""
    thing = tokens.child(verb, "dobj")
    if thing is None or tokens.lemma[verb] not in listed("acts", "constructions", "upholding"):
        return None
    nouns = load("acts")["nouns"]
    attitude = any(tokens.lemma[thing] in nouns[name].split() for name in ("refuse", "demand", "praise", "promise"))
    owned = tokens.child(thing, "poss") is not None and not is_denied_clause(tokens, verb)
    return Act.REAFFIRM if attitude and owned else None


def _has_to(tokens: Tokens, adjective: int) -> bool:
    return any(
        tokens.dep[c] in ("xcomp", "prep") and (tokens.lower[c] in ("to", "for") or is_infinitive(tokens, c))
        for c in tokens.children[adjective]
    )


def _refuses(tokens: Tokens, attribution: Attribution, verb: int, sides: Sides) -> Act | None:
    """As in "We will not accept", "there will be no talks", "will never recognise", "is out of the question"."""
    if _excluded(tokens, verb):
        return Act.REFUSE
    if not is_denied_clause(tokens, verb):
        return None
    if tokens.lemma[verb] in _OBJECTING and _own(tokens, attribution, verb, sides):
        return Act.PROMISE  # "does not object to it": lets it be
    if tokens.lemma[verb] == "want" and tokens.has_child(verb, "dobj") and _own(tokens, attribution, verb, sides):
        return Act.REFUSE
    auxiliary = modal(tokens, verb) or _going(tokens, verb)
    if not auxiliary and tokens.lemma[verb] in listed("acts", "content", "unaccepting"):
        own = _own(tokens, attribution, verb, sides)
        return Act.REFUSE if own and _now(tokens, verb) else None
    if auxiliary not in listed("acts", "content", "wills") and auxiliary not in _UNABLE_MODALS:
        return None
    if tokens.lemma[verb] == "be":
        return Act.REFUSE if _none_of_it(tokens, attribution, verb) else None
    if _in_the_way(tokens, verb):
        return Act.PROMISE if _own(tokens, attribution, verb, sides) else None
    if tokens.lemma[verb] in listed("acts", "content", "refusals") and auxiliary not in ("could",):
        return Act.REFUSE
    if _none_will(tokens, verb, sides) and auxiliary in _FUTURE_MODALS:
        return Act.REFUSE
    if not _own(tokens, attribution, verb, sides) or auxiliary not in _FUTURE_MODALS:
        return None
    # "Will no longer veto it": not to stand in the way is a promise.
    return Act.PROMISE if tokens.lemma[verb] in listed("acts", "content", "standing_in_the_way") else Act.REFUSE


def _now(tokens: Tokens, verb: int) -> bool:
    """As in "does not accept it": of the present, and of something."""
    if not tokens.has_child(verb, "dobj", "xcomp") or tokens.tag[verb] != "VB":
        return False
    return any(tokens.dep[c] == AUXILIARY and is_present_tense(tokens, c) for c in tokens.children[verb])


def _none_of_it(tokens: Tokens, attribution: Attribution, verb: int) -> bool:
    """As in "there will be no talks", "there will be no patrols until it is done"."""
    if has_expletive(tokens, verb) and _held_back(tokens, attribution):
        return True
    things = [c for c in tokens.children[verb] if tokens.dep[c] in ("attr", ACTIVE_SUBJECT)]
    return any(tokens.lower[c] in listed("acts", "content", "talks") for c in things)


def _held_back(tokens: Tokens, attribution: Attribution) -> bool:
    """As in "there will be no patrols until ...", "without an apology there would be no envoy"."""
    openers = listed("closed_classes", "openers_of_conditions") | listed("stances", "words", "lacking")
    return any(tokens.lower[t] in openers for start, end in attribution.content for t in range(start, end))


def _in_the_way(tokens: Tokens, verb: int) -> bool:
    """As in "stand in the way of it"."""
    after = tuple(tokens.lower[verb + 1 : verb + 4])
    return after in phrases("acts", "constructions", "in_the_way")


def _none_will(tokens: Tokens, verb: int, sides: Sides) -> bool:
    """As in "no plane will land there", "not a barrel would be shipped": whoever says that of things will see to it."""
    subject = nominal_subject(tokens, verb)
    if subject is None or tokens.pos[subject] not in ("NOUN", "PROPN") or sides.is_others(subject):
        return False
    none = any(tokens.lower[t] in _NEGATIVE for t in range(tokens.left[subject], subject))
    return none and tokens.lemma[verb] in listed("acts", "content", "granted")


def _stopped(tokens: Tokens, attribution: Attribution, verb: int) -> bool:
    """As in "the flights would be stopped unless he goes": a threat, whoever is to carry it out."""
    subject = passive_subject(tokens, verb)
    if subject is None or tokens.has_child(verb, "agent") or not _conditional(tokens, attribution):
        return False
    return tokens.lemma[verb] in listed("acts", "content", "stops") | listed("acts", "content", "harm")


def _excluded(tokens: Tokens, verb: int) -> bool:
    """As in "is out of the question", "is off the table"."""
    if tokens.lemma[verb] != "be" or is_denied_clause(tokens, verb):
        return False
    after = [t for t in range(verb + 1, min(tokens.n, verb + _REACH + 1)) if tokens.pos[t] != "ADV"]
    words = tuple(tokens.lower[t] for t in after)
    return any(words[: len(phrase)] == phrase for phrase in phrases("conditions", "constructions", "no_phrases"))


def _going(tokens: Tokens, verb: int) -> str:
    """Return "will" for "is going to": it announces as a modal does."""
    inner = tokens.child(verb, "xcomp") if tokens.lower[verb] == "going" else None
    return "will" if inner is not None and is_infinitive(tokens, inner) else ""


def _obliges(tokens: Tokens, attribution: Attribution, verb: int, sides: Sides) -> Act | None:
    """As in "Israel must withdraw", "Tehran has to", "stop the shelling"."""
    auxiliary = modal(tokens, verb)
    if tokens.lemma[verb] in _WANTING and not is_denied_clause(tokens, verb):
        return Act.DEMAND if tokens.has_child(verb, "dobj", "ccomp") or tokens.lemma[verb] == "demand" else None
    subject = tokens.child(verb, ACTIVE_SUBJECT, PASSIVE_SUBJECT, EXPLETIVE)
    if auxiliary in listed("acts", "content", "demands"):
        if subject is not None and tokens.lower[subject] in listed("acts", "content", "first") and auxiliary != "must":
            return None
        return Act.DEMAND
    if tokens.lemma[verb] in ("need", "have") and tokens.tag[verb] in (THIRD_PERSON, PRESENT_TENSE, "VB", PAST_TENSE):
        inner = tokens.child(verb, "xcomp")
        if inner is not None and is_infinitive(tokens, inner) and not _own(tokens, attribution, verb, sides):
            return Act.DEMAND
    if direct(attribution) and tokens.tag[verb] == "VB" and subject is None and not auxiliary:
        if tokens.lemma[verb] == "let":
            return Act.PROPOSE
        return None if is_infinitive(tokens, verb) or has_active_auxiliary(tokens, verb) else Act.DEMAND
    if direct(attribution) and tokens.lemma[verb] == "let" and tokens.tag[verb] == "VB":
        return Act.PROPOSE
    return None


def _commits(tokens: Tokens, attribution: Attribution, verb: int, sides: Sides) -> Act | None:
    """As in "We will retaliate", "it would send aid", "they will pay a heavy price"."""
    auxiliary = modal(tokens, verb) or _going(tokens, verb)
    if auxiliary not in listed("acts", "content", "wills") or is_denied_clause(tokens, verb):
        return None
    own = _own(tokens, attribution, verb, sides)
    if _consequences(tokens, verb) or (own and _veiled(tokens, attribution, verb)):
        return Act.THREATEN
    if _stopped(tokens, attribution, verb):
        return Act.THREATEN
    if _harms(tokens, verb, own=own) or (
        own and tokens.lemma[verb] in listed("acts", "content", "stops") and _conditional(tokens, attribution)
    ):
        return Act.THREATEN
    if not own or tokens.pos[verb] != "VERB" or has_passive_auxiliary(tokens, verb):
        return None
    if tokens.lemma[verb] in listed("acts", "content", "undergone") or _duty(tokens, verb):
        return None
    return Act.PROMISE


def reserves_a_right(tokens: Tokens, verb: int) -> bool:
    """As in "reserves the right to review the presence of the troops"."""
    if tokens.lemma[verb] != "reserve" or is_denied_clause(tokens, verb):
        return False
    return any(tokens.dep[c] == "dobj" and tokens.lemma[c] == "right" for c in tokens.children[verb])


def _duty(tokens: Tokens, verb: int) -> bool:
    """As in "will have to": what one must do one does not promise."""
    inner = tokens.child(verb, "xcomp") if tokens.lemma[verb] in ("have", "need") else None
    return inner is not None and is_infinitive(tokens, inner)


def _consequences(tokens: Tokens, verb: int) -> bool:
    """As in "There will be consequences"."""
    things = [c for c in tokens.children[verb] if tokens.dep[c] == "attr"]
    there = tokens.lemma[verb] == "be" and has_expletive(tokens, verb)
    return there and any(tokens.lower[c] in listed("acts", "content", "dire") for c in things)


def _veiled(tokens: Tokens, attribution: Attribution, verb: int) -> bool:
    """As in "Washington will look at all options if ...", "will take it to court": the harm is only hinted at."""
    things = [c for c in tokens.children[verb] if tokens.dep[c] == "dobj"]
    things += [t for c in tokens.children[verb] if tokens.dep[c] == "prep" for t in tokens.children[c]]
    lemmas = {tokens.lemma[t] for t in things}
    if tokens.lemma[verb] in listed("acts", "content", "bringing") and lemmas & listed("acts", "content", "courts"):
        return True
    return bool(lemmas & listed("acts", "content", "veiled")) and _conditional(tokens, attribution)


def _conditional(tokens: Tokens, attribution: Attribution) -> bool:
    return any(
        tokens.lower[t] in _SUPPOSING
        for start, end in attribution.content
        for t in range(start, min(end, start + _WINDOW))
    )


def _harms(tokens: Tokens, verb: int, *, own: bool) -> bool:
    lemma = tokens.lemma[verb]
    if lemma == "pay" or lemma == "face":
        thing = tokens.child(verb, "dobj")
        return thing is not None and tokens.lemma[thing] in _HARMS
    if lemma in ("regret", "suffer"):
        return not own
    if lemma == "meet":
        return has_passive_auxiliary(tokens, verb)
    if lemma == "hit" or lemma == "strike":
        return own
    return own and lemma in listed("acts", "content", "harm")


def _answers_for(tokens: Tokens, _attribution: Attribution, verb: int, _sides: Sides) -> Act | None:
    """As in "They will bear the responsibility for it": what others will have to answer for."""
    thing = tokens.child(verb, "dobj")
    if thing is None or modal(tokens, verb) not in listed("acts", "content", "wills") or is_denied_clause(tokens, verb):
        return None
    carried = tokens.lemma[verb] in listed("acts", "content", "bears")
    return Act.THREATEN if carried and tokens.lemma[thing] in listed("acts", "content", "borne") else None


def _charges(tokens: Tokens, attribution: Attribution, verb: int, sides: Sides) -> Act | None:
    """As in "Moscow is violating the treaty": a wrong laid at another's door."""
    if _amounts_to_wrong(tokens, verb) and not _own(tokens, attribution, verb, sides):
        return None if modal(tokens, verb) or is_denied_clause(tokens, verb) else Act.ACCUSE
    if (
        tokens.lemma[verb] not in listed("acts", "content", "wrongs")
        or modal(tokens, verb)
        or is_denied_clause(tokens, verb)
    ):
        return None
    if _own(tokens, attribution, verb, sides) or is_passive(tokens, verb):
        return None
    return Act.ACCUSE if has_active_subject(tokens, verb) else None


def _amounts_to_wrong(tokens: Tokens, verb: int) -> bool:
    """As in "the drill constitutes a violation of the treaty", "was an act of aggression"."""
    if tokens.lemma[verb] not in listed("acts", "content", "amounting"):
        return False
    things = [c for c in tokens.children[verb] if tokens.dep[c] in ("dobj", "attr") and c > verb]
    things += [t for c in tokens.children[verb] if tokens.lower[c] == "to" for t in tokens.children[c]]
    things += [
        t for noun in things if tokens.lemma[noun] == "act" for c in tokens.children[noun] for t in tokens.children[c]
    ]
    return any(tokens.lemma[t] in listed("acts", "content", "wrong_nouns") for t in things)


def threatens(tokens: Tokens, attribution: Attribution, sides: Sides = _NOBODY, *, warned: bool = False) -> bool:
    """Tell whether a promise is of harm ("vowed to retaliate"), or a warning of the source's own act."""
    verb = main_verb(tokens, attribution)
    if verb is None or is_denied_clause(tokens, verb):
        return False
    if warned:
        if modal(tokens, verb) not in listed("acts", "content", "wills"):
            return False
        dire = any(
            tokens.lower[t] in listed("acts", "content", "dire")
            for start, end in attribution.content
            for t in range(start, min(end, start + _WINDOW))
        )
        return (
            dire
            or tokens.lemma[verb] in listed("acts", "content", "harm")
            or (tokens.pos[verb] == "VERB" and _own(tokens, attribution, verb, sides))
        )
    return tokens.lemma[verb] in listed("acts", "content", "blows")


def vows_refusal(tokens: Tokens, attribution: Attribution) -> bool:
    """Tell whether a promise is never to do something: "vowed not to negotiate"."""
    verb = main_verb(tokens, attribution)
    return (
        verb is not None
        and tokens.pos[verb] in ("VERB", "AUX")
        and is_denied_clause(tokens, verb)
        and any(
            tokens.lemma[verb] in listed("acts", "content", name) for name in ("refusals", "vowed_refusals", "granted")
        )
    )
