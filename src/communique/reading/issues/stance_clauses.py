"""A clause in which a report itself tells where a party stands: who, by which words, on what.

Told it is where all of this holds: the words that govern the matter's name take a stance (`acts.governing_words`), by
more than a deed of every day; the clause is told as a fact of the present, no question, supposition or possibility, nor
of a time that has ended; and its subject, or the owner of the attitude ("Peru's opposition to it"), is an actor.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from communique.lexicon import listed
from communique.model import ActorKind, Manner, Span
from communique.reading.acts.governing_words import Verdict, fading, governed, judgement
from communique.reading.acts.path_from_name import SAID_OF, bygone, is_dated, key_of
from communique.reading.annotations import Entities
from communique.reading.entities.gazetteer import find_matches
from communique.reading.grammar.auxiliaries import has_active_auxiliary, has_passive_auxiliary
from communique.reading.grammar.labels import AUXILIARY, NEGATION, PASSIVE_AUXILIARY
from communique.reading.grammar.negation import is_denied_with_subject
from communique.reading.grammar.possessives import makes_owner
from communique.reading.grammar.subjects import active_subject, is_undergone, nominal_subject
from communique.reading.grammar.token_ranges import ranges
from communique.reading.grammar.verbs import VERBAL, is_possible
from communique.reading.issues.issue_words import issue_lexicon, normal
from communique.reading.protocols import Text
from communique.reading.tokens import Tokens, TokenSpan

_listed = partial(listed, "stances", "government")

_MAIN = frozenset(("ROOT", "conj", "ccomp", "relcl", "advcl"))
_NOMINAL = frozenset(("NOUN", "PROPN"))
_WITH_VERB = frozenset((AUXILIARY, PASSIVE_AUXILIARY, NEGATION, "prt"))
_OWNERS = frozenset(("poss", "nmod", "compound", "amod"))
_STEPS = 8
_STATES = frozenset((ActorKind.STATE, ActorKind.TERRITORY))
_NAMELESS = frozenset((ActorKind.UNNAMED, ActorKind.OFFICE))


@dataclass(frozen=True, slots=True)
class Telling:
    """Who stands where: the token that names the party and its actor, the words that say so, and what they say it of.

    ``head`` is the main word of the cue, ``against`` whether the party is against the matter.
    """

    subject: int
    speaker: str
    cue: tuple[TokenSpan, ...]
    head: int
    content: TokenSpan
    against: bool


def told_words(text: Text) -> list[bool]:
    """Tell for each token whether it stands in some content: that is somebody's words, not the report's.

    What a nameless official says of a party's will ("Peru can live with it, a delegate said") is as good as the
    report's own word, unless he looks on from outside.
    """
    inside = [False] * (text.tokens.n + 1)
    open_words = of_nobody(text)
    for at, item in enumerate(text.attributions):
        if at in open_words:
            continue
        for start, end in item.content:
            inside[start:end] = [True] * (end - start)
        if item.manner is Manner.INDIRECT and (item.clause is None or not item.construction.has_clause):
            for start, end in _remarks(text.tokens, item.content):
                inside[start:end] = [False] * (end - start)
    return inside


def _remarks(tokens: Tokens, content: Sequence[TokenSpan]) -> Iterator[TokenSpan]:
    """Yield what a report adds to a thing that somebody rejects: "bristled at the scheme, which Peru likes"."""
    for start, end in content:
        for t in range(start, end):
            if tokens.dep[t] == "relcl" and tokens.lower[tokens.left[t] - 1 if tokens.left[t] else 0] == ",":
                yield tokens.left[t], min(tokens.right[t] + 1, end)


def _tells(tokens: Tokens, node: int, key: str) -> bool:
    """Tell whether a word tells a stance: what is done to things every day does not, what is done to a treaty does."""
    head = normal(tokens.lower[node])
    enacted = head in issue_lexicon().instrument or head in _listed("measures")
    if key in _listed("entering") or (enacted and key in _listed("enacting")):
        return enacted
    return key not in _listed("deeds") and key not in _listed("everyday")


def _intends(tokens: Tokens, verb: int) -> bool:
    """As in "is trying to save it", "hopes to host it": what one sets out to do to a thing tells a stance."""
    return tokens.lemma[verb] in _listed("intending") and tokens.has_child(verb, "xcomp")


def of_nobody(text: Text) -> set[int]:
    """Return the numbers of the attributions of nameless speakers who belong to nobody, but for onlookers."""
    nameless = {
        actor.id
        for actor in text.entities.actors
        if actor.kind in _NAMELESS and not (actor.country or actor.principal or actor.members)
        if not any(normal(word) in _listed("onlookers") for word in actor.name.lower().split())
    }
    found = set()
    for at, source in enumerate(text.sources):
        if source.speaker in nameless and text.attributions[at].manner is Manner.INDIRECT:
            found.add(at)
    return found


def tellings(text: Text, place: Span, told: list[bool]) -> tuple[Telling, ...]:
    """Return what the report itself tells of a matter named at a place: in a clause on its name, and in its own clause.

    As in "Peru opposes the fee, which Chile introduced". ``told`` are `told_words`.
    """
    node = head_of(text.tokens, place)
    if node is None:
        return ()
    found = (_beside_name(text, node, told), _in_clause(text, place, node, told), _owned(text, place, node))
    return tuple(filter(None, found))


def _owned(text: Text, place: Span, node: int) -> Telling | None:
    """As in "Turkey's mandate for the strait", "Peru's bid for membership": whose plan or measure it is wants it."""
    tokens = text.tokens
    prep = tokens.head[node]
    noun = tokens.head[prep] if tokens.dep[node] == "pobj" and tokens.lower[prep] in _listed("owned_with") else node
    known = normal(tokens.lower[noun]) in _listed("own_plans")
    if not known and (noun != node or normal(tokens.lower[noun]) not in _listed("measures")):
        return None
    owner = tokens.child(noun, "poss")
    if owner is None or tokens.pos[owner] != "PROPN" or not makes_owner(tokens, owner + 1):
        return None
    speaker = text.entities.known.get(text.entities.actor_of.get(owner, ""))
    if speaker is None or speaker.kind not in _STATES:
        return None
    first, last = bisect_left(tokens.start, place.start), bisect_left(tokens.start, place.end)
    start = max(min(first, noun), owner + 2)
    return Telling(owner, speaker.id, ((owner + 1, owner + 2),), noun, (start, max(last, noun + 1)), against=False)


def _in_clause(text: Text, place: Span, node: int, told: list[bool]) -> Telling | None:
    tokens = text.tokens
    if told[node]:
        return None
    verb = _clause(tokens, node)
    if verb is None or told[verb] or not _as_fact(tokens, verb) or _unpromised(tokens, verb):
        return None
    verdict = governed(tokens, place, (tokens.span(tokens.subtree(verb)),), lambda _: False)
    tied = verdict.tied and not any(key in _listed("tying") for _, key in verdict.keys)
    if not verdict.sign or verdict.void or tied or verdict.aside or verdict.top is None:
        return None
    if not any(_tells(tokens, node, key) or (at != verb and _intends(tokens, verb)) for at, key in verdict.keys):
        return None
    subject = _party(text, verdict, verb)
    speaker = None if subject is None else text.entities.actor_of.get(subject, seat_of(text, subject))
    if subject is None or speaker is None or told[subject]:
        return None
    return _split(tokens, verdict, subject, speaker)


def _unpromised(tokens: Tokens, verb: int) -> bool:
    """As in "neither has promised to sign it": that is silence, no refusal."""
    return tokens.lemma[verb] in _listed("promising") and is_denied_with_subject(tokens, verb)


def _party(text: Text, verdict: Verdict, verb: int) -> int | None:
    """Whose stance the words of a clause are: the token that names the party; None where they are nobody's."""
    tokens, entities = text.tokens, text.entities
    noun = _apposed(tokens, entities, verdict)
    if noun is not None:
        return tokens.head[noun]
    if verdict.top is None:
        return None
    if verdict.top != verb:
        subject = _owner(tokens, entities, verdict.top) if _lasting(tokens, verb, verdict.top) else None
    elif tokens.lemma[verb] in _listed("meeting") and _subject(text, verb) in verdict.path:
        subject = _holder(text, verb)
    else:
        minded = any(at == verb and "_" in key for at, key in verdict.keys)
        subject = _subject(text, verb, minded) if _passed(tokens, verdict, verb) else None
    return None if subject in verdict.path else subject


