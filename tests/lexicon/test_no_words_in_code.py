"""English is data: no code of reading, record, analysis, standoff or ingest lists three English words or more.

A list is a literal set, list, tuple or dict (its keys, its values), what is joined of them, words that one thing is
compared with (in one expression, along ``if`` and ``elif``, in the cases of ``match``), arguments side by side, a text
that is split or looked into, values of a class, or a regular expression's alternatives; its members are words or
phrases.
English is what the language model's lemmatizer knows as a word, in any form. A list of what the program
itself defines is none, if it is all of one kind: fields and columns, values of enumerations, keys of the lexicon,
labels of the model. Names that other programs and formats gave to things, and what the program says itself, are
allowed by the definition that they stand in, with the reason.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
from collections.abc import Iterator, Sequence
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
COLLECTIONS = ("dict", "frozenset", "list", "set", "tuple")
FROM_LEXICON = ("alternatives", "endings", "listed", "load", "phrases", "words", "_listed", "_phrases", "_words")
"""Functions that are given a file of the lexicon and keys in it."""

SPLITTING = ("findall", "partition", "rpartition", "rsplit", "split", "splitlines")

ALLOWED = {
    "analysis/networks/__init__.py": ("modules that are imported when asked for", "_PLACES"),
    "analysis/networks/coded_tables.py": ("values of cells in coded tables", "_MISSING _WORDS"),
    "analysis/networks/writing.py": ("columns; elements of GEXF", "ties_frame write_ties _declared"),
    "ingest/addresses.py": ("names of local networks' machines; what is said of an address", "_LOCAL_NAMES _V4"),
    "ingest/csv_files.py": ("columns as other programs call them", "COLUMNS"),
    "ingest/dossier.py": ("keys of a dossier's file", "_lists _Table"),
    "ingest/dossier_template.py": ("keys of a dossier's file", "_PARTS _KEYS"),
    "ingest/feed_entries.py": ("elements of feeds", "_DATES"),
    "ingest/feed_xml.py": ("elements of feeds", "_PAGE _DATES _WORDS _CONTENT _NAMING _NAMESPACES _prune"),
    "ingest/markup.py": ("elements of HTML", "_VOID _UNENDED _BLOCKS _MARKED_UP _lines"),
    "ingest/metadata.py": (
        "names of meta elements, classes and hosts",
        "_SOURCES _DATE_MARKS _SOURCE_MARKS _APART _PERHAPS_DATE host_of",
    ),
    "ingest/page_tree.py": ("elements of HTML", "_WORDS_IN _PROSE _INLINE _BESIDE"),
    "ingest/warc.py": ("record types of WARC", "_OTHER_TYPES"),
    "reading/attribution/learned/tagger_features.py": (
        "features that weights were fitted to",
        "COLUMNS PAIR_COLUMNS SIZES described pairs",
    ),
    "reading/attribution/learned/tagger_network.py": ("features that weights were fitted to", "WIDTHS"),
    "reading/attribution/scorer.py": ("features that weights were fitted to", "TEMPLATES"),
    "reading/constructions.py": ("kinds of construction", "Construction"),
    "record/exchange/docbin.py": ("extensions of spaCy's documents", "_doc"),
    "record/exchange/followthemoney.py": ("keys of FollowTheMoney", "_entity"),
    "record/exchange/plain_tables.py": ("columns and their kinds", "TEXT,NUMBER,COUNT,LIST,TIME _reports"),
    "record/exchange/hand_over_writing.py": ("keys of a line", "_merges"),
    "record/exchange/web_annotation.py": ("keys of Web Annotation", "each_annotation _annotation _targets"),
    "record/resolution/merges.py": ("labels of a query's columns", "_country"),
    "record/resolution/proposals.py": ("letters of a transliteration", "_SOUNDS"),
    "standoff/derived/derivation.py": ("what is said of an act", "_Draft"),
    "standoff/derived/model_report.py": ("keys of what a standoff prints as JSON", "model_report _solved"),
    "standoff/model_parts.py": ("keys and values of a model's file", "_MAKER _DIRECTIONS _preference"),
    "standoff/reasons.py": ("what is said of a state", "_EXTENSION"),
}
"""Lists that are no English to be read: in which file, what they are, and the definitions that they stand in."""

VOCABULARY = (
    # sorts of names in the gazetteer
    {"state", "territory", "people", "city", "seat", "organisation", "body", "outlet", "group", "person"},
    # kinds of phrases that may name an issue
    {"known", "matter", "qualified", "compound", "place", "pivot", "alone", "bare", "other", "talks"},
    # patterns of conditions
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
    return [path for path in found if "migrations" not in path.parts]


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


def is_english(phrase: str) -> bool:
    """Tell whether the lemmatizer knows each word, or what is left of it without an ending."""
    words = phrase.split()
    return bool(words) and all(any(stem in english() for stem in stems(word)) for word in words)


def stems(word: str) -> list[str]:
    endings = (("", ""), ("s", ""), ("es", ""), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"), ("ies", "y"))
    found = {word.removesuffix(end) + put for end, put in endings if word.endswith(end)}
    return [stem for stem in found if len(stem) > 1]


def keys(table: dict[str, object]) -> Iterator[str]:
    for name, value in table.items():
        yield name
        if isinstance(value, dict):
            yield from keys(value)


def lists(tree: ast.Module) -> Iterator[tuple[str, int, list[str]]]:
    """Yield the lists of texts in code, each with what it stands in and its line."""
    constants = dict(named_texts(tree))
    for top in tree.body:
        name = called(top)
        if name == "__all__":
            continue
        for node in ast.walk(top):
            if isinstance(node, ast.expr | ast.pattern | ast.stmt):
                yield from ((name, node.lineno, members) for members in members_of(node, constants))


def named_texts(tree: ast.Module) -> Iterator[tuple[str, ast.Constant]]:
    """Yield the names, of the module or within a function, that stand for one text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((target.id, node.value) for target in targets if isinstance(target, ast.Name))


