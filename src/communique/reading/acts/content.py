"""The act of a statement whose cue leaves it open ("said"), from what is said."""

from __future__ import annotations

from functools import cache

from communique.lexicon import load
from communique.model import Act, Manner
from communique.reading.annotations import Attribution
from communique.reading.tokens import Words

_NEGATIVE = frozenset(("not", "n't", "never", "no", "neither", "cannot", "n\u2019t", "nothing", "nor"))
_WINDOW = 60


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("acts")["content"][name].split())


def content_act(words: Words, attribution: Attribution) -> Act:
    """Return the act that the content performs, the first of its sentences that does more than assert deciding."""
    if _asks(words, attribution):
        return Act.ASK
    for verb in _main_verbs(words, attribution):
        for rule in (_complement, _refuses, _obliges, _commits, _charges):
            act = rule(words, attribution, verb)
            if act is not None:
                return act
    return Act.OFFER if _says_ready(words, attribution) else Act.ASSERT


def _says_ready(words: Words, attribution: Attribution) -> bool:
    """Look at the words where the parse showed nothing: "is ready to" near the start of the content."""
    for start, end in attribution.content[:1]:
        for t in range(start + 1, min(end - 1, start + 12)):
            if words.lower[t] in _listed("offers") and words.lower[t + 1] == "to" and words.pos[t - 1] == "AUX":
                return True
    return False


def _main_verbs(words: Words, attribution: Attribution) -> list[int]:
    """Return the main verb of each sentence of the content, at most eight."""
    verbs = [
        t
        for start, end in attribution.content
        for t in range(start, min(end, start + 8 * _WINDOW))
        if words.head[t] == t and words.pos[t] not in ("PUNCT", "SPACE")
    ]
    main = main_verb(words, attribution)
    if main is not None and main not in verbs:
        verbs.append(main)
    for verb in tuple(verbs):
        verbs.extend(c for c in words.children[verb] if words.dep[c] == "conj" and words.pos[c] in ("VERB", "AUX"))
    return sorted(set(verbs))[:8]


def main_verb(words: Words, attribution: Attribution) -> int | None:
    """Return the content's main token: its clause's head, else the first that hangs on nothing in the content."""
    if attribution.clause is not None:
        return attribution.clause
    for start, end in attribution.content:
        for t in range(start, min(end, start + _WINDOW)):
            outer = words.pos[t] in ("VERB", "AUX") and not start <= words.head[t] < end
            if (outer or words.head[t] == t) and words.pos[t] not in ("PUNCT", "SPACE"):
                return t
    return None


def _asks(words: Words, attribution: Attribution) -> bool:
    if attribution.manner is Manner.INDIRECT or not attribution.content:
        return False
    start, end = attribution.content[-1]
    return any(words.lower[t] == "?" for t in range(max(start, end - 3), min(words.n, end + 1)))


def _modal(words: Words, verb: int) -> str:
    return next((words.lower[c] for c in words.children[verb] if words.tag[c] == "MD"), "")


def _no(words: Words, verb: int) -> bool:
    """Tell whether a clause says no: its verb, or its subject or object ("no talks")."""
    for c in words.children[verb]:
        if words.dep[c] == "neg" or words.lower[c] in _NEGATIVE or words.lower[c] == "nothing":
            return True
        if words.dep[c] in ("attr", "dobj", "nsubj", "nsubjpass") and any(
            words.lower[g] == "no" for g in words.children[c]
        ):
            return True
    return False


def _own(words: Words, attribution: Attribution, verb: int) -> bool:
    """Tell whether the content is about the source's own act: "we", "it" after an indirect cue, or its name again."""
    subject = words.child(verb, "nsubj", "nsubjpass")
    if subject is None:
        return words.dep[verb] == "xcomp"
    low = words.lower[subject]
    if low in _listed("first"):
        return True
    source = attribution.source_head
    if attribution.manner is Manner.INDIRECT and low in _listed("self"):
        many = source is not None and words.tag[source] in ("NNS", "NNPS")
        return low == "they" or not many
    return source is not None and words.lower[source] == low


def _complement(words: Words, attribution: Attribution, verb: int) -> Act | None:
    """As in "Is ready to", "remains unchanged", "is unacceptable", "is false"."""
    no = _no(words, verb)
    tokens = [verb, *(c for c in words.children[verb] if words.dep[c] in ("acomp", "attr", "oprd", "dobj", "xcomp"))]
    for t in tokens:
        for word in (words.lower[t], *(words.lower[c] for c in words.children[t] if words.dep[c] in ("conj", "amod"))):
            if word in _listed("false"):
                return None if no else Act.DENY
            if word in _listed("bad"):
                return Act.ASSERT if no else Act.CRITICISE
            if word in _listed("offers") and _has_to(words, t):
                return Act.REFUSE if no else Act.OFFER
            if word in _listed("unchanged") and words.lemma[verb] in ("remain", "be", "stay", "stand", "keep"):
                return None if no else Act.REAFFIRM
        if words.lower[t] == "truth" and no:
            return Act.DENY
    if (
        no
        and words.lemma[verb] in ("change", "shift", "alter", "waver")
        and _modal(words, verb) not in ("can", "could")
    ):
        return Act.REAFFIRM
    return None


