"""Those who serve a town: its governor and its police are of the town's state, whichever the report is about."""

from __future__ import annotations

from dataclasses import dataclass

from communique.lexicon import listed
from communique.lexicon.cities import states_of_city
from communique.reading.entities.gazetteer import coded_states
from communique.reading.entities.noun_phrases import Phrase
from communique.reading.entities.registry import EntityRegistry
from communique.reading.entities.whereabouts import state_of_town
from communique.reading.tokens import Tokens

_CITY_HEADS = listed("entities", "city_heads")
_LONGEST = 3


@dataclass(frozen=True, slots=True)
class Town:
    """A town's name as the report has it, and its state's id; None where that is not known."""

    name: str
    state: str | None

    @property
    def country(self) -> str | None:
        """The code of its state, None where that has none."""
        return self.state.upper() if self.state and self.state in coded_states() else None


def town_served(registry: EntityRegistry, p: Phrase) -> Town | None:
    """Return the town whose office or body a phrase names, "Lviv's governor", "Lviv's police"; None where none is.

    Of several states that have a town of the name it is the one that the report names, else the one that the name
    alone means.
    """
    tokens = registry.tokens
    if tokens.lower[p.head] not in _CITY_HEADS:
        return None
    for match in p.owners:
        if match.entry.sort == "city" and match.end < p.end:
            country = match.entry.country
            return Town(tokens.surface((match.start, match.end)), country.lower() if country else None)
    if p.possessor is None or tokens.pos[p.possessor] != "PROPN":
        return None
    for start in range(max(0, p.possessor - _LONGEST + 1), p.possessor + 1):
        if not _one_name(tokens, start, p.possessor):
            continue
        name = tokens.surface((start, p.possessor + 1))
        if states_of_city(name):
            return Town(name, state_of_town(registry, name))
    return None


def _one_name(tokens: Tokens, start: int, end: int) -> bool:
    return all(tokens.pos[t] == "PROPN" and tokens.text[t][:1].isupper() for t in range(start, end + 1))
