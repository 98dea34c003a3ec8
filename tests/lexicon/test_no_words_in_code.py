"""English is data: no code of reading, record, analysis, standoff or ingest lists three English words or more.

A list is a literal set, list, tuple or dict (its keys), a text that is split, or a regular expression's alternatives.
English is what the language model's lemmatizer knows as a word, in any form. A list of what the program
itself defines is none, if it is all of one kind: fields and columns, values of enumerations, keys of the lexicon,
labels of the model. Names that other programs and formats gave to things are allowed by file, with the reason.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
from collections.abc import Iterator
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
import spacy
from spacy.lang.en.stop_words import STOP_WORDS

import communique
from communique.lexicon import load
from communique.reading.pipeline import DEFAULT_MODEL
from communique.record.database.tables import metadata

SOURCE = Path(communique.__file__).parent
ROOMS = ("reading", "record", "analysis", "standoff", "ingest")
FEWEST = 3

NAMES_OF_OTHERS = {
    "ingest/addresses.py": "names by which machines of a local network go",
    "ingest/charsets.py": "Python's codecs",
    "ingest/csv_files.py": "columns as other programs call them",
    "ingest/dossier.py": "keys of a dossier's file",
    "ingest/dossier_template.py": "keys of a dossier's file",
    "ingest/feed_xml.py": "elements of feeds",
    "ingest/feed_entries.py": "elements of feeds",
    "ingest/markup.py": "elements of HTML",
    "ingest/metadata.py": "names of meta elements",
    "ingest/page_tree.py": "elements of HTML",
    "ingest/warc.py": "record types of WARC",
    "ingest/publication_dates.py": "time zones",
    "standoff/model_parts.py": "keys of a model's file",
    "standoff/derived/model_report.py": "keys of what a standoff prints as JSON",
    "analysis/networks/__init__.py": "modules that are imported when asked for",
    "analysis/networks/coded_tables.py": "values of cells in coded tables",
    "analysis/networks/writing.py": "elements of GraphML and GEXF",
    "reading/attribution/scorer.py": "features that weights were fitted to",
    "record/exchange/docbin.py": "extensions of spaCy's documents",
    "record/exchange/followthemoney.py": "keys of FollowTheMoney",
    "record/exchange/record_jsonl.py": "keys of a line",
    "record/exchange/plain_tables.py": "columns",
    "record/exchange/web_annotation.py": "keys of Web Annotation",
    "record/resolution/merges.py": "labels of a query's columns",
    "record/resolution/proposals.py": "letters of a transliteration",
}
"""Files whose lists are names that others gave, and what of."""

NOT_YET = ("reading/acts/stance.py",)
"""Where words of statements are still looked at one by one."""


VOCABULARY = (
    # sorts of names in the gazetteer
    {"state", "territory", "people", "city", "seat", "organisation", "body", "outlet", "group", "person"},
    # kinds of phrases that may name an issue
    {"known", "matter", "qualified", "compound", "place", "pivot", "alone", "bare", "other", "talks"},
    # frames of conditions
    {
        "clause",
        "before",
        "inverted",
        "sequence",
        "phrase",
        "without",
        "lacking",
        "predicate",
        "noun",
        "means",
        "alternative",
    }
    | {
        "requires",
        "indicate",
        "condition",
        "premise",
        "tie",
        "link",
        "bargain",
        "counted",
        "otherwise",
        "purpose",
        "terms",
        "thereafter",
        "waived",
    },
    # what a noun that points back at words calls them
    {"accusing", "asking", "offering", "threatening", "ruling"},
    # what ranks before what in a model
    {"condition", "position", "wish"},
    # classes of cues
    {"say", "write", "show", "cite", "seem", "other", "blame", "praise", "judge", "direct"},
)
"""Words by which the program calls kinds of its own that no enumeration lists."""


def places() -> list[Path]:
    found = [path for room in ROOMS for path in sorted((SOURCE / room).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts and not waits(path)]


def waits(path: Path) -> bool:
    return path.relative_to(SOURCE).as_posix() in NOT_YET


@cache
def english() -> frozenset[str]:
    lookups = spacy.load(DEFAULT_MODEL).get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    words = set(STOP_WORDS)
    for table in ("lemma_index", "lemma_exc"):
        for some in lookups.get_table(table).values():
            words.update(some)
    return frozenset(words)


@cache
def ours() -> tuple[frozenset[str], ...]:
    """What the program defines, a set for each kind of name: those of data, values of enumerations, keys, labels."""
    data = {column.name for table in metadata.tables.values() for column in table.columns} | set(metadata.tables)
    values: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if "migrations" in path.parts or path.stem.startswith("__"):
            continue
        module = import_module("communique." + ".".join(path.relative_to(SOURCE).with_suffix("").parts))
        for _, value in inspect.getmembers(module, inspect.isclass):
            if issubclass(value, Enum):
                values.update(str(member.value) for member in value)
            elif dataclasses.is_dataclass(value):
                data.update(field.name for field in dataclasses.fields(value))
    listed = {name for file in (SOURCE / "lexicon").glob("*.toml") for name in keys(load(file.stem))}
    labels = {label for pipe in ("parser", "tagger", "ner") for label in spacy.load(DEFAULT_MODEL).pipe_labels[pipe]}
    return frozenset(data), frozenset(values), frozenset(listed), frozenset(labels)


def is_english(word: str) -> bool:
    """Tell whether the lemmatizer knows a word, or what is left of it without an ending."""
    endings = (("", ""), ("s", ""), ("es", ""), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"), ("ies", "y"))
    stems = {word.removesuffix(end) + put for end, put in endings if word.endswith(end)}
    return len(word) > 1 and any(len(stem) > 1 and stem in english() for stem in stems)


def keys(table: dict[str, object]) -> Iterator[str]:
    for name, value in table.items():
        yield name
        if isinstance(value, dict):
            yield from keys(value)


def lists(tree: ast.AST) -> Iterator[tuple[int, list[str]]]:
    """Yield the lists of texts in code, each with its line."""
    exported = [node.value for node in ast.walk(tree) if isinstance(node, ast.Assign) and "__all__" in ast.dump(node)]
    for node in ast.walk(tree):
        if node in exported:
            continue
        if isinstance(node, ast.Set | ast.List | ast.Tuple):
            yield node.lineno, texts(node.elts)
        elif isinstance(node, ast.Dict):
            yield node.lineno, texts([key for key in node.keys if key is not None])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            for alternatives in re.findall(r"\(\?:([^()]*\|[^()]*)\)|^([^()]*\|[^()]*)$", node.value):
                yield node.lineno, re.split(r"[|]", re.sub(r"\\b|\[.*?\]|[?+*]", "", "".join(alternatives)))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            yield node.lineno, " ".join(texts([node.func.value])).split()


def texts(nodes: list[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def word_lists(source: str) -> list[tuple[int, list[str]]]:
    """Return the lists of English words in code, each with its line."""
    found = []
    for line, members in lists(ast.parse(source)):
        words = sorted({each for each in members if is_english(each)})
        if len(words) >= FEWEST and not any(kind >= set(words) for kind in (*ours(), *VOCABULARY)):
            found.append((line, words))
    return found


@pytest.mark.parametrize("path", places(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_english_words_stand_in_the_lexicon(path: Path) -> None:
    if path.relative_to(SOURCE).as_posix() not in NAMES_OF_OTHERS:
        assert word_lists(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        'SAID = {"said", "told", "asked"}',
        'SAID = ("said", "told", "asked")',
        'def of(word: str) -> bool:\n    return word in ["said", "told", "asked"]',
        'SAID = "said told asked".split()',
        'SAID = re.compile(r"\\b(?:said|told|asked)\\b")',
        'SAID = {"said": 1, "told": 2, "asked": 3}',
    ],
)
def test_a_list_of_words_is_seen_in_whatever_form(code: str) -> None:
    assert word_lists(code)


def test_what_the_program_defines_is_no_list_of_words() -> None:
    assert not word_lists('FIELDS = ("source", "cue", "content", "title", "outlet", "published")')
    assert not word_lists('TOLD = {"nsubj", "dobj", "VBD"}')


@pytest.mark.parametrize("name", NAMES_OF_OTHERS)
def test_every_file_that_may_list_names_of_others_is_there(name: str) -> None:
    assert (SOURCE / name).exists()
