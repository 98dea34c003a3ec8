"""Clauses that a text tells as not so: what is denied, what a dismissed report says, what is only rumoured.

"Denied a report that London had promised access", "there is no truth in claims that Iran refuses to talk": what stands
inside such a clause is nobody's statement and sets no condition; the denial itself is the denier's.
"""

from __future__ import annotations

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.reading.grammar.labels import ACTIVE_SUBJECT, CLAUSAL_SUBJECT, EXPLETIVE, NOMINAL_SUBJECTS
from communique.reading.grammar.negation import is_denied, is_denied_with_subject
from communique.reading.tokens import Tokens

_DENYING = listed("cues", "disowned", "denying")
_DOUBTING = listed("cues", "disowned", "doubting")
_DISMISSING = listed("cues", "disowned", "dismissing")
_CALLING = listed("cues", "disowned", "calling")
_TOLD = listed("cues", "disowned", "told")
_RUMOURS = listed("cues", "disowned", "rumours")
_HEARSAY = listed("cues", "disowned", "hearsay")
_UNTRUE = listed("cues", "disowned", "untrue")
_TRUTH = listed("cues", "disowned", "truth")
_TRIES = listed("cues", "deeds", "tries")
_CONDITIONS = listed("cues", "constructions", "conditions")
_OWNING = listed("cues", "disowned", "owning")
_SO = listed("cues", "disowned", "so")

_CLAUSES = frozenset(("acl", "ccomp", "relcl"))
_SUBJECTS = NOMINAL_SUBJECTS | {EXPLETIVE}
_OBJECTS = frozenset(("dobj", "xcomp", "ccomp"))
_STEPS = 12
_NEAR = 30
"""Tokens after a noun among which a word says that what it tells is not so."""


def disowned_clause(tokens: Tokens, i: int, *, doubted: bool = True) -> int | None:
    """Return the main verb of the disowned clause that token i stands in, or None.

    ``doubted`` tells whether what is only doubted counts too.
    """
    node = i
    for _ in range(_STEPS):
        above = tokens.head[node]
        if above == node:
            return None
        if tokens.dep[node] in _CLAUSES:
            noun = _teller(tokens, node, above)
            if noun is not None:
                return node if _is_dismissed(tokens, noun) else None
            if tokens.dep[node] == "relcl":
                return None  # what is told beside, as in "denied it to the envoy, who said that ..."
            if _is_denied_by(tokens, node, above, doubted):
                return node
        node = above
    return None


def is_doubted(tokens: Tokens, clause: int) -> bool:
    """Tell whether what holds a disowned clause is a noun or a doubt: neither says what the speaker himself wants."""
    above = tokens.head[clause]
    return tokens.lemma[above] not in _DENYING or tokens.pos[above] == "NOUN"


def is_tried_by_another(tokens: Tokens, clause: int) -> bool:
    """As in "rejected attempts by third parties to present the treaty as a defeat": told of others, wanted by none."""
    noun = tokens.head[clause]
    if tokens.dep[clause] != "acl" or tokens.lemma[noun] not in _TRIES:
        return False
    return any(tokens.dep[c] == "poss" or tokens.lower[c] in _OWNING for c in tokens.children[noun])


def is_what_a_condition_is_for(tokens: Tokens, word: int) -> bool:
    """As in "rejects Oslo's condition for the treaty": who speaks of another's condition does not speak of its aim."""
    noun = tokens.head[word]
    if tokens.lower[word] != "for" or tokens.dep[word] != "prep" or tokens.lemma[noun] not in _CONDITIONS:
        return False
    return any(tokens.dep[c] == "poss" or (c > noun and tokens.lower[c] in _OWNING) for c in tokens.children[noun])


def is_withheld(tokens: Tokens, clause: int) -> bool:
    """As in "declined to say whether it would sign": what one will not tell is neither told nor turned down."""
    saying = tokens.head[clause]
    withholding = tokens.lemma[tokens.head[saying]] in cues().sets["withholding"] and tokens.dep[saying] == "xcomp"
    return withholding and tokens.dep[clause] == "ccomp" and tokens.lemma[saying] in cues().strong


