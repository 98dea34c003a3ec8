"""The page's own files: its templates, styles and scripts."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template


@cache
def asset(name: str) -> str:
    """Return the text of a file of ours by its name. Raises FileNotFoundError where there is none."""
    return files("communique.brief").joinpath("assets", name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def template(name: str) -> Template:
    """Return a template of ours by its name: it escapes what it is given, and what it is not given is an error."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(asset(name))
