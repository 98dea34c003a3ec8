"""The readers that come along, by name: which parts each puts in the place of the default ones."""

from __future__ import annotations

from enum import StrEnum


class ReaderName(StrEnum):
    """A reader that comes along."""

    RULES = "rules"
    """The rules alone find who said what."""
    LEARNED = "learned"
    """The rules, and beside them the learned reader of attributions."""


def parts_of(name: ReaderName | None) -> dict[str, dict[str, str]]:
    """Return the parts of a reader by stage and kind; none of its own for the default one."""
    if name is None:
        return {}
    both = name is ReaderName.LEARNED
    return {
        "communique_statements": {
            "extractor": "attribution.rules-and-learned" if both else "attribution.rules",
            "scorer": "attribution.fitted-and-learned" if both else "attribution.fitted",
        }
    }
