"""No result is written over the record or over what it was made of, nor half, nor without a word when it cannot be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from command_runs import communique
from communique.record import Record
from communique.record.exchange import TABLES
from record_samples import put, reading

TALKS = "Russia said on Monday that talks could resume only if Japan lifts its sanctions, TASS reported.\n"
MODEL = {"decision_makers": [], "include": ["part.json"]}

WRITING = [
    ("export",),
    ("export", "--format", "csv"),
    ("export", "--judgements"),
    ("statements",),
    ("statements", "--json"),
    ("reports", "--csv"),
    ("positions",),
    ("changes", "--since", "2023-01-01"),
    ("contradictions",),
    ("series", "peace treaty"),
    ("network",),
    ("judge", "--list"),
    ("merge", "--propose"),
    ("standoff", "issue", "peace treaty"),
    ("read", "talks.txt"),
    ("brief", "talks.txt"),
]
"""Every command that writes where -o says; pictures and an issue's brief go by the file's ending."""


def started(*arguments: object, folder: Path, out: int) -> subprocess.CompletedProcess[str]:
    """Run a command whose standard output is a file or device."""
    command = [sys.executable, "-m", "communique", *map(str, arguments)]
    return subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, cwd=folder, timeout=120, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Record.open(tmp_path / "communique.db", create=True) as record:
        put(record, reading())
    (tmp_path / "talks.txt").write_text(TALKS)
    return tmp_path


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_the_record_is_no_output(folder: Path, command: tuple[str, ...]) -> None:
    (folder / "other-name").symlink_to("communique.db")
    before = (folder / "communique.db").read_bytes()
    run = communique(*command, "-o", "other-name", folder=folder)
    assert (run.returncode, run.stdout) == (1, "")
    assert "other-name: this is a record" in run.stderr
    assert (folder / "communique.db").read_bytes() == before
    assert not list(folder.glob(".*"))


def test_nor_under_a_name_that_a_picture_or_a_brief_may_have(folder: Path) -> None:
    for name in ("r.svg", "r.html"):
        os.link(folder / "communique.db", folder / name)
    for command in (("picture", "matrix", "-o", "r.svg"), ("brief", "peace treaty", "-o", "r.html")):
        run = communique(*command, folder=folder)
        assert run.returncode == 1
        assert "this is a record" in run.stderr
    assert (folder / "r.svg").samefile(folder / "communique.db")


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_nor_is_what_stands_beside_it(folder: Path, end: str) -> None:
    with Record.open(folder / "communique.db") as record:
        put(record, reading(speaker=reading().actors[1]))
        kept = {path.name: path.read_bytes() for path in folder.iterdir()}
        run = communique("read", "talks.txt", "-o", f"communique.db{end}", folder=folder)
        assert run.returncode == 1
        assert "this is part of a record" in run.stderr
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == kept


@pytest.mark.parametrize("command", ["read", "brief"])
def test_an_input_is_no_output_under_whatever_name_it_came(folder: Path, command: str) -> None:
    news = folder / "news"
    news.mkdir()
    (news / "deep.txt").write_text(TALKS)
    os.link(news / "deep.txt", folder / "hard.out")
    (folder / "soft.out").symlink_to("talks.txt")
    for out, given in (
        ("talks.txt", "talks.txt"),
        ("soft.out", "talks.txt"),
        ("talks.txt", "soft.out"),
        ("hard.out", "news"),
        ("news/deep.txt", "news"),
    ):
        run = communique(command, given, "-o", out, folder=folder)
        assert run.returncode == 1
        assert f"{out}: this is one of the inputs" in run.stderr
    assert (folder / "talks.txt").read_text() == (news / "deep.txt").read_text() == TALKS


def test_nor_is_a_dossier_a_table_or_a_file_that_a_model_includes(folder: Path) -> None:
    communique("init", "dispute", "--party", "Japan", folder=folder)
    (folder / "coded.csv").write_text("actor,concept,agreement\nA,x,1\nB,x,1\n")
    (folder / "top.json").write_text(json.dumps(MODEL))
    (folder / "part.json").write_text("{}")
    for out, command in (
        ("dispute/dossier.toml", ("read", "dispute")),
        ("coded.csv", ("network", "--statements", "coded.csv", "--actor", "actor", "--concept", "concept")),
        ("part.json", ("standoff", "solve", "top.json")),
    ):
        before = (folder / out).read_bytes()
        run = communique(*command, "-o", out, folder=folder)
        assert run.returncode == 1
        assert f"{out}: this is one of the inputs" in run.stderr
        assert (folder / out).read_bytes() == before


def test_what_was_written_before_may_be_written_anew(folder: Path) -> None:
    for _ in range(2):
        assert communique("read", "--json", "talks.txt", "-o", "out.jsonl", folder=folder).returncode == 0
    assert json.loads((folder / "out.jsonl").read_text())["text"].strip() == TALKS.strip()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("command", [("read", "--json", "talks.txt"), ("export",), ("statements",), ("reports",)])
def test_a_full_disk_is_named(folder: Path, command: tuple[str, ...]) -> None:
    run = communique(*command, "-o", "/dev/full", folder=folder)
    assert run.returncode == 1
    assert run.stderr == "communique: /dev/full: cannot be written: no space left on device\n"
    with Path("/dev/full").open("w") as full:
        told = started(*command, folder=folder, out=full.fileno())
    assert told.returncode == 1
    assert told.stderr == "communique: standard output: cannot be written: no space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("asked", [("--help",), ("--version",), ("statements", "--help")], ids=" ".join)
def test_a_full_disk_is_named_before_a_command_begins(folder: Path, asked: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        told = started(*asked, folder=folder, out=full.fileno())
    assert told.returncode == 1
    assert told.stderr == "communique: standard output: cannot be written: no space left on device\n"


@pytest.mark.parametrize("closed", [">&-", "<&- >&-", ">&- 2>&-"])
def test_an_output_that_is_closed_is_named(folder: Path, closed: str) -> None:
    before = (folder / "communique.db").read_bytes()
    run = subprocess.run(
        ["sh", "-c", f'"$0" -m communique statements {closed}', sys.executable],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=60,
        check=False,
    )
    assert run.returncode == 1
    told = "" if "2>" in closed else "communique: standard output: cannot be written: bad file descriptor\n"
    assert (run.stdout, run.stderr) == ("", told)
    assert (folder / "communique.db").read_bytes() == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_under_what_add_tells_is_named(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        run = started("add", "--json", "talks.txt", folder=folder, out=full.fileno())
    assert run.returncode == 1
    assert "standard output: cannot be written: no space left on device" in run.stderr
    assert "Traceback" not in run.stderr


def test_an_empty_name_is_none(folder: Path) -> None:
    run = communique("read", "talks.txt", "-o", "", folder=folder)
    assert run.returncode == 1
    assert "this names no file to write to" in run.stderr


OTHERS = [
    ("statements", "--json", "-o", "said.csv"),
    ("statements", "--parquet", "-o", "said.json"),
    ("changes", "--csv", "-o", "changes.jsonl"),
    ("contradictions", "--json", "-o", "pairs.csv"),
    ("positions", "--csv", "-o", "positions.json"),
    ("series", "peace treaty", "--json", "-o", "series.csv"),
    ("judge", "--list", "--json", "-o", "judged.csv"),
    ("merge", "--propose", "--csv", "-o", "merges.json"),
    ("network", "--json", "-o", "network.graphml"),
    ("network", "--csv", "-o", "network.gexf"),
    ("standoff", "issue", "peace treaty", "--json", "-o", "model.toml"),
    ("read", "--csv", "-o", "read.json", "talks.txt"),
    ("export", "-o", "record.csv"),
    ("export", "--format", "parquet", "-o", "tables.csv"),
]


@pytest.mark.parametrize("command", OTHERS, ids=" ".join)
def test_no_file_holds_another_form_than_its_name_tells(folder: Path, command: tuple[str, ...]) -> None:
    before = sorted(path.name for path in folder.glob("[!.]*.[!d]*"))
    run = communique(*command, folder=folder)
    assert run.returncode == 2
    assert "a file of that name is not what" in " ".join(run.stderr.replace("\u2502", " ").split())
    assert sorted(path.name for path in folder.glob("[!.]*.[!d]*")) == before


def test_all_tables_go_into_a_folder_that_is_made(folder: Path) -> None:
    for given, form in (("tables/", "parquet"), ("new/deep/", "csv")):
        assert communique("export", "--format", form, "-o", given, folder=folder).returncode == 0
        written = sorted(path.name for path in (folder / given).iterdir())
        assert written == sorted(f"{table}.{form}" for table in TABLES)
    run = communique("export", "-o", "record/", folder=folder)
    assert run.returncode == 2
    assert not (folder / "record").exists()
    (folder / "file").write_text("")
    run = communique("export", "--format", "csv", "-o", "file/", folder=folder)
    assert (run.returncode, "cannot be written" in run.stderr) == (1, True)
