"""Where a statement stands on each matter that it is about: for it, against it, conditional, or open to it.

A matter's stance is what the words that govern its name in the parse say of it, else what the act says, else what the
words around the name say: whether they want the matter or end it, and whether they are denied. A condition that the
statement holds makes it conditional; a precondition that is waived, or readiness, makes it open. A claimant who speaks
of the disputed thing is for it, unless he lets it go. Where the words say none of this there is no stance.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cache, lru_cache, partial

from communique.lexicon import listed
from communique.model import Act, Condition, ConditionKind, Issue, IssueStance, Span, Spans, Stance
from communique.reading.acts.governing_words import Verdict
from communique.reading.acts.nearby_words import (
    around,
    denies,
    is_reversed,
    is_to_come,
    lasts,
    waives_conditions,
    words,
)
from communique.reading.acts.statement_in_parse import Parse
from communique.reading.grammar.base_forms import base_form

_listed = partial(listed, "stances")

_WISHES = {Act.DEMAND, Act.PROPOSE, Act.REFUSE, Act.CRITICISE, Act.PRAISE}
"""Acts whose content is somebody else's doing, and still the speaker's own wish."""

_CONTRARY = {Stance.FOR: Stance.AGAINST, Stance.AGAINST: Stance.FOR}
_LINKS = listed("closed_classes", "linking_prepositions")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ENDING = re.compile(r"[.?!]")
_NO_STANCE = {Act.ASK}


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
        apart = [place for place in places if not _is_its_object(issue, text[slice(*place)])]
        stance = _stance(text, act, content, apart or places, conditions, parse)
        if stance in _CONTRARY and places and not apart:
            stance = _CONTRARY[stance]
        claimed = any(claim.actor in parties for claim in issue.claims) and not _is_taking(issue)
        if stance in (None, Stance.AGAINST) and claimed:
            stance = Stance.FOR
        if stance:
            found.append(IssueStance(issue.id, stance))
    return tuple(found)


def _is_its_object(issue: Issue, words: str) -> bool:
    """Tell whether words name only what an issue would take away: "the fish" of a fish ban, "troops" of a withdrawal.

    Who is for these is against the issue.
    """
    taken = [each for name in (issue.name, *issue.aliases) if (each := _taken_away(name)) is not None]
    return bool(taken) and any(_base_forms(words) <= each for each in taken)


@lru_cache(maxsize=1024)
def _taken_away(name: str) -> frozenset[str] | None:
    """Return the words of an issue's name for what it takes away, in base forms; None where it takes nothing away."""
    parts = [base_form(part) for part in _WORD.findall(name.casefold())]
    link = next((at for at, part in enumerate(parts) if at and part in _LINKS), len(parts))
    if not parts or parts[link - 1] not in _removals():
        return None
    # What it is "from" is no object of it.
    return frozenset((*parts[: link - 1], *(parts[link + 1 :] if parts[link : link + 1] in (["of"], ["on"]) else ())))


def _base_forms(words: str) -> frozenset[str]:
    return frozenset(map(base_form, _WORD.findall(words.casefold())))


@cache
def _removals() -> frozenset[str]:
    return frozenset(map(base_form, _listed("words", "removals")))


def _is_taking(issue: Issue) -> bool:
    """As in "annexation of the islands": who claims the islands does not want them taken."""
    return not _listed("words", "takings").isdisjoint(issue.name.casefold().split())


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
        # "It should be reopened without conditions": that is asked for, not offered.
        wanted = _plainly(text, act, content, places, parse) if act is Act.DEMAND else None
        return wanted or Stance.OPEN
    return _plainly(text, act, content, places, parse)


def _hanging(
    text: str, act: Act, content: Spans, places: Sequence[Span], binding: Sequence[Condition], parse: Parse | None
) -> Stance | None:
    """The stance of a statement with conditions: on what hangs on them, on what they ask for, on what stands beside."""
    asked = [place for place in places if any(_inside(place, c.antecedent) for c in binding)]
    free = [place for place in places if place not in asked]
    if parse is not None:
        free = [place for place in free if not parse.verdict(place, content).aside]
    if any(_meets(place, c.consequent) for c in binding for place in free):
        return Stance.CONDITIONAL
    if not free:
        return _asked(text, asked, binding, parse, act) if asked else None
    if parse is not None and all(parse.verdict(place, content).void for place in free):
        return None
    # What stands beside a condition hangs on it too, unless its own words say where it stands.
    told = _plainly(text, act, content, free, parse)
    return told if told in (Stance.FOR, Stance.AGAINST) else Stance.CONDITIONAL


