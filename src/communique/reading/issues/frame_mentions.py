"""The issues that a user follows, found in a report by their names and in other words.

A report seldom calls an issue as the user does. Four ways lead to it:

- its name or alias, in singular or plural (`AssignmentReason.NAME`): "licence plates", "Ohrid annex";
- a verb that its noun is made from (`WORD`): "will never recognise" for recognition, "hand him over" for a
  handover. Where the names say of what, the verb's object must be that, or a pronoun;
- another word for a bargain behind the word that tells which (`WORD`): "a binding accord" for a binding agreement;
- a part of a name that no other followed issue shares (`PART`): what stands before a head that fits anything ("data"
  for a data exchange), the head of a name that is a thing ("plates"), the head of a proper name in capitals.

Where two lead to the same words, the surer counts. A report without such words is about none of them: what fits no
followed issue stays a matter of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from communique.lexicon import load
from communique.model import AssignmentReason, DisputedIssue, Frame, Issue, Span
from communique.reading.annotations import Attribution, FrameMention
from communique.reading.grammar.auxiliaries import has_passive_auxiliary
from communique.reading.grammar.labels import UNDERGOING
from communique.reading.grammar.negation import has_negation
from communique.reading.grammar.subjects import nominal_subject
from communique.reading.issues.frame_names import (
    BARGAIN,
    LINKS,
    FollowedIssue,
    FollowedName,
    followed_in,
    heads_like,
    issue_ids,
    plain_word,
    words_of,
)
from communique.reading.issues.issue_words import POINTING
from communique.reading.protocols import Text
from communique.reading.tokens import Tokens, TokenSpan

_SUREST = (AssignmentReason.NAME, AssignmentReason.WORD, AssignmentReason.PART)
_DESCRIBING = ("amod", "compound", "nmod")
_HYPHENS = ("-", "–")

_OBJECT_REACH = 12
"""Words of an object that are looked at for the issue's words."""


def in_frame(
    text: Text, issues: Sequence[Issue], about: Sequence[tuple[str, ...]], found: Sequence[FrameMention]
) -> tuple[tuple[Issue, ...], tuple[tuple[str, ...], ...]]:
    """Return the issues of a report and what each attribution is about, with those that the text's frame follows.

    ``found`` are the text's `mentions`. A followed issue goes by the frame's name, and takes the place of what the
    report's own words made of it.
    """
    if not text.frame or not text.frame.issues:
        return tuple(issues), tuple(about)
    merged, renamed = _merged(text, text.frame, issues, found)
    frame = set(issue_ids(text.frame))
    followed = [(place.start, issue.id) for issue in merged if issue.id in frame for place in issue.mentions]
    out = []
    for item, own in zip(text.attributions, about or [()] * len(text.attributions), strict=True):
        kept = [name for name in own if name not in renamed]
        pieces = [text.tokens.span(piece) for piece in _pieces(text.tokens, item)]
        inside = [name for place, name in followed if any(start <= place < end for start, end in pieces)]
        out.append(tuple(dict.fromkeys((*inside, *kept))))
    return merged, tuple(out)


def _pieces(tokens: Tokens, item: Attribution) -> list[TokenSpan]:
    source = [] if item.source_head is None else [tokens.subtree(item.source_head)]
    return [*item.content, *source]


def _merged(
    text: Text, frame: Frame, issues: Sequence[Issue], found: Sequence[FrameMention]
) -> tuple[tuple[Issue, ...], dict[str, str]]:
    """The followed issues that the report names and its own others; and what became of its own that are followed."""
    tokens = text.tokens
    spans = {at: [tokens.span(m.piece) for m in found if m.issue == at] for at in {m.issue for m in found}}
    called = {words_of(name): at for at, issue in enumerate(frame.issues) for name in issue.names}
    names = issue_ids(frame)
    renamed: dict[str, str] = {}
    own: dict[int, list[Issue]] = {}
    for issue in issues:
        at = next((called[each] for each in map(words_of, (issue.name, *issue.aliases)) if each in called), None)
        if at is not None:
            own.setdefault(at, []).append(issue)
        else:
            at = _covering(issue, spans)
        if at is not None:
            renamed[issue.id] = names[at]
    made = tuple(
        _followed_issue(names[at], followed, spans.get(at, ()), own.get(at, ()))
        for at, followed in enumerate(frame.issues)
    )
    named = tuple(issue for issue in made if issue.mentions)
    taken = {issue.id for issue in named} | renamed.keys()
    return (*named, *(issue for issue in issues if issue.id not in taken)), renamed


def _covering(issue: Issue, spans: dict[int, list[Span]]) -> int | None:
    """The followed issue that half of an issue's mentions or more meet, by its number."""
    covered = Counter(
        at for at, held in spans.items() for place in issue.mentions if any(_meet(place, each) for each in held)
    )
    return next((at for at, count in covered.most_common(1) if 2 * count >= len(issue.mentions)), None)