def called(top: ast.stmt) -> str:
    """Return the name of what a statement of a module defines."""
    if isinstance(top, ast.Assign | ast.AnnAssign):
        target = top.targets[0] if isinstance(top, ast.Assign) else top.target
        return ast.unparse(target).strip("()").replace(" ", "")
    return top.name if isinstance(top, ast.FunctionDef | ast.ClassDef) else ""


def members_of(node: ast.AST, constants: dict[str, ast.Constant]) -> Iterator[list[str]]:
    """Yield what a node lists, in each way in which it may be a list."""
    if isinstance(node, ast.Dict):
        inner = [value for key, value in zip(node.keys, node.values, strict=True) if key is None]
        yield texts([key for key in node.keys if key is not None]) + [each for d in inner for each in keys_of(d)]
        yield texts(node.values)
    elif isinstance(node, ast.Set | ast.List | ast.Tuple | ast.BinOp | ast.MatchOr):
        yield texts([node], constants)
    elif isinstance(node, ast.BoolOp):
        yield from compared([node])
    elif isinstance(node, ast.If):
        yield from compared(chained(node))
    elif isinstance(node, ast.Match):
        yield texts([case.pattern for case in node.cases])
    elif isinstance(node, ast.ClassDef):
        yield texts([each.value for each in node.body if isinstance(each, ast.Assign)])
    elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
        yield words_of(node.comparators, constants)
    elif isinstance(node, ast.Call):
        yield from given(node, constants)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield choices(node.value)
    elif isinstance(node, ast.JoinedStr):
        yield choices(" ".join(texts(node.values)))


def given(call: ast.Call, constants: dict[str, ast.Constant]) -> Iterator[list[str]]:
    """Yield what a call is given: texts side by side, names with values, one text that is to be split."""
    if isinstance(call.func, ast.Name) and call.func.id in FROM_LEXICON:
        return
    yield texts(call.args, constants)
    if isinstance(call.func, ast.Name) and call.func.id in COLLECTIONS:
        yield [each.arg for each in call.keywords if each.arg is not None]
    if isinstance(call.func, ast.Attribute) and call.func.attr in SPLITTING:
        yield words_of([call.func.value, *call.args], constants)