def _meets(place: Span, spans: Spans) -> bool:
    return any(start <= place.start < end for start, end in spans)


def _meanwhile(text: str, condition: Condition) -> bool:
    """As in "rejects it while talks go on": what goes on beside is no condition of a refusal."""
    return any(text[start:end].casefold() in _listed("words", "meanwhile") for start, end in condition.cue)


def _plainly(text: str, act: Act, content: Spans, places: Sequence[Span], parse: Parse | None) -> Stance | None:
    """The stance by what governs the names, by the act and by the words around, conditions left aside."""
    act, places = _telling(text, act, content, places, parse)
    if act in _NO_STANCE or not places or (parse is not None and parse.possible):
        return None
    if parse is None:
        by_act = _by_act(text, act, content, places, ())
        return None if act is Act.ACCUSE else by_act or _by_words(text, act, content, places)
    verdicts = [parse.verdict(place, content) for place in places]
    if _beside_the_matter(act, verdicts, parse):
        return None
    told = _by_parse(places, act, verdicts, parse)
    if act is Act.ACCUSE or (told is None and parse.unsaid()):
        return told
    if told is None and parse.yields and act is Act.REFUSE:
        return Stance.FOR
    told = told or _by_act(text, act, content, places, verdicts)
    if told is not None or (act is Act.OFFER and not parse.denied()):
        return told or Stance.OPEN
    unbound = waives_conditions(text, content)
    if any(around(text, content, place, unbound)[1] for place in places):
        return Stance.OPEN
    # Where there is a parse, words that only stand near say too little.
    direct = any(parse.direct(verdict) for verdict in verdicts)
    return Stance.FOR if direct and act.value in _listed("acts", "for") else None


def _telling(
    text: str, act: Act, content: Spans, places: Sequence[Span], parse: Parse | None
) -> tuple[Act, Sequence[Span]]:
    """Return the act and those of the names that tell a stance: none in a question, none of what is so no more.

    As in "We propose a meter. Who can be against it?": the question takes back nothing of what stands before it.
    """
    if parse is None:
        return act, places
    if act is Act.ASK and any("?" in text[start:end] for start, end in content):
        act, places = Act.ASSERT, [place for place in places if not in_question(text, place, content)]
    return act, [place for place in places if not parse.superseded(place, content)]


def in_question(text: str, place: Span, content: Spans) -> bool:
    """Tell whether the sentence of a place, or what is left of it inside the content, ends in a question mark."""
    end = next((stop for start, stop in content if start <= place.start < stop), place.end)
    ending = _ENDING.search(text, place.end, end)
    return ending is not None and ending.group() == "?"


def _beside_the_matter(act: Act, verdicts: Sequence[Verdict], parse: Parse) -> bool:
    """Whether the words are no stance of the speaker at all, or the matter is only what something else is on."""
    if any(verdict.void for verdict in verdicts) and act not in _WISHES:
        return True
    return all(verdict.aside for verdict in verdicts) and not parse.ponders()


def _by_government(verdicts: Sequence[Verdict], parse: Parse) -> Stance | None:
    """The stance by what governs the names, and by the cue where it governs them itself."""
    if parse.owned:
        return Stance.FOR
    if any(verdict.open for verdict in verdicts) or parse.leaves_open():
        return Stance.OPEN
    if parse.ponders():
        # Who only weighs whether to end a matter has not turned against it.
        return Stance.OPEN
    if any(verdict.tied for verdict in verdicts) or parse.ties():
        return Stance.CONDITIONAL
    told = sum(verdict.sign for verdict in verdicts)
    if parse.turns and not told and parse.denied():
        # "Does not like it": the cue itself says so.
        liked = 0 if parse.unasked() else sum(map(parse.wanted, verdicts))
        return (Stance.FOR if liked > 0 else Stance.AGAINST) if liked else None
    if parse.carries():
        told = sum(map(parse.carried, verdicts))
    elif not parse.turns:
        wanted = [parse.wanted(verdict) for verdict in verdicts]
        if not told:
            told = sum(-sign if verdict.turned else sign for sign, verdict in zip(wanted, verdicts, strict=True))
        elif min(wanted) < 0:
            # "Has given up its resistance to it": the cue turns round what it governs.
            told = -told
    return _decided(told, parse) if told else None


def _by_parse(places: Sequence[Span], act: Act, verdicts: Sequence[Verdict], parse: Parse) -> Stance | None:
    """The stance by what governs the names in the content, else in the whole sentence."""
    told = _by_government(verdicts, parse) or _by_sentence(places, parse)
    if told is not None and parse.unsaid():
        # Who never said that he would stay out has left it open; who never said that he would join has said nothing.
        return Stance.OPEN if told is Stance.FOR else None
    return None if act is Act.ACCUSE and not any(verdict.sign for verdict in verdicts) else told