def _followed_issue(name: str, followed: DisputedIssue, found: Iterable[Span], own: Sequence[Issue]) -> Issue:
    # Other names of a well-known dispute mean it too; what the report's own phrases point at is less sure.
    known = (place for issue in own if issue.id in _disputes() for place in issue.mentions)
    claims = tuple(claim for issue in own for claim in issue.claims)
    return Issue(name, followed.name, followed.aliases, claims, tuple(sorted({*found, *known})))


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@cache
def _disputes() -> frozenset[str]:
    """The ids of the well-known disputes."""
    return frozenset(entry["id"] for entry in load("issues")["known"])


def mentions(text: Text) -> tuple[FrameMention, ...]:
    """Return where a text means its frame's issues, in text order; no two share a word."""
    tokens, frame = text.tokens, text.frame
    if not frame or not frame.issues:
        return ()
    followed = followed_in(frame)
    forms = [plain_word(word) for word in tokens.lower]
    found = [
        *_by_name(tokens, forms, followed),
        *_by_words(tokens, forms, followed),
        *_by_bargain(tokens, forms, followed),
        *_by_part(text, forms, followed),
        *_by_verb(tokens, forms, followed),
    ]
    found += _by_kind(tokens, followed, found)
    done_to = {(m.issue, i) for m in found if m.verb for i in _object_of(tokens, m.piece[0])}
    # "We shall ban fish": the verb tells what becomes of a fish ban, its object alone would tell the contrary.
    found = [m for m in found if m.reason is not AssignmentReason.PART or (m.issue, m.piece[0]) not in done_to]
    found.sort(key=lambda m: (_SUREST.index(m.reason), m.piece[0] - m.piece[1], m.piece[0], m.issue))
    taken: set[int] = set()
    kept = []
    for mention in found:
        place = range(*mention.piece)
        if taken.isdisjoint(place):
            taken.update(place)
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.piece))


def _by_name(tokens: Tokens, forms: Sequence[str], followed: Sequence[FollowedIssue]) -> Iterator[FrameMention]:
    first: dict[str, list[tuple[int, FollowedName]]] = {}
    for at, issue in enumerate(followed):
        for name in issue.names:
            first.setdefault(name.words[0], []).append((at, name))
    for i in range(tokens.n):
        for at, name in first.get(forms[i], ()):
            end = _reaches(tokens, forms, i, name.words)
            if end and not (name.proper and len(name.words) == 1 and not tokens.text[i][:1].isupper()):
                yield FrameMention(at, (i, end), AssignmentReason.NAME, tokens.pos[end - 1] == "VERB")


def _reaches(tokens: Tokens, forms: Sequence[str], i: int, wanted: Sequence[str]) -> int:
    """Where a name that starts at a token ends, articles and hyphens in it left aside; 0 where there is none."""
    at = i
    for word in wanted:
        while at < tokens.n and at > i and (tokens.pos[at] in ("DET", "SPACE") or forms[at] in _HYPHENS):
            # "Serb-majority" is named by its first part too.
            part = forms[at] in _HYPHENS and at + 2 < tokens.n and forms[at + 1] != word == forms[at + 2]
            at += 2 if part else 1
        if at >= tokens.n or forms[at] != word:
            return 0
        at += 1
    return at


def _by_words(tokens: Tokens, forms: Sequence[str], followed: Sequence[FollowedIssue]) -> Iterator[FrameMention]:
    """As in "the wine duty" for "duty on wine": its words about its head, in another order or with others between."""
    heads: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for at, issue in enumerate(followed):
        for name in issue.names:
            if name.head not in BARGAIN and (name.before or name.behind):
                for head in heads_like(name.head):
                    heads.setdefault(head, []).append((at, name.before | name.behind))
    for i in range(tokens.n):
        wanted = heads.get(forms[i])
        if wanted is None or tokens.pos[i] not in ("NOUN", "PROPN"):
            continue
        told = _words_about(tokens, forms, i)
        for at, words in wanted:
            if words <= told.keys():
                places = [i, *(told[word] for word in words)]
                yield FrameMention(at, (min(places), max(places) + 1), AssignmentReason.WORD)


def _words_about(tokens: Tokens, forms: Sequence[str], head: int) -> dict[str, int]:
    """The words that tell which one a noun is: those before it, and what it is of, on, for or in."""
    found: dict[str, int] = {}
    for c in tokens.children[head]:
        if tokens.dep[c] in _DESCRIBING and c < head:
            found |= {forms[c]: c, **{forms[d]: d for d in tokens.children[c] if tokens.dep[d] in _DESCRIBING}}
        elif tokens.dep[c] == "prep" and tokens.lower[c] in LINKS:
            for inner in (d for d in tokens.children[c] if tokens.dep[d] == "pobj"):
                found |= {forms[d]: d for d in tokens.children[inner] if tokens.dep[d] in _DESCRIBING}
                found[forms[inner]] = inner
    return found


