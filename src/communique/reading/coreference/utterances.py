"""Whom words about words mean: "remarks in which he said", "the statement said", and who is quoted naming whom."""

from __future__ import annotations

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.reading.entities.registry import EntityRegistry

_BY = listed("cues", "bare_quotations", "whose_reply")
_STEPS = 6
_NEAR = 4


def author_of_remarks(registry: EntityRegistry, i: int) -> str | None:
    """Return whose remarks they are in which "he" says something: "Modi's remarks in which he had said ..."."""
    tokens = registry.tokens
    node = i
    for _ in range(_STEPS):
        if tokens.dep[node] == "relcl":
            break
        if tokens.head[node] == node:
            return None
        node = tokens.head[node]
    noun = tokens.head[node]
    if tokens.dep[node] != "relcl" or tokens.lemma[noun] not in cues().sets["utterances"] | cues().sets["issued"]:
        return None
    owner = tokens.child(noun, "poss")
    if owner is None:
        by = next((c for c in tokens.children[noun] if tokens.lower[c] in _BY and c > noun), None)
        owner = None if by is None else tokens.child(by, "pobj")
    return None if owner is None else registry.heads.get(owner) or registry.actor_of.get(owner)


def named_in_quotation(registry: EntityRegistry, i: int) -> set[str]:
    """Return the persons whom the words just quoted name: "“I expected it of Mr Tatar,” he said" is another."""
    tokens = registry.tokens
    if registry.quote[i] >= 0:
        return set()
    near = {registry.quote[k] for k in range(max(0, i - _NEAR), i) if tokens.sentence[k] == tokens.sentence[i]} - {-1}
    if not near or tokens.lemma[tokens.head[i]] not in cues().strong:
        return set()
    return {
        m.entity
        for m in registry.before(i)
        if m.quote in near and registry.entities[m.entity].personal and tokens.pos[m.head] == "PROPN"
    }
