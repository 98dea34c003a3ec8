"""Resolve definite descriptions: "the agency", "the bloc", "both sides", "the two leaders"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from communique.lexicon import load
from communique.lexicon.officeholders import fold
from communique.model import ActorKind
from communique.reading.coreference.pronouns import joined
from communique.reading.entities.gazetteer import state_names
from communique.reading.entities.noun_phrases import lexicon
from communique.reading.entities.registry import SUBJECTS, Scene

_TWO = {"both", "two"}
_OF_STATES = {"governments", "capitals", "countries", "nations", "states"}


@cache
def _pairs() -> Mapping[str, str]:
    return {noun: sort for sort, nouns in load("coreference")["pairs"].items() for noun in nouns}


@cache
def _nouns() -> Mapping[str, tuple[frozenset[ActorKind], bool]]:
    data = load("coreference")
    named = set(data["named"]["nouns"])
    return {
        noun: (frozenset(ActorKind(kind) for kind in kinds), noun in named)
        for noun, kinds in data["descriptions"].items()
    }


def is_description(word: str) -> bool:
    """Tell whether a noun can be a definite description of one actor."""
    return word in _nouns()


def pair_at(scene: Scene, i: int) -> tuple[int, int, str] | None:
    """Return ``(start, end, figure)`` of a plural that joins two: "both sides", "the two leaders", "the sides"."""
    words = scene.words
    word = words.lower[i]
    sort = _pairs().get(word)
    if sort is None:
        return None
    k = i - 1
    while (
        k >= 0
        and i - k < 4
        and (words.pos[k] in ("ADJ", "NOUN") and words.lower[k] not in _TWO)
        and words.lower[k]
        in (
            "neighbouring",
            "neighboring",
            "rival",
            "nuclear",
            "armed",
            "foreign",
            "prime",
            "warring",
            "defence",
            "defense",
            "asian",
            "european",
            "arab",
            "african",
            "-",
        )
    ):
        k -= 1
    if k < 0:
        return None
    two = words.lower[k] in _TWO
    the = words.lower[k] == "the" and word in ("sides", "parties", "neighbours", "neighbors")
    if not two and not the:
        return None
    start = k
    if start and words.lower[start - 1] in ("the", "these", "those", "our", "all"):
        start -= 1
    elif words.lower[k] == "two":
        return None  # "two officials" are any two
    if word == "capitals" and start and words.lower[start - 1] in ("in", "of"):
        return None
    if sort == "koreas":
        keys = [scene.state("kor").id, scene.state("prk").id]
    else:
        keys = _two_in_view(scene, start, sort, word)
        if len(keys) < 2 and word == "leaders":
            keys = _two_in_view(scene, start, "state", word)
    if len(keys) < 2:
        return None
    return start, i + 1, joined(scene, keys)


def _two_in_view(scene: Scene, at: int, sort: str, noun: str) -> list[str]:
    words = scene.words
    here = words.sentence[at]
    scores: dict[str, float] = {}
    for m in scene.before(at):
        away = here - m.sentence
        if away > 20:
            break
        figure = scene.figures[m.figure]
        key: str | None = None
        if sort == "person":
            fitting = noun not in ("leaders", "presidents", "premiers") or figure.office in lexicon().leaders
            key = figure.id if figure.personal and figure.kind is not ActorKind.UNNAMED and fitting else None
        elif figure.kind is ActorKind.STATE or (
            figure.kind is ActorKind.TERRITORY
            or figure.kind is ActorKind.ORGANISATION
            and noun not in _OF_STATES
            and "org:" in figure.id
            and (figure.principal is None and away < 6)
        ):
            key = figure.id
        elif figure.country and figure.kind in (ActorKind.PERSON, ActorKind.BODY, ActorKind.GROUP):
            state = figure.country.lower()
            key = state if state in state_names() else None
        elif figure.members and away < 8:
            for member in figure.members:
                if scene.figures.get(member) is not None and scene.figures[member].kind is ActorKind.STATE:
                    scores[member] = scores.get(member, 0.0) + 0.5 * 0.9**away
        if key is None:
            continue
        place = words.dep[m.head] == "pobj" and words.lower[words.head[m.head]] in ("in", "at", "near")
        weight = 1.0 if m.subject else 0.25 if place else 0.6
        scores[key] = scores.get(key, 0.0) + weight * 0.9**away
    best = sorted(scores, key=lambda k: -scores[k])[:2]
    if sort != "person":
        for key in best:
            if key in state_names():
                scene.state(key)
    return [k for k in best if k in scene.figures]


def described_at(scene: Scene, i: int) -> tuple[int, int, str] | None:
    """Return ``(start, end, figure)`` of "the agency", "the bloc", "the country" at head noun i."""
    words = scene.words
    start = i - 1
    hit = scene.hit_at.get(start)
    if hit is not None and hit.entry.sort == "people":
        start = hit.start - 1
    if start >= 0 and words.lower[start] in (
        "news",
        "rebel",
        "armed",
        "regional",
        "un",
        "nuclear",
        "military",
        "militant",
        "paramilitary",
        "guerrilla",
        "islamist",
        "trading",
        "european",
        "international",
        "multilateral",
    ):
        start -= 1
    if start < 0 or words.lower[start] not in ("the", "this", "his", "her", "its", "their"):
        return None
    after = words.lower[i + 1] if i + 1 < words.n else ""
    if i + 1 < words.n and (i + 1 in scene.hit_at or words.pos[i + 1] == "PROPN") and after != "and":
        return None
    if (
        after in ("of", "-")
        or words.pos[i] not in ("NOUN", "PROPN")
        and not words.text[i][0].isupper()
        or words.dep[i] == "compound"
    ):
        return None
    nation = scene.hit_at.get(start + 1)
    whose = words.lower[start]
    kinds, named = _nouns()[words.lower[i]]
    if whose not in ("the", "this"):
        if words.lower[i] not in ("country", "nation", "government"):
            return None
        owner = scene.figures.get(scene.actor_of.get(start, ""))
        if owner is None or not owner.country or owner.country.lower() not in state_names():
            return None
        return start, i + 1, scene.state(owner.country.lower()).id
    if kinds == {ActorKind.STATE} and words.dep[i] not in SUBJECTS and after not in ("'s", "'"):
        return None
    country = nation.entry.country if nation is not None and nation.entry.sort == "people" else None
    key = _latest(scene, i, kinds, words.lower[i], named, country)
    return (start, i + 1, key) if key else None


def _latest(
    scene: Scene, i: int, kinds: frozenset[ActorKind], noun: str, named: bool, country: str | None
) -> str | None:
    words = scene.words
    here = words.sentence[i]
    second: str | None = None
    seen: set[str] = set()
    league = noun in load("coreference")["leagues"]["nouns"]
    for m in scene.before(i):
        if here - m.sentence > (3 if ActorKind.STATE in kinds else 8):
            break
        figure = scene.figures[m.figure]
        if league and figure.id.removeprefix("org:") not in load("organisations")["international"]:
            continue
        if figure.kind not in kinds or figure.plural or m.figure in seen or country not in (None, figure.country):
            continue
        seen.add(m.figure)
        if noun in fold(figure.name).split() or noun in figure.words:
            return figure.id
        if second is None and (m.subject or not named):
            second = figure.id
    if not named or noun in ("agency",):
        return second
    return None


def may_describe(word: str) -> bool:
    """Tell whether a noun can be a definite description or a pair."""
    return word in _nouns() or word in _pairs()
