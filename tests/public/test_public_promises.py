"""Every promise in docs/promises.md names a test that is there."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "promises.md"


def test_every_promise_names_a_test_that_exists() -> None:
    promises = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("- ")]
    assert promises
    for promise in promises:
        named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", promise)
        assert named, promise
        for file, test in named:
            assert f"\ndef {test}(" in (TESTS / file).read_text("utf-8"), promise
