"""Every command, option and error is documented, and the documents lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from communique import errors
from communique.cli.app import app

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_every_command_and_option_is_documented() -> None:
    text = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert set(commands) == {"read", "brief"}
    for name, command in commands.items():
        assert f"communique {name}" in text
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("-") or option in text, f"{name} {option}"


def test_every_error_is_documented() -> None:
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, errors.CommuniqueError):
            assert f"`{name}`" in text or f"communique.{name}" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
