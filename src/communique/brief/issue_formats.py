"""The brief on an issue as HTML, Markdown or PDF: one file without outside parts."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from markupsafe import Markup

from communique.brief.assets import asset, template
from communique.brief.content_security import policy_for
from communique.brief.issue import Footnote, IssueBrief, Line

FORMATS = ("html", "md", "pdf")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~^$&])")
_OPENING = re.compile(r"^([+-]|\d+[.)])")
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def as_html(brief: IssueBrief) -> bytes:
    """Return the brief as a page that runs nothing and loads nothing. The same brief gives the same bytes."""
    style = asset("issue.css")
    page = template("issue.html").render(
        brief=brief,
        style=Markup(style),
        policy=policy_for(style=style),
        timeline=Markup(brief.timeline) if brief.timeline else None,
        link=_link,
    )
    return (_clean(page).lstrip() + "\n").encode()


def as_markdown(brief: IssueBrief) -> bytes:
    """Return the brief as Markdown with footnotes (as GitHub and Pandoc know them)."""
    lines = [f"# {_md(brief.name)}", "", f"As of {_md(brief.as_of or 'today')}.", ""]
    for section in brief.sections:
        lines += [f"## {_md(section.title)}", ""]
        lines += [f"- {_md(line.words)}{_references(line)}" for line in section.lines] or [f"*{_md(section.silence)}*"]
        lines.append("")
    lines += [f"[^{note.number}]: {_md_note(note)}" for note in brief.notes]
    return (_clean("\n".join(lines)).rstrip() + "\n").encode()


def as_pdf(brief: IssueBrief) -> bytes:
    """Return the brief as a PDF, set by Typst. The reports' words go in as data: nothing in them is a command."""
    import typst

    data = {
        "name": brief.name,
        "as_of": brief.as_of,
        "sections": [
            {
                "title": section.title,
                "silence": section.silence,
                "lines": [{"words": line.words, "notes": list(line.notes)} for line in section.lines],
            }
            for section in brief.sections
        ],
        "notes": [
            {"number": note.number, "quote": note.quote, "origin": _origin(note), "url": _link(note.url)}
            for note in brief.notes
        ],
        "timeline": brief.timeline or "",
    }
    inputs = {"brief": _clean(json.dumps(data, ensure_ascii=False))}
    made = typst.compile(asset("issue.typ").encode(), sys_inputs=inputs, format="pdf", timestamp=0)
    return bytes(made)


def _origin(note: Footnote) -> str:
    return ", ".join(filter(None, (note.speaker, note.day, note.outlet, note.title)))


def _references(line: Line) -> str:
    return "".join(f"[^{number}]" for number in line.notes)


def _md_note(note: Footnote) -> str:
    url = _link(note.url)
    address = f" <{url}>" if url and not re.search(r"[\s<>]", url) else ""
    return f"{_md(_origin(note))}: “{_md(' '.join(note.quote.split()))}”{address} ({_md(note.statement)})"


def _md(words: str) -> str:
    escaped = _MARKDOWN.sub(r"\\\1", " ".join(words.split()))
    return _OPENING.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], escaped)


def _link(url: str | None) -> str | None:
    try:
        return url if url and urlsplit(url).scheme.lower() in ("http", "https") else None
    except ValueError:
        return None


def _clean(text: str) -> str:
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)
