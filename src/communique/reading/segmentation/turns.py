"""Turns of a transcript, an interview or a record of a meeting: who has the floor, from where to where.

A label stands at the head of a line: "Q", "Q:", "MR. VOSS:", "Mr. Okello (Uganda):", "Tanabe, Harbour TV:",
"Lindiwe Dube (03:07):", "Senator WONG (South Australia-Minister for Foreign Affairs) (15:01):", or a name alone on its
line. Characters throughout: turns are found before anything is parsed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.lexicon import alternatives, listed
from communique.model import Span
from communique.reading.annotations import Part, Turn
from communique.reading.segmentation.own_words import are_own_words

_LONGEST_LABEL = 9  # words
_LONGEST_NAME_LINE = 5  # words
_STAMP = r"[(\[]?\d{1,2}:\d{2}(?::\d{2})?[)\]]?"
_NOTE = r"\s*[(\[][^()\[\]\n]{1,80}[)\]]"
_LABEL = re.compile(
    rf"[ \t]*[\"“]?(?:{_STAMP}\s+)?(?P<name>[^\s:()\[\]?!;.,\"“][^:()\[\]\n?!;\"“]{{0,80}}?)"
    rf"(?P<notes>(?:{_NOTE}){{0,3}})"
    rf"(?:,\s+(?:also )?(?:{alternatives('issued_documents', 'turns', 'attending')})\b[^:\n]{{0,120}})?"
    rf"[ \t]*(?:{_STAMP})?(?P<mark>:)(?=\s|$)"
)
_LETTER = re.compile(rf"[ \t]*(?P<name>[QA])(?!(?:{_NOTE}){{1,3}}:)(?P<mark>[.:]?)[ \t]+(?=[\w\"“(-])")
_STOPPED = re.compile(
    r"[ \t]*(?P<name>(?:[A-Z][a-z]+\.? ){1,3}[A-Z][A-Z'’-]{2,}(?: of [A-Z][a-z]+)?)(?P<mark>\.)[ \t]+(?=\S)"
)
_POSTED = re.compile(
    r"[ \t]*(?P<name>[A-Z][^\n()@:]{1,60}?)\s*[(]@\w{2,40}[)]"
    r"(?P<rest>[^\n]{0,120}?\b\d{1,2}[:.]\d{2}\b[^\n.]{0,20})[ \t]*$",
    re.MULTILINE,
)
"""As in "Ann Lee (@annlee), Minister of Trade of Malta, 14 June, 07:51", over a post of hers in a thread."""

_IN_OFFICE = re.compile(r"\bof ((?:the )?[A-Z](?:(?! of )[\w’' -])*)(?=,|$)")
_IN_NOTE = re.compile(r"[(\[]([^()\[\]\n]{1,80})[)\]]")
_STAMPED = re.compile(rf"^{_STAMP}$")
_FURNITURE = re.compile(
    r"^[ \t]*(?:"
    r"\d{2}-\d{5}(?:\s+\(?[A-Z]?\)?\s*\d+/\d+)?|\d+/\d+(?:\s+\d{2}-\d{5})?"
    r"|[SA]/(?:PV|RES|\d+)[./]\S*.{0,90}|[Pp]age \d+(?: of \d+)?|\d{1,4}"
    rf"|{_STAMP}"
    r")[ \t]*$"
)
_ENDING = ".!?:;"
_LINE = re.compile(r"[^\n\r\u2029]+")


@dataclass(frozen=True, slots=True)
class _Start:
    start: int
    name: str
    notes: tuple[str, ...]
    mark: Span
    body: int
    sure: bool


def find_turns(text: str) -> tuple[Turn, ...]:
    """Return the turns of a text in order; none where it is no transcript.

    It is one where a label comes back, where somebody asks and another answers, or where two labels or one form of
    address give a place or office in brackets.
    """
    lines = [Span(*m.span()) for m in _LINE.finditer(text) if m.group().strip()]
    starts = _labelled(text, lines)
    if len(starts) < 2 and not any(_is_record(s) for s in starts):
        starts = _named_lines(text, lines)
    if not starts or not _is_transcript(starts):
        return ()
    askers = _askers(text, starts)
    turns = []
    for k, s in enumerate(starts):
        end = starts[k + 1].start if k + 1 < len(starts) else len(text)
        turns.append(
            Turn(Span(s.start, s.mark.start), s.mark, _body(text, s.body, end), s.name, s.notes, _part(s, askers))
        )
    return tuple(turns)


def without_page_furniture(text: str, turns: Sequence[Turn]) -> str:
    """Return a transcript's text, of the same length, with page numbers and headings inside a turn blanked out.

    Where they stand in the middle of a sentence, so are the ends of the lines around them.
    """
    if not any(len(turn.body) > 1 for turn in turns):
        return text
    made = list(text)
    for turn in turns:
        for before, after in pairwise(turn.body):
            if text[before.end - 1] not in _ENDING and text[after.start].islower():
                made[before.end : after.start] = " " * (after.start - before.end)
            else:
                made[before.end : after.start] = [c if c.isspace() else " " for c in text[before.end : after.start]]
    return "".join(made)


def label_starts(turns: Sequence[Turn]) -> tuple[int, ...]:
    """Return where the labels and the bodies of a transcript's turns begin, in order: a sentence ends before each."""
    found: list[int] = []
    for turn in turns:
        found.append(turn.label.start)
        found.extend(piece.start for piece in turn.body[:1])
    return tuple(found)


