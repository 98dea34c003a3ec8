"""Chromium for tests: where it is installed; under CI it is installed by the tests."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def chromium() -> str:
    """Return Chromium's path; install it under CI, skip where it is absent elsewhere."""
    found = _find()
    if found is None and os.environ.get("CI") == "true":
        # Chromium's own steps ask questions unless told not to.
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update"], check=True, env=quiet, capture_output=True, timeout=300)
        install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
        subprocess.run(install, check=True, env=quiet, capture_output=True, timeout=900)
        found = _find()
        assert found, "Chromium was installed and is not on the path"
    if found is None:
        pytest.skip("Chromium is not installed")
    return found


def _find() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
