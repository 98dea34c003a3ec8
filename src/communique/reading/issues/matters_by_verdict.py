"""What a statement takes a stance on though the report shows no dispute about it: matters found by their verdict.

The issues of a report are found by signs of dispute and by how often they are named; a brief report names a thing once.
Where a statement is about none of the issues, and the words that govern a noun phrase of its content want that or turn
it down, the phrase is one: "will normalise ties with Israel", "rejects French mediation". So is one that the report
itself tells a party's stance on, or makes hang on something. It must be a thing that can be told from others of its
kind, by a modifier or a complement, and be no actor, person, date or amount.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from communique.identity import slug
from communique.lexicon import listed
from communique.model import Act, ActorKind, Condition, Issue, Span
from communique.reading.acts.governing_words import governed
from communique.reading.acts.path_from_name import key_of
from communique.reading.acts.statement_in_parse import parse_of
from communique.reading.annotations import Attribution
from communique.reading.grammar.labels import ACTIVE_SUBJECT, PASSIVE_SUBJECT
from communique.reading.issues.candidates import chunks
from communique.reading.issues.frame_names import LINKS
from communique.reading.issues.issue_words import DETERMINERS, issue_lexicon, normal
from communique.reading.issues.stance_clauses import head_of, tellings, told_words
from communique.reading.protocols import Text
from communique.reading.tokens import Tokens, TokenSpan

MOST = 3
"""A report gets at most so many issues in this way, and only where it has fewer than `ENOUGH`."""

ENOUGH = 5
_PARTIES = frozenset((ActorKind.STATE, ActorKind.TERRITORY, ActorKind.BODY, ActorKind.OFFICE, ActorKind.ORGANISATION))
"""Kinds of parties whose stance, told by the report alone, makes a matter."""

_NEVER = frozenset(("PERSON", "DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"))
_NOMINAL = frozenset(("NOUN", "PROPN"))
_OPENING = frozenset(("DET", "PRON", "NUM", "PUNCT", "SPACE"))
_TAKING = frozenset((Act.REFUSE, Act.PROPOSE, Act.OFFER, Act.DEMAND, Act.REAFFIRM))
_LONGEST = 8
_HANGING = frozenset(("dobj", PASSIVE_SUBJECT, "attr", "pobj", ACTIVE_SUBJECT))
_EVERYDAY = listed("stances", "government", "everyday")
_ATTITUDES = listed("stances", "government", "attitudes")
_OVER = listed("stances", "government", "disputed_with")
_FEELINGS = listed("stances", "government", "favouring_nouns")
_ACTIONS = listed("stances", "government", "turning_nouns")


@dataclass(frozen=True)
class _Matters:
    """The runs of nouns of a text, each with the phrase that it is as a matter, made once for all that ask."""

    text: Text
    runs: Sequence[TokenSpan]

    @cached_property
    def fit(self) -> list[TokenSpan | None]:
        """By run, its phrase; None where nothing tells it from its kind."""
        return [_fit(self.text, run) for run in self.runs]

    @cached_property
    def before(self) -> list[TokenSpan | None]:
        """By run, the nearest phrase before it of the same last word."""
        latest: dict[str, TokenSpan] = {}
        found = []
        for run, piece in zip(self.runs, self.fit, strict=True):
            word = self.text.tokens.lower[run[1] - 1]
            found.append(latest.get(word))
            if piece is not None:
                latest[word] = piece
        return found

    def of(self, at: int) -> TokenSpan | None:
        """Return the phrase of a run, or the one that it points back to."""
        return self.fit[at] or (self.before[at] if _points_back(self.text.tokens, self.runs[at]) else None)

    def within(self, pieces: Iterable[TokenSpan]) -> list[int]:
        """Return, in text order, the runs that lie in one of the pieces; the runs are in order and apart."""
        runs = self.runs
        return sorted(
            {
                at
                for start, end in pieces
                for at in range(bisect_left(runs, (start, 0)), bisect_right(runs, end, key=lambda run: run[1]))
            }
        )

    def beginning_in(self, spans: Iterable[Span]) -> list[int]:
        """Return, in text order, the runs that begin in one of the spans."""
        starts = self.text.tokens.start
        bounds = [(bisect_left(starts, span.start), bisect_left(starts, span.end)) for span in spans]
        first = [(bisect_left(self.runs, (one,)), bisect_left(self.runs, (other,))) for one, other in bounds]
        return sorted({at for one, other in first for at in range(one, other)})


@dataclass(frozen=True)
class _NamedAt:
    """Where something is named, in text order, so that one need not look at all of it."""

    places: Sequence[Span]

    @classmethod
    def of(cls, places: Iterable[Span]) -> _NamedAt:
        """Return them in order."""
        return cls(sorted(places))

    def beginning_in(self, start: int, end: int) -> Sequence[Span]:
        """Return those that begin between two places of the text."""
        return self.places[bisect_left(self.places, (start,)) : bisect_left(self.places, (end,))]


def with_weighed(
    text: Text,
    issues: Sequence[Issue],
    about: Sequence[tuple[str, ...]],
    conditions: Sequence[Condition] = (),
) -> tuple[tuple[Issue, ...], tuple[tuple[str, ...], ...]]:
    """Return the issues with those that only a verdict shows, and what each attribution is about with them.

    ``conditions`` name their attributions as ``s<index>``; what one of them hangs something on needs no other verdict.
    """
    tied = _tied(conditions)
    made: dict[str, Issue] = {}
    taken = {issue.id for issue in issues}
    matters = _Matters(text, text.tokens.once(chunks))
    named = {issue.id: _NamedAt.of(issue.mentions) for issue in issues}
    known = _NamedAt.of(place for issue in issues for place in issue.mentions)

    def add(piece: TokenSpan) -> None:
        name = " ".join(text.tokens.surface(piece).split())
        key = slug(name)
        if key and key not in taken and key not in made:
            made[key] = Issue(key, name, (), (), tuple(_places(text.tokens, piece)))

    def full() -> bool:
        return len(issues) + len(made) >= ENOUGH or len(made) == MOST

    for at, own in enumerate(about):
        spans = tied.get(at, [])
        if full():
            break
        held = any(known.beginning_in(start, end) for start, end in spans)
        if own and (held or (not spans and _weighs(text, at, [named[key] for key in own if key in named]))):
            continue
        piece = _matter_of(matters, at, spans, lone=not (issues or made or spans))
        if piece is not None:
            add(piece)
    for piece in chain(_hanging(matters, conditions, known), _told(matters, known)):
        if full():
            break
        add(piece)
    if not issues and not made:
        for piece in islice(_told(matters, known, lone=True), MOST):
            add(piece)
    return (*issues, *made.values()), _about_too(text, about, made)


def _matter_of(matters: _Matters, at: int, tied: Sequence[Span], *, lone: bool) -> TokenSpan | None:
    """The first phrase that a statement weighs; ``lone`` tells that one word will do where no longer one is weighed."""
    piece = next(_phrases(matters, at, tied), None)
    return next(_phrases(matters, at, tied, lone=True), None) if piece is None and lone else piece


def _tied(conditions: Sequence[Condition]) -> dict[int, list[Span]]:
    """Return what hangs on a condition, by the number of the attribution that holds it."""
    tied: dict[int, list[Span]] = {}
    for condition in conditions:
        if condition.statement:
            tied.setdefault(int(condition.statement[1:]), []).extend(condition.consequent)
    return tied


def _about_too(text: Text, about: Sequence[tuple[str, ...]], made: Mapping[str, Issue]) -> tuple[tuple[str, ...], ...]:
    """Return what each attribution is about, with those of the new issues that its content names."""
    if not made:
        return tuple(about)
    named = {key: _NamedAt.of(issue.mentions) for key, issue in made.items()}
    return tuple(
        (*own, *(key for key, places in named.items() if _touches(text.tokens, item, places)))
        for item, own in zip(text.attributions, about, strict=True)
    )


def _weighs(text: Text, at: int, own: Sequence[_NamedAt]) -> bool:
    """Tell whether a content says something of one of the issues that it names, by what governs their names.

    ``own`` are the places where each of these is named.
    """
    tokens, item = text.tokens, text.attributions[at]
    content = tuple(tokens.span(piece) for piece in item.content)
    for named in own:
        for place in (place for start, end in content for place in named.beginning_in(start, end) if place.end <= end):
            head = head_of(tokens, place)
            if head is not None and tokens.lemma[head] in _ACTIONS and tokens.has_child(head, "prep"):
                continue  # what is withdrawn from is the matter
            verdict = governed(tokens, place, content, lambda _i: False)
            direct = verdict.top is not None and tokens.head[verdict.top] == item.cue_head
            if verdict.keys or verdict.void or verdict.open or verdict.tied or verdict.sign or direct:
                return True
    return False


def _hanging(matters: _Matters, conditions: Sequence[Condition], known: _NamedAt) -> Iterator[TokenSpan]:
    """Yield the phrases that a party makes hang on something, where the report itself says so."""
    text = matters.text
    for condition in conditions:
        if condition.statement or condition.holder is None:
            continue
        if any(known.beginning_in(start, end) for start, end in condition.consequent):
            continue
        for at in matters.beginning_in(condition.consequent):
            run = matters.runs[at]
            start = text.tokens.start[run[0]]
            ends = next(b for a, b in condition.consequent if a <= start < b)
            # What hangs may end within a run of nouns: "made the loan | contingent on it".
            clipped = (run[0], min(run[1], bisect_left(text.tokens.start, ends)))
            piece = _fit(text, clipped) or _single(text, clipped)
            if piece is not None:
                yield piece
                break


def _told(matters: _Matters, known: _NamedAt, lone: bool = False) -> Iterator[TokenSpan]:
    """Yield the phrases that the report itself tells a party's stance on; ``lone`` tells that one word will do."""
    text = matters.text
    told = told_words(text)
    parties = {actor.id for actor in text.entities.actors if actor.kind in _PARTIES}
    heads = {head_of(text.tokens, place) for place in known.places}
    for at, run in enumerate(matters.runs):
        piece = None if told[run[0]] else matters.of(at)
        if piece is None and lone and not told[run[0]] and _may_be_lone(text.tokens, run):
            piece = _single(text, run)
        if piece is None:
            continue
        place = text.tokens.span(run)
        if run[1] - 1 in heads:
            continue
        if any(one.speaker in parties for one in tellings(text, place, told)):
            yield piece


