"""Find what stands between quotation marks, whatever their style.

Marks that show their direction (curly, guillemets, corner brackets) are taken at their word where the text around them
agrees; straight marks open before a word and close after one. An opening mark at the head of a paragraph, while a
quotation of the paragraph before is still open, continues that quotation. One without a closing mark ends with its
paragraph and says so; no mark is ever allowed to swallow the rest of a report.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from communique.reading.annotations import Quotation
from communique.reading.grammar.auxiliaries import is_finite
from communique.reading.grammar.possessives import makes_owner
from communique.reading.protocols import Extractor
from communique.reading.segmentation.paragraphs import LINE_END, breaks_at_newline
from communique.reading.tokens import Tokens

_DOUBLE = {'"', "“", "”", "„", "«", "»", "''", "``", "‟", "「", "」", "『", "』", "＂"}
_SINGLE = {"'", "‘", "’", "‚", "‹", "›", "`"}
_OPENERS = {"“", "„", "«", "``", "‘", "‚", "‹", "「", "『", "`", "‟"}
_CLOSERS = {"”", "»", "’", "›", "」", "』"}
_BEFORE_OPENING = set("([{—–-/:") | {"…"}
_AFTER_CLOSING = ",.;:!?"
_SCARE_LENGTH = 5


@dataclass(frozen=True, slots=True)
class _Mark:
    token: int
    family: str
    opens: bool
    closes: bool


def marks() -> Extractor[Quotation]:
    """Make the extractor that pairs quotation marks."""
    return lambda text: find_quotations(text.tokens)


def find_quotations(tokens: Tokens) -> tuple[Quotation, ...]:
    """Return the text's quotations in order of their start, outer before inner."""
    found: list[Quotation] = []
    carried: str | None = None
    for first, last in paragraphs(tokens):
        carried = _in_paragraph(tokens, first, last, carried, found)
    found.sort(key=lambda q: (q.start, -q.end))
    return tuple(found)


def paragraphs(tokens: Tokens) -> list[tuple[int, int]]:
    """Return the token ranges of the text's paragraphs, break tokens left out."""
    single = breaks_at_newline(tokens.doc_text)
    ranges: list[tuple[int, int]] = []
    opened = 0
    for i, pos in enumerate(tokens.pos):
        if pos != "SPACE":
            continue
        gap = tokens.text[i]
        newlines = 2 if "\u2029" in gap else len(LINE_END.findall(gap))
        if newlines > 1 or (newlines and single):
            if i > opened:
                ranges.append((opened, i))
            opened = i + 1
    if opened < tokens.n:
        ranges.append((opened, tokens.n))
    return ranges


def _in_paragraph(tokens: Tokens, first: int, last: int, carried: str | None, found: list[Quotation]) -> str | None:
    """Pair one paragraph's marks; return the family left open at its end."""
    stack: list[tuple[int, str, bool]] = []
    marks = _marks(tokens, first, last)
    open_now: Counter[str] = Counter()
    last_closing = {mark.family: k for k, mark in enumerate(marks) if mark.closes}
    for k, mark in enumerate(marks):
        inside = open_now[mark.family] > 0
        if carried == mark.family and k == 0 and not inside and not mark.opens:
            # The paragraph goes on inside a quotation without repeating the opening mark.
            stack.append((first, mark.family, True))
            open_now[mark.family] += 1
            inside = True
        if mark.closes and inside and not (mark.opens and _certain_opening(tokens, mark.token, stack)):
            _close(tokens, stack, mark, found, open_now)
        elif mark.opens and not (mark.family == "single" and last_closing.get("single", -1) <= k):
            stack.append((mark.token, mark.family, False))
            open_now[mark.family] += 1
    left = None
    for depth, (start, family, _) in enumerate(stack):
        if family == "single" and depth > 0:
            continue
        left = left or family
        found.append(Quotation(start, last, depth=depth, closed=False))
        break
    return left


def _close(
    tokens: Tokens,
    stack: list[tuple[int, str, bool]],
    mark: _Mark,
    found: list[Quotation],
    open_now: Counter[str],
) -> None:
    while stack:
        start, family, _ = stack.pop()
        open_now[family] -= 1
        if family == mark.family:
            end = mark.token + 1
            found.append(Quotation(start, end, depth=len(stack), scare=_is_scare(tokens, start, end)))
            return


def _certain_opening(tokens: Tokens, token: int, stack: list[tuple[int, str, bool]]) -> bool:
    return tokens.doc_text[tokens.start[token]] in _OPENERS and tokens.doc_text[tokens.start[stack[-1][0]]] != "„"


def _marks(tokens: Tokens, first: int, last: int) -> list[_Mark]:
    text, given = tokens.text, tokens.doc_text
    marks: list[_Mark] = []
    for i in range(first, last):
        token = text[i]
        if len(token) > 2 or not token or token[0] not in "\"'`“”„‟«»‘’‚‹›「」『』＂":
            continue
        start, end = tokens.start[i], tokens.end[i]
        char = given[start:end]
        if char in _DOUBLE:
            family = "double"
        elif char in _SINGLE:
            family = "single"
        else:
            continue
        opens, closes = _sides(tokens, i, char, family)
        if family == "double" and i == last - 1 and i > first:
            closes = True  # also after a stray space: 'we will act. "'
        if i == first and not given[end : end + 1].isspace() and end < len(given):
            opens, closes = True, False
        if opens or closes:
            marks.append(_Mark(i, family, opens, closes))
    return marks


def _sides(tokens: Tokens, i: int, char: str, family: str) -> tuple[bool, bool]:
    """Tell whether the mark at token i can open and whether it can close, by what stands beside it."""
    given, start, end = tokens.doc_text, tokens.start[i], tokens.end[i]
    before = given[start - 1] if start else " "
    after = given[end] if end < len(given) else " "
    opens = (before.isspace() or before in _BEFORE_OPENING or before in "\"'“‘") and not after.isspace()
    closes = not before.isspace() and (not after.isalnum() or before in ".,!?;:…")
    if family == "single":
        closes = closes and not after.isalnum() and not _possessive(tokens, i)
        opens = opens and char != "’"
    elif char in "«»" and ((before + after).strip() != before + after or after in _AFTER_CLOSING):
        return _guillemet(char, before, after)
    elif char in _OPENERS and not after.isspace():
        opens, closes = True, closes and char == "“"
    elif char in _CLOSERS and not before.isspace():
        closes, opens = True, opens and char in "»”" and before.isspace()
    return opens, closes


def _guillemet(char: str, before: str, after: str) -> tuple[bool, bool]:
    """Guillemets point either way, "« so »" and "»so«", and French ones stand apart from what they hold."""
    if after in _AFTER_CLOSING:
        return False, True
    if before.isspace() and after.isspace():
        return char == "«", char == "»"
    return before.isspace(), after.isspace()


def _possessive(tokens: Tokens, i: int) -> bool:
    """A plural's apostrophe ("the voters' choice") looks like a closing mark."""
    return i > 0 and makes_owner(tokens, i) and tokens.lower[i - 1].endswith("s")


def _is_scare(tokens: Tokens, start: int, end: int) -> bool:
    inner = range(start + 1, end - 1)
    if len(inner) > _SCARE_LENGTH:
        return False
    return not any(is_finite(tokens, i) for i in inner) and tokens.text[end - 2] not in {
        ",",
        ".",
        "!",
        "?",
    }
