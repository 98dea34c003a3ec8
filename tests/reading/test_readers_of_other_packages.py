"""Another package brings a part of a reader of its own, and a pipeline's configuration names it."""

from __future__ import annotations

import importlib
import re
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy

from communique.errors import CommuniqueError, ModelMissing, OtherFeatures, PartMissing, ReadingFailed
from communique.model import Reading, Report
from communique.reading.attribution.scorer import features_digest
from communique.reading.factories import DEFAULTS
from communique.reading.pipeline import DEFAULT_MODEL, Parts, Reader, load, read, read_batch
from communique.reading.registered_parts import GROUPS, made_by, part
from communique.reading.workers import read_each

TEXT = 'Norway backed the plan. "The ferry will return," the minister said.\n\nTalks would resume only if Russia left.'

PAGE = Path(__file__).resolve().parents[2] / "docs" / "readers.md"

MODULE = """
from dataclasses import replace

from communique.model import Act
from communique.reading.acts.resolver import ActMatch
from communique.reading.attribution.extractor import find_candidates
from communique.reading.attribution.scorer import features_digest, fitted


class Scorer:
    def __init__(self, score, features=""):
        self.score, self.features = score, features

    def __call__(self, text, found):
        return [self.score(text, candidate) for candidate in found]


def in_quotation(text, candidate):
    return float(any(q.start <= candidate.content[0][0] < q.end for q in text.quotations))


def quoted():
    return Scorer(in_quotation)


def today():
    return Scorer(lambda text, candidate: 1.0, features_digest())


def yesterday():
    return Scorer(lambda text, candidate: 1.0, "0123456789abcdef")


def too_sure():
    return Scorer(lambda text, candidate: 2.0)


class Short(Scorer):
    def __call__(self, text, found):
        return []


def short():
    return Short(None)


def broken():
    raise OSError("its weights are not there")


def learned():
    return lambda text: [replace(c, rule="learned") for c in find_candidates(text)]


def threats():
    return lambda text: [ActMatch(i, Act.THREATEN) for i, _ in enumerate(text.attributions)]
"""
ENTRIES = """
[communique.extractors]
example.learned = example_reader:learned
example.threats = example_reader:threats

[communique.scorers]
even = example_reader:broken
example.quoted = example_reader:quoted
example.today = example_reader:today
example.yesterday = example_reader:yesterday
example.too-sure = example_reader:too_sure
example.short = example_reader:short
example.broken = example_reader:broken
"""


def distribution(folder: Path, name: str, entries: str) -> None:
    """What installing a package leaves behind."""
    info = folder / f"{name.replace('-', '_')}-1.2.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text(entries)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package whose readers are installed beside ours."""
    folder = tmp_path / "site"
    distribution(folder, "example-reader", ENTRIES)
    (folder / "example_reader.py").write_text(MODULE)
    monkeypatch.syspath_prepend(folder)
    importlib.invalidate_caches()
    yield folder
    sys.modules.pop("example_reader", None)


def reading_with(reader: Reader, text: str = TEXT) -> Reading:
    (outcome,) = read_batch(reader, [Report(id="r", text=text)])
    assert isinstance(outcome, Reading)
    return outcome


def contents(reading: Reading) -> set[str]:
    return {reading.report.text[start:end] for s in reading.statements for start, end in s.content}


@pytest.mark.usefixtures("installed")
def test_a_scorer_of_another_package_decides_what_stands_and_the_reading_names_it() -> None:
    reader = load(parts={"communique_statements": {"scorer": "example.quoted"}})
    reading = reading_with(reader)
    assert contents(reading) == {'"The ferry will return,"'}
    assert "the plan" in contents(read(Report(id="r", text=TEXT)))
    default = load().name
    assert reading.reader == f"{default} communique_statements.scorer=example.quoted (example-reader 1.2)"


@pytest.mark.usefixtures("installed")
def test_an_extractor_of_another_package_finds_what_the_default_scorer_and_the_later_stages_take_up() -> None:
    reader = load(parts={"communique_statements": {"extractor": "example.learned"}})
    learned, ours = reading_with(reader), read(Report(id="r", text=TEXT))
    assert {s.rule for s in learned.statements} == {"learned"}
    assert [(s.id, s.speaker, s.act, s.confidence) for s in learned.statements] == [
        (s.id, s.speaker, s.act, s.confidence) for s in ours.statements
    ]
    assert learned.conditions == ours.conditions
    assert "(example-reader 1.2)" in learned.reader


@pytest.mark.usefixtures("installed")
def test_every_task_has_the_same_door() -> None:
    reading = reading_with(load(parts={"communique_acts": {"extractor": "example.threats"}}))
    assert {s.act.value for s in reading.statements} == {"threaten"}


@pytest.mark.usefixtures("installed")
def test_a_saved_pipeline_keeps_its_parts_wherever_a_model_is_named(tmp_path: Path) -> None:
    load(parts={"communique_statements": {"scorer": "example.quoted"}}).nlp.to_disk(tmp_path / "model")
    saved = str(tmp_path / "model")
    config = spacy.load(saved).config["components"]["communique_statements"]
    assert config["scorer"] == "example.quoted"
    (reading,) = read_each([Report(id="r", text=TEXT)], saved)
    assert isinstance(reading, Reading)
    assert contents(reading) == {'"The ferry will return,"'}
    assert "scorer=example.quoted" in reading.reader
    other = load(saved, {"communique_statements": {"scorer": "attribution.fitted"}})
    assert other.name == load().name


