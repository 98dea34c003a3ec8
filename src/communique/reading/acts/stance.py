"""Where a statement stands on each matter that it is about: for it, against it, conditional, or open to it.

A matter's stance is what the words that govern its name in the parse say of it, else what the act says, else what the
words around the name say: whether they want the matter or end it, and whether they are denied. A condition that the
statement holds makes it conditional; a precondition that is waived, or readiness, makes it open. A claimant who speaks
of the disputed thing is for it, unless he lets it go. Where the words say none of this there is no stance. Polarity by
cue words and their negation in a window follows the contextual valence shifters of Polanyi and Zaenen (2006).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from communique.lexicon import listed
from communique.model import Act, Condition, ConditionKind, Issue, IssueStance, Span, Spans, Stance
from communique.reading.acts.government import Verdict, bygone, carried, fading, governed, judgement, key_of, phrase_of
from communique.reading.grammar.negation import is_denied_with_subject, is_negation
from communique.reading.grammar.subjects import is_passive
from communique.reading.grammar.verbs import is_possible
from communique.reading.tokens import Tokens

_listed = partial(listed, "stances")
_WORD = re.compile(r"[\w’']+")
_STEADY = re.compile(
    r"\b(?:not|never|n[o']t) (?:yet )?(?:been )?(?:changed?|alter(?:ed)?|shift(?:ed)?|moved)(?: at all)?\b",
    re.IGNORECASE,
)
"""That a position has not changed denies nothing of what it is."""

_UNBOUND = re.compile(r"\b(?:no|without(?: any)?) (?:pre-?)?conditions\b", re.IGNORECASE)
_TO_BE = re.compile(r"\b(?:is|are) to (?:be|have|come|get)\b", re.IGNORECASE)
_LASTING = re.compile(r"\b(?:as|so) long as\b|\bwhile\b", re.IGNORECASE)
_BEFORE = 9
"""Words before a matter's name that bear on it: further off, another matter has come between."""

_AFTER = 12
_NEAR = 3
"""Words after "should" or "to" among which "be" stands: a denial may come between."""

_WISHES = {Act.DEMAND, Act.PROPOSE, Act.REFUSE, Act.CRITICISE, Act.PRAISE}
"""Acts whose content is somebody else's doing, and still the speaker's own wish."""


@dataclass(frozen=True, slots=True)
class Parse:
    """A statement in the parse.

    ``foreign`` tells whether a token names somebody other than the speaker, ``turns`` whether the cue, standing
    outside the content, turns that round ("refused to sign", "does not accept"), ``yields`` whether a cue that turns
    down is itself denied ("no longer objects"), ``possible`` whether it only may be said, or once was. ``cue`` is the
    cue's main token where that stands outside the content.
    """

    tokens: Tokens
    foreign: Callable[[int], bool]
    turns: bool = False
    yields: bool = False
    possible: bool = False
    cue: int | None = None

    def verdict(self, place: Span, content: Spans) -> Verdict:
        """What governs the name at a place of the content."""
        return governed(self.tokens, place, content, self.foreign)

    def asked(self, place: Span, antecedent: Spans) -> tuple[Verdict, bool]:
        """What governs a name in what a condition asks for, whoever does it; and whether somebody else wishes it."""
        verdict = governed(self.tokens, place, antecedent, lambda i: False)
        top = verdict.top
        wishing = top is not None and self.tokens.lemma[top] in _listed("government", "wishing")
        subject = None if top is None else self.tokens.child(top, "nsubj")
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
        if tokens.head[top] == cue and tokens.dep[top] == "dobj":
            judged = judgement(tokens, cue)
            if judged:
                return judged
        if tokens.dep[top] == "ccomp" and tokens.child(cue, "dobj") is not None:
            return 0  # what stands behind a colon
        above, key, done = tokens.head[top], key_of(tokens, cue), tokens.child(cue, "dobj")
        if tokens.dep[top] == "pobj" and above != cue:
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
        return -wanted if is_denied_with_subject(tokens, cue) else wanted

    def leaves_open(self) -> bool:
        """Whether the cue only does not rule out what it governs."""
        tokens, cue = self.tokens, self.cue
        if cue is None or not is_denied_with_subject(tokens, cue):
            return False
        return key_of(tokens, cue) in _listed("government", "leaving_open")

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
        return self.cue is None or verdict.top is None or self.tokens.head[verdict.top] == self.cue