def _may_be_lone(tokens: Tokens, run: TokenSpan) -> bool:
    """Whether one noun may be a matter by itself: no attitude, no words of somebody's, and nobody who acts."""
    head, words = run[1] - 1, listed("cues", "disowned", "told")
    if _is_attitude(tokens, head) or any(tokens.lemma[t].lower() in words for t in range(*run)):
        return False
    return tokens.dep[tokens.head[head]] != "agent"


def _touches(tokens: Tokens, item: Attribution, named: _NamedAt) -> bool:
    return any(named.beginning_in(*tokens.span(piece)) for piece in item.content)


def _points_back(tokens: Tokens, run: TokenSpan) -> bool:
    """As in a bare "the standard": it stands for the phrase before it of the same last word."""
    last = run[1] - 1
    opening = run[0] - 1 if run[0] == last else run[0]
    return last - opening == 1 and opening >= 0 and tokens.lower[opening] in DETERMINERS and tokens.pos[last] == "NOUN"


def _phrases(matters: _Matters, at: int, tied: Sequence[Span], lone: bool = False) -> Iterator[TokenSpan]:
    """Yield the phrases of a content that its words take a stance on, or that hang on a condition.

    ``lone`` tells that one word will do, the report having no issue at all.
    """
    text = matters.text
    tokens, item = text.tokens, text.attributions[at]
    content = tuple(tokens.span(piece) for piece in item.content)
    parse = parse_of(tokens, item.cue_head, content, lambda _: False)
    act = text.acts[at] if text.acts else Act.ASSERT
    for place in matters.within(item.content):
        run = matters.runs[place]
        hangs = any(start <= tokens.start[run[0]] < end for start, end in tied)
        alone = hangs or (lone and _may_be_lone(tokens, run))
        piece = matters.of(place) or (_single(text, run) if alone else None)
        if piece is None or (lone and _is_attitude(tokens, run[1] - 1)):
            continue
        if tied:
            if hangs:
                yield piece
            continue
        verdict = governed(tokens, tokens.span(run), content, lambda _: False)
        if verdict.keys and all(key in _EVERYDAY for _, key in verdict.keys):
            continue
        first = tokens.head[run[1] - 1] == item.cue_head and act in _TAKING
        if not verdict.void and (verdict.sign or verdict.open or parse.wanted(verdict) or first):
            yield piece


