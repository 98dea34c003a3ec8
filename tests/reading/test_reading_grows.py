"""The work of reading grows with a text's length, and not with its square: counted in calls, which no load changes."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from conftest import Read
from growth import SHAPES

_UNITS = 300
_MOST = 2.2
"""What twice the text may take of what the text takes."""


def calls(reader: Read, text: str) -> int:
    count = 0

    def counted(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        reader(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("shape", ["paragraphs", "quotations", "sentence"])
def test_twice_the_text_is_read_with_twice_the_work(reader: Read, shape: str) -> None:
    made = SHAPES[shape]
    reader(made(3))
    assert calls(reader, made(2 * _UNITS)) < _MOST * calls(reader, made(_UNITS))
