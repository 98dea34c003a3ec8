"""The brief: one HTML file that stands alone."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from communique.brief.assets import asset, template
from communique.brief.content_security import policy_for
from communique.brief.readings_view import build
from communique.model import Reading


def render(readings: Sequence[Reading], title: str) -> str:
    """Return the readings as one HTML page without outside parts.

    The page's policy lets it run its own script and style and load nothing. Everything taken from the reports is
    escaped, and only http and https addresses become links. The same readings give the same page, byte for byte;
    each report's text is in it once, so that its size grows with theirs.
    """
    style, script = asset("brief.css"), asset("brief.js")
    policy = policy_for(style=style, script=script)
    # The two are our own files: marked safe, or escaping would change the bytes that the policy's digests stand for.
    page = build(readings, title)
    return (
        template("brief.html").render(page=page, style=Markup(style), script=Markup(script), policy=policy).lstrip()
        + "\n"
    )