def _is_attitude(tokens: Tokens, noun: int) -> bool:
    """Whether a noun is rather of what somebody does or feels than a thing: "its offer of a port"."""
    return tokens.lemma[noun] in _ATTITUDES or tokens.lemma[noun] in _ACTIONS or tokens.lemma[noun] in _FEELINGS


def _fit(text: Text, run: TokenSpan) -> TokenSpan | None:
    """Return the phrase without what opens it, with its complement; None where nothing tells it from its kind."""
    tokens, lexicon = text.tokens, issue_lexicon()
    start, end = run
    last = end - 1
    while start < last and (tokens.pos[start] in _OPENING or tokens.lower[start] in DETERMINERS):
        start += 1
    head = normal(tokens.lower[last])
    if not _names_a_thing(text, last) or head in _ATTITUDES:
        return None
    behind = _link_behind(tokens, last)
    if behind is not None:
        quarrel = tokens.lower[behind] in _OVER and tokens.lemma[last] not in _ACTIONS
        if quarrel or _is_idiom(tokens, last, behind):
            return None
        inner = [c for c in tokens.children[behind] if tokens.dep[c] == "pobj" and tokens.pos[c] in _NOMINAL]
        if inner and tokens.entity[inner[0]] not in _NEVER and inner[0] + 1 - start <= _LONGEST:
            return None if _tells(tokens, last, inner[0] + 1) else (start, inner[0] + 1)
    if (head in lexicon.plain and not _told_apart(tokens, start, last)) or (
        start == last and start > 0 and tokens.pos[start - 1] != "ADJ"
    ):
        return None
    return (start, end) if end - start > 1 and end - start <= _LONGEST else None


