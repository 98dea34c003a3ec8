"""What a model's attribute ruler and lemmatiser say of each word, asked once for every sort of word.

spaCy asks at each token which of some two hundred patterns fit there. What fits one token hangs on its letters, tag
and label alone, so that the answer can be kept; a pattern over several tokens fits where its parts do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc
from spacy.vocab import Vocab

Component = Callable[[Doc], Doc]

Sort = bytes
"""A token's ``_ASKED`` before the rules, 8 bytes each; then the rules of longer patterns that fit here."""

_ASKED = [ORTH, TAG, DEP, POS, LEMMA, MORPH]
_SET = [TAG, DEP, POS, LEMMA, MORPH]
_VALUE = np.dtype(np.uint64)
_SORT = np.dtype((np.void, len(_ASKED) * _VALUE.itemsize))

# What a pattern may ask of a token: what its letters tell, and what else its sort holds.
_WORDS_OWN = {"ORTH", "TEXT", "LOWER", "SHAPE", "PREFIX", "SUFFIX", "LENGTH", "LIKE_NUM", "LIKE_URL", "LIKE_EMAIL"}
_KINDS = {"IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_SPACE", "IS_STOP"}
_ASKABLE = _WORDS_OWN | _KINDS | {"TAG", "DEP", "POS", "LEMMA", "MORPH"}

MOST_KEPT = 20_000
"""Sorts whose answers are kept, some 10 MB; 15,000 words of news have about 5,000."""


