"""The brief on an issue: every line footnoted to quotes of the record, in three forms, whatever the words are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from communique.brief.issue import Footnote, IssueBrief, Line, Section, issue_brief
from communique.brief.issue_formats import as_html, as_markdown, as_pdf
from communique.cli.app import app
from communique.record import Record
from communique.record.query.lookup import find_issue
from record_samples import JAPAN, made, put, reading

TEXT = "Russia said it would resume treaty talks only if Japan changed course, TASS reported."
HOSTILE = '<script>alert(1)</script> [x](javascript:alert(1)) #set page() $x$ `y` "\x00'


@pytest.fixture
def held(record: Record) -> Record:
    put(record, reading(made(TEXT, published="2023-10-04", title="First")))
    put(record, reading(made(TEXT.replace("treaty", "peace"), published="2024-02-01", title="Second")))
    put(record, reading(made(TEXT.replace("Russia", "Tokyo"), published="2024-03-01", outlet="Nihon"), speaker=JAPAN))
    return record


@pytest.fixture
def brief(held: Record) -> Iterator[IssueBrief]:
    with held.reading() as connection:
        yield issue_brief(connection, find_issue(connection, "peace treaty"))


def test_it_has_its_parts_in_order_and_says_where_there_is_nothing(brief: IssueBrief) -> None:
    assert [section.key for section in brief.sections] == [
        *("state", "positions", "changes", "conditions", "deadlock", "contradictions", "questions", "check")
    ]
    assert all(section.silence for section in brief.sections)


def test_every_finding_is_footnoted_and_every_footnote_is_a_quote_of_the_record(
    brief: IssueBrief, held: Record
) -> None:
    known = {row.statement: row.content_text for row in held.statements()}
    cited = [line for section in brief.sections for line in section.lines][1:]
    assert cited
    assert all(line.notes for line in cited)
    assert {number for line in cited for number in line.notes} == {note.number for note in brief.notes}
    assert all(known[note.statement] == note.quote for note in brief.notes)


def test_only_what_was_published_by_the_day_counts(held: Record) -> None:
    with held.reading() as connection:
        issue = find_issue(connection, "peace treaty")
        early = issue_brief(connection, issue, as_of="2023-12-31")
        late = issue_brief(connection, issue, since="2024-02-15")
    assert {note.day for note in early.notes} == {"2023-10-04"}
    assert early.as_of == "2023-12-31"
    state = next(section for section in late.sections if section.key == "state")
    assert not any(line.words.startswith("2023") for line in state.lines)


def test_the_same_record_gives_the_same_bytes(brief: IssueBrief) -> None:
    for form in (as_html, as_markdown, as_pdf):
        assert form(brief) == form(brief)
    assert as_pdf(brief).startswith(b"%PDF-")


def test_a_page_stands_alone(brief: IssueBrief) -> None:
    page = as_html(brief).decode()
    assert "default-src &#39;none&#39;" in page
    assert re.findall(r"<(?:script|link|img|iframe)\b", page) == []
    for number in {number for section in brief.sections for line in section.lines for number in line.notes}:
        assert f'id="note-{number}"' in page


def hostile(words: str) -> IssueBrief:
    line = Line(words, (1,))
    note = Footnote(1, words, words, words, words, words, words, "javascript:alert(1)", words)
    return IssueBrief(words, words, words, None, (Section("state", words, (line,), words),), None, (note,))


def test_hostile_words_are_words_in_every_form() -> None:
    page = as_html(hostile(HOSTILE)).decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    markdown = as_markdown(hostile(HOSTILE)).decode()
    assert "<script>" not in markdown.replace("\\<script\\>", "")
    assert not re.search(r"(?<!\\)\]\(javascript", markdown)
    assert as_pdf(hostile(HOSTILE)).startswith(b"%PDF-")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
def test_any_words_can_be_told(words: str) -> None:
    assert as_html(hostile(words))
    assert as_markdown(hostile(words))
    assert as_pdf(hostile(words)).startswith(b"%PDF-")


@pytest.mark.parametrize("ending", ["html", "md", "pdf"])
def test_the_command_writes_the_form_that_the_name_says(held: Record, where: str, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"brief.{ending}"
    done = CliRunner().invoke(app, ["brief", "peace treaty", "--record", where, "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert out.stat().st_size > 500


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["brief", "war treaty"], 1, "no issue of the record"),
        (["brief", "peace treaty", "-o", "brief.docx"], 2, ".html, .md or .pdf"),
        (["brief", "peace treaty", "--since", "tomorrow"], 1, "no date"),
        (["brief", "nowhere.txt"], 1, "nowhere.txt"),
    ],
)
def test_what_cannot_be_written_has_a_reason(
    held: Record, where: str, tmp_path: Path, arguments: list[str], status: int, said: str
) -> None:
    out = [] if "-o" in arguments else ["-o", str(tmp_path / "brief.html")]
    done = CliRunner().invoke(app, [*arguments, "--record", where, *out])
    assert done.exit_code == status
    assert said in done.output
    assert not list(tmp_path.glob("brief*"))
