"""Whom the heading of a transcript names: "A:", "MINISTER:" and a family name alone are that person's."""

from __future__ import annotations

import re
from functools import cache

from communique.lexicon import listed, load

_LONGEST = 600  # characters
_MOST_OFFICE = 9  # words of an office with its state
_MOST_NAMES = 4  # words of a name
_WORD = re.compile(r"[^\s,()\[\]–—:;]+|[,()\[\]–—:;]")

_TITLE_WORDS = 5
"""Words after a name within which its title stands."""


def heading_names(heading: str) -> tuple[tuple[str, str], ...]:
    """Return the people whom a heading names, each as the title's last word in small letters and "title name".

    As in "Foreign Ministry Spokesperson Lin Qiao's Regular Press Conference", "Remarks by Ann Lee, Minister of Trade",
    "FOREIGN MINISTER THE HON MARGARET LOWE MP", "Interview with Ann Lee"; a title is "" where there is none.
    """
    found: dict[str, tuple[str, str]] = {}
    lines = [_WORD.findall(line) for line in heading[:_LONGEST].splitlines() if line.strip()]
    for k, line in enumerate(lines):
        for title, office, name in _in_line(line) or _above(line, lines[k + 1] if k + 1 < len(lines) else []):
            key = surname_of(name).lower()
            if key not in found or not found[key][0]:
                found[key] = (title, f"{office} {name}".strip())
    return tuple(found.values())


def _in_line(words: list[str]) -> list[tuple[str, str, str]]:
    """Return title, office and name of each person whom a line names."""
    titles = listed("issued_documents", "turns", "titles")
    found: list[tuple[str, str, str]] = []
    for i, word in enumerate(words):
        low = word.lower()
        if low in titles:
            office = _office(words, i)
            name = _name(words, i + 1)
            after = _of_state(words, i + 1, name)
            name = name or _set_off(words, i)
            if not name:
                name, after = _after_state(words, i)
            if name:
                found.append((low, office, f"{name}{after}"))
        elif low in listed("issued_documents", "headings", "with_names") and not _title_after(words, i + 1):
            name = _name(words, i + 1)
            if len(name.split()) > 1 and words[i + 1 + len(name.split()) : i + 2 + len(name.split())] != [","]:
                found.append(("", "", name))
    return found


def _above(line: list[str], below: list[str]) -> list[tuple[str, str, str]]:
    """As in "THE HON RUTH PATEL" with "Minister for Trade" on the next line: a name over its office."""
    title = next((w.lower() for w in below[:3] if w.lower() in listed("issued_documents", "turns", "titles")), "")
    name = _name(line, 0)
    bare = [w for w in line if w.lower() not in listed("issued_documents", "turns", "courtesy")]
    whole = len(name.split()) > 1 and name.lower().split() == [w.lower() for w in bare]
    return [(title, "", name)] if title and whole else []


def surname_of(name: str) -> str:
    """Return the last word of a name without the state that may follow it: "Petra Novak of Slovakia"."""
    return name.split(" of ")[0].split()[-1]


def _of_state(words: list[str], start: int, name: str) -> str:
    """As in "President Ann Lee of Slovakia": the words after the name."""
    while name and start < len(words) and _plain(words[start]) != name.split()[0]:
        start += 1
    end = start + len(name.split())
    told = name and words[end : end + 1] == ["of"] and words[end + 1 : end + 2]
    return f" of {words[end + 1]}" if told and words[end + 1][:1].isupper() else ""


def _plain(word: str) -> str:
    return word.capitalize() if word.isupper() and len(word) > 1 else word


def _name(words: list[str], start: int) -> str:
    """Return the capitalised words that begin at a place, forms of address left out."""
    skipped = listed("issued_documents", "turns", "courtesy") | listed("issued_documents", "turns", "links")
    while start < len(words) and words[start].lower() in skipped and words[start].lower() not in ("of", "for"):
        start += 1
    name: list[str] = []
    for word in words[start : start + _MOST_NAMES]:
        bare = re.sub(r"['’][sS]?$", "", word)
        stop = listed("issued_documents", "headings", "no_names") | listed("issued_documents", "turns", "titles")
        if not bare[:1].isupper() or bare.lower() in stop:
            break
        name.append(_plain(bare))
        if bare != word:
            break
    return " ".join(name)


def _office(words: list[str], at: int) -> str:
    """Return the title with the words that belong to it before it."""
    before = listed("issued_documents", "turns", "before_titles") | listed("issued_documents", "headings", "offices")
    first = at
    while first > 0 and words[first - 1][:1].isupper() and words[first - 1].lower() in before:
        first -= 1
    if first > 0 and _plain(words[first - 1]) in _nations():
        first -= 1
    return " ".join(_plain(w) for w in words[first : at + 1])


@cache
def _nations() -> frozenset[str]:
    """Return the words for what is of a state: "Danish"."""
    return frozenset(people for row in load("states")["states"].values() for people in row.get("people", ()))


def _set_off(words: list[str], at: int) -> str:
    """As in "Ann Lee, Minister of Trade": the name before the comma."""
    comma = max((k for k in range(max(0, at - 4), at) if words[k] in (",", "–", "—", ":")), default=None)
    if comma is None:
        return ""
    first = comma
    stop = listed("issued_documents", "headings", "no_names") | listed("issued_documents", "turns", "titles")
    while first > 0 and comma - first < _MOST_NAMES and words[first - 1][:1].isupper():
        if words[first - 1].lower() in stop:
            break
        first -= 1
    name = " ".join(_plain(w) for w in words[first:comma])
    return name if len(name.split()) > 1 else ""


def _after_state(words: list[str], at: int) -> tuple[str, str]:
    """As in "Ambassador of Malta to Kenya, Ann Lee": the name after the office's comma, and its "of Malta"."""
    comma = next((k for k in range(at + 1, min(len(words), at + _MOST_OFFICE)) if words[k] == ","), None)
    if comma is None or words[at + 1] not in listed("issued_documents", "headings", "after_offices"):
        return "", ""
    name = _name(words, comma + 1)
    if len(name.split()) < 2:
        return "", ""
    return name, f" of {words[at + 2]}" if words[at + 1] == "of" and words[at + 2][:1].isupper() else ""


def _title_after(words: list[str], start: int) -> bool:
    titles = listed("issued_documents", "turns", "titles")
    return any(w.lower() in titles for w in words[start : start + _TITLE_WORDS])
