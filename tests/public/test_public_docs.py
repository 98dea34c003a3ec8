"""Every command, option and error is documented, and the documents lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
import typer.core

from communique import errors
from communique.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands(group: typer.core.TyperGroup, name: str = "communique") -> Iterator[tuple[str, typer.core.TyperCommand]]:
    for word, command in group.commands.items():
        if isinstance(command, typer.core.TyperGroup):
            yield from commands(command, f"{name} {word}")
        else:
            assert isinstance(command, typer.core.TyperCommand)
            yield f"{name} {word}", command


COMMANDS = dict(commands(typer.main.get_group(app)))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_options_are_documented_on_one_page(name: str) -> None:
    pages = [text for page in PAGES if name in (text := page.read_text(encoding="utf-8"))]
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts if option.startswith("--")}
    missing = [options - set(re.findall(r"--[a-z][a-z-]*", text)) for text in pages]
    assert pages, f"no page mentions {name}"
    assert set() in missing, f"{name}: {min(missing, key=len)}"


def test_every_error_is_documented() -> None:
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, errors.CommuniqueError):
            assert f"`{name}`" in text or f"communique.{name}" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