def key_of(name: str) -> str:
    """Return what a label is told by: its words in lower case, without marks."""
    return re.sub(r"[\s.,:]+", " ", name).strip().lower()


def _labelled(text: str, lines: list[Span]) -> list[_Start]:
    starts: list[_Start] = []
    asked = False
    small = _small_labels(text, lines)
    for first, last in lines:
        letter = _LETTER.match(text, first, last)
        if letter and (letter["mark"] or letter["name"] == "Q" or asked):
            asked = asked or letter["name"] == "Q"
            at = letter.start("name")
            mark = Span(*letter.span("mark")) if letter["mark"] else Span(at, at + 1)
            starts.append(_Start(at, letter["name"], (), mark, letter.end(), True))
            continue
        stopped = _STOPPED.match(text, first, last)
        if stopped and _is_addressed(stopped["name"]):
            mark = Span(*stopped.span("mark"))
            starts.append(_Start(stopped.start("name"), stopped["name"], (), mark, stopped.end(), False))
            continue
        posted = _POSTED.match(text, first, last)
        if posted:
            notes = tuple(_IN_OFFICE.findall(posted["rest"]))
            mark = Span(posted.end("rest") - 1, posted.end("rest"))
            starts.append(_Start(posted.start("name"), posted["name"], notes, mark, mark.end, False))
            continue
        found = _label_at(text, first, last)
        if found and (_is_label(found["name"]) or key_of(found["name"]) in small):
            notes = tuple(n for n in _IN_NOTE.findall(found["notes"]) if not _STAMPED.match(n))
            starts.append(
                _Start(found.start("name"), _asker(found["name"]), notes, Span(*found.span("mark")), found.end(), False)
            )
    return starts


def _is_addressed(name: str) -> bool:
    """As in "Senator KAPLAN. ", of a hearing: a form of address or a title, and a family name in capitals."""
    known = listed("issued_documents", "turns", "courtesy") | listed("issued_documents", "turns", "titles")
    return name.split()[0].lower() in known


def _label_at(text: str, first: int, last: int) -> re.Match[str] | None:
    """Return the label of a line; most lines have no colon."""
    return _LABEL.match(text, first, last) if text.find(":", first, last) >= 0 else None


def _small_labels(text: str, lines: list[Span]) -> frozenset[str]:
    """Return labels in small letters ("harbour radio") that come back in turn with a name that does."""
    found = [m["name"] for m in (_label_at(text, *line) for line in lines) if m]
    times = Counter(key_of(name) for name in found)
    named = {key_of(name) for name in found if times[key_of(name)] > 1 and _is_label(name)}
    furniture = listed("issued_documents", "turns", "furniture")
    return frozenset(
        key
        for key, n in times.items()
        if named and n > 1 and key not in named and len(key.split()) <= _LONGEST_NAME_LINE
        if key.split()[:1] and key.split()[0] not in furniture
    )


def _asker(name: str) -> str:
    """As in "The Harbour Times for Minister Keita": who asks, without whom he asks."""
    before, _, after = name.strip().partition(" for ")
    first = after.split()[:1]
    titles = listed("issued_documents", "turns", "titles") | listed("issued_documents", "turns", "courtesy")
    asks = first and first[0].lower() in titles and not any(w.lower() in titles for w in before.split()[1:])
    return before if asks and first[0][:1].isupper() else name.strip()


