"""Resolutions: a body on a line of its own, what it recalls, and what it decides, a verb without a subject each."""

from __future__ import annotations

import re
from functools import cache

from communique.lexicon import alternatives, listed
from communique.model import Span
from communique.reading.annotations import Document, DocumentKind

_BODY = re.compile(
    r"(?m)^[ \t]*(?P<who>The [A-Z][^\n,.:;()]{2,100}),[ \t]*$"
    r"|^[ \t]*(?:Resolved|RESOLVED|Be it resolved)\b[^\n.;]{0,80}?,? [Tt]hat (?P<house>[Tt]he [A-Z][^\n,.:;()]{2,60}?)"
    r"[ \t]*[—–:-]{1,2}[ \t]*(?=$|\(1\))"
)
_PARAGRAPH = re.compile(r"[^\n\r\u2029]+")
_NEAR = 1500


def find_resolution(text: str) -> Document | None:
    """Return the resolution that a text is, its body as the issuer; None where it is none."""
    body = _BODY.search(text[:_NEAR])
    if body is None:
        return None
    lines = [m.group().strip() for m in _PARAGRAPH.finditer(text, body.end())]
    recalls = any(_first(line) in listed("issued_documents", "resolutions", "preamble") for line in lines)
    decides = operative_verbs(text, body.end())
    if not decides or not (recalls or len(decides) > 1):
        return None
    who = "who" if body["who"] else "house"
    return Document(DocumentKind.RESOLUTION, (body[who],), Span(body.end(), len(text)), mention=Span(*body.span(who)))


def _first(line: str) -> str:
    return re.sub(r"[^\w]", "", line.split()[0]).lower() if line.split() else ""


def operative_verbs(text: str, start: int = 0) -> list[tuple[Span, Span]]:
    """Return, for each operative paragraph, the characters of its number, empty where it has none, and of its verb."""
    return [(Span(*m.span("number")), Span(*m.span("verb"))) for m in _operative().finditer(text, start)]


@cache
def _operative() -> re.Pattern[str]:
    adverbs = alternatives("issued_documents", "resolutions", "adverbs")
    verbs = alternatives("issued_documents", "resolutions", "operative")
    return re.compile(
        r"(?m)^[ \t]*(?P<number>(?:\d{1,3}[.)]|\((?:[a-z]{1,3}|\d{1,2})\))?)[ \t]*"
        rf"(?P<verb>(?:(?i:{adverbs})\s+){{0,3}}(?i:{verbs})(?:[ \t]+(?:ON|UPON|THAT|FOR|TO))?)\b(?=[ \t])"
    )


def spoken_copy(text: str) -> str:
    """Return a resolution's text, of the same length, with "It" for the numbers and operative verbs in small letters.

    So the model takes "2. Calls upon Mali to" for a sentence; at its head it would take "Calls" for a noun.
    """
    found = find_resolution(text)
    if found is None:
        return text
    made = list(text)
    for number, verb in operative_verbs(text, found.body.start):
        made[verb.start : verb.end] = text[verb.start : verb.end].lower()
        if number.end - number.start >= 2:
            made[number.start : number.end] = "It".ljust(number.end - number.start)
    return "".join(made)