def parse_of(tokens: Tokens, cue: int, content: Spans, foreign: Callable[[int], bool]) -> Parse:
    """Return a statement's parse, by the main token of its cue and its content's characters."""
    apart = not any(start <= tokens.start[cue] < end for start, end in content)
    turning = tokens.pos[cue] == "VERB" and tokens.lemma[cue] in _listed("government", "turning_cues")
    denied = is_denied_with_subject(tokens, cue)
    past = is_possible(tokens, cue) or bygone(tokens, cue) or _rumoured(tokens, cue) or fading(tokens, cue)
    past = past or _shared(tokens, cue)
    return Parse(tokens, foreign, apart and turning != denied, turning and denied, past, cue if apart else None)


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


_NO_STANCE = {Act.ASK, Act.ACCUSE}


def stances(
    text: str,
    act: Act,
    content: Spans,
    about: Sequence[Issue],
    conditions: Sequence[Condition],
    parties: Container[str],
    inner: Spans = (),
    parse: Parse | None = None,
) -> tuple[IssueStance, ...]:
    """Return a statement's stance on each of the issues ``about`` which it takes one on, in their order.

    ``content`` are the statement's spans in ``text``, ``conditions`` those that it holds, ``parties`` the speaker's id
    and those for whom it speaks, ``inner`` the contents of statements inside this one, which have stances of their own;
    ``parse`` is asked, where there is one, for what governs each name, before the words around it.
    """
    found = []
    for issue in about:
        named = [place for place in issue.mentions if _inside(place, content)]
        # What hangs on a condition is the speaker's, also where he tells it as his readiness inside his words.
        places = [place for place in named if not _inside(place, inner)] or (named if conditions else [])
        stance = _stance(text, act, content, places, conditions, parse)
        if stance in (None, Stance.AGAINST) and any(claim.actor in parties for claim in issue.claims):
            stance = Stance.FOR
        if stance:
            found.append(IssueStance(issue.id, stance))
    return tuple(found)


def _inside(place: Span, spans: Spans) -> bool:
    return any(start <= place.start and place.end <= end for start, end in spans)


def _stance(
    text: str,
    act: Act,
    content: Spans,
    places: Sequence[Span],
    conditions: Sequence[Condition],
    parse: Parse | None = None,
) -> Stance | None:
    binding = [c for c in conditions if c.kind is not ConditionKind.WAIVED and not _meanwhile(text, c)]
    if binding and places:
        return _hanging(text, act, content, places, binding, parse)
    if binding:
        return Stance.CONDITIONAL
    if any(condition.kind is ConditionKind.WAIVED for condition in conditions):
        return Stance.OPEN
    return _plainly(text, act, content, places, parse)


def _hanging(
    text: str, act: Act, content: Spans, places: Sequence[Span], binding: Sequence[Condition], parse: Parse | None
) -> Stance | None:
    """The stance of a statement with conditions: on what hangs on them, on what they ask for, on what stands beside."""
    asked = [place for place in places if any(_inside(place, c.antecedent) for c in binding)]
    free = [place for place in places if place not in asked]
    if parse is not None:
        free = [place for place in free if not parse.verdict(place, content).aside]
    if any(_inside(place, c.consequent) for c in binding for place in free):
        return Stance.CONDITIONAL
    if not free:
        return _asked(text, asked, binding, parse) if asked else None
    if parse is not None and all(parse.verdict(place, content).void for place in free):
        return None
    # What stands beside a condition hangs on it too, unless its own words say where it stands.
    told = _plainly(text, act, content, free, parse)
    return told if told in (Stance.FOR, Stance.AGAINST) else Stance.CONDITIONAL


def _meanwhile(text: str, condition: Condition) -> bool:
    """As in "rejects it while talks go on": what goes on beside is no condition of a refusal."""
    return any(text[start:end].casefold() in _listed("words", "meanwhile") for start, end in condition.cue)


