"""Mark-up in what should be plain text is taken out, whatever file it came in, and a note says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique.ingest import Arrival, gather
from communique.ingest.markup import unmarked

MARKED = (
    "Azerbaijan&#39;s ministry of Trade &amp; Industry said &ldquo;it would not sign the accord&rdquo; with the others."
)
PLAIN = "Azerbaijan's ministry of Trade & Industry said “it would not sign the accord” with the others."


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_references_become_the_characters_that_they_stand_for(tmp_path: Path, name: str) -> None:
    held = {"a.txt": MARKED, "a.jsonl": json.dumps({"text": MARKED}), "a.csv": f'text\n"{MARKED}"\n'}[name]
    (tmp_path / name).write_text(held, encoding="utf-8")
    (item,) = gather([tmp_path / name])
    assert isinstance(item, Arrival)
    assert item.report.text == PLAIN
    assert any("references" in note for note in item.notes)


def test_html_becomes_its_paragraphs() -> None:
    text, notes = unmarked(
        "<p>Russia said that it is <b>ready</b> to talk.</p><p>&ldquo;We wait,&rdquo; Orlov said.</p>"
    )
    assert text == "Russia said that it is ready to talk.\n\n“We wait,” Orlov said."
    assert notes


@pytest.mark.parametrize("text", ["AT&T said R&D; and a < b > c.", "Use &foo; here", "a &amp b", "<Inaudible> he said"])
def test_other_uses_of_the_signs_stay(text: str) -> None:
    assert unmarked(text) == (text, ())


def test_what_is_escaped_twice_is_read_and_titles_too(tmp_path: Path) -> None:
    row = {"text": "Armenia&amp;#39;s envoy said no.", "title": "Q &amp;amp; A", "url": "https://a.example/?a=1&copy=2"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (tmp_path / "b.csv").write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    for name in ("a.jsonl", "b.csv"):
        (item,) = gather([tmp_path / name])
        assert isinstance(item, Arrival)
        assert (item.report.text, item.report.title) == ("Armenia's envoy said no.", "Q & A")
        assert item.report.url == row["url"]
    assert unmarked("Tokyo &lt;b&gt;waits&lt;/b&gt;.")[0] == "Tokyo waits."