def test_the_default_reader_says_nothing_of_its_parts() -> None:
    assert load().name == load(parts=DEFAULTS).name
    assert "=" not in load().name


@pytest.mark.usefixtures("installed")
def test_a_scorer_that_was_fitted_on_other_features_is_refused_when_it_is_loaded() -> None:
    with pytest.raises(OtherFeatures, match="0123456789abcdef") as raised:
        load(parts={"communique_statements": {"scorer": "example.yesterday"}})
    assert isinstance(raised.value, CommuniqueError)
    assert features_digest() in str(raised.value)
    assert load(parts={"communique_statements": {"scorer": "example.today"}}).nlp.has_pipe("communique_statements")
    with pytest.raises(OtherFeatures, match="none for this task"):
        load(parts={"communique_acts": {"scorer": "example.today"}})


@pytest.mark.usefixtures("installed")
def test_a_saved_pipeline_with_a_scorer_of_other_features_is_refused_with_the_same_reason(tmp_path: Path) -> None:
    load(parts={"communique_statements": {"scorer": "example.quoted"}}).nlp.to_disk(tmp_path / "model")
    config = tmp_path / "model" / "config.cfg"
    config.write_text(config.read_text().replace("example.quoted", "example.yesterday"))
    with pytest.raises(OtherFeatures, match="0123456789abcdef"):
        load(str(tmp_path / "model"))


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_saved_pipeline_whose_parts_are_gone_is_a_model_that_is_missing(tmp_path: Path, jobs: int) -> None:
    load(parts={"communique_statements": {"scorer": "example.quoted"}}).nlp.to_disk(tmp_path / "model")
    config = tmp_path / "model" / "config.cfg"
    config.write_text(config.read_text().replace("example.quoted", "example.gone"))
    with pytest.raises(ModelMissing, match=r"example\.gone: no installed package brings it"):
        list(read_each([Report(id="r", text=TEXT)], str(tmp_path / "model"), jobs))


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (
            {"communique_statements": {"scorer": "nobody.knows"}},
            "no installed package brings it; there are attr",
        ),
        ({"communique_statements": {"scorer": "example.broken"}}, "its weights are not there"),
        ({"communique_speakers": {"scorer": "even"}}, "it has resolver alone"),
        ({"communique_weather": {"scorer": "even"}}, "there is none; there are communique_quotations"),
    ],
)
def test_a_part_that_cannot_be_had_is_named_with_the_reason(parts: Parts, reason: str) -> None:
    with pytest.raises(PartMissing, match=reason):
        load(parts=parts)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(("scorer", "reason"), [("too-sure", "not from 0 to 1"), ("short", "0 scores for")])
def test_a_scorer_that_breaks_its_contract_fails_the_report_by_the_stage(scorer: str, reason: str) -> None:
    reader = load(parts={"communique_statements": {"scorer": f"example.{scorer}"}})
    (outcome,) = read_batch(reader, [Report(id="r", text=TEXT)])
    assert isinstance(outcome, ReadingFailed)
    assert "communique_statements" in outcome.reason
    assert reason in outcome.reason


@pytest.mark.usefixtures("installed")
def test_no_other_package_takes_the_place_of_a_name_of_ours() -> None:
    assert made_by("scorer", "even") == "even"
    assert part("scorer", "even").features == ""


def test_a_name_that_two_packages_bring_is_refused(installed: Path) -> None:
    distribution(installed, "rival", "[communique.scorers]\nexample.quoted = rival:quoted\n")
    importlib.invalidate_caches()
    with pytest.raises(PartMissing, match="more than one package brings it: example_reader:quoted, rival:quoted"):
        part("scorer", "example.quoted")


def test_the_page_on_readers_does_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = [textwrap.dedent(block) for block in re.findall(r"(?:^(?: {4}.*)?\n)+", PAGE.read_text(), re.MULTILINE)]
    module = next(block for block in blocks if "# my_reader.py" in block)
    project = tomllib.loads(next(block for block in blocks if "[project.entry-points" in block))["project"]
    use = next(block for block in blocks if "load(parts=" in block)
    (group, entries), *_ = project["entry-points"].items()
    lines = [f"{name} = {value}" for name, value in entries.items()]
    distribution(tmp_path / "site", "my-reader", "\n".join([f"[{group}]", *lines]))
    (tmp_path / "site" / "my_reader.py").write_text(module)
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.chdir(tmp_path)
    importlib.invalidate_caches()
    made: dict[str, Any] = {}
    try:
        exec(use, made)  # our own page
    finally:
        sys.modules.pop("my_reader", None)
    shown = next(line for line in use.splitlines() if line.startswith("reader.name")).split("# ")[1]
    assert made["reader"].name == shown.replace("my-reader 1.0", "my-reader 1.2")
    assert (tmp_path / "my-model" / "config.cfg").exists()
    sure = {s.confidence for s in reading_with(made["reader"]).statements if TEXT[s.content[0].start] == '"'}
    assert sure == {1.0}


def test_every_default_part_is_registered() -> None:
    for stage, named in DEFAULTS.items():
        for kind, name in named.items():
            assert kind in GROUPS, stage
            assert callable(part(kind, name))


def test_parts_are_chosen_in_anybodys_pipeline() -> None:
    nlp = spacy.load(DEFAULT_MODEL)
    for stage, named in DEFAULTS.items():
        nlp.add_pipe(stage, config=dict(named))
    assert nlp(TEXT)._.communique.attributions
