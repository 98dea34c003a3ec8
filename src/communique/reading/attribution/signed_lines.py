"""Headlines signed at their end: "Serbia and Kosovo fail to agree: Vucic", "Turkey will back the bid -Erdogan"."""

from __future__ import annotations

from collections.abc import Iterator

from communique.lexicon import listed
from communique.model import Mode
from communique.reading.attribution.candidates import Candidate
from communique.reading.constructions import Construction
from communique.reading.grammar.labels import FINITE
from communique.reading.grammar.token_ranges import trim
from communique.reading.tokens import Tokens

_SIGNERS = listed("cues", "bare_quotations", "signers")
_MARKS = frozenset((":", "-", "–", "—", "--"))
_VERBS = FINITE | {"VBG", "VBN", "TO"}
_LONGEST = 4
_SHORTEST = 3


def signed_candidates(tokens: Tokens) -> Iterator[Candidate]:
    """Yield a candidate for each line without a full stop that ends in a mark and a name."""
    start = 0
    for i in range(tokens.n + 1):
        if i < tokens.n and not (tokens.pos[i] == "SPACE" and "\n" in tokens.text[i]):
            continue
        yield from _signed(tokens, start, i)
        start = i + 1


def _signed(tokens: Tokens, first: int, last: int) -> Iterator[Candidate]:
    mark = next(
        (t for t in range(last - 2, max(first + _SHORTEST, last - _LONGEST - 2), -1) if _parts(tokens, t)), None
    )
    if mark is None or tokens.text[last - 1] in {".", "!", "?", '"', ","}:
        return
    name = range(mark + 1, last)
    known = all(tokens.text[t][0].isupper() and (tokens.tag[t] == "NNP" or tokens.entity[t]) for t in name)
    if not name or not (known or tokens.lower[last - 1] in _SIGNERS):
        return
    if not any(tokens.tag[t] in _VERBS for t in range(first, mark)) or any(
        tokens.text[t] in {".", ":", '"'} for t in range(first, mark)
    ):
        return
    content = trim(tokens, (first, mark))
    source, cue = ((mark + 1, last),), ((mark, mark + 1),)
    form = Construction.HEADLINE_LINE
    yield Candidate(source, last - 1, cue, mark, (content,), None, form, "say", Mode.SAID, variant="signed")


def _parts(tokens: Tokens, t: int) -> bool:
    """Tell whether a mark parts a name from the line: a hyphen only where it does not join two words."""
    if tokens.text[t] not in _MARKS:
        return False
    return tokens.text[t] != "-" or not tokens.joined(t)
