"""``communique init`` makes a dossier that is read as it stands, and never overwrites one."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from communique.cli.app import app
from communique.ingest.dossier import DisputedIssue, Feed, Party, load_dossier

run = CliRunner().invoke


def test_it_holds_what_was_said_and_examples_of_the_rest(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "fish"
    args = ["--party", "Japan", "--party", "Kosovo=XKX", "--party", "the union", "--issue", "fisheries"]
    done = run(app, ["init", str(folder), "--name", "Fish", *args, "--feed", "https://a.example/rss"])
    assert done.exit_code == 0, done.output
    assert "communique add" in done.stderr
    assert done.stdout == ""
    found = load_dossier(folder)
    assert found.name == "Fish"
    assert found.parties == (Party("Japan", "JPN"), Party("Kosovo", "XKX"), Party("the union"))
    assert (found.issues, found.feeds) == ((DisputedIssue("fisheries"),), (Feed("https://a.example/rss"),))
    text = (folder / "dossier.toml").read_text(encoding="utf-8")
    assert "# [[outlet]]" in text
    assert "# [[party]]" not in text


def test_it_goes_by_the_folder_s_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kurils").mkdir()
    monkeypatch.chdir(tmp_path / "kurils")
    assert run(app, ["init"]).exit_code == 0
    assert load_dossier(Path()).name == "kurils"


def test_one_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text("mine")
    done = run(app, ["init", str(tmp_path)])
    assert done.exit_code == 1
    assert "there already" in done.stderr
    assert (tmp_path / "dossier.toml").read_text() == "mine"


@pytest.mark.parametrize(
    "args",
    [
        ["--feed", "ftp://a.example"],
        ["--party", "Japan=XX"],
        ["--party", ""],
        ["--issue", "a", "--issue", "a"],
        ["--name", " "],
    ],
)
def test_what_is_no_party_or_feed_is_wrong_usage(tmp_path: Path, args: list[str]) -> None:
    done = run(app, ["init", str(tmp_path), *args])
    assert done.exit_code == 2
    assert not (tmp_path / "dossier.toml").exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = run(app, ["init", str(tmp_path / "file" / "sub")])
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr
