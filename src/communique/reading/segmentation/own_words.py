"""Whether a text speaks for itself: in the first person, or at least without a reporter's "said"."""

from __future__ import annotations

import re
from functools import cache

from communique.lexicon import alternatives, load

_CODE = 3  # letters of a state's code

_QUOTED = re.compile(r"[\"“][^\"“”\n]{0,2000}[\"”]")


def without_quotations(text: str) -> str:
    """Return the text with what stands between quotation marks blanked out, of the same length."""
    return _QUOTED.sub(lambda m: " " * len(m.group()), text)


def are_own_words(text: str, *, strong: bool = False) -> bool:
    """Tell whether a text is somebody's own words rather than a report of them.

    Who speaks of himself says "we" or "I" outside quotation marks, and more often than anybody "said" there. Where the
    form already says whose words they are (``strong``), it is enough that nobody is reported.
    """
    plain = without_quotations(text)
    own = len(_own().findall(plain))
    told = len(_reporting().findall(plain))
    return own > 2 * told or strong and not told


def reports_nobody(text: str) -> bool:
    """Tell whether no reporter's "said" or "told" stands outside quotation marks."""
    return _reporting().search(without_quotations(text)) is None


@cache
def _own() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('issued_documents', 'headings', 'own')})\b(?!\.)", re.IGNORECASE)


@cache
def _reporting() -> re.Pattern[str]:
    words = alternatives("issued_documents", "headings", "reporting")
    # Who tells what he himself said speaks for himself.
    return re.compile(rf"(?<!\bI )(?<!\bwe )(?<!\bI have )(?<!\bI also )\b(?:{words})\b")


def speaking_state(text: str) -> tuple[str, ...]:
    """Return the name of the state that a text has want and do what only who speaks for it tells, and says "we" of.

    As in "Türkiye is prepared to talk. We regret ...": the one state that begins at least two such sentences.
    """
    plain = without_quotations(text)
    if not _own().search(plain):
        return ()
    begun: dict[str, list[str]] = {}
    for found in _willing().finditer(plain):
        begun.setdefault(_states()[found["state"]], []).append(found["state"])
    if len(begun) != 1:
        return ()
    names = next(iter(begun.values()))
    return (names[0],) if len(names) > 1 else ()


@cache
def _states() -> dict[str, str]:
    """Each name of a state with the state's code."""
    rows = load("states")["states"]
    return {
        name: key
        for key, row in rows.items()
        for name in (row["name"], row.get("short"), *row.get("aliases", ()))
        if name and len(key) == _CODE and name[0].isupper()
    }


@cache
def _willing() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_states(), key=len, reverse=True))
    wills = alternatives("issued_documents", "headings", "willing")
    return re.compile(rf"(?:^|[.!?][\"”]?\s+|,\s+)(?P<state>{names}) (?:{wills})\b", re.MULTILINE)
