"""Find what a report's statements are about: issues, their aliases, claimants and grounds."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter

from communique.model import Claim, Issue
from communique.reading.annotations import Attribution, Entities, ResolvedSource
from communique.reading.issues.candidates import chunks, find_phrases
from communique.reading.issues.claims import ClaimIndex, ClaimMatch, find_claims
from communique.reading.issues.clustering import Matter, join
from communique.reading.issues.lexicon import POINTING, IssueLexicon, issue_lexicon, normal
from communique.reading.tokens import Tokens

MOST = 8
"""A report has at most so many issues."""

_ENOUGH = 2.0
_FAIR = 1.5
_SOME = 5
_BONUS = {
    "known": 1.5,
    "matter": 1.0,
    "qualified": 0.5,
    "pivot": 0.5,
    "compound": 0.25,
    "place": 0.0,
    "alone": 0.0,
    "other": 0.0,
    "talks": -1.0,
}
_NOMINAL = ("tion", "sion", "ment", "ance", "ing")
_COUNTED = 6
_DATELINE = 12
_BEFORE = POINTING | {"a", "an"}
_ONCE = frozenset(("known", "matter", "qualified"))
_FEW = 2
_SLUG = re.compile(r"[\W_]+")


def find_issues(
    tokens: Tokens, attributions: tuple[Attribution, ...], sources: tuple[ResolvedSource, ...], entities: Entities
) -> tuple[tuple[Issue, ...], tuple[tuple[str, ...], ...]]:
    """Return the issues, and for each attribution the ids of those it is about.

    Phrases that can name a matter of dispute or negotiation are joined with their other names, weighed by where and how
    often they stand, and kept where the weight suffices; the heaviest come first, ``MOST`` at most. Where none
    suffices, a matter that stands once in some content will do. A claim's ``statement`` is ``s<index into
    attributions>`` or None.
    """
    none: tuple[tuple[str, ...], ...] = tuple(() for _ in attributions)
    if not tokens.n:
        return (), none
    lexicon = issue_lexicon()
    countries = frozenset(actor.country for actor in entities.actors if actor.country)
    phrases = find_phrases(tokens, entities, lexicon, countries)
    matters = join(tokens, phrases, chunks(tokens), lexicon) if phrases else []
    claims: dict[int, list[ClaimMatch]] = {}
    for found in find_claims(ClaimIndex(tokens, matters, attributions, sources, entities, lexicon)):
        claims.setdefault(found.matter, []).append(found)
    inside = _contents(tokens, attributions)
    lead = _lead_end(tokens)
    weighed = [(_weight(m, inside, lead, bool(claims.get(k)), lexicon, countries), k) for k, m in enumerate(matters)]
    ranked = sorted((-weight, k) for weight, k in weighed if weight >= _FAIR)[:MOST]
    # Where a report has few matters of weight, the lighter ones show.
    kept = [(weight, k) for at, (weight, k) in enumerate(ranked) if -weight >= _ENOUGH or at < _SOME]
    if not kept:
        kept = [(-1.0, k) for k, m in enumerate(matters) if m.kind in _ONCE and inside[m.phrases[0].start]][:_FEW]
    issues: list[Issue] = []
    ids: dict[int, str] = {}
    for _, k in kept:
        issue = _issue(tokens, matters[k], claims.get(k, []), set(ids.values()))
        ids[k] = issue.id
        issues.append(issue)
    return tuple(issues), _about(tokens, attributions, matters, ids)


def _contents(tokens: Tokens, attributions: tuple[Attribution, ...]) -> list[bool]:
    """Tell for each token whether it stands in some content."""
    depth = [0] * (tokens.n + 1)
    for item in attributions:
        for start, end in item.content:
            depth[start] += 1
            depth[end] -= 1
    out, level = [], 0
    for change in depth[:-1]:
        level += change
        out.append(level > 0)
    return out


def _lead_end(tokens: Tokens) -> int:
    """Return where the report's opening ends: after its first sentence that is more than a dateline."""
    return next((end for _, end in tokens.sentences if end >= _DATELINE), tokens.n)


def _weight(
    matter: Matter, inside: list[bool], lead_end: int, claimed: bool, lexicon: IssueLexicon, countries: frozenset[str]
) -> float:
    """Weigh a matter: mentions, those in contents and in the opening more, and signs of dispute."""
    bonus = _BONUS["place"] if claimed and matter.kind == "state" else _BONUS.get(matter.kind)
    if bonus is None:
        return 0.0
    disputed = claimed or any(p.disputed for p in matter.phrases)
    acted = any(p.acted for p in matter.phrases)
    said = sum(inside[p.start] for p in matter.phrases)
    lead = matter.phrases[0].start < lead_end
    if matter.known and len(matter.phrases) == 1 and not (said or disputed) and matter.known.claimants & countries:
        return _FAIR
    if not _counts(matter, disputed, acted, said, lead, lexicon):
        return 0.0
    counted = matter.phrases[:_COUNTED]
    weight = sum(1.0 if inside[p.start] else 0.5 for p in counted)
    return weight + bonus + 0.5 * lead + 0.5 * acted + disputed + claimed


