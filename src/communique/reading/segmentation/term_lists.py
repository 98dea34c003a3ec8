"""Terms told as a list: "set three conditions for a truce: ...", bullets and numbers below "its demands:".

What stands in such a list is what somebody asks for or a draft provides, not what those named in it have said.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from communique.lexicon import listed
from communique.reading.grammar.labels import FINITE
from communique.reading.grammar.subjects import active_subject
from communique.reading.tokens import Tokens, TokenSpan

_TERMS = listed("conditions", "term_lists", "terms")
_PLANS = listed("conditions", "term_lists", "plans")
_TO_WHAT = listed("conditions", "term_lists", "to_what")
_BY = listed("cues", "bare_quotations", "whose_reply")
_HAVING = listed("conditions", "term_lists", "having")
_BULLET = re.compile(r"[ \t]*(?:[•‣▪●◦*·]|[-–—](?=\s)|\(?\d{1,2}[.)]|\(?[a-z]\)|[a-z]\.(?=\s))[ \t]+")
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})\)")
_REACH = 30
_LONGEST = 400
_FEWEST = 2

_LINE_END = 80
"""Characters after a colon within which its line has to end."""
_VERB_WITHIN = 12
"""Words of an item within which its finite verb stands."""


@dataclass(frozen=True, slots=True)
class TermList:
    """A list of terms: the noun that announces it, the items and, where told, what they are for and whose.

    ``binding`` is False for what a plan or a draft provides: nobody sets that as a condition.
    """

    noun: int
    items: tuple[TokenSpan, ...]
    goal: TokenSpan | None
    holder: int | None
    verb: int | None
    binding: bool


def term_lists(tokens: Tokens) -> list[TermList]:
    """Return the lists of terms of a text, in order."""
    return list(_lists(tokens))


def in_items(lists: list[TermList], token: int) -> bool:
    """Tell whether a token stands in an item of a list."""
    return any(start <= token < end for one in lists for start, end in one.items)


def _lists(tokens: Tokens) -> Iterator[TermList]:
    done = 0
    for colon in [i for i, low in enumerate(tokens.lower) if low == ":"]:
        if colon < done:
            continue
        found = _announcing(tokens, colon)
        if found is None:
            continue
        items = _bulleted(tokens, colon) or _inline(tokens, colon)
        noun, binding = found
        if len(items) < _FEWEST and not (items and _bulleted(tokens, colon)):
            continue
        if not binding and not _bulleted(tokens, colon):
            continue
        holder, verb = _holder(tokens, noun)
        yield TermList(noun, items, _goal(tokens, noun, colon), holder, verb, binding)
        done = items[-1][1]


def _announcing(tokens: Tokens, colon: int) -> tuple[int, bool] | None:
    """Return the noun before a colon that announces terms, and whether they bind: "its demands", "the draft says"."""
    first = max(tokens.sentences[tokens.sentence[colon]][0], colon - _REACH)
    plan: int | None = None
    for i in range(colon - 1, first - 1, -1):
        if tokens.text[i] in (".", ";", '"') or "\n" in tokens.text[i]:
            break
        if tokens.lower[i] in _TERMS:
            return i, True
        if tokens.lower[i] in _PLANS and plan is None:
            plan = i
        elif plan is not None and tokens.pos[i] in ("VERB", "AUX"):
            break  # "its terms for the deal" has no verb between them
    return None if plan is None else (plan, False)


def _goal(tokens: Tokens, noun: int, colon: int) -> TokenSpan | None:
    """Return what the terms are for: "for a return to the talks"."""
    if noun + 2 >= colon or tokens.lower[noun + 1] not in _TO_WHAT:
        return None
    end = next(
        (t for t in range(noun + 2, colon) if tokens.text[t] in (",", "—", "–") or tokens.tag[t] in FINITE), colon
    )
    return (noun + 2, end) if end > noun + 2 else None


def _holder(tokens: Tokens, noun: int) -> tuple[int | None, int | None]:
    """Return whose terms they are, and the verb that puts them: "Israel set ...", "Iran's demands"."""
    verb = tokens.head[noun]
    subject = None
    if tokens.pos[verb] in ("VERB", "AUX") and tokens.lemma[verb] in _HAVING and verb < noun:
        subject = active_subject(tokens, verb)
        if subject is not None:
            return subject, verb
    owner = tokens.child(noun, "poss")
    if owner is None:
        by = next((c for c in tokens.children[noun] if tokens.lower[c] in _BY and c > noun), None)
        owner = None if by is None else tokens.child(by, "pobj")
    return owner, None


def _bulleted(tokens: Tokens, colon: int) -> tuple[TokenSpan, ...]:
    """Return the lines below a colon that open with bullets or numbers."""
    text, at = tokens.doc_text, tokens.end[colon]
    items: list[TokenSpan] = []
    if text[at : at + _LINE_END].strip(" \t")[:1] not in ("\n", "\r"):
        return ()
    for line in re.finditer(r"[^\n]*(?:\n|$)", text[at:]):
        row = line.group()
        if not row.strip():
            if line.end() >= len(text) - at:
                break
            continue
        mark = _BULLET.match(row)
        if mark is None:
            break
        start = bisect_left(tokens.start, at + line.start() + mark.end())
        end = bisect_left(tokens.start, at + line.start() + len(row.rstrip()))
        item = _trimmed(tokens, start, end)
        if item is not None:
            items.append(item)
    return tuple(items)


def _inline(tokens: Tokens, colon: int) -> tuple[TokenSpan, ...]:
    """Return the items that follow a colon in its line: numbered, between semicolons, or joined by commas and "and"."""
    end = colon + 1
    while end < min(tokens.n, colon + _LONGEST):
        if "\n" in tokens.text[end] or tokens.text[end] in ("!", "?", '"') or _full_stop(tokens, end):
            break
        end += 1
    if end <= colon + 1 or tokens.text[colon + 1] == '"':
        return ()
    cuts = _numbers(tokens, colon + 1, end)
    if not cuts:
        cuts = [(t, t + 1) for t in range(colon + 1, end) if tokens.text[t] == ";"]
    if not cuts:
        cuts = _joints(tokens, colon + 1, end)
    items: list[TokenSpan] = []
    start = colon + 1
    for a, b in [*cuts, (end, end)]:
        item = _trimmed(tokens, start, a)
        if item is not None:
            items.append(item)
        start = b
    return tuple(items)


def _full_stop(tokens: Tokens, t: int) -> bool:
    return tokens.text[t] == "." and (
        t + 1 >= tokens.n or tokens.text[t + 1][:1].isupper() or tokens.pos[t + 1] in ("SPACE", "PUNCT")
    )


def _numbers(tokens: Tokens, start: int, end: int) -> list[TokenSpan]:
    """Return the marks "(1)", "b)" between items, as token ranges."""
    found: list[TokenSpan] = []
    for t in range(start, end):
        for size in (3, 2, 1):
            last = t + size
            whole = tokens.doc_text[tokens.start[t] : tokens.end[last - 1]] if last <= end else ""
            if _NUMBER.fullmatch(whole):
                if not found or t >= found[-1][1]:
                    found.append((t, last))
                break
    return found if len(found) >= _FEWEST else []


def _joints(tokens: Tokens, start: int, end: int) -> list[TokenSpan]:
    """Return the commas and "and" that part whole items: each side opens as an item does."""
    depth = 0
    found: list[TokenSpan] = []
    for t in range(start, end):
        depth += (tokens.text[t] in ("(", "[")) - (tokens.text[t] in (")", "]"))
        if depth:
            continue
        if tokens.text[t] == "," and t + 1 < end:
            after = t + 1 + (tokens.lower[t + 1] == "and")
            if after < end and _opens(tokens, start, after, end):
                found.append((t, after))
        elif tokens.lower[t] == "and" and tokens.text[t - 1] != "," and _opens(tokens, start, t + 1, end):
            found.append((t, t + 1))
    return found


def _opens(tokens: Tokens, first: int, t: int, end: int) -> bool:
    """Tell whether an item can open at a token, as the first one does: a clause, a noun phrase, an infinitive."""
    if t >= end:
        return False
    if _clausal(tokens, first, end):
        return _clausal(tokens, t, end)
    if tokens.pos[first] == "DET" or tokens.pos[t] == "DET":
        return tokens.pos[t] == "DET"
    return (
        tokens.tag[first] == tokens.tag[t] or tokens.tag[first] in ("VBG", "TO") and tokens.tag[t] == tokens.tag[first]
    )


def _clausal(tokens: Tokens, t: int, end: int) -> bool:
    """Tell whether a subject and its finite verb open at a token."""
    for k in range(t, min(end, t + _VERB_WITHIN)):
        if tokens.tag[k] in FINITE:
            return k > t
        if tokens.text[k] == "," or tokens.lower[k] in ("and", "that"):
            return False
    return False


def _trimmed(tokens: Tokens, start: int, end: int) -> TokenSpan | None:
    while start < end and (
        tokens.pos[start] in ("PUNCT", "SPACE") or tokens.lower[start] in ("and", "that", "•", "-", "*")
    ):
        start += 1
    while start < end and (tokens.pos[end - 1] in ("PUNCT", "SPACE", "CCONJ")):
        end -= 1
    return (start, end) if end > start else None