def _apposed(tokens: Tokens, entities: Entities, verdict: Verdict) -> int | None:
    """As in "Peru, a critic of it,": the noun by which a party is called what it is to the matter."""
    for at, _ in verdict.keys:
        if tokens.dep[at] == "appos" and tokens.head[at] in entities.actor_of and tokens.head[at] < at:
            return at if verdict.top == at else None
    return None


def _holder(text: Text, verb: int) -> int | None:
    """Whose attitude a matter has, or meets with: "has drawn criticism from Peru"."""
    tokens, entities = text.tokens, text.entities
    nouns = [c for c in tokens.children[verb] if tokens.dep[c] == "dobj"]
    for c in (verb, *nouns):
        for prep in tokens.children[c]:
            if tokens.dep[prep] == "prep" and tokens.lower[prep] in _listed("held_by"):
                found = next((d for d in tokens.children[prep] if d in entities.actor_of), None)
                if found is not None:
                    return found
    return next(
        (c for noun in nouns for c in tokens.children[noun] if tokens.dep[c] == "poss" and c in entities.actor_of), None
    )


def _seat_beside(text: Text, above: int) -> int | None:
    """As in "was regretted in Warsaw": the capital where a stand is taken."""
    tokens = text.tokens
    for prep in tokens.children[above]:
        if tokens.dep[prep] != "prep" or tokens.lower[prep] not in listed("entities", "in_a_place"):
            continue
        for t in tokens.children[prep]:
            if tokens.dep[t] == "pobj" and seat_of(text, t) is not None:
                return t
    return None