def _has_to(words: Words, adjective: int) -> bool:
    return any(
        words.dep[c] in ("xcomp", "prep") and (words.lower[c] in ("to", "for") or _infinitive(words, c))
        for c in words.children[adjective]
    )


def _infinitive(words: Words, verb: int) -> bool:
    return any(words.lower[c] == "to" for c in words.children[verb])


def _refuses(words: Words, attribution: Attribution, verb: int) -> Act | None:
    """As in "We will not accept", "there will be no talks", "will never recognise"."""
    if not _no(words, verb):
        return None
    modal = _modal(words, verb)
    if modal not in _listed("wills") and modal not in ("wo", "can", "ca", "cannot", "could"):
        return None
    if words.lemma[verb] == "be":
        things = [c for c in words.children[verb] if words.dep[c] in ("attr", "nsubj")]
        return Act.REFUSE if any(words.lower[c] in _listed("talks") for c in things) else None
    if words.lemma[verb] in _listed("refusals") and modal not in ("could",):
        return Act.REFUSE
    return Act.REFUSE if _own(words, attribution, verb) and modal in ("will", "wo", "would") else None


def _obliges(words: Words, attribution: Attribution, verb: int) -> Act | None:
    """As in "Israel must withdraw", "Tehran has to", "stop the shelling"."""
    modal = _modal(words, verb)
    if words.lemma[verb] in ("want", "demand", "insist") and not _no(words, verb):
        return Act.DEMAND if words.has_child(verb, "dobj", "ccomp") or words.lemma[verb] == "demand" else None
    subject = words.child(verb, "nsubj", "nsubjpass", "expl")
    if modal in _listed("demands"):
        if subject is not None and words.lower[subject] in _listed("first") and modal != "must":
            return None
        return Act.DEMAND
    if words.lemma[verb] in ("need", "have") and words.tag[verb] in ("VBZ", "VBP", "VB", "VBD"):
        inner = words.child(verb, "xcomp")
        if inner is not None and _infinitive(words, inner) and not _own(words, attribution, verb):
            return Act.DEMAND
    if attribution.manner is Manner.DIRECT and words.tag[verb] == "VB" and subject is None and not modal:
        if words.lemma[verb] == "let":
            return Act.PROPOSE
        return None if _infinitive(words, verb) or words.has_child(verb, "aux") else Act.DEMAND
    if attribution.manner is Manner.DIRECT and words.lemma[verb] == "let" and words.tag[verb] == "VB":
        return Act.PROPOSE
    return None


def _commits(words: Words, attribution: Attribution, verb: int) -> Act | None:
    """As in "We will retaliate", "it would send aid", "they will pay a heavy price"."""
    modal = _modal(words, verb)
    if modal not in _listed("wills") or _no(words, verb):
        return None
    own = _own(words, attribution, verb)
    if _harms(words, verb, own=own) or (
        own and words.lemma[verb] in _listed("stops") and _conditional(words, attribution)
    ):
        return Act.THREATEN
    if not own or words.pos[verb] != "VERB" or words.has_child(verb, "auxpass"):
        return None
    return Act.PROMISE


def _conditional(words: Words, attribution: Attribution) -> bool:
    return any(
        words.lower[t] in ("if", "unless")
        for start, end in attribution.content
        for t in range(start, min(end, start + _WINDOW))
    )


def _harms(words: Words, verb: int, *, own: bool) -> bool:
    lemma = words.lemma[verb]
    if lemma == "pay" or lemma == "face":
        thing = words.child(verb, "dobj")
        return thing is not None and words.lemma[thing] in ("price", "consequence", "retaliation", "cost", "sanction")
    if lemma in ("regret", "suffer"):
        return not own
    if lemma == "meet":
        return words.has_child(verb, "auxpass")
    if lemma == "hit" or lemma == "strike":
        return own
    return own and lemma in _listed("harm")


def _charges(words: Words, attribution: Attribution, verb: int) -> Act | None:
    """As in "Moscow is violating the treaty": a wrong laid at another's door."""
    if words.lemma[verb] not in _listed("wrongs") or _modal(words, verb) or _no(words, verb):
        return None
    if _own(words, attribution, verb) or words.has_child(verb, "auxpass", "nsubjpass"):
        return None
    return Act.ACCUSE if words.has_child(verb, "nsubj") else None


def threatens(words: Words, attribution: Attribution, *, warned: bool = False) -> bool:
    """Tell whether a promise is of harm ("vowed to retaliate"), or a warning of the source's own act."""
    verb = main_verb(words, attribution)
    if verb is None or _no(words, verb):
        return False
    if warned:
        if _modal(words, verb) not in _listed("wills"):
            return False
        dire = any(
            words.lower[t] in _listed("dire")
            for start, end in attribution.content
            for t in range(start, min(end, start + _WINDOW))
        )
        return (
            dire
            or words.lemma[verb] in _listed("harm")
            or (words.pos[verb] == "VERB" and _own(words, attribution, verb))
        )
    return words.lemma[verb] in _listed("blows")


def vows_refusal(words: Words, attribution: Attribution) -> bool:
    """Tell whether a promise is never to do something: "vowed not to negotiate"."""
    verb = main_verb(words, attribution)
    return (
        verb is not None
        and words.pos[verb] in ("VERB", "AUX")
        and _no(words, verb)
        and words.lemma[verb] in _listed("refusals")
    )