def _plainly(text: str, act: Act, content: Spans, places: Sequence[Span], parse: Parse | None) -> Stance | None:
    """The stance by what governs the names, by the act and by the words around, conditions left aside."""
    if act in _NO_STANCE or not places or (parse is not None and parse.possible):
        return None
    if parse is None:
        return _by_act(text, act, content, places) or _by_words(text, act, content, places)
    verdicts = [parse.verdict(place, content) for place in places]
    void = any(verdict.void for verdict in verdicts) and act not in _WISHES
    if void or all(verdict.aside for verdict in verdicts):
        return None
    told = _by_government(act, verdicts, parse)
    if told is None and parse.yields and act is Act.REFUSE:
        return Stance.FOR
    told = told or _by_act(text, act, content, places)
    if told is not None or act is Act.OFFER:
        return told or Stance.OPEN
    if any(_around(text, content, place, _unbound(text, content))[1] for place in places):
        return Stance.OPEN
    # Where there is a parse, words that only stand near say too little.
    direct = any(parse.direct(verdict) for verdict in verdicts)
    return Stance.FOR if direct and act.value in _listed("acts", "for") else None


def _by_government(act: Act, verdicts: Sequence[Verdict], parse: Parse) -> Stance | None:
    """The stance by what governs the names, and by the cue where it governs them itself."""
    if any(verdict.open for verdict in verdicts) or parse.leaves_open():
        return Stance.OPEN
    if parse.ponders():
        # Who only weighs whether to end a matter has not turned against it.
        return Stance.OPEN
    if any(verdict.tied for verdict in verdicts):
        return Stance.CONDITIONAL
    told = sum(verdict.sign for verdict in verdicts)
    if parse.carries():
        told = sum(map(parse.carried, verdicts))
    elif not parse.turns:
        wanted = [parse.wanted(verdict) for verdict in verdicts]
        if not told:
            told = sum(-sign if verdict.turned else sign for sign, verdict in zip(wanted, verdicts, strict=True))
        elif min(wanted) < 0:
            # "Has given up its resistance to it": the cue turns round what it governs.
            told = -told
    return _decided(act, told, parse) if told else None


def _by_act(text: str, act: Act, content: Spans, places: Sequence[Span]) -> Stance | None:
    """What turning down and finding fault say: who refuses to end a matter, or criticises its end, wants it."""
    if act not in (Act.REFUSE, Act.THREATEN, Act.CRITICISE):
        return None
    return Stance.FOR if _reversed(text, content, places) else Stance.AGAINST


def _by_words(text: str, act: Act, content: Spans, places: Sequence[Span]) -> Stance | None:
    """The stance by the words around the names, where there is no parse."""
    around = [_around(text, content, place, _unbound(text, content)) for place in places]
    polarity = sum(sign for sign, _ in around)
    if polarity < 0:
        return Stance.AGAINST
    if act is Act.OFFER or any(opens for _, opens in around):
        return Stance.OPEN
    return Stance.FOR if act.value in _listed("acts", "for") or polarity > 0 else None


def _decided(act: Act, told: int, parse: Parse) -> Stance | None:
    """The stance by what governs the name; a cue that turns down or denies its content turns that round."""
    sign = -told if parse.turns else told
    return Stance.FOR if sign > 0 else Stance.AGAINST


_REACH = 1_000  # characters around a name that are looked at: more than its clause has


def _asked(
    text: str, places: Sequence[Span], binding: Sequence[Condition], parse: Parse | None = None
) -> Stance | None:
    """The stance on what a condition asks for: to end the matter, or to bring it about.

    Who makes something hang on it wants what the condition brings about. What the other side wishes, or what is to be
    at all ("if there is to be a treaty"), hangs on something itself.
    """
    polarity = 0
    for condition in binding:
        asked = [place for place in places if _inside(place, condition.antecedent)]
        words = " ".join(text[start:end] for start, end in condition.antecedent)
        if asked and _TO_BE.search(words):
            return Stance.CONDITIONAL
        if asked and parse is not None and all(parse.altered(place, condition.antecedent) for place in asked):
            continue
        verdicts = [parse.asked(place, condition.antecedent) for place in asked] if parse is not None else []
        if any(wish for _, wish in verdicts):
            return Stance.CONDITIONAL
        sign = sum(verdict.sign for verdict, _ in verdicts)
        unbound = bool(asked) and parse is None and _unbound(text, condition.antecedent)
        sign = sign or sum(_around(text, condition.antecedent, place, unbound)[0] for place in asked)
        polarity += _lasting(text, condition, sign, bool(verdicts), words)
    return (Stance.FOR if polarity > 0 else Stance.AGAINST) if polarity else None


