"""Headlines and lines in capitals in the letters of a sentence, for the model: it takes "WARNS" and "Warns" for names.

Names of the lexicon are written as it has them; other words in small letters where a dictionary has them, unless the
rest of the text writes them with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from spacy.language import Language

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.reading.entities.gazetteer import Written, written_names
from communique.reading.entities.noun_phrases import lexicon
from communique.reading.grammar.possessives import without_possessive

_LINE = re.compile(r"[^\n\r\u2029]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][^\W\d_]+")
_SMALL_WORD = re.compile(r"(?<![^\W\d_])[a-z][^\W\d_]*")
_FEWEST = 4
_LONGEST_TITLE = 140
_LONGEST_NAME = 3
_SMALL = 4
"""Letters of the words that titles leave in small letters: "of", "with"."""

_SHORTEST = 3
_CLOSED = ("articles", "linking_prepositions", "he", "it", "they", "nominatives", "modals", "is", "suppositions")
_SHORT_WORDS = listed("closed_classes", "short_words")

IsWord = Callable[[str], bool]


def recased(text: str, is_word: IsWord) -> str:
    """Return a copy of the same length in which headlines and lines in capitals are written as a sentence is."""
    lines = list(_LINE.finditer(text))
    forms = [(_in_capitals(line.group()), _titled(line.group())) for line in lines]
    if not any(shouted or titled for shouted, titled in forms):
        return text
    plain = "\n".join(line.group() for line, form in zip(lines, forms, strict=True) if not any(form))
    capital = frozenset(word.lower() for word in _CAPITAL.findall(plain)) - frozenset(_SMALL_WORD.findall(plain))
    made: list[str] = []
    at = 0
    for line, (shouted, titled) in zip(lines, forms, strict=True):
        if shouted or titled:
            made.append(text[at : line.start()])
            made.append(_sentence(line.group(), capital, is_word, shouted=shouted))
            at = line.end()
    return "".join(made) + text[at:]


def _in_capitals(row: str) -> bool:
    words = _WORD.findall(row)
    return len(words) >= _FEWEST and not any(c.islower() for c in row)


def _titled(row: str) -> bool:
    """Tell whether a line is a title in which every word of weight has a capital: "EU Warns Skopje on Veto"."""
    words = _WORD.findall(row)
    if not len(words) >= _FEWEST or len(row) > _LONGEST_TITLE or row.rstrip()[-1:] in {".", "!", '"', ",", ";"}:
        return False
    weighty = [w for w in words if len(w) > _SMALL or w[0].isupper()]
    return len(weighty) >= _FEWEST and all(w[0].isupper() for w in weighty)


def _sentence(row: str, capital: frozenset[str], is_word: IsWord, *, shouted: bool) -> str:
    named = _named(row, capital, is_word)
    borne = _borne(row) if shouted else {}
    out = list(row)
    for word in _WORD.finditer(row):
        start, end = word.span()
        given = word.group()
        bare = re.split(r"['’]", given)[0]
        low = bare.lower()
        if start in named:
            made = named[start]
        elif start in borne or low in listed("parts_of_names", "days") and low != "may":
            made = given.capitalize()
        elif not shouted and (given.isupper() or (len(low) < _SHORTEST and not _is_small(low))):
            made = given
        elif is_word(low) and low not in capital:
            made = given.lower()
            if _opens(row, start):
                made = made.capitalize()
        else:
            made = given.capitalize() if shouted else given
        out[start:end] = made if len(made) == end - start else given
    return "".join(out)


def _opens(row: str, start: int) -> bool:
    """Tell whether a sentence, or the line, opens at a word."""
    before = row[:start].rstrip()
    return not before.strip("\"'“‘ ") or before.endswith(('. "', '! "', '? "', ".", "!", "?", ', "', ". “"))


def _is_small(word: str) -> bool:
    """Tell whether a short word is one of grammar's, and no name as "Xi" is."""
    return any(word in listed("closed_classes", each) for each in _CLOSED) or word in _SHORT_WORDS


def _named(row: str, capital: frozenset[str], is_word: IsWord) -> dict[int, str]:
    """Return how the lexicon's names in a line are written, by the first character of each word."""
    found: dict[int, str] = {}
    words = list(_WORD.finditer(row))
    low = [without_possessive(w.group().lower()) for w in words]
    k = 0
    names = written_names()
    while k < len(words):
        size = next((n for n in range(4, 0, -1) if k + n <= len(low) and tuple(low[k : k + n]) in names), 0)
        form = names.get(tuple(low[k : k + size])) if size else None
        if form is None or (size == 1 and not _certain(form, low[k], is_word) and low[k] not in capital):
            k += 1
            continue
        for n, piece in enumerate(form.words):
            tail = words[k + n].group()[len(piece) :].lower()
            found[words[k + n].start()] = piece + tail
        k += size
    return found


def _certain(form: Written, word: str, is_word: IsWord) -> bool:
    """Tell whether a word alone is a name: a state's, a code such as "EU", or one that is no common word."""
    if form.sure or not is_word(word):
        return True
    return form.words[0].isupper() and word not in listed("closed_classes", "question_words")


def _borne(row: str) -> dict[int, bool]:
    """Return where the words of a name stand between an office and a verb of saying: "PRESIDENT KEN ABE SAYS"."""
    words = list(_WORD.finditer(row))
    low = [w.group().lower() for w in words]
    found: dict[int, bool] = {}
    for k, word in enumerate(low):
        if word not in lexicon().heads and word not in lexicon().courtesy:
            continue
        for end in range(k + 2, min(len(low), k + 2 + _LONGEST_NAME)):
            if _saying(low[end]):
                found.update({words[n].start(): True for n in range(k + 1, end)})
                break
    return found


@cache
def _saying_forms() -> frozenset[str]:
    forms: set[str] = set()
    for verb in cues().strong | cues().sets["told"]:
        stem = verb.removesuffix("e")
        forms |= {f"{verb}s", f"{stem}ed"}
    return frozenset(forms | listed("closed_classes", "saying_forms"))


def _saying(word: str) -> bool:
    return word in _saying_forms()


@cache
def dictionary_of(nlp: Language) -> IsWord | None:
    """Return what tells the words that a model's lemmatiser knows from others; None where it has no dictionary."""
    if "lemmatizer" not in nlp.pipe_names:
        return None
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return None
    known: set[str] = set(nlp.Defaults.stop_words) | listed("closed_classes", "modals")
    for words in lookups.get_table("lemma_index").values():
        known.update(words)
    for forms in lookups.get_table("lemma_exc").values():
        known.update(forms)
    endings = {(old, new) for rules in lookups.get_table("lemma_rules").values() for old, new in rules}

    def is_word(word: str) -> bool:
        if word in known:
            return True
        return any(word.endswith(old) and word[: len(word) - len(old)] + new in known for old, new in endings if old)

    return is_word
