"""Pronouns that mean an issue: "Malta insists on keeping it", "now both want one".

A pronoun in a content that names no issue means the issue that was named last before it, in its own sentence or the one
before, where that agrees in number and no other issue was named there too. One that means an actor, or stands for a
clause ("it was clear that"), means none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from communique.lexicon import listed
from communique.model import Issue, Manner, Span
from communique.reading.acts.path_from_name import key_of
from communique.reading.annotations import Attribution
from communique.reading.grammar.labels import ACTIVE_SUBJECT, CLAUSAL_SUBJECT, PASSIVE_SUBJECT
from communique.reading.grammar.subjects import active_subject, is_active_subject
from communique.reading.protocols import Text
from communique.reading.tokens import Tokens, TokenSpan

Pointer = tuple[str, Span]
"""An issue's id, and where a pronoun means it."""

_SINGULAR = listed("issues", "pointing", "singular")
_PLURAL = listed("issues", "pointing", "plural")
_PLACES = frozenset(("dobj", "obj", ACTIVE_SUBJECT, PASSIVE_SUBJECT, "pobj"))
_COMPLEMENTS = frozenset(("dobj", "obj", "pobj"))
_INDEFINITE = listed("closed_classes", "indefinite_articles")
_STEPS = 6
_PLURALS = frozenset(("NNS", "NNPS"))


def pointers(
    text: Text, issues: Sequence[Issue], about: Sequence[tuple[str, ...]]
) -> tuple[tuple[Pointer, ...], tuple[tuple[str, ...], ...]]:
    """Return where pronouns mean issues, and what each attribution is about with these."""
    tokens = text.tokens
    places = sorted((place.start, place.end, issue.id) for issue in issues for place in issue.mentions)
    starts = [start for start, _, _ in places]
    of_issue = {issue.id: sorted(place.start for place in issue.mentions) for issue in issues}
    found: dict[int, str] = {}
    out = []
    for at, (item, own) in enumerate(zip(text.attributions, about, strict=True)):
        if any(_names(tokens, item, of_issue.get(key, ())) for key in own):
            out.append(own)
            continue
        new = dict.fromkeys(own)
        for i in _pronouns(text, item, at):
            meant = found.get(i) or _meant(tokens, i, places, starts)
            if meant:
                found[i] = meant
                new[meant] = None
        out.append(tuple(new))
    return tuple((meant, tokens.span((i, i + 1))) for i, meant in sorted(found.items())), tuple(out)


def pronouns_outside(text: Text, issues: Sequence[Issue], told: Sequence[bool]) -> Iterator[Pointer]:
    """Yield the pronouns that mean an issue in what the report itself tells; ``told`` are the tokens of contents."""
    tokens = text.tokens
    places = sorted((place.start, place.end, issue.id) for issue in issues for place in issue.mentions)
    starts = [start for start, _, _ in places]
    for i in _pointing(text, range(tokens.n)):
        complement = tokens.dep[i] in _COMPLEMENTS or tokens.dep[i] == "poss"
        meant = _meant(tokens, i, places, starts) if complement and not told[i] else None
        if meant:
            yield meant, tokens.span((i, i + 1))


def is_of_a_deed(tokens: Tokens, i: int) -> bool:
    """As in "has asked for its repeal": what is done to a thing, so that "its" is no state's."""
    deed = tokens.head[i]
    return (
        tokens.dep[i] == "poss"
        and tokens.lower[i] in listed("closed_classes", "third_person_possessives")
        and tokens.lemma[deed] in listed("stances", "government", "done_to_things")
        and tokens.dep[deed] in _PLACES
    )


def _names(tokens: Tokens, item: Attribution, starts: Sequence[int]) -> bool:
    """Tell whether one of these places, given by where they start in order, is in an attribution's content."""
    return any(
        bisect_left(starts, tokens.start[start]) < bisect_left(starts, tokens.end[end - 1])
        for start, end in item.content
        if start < end
    )


def _pronouns(text: Text, item: Attribution, at: int) -> Iterator[int]:
    """The pronouns of a content that may mean an issue: "it" in a quotation is not the quoted state, which is "we"."""
    direct = item.manner is Manner.DIRECT and at < len(text.sources)
    own = _country(text, text.sources[at].speaker) if direct else None
    for start, end in item.content:
        yield from _pointing(text, range(start, end), own)


def _country(text: Text, name: str | None) -> str | None:
    return next((actor.country for actor in text.entities.actors if actor.id == name), None)


