"""A statement in the parse, for what it says of the matters that it names: its cue beside what governs each name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from communique.lexicon import listed
from communique.model import Span, Spans
from communique.reading.acts.governing_words import Verdict, carried, fading, governed, judgement
from communique.reading.acts.path_from_name import NOMINAL, bygone, is_dated, is_none_of, key_of, phrase_of
from communique.reading.grammar.auxiliaries import is_past_tense
from communique.reading.grammar.negation import is_denied_with_subject
from communique.reading.grammar.subjects import active_subject, is_passive
from communique.reading.grammar.verbs import is_possible
from communique.reading.tokens import Tokens

_listed = partial(listed, "stances")
_NEAR = 3
"""Words above a name in a condition among which what makes it another stands."""


@dataclass(frozen=True, slots=True)
class Parse:
    """A statement in the parse.

    ``foreign`` tells whether a token names somebody other than the speaker, ``turns`` whether the cue, standing
    outside the content, turns that round ("refused to sign", "does not accept"), ``yields`` whether a cue that turns
    down is itself denied ("no longer objects"), ``possible`` whether it only may be said, or once was. ``cue`` is the
    cue's main token where that stands outside the content; ``owned`` tells that the content is only whose plan it is.
    """

    tokens: Tokens
    foreign: Callable[[int], bool]
    turns: bool = False
    yields: bool = False
    possible: bool = False
    cue: int | None = None
    owned: bool = False

    def verdict(self, place: Span, content: Spans) -> Verdict:
        """What governs the name at a place of the content."""
        return governed(self.tokens, place, content, self.foreign)

    def asked(self, place: Span, antecedent: Spans) -> tuple[Verdict, bool]:
        """What governs a name in what a condition asks for, whoever does it; and whether somebody else wishes it."""
        verdict = governed(self.tokens, place, antecedent, lambda _i: False)
        top = verdict.top
        wishing = top is not None and self.tokens.lemma[top] in _listed("government", "wishing")
        subject = None if top is None else active_subject(self.tokens, top)
        return verdict, wishing and subject is not None and self.foreign(subject)

    def altered(self, place: Span, antecedent: Spans) -> bool:
        """As in "if the lease is cut from 99 years to 50": what is to be made another is neither wanted nor fought."""
        top = self.asked(place, antecedent)[0].top
        above = top
        for _ in range(_NEAR):
            if above is None:
                return False
            if self.tokens.lemma[above] in _listed("government", "altering"):
                return any(self.tokens.dep[c] == "prep" for c in self.tokens.children[above])
            above = self.tokens.head[above]
        return False

    def wanted(self, verdict: Verdict) -> int:
        """Whether the cue itself wants (1) or fights (-1) what the way up from a name ends in; 0 where it does not."""
        tokens, cue, top = self.tokens, self.cue, verdict.top
        if cue is None or top is None:
            return 0
        if tokens.dep[cue] == "relcl" and tokens.head[cue] == top:
            return judgement(tokens, cue) or self._taken(cue)
        if tokens.head[top] == cue and tokens.dep[top] == "dobj":
            judged = judgement(tokens, cue)
            if judged:
                return judged
        if self._leaves_to_clause(cue, top):
            return 0
        above, key, done = tokens.head[top], key_of(tokens, cue), tokens.child(cue, "dobj")
        if tokens.dep[top] in ("pobj", "pcomp") and above != cue:
            if done is not None and tokens.head[above] in (done, cue):
                key = f"{key}_{tokens.lemma[done]}"
            elif tokens.head[above] != cue:
                phrase = phrase_of(tokens, tokens.head[above])
                if phrase is None or phrase[0] != cue:
                    return 0
                key = phrase[1]
            key = f"{key}_{tokens.lower[above]}"
        elif above != cue:
            return 0
        if key in _listed("government", "favouring"):
            wanted = 1
        else:
            wanted = -1 if key in _listed("government", "turning") else 0
        if done is not None and done != top and is_none_of(tokens, done):
            wanted = -wanted
        return -wanted if is_denied_with_subject(tokens, cue) else wanted

    def whole(self, place: Span) -> Verdict | None:
        """What the sentence of a name says of it, where it is the cue or what stands above it that tells.

        None where all that tells stands in the content, or the cue does.
        """
        tokens, cue = self.tokens, self.cue
        at = bisect_left(tokens.start, place.start)
        if cue is None or at >= tokens.n or tokens.sentence[at] != tokens.sentence[cue]:
            return None
        verdict = governed(tokens, place, (tokens.span(tokens.sentences[tokens.sentence[cue]]),), self.foreign)
        first = cue if cue in verdict.path else tokens.head[cue]  # "raised doubts about it": the cue is the noun
        if first not in verdict.path or verdict.aside:
            return None
        above = verdict.path[verdict.path.index(first) :]
        beside = {cue, *tokens.children[cue]}
        return verdict if any(key in beside or key in above for key, _ in verdict.keys) else None

    def _taken(self, cue: int) -> int:
        """As in "the fee, which Chile introduced": what the verb of a clause on the name does to it."""
        key = key_of(self.tokens, cue)
        sign = int(key in _listed("government", "favouring")) - int(key in _listed("government", "turning"))
        return -sign if is_denied_with_subject(self.tokens, cue) else sign

    def _leaves_to_clause(self, cue: int, top: int) -> bool:
        """Whether the clause below a cue decides: behind a colon, of what is feared, of what one is about to do."""
        tokens, dep = self.tokens, self.tokens.dep[top]
        if dep == "ccomp":
            return tokens.child(cue, "dobj") is not None or tokens.lemma[cue] in _listed("government", "dreading")
        return dep == "xcomp" and tokens.lemma[cue] in _listed("government", "undertaking")

    def superseded(self, place: Span, content: Spans) -> bool:
        """As in "We backed it in the spring. Now we are against it": what was so before a "now" of a later sentence."""
        tokens = self.tokens
        at = bisect_left(tokens.start, place.start)
        if at >= tokens.n:
            return False
        first, end = tokens.sentences[tokens.sentence[at]]
        last = max(end for _, end in content)
        past = any(is_past_tense(tokens, i) and tokens.head[i] == i for i in range(first, end))
        later = range(end, bisect_left(tokens.start, last))
        return past and any(tokens.lower[i] in _listed("words", "by_now") and tokens.dep[i] == "advmod" for i in later)

    def unasked(self) -> bool:
        """Whether the cue is of asking: who has not asked for a thing may want it all the same."""
        return self.cue is not None and self.tokens.lemma[self.cue] in _listed("government", "unasked")

    def denied(self) -> bool:
        """Whether the cue, or the verb that carries it, is denied: "has not offered a view"."""
        tokens, cue = self.tokens, self.cue
        if cue is None:
            return False
        carried = tokens.dep[cue] == "dobj" and is_denied_with_subject(tokens, tokens.head[cue])
        return carried or is_denied_with_subject(tokens, cue)

    def unsaid(self) -> bool:
        """Whether the cue is of saying, and denied: "has never said that"."""
        return self.cue is not None and self.tokens.lemma[self.cue] in _listed("government", "saying") and self.denied()

    def leaves_open(self) -> bool:
        """Whether the cue only does not rule out what it governs."""
        tokens, cue = self.tokens, self.cue
        if cue is None or not is_denied_with_subject(tokens, cue):
            return False
        return key_of(tokens, cue) in _listed("government", "leaving_open")

    def ties(self) -> bool:
        """Whether the cue sets terms for what it governs: "attached two conditions to it"."""
        done = None if self.cue is None else self.tokens.child(self.cue, "dobj")
        if self.cue is None or done is None or is_none_of(self.tokens, done):
            return False
        key = f"{key_of(self.tokens, self.cue)}_{self.tokens.lemma[done]}"
        beside = (*self.tokens.children[self.cue], *self.tokens.children[done])
        return any(f"{key}_{self.tokens.lower[c]}" in _listed("government", "tying") for c in beside)

    def ponders(self) -> bool:
        """Whether the cue only weighs what it governs: "is considering joining it"."""
        tokens, cue = self.tokens, self.cue
        if cue is None or is_denied_with_subject(tokens, cue):
            return False
        weighing = key_of(tokens, cue) in _listed("government", "pondering") and tokens.has_child(cue, "xcomp", "dobj")
        return weighing or tokens.lemma[cue] in _listed("government", "only_open")

    def carries(self) -> bool:
        """Whether the cue is a noun or an adjective, through which the way up goes on."""
        return self.cue is not None and self.tokens.pos[self.cue] not in ("VERB", "AUX")

    def carried(self, verdict: Verdict) -> int:
        """The sign of a verdict with what such a cue adds."""
        return carried(self.tokens, verdict, self.cue, self.foreign) if self.cue is not None else verdict.sign

    def direct(self, verdict: Verdict) -> bool:
        """Whether the cue itself governs the matter, as in "praised the treaty"."""
        if self.cue is None or verdict.top is None:
            return True
        above = self.tokens.head[verdict.top]
        # "Its proposal for a land port", "pleads with lenders for relief".
        over = self.tokens.dep[verdict.top] == "pobj" and self.tokens.lower[above] in _listed(
            "government", "asked_with"
        )
        return above == self.cue or (over and self.tokens.head[above] == self.cue)


def parse_of(tokens: Tokens, cue: int, content: Spans, foreign: Callable[[int], bool]) -> Parse:
    """Return a statement's parse, by the main token of its cue and its content's characters."""
    apart = not any(start <= tokens.start[cue] < end for start, end in content)
    turning = tokens.pos[cue] == "VERB" and tokens.lemma[cue] in _listed("government", "turning_cues")
    denied = is_denied_with_subject(tokens, cue)
    past = is_possible(tokens, cue) or bygone(tokens, cue) or _rumoured(tokens, cue) or fading(tokens, cue)
    past = past or _shared(tokens, cue) or (_takes_sides(tokens, cue) and is_dated(tokens, cue))
    owned = not apart and tokens.pos[cue] in NOMINAL and tokens.has_child(cue, "poss")
    return Parse(tokens, foreign, apart and turning != denied, turning and denied, past, cue if apart else None, owned)


def _takes_sides(tokens: Tokens, cue: int) -> bool:
    """As in "in 1998 it fought the levy": no word of saying, whose date is that of what is said."""
    key = key_of(tokens, cue)
    return key in _listed("government", "turning") or key in _listed("government", "favouring")


def _rumoured(tokens: Tokens, cue: int) -> bool:
    """As in "is said to favour it": nobody stands for it."""
    above = tokens.head[cue]
    return (
        tokens.dep[cue] == "xcomp"
        and is_passive(tokens, above)
        and tokens.lemma[above] in _listed("government", "rumoured")
    )


def _shared(tokens: Tokens, cue: int) -> bool:
    """As in "shares the concerns about it": whose they were first, they are no verdict on the matter."""
    noun = cue if tokens.pos[cue] == "NOUN" else tokens.child(cue, "dobj")
    verb = tokens.head[cue] if noun == cue else cue
    worry = noun is not None and tokens.lemma[noun] in _listed("government", "shared")
    return worry and tokens.lemma[verb] in _listed("government", "sharing")
