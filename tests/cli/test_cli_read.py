"""``communique read``: tables, JSON and CSV; what fails is named and the rest is read."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from pathlib import Path

import pytest

from communique import cli
from communique.cli.reading_formats import COLUMNS

TEXT = "The Kremlin said on Monday that talks could resume only if Japan lifts its sanctions."
KEYS = {"id", "title", "url", "outlet", "published", "text", "actors", "statements", "conditions", "events", "issues"}
STATEMENT_KEYS = (
    {"id", "source", "cue", "content", "speaker", "chain", "addressee", "manner", "act", "parent", "responds_to"}
) | {"about", "conditions", "confidence"}
CONDITION_KEYS = {"id", "statement", "antecedent", "consequent", "cue", "kind", "holder", "must_act"}


class Ran:
    """What one run of the command line left behind."""

    def __init__(self, status: int, out: bytes, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def objects(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Run:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        self.monkeypatch, self.capture = monkeypatch, capfdbinary

    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> Ran:
        self.monkeypatch.setattr(sys, "argv", ["communique", *map(str, arguments)])
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = cli.main()
        out, err = self.capture.readouterr()
        return Ran(status, out, err.decode())


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    return Run(monkeypatch, capfdbinary)


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    path = tmp_path / "wire.txt"
    path.write_text(TEXT)
    return path


def test_json_has_the_keys_that_stay_put(run: Run, wire: Path) -> None:
    ran = run("read", "--json", wire)
    assert (ran.status, ran.err) == (0, "")
    (row,) = ran.objects
    assert set(row) >= KEYS
    assert row["text"] == TEXT
    statements, conditions = row["statements"], row["conditions"]
    assert isinstance(statements, list)
    assert isinstance(conditions, list)
    assert set(statements[0]) >= STATEMENT_KEYS
    assert set(conditions[0]) >= CONDITION_KEYS
    assert statements[0]["conditions"] == [conditions[0]["id"]]
    (start, end), *_ = statements[0]["content"]
    assert "Japan lifts its sanctions" in TEXT[start:end]


def test_json_comes_in_the_order_of_the_input(run: Run, wire: Path) -> None:
    lines = "\n".join(json.dumps({"id": f"r{k}", "text": TEXT}) for k in range(5))
    ran = run("read", "--json", "-", wire, stdin=lines.encode())
    assert [row["id"] for row in ran.objects][:5] == ["r0", "r1", "r2", "r3", "r4"]
    assert len(ran.objects) == 6


def test_two_processes_print_what_one_prints(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    path.write_text("\n".join(json.dumps({"id": f"r{k}", "text": f"{TEXT} So it was {k} times."}) for k in range(40)))
    assert run("read", "--json", path).out == run("read", "--json", "--jobs", "2", path).out


def test_every_bad_input_is_named_and_the_rest_is_read(run: Run, wire: Path, tmp_path: Path) -> None:
    (tmp_path / "pdf.html").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "german.txt").write_text("Der Minister sagte, dass die Gespräche nicht mehr auf dem Tisch sind.")
    (tmp_path / "rows.jsonl").write_text('{"id": "a"}\n{"id": "b", "text": "The minister said no to the offer."}')
    ran = run("read", "--json", "pdf.html", "german.txt", "rows.jsonl", "gone.txt", wire)
    assert ran.status == 1
    first, _ = ran.objects
    assert first["id"] == "b"
    assert [line.removeprefix("communique: ").split(": ")[0] for line in ran.err.splitlines()] == [
        "pdf.html",
        "german.txt",
        "rows.jsonl:1",
        "gone.txt",
    ]


def test_a_note_is_told_and_kept_and_is_no_failure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("The minister’s spokesman said “no” to the offer.".encode("cp1252"))
    ran = run("read", "--json", "old.txt")
    assert ran.status == 0
    assert ran.err == "communique: old.txt: note: not UTF-8 (byte 12), read as cp1252\n"
    assert ran.objects[0]["notes"] == ["not UTF-8 (byte 12), read as cp1252"]


def test_lone_surrogates_are_printed_as_escapes(run: Run) -> None:
    ran = run("read", "--json", "-", stdin=rb'{"id": "\udc00", "text": "The minister said \ud800 he would go."}')
    assert ran.status == 0
    assert rb"The minister said \ud800 he" in ran.out
    assert ran.objects[0]["text"] == "The minister said \ud800 he would go."


@pytest.mark.parametrize("form", ["--json", "--csv", None])
def test_no_form_breaks_on_odd_characters(run: Run, form: str | None) -> None:
    text = "The minister said \ud800\u202e\x1b[31m“[bold]no[/bold]”\ufeff 🙂 to “=SUM(A1)” and left."
    ran = run("read", *([form] if form else []), "-", stdin=json.dumps({"id": "=x", "text": text}).encode())
    assert ran.status == 0
    assert ran.out


def test_csv_has_a_row_for_each_statement(run: Run, wire: Path) -> None:
    ran = run("read", "--csv", wire)
    rows = list(csv.DictReader(io.StringIO(ran.out.decode())))
    assert tuple(rows[0]) == COLUMNS
    assert "Japan lifts its sanctions" in rows[0]["content"]
    assert rows[0]["conditions"].startswith("necessary: Japan lifts its sanctions")
    assert TEXT[int(rows[0]["start"]) : int(rows[0]["end"])] == rows[0]["content"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "＝1"])
def test_no_csv_cell_is_a_formula(run: Run, name: str) -> None:
    row = json.dumps({"id": "x", "text": TEXT, "outlet": name}).encode()
    (first, *_) = csv.DictReader(io.StringIO(run("read", "--csv", "-", stdin=row).out.decode(), newline=""))
    assert first["outlet"] == f"'{name}"


def test_the_table_shows_who_what_and_the_words(run: Run, wire: Path) -> None:
    ran = run("read", wire)
    shown = " ".join(ran.out.decode().replace("│", " ").split())
    assert "Kremlin" in shown or "Russia" in shown
    assert "necessary: Japan lifts its sanctions" in shown
    assert "[0-" in shown


def test_the_table_obeys_nothing_in_the_text(run: Run) -> None:
    text = "The \x1b[31mminister\x1b]0;owned\x07 said \u202ethat [red]talks[/red] :smile: would \x9b2J resume."
    row = json.dumps({"id": "x\x1b[2J", "title": "\x1b[2Jhi", "text": text}).encode()
    out = run("read", "-", stdin=row).out.decode()
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(out)
    assert "[red]talks[/red] :smile:" in " ".join(out.replace("│", " ").split())


def test_a_file_name_cannot_reach_the_terminal(run: Run) -> None:
    assert "\x1b" not in run("read", "\x1b[31mgone.txt").err


def test_output_is_written_to_a_file_whole_or_not_at_all(run: Run, wire: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before")
    assert run("read", "--json", "--model", "no_such_model", "-o", out, wire).status == 1
    assert out.read_text() == "before"
    ran = run("read", "--json", "-o", out, wire, "gone.txt")
    assert (ran.status, ran.out) == (1, b"")
    assert json.loads(out.read_text())["text"] == TEXT
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl", "wire.txt"]


def test_output_that_cannot_be_written_is_an_error(run: Run, wire: Path, tmp_path: Path) -> None:
    for place in (tmp_path / "no" / "out.json", tmp_path):
        ran = run("read", "--json", "-o", place, wire)
        assert ran.status == 1
        assert "cannot be written" in ran.err


def test_output_may_be_a_device(run: Run, wire: Path) -> None:
    assert run("read", "--json", "-o", os.devnull, wire).status == 0
    assert Path(os.devnull).is_char_device()


def test_a_missing_model_is_an_error_with_the_way_to_install_it(run: Run, wire: Path) -> None:
    ran = run("read", "--model", "en_no_such_model", wire)
    assert ran.status == 1
    assert ran.out == b""
    assert "model en_no_such_model" in ran.err
    assert "python -m spacy download en_no_such_model" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "--json", "--csv", "x.txt"],
        ["read", "--jobs", "0", "x.txt"],
        ["nonsense"],
        ["read", "--no", "x"],
    ],
)
def test_wrong_usage_ends_with_2(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert ran.status == 2
    assert ran.out == b""
    assert ran.err


def test_the_version_is_told(run: Run) -> None:
    ran = run("--version")
    assert ran.status == 0
    assert ran.out.startswith(b"communique 0.")


def test_the_brief_is_written_where_asked(run: Run, wire: Path, tmp_path: Path) -> None:
    ran = run("brief", wire, "gone.txt", "-o", tmp_path / "page.html", "--title", "Talks & <sanctions>")
    assert ran.status == 1
    page = (tmp_path / "page.html").read_text()
    assert "Talks &amp; &lt;sanctions&gt;" in page
    assert "Japan lifts its sanctions" in page
    assert "read 1 report: 1 statement, 1 condition" in ran.err


def test_no_brief_is_written_of_nothing(run: Run, tmp_path: Path) -> None:
    ran = run("brief", "gone.txt", "-o", tmp_path / "page.html")
    assert ran.status == 1
    assert "no report could be read" in ran.err
    assert not (tmp_path / "page.html").exists()


def test_the_issuer_of_the_texts_may_be_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "speech.txt"
    path.write_text("The port must reopen. We will pay in May.")
    (read,) = run("read", "--json", "--issuer", "Minister Ida Holm of Malta", path).objects
    names = {a["id"]: (a["name"], a["country"]) for a in read["actors"]}  # type: ignore[attr-defined]
    assert [names[s["speaker"]] for s in read["statements"]] == [("Ida Holm", "MLT")] * 2  # type: ignore[attr-defined]