def _lasting(text: str, condition: Condition, sign: int, parsed: bool, words: str) -> int:
    """The sign of what is asked for: what must not last is not wanted, what is to come about is."""
    if any(_LASTING.search(text[start:end]) for start, end in condition.cue):
        return -sign
    return sign or int(parsed and not any(map(_denies, _words(words))))


def _unbound(text: str, content: Spans) -> bool:
    return any(_UNBOUND.search(text[start:end]) for start, end in content)


def _around(text: str, content: Spans, place: Span, unbound: bool) -> tuple[int, bool]:
    """Return the polarity of the words around a name, -1, 0 or 1, and whether they speak of readiness."""
    before, after = _context(text, content, place)
    if unbound:
        return 0, True
    opens = bool({*before[-_BEFORE:], *after} & _listed("words", "open"))
    sign = 0
    for word in reversed(before):
        if word in _listed("words", "reverse"):
            sign = -1
            break
        if word in _listed("words", "favour"):
            sign = 1
            break
    if sign == 0 and _to_be_ended(after):
        sign = -1
    if any(word in _listed("words", "against") for word in (*before, *after)):
        # To lift it is impossible: it stays.
        return -(sign or 1), False
    denied = sum(_denies(word) for word in (*before, *after[:6])) % 2 == 1
    if denied and sign == 0:
        return 0, opens
    return (-sign if denied else sign), opens and not denied


def _to_be_ended(after: Sequence[str]) -> bool:
    """As in "the sanctions should be lifted", "wants the rule to be abandoned": the end asked for stands behind."""
    return any(
        one in _listed("words", "asked")
        and "be" in after[at + 1 : at + _NEAR]
        and _ends(after[at + 1 : at + _NEAR + 1])
        for at, one in enumerate(after)
    )


def _ends(words: Sequence[str]) -> bool:
    be = words.index("be")
    return any(word in _listed("words", "reverse") for word in words[be + 1 : be + 2])


def _reversed(text: str, content: Spans, places: Iterable[Span]) -> bool:
    """Tell whether a word that ends the matter stands before its name."""
    return any(set(_context(text, content, place)[0]) & _listed("words", "reverse") for place in places)


def _context(text: str, content: Spans, place: Span) -> tuple[list[str], list[str]]:
    start, end = next((start, end) for start, end in content if start <= place.start and place.end <= end)
    before = _clauses(_STEADY.sub(" ", text[max(start, place.start - _REACH) : place.start]))[-1]
    after = _clauses(_STEADY.sub(" ", text[place.end : min(end, place.end + _REACH)]))[0]
    return _words(before)[-_BEFORE:], _words(after)[:_AFTER]


def _clauses(text: str) -> list[str]:
    return re.split(r"[.;!?:]|, (?:and|but|while|which|although|though|because) ", text)


def _words(text: str) -> list[str]:
    return [_base(word) for word in _WORD.findall(text.lower())]


@cache
def _base(word: str) -> str:
    """Strip an ending where what is left is a word that counts: no parse is needed here."""
    if _known(word) or _denies(word):
        return word
    for ending, instead in (
        ("ies", "y"),
        ("ied", "y"),
        ("ing", ""),
        ("ing", "e"),
        ("ed", ""),
        ("ed", "e"),
        ("es", ""),
        ("s", ""),
    ):
        if word.endswith(ending):
            stem = word[: -len(ending)] + instead
            for form in (stem, stem[:-1] if len(stem) > 3 and stem[-1:] == stem[-2:-1] else stem):
                if _known(form):
                    return form
    return word


def _known(word: str) -> bool:
    return any(word in _listed("words", name) for name in ("favour", "open", "reverse", "against"))


def _denies(word: str) -> bool:
    return is_negation(word) or word in _listed("words", "lacking")