def _tells(tokens: Tokens, noun: int, end: int) -> bool:
    """As in "a report in the Gazette that Chile agreed": somebody's words, and what they tell behind them."""
    words = tokens.lemma[noun].lower() in listed("cues", "disowned", "told")
    return words and tokens.lower[end : end + 1] == ["that"]


def _link_behind(tokens: Tokens, last: int) -> int | None:
    """Return the preposition by which a complement hangs on a phrase's last word."""
    return next(
        (c for c in tokens.children[last] if c > last and tokens.dep[c] == "prep" and tokens.lower[c] in LINKS), None
    )


def _names_a_thing(text: Text, last: int) -> bool:
    """Tell whether a phrase's last word is that of a thing: no actor, person, date or amount."""
    tokens = text.tokens
    name = tokens.pos[last] == "PROPN" and not tokens.text[last].islower()
    return not name and tokens.entity[last] not in _NEVER and last not in text.entities.actor_of


def _is_idiom(tokens: Tokens, noun: int, preposition: int) -> bool:
    """As in "poured cold water on it": the noun is part of a set phrase."""
    key = f"{key_of(tokens, tokens.head[noun])}_{tokens.lemma[noun]}_{tokens.lower[preposition]}"
    return tokens.dep[noun] == "dobj" and any(
        key in listed("stances", "government", n) for n in ("turning", "favouring")
    )


def _told_apart(tokens: Tokens, start: int, last: int) -> bool:
    """As in "the French monitoring team": two words before a plain one tell it from others of its kind."""
    return any(tokens.pos[t] in ("ADJ", "NOUN") for t in range(start + 1, last))


def _single(text: Text, run: TokenSpan) -> TokenSpan | None:
    """Return a phrase that nothing but the condition on it tells from its kind: "take down the barricade only once"."""
    tokens = text.tokens
    start, last = run[0], run[1] - 1
    while start < last and (tokens.pos[start] in _OPENING or tokens.lower[start] in DETERMINERS):
        start += 1
    known = tokens.pos[last] == "NOUN" and tokens.entity[last] not in _NEVER and last not in text.entities.actor_of
    if not known or normal(tokens.lower[last]) in issue_lexicon().plain:
        return None
    # "Made the loan contingent on it", where the parse takes what hangs for part of a longer name.
    if tokens.dep[last] not in _HANGING and not (tokens.dep[last] == "compound" and tokens.head[last] >= run[1]):
        return None
    return (start, run[1]) if run[1] - start <= _LONGEST else None


def _places(tokens: Tokens, piece: TokenSpan) -> Iterator[Span]:
    """Yield where the phrase stands, whole or by its head behind an article that points back."""
    start, end = piece
    words = tokens.lower[start:end]
    link = next((at for at, word in enumerate(words) if at and word in LINKS), len(words))
    short = words[:link]
    for i, low in enumerate(tokens.lower):
        if low != words[0] and low != short[-1]:
            continue
        if tokens.lower[i : i + len(words)] == words:
            yield tokens.span((i, i + len(words)))
        elif tokens.lower[i : i + len(short)] == short and (len(short) > 1 or tokens.lower[i - 1] == "the") and i:
            yield tokens.span((i, i + len(short)))
        elif i > end and tokens.lower[i] == short[-1] and tokens.lower[i - 1] == "the":
            yield tokens.span((i, i + 1))