def words_of(nodes: Sequence[ast.AST], constants: dict[str, ast.Constant]) -> list[str]:
    """Return the words of the texts in nodes, as one who splits them would."""
    named = [constants.get(node.id, node) if isinstance(node, ast.Name) else node for node in nodes]
    whole = [node.value for node in named if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return re.split(r"[\s,;|/]+", " ".join(whole))


def keys_of(node: ast.AST) -> list[str]:
    return texts([key for key in node.keys if key is not None]) if isinstance(node, ast.Dict) else []


def chained(node: ast.If) -> list[ast.expr]:
    """Return what an ``if`` asks, and each ``elif`` after it."""
    more = node.orelse
    return [node.test, *(chained(more[0]) if len(more) == 1 and isinstance(more[0], ast.If) else [])]


def compared(asked: Sequence[ast.expr]) -> Iterator[list[str]]:
    """Yield what each word is held against, as in ``word == "said" or word in ("told", "asked")``."""
    held: dict[str, list[ast.expr]] = {}
    for part in (each for whole in asked for each in ast.walk(whole)):
        if isinstance(part, ast.Compare) and isinstance(part.ops[0], ast.Eq | ast.NotEq | ast.In | ast.NotIn):
            held.setdefault(ast.unparse(part.left), []).extend(part.comparators)
    yield from map(texts, held.values())


def choices(pattern: str) -> list[str]:
    """Return what a regular expression gives a choice of, all its groups together."""
    if "|" not in pattern:
        return []
    bare = re.sub(r"\(\?(?:P<\w+>|<?[=!]|[a-zA-Z-]*:)", "(", pattern)
    bare = re.sub(r"\\[bswdSWDBAZ]|\[[^\]]*\]|\{[\d,]*\}|[?+*^$\\]", " ", bare)
    parts = re.split(r"([|()])", bare)
    return [parts[i] for i in range(0, len(parts), 2) if "|" in parts[max(i - 1, 0) : i + 2]]


def texts(nodes: Sequence[ast.AST], constants: dict[str, ast.Constant] | None = None) -> list[str]:
    """Return the texts in nodes, by name too, and in the collections that they hold or join."""
    found: list[str] = []
    for node in nodes:
        if isinstance(node, ast.Name) and constants and node.id in constants:
            found.extend(texts([constants[node.id]]))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
        elif isinstance(node, ast.Set | ast.List | ast.Tuple):
            found.extend(texts(node.elts, constants))
        elif isinstance(node, ast.BinOp):
            found.extend(texts([node.left, node.right], constants))
        elif isinstance(node, ast.MatchOr):
            found.extend(texts(node.patterns, constants))
        elif isinstance(node, ast.MatchValue | ast.Starred):
            found.extend(texts([node.value], constants))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in COLLECTIONS:
            found.extend(texts(node.args, constants))
    return found


def word_lists(source: str) -> list[tuple[str, int, list[str]]]:
    """Return the lists of English words in code, each with what it stands in and its line."""
    found = []
    for name, line, members in lists(ast.parse(source)):
        words = sorted({each.strip() for each in members if is_english(each)})
        if len(words) >= FEWEST and not any(kind >= set(words) for kind in (*ours(), *VOCABULARY)):
            found.append((name, line, words))
    return found


@pytest.mark.parametrize("path", places(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_english_words_stand_in_the_lexicon(path: Path) -> None:
    name = path.relative_to(SOURCE).as_posix()
    found = word_lists(path.read_text(encoding="utf-8"))
    assert [each for each in found if each[0] not in allowed(name)] == []


def allowed(name: str) -> set[str]:
    _, definitions = ALLOWED.get(name, ("", ""))
    return set(definitions.split())


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed_is_there(name: str) -> None:
    assert allowed(name) == {each for each, _, _ in word_lists((SOURCE / name).read_text(encoding="utf-8"))}


@pytest.mark.parametrize(
    "code",
    [
        'SAID = {"said", "told", "asked"}',
        'SAID = ("said", "told", "asked")',
        'SAID = ("he said", "she told", "they asked")',
        'SAID = {"said"} | {"told"} | frozenset(("asked",))',
        'def of(word: str) -> bool:\n    return word in ["said", "told", "asked"]',
        'def of(word: str) -> bool:\n    return word == "said" or word in ("told", "asked")',
        'def of(word: str) -> bool:\n    match word:\n        case "said" | "told" | "asked":\n            return True',
        'SAID = "said told asked".split()',
        'SAID = frozenset("said,told,asked".split(","))',
        'WORDS = "said told asked"\nSAID = WORDS.split()',
        'SAID = re.compile(r"\\b(?:said|told|asked)\\b")',
        'SAID = re.compile(r"\\b(?P<cue>said|(?:told|was asked))")',
        'SAID = re.compile(rf"{NAME} (said|told|asked) ")',
        'SAID = {"said": 1, "told": 2, "asked": 3}',
        'SAID = {1: "said", 2: "told", 3: "asked"}',
        'SAID = {"said": 1, **{"told": 2, "asked": 3}}',
        "SAID = dict(said=1, told=2, asked=3)",
        'def of(word: str) -> bool:\n    known: str = "said told asked"\n    return word in known.split()',
        'SAID = re.split(" ", "said told asked")',
        'SAID = "said told asked".partition(" ")',
        'def of(word: str) -> bool:\n    return word in "said told asked"',
        'A = "said"\nB = "told"\nC = "asked"\nSAID = (A, B, C)',
        'def of(word: str) -> bool:\n    return word != "said" and word != "told" and word != "asked"',
        'def of(word: str) -> int:\n    return word == "said" and 1 or word == "told" and 2 or 3 * (word == "asked")',
        'if w == "said":\n    one()\nelif w == "told":\n    two()\nelif w == "asked":\n    three()',
        'match w:\n    case "said":\n        a()\n    case "told":\n        b()\n    case "asked":\n        c()',
        'class Said(Enum):\n    A = "said"\n    B = "told"\n    C = "asked"',
        'def of(tokens: Tokens) -> bool:\n    return tokens.has(0, "said", "told", "asked")',
    ],
)
def test_a_list_of_words_is_seen_in_whatever_form(code: str) -> None:
    assert word_lists(code)


def test_what_the_program_defines_is_no_list_of_words() -> None:
    assert not word_lists('FIELDS = ("source", "cue", "content", "title", "outlet", "published")')
    assert not word_lists('TOLD = {"nsubj", "dobj", "VBD"}')