def _counts(matter: Matter, disputed: bool, acted: bool, said: int, lead: bool, lexicon: IssueLexicon) -> bool:
    """Tell whether a matter stands often enough, or in such a place, for its kind."""
    often = len(matter.phrases)
    if matter.kind in ("place", "state"):
        return disputed
    if matter.kind == "alone":
        document = bool(matter.heads & lexicon.instrument)
        known = document or not matter.heads & lexicon.common
        if matter.heads & lexicon.measure and not matter.heads & lexicon.qualified:
            return False
        pointed = often > 1 or matter.phrases[0].definite
        return (
            disputed
            or (often > 1 and (document or said > 0))
            or (known and (acted or matter.phrases[0].subject) and ((acted and lead) or (pointed and said > 0)))
        )
    if matter.kind == "other":
        deed = any(head.endswith(_NOMINAL) for head in matter.heads)
        return often > 1 and (
            disputed or (often > 2 and said > 1 and (lead or acted)) or ((acted or deed) and said > 0)
        )
    if matter.kind == "compound":
        return disputed or (often > 1 and (said > 0 or lead)) or (acted and (said > 0 or lead))
    if often > 1:
        return True
    # Named once, a matter is an issue where the report opens with it, or where something is done about it.
    if (
        disputed
        or acted
        or matter.kind == "matter"
        or (said > 0 and (matter.known or matter.heads & lexicon.instrument))
    ):
        return True
    if said > 0 and not matter.heads & lexicon.common:
        return True
    return lead and not matter.known and not matter.heads & lexicon.common


def _issue(tokens: Tokens, matter: Matter, claims: list[ClaimMatch], taken: set[str]) -> Issue:
    named = [p for p in matter.phrases if p.kind != "bare"] or matter.phrases
    name = _name(Counter(_surface(tokens, p.start, p.end) for p in named))
    aliases: dict[str, str] = {}
    for phrase in matter.phrases:
        bare = phrase.kind == "bare" and phrase.start > 0 and tokens.lower[phrase.start - 1] in _BEFORE
        form = _surface(tokens, phrase.start - 1 if bare else phrase.start, phrase.end)
        aliases.setdefault(form.casefold(), form)
    aliases.pop(name.casefold(), None)
    plain_talks = matter.kind == "talks" and not matter.modifiers
    # "talks", "negotiations" and "dialogue" are one thing over reports too.
    identity = matter.known.id if matter.known else _slug(matter.phrases[0].head if plain_talks else name)
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
        mentions=tuple(tokens.span((p.start, p.end)) for p in matter.phrases),
    )


def _surface(tokens: Tokens, start: int, end: int) -> str:
    return " ".join(tokens.surface((start, end)).split())


def _name(forms: Counter[str]) -> str:
    """Choose the fullest of the frequent forms: a form also counts where a shorter form of it stands."""
    sets = {form: frozenset(map(normal, form.casefold().split())) for form in forms}
    spelling: dict[frozenset[str], int] = {}
    for form, count in forms.items():
        spelling[sets[form]] = spelling.get(sets[form], 0) + count
    shown = sorted(forms)[:60]

    def rank(form: str) -> tuple[int, int, int, str]:
        covered = sum(count for tokens, count in spelling.items() if tokens <= sets[form])
        return covered, forms[form], len(form), form

    return max(shown, key=rank)


def _slug(name: str) -> str:
    parts = _SLUG.sub("-", "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)))
    return parts.encode("ascii", "ignore").decode().lower().strip("-")[:60].rstrip("-") or "issue"


def _about(
    tokens: Tokens, attributions: tuple[Attribution, ...], matters: list[Matter], ids: dict[int, str]
) -> tuple[tuple[str, ...], ...]:
    """Issues named in each attribution's content, then those named in its source phrase."""
    spots = sorted((p.start, k) for k in ids for p in matters[k].phrases)
    starts = [start for start, _ in spots]
    out = []
    for item in attributions:
        pieces = list(item.content)
        if item.source_head is not None:
            pieces.append(tokens.subtree(item.source_head))
        found: dict[str, None] = {}
        for start, end in pieces:
            for at in range(bisect_left(starts, start), bisect_left(starts, end)):
                found[ids[spots[at][1]]] = None
        out.append(tuple(found))
    return tuple(out)
