"""The brief: one HTML file that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from communique.brief.policy import policy_for
from communique.brief.view import build
from communique.model import Reading


def render(readings: Sequence[Reading], title: str) -> str:
    """Return the readings as one HTML page without outside parts.

    The page's policy lets it run its own script and style and load nothing. Everything taken from the reports is
    escaped, and only http and https addresses become links. The same readings give the same page, byte for byte;
    each report's text is in it once, so that its size grows with theirs.
    """
    style, script = _asset("brief.css"), _asset("brief.js")
    policy = policy_for(style=style, script=script)
    # The two are our own files: marked safe, or escaping would change the bytes that the policy's digests stand for.
    page = build(readings, title)
    return _template().render(page=page, style=Markup(style), script=Markup(script), policy=policy).lstrip() + "\n"


@cache
def _asset(name: str) -> str:
    return files("communique.brief").joinpath("assets", name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_asset("brief.html"))