def seat_of(text: Text, i: int) -> str | None:
    """Return the state whose capital a token names, where the state is an actor of the text."""
    state = text.tokens.once(_capitals).get(i)
    return state if state is not None and state in text.entities.known else None


def _capitals(tokens: Tokens) -> dict[int, str]:
    """The states, by the last tokens of their capitals' names."""
    matches = tokens.once(find_matches)
    return {match.end - 1: match.entry.id for match in matches if match.entry.sort in ("seat", "city")}


def joined(text: Text, one: Telling) -> tuple[Telling, ...]:
    """Return a telling for each party that its subject joins: "Bhutan and Nepal both back it"."""
    found, at = [one], one.subject
    for _ in range(_STEPS):
        other = text.tokens.child(at, "conj")
        if other is None:
            break
        at = other
        speaker = text.entities.actor_of.get(at)
        if speaker is not None and speaker != found[-1].speaker:
            found.append(replace(one, subject=at, speaker=speaker))
    return tuple(found)


def _beside_name(text: Text, node: int, told: list[bool]) -> Telling | None:
    """What a clause on the matter's name tells: "the plan put forward by Denmark", "the fee which it demands"."""
    tokens = text.tokens
    for c in tokens.children[node]:
        by = tokens.child(c, "agent")
        # Who put a thing forward stands for it, in whosever words that is told.
        told_here = told[c] and (by is None or tokens.dep[c] != "acl")
        if tokens.dep[c] not in ("acl", "relcl") or told_here or not _as_fact(tokens, c):
            continue
        if tokens.dep[c] == "acl" and (tokens.tag[c] != "VBN" or by is None):
            continue
        if by is not None:
            subject = tokens.child(by, "pobj")
        else:
            subject = None if _has_object(tokens, c) else active_subject(tokens, c)
        speaker = None if subject is None else text.entities.actor_of.get(subject)
        key = key_of(tokens, c)
        judged = judgement(tokens, c)
        if is_denied_with_subject(tokens, c):
            judged = -judged  # the denial is taken into account below
        against = judged < 0 if judged else key in _listed("turning")
        known = judged or against or key in _listed("favouring")
        if subject is None or speaker is None or not known or key in _listed("deeds") | _listed("everyday"):
            continue
        first, _ = tokens.subtree(node)
        piece = (first, node + 1)
        cue = ranges({c, *(d for d in tokens.children[c] if tokens.dep[d] in _WITH_VERB)})
        return Telling(subject, speaker, cue, c, piece, against != is_denied_with_subject(tokens, c))
    return None


