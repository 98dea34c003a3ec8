"""What the package offers, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest

import communique
from communique import CommuniqueError, Report
from communique import errors as error_module

TEXT = "The Kremlin said on Monday that talks could resume only if Japan lifts its sanctions."


ERRORS = {
    name for name, value in vars(error_module).items() if isinstance(value, type) and issubclass(value, CommuniqueError)
}


def test_the_exported_names_are_these() -> None:
    assert set(communique.__all__) == {
        *("read", "read_all", "as_json", "__version__"),
        *("Report", "Reading", "Actor", "Statement", "Relay", "Condition", "Event", "Issue", "Claim", "Span"),
        *("ActorKind", "Manner", "Mode", "Act", "ConditionKind"),
        *ERRORS,
    }
    assert all(hasattr(communique, name) for name in communique.__all__)
    assert sorted(communique.__all__) == communique.__all__


def test_the_version_is_that_of_the_package() -> None:
    assert communique.__version__ == version("communique")


def test_reading_a_text_gives_a_reading_with_what_is_known_of_the_report() -> None:
    reading = communique.read(TEXT, id="k1", title="Talks", url="https://a.example", outlet="A", published="2024-01-02")
    assert reading.report == Report("k1", TEXT, "Talks", "https://a.example", "A", "2024-01-02")
    (condition,) = reading.conditions
    assert [TEXT[start:end] for start, end in condition.antecedent] == ["Japan lifts its sanctions"]


def test_read_all_hands_failures_over_or_raises_them() -> None:
    reports = [Report("a", TEXT), Report("long", "x" * 1_000_001), Report("b", TEXT)]
    failures: list[CommuniqueError] = []
    assert [r.report.id for r in communique.read_all(reports, failed=failures.append)] == ["a", "b"]
    assert [f.where for f in failures] == ["report long"]
    with pytest.raises(communique.ReportTooLong):
        list(communique.read_all(reports))


def test_read_all_needs_a_process_to_read_in() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        list(communique.read_all([], jobs=0))


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (communique.UnreadableReport, ValueError),
        (communique.ReportTooLong, ValueError),
        (communique.NotText, ValueError),
        (communique.NotEnglish, ValueError),
        (communique.MissingInput, OSError),
        (communique.ModelMissing, OSError),
        (communique.PartMissing, LookupError),
        (communique.OtherFeatures, ValueError),
        (communique.ReadingFailed, RuntimeError),
    ],
)
def test_every_error_is_ours_and_the_matching_built_in(error: type[CommuniqueError], builtin: type[Exception]) -> None:
    made = error("wire.txt", "empty")
    assert isinstance(made, CommuniqueError)
    assert isinstance(made, builtin)
    assert str(made) == "wire.txt: empty"


def test_no_error_is_left_out_of_the_package() -> None:
    assert {"CommuniqueError", "UnreadableReport", "RecordBusy", "StandoffTooLarge", "FetchRefused"} <= ERRORS
    assert set(communique.__all__) >= ERRORS


@pytest.mark.parametrize("module", ["communique", "communique.ingest", "communique.cli.app"])
def test_importing_is_light(module: str) -> None:
    code = f"import sys, {module}; print([m for m in ('spacy', 'numpy', 'trafilatura', 'jinja2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