def _is_label(name: str) -> bool:
    """Tell a name, an office or an outlet from the words that otherwise stand before a colon."""
    words = name.split()
    low = key_of(name)
    if low in listed("issued_documents", "turns", "questioners") | listed("issued_documents", "turns", "presiding"):
        return True
    if (
        not words
        or len(words) > _LONGEST_LABEL
        or words[0].lower().strip(".,") in listed("issued_documents", "turns", "furniture")
    ):
        return False
    if len(words) == 1 and re.fullmatch(r"[a-z][\w-]*(?:\.[a-z]{2,})+", name):
        return True
    links = listed("issued_documents", "turns", "links")
    named = [w for w in words if w.lower() not in links]
    return bool(named) and all(w[0].isupper() or w[0].isdigit() for w in named) and named[0][0].isupper()


def _named_lines(text: str, lines: list[Span]) -> list[_Start]:
    """Names alone on their lines, where two come back or one does between others."""
    found: list[tuple[Span, str]] = []
    for k, (first, last) in enumerate(lines[:-1]):
        words = text[first:last].split()
        plain = len(words) <= _LONGEST_NAME_LINE and all(w[0].isupper() and w[-1].isalpha() for w in words)
        following = text[slice(*lines[k + 1])].strip()
        if plain and following and following[-1:] in '.?!"”…-':
            found.append((Span(first, last), " ".join(words)))
    counts = Counter(key_of(name) for _, name in found)
    kept = [(span, name) for span, name in found if counts[key_of(name)] > 1 or _role(name) is Part.QUESTIONER]
    if len({key_of(name) for _, name in kept}) < (1 if _takes_turns(text, lines, found) else 2):
        return []
    kept = [(span, name) for span, name in found]
    return [_Start(a, name, (), Span(b - 1, b), b, False) for (a, b), name in kept]


def _takes_turns(text: str, lines: list[Span], found: list[tuple[Span, str]]) -> bool:
    """Tell whether a text begins with a name on its line, and one comes back after another's, in their own words."""
    names = [key_of(name) for _, name in found]
    back = any(names[k] in names[: k - 1] and names[k - 1] != names[k] for k in range(2, len(names)))
    full = all(len(name.split()) >= 2 for name in names)
    return back and full and found[0][0].start <= lines[1].start and are_own_words(text)


def _is_record(s: _Start) -> bool:
    first = s.name.split()[0].lower()
    return bool(s.notes) and first in listed("issued_documents", "turns", "courtesy")


def _is_transcript(starts: list[_Start]) -> bool:
    counts = Counter(key_of(s.name) for s in starts)
    roles = {_role(s.name) for s in starts}
    if Part.QUESTIONER in roles and len(counts) > 1:
        return True
    if any(n > 1 for n in counts.values()):
        return True
    return any(_is_record(s) for s in starts) or sum(bool(s.notes) for s in starts) > 1


def _role(name: str) -> Part | None:
    low = key_of(name)
    if low.split()[:1] and low.split()[0] in listed("issued_documents", "turns", "question_words"):
        return Part.QUESTIONER
    for part, names in ((Part.QUESTIONER, "questioners"), (Part.PRESIDING, "presiding"), (Part.ANSWER, "answers")):
        if low in listed("issued_documents", "turns", names):
            return part
    return None


def _askers(text: str, starts: list[_Start]) -> frozenset[str]:
    """Return the labels under which every turn ends by asking, where some other label's never does."""
    asks: dict[str, list[bool]] = {}
    for k, s in enumerate(starts):
        end = starts[k + 1].start if k + 1 < len(starts) else len(text)
        asks.setdefault(key_of(s.name), []).append(text[s.body : end].rstrip().endswith("?"))
    if all(any(each) for each in asks.values()):
        return frozenset()
    # A "thank you" closes an interview: one turn in three need not ask.
    return frozenset(key for key, each in asks.items() if 3 * sum(each) >= 2 * len(each))


def _part(s: _Start, askers: frozenset[str]) -> Part:
    return _role(s.name) or (Part.QUESTIONER if key_of(s.name) in askers and not s.notes else Part.SPEAKER)


def _body(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return a body's pieces: what stands between page furniture and time stamps."""
    pieces: list[Span] = []
    opened = start
    for m in _LINE.finditer(text, start, end):
        if _FURNITURE.match(m.group()):
            pieces.append(Span(opened, m.start()))
            opened = m.end()
    pieces.append(Span(opened, end))
    return tuple(p for p in (_stripped(text, piece) for piece in pieces) if p.start < p.end)


def _stripped(text: str, piece: Span) -> Span:
    start, end = piece
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
