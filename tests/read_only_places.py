"""Folders in which nothing can be written, not even by root."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def nothing_can_be_written(folder: Path) -> Iterator[None]:
    """Make a folder read-only until the block ends: by its mode, for root by a mount. Skips where neither works."""
    if os.geteuid() != 0:
        folder.chmod(0o555)
        try:
            yield
        finally:
            folder.chmod(0o755)
        return
    if not (_done("mount", "--bind", folder, folder) and _done("mount", "-o", "remount,bind,ro", folder)):
        _done("umount", folder)
        pytest.skip("root writes anywhere here, and may not mount a folder read-only")
    try:
        yield
    finally:
        if not _done("umount", folder):
            _done("umount", "--lazy", folder)


def _done(*command: str | Path) -> bool:
    words: Sequence[str] = [str(each) for each in command]
    try:
        return subprocess.run(words, capture_output=True, timeout=30, check=False).returncode == 0
    except OSError:
        return False