def _has_object(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb has an object of its own, other than "which" and "that"."""
    return any(is_undergone(tokens, c) and tokens.pos[c] != "PRON" for c in tokens.children[verb])


def head_of(tokens: Tokens, place: Span) -> int | None:
    """Return the token of a place that the others hang on."""
    first, last = bisect_left(tokens.start, place.start), bisect_left(tokens.start, place.end)
    return next((i for i in range(first, last) if not first <= tokens.head[i] < last or tokens.head[i] == i), None)


def _clause(tokens: Tokens, node: int) -> int | None:
    """The verb of the clause that a word stands in."""
    for _ in range(_STEPS):
        above = tokens.head[node]
        if above == node:
            return None
        if tokens.pos[above] in VERBAL and tokens.dep[above] in _MAIN and not _wished(tokens, above):
            return above
        node = above
    return None


def _wished(tokens: Tokens, verb: int) -> bool:
    """As in "wants it gone", "would rather see it dissolved": a small clause of what somebody wishes."""
    above = tokens.head[verb]
    wishing = tokens.lemma[above] in _listed("wishing") or tokens.lemma[above] in _listed("letting_be")
    return tokens.dep[verb] == "ccomp" and wishing and not tokens.has_child(verb, "mark")


def _as_fact(tokens: Tokens, verb: int) -> bool:
    """Tell whether a clause is told as a fact of the present: no "if", "may", "had", "in 1998", "until last year"."""
    if is_possible(tokens, verb) or bygone(tokens, verb):
        return False
    marks = [tokens.lower[c] for c in tokens.children[verb] if tokens.dep[c] == "mark"]
    if tokens.dep[verb] == "advcl" and not any(mark in _listed("contrasting") for mark in marks):
        return False
    if tokens.dep[verb] != "advcl" and marks:
        return False
    if tokens.dep[verb] == "ccomp" and tokens.head[verb] < verb:
        return False  # what somebody says or thinks of another
    if is_dated(tokens, verb):
        return False
    _, end = tokens.sentences[tokens.sentence[verb]]
    finite = tokens.tag[verb] != "VBG" or has_active_auxiliary(tokens, verb)
    return tokens.text[end - 1] != "?" and finite


def _subject(text: Text, verb: int, minded: bool = False) -> int | None:
    """Who does it: the verb's own subject or that of the verb it is joined to, "by" whom in the passive.

    ``minded`` tells that the passive is a state of mind: "is opposed to it", "is outraged by it".
    """
    tokens = text.tokens
    if has_passive_auxiliary(tokens, verb):
        if minded:
            # The parse hangs some subjects on the "is".
            below = (verb, *(c for c in tokens.children[verb] if tokens.dep[c] == PASSIVE_AUXILIARY))
            return next((s for c in below if (s := nominal_subject(tokens, c)) is not None), None)
        by = tokens.child(verb, "agent")
        return _seat_beside(text, verb) if by is None else tokens.child(by, "pobj")
    for _ in range(3):
        subject = active_subject(tokens, verb)
        if subject is not None or tokens.dep[verb] != "conj":
            break
        verb = tokens.head[verb]
    if subject is None and _among(tokens, verb):
        return active_subject(tokens, tokens.head[tokens.head[verb]])
    if subject is not None and tokens.lower[subject] in listed("closed_classes", "relative_pronouns"):
        return tokens.head[verb] if tokens.dep[verb] == "relcl" else None
    return subject


def _among(tokens: Tokens, verb: int) -> bool:
    """As in "was the first to sign up to it": the infinitive tells what the subject did."""
    above = tokens.head[verb]
    first = tokens.dep[verb] in ("relcl", "xcomp", "acl") and tokens.lower[above] in _listed("among")
    return first and tokens.dep[above] in ("attr", "acomp") and tokens.lemma[tokens.head[above]] == "be"


def _passed(tokens: Tokens, verdict: Verdict, verb: int) -> bool:
    """Tell whether the clause's verb takes the stance itself, or carries what takes it: no "predicts that it will"."""
    if any(at == verb for at, _ in verdict.keys) or len(verdict.path) < 2:
        return True
    below = verdict.path[-2]
    if tokens.pos[below] in VERBAL and tokens.dep[below] not in SAID_OF:
        aimed = tokens.lemma[verb] in _listed("undertaking") or tokens.lemma[verb] in _listed("wishing")
        purpose = tokens.dep[below] == "advcl" and tokens.tag[below] == "VB"  # "used its veto to block it"
        return _wished(tokens, below) or (tokens.dep[below] == "xcomp" and aimed) or purpose
    return True


def _owner(tokens: Tokens, entities: Entities, noun: int) -> int | None:
    """Whose an attitude is: "Peru's opposition to it", "the opposition of Peru to it"."""
    if tokens.pos[noun] not in _NOMINAL:
        return None
    for c in tokens.children[noun]:
        if tokens.dep[c] in _OWNERS and c < noun and c in entities.actor_of:
            return c
    return None


def _lasting(tokens: Tokens, verb: int, noun: int) -> bool:
    """Tell whether what is said of an attitude lets it stand: not that it wanes."""
    named = tokens.lemma[noun] in _listed("turning_nouns") or tokens.lemma[noun] in _listed("favouring_nouns")
    return named and tokens.head[noun] == verb and not fading(tokens, noun)


def _split(tokens: Tokens, verdict: Verdict, subject: int, speaker: str) -> Telling | None:
    """Part the way from a name up into the words that take the stance and what they take it on."""
    way = verdict.path[::-1]
    told = dict(verdict.keys)
    last = 0
    for at, node in enumerate(way[1:-1], start=1):
        carries = tokens.pos[node] == "ADJ" or (tokens.pos[node] in _NOMINAL and node in told)
        if not carries:
            break
        last = at
    if last + 1 >= len(way):
        return None
    cue: set[int] = set()
    for at, node in enumerate(way[: last + 1]):
        cue |= {node, *(c for c in tokens.children[node] if tokens.dep[c] in _WITH_VERB)}
        if tokens.pos[node] in _NOMINAL:
            cue |= {c for c in range(tokens.left[node], node) if c not in _whole(tokens, subject)}
        elif told.get(node, "").count("_") > 1 and (done := tokens.child(node, "dobj")) is not None:
            cue |= set(range(*tokens.subtree(done)))
        cue |= _links(tokens, way[at + 1], node)
    content = tokens.subtree(way[last + 1])
    cue = {i for i in cue if not content[0] <= i < content[1] and i not in _whole(tokens, subject)}
    cue |= {way[last]}
    return Telling(subject, speaker, ranges(cue), way[last], content, verdict.sign < 0)


def _whole(tokens: Tokens, subject: int) -> range:
    return range(*tokens.subtree(subject))


def _links(tokens: Tokens, below: int, node: int) -> set[int]:
    """The prepositions, and what they hang on, between a word and the one that governs it."""
    found: set[int] = set()
    above = tokens.head[below]
    for _ in range(_STEPS):
        if above == node or above == tokens.head[above]:
            break
        found.add(above)
        above = tokens.head[above]
    return found if above == node else set()
