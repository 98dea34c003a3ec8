"""``communique standoff solve``: tables, JSON and CSV, and how it ends."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from communique.cli.app import app
from communique.cli.standoff import StandoffGroup

MODEL = """
version = 1
name = "Talks on a treaty"

[[decision_makers]]
name = "Japan"
options = ["shift policy"]
preferences = ["resume talks", "NOT shift policy"]

[[decision_makers]]
name = "Russia"
options = ["resume talks"]
preferences = ["resume talks IFF shift policy", "shift policy", "resume talks"]

[status_quo]
taken = []
"""
GOLD_SHAPE = {
    "name": "Two",
    "states": 2,
    "options": ["x"],
    "decision_makers": [
        {"name": "A", "moves": [[1, 2], [2, 1]], "payoffs": [1, 2]},
        {"name": "B", "moves": [], "payoffs": [2, 1]},
    ],
}


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    file = tmp_path / "talks.toml"
    file.write_text(MODEL)
    return file


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, ["standoff", "solve", *map(str, arguments)])


def test_json_has_the_equilibria_and_who_is_stable_where(tmp_path: Path) -> None:
    file = tmp_path / "two.json"
    file.write_text(json.dumps(GOLD_SHAPE))
    done = run(file, "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert found["equilibria"] == {concept: [2] for concept in ("nash", "gmr", "smr", "seq", "sseq")}
    assert found["stable"]["nash"] == {"A": [2], "B": [1, 2]}
    assert found["without_moves"] == {"A": [], "B": [1, 2]}
    assert "note: keys without a meaning here: options" in done.stderr


def test_json_answers_what_was_asked(talks: Path) -> None:
    found = json.loads(run(talks, "--json", "--why", "YN", "--wish", "YY", "--concept", "nash", "--coalitions").stdout)
    assert found["labels"] == {"1": "NN", "2": "YN", "3": "NY", "4": "YY"}
    assert found["status_quo"] == 1
    assert {reason["state"] for reason in found["reasons"]} == {2}
    assert found["reached"]["legal"]["moves"] == {"1": 0, "2": 1, "3": 1, "4": 2}
    assert found["inverse"]["changes"] == [
        {"decision_maker": "Japan", "demoted": [3], "distance": 1, "proved": True},
    ]
    assert found["inverse"]["statements"]["changes"][0]["edits"] == [
        {"decision_maker": "Japan", "statement": 2, "to": None}
    ]
    assert found["coalitions"]["stable"][0]["members"] == ["Japan", "Russia"]
    assert found["coalition_gains"][0]["deterred_under"] == []


def test_the_table_is_followed_by_reasons_paths_and_what_would_do(talks: Path) -> None:
    done = run(talks, "--coalitions", "--wish", "4", "--concept", "nash")
    assert done.exit_code == 0
    said = " ".join(done.stdout.split())
    assert "Talks on a treaty: 4 states, 2 decision makers. Equilibria: Nash 1" in said
    assert "Japan stays at 1 (NN): none of its moves leads to a state that it prefers." in said
    assert "From state 1 (NN): 3 other states by legal moves, 0 by improvements." in said
    assert "Japan no longer preferred 3 (NY) to it (1 swap of neighbours in its ranking)." in said
    assert "Japan gave up “NOT shift policy” (1 step)." in said


def test_csv_has_a_row_for_each_state_of_each_model(talks: Path, tmp_path: Path) -> None:
    other = tmp_path / "two.json"
    other.write_text(json.dumps(GOLD_SHAPE))
    rows = list(csv.DictReader(io.StringIO(run(talks, other, "--csv").stdout)))
    assert [(Path(row["model"]).name, row["state"]) for row in rows] == [
        *(("talks.toml", str(k)) for k in range(1, 5)),
        *(("two.json", str(k)) for k in range(1, 3)),
    ]
    assert json.loads(rows[0]["nash"]) == ["Japan", "Russia"]


def test_output_goes_to_a_file(talks: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    done = run(talks, "--json", "-o", out)
    assert (done.exit_code, done.stdout) == (0, "")
    assert json.loads(out.read_text())["equilibria"]["nash"] == [1]


def test_a_model_that_fails_is_named_and_the_rest_is_done(talks: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    done = run(tmp_path / "none.json", broken, talks, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["model"] == str(talks)
    assert "none.json: cannot be read: No such file" in done.stderr
    assert "broken.json:1: is not JSON" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("option", ["--why", "--from", "--wish"])
def test_a_state_that_there_is_not_is_an_error_of_that_model(talks: Path, option: str) -> None:
    done = run(talks, option, "YYY")
    assert done.exit_code == 1
    assert "'YYY' is no state" in done.stderr


def test_the_limit_is_kept_to(talks: Path) -> None:
    done = run(talks, "--limit", "3")
    assert done.exit_code == 1
    assert "the limit is 3 states" in done.stderr


@pytest.mark.parametrize("arguments", [[], ["--concept", "best", "m.json"], ["--limit", "0", "m.json"], ["--what"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_names_send_nothing_to_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "m.json"
    file.write_text(json.dumps({**GOLD_SHAPE, "\x1b[2Jkey": 1}))
    assert "\x1b" not in run(file).stderr


def test_words_that_name_no_command_go_to_the_default_one() -> None:
    group = typer.Typer(cls=StandoffGroup)

    @group.command("solve")
    def solve(model: str) -> None:
        typer.echo(f"solve {model}")

    @group.command("issue")
    def issue(name: str) -> None:
        typer.echo(f"issue {name}")

    asked = {
        ("peace treaty",): "issue peace treaty\n",
        ("solve", "m"): "solve m\n",
        ("issue", "solve"): "issue solve\n",
    }
    assert {words: CliRunner().invoke(group, list(words)).stdout for words in asked} == asked
