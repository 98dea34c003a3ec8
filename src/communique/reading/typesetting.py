"""What setting a text has done to its words, undone for the model: soft hyphens, ligatures, parted words, "&amp;".

The copy that comes out is of another length; where each of its characters stands in the text as given is told with it.
"""

from __future__ import annotations

import re

from communique.lexicon import listed

_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060"
_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
_PARTED = r"(?<=[a-z])[-\u00ad](?:\r\n?|\n)(?=[a-z])"
_AND = "&amp;"
_SET = re.compile(rf"{_PARTED}|{_AND}|[{_UNSEEN}{''.join(_LIGATURES)}]")
_FIRST_PART = re.compile(r"[A-Za-z]+$")
_REST = re.compile(r"[a-z]+")
_NEXT_SPACE = re.compile(r"\s")

_LONGEST_PART = 30
"""Characters before a hyphen that are looked at for a word's first part."""


def undone(text: str) -> tuple[str, list[int] | None]:
    """Return the text as it was before it was set, and the place of each character in the text as given.

    The places are None where nothing had to be undone. A line's end inside a word moves behind it.
    """
    if not _SET.search(text):
        return text, None
    made: list[str] = []
    places: list[int] = []
    moved: dict[int, int] = {}
    at = 0

    def keep(start: int, end: int) -> None:
        for i in range(start, end):
            made.append("\n" if i in moved else text[i])
            places.append(i)

    for found in _SET.finditer(text):
        start, end = found.span()
        keep(at, start)
        at = end
        sign = found.group()
        if sign in _LIGATURES:
            made.extend(_LIGATURES[sign])
            places.extend([start] * len(_LIGATURES[sign]))
        elif sign == _AND:
            made.append("&")
            places.append(start)
        elif len(sign) > 1:
            if sign[0] == "-" and _is_compound(text, start, end):
                keep(start, start + 1)
            after = _NEXT_SPACE.search(text, end)
            if after is not None:
                moved[after.start()] = start
        elif _stands_for_a_space(text, start):
            made.append(" ")
            places.append(start)
    keep(at, len(text))
    return "".join(made), places


def _stands_for_a_space(text: str, i: int) -> bool:
    """A zero-width space before a capital parts two words; inside one it only lets the line break."""
    if text[i] != "\u200b" or not 0 < i < len(text) - 1:
        return False
    return text[i - 1].isalnum() and text[i + 1].isupper()


def _is_compound(text: str, start: int, end: int) -> bool:
    """Tell whether a hyphen at a line's end is the word's own, as in "well-known"."""
    first = _FIRST_PART.search(text, max(0, start - _LONGEST_PART), start)
    rest = _REST.match(text, end)
    if first is None or rest is None:
        return False
    if first.group().lower() in listed("pages", "hyphenated"):
        return True
    return f"{first.group()}-{rest.group()}" in text
