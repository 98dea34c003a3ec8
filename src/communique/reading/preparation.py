"""The text as the model takes it: in plain characters, as it was before it was set, in pieces that it can hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from communique.lexicon import alternatives
from communique.model import Frame, Report
from communique.reading.annotations import Turn, annotations_of
from communique.reading.recasing import dictionary_of, recased
from communique.reading.segmentation.paragraphs import unwrapped
from communique.reading.segmentation.resolutions import spoken_copy
from communique.reading.segmentation.turns import find_turns, without_page_furniture
from communique.reading.typesetting import undone

PIECE = 50_000
"""Characters that go through the model at once, if they are prose."""

MOST_WORDS = 12_000
"""Words and marks that go through the model at once: it needs up to 15 KB for each, some 180 MB for this many."""

Component = Callable[[Doc], Doc]

# Same-length replacements: the model was trained on plain marks, and cannot take lone surrogates.
_PLAIN = {0: " ", 0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xAB: '"', 0xBB: '"', 0x201E: '"', 0xFEFF: " "}
_PLAIN |= dict.fromkeys((0xA0, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), " ")
_PLAIN |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
# Bullets: the tagger takes them for verbs.
_PLAIN |= dict.fromkeys((0x2022, 0x2023, 0x25AA, 0x25CF, 0x25E6), " ")

# The tokenizer peels marks off a word one by one, in time that grows with the square of the word's length.
_LONGEST_WORD = 300
# "... on jets -Erdogan": a hyphen glued to the name that signs a headline.
_SIGNATURE = re.compile(r"(?<=\w )-(?=[A-Z][\w'-]{1,30}(?: [A-Z][\w'-]{1,30})?[ \t]*$)", re.MULTILINE)
_RUN = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")

# Marks without a word between them say nothing, be they a line across the page or a hundred thousand, and each costs
# the model a word's time. Those at the ends may belong to the words there.
_MARKS = re.compile(r"(?:[^\w\s]\s{0,4}){24,}")
_ENDS = re.compile(r"^[^\w\s]{1,8}|[^\w\s]{1,8}\s*$")
_MARK = re.compile(r"[^\w\s]")
_WORD = re.compile(r"\w+|[^\w\s]")

# A few letters or words that stand a hundred times on end say nothing after the first time; only long texts have them.
_REPEATED = re.compile(r"(?s)(?<!\w)(\S.{0,23}?)\1{99,}")
_LONG = 4_000  # characters
_SEEN = re.compile(r"\S")


def plain_copy(text: str) -> str:
    """Return a copy of the same length that the model can take: plain marks, no endless words, nothing on end.

    A label before a headline that says what sort of report it is, "Exclusive:", is left out.
    """
    copy = _flashes().sub(lambda found: " " * len(found.group()), text).translate(_PLAIN)
    if len(copy) > _LONG:
        copy = _REPEATED.sub(_told_once, copy)
    return _RUN.sub(_parted, _SIGNATURE.sub("–", _MARKS.sub(_blank, copy)))


def is_long(text: str) -> bool:
    """Tell whether a text is more than may go through the model at once."""
    return len(text) > PIECE or _end(text, 0, PIECE) < len(text)


@cache
def _flashes() -> re.Pattern[str]:
    labels = alternatives("pages", "flashes")
    return re.compile(rf"(?im)^[ \t]*(?:{labels})(?: \d{{1,2}})?[ \t]*(?::|[|–—]|-(?=\s))[ \t]*(?=[\w\"“‘'])")


def prepare(nlp: Language, report: Report, frame: Frame | None = None) -> Doc:
    """Tokenise a plain copy of the text, and note the report, its turns, and the frame to read it in, on the Doc."""
    turns = find_turns(report.text)
    copy, places = _copy(nlp, report, turns)
    doc = _noted(nlp.make_doc(copy), report, turns, frame, places)
    annotations_of(doc).prepared = copy
    return doc


def _copy(nlp: Language, report: Report, turns: Sequence[Turn]) -> tuple[str, list[int] | None]:
    copy, places = undone(plain_copy(without_page_furniture(spoken_copy(report.text), turns)))
    is_word = dictionary_of(nlp)
    copy = unwrapped(copy)
    return (copy if is_word is None else recased(copy, is_word)), places


def _noted(doc: Doc, report: Report, turns: tuple[Turn, ...], frame: Frame | None, places: list[int] | None) -> Doc:
    annotations = annotations_of(doc)
    annotations.report, annotations.turns, annotations.frame, annotations.places = report, turns, frame, places
    return doc


def parse_in_pieces(nlp: Language, report: Report, components: Sequence[Component], frame: Frame | None = None) -> Doc:
    """Run the model's components over a long text piece by piece; return it as one Doc, the report noted on it."""
    docs = []
    turns = find_turns(report.text)
    copy, places = _copy(nlp, report, turns)
    for piece in pieces(copy):
        doc = nlp.make_doc(piece)
        for component in components:
            doc = component(doc)
        docs.append(doc)
    whole = Doc.from_docs(docs, ensure_whitespace=False, exclude=["user_data", "tensor"])  # type: ignore[call-arg]
    if whole is None or whole.text != copy:
        raise ValueError("the pieces do not make up the text")
    return _noted(whole, report, turns, frame, places)


def pieces(text: str, most: int = PIECE) -> list[str]:
    """Cut a text into pieces of at most so many characters: after a line, else a sentence, a word, or anywhere.

    Where a stretch has more words and marks than `MOST_WORDS`, its pieces are shorter.
    """
    made: list[str] = []
    start = 0
    while (end := _end(text, start, most)) < len(text):
        for mark in ("\n", ". ", " "):
            found = text.rfind(mark, start + (end - start) // 2, end)
            if found >= 0:
                end = found + len(mark)
                break
        made.append(text[start:end])
        start = end
    made.append(text[start:])
    return made


def _end(text: str, start: int, most: int) -> int:
    """Return where the piece that starts here ends at the latest."""
    end = min(len(text), start + most)
    if end - start <= MOST_WORDS:
        return end
    words = sum(1 for _ in _WORD.finditer(text, start, end))
    return end if words <= MOST_WORDS else start + (end - start) * MOST_WORDS // words


def _told_once(run: re.Match[str]) -> str:
    size = len(run[1])
    return run[1] + _SEEN.sub(" ", run.group()[size:-size]) + run[1]


def _blank(run: re.Match[str]) -> str:
    marks = run.group()
    first, last = (found.span() for found in _ENDS.finditer(marks))
    between = _MARK.sub(" ", marks[first[1] : last[0]])
    return marks[: first[1]] + between + marks[last[0] :]


def _parted(run: re.Match[str]) -> str:
    word = run.group()
    step = _LONGEST_WORD + 1
    return " ".join(word[i : i + _LONGEST_WORD] for i in range(0, len(word), step)).ljust(len(word))