def _is_denied_by(tokens: Tokens, clause: int, verb: int, doubted: bool) -> bool:
    """As in "denies that it had agreed", "doubts that there will be a deal", unless that is itself denied."""
    if tokens.dep[clause] not in ("ccomp", CLAUSAL_SUBJECT) or verb > clause:
        return False
    if (judged := _judged_by(tokens, verb)) is not None:
        being, word = judged
        return tokens.lower[word] in _UNTRUE if not is_denied(tokens, being) else tokens.lower[word] in _SO
    turning = tokens.lemma[verb] in _DENYING or (doubted and tokens.lemma[verb] in _DOUBTING)
    return turning and not is_denied_with_subject(tokens, verb)


def _judged_by(tokens: Tokens, word: int) -> tuple[int, int] | None:
    """As in "it is not true that ...", "wrong to say that ...": the copula, and the word that tells if it is so."""
    if tokens.dep[word] == "xcomp" and tokens.lemma[word] in cues().strong:
        word = tokens.head[word]
    being = word if tokens.lemma[word] == "be" else tokens.head[word]
    told = tokens.child(being, "acomp", "attr") if word == being else word
    subject = tokens.child(being, ACTIVE_SUBJECT, EXPLETIVE)
    if tokens.lemma[being] != "be" or told is None or subject is None or tokens.lower[subject] != "it":
        return None
    return being, told


def _teller(tokens: Tokens, clause: int, noun: int) -> int | None:
    """Return the noun whose content a clause is: "a report in the Gazette that London had promised access"."""
    if tokens.lemma[noun].lower() not in _TOLD and tokens.dep[noun] == "pobj":
        noun = tokens.head[tokens.head[noun]]
    if tokens.lemma[noun].lower() not in _TOLD or noun > clause:
        return None
    opening = next((t for t in range(noun + 1, clause) if tokens.lower[t] == "that"), None)
    if opening is None or not any(tokens.dep[c] in _SUBJECTS and c != opening for c in tokens.children[clause]):
        return None
    if tokens.dep[opening] == "mark":
        return noun
    # Taken for a relative, and yet the clause has an object of its own.
    return noun if any(tokens.dep[c] in _OBJECTS and c > clause for c in tokens.children[clause]) else None


def _is_dismissed(tokens: Tokens, noun: int) -> bool:
    lemma = tokens.lemma[noun].lower()
    if lemma in _RUMOURS:
        return True
    above, dep = tokens.head[noun], tokens.dep[noun]
    if dep in (*NOMINAL_SUBJECTS, "dobj", "oprd") and tokens.pos[above] in ("VERB", "AUX"):
        if tokens.lemma[above] in _DISMISSING and dep != ACTIVE_SUBJECT:
            return not is_denied_with_subject(tokens, above)
        if tokens.lemma[above] in (*_CALLING, "be") and _called_untrue(tokens, noun, above):
            return True
    if dep == "pobj":
        word = tokens.head[above]
        if tokens.lemma[word] in _TRUTH and is_denied(tokens, word):
            return True
    return lemma in _HEARSAY and dep in (*NOMINAL_SUBJECTS, "pobj") and not _is_owned(tokens, noun)


def _called_untrue(tokens: Tokens, noun: int, verb: int) -> bool:
    """As in "called claims that ... baseless", "reports that ... are false"."""
    end = min(tokens.sentences[tokens.sentence[noun]][1], noun + _NEAR)
    untrue = [t for t in range(noun + 1, end) if tokens.lower[t] in _UNTRUE]
    return any(verb in (tokens.head[t], tokens.head[tokens.head[t]]) for t in untrue) and not is_denied(tokens, verb)


def _is_owned(tokens: Tokens, noun: int) -> bool:
    """Tell whether somebody's name stands at a claim: "Kenya's claim", "the claims of the ministry"."""
    return any(
        tokens.dep[c] in ("poss", "amod", "nmod", "compound") or (tokens.lower[c] in _OWNING)
        for c in tokens.children[noun]
    )