def _somebody(text: Text, i: int, own: str | None) -> bool:
    """Tell whether a pronoun means an actor.

    Not where it is what that very actor does something to ("Peru wants nothing to do with it": it would be "itself"),
    nor the state of whoever is quoted, of code ``own``.
    """
    tokens, actor = text.tokens, text.entities.actor_of.get(i)
    if actor is None:
        return False
    if own is not None and tokens.lower[i] in _SINGULAR and _country(text, actor) == own:
        return False
    if tokens.dep[i] not in _COMPLEMENTS:
        return True
    verb = tokens.head[i]
    for _ in range(_STEPS):
        subject = active_subject(tokens, verb)
        if subject is not None or tokens.head[verb] == verb:
            return (subject is None or text.entities.actor_of.get(subject) != actor) and not _rather_a_thing(text, i)
        verb = tokens.head[verb]
    return True


def _rather_a_thing(text: Text, i: int) -> bool:
    """As in "Peru is in favour of the pact, while Chile is against it": what another takes the same stand on.

    So it is where the pronoun is what an attitude is to, and the clause before, of another subject, tells an attitude
    to something that is no actor.
    """
    tokens = text.tokens
    above = tokens.head[i]
    if tokens.lower[i] not in _SINGULAR:
        return False
    verb = tokens.head[above] if tokens.dep[i] == "pobj" else above
    key = f"{key_of(tokens, verb)}_{tokens.lower[above]}" if verb != above else key_of(tokens, verb)
    if not any(key in listed("stances", "government", name) for name in ("turning", "favouring", "pondering")):
        return False
    before = tokens.head[verb] if tokens.dep[verb] in ("conj", "advcl", "ccomp", "parataxis") else None
    if before is None or before >= i:
        return False
    things = [
        t
        for t in range(before, tokens.left[verb])
        if tokens.dep[t] in _COMPLEMENTS and tokens.pos[t] == "NOUN" and t not in text.entities.actor_of
    ]
    return bool(things)


def _pointing(text: Text, where: range, own: str | None = None) -> Iterator[int]:
    tokens = text.tokens
    for i in where:
        if is_of_a_deed(tokens, i):
            yield i
            continue
        if tokens.pos[i] not in ("PRON", "NUM", "DET") or tokens.dep[i] not in _PLACES:
            continue
        if tokens.lower[i] not in _SINGULAR | _PLURAL or _somebody(text, i, own):
            continue
        above = tokens.head[i]
        if tokens.tag[i] == "WDT" or (tokens.dep[above] == "relcl" and tokens.left[above] == i):
            continue  # "anything that is not in our interest": it means the word before it
        clause = is_active_subject(tokens, i) and any(
            tokens.dep[c] in ("ccomp", "xcomp", CLAUSAL_SUBJECT) for c in tokens.children[above]
        )
        if not (clause and tokens.lemma[above] == "be"):
            yield i


def _meant(tokens: Tokens, i: int, places: Sequence[tuple[int, int, str]], starts: Sequence[int]) -> str | None:
    """The issue named last before a pronoun, in its sentence or the one before; None where two compete."""
    sentence = tokens.sentence[i]
    own, before = tokens.sentences[sentence], _before(tokens, sentence)
    for piece in filter(None, (own, before)):
        first = bisect_left(starts, tokens.start[piece[0]])
        last = bisect_left(starts, min(tokens.start[i], tokens.end[piece[1] - 1]))
        near = [place for place in places[first:last] if _agrees(tokens, i, place)]
        if near:
            return near[-1][2] if len({place[2] for place in near}) == 1 else None
        if piece == own and any(_newly_named(tokens, t) for t in range(own[0], i)):
            return None
    return None


def _newly_named(tokens: Tokens, t: int) -> bool:
    """As in "that is a hypothetical question, and you will get no answer to it": what has just come up is meant."""
    return (
        tokens.dep[t] == "attr"
        and tokens.pos[t] == "NOUN"
        and any(tokens.lower[c] in _INDEFINITE for c in tokens.children[t])
    )


def _before(tokens: Tokens, sentence: int) -> TokenSpan | None:
    """The sentence before, over those that are blank."""
    for earlier in range(sentence - 1, max(sentence - 4, -1), -1):
        start, end = tokens.sentences[earlier]
        if any(tokens.pos[t] not in ("SPACE", "PUNCT") for t in range(start, end)):
            return start, end
    return None


def _agrees(tokens: Tokens, i: int, place: tuple[int, int, str]) -> bool:
    first, last = bisect_left(tokens.start, place[0]), bisect_left(tokens.start, place[1])
    head = next((t for t in range(first, last) if not first <= tokens.head[t] < last or tokens.head[t] == t), last - 1)
    return (tokens.tag[head] in _PLURALS) == (tokens.lower[i] in _PLURAL)
