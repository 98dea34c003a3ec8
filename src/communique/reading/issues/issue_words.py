"""What the lexicon knows of issues: kinds of words, and names of well-known disputes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from communique.lexicon import endings, listed

_PLURAL_ENDINGS = endings("issues", "constructions", "plural_endings")
_NO_PLURAL_ENDINGS = endings("issues", "constructions", "no_plural_endings")

DETERMINERS = listed("issues", "constructions", "determiners")
OWN = listed("issues", "constructions", "own")
POINTING = listed("issues", "constructions", "pointing")


@dataclass(frozen=True, slots=True)
class Known:
    """A well-known dispute: its id and the ISO codes of its claimants.

    ``heads`` are the last words of its names, ``tokens`` all their words, in normal form.
    """

    id: str
    claimants: frozenset[str]
    heads: frozenset[str]
    tokens: frozenset[str]


@dataclass(frozen=True, slots=True)
class DisputeName:
    """One name of a well-known dispute, as lower-case words; a weak one needs a word of dispute beside it."""

    tokens: tuple[str, ...]
    known: Known
    weak: bool


@dataclass(frozen=True, slots=True)
class IssueLexicon:
    """Word lists in their normal form, and the known names by their first word, longest first."""

    matter: frozenset[str]
    qualified: frozenset[str]
    place: frozenset[str]
    process: frozenset[str]
    talks: frozenset[str]
    pivot: frozenset[str]
    quarrel: frozenset[str]
    disputed: frozenset[str]
    loose: frozenset[str]
    plain: frozenset[str]
    measure: frozenset[str]
    instrument: frozenset[str]
    act: frozenset[str]
    act_on: frozenset[str]
    things: frozenset[str]
    light: frozenset[str]
    common: frozenset[str]
    offers: frozenset[str]
    dealt: frozenset[str]
    struck: frozenset[str]
    shared: frozenset[str]
    deeds: frozenset[str]
    owned: frozenset[str]
    same: dict[str, str]
    kin: dict[str, tuple[str, ...]]
    deal: dict[str, str]
    names: dict[str, tuple[DisputeName, ...]]
    claim_verbs: frozenset[str]
    held: frozenset[str]
    assert_verbs: frozenset[str]
    titles: frozenset[str]
    regard_verbs: frozenset[str]
    grounds: dict[str, tuple[tuple[str, ...], ...]]


@cache
def issue_lexicon() -> IssueLexicon:
    """Load the lexicon once."""
    data = tomllib.loads(files("communique").joinpath("lexicon", "issues.toml").read_text(encoding="utf-8"))
    tokens = {key: frozenset(values) for key, values in data["words"].items() if key not in ("same", "kin")}
    names: dict[str, list[DisputeName]] = {}
    for entry in data["known"]:
        split = [name_words(text) for text in entry["names"]]
        known = Known(
            entry["id"],
            frozenset(entry["claimants"]),
            frozenset(normal(parts[-1]) for parts in split),
            frozenset(normal(word) for parts in split for word in parts),
        )
        for weak in (False, True):
            for text in entry.get("weak" if weak else "names", ()):
                parts = name_words(text)
                names.setdefault(parts[0], []).append(DisputeName(parts, known, weak))
    claims = data["claims"]
    grounds: dict[str, list[tuple[str, ...]]] = {}
    for phrase in claims["grounds"]:
        parts = tuple(phrase.split())
        grounds.setdefault(parts[0], []).append(parts)
    return IssueLexicon(
        **tokens,
        same={word: group[0] for group in data["words"]["same"] for word in group},
        deal={word: group[0] for group in data["words"]["kin"][:1] for word in group},
        kin={word: tuple(group) for group in data["words"]["kin"] for word in group},
        names={key: tuple(sorted(found, key=lambda n: -len(n.tokens))) for key, found in names.items()},
        claim_verbs=frozenset(claims["verb"]),
        held=frozenset(claims["held"]),
        assert_verbs=frozenset(claims["assert"]),
        titles=frozenset(claims["title"]),
        regard_verbs=frozenset(claims["regard"]),
        grounds={key: tuple(sorted(found, key=len, reverse=True)) for key, found in grounds.items()},
    )


def name_words(text: str) -> tuple[str, ...]:
    """Split a name as the tokeniser would: possessives and hyphens stand alone."""
    return tuple(text.lower().replace("’", "'").replace("'s ", " 's ").replace("-", " - ").split())


@lru_cache(maxsize=20_000)
def normal(word: str) -> str:
    """Return a lower-case noun in the singular and in one spelling."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith(_PLURAL_ENDINGS):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(_NO_PLURAL_ENDINGS):
        word = word[:-1]
    if word.endswith("isation"):
        word = word[:-7] + "ization"
    elif word == "programme":
        word = "program"
    return word
