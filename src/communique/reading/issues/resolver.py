"""Which matters are a report's issues, what they are called, and which statements are about them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from communique.identity import slug
from communique.lexicon import endings
from communique.model import Claim, Issue
from communique.reading.issues.candidates import IssuePhrase
from communique.reading.issues.claims import ClaimMatch
from communique.reading.issues.clustering import Matter
from communique.reading.issues.extractor import MatterMatch, told_in
from communique.reading.issues.issue_words import POINTING, issue_lexicon, normal
from communique.reading.issues.scorer import lead_end, share
from communique.reading.protocols import Resolver, Text
from communique.reading.tokens import Tokens

MOST = 8
"""A report has at most so many issues."""

_ENOUGH = share(2.0)
_FAIR = share(1.5)
_SOME = 5
_BEFORE = POINTING | {"a", "an"}
_ONCE = frozenset(("known", "matter", "qualified"))
_FEW = 2
_MOST_FORMS = 60
"""Forms of an issue among which its name is chosen."""

_PERSONS = endings("issues", "constructions", "person_endings")
_THINGS = frozenset(("other", "compound", "qualified", "alone", "pivot"))
_ON = (["on"], ["over"])

Issues = tuple[tuple[Issue, ...], tuple[tuple[str, ...], ...]]
"""The issues, heaviest first; and for each attribution the ids of those it is about."""


def rules() -> Resolver[MatterMatch, Issues]:
    """Make the resolver that keeps the heaviest matters and calls them by the fullest of their frequent names."""
    return resolve_issues


def resolve_issues(text: Text, found: Sequence[MatterMatch], scores: Sequence[float]) -> Issues:
    """Return the issues, and for each attribution the ids of those it is about.

    A matter is kept where its score suffices; the heaviest come first, ``MOST`` at most. Where none suffices, a matter
    that stands once in some content will do. A claim's ``statement`` is ``s<index into attributions>`` or None.
    """
    ranked = sorted((-score, k) for k, score in enumerate(scores) if score >= _FAIR)[:MOST]
    # Where a report has few matters of weight, the lighter ones show.
    kept = [k for at, (score, k) in enumerate(ranked) if -score >= _ENOUGH or at < _SOME]
    if not kept:
        inside = told_in(text)
        once = [k for k, f in enumerate(found) if f.matter.kind in _ONCE and inside[f.matter.phrases[0].start]]
        kept = once[:_FEW]
    if not kept:
        kept = _topics(text, found)[:_FEW]
    issues: list[Issue] = []
    ids: dict[int, str] = {}
    for k in kept:
        issue = _issue(text.tokens, found[k].matter, found[k].claims, set(ids.values()))
        ids[k] = issue.id
        issues.append(issue)
    return tuple(issues), _about(text, found, ids)


def _topics(text: Text, found: Sequence[MatterMatch]) -> list[int]:
    """Return the things that a report opens with and names again, those named most often first: "the balloon"."""
    end = lead_end(text.tokens)
    again = [
        (-len(f.matter.phrases), k)
        for k, f in enumerate(found)
        if f.matter.kind in _THINGS and len(f.matter.phrases) > 1 and f.matter.phrases[0].start < end
        if f.matter.phrases[0].head in issue_lexicon().things or not f.matter.phrases[0].head.endswith(_PERSONS)
    ]
    return [k for _, k in sorted(again)]


def _issue(tokens: Tokens, matter: Matter, claims: Sequence[ClaimMatch], taken: set[str]) -> Issue:
    named = [p for p in matter.phrases if p.kind != "bare"] or matter.phrases
    name = _name(Counter(_surface(tokens, p.start, p.end) for p in named))
    aliases: dict[str, str] = {}
    for phrase in matter.phrases:
        bare = phrase.kind == "bare" and phrase.start > 0 and tokens.lower[phrase.start - 1] in _BEFORE
        form = _surface(tokens, phrase.start - 1 if bare else phrase.start, phrase.end)
        aliases.setdefault(form.casefold(), form)
        longer = _with_its_place(tokens, phrase)
        if longer is not None:
            aliases.setdefault(longer.casefold(), longer)
    aliases.pop(name.casefold(), None)
    plain_talks = matter.kind == "talks" and not matter.modifiers
    # "talks", "negotiations" and "dialogue" are one thing over reports too.
    identity = matter.known.id if matter.known else slug(matter.phrases[0].head if plain_talks else name) or "issue"
    count = 2
    unique = identity
    while unique in taken:
        unique = f"{identity}-{count}"
        count += 1
    return Issue(
        id=unique,
        name=name,
        aliases=tuple(aliases.values()),
        claims=tuple(
            Claim(
                c.actor,
                tuple(tokens.span(g) for g in c.grounds),
                None if c.attribution is None else f"s{c.attribution}",
            )
            for c in claims
        ),
        mentions=tuple(tokens.span((p.start, p.end)) for p in matter.phrases if not p.deed),
    )


def _with_its_place(tokens: Tokens, phrase: IssuePhrase) -> str | None:
    """As in "political agreement on Gibraltar": a deal's name with what it is on, where that is a name."""
    end = phrase.end + 1
    if phrase.head not in issue_lexicon().struck or tokens.lower[phrase.end : end] not in _ON:
        return None
    while end < tokens.n and tokens.pos[end] == "PROPN" and end < phrase.end + _SOME:
        end += 1
    return _surface(tokens, phrase.start, end) if end > phrase.end + 1 else None


def _surface(tokens: Tokens, start: int, end: int) -> str:
    return " ".join(tokens.surface((start, end)).split())


def _name(forms: Counter[str]) -> str:
    """Choose the fullest of the frequent forms: a form also counts where a shorter form of it stands."""
    sets = {form: frozenset(map(normal, form.casefold().split())) for form in forms}
    spelling: dict[frozenset[str], int] = {}
    for form, count in forms.items():
        spelling[sets[form]] = spelling.get(sets[form], 0) + count
    shown = sorted(forms)[:_MOST_FORMS]

    def rank(form: str) -> tuple[int, int, int, str]:
        covered = sum(count for tokens, count in spelling.items() if tokens <= sets[form])
        return covered, forms[form], len(form), form

    return max(shown, key=rank)


def _about(text: Text, found: Sequence[MatterMatch], ids: dict[int, str]) -> tuple[tuple[str, ...], ...]:
    """Issues named in each attribution's content, then those named in its source phrase."""
    spots = sorted((p.start, k) for k in ids for p in found[k].matter.phrases if not p.deed)
    starts = [start for start, _ in spots]
    out = []
    for item in text.attributions:
        pieces = list(item.content)
        if item.source_head is not None:
            pieces.append(text.tokens.subtree(item.source_head))
        about: dict[str, None] = {}
        for start, end in pieces:
            for at in range(bisect_left(starts, start), bisect_left(starts, end)):
                about[ids[spots[at][1]]] = None
        out.append(tuple(about))
    return tuple(out)
