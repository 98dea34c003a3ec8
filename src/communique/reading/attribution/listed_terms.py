"""Terms told as a list as attributions: who sets them is the source, the items are the content."""

from __future__ import annotations

from collections.abc import Iterator

from communique.model import Mode
from communique.reading.attribution.candidates import Candidate, noun_phrase
from communique.reading.constructions import Construction
from communique.reading.grammar.token_ranges import ranges
from communique.reading.segmentation.term_lists import TermList, in_items
from communique.reading.tokens import Tokens

LISTED = "listed"
"""The variant of a noun's construction by which its fixed score is known."""


def listed_candidates(tokens: Tokens, lists: list[TermList]) -> Iterator[Candidate]:
    """Yield one candidate for each list of terms whose holder is told."""
    for terms in lists:
        if terms.holder is None or not terms.binding:
            continue
        source = noun_phrase(tokens, terms.holder)
        members = [terms.noun] if terms.verb is None else [terms.verb, terms.noun]
        if source[0] <= terms.noun < source[1]:
            continue
        yield Candidate(
            (source,),
            terms.holder,
            ranges(members),
            terms.noun,
            terms.items,
            None,
            Construction.NOUN,
            "directive",
            Mode.SAID,
            LISTED,
        )


def is_item(tokens: Tokens, lists: list[TermList], c: Candidate) -> bool:
    """Tell whether a candidate's own words are an item of a list: asked for or provided, not said."""
    if not in_items(lists, c.cue_head) or tokens.pos[c.cue_head] not in ("VERB", "AUX"):
        return False
    return c.source_head is None or in_items(lists, c.source_head)