def _by_kind(tokens: Tokens, followed: Sequence[FollowedIssue], found: Sequence[FrameMention]) -> list[FrameMention]:
    """As in "a winter gas swap ... the swap": its head alone, pointed at, once the report has named it."""
    named = {
        at: min(m.piece[0] for m in found if m.issue == at and m.reason is not AssignmentReason.PART)
        for at in {m.issue for m in found if m.reason is not AssignmentReason.PART}
    }
    return [
        FrameMention(at, (i, i + 1), AssignmentReason.PART)
        for i in range(1, tokens.n)
        if tokens.pos[i] == "NOUN" and tokens.lower[i - 1] in POINTING and not _told_apart(tokens, i)
        for at, first in named.items()
        if first < i and tokens.lower[i] in followed[at].kinds
    ]


def _told_apart(tokens: Tokens, i: int) -> bool:
    """Whether what stands behind a noun tells which one it is: then it may be another."""
    return any(c > i and tokens.dep[c] in ("prep", "compound", "nmod") for c in tokens.children[i])


def _by_bargain(tokens: Tokens, forms: Sequence[str], followed: Sequence[FollowedIssue]) -> Iterator[FrameMention]:
    """As in "a fair and binding accord": the word that tells which bargain it is, before another word for one."""
    if not any(issue.bargains for issue in followed):
        return
    for i in range(tokens.n):
        if forms[i] not in BARGAIN or tokens.pos[i] not in ("NOUN", "PROPN"):
            continue
        before = {c for c in tokens.children[i] if c < i and tokens.dep[c] in ("amod", "compound", "nmod")}
        before |= {c for b in before for c in tokens.children[b] if tokens.dep[c] == "conj"}
        told = {forms[c]: c for c in sorted(before, reverse=True)} | _told_behind(tokens, forms, i)
        for at, issue in enumerate(followed):
            which = next((words for words in issue.bargains if words <= told.keys()), None)
            if which is not None:
                yield FrameMention(at, (min(i, *(told[word] for word in which)), i + 1), AssignmentReason.WORD)


def _told_behind(tokens: Tokens, forms: Sequence[str], head: int) -> dict[str, int]:
    """What a clause or a complement tells of a bargain, as the word before it would: "that binds", "in parts"."""
    found: dict[str, int] = {}
    for c in tokens.children[head]:
        if c < head:
            continue
        if tokens.dep[c] == "relcl" and tokens.pos[c] == "VERB" and not has_negation(tokens, c):
            found |= {f"{tokens.lemma[c]}ing": head, tokens.lower[c]: head}
        elif tokens.dep[c] == "prep":
            inner = [d for d in tokens.children[c] if tokens.dep[d] == "pobj"]
            found |= {f"{forms[d]}{ending}": head for d in inner for ending in ("al", "ial", "ary")}
    return found


def _by_part(text: Text, forms: Sequence[str], followed: Sequence[FollowedIssue]) -> Iterator[FrameMention]:
    tokens = text.tokens
    for i in range(tokens.n):
        if tokens.pos[i] not in ("NOUN", "PROPN"):
            continue
        for at, issue in enumerate(followed):
            thing = tokens.lower[i] in issue.things and (forms[i] != tokens.lower[i] or tokens.lower[i - 1] in POINTING)
            if forms[i] in issue.parts or thing or (forms[i] in issue.heads and _definite_name(tokens, i)):
                yield FrameMention(at, (i, i + 1), AssignmentReason.PART)


def _definite_name(tokens: Tokens, i: int) -> bool:
    """As in "the Community": in capitals, where no sentence starts."""
    return i > 0 and tokens.text[i][:1].isupper() and tokens.lower[i - 1] in POINTING


def _by_verb(tokens: Tokens, forms: Sequence[str], followed: Sequence[FollowedIssue]) -> Iterator[FrameMention]:
    for i in range(tokens.n):
        if tokens.pos[i] != "VERB" or tokens.dep[i] == "amod":
            continue
        particle = tokens.child(i, "prt")
        key = tokens.lemma[i] if particle is None else f"{tokens.lemma[i]}_{tokens.lower[particle]}"
        for at, issue in enumerate(followed):
            if key in issue.verbs and _done_to(tokens, forms, i, issue.objects):
                yield FrameMention(at, (i, i + 1), AssignmentReason.WORD, True)


def _object_of(tokens: Tokens, verb: int) -> range:
    done = tokens.child(verb, *UNDERGOING)
    return range(0) if done is None else range(*tokens.subtree(done))


def _done_to(tokens: Tokens, forms: Sequence[str], verb: int, objects: frozenset[str]) -> bool:
    """Whether the verb is done to what the issue's names say, or to what only points back."""
    done = tokens.child(verb, *UNDERGOING)
    if done is None and tokens.dep[verb] == "conj" and has_passive_auxiliary(tokens, verb):
        # "He was a citizen and would not be handed over": the subject is that of the verb before.
        done = nominal_subject(tokens, tokens.head[verb])
    if done is None:
        # "when Serbia was going to recognise them all", "the dam that it fills"
        return tokens.dep[verb] == "relcl" and forms[tokens.head[verb]] in objects
    start, end = tokens.subtree(done)
    return (
        not objects
        or tokens.tag[done] == "PRP"
        or any(form in objects for form in forms[start : min(end, start + _OBJECT_REACH)])
    )