def _by_sentence(places: Sequence[Span], parse: Parse) -> Stance | None:
    """The stance by what the cue and its complements say together: "presses ahead with it", "has doubts about it"."""
    whole = [verdict for verdict in map(parse.whole, places) if verdict is not None and not verdict.void]
    if any(verdict.open for verdict in whole):
        return Stance.OPEN
    if any(verdict.tied for verdict in whole):
        return Stance.CONDITIONAL
    if parse.unasked() and parse.denied():
        return None  # who has not asked for it may want it
    told = sum(verdict.sign for verdict in whole)
    return (Stance.FOR if told > 0 else Stance.AGAINST) if told else None


def _by_act(text: str, act: Act, content: Spans, places: Sequence[Span], verdicts: Sequence[Verdict]) -> Stance | None:
    """What turning down and finding fault say: who refuses to end a matter, or criticises its end, wants it."""
    if act not in (Act.REFUSE, Act.THREATEN, Act.CRITICISE):
        return None
    if not is_reversed(text, content, places):
        return Stance.AGAINST
    # A word that ends something stands near; where the parse does not have it on the way, what it ends is not known.
    known = not verdicts or any(verdict.turned for verdict in verdicts) or act is not Act.THREATEN
    return Stance.FOR if known else None


def _by_words(text: str, act: Act, content: Spans, places: Sequence[Span]) -> Stance | None:
    """The stance by the words around the names, where there is no parse."""
    unbound = waives_conditions(text, content)
    near = [around(text, content, place, unbound) for place in places]
    polarity = sum(sign for sign, _ in near)
    if polarity < 0:
        return Stance.AGAINST
    if act is Act.OFFER or any(opens for _, opens in near):
        return Stance.OPEN
    return Stance.FOR if act.value in _listed("acts", "for") or polarity > 0 else None


def _decided(told: int, parse: Parse) -> Stance | None:
    """The stance by what governs the name; a cue that turns down or denies its content turns that round."""
    sign = -told if parse.turns else told
    return Stance.FOR if sign > 0 else Stance.AGAINST


def _asked(
    text: str,
    places: Sequence[Span],
    binding: Sequence[Condition],
    parse: Parse | None = None,
    act: Act = Act.ASSERT,
) -> Stance | None:
    """The stance on what a condition asks for: to end the matter, or to bring it about.

    Who makes something hang on it wants what the condition brings about. What the other side wishes, or what is to be
    at all ("if there is to be a treaty"), hangs on something itself.
    """
    polarity = 0
    for condition in binding:
        asked = [place for place in places if _inside(place, condition.antecedent)]
        said = " ".join(text[start:end] for start, end in condition.antecedent)
        if asked and is_to_come(said):
            return Stance.CONDITIONAL
        if _asks_nothing(said, asked, condition, parse):
            continue
        verdicts = [parse.asked(place, condition.antecedent) for place in asked] if parse is not None else []
        if any(wish for _, wish in verdicts):
            return Stance.CONDITIONAL
        sign = sum(verdict.sign for verdict, _ in verdicts)
        unbound = bool(asked) and parse is None and waives_conditions(text, condition.antecedent)
        sign = sign or sum(around(text, condition.antecedent, place, unbound)[0] for place in asked)
        wanted = _lasting(text, condition, sign, bool(verdicts), said)
        # "If the checks do not stop, we will sue": who threatens wants what his threat is tied to not to be so.
        threat = act is Act.THREATEN and condition.kind is ConditionKind.SUFFICIENT
        polarity += -wanted if threat and any(map(denies, words(said))) else wanted
    return (Stance.FOR if polarity > 0 else Stance.AGAINST) if polarity else None


def _asks_nothing(said: str, asked: Sequence[Span], condition: Condition, parse: Parse | None) -> bool:
    """As in "if it is changed", which leaves it be; "it will go the moment the duty does" leaves out what is asked."""
    if asked and parse is not None and all(parse.altered(place, condition.antecedent) for place in asked):
        return True
    return not _listed("words", "leaving_out").isdisjoint(said.casefold().split()[-1:])


def _lasting(text: str, condition: Condition, sign: int, parsed: bool, said: str) -> int:
    """The sign of what is asked for: what must not last is not wanted, what is to come about is."""
    if any(lasts(text[start:end]) for start, end in condition.cue):
        return -sign
    return sign or int(parsed and not any(map(denies, words(said))))
