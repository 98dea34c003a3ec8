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
from functools import cache

from communique.lexicon import load
from communique.model import Act, Condition, ConditionKind, Issue, IssueStance, Span, Spans, Stance
from communique.reading.acts.government import Verdict, governed
from communique.reading.grammar.negation import is_denied, is_negation
from communique.reading.grammar.verbs import is_possible
from communique.reading.tokens import Tokens

_WORD = re.compile(r"[\w’']+")
_STEADY = re.compile(
    r"\b(?:not|never|n[o']t) (?:yet )?(?:been )?(?:changed?|alter(?:ed)?|shift(?:ed)?|moved)(?: at all)?\b",
    re.IGNORECASE,
)
"""That a position has not changed denies nothing of what it is."""

_UNBOUND = re.compile(r"\b(?:no|without(?: any)?) (?:pre-?)?conditions\b", re.IGNORECASE)
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
    down is itself denied ("no longer objects"), ``possible`` whether it only may be said.
    """

    tokens: Tokens
    foreign: Callable[[int], bool]
    turns: bool = False
    yields: bool = False
    possible: bool = False

    def verdict(self, place: Span, content: Spans) -> Verdict:
        """What governs the name at a place of the content."""
        return governed(self.tokens, place, content, self.foreign)


def parse_of(tokens: Tokens, cue: int, content: Spans, foreign: Callable[[int], bool]) -> Parse:
    """Return a statement's parse, by the main token of its cue and its content's characters."""
    apart = not any(start <= tokens.start[cue] < end for start, end in content)
    turning = tokens.lemma[cue] in _listed("government", "turning_cues")
    denied = is_denied(tokens, cue)
    return Parse(tokens, foreign, apart and turning != denied, turning and denied, is_possible(tokens, cue))


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
        places = [place for place in issue.mentions if _inside(place, content) and not _inside(place, inner)]
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
    binding = [condition for condition in conditions if condition.kind is not ConditionKind.WAIVED]
    if binding and places:
        free = [place for place in places if not any(_inside(place, c.antecedent) for c in binding)]
        return Stance.CONDITIONAL if free else _asked(text, places, binding)
    if binding:
        return Stance.CONDITIONAL
    if conditions:
        return Stance.OPEN
    if act in _NO_STANCE or not places:
        return None
    if parse is not None and parse.possible:
        return None
    verdicts = [parse.verdict(place, content) for place in places] if parse is not None else []
    if any(verdict.void for verdict in verdicts) and act not in _WISHES:
        return None
    told = sum(verdict.sign for verdict in verdicts)
    if told and parse is not None:
        decided = _decided(act, told, parse)
        if decided is not None:
            return decided
    if parse is not None and parse.yields and act is Act.REFUSE:
        return Stance.FOR
    if act in (Act.REFUSE, Act.THREATEN, Act.CRITICISE):
        # Who refuses to end a matter, or criticises its end, wants it.
        return Stance.FOR if _reversed(text, content, places) else Stance.AGAINST
    polarity, opens = 0, False
    unbound = _unbound(text, content)
    for place in places:
        here, here_opens = _around(text, content, place, unbound)
        polarity, opens = polarity + here, opens or here_opens
    if polarity < 0:
        return Stance.AGAINST
    if act is Act.OFFER or opens:
        return Stance.OPEN
    if act.value in _listed("acts", "for") or polarity > 0:
        return Stance.FOR
    return None


def _decided(act: Act, told: int, parse: Parse) -> Stance | None:
    """The stance by what governs the name; a cue that turns down or denies its content turns that round."""
    if act is Act.OFFER:
        return None
    sign = -told if parse.turns else told
    return Stance.FOR if sign > 0 else Stance.AGAINST


_REACH = 1_000  # characters around a name that are looked at: more than its clause has


def _asked(text: str, places: Sequence[Span], binding: Sequence[Condition]) -> Stance | None:
    """The stance on what a condition asks for: to end the matter, or to bring it about."""
    polarity = 0
    for condition in binding:
        lasting = any(_LASTING.search(text[start:end]) for start, end in condition.cue)
        own = [place for place in places if _inside(place, condition.antecedent)]
        unbound = bool(own) and _unbound(text, condition.antecedent)
        polarity += sum(_around(text, condition.antecedent, place, unbound)[0] for place in own) * (
            -1 if lasting else 1
        )
    return (Stance.FOR if polarity > 0 else Stance.AGAINST) if polarity else None


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
        return (-1, False) if not opens else (0, True)
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


def _denies(word: str) -> bool:
    return is_negation(word) or word in _listed("words", "lacking")


def _known(word: str) -> bool:
    return any(word in _listed("words", name) for name in ("favour", "open", "reverse", "against"))


@cache
def _listed(table: str, name: str) -> frozenset[str]:
    return frozenset(load("stances")[table][name].split())