@dataclass(frozen=True, slots=True)
class _Longer:
    """A pattern over several tokens: its rule, the spec of each of its tokens, and which of them the rule is about."""

    rule: int
    specs: tuple[int, ...]
    about: int


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the rules say of a sort: ``_SET``, 8 bytes each; the lemma; which specs of longer patterns it fits."""

    values: bytes
    lemma: str
    fits: frozenset[int]


Words = tuple[str, str, str]
"""A tag, a word in small letters and a label; "" stands for any."""


@dataclass(frozen=True)
class _Specs:
    """What the patterns ask of a token, each thing by its number."""

    words: Mapping[Words, Sequence[int]]
    """Those that ask for a tag, a word, a label, and for nothing else."""
    shapes: Sequence[tuple[bool, bool, bool]]
    """Which of the three they ask for."""
    matcher: Matcher
    """The others; its rules are called by the numbers."""

    def fitting(self, doc: Doc) -> list[list[int]]:
        """Return the specs that each token fits."""
        fits: list[list[int]] = []
        for token in doc:
            tag, word, label = token.tag_, token.lower_, token.dep_
            own: list[int] = []
            for by_tag, by_word, by_label in self.shapes:
                own += self.words.get((tag if by_tag else "", word if by_word else "", label if by_label else ""), ())
            fits.append(own)
        if len(self.matcher):
            for name, i, _end in self.matcher(doc, allow_missing=True):
                fits[i].append(int(doc.vocab.strings[name]))
        return fits


@dataclass(frozen=True)
class AttributeRules:
    """A model's attribute ruler, and its lemmatiser where that comes next: what they do, with the answers so far.

    An answer hangs on nothing but the sort that is asked for.
    """

    ruler: AttributeRuler
    lemmatizer: Lemmatizer | None
    lemmas: Lemmatizer | None
    """One like it that finds a word among those that it knows without going through them all."""
    rules: int
    specs: _Specs
    rule_of: Mapping[int, int]
    """The rules of patterns of one token, by their spec."""
    longer: Mapping[int, Sequence[_Longer]]
    """Patterns of several tokens, by their first spec."""
    kept: dict[Sort, _Answer] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, doc: Doc) -> Doc:
        """Set what the ruler and the lemmatiser would set on the tokens; return the Doc."""
        if not len(doc):
            return doc
        if len(self.kept) > MOST_KEPT:
            self.kept.clear()
            if self.lemmas is not None:
                self.lemmas.cache.clear()
        asked: Any = np.ascontiguousarray(doc.to_array(_ASKED)).view(_SORT)
        sorts: list[Sort] = asked.ravel().tolist()
        answers = self._answers(doc.vocab, sorts)
        if found := self._longer_found(answers):
            for i, rules in found.items():
                sorts[i] += np.array(sorted(rules), dtype=_VALUE).tobytes()
            answers = self._answers(doc.vocab, sorts)
        for lemma in {answer.lemma for answer in answers}:
            doc.vocab.strings.add(lemma)  # those of an earlier batch are forgotten
        return doc.from_array(_SET, _rows(b"".join([answer.values for answer in answers])))

    def _answers(self, vocab: Vocab, sorts: Sequence[Sort]) -> list[_Answer]:
        kept = self.kept
        missing = [sort for sort in dict.fromkeys(sorts) if sort not in kept]
        if missing:
            kept.update(zip(missing, self._made(vocab, missing), strict=True))
        return [kept[sort] for sort in sorts]

    def _made(self, vocab: Vocab, sorts: Sequence[Sort]) -> list[_Answer]:
        """Ask for each sort, all as the words of one Doc."""
        asked = [np.frombuffer(sort, dtype=_VALUE).tolist() for sort in sorts]
        doc = Doc(vocab, words=[vocab.strings[orth] for orth, *_ in asked])
        values = [row[1 : len(_ASKED)] for row in asked]
        fits = self.specs.fitting(_with(doc, values))
        for row, own, specs in zip(asked, values, fits, strict=True):
            rules = {self.rule_of[spec] for spec in specs if spec in self.rule_of}
            for rule in sorted(rules.union(row[len(_ASKED) :])):  # later rules stand over earlier ones
                for attr, value in self.ruler.attrs[rule].items():
                    own[_SET.index(attr)] = value
        _with(doc, values)
        if self.lemmas is not None:
            doc = self.lemmas(doc)
        made = [row.tobytes() for row in doc.to_array(_SET)]
        longer = [frozenset(specs) - self.rule_of.keys() for specs in fits]
        return [_Answer(*each) for each in zip(made, [token.lemma_ for token in doc], longer, strict=True)]

    def _longer_found(self, answers: Sequence[_Answer]) -> dict[int, set[int]]:
        """Return the rules of the longer patterns that fit, by the token that they are about."""
        found: dict[int, set[int]] = {}
        for i in [i for i, answer in enumerate(answers) if answer.fits]:
            for pattern in [pattern for first in answers[i].fits for pattern in self.longer.get(first, ())]:
                here = answers[i : i + len(pattern.specs)]
                if len(here) == len(pattern.specs) and all(
                    spec in each.fits for spec, each in zip(pattern.specs, here, strict=True)
                ):
                    found.setdefault(i + pattern.about, set()).add(pattern.rule)
        return found

    def steps(self, pipeline: Iterable[tuple[str, Component]]) -> list[tuple[str, Component]]:
        """Return a pipeline's steps with this one in the place of the ruler, and without the lemmatiser if it has it.

        They stay as they are where the pipeline is not that which it was made for, or rules have been added since.
        """
        steps = list(pipeline)
        components = [component for _, component in steps]
        if self.ruler not in components or len(self.ruler.attrs) != self.rules:
            return steps
        at = components.index(self.ruler)
        behind = at + 1
        if self.lemmatizer is not None:
            if components[behind : behind + 1] != [self.lemmatizer]:
                return steps
            behind += 1
        return [*steps[:at], (steps[at][0], self), *steps[behind:]]


def rules_of(nlp: Language) -> AttributeRules | None:
    """Make the rules of a pipeline's attribute ruler; None where it has none or a pattern is not of the simple kind.

    Simple is what asks of each of a fixed number of tokens for its letters, tag, label or what else the model says of
    it, and sets no more than that.
    """
    components: list[Any] = [component for _, component in nlp.pipeline]
    at = next((i for i, component in enumerate(components) if type(component) is AttributeRuler), None)
    if at is None:
        return None
    ruler: AttributeRuler = components[at]
    behind = components[at + 1] if at + 1 < len(components) else None
    lemmatizer = behind if type(behind) in (Lemmatizer, EnglishLemmatizer) else None
    patterns: list[Any] = list(ruler.patterns)
    words: dict[Words, list[int]] = {}
    matcher = Matcher(nlp.vocab)
    rule_of: dict[int, int] = {}
    longer: dict[int, list[_Longer]] = {}
    specs = 0
    for rule, (made, sets) in enumerate(zip(patterns, ruler.attrs, strict=True)):
        if not set(sets) <= set(_SET):
            return None
        for pattern in made["patterns"]:
            about = _about(made["index"], pattern)
            if about is None:
                return None
            numbers = tuple(range(specs, specs := specs + len(pattern)))
            for number, spec in zip(numbers, pattern, strict=True):
                literal = _words(spec)
                for word in literal:
                    words.setdefault(word, []).append(number)
                if not literal:
                    matcher.add(str(number), [[spec]])
            if len(numbers) == 1:
                rule_of[numbers[0]] = rule
            else:
                longer.setdefault(numbers[0], []).append(_Longer(rule, numbers, about))
    shapes = sorted({(bool(tag), bool(word), bool(label)) for tag, word, label in words})
    lemmas = None if lemmatizer is None else _quick(lemmatizer)
    return AttributeRules(ruler, lemmatizer, lemmas, len(ruler.attrs), _Specs(words, shapes, matcher), rule_of, longer)


def _quick(lemmatizer: Lemmatizer) -> Lemmatizer:
    """Return a lemmatiser of the same tables, the words of ``lemma_index`` as sets: they come as lists."""
    made = type(lemmatizer)(
        lemmatizer.vocab, lemmatizer.model, lemmatizer.name, mode=lemmatizer.mode, overwrite=lemmatizer.overwrite
    )
    made.lookups = Lookups()
    for name in lemmatizer.lookups.tables:
        table = lemmatizer.lookups.get_table(name)
        if name == "lemma_index":
            made.lookups.add_table(name, {kind: frozenset(words) for kind, words in table.items()})
        else:
            made.lookups.set_table(name, table)
    return made


def _about(index: int, pattern: Sequence[Mapping[Any, Any]]) -> int | None:
    """Return which token of a simple pattern its rule is about; None where the pattern is of another kind."""
    if not all(spec and set(spec) <= _ASKABLE for spec in pattern) or not -len(pattern) <= index < len(pattern):
        return None
    return index % len(pattern)


def _words(spec: Mapping[str, Any]) -> list[Words]:
    """Return the tags, words and labels that a spec asks for; none where it asks for something else as well."""
    if not set(spec) <= {"TAG", "LOWER", "DEP"}:
        return []
    asked = [_one_of(spec[attr]) if attr in spec else [""] for attr in ("TAG", "LOWER", "DEP")]
    return [(tag, word, label) for tag in asked[0] for word in asked[1] for label in asked[2]]


def _one_of(value: Any) -> list[str]:
    """Return the strings that a spec's value stands for; none where it is of another kind."""
    every = value["IN"] if isinstance(value, dict) and list(value) == ["IN"] else [value]
    return sorted(set(every)) if all(isinstance(each, str) and each for each in every) else []


def _with(doc: Doc, values: Sequence[Sequence[int]]) -> Doc:
    rows: Any = np.array(values, dtype=_VALUE)
    return doc.from_array(_SET, rows)


def _rows(values: bytes) -> Any:
    return np.frombuffer(values, dtype=_VALUE).reshape(-1, len(_SET))
